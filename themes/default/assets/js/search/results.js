// Builds what the search shows. Queries, titles and excerpts come from data: they enter the page as text nodes only.
import { excerpt } from "./engine.js";
import { loadingText } from "./load.js";
import { element, fill, icon, texts } from "../dom.js";

const root = document.documentElement.dataset;
export const countText = (n) => (n === 1 ? texts.countOne : fill(texts.count, { n }));

/** Results of one page belong together; pages stay in the order of their best result. */
export function groupByPage(results) {
  const groups = new Map();
  for (const result of results) {
    if (!groups.has(result.url)) groups.set(result.url, []);
    groups.get(result.url).push(result);
  }
  return [...groups.values()];
}

/** One result as a link. `sub`: a further place in the page that the result above has named already. */
export function hit(result, sub) {
  const marked = (text) => excerpt(text, result.terms).map((part) => (part.mark ? element("mark", {}, part.text) : part.text));
  const body = element("div");
  if (!sub) {
    const title = element("div", { class: "hit-title" }, ...marked(result.title));
    const kind = texts[`kind${camel(result.kind)}`];
    if (kind) title.append(element("span", { class: "hit-kind" }, ` · ${kind}`));
    body.append(title, " ");
  }
  if (result.heading && result.heading !== result.title) body.append(element("div", { class: "hit-part" }, ...marked(result.heading)), " ");
  if (result.summary) body.append(element("div", { class: "hit-text" }, ...marked(result.summary)));
  const href = root.root + result.url + (result.anchor ? `#${encodeURIComponent(result.anchor)}` : "");
  return element("a", { class: sub ? "hit sub" : "hit", href }, icon(sub ? "part" : "page"), body);
}

/** `known-issue` is `data-kind-known-issue` in the page and `kindKnownIssue` here. */
const camel = (kind) => (kind ?? "").replace(/(^|-)(\w)/g, (_, __, letter) => letter.toUpperCase());

/** What stands in place of results: how to begin, that it loads, that it failed, or where to go when nothing was found. */
export function note(state, query, retry) {
  if (state === "start") return element("p", { class: "search-note" }, texts.start);
  if (state === "loading") return element("p", { class: "search-note search-loading" }, loadingText());
  if (state === "error") {
    const again = element("button", { type: "button" }, texts.retry);
    again.addEventListener("click", retry);
    return element("div", { class: "search-note" }, element("p", {}, texts.error), element("p", { class: "links" }, again));
  }
  return element("div", { class: "search-note" },
    element("strong", {}, fill(texts.none, { q: query })),
    element("ul", {}, element("li", {}, texts.tipWords), element("li", {}, texts.tipCode)),
    element("p", { class: "links" }, element("a", { href: root.home }, texts.browse)));
}
