// Pictures and style sheets whose file was replaced, under the same address, are fetched anew.

import { EDITION } from "./page.js";
import { refreshSheets } from "./swap.js";

let count = 0;

/** `files`: paths in the site; null means that nobody knows, so all are fetched. True if a new load is needed. */
export function refresh(files) {
  if (files?.length === 0) return false;
  const changed = files && new Set(files);
  const is = (address) => {
    const url = new URL(address, location.href);
    if (url.origin !== location.origin) return false;
    return !changed || changed.has(pathOf(url));
  };
  if (changed && [...document.scripts].some(({ src }) => src && is(src))) return true;
  count += 1;
  const fresh = (address) => {
    const url = new URL(address, location.href);
    url.searchParams.set("t0", `${Date.now()}.${count}`);
    return url.pathname + url.search + url.hash;
  };
  for (const [selector, name] of [["img[src], source[src], video[src], audio[src], embed[src]", "src"], ["video[poster]", "poster"], ["a.zoom[href]", "href"]]) {
    for (const node of document.querySelectorAll(selector)) {
      if (is(node[name])) node.setAttribute(name, fresh(node[name]));
    }
  }
  for (const node of document.querySelectorAll("[srcset]")) {
    const parts = node.srcset.split(/,\s+/).map((part) => part.trim().split(/\s+/));
    if (parts.some(([address]) => is(address))) node.srcset = parts.map(([address, ...size]) => [fresh(address), ...size].join(" ")).join(", ");
  }
  if (changed) refreshSheets((address) => is(address) && fresh(address));
  return false;
}

/** Where a file is in its edition. */
function pathOf({ pathname }) {
  try {
    const path = decodeURIComponent(pathname).slice(1);
    const own = `@${EDITION}/`;
    return path.startsWith(own) ? path.slice(own.length) : path;
  } catch {
    return pathname.slice(1);
  }
}
