// Questions fold: what is read first is the list of them. The browser's own search on the page opens what it finds.

import { copy, element, icon, set, targetOf, texts, tick } from "./dom.js";

/** `say` tells all readers what a press has done. */
export function wireQuestions(say) {
  const sections = [...document.querySelectorAll(".question")].filter((section) => answerOf(section));
  if (sections.length < 2) return;
  const all = element("button", { type: "button", class: "question-all" });
  const isOpen = (section) => !answerOf(section).hidden;
  const show = (section, open) => {
    const answer = answerOf(section);
    if (open) answer.removeAttribute("hidden");
    else answer.setAttribute("hidden", "until-found");
    section.querySelector(".question-toggle").setAttribute("aria-expanded", String(open));
    all.textContent = sections.every(isOpen) ? texts.collapseAll : texts.expandAll;
  };
  sections.forEach((section, i) => {
    const heading = section.firstElementChild;
    answerOf(section).id ||= `t0-answer-${i}`;
    const toggle = foldable(heading, answerOf(section).id);
    toggle.addEventListener("click", () => {
      const open = !isOpen(section);
      show(section, open);
      // A reload, and whoever gets the address, sees this question open.
      if (open) keep(addressOf(heading));
      else if (location.hash === addressOf(heading).hash) keep(addressOf());
    });
    heading.after(copyButton(heading, say));
    section.classList.add("on");
  });
  for (const section of sections) show(section, false);
  all.addEventListener("click", () => {
    const open = !sections.every(isOpen);
    for (const section of sections) show(section, open);
  });
  placeOfAll(sections[0]).before(all);

  const around = (node) => sections.find((section) => section.contains(node));
  const lead = () => {
    const target = targetOf(location.hash);
    const section = target && around(target);
    if (section) show(section, true);
    return section && target;
  };
  lead();
  addEventListener("hashchange", () => lead()?.scrollIntoView());
  // A link to where the address leads already changes nothing in it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && link.href === location.href) lead();
  });
  // The browser has found something in an answer, or marks.js has.
  document.addEventListener("beforematch", (event) => {
    const section = around(event.target);
    if (section) show(section, true);
  });
}

const answerOf = (section) => section.querySelector(":scope > .answer");

/** The whole address of a heading, or of the page. */
function addressOf(heading) {
  const address = new URL(location.pathname, location.href);
  if (heading) address.hash = encodeURIComponent(heading.id);
  return address;
}

const keep = ({ hash }) => history.replaceState(history.state, "", location.pathname + location.search + hash);

/** Makes a heading a button. One that holds links keeps them, and its button is the arrow alone. */
function foldable(heading, answer) {
  const [anchor, link] = [heading.querySelector(".anchor"), heading.querySelector("a:not(.anchor)")];
  anchor?.remove();
  const toggle = element("button", { type: "button", class: "question-toggle", "aria-controls": answer });
  if (link) {
    set(toggle, { "aria-labelledby": heading.id });
    heading.classList.add("question-links");
  } else {
    toggle.append(element("span", {}, ...heading.childNodes));
  }
  toggle.append(icon("chevron"));
  heading.append(toggle);
  return toggle;
}

function copyButton(heading, say) {
  const button = element("button", { type: "button", class: "question-copy", "aria-label": texts.copyLink, title: texts.copyLink }, icon("link"));
  set(button, { id: `t0-copy-${heading.id}` });
  button.setAttribute("aria-labelledby", `${button.id} ${heading.id}`);
  button.addEventListener("click", async () => {
    const address = addressOf(heading);
    keep(address);
    const done = await copy(address.href);
    say(done ? texts.linkCopied : texts.linkFailed);
    if (done) tick(button.firstElementChild);
  });
  return button;
}

/** Above the first question; above the topic that it belongs to, and the part for some readers around it. */
function placeOfAll(section) {
  let place = section.closest(".role-block") ?? section;
  for (let before = place.previousElementSibling; before?.tagName === "H2"; before = before.previousElementSibling) place = before;
  return place;
}
