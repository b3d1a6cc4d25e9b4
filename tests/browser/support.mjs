// A site, a server, a browser: what every browser test needs.

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const tier0 = resolve(root, process.env.TIER0 ?? "target/debug/tier0");

/** Where random tests begin: TIER0_SEED, or a number that each commit changes, or a fixed one where there is no git. */
export function seed() {
  if (process.env.TIER0_SEED) return Number(process.env.TIER0_SEED);
  const { stdout } = spawnSync("git", ["rev-parse", "HEAD"], { cwd: root, encoding: "utf8" });
  return /^[0-9a-f]{40}/.test(stdout ?? "") ? Number.parseInt(stdout.slice(0, 8), 16) : 20261121;
}

/** A folder that goes when the test file ends. */
export function temporary() {
  const folder = mkdtempSync(join(tmpdir(), "tier0-browser-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Builds tier0's own help centre. */
export function buildHelpCentre(output) {
  execFileSync(tier0, ["build", "--quiet", "--output", output], { cwd: root, stdio: "inherit" });
}

/** tier0's own help centre, built: once for all files that run.mjs runs. */
export function helpCentre() {
  if (process.env.TIER0_HELP_CENTRE) return process.env.TIER0_HELP_CENTRE;
  const output = join(temporary(), "site");
  buildHelpCentre(output);
  return output;
}

/** A site made of `files` (texts by name), built. */
export function build(files, ...options) {
  const folder = temporary();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  execFileSync(tier0, ["build", "--quiet", "--output", join(folder, "site"), ...options, folder], { stdio: "inherit" });
  return join(folder, "site");
}

const TYPES = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", json: "application/json", svg: "image/svg+xml", xml: "application/xml" };

/**
 * Serves a folder as any plain server would: index.html, a slash added to folders, 404.html. Gives the address of the site.
 * `answer` may take over a request (it returns true then): it gets the path in the folder and the response.
 */
export async function serve(folder, prefix = "/", answer = () => false) {
  const server = createServer((request, response) => {
    const url = new URL(request.url, "http://localhost");
    const path = decodeURIComponent(url.pathname);
    const send = (status, file) => {
      response.writeHead(status, { "content-type": TYPES[file.split(".").pop()] ?? "application/octet-stream" });
      response.end(readFileSync(file));
    };
    const file = join(folder, path.slice(prefix.length));
    if (answer(path.slice(prefix.length), response)) return;
    if (!path.startsWith(prefix) || file.includes("..") || !existsSync(file)) return send(404, join(folder, "404.html"));
    if (!statSync(file).isDirectory()) return send(200, file);
    if (path.endsWith("/")) return send(200, join(file, "index.html"));
    response.writeHead(301, { location: `${url.pathname}/${url.search}` });
    response.end();
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}${prefix}`;
}

// The shell has no windows, and takes half the time.
const INSTALLED = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
export const CHROMIUM = process.env.CHROMIUM || (INSTALLED.find(existsSync) ?? INSTALLED.at(-1));
const STARTED = {
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
};

/** A browser that several test files use, one after the other. It ends with the process; signals are left to that. */
export const startServer = () => chromium.launchServer({ ...STARTED, host: "127.0.0.1", handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false });

/** The browser of a test file: the one that run.mjs has started, or its own. */
export async function launch() {
  const shared = process.env.TIER0_BROWSER;
  const browser = await (shared ? chromium.connect(shared) : chromium.launch(STARTED));
  after(() => browser.close());
  return browser;
}

/** The requests of each page that no answer has come for. */
const asking = new WeakMap();

/** Opens a page and writes down all that goes wrong in it. `allow`: texts that a fault may hold. */
export async function open(browser, options = {}) {
  // A page that still scrolls smoothly moves away from below the mouse.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  // Long, since what is waited for comes late on a busy machine; only a failure takes that long.
  page.setDefaultTimeout(60_000);
  const faults = [];
  let home;
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    home ??= origin;
    if (protocol !== "data:" && origin !== home) faults.push(`request to another site: ${request.url()}`);
  });
  const unanswered = new Set();
  asking.set(page, unanswered);
  page.on("request", (request) => unanswered.add(request));
  for (const event of ["requestfinished", "requestfailed"]) page.on(event, (request) => unanswered.delete(request));
  page.on("requestfailed", (request) => {
    // Leaving a page drops what it was still fetching.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") faults.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("response", (response) => response.status() >= 400 && faults.push(`${response.status()}: ${response.url()}`));
  return {
    page,
    faults,
    /** Ends the visit; fails if something went wrong that `allow` does not name. */
    async close(...allow) {
      await context.close();
      assert.deepEqual(faults.filter((fault) => !allow.some((text) => fault.includes(text))), []);
    },
  };
}

/** Runs `visit` with a page and fails afterwards if anything went wrong in it. */
export async function visit(browser, options, run, ...allow) {
  const { page, close } = await open(browser, options);
  await run(page);
  await close(...allow);
}

/** The page is loaded, asks for nothing more, and its scripts have run. */
export async function settled(page) {
  await page.waitForLoadState("load");
  // What a script begins when the browser has nothing else to do begins now.
  const idle = () => page.evaluate(() => new Promise((done) => requestIdleCallback(() => setTimeout(done, 20), { timeout: 1000 })));
  const patience = Date.now() + 1000;
  do await idle();
  while (asking.get(page)?.size && Date.now() < patience);
}

/** `tier0 serve` on a site folder. Gives its address and what it has printed so far. */
export async function preview(folder, ...options) {
  const child = spawn(tier0, ["serve", folder, "--port", "0", ...options], { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, LC_ALL: "C.UTF-8" } });
  let printed = "";
  const ended = new Promise((end) => child.once("exit", end));
  after(async () => {
    child.kill();
    await ended;
  });
  const url = await new Promise((found, failed) => {
    const read = (bytes) => {
      printed += bytes;
      const match = /http:\/\/[^\s"]+/.exec(printed);
      if (match) found(match[0]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    ended.then((code) => failed(new Error(`tier0 serve ended with ${code}:\n${printed}`)));
  });
  return { url, printed: () => printed };
}

/**
 * Schemes of colours and widths of a window in which axe looks at a page: each of both once, and all four pairs in the
 * long run. What one of them breaks is broken in every pair that has it.
 */
export const LOOKS = process.env.TIER0_LONG
  ? [["light", 390], ["light", 1440], ["dark", 390], ["dark", 1440]]
  : [["light", 390], ["dark", 1440]];

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe objects to on a page as it stands, a line each. */
export async function objections(page) {
  // The page's own policy forbids inline scripts; the debugger's evaluation is not bound by it.
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")}`);
}
