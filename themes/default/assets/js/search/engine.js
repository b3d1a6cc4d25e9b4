// The reader of a search index: the same steps and numbers as
// src/search/{dense,reader,query,candidates,distance,ranking}.rs, which say why;
// tests/search_parity.mjs compares the two. No DOM: runs in a page, a worker or Node.

import { PAIR, PART, WHOLE, WORD, fold, isFunctionWord, isUnspaced, isWord, stem, tokenize } from "./tokenize.js";

export const FORMAT_VERSION = 1;
const IMPACTS = 16;

// dense.rs
const ENDING = 76;
const CONTINUING = 16;

// query.rs
const MOST_WORDS = 32;
const LONGEST_QUERY = 2000;
const WEIGHT = { word: 16, code: 48, name: 20, part: 6, function: 2 };

// candidates.rs
const EXACT = 16;
const LONGER = 6;
const CONTINUED = 14;
const MISSPELT = [16, 12, 8];
const LETTERS = /^[a-z]+$/;
const MOST_CONTINUATIONS = 24;
const MOST_SPELLINGS = 6;
const SHORTEST_MISSPELT = 4;
const SHORTEST_TWICE_MISSPELT = 8;

// ranking.rs
const WHOLE_SHARE = 64;
const COVERAGE = 4;
const TITLE = 1;
const WITHOUT_CODE = 16;

/** Opens an index; throws when `json` is none, or of another format. */
export function openIndex(json) {
  if (json?.format !== FORMAT_VERSION) {
    throw new Error(`search index format ${json?.format}, expected ${FORMAT_VERSION}`);
  }
  const split = (joined) => joined.split(" ").filter((part) => part !== "");
  const index = { pages: json.pages, kinds: json.kinds, terms: split(json.terms), lists: split(json.postings), roles: json.roles ?? [], readers: json.readers ?? [] };
  if (index.terms.length !== index.lists.length) throw new Error("damaged search index");
  return index;
}

/**
 * At most `limit` results for `query`, best first, and how many pages match at all.
 * `role` keeps to pages that this role reads. `terms` of a result are the terms of the index that matched, for `excerpt`.
 */
export function search(index, query, { limit = 10, role } = {}) {
  const meanings = parse(index, String(query)).map((word) => meaningOf(index, word));
  const values = (some) => some.reduce((sum, meaning) => sum + meaning.value, 0);
  const missed = meanings.filter(({ weight, candidates }) => weight === WEIGHT.code && candidates.length === 0);
  const total = values(meanings) - values(missed.slice(1));
  const least = missed.length > 0 ? WITHOUT_CODE : 0;
  const tallies = tally(index, meanings);
  const best = [];
  let found = 0;
  for (let page = 0; page < index.pages.length; page += 1) {
    if (tallies.sum[page] === 0 || share(tallies.covered[page], total) < least) continue;
    if (!isReadBy(index, page, role)) continue;
    found += 1;
    keepBest(best, { page, score: scoreOf(tallies, page, total) }, limit);
  }
  return { results: best.map(({ page, score }) => hit(index, page, score, meanings)), total: found };
}

/** Where the index knows no roles everybody reads everything; a role that it does not know reads nothing. */
function isReadBy(index, page, role) {
  if (!role || index.roles.length === 0) return true;
  const bit = index.roles.findIndex(([name]) => name === role);
  return bit >= 0 && (index.readers[page] & (1 << bit)) !== 0;
}

/** Adds `one` to the `limit` best; called in the order of pages, which breaks ties. */
function keepBest(best, one, limit) {
  let place = best.length;
  while (place > 0 && best[place - 1].score < one.score) place -= 1;
  if (place >= limit) return;
  best.splice(place, 0, one);
  if (best.length > limit) best.pop();
}

// --- the index (dense.rs, reader.rs) ---

function decode(text) {
  const numbers = [];
  let high = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const symbol = code - 0x21 - (code > 0x22 ? 1 : 0) - (code > 0x5c ? 1 : 0);
    if (symbol < ENDING) {
      numbers.push(high * ENDING + symbol);
      high = 0;
    } else {
      high = high * CONTINUING + symbol - ENDING + 1;
    }
  }
  return numbers;
}

/** Page, place and impact as one list of pairs: page, `place * IMPACTS + impact - 1`. */
function postingsOf(index, term) {
  const numbers = decode(index.lists[term]);
  let next = 0;
  let i = 0;
  for (; i + 1 < numbers.length; i += 2) {
    const page = next + numbers[i];
    if (page >= index.pages.length) break;
    next = page + 1;
    numbers[i] = page;
  }
  numbers.length = i;
  return numbers;
}

const placeOf = (posting) => Math.floor(posting / IMPACTS);

/** What `postings` say about `page`, or -1. */
function postingOf(postings, page) {
  let low = 0;
  let high = postings.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (postings[middle * 2] < page) low = middle + 1;
    else high = middle;
  }
  return postings[low * 2] === page ? postings[low * 2 + 1] : -1;
}

