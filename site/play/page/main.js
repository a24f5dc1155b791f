/** The page: files on one side, findings on the other. All state is here, and nothing is kept when the page closes. */

import { byId, make, say } from "./dom.js";
import { Editor } from "./editor.js";
import { EXAMPLES } from "./examples.js";
import { card } from "./finding.js";
import { SETTINGS_FILE, fix, fixAll, lint, settingsTemplate, start, withoutSecrets } from "./linter.js";
import { pack, unpack } from "./link.js";
import { close, explain } from "./manual.js";
import { withIndexes } from "./offsets.js";

/** A larger file is refused, as by the program. */
const LARGEST = 16 * 1024 * 1024;
/** How long to wait for the next key, in milliseconds. */
const PAUSE = 120;
/** So many findings are shown at once. */
const MOST = 200;

/** The files, each with its `name` and its `editor`; which of them is shown; and what was found in them. */
let files = [];
let shown = null;
let findings = [];

// ── Files ──

function addFile(name, text) {
  const old = files.find((file) => file.name === name);
  if (old) {
    old.editor.replace(text);
    return old;
  }
  const file = { name, editor: new Editor(text, relint, markCurrent) };
  files.push(file);
  byId("editors").append(file.editor.element);
  return file;
}

function removeFile(file) {
  file.editor.element.remove();
  files = files.filter((other) => other !== file);
}

/** Shows these files instead of those that are there. */
function replaceFiles(given) {
  [...files].forEach(removeFile);
  const added = given.map(({ name, text }) => addFile(name, text));
  show(added[0] ?? addFile("task-definition.json", ""));
  check();
}

function show(file) {
  shown = file;
  for (const other of files) other.editor.element.hidden = other !== file;
  byId("name").value = file.name;
  byId("name").disabled = file.name === SETTINGS_FILE;
  drawTabs();
  paint();
}

function drawTabs() {
  const hadFocus = byId("tabs").contains(document.activeElement);
  const tabs = files.map((file) => {
    const severities = findings.filter((finding) => finding.file === file.name).map((finding) => finding.severity);
    const worst = ["error", "warning", "note"].find((severity) => severities.includes(severity));
    const count = severities.length > 0 && make("span", { className: `count ${worst}`, title: `${severities.length} findings` }, severities.length);
    const tab = make("button", { type: "button", role: "tab", ariaSelected: String(file === shown), tabIndex: file === shown ? 0 : -1 }, file.name, count);
    tab.addEventListener("click", () => show(file));
    return tab;
  });
  byId("tabs").replaceChildren(...tabs);
  if (hadFocus) byId("tabs").querySelector("[aria-selected=true]").focus();
}

const isEmpty = () => files.every((file) => file.editor.text.trim() === "");
const texts = () => files.map((file) => ({ name: file.name, text: file.editor.text }));

function freeName() {
  const usual = ["task-definition.json", "service.json", "scaling-policy.json"];
  const numbered = Array.from({ length: files.length + 1 }, (_, at) => `file-${at + 1}.json`);
  return [...usual, ...numbered].find((name) => files.every((file) => file.name !== name));
}

/** Adds files of the user. An empty page has nothing that is worth keeping beside them. */
async function addFiles(list) {
  const given = [];
  for (const file of list) {
    if (file.size > LARGEST) say(`${file.name} is over 16 MiB: no ECS document is that large.`);
    else given.push({ name: file.webkitRelativePath || file.name, text: decode(await file.arrayBuffer()) });
  }
  if (given.length === 0) return;
  if (isEmpty()) return replaceFiles(given);
  const added = given.map(({ name, text }) => addFile(name, text));
  show(added[0]);
  check();
}

/** The text of a file. A text field knows no other line ends than this. */
function decode(buffer) {
  const [first, second] = new Uint8Array(buffer);
  const encoding = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(buffer).replaceAll(/\r\n?/g, "\n");
}

// ── Findings ──

let timer = null;

function relint() {
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
}

