// "Did this help?" and, if not, the text that goes to whoever is next. Everything in it is shown before
// it leaves, and only the reader sends it.

import { copy, texts } from "./dom.js";

/** Addresses that are longer do not survive mail programs and servers. */
const LONGEST_ADDRESS = 1900;

const box = document.getElementById("t0-handoff");
const say = box.dataset;
const form = box.querySelector("form");
const next = box.querySelector(".handoff-next");
const alertLine = box.querySelector(".handoff-alert");
const [said, done] = box.querySelectorAll(".handoff-said");
const no = box.querySelector('[data-helped="no"]');
const fields = [...form.querySelectorAll("[data-field]")];
const nexts = [...box.querySelectorAll(".handoff-to")];
const who = box.querySelector("select");
/** Who is next, for the role that the reader has. */
let to = nexts[0]?.dataset ?? {};
/** Whether the reader was told what is missing: asked twice, the text goes without it. */
let isWarned = false;

box.querySelector(".handoff-ask").hidden = false;
const bring = box.querySelector(".handoff-bring");
if (bring) bring.hidden = true;
form.hidden = false;
next.hidden = true;

if (who) {
  who.parentElement.hidden = false;
  try {
    who.value = localStorage.getItem("t0-role") ?? who.value;
  } catch {
    // Storage may be blocked; the first role stands then.
  }
  // The remembered role may be one that this edition does not have.
  if (who.selectedIndex < 0) who.selectedIndex = 0;
  who.addEventListener("change", () => {
    choose();
    try {
      localStorage.setItem("t0-role", who.value);
    } catch {
      // As above.
    }
  });
}
choose();

/** Shows whom the reader's role hands over to. */
function choose() {
  for (const next of nexts) {
    const isMine = !who || next.dataset.from === who.value;
    next.hidden = !isMine;
    if (isMine) to = next.dataset;
  }
  for (const button of form.querySelectorAll("[data-way]")) button.hidden = button.dataset.way !== "copy" && !to[button.dataset.way];
}

box.querySelector('[data-helped="yes"]').addEventListener("click", () => {
  reveal(false);
  tell(say.thanks);
});
no.addEventListener("click", () => {
  tell("");
  reveal(true);
  next.querySelector("h2").focus();
});
// In a tree there is nothing to ask before its end, and "hand over" is an answer; but nobody is kept from a person.
document.addEventListener("t0:step", ({ detail: { outcome } }) => {
  const ask = box.querySelector(".handoff-ask");
  ask.hidden = outcome === "escalate";
  ask.classList.toggle("midway", outcome === "");
  no.textContent = outcome === "" ? say.stuck : say.no;
  tell("");
  reveal(outcome === "escalate");
});
form.addEventListener("input", ({ target }) => {
  isWarned = false;
  if (target.value.trim()) target.removeAttribute("aria-invalid");
  alertLine.textContent = "";
  show();
});
document.addEventListener("change", show);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event.submitter ?? form.querySelector("button");
  const missing = fields.filter((field) => field.getAttribute("aria-required") && !field.value.trim());
  for (const field of fields) field.setAttribute("aria-invalid", String(missing.includes(field)));
  if (missing.length && !isWarned) {
    isWarned = true;
    const names = missing.map((field) => field.dataset.field).join(texts.separator);
    // Where the eyes go next: the end of the form is far away on a phone.
    missing[0].closest("label").before(alertLine);
    alertLine.textContent = say.missing.replace("{fields}", () => names);
    missing[0].focus();
    return;
  }
  alertLine.textContent = "";
  handOver(button.dataset.way);
});

function reveal(isOpen) {
  next.hidden = !isOpen;
  no.setAttribute("aria-expanded", String(isOpen));
  if (isOpen) show();
}

/** Says something where the reader looks: below the question, or below the buttons of the form. */
function tell(text, line = said) {
  for (const other of [said, done]) other.textContent = other === line ? text : "";
}

function show() {
  if (!next.hidden) form.querySelector("pre").textContent = compose();
}

