// A page in a frame of a phone's size. What is done in it — links, live changes — is done by the page itself.

import { textOf } from "./words.js";

const frame = document.createElement("iframe");
const address = document.createElement("h1");
const leave = document.createElement("button");

/** The page that is asked for: of this preview, and no part of its own. */
function wanted() {
  try {
    const url = new URL(new URLSearchParams(location.search).get("page") ?? "/", location.origin);
    // Whole: a path that begins with `//` would be another site's address.
    if (url.origin === location.origin && !url.pathname.startsWith("/__tier0")) return url.href;
  } catch {
    // Somebody typed it.
  }
  return `${location.origin}/`;
}

/** Where the frame was last. */
let here = wanted();

/** Says where the frame is, in the language of its page; a new load of this one leads there again. */
function tell() {
  const page = frame.contentDocument;
  // A link has led out of the preview, where the policy lets nobody see.
  if (!page) return;
  const place = page.location;
  const text = textOf(page.documentElement.lang);
  here = place.href;
  document.documentElement.lang = text.language;
  document.title = page.title;
  frame.title = text.frame;
  address.textContent = `${page.title} — ${readable(place.pathname)}`;
  leave.textContent = text.desk;
  leave.title = text.deskHelp;
  bar.setAttribute("aria-label", text.bar);
  history.replaceState(null, "", `?${new URLSearchParams({ page: place.pathname + place.search + place.hash })}`);
}

function readable(path) {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

const bar = document.createElement("footer");
address.className = "address";
leave.type = "button";
leave.addEventListener("click", () => location.assign(frame.contentDocument?.location.href ?? here));
bar.append(address, leave);
frame.addEventListener("load", tell);
frame.title = textOf(navigator.language).frame;
frame.src = here;
document.querySelector("main").append(frame);
document.body.append(bar);
