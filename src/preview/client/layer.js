// The preview's own layer at the bottom of the window: problems above, the bar below them. Everything that
// comes from the server is put in as text, never as markup.

import { text } from "./words.js";

let layer;
let haveAppeared;
/** Kept when the layer can be seen. */
export const appeared = new Promise((keep) => (haveAppeared = keep));

/** The layer's root; made when there is something to show. */
export function root() {
  if (layer) return layer;
  const host = document.createElement("tier0-preview");
  host.lang = text.language;
  layer = host.attachShadow({ mode: "open" });
  // A style sheet of our own origin is what the page's policy allows.
  const style = sheet("client.css");
  // Until the style is there it would stand unstyled at the end of the page.
  host.hidden = true;
  const appear = () => {
    host.hidden = false;
    haveAppeared();
  };
  style.addEventListener("load", appear);
  style.addEventListener("error", appear);
  layer.append(style);
  document.documentElement.append(host);
  return layer;
}

/** The element in the layer that has the focus. */
export const focused = () => layer?.activeElement ?? null;

export function sheet(name) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL(name, import.meta.url).href;
  return link;
}

export function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

export function button(className, label, act) {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}
