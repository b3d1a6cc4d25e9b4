// The search in its three places: the dialog (header button, `/`, Ctrl-K), the field of the home page, and the search
// page. open.js fetches this file when someone is about to search. Queries, titles and excerpts are data: text nodes only.
import { details, find, warm } from "./client.js";
import { element, fill, icon, pageUrl, remember, texts } from "../dom.js";

const DEBOUNCE = 60;
const SLOW = 150; // then something says that it takes time
const PAUSE = 120; // excerpts are fetched for a query that stays, not for every letter
const QUICK = 8; // results in a list under a field
const PAGE = 20; // results that the search page adds at a time
const MOST_RECENT = 8;

const root = document.documentElement.dataset;
const hide = (node, hidden) => (node.hidden = hidden);

function button(text, press, name = "") {
  const made = element("button", { type: "button", class: name }, text);
  made.addEventListener("click", press);
  return made;
}

/** `text` with a node in place of its `{q}`. */
const around = (text, node) => text.split("{q}").flatMap((part, i) => (i ? [node, part] : [part]));

// Who leaves the page breaks off what it fetches; that is no error.
let leaving = false;
addEventListener("pagehide", () => (leaving = true));
addEventListener("pageshow", () => (leaving = false));

/** A key that belongs to the input method, not to us (229 is what older browsers report for it). */
const isComposing = (event) => event.isComposing || event.keyCode === 229;

/**
 * Runs the query of `input` as it is typed and hands every state to `show`, which gives back where excerpts go.
 * Nothing is searched while an input method is composing: half-typed pinyin is not a query.
 */
function watch(input, options, show) {
  let composing = false;
  let timer;
  let run = 0;
  const search = async () => {
    clearTimeout(timer);
    const query = input.value.trim();
    const mine = ++run;
    if (!query) return show({ state: "start", query });
    const slow = setTimeout(() => mine === run && show({ state: "loading", query }), SLOW);
    try {
      const found = await find(query, options());
      if (mine !== run) return;
      const complete = show({ state: "done", query, ...found });
      setTimeout(async () => {
        if (mine !== run || !complete) return;
        // Without excerpts the results are still results.
        const parts = await details(found.results, found.words).catch(() => []);
        if (mine === run) parts.forEach((part, i) => part && complete(found.results[i].url, part));
      }, PAUSE);
    } catch ({ kind }) {
      if (!leaving && mine === run) show({ state: "error", query, kind, retry });
    } finally {
      clearTimeout(slow);
    }
  };
  const retry = () => {
    input.focus();
    search();
  };
  input.addEventListener("compositionstart", () => {
    composing = true;
    clearTimeout(timer);
  });
  input.addEventListener("compositionend", () => {
    composing = false;
    search();
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (!composing) timer = setTimeout(search, DEBOUNCE);
  });
  return search;
}

// --- results ---

