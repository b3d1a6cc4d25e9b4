// One line in the bar for what has just happened.

import { appeared, button, element } from "./layer.js";
import { EDITION, recall, remember } from "./page.js";
import { text } from "./words.js";

const SHORT = 5000; // milliseconds

export const place = element("p", "note");
place.setAttribute("role", "status");
/** Room below the page; the bar puts it there. */
export const space = document.createElement("tier0-space");
let timer;

/** Says something for a short while, or until the writer has seen to it. */
export function note(words, stays = false, ...more) {
  clearTimeout(timer);
  // Said aloud only if it is written into something that is there already.
  appeared.then(() => place.replaceChildren(...(words ? [element("span", "", words), ...more] : [])));
  space.classList.toggle("noted", words !== "");
  if (words && !stays) timer = setTimeout(restore, SHORT);
}

/** What is said until the writer has seen to it. */
function restore() {
  const { url, title } = JSON.parse(recall("edited") || "{}");
  if (url && samePath(url)) remember("edited", "");
  if (!url || samePath(url)) return note("");
  const link = element("a", "", text.goThere);
  link.href = pathOf(url);
  const close = button("dismiss", "×", () => {
    remember("edited", "");
    note("");
  });
  close.setAttribute("aria-label", text.dismiss);
  note(text.edited(title), true, link, close);
}

const pathOf = (url) => new URL(url, location.origin).pathname;
const samePath = (url) => pathOf(url) === location.pathname;

/** Another page was saved than the one in view: offers to go there. */
export function tellEdited(edited, hasChanged) {
  const own = edited.filter(({ edition }) => edition === EDITION);
  const latest = own[own.length - 1];
  if (!latest || hasChanged || own.some(({ url }) => samePath(url))) return;
  remember("edited", JSON.stringify(latest));
  restore();
}

/** What is to be said when a page has loaded. */
export function begin() {
  const isMissing = recall("missing") === EDITION && EDITION !== "";
  remember("missing", "");
  if (isMissing) note(text.missing(EDITION), true);
  else restore();
}
