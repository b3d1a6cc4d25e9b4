// Reads a search index: the same steps and numbers as src/search/, which says why. No DOM.
import { CHARACTER, PAIR, PART, SINGLE, WHOLE, WORD, fold, isFunctionWord, isUnspaced, isWord, stem, tokenize } from "./tokenize.js";
import { marked, place } from "./excerpt.js";
import { decode, distance, idf, postings } from "./numbers.js";

const FORMAT = 3;
const PHRASE = -1; // a role that no token has
const PAGES_PER_CHUNK = 16;

// query.rs
const MOST_WORDS = 48;
const LONGEST_QUERY = 2000;
const MOST_TERMS = 128;
const FEW_WORDS = 4;
const WEIGHT = { word: 16, code: 48, name: 32, part: 6, phrase: 32, function: 2 };
// relations/phrases.rs
const MOST_PHRASE_WORDS = 3;
const MOST_CHARACTERS = 6;

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
const SHARES = 64;
const COVERAGE = 2;
const COMPLETE = 8;
const TITLE = 1;
const TITLED = 6;
const PROMOTED = 2 ** 52;
const FAINT = 10;
const WITHOUT_CODE = 16;
const WEAK = 22;
const EXPECTED_PAIRS = 3;

/** Names come from queries: `constructor` is one too. */
const has = (object, name) => Object.prototype.hasOwnProperty.call(object, name);

/** An error of a kind: "stale" (files of different builds), "corrupt" or "network". */
export function fail(kind) {
  throw Object.assign(new Error(kind), { kind });
}

/** Opens an index; `read(name, { fresh })` resolves to the parsed JSON of one of its files. */
export async function openIndex(read, fresh = false) {
  const manifest = await read("manifest.json", { fresh });
  if (manifest?.format !== FORMAT) fail("stale");
  const index = { manifest, read, firsts: manifest.first.split(","), shards: [], files: new Map() };
  manifest.inline?.terms.forEach((shard, number) => openShard(index, number, shard));
  return index;
}

/**
 * Results for `query`, best first: `{ results: [{ page, url, title, kind, score, weak, marked }], total, words, suggestion, weak }`.
 * `filters`: a value for `role`, `product`, `kind` or `version`; `marked`: the title in pieces, see `details`.
 */
export async function search(index, query, { limit = 10, offset = 0, filters = {} } = {}) {
  const wanted = Object.entries(filters).filter(([, value]) => value);
  const columns = wanted.length ? file(index, `facets-${index.manifest.facets}`) : undefined;
  columns?.catch(() => {}); // awaited below
  const { meanings, first, suggestion } = await meaningsOf(index, String(query));
  const tests = columns ? wanted.map(columnTest(await columns)) : [];
  const ranked = rank(index, meanings, first, (page) => tests.every((test) => test(page)), offset + limit);
  const words = meanings.filter(({ role }) => role !== CHARACTER).map(({ raw, value, terms }) => ({ text: raw, value, terms: [...terms] }));
  const docs = await Promise.all(ranked.best.slice(offset).map(({ page }) => docOf(index, page)));
  const results = docs.map((doc, at) => {
    const { page, score, weak } = ranked.best[offset + at];
    return { page, url: doc.url, title: doc.title, kind: doc.kind, score, weak, marked: marked(doc.title, words) };
  });
  return { results, total: ranked.total, words, suggestion, weak: !ranked.strong };
}

/** What to show of each result: `{ anchor, heading, excerpt: [{ text, mark }] }`. */
export function details(index, results, words) {
  return Promise.all(results.map(async ({ page, url }) => {
    const { title, text, ...doc } = await docOf(index, page);
    if (doc.url !== url) fail("stale");
    const chunk = await file(index, `text/${text}`);
    return place(title, chunk.pages[page - chunk.first], words);
  }));
}

// --- files (reader.rs) ---

function file(index, name) {
  let promise = index.files.get(name);
  if (!promise) {
    promise = index.read(`${name}.json`, {});
    index.files.set(name, promise);
    promise.catch(() => index.files.delete(name));
  }
  return promise;
}

function openShard(index, number, shard) {
  const opened = { terms: shard.terms.split(","), lists: shard.lists.split(" "), near: shard.near ?? {}, cut: shard.cut ?? {} };
  if (opened.terms.length !== opened.lists.length) fail("stale");
  index.shards[number] = opened;
}

