// Text into terms: the same steps as src/search/{fold,tokenizer,codes,stem,function_words}.rs,
// which say why; tests/golden/tokenize.json holds both to one result. No DOM.

/** Roles of terms, as in tokenizer.rs. */
export const WORD = 0;
export const WHOLE = 1;
export const PART = 2;
export const PAIR = 3;
export const SINGLE = 4;

const LONGEST_TERM = 64;
const MOST_HYPHENATED = 4;

const DROPPED = /[\u0300-\u036f\u00ad\u200c\u200d\u2060\ufeff\ufe00-\ufe0f]/gu;
const WRITTEN_OUT = new Map(Object.entries({
  ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", đ: "d", ð: "d", ł: "l", ħ: "h", ı: "i", ς: "σ",
  "\u2010": "-", "\u2018": "'", "\u2019": "'",
}));
const REPLACED = /[ßæœþøđðłħıς\u2010\u2018\u2019]/gu;

const UNSPACED =
  /[\u3005\u3007\u3021-\u3029\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3fffd}]/u;
const LETTER_OR_DIGIT = /[\p{Alphabetic}\p{N}]/u;

/** One form for all spellings of a letter; a list of characters. */
export function fold(text) {
  const folded = text
    .replace(/[\u2122\u2120]/g, " ")
    .normalize("NFKD")
    .toLowerCase()
    .replace(DROPPED, "")
    .replace(REPLACED, (letter) => WRITTEN_OUT.get(letter))
    .normalize("NFC");
  return Array.from(folded);
}

export const isUnspaced = (c) => c !== undefined && c > "\u3000" && UNSPACED.test(c);
export const isWord = (c) => c !== undefined && LETTER_OR_DIGIT.test(c) && !isUnspaced(c);
const isDigit = (c) => c >= "0" && c <= "9";
const hasDigit = (text) => /[0-9]/.test(text);
const lengthOf = (text) => Array.from(text).length;

/** All terms of `text` in order, as `{ term, raw, role }`; a title gives single characters too. */
export function tokenize(text, isTitle = false) {
  const chars = fold(text);
  const tokens = [];
  let at = 0;
  while (at < chars.length) {
    if (isUnspaced(chars[at])) {
      const end = runEnd(chars, at, isUnspaced);
      pushPairs(chars.slice(at, end), isTitle, tokens);
      at = end;
    } else if (isWord(chars[at]) || startsWithDot(chars, at)) {
      at = pushChain(chars, at, tokens);
    } else {
      at += 1;
    }
  }
  return tokens.filter((token) => lengthOf(token.term) <= LONGEST_TERM);
}

function runEnd(chars, at, inClass) {
  while (at < chars.length && inClass(chars[at])) at += 1;
  return at;
}

function startsWithDot(chars, at) {
  const next = chars[at + 1];
  const before = chars[at - 1];
  return chars[at] === "." && isWord(next) && !isDigit(next) && !isWord(before) && before !== ".";
}

function pushPairs(run, isTitle, tokens) {
  for (let i = 1; i < run.length; i += 1) push(run[i - 1] + run[i], run[i - 1] + run[i], PAIR, tokens);
  if (run.length === 1 || isTitle) for (const c of run) push(c, c, SINGLE, tokens);
}

const push = (term, raw, role, tokens) => tokens.push({ term, raw, role });

// --- names and codes (codes.rs) ---

function pushChain(chars, at, tokens) {
  const dot = chars[at] === ".";
  let { runs, end } = readRuns(chars, at + (dot ? 1 : 0));
  const last = lengthOf(runs[runs.length - 1].text);
  let suffix = "";
  if (chars[end] === "+" && chars[end + 1] === "+" && chars[end + 2] !== "+") suffix = "++";
  else if (chars[end] === "#" && last === 1 && runs.length === 1) suffix = "#";
  end += suffix.length;
  pushTerms(runs, dot ? "." : "", suffix, tokens);
  return end;
}

function readRuns(chars, at) {
  const runs = [];
  let joiner = " ";
  for (;;) {
    const { text, end } = readRun(chars, at);
    runs.push({ text, joiner });
    let next = end + 1;
    if (chars[end] === "_") next = runEnd(chars, end, (c) => c === "_");
    else if (chars[end] !== "-" && chars[end] !== ".") return { runs, end };
    if (!isWord(chars[next])) return { runs, end };
    joiner = chars[end];
    at = next;
  }
}

function readRun(chars, at) {
  let end = runEnd(chars, at, isWord);
  let text = chars.slice(at, end).join("");
  while (chars[end] === "'" && isWord(chars[end + 1])) {
    const next = runEnd(chars, end + 1, isWord);
    const more = chars.slice(end + 1, next).join("");
    if (more !== "s") text += more;
    end = next;
  }
  return { text, end };
}

