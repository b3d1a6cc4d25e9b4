// What to show of a page: its best section, and there the piece with most of the query (src/search/excerpt.rs).
import { fold, isUnspaced, isWord, tokenize } from "./tokenize.js";

const COLUMNS = 160;
const BEFORE = 40;
const HEADING = 4;

/** `text` in pieces, those marked that gave one of the words. The pieces joined are `text`. */
export const marked = (text, words) => joined(piecesOf(text, termsOf(words)));

/** The section of a page to lead to, if there is one, and an excerpt. */
export function place(title, sections, words) {
  const terms = termsOf(words);
  const value = (has) => words.reduce((sum, word, at) => sum + (has.has(at) ? word.value : 0), 0);
  const inTitle = found(piecesOf(title, terms));
  const without = (has) => new Set([...has].filter((at) => !inTitle.has(at)));
  let best = { own: 0, all: 0, pieces: [] };
  sections.forEach(([anchor, heading, text], number) => {
    const pieces = piecesOf(text, terms);
    const [below, above] = [found(pieces), found(piecesOf(heading, terms))];
    const own = value(without(below)) + HEADING * value(without(above));
    const all = value(new Set([...below, ...above]));
    if (number === 0 || own > best.own || (own === best.own && all > best.all)) best = { own, all, pieces, anchor, heading };
  });
  const leads = best.own > 0 && best.anchor;
  return { anchor: leads ? best.anchor : null, heading: (leads && best.heading) || null, excerpt: cut(best.pieces, value) };
}

function termsOf(words) {
  const terms = new Map();
  words.forEach((word, at) => {
    for (const term of word.terms) terms.set(term, [...(terms.get(term) ?? []), at]);
  });
  return terms;
}

const NONE = [];
const found = (pieces) => new Set(pieces.flatMap(({ words }) => words));
const CHAIN = /[._+#'’\u0300-\u036f-]/;
const classOf = (c) => (isUnspaced(c) ? 0 : isWord(c) || CHAIN.test(c) ? 1 : 2);

/** Unspaced script character by character, everything else chain by chain. */
function piecesOf(text, terms) {
  const pieces = [];
  const chars = Array.from(text);
  const known = (term) => terms.get(term) ?? NONE;
  for (let start = 0, end; start < chars.length; start = end) {
    const kind = classOf(chars[start]);
    for (end = start + 1; end < chars.length && classOf(chars[end]) === kind; ) end += 1;
    const run = chars.slice(start, end);
    if (kind === 0) {
      const folded = run.map((c) => fold(c).join(""));
      const pair = (i) => (i > 0 && i < run.length ? known(folded[i - 1] + folded[i]) : NONE);
      run.forEach((c, i) => pieces.push({ text: c, words: [...known(folded[i]), ...pair(i), ...pair(i + 1)] }));
    } else {
      const chain = run.join("");
      pieces.push({ text: chain, words: kind === 1 ? tokenize(chain).flatMap(({ term }) => known(term)) : NONE });
    }
  }
  return pieces;
}

function joined(pieces) {
  const out = [];
  for (const { text, words } of pieces) {
    const mark = words.length > 0;
    const before = out[out.length - 1];
    if (before?.mark === mark) before.text += text;
    else if (text) out.push({ text, mark });
  }
  return out;
}

const columns = (text) => Array.from(text).reduce((sum, c) => sum + (c < "\u1100" ? 1 : 2), 0);

/** About 160 columns around the place where most of the query stands together. */
function cut(pieces, value) {
  let [most, start] = [0, 0];
  pieces.forEach((piece, at) => {
    if (!piece.words.length) return;
    const near = new Set();
    for (let i = at, room = COLUMNS - BEFORE; i < pieces.length && room > 0; i += 1) {
      pieces[i].words.forEach((word) => near.add(word));
      room -= columns(pieces[i].text);
    }
    if (value(near) > most) [most, start] = [value(near), at];
  });
  for (let room = BEFORE; start > 0 && columns(pieces[start - 1].text) <= room; room -= columns(pieces[start].text)) start -= 1;
  let end = start;
  for (let room = COLUMNS; end < pieces.length && columns(pieces[end].text) <= room; end += 1) room -= columns(pieces[end].text);
  const dots = { text: "…", words: NONE };
  return joined([...(start > 0 ? [dots] : []), ...pieces.slice(start, end), ...(end < pieces.length ? [dots] : [])]);
}
