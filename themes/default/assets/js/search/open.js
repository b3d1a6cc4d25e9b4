// How a search begins. The dialog is there at once, so that no letter is lost and a phone raises its keyboard;
// what searches is fetched behind it, when someone is about to search and not before.
import { element, icon, narrow, pageUrl, remember, texts } from "../dom.js";

let loading;
let dialog;

/** What searches; a failure is forgotten. */
function load() {
  loading ??= import("./ui.js");
  loading.catch(() => (loading = undefined));
  return loading;
}

export function wireSearch() {
  const form = document.querySelector(".search-form");
  wireButton(document.querySelector("[data-search-open]"));
  if (form) wireForm(form, form.querySelector("input"));
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing;
    const chord = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!slash && !chord) return;
    event.preventDefault();
    if (form) form.querySelector("input").focus();
    else openDialog();
  });
  // Back from a result leads to the dialog it was found in, Back from the dialog to the page.
  addEventListener("popstate", () => {
    if (!history.state?.searching) dialog?.shut();
    else if (narrow.matches) openDialog();
  });
  if (history.state?.searching && narrow.matches) openDialog();
}

/** A link without JavaScript; with it, the same thing as a button. */
function wireButton(opener) {
  const button = element("button", { type: "button", class: opener.className, "aria-haspopup": "dialog", "aria-keyshortcuts": "/ Control+K Meta+K" }, ...opener.childNodes);
  opener.replaceWith(button);
  button.addEventListener("pointerenter", load, { once: true });
  button.addEventListener("focus", load, { once: true });
  button.addEventListener("click", openDialog);
}

/** A form works by itself; its answers show under it, or in the search page, once there is something that searches. */
function wireForm(form, input) {
  const results = document.getElementById("t0-results");
  if (results) {
    load().then((ui) => ui.wireSearchPage(form, results), () => {
      const again = element("button", { type: "button" }, texts.retry);
      again.addEventListener("click", () => location.reload());
      results.append(element("div", { class: "search-note", role: "status" }, element("p", {}, texts.error), element("p", { class: "links" }, again)));
    });
    return;
  }
  let wired;
  const wire = () => {
    wired ??= load().then((ui) => ui.wireField(form)).catch(() => (wired = undefined));
  };
  input.addEventListener("focus", wire);
  if (document.activeElement === input) wire();
  const keep = () => remember({ query: input.value });
  form.addEventListener("submit", keep);
  form.addEventListener("click", (event) => event.target.closest("a") && keep());
  input.value ||= history.state?.query ?? "";
}

function openDialog() {
  dialog ??= buildDialog();
  const { box, input } = dialog;
  if (!box.open) {
    box.showModal();
    // It fills the screen of a phone like a page of its own: Back has to leave it, and not the page.
    if (narrow.matches && !history.state?.searching) history.pushState({ searching: true }, "");
  }
  input.focus();
  input.select();
  load().then((ui) => {
    if (!dialog.run) Object.assign(dialog, ui.wireDialog(dialog));
    if (dialog.entered) dialog.enter();
    else dialog.run();
  }).catch((error) => {
    console.error(error);
    if (!box.open) return;
    const page = pageUrl(input.value.trim());
    if (history.state?.searching) location.replace(page);
    else location.href = page;
  });
}

function buildDialog() {
  const input = element("input", { type: "search", "aria-label": texts.search, placeholder: texts.placeholder, autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search" });
  const close = element("button", { type: "button", class: "tool", "aria-label": texts.close }, icon("close"));
  const form = element("form", { role: "search" }, icon("search"), input, close);
  const body = element("div", { class: "search-body", tabindex: "-1" }, element("p", { class: "search-note" }, texts.start));
  const key = (keys, text) => element("span", {}, ...keys.map((k) => element("kbd", {}, k)), ` ${text}`);
  const keys = element("div", { class: "search-keys", "aria-hidden": "true" }, key(["↑", "↓"], texts.keyMove), key(["↵"], texts.keyOpen), key(["Esc"], texts.keyClose));
  const box = element("dialog", { class: "search-dialog", "aria-label": texts.search }, form, body, keys);
  let following = false;
  const shut = () => {
    box.close();
    input.blur(); // until the next frame it would still be typed into
  };

  input.value = history.state?.query ?? "";
  input.addEventListener("input", () => (dialog.entered = false));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.keyCode === 229) return;
    event.preventDefault(); // a search field would only clear itself
    shut();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (dialog.enter) dialog.enter();
    else dialog.entered = true; // there is nothing yet that searches
  });
  close.addEventListener("click", shut);
  box.addEventListener("click", (event) => {
    // A press on the backdrop counts as one on the dialog itself.
    if (event.target === box) return shut();
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    remember({ query: input.value });
    const stays = link.hash && link.href.split("#")[0] === location.href.split("#")[0];
    if (narrow.matches && !stays) return; // the dialog goes with the page
    following = true;
    shut();
  });
  box.addEventListener("close", () => {
    if (box.open) return; // and opened again meanwhile
    dialog.entered = false;
    dialog.forget?.();
    if (history.state?.searching && !following) history.back();
    following = false;
  });
  document.body.append(box);
  return { box, input, body, shut };
}
