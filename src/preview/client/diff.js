// What has changed between the page as it was served and as it is served now: which children go with
// which, and a plan of edits. Nothing here touches the page that is shown.

/** Lists that are longer, one times the other, are paired in order instead of by likeness. */
const MOST_PAIRS = 4000;
const LONGEST_TEXT = 2000;
/** Nodes that look the same at first and are compared in full. */
const MOST_ALIKE = 8;

/**
 * The edits that make `old` into `fresh`, parents before children. `alike(a, b)` says whether an element may
 * become another one by edits, or has to make room for it.
 */
export function plan(old, fresh, alike) {
  const edits = [];
  const compare = (old, fresh) => {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== fresh.data) edits.push({ kind: "text", old, fresh });
      return;
    }
    const attributes = changedAttributes(old, fresh);
    if (attributes.length > 0) edits.push({ kind: "attributes", old, fresh, attributes });
    // Browsers that run scripts read what stands in it as text, so it never compares; and nobody sees it.
    if (old.localName === "noscript") return;
    const before = [...old.childNodes];
    const after = [...fresh.childNodes];
    const { partners, equal } = align(before, after, alike);
    const used = new Set(partners.filter((i) => i >= 0));
    const gone = before.filter((_, i) => !used.has(i));
    if (gone.length > 0 || !partners.every((i, at) => i === at)) {
      edits.push({ kind: "children", old, gone, order: after.map((fresh, j) => ({ old: before[partners[j]], fresh })) });
    }
    partners.forEach((i, j) => {
      if (i >= 0 && !equal[j]) compare(before[i], after[j]);
    });
  };
  if (!old.isEqualNode(fresh)) compare(old, fresh);
  return edits;
}

/** Names, old and new values of the attributes that differ; null where there is none. */
function changedAttributes(old, fresh) {
  const changed = [];
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) !== value) changed.push({ name, from: old.getAttribute(name), to: value });
  }
  for (const { name, value } of old.attributes) {
    if (!fresh.hasAttribute(name)) changed.push({ name, from: value, to: null });
  }
  return changed;
}

/**
 * For each node of `after` the number of its partner in `before`, or -1, and whether the two are equal. Equal
 * nodes come first, wherever they stand; what is left between them is paired by likeness.
 */
function align(before, after, alike) {
  const partners = new Array(after.length).fill(-1);
  let start = 0;
  let [endBefore, endAfter] = [before.length, after.length];
  while (start < endBefore && start < endAfter && before[start].isEqualNode(after[start])) partners[start] = start++;
  while (endBefore > start && endAfter > start && before[endBefore - 1].isEqualNode(after[endAfter - 1])) partners[--endAfter] = --endBefore;
  const { fixed, moved } = equals(before, after, start, endBefore, endAfter);
  for (const [i, j] of [...fixed, ...moved]) partners[j] = i;
  const equal = partners.map((i) => i >= 0);
  const taken = new Set([...fixed, ...moved].map(([i]) => i));
  // Between two equal nodes that stay, and at both ends.
  let [i, j] = [start, start];
  for (const [nextBefore, nextAfter] of [...fixed, [endBefore, endAfter]]) {
    const olds = range(i, nextBefore).filter((at) => !taken.has(at));
    const news = range(j, nextAfter).filter((at) => partners[at] < 0);
    const isOne = olds.length === 1 && news.length === 1;
    for (const [a, b] of pair(olds, news, (a, b) => likeness(before[a], after[b], alike, isOne))) partners[b] = a;
    [i, j] = [nextBefore + 1, nextAfter + 1];
  }
  return { partners, equal };
}

const range = (from, to) => Array.from({ length: Math.max(to - from, 0) }, (_, i) => from + i);

