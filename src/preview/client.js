// The preview's part in the page: reloads it after a good build, lays the
// problems over it after a failed one, and leads to the same page in another
// edition. Everything that comes from the server is put in as text, never as
// markup.

const BASE = "/__tier0/";
const data = document.querySelector("script[data-tier0-version]").dataset;
const VERSION = data.tier0Version;
/** The edition this page belongs to; empty as long as there is none. */
const EDITION = data.tier0Edition;
const EDITIONS = data.tier0Editions.split(" ");

const TEXTS = {
  en: {
    language: "en",
    title: "Preview: problems in the content",
    count: (n) => (n === 1 ? "1 problem" : `${n} problems`),
    kept: "The page still shows the last good build.",
    fine: "This edition has none of them.",
    only: (names) => `Only in ${names}`,
    none: "There has been no good build yet.",
    join: ". ",
    more: (n) => (n === 1 ? "1 more in the terminal." : `${n} more in the terminal.`),
    help: "How to fix it",
    close: "Close",
    error: "error",
    warning: "warning",
    everywhere: "Whole site",
    comma: ", ",
    bar: "Preview",
    view: "View as",
    current: (name) => `View as: ${name}`,
    fold: "Hide",
    missing: (name) => `The page you came from is not in “${name}”. This is its home page.`,
  },
  zh: {
    language: "zh-CN",
    title: "预览：内容有问题",
    count: (n) => `${n} 个问题`,
    kept: "页面仍是上一次成功构建的内容。",
    fine: "当前版本没有这些问题。",
    only: (names) => `仅出现在 ${names}`,
    none: "目前还没有成功的构建。",
    join: "，",
    more: (n) => `另有 ${n} 个问题，请在终端查看。`,
    help: "解决办法",
    close: "关闭",
    error: "错误",
    warning: "警告",
    everywhere: "整个站点",
    comma: "、",
    bar: "预览",
    view: "查看身份",
    current: (name) => `查看身份：${name}`,
    fold: "收起",
    missing: (name) => `“${name}”中没有刚才的页面，这里是它的首页。`,
  },
};
const text = /^zh\b/i.test(document.documentElement.lang) ? TEXTS.zh : TEXTS.en;

/* Session storage may be forbidden; the preview then just remembers less. */

function recall(key) {
  try {
    return sessionStorage.getItem(`tier0-preview-${key}`);
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    sessionStorage.setItem(`tier0-preview-${key}`, value);
  } catch {
    // See above.
  }
}

/* Reloading */

function reload(version) {
  // Should something in between hand out the same old page, once is enough.
  const step = `${location.pathname} ${VERSION} ${version}`;
  if (recall("reloaded") === step) return;
  remember("reloaded", step);
  remember("scroll", JSON.stringify([location.pathname, scrollX, scrollY]));
  location.reload();
}

function restoreScroll() {
  const saved = recall("scroll");
  if (!saved) return;
  remember("scroll", "");
  const [path, left, top] = JSON.parse(saved);
  if (path !== location.pathname) return;
  const scroll = () => scrollTo({ left, top, behavior: "instant" });
  scroll();
  // Pictures may have moved things, but whoever has scrolled since knows better.
  const there = scrollY;
  addEventListener("load", () => scrollY === there && scroll(), { once: true });
}

/* The overlay */

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

function problemItem(problem) {
  const known = problem.severity === "warning" ? "warning" : "error";
  const place = problem.line ? `${problem.line}:${problem.column} ` : "";
  const item = element(
    "li",
    "problem",
    element(
      "p",
      "what",
      element("span", "place", place),
      element("span", `severity ${known}`, text[known]),
      " ",
      element("code", "", problem.code),
      element("span", "only", problem.editions ? text.only(problem.editions.join(text.comma)) : ""),
    ),
    element("p", "message", problem.message),
  );
  if (problem.excerpt) {
    const excerpt = element("pre", "", problem.excerpt);
    excerpt.tabIndex = 0;
    item.append(excerpt);
  }
  if (problem.help) {
    item.append(element("p", "help", element("strong", "", text.help), " ", problem.help));
  }
  return item;
}

function problemList(problems) {
  const files = new Map();
  for (const problem of problems) {
    const path = problem.path || text.everywhere;
    if (!files.has(path)) files.set(path, []);
    files.get(path).push(problem);
  }
  return [...files].map(([path, own]) =>
    element(
      "section",
      "file",
      element("h2", "", path),
      element("ul", "", ...own.map(problemItem)),
    ),
  );
}

/* The layer at the bottom of the window holds both: problems above, the bar below. */

let layer;
let haveAppeared;
/** Kept when the layer can be seen. */
const appeared = new Promise((keep) => (haveAppeared = keep));

/** The layer's root; made when there is something to show. */
function root() {
  if (layer) return layer;
  const host = document.createElement("tier0-preview");
  host.lang = text.language;
  layer = host.attachShadow({ mode: "open" });
  // A style sheet of our own origin is what the page's policy allows.
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = `${BASE}client.css`;
  // Until the style is there it would stand unstyled at the end of the page.
  host.hidden = true;
  const appear = () => {
    host.hidden = false;
    haveAppeared();
  };
  style.addEventListener("load", appear);
  style.addEventListener("error", appear);
  layer.append(style);
  document.documentElement.append(host);
  return layer;
}