/** The text, as plain as a ticket system or a chat wants it. */
function compose() {
  const line = (label, value) => `${label}${say.colon}${value}`;
  const lines = [];
  if (to.next) lines.push(line(say.labelNext, to.next));
  lines.push(
    line(say.labelPage, `${say.title} (${say.page})`),
    line(say.labelAddress, decoded(location.href)),
    line(say.labelRevision, [say.revision, say.updated].filter(Boolean).join(" · ")),
    line(say.labelEdition, say.edition),
  );
  const path = pathTaken();
  if (path.length) lines.push("", line(say.labelPath, "").trim(), ...path);
  const steps = ticked();
  if (steps.length) lines.push("", line(say.labelSteps, "").trim(), ...steps);
  const given = fields.filter((field) => field.value.trim() || !("note" in field.dataset));
  if (given.length) lines.push("");
  for (const field of given) {
    const value = field.value.trim().replace(/\r\n?/g, "\n");
    const label = field.dataset.field;
    lines.push(value.includes("\n") ? `${line(label, "").trim()}\n${value}` : line(label, value || say.none));
  }
  lines.push("");
  if (form.elements.environment.checked) {
    lines.push(
      line(say.labelBrowser, navigator.userAgent),
      line(say.labelLanguage, navigator.language),
      line(say.labelWindow, `${innerWidth} × ${innerHeight}`),
    );
  }
  lines.push(line(say.labelTime, now()));
  return lines.join("\n");
}

/** Questions and answers of a troubleshooter. */
function pathTaken() {
  const event = new CustomEvent("t0:path", { detail: [] });
  document.dispatchEvent(event);
  return event.detail.map(({ step, choice }, i) => `${i + 1}. ${step} ${choice ? `→ ${choice}` : `← ${say.labelHere}`}`);
}

/** Steps with tick boxes, where at least one is ticked. */
function ticked() {
  const boxes = [...document.querySelectorAll(".step-tick")];
  if (!boxes.some((tick) => tick.checked)) return [];
  return boxes.map((tick) => `[${tick.checked ? "x" : " "}] ${short(tick.closest(".step-item"))}`);
}

/** The first words of a step, without what scripts have added to it. */
function short(item) {
  const copy = item.cloneNode(true);
  for (const extra of copy.querySelectorAll(".anchor, button, input, pre, .role-block")) extra.remove();
  const text = (copy.querySelector("p") ?? copy).textContent.trim().replace(/\s+/g, " ");
  // Half of a character would stop mails and tickets: no address can hold it.
  const letters = [...text];
  return letters.length > 80 ? `${letters.slice(0, 79).join("")}…` : text;
}

function decoded(address) {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

/** The reader's own clock, with its zone: `2026-11-21 16:30 +08:00 (Asia/Shanghai)`. */
function now() {
  const time = new Date();
  const two = (number) => String(number).padStart(2, "0");
  const away = -time.getTimezoneOffset();
  const zone = `${away < 0 ? "-" : "+"}${two(Math.floor(Math.abs(away) / 60))}:${two(Math.abs(away) % 60)}`;
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())} ${zone} (${name})`;
}

function handOver(way) {
  const text = compose();
  show();
  const copied = copy(text).then((done) => {
    // The text is there to be selected.
    if (!done) getSelection().selectAllChildren(form.querySelector("pre"));
    return done;
  });
  if (way === "copy") {
    copied.then((isDone) => tell(isDone ? texts.copied : texts.copyFailed, done));
    return;
  }
  // At once: browsers block windows that come after waiting for something.
  let address = filled(way, text);
  if (address.length > LONGEST_ADDRESS) address = filled(way, say.paste);
  if (way === "mail") location.href = address;
  else open(address, "_blank", "noopener");
}

/** Mail and tickets get the text in their address; one that is too long waits on the clipboard. */
function filled(way, text) {
  const values = { title: say.title, page: say.page, text };
  for (const field of fields) values[field.dataset.field] = field.value.trim();
  if (way === "mail") return `mailto:${to.mail}?subject=${encodeURIComponent(say.title)}&body=${encodeURIComponent(text.replace(/\n/g, "\r\n"))}`;
  return to.ticket.replace(/\{([^{}]+)\}/g, (whole, name) => encodeURIComponent(values[name] ?? ""));
}
