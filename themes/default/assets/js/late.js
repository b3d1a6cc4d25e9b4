// Scripts that are fetched only when somebody needs them. This form is for modules; in a bundle themes/late.js
// takes its place, with the same names.

/** What a search needs, beside each other; one would else name the next only when it has come itself. */
const SEARCH = ["./search/ui.js", "./search/client.js", "./search/worker.js", "./search/engine.js", "./search/excerpt.js", "./search/numbers.js", "./search/tokenize.js"];

export const loadMarks = () => import("./marks.js");

export function loadSearch() {
  for (const name of SEARCH) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = new URL(name, import.meta.url);
    document.head.append(link);
  }
  return import("./search/ui.js");
}

export const loadEngine = () => import("./search/worker.js");
export const startWorker = () => new Worker(new URL("./search/worker.js", import.meta.url), { type: "module" });
