// A troubleshooter, one step at a time. Without this file all steps stand below each other, and choices are links.
//
// The address holds everything: the step as its hash, and in `path` the numbers of the choices that led there. So a
// reload, the way back and a shared link find the same place. `path=id_2.1` begins at another step than the first.
import { element, fill, icon, narrow, targetOf } from "./dom.js";

const prose = document.querySelector(".prose");
const sections = prose ? [...prose.querySelectorAll(".step[data-step]")] : [];
const steps = sections.map((section) => {
  const heading = section.querySelector("h2");
  const anchor = heading.querySelector(".anchor");
  const title = [...heading.childNodes].filter((node) => node !== anchor).map((node) => node.textContent).join("").trim();
  return { section, heading, title, id: section.dataset.step, choices: [] };
});
/** The step that stands, and the answers that led to it. */
let place = { origin: 0, taken: [] };
let shown = -1;

/** What the reader has answered: `{ step, choice }` in words; the last one is the step that shows, without a choice. */
const pathTaken = () => trail().map(({ step, choice }) => ({ step: steps[step].title, choice: choice ? choice.label : "" }));

if (steps.length > 0) start();

function start() {
  const words = document.getElementById("t0-step-texts").dataset;
  for (const step of steps) step.choices = choicesOf(step.section);
  // What holds steps is hidden with them: the mark of a part for some readers says nothing alone.
  const holders = [...prose.querySelectorAll(".role-block")].filter((node) => node.querySelector(".step"));
  const intro = [...prose.children].filter((node) => !node.contains(sections[0]) && node.compareDocumentPosition(sections[0]) & 4);
  const notes = prose.querySelector(".footnotes");
  const back = element("button", { type: "button", class: "step-back" }, icon("back"), words.back);
  const progress = element("p", { class: "step-progress", role: "status" });
  const restart = element("a", { class: "step-restart", href: address({ origin: 0, taken: [] }) }, words.restart);
  const summary = element("summary", {}, element("span", {}));
  const list = element("ol", { "aria-label": words.path });
  const answers = element("details", { class: "step-path" }, summary, list);
  const bar = element("div", { class: "step-bar" }, back, progress, restart);
  const nav = element("nav", { class: "step-nav", "aria-label": words.nav }, answers, bar);
  [...prose.children].find((node) => node.contains(sections[0])).before(nav);
  for (const step of steps) step.heading.tabIndex = -1;
  document.querySelector(".article")?.classList.add("stepping");

  back.addEventListener("click", () => {
    // The entry before this one is the step before, or nobody knows what it is.
    if (history.state?.stepped) history.back();
    else go({ ...place, taken: place.taken.slice(0, -1) }, false);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link.target) return;
    const next = link === restart ? { origin: 0, taken: [] } : known(link);
    if (!next) return;
    event.preventDefault();
    go(next, nextOf(link) !== undefined);
  });
  // The browser's own way: Back and Forward, and addresses that a reader types.
  addEventListener("popstate", () => {
    // A footnote, say, is no other step.
    if (stepOf(location.hash) < 0) return;
    show(read(), true);
    tidy();
  });
  document.addEventListener("t0:reveal", (event) => {
    const at = steps.findIndex(({ section }) => section.contains(event.target));
    if (at >= 0 && at !== shown) {
      place = { origin: at, taken: [] };
      history.replaceState(history.state, "", address(place));
      show(place, false);
    }
  });
  // The hand-off asks what was answered.
  document.addEventListener("t0:path", (event) => event.detail.push(...pathTaken()));
  // On a phone the answers give their place to the step.
  const fit = () => (answers.open = !narrow.matches);
  narrow.addEventListener("change", fit);
  fit();
  show(read(), false);
  tidy();
  // The hash meant a place that was further down until now.
  if (location.hash && stepOf(location.hash) >= 0) arrive(stepOf(location.hash), false);
  // Scripts that listen may come later than this one.
  if (document.readyState === "complete") tell();
  else document.addEventListener("DOMContentLoaded", tell, { once: true });

  /** Shows a place that the reader has chosen. */
  function go(next, isStep) {
    history.pushState({ stepped: isStep }, "", address(next));
    fit();
    show(next, true);
  }

  function show(next, isMove) {
    place = next;
    const way = trail();
    const at = way[way.length - 1].step;
    const isFirst = place.origin === 0 && place.taken.length === 0;
    const current = steps[at];
    for (const section of sections) section.hidden = section !== current.section;
    for (const node of holders) node.hidden = !node.contains(current.section);
    for (const node of intro) node.hidden = !isFirst;
    if (notes) notes.hidden = !isFirst && !current.section.querySelector(".footnote-ref");
    for (const choice of current.choices) {
      if (choice.target >= 0) choice.link.setAttribute("href", address({ ...place, taken: [...place.taken, choice.number] }));
    }
    list.replaceChildren(...way.slice(0, -1).map(({ step, choice }, i) => {
      const to = address({ ...place, taken: place.taken.slice(0, i) });
      return element("li", {}, element("a", { href: to }, steps[step].title), element("span", {}, choice.label));
    }));
    summary.firstChild.textContent = fill(words.said, { answers: way.slice(0, -1).map(({ choice }) => choice.label).join(" · ") });
    answers.hidden = way.length < 2;
    bar.hidden = isFirst;
    back.hidden = way.length < 2 && !history.state?.stepped;
    progress.textContent = isFirst ? "" : position(current.section.dataset, way.length);
    const isChange = shown !== at;
    shown = at;
    if (isMove) arrive(at, true);
    if (isMove && isChange) tell();
  }

  /** "Step 3 · at most 2 more"; ends say what they are. */
  function position({ outcome, left }, n) {
    if (outcome) return words[outcome];
    if (place.origin > 0) return "";
    const text = { undefined: words.number, 0: words.leftNone, 1: words.leftOne }[left] ?? words.left;
    return fill(text, { n, m: left });
  }

  /** Brings a step before the reader: with its answers above it, or the heading in it that the address names. */
  function arrive(at, isMove) {
    const { heading } = steps[at];
    const target = targetOf(location.hash);
    const isDeeper = target && target !== heading && steps[at].section.contains(target);
    if (isMove) heading.focus({ preventScroll: true });
    // The browser itself goes to the heading once a page is there: the answers above it are to be seen then too.
    heading.style.scrollMarginTop = `${heading.getBoundingClientRect().top - nav.getBoundingClientRect().top}px`;
    (isDeeper ? target : nav).scrollIntoView({ behavior: "instant", block: "start" });
  }
}

