// Everything on a page that is nicer with JavaScript. Each part stands alone, and no page needs any of them.
import { wireContent } from "./content.js";
import { loadMarks } from "./late.js";
import { wireSearch } from "./search/open.js";

const root = document.documentElement;

wireTheme();
wireMenus();
wireContents();
wireContent();
wireMarks();
wireSearch();
wirePrint();
wireNotFound();

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

/** A page that a search led to shows the words it was found by; the address is cleaned at once. */
function wireMarks() {
  const address = new URL(location.href);
  const terms = address.searchParams.get("hl") ?? history.state?.hl;
  if (!terms) return;
  address.searchParams.delete("hl");
  history.replaceState({ ...history.state, hl: terms }, "", address);
  // It opens what holds a word, once every script of the page has folded its part.
  const folded = new Promise((done) => document.addEventListener("DOMContentLoaded", done));
  Promise.all([loadMarks(), folded]).then(([marks]) => marks.wireMarks(terms), () => {}); // without it the page still reads
}

/** Paper shows what is folded away, and where it came from. */
function wirePrint() {
  let opened = [];
  addEventListener("beforeprint", () => {
    document.querySelector("[data-print-address]").textContent = location.href;
    opened = [...document.querySelectorAll("main .prose details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
}

/** The 404 page speaks all languages: the one of the address that was asked for comes first, else the reader's own. */
function wireNotFound() {
  const parts = [...document.querySelectorAll(".not-found > section")];
  // The default language lies at the root of the site, so its address says nothing.
  const asked = parts.slice().sort((a, b) => b.dataset.home.length - a.dataset.home.length)
    .find((part) => location.pathname.startsWith(part.dataset.home) && part.lang !== root.lang);
  const base = (tag) => tag.split("-")[0];
  const first = asked ?? navigator.languages.flatMap((tag) => parts.filter((part) => base(part.lang) === base(tag)))[0];
  if (!first) return;
  parts[0].before(first);
  document.title = document.title.replace(parts[0].querySelector("h2").textContent, first.querySelector("h2").textContent);
}
