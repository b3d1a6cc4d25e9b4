// Budgets of the search, measured in Chromium: what one pays for the first result, and for the next.
//
//   cargo build --release
//   (cd tests/browser && npm ci)          # playwright-core, which drives an installed Chromium
//   node benches/search_budget.mjs CORPUS [--site DIST] [--tier0 PROGRAM] [--runs N] [--queries N]
//
// CORPUS is a folder that tier0 can build, for the figures of benches/search.md the 10,000 pages of
// `../shared/bench/build/corpus.py ../shared/corpora CORPUS --pages 10000`. --site takes a site that
// is built already; --queries asks only the first of each language. CHROMIUM names the browser, if it is not /usr/bin/chromium.
//
// A site is served on 127.0.0.1. A fresh browser context opens an article, presses `/` and enters a
// query at once, as if pasted; everything the search fetches counts until the first result shows.
// Bytes are those of bodies. A chain is the longest row of requests of which each began when the one
// before had ended. A further query is the next of the list, in the same dialog, and counts apart.
//
// Slow 4G is Lighthouse's: 1.6 Mbit/s, 150 ms for each request (twice for the first of a connection),
// and a processor slowed by 4. The server does the first two, since Chromium spares workers; the
// third is Chromium's, and spares workers too. No TLS, HTTP/1.1 with six connections.
//
// The time in the worker is that of a message and its answer, all files being there.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "../tests/browser/node_modules/playwright-core/index.mjs";
import { ask, enter, isExcerpt, longestChain, serveMeasured, someArticle, sum, watch } from "../tests/browser/measure.mjs";

const QUERIES = {
  English: [
    "how do I reset my password",
    "the page stays blank after the update",
    "refund not showing on my bank statement",
    "cannot log in to the admin panel",
    "order confirmation email not sent",
    "how to cancel a subscription",
    "checkout is very slow",
    "error 404 when opening a product",
    "import of customers fails",
    "where do I find my invoice",
  ],
  Chinese: [
    "忘记密码怎么办",
    "更新后页面空白",
    "退款什么时候到账",
    "无法登录后台",
    "没有收到订单确认邮件",
    "如何取消订阅",
    "结账页面很慢",
    "打开商品时出现404错误",
    "导入客户数据失败",
    "在哪里查看发票",
  ],
};
const SLOW = { latency: 150, rate: 1_600_000 / 8 };
const LETTER = 120;
// The dialog asks for excerpts a moment after it shows results.
const PAUSE = 400;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    site: { type: "string" },
    tier0: { type: "string", default: fileURLToPath(new URL("../target/release/tier0", import.meta.url)) },
    runs: { type: "string", default: "3" },
    queries: { type: "string", default: "10" },
  },
});
const runs = Number(values.runs);
for (const language of Object.keys(QUERIES)) QUERIES[language].splice(Number(values.queries));
const site = values.site ?? build(positionals[0]);
const article = someArticle(site);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

function build(corpus) {
  const folder = mkdtempSync(join(tmpdir(), "tier0-budget-"));
  process.on("exit", () => rmSync(folder, { recursive: true }));
  const output = join(folder, "site");
  execFileSync(values.tier0, ["build", corpus, "--output", output, "--quiet"], { stdio: "inherit" });
  return output;
}

