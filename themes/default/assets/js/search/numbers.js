// What a search computes with; no DOM, no state.

const KEYS = 32; // title bit and impact

/** The numbers in a text (dense.rs). */
export function decode(text) {
  const numbers = [];
  let high = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const symbol = code - 0x21 - (code > 0x22 ? 1 : 0) - (code > 0x5c ? 1 : 0);
    if (symbol < 76) {
      numbers.push(high * 76 + symbol);
      high = 0;
    } else {
      high = high * 16 + symbol - 75;
    }
  }
  return numbers;
}

/** Pairs of page and key in one list; undefined when it names pages from `pages` on (postings.rs). */
export function postings(text, pages) {
  const numbers = decode(text);
  const list = [];
  for (let i = 0; i < numbers.length; ) {
    const head = numbers[i++];
    let next = 0;
    for (let left = Math.floor(head / KEYS); left >= 0; left -= 1) {
      const page = next + numbers[i++];
      if (!(page < pages)) return undefined;
      list.push(page, head % KEYS);
      next = page + 1;
    }
  }
  return list;
}

/** Letters wrong, left out, added or swapped; Infinity when more than `most` (distance.rs). */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let before = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1), above[j] + 1, row[j - 1] + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return Infinity;
    [before, above] = [above, row];
  }
  return above[b.length];
}

/** How much a word says, in 256ths of a bit (candidates.rs). */
export function idf(pages, frequency) {
  const ratio = Math.max(256, Math.floor(((pages + 1) * 512) / (2 * frequency + 1)));
  const whole = Math.floor(Math.log2(ratio + 0.5));
  const fraction = Math.floor((ratio * 256) / 2 ** whole) - 256;
  return (whole - 8) * 256 + fraction + 32;
}
