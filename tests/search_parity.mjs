// The browser's search, run in Node, to compare it with `tier0 search`.
//
//   node tests/search_parity.mjs INDEX.json QUERIES.jsonl   results as JSON lines
//   node tests/search_parity.mjs                            golden vectors and hostile queries
//
// A line of results is {"id", "results": [[url, score, anchor, heading], …]}.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { excerpt, openIndex, search } from "../themes/default/assets/js/search/engine.js";
import { tokenize } from "../themes/default/assets/js/search/tokenize.js";

const [indexFile, queriesFile] = process.argv.slice(2);
if (indexFile) answer(indexFile, queriesFile);
else check();

function answer(indexPath, queriesPath) {
  const index = openIndex(JSON.parse(readFileSync(indexPath, "utf8")));
  for (const line of readFileSync(queriesPath, "utf8").split("\n").filter(Boolean)) {
    const { id, query } = JSON.parse(line);
    const { results } = search(index, query);
    const rows = results.map((hit) => [hit.url, hit.score, hit.anchor, hit.heading]);
    process.stdout.write(`${JSON.stringify({ id, results: rows })}\n`);
  }
}

function check() {
  const vectors = JSON.parse(readFileSync(new URL("golden/tokenize.json", import.meta.url), "utf8"));
  for (const { text, field, terms } of vectors) {
    assert.deepEqual(tokenize(text, field === "title").map(({ term }) => term), terms, text);
  }
  const index = openIndex({
    format: 1,
    language: "en",
    kinds: ["article"],
    pages: [["a/", "__proto__ and constructor", 0, "重启路由器", ["", "", "s", "Section"]]],
    terms: "__proto__ constructor 路由",
    postings: "!! !! !Q",
  });
  const hostile = [
    "", " ", "\0\x07", "__proto__", "constructor", "\ud800", "a\udc00b", "<img src=x onerror=alert(1)>",
    "😀👩‍👩‍👧", "שלום", "!?.,;'\"()[]{}", "路".repeat(10_000), "a ".repeat(10_000), "x".repeat(10_000), "-._'+#".repeat(2_000),
  ];
  for (const query of hostile) {
    const { results } = search(index, query);
    for (const hit of results) {
      assert.equal(excerpt(hit.title, hit.terms).map(({ text }) => text).join(""), hit.title);
    }
    assert.equal(excerpt(query, ["路由", "a"]).map(({ text }) => text).join(""), query);
  }
  assert.equal(search(index, "constructor").results.length, 1);
  assert.equal(search(index, "路由").results[0].anchor, "s");
  assert.deepEqual(excerpt("重启路由器", ["路由"]), [
    { text: "重启", mark: false },
    { text: "路由", mark: true },
    { text: "器", mark: false },
  ]);
  console.log(`${vectors.length} golden vectors and ${hostile.length} hostile queries: fine`);
}
