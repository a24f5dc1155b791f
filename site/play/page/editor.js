/** One text that can be edited: a text field over a copy of its text, on which highlights are painted. */

import { make } from "./dom.js";
import { lineAt, startsOf } from "./lines.js";

/** The largest text whose syntax is coloured, and the longest line: browsers draw colours on a long one slowly. */
const COLOURED = { text: 200_000, line: 20_000 };

const TOKEN = /("(?:[^"\\\n]|\\.)*")(\s*:)?|(-?\b\d[\d.eE+-]*)|\b(true|false|null)\b|(\/\/[^\n]*|#[^\n]*)/g;

export class Editor {
  /** `onEdit` is called after each change, `onMove` after the cursor has moved. */
  constructor(text, onEdit, onMove) {
    this.field = make("textarea", {
      spellcheck: false,
      autocapitalize: "off",
      autocomplete: "off",
      wrap: "off",
      placeholder: "Paste JSON here",
      ariaLabel: "Text of the file",
    });
    this.numbers = make("pre", { className: "numbers", ariaHidden: "true" });
    this.copy = make("pre", { className: "copy", ariaHidden: "true" });
    this.element = make("div", { className: "editor" }, this.numbers, make("div", { className: "paper" }, this.copy, this.field));
    this.field.value = text;
    this.#mirror();
    this.field.addEventListener("input", () => {
      this.#mirror();
      onEdit();
    });
    this.field.addEventListener("selectionchange", onMove);
  }

  get text() {
    return this.field.value;
  }

  /** Replaces the text where it differs, so that the change can be undone. */
  replace(text) {
    const old = this.text;
    if (old === text) return;
    let [start, end] = [0, 0];
    const shorter = Math.min(old.length, text.length);
    while (start < shorter && old[start] === text[start]) start++;
    while (end < shorter - start && old.at(-1 - end) === text.at(-1 - end)) end++;
    const middle = text.slice(start, text.length - end);
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(start, old.length - end);
    const command = middle === "" ? "delete" : "insertText";
    // Old, but the only way to change a text field that its history records.
    if (!document.execCommand(command, false, middle) || this.text !== text) {
      this.field.value = text;
      this.field.dispatchEvent(new Event("input"));
    }
  }

  /** Selects a range and brings it into view. */
  select(start, end) {
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(start, end);
    const range = this.#range(start, Math.max(end, start + 1));
    const place = range.getBoundingClientRect();
    const view = this.element.getBoundingClientRect();
    const margin = 48;
    if (place.top < view.top + margin || place.bottom > view.bottom - margin) {
      this.element.scrollTop += place.top - view.top - view.height / 3;
    }
    if (place.left < view.left + margin || place.right > view.right - margin) {
      this.element.scrollLeft += place.left - view.left - view.width / 3;
    }
  }

  /** Underlines `marks`, each with `start`, `end` and a `kind`, and colours the syntax. Only one editor is painted. */
  paint(marks) {
    if (!globalThis.Highlight) return;
    const painted = new Map();
    const add = (kind, range) => {
      if (!painted.has(kind)) painted.set(kind, []);
      painted.get(kind).push(range);
    };
    for (const mark of marks) {
      // What is empty is shown by the character after it, or before it at the end of a line.
      const isEmpty = mark.start === mark.end;
      const isAtEnd = isEmpty && /^(\n|$)/.test(this.text.slice(mark.start, mark.start + 1));
      const start = isAtEnd ? Math.max(0, mark.start - 1) : mark.start;
      add(mark.kind, this.#range(start, isEmpty ? start + 1 : mark.end));
      if (mark.kind !== "label") add(`${mark.kind}-line`, this.#lineNumber(mark.start));
    }
    const isLong = (start, at) => (this.starts[at + 1] ?? this.text.length) - start > COLOURED.line;
    if (this.text.length <= COLOURED.text && !this.starts.some(isLong)) {
      const syntax = { key: [], string: [], number: [], literal: [], comment: [] };
      for (const { index, 0: whole, 1: string, 2: colon, 3: number, 4: literal } of this.text.matchAll(TOKEN)) {
        const kind = string ? (colon ? "key" : "string") : number ? "number" : literal ? "literal" : "comment";
        syntax[kind].push(this.#range(index, index + (string ?? whole).length));
      }
      Object.entries(syntax).forEach(([kind, ranges]) => painted.set(kind, ranges));
    }
    CSS.highlights.clear();
    const priority = ["label", "note", "warning", "error"];
    for (const [kind, ranges] of painted) {
      const highlight = new Highlight(...ranges);
      highlight.priority = priority.indexOf(kind.replace("-line", "")) + 1;
      CSS.highlights.set(kind, highlight);
    }
  }

  /** Copies the text of the field to where highlights are painted, and numbers its lines. */
  #mirror() {
    const text = this.text;
    // A last line that is empty needs something on it to be seen.
    this.copy.textContent = `${text}\n`;
    this.starts = startsOf(text);
    const lines = this.starts.length;
    if (lines !== this.lines) {
      this.lines = lines;
      this.numbers.textContent = Array.from({ length: lines }, (_, at) => `${at + 1}\n`).join("");
      this.numberStarts = startsOf(this.numbers.textContent);
    }
    // The field is as large as its copy: it never scrolls by itself.
    [this.field.scrollTop, this.field.scrollLeft] = [0, 0];
  }

  #range(start, end) {
    return rangeIn(this.copy.firstChild, start, end);
  }

  #lineNumber(offset) {
    const line = lineAt(this.starts, offset);
    const start = this.numberStarts[line];
    return rangeIn(this.numbers.firstChild, start, start + `${line + 1}`.length);
  }
}

function rangeIn(node, start, end) {
  const range = new Range();
  range.setStart(node, Math.min(start, node.length));
  range.setEnd(node, Math.min(end, node.length));
  return range;
}
