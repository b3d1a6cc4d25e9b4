// The search in its three places: dialog, home page, search page. Queries, titles and excerpts become text nodes only.
import { details, find, warm } from "./client.js";
import { element, fill, icon, pageUrl, remember, set, texts } from "../dom.js";

// Milliseconds until a query runs, until a note says that it takes time, and until excerpts are fetched.
const DEBOUNCE = 60;
const SLOW = 150;
const PAUSE = 120;
// Results under a field, and on the search page at a time.
const QUICK = 8;
const PAGE = 20;

const root = document.documentElement.dataset;

function button(text, press) {
  const made = element("button", { type: "button" }, text);
  made.addEventListener("click", press);
  return made;
}

// Leaving the page breaks off what it fetches; that is no error.
let leaving;
addEventListener("pagehide", () => (leaving = true));
addEventListener("pageshow", () => (leaving = false));

/** A key of the input method (229 in older browsers), not ours. */
const isComposing = (event) => event.isComposing || event.keyCode === 229;

/** Runs the query of `input` as it is typed, and shows results. `shown` hears of every state, and gets the strong ones. */
function searchBox(input, isOption, options, shown) {
  const status = element("p", { role: "status" });
  const head = element("div");
  const list = element("div", { class: "results" });
  const notes = element("div", { class: "search-note" });
  const wait = element("p", { class: "search-wait", role: "status" });
  // By url: old ones stay until new ones come, so nothing flickers.
  const excerpts = new Map();
  let timer;
  let run = 0;

  const search = async () => {
    clearTimeout(timer);
    const query = input.value.trim();
    const mine = ++run;
    if (!query) return show({ state: "start", query });
    const slow = setTimeout(() => mine === run && show({ state: "loading", query }), SLOW);
    try {
      const found = await find(query, options(query));
      if (mine !== run) return;
      const complete = show({ state: "done", query, ...found });
      setTimeout(async () => {
        if (mine !== run || !found.results.length) return;
        // Without excerpts the results are still results.
        const parts = await details(found.results, found.words).catch(() => []);
        if (mine === run) parts.forEach((part, i) => part && complete(found.results[i].url, part));
      }, PAUSE);
    } catch ({ kind }) {
      if (!leaving && mine === run) show({ state: "error", query, kind });
    } finally {
      clearTimeout(slow);
    }
  };
  const again = () => {
    input.focus();
    return search();
  };
  input.addEventListener("compositionend", search);
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    // Half-typed pinyin is no query.
    if (!event.isComposing) timer = setTimeout(search, DEBOUNCE);
  });

  /** Puts another query into the field. */
  const asking = (query, picture, ...text) => {
    const made = element(isOption ? "div" : "button", { class: "hit ask" }, icon(picture), element("span", {}, ...text));
    made.addEventListener("click", () => {
      input.value = query;
      again();
    });
    return made;
  };
  const show = (found) => {
    const { state, query, kind, results = [], words, suggestion, total } = found;
    const isLoading = state === "loading";
    wait.textContent = isLoading ? texts.loading : "";
    list.classList.toggle("old", isLoading);
    if (isLoading) return shown(found);
    const completes = new Map();
    const boxes = (some) => together(some).map((result) => {
      const { box, complete } = hit(result, words, isOption);
      completes.set(result.url, complete);
      if (excerpts.has(result.url)) complete(excerpts.get(result.url));
      return box;
    });
    const strong = boxes(results.filter(({ weak }) => !weak));
    const weak = boxes(results.filter(({ weak }) => weak));
    const weakText = strong.length ? texts.weakRest : texts.weak;
    const old = state === "start" ? recent() : [];

    head.replaceChildren(...(old.length ? [element("p", { class: "recent-head" }, texts.recent, button(texts.recentClear, () => {
      localStorage.removeItem(KEY);
      again();
    }))] : []));
    list.replaceChildren(...old.map((query) => asking(query, "clock", query)));
    if (suggestion) {
      const [before, after] = texts.didYouMean.split("{q}");
      list.append(asking(suggestion, "search", before, element("strong", {}, suggestion), after));
    }
    if (strong.length) list.append(element("div", { role: isOption ? "presentation" : "list" }, ...strong));
    if (weak.length) list.append(element("p", { class: "weak-note", "aria-hidden": "true" }, weakText), element("div", { role: isOption ? "group" : "list", "aria-label": weakText, class: "weak" }, ...weak));

    const count = total === 1 ? texts.countOne : fill(texts.count, { n: total });
    status.className = !results.length ? "search-head" : isOption ? "sr-only" : "search-count";
    status.textContent = results.length ? (strong.length ? count : `${isOption ? weakText : ""} ${count}`)
      : state === "error" ? ({ stale: texts.stale, corrupt: texts.corrupt }[kind] ?? texts.error)
      : query ? fill(texts.none, { q: query }) : old.length ? "" : texts.start;
    notes.replaceChildren();
    if (state === "error") notes.append(button(texts.retry, again));
    else if (query && !results.length) notes.append(element("ul", {}, element("li", {}, texts.tipWords), element("li", {}, texts.tipCode)));
    shown(found, strong);
    return (url, part) => {
      excerpts.set(url, part);
      completes.get(url)(part);
    };
  };
  return { parts: [status, head, list, notes, wait], list, notes, search, again };
}