/** Fetches the shards that `keys` need. */
function load(index, numbers) {
  return Promise.all([...new Set(numbers)].filter((number) => !index.shards[number]).map(async (number) => {
    openShard(index, number, await file(index, `terms-${index.manifest.terms}/${number}`));
  }));
}

async function docOf(index, page) {
  const { manifest } = index;
  const number = Math.floor(page / PAGES_PER_CHUNK);
  const chunk = manifest.inline ? manifest.inline.docs[number] : await file(index, `docs-${manifest.docs}/${number}`);
  const [url, title, kind, text] = chunk.docs[page % PAGES_PER_CHUNK];
  return { url, title, kind: manifest.kinds[kind], text: chunk.text[text] };
}

function columnTest(columns) {
  return ([name, value]) => {
    const column = has(columns, name) ? columns[name] : undefined;
    if (!column) return () => name === "role";
    const number = column.values.findIndex(([known]) => known === value);
    const sets = column.sets.map((set) => set.includes(number));
    column.decoded ??= decode(column.pages);
    return (page) => sets[column.decoded[page]];
  };
}

// --- terms ---

/** The first place whose item is not before `key`: strings compare by UTF-16 units, as sorted. */
function lowerBound(items, key) {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle] < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function shardOf({ firsts }, key) {
  const at = lowerBound(firsts, key);
  return firsts[at] === key ? at : Math.max(0, at - 1);
}

/** Where `key` is, or undefined; its shard, or that of `place`, must be there. */
function find(index, key, place = key) {
  const number = shardOf(index, place);
  const shard = index.shards[number];
  const at = lowerBound(shard.terms, key);
  return shard.terms[at] === key ? { number, at, key } : undefined;
}

/** Shards with everything that begins with `prefix`; too many give way to one merged list. */
function shardsOf(index, prefix) {
  const numbers = [shardOf(index, prefix)];
  for (let next = numbers[0] + 1; index.firsts[next]?.startsWith(prefix); next += 1) numbers.push(next);
  return numbers.length > 2 ? { merged: `${prefix}*`, numbers: [shardOf(index, `${prefix}*`)] } : { numbers };
}

function startingWith(index, prefix) {
  const { merged, numbers } = shardsOf(index, prefix);
  if (merged) return [find(index, merged)].filter(Boolean);
  return numbers.flatMap((number) => {
    const { terms } = index.shards[number];
    const found = [];
    for (let at = lowerBound(terms, prefix); terms[at]?.startsWith(prefix); at += 1) {
      if (!/[ *]/.test(terms[at])) found.push({ number, at, key: terms[at] });
    }
    return found;
  });
}

// --- the query (query.rs) ---

function tokensOf(text) {
  const query = Array.from(text.slice(0, LONGEST_QUERY * 2)).slice(0, LONGEST_QUERY).join("");
  const final = fold(query).pop();
  return { tokens: tokenize(query).slice(0, MOST_TERMS), open: isWord(final) || isUnspaced(final) };
}

/** The words; a part knows the name it is part of, which decides its weight once that is looked up. */
function wordsOf({ tokens, open }) {
  const last = tokens.length - 1;
  let lastWhole = last;
  while (lastWhole >= 0 && tokens[lastWhole].role === PART) lastWhole -= 1;
  const words = new Map();
  const pairs = tokens.filter(({ role }) => role === PAIR);
  const isGrammar = (token) =>
    token.role === CHARACTER ? pairs.every(({ term, raw }) => !term.includes(token.term) || isFunctionWord(raw)) : isFunctionWord(token.raw);
  let whole;
  for (const [number, token] of tokens.entries()) {
    let weight = WEIGHT.word;
    if (token.role === WHOLE) {
      const code = isCode(token.term);
      weight = code ? WEIGHT.code : WEIGHT.name;
      whole = code ? null : token.term;
    } else if (token.role !== PART && isGrammar(token)) {
      weight = WEIGHT.function;
    }
    if (token.role === PART && whole === null) continue;
    const isOpen = open && (number === last || number === lastWhole);
    const same = words.get(token.term);
    if (same) same.open ||= isOpen;
    else words.set(token.term, { ...token, weight, open: isOpen, whole: token.role === PART ? whole : undefined });
  }
  const all = [...words.values()];
  const others = all.filter((word) => word.weight > WEIGHT.function);
  const kept = (others.filter(({ role }) => role !== PART).length > FEW_WORDS ? others : all).slice(0, MOST_WORDS);
  // A character lies in every shard with pairs that it begins: rarely is one fetched for it alone.
  const begun = ({ term }) => kept.find((word) => word.role === PAIR && word.term.startsWith(term))?.term;
  for (const word of kept) if (word.role === CHARACTER) word.place = begun(word);
  return kept;
}

