// Sets of tabs (arrow keys, Home, End). Without JavaScript the panels stand one after the other.
// Sets that share a label follow each other, on this page and on later ones.

import { element } from "./dom.js";

const STORE = "t0-tabs";
const MOST = 20; // labels remembered

/** Browsers that can look for text in a closed panel open it then. */
const CLOSED = "onbeforematch" in document.documentElement ? "until-found" : "";

export function wireTabs() {
  const chosen = read();
  const sets = [...document.querySelectorAll(".tabs")].map(build).filter(Boolean);
  for (const set of sets) {
    set.show(Math.max(set.labels.indexOf(chosen.find((label) => set.labels.includes(label))), 0));
    set.onChoice = (label) => {
      for (const other of sets) {
        if (other !== set && other.labels.includes(label)) other.show(other.labels.indexOf(label));
      }
      write(label);
    };
  }
}

/** The labels chosen before, the last one first. */
function read() {
  try {
    return JSON.parse(localStorage.getItem(STORE)).filter((label) => typeof label === "string");
  } catch {
    return []; // nothing there, not ours, or storage is blocked
  }
}

function write(label) {
  try {
    localStorage.setItem(STORE, JSON.stringify([label, ...read().filter((other) => other !== label)].slice(0, MOST)));
  } catch {
    // The choice then lasts for this page.
  }
}

function build(box, index) {
  const panels = [...box.querySelectorAll(":scope > .tab")];
  if (panels.length < 2) return null;
  const list = element("div", { class: "tab-list", role: "tablist" });
  const set = { labels: panels.map((panel) => panel.dataset.label) };
  const tabs = panels.map((panel, i) => {
    const tab = element("button", { type: "button", id: `t0-tab-${index}-${i}`, role: "tab" }, set.labels[i]);
    panel.id ||= `${tab.id}-panel`;
    tab.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    panel.tabIndex = 0;
    // Something in it was looked for: that is no choice of the reader's.
    panel.addEventListener("beforematch", () => set.show(i));
    tab.addEventListener("click", () => choose(i));
    return tab;
  });
  set.show = (at) => {
    tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", String(i === at));
      tab.tabIndex = i === at ? 0 : -1;
      if (i === at) panels[i].removeAttribute("hidden");
      else panels[i].setAttribute("hidden", CLOSED);
    });
  };
  const choose = (i) => {
    const { top } = tabs[i].getBoundingClientRect();
    set.show(i);
    set.onChoice(set.labels[i]);
    // Sets above this one may have grown or shrunk.
    scrollBy({ top: tabs[i].getBoundingClientRect().top - top, behavior: "instant" });
  };
  list.addEventListener("keydown", (event) => {
    const at = tabs.indexOf(event.target);
    const step = getComputedStyle(list).direction === "rtl" ? -1 : 1;
    const to = { ArrowRight: at + step, ArrowLeft: at - step, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = (to + tabs.length) % tabs.length;
    choose(next);
    tabs[next].focus();
  });
  list.append(...tabs);
  panels[0].before(list);
  box.classList.add("on");
  return set;
}
