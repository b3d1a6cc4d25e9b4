// Widgets inside an article: copy buttons, scrollable boxes that the keyboard can reach, links into what is folded away.
// Containers with more of their own have a module each.

import { copy, element, icon, reveal, targetOf, texts, tick } from "./dom.js";
import { wireQuestions } from "./faq.js";
import { wireReplies } from "./reply.js";
import { wireSteps } from "./steps.js";
import { wireTabs } from "./tabs.js";
import { wireZoom } from "./zoom.js";

export function wireContent() {
  const target = document.querySelector(":target");
  const there = target && isReached(target);
  const say = announcer();
  for (const box of document.querySelectorAll(".code")) {
    // A reply is copied whole.
    if (!box.closest(".reply")) addCopy(box, texts.copyCode, say, () => box.querySelector("code").textContent);
  }
  wireReplies(say);
  wireTabs();
  wireSteps();
  wireZoom();
  wireTargets();
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

/** Opens what is folded around the place that a link leads to. */
function wireTargets() {
  const open = () => reveal(targetOf(location.hash))?.scrollIntoView();
  reveal(targetOf(location.hash));
  addEventListener("hashchange", open);
  // A second press on the same link changes no address.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    if (link && link.hash === location.hash && link.pathname === location.pathname) open();
  });
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

function addCopy(box, label, say, read) {
  const picture = icon("copy");
  const button = element("button", { type: "button", class: "copy", "aria-label": label, title: label }, picture);
  button.addEventListener("click", async () => {
    const done = await copy(read());
    say(done ? texts.copied : texts.copyFailed);
    if (done) tick(picture);
  });
  box.prepend(button);
}