/** The first place whose term is not before `term`: strings compare by UTF-16 units, as sorted. */
function lowerBound(terms, term) {
  let low = 0;
  let high = terms.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (terms[middle] < term) low = middle + 1;
    else high = middle;
  }
  return low;
}

function find(index, term) {
  const place = lowerBound(index.terms, term);
  return index.terms[place] === term ? place : -1;
}

// --- the query (query.rs) ---

function parse(index, text) {
  const query = Array.from(text.slice(0, LONGEST_QUERY * 2)).slice(0, LONGEST_QUERY).join("");
  const final = fold(query).pop();
  const open = isWord(final) || isUnspaced(final);
  const tokens = tokenize(query);
  const last = tokens.length - 1;
  let lastWhole = last;
  while (lastWhole > 0 && tokens[lastWhole].role === PART) lastWhole -= 1;
  const words = [];
  let partWeight = WEIGHT.word;
  for (const [number, token] of tokens.entries()) {
    let weight = WEIGHT.word;
    if (token.role === PART) {
      weight = partWeight;
    } else if (token.role === WHOLE) {
      const code = isCode(token.term);
      if (code) partWeight = 0;
      else partWeight = find(index, token.term) >= 0 ? WEIGHT.part : WEIGHT.word;
      weight = code ? WEIGHT.code : WEIGHT.name;
    } else if (isFunctionWord(token.raw)) {
      weight = WEIGHT.function;
    }
    if (weight === 0) continue;
    const isOpen = open && (number === last || number === lastWhole);
    const same = words.find((word) => word.term === token.term);
    if (same) same.open ||= isOpen;
    else words.push({ ...token, weight, open: isOpen });
    if (words.length === MOST_WORDS) break;
  }
  return words;
}

