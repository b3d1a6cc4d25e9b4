// The browser's search, run in Node, to compare it with `tier0 search`.
//
//   node tests/search_parity.mjs FOLDER QUERIES.jsonl   urls of results as JSON lines
//   node tests/search_parity.mjs                        golden vectors and hostile queries
//
// FOLDER holds the index of one language.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { details, openIndex, search } from "../themes/default/assets/js/search/engine.js";
import { marked, place } from "../themes/default/assets/js/search/excerpt.js";
import { tokenize } from "../themes/default/assets/js/search/tokenize.js";

const [folder, queriesFile] = process.argv.slice(2);
if (folder) await answer(folder, queriesFile);
else await check();

async function answer(indexFolder, queriesPath) {
  const index = await openIndex(async (name) => JSON.parse(readFileSync(join(indexFolder, name), "utf8")));
  for (const line of readFileSync(queriesPath, "utf8").split("\n").filter(Boolean)) {
    const { id, query } = JSON.parse(line);
    const { results } = await search(index, query);
    process.stdout.write(`${JSON.stringify({ id, results: results.map(({ url }) => url) })}\n`);
  }
}

async function check() {
  const vectors = JSON.parse(readFileSync(new URL("golden/tokenize.json", import.meta.url), "utf8"));
  for (const { text, terms } of vectors) {
    assert.deepEqual(tokenize(text).map(({ term }) => term), terms, text);
  }
  const excerpts = JSON.parse(readFileSync(new URL("golden/excerpts.json", import.meta.url), "utf8"));
  for (const { about, title, sections, words: asked, ...expected } of excerpts) {
    const { excerpt, ...led } = place(title, sections, asked.map(([value, ...terms]) => ({ value, terms })));
    assert.deepEqual({ ...led, excerpt: excerpt.map(({ text, mark }) => (mark ? [text, true] : [text])) }, expected, about);
  }
  const files = {
    "manifest.json": {
      format: 3,
      language: "zh",
      pages: 1,
      kinds: ["article"],
      first: "",
      terms: "",
      docs: "",
      facets: "abcd",
      fuzzy: { c: "efgh" },
      inline: {
        terms: [{ terms: "__proto__,constructor,路由", lists: "1! 1! !!" }],
        docs: [{ docs: [["a/", "__proto__ and constructor", 0, 0]], text: ["0-ijkl"] }],
      },
    },
    "facets-abcd.json": { kind: { values: [["article", "article"]], sets: [[0]], pages: "!" } },
    "fuzzy/c-efgh.json": { words: "constructor" },
    "text/0-ijkl.json": { first: 0, pages: [[["", "", "重启"], ["s", "Section", "重启路由器"]]] },
  };
  const index = await openIndex(async (name) => files[name]);
  const hostile = [
    "", " ", "\0\x07", "__proto__", "constructor", "\ud800", "a\udc00b", "<img src=x onerror=alert(1)>",
    "😀👩‍👩‍👧", "שלום", "!?.,;'\"()[]{}", "路".repeat(10_000), "a ".repeat(10_000), "x".repeat(10_000), "-._'+#".repeat(2_000),
  ];
  for (const query of hostile) {
    const { results, words } = await search(index, query);
    for (const { title, marked: pieces } of results) assert.equal(pieces.map(({ text }) => text).join(""), title);
    await details(index, results, words);
    const some = [{ value: 1, terms: ["路由", "a"] }];
    assert.equal(marked(query, some).map(({ text }) => text).join(""), Array.from(query).join(""));
  }
  assert.equal((await search(index, "constructor")).results.length, 1);
  assert.equal((await search(index, "construtcor")).suggestion, "constructor");
  assert.equal((await search(index, "路由", { filters: { kind: "faq" } })).total, 0);
  const { results, words } = await search(index, "路由");
  assert.deepEqual(await details(index, results, words), [
    {
      anchor: "s",
      heading: "Section",
      excerpt: [
        { text: "重启", mark: false },
        { text: "路由", mark: true },
        { text: "器", mark: false },
      ],
    },
  ]);
  await checkRetry(files);
  console.log(`${vectors.length + excerpts.length} golden vectors and ${hostile.length} hostile queries: fine`);
}

/** After a deploy a manifest from the cache names files that are gone. */
async function checkRetry(files) {
  const asked = [];
  let isGone = false;
  const { inline, ...manifest } = files["manifest.json"];
  const published = { ...manifest, terms: "new", docs: "new" };
  const served = new Map([["terms-new/0.json", inline.terms[0]], ["docs-new/0.json", inline.docs[0]]]);
  globalThis.fetch = async (url, { cache }) => {
    const name = url.replace("https://x/", "");
    asked.push(name);
    const cached = { ...published, terms: "old", docs: "old" };
    const file = name === "manifest.json" ? (cache === "reload" ? published : cached) : served.get(name);
    if (!file || isGone) return { ok: false, status: 404 };
    return { ok: true, status: 200, text: async () => JSON.stringify(file) };
  };
  const { answer: ask } = await import("../themes/default/assets/js/search/worker.js");
  const query = { type: "search", base: "https://x/", query: "constructor", options: {} };
  assert.equal((await ask(query)).results.length, 1);
  assert.deepEqual(asked, ["manifest.json", "terms-old/0.json", "manifest.json", "terms-new/0.json", "docs-new/0.json"]);
  await assert.rejects(ask({ ...query, options: { filters: { kind: "faq" } } }), { kind: "stale" });
  isGone = true;
  await assert.rejects(ask({ ...query, base: "https://x/other/" }), { kind: "stale" });
  globalThis.fetch = async () => Promise.reject(new TypeError("Failed to fetch"));
  await assert.rejects(ask({ ...query, base: "https://x/third/" }), { kind: "network" });
}
