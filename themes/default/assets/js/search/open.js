// How a search begins. The dialog is there at once, so that no letter is lost and a phone raises its keyboard;
// what searches is fetched behind it, when someone is about to search.
import { element, icon, narrow, pageUrl, remember, texts } from "../dom.js";
import { loadSearch } from "../late.js";

let loading;
let dialog;

/** What searches; a failure is forgotten. */
function load() {
  if (!loading) {
    // The worker finds it in the browser's cache, instead of asking for it when all code has come.
    fetch(document.documentElement.dataset.searchIndex).then((answer) => answer.text()).catch(() => {});
    loading = loadSearch();
    loading.catch(() => (loading = undefined));
  }
  return loading;
}

export function wireSearch() {
  const form = document.querySelector(".search-form");
  const input = form?.querySelector("input");
  // Works without JavaScript.
  const link = document.querySelector("[data-search-open]");
  const button = element("button", { type: "button", class: link.className, "aria-haspopup": "dialog", "aria-keyshortcuts": "/ Control+K Meta+K" }, ...link.childNodes);
  link.replaceWith(button);
  for (const event of ["pointerenter", "focus"]) button.addEventListener(event, load, { once: true });
  button.addEventListener("click", openDialog);
  if (form) wireForm(form, input);
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented || event.altKey) return;
    const command = event.ctrlKey || event.metaKey;
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const wanted = command ? event.key.toLowerCase() === "k" && !event.shiftKey : event.key === "/" && !typing;
    if (!wanted) return;
    event.preventDefault();
    if (input) input.focus();
    else openDialog();
  });
  // Back from a result leads to the dialog it was found in, Back from the dialog to the page.
  addEventListener("popstate", () => {
    if (!history.state?.searching) dialog?.shut();
    else if (narrow.matches) openDialog();
  });
  if (history.state?.searching && narrow.matches) openDialog();
}

/** A form works by itself; answers show under it, or in the search page, once there is something that searches. */
function wireForm(form, input) {
  const results = document.getElementById("t0-results");
  if (results) {
    load().then((ui) => ui.wireSearchPage(form, results), () => {
      const again = element("button", { type: "button" }, texts.retry);
      again.addEventListener("click", () => location.reload());
      results.append(element("div", { class: "search-note", role: "status" }, element("p", {}, texts.error), again));
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
  // Safari before 15.4 has no dialogs.
  if (!globalThis.HTMLDialogElement) return location.assign(pageUrl(""));
  dialog ??= buildDialog();
  const { box, input } = dialog;
  if (!box.open) {
    box.showModal();
    // It fills the screen of a phone like a page: Back has to leave it, and not the page.
    if (narrow.matches && !history.state?.searching) history.pushState({ searching: true }, "");
  }
  input.focus();
  input.select();
  load().then((ui) => {
    if (!dialog.run) Object.assign(dialog, ui.wireDialog(dialog));
    if (dialog.entered) dialog.enter();
    else dialog.run();
  }).catch(() => {
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
  const body = element("div", { class: "search-body", tabindex: "-1" }, element("p", { class: "search-head" }, texts.start));
  const key = (keys, text) => element("span", {}, ...keys.map((k) => element("kbd", {}, k)), ` ${text}`);
  const keys = element("div", { class: "search-keys", "aria-hidden": "true" }, key(["↑", "↓"], texts.keyMove), key(["↵"], texts.keyOpen), key(["Esc"], texts.keyClose));
  const box = element("dialog", { class: "search-dialog", "aria-label": texts.search }, form, body, keys);
  const shut = () => {
    box.close();
    // Until the next frame it would still be typed into.
    input.blur();
  };

  input.value = history.state?.query ?? "";
  input.addEventListener("input", () => (dialog.entered = false));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.keyCode === 229) return;
    // A search field would only clear itself.
    event.preventDefault();
    shut();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (dialog.enter) dialog.enter();
    // There is nothing yet that searches.
    else dialog.entered = true;
  });
  close.addEventListener("click", shut);
  // The keyboard makes room for what is read.
  body.addEventListener("touchmove", () => input.blur(), { passive: true });
  box.addEventListener("click", (event) => {
    // The backdrop.
    if (event.target === box) return shut();
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    remember({ query: input.value });
    // Else it goes with the page.
    if (!history.state.searching) shut();
  });
  box.addEventListener("close", () => {
    // Opened again meanwhile.
    if (box.open) return;
    dialog.entered = false;
    dialog.forget?.();
    if (history.state?.searching) history.back();
  });
  document.body.append(box);
  return { box, input, body, shut };
}
