/** The linter: WebAssembly that comes with the page, so that nothing has to be fetched. */

import init, { Playground, __wbg_reset_state, manual, names, settings_template } from "./linter_glue.js";
import packed from "./linter.wasm.js";

const DAY = 24 * 60 * 60 * 1000;
export const SETTINGS_FILE = "ecs-lint.toml";

let playground = null;
let key = null;

/** Starts the linter. */
export async function start() {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  await init({ module_or_path: await new Response(stream).arrayBuffer() });
}

/** Lints files as one project. `faults` are those of the settings, which keep everything else from being linted. */
export function lint(files, profile) {
  return guarded(() => {
    const settings = files.find((file) => file.name === SETTINGS_FILE)?.text ?? "";
    const next = JSON.stringify([settings, profile]);
    if (next !== key) {
      playground?.free();
      [playground, key] = [null, null];
      try {
        playground = new Playground(settings, profile, Math.floor(Date.now() / DAY));
        key = next;
      } catch (faults) {
        if (typeof faults !== "string") throw faults;
        return { faults: JSON.parse(faults) };
      }
    }
    const others = files.filter((file) => file.name !== SETTINGS_FILE);
    return JSON.parse(playground.lint(others.map((file) => file.name), others.map((file) => file.text)));
  });
}

/** The name and the new text of the file that the fix of a finding changes. */
export const fix = (finding) => guarded(() => playground?.fix(finding));

/** The new texts of all files that can be fixed, by their names. */
export function fixAll(withUnsafe) {
  const flat = guarded(() => playground?.fix_all(withUnsafe)) ?? [];
  return flat.filter((_, at) => at % 2 === 0).map((name, at) => [name, flat[2 * at + 1]]);
}

/** The texts of the last run, in its order, with stars in place of secrets. */
export const withoutSecrets = () => guarded(() => playground?.without_secrets()) ?? [];

/** The manual of a rule. */
export function manualOf(rule) {
  const text = guarded(() => manual(rule));
  return text && JSON.parse(text);
}

/** The names of all rules. */
export const ruleNames = () => new Set(names());

/** The settings that everyone starts from. */
export const settingsTemplate = () => settings_template();

/** Does some work in the linter. After a bug of it, a new instance is started. */
function guarded(work) {
  try {
    return work();
  } catch (error) {
    [playground, key] = [null, null];
    __wbg_reset_state();
    throw error;
  }
}