/** One visit with one query and a further one. */
async function visit(server, query, next, { slow = false, delay } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const requests = watch(page);
  await page.goto(server.url + article);
  await page.waitForLoadState("networkidle");
  if (slow) await (await context.newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const asked = async (how, text) => {
    const [from, begun] = [server.log.length, requests.length];
    const time = await how(page, text, delay);
    const log = server.log.slice(from);
    const chain = longestChain(requests.slice(begun), log.filter((one) => !isExcerpt(one)));
    do await page.waitForTimeout(PAUSE);
    while (server.busy());
    const all = server.log.slice(from);
    return { time, ...sum(log.filter((one) => !isExcerpt(one))), excerpts: sum(all.filter(isExcerpt)), chain };
  };
  const cold = await asked(ask, query);
  const further = next && (await asked(enter, next));
  await context.close();
  return { cold, further };
}

/** All queries of a language, each `times`: `{ cold: […], further: […] }`. */
async function visits(language, link, gzip, times, delay) {
  const server = await serveMeasured(site, { gzip, link });
  const all = { cold: [], further: [] };
  const queries = QUERIES[language];
  for (const [at, query] of queries.entries()) {
    const next = delay ? undefined : queries[(at + 1) % queries.length];
    for (let run = 0; run < times; run += 1) {
      const { cold, further } = await visit(server, query, next, { slow: Boolean(link), delay });
      all.cold.push(cold);
      if (further) all.further.push(further);
    }
  }
  server.close();
  console.error(`${language}: ${link ? "slow 4G" : "no slowing"}, ${gzip ? "gzip" : "no gzip"}${delay ? ", letter by letter" : ""}`);
  return all;
}

/** Milliseconds of queries in the worker, as they are typed: each in ten lengths. */
async function inWorker(language) {
  const server = await serveMeasured(site, { gzip: true });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.url + article);
  await ask(page, QUERIES[language][0]);
  const script = `/${server.log.find(({ path }) => /js\/worker\.[^/]*js$/.test(path)).path}`;
  const typed = QUERIES[language].flatMap((query) => Array.from({ length: 10 }, (_, i) => query.slice(0, Math.ceil((query.length * (i + 1)) / 10))));
  const times = await page.evaluate(async ([script, typed, runs]) => {
    const base = new URL(".", new URL(document.documentElement.dataset.searchIndex, document.baseURI)).href;
    const worker = new Worker(script);
    const find = (query, options) =>
      new Promise((resolve, reject) => {
        worker.onerror = () => reject(new Error(`${script} does not run`));
        worker.onmessage = ({ data }) => (data.ok ? resolve(data.ok) : reject(new Error(`${query}: ${data.error.kind}`)));
        worker.postMessage({ id: 0, type: "search", base, query, options });
      });
    for (const query of typed) await find(query, { limit: 8 });
    const times = [];
    for (let run = 0; run < runs; run += 1) {
      for (const query of typed) {
        const start = performance.now();
        await find(query, { limit: 8 });
        times.push(performance.now() - start);
      }
    }
    return times;
  }, [script, typed, Math.max(2, runs)]);
  await context.close();
  server.close();
  return times;
}

const quantile = (numbers, part) => [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))];
const show = (numbers, digits = 0) => `${quantile(numbers, 0.5).toFixed(digits)} (${Math.max(...numbers).toFixed(digits)})`;
const kilo = (numbers) => show(numbers.map((n) => n / 1000), 1);
const every = (some, what) => some.map(what);

const files = readdirSync(join(site, "search"), { recursive: true, withFileTypes: true }).filter((file) => file.isFile() && file.name.endsWith(".json"));
const pages = readdirSync(site, { recursive: true }).filter((name) => name.endsWith("index.html")).length;
const columns = [];
for (const language of Object.keys(QUERIES)) {
  const fast = await visits(language, undefined, true, runs);
  const slow = await visits(language, SLOW, true, runs);
  const plain = await visits(language, SLOW, false, runs);
  const typed = await visits(language, undefined, true, 1, LETTER);
  const times = await inWorker(language);
  const { cold, further } = fast;
  columns.push([
    ["cold, kB gzipped, JavaScript included", "60", kilo(cold.map((one) => one.encoded))],
    ["cold, kB not compressed", "", kilo(cold.map((one) => one.raw))],
    ["cold, requests", "", show(cold.map((one) => one.requests))],
    ["cold, longest chain", "3", show([...cold, ...slow.cold, ...plain.cold].map((one) => one.chain.length))],
    ["its excerpts, kB gzipped, after the first result", "", kilo(cold.map((one) => one.excerpts.encoded))],
    ["cold, typed letter by letter, kB gzipped", "", kilo(typed.cold.map((one) => one.encoded))],
    ["further query, kB gzipped", "30", kilo(further.map((one) => one.encoded))],
    ["further query, requests", "", show(further.map((one) => one.requests))],
    ["its excerpts, kB gzipped", "", kilo(further.map((one) => one.excerpts.encoded))],
    ["ms to the first result, no slowing", "", show(fast.cold.map((one) => one.time))],
    ["the same, further query", "", show(fast.further.map((one) => one.time))],
    ["ms to the first result, slow 4G, gzip", "", show(slow.cold.map((one) => one.time))],
    ["the same, further query", "", show(slow.further.map((one) => one.time))],
    ["ms to the first result, slow 4G, no gzip", "", show(plain.cold.map((one) => one.time))],
    ["ms in the worker, p50", "", quantile(times, 0.5).toFixed(1)],
    ["ms in the worker, p95", "10", quantile(times, 0.95).toFixed(1)],
  ]);
}
await browser.close();

console.log(`Median of the queries, in brackets the most; ${runs} runs for times.\n`);
console.log(`| measure | budget | ${Object.keys(QUERIES).join(" | ")} |\n| --- | --- | --- | --- |`);
columns[0].forEach(([name, budget], row) => console.log(`| ${name} | ${budget} | ${columns.map((column) => column[row][2]).join(" | ")} |`));
console.log(`| files of the index, ${pages} pages | ${Math.floor(pages / 3)} | ${files.length} | |`);
