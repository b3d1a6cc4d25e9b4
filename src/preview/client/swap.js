// The page in place: what the theme's scripts, and the reader, did to it since it was served stays as it is.
//
// `served` is the page as it was served, kept outside of the window; `shown` leads from each of its nodes to the
// one in the window, wherever scripts have put that. A new page is compared with `served`, and the edits are made
// to both.

import { edges, plan } from "./diff.js";
import { alike, needsReload } from "./wired.js";

const shown = new WeakMap();
const inert = document.implementation.createHTMLDocument("");
const TAG = "script[data-tier0-version]";
const served = note();

/** Runs before the theme's scripts: until then the window holds what was served. */
function note() {
  const root = inert.importNode(document.documentElement, true);
  link(root, document.documentElement);
  // The saved colour scheme is set earlier still, so nobody knows what was served here.
  for (const { name } of [...root.attributes]) root.removeAttribute(name);
  root.querySelector(TAG)?.remove();
  inert.documentElement.replaceWith(root);
  return root;
}

function link(node, live) {
  shown.set(node, live);
  let [a, b] = [node.firstChild, live.firstChild];
  while (a && b) {
    link(a, b);
    [a, b] = [a.nextSibling, b.nextSibling];
  }
}

/** The element of the page as it was served, for those who compare it with something else. */
export const servedElement = (selector) => served.querySelector(selector);
export const shownOf = (node) => shown.get(node);

/**
 * Makes the page what `html` is. Answers `reload` if that takes a new load (nothing has been done then), else
 * whether what the page says has changed.
 */
export function swap(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const tag = page.querySelector(TAG);
  const own = document.querySelector(TAG);
  const { tier0Edition, tier0Editions } = own.dataset;
  if (tag?.dataset.tier0Edition !== tier0Edition || tag.dataset.tier0Editions !== tier0Editions) return { reload: true };
  tag.remove();
  const fresh = page.documentElement;
  // Templates compare as equal whatever they hold.
  const templates = (root) => [...root.querySelectorAll("template")].map((one) => one.innerHTML).join("\n");
  if (templates(served) !== templates(fresh)) return { reload: true };
  const edits = plan(served, fresh, alike);
  if (edits.some(needsReload)) return { reload: true };
  const isChange = edits.some(({ old }) => (old.nodeType === Node.ELEMENT_NODE ? old : old.parentElement)?.closest("main"));
  const hold = anchor();
  for (const edit of edits) apply(edit);
  hold();
  return { changed: isChange };
}

function apply(edit) {
  const live = shown.get(edit.old);
  if (edit.kind === "text") {
    write(live, edit.fresh.data);
    edit.old.data = edit.fresh.data;
    // Scripts may have set a title of their own.
    if (edit.old.parentNode.localName === "title") document.title = edit.fresh.data;
  } else if (edit.kind === "attributes") {
    if (edit.old.localName === "link" && edit.old.relList.contains("stylesheet")) restyle(edit);
    else for (const one of edit.attributes) setAttribute(live, edit.fresh, one);
    for (const one of edit.attributes) copyAttribute(edit.old, edit.fresh, one.name);
  } else {
    arrange(edit);
  }
}

/** Only the part that differs, so that a selection or a mark around it stays. */
function write(node, text) {
  const [front, back] = edges(node.data, text);
  node.replaceData(front, node.data.length - front - back, text.slice(front, text.length - back));
}

function setAttribute(live, fresh, { name, from, to }) {
  if (name === "class") {
    // Scripts have classes of their own on it.
    const [old, now] = [from, to].map((names) => (names ?? "").split(/\s+/).filter(Boolean));
    live.classList.remove(...old.filter((one) => !now.includes(one)));
    live.classList.add(...now.filter((one) => !old.includes(one)));
    if (to === null && live.classList.length === 0) live.removeAttribute("class");
    return;
  }
  if (live.getAttribute(name) !== to) copyAttribute(live, fresh, name);
  if (name === "id" && from && to) rename(from, to);
}

