// The list of error codes narrows while a reader types.

import { element } from "./dom.js";

const list = document.getElementById("t0-codes");
const rows = [...list.querySelectorAll("tbody tr")].map((row) => ({ row, text: plain(row.textContent) }));
const field = element("input", { type: "search", autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search" });
const said = element("p", { class: "code-count", role: "status" });
let timer;

field.addEventListener("input", narrow);
list.prepend(element("div", { class: "code-filter" }, element("label", {}, element("span", {}, list.dataset.label), field), said));
// A browser may have kept what was typed before.
narrow();

/** Letters and digits only: people leave out hyphens, or write them in another width. */
function plain(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

function narrow() {
  const wanted = plain(field.value);
  let count = 0;
  for (const { row, text } of rows) {
    row.hidden = !text.includes(wanted);
    count += row.hidden ? 0 : 1;
  }
  for (const group of list.querySelectorAll("section")) group.hidden = !group.querySelector("tbody tr:not([hidden])");
  clearTimeout(timer);
  // Said when the typing rests, not at each letter.
  timer = setTimeout(() => (said.textContent = wanted ? words(count) : ""), 300);
}

function words(count) {
  const { none, countOne, count: many } = list.dataset;
  return count === 0 ? none : count === 1 ? countOne : many.replace("{n}", count);
}