function isCode(term) {
  if (/[.+#]/.test(term)) return false;
  const digits = term.replace(/[^0-9]/g, "").length;
  const letters = Array.from(term).length - digits;
  if (letters === 0) return digits >= 5;
  return digits >= 4 || (digits >= 3 && letters <= 3) || term.startsWith("0x");
}

// --- what a word may mean (candidates.rs) ---

function meaningOf(index, word) {
  const candidates = candidatesOf(index, word);
  const rarity = candidates.length
    ? candidates.reduce((most, candidate) => Math.max(most, candidate.idf), 0)
    : idf(index.pages.length, 0);
  return { weight: word.weight, value: word.weight * rarity, candidates };
}

function candidatesOf(index, word) {
  const exact = find(index, word.term);
  const found = [];
  if (exact >= 0) found.push(...group(index, [{ term: exact, certainty: EXACT }]));
  if (word.open && word.role !== PAIR) {
    const certainty = exact >= 0 ? LONGER : CONTINUED;
    found.push(...group(index, continuations(index, word).map((term) => ({ term, certainty }))));
  }
  if (found.length === 0 && (word.role === WORD || word.role === PART)) {
    found.push(...group(index, spellings(index, word.term)));
  }
  return found;
}

function group(index, terms) {
  const lists = terms.map(({ term, certainty }) => ({ term, certainty, postings: postingsOf(index, term) }));
  const frequency = lists.reduce((sum, { postings }) => sum + (postings.length >> 1), 0);
  const rarity = idf(index.pages.length, frequency);
  return lists.map((candidate) => ({ ...candidate, idf: rarity }));
}

function continuations(index, word) {
  const found = new Set();
  for (const prefix of [word.raw, word.term]) {
    const { terms } = index;
    for (let i = lowerBound(terms, prefix); i < terms.length && terms[i].startsWith(prefix); i += 1) found.add(i);
  }
  for (const ending of ["ing", "ed", "es"]) {
    for (let typed = 1; typed < ending.length; typed += 1) {
      if (!word.raw.endsWith(ending.slice(0, typed))) continue;
      const term = find(index, stem(word.raw.slice(0, -typed) + ending));
      if (term >= 0) found.add(term);
    }
  }
  return [...found]
    .filter((term) => index.terms[term] !== word.term)
    .sort((a, b) => index.lists[b].length - index.lists[a].length || a - b)
    .slice(0, MOST_CONTINUATIONS);
}

function spellings(index, word) {
  if (word.length < SHORTEST_MISSPELT || !LETTERS.test(word)) return [];
  // Found once per index: most terms of a site with codes or Chinese are none.
  index.letterTerms ??= [...index.terms.keys()].filter((number) => LETTERS.test(index.terms[number]));
  const most = word.length < SHORTEST_TWICE_MISSPELT ? 1 : 2;
  const found = [];
  for (const number of index.letterTerms) {
    const term = index.terms[number];
    if (Math.abs(term.length - word.length) > most) continue;
    const slips = distance(word, term, most);
    if (slips <= most) found.push({ slips, term: number });
  }
  const length = (one) => index.lists[one.term].length;
  return found
    .sort((a, b) => a.slips - b.slips || length(b) - length(a) || a.term - b.term)
    .slice(0, MOST_SPELLINGS)
    .map(({ slips, term }) => ({ term, certainty: MISSPELT[slips] }));
}

/** Letters wrong, left out, added or swapped; Infinity when more than `most` (distance.rs). */
function distance(a, b, most) {
  let before = new Array(b.length + 1).fill(0);
  let above = new Array(b.length + 1).fill(0).map((_, j) => j);
  let row = new Array(b.length + 1).fill(0);
  for (let i = 1; i <= a.length; i += 1) {
    row[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(above[j - 1] + (same ? 0 : 1), above[j] + 1, row[j - 1] + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
      if (row[j] < least) least = row[j];
    }
    if (least > most) return Infinity;
    [before, above, row] = [above, row, before];
  }
  return above[b.length];
}

function idf(pages, frequency) {
  const ratio = Math.max(256, Math.floor(((pages + 1) * 512) / (2 * frequency + 1)));
  const whole = Math.floor(Math.log2(ratio + 0.5));
  const fraction = Math.floor((ratio * 256) / 2 ** whole) - 256;
  return (whole - 8) * 256 + fraction + 32;
}

// --- the order (ranking.rs) ---

const gainOf = (meaning, candidate, posting) =>
  meaning.weight * candidate.idf * candidate.certainty * ((posting % IMPACTS) + 1);

function tally(index, meanings) {
  const size = index.pages.length;
  const tallies = { sum: new Float64Array(size), covered: new Float64Array(size), inTitle: new Float64Array(size) };
  const best = new Float64Array(size);
  const bestInTitle = new Uint8Array(size);
  for (const meaning of meanings) {
    const touched = [];
    for (const candidate of meaning.candidates) {
      for (let i = 0; i < candidate.postings.length; i += 2) {
        const page = candidate.postings[i];
        const gain = gainOf(meaning, candidate, candidate.postings[i + 1]);
        if (best[page] === 0) touched.push(page);
        if (gain > best[page]) {
          best[page] = gain;
          bestInTitle[page] = placeOf(candidate.postings[i + 1]) === 0 ? 1 : 0;
        }
      }
    }
    for (const page of touched) {
      tallies.sum[page] += best[page];
      tallies.covered[page] += meaning.value;
      if (bestInTitle[page]) tallies.inTitle[page] += meaning.value;
      best[page] = 0;
    }
  }
  return tallies;
}

const share = (part, total) => Math.floor((WHOLE_SHARE * part) / Math.max(1, total));

function scoreOf({ sum, covered, inTitle }, page, total) {
  const raised = COVERAGE * share(covered[page], total) + TITLE * share(inTitle[page], total);
  return sum[page] * (WHOLE_SHARE + raised);
}

function hit(index, page, score, meanings) {
  const [url, title, kind, summary, sections] = index.pages[page];
  const gains = new Array(sections.length >> 1).fill(0);
  const terms = new Set();
  for (const meaning of meanings) {
    for (const candidate of meaning.candidates) {
      const posting = postingOf(candidate.postings, page);
      if (posting < 0) continue;
      terms.add(index.terms[candidate.term]);
      const place = placeOf(posting);
      if (place >= 1 && place <= gains.length) gains[place - 1] += gainOf(meaning, candidate, posting);
    }
  }
  const most = Math.max(0, ...gains);
  const section = most > 0 ? gains.indexOf(most) : -1;
  const anchor = (section >= 0 && sections[section * 2]) || null;
  const heading = (anchor !== null && sections[section * 2 + 1]) || null;
  return { url, title, kind: index.kinds[kind] ?? "", anchor, heading, summary, score, terms: [...terms] };
}

// --- what to mark ---

/** `text` in pieces, those marked that gave one of `terms`. The pieces joined are `text`. */
export function excerpt(text, terms) {
  const wanted = new Set(terms);
  const pieces = [];
  const add = (part, mark) => {
    const before = pieces[pieces.length - 1];
    if (before && before.mark === mark) before.text += part;
    else if (part !== "") pieces.push({ text: part, mark });
  };
  // Unspaced script character by character, everything else chain by chain.
  const runs = text.match(/[^\s\p{L}\p{M}\p{N}._+#'’-]+|\s+|[\p{L}\p{M}\p{N}._+#'’-]+/gu) ?? [];
  for (const run of runs) {
    for (const part of splitScripts(run)) {
      if (isUnspaced(part[0])) markPairs(Array.from(part.join("")), wanted, add);
      else add(part.join(""), tokenize(part.join("")).some(({ term }) => wanted.has(term)));
    }
  }
  return pieces;
}

function splitScripts(run) {
  const parts = [];
  for (const c of run) {
    const before = parts[parts.length - 1];
    if (before && isUnspaced(before[0]) === isUnspaced(c)) before.push(c);
    else parts.push([c]);
  }
  return parts;
}

function markPairs(chars, wanted, add) {
  const folded = chars.map((c) => fold(c).join(""));
  const isPair = (i) => i > 0 && i < chars.length && wanted.has(folded[i - 1] + folded[i]);
  chars.forEach((c, i) => add(c, isPair(i) || isPair(i + 1) || wanted.has(folded[i])));
}
