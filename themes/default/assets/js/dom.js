// What the scripts of a page share. Texts and queries come from data: they enter the page as text nodes only.

const TICKED = "icon i-check";
const root = document.documentElement.dataset;
export const texts = document.getElementById("t0-texts").dataset;

/** The screen of a phone, as in main.css. */
export const narrow = matchMedia("(max-width: 47.99rem)");

export function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

export function element(tag, attributes = {}, ...children) {
  const node = set(document.createElement(tag), attributes);
  node.append(...children);
  return node;
}

export const icon = (name) => element("span", { class: `icon i-${name}`, "aria-hidden": "true" });

/** Puts a text on the clipboard and says whether that was possible: it is not without permission, or without https. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Shows a tick in place of a button's icon for a while. */
export function tick(picture) {
  const before = picture.className;
  if (before === TICKED) return;
  const show = (name) => {
    picture.className = name;
    picture.parentElement.classList.toggle("done", name === TICKED);
  };
  show(TICKED);
  setTimeout(() => show(before), 2500);
}

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => String(values[key] ?? whole));

/** The element that a hash leads to. */
export function targetOf(hash) {
  let id = hash.slice(1);
  try {
    id = decodeURIComponent(id);
  } catch {
    // Somebody typed it; it may be an id as it is.
  }
  return document.getElementById(id);
}

/** Opens what is folded around a node: details, panels of tabs, answers, steps. Gives the node back. */
export function reveal(node) {
  // A troubleshooter shows one step at a time; it opens the one that holds the place.
  node?.dispatchEvent(new CustomEvent("t0:reveal", { bubbles: true }));
  for (let box = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node; box; box = box.parentElement) {
    if (box.matches("details:not([open])")) box.open = true;
    // As the browser does when it finds something there; tabs.js and faq.js listen.
    else if (box.matches("[role=tabpanel][hidden], .answer[hidden]")) box.dispatchEvent(new Event("beforematch", { bubbles: true }));
  }
  return node;
}

/** The search page, with the answers to `query` if there is one. */
export const pageUrl = (query) => root.searchPage + (query ? `?q=${encodeURIComponent(query)}` : "");

/** Writes something down in the entry of the browser's history that shows now, for the way back. */
export const remember = (values) => history.replaceState({ ...history.state, ...values }, "");
