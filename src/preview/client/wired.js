// What the theme's scripts look at once, when a page loads. A change that they would have to see reloads the
// page; everything else is swapped. Who adds a script to the theme that looks for elements when it loads adds
// them here, and nowhere else.

/** Found and given something to do: none of these may come, go or change places. */
const FOUND = [
  ".code", // content.js: a button that copies
  ".task",
  ".reply", // reply.js
  ".tabs, .tab", // tabs.js
  ".steps, .step-item", // steps.js
  ".question, .question > :is(h2, h3, h4, h5, h6) a:not(.anchor)", // faq.js: a heading with links folds another way
  "section.step", // troubleshooter.js
  "details[data-open-from], .language-menu, .theme-toggle, .not-found > section", // main.js
  "[data-search-open], .search-form, .filters, #t0-results", // search/
  "#t0-versions, #t0-version-note", // versions.js
  "#t0-codes", // codes.js
  ".paging, .paging-place", // long-list.js
  "#t0-handoff", // handoff.js
  "meta[http-equiv], base", // the browser itself
].join(", ");

/** Some of these may change places all the same: they are wired one by one. */
const FREE = ".code, .task, .reply";

/** Taken to pieces: no element in it may come or go, but words and attributes may change. */
const COUNTED = "#t0-handoff, .filters, .search-form, .language-menu";

/** Read and kept: nothing in it may change. */
const READ = "#t0-codes, .step > h2, .step .choices, #t0-version-note, meta[http-equiv], base";

/** Lists matter where something narrows them by version. */
const ROWS = ".rows";
const NARROWS = "#t0-versions";

/** A troubleshooter hides what stands around its steps. */
const AROUND = ".prose";
const STEPS = "section.step";

/** Attributes that a script has put to use. */
const KEPT = ["data-label", "data-step", "data-open-from", "type"];

/** Types of scripts that are data, which nothing runs. */
const DATA = /^(?!module$|importmap$|speculationrules$|(text|application)\/(java|ecma)script$).+/i;

const isCode = (node) => node.localName === "script" && !DATA.test(node.type);
const isElement = (node) => node.nodeType === Node.ELEMENT_NODE;

/** Whether an element can become another one without any script having to know. */
export function alike(old, fresh) {
  return (
    KEPT.every((name) => old.getAttribute(name) === fresh.getAttribute(name)) &&
    (isCode(old) ? old.src === fresh.src && old.text === fresh.text : old.matches(FOUND) === fresh.matches(FOUND)) &&
    (old.localName !== "link" || old.rel === fresh.rel)
  );
}

/** Whether an edit of the plan has to be seen by scripts, which takes a reload. */
export function needsReload({ kind, old, gone, order }) {
  const parent = isElement(old) ? old : old.parentElement;
  if (parent.closest(READ) || (parent.closest(ROWS) && parent.ownerDocument.querySelector(NARROWS))) return true;
  if (kind !== "children") return isCode(parent);
  const come = order.filter((one) => !one.old).map((one) => one.fresh);
  const moved = order.filter((one) => one.old).map((one) => one.old);
  const isWired = (node, free) =>
    isElement(node) && [node, ...node.querySelectorAll("*")].some((one) => isCode(one) || (one.matches(FOUND) && !(free && one.matches(FREE))));
  const isRead = (node) => isElement(node) && (node.matches(READ) || node.querySelector(READ) !== null);
  if ([...gone, ...come].some((node) => isWired(node, false) || isRead(node))) return true;
  if (outOfOrder(old, moved).some((node) => isWired(node, true))) return true;
  return [...gone, ...come].some(isElement) && (parent.closest(COUNTED) !== null || (parent.matches(AROUND) && parent.querySelector(STEPS) !== null));
}

/** Children that stay, but behind others than before. */
function outOfOrder(parent, kept) {
  const now = new Map(kept.map((node, at) => [node, at]));
  let last = -1;
  return [...parent.childNodes].filter((node) => {
    const at = now.get(node);
    if (at === undefined) return false;
    const isBehind = at < last;
    last = Math.max(last, at);
    return isBehind;
  });
}
