// A new load of the page, for changes that the theme's scripts have to see. What the reader has done is written
// down before and done again after: open parts, what was typed, the focus, the place.

import { recall, remember, tag } from "./page.js";

const FIELDS = "input:not([type=hidden], [type=file], [type=password]), textarea, select";
/** The theme remembers ticks itself, by the words of the step; menus open by the width of the window. */
const OWN = ".step-tick";
const MENUS = "[data-open-from], .language-menu";
/** What opens something: answers of questions, the next step of the hand-off. */
const OPENERS = "button[aria-expanded][aria-controls]";
/** The search, and the button that builds it. */
const DIALOG = "dialog.search-dialog[open]";
const ASKS = "button[aria-haspopup=dialog]";

/** Keys that are struck while a page loads reach nobody, so a load waits for a pause in the typing. */
const PAUSE = 500; // milliseconds

/** What is still to be done again: a new load may come before this one is through. */
let waiting;
let struck = -PAUSE;
/** The field in which characters are being chosen: a new load would take them away. */
let composed = null;
let due;

addEventListener("input", () => (struck = performance.now()), true);
addEventListener("compositionstart", ({ target }) => (composed = target), true);
addEventListener("compositionend", () => (composed = null), true);

export function reload(version) {
  clearTimeout(due);
  // A field that has gone never says that it is through.
  const isComposing = composed !== null && composed === document.activeElement;
  const left = isComposing ? PAUSE : struck + PAUSE - performance.now();
  if (left > 0) {
    due = setTimeout(reload, left, version);
    return;
  }
  // Should something in between hand out the same old page, once is enough.
  const step = `${location.pathname} ${tag.tier0Version} ${version}`;
  if (recall("reloaded") === step) return;
  remember("reloaded", step);
  remember("kept", waiting ?? JSON.stringify({ path: location.pathname, hash: location.hash, ...kept() }));
  // The browser would go to where the page stood, not to what stood there.
  addEventListener("pagehide", () => (history.scrollRestoration = "manual"), { once: true });
  location.reload();
}

function kept() {
  const focus = document.activeElement;
  return {
    place: placeNow(),
    asks: document.querySelector(DIALOG) !== null,
    fields: named(FIELDS).filter(([, field]) => !field.matches(OWN) && isChanged(field)).map(([name, field]) => [name, valueOf(field)]),
    open: named("details").filter(([, box]) => !box.matches(MENUS)).map(([name, box]) => [name, box.open]),
    pressed: named(OPENERS).filter(([, button]) => button.getAttribute("aria-expanded") === "true").map(([name]) => name),
    tabs: named("[role=tab]").filter(([, tab]) => tab.getAttribute("aria-selected") === "true").map(([name]) => name),
    focus: named(focus.localName).find(([, one]) => one === focus && one !== document.body)?.[0],
    selection: typeof focus.selectionStart === "number" ? [focus.selectionStart, focus.selectionEnd] : null,
  };
}

/** Elements with names that are the same after a new load: their kind, their words, and which of several. */
function named(selector) {
  const seen = new Map();
  return [...document.querySelectorAll(selector)].map((node) => {
    const words = node.id && !node.id.startsWith("t0-") ? `#${node.id}` : wordsOf(node).replace(/\s+/g, " ").trim().slice(0, 80);
    const name = `${node.localName} ${words}`;
    seen.set(name, (seen.get(name) ?? 0) + 1);
    return [`${name} ${seen.get(name)}`, node];
  });
}

function wordsOf(node) {
  if (node.dataset.field || node.name) return node.dataset.field || node.name;
  if (node.getAttribute("aria-labelledby")) {
    const words = node.getAttribute("aria-labelledby").split(" ").map((id) => document.getElementById(id)?.textContent ?? "");
    if (words.join("")) return words.join(" ");
  }
  if (node.localName === "details") return node.querySelector("summary")?.textContent ?? "";
  return node.getAttribute("aria-label") ?? node.labels?.[0]?.textContent ?? node.textContent;
}

function isChanged(field) {
  if (field.localName === "select") return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue || field.checked !== field.defaultChecked;
}

const isTick = (field) => field.type === "checkbox" || field.type === "radio";
const valueOf = (field) => (isTick(field) ? field.checked : field.value);

/** The last heading above the eyes, and how far away it is; the content above it may have grown. */
function placeNow() {
  const marks = [...document.querySelectorAll("main [id]:is(h1, h2, h3, h4, h5, h6)")];
  const above = marks.findLast((mark) => mark.getClientRects().length > 0 && mark.getBoundingClientRect().top <= 120);
  return { id: above?.id, top: above?.getBoundingClientRect().top, x: scrollX, y: scrollY };
}

/** Does again what was done before the load, once the theme's scripts are there. */
export function restore() {
  const saved = recall("kept");
  if (!saved) return;
  remember("kept", "");
  const before = JSON.parse(saved);
  if (before.path !== location.pathname) return;
  waiting = saved;
  document.addEventListener("DOMContentLoaded", () => {
    waiting = undefined;
    redo(before);
    goBack(before.place);
    // Pictures may have moved things, but whoever has scrolled since knows better.
    const there = scrollY;
    addEventListener("load", () => scrollY === there && goBack(before.place), { once: true });
    // Sooner, and the browser would still do it for this load.
    addEventListener("pagehide", () => (history.scrollRestoration = "auto"), { once: true });
  });
}

function redo({ asks, hash, fields, open, pressed, tabs, focus, selection }) {
  const find = (selector) => new Map(named(selector));
  const each = (selector, names, act) => {
    const all = find(selector);
    for (const name of names) if (all.has(name)) act(all.get(name));
  };
  each("[role=tab]", tabs, (tab) => tab.getAttribute("aria-selected") !== "true" && tab.click());
  each(OPENERS, pressed, (button) => button.getAttribute("aria-expanded") !== "true" && button.click());
  // Opening an answer writes it into the address.
  if (location.hash !== hash) history.replaceState(history.state, "", location.pathname + location.search + hash);
  // On a phone the theme opens it again by itself.
  if (asks && !document.querySelector(DIALOG)) document.querySelector(ASKS)?.click();
  const boxes = find("details");
  for (const [name, isOpen] of open) if (boxes.has(name)) boxes.get(name).open = isOpen;
  const all = find(FIELDS);
  for (const [name, value] of fields) {
    const field = all.get(name);
    if (!field || valueOf(field) === value) continue;
    if (isTick(field)) field.checked = value;
    else field.value = value;
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  }
  if (!focus) return;
  const node = find(focus.slice(0, focus.indexOf(" "))).get(focus);
  node?.focus({ preventScroll: true });
  if (selection && node?.setSelectionRange && typeof node.selectionStart === "number") node.setSelectionRange(...selection);
}

function goBack({ id, top, x, y }) {
  const mark = id && document.getElementById(id);
  const isShown = mark && mark.getClientRects().length > 0;
  scrollTo({ left: x, top: isShown ? scrollY + mark.getBoundingClientRect().top - top : y, behavior: "instant" });
}
