// The browser's search and `tier0 search` must give the same results, in the same order, for the
// same question. Asked here: the titles and headings of tier0's own help centre, whole and in
// part, in both languages; and the query sets of the two corpora beside the repository. The browser's
// search as a build ships it, in a bundle, must say the same as its sources.
//
// One `tier0 search --batch` answers for the pages of all questions. What it does not tell (headings,
// anchors, excerpts, weak matches, questions of one page) is compared for some of them, one program each;
// TIER0_LONG compares that for all, and asks for more articles.
//
//   TIER0=target/debug/tier0 node --test tests/search_agreement.mjs

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { details, openIndex, search } from "../themes/default/assets/js/search/engine.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const shared = resolve(root, "../shared");
const tier0 = resolve(root, process.env.TIER0 ?? "target/debug/tier0");
const output = mkdtempSync(join(tmpdir(), "tier0-search-"));
const LIMIT = 10;
const IS_LONG = Boolean(process.env.TIER0_LONG);
// Bytes of scripts, compressed: of each page, of a search beside them, of the marks on what it found.
const BUDGETS = [[["theme", "main"], 7_050], [["ui", "worker"], 12_450], [["marks"], 4_250]];
const SCRIPTS = join(output, "site/assets/js");

before(() => execFileSync(tier0, ["build", "--quiet", "--edition", "internal", "--output", join(output, "site")], { cwd: root, stdio: "inherit" }));
after(() => rmSync(output, { recursive: true }));

/** Pages that `tier0 search --batch` finds on a site, by the id of the question. */
function batch(site, asked) {
  const input = asked.map((one) => `${JSON.stringify(one)}\n`).join("");
  const answers = execFileSync(tier0, ["search", "--site", join(output, site), "--batch"], { input, encoding: "utf8", maxBuffer: 1e8 });
  return new Map(answers.trim().split("\n").map((line) => JSON.parse(line)).map(({ id, results }) => [id, results]));
}

/** The source of each page of a site, by its address. */
const sourcesOf = (site, language) => JSON.parse(readFileSync(join(output, `.${site}.tier0.json`), "utf8"))[language];

const open = (site, language) =>
  openIndex(async (name) => JSON.parse(readFileSync(join(output, site, "search", language, name), "utf8")));

const shipped = (name) => readdirSync(SCRIPTS).find((file) => file.startsWith(`${name}.`));

/** Asks the worker of the built site. */
async function askShipped(language, asked) {
  globalThis.fetch = async (url) => {
    const path = join(output, "site", new URL(url).pathname);
    return { ok: existsSync(path), status: 404, text: async () => readFileSync(path, "utf8") };
  };
  await import(pathToFileURL(join(SCRIPTS, shipped("worker"))));
  return globalThis.t0_worker.answer({ base: `https://x/search/${language}/`, ...asked });
}

/** Titles and headings of every n-th article. */
function phrases(suffix, every) {
  const files = readdirSync(join(root, "content"), { recursive: true })
    .filter((name) => name.endsWith(".md") && name.endsWith(".zh.md") === (suffix === ".zh.md"))
    .sort();
  return files
    .filter((_, i) => i % every === 0)
    .flatMap((name) => {
      const text = readFileSync(join(root, "content", name), "utf8");
      const title = /^title: *(.+)$/m.exec(text)?.[1].replaceAll('"', "");
      const heading = /^## +(.+)$/m.exec(text)?.[1].replace(/\{#.*\}/, "").replaceAll("`", "");
      return [title, heading].filter(Boolean);
    });
}

/** A question as people type it: half a phrase, with the last word not yet typed out. */
const begun = (phrase) => phrase.slice(0, Math.ceil(phrase.length * 0.6));

const hit = ({ url, title, kind, anchor, heading, excerpt, weak }) => ({ url, title, kind, anchor, heading, excerpt, weak });

/** What the terminal shows of an excerpt: its text, without the marks. */
const plain = ({ excerpt, ...place }) => ({ ...place, excerpt: excerpt.map(({ text }) => text).join("") });

