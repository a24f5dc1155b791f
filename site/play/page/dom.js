/** Elements without HTML: every text stays a text. */

/** The element with an id, which the page has. */
export const byId = (id) => document.getElementById(id);

/** A new element with properties and content; what is null or false is left out. */
export function make(name, properties, ...content) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...content.flat().filter((one) => one !== null && one !== false));
  return element;
}

/** A sentence in which `…` is code. */
export function sentence(text) {
  return text.split("`").map((part, at) => (at % 2 === 1 ? make("code", {}, part) : part));
}

/** Shows a message for a while. */
export function say(text) {
  const message = byId("message");
  message.textContent = text;
  message.hidden = false;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => (message.hidden = true), 8000);
}
