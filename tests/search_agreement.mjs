// The browser's search and `tier0 search` must give the same results, in the same order, for the
// same question. Asked here: the titles and headings of tier0's own help centre, whole and in
// part, in both languages.
//
//   TIER0=target/debug/tier0 node --test tests/search_agreement.mjs

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openIndex, search } from "../themes/default/assets/js/search/engine.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const tier0 = resolve(root, process.env.TIER0 ?? "target/debug/tier0");
const output = mkdtempSync(join(tmpdir(), "tier0-search-"));
const LIMIT = 10;

before(() => execFileSync(tier0, ["build", "--quiet", "--edition", "internal", "--output", join(output, "site")], { cwd: root, stdio: "inherit" }));
after(() => rmSync(output, { recursive: true }));

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

const hit = ({ url, title, kind, anchor, heading }) => ({ url, title, kind, anchor: anchor || null, heading: heading || null });

for (const [language, suffix, extra] of [
  ["en", ".md", ["broken-link", "BROKEN-LINK", "nginx 404", "serach", "page is missing", "utf8", "c++", "“quotes”", "  "]],
  ["zh", ".zh.md", ["broken-link", "搜索", "搜", "找不到页面", "nginx配置", "ＮＧＩＮＸ", "鏈接", "错误码", "怎么发布网站？"]],
]) {
  const whole = phrases(suffix, 4);
  for (const query of [...extra, ...whole, ...whole.filter((_, i) => i % 3 === 0).map(begun)]) {
    test(`${language}: ${query}`, () => {
      const index = openIndex(JSON.parse(readFileSync(join(output, "site/search", language, "index.json"), "utf8")));
      const inBrowser = search(index, query, { limit: LIMIT }).results.map(hit);
      const lines = execFileSync(
        tier0,
        ["search", "--format", "json", "--lang", language, "--limit", String(LIMIT), "--output", join(output, "site"), "--", query],
        { cwd: root, encoding: "utf8" },
      );
      const inTerminal = lines.split("\n").filter(Boolean).map((line) => hit(JSON.parse(line)));
      assert.deepEqual(inBrowser, inTerminal);
      if (whole.includes(query)) assert.ok(inBrowser.length > 0, "a phrase of the help centre finds nothing");
    });
  }
}
