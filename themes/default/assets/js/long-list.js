// A long list is cut into pages. To narrow it a script needs all rows, which are in one file; it is loaded when somebody
// narrows the list, and what is found takes the place of the page's own rows.

import { element } from "./dom.js";

/** Rows that are shown at a time. */
const PORTION = 200;

/**
 * What narrows the list that `holder` tells of; none for a short list, whose rows all stand on its page.
 * `read` makes rows of what is in the file, `own` are the elements that show the page's own rows.
 */
export function longList(holder, own, read) {
  if (!holder.dataset.rows) return undefined;
  const found = element("div", { class: "list-found", hidden: "" });
  const parts = [...own, ...document.querySelectorAll(".paging")];
  // Above the field: it keeps its room, so that nothing moves while somebody types.
  const place = document.querySelector(".paging-place");
  own.at(-1).after(found);
  let loaded = {};

  /** All rows, loaded once. A preview may change which file they are in. */
  function rows() {
    const address = holder.dataset.rows;
    if (loaded.address !== address) {
      const rows = load(address).then(read);
      rows.catch(() => (loaded = {}));
      loaded = { address, rows };
    }
    return loaded.rows;
  }

  /** Shows the page as it was. */
  function rest() {
    found.hidden = true;
    found.replaceChildren();
    for (const part of parts) part.hidden = false;
    place?.classList.remove("is-off");
  }

  /** Shows these rows, a portion at a time: `draw` makes an element of some. */
  function show(matches, draw) {
    for (const part of parts) part.hidden = true;
    place?.classList.add("is-off");
    found.hidden = false;
    found.replaceChildren();
    let from = 0;
    const more = element("button", { type: "button", class: "list-more" }, holder.dataset.more);
    const portion = () => {
      const drawn = draw(matches.slice(from, from + PORTION));
      from += PORTION;
      more.remove();
      found.append(...drawn, ...(from < matches.length ? [more] : []));
      return drawn;
    };
    // The button goes or moves down: who pressed it goes on with the first of the new rows.
    more.addEventListener("click", () => portion()[0]?.querySelector("tbody a, li a")?.focus());
    portion();
  }

  return { rows, rest, show };
}

async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}: ${address}`);
  return answer.json();
}
