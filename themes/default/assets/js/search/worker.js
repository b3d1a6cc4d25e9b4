// Answers client.js, in a worker or in the page; tries once more when files do not fit together.
import { details, fail, openIndex, search } from "./engine.js";

const indexes = new Map(); // promises by base

const open = (base, fresh) => {
  const index = openIndex((name, options) => fetchJson(base + name, options.fresh), fresh);
  indexes.set(base, index);
  index.catch(() => indexes.get(base) === index && indexes.delete(base));
  return index;
};

async function fetchJson(url, fresh) {
  const noNetwork = () => fail("network");
  const response = await fetch(url, { cache: fresh ? "reload" : "default" }).catch(noNetwork);
  if (!response.ok) fail(response.status === 404 ? "stale" : "network");
  const text = await response.text().catch(noNetwork);
  try {
    return JSON.parse(text);
  } catch {
    fail("stale");
  }
}

const TASKS = {
  search: (index, { query, options }) => search(index, query, options),
  details: (index, { results, words }) => details(index, results, words),
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
      fail(again.kind === "network" ? again.kind : "stale");
    }
  }
}

// In: `{ id, type, base, … }`; out: `{ id, ok }` or `{ id, error: { kind } }`.
if (globalThis.WorkerGlobalScope) {
  addEventListener("message", async ({ data: { id, ...asked } }) => {
    try {
      postMessage({ id, ok: await answer(asked) });
    } catch ({ kind = "corrupt" }) {
      postMessage({ id, error: { kind } });
    }
  });
}
