// Marks on a page the words that a search found it by. The address carries them as `hl`, so that a new tab knows them
// too; it is taken out of the address at once, and kept in the history entry for a reload and the way back.
import { element, fill, remember, reveal, texts } from "./dom.js";
import { fold, isFunctionWord, isUnspaced, tokenize } from "./search/tokenize.js";

const NAME = "t0-found";
const SKIPPED = "script, style, noscript, template, button:not(.question-toggle), select, textarea, svg, math, nav, .sr-only, .anchor, [aria-hidden=true]";
const MOST = 1000; // on a page
const SHOWN = 5; // words in the bar

export function wireMarks(terms) {
  const main = document.querySelector("main");
  const found = places(main, new Set(terms.split(" ")));
  if (!found.length) return;
  const unmark = CSS.highlights ? highlight(found) : wrap(found);
  const words = new Map(found.map((range) => [String(range).toLowerCase(), String(range)]));
  const bar = element("div", { class: "marks", role: "region", "aria-label": texts.marks });
  const clear = () => {
    unmark();
    if (bar.contains(document.activeElement)) main.focus({ preventScroll: true });
    bar.remove();
    removeEventListener("keydown", onKey);
    remember({ hl: undefined });
  };
  const onKey = (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open], .language-menu[open]")) clear();
  };
  const press = (text, name, action) => {
    const button = element("button", { type: "button", class: name }, text);
    button.addEventListener("click", action);
    return button;
  };
  let at = firstFrom(found);
  let been = isSeen(found[at]);
  reveal(found[at].startContainer);
  const next = () => {
    if (been) at = (at + 1) % found.length;
    been = true;
    show(found[at]);
  };
  const label = element("p", {}, fill(texts.marked, { words: [...words.values()].slice(0, SHOWN).join(texts.separator) }));
  bar.append(label, ...(found.length > 1 ? [press(texts.markedNext, "", next)] : []), press(texts.markedClear, "", clear));
  addEventListener("keydown", onKey);
  document.body.append(bar);
}

/** Where the words stand, as ranges inside single text nodes. */
function places(main, wanted) {
  const found = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && found.length < MOST) {
    const node = walker.currentNode;
    if (!node.data.trim() || node.parentElement.closest(SKIPPED)) continue;
    for (const [start, end] of spans(node.data, wanted)) {
      const range = new Range();
      range.setStart(node, start);
      range.setEnd(node, end);
      found.push(range);
    }
  }
  return found;
}

/** Parts of `text` whose terms are wanted: chains of letters and signs whole, unspaced script by pairs of characters. */
function spans(text, wanted) {
  const found = [];
  const add = (start, end) => {
    const last = found[found.length - 1];
    if (last && last[1] >= start) last[1] = end;
    else found.push([start, end]);
  };
  for (const { 0: run, index } of text.matchAll(/[\p{L}\p{M}\p{N}._+#'’-]+/gu)) {
    let at = index;
    for (const part of splitScripts(run)) {
      const chars = Array.from(part);
      if (!isUnspaced(chars[0])) {
        // A full stop at the end of a sentence is no part of the word.
        const word = part.replace(/[.'’-]+$/, "");
        if (tokenize(word).some(({ term, raw }) => wanted.has(term) && !isFunctionWord(raw))) add(at, at + word.length);
      } else {
        const folded = chars.map((c) => fold(c).join(""));
        const isPair = (i) => wanted.has(folded[i - 1] + folded[i]);
        let from = at;
        chars.forEach((c, i) => {
          if ((i > 0 && isPair(i)) || (i + 1 < chars.length && isPair(i + 1)) || wanted.has(folded[i])) add(from, from + c.length);
          from += c.length;
        });
      }
      at += part.length;
    }
  }
  return found;
}

function splitScripts(run) {
  const parts = [];
  let unspaced;
  for (const c of run) {
    if (parts.length && isUnspaced(c) === unspaced) parts[parts.length - 1] += c;
    else parts.push(c);
    unspaced = isUnspaced(c);
  }
  return parts;
}

function highlight(found) {
  CSS.highlights.set(NAME, new Highlight(...found));
  return () => CSS.highlights.delete(NAME);
}

/** For browsers without the highlight api. */
function wrap(found) {
  // From behind, so that the places before it stay where they are; the range then holds the mark.
  const marks = [...found].reverse().map((range) => {
    const mark = element("mark");
    range.surroundContents(mark);
    range.selectNodeContents(mark);
    return mark;
  });
  return () => {
    for (const mark of marks) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
  };
}

/** The number of the first place in the section that the address names, or on the page. */
function firstFrom(found) {
  const target = document.querySelector(":target");
  const at = target ? found.findIndex((range) => target.compareDocumentPosition(range.startContainer) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY)) : 0;
  return Math.max(at, 0);
}

function isSeen(range) {
  const { top, height } = range.getBoundingClientRect();
  return height > 0 && top > 0 && top < innerHeight;
}

function show(range) {
  // A reader who came for this word expects to see it.
  reveal(range.startContainer);
  const { top } = range.getBoundingClientRect();
  scrollBy({ top: top - innerHeight / 3, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
}
