/** One finding: what is wrong, where, what to do, and the button that does it. */

import { make, sentence } from "./dom.js";
import { WIDE, cut, excerpts } from "./excerpt.js";

const SAFETY = {
  safe: { verb: "Fix", about: "" },
  unsafe: { verb: "Fix", about: "changes what runs" },
  shown: { verb: "Apply", about: "a suggestion: check that it is what you mean" },
};

/** The element of a finding. `actions` are `go(label)`, `fix(index)` and `explain(rule)`. */
export function card(finding, index, texts, actions) {
  const title = make("h2", {}, make("span", { className: "severity" }, finding.severity), " ", ruleButton(finding, actions));
  return make(
    "article",
    { className: `finding ${finding.severity}`, id: `finding-${index}` },
    title,
    make("p", { className: "what" }, sentence(finding.message)),
    excerpts(finding, texts, actions.go),
    finding.help && make("p", { className: "help" }, make("b", {}, "help: "), sentence(finding.help)),
    finding.aws_says && make("p", { className: "aws" }, make("b", {}, "AWS: "), finding.aws_says),
    finding.fix && fixOf(finding, index, texts, actions),
  );
}

function ruleButton(finding, actions) {
  if (!finding.rule) return "settings";
  const button = make("button", { type: "button", className: "rule", title: "Read the page of this rule" }, finding.rule);
  button.addEventListener("click", () => actions.explain(finding.rule));
  return button;
}

function fixOf({ fix }, index, texts, actions) {
  const { verb, about } = SAFETY[fix.safety];
  const button = make("button", { type: "button", className: `fix ${fix.safety}` }, `${verb}: `, sentence(fix.title));
  button.addEventListener("click", () => actions.fix(index));
  return make("div", { className: "fixing" }, make("p", {}, button, " ", make("small", {}, about)), difference(fix, texts));
}

/** The lines that a fix changes, before and after. */
function difference({ edits }, texts) {
  if (edits.length === 0) return null;
  const before = texts.get(edits[0].file) ?? "";
  let [after, from] = ["", 0];
  for (const edit of edits) {
    after += before.slice(from, edit.start) + edit.replacement;
    from = edit.end;
  }
  after += before.slice(from);
  const [old, fresh] = [before.split("\n"), after.split("\n")];
  let [start, end] = [0, 0];
  const shorter = Math.min(old.length, fresh.length);
  while (start < shorter && old[start] === fresh[start]) start++;
  while (end < shorter - start && old.at(-1 - end) === fresh.at(-1 - end)) end++;
  // What a line is cut around, if it is long: the first character that changes.
  let at = 0;
  while (old[start] && old[start][at] === fresh[start]?.[at] && at < old[start].length) at++;
  const line = (sign, kind) => (text) => {
    const part = text.length > WIDE ? cut(text, at - WIDE / 3, at + (2 * WIDE) / 3).text : text;
    return make("span", { className: kind }, `${sign} ${part}\n`);
  };
  const removed = old.slice(start, old.length - end).map(line("-", "removed"));
  const added = fresh.slice(start, fresh.length - end).map(line("+", "added"));
  return make("pre", { className: "difference" }, removed, added);
}
