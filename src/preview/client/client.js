// The preview's part in the page, and the first of its scripts: it learns of every build, swaps what has changed
// in this page, lays problems over it, and shows the bar.

import { bar } from "./bar.js";
import { refresh } from "./files.js";
import { reload, restore } from "./keep.js";
import { tellEdited } from "./note.js";
import { BASE, EDITION, FRAMED, tag } from "./page.js";
import { tell } from "./problems.js";
import { swap } from "./swap.js";

let source;
/** Whether a message is the first of a connection: what happened before it, nobody knows. */
let isFirst;
let asked = 0;
const refill = FRAMED ? () => {} : bar();

function receive(event) {
  const { versions, build, failed, edited = [], files = [] } = JSON.parse(event.data);
  const version = versions[EDITION] ?? "";
  const isNew = version !== tag.tier0Version || (!EDITION && Object.keys(versions).length > 0);
  const changed = isNew ? update(version) : Promise.resolve(false);
  const all = isFirst && isNew ? null : files;
  isFirst = false;
  if (refresh(all)) reload(version);
  changed.then((hasChanged) => tellEdited(edited, hasChanged), () => {});
  tell({ build, failed }).catch(() => {});
}

/** Fetches this page again and swaps what is new in it. Answers whether it says something else now. */
async function update(version) {
  const turn = (asked += 1);
  const response = await fetch(location.pathname, { cache: "no-store" });
  const isPage = (response.headers.get("content-type") ?? "").startsWith("text/html");
  const html = await response.text();
  // A newer build came meanwhile, and asks again.
  if (turn !== asked) return false;
  const result = EDITION && isPage ? swapOrNot(html) : { reload: true };
  // A page that has gone does not show what was edited: it may be elsewhere now.
  const isHere = response.status !== 404;
  if (result.reload) {
    reload(version);
    return isHere;
  }
  tag.tier0Version = version;
  refill();
  return isHere && result.changed;
}

/** A fault while edits are made leaves half a page: then the whole is loaded. */
function swapOrNot(html) {
  try {
    return swap(html);
  } catch {
    return { reload: true };
  }
}

function connect() {
  if (source || document.hidden) return;
  isFirst = true;
  source = new EventSource(`${BASE}events?page=${encodeURIComponent(location.pathname)}`);
  source.addEventListener("open", () => (isFirst = true));
  source.addEventListener("message", receive);
  source.addEventListener("error", () => {
    // Most losses the browser fixes by itself; after some it gives up.
    if (source?.readyState !== EventSource.CLOSED) return;
    disconnect();
    setTimeout(connect, 1000);
  });
}

function disconnect() {
  source?.close();
  source = undefined;
}

// Browsers allow a handful of connections per site over all tabs, so only tabs
// that are seen keep one; the others catch up when they are looked at.
document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
addEventListener("pagehide", disconnect);
addEventListener("pageshow", connect);
restore();
connect();