/** Results of one page, beside each other. */
function together(results) {
  const pages = new Map();
  for (const result of results) {
    const page = result.url.split("#")[0];
    pages.set(page, [...(pages.get(page) ?? []), { ...result, sub: pages.has(page) }]);
  }
  return [...pages.values()].flat();
}

/** The page learns from `hl` what to mark. The address of a question has an anchor; one in its answer is nearer. */
function address({ url }, words, anchor) {
  const [path, own] = url.split("#");
  const to = anchor ? encodeURIComponent(anchor) : own;
  const terms = [...new Set(words.flatMap((word) => word.terms.slice(0, 6)))].join(" ");
  return root.root + path + (terms && `?hl=${encodeURIComponent(terms)}`) + (to ? `#${to}` : "");
}

/**
 * One result. An option is one link, to the best section once that is known; on the search page the section is a link of
 * its own. `complete` fills lines that were kept free.
 */
function hit(result, words, isOption) {
  const part = (name, href, ...text) => element(isOption ? "span" : "a", { class: name, ...(!isOption && { href }) }, ...text);
  const marked = (pieces) => pieces.map(({ text, mark }) => (mark ? element("mark", {}, text) : text));
  // `known-issue` is `data-kind-known-issue` in the page and `kindKnownIssue` here.
  const kind = texts[`kind-${result.kind}`.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())];
  const text = element("span", { class: "hit-text" });
  const href = address(result, words);
  const box = element(isOption ? "a" : "div", { class: result.sub ? "hit sub" : "hit", ...(isOption ? { href } : { role: "listitem" }) },
    icon(result.sub ? "part" : "page"),
    element("span", {}, part("hit-title", href, ...marked(result.marked)), element("span", { class: "hit-kind" }, kind ? ` · ${kind} ` : " "), text));
  const complete = ({ anchor, heading, excerpt }) => {
    const href = address(result, words, anchor);
    if (isOption) box.href = href;
    text.replaceChildren(
      ...(heading && heading !== result.title ? [part("hit-part", href, heading), " "] : []),
      ...marked(excerpt),
    );
  };
  return { box, complete };
}

/** Topics and people to ask, from the search page: no other has to carry them. */
async function furtherWays() {
  const there = new URL(pageUrl(), location.href);
  const html = await fetch(there).then((answer) => answer.text());
  const ways = document.adoptNode(new DOMParser().parseFromString(html, "text/html").getElementById("t0-ways"));
  ways.removeAttribute("id");
  for (const link of ways.querySelectorAll("a")) link.href = new URL(link.getAttribute("href"), there);
  return ways;
}

// Recent searches that led somewhere. Storage may be blocked; then there are none.
const KEY = `t0-searches ${new URL(root.home, location.href).pathname}`;
const MOST_RECENT = 8;

function recent() {
  try {
    return JSON.parse(localStorage.getItem(KEY)).filter((query) => typeof query === "string");
  } catch {
    return [];
  }
}

function keepRecent(query) {
  if (!query || query.length > 200) return;
  try {
    localStorage.setItem(KEY, JSON.stringify([query, ...recent().filter((known) => known !== query)].slice(0, MOST_RECENT)));
  } catch {
    // As above.
  }
}

/** The ARIA combobox pattern: focus stays in `input`. `pickFirst`: the best result is chosen, so that Enter opens it. */
function combobox(input, name, pickFirst, changed) {
  let options = [];
  let first = -1;
  let active = -1;
  // The query that the options belong to.
  let answered;
  // The query whose first result opens as soon as it is known.
  let entered;

  const choose = (at) => {
    active = at;
    options.forEach((option, i) => set(option, { "aria-selected": i === at }));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    set(input, { "aria-activedescendant": options[at].id });
    options[at].scrollIntoView({ block: "nearest" });
  };
  const shown = ({ state, query, results = [] }, strong) => {
    if (!strong) return changed(state, true);
    if (results.length) list.append(element("a", { class: "hit-all", href: pageUrl(query) }, fill(texts.seeAll, { q: query })));
    options = [...list.querySelectorAll(".hit, .hit-all")];
    options.forEach((option, i) => set(option, { id: `${name}-${i}`, role: "option", tabindex: -1 }));
    list.hidden = !options.length;
    set(input, { "aria-expanded": !list.hidden });
    answered = state === "done" ? query : undefined;
    if (query && !results.length) furtherWays().then((ways) => input.value.trim() === query && notes.append(ways), () => {});
    // A weak result is not opened unseen.
    first = pickFirst && strong.length ? options.indexOf(strong[0]) : -1;
    choose(first);
    changed(state, options.length);
    if (entered !== undefined && entered === answered) enter();
  };
  /** Opens the chosen option, else all results; never one of another query. */
  const enter = () => {
    const query = input.value.trim();
    entered = undefined;
    if (query === (answered ?? "")) (options[active] ?? list.querySelector(".hit-all"))?.click();
    else {
      entered = query;
      search();
    }
  };
  const forget = () => (entered = undefined);
  const { parts, list, notes, search } = searchBox(input, true, () => ({ limit: QUICK }), shown);
  set(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": `${name}-list`, "aria-expanded": "false" });
  set(list, { role: "listbox", id: `${name}-list`, "aria-label": texts.results, hidden: "" });
  list.addEventListener("click", (event) => event.target.closest("a") && keepRecent(answered));
  input.addEventListener("input", () => {
    forget();
    choose(-1);
  });
  input.addEventListener("keydown", (event) => {
    if (isComposing(event) || list.hidden) return;
    const count = options.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      choose(active < 0 && step < 0 ? count - 1 : (active + step + count) % count);
    } else if (event.key === "Home" || event.key === "End") {
      // The caret moves.
      choose(first);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      enter();
    }
  });
  return { parts, run: search, enter, forget, choose };
}

