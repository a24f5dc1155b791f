/** The page of a rule beside the text, built of the tree that the linter makes of it. */

import { byId, make } from "./dom.js";
import { manualOf, ruleNames } from "./linter.js";

/** What the tree may contain. */
const ELEMENTS = new Set("article h1 h2 h3 p blockquote pre ul ol li table tr td em strong code span".split(" "));

const HEADINGS = { bad: "Reported", good: "Not reported", fixed: "After the fix" };

let names = null;
let before = null;

/** Opens the manual of a rule. `onExample` gets the files of an example that is to be opened. */
export function explain(rule, onExample) {
  const manual = manualOf(rule);
  if (!manual) return;
  names ??= ruleNames();
  if (byId("manual").hidden) before = document.activeElement;
  const facts = `${manual.severity} · ${manual.category} · profile ${manual.profile}`;
  byId("manual-facts").replaceChildren(facts);
  byId("manual-link").href = `../rules/${manual.id}/`;
  const article = build(manual.page, (name) => explain(name, onExample));
  offerExamples(article, onExample);
  if (manual.sources.length > 0) {
    const links = manual.sources.map((source) => make("li", {}, outside(source, source)));
    article.append(make("h2", {}, "Sources"), make("ul", { className: "sources" }, links));
  }
  byId("manual-text").replaceChildren(article);
  byId("manual").hidden = false;
  byId("manual").scrollTop = 0;
  byId("manual").focus();
}

/** Closes the manual, and goes back to where it was opened. */
export function close() {
  if (byId("manual").hidden) return;
  byId("manual").hidden = true;
  before?.focus();
}

/** The element of a tree: its name, its attribute, its content. */
function build(tree, onRule) {
  if (typeof tree === "string") return tree;
  const [name, attribute, ...content] = tree;
  const inside = content.map((one) => build(one, onRule));
  if (name === "a") return /^https:/.test(attribute) ? outside(attribute, inside) : make("span", {}, inside);
  if (name === "code" && names.has(content[0])) {
    const button = make("button", { type: "button", className: "rule" }, inside);
    button.addEventListener("click", () => onRule(content[0]));
    return button;
  }
  const element = make(ELEMENTS.has(name) ? name : "span", {}, inside);
  if (name === "pre" && attribute) element.dataset.words = attribute;
  return element;
}

/** Gives each example a heading, and a button that opens its files in the editor. */
function offerExamples(article, onExample) {
  let files = [];
  for (const pre of article.querySelectorAll("pre[data-words]")) {
    const [language, kind, name] = pre.dataset.words.split(" ");
    if (language === "text") {
      pre.classList.add("report");
      continue;
    }
    if (!(kind in HEADINGS)) continue;
    const previous = pre.previousElementSibling;
    const goesOn = previous?.dataset.words?.split(" ")[1] === kind && name;
    if (!goesOn) files = [];
    const mine = files;
    mine.push({ name: name ?? "task-definition.json", text: pre.textContent });
    const heading = make("div", { className: `heading ${kind}` }, make("b", {}, goesOn ? name : `${HEADINGS[kind]}${name ? `: ${name}` : ""}`));
    if (!goesOn && kind !== "fixed") {
      const button = make("button", { type: "button" }, "Open in the editor");
      button.addEventListener("click", () => onExample(mine));
      heading.append(button);
    }
    pre.before(heading);
  }
}

const outside = (address, content) => make("a", { href: address, target: "_blank", rel: "noreferrer" }, content);