/** Results of one page stand beside each other, at the place of its best one. */
function together(results) {
  const groups = new Map();
  for (const result of results) {
    const page = result.url.split("#")[0];
    groups.set(page, [...(groups.get(page) ?? []), result]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => [first, ...others.map((other) => ({ ...other, sub: true }))]);
}

/** Where a result leads. The page learns from `hl` what to mark. */
function address({ url }, words, anchor) {
  const [path, own = anchor && encodeURIComponent(anchor)] = url.split("#");
  const terms = [...new Set(words.flatMap((word) => word.terms))].slice(0, 20).join(" ");
  return root.root + path + (terms && `?hl=${encodeURIComponent(terms)}`) + (own ? `#${own}` : "");
}

/** `known-issue` is `data-kind-known-issue` in the page and `kindKnownIssue` here. */
const kindText = (kind) => texts[`kind${kind.replace(/(^|-)(\w)/g, (_, __, letter) => letter.toUpperCase())}`];

/**
 * One result. In a list of options it is one link, to the best section as soon as that is known; on the search page the
 * title leads to the page and the section's name to the section. `complete` fills lines that were kept free.
 */
function hit(result, words, isOption) {
  const part = (name, text, href) => element(isOption ? "span" : "a", { class: name, ...(!isOption && { href }) }, text);
  const kind = kindText(result.kind);
  const text = element("span", { class: "hit-text" });
  const body = element("span", { class: "hit-body" }, part("hit-title", result.title, address(result, words)), element("span", { class: "hit-kind" }, kind ? ` · ${kind}` : ""), " ", text);
  const box = element(isOption ? "a" : "li", { class: result.sub ? "hit sub" : "hit" }, icon(result.sub ? "part" : "page"), body);
  if (isOption) box.href = address(result, words);
  const complete = ({ anchor, heading, excerpt }) => {
    const deep = address(result, words, anchor);
    if (isOption) box.href = deep;
    text.replaceChildren(
      ...(heading && heading !== result.title ? [part("hit-part", heading, deep), " "] : []),
      ...excerpt.map(({ text, mark }) => (mark ? element("mark", {}, text) : text)),
    );
  };
  return { box, complete };
}

/** Shows results. Excerpts of those that were there before stay until new ones arrive, so that nothing flickers. */
function renderer(isOption) {
  let shown = new Map();
  return ({ results, words }) => {
    const before = shown;
    shown = new Map();
    const make = (result) => {
      const { box, complete } = hit(result, words, isOption);
      shown.set(result.url, complete);
      complete.last = before.get(result.url)?.last;
      if (complete.last) complete(complete.last);
      return box;
    };
    return {
      strong: together(results.filter(({ weak }) => !weak)).map(make),
      weak: together(results.filter(({ weak }) => weak)).map(make),
      complete(url, part) {
        const complete = shown.get(url);
        complete.last = part;
        complete(part);
      },
    };
  };
}

/** How many there are; weak ones are never counted as answers. */
const countText = ({ strong }, { total }) => (strong.length ? "" : `${texts.weak} `) + (total === 1 ? texts.countOne : fill(texts.count, { n: total }));

/** What stands in place of results: how to begin, that it failed, or that nothing was found. */
function note({ state, query, kind, retry }) {
  if (state === "start") return element("p", { class: "search-note" }, texts.start);
  const again = state === "error" && element("p", { class: "links" }, button(texts.retry, retry));
  return element("div", { class: "search-note" }, ...(again
    ? [element("p", {}, { stale: texts.stale, corrupt: texts.corrupt }[kind] ?? texts.error), again]
    : [element("strong", {}, fill(texts.none, { q: query })), element("ul", {}, element("li", {}, texts.tipWords), element("li", {}, texts.tipCode))]));
}

/** Topics and people to ask stand on the search page: no other page has to carry them. */
async function furtherWays() {
  const there = new URL(pageUrl(), location.href);
  const html = await fetch(there).then((answer) => answer.text());
  const ways = document.adoptNode(new DOMParser().parseFromString(html, "text/html").getElementById("t0-ways"));
  ways.removeAttribute("id");
  for (const link of ways.querySelectorAll("a")) link.href = new URL(link.getAttribute("href"), there);
  return ways;
}

// --- recent searches: those that led somewhere, in this browser only ---

const KEY = `t0-searches ${new URL(root.home, location.href).pathname}`;

function recent() {
  try {
    return JSON.parse(localStorage.getItem(KEY)).filter((query) => typeof query === "string");
  } catch {
    return []; // none yet, or storage is blocked
  }
}

function keepRecent(query) {
  if (!query || query.length > 200) return;
  try {
    localStorage.setItem(KEY, JSON.stringify([query, ...recent().filter((known) => known !== query)].slice(0, MOST_RECENT)));
  } catch {
    // Nothing is remembered then.
  }
}

/** The heading of the recent searches, with the button that forgets them. */
const recentHead = (input, run) => element("p", { class: "recent-head" }, texts.recent, button(texts.recentClear, () => {
  localStorage.removeItem(KEY);
  input.focus();
  run();
}));

// --- lists under a field ---

/**
 * The ARIA combobox pattern: focus stays in `input`, the arrows move through the options of a list.
 * `pickFirst`: the best result is chosen beforehand, so that Enter opens it.
 */
function combobox(input, name, pickFirst, changed) {
  const head = element("div");
  const list = element("div", { role: "listbox", id: `${name}-list`, "aria-label": texts.results, hidden: "" });
  const notes = element("div");
  const wait = element("p", { class: "search-wait", hidden: "" }, texts.loading);
  const status = element("p", { class: "sr-only", role: "status" });
  const render = renderer(true);
  let options = [];
  let first = -1; // chosen beforehand
  let active = -1;
  let answered; // the query that the options belong to
  let entered; // the query whose first result opens as soon as it is known

  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) input.setAttribute(key, value);

  const choose = (at) => {
    active = at;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  };
  /** An option that puts another query into the field. */
  const asking = (query, picture, ...content) => {
    const option = element("div", { class: "hit ask" }, icon(picture), element("span", {}, ...content));
    option.addEventListener("click", () => {
      input.value = query;
      input.focus();
      run();
    });
    return option;
  };
  const show = (found) => {
    const { state, query, suggestion } = found;
    const isLoading = state === "loading";
    hide(wait, !isLoading);
    list.classList.toggle("old", isLoading);
    if (isLoading) {
      if (!options.length) notes.replaceChildren();
      status.textContent = texts.loading;
      return changed(state, true);
    }
    const known = state === "start" ? recent() : [];
    const made = found.results?.length ? render(found) : undefined;
    list.replaceChildren(...known.map((old) => asking(old, "clock", old)));
    head.replaceChildren(...(known.length ? [recentHead(input, run)] : []));
    if (suggestion) list.append(asking(suggestion, "search", ...around(texts.didYouMean, element("strong", {}, suggestion))));
    if (made) {
      const label = made.strong.length ? texts.weakRest : texts.weak;
      const weak = element("div", { role: "group", "aria-label": label, class: "weak" }, element("p", { class: "weak-note", "aria-hidden": "true" }, label), ...made.weak);
      list.append(...made.strong, ...(made.weak.length ? [weak] : []), element("a", { class: "hit-all", href: pageUrl(query) }, fill(texts.seeAll, { q: query })));
    }
    options = [...list.querySelectorAll(".hit, .hit-all")];
    options.forEach((option, i) => {
      option.id = `${name}-option-${i}`;
      option.tabIndex = -1;
      option.setAttribute("role", "option");
    });
    hide(list, !options.length);
    input.setAttribute("aria-expanded", String(!list.hidden));
    notes.replaceChildren(...(made || known.length ? [] : [note(found)]));
    status.textContent = state === "start" ? "" : made ? countText(made, found) : notes.firstChild.firstChild.textContent;
    if (state === "done" && !made) furtherWays().then((ways) => answered === query && notes.append(ways), () => {});
    answered = state === "done" ? query : undefined;
    // A weak result is not opened unseen.
    first = pickFirst && made?.strong.length ? options.indexOf(made.strong[0]) : -1;
    choose(first);
    changed(state, options.length > 0);
    if (entered !== undefined && entered === answered) enter();
    return made?.complete;
  };
  /** Opens the chosen option, else all results; never one that belongs to what the field held before. */
  const enter = () => {
    const query = input.value.trim();
    entered = undefined;
    if (query === (answered ?? "")) (options[active] ?? list.querySelector(".hit-all"))?.click();
    else {
      entered = query;
      run();
    }
  };
  const forget = () => (entered = undefined);
  input.addEventListener("input", () => {
    forget();
    choose(-1);
  });
  list.addEventListener("click", (event) => event.target.closest("a") && keepRecent(answered));
  input.addEventListener("keydown", (event) => {
    if (isComposing(event) || list.hidden) return;
    const count = options.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      choose(active < 0 && step < 0 ? count - 1 : (active + step + count) % count);
    } else if (event.key === "Home" || event.key === "End") {
      choose(first); // the caret moves: the keyboard is back in the field
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      enter();
    }
  });
  const run = watch(input, () => ({ limit: QUICK }), show);
  return { parts: [head, list, notes, wait, status], run, enter, forget, choose };
}

