// The search box in its three places: the dialog (header button, `/`, Ctrl-K), the field of the home page,
// and the search page. open.js fetches this file when someone is about to search.
import { search as find } from "./engine.js";
import { load } from "./load.js";
import { countText, groupByPage, hit, note } from "./results.js";
import { element, fill, pageUrl, remember, texts } from "../dom.js";

const DEBOUNCE_MS = 90;
const QUICK = 8; // results in a list under a field
const PAGE = 20; // results the search page adds at a time

// Who leaves the page breaks off what it fetches; that is no error.
let leaving = false;
addEventListener("pagehide", () => (leaving = true));
addEventListener("pageshow", () => (leaving = false));

/**
 * Runs the query of `input` as it is typed and hands every state to `show`.
 * `role` gives the role whose pages are wanted. Nothing is searched while an input method is composing: half-typed pinyin is not a query.
 */
function watchInput(input, limit, show, role = () => undefined) {
  let composing = false;
  let timer;
  let run = 0;
  const search = async () => {
    clearTimeout(timer);
    const query = input.value.trim();
    const mine = ++run;
    if (!query) return show({ state: "start", query });
    const slow = setTimeout(() => mine === run && show({ state: "loading", query }), 150);
    try {
      const index = await load();
      if (mine === run) show({ state: "done", query, ...find(index, query, { limit: limit(), role: role() }) });
    } catch (error) {
      if (!leaving) console.error(error);
      if (mine === run) show({ state: "error", query, retry });
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
    if (!composing) timer = setTimeout(search, DEBOUNCE_MS);
  });
  return search;
}

/** A key that belongs to the input method, not to us (229 is what older browsers report for it). */
const isComposing = (event) => event.isComposing || event.keyCode === 229;

/**
 * The ARIA combobox pattern: focus stays in `input`, the arrows move through the options of a list.
 * `pickFirst`: the best result is chosen beforehand, so that Enter opens it.
 */
function combobox(input, name, pickFirst, changed) {
  const list = element("div", { role: "listbox", id: `${name}-list`, "aria-label": texts.results, hidden: "" });
  const notes = element("div");
  const status = element("p", { class: "sr-only", role: "status" });
  let options = [];
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
  const show = (found) => {
    const groups = found.state === "done" ? groupByPage(found.results) : [];
    list.replaceChildren(...groups.map((group) => {
      const hits = group.map((result, i) => hit(result, i > 0));
      return hits.length > 1 ? element("div", { role: "group", "aria-label": group[0].title }, ...hits) : hits[0];
    }));
    if (groups.length) list.append(element("a", { class: "hit-all", href: pageUrl(found.query) }, fill(texts.seeAll, { q: found.query })));
    options = [...list.querySelectorAll("a")];
    options.forEach((option, i) => {
      option.id = `${name}-option-${i}`;
      option.tabIndex = -1;
      option.setAttribute("role", "option");
    });
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    notes.replaceChildren(...(groups.length ? [] : [note(found.state, found.query, found.retry)]));
    status.textContent = found.state === "start" ? "" : groups.length ? countText(found.total) : notes.firstChild.firstChild.textContent;
    choose(pickFirst && options.length ? 0 : -1);
    changed(found.state);
    answered = found.state === "done" ? found.query : undefined;
    if (entered !== undefined && entered === answered) enter();
  };
  /** Opens the chosen option, or the first; never one that belongs to what the field held before. */
  const enter = () => {
    const query = input.value.trim();
    entered = undefined;
    if (query === answered) options[Math.max(active, 0)]?.click();
    else if (query) {
      entered = query;
      run();
    }
  };
  const forget = () => (entered = undefined);
  input.addEventListener("input", () => {
    forget();
    choose(-1);
  });
  input.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    const count = options.length;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count && !list.hidden) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(active < 0 && step < 0 ? count - 1 : (active + step + count) % count);
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      event.preventDefault();
      enter();
    }
  });
  const run = watchInput(input, () => QUICK, show);
  return { parts: [list, notes, status], run, enter, forget, choose };
}

/** Fills the dialog that open.js has built. */
export function wireDialog({ input, body }) {
  const { parts, ...rest } = combobox(input, "t0-dialog", true, () => (body.scrollTop = 0));
  body.replaceChildren(...parts);
  load().catch(() => {}); // the index is on its way while the reader types; a failure shows with the first query
  return rest;
}

/** The field of the home page and of the 404 page gets a list under it. */
export function wireField(form) {
  const input = form.querySelector("input");
  const pop = element("div", { class: "search-pop", hidden: "" });
  const { parts, run, choose } = combobox(input, "t0-field", false, (state) => {
    pop.hidden = state === "start" || !form.contains(document.activeElement);
  });
  pop.append(...parts);
  form.append(pop);
  const shut = () => {
    pop.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  };
  input.addEventListener("focus", () => input.value.trim() && run());
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) shut();
  });
  pop.addEventListener("pointerdown", (event) => event.preventDefault()); // focus stays in the field, or the list would close under the pointer
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || isComposing(event) || pop.hidden) return;
    event.preventDefault();
    shut();
  });
  if (input.value.trim()) run();
  load().catch(() => {});
}

/** The field of the search page fills the page. */
export function wireSearchPage(form, results) {
  const input = form.querySelector("input");
  const status = element("p", { class: "search-count", role: "status" });
  const list = element("ol", { class: "results" });
  const rest = element("div");
  results.append(status, list, rest);
  let limit = history.state?.limit ?? PAGE;
  const title = document.title;

  const show = (found) => {
    const groups = found.state === "done" ? groupByPage(found.results) : [];
    list.replaceChildren(...groups.map((group) => element("li", {}, ...group.map((result, i) => hit(result, i > 0)))));
    status.textContent = groups.length ? countText(found.total) : "";
    rest.replaceChildren();
    if (!groups.length) rest.append(note(found.state, found.query, found.retry));
    else if (found.total > found.results.length) {
      const more = element("button", { type: "button" }, texts.more);
      more.addEventListener("click", () => {
        const before = list.children.length;
        limit += PAGE;
        run().then(() => list.children[before]?.querySelector("a").focus());
      });
      rest.append(element("p", { class: "search-note" }, more));
    }
    if (found.state === "start" || found.state === "done") keep(found.query);
  };
  const role = document.getElementById("t0-role"); // only in editions for several roles
  const parameters = new URLSearchParams(location.search);
  if (role) role.value = parameters.get("role") ?? "";
  const run = watchInput(input, () => limit, show, () => role?.value);
  role?.addEventListener("change", () => {
    limit = PAGE;
    run();
  });

  /** The address can be shared, and the language switch keeps the query. */
  const keep = (query) => {
    const asked = new URLSearchParams();
    if (query) asked.set("q", query);
    if (role?.value) asked.set("role", role.value);
    const search = asked.size ? `?${asked}` : "";
    history.replaceState({ limit }, "", location.pathname + search + location.hash);
    document.title = query ? `${query} · ${title}` : title;
    for (const link of document.querySelectorAll(".language-link")) link.search = search;
  };
  input.addEventListener("input", () => (limit = PAGE));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  const asked = parameters.get("q");
  if (asked && !input.value) input.value = asked;
  if (!asked) input.focus();
  // Back from a result: the same list, at the same place.
  list.addEventListener("click", () => remember({ top: scrollY }));
  const { top } = history.state ?? {};
  run().then(() => top && scrollTo({ top, behavior: "instant" }));
}