/** Equal nodes: those whose order stays, and those that have moved. Blanks between blocks are no landmarks. */
function equals(before, after, start, endBefore, endAfter) {
  if (endBefore - start < 2 && endAfter - start < 2) return { fixed: [], moved: [] };
  const places = new Map();
  for (const i of range(start, endBefore)) {
    const key = keyOf(before[i]);
    if (!key) continue;
    if (!places.has(key)) places.set(key, []);
    places.get(key).push(i);
  }
  const found = [];
  for (const j of range(start, endAfter)) {
    const queue = places.get(keyOf(after[j])) ?? [];
    const at = queue.slice(0, MOST_ALIKE).findIndex((i) => before[i].isEqualNode(after[j]));
    if (at >= 0) found.push([...queue.splice(at, 1), j]);
  }
  const fixed = rising(found);
  const stays = new Set(fixed);
  return { fixed, moved: found.filter((one) => !stays.has(one)) };
}

/** What equal nodes have in common, without reading all that is in them. */
function keyOf(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return node.data.trim() && `${node.nodeType} ${node.data}`;
  const words = node.firstChild?.data?.trim() || node.firstElementChild?.firstChild?.data || "";
  return [node.nodeName, node.id, node.getAttribute("class"), node.childNodes.length, words].join(" ");
}

/** The longest part of a list of pairs whose first numbers rise. */
function rising(pairs) {
  const ends = []; // ends[n]: where the best row of n + 1 pairs ends
  const previous = [];
  pairs.forEach(([i], at) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]][0] < i) low = middle + 1;
      else high = middle;
    }
    previous[at] = low > 0 ? ends[low - 1] : -1;
    ends[low] = at;
  });
  const row = [];
  for (let at = ends.length > 0 ? ends[ends.length - 1] : -1; at >= 0; at = previous[at]) row.push(pairs[at]);
  return row.reverse();
}

/** Pairs that keep their order and are most alike together. */
function pair(olds, news, score) {
  if (olds.length * news.length > MOST_PAIRS) return inOrder(olds, news, score);
  const width = news.length + 1;
  const scores = new Float64Array((olds.length + 1) * width);
  const own = new Float64Array(olds.length * width);
  for (let i = olds.length - 1; i >= 0; i--) {
    for (let j = news.length - 1; j >= 0; j--) {
      const at = i * width + j;
      own[at] = score(olds[i], news[j]);
      const paired = own[at] > 0 ? own[at] + scores[at + width + 1] : 0;
      scores[at] = Math.max(paired, scores[at + width], scores[at + 1]);
    }
  }
  const pairs = [];
  for (let [i, j] = [0, 0]; i < olds.length && j < news.length; ) {
    const at = i * width + j;
    if (own[at] > 0 && scores[at] === own[at] + scores[at + width + 1]) pairs.push([olds[i++], news[j++]]);
    else if (scores[at] === scores[at + width]) i++;
    else j++;
  }
  return pairs;
}

function inOrder(olds, news, score) {
  const pairs = [];
  let i = 0;
  for (const j of news) {
    const near = olds.slice(i, i + 8).findIndex((old) => score(old, j) > 0);
    if (near < 0) continue;
    pairs.push([olds[i + near], j]);
    i += near + 1;
  }
  return pairs;
}

/** How much two nodes have in common; 0 if one cannot become the other. More is not asked if there is no choice. */
function likeness(old, fresh, alike, isOne) {
  if (old.nodeType !== fresh.nodeType) return 0;
  if (old.nodeType !== Node.ELEMENT_NODE) return 0.1 + common(old.data, fresh.data);
  if (old.nodeName !== fresh.nodeName || old.namespaceURI !== fresh.namespaceURI || !alike(old, fresh)) return 0;
  if (isOne) return 1;
  return 1 + (old.id && old.id === fresh.id ? 3 : 0) + 2 * common(old.textContent, fresh.textContent);
}

/** The part of two texts that begins or ends alike, from 0 to 1. */
function common(a, b) {
  const longest = Math.min(Math.max(a.length, b.length), LONGEST_TEXT);
  if (longest === 0) return 1;
  const [front, back] = edges(a, b, LONGEST_TEXT);
  return Math.min((front + back) / longest, 1);
}

/** How many characters two texts share at their beginnings and, behind those, at their ends. */
export function edges(a, b, most = Infinity) {
  const length = Math.min(a.length, b.length, most);
  let [front, back] = [0, 0];
  while (front < length && a[front] === b[front]) front++;
  while (back < length - front && a[a.length - 1 - back] === b[b.length - 1 - back]) back++;
  return [front, back];
}