/** Fills the dialog that open.js has built. */
export function wireDialog({ input, body }) {
  const { parts, ...rest } = combobox(input, "t0-dialog", true, (state) => state === "loading" || (body.scrollTop = 0));
  body.replaceChildren(...parts);
  return rest;
}

/** The field of the home page and of the 404 page gets a list under it. */
export function wireField(form) {
  const input = form.querySelector("input");
  const pop = element("div", { class: "search-pop", hidden: "" });
  const { parts, run, choose } = combobox(input, "t0-field", false, (state, any) => hide(pop, (state === "start" && !any) || !form.contains(document.activeElement)));
  pop.append(...parts);
  form.append(pop);
  const shut = () => {
    hide(pop, true);
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  };
  input.addEventListener("focus", run);
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || shut());
  pop.addEventListener("pointerdown", (event) => event.preventDefault()); // focus stays in the field, or the list would close under the pointer
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || isComposing(event) || pop.hidden) return;
    event.preventDefault();
    shut();
  });
  run();
}

// --- the search page ---

/** The field fills the page; query and filters live in the address. */
export function wireSearchPage(form, place) {
  const input = form.querySelector("input");
  const filters = [...document.querySelectorAll(".filters select")];
  const unfilter = document.getElementById("t0-unfilter");
  const ways = document.getElementById("t0-ways");
  const wait = element("p", { class: "search-wait", hidden: "" }, texts.loading);
  const status = element("p", { class: "search-count", role: "status" });
  const above = element("div");
  const list = element("ol", { class: "results" });
  const weakHead = element("p", { class: "weak-note" });
  const weakList = element("ol", { class: "results weak" });
  const rest = element("div");
  place.append(wait, status, above, list, weakHead, weakList, rest);
  const render = renderer(false);
  const title = document.title;
  const asked = new URLSearchParams(location.search);
  let entered = asked.get("q"); // by Enter or a link, not letter by letter
  let limit = history.state?.limit ?? PAGE;

  const chosen = () => filters.filter(({ value }) => value).map(({ name, value }) => [name, value]);
  const again = () => {
    limit = PAGE;
    return run();
  };
  const removeFilters = () => {
    for (const filter of filters) filter.value = "";
    input.focus();
    again();
  };
  const show = (found) => {
    const { state, query, suggestion, total } = found;
    const isLoading = state === "loading";
    hide(wait, !isLoading);
    place.classList.toggle("old", isLoading);
    if (isLoading) return;
    const any = found.results?.length;
    const made = any ? render(found) : { strong: [], weak: [] };
    const known = state === "start" ? recent() : [];
    list.replaceChildren(...made.strong);
    weakList.replaceChildren(...made.weak);
    weakHead.textContent = made.weak.length && made.strong.length ? texts.weakRest : "";
    status.textContent = any ? countText(made, found) : "";
    above.replaceChildren();
    rest.replaceChildren();
    if (suggestion) {
      const ask = button(suggestion, () => {
        input.value = suggestion;
        again();
      });
      above.append(element("p", { class: "did-you-mean" }, ...around(texts.didYouMean, ask)));
    }
    if (known.length) {
      const links = known.map((old) => element("li", {}, element("a", { class: "tag", href: pageUrl(old) }, old)));
      above.append(recentHead(input, run), element("ul", { class: "tags" }, ...links));
    } else if (!any) {
      rest.append(note(found));
      if (state === "done" && chosen().length) rest.firstChild.append(element("p", { class: "links" }, button(unfilter.textContent, removeFilters)));
    } else if (total > any) {
      rest.append(element("p", { class: "search-note" }, button(texts.more, () => {
        limit += PAGE;
        run().then(() => place.querySelectorAll(".hit-title")[any]?.focus());
      })));
    }
    hide(ways, made.strong.length > 0);
    if (unfilter) hide(unfilter, !chosen().length);
    if (any && entered === query) keepRecent(query);
    if (state !== "error") keep(query);
    return made.complete;
  };

  /** The address can be shared, and the language switch keeps the query. */
  const keep = (query) => {
    const asked = new URLSearchParams([...(query ? [["q", query]] : []), ...chosen()]);
    const search = asked.size ? `?${asked}` : "";
    history.replaceState({ ...history.state, limit }, "", location.pathname + search + location.hash);
    document.title = query ? `${query} · ${title}` : title;
    for (const link of document.querySelectorAll(".language-link")) link.search = search;
  };

  for (const filter of filters) {
    filter.value = asked.get(filter.name) ?? "";
    if (filter.selectedIndex < 0) filter.value = ""; // a value that this site does not have
    filter.addEventListener("change", again);
  }
  unfilter?.addEventListener("click", removeFilters);
  const run = watch(input, () => ({ limit, filters: Object.fromEntries(chosen()) }), show);
  input.addEventListener("input", () => (limit = PAGE));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    entered = input.value.trim();
    input.blur(); // the keyboard of a phone makes room for the results
    again();
  });
  input.value ||= entered ?? "";
  if (!entered) input.focus();
  // Back from a result: the same list, at the same place.
  place.addEventListener("click", (event) => {
    if (!event.target.closest(".hit a")) return;
    keepRecent(input.value.trim());
    remember({ top: scrollY });
  });
  const { top } = history.state ?? {};
  run().then(() => top && scrollTo({ top, behavior: "instant" }));
}

warm();