/** The node itself is copied: a name that only parsers accept is accepted. */
function copyAttribute(node, fresh, name) {
  const attribute = fresh.getAttributeNode(name);
  if (attribute) node.setAttributeNode(attribute.cloneNode());
  else node.removeAttribute(name);
}

/** What scripts have tied to an element by its id stays tied to it. */
function rename(from, to) {
  for (const name of ["aria-labelledby", "aria-controls"]) {
    for (const node of document.querySelectorAll(`[${name}~="${CSS.escape(from)}"]`)) {
      node.setAttribute(name, node.getAttribute(name).split(" ").map((id) => (id === from ? to : id)).join(" "));
    }
  }
}

/** A new sheet comes before the old one goes, so that the page never stands unstyled. */
function restyle({ old, fresh }) {
  const live = shown.get(old);
  const next = document.importNode(fresh);
  next.addEventListener("load", () => live.remove());
  next.addEventListener("error", () => live.remove());
  live.after(next);
  shown.set(old, next);
}

/** Loads the style sheets again whose file has changed under the same address; `addressOf` gives a new one. */
export function refreshSheets(addressOf) {
  for (const old of served.querySelectorAll("head link[rel=stylesheet]")) {
    const href = addressOf(shown.get(old).href);
    if (!href) continue;
    const fresh = old.cloneNode();
    fresh.setAttribute("href", href);
    restyle({ old, fresh });
  }
}

/** Children in their new order, new ones among them, some no more. */
function arrange({ old, gone, order }) {
  for (const node of gone) {
    shown.get(node)?.remove();
    node.remove();
  }
  let previous = null;
  for (const one of order) {
    const next = previous ? previous.nextSibling : old.firstChild;
    let node = one.old;
    if (!node) {
      node = inert.importNode(one.fresh, true);
      const live = document.importNode(one.fresh, true);
      link(node, live);
    }
    if (node !== next) {
      old.insertBefore(node, next);
      place(node, shown.get(node));
    }
    previous = node;
  }
}

/** Puts a node of the window beside what is served beside it, wherever scripts have put that. */
function place(node, live) {
  for (let before = node.previousSibling; before; before = before.previousSibling) {
    if (shown.get(before)?.parentNode) return shown.get(before).after(live);
  }
  for (let after = node.nextSibling; after; after = after.nextSibling) {
    if (shown.get(after)?.parentNode) return shown.get(after).before(live);
  }
  return shown.get(node.parentNode).append(live);
}

/** Remembers what the reader looks at. The function that it gives brings that back to where it was. */
function anchor() {
  // At the top of the page its top is what they look at.
  if (scrollY === 0) return () => {};
  const tops = inView().map((node) => [node, node.getBoundingClientRect().top]);
  return () => {
    const [node, top] = tops.find(([node]) => node.isConnected && node.getClientRects().length > 0) ?? [];
    const away = node ? node.getBoundingClientRect().top - top : 0;
    if (Math.abs(away) >= 1) scrollBy({ top: away, behavior: "instant" });
  };
}

/** Elements of the content in the window, best first: what has the focus, then what begins highest. */
function inView() {
  const main = document.querySelector("main") ?? document.body;
  const isSeen = ({ top, bottom }) => bottom > 0 && top < innerHeight;
  const found = new Set();
  const focused = document.activeElement;
  if (main.contains(focused) && focused !== main && isSeen(focused.getBoundingClientRect())) found.add(focused);
  const box = main.getBoundingClientRect();
  for (let y = 70; y < innerHeight && found.size < 4; y += 24) {
    const node = document.elementFromPoint(box.left + box.width / 2, y);
    // A large box says little about what is in it.
    if (node && node !== main && main.contains(node) && node.getBoundingClientRect().top >= 0) found.add(node);
  }
  return [...found];
}
