// From a part of the page to its line in the source: under the pointer while Alt is held or the button is
// pressed, by Alt+E without a pointer.

import { openEditor } from "./editor.js";
import { button, element, root } from "./layer.js";
import { note } from "./note.js";
import { about, ask } from "./page.js";
import { servedElement, shownOf } from "./swap.js";
import { text } from "./words.js";

/** The numbers of blocks by their elements in the window; fetched when they are wanted. */
let blocks;
let isOn = false;
let isHeld = false;
let toggle;
let outline;
/** The block under the pointer. */
let marked = null;
let pointer = null;

/** The page has changed: its numbers are others now. */
export function forget() {
  blocks = undefined;
  mark(null);
}

/** The button of the pick mode; it also begins to listen. */
export function pick() {
  outline = element("div", "outline");
  outline.hidden = true;
  root().append(outline);
  toggle = button("pick", text.pick, () => turn(!isOn, isHeld));
  toggle.title = text.pickHelp;
  toggle.setAttribute("aria-pressed", "false");
  addEventListener("keydown", onKey, true);
  addEventListener("keyup", (event) => event.key === "Alt" && turn(isOn, false), true);
  addEventListener("blur", () => turn(isOn, false));
  addEventListener("pointermove", (event) => {
    pointer = event.target;
    if (isOn || isHeld) find(pointer);
  }, { passive: true });
  addEventListener("scroll", () => marked && draw(), { passive: true, capture: true });
  addEventListener("click", onClick, true);
  return toggle;
}

function turn(on, held) {
  if (toggle.hidden) return;
  [isOn, isHeld] = [on, held];
  toggle.setAttribute("aria-pressed", String(isOn));
  document.documentElement.classList.toggle("tier0-picking", isOn || isHeld);
  if (isOn || isHeld) find(pointer);
  else mark(null);
}

function onKey(event) {
  if (toggle.hidden) return;
  const isWriting = event.target instanceof Element && event.target.matches("input, textarea, select, [contenteditable]");
  if (event.key === "Alt" && !event.ctrlKey && !event.metaKey && !event.shiftKey && !isWriting) turn(isOn, true);
  else if (event.key === "Escape" && isOn) {
    event.stopPropagation();
    turn(false, false);
  } else if (event.code === "KeyE" && event.altKey && !event.ctrlKey && !event.metaKey && !isWriting) {
    event.preventDefault();
    turn(isOn, false);
    openNearest();
  } else if (isHeld && event.key !== "Alt") turn(isOn, false);
}

/** Only what belongs to the page: the bar is still to be used. */
const isPage = (target) => target instanceof Element && target.localName !== "tier0-preview";

function onClick(event) {
  if (!(isOn || isHeld) || event.button || !isPage(event.target)) return;
  event.preventDefault();
  event.stopPropagation();
  const { target } = event;
  load().then((found) => open(found, blockOf(found, target)));
}

function open(found, block) {
  if (block) openEditor(`${about("open")}?at=${found.get(block)}`);
  else note(text.unknownPlace);
}

async function find(target) {
  if (!isPage(target)) return mark(null);
  const found = await load();
  if ((isOn || isHeld) && target === pointer) mark(blockOf(found, target));
}

function blockOf(found, target) {
  for (let node = target; node; node = node.parentElement) if (found.has(node)) return node;
  return null;
}

/** The block that has the focus, or the first one in the window that is not cut off. */
async function openNearest() {
  const found = await load();
  const isIn = (node) => node.getClientRects().length > 0 && node.getBoundingClientRect().bottom > 80 && node.getBoundingClientRect().top < innerHeight;
  const seen = [...found.keys()].filter(isIn);
  const first = seen.find((node) => node.getBoundingClientRect().top >= 60) ?? seen[seen.length - 1];
  open(found, blockOf(found, document.activeElement) ?? first);
}

/** The content once more, with a number on each block: walked beside the one that was served. */
function load() {
  blocks ??= (async () => {
    const found = new Map();
    const response = await ask(about("blocks"));
    if (response.status !== 200) return found;
    const { html } = await response.json();
    const content = servedElement(".prose");
    if (content) walk(content, new DOMParser().parseFromString(`<div class="prose">${html}</div>`, "text/html").body.firstChild, found);
    return found;
  })().catch(() => new Map());
  return blocks;
}

function walk(served, numbered, found) {
  const at = numbered.getAttribute("data-t0-at");
  const live = shownOf(served);
  if (at !== null && live) found.set(live, at);
  let [a, b] = [served.firstElementChild, numbered.firstElementChild];
  // Where they part, the page has just changed.
  while (a && b && a.localName === b.localName) {
    walk(a, b, found);
    [a, b] = [a.nextElementSibling, b.nextElementSibling];
  }
}

function mark(block) {
  marked = block;
  if (outline) draw();
}

function draw() {
  outline.hidden = !marked?.isConnected;
  if (outline.hidden) return;
  const { left, top, width, height } = marked.getBoundingClientRect();
  Object.assign(outline.style, { left: `${left - 6}px`, top: `${top - 4}px`, width: `${width + 12}px`, height: `${height + 8}px` });
}
