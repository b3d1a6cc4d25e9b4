// What is wrong lies over the page, grouped by file, until it is fixed. Warnings stop nothing: a chip has their
// number, and the list comes when somebody asks for it.

import { button, element, focused, root } from "./layer.js";
import { openEditor } from "./editor.js";
import { ask, BASE, EDITION, EDITIONS, IS_AUTHOR, recall, remember } from "./page.js";
import { text } from "./words.js";

let parts;
let latest;

/** Shows what a build has to say, or takes away what is fixed. */
export async function tell({ build, failed }) {
  latest = build;
  if (!failed && !IS_AUTHOR) return hide();
  const response = await ask(`${BASE}problems.json`);
  const problems = await response.json();
  // A newer build may have come while this was on its way.
  if (problems.build !== latest) return;
  if (problems.failed || problems.total > 0) show(problems);
  else hide();
}

function hide() {
  parts?.panel.remove();
  parts?.open.remove();
  parts = undefined;
}

/** The panel stays while its content changes: so do its place, and the reader's in it. */
function show(state) {
  // A fault of other editions only is told, but does not lie in the way.
  const own = EDITIONS.length < 2 || state.failing.length === 0 || state.failing.includes(EDITION);
  const shown = state.kept.includes(EDITION) ? text.kept : text.fresh;
  const told = state.failed ? (own ? (state.built.includes(EDITION) ? shown : text.none) : text.fine) : text.good;
  const isNew = !parts;
  parts ??= frame();
  const key = focused()?.dataset.key;
  parts.keys = state.problems.map(keyOf);
  const count = state.failed ? text.count(state.total) : text.warnings(state.total);
  parts.open.textContent = count;
  parts.count.textContent = count + text.join + told;
  for (const part of [parts.open, parts.panel]) part.classList.toggle("mild", !state.failed);
  const rest = state.total - state.problems.length;
  parts.list.replaceChildren(...problemList(state.problems), ...(rest > 0 ? [element("p", "rest", text.more(rest))] : []));
  if (isNew) root().querySelector("link").after(parts.panel, parts.open);
  if (key) ([...parts.list.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key) ?? parts.close).focus({ preventScroll: true });
  if (!state.failed) return fold(recall("warnings") !== "open");
  // Closed stays closed, from page to page, until there is a problem that was not known then.
  const known = new Set(JSON.parse(recall("known") || "[]"));
  fold(!own || (known.size > 0 && parts.keys.every((one) => known.has(one))));
}

function fold(isFolded) {
  parts.panel.hidden = isFolded;
  parts.open.hidden = !isFolded;
}

function frame() {
  const close = button("close", text.close, () => {
    remember("known", JSON.stringify(parts.keys));
    remember("warnings", "");
    fold(true);
    open.focus();
  });
  const open = button("open", "", () => {
    remember("known", "");
    remember("warnings", "open");
    fold(false);
    close.focus();
  });
  const count = element("p", "count");
  const list = element("div", "files");
  const panel = element("section", "panel", element("header", "", element("h1", "", text.title), count, close), list);
  panel.setAttribute("aria-label", text.title);
  // Above other boxes that scroll, the keyboard can scroll this one.
  panel.tabIndex = 0;
  panel.addEventListener("keydown", (event) => event.key === "Escape" && close.click());
  return { panel, open, close, count, list, keys: [] };
}

/** Lines move while somebody fixes what is above. */
const keyOf = ({ path, code, message }) => [path, code, message].join("\n");

function problemList(problems) {
  const files = new Map();
  for (const problem of problems) {
    const path = problem.path || text.everywhere;
    if (!files.has(path)) files.set(path, []);
    files.get(path).push(problem);
  }
  return [...files].map(([path, own]) => element("section", "file", element("h2", "", path), element("ul", "", ...own.map(problemItem))));
}

function problemItem(problem) {
  const known = problem.severity === "warning" ? "warning" : "error";
  const { message, help } = (text.language === "zh-CN" && problem.zh) || problem;
  const item = element(
    "li",
    "problem",
    element(
      "p",
      "what",
      ...place(problem),
      element("span", `severity ${known}`, text[known]),
      " ",
      element("code", "", problem.code),
      element("span", "only", problem.editions ? text.only(problem.editions.join(text.comma)) : ""),
    ),
    element("p", "message", message),
  );
  if (problem.excerpt) {
    const excerpt = element("pre", "", problem.excerpt);
    excerpt.tabIndex = 0;
    item.append(excerpt);
  }
  if (help) item.append(element("p", "help", element("strong", "", text.help), " ", help));
  return item;
}

/** Line and column, which open the editor there. */
function place(problem) {
  const { path, line, column } = problem;
  if (!path || !line) return [];
  const asked = new URLSearchParams({ source: path, line, column });
  const open = button("place", `${line}:${column}`, () => openEditor(`${BASE}open/?${asked}`));
  open.setAttribute("aria-label", text.openAt(`${path}:${line}:${column}`));
  open.dataset.key = keyOf(problem);
  return [open, " "];
}
