// Every benchmark still runs: on a small site, for one round. What it measures there says nothing; that it measures does.
//
//   TIER0=target/debug/tier0 node --test tests/benchmarks.test.mjs

import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const shared = resolve(root, "../shared");
const tier0 = resolve(root, process.env.TIER0 ?? "target/debug/tier0");
const work = mkdtempSync(join(tmpdir(), "tier0-benchmarks-"));
after(() => rmSync(work, { recursive: true, force: true }));

const put = (name, text) => {
  mkdirSync(dirname(join(work, name)), { recursive: true });
  writeFileSync(join(work, name), text);
};
const site = join(work, "site");
const WORDS = "reset password page blank update refund bank order email 忘记密码 更新后页面 退款 到账".split(" ");
put("site/tier0.toml", '[site]\ntitle = "Small"\n');
for (let page = 0; page < 12; page += 1) {
  const paragraphs = Array.from({ length: 12 }, (_, i) => `${WORDS[(page + i) % WORDS.length]} ${WORDS[(page * i) % WORDS.length]} again.`);
  paragraphs.splice(6, 0, "## Then");
  put(`site/content/part-${page % 3}/page-${page}.md`, `---\ntitle: How to ${WORDS[page % WORDS.length]} ${page}\n---\n\n${paragraphs.join("\n\n")}\n`);
}

const noPython = spawnSync("python3", ["--version"]).status !== 0 && "there is no python3";
const noBrowser =
  (!existsSync(process.env.CHROMIUM || "/usr/bin/chromium") && "there is no Chromium") ||
  (!existsSync(join(root, "tests/browser/node_modules/playwright-core")) && "the packages of tests/browser are not installed");

/** Runs a benchmark to its end; what it printed. */
async function run(program, ...given) {
  const { stdout } = await promisify(execFile)(program, given, { cwd: root, timeout: 180_000, env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" } });
  return stdout;
}

/** The lines of a markdown table, without its head. */
const rows = (text) => text.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| ---")).slice(1);

test("build.py", { skip: noPython }, async () => {
  const alone = await run("python3", "benches/build.py", site, "--tier0", tier0, "--runs", "1", "--peer", "no-such-generator --quiet");
  assert.match(alone, /^tier0 +\d+\.\d\d s wall .* s cpu .* MB peak/m);
  assert.match(alone, /^peer skipped: no-such-generator/m);
  const beside = await run("python3", "benches/build.py", site, "--tier0", tier0, "--runs", "1", "--peer", `ls ${site}`);
  assert.match(beside, /^peer +\d/m);
  assert.match(beside, /of the peer's wall time/);
});

test("preview.mjs", { skip: noBrowser }, async () => {
  const printed = await run(process.execPath, "benches/preview.mjs", site, "--tier0", tier0, "--edits", "1");
  for (const kind of ["body", "title", "template", "css"]) assert.match(printed, new RegExp(`^ +${kind}( +[-\\d.]+ / [-\\d.]+ / [-\\d.]+){7}$`, "m"), printed);
  assert.match(printed, /^site: 12 pages/);
  assert.match(printed, /^memory of the preview: \d+ MB$/m);
});

test("preview_memory.py", { skip: noPython }, async () => {
  // Twenty builds have one of each kind.
  const printed = await run("python3", "benches/preview_memory.py", tier0, "20", "20");
  assert.match(printed, /^ +0 +\d+$/m);
  assert.match(printed, /^ +10 +\d+$/m);
});

test("search_budget.mjs", { skip: noBrowser }, async () => {
  const printed = await run(process.execPath, "benches/search_budget.mjs", site, "--tier0", tier0, "--runs", "1", "--queries", "1");
  const table = rows(printed);
  assert.equal(table.length, 17, printed);
  for (const name of ["cold, kB gzipped", "further query, kB gzipped", "ms in the worker, p95"]) {
    assert.match(table.find((row) => row.includes(name)), /\| [\d.]+( \([\d.]+\))? \| [\d.]+( \([\d.]+\))? \|$/, name);
  }
});

const judge = "bench/relevance";
const noCorpora = !existsSync(join(shared, judge)) && "the corpora are not beside the repository";

test("relevance.py", { skip: noPython || noCorpora }, async () => {
  // A few pages, and the questions that they answer or that nothing answers.
  for (const name of ["judge.py", "BASELINES.md"]) cpSync(join(shared, judge, name), join(work, judge, name));
  for (const corpus of ["magento-en", "commerce-zh"]) {
    const queries = readFileSync(join(shared, judge, "queries", `${corpus}.jsonl`), "utf8").trim().split("\n").map((line) => JSON.parse(line));
    const classes = Map.groupBy?.(queries, (query) => query.class) ?? queries.reduce((all, query) => all.set(query.class, [...(all.get(query.class) ?? []), query]), new Map());
    const few = [...classes.values()].flatMap((all) => all.slice(0, 2));
    put(join(judge, "queries", `${corpus}.jsonl`), few.map((query) => `${JSON.stringify(query)}\n`).join(""));
    for (const path of new Set(few.flatMap((query) => query.relevant))) put(join("corpora", corpus, path), readFileSync(join(shared, "corpora", corpus, path), "utf8"));
  }
  const printed = await run("python3", "benches/relevance.py", "--shared", work, "--tier0", tier0);
  assert.deepEqual(printed.match(/^## .*/gm), ["## magento-en", "## commerce-zh"]);
  assert.match(printed, /^\| title \| 2 \| [\d.]+ \[/m);
  assert.match(printed, /^\| mean of classes \|/m);
  const without = await run("python3", "benches/relevance.py", "--shared", work, "--tier0", tier0, "--without-descriptions");
  assert.match(without, /^\| description \| 2 \|/m);
});

test("no benchmark is forgotten", () => {
  const scripts = readdirSync(join(root, "benches")).filter((name) => /\.(py|mjs)$/.test(name));
  const here = readFileSync(fileURLToPath(import.meta.url), "utf8");
  for (const name of scripts) assert.ok(here.includes(`test("${name}"`), name);
});