/** Lints everything, and shows what was found. */
function check() {
  clearTimeout(timer);
  byId("welcome").hidden = !isEmpty();
  const state = texts();
  const begin = performance.now();
  let result;
  try {
    result = lint(state.filter((file) => file.text.trim() !== ""), byId("profile").value);
  } catch (error) {
    findings = [];
    byId("summary").textContent = "The linter failed: this is a bug. Please report it, with the text if you can.";
    byId("findings").replaceChildren();
    console.error(error);
    return;
  }
  const took = performance.now() - begin;
  findings = withIndexes(result.faults ?? result.report.findings, state);
  byId("summary").textContent = isEmpty() ? "Nothing to check yet" : result.faults ? "The settings cannot be read" : `${result.report.summary.message} (${took.toFixed(took < 10 ? 1 : 0)} ms)`;
  drawRemarks(isEmpty() || result.faults ? [] : [...result.passed_over, ...result.report.summary.failures, ...result.report.summary.notices]);
  const byName = new Map(state.map((file) => [file.name, file.text]));
  const cards = findings.slice(0, MOST).map((finding, at) => card(finding, at, byName, { go, fix: applyFix, explain: (rule) => explain(rule, openExample) }));
  byId("findings").replaceChildren(...cards);
  byId("more").hidden = findings.length <= MOST;
  byId("more").textContent = `${findings.length - MOST} more findings are not shown. Fix some of these first.`;
  const fixable = result.report?.summary.fixable ?? { safe: 0, unsafe: 0 };
  drawFixAll("fix-safe", fixable.safe, "safe");
  drawFixAll("fix-unsafe", fixable.unsafe && fixable.safe + fixable.unsafe, "safe and unsafe");
  drawTabs();
  paint();
}

function drawRemarks(remarks) {
  byId("remarks").replaceChildren(...remarks.map(({ file, message }) => make("p", {}, make("b", {}, file), `: ${message}`)));
}

function drawFixAll(id, count, kind) {
  byId(id).hidden = count === 0;
  byId(id).textContent = `Apply ${count} ${kind} ${count === 1 ? "fix" : "fixes"}`;
}

/** Marks in the text that is shown what findings are about. */
function paint() {
  const marks = findings.slice(0, MOST).flatMap((finding) =>
    finding.labels.map((label, at) => ({ ...label, kind: at === 0 ? finding.severity : "label" })).filter((label) => label.file === shown.name),
  );
  shown.editor.paint(marks);
  markCurrent();
}

/** Which finding the cursor is in. */
function current() {
  const { selectionStart: at } = shown.editor.field;
  return findings.findIndex(({ labels: [first] }) => first.file === shown.name && first.start <= at && at <= first.end);
}

function markCurrent() {
  const index = document.activeElement === shown?.editor.field ? current() : -1;
  for (const [at, element] of [...byId("findings").children].entries()) {
    const isCurrent = at === index;
    if (isCurrent && !element.ariaCurrent) element.scrollIntoView({ block: "nearest" });
    element.ariaCurrent = isCurrent ? "true" : null;
  }
}

/** Goes to a place in a text. */
function go({ file, start, end }) {
  const target = files.find((one) => one.name === file);
  if (!target) return;
  if (target !== shown) show(target);
  target.editor.select(start, end);
  markCurrent();
}

/** Goes to the finding so many after that at the cursor. */
function step(by) {
  if (findings.length === 0) return;
  const at = current();
  const from = at === -1 && by < 0 ? 0 : at;
  go(findings[(from + by + findings.length) % findings.length].labels[0]);
}

function applyFix(index) {
  const [name, text] = fix(index) ?? [];
  const file = files.find((one) => one.name === name);
  if (!file) return;
  if (file !== shown) show(file);
  file.editor.replace(text);
  check();
}

function applyAll(withUnsafe) {
  for (const [name, text] of fixAll(withUnsafe)) {
    const file = files.find((one) => one.name === name);
    show(file);
    file.editor.replace(text);
  }
  check();
}

// ── Examples and links ──

function openExample(given) {
  if (!isEmpty() && !confirm("Replace the files in the editor with this example?")) return;
  replaceFiles(given);
  if (matchMedia("(max-width: 60rem)").matches) close();
}