function isCode(term) {
  if (/[.+#]/.test(term)) return false;
  const digits = term.replace(/[^0-9]/g, "").length;
  const letters = Array.from(term).length - digits;
  if (letters === 0) return digits >= 5;
  return digits >= 4 || (digits >= 3 && letters <= 3) || term.startsWith("0x");
}

/** Keys that phrases may have, and the terms that each covers (relations/phrases.rs). */
function phrasesOf({ tokens }) {
  const phrases = new Map();
  const add = (key, stretch) => phrases.has(key) || phrases.set(key, stretch.map(({ term }) => term));
  tokens.forEach((token, at) => {
    if (token.role === WORD) {
      for (let end = at + 2; end <= at + MOST_PHRASE_WORDS && tokens[end - 1]?.role === WORD; end += 1) add(wordsKey(tokens.slice(at, end)), tokens.slice(at, end));
    } else if (token.role === PAIR) {
      const chars = Array.from(token.term);
      for (let i = at + 1; tokens[i]?.role === PAIR && chars.length < MOST_CHARACTERS; i += 1) {
        const [first, second] = tokens[i].term;
        if (first !== chars[chars.length - 1]) break;
        chars.push(second);
        add(chars.join(""), tokens.slice(at, i + 1));
      }
    }
  });
  return [...phrases];
}

/** Not beginning with grammar: its shard may not be there. */
function wordsKey(tokens) {
  const light = Math.max(0, tokens.findIndex(({ raw }) => !isFunctionWord(raw)));
  return [...tokens.slice(light), ...tokens.slice(0, light)].map(({ term }) => term).join(" ");
}

// --- what words may mean (candidates.rs) ---

async function meaningsOf(index, query) {
  let cut = tokensOf(query);
  let words = wordsOf(cut);
  const isUnknown = ({ term, role }) => (role === PAIR || role === SINGLE) && !find(index, term);
  await loadFor(index, words);
  if (index.manifest.variants && words.some(isUnknown)) {
    const { from, to } = await file(index, `variants-${index.manifest.variants}`);
    const simple = new Map(Array.from(from).map((c, at) => [c, Array.from(to)[at]]));
    cut = tokensOf(Array.from(query, (c) => simple.get(c) ?? c).join(""));
    words = wordsOf(cut);
    await loadFor(index, words);
  }
  const meanings = words.map((word) => {
    if (word.whole && find(index, word.whole)) word.weight = WEIGHT.part;
    return { ...word, candidates: candidatesOf(index, word) };
  });
  const unknown = meanings.filter(({ candidates }) => candidates.length === 0);
  await Promise.all(unknown.map((meaning) => correct(index, meaning)));
  for (const meaning of meanings) {
    const rarity = meaning.candidates.reduce((most, one) => Math.max(most, one.idf), 0) || idf(index.manifest.pages, 0);
    meaning.value = meaning.role === CHARACTER ? 0 : meaning.weight * rarity;
  }
  for (const [key, covers] of phrasesOf(cut)) {
    // A phrase lies with the word that it begins with: one that does not count has not been fetched.
    const begin = key.includes(" ") ? key.split(" ")[0] : covers[0];
    const found = words.some(({ term }) => term === begin) && find(index, key);
    if (found) meanings.push({ term: key, raw: key, role: PHRASE, weight: WEIGHT.phrase, value: sumOf(meanings.filter(({ term, role }) => role !== PHRASE && covers.includes(term))), candidates: group(index, [{ found, certainty: EXACT }]) });
  }
  for (const meaning of meanings) meaning.terms = new Set([meaning.term, ...meaning.candidates.map(({ term }) => term)]);
  const key = cut.tokens.filter(({ role }) => role !== CHARACTER).map(({ term }) => term).join(" ");
  const { promoted = {} } = index.manifest;
  const first = new Set(has(promoted, key) ? promoted[key] : []);
  const corrected = unknown.filter(({ better }) => better);
  const replace = (text, { raw, better }) => {
    const at = text.toLowerCase().indexOf(raw);
    return at < 0 ? text : text.slice(0, at) + better + text.slice(at + raw.length);
  };
  const suggestion = corrected.reduce(replace, query);
  return { meanings, first, suggestion: suggestion === query ? null : suggestion };
}

/** Everything that words need before they are looked up, at once. */
function loadFor(index, words) {
  const numbers = [];
  for (const word of words) {
    numbers.push(shardOf(index, word.place ?? word.term));
    if (!isContinued(word)) continue;
    for (const prefix of new Set([word.raw, word.term])) numbers.push(...shardsOf(index, prefix).numbers);
    for (const term of endings(word)) numbers.push(shardOf(index, term));
  }
  return load(index, numbers);
}

const isContinued = ({ open, role }) => open && role !== PAIR && role !== CHARACTER;

/** "reindexi" is on the way to "reindexing", which the index has as "reindex". */
function endings({ raw }) {
  const terms = [];
  for (const ending of ["ing", "ed", "es"]) {
    for (let typed = 1; typed < ending.length; typed += 1) {
      if (raw.endsWith(ending.slice(0, typed))) terms.push(stem(raw.slice(0, -typed) + ending));
    }
  }
  return terms;
}

function candidatesOf(index, word) {
  const exact = find(index, word.term, word.place);
  const found = exact ? group(index, [{ found: exact, certainty: EXACT }]) : [];
  if (isContinued(word)) {
    const certainty = exact ? LONGER : CONTINUED;
    found.push(...group(index, continuations(index, word).map((one) => ({ found: one, certainty }))));
  }
  return found;
}

function group(index, terms) {
  let frequency = 0;
  const candidates = terms.flatMap(({ found: { number, at, key }, certainty }) => {
    const { lists, near, cut } = index.shards[number];
    const read = (text) => postings(text, index.manifest.pages) ?? fail("stale");
    const own = read(lists[at]);
    const relatives = near[at] ? read(near[at]) : [];
    frequency += cut[at] ?? ((own.length || relatives.length) >> 1);
    return [
      { term: key, certainty, near: false, postings: own },
      { term: key, certainty, near: true, postings: relatives },
    ].filter((one) => one.postings.length);
  });
  const rarity = idf(index.manifest.pages, frequency);
  return candidates.map((one) => ({ ...one, idf: rarity }));
}

function continuations(index, word) {
  const found = new Map();
  const add = (one) => one && one.key !== word.term && found.set(one.key, one);
  for (const prefix of new Set([word.raw, word.term])) startingWith(index, prefix).forEach(add);
  for (const term of endings(word)) add(find(index, term));
  const length = ({ number, at }) => index.shards[number].lists[at].length;
  return [...found.values()]
    .sort((a, b) => length(b) - length(a) || a.number - b.number || a.at - b.at)
    .slice(0, MOST_CONTINUATIONS);
}

/** Candidates for a word that has none: terms a slip or two away. Words with digits are never corrected. */
async function correct(index, word) {
  const { term, raw, role } = word;
  const { fuzzy, pinyin } = index.manifest;
  if (!(role === WORD || role === PART) || !LETTERS.test(term)) return;
  const most = term.length < SHORTEST_TWICE_MISSPELT ? 1 : 2;
  for (const letter of term.length < SHORTEST_MISSPELT ? [] : new Set(term.slice(0, 2))) {
    if (!has(fuzzy, letter)) continue;
    const { words } = await file(index, `fuzzy/${letter}-${fuzzy[letter]}`);
    const near = words.split(",").map((better) => ({ better, term: stem(better) }));
    for (const one of near) one.slips = Math.min(distance(term, one.term, most), distance(raw, one.better, most));
    const best = near.filter(({ slips }) => slips <= most).sort((a, b) => a.slips - b.slips).slice(0, MOST_SPELLINGS);
    await load(index, best.map((one) => shardOf(index, one.term)));
    const terms = best.map((one) => ({ ...one, found: find(index, one.term), certainty: MISSPELT[one.slips] })).filter(({ found }) => found);
    if (!terms.length) continue;
    word.candidates = group(index, terms);
    word.better = terms[0].better;
    return;
  }
  if (pinyin) word.better = await chinese(index, raw);
}

/** The Chinese word that is said, or begins, as `letters`. */
async function chinese(index, letters) {
  const { words, pinyin } = await file(index, `pinyin-${index.manifest.pinyin}`);
  const said = pinyin.split(",");
  let at = said.findIndex((syllables) => syllables.replaceAll(" ", "") === letters);
  if (at < 0) at = said.findIndex((syllables) => syllables.replace(/(\S)\S* ?/g, "$1") === letters);
  return at < 0 ? undefined : words.split(",")[at];
}

// --- the order (ranking.rs) ---

function rank(index, meanings, first, isWanted, limit) {
  const missed = meanings.filter(({ weight, candidates }) => weight === WEIGHT.code && !candidates.length);
  const total = sumOf(meanings.filter(({ role }) => role !== PHRASE)) - sumOf(missed.slice(1));
  const pairs = sumOf(meanings.filter(({ role }) => role === PAIR));
  const expected = total - pairs + Math.floor(pairs / EXPECTED_PAIRS);
  const share = (part, whole = total) => Math.floor((SHARES * part) / Math.max(1, whole));
  const { sum, covered, related, inTitle } = tally(index, meanings);
  const scores = sum.map((gathered, page) => {
    const covers = share(covered[page]);
    if (!gathered || (missed.length && covers < WITHOUT_CODE) || !isWanted(page)) return 0;
    const titled = share(inTitle[page]);
    return gathered * (SHARES + COVERAGE * covers + COMPLETE * eighth(covers) + TITLE * titled + TITLED * eighth(titled));
  });
  const highest = scores.reduce((most, score) => Math.max(most, score), 0);
  const best = [];
  let found = 0;
  let strong = false;
  for (let page = 0; page < scores.length; page += 1) {
    const isFirst = first.has(page) && isWanted(page);
    if (!isFirst && (scores[page] === 0 || scores[page] * FAINT < highest)) continue;
    found += 1;
    const weak = !isFirst && share(covered[page] + related[page], expected) < WEAK;
    strong ||= !weak;
    keepBest(best, { page, weak, score: isFirst ? PROMOTED : scores[page] }, limit);
  }
  return { best, total: found, strong };
}

const sumOf = (some) => some.reduce((sum, { value }) => sum + value, 0);

/** The eighth power of a share, as a share. */
function eighth(share) {
  for (let times = 0; times < 3; times += 1) share = Math.floor((share * share) / SHARES);
  return share;
}

/** Adds `one` to the `limit` best; called in the order of pages, which breaks ties. */
function keepBest(best, one, limit) {
  let at = best.length;
  while (at > 0 && best[at - 1].score < one.score) at -= 1;
  if (at >= limit) return;
  best.splice(at, 0, one);
  if (best.length > limit) best.pop();
}

function tally(index, meanings) {
  const column = () => new Float64Array(index.manifest.pages);
  const [sum, covered, related, inTitle, best, titled, own] = Array.from({ length: 7 }, column);
  for (const { role, weight, value, candidates } of meanings) {
    const touched = [];
    for (const { idf: rarity, certainty, near, postings: list } of candidates) {
      for (let i = 0; i < list.length; i += 2) {
        const page = list[i];
        const gain = weight * rarity * certainty * ((list[i + 1] % 16) + 1);
        if (best[page] === 0) touched.push(page);
        if (gain > best[page]) best[page] = gain;
        if (list[i + 1] >= 16) titled[page] = 1;
        if (!near) own[page] = 1;
      }
    }
    for (const page of touched) {
      sum[page] += best[page];
      const covers = own[page] && role !== PHRASE;
      (covers ? covered : related)[page] += value;
      if (titled[page] && covers) inTitle[page] += value;
      best[page] = titled[page] = own[page] = 0;
    }
  }
  return { sum, covered, related, inTitle };
}
