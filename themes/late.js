// Takes the place of default/assets/js/late.js in bundles, which are no modules, so that they also load from a disk.
// The paths are those of the bundles: they lie in one folder.

// In a module there is no current script: templates of a site may still load this as one.
const here = (document.currentScript ?? document.querySelector("script[src*='/main.']")).src;

/** What the script `path` says of itself, under the name that bundle.mjs gives it. */
function load(path, name) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(path, here);
    script.onload = (event) => (globalThis[name] ? resolve(globalThis[name]) : reject(event));
    script.onerror = reject;
    document.head.append(script);
  });
}

export const loadMarks = () => load("./marks.js", "t0_marks");

export function loadSearch() {
  // The worker finds it in the browser's cache, instead of asking for it when the other has come.
  fetch(new URL("./worker.js", here)).then((answer) => answer.text()).catch(() => {});
  return load("./ui.js", "t0_ui");
}

export const loadEngine = () => load("./worker.js", "t0_worker");
export const startWorker = () => new Worker(new URL("./worker.js", here));