async function share() {
  const state = { files: texts(), profile: byId("profile").value };
  check();
  const starred = withoutSecrets();
  const others = state.files.filter((file) => file.name !== SETTINGS_FILE && file.text.trim() !== "");
  const hidden = others.filter((file, at) => starred[at] !== undefined && starred[at] !== file.text);
  others.forEach((file, at) => (file.text = starred[at] ?? file.text));
  history.replaceState(null, "", await pack(state));
  const said = hidden.length > 0 ? " What may be a secret is replaced by stars." : "";
  const size = location.href.length;
  const long = size > 8000 ? ` It has ${size.toLocaleString("en")} characters, which some programs cut.` : "";
  try {
    await navigator.clipboard.writeText(location.href);
    say(`Link copied. The text is in the part after #, which browsers do not send.${said}${long}`);
  } catch {
    say(`The link is in the address bar. The text is in the part after #, which browsers do not send.${said}${long}`);
  }
}

async function openLink() {
  try {
    const state = await unpack(location.hash);
    if (!state) return false;
    const profiles = [...byId("profile").options].map((option) => option.value);
    byId("profile").value = profiles.includes(state.profile) ? state.profile : "";
    replaceFiles(state.files);
    return true;
  } catch {
    say("This link is damaged: it holds no files.");
    return false;
  }
}

// ── Looks ──

function drawTheme() {
  const isDark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  byId("theme").textContent = isDark ? "Light" : "Dark";
  return isDark;
}

function toggleTheme() {
  document.documentElement.dataset.theme = drawTheme() ? "light" : "dark";
  drawTheme();
}

// ── Events ──

const onClick = (id, action) => byId(id).addEventListener("click", action);

function listen() {
  onClick("add", () => {
    show(addFile(freeName(), ""));
    shown.editor.field.focus();
    check();
  });
  onClick("open", () => byId("picker").click());
  onClick("settings", () => {
    const settings = files.find((file) => file.name === SETTINGS_FILE) ?? addFile(SETTINGS_FILE, settingsTemplate());
    show(settings);
    settings.editor.field.focus();
    check();
  });
  onClick("remove", () => {
    removeFile(shown);
    show(files[0] ?? addFile("task-definition.json", ""));
    check();
  });
  onClick("copy", async () => {
    await navigator.clipboard.writeText(shown.editor.text);
    say(`The text of ${shown.name} is copied.`);
  });
  onClick("share", share);
  onClick("theme", toggleTheme);
  onClick("fix-safe", () => applyAll(false));
  onClick("fix-unsafe", () => applyAll(true));
  onClick("manual-close", close);
  onClick("example-task", () => replaceFiles(EXAMPLES.task));
  onClick("example-project", () => replaceFiles(EXAMPLES.project));
  byId("profile").addEventListener("change", check);
  byId("picker").addEventListener("change", async ({ target }) => {
    await addFiles(target.files);
    target.value = "";
  });
  byId("name").addEventListener("change", ({ target }) => {
    const name = target.value.trim();
    const isTaken = files.some((file) => file !== shown && file.name === name);
    if (isTaken) say(`There is a file ${name} already.`);
    if (name === "" || isTaken) target.value = shown.name;
    else shown.name = name;
    check();
  });
  byId("tabs").addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    show(files[(files.indexOf(shown) + by + files.length) % files.length]);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "F8") step(event.shiftKey ? -1 : 1);
    else if (event.key === "." && (event.ctrlKey || event.metaKey) && findings[current()]?.fix) applyFix(current());
    else return;
    event.preventDefault();
  });
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  document.addEventListener("dragleave", ({ relatedTarget }) => {
    if (!relatedTarget) document.body.classList.remove("dropping");
  });
  document.addEventListener("drop", (event) => {
    document.body.classList.remove("dropping");
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    addFiles(event.dataTransfer.files);
  });
  addEventListener("hashchange", openLink);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawTheme);
}

drawTheme();
await start();
listen();
if (!(await openLink())) replaceFiles([]);
document.body.dataset.ready = "";
