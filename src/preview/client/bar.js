// The bar below the page: who looks, in which language and width, what the page is, and the way to its source.

import { openEditor } from "./editor.js";
import { appeared, button, element, root, sheet } from "./layer.js";
import * as notes from "./note.js";
import { about, ask, BASE, EDITION, EDITIONS, recall, remember } from "./page.js";
import { forget, pick } from "./pick.js";
import { text } from "./words.js";

/** Makes the bar. Gives a function that asks again what the page is. */
export function bar() {
  const facts = element("div", "facts");
  const languages = element("nav", "languages");
  languages.setAttribute("aria-label", text.languages);
  const phone = link(text.phone, text.phoneHelp, `${BASE}phone.html?${new URLSearchParams({ page: location.pathname + location.search + location.hash })}`);
  phone.classList.add("phone");
  const edit = button("", text.edit, () => openEditor(about("open")));
  edit.title = text.editHelp;
  const picker = pick();
  const tools = element("div", "tools", facts, languages, phone, picker, edit);
  tools.id = "tools";

  const more = button("more", text.tools, () => spread(!tools.classList.contains("spread")));
  more.setAttribute("aria-controls", tools.id);
  const spread = (isSpread) => {
    tools.classList.toggle("spread", isSpread);
    more.setAttribute("aria-expanded", String(isSpread));
  };
  spread(false);
  const close = button("fold", text.fold, () => {
    fold(true);
    unfold.focus();
  });
  const unfold = button("unfold", EDITIONS.length > 1 ? text.current(EDITION) : text.unfold, () => {
    fold(false);
    close.focus();
  });
  close.setAttribute("aria-expanded", "true");
  unfold.setAttribute("aria-expanded", "false");
  const whole = element("section", "bar", ...editionSwitch(), notes.place, tools, more, close);
  whole.setAttribute("aria-label", text.bar);
  whole.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !tools.classList.contains("spread")) return;
    spread(false);
    more.focus();
  });
  const fold = (isFolded) => {
    whole.hidden = isFolded;
    unfold.hidden = !isFolded;
    notes.space.classList.toggle("folded", isFolded);
    remember("bar", isFolded ? "folded" : "");
  };
  fold(recall("bar") === "folded");
  root().append(whole, unfold);

  // The end of the page, and what the keyboard leads to, stay above the bar.
  document.head.append(sheet("page.css"));
  document.documentElement.append(notes.space);
  notes.begin();

  let turn = 0;
  const fill = async () => {
    const mine = (turn += 1);
    forget();
    const response = await ask(about("page"));
    const page = response.status === 200 ? await response.json() : null;
    if (mine !== turn) return;
    edit.hidden = picker.hidden = !page;
    facts.replaceChildren(...(page ? factsOf(page) : []));
    languages.replaceChildren(...(page?.languages ?? []).map(({ code, name, url }) => languageLink(code, name, url)));
    languages.hidden = languages.childElementCount === 0;
  };
  const refill = () => fill().catch(() => {});
  edit.hidden = picker.hidden = languages.hidden = true;
  refill();
  return refill;
}

function link(words, help, address) {
  const made = element("a", "button", words);
  made.href = address;
  made.title = help;
  return made;
}

function languageLink(code, name, url) {
  const made = link(name, name, new URL(url, location.origin).pathname);
  made.lang = made.hreflang = code;
  return made;
}

/** What a writer wants to know of a page: who may see it, how long it is. */
function factsOf({ draft, stale, words, unit, minutes }) {
  const mark = (name, label, help) => {
    const made = element("span", `mark ${name}`, label, element("span", "sr-only", `${text.join}${help}`));
    made.title = help;
    return made;
  };
  const facts = [];
  if (draft) facts.push(mark("draft", text.draft, text.draftHelp));
  if (stale) facts.push(mark("stale", text.stale, text.staleHelp(stale)));
  // A home page may be nothing but its lists.
  if (words === 0) return facts;
  const parts = [text.words(words, unit), text.minutes(minutes)];
  return [...facts, element("span", "length", parts.join(" · "))];
}

/** The switch between editions; nothing where there is one only. */
function editionSwitch() {
  if (EDITIONS.length < 2) return [];
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
  // What is hidden takes no focus.
  if (recall("focus") === "view") appeared.then(() => select.focus({ preventScroll: true }));
  remember("focus", "");
  const label = element("label", "", text.view);
  label.htmlFor = select.id;
  return [label, select];
}

/** Goes to this page in another edition, or to the home page there. */
async function view(name) {
  const own = `/@${EDITION}/`;
  const path = location.pathname.startsWith(own) ? location.pathname.slice(own.length - 1) : location.pathname;
  const response = await fetch(`${BASE}in/${name}${path}`);
  const { address, found } = response.ok ? await response.json() : { address: `/@${name}/`, found: false };
  remember("missing", found ? "" : name);
  location.assign(found ? address + location.search + location.hash : address);
}
