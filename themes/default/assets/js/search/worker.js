// Answers client.js, in a worker or in the page; tries once more when files do not fit together.
import { details, facets, failure, openIndex, search } from "./engine.js";

const indexes = new Map(); // promises by base

const open = (base, fresh) => {
  const index = openIndex((name, options) => fetchJson(base + name, options.fresh), fresh);
  indexes.set(base, index);
  index.catch(() => indexes.get(base) === index && indexes.delete(base));
  return index;
};

async function fetchJson(url, fresh) {
  const response = await fetch(url, { cache: fresh ? "reload" : "default" }).catch((error) => {
    throw failure("network", error.message);
  });
  if (response.status === 404) throw failure("stale", `${url}: 404`);
  if (!response.ok) throw failure("network", `${url}: ${response.status}`);
  const text = await response.text().catch((error) => {
    throw failure("network", error.message);
  });
  try {
    return JSON.parse(text);
  } catch {
    throw failure("stale", `${url}: not JSON`);
  }
}

const TASKS = {
  search: (index, { query, options }) => search(index, query, options),
  details: (index, { results, words }) => details(index, results, words),
  facets,
  warm: () => true,
};

export async function answer(asked) {
  const { type, base } = asked;
  const run = async (index) => TASKS[type](await index, asked);
  try {
    return await run(indexes.get(base) ?? open(base, false));
  } catch (error) {
    // After a deploy an old manifest names files that are gone.
    if (error.kind === "network") throw error;
    try {
      return await run(open(base, true));
    } catch (again) {
      throw again.kind === "network" ? again : failure("stale", again.message);
    }
  }
}

// In: `{ id, type, base, … }`; out: `{ id, ok }` or `{ id, error: { kind, message } }`.
if (globalThis.WorkerGlobalScope) {
  addEventListener("message", async ({ data: { id, ...asked } }) => {
    try {
      postMessage({ id, ok: await answer(asked) });
    } catch ({ kind = "corrupt", message }) {
      postMessage({ id, error: { kind, message } });
    }
  });
}
