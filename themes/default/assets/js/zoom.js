// Images in full size: a press on a figure's image shows it over the page. Without JavaScript the link opens the file.

import { element, icon, texts } from "./dom.js";

export function wireZoom() {
  // Safari before 15.4 has no dialogs: it opens the file, too.
  if (!globalThis.HTMLDialogElement) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.zoom");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(link);
  });
}

function show(link) {
  const small = link.querySelector("img");
  const image = element("img", { src: link.href, alt: small.alt });
  const press = (name, text, action) => {
    const button = element("button", { type: "button", "aria-label": text, title: text }, icon(name));
    button.addEventListener("click", action);
    return button;
  };
  const dialog = element("dialog", { class: "zoom-dialog", "aria-label": small.alt || texts.imageZoom });
  const actual = press("zoom", texts.imageActual, () => {
    const isActual = dialog.classList.toggle("actual");
    actual.setAttribute("aria-pressed", String(isActual));
  });
  actual.setAttribute("aria-pressed", "false");
  const fit = () => {
    // Nothing to see that is not seen already.
    if (!dialog.classList.contains("actual")) actual.hidden = image.naturalWidth <= image.clientWidth;
  };
  image.addEventListener("load", fit);
  addEventListener("resize", fit);
  // The part that scrolls is reached by the keyboard too.
  const stage = element("div", { class: "zoom-stage", tabindex: "0", role: "group", "aria-label": texts.imageZoom }, image);
  dialog.append(element("div", { class: "zoom-tools" }, actual, press("close", texts.imageClose, () => dialog.close())), stage);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target === stage) dialog.close();
  });
  dialog.addEventListener("close", () => {
    removeEventListener("resize", fit);
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}
