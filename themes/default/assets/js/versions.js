// A reader says which version of a product they have: lists show what is for it, articles say when they are not.

import { element } from "./dom.js";
import { longList } from "./long-list.js";

const KEY = "t0-versions";
const list = document.getElementById("t0-versions");
const note = document.getElementById("t0-version-note");

if (list) wireList();
if (note) wireNote();

/** The version of each product that was chosen on this device. */
function remembered() {
  try {
    return new Map(Object.entries(JSON.parse(localStorage.getItem(KEY)) ?? {}));
  } catch {
    // Blocked, or not ours.
    return new Map();
  }
}

function remember(product, version) {
  const all = remembered();
  if (version) all.set(product, version);
  else all.delete(product);
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(all)));
  } catch {
    // The choice then lasts for this page, and in its address.
  }
}

function wireList() {
  const { pickers, label, all, count, failed, loading } = list.dataset;
  const products = JSON.parse(pickers);
  const lists = [...document.querySelectorAll(".rows")];
  const rows = [...document.querySelectorAll(".rows > li")].map((row) => ({ row, versions: JSON.parse(row.dataset.versions ?? "{}") }));
  const said = element("p", { class: "version-count", role: "status" });
  const asked = new URL(location.href).searchParams.getAll("version");
  const before = remembered();
  const long = longList(list, lists, (rows) => rows.map(([title, url, text, scope, codes, versions]) => ({ title, url, text, scope, codes, versions })));
  // With one product its version says it all.
  const written = (name, version) => (products.length > 1 ? `${name}:${version}` : version);
  const fields = products.map(([name, title, versions]) => {
    const field = element("select", { autocomplete: "off" }, element("option", { value: "" }, all), ...versions.map((version) => element("option", { value: version }, version)));
    field.value = versions.find((version) => asked.includes(written(name, version))) ?? (asked.length ? "" : before.get(name) ?? "");
    // What is no longer there chooses nothing.
    if (field.selectedIndex < 0) field.value = "";
    field.addEventListener("change", () => {
      remember(name, field.value);
      show();
    });
    list.append(element("label", {}, element("span", {}, label.replace("{product}", () => title)), field));
    return { name, field };
  });
  list.append(said);
  show();

  async function show() {
    const chosen = fields.filter(({ field }) => field.value).map(({ name, field }) => [name, field.value]);
    const address = new URL(location.href);
    address.searchParams.delete("version");
    for (const [name, version] of chosen) address.searchParams.append("version", written(name, version));
    history.replaceState(history.state, "", address);
    // A page for several products stays if it is for one of those that the reader has.
    const isFor = ({ versions }) => {
      const told = chosen.filter(([name]) => versions[name]);
      return told.length === 0 || told.some(([name, version]) => versions[name].includes(version));
    };
    const words = (shown, of) => count.replace("{n}", shown).replace("{all}", of);
    if (!long || chosen.length === 0) {
      long?.rest();
      const shown = showOwn(isFor);
      said.textContent = chosen.length ? words(shown, rows.length) : "";
      return;
    }
    const isStill = () => address.search === location.search;
    said.textContent = loading;
    try {
      const every = await long.rows();
      if (!isStill()) return;
      const matches = every.filter(isFor);
      long.show(matches, draw);
      said.textContent = words(matches.length, every.length);
    } catch {
      if (!isStill()) return;
      long.rest();
      said.textContent = `${words(showOwn(isFor), rows.length)} ${failed}`;
    }
  }

  /** Narrows what stands on the page itself, and counts what is left. */
  function showOwn(isFor) {
    for (const one of rows) one.row.hidden = !isFor(one);
    return rows.filter(({ row }) => !row.hidden).length;
  }
}

/** Rows of a list, as they stand on its pages. */
function draw(rows) {
  const items = rows.map(({ title, url, text, scope, codes }) => {
    const link = element("a", { href: document.documentElement.dataset.root + url }, element("span", { class: "row-title" }, title));
    if (text) link.append(element("span", { class: "row-text" }, text));
    if (scope) link.append(element("span", { class: "row-scope" }, scope));
    return element("li", {}, link, ...codes.map((code) => element("code", {}, code)));
  });
  return [element("ul", { class: "rows" }, ...items)];
}

function wireNote() {
  const versions = JSON.parse(note.dataset.versions);
  const chosen = remembered();
  const told = Object.keys(versions).filter((name) => chosen.has(name));
  if (told.length === 0 || told.some((name) => versions[name].includes(chosen.get(name)))) return;
  note.textContent = note.dataset.text.replace("{chosen}", () => chosen.get(told[0]));
  note.hidden = false;
}