/** A text as somebody pastes it who has read the page: its first words, or characters. */
function pasted(name, length) {
  const text = readFileSync(join(root, "content", name), "utf8").replace(/^---\n.*?\n---\n/s, "");
  const words = text.match(name.endsWith(".zh.md") ? /\p{Script=Han}/gu : /[A-Za-z]{3,}/g);
  return words.slice(0, length).join(name.endsWith(".zh.md") ? "" : " ");
}

for (const [language, suffix, extra] of [
  ["en", ".md", ["broken-link", "BROKEN-LINK", "nginx 404", "serach", "page is missing", "utf8", "c++", "“quotes”", "  ", ...[45, 90, 200].map((length) => pasted("write/markdown.md", length))]],
  ["zh", ".zh.md", ["broken-link", "搜索", "搜", "找不到页面", "nginx配置", "ＮＧＩＮＸ", "鏈接", "错误码", "怎么发布网站？", "怎麼發佈網站"]],
]) {
  const whole = phrases(suffix, IS_LONG ? 1 : 4);
  const queries = [...new Set([...extra, ...whole, ...whole.filter((_, i) => i % 3 === 0).map(begun)])];
  let inBatch;
  for (const [at, query] of queries.entries()) {
    test(`${language}: ${query}`, async () => {
      inBatch ??= batch("site", queries.map((query, id) => ({ id, lang: language, query })));
      const index = await open("site", language);
      const { results, words } = await search(index, query, { limit: LIMIT });
      const places = await details(index, results, words);
      const found = await askShipped(language, { type: "search", query, options: { limit: LIMIT } });
      assert.deepEqual([found.results, found.words], [results, words], "as shipped");
      assert.deepEqual(await askShipped(language, { type: "details", results, words }), places, "as shipped");
      const sources = sourcesOf("site", language);
      assert.deepEqual([...new Set(results.map(({ url }) => sources[url]))], inBatch.get(at), "in a batch");
      if (whole.includes(query)) assert.ok(results.length > 0, "a phrase of the help centre finds nothing");
      if (!IS_LONG && !extra.includes(query) && at % 4 !== 0) return;
      const inBrowser = results.map((result, at) => hit({ ...result, ...plain(places[at]) }));
      const lines = execFileSync(
        tier0,
        ["search", "--json", "--lang", language, "--limit", String(LIMIT), "--site", join(output, "site"), "--", query],
        { cwd: root, encoding: "utf8" },
      );
      const inTerminal = lines.split("\n").filter(Boolean).map((line) => hit(JSON.parse(line)));
      assert.deepEqual(inBrowser, inTerminal);
    });
  }
}

for (const [names, budget] of BUDGETS) {
  test(`${names.join(" and ")} take at most ${budget} bytes`, () => {
    const sizes = names.map((name) => gzipSync(readFileSync(join(SCRIPTS, shipped(name))), { level: 9 }).length);
    assert.ok(sizes.reduce((all, size) => all + size, 0) <= budget, `${sizes}`);
  });
}

for (const [corpus, language] of [["magento-en", "en"], ["commerce-zh", "zh"]]) {
  const queries = join(shared, "bench/relevance/queries", `${corpus}.jsonl`);
  const skip = !existsSync(queries) && "the corpora are not beside the repository";
  test(`all queries of ${corpus}`, { skip }, async () => {
    const site = join(output, corpus);
    execFileSync(tier0, ["build", join(shared, "corpora", corpus), "--quiet", "--config", join(root, "tests/corpora", `${corpus}.toml`), "--output", site], { stdio: "inherit" });
    const sources = sourcesOf(corpus, language);
    const index = await open(corpus, language);
    const asked = readFileSync(queries, "utf8").trim().split("\n").map((line) => JSON.parse(line));
    const every = IS_LONG ? 1 : 4;
    const some = asked.filter((_, i) => i % every === 0).map(({ id, lang, query }) => ({ id, lang, query }));
    const inTerminal = batch(corpus, some);
    for (const { id, query } of some) {
      const { results } = await search(index, query, { limit: LIMIT });
      assert.deepEqual(results.map(({ url }) => sources[url]), inTerminal.get(id), `${id}: ${query}`);
    }
  });
}
