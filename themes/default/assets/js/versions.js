// A reader says which version of a product they have: lists show what is for it, articles say when they are not.

import { element } from "./dom.js";

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
  const { pickers, label, all, count } = list.dataset;
  const products = JSON.parse(pickers);
  const rows = [...document.querySelectorAll(".rows > li")].map((row) => ({ row, versions: JSON.parse(row.dataset.versions ?? "{}") }));
  const said = element("p", { class: "version-count", role: "status" });
  const asked = new URL(location.href).searchParams.getAll("version");
  const before = remembered();
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

  function show() {
    const chosen = fields.filter(({ field }) => field.value).map(({ name, field }) => [name, field.value]);
    let shown = 0;
    for (const { row, versions } of rows) {
      // A page for several products stays if it is for one of those that the reader has.
      const told = chosen.filter(([name]) => versions[name]);
      row.hidden = told.length > 0 && !told.some(([name, version]) => versions[name].includes(version));
      shown += row.hidden ? 0 : 1;
    }
    said.textContent = chosen.length ? count.replace("{n}", shown).replace("{all}", rows.length) : "";
    const address = new URL(location.href);
    address.searchParams.delete("version");
    for (const [name, version] of chosen) address.searchParams.append("version", written(name, version));
    history.replaceState(history.state, "", address);
  }
}

function wireNote() {
  const versions = JSON.parse(note.dataset.versions);
  const chosen = remembered();
  const told = Object.keys(versions).filter((name) => chosen.has(name));
  if (told.length === 0 || told.some((name) => versions[name].includes(chosen.get(name)))) return;
  note.textContent = note.dataset.text.replace("{chosen}", () => chosen.get(told[0]));
  note.hidden = false;
}
