// Everything on a page that is nicer with JavaScript. Each part stands alone, and no page needs any of them.
import { wireContent } from "./content.js";

const root = document.documentElement;

wireTheme();
wireMenus();
wireContents();
wireContent(document.getElementById("t0-texts").dataset);
wireSearch();

/** The toggle flips what the reader sees now. A choice equal to the system's is forgotten, so that the page follows the system again. */
function wireTheme() {
  const button = document.querySelector(".theme-toggle");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", () => {
    const dark = !isDark();
    if (dark === system.matches) delete root.dataset.theme;
    else root.dataset.theme = dark ? "dark" : "light";
    try {
      if (root.dataset.theme) localStorage.setItem("t0-theme", root.dataset.theme);
      else localStorage.removeItem("t0-theme");
    } catch {
      // Storage may be blocked; the choice then lasts for this page.
    }
    show();
  });
  system.addEventListener("change", show);
  show();
}

/** Menus that are columns on a wide screen stand open there; a choice of the reader on a narrow one is left alone. */
function wireMenus() {
  for (const menu of document.querySelectorAll("details[data-open-from]")) {
    const wide = matchMedia(`(min-width: ${menu.dataset.openFrom})`);
    const fit = () => {
      menu.open = wide.matches;
      if (wide.matches) showCurrent(menu);
    };
    wide.addEventListener("change", fit);
    fit();
    menu.addEventListener("click", (event) => {
      if (!wide.matches && event.target.closest("a")) menu.open = false;
    });
  }
  const languages = document.querySelector(".language-menu");
  if (!languages) return;
  document.addEventListener("click", (event) => {
    if (!languages.contains(event.target)) languages.open = false;
  });
  languages.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !languages.open) return;
    languages.open = false;
    languages.querySelector("summary").focus();
  });
}

/** Scrolls a long menu, and only the menu, to the page being read. */
function showCurrent(menu) {
  const current = menu.querySelector("li [aria-current]");
  if (!current) return;
  const offset = current.getBoundingClientRect().top - menu.getBoundingClientRect().top;
  if (offset > menu.clientHeight - 80) menu.scrollTop += offset - menu.clientHeight / 2;
}

/** Marks in the contents list the heading that the reader has reached. */
function wireContents() {
  const links = [...document.querySelectorAll(".toc a")];
  if (links.length === 0) return;
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let waiting = false;
  const update = () => {
    waiting = false;
    let reached = -1;
    headings.forEach((heading, i) => {
      if (heading && heading.getBoundingClientRect().top < 140) reached = i;
    });
    const atEnd = innerHeight + scrollY >= root.scrollHeight - 4;
    if (atEnd && scrollY > 0) reached = links.length - 1;
    links.forEach((link, i) => {
      if (i === reached) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
  };
  addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(update);
    waiting = true;
  }, { passive: true });
  update();
}

/** The search code is fetched when someone is about to search, not before. */
function wireSearch() {
  let loading;
  const load = () => (loading ??= import("./search/ui.js"));
  const opener = document.querySelector("[data-search-open]");
  const form = document.querySelector(".search-form");

  const open = () => load().then((ui) => ui.openDialog());
  // A link without JavaScript; with it, the same thing as a button.
  const button = document.createElement("button");
  button.type = "button";
  button.className = opener.className;
  button.append(...opener.childNodes);
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-keyshortcuts", "/ Control+K Meta+K");
  opener.replaceWith(button);
  button.addEventListener("pointerenter", load, { once: true });
  button.addEventListener("focus", load, { once: true });
  button.addEventListener("click", open);

  if (form) {
    const input = form.querySelector("input");
    const wire = () => load().then((ui) => ui.wireForm(form));
    if (document.body.classList.contains("search-page")) wire();
    else input.addEventListener("focus", wire, { once: true });
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
    const chord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!slash && !chord) return;
    event.preventDefault();
    if (form) form.querySelector("input").focus();
    else open();
  });
}
