// Asks the engine from the page: a worker does the work, or the page itself where there can be none.
import { loadEngine, startWorker } from "../late.js";

const base = new URL(".", new URL(document.documentElement.dataset.searchIndex, document.baseURI)).href;
const waiting = new Map();
let asker;
let last = 0;

function start() {
  const inPage = () => {
    const engine = loadEngine();
    return async (asked) => (await engine).answer(asked);
  };
  let worker;
  try {
    worker = startWorker();
  } catch {
    return inPage();
  }
  worker.addEventListener("message", ({ data: { id, ok, error } }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked.reject(error);
    else asked.resolve(ok);
  });
  // It could not be loaded, or the policy of the page forbids it: what waits is answered here.
  worker.addEventListener("error", () => {
    worker.terminate();
    asker = inPage();
    for (const { asked, resolve, reject } of waiting.values()) asker(asked).then(resolve, reject);
    waiting.clear();
  });
  return (asked) => new Promise((resolve, reject) => {
    const id = ++last;
    waiting.set(id, { asked, resolve, reject });
    worker.postMessage({ id, ...asked });
  });
}

const ask = (asked) => (asker ??= start())({ base, ...asked });

/** Results for a query, see `search` in engine.js. */
export const find = (query, options = {}) => ask({ type: "search", query, options });
/** Best section and excerpt of results of a query. */
export const details = (results, words) => ask({ type: "details", results, words });
/** Fetches what every query needs. */
export const warm = () => ask({ type: "warm" });
