// Tick boxes on steps. What is ticked is remembered on this device, by the words of the step: a step that has changed
// has to be done again.

import { element, fill, texts } from "./dom.js";
import { plainText } from "./reply.js";

const STORE = `t0-steps:${location.pathname.replace(/index\.html$/, "")}`;

export function wireSteps() {
  const done = read();
  const all = [];
  const store = () => write(all.filter((step) => step.tick.checked).map((step) => step.key));
  for (const box of document.querySelectorAll(".steps")) {
    const steps = [...box.querySelectorAll(".step-item")].filter((item) => item.closest(".steps") === box).map(addTick);
    if (!steps.length) continue;
    const reset = element("button", { type: "button", class: "steps-reset" }, texts.stepsReset);
    const show = () => {
      for (const { item, tick } of steps) item.classList.toggle("done", tick.checked);
      reset.hidden = !steps.some(({ tick }) => tick.checked);
    };
    for (const step of steps) {
      step.tick.checked = done.has(step.key);
      step.tick.addEventListener("change", () => {
        show();
        store();
      });
    }
    reset.addEventListener("click", () => {
      for (const { tick } of steps) tick.checked = false;
      show();
      store();
      steps[0].tick.focus();
    });
    all.push(...steps);
    box.append(reset);
    show();
  }
}

function addTick(item, i) {
  const heading = item.querySelector(":scope > :is(h2, h3, h4, h5, h6)");
  const number = item.matches("li") ? item.parentElement.start + [...item.parentElement.children].indexOf(item) : i + 1;
  const key = `${(heading ?? item).id} ${hash(plainText(item))}`;
  const tick = element("input", { type: "checkbox", class: "step-tick", "aria-label": fill(texts.stepDone, { n: number }) });
  item.prepend(tick);
  return { item, tick, key };
}

/** 32 bits of FNV-1a: enough to see that a text is another. */
function hash(text) {
  let sum = 0x811c9dc5;
  for (const c of text.replace(/\s+/g, " ")) sum = Math.imul(sum ^ c.codePointAt(0), 0x01000193);
  return (sum >>> 0).toString(36);
}

function read() {
  try {
    return new Set(JSON.parse(localStorage.getItem(STORE)));
  } catch {
    return new Set(); // not ours, or storage is blocked
  }
}

/** Only steps that are there: what has changed is forgotten. */
function write(keys) {
  try {
    if (keys.length) localStorage.setItem(STORE, JSON.stringify(keys));
    else localStorage.removeItem(STORE);
  } catch {
    // The ticks then last for this visit.
  }
}