function pushTerms(runs, prefix, suffix, tokens) {
  const first = runs[0].text;
  if (runs.length === 1 && prefix === "" && !hasDigit(first)) {
    if (suffix === "") {
      push(stem(first), first, WORD, tokens);
    } else {
      push(first + suffix, first + suffix, WHOLE, tokens);
      if (lengthOf(first) > 1) push(stem(first), first, PART, tokens);
    }
    return;
  }
  const whole = join(runs, prefix, suffix);
  const before = tokens.length;
  const hyphens = runs.filter((run) => run.joiner === "-").length;
  const named = hyphens < MOST_HYPHENATED && (!onlyHyphens(runs) || runs.length === 2);
  if (named) push(whole, whole, WHOLE, tokens);
  let start = 0;
  for (let i = 1; i <= runs.length; i += 1) {
    if (i < runs.length && runs[i].joiner === ".") continue;
    pushPiece(runs.slice(start, i).map((run) => run.text), tokens);
    start = i;
  }
  if (named && tokens.length === before + 2 && tokens[before + 1].raw === whole) tokens.pop();
  if (!named) for (const token of tokens.slice(before)) token.role = WORD;
}

const onlyHyphens = (runs) =>
  runs.length > 1 && runs.every(({ text, joiner }) => (joiner === "-" || joiner === " ") && !hasDigit(text));

const join = (runs, prefix, suffix) =>
  prefix +
  runs.map(({ text, joiner }) => (joiner === "." || joiner === "_" ? joiner + text : text)).join("") +
  suffix;

function pushPiece(piece, tokens) {
  const isNumber = (run) => isDigit(run[0]);
  const rest = piece.slice(1);
  if (rest.length > 0 && rest.every(isNumber)) {
    if (isNumber(piece[0])) {
      push(piece.join("."), piece.join("."), PART, tokens);
      return;
    }
    const code = splitCode(piece[0]);
    if (code) {
      const version = [code.digits, ...rest].join(".");
      push(stem(code.letters), code.letters, PART, tokens);
      push(version, version, PART, tokens);
      return;
    }
  }
  for (const run of piece) {
    const code = splitCode(run);
    if (code) {
      if (piece.length > 1) push(run, run, PART, tokens);
      push(stem(code.letters), code.letters, PART, tokens);
      push(code.digits, code.digits, PART, tokens);
    } else {
      push(stem(run), run, PART, tokens);
    }
  }
}

function splitCode(run) {
  const match = /^([^0-9]+)([0-9]+)$/u.exec(run);
  return match && (match[1] === "v" || lengthOf(match[1]) >= 2) ? { letters: match[1], digits: match[2] } : null;
}

// --- English endings (stem.rs) ---

/** The stem of `word`. */
export function stem(word) {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  let stemmed = stripVerbEnding(stripPlural(word));
  if (stemmed.length >= 5 && stemmed.endsWith("e")) stemmed = stemmed.slice(0, -1);
  return stemmed;
}

function stripPlural(word) {
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:sses|xes|ches|shes|zes)$/.test(word)) return word.slice(0, -2);
  return /s$/.test(word) && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
}

function stripVerbEnding(word) {
  if (word.endsWith("ied") && word.length > 4) return `${word.slice(0, -3)}y`;
  let rest;
  if (word.endsWith("ing")) rest = word.slice(0, -3);
  else if (word.endsWith("ed") && !word.endsWith("eed")) rest = word.slice(0, -2);
  else return word;
  if (rest.length < 3 || !/[aeiouy]/.test(rest)) return word;
  if (rest.length > 3 && /([^aeioulsz])\1$/.test(rest)) return rest.slice(0, -1);
  return /^[^aeiou][aeiou][^aeiouwxy]$/.test(rest) ? `${rest}e` : rest;
}

// --- grammar (function_words.rs) ---

const FUNCTION_WORDS = new Set(
  [
    "a about after all also am an and any are as at be because been before being but by can cannot cant could couldnt",
    "did didnt do does doesnt doing done dont each else every for from get gets getting got had has hasnt have havent",
    "having he her here him his how i id if ill im in into is isnt it its ive just let like made make makes may me",
    "might must my need no not now of on one only or other our ours out please she should shouldnt so some somehow",
    "something such than that thats the their them then there these they thing this those to too us very want was",
    "wasnt we were weve what whats when where which while who why will with wont would wouldnt you your youre yours",
    "一个 一些 一样 不是 为什 为何 么办 么样 也是 了吗 什么 他们 以及 但是 你们 其他",
    "可以 各种 哪个 哪些 哪里 因为 多少 如何 它们 应该 怎么 怎样 您的 我们 我的 所以",
    "是不 是否 有没 没有 的是 能不 自己 还是 这个 这些 这样 那个 那么 都是 需要",
  ].join(" ").split(" "),
);

/** Whether `word`, folded and not stemmed, carries no meaning. */
export const isFunctionWord = (word) => FUNCTION_WORDS.has(word);
