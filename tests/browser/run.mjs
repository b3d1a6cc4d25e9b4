// Runs test files: each in a Node of its own, some at a time, on browsers and a help centre that they share.
//
//   node tests/browser/run.mjs [FILE…]      by default all *.test.mjs beside this file
//
//   TIER0          the program, by default target/debug/tier0
//   CHROMIUM       the browser
//   TIER0_JOBS     how many files at a time
//   TIER0_LONG     more random edits
//   TIER0_SEED     repeats the random edits of an earlier run
//
// The files that run at a time have a browser each, because a browser has one clipboard. A file gets the address of
// its browser in TIER0_BROWSER and the folder of the built help centre in TIER0_HELP_CENTRE; run alone
// (`node --test FILE`) it starts and builds its own. Prints TAP of every file and, last, the sums.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
// One more than there are cores, for a file waits half of its time.
const JOBS = Number(process.env.TIER0_JOBS) || Math.min(4, availableParallelism() + 1);
// No file takes a tenth of it; one that hangs must not hold up the rest.
const PATIENCE = 15 * 60_000;
const COUNTS = ["tests", "pass", "fail", "cancelled", "skipped", "todo"];

const named = process.argv.slice(2).map((file) => resolve(file));
const all = named.length ? named : readdirSync(here).filter((name) => name.endsWith(".test.mjs")).map((name) => join(here, name));
// The long ones first, so that the end is not one file that all wait for. Some are short to read and long to run.
const LONG = ["accessibility.test.mjs", "benchmarks.test.mjs", "search_agreement.mjs"];
const weight = (file) => (LONG.some((name) => file.endsWith(name)) ? Infinity : statSync(file).size);
const files = all.sort((a, b) => (weight(a) < weight(b) ? 1 : -1));

const sums = Object.fromEntries(COUNTS.map((name) => [name, 0]));
const add = (counts) => COUNTS.forEach((name) => (sums[name] += counts[name] ?? 0));
const began = performance.now();

/** What the files of this folder need, or why it cannot be had. */
async function equipment() {
  try {
    return { support: await import("./support.mjs") };
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    return { missing: "the packages of tests/browser are not installed" };
  }
}

const { support, missing: noPackages } = await equipment();
const missing = noPackages ?? (existsSync(support.CHROMIUM) ? undefined : `there is no ${support.CHROMIUM}`);
const needsBrowser = (file) => dirname(file) === here;

const work = mkdtempSync(join(tmpdir(), "tier0-tests-"));
const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill();
  rmSync(work, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));
const shared = { TIER0_HELP_CENTRE: join(work, "help-centre") };
if (!missing && files.some(needsBrowser)) support.buildHelpCentre(shared.TIER0_HELP_CENTRE);

/** A browser that is started when it is first needed, and again if it has gone. */
function browserOfItsOwn() {
  let server;
  return {
    async address() {
      if (!server || server.process().exitCode !== null || server.process().signalCode !== null) server = await support.startServer();
      return server.wsEndpoint();
    },
    close: () => server?.close(),
  };
}

/** Runs one file to its end: what it printed, how it ended, how long it took. */
function runFile(file, environment) {
  return new Promise((done) => {
    const start = performance.now();
    const child = spawn(process.execPath, ["--test-reporter=tap", file], { cwd: root, env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (printed += text));
    const late = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
    child.on("close", (code, signal) => {
      clearTimeout(late);
      running.delete(child);
      done({ printed, ending: signal ?? code, seconds: (performance.now() - start) / 1000 });
    });
  });
}

/** The counts at the end of a file's TAP. */
function countsIn(printed) {
  const found = Object.fromEntries(COUNTS.map((name) => [name, new RegExp(`^# ${name} (\\d+)$`, "m").exec(printed.slice(printed.lastIndexOf("\n# tests ") + 1))?.[1]]));
  return Object.fromEntries(COUNTS.map((name) => [name, Number(found[name] ?? 0)]));
}

async function workOff(queue) {
  const browser = browserOfItsOwn();
  for (let file; (file = queue.shift()); ) {
    const name = relative(root, file);
    if (missing && needsBrowser(file)) {
      console.log(`ok - ${name} # SKIP ${missing}`);
      add({ tests: 1, skipped: 1 });
      continue;
    }
    const own = needsBrowser(file) ? { TIER0_BROWSER: await browser.address() } : {};
    const { printed, ending, seconds } = await runFile(file, { ...shared, ...own });
    const counts = countsIn(printed);
    console.log(`# ${name} (${seconds.toFixed(1)} s)\n${printed.trimEnd()}`);
    // Whoever crashed has no failed test to show, or no tests at all.
    if ((ending !== 0 && counts.fail + counts.cancelled === 0) || counts.tests === 0) {
      console.log(`not ok - ${name} ended with ${ending} after ${counts.tests} tests`);
      counts.fail += 1;
      counts.tests += 1;
    }
    add(counts);
  }
  await browser.close();
}

console.log("TAP version 13");
const queue = [...files];
await Promise.all(Array.from({ length: Math.min(JOBS, files.length) }, () => workOff(queue)));
for (const name of COUNTS) console.log(`# ${name} ${sums[name]}`);
console.log(`# duration_ms ${Math.round(performance.now() - began)}`);
process.exitCode = sums.fail + sums.cancelled > 0 ? 1 : 0;
