// Where this page is: the site around it, and what the tab remembers.

export const BASE = "/__tier0/";
/** What the server says of this page; its version changes with every swap. */
export const tag = document.querySelector("script[data-tier0-version]").dataset;
/** The edition this page belongs to; empty as long as there is none. */
export const EDITION = tag.tier0Edition;
export const EDITIONS = tag.tier0Editions.split(" ");
/** In the phone of `phone.html`, which has a bar of its own. */
export const FRAMED = window !== window.top;

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
