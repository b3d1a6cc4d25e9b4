// Where this page is: the site around it, and what the tab remembers.

export const BASE = "/__tier0/";
/** What the server says of this page; its version changes with every swap. */
export const tag = document.querySelector("script[data-tier0-version]").dataset;
/** The edition this page belongs to; empty as long as there is none. */
export const EDITION = tag.tier0Edition;
export const EDITIONS = tag.tier0Editions.split(" ");
/** In the phone of `phone.html`, which has a bar of its own. */
export const FRAMED = window !== window.top;

/** Proves that a request comes from a page of the author's; empty in those of guests. Scripts of the site need not see it. */
let token = tag.tier0Token ?? "";
delete tag.tier0Token;
/** Whether this is a page of the author's: guests are told of no problems. */
export const IS_AUTHOR = token !== "";

/** Asks for what is only the author's. */
export async function ask(address, headers = {}) {
  const send = () => fetch(address, { headers: token ? { ...headers, "X-Tier0-Token": token } : headers });
  const response = await send();
  if (response.status !== 403 || !token) return response;
  // The preview was started anew since this page was served: its pages have another token.
  const page = await fetch(location.pathname, { cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("script[data-tier0-version]");
  token = fresh?.dataset.tier0Token ?? "";
  return send();
}

/** The address of something that the preview knows about this page. */
export const about = (what) => `${BASE}${what}${location.pathname}`;

/* Session storage may be forbidden; the preview then just remembers less. */

export function recall(key) {
  try {
    return sessionStorage.getItem(`tier0-preview-${key}`);
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    sessionStorage.setItem(`tier0-preview-${key}`, value);
  } catch {
    // See above.
  }
}