function tell() {
  document.dispatchEvent(new CustomEvent("t0:step", { detail: { outcome: steps[shown].section.dataset.outcome ?? "" } }));
}

/** Takes a path out of the address that leads nowhere. */
function tidy() {
  const url = new URL(location.href);
  if (place.taken.length > 0 || !url.searchParams.has("path")) return;
  url.searchParams.delete("path");
  history.replaceState(history.state, "", url);
}

/** The choices of a step, numbered as in the text. */
function choicesOf(section) {
  return [...section.querySelectorAll(".choices > * > li")].flatMap((item) => {
    const [link, ...others] = item.querySelectorAll("a[href]");
    if (!link || others.length > 0) return [];
    return [{ link, label: item.textContent.replace(/\s+/g, " ").trim(), target: isHere(link) ? stepOf(link.hash) : -1 }];
  }).map((choice, i) => ({ ...choice, number: i + 1 }));
}

function isHere(link) {
  return link.pathname === location.pathname && link.host === location.host;
}

/** The choice of the step that shows behind a link. */
function nextOf(link) {
  return steps[shown].choices.find((choice) => choice.link === link && choice.target >= 0);
}

/** Where a link on this page leads, if that is a step. */
function known(link) {
  if (!isHere(link)) return undefined;
  const choice = nextOf(link);
  if (choice) return { ...place, taken: [...place.taken, choice.number] };
  const asked = new URL(link.href);
  if (asked.searchParams.has("path") || link.closest(".step-nav")) return read(asked);
  const at = stepOf(link.hash);
  // A deeper heading needs the browser's own jump.
  return at >= 0 && targetOf(link.hash) === steps[at].heading ? { origin: at, taken: [] } : undefined;
}

/** The steps so far, each with the choice that was taken there; the last is where the reader is. */
function trail({ origin, taken } = place) {
  const way = [{ step: origin }];
  for (const number of taken) {
    const last = way[way.length - 1];
    const choice = steps[last.step].choices[number - 1];
    if (!choice || choice.target < 0) break;
    last.choice = choice;
    way.push({ step: choice.target });
  }
  return way;
}

/** The place that an address names. A path that does not lead to its step is of no use. */
function read(url = location) {
  const at = url.hash ? stepOf(url.hash) : -1;
  const written = new URLSearchParams(url.search).get("path") ?? "";
  const cut = written.lastIndexOf("_");
  const origin = cut < 0 ? 0 : steps.findIndex(({ id }) => id === written.slice(0, cut));
  const taken = written.slice(cut + 1).split(".").filter(Boolean).map(Number);
  if (origin >= 0 && written) {
    const way = trail({ origin, taken });
    if (way.length === taken.length + 1 && (at < 0 || way[way.length - 1].step === at)) return { origin, taken };
  }
  return { origin: Math.max(at, 0), taken: [] };
}

/** The address of a place; what else stands in it stays. */
function address({ origin, taken }) {
  const url = new URL(location.href);
  const way = trail({ origin, taken });
  const { step } = way[way.length - 1];
  const from = origin > 0 ? `${steps[origin].id}_` : "";
  url.searchParams.delete("path");
  if (taken.length > 0) url.searchParams.set("path", from + taken.join("."));
  url.hash = step > 0 || taken.length > 0 ? steps[step].id : "";
  return url.href.replace(/#$/, "");
}

/** The number of the step that an anchor stands in; -1 for none. */
function stepOf(hash) {
  if (hash === "" || hash === "#" || hash === "#top") return 0;
  const target = targetOf(hash);
  return target ? sections.findIndex((section) => section.contains(target)) : -1;
}
