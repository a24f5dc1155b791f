/** The lines that a finding is about, with what is underlined and why, as in the terminal. */

import { make, sentence } from "./dom.js";
import { lineAt, startsOf } from "./lines.js";

/** A longer line is cut around what it is shown for. */
export const WIDE = 110;

/** The excerpts of a finding, one for each file; `texts` are the texts by name. `onGo` goes to a place. */
export function excerpts(finding, texts, onGo) {
  const byFile = Map.groupBy(finding.labels, (label) => label.file);
  return [...byFile].map(([file, labels]) => excerpt(file, texts.get(file) ?? "", labels, finding, onGo));
}

function excerpt(file, text, labels, finding, onGo) {
  const lines = text.split("\n");
  const starts = startsOf(text);
  const of = Map.groupBy(labels, (label) => lineAt(starts, label.start));
  const shown = new Set();
  for (const line of of.keys()) [line - 1, line, line + 1].filter((at) => at in lines).forEach((at) => shown.add(at));
  const first = labels[0];
  const line = lineAt(starts, first.start);
  const go = make("button", { type: "button", className: "place", title: "Go to this place" }, `${file}:${line + 1}:${first.start - starts[line] + 1}`);
  go.addEventListener("click", () => onGo(first));
  const rows = [];
  let last = null;
  for (const at of [...shown].sort((a, b) => a - b)) {
    if (last !== null && at > last + 1) rows.push(row("gap", "⋮", ""));
    rows.push(...lineRows(at, lines[at], starts[at], of.get(at) ?? [], finding));
    last = at;
  }
  return make("figure", { className: "excerpt" }, make("figcaption", {}, go), make("div", { className: "rows" }, rows));
}

/** A line, and below it each of its labels, the last one first. */
function lineRows(at, line, start, labels, finding) {
  const marks = labels
    .map((label) => ({
      from: label.start - start,
      to: Math.max(Math.min(label.end - start, line.length), label.start - start + 1),
      text: label.text,
      kind: label === finding.labels[0] ? finding.severity : "label",
    }))
    .sort((a, b) => b.from - a.from);
  const number = String(at + 1);
  if (line.length <= WIDE) return [row("", number, line), ...marks.map((mark) => underline(line, mark))];
  if (marks.length === 0) return [row("", number, cut(line, 0, WIDE).text)];
  return marks.flatMap((mark) => {
    const part = cut(line, mark.from - WIDE / 3, mark.from + (2 * WIDE) / 3);
    const moved = { ...mark, from: mark.from - part.moved, to: Math.min(mark.to - part.moved, part.text.length) };
    return [row("", number, part.text), underline(part.text, moved)];
  });
}

/** A part of a line, and by how much what is in it has moved. */
export function cut(line, from, to) {
  const start = Math.max(0, Math.floor(from));
  const end = Math.min(line.length, Math.floor(to));
  const before = start > 0 ? "…" : "";
  return { text: `${before}${line.slice(start, end)}${end < line.length ? "…" : ""}`, moved: start - before.length };
}

/** What is under a token: a line as wide as it is, and below that its label. */
function underline(line, { from, to, text, kind }) {
  const ghost = make("span", { className: "ghost" }, line.slice(0, from));
  const under = make("span", { className: "under" }, line.slice(from, to) || " ");
  return row(`mark ${kind}`, "", ghost, make("span", { className: "because" }, under, sentence(text)));
}

function row(kind, number, ...content) {
  const gutter = make("span", { className: "number", ariaHidden: "true" }, number);
  return make("div", { className: `row ${kind}` }, gutter, make("span", { className: "line" }, ...content));
}