function button(className, label, act) {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function hide() {
  layer?.querySelectorAll(".panel, .open").forEach((part) => part.remove());
}

function show(state) {
  hide();
  // A fault of other editions only is told, but does not lie in the way.
  const own = EDITIONS.length < 2 || state.failing.length === 0 || state.failing.includes(EDITION);
  const kept = own ? (state.built.includes(EDITION) ? text.kept : text.none) : text.fine;
  const fold = (folded) => {
    panel.hidden = folded;
    open.hidden = !folded;
  };
  const close = button("close", text.close, () => {
    remember("closed", state.build);
    fold(true);
    open.focus();
  });
  const open = button("open", text.count(state.total), () => {
    remember("closed", "");
    fold(false);
    close.focus();
  });
  const panel = element(
    "section",
    "panel",
    element(
      "header",
      "",
      element("h1", "", text.title),
      element("p", "count", text.count(state.total) + text.join + kept),
      close,
    ),
    ...problemList(state.problems),
  );
  panel.setAttribute("aria-label", text.title);
  const rest = state.total - state.problems.length;
  if (rest > 0) panel.append(element("p", "rest", text.more(rest)));
  panel.addEventListener("keydown", (event) => event.key === "Escape" && close.click());
  // Closed stays closed from page to page, until the next build has news.
  fold(!own || recall("closed") === state.build);
  root().querySelector("link").after(panel, open);
}

/* The switch between editions */

/** Goes to this page in another edition, or to the home page there. */
async function view(name) {
  const own = `/@${EDITION}/`;
  const path = location.pathname.startsWith(own) ? location.pathname.slice(own.length - 1) : location.pathname;
  const response = await fetch(`${BASE}in/${name}${path}`);
  const { address, found } = response.ok ? await response.json() : { address: `/@${name}/`, found: false };
  remember("missing", found ? "" : name);
  location.assign(found ? address + location.search + location.hash : address);
}

function bar() {
  if (EDITIONS.length < 2) return;
  const select = document.createElement("select");
  select.id = "view";
  select.append(...EDITIONS.map((name) => new Option(name)));
  const settle = () => (select.value = EDITION);
  settle();
  select.addEventListener("change", () => {
    // Whoever walks through the list by keyboard goes on there on the next page.
    remember("focus", "view");
    view(select.value).catch(settle);
  });
  // A page that comes back out of the browser's memory shows what was chosen last.
  addEventListener("pageshow", settle);
  const label = element("label", "", text.view);
  label.htmlFor = select.id;

  const note = element("p", "note");
  note.setAttribute("role", "status");
  const space = document.createElement("tier0-space");
  if (recall("missing") === EDITION) {
    // Said aloud only if it is written into something that is there already.
    appeared.then(() => (note.textContent = text.missing(EDITION)));
    space.classList.add("noted");
  }
  remember("missing", "");
  // What is hidden takes no focus.
  if (recall("focus") === "view") appeared.then(() => select.focus({ preventScroll: true }));
  remember("focus", "");

  const fold = (folded) => {
    whole.hidden = folded;
    unfold.hidden = !folded;
    space.classList.toggle("folded", folded);
    remember("bar", folded ? "folded" : "");
  };
  const close = button("", text.fold, () => {
    fold(true);
    unfold.focus();
  });
  const unfold = button("unfold", text.current(EDITION), () => {
    fold(false);
    select.focus();
  });
  close.setAttribute("aria-expanded", "true");
  unfold.setAttribute("aria-expanded", "false");
  const whole = element("section", "bar", label, select, note, close);
  whole.setAttribute("aria-label", text.bar);
  fold(recall("bar") === "folded");
  root().append(whole, unfold);

  // The end of the page, and what the keyboard leads to, stay above the bar.
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = `${BASE}page.css`;
  document.head.append(style);
  document.documentElement.append(space);
}

/* The connection */

let source;
let latest;

async function receive(event) {
  const state = JSON.parse(event.data);
  latest = state.build;
  const version = state.versions[EDITION] ?? "";
  if (version !== VERSION || (!EDITION && Object.keys(state.versions).length > 0)) {
    reload(version);
  } else if (state.failed) {
    const response = await fetch(`${BASE}problems.json`);
    const problems = await response.json();
    // A newer build may have come while this was on its way.
    if (problems.build === latest && problems.failed) show(problems);
  } else {
    hide();
  }
}

function connect() {
  if (source || document.hidden) return;
  source = new EventSource(`${BASE}events`);
  source.addEventListener("message", (event) => receive(event).catch(() => {}));
  source.addEventListener("error", () => {
    // Most losses the browser mends by itself; after some it gives up.
    if (source?.readyState !== EventSource.CLOSED) return;
    disconnect();
    setTimeout(connect, 1000);
  });
}

function disconnect() {
  source?.close();
  source = undefined;
}

// Browsers allow a handful of connections per site over all tabs, so only tabs
// that are seen keep one; the others catch up when they are looked at.
document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
addEventListener("pagehide", disconnect);
addEventListener("pageshow", connect);
bar();
restoreScroll();
connect();
