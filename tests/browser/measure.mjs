// What a search costs: bytes, requests, steps. For the test of the budgets and benches/search_budget.mjs.

import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", json: "application/json", svg: "image/svg+xml" };

/**
 * Serves a folder and writes down every answer: `log` has `{ path, raw, encoded }` in bytes, without headers.
 * `busy()`: whether answers are under way. `link: { latency, rate }` in ms and bytes per second slows all down; a new
 * connection takes one turn more, and answers share the rate. It is done here because the browser's own emulation leaves
 * workers out.
 */
export async function serveMeasured(folder, { gzip = false, link } = {}) {
  const log = [];
  const met = new WeakSet();
  let free = 0;
  let open = 0;
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname).slice(1);
    const file = join(folder, path.endsWith("/") || !path ? `${path}index.html` : path);
    const found = existsSync(file) && !path.includes("..");
    const raw = found ? readFileSync(file) : Buffer.alloc(0);
    const body = gzip ? gzipSync(raw, { level: 6 }) : raw;
    log.push({ path, raw: raw.length, encoded: body.length });
    open += 1;
    response.on("close", () => (open -= 1));
    const send = () => {
      // As on GitHub Pages.
      response.writeHead(found ? 200 : 404, { "content-type": TYPES[file.split(".").pop()] ?? "application/octet-stream", "cache-control": "max-age=600", ...(gzip && { "content-encoding": "gzip" }) });
      response.end(body);
    };
    if (!link) return send();
    const turns = met.has(request.socket) ? 1 : 2;
    met.add(request.socket);
    const begin = Math.max(free, Date.now() + turns * link.latency);
    free = begin + (body.length * 1000) / link.rate;
    setTimeout(send, free - Date.now());
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, log, close, busy: () => open > 0 };
}

/** The requests of a page and its workers, in the order in which they begin and end. */
export function watch(page) {
  const all = [];
  let clock = 0;
  const of = new Map();
  page.on("request", (request) => {
    const one = { path: decodeURIComponent(new URL(request.url()).pathname).slice(1), start: (clock += 1), end: Infinity };
    all.push(one);
    of.set(request, one);
  });
  const ended = (request) => (of.get(request).end = clock += 1);
  page.on("requestfinished", ended);
  page.on("requestfailed", ended);
  return all;
}

/**
 * The longest row of requests of which each began when the one before had ended. `log`: what reached the server; a path
 * that is asked for again came from the browser's cache.
 */
export function longestChain(requests, log) {
  const left = new Set(log.map(({ path }) => path));
  const chains = [];
  for (const one of requests) {
    if (!left.delete(one.path)) continue;
    const before = chains.filter(({ last }) => last.end < one.start).map(({ paths }) => paths);
    const longest = before.reduce((most, paths) => (paths.length > most.length ? paths : most), []);
    chains.push({ last: one, paths: [...longest, one.path] });
  }
  return chains.reduce((most, { paths }) => (paths.length > most.length ? paths : most), []);
}

/** Sums up what went over the wire: `{ requests, raw, encoded }`. */
export function sum(log) {
  const total = { requests: log.length, raw: 0, encoded: 0 };
  for (const { raw, encoded } of log) {
    total.raw += raw;
    total.encoded += encoded;
  }
  return total;
}

/** Fetched when results show, for what stands below their titles. */
export const isExcerpt = ({ path }) => path.includes("/text/");

/** The address of an article, from the index. */
export function someArticle(folder, language = "en") {
  const read = (name) => JSON.parse(readFileSync(join(folder, "search", language, name), "utf8"));
  const manifest = read("manifest.json");
  return (manifest.inline?.docs[0] ?? read(`docs-${manifest.docs}/0.json`)).docs[0][0];
}

/**
 * Presses `/` on `page`, an article; enters `query` at once, or letter by letter in steps of `delay` ms; waits for results.
 * Gives the milliseconds from the key to the first of them (with letters, from the last letter).
 */
export async function ask(page, query, delay) {
  await page.evaluate(() => addEventListener("keydown", () => (window.pressed = performance.now()), { once: true, capture: true }));
  await page.keyboard.press("/");
  await page.locator("dialog[open] input").waitFor();
  return enter(page, query, delay);
}

/** The same in the open dialog. */
export async function enter(page, query, delay) {
  const input = page.locator("dialog[open] input");
  await input.evaluate((field, [query, delay]) => {
    field.select();
    const { pressed } = window;
    window.pressed = undefined;
    window.shown = new Promise((resolve, reject) => {
      let last;
      setTimeout(() => reject(new Error(`no results for ${query}`)), 60_000);
      field.addEventListener("input", () => (last = performance.now()));
      const look = () => {
        const all = field.closest("dialog").querySelector(".hit-all");
        if (!all?.textContent.includes(query)) return;
        observer.disconnect();
        resolve(performance.now() - ((!delay && pressed) || last));
      };
      const observer = new MutationObserver(look);
      observer.observe(field.closest("dialog"), { childList: true, subtree: true });
    });
  }, [query, delay]);
  if (delay) await page.keyboard.type(query, { delay });
  else await page.keyboard.insertText(query);
  return page.evaluate(() => window.shown);
}
