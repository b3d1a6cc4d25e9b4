// The preview's part in the page: reloads it after a good build, lays the
// problems over it after a failed one. Everything that comes from the server is
// put in as text, never as markup.

const BASE = "/__tier0/";
const VERSION = document.querySelector("script[data-tier0-version]").dataset.tier0Version;

const TEXTS = {
  en: {
    language: "en",
    title: "Preview: problems in the content",
    count: (n) => (n === 1 ? "1 problem" : `${n} problems`),
    kept: "The page still shows the last good build.",
    none: "There has been no good build yet.",
    join: ". ",
    more: (n) => (n === 1 ? "1 more in the terminal." : `${n} more in the terminal.`),
    help: "How to fix it",
    close: "Close",
    error: "error",
    warning: "warning",
    everywhere: "Whole site",
  },
  zh: {
    language: "zh-CN",
    title: "预览：内容有问题",
    count: (n) => `${n} 个问题`,
    kept: "页面仍是上一次成功构建的内容。",
    none: "目前还没有成功的构建。",
    join: "，",
    more: (n) => `另有 ${n} 个问题，请在终端查看。`,
    help: "解决办法",
    close: "关闭",
    error: "错误",
    warning: "警告",
    everywhere: "整个站点",
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

let host;

function hide() {
  host?.remove();
  host = undefined;
}

function show(state) {
  hide();
  host = document.createElement("tier0-preview");
  host.lang = text.language;
  const root = host.attachShadow({ mode: "open" });
  // A style sheet of our own origin is what the page's policy allows.
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = `${BASE}client.css`;
  // Until the style is there it would stand unstyled at the end of the page.
  host.hidden = true;
  const appear = () => style.getRootNode().host.removeAttribute("hidden");
  style.addEventListener("load", appear);
  style.addEventListener("error", appear);

  const close = element("button", "close", text.close);
  close.type = "button";
  const panel = element(
    "section",
    "panel",
    element(
      "header",
      "",
      element("h1", "", text.title),
      element("p", "count", text.count(state.total) + text.join + (state.built ? text.kept : text.none)),
      close,
    ),
    ...problemList(state.problems),
  );
  panel.setAttribute("aria-label", text.title);
  const rest = state.total - state.problems.length;
  if (rest > 0) panel.append(element("p", "rest", text.more(rest)));

  const open = element("button", "open", text.count(state.total));
  open.type = "button";
  const fold = (folded) => {
    panel.hidden = folded;
    open.hidden = !folded;
  };
  close.addEventListener("click", () => {
    remember("closed", state.build);
    fold(true);
    open.focus();
  });
  open.addEventListener("click", () => {
    remember("closed", "");
    fold(false);
    close.focus();
  });
  panel.addEventListener("keydown", (event) => event.key === "Escape" && close.click());
  // Closed stays closed from page to page, until the next build has news.
  fold(recall("closed") === state.build);
  root.append(style, panel, open);
  document.documentElement.append(host);
}

/* The connection */

let source;
let latest;

async function receive(event) {
  const state = JSON.parse(event.data);
  latest = state.build;
  if (state.version !== VERSION) {
    reload(state.version);
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
restoreScroll();
connect();
