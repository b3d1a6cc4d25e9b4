// Widgets inside an article: copy buttons, tabs, and scrollable boxes that the keyboard can reach.

import { element, icon, texts } from "./dom.js";
import { wireQuestions } from "./faq.js";

export function wireContent() {
  const target = document.querySelector(":target");
  const there = target && isReached(target);
  const say = announcer();
  for (const box of document.querySelectorAll(".code")) addCopy(box, texts.copyCode, say, () => box.querySelector("code").textContent);
  for (const box of document.querySelectorAll(".reply")) {
    const text = plainText(box);
    addCopy(box, texts.copyReply, say, () => text);
  }
  document.querySelectorAll(".tabs").forEach(buildTabs);
  document.querySelectorAll(".task input").forEach((input, i) => {
    // The text beside a task's box is its name.
    const item = input.closest(".task");
    item.id ||= `t0-task-${i}`;
    input.setAttribute("aria-labelledby", item.id);
  });
  // On pages with raw html these lose their tabindex.
  for (const anchor of document.querySelectorAll(".anchor")) anchor.tabIndex = -1;
  for (const box of document.querySelectorAll(".prose pre, .prose table, .prose .table")) {
    if (box.scrollWidth > box.clientWidth && getComputedStyle(box).overflowX === "auto") box.tabIndex = 0;
  }
  wireQuestions(say);
  // Tabs and questions have moved everything below them.
  if (there) target.scrollIntoView({ behavior: "instant" });
}

/** Whether the page still stands where a link to `target` leads, or has not moved yet. */
function isReached(target) {
  const top = target.getBoundingClientRect().top;
  const [visit] = performance.getEntriesByType("navigation");
  return scrollY === 0 ? visit?.type === "navigate" : top >= 0 && top < 200;
}

/** One place that says what a press has done, to all readers. */
function announcer() {
  const place = element("p", { class: "said", role: "status" });
  document.body.append(place);
  let timer;
  return (text) => {
    clearTimeout(timer);
    place.textContent = text;
    timer = setTimeout(() => (place.textContent = ""), 4000);
  };
}

/** What a person would paste into a chat: blocks on their own lines, list items with a dash. */
function plainText(box) {
  const blocks = [...box.querySelectorAll("p, li, pre, h2, h3, h4, h5, h6")].filter((block) => !block.querySelector("p, li"));
  const lines = blocks.map((block) => (block.closest("li") ? "- " : "") + block.textContent.trim());
  return (blocks.length ? lines.join("\n") : box.textContent).trim();
}

function addCopy(box, label, say, read) {
  const picture = icon("copy");
  const button = element("button", { type: "button", class: "copy", "aria-label": label, title: label }, picture);
  const show = (done) => {
    button.classList.toggle("done", done);
    picture.className = done ? "icon i-check" : "icon i-copy";
  };
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(read());
      say(texts.copied);
      show(true);
      setTimeout(() => show(false), 2500);
    } catch {
      // No permission, or the site is not on https.
      say(texts.copyFailed);
    }
  });
  box.prepend(button);
}

/** Turns `.tabs` into a tab list (arrow keys, Home, End). Without JavaScript the sections stand one after the other. */
function buildTabs(box, index) {
  const panels = [...box.querySelectorAll(":scope > .tab")];
  if (panels.length < 2) return;
  const list = document.createElement("div");
  list.className = "tab-list";
  list.setAttribute("role", "tablist");
  const tabs = panels.map((panel, i) => {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `t0-tab-${index}-${i}`;
    tab.textContent = panel.dataset.label;
    tab.setAttribute("role", "tab");
    panel.id ||= `${tab.id}-panel`;
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.tabIndex = 0;
    tab.addEventListener("click", () => select(i));
    return tab;
  });
  const select = (chosen) => {
    tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", String(i === chosen));
      tab.tabIndex = i === chosen ? 0 : -1;
      panels[i].hidden = i !== chosen;
    });
  };
  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(event.target);
    const step = getComputedStyle(list).direction === "rtl" ? -1 : 1;
    const to = { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = (to + tabs.length) % tabs.length;
    select(next);
    tabs[next].focus();
  });
  list.append(...tabs);
  box.prepend(list);
  box.classList.add("on");
  // A link to a heading in a closed panel opens that panel.
  const reveal = () => {
    const target = document.querySelector(":target");
    const at = target ? panels.findIndex((panel) => panel.contains(target)) : -1;
    if (at >= 0) select(at);
    return at < 0 ? null : target;
  };
  select(0);
  reveal();
  addEventListener("hashchange", () => reveal()?.scrollIntoView());
}
