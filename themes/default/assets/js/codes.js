// The list of error codes narrows while a reader types.

import { element, targetOf } from "./dom.js";
import { longList } from "./long-list.js";

const root = document.documentElement.dataset.root;
const list = document.getElementById("t0-codes");
const groups = [...list.querySelectorAll("section")];
const own = [...list.querySelectorAll("tbody tr")].map((row) => ({ row, text: plain(row.textContent) }));
const field = element("input", { type: "search", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search" });
const said = element("p", { class: "code-count", role: "status" });
const long = longList(list, groups, allRows);
let timer;

field.addEventListener("input", narrow);
list.prepend(element("div", { class: "code-filter" }, element("label", {}, element("span", {}, list.dataset.label), field), said));
// A browser may have kept what was typed before.
narrow();
if (long) {
  findElsewhere();
  addEventListener("hashchange", findElsewhere);
  // A place on this page shows again when somebody goes there.
  list.addEventListener("click", (event) => {
    const link = event.target.closest(".list-found th a");
    if (!link || link.pathname !== location.pathname || !targetOf(link.hash)) return;
    field.value = "";
    narrow();
  });
}

/** Letters and digits only: people leave out hyphens, or write them in another width. */
function plain(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

async function narrow() {
  const typed = field.value;
  const wanted = plain(typed);
  if (!long || !wanted) {
    long?.rest();
    const count = narrowOwn(wanted);
    return say(wanted ? words(count) : "");
  }
  say(list.dataset.loading);
  try {
    const rows = await long.rows();
    // Somebody may have typed on meanwhile.
    if (field.value !== typed) return;
    const matches = rows.filter(({ text }) => text.includes(wanted));
    long.show(matches, draw);
    say(words(matches.length));
  } catch {
    if (field.value !== typed) return;
    long.rest();
    say(`${words(narrowOwn(wanted))} ${list.dataset.failed}`);
  }
}

/** Narrows what stands on the page itself, and counts what is left. */
function narrowOwn(wanted) {
  let count = 0;
  for (const { row, text } of own) {
    row.hidden = !text.includes(wanted);
    count += row.hidden ? 0 : 1;
  }
  for (const group of groups) group.hidden = !group.querySelector("tbody tr:not([hidden])");
  return count;
}

/** Said when the typing rests, not at each letter. */
function say(text) {
  clearTimeout(timer);
  timer = setTimeout(() => (said.textContent = text), 300);
}

function words(count) {
  const { none, countOne, count: many } = list.dataset;
  return count === 0 ? none : count === 1 ? countOne : many.replace("{n}", count);
}

/** Rows of all pages of the list, from the file that has them; the second page of `codes/` is `codes/page/2/`. */
function allRows({ url, size, pages, groups }) {
  const rows = [];
  for (const [title, page, codes] of groups) {
    const group = { title, page };
    for (const [code, id, answers] of codes) {
      const sheet = Math.floor(rows.length / size) + 1;
      const address = `${root}${url}${sheet > 1 ? `page/${sheet}/` : ""}#${encodeURIComponent(id)}`;
      const articles = answers.map((number) => pages[number]);
      rows.push({ group, code, id, address, articles, text: plain([code, ...articles.flatMap(([title, , text]) => [title, text])].join("")) });
    }
  }
  return rows;
}

/** Rows in tables, by product. */
function draw(rows) {
  const head = list.querySelector("thead");
  const tables = [];
  for (const [at, { group, code, address, articles }] of rows.entries()) {
    if (rows[at - 1]?.group !== group) {
      const { title, page } = group;
      const table = element("table", { class: "code-list", "aria-label": title }, head.cloneNode(true), element("tbody"));
      const name = page ? element("a", { href: root + page }, title) : title;
      tables.push(element("section", {}, element("h2", { class: groups[0].querySelector("h2").className }, name), table));
    }
    const answers = articles.map(([title, url, text]) => {
      const answer = element("p", {}, element("a", { href: root + url }, title));
      if (text) answer.append(element("span", { class: "row-text" }, text));
      return answer;
    });
    const name = element("th", { scope: "row" }, element("a", { href: address }, element("code", {}, code)));
    tables.at(-1).querySelector("tbody").append(element("tr", {}, name, element("td", {}, ...answers)));
  }
  return tables;
}

/** Leads to a code that was on this page when somebody linked to it and is on another one now. */
async function findElsewhere() {
  if (location.hash.length < 2 || targetOf(location.hash)) return;
  try {
    const hash = decodeURIComponent(location.hash);
    const found = (await long.rows()).find(({ id }) => `#${id}` === hash);
    if (found) location.replace(found.address);
  } catch {
    // The list stands there as it is.
  }
}