/** Fills the dialog that open.js has built. */
export function wireDialog({ input, body }) {
  const { parts, ...rest } = combobox(input, "t0-dialog", true, (state) => state === "loading" || (body.scrollTop = 0));
  body.replaceChildren(...parts);
  return rest;
}

/** The home page and the 404 page get a list under their field. */
export function wireField(form) {
  const input = form.querySelector("input");
  const { parts, run, choose } = combobox(input, "t0-field", false, (state, any) => {
    pop.hidden = (state === "start" && !any) || !form.contains(document.activeElement);
  });
  const pop = element("div", { class: "search-pop", hidden: "" }, ...parts);
  form.append(pop);
  const shut = () => {
    pop.hidden = true;
    set(input, { "aria-expanded": false });
    choose(-1);
  };
  input.addEventListener("focus", run);
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || shut());
  // Focus stays.
  pop.addEventListener("pointerdown", (event) => event.preventDefault());
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || isComposing(event) || pop.hidden) return;
    event.preventDefault();
    shut();
  });
  run();
}

/** Query and filters of the search page live in its address. */
export function wireSearchPage(form, place) {
  const input = form.querySelector("input");
  const filters = [...document.querySelectorAll(".filters select")];
  const unfilter = document.getElementById("t0-unfilter");
  const title = document.title;
  const asked = new URLSearchParams(location.search);
  const { top, limit: before } = history.state ?? {};
  // By Enter or a link, not letter by letter.
  let entered = asked.get("q") ?? "";
  let last = entered;
  let limit = before ?? PAGE;

  const chosen = () => filters.filter(({ value }) => value).map(({ name, value }) => [name, value]);
  const options = (query) => {
    if (query !== last) limit = PAGE;
    last = query;
    return { limit, filters: Object.fromEntries(chosen()) };
  };
  const removeFilters = () => {
    for (const filter of filters) filter.value = "";
    again();
  };
  const shown = ({ state, query, results, total }, strong) => {
    if (!strong) return;
    const count = results?.length;
    if (total > count) {
      notes.append(button(texts.more, async () => {
        limit += PAGE;
        await search();
        place.querySelectorAll(".hit-title")[count]?.focus();
      }));
    }
    if (count === 0 && chosen().length) notes.append(button(unfilter.textContent, removeFilters));
    document.getElementById("t0-ways").hidden = strong.length > 0;
    if (unfilter) unfilter.hidden = !chosen().length;
    if (count && entered === query) keepRecent(query);
    if (state !== "error") keep(query);
  };
  /** The address can be shared, and the language switch keeps the query. */
  const keep = (query) => {
    const asked = new URLSearchParams([...(query ? [["q", query]] : []), ...chosen()]);
    const search = asked.size ? `?${asked}` : "";
    history.replaceState({ ...history.state, limit }, "", location.pathname + search + location.hash);
    document.title = query ? `${query} · ${title}` : title;
    for (const link of document.querySelectorAll(".language-link")) link.search = search;
  };
  const { parts, notes, search, again } = searchBox(input, false, options, shown);
  place.append(...parts);

  for (const filter of filters) {
    filter.value = asked.get(filter.name) ?? "";
    // A value that this site does not have.
    if (filter.selectedIndex < 0) filter.value = "";
    filter.addEventListener("change", () => {
      limit = PAGE;
      search();
    });
  }
  unfilter?.addEventListener("click", removeFilters);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    entered = input.value.trim();
    // The keyboard of a phone makes room for the results.
    input.blur();
    search();
  });
  place.addEventListener("click", (event) => {
    if (!event.target.closest(".hit a")) return;
    keepRecent(input.value.trim());
    remember({ top: scrollY });
  });
  input.value ||= entered;
  if (!entered) input.focus();
  // Back from a result: the same list, at the same place.
  search().then(() => top && scrollTo({ top, behavior: "instant" }));
}

// The first query will tell.
warm().catch(() => {});
