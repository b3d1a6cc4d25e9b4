#!/usr/bin/env node
// How long a save takes to reach the screen: real saves, the real `tier0 serve`, a real Chromium.
//
//   node benches/preview.mjs SITE [--tier0 target/release/tier0] [--edits 100] [--kinds body,title,template,css]
//                                 [--page content/a.md]
//
// SITE is copied first. Each edit changes the page in view (or what it is made with) and is timed in parts:
//
//   event     the save is written  -> the preview sees the first event of it
//   debounce  that event           -> the build begins
//   build     its begin            -> the open tabs are told
//   notify    told                 -> the browser has the message
//   swap      the message          -> the page is changed (fetched, compared, swapped)
//   paint     changed              -> the frame that shows it has been drawn
//
// Edits come 0.4 to 1.2 s apart, so some meet the work that the preview does when it is calm.
// The browser is playwright-core of tests/browser with the system's Chromium (CHROMIUM names another).
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const { chromium } = createRequire(path.join(ROOT, "tests/browser/package.json"))("playwright-core");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tier0: { type: "string", default: path.join(ROOT, "target/release/tier0") },
    edits: { type: "string", default: "100" },
    kinds: { type: "string", default: "body,title,template,css" },
    page: { type: "string" },
  },
});
const EDITS = Number(values.edits);
const PARTS = ["event", "debounce", "build", "notify", "swap", "paint", "total"];

const now = () => performance.timeOrigin + performance.now();
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const work = mkdtempSync(path.join(tmpdir(), "tier0-preview-"));
const site = path.join(work, "site");
cpSync(positionals[0], site, { recursive: true });
const file = path.join(site, values.page ?? middlePage());
const server = spawn(values.tier0, ["serve", site, "--format", "json", "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
const heard = lines(server.stdout);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});

/** One edit, timed. */
async function timed(page, kind, i) {
  const edit = edits[kind](i);
  await page.evaluate((wanted) => globalThis.bench.expect(wanted), edit.wanted);
  heard.forget();
  writeFileSync(edit.file, edit.text);
  const saved = now();
  const built = await heard.next("built");
  const seenBy = await page.evaluate(() => globalThis.bench.done);
  const told = built.seen + built.waited + built.took;
  await pause(400 + Math.random() * 800);
  return {
    event: built.seen - saved,
    debounce: built.waited,
    build: built.took,
    notify: seenBy.message - told,
    swap: seenBy.changed - seenBy.message,
    paint: seenBy.painted - seenBy.changed,
    total: seenBy.painted - saved,
  };
}

/** What is written, and what the page shows then. */
const edits = {
  body(i) {
    const lines = readFileSync(file, "utf8").split("\n").filter((line) => !line.startsWith("Edit number"));
    const at = lines.findIndex((line, n) => n > 12 && line === "");
    lines.splice(at, 0, "", `Edit number ${i} of the body.`);
    return { file, text: lines.join("\n"), wanted: { text: `Edit number ${i} of the body.` } };
  },
  title(i) {
    const text = readFileSync(file, "utf8").replace(/^title: .*$/m, `title: Title number ${i}`);
    return { file, text, wanted: { text: `Title number ${i}` } };
  },
  template(i) {
    const name = "themes/default/templates/partials/footer.html";
    mkdirSync(path.join(site, path.dirname(name)), { recursive: true });
    const text = readFileSync(path.join(ROOT, name), "utf8").replace("</footer>", `<p>Footer number ${i}</p></footer>`);
    return { file: path.join(site, name), text, wanted: { text: `Footer number ${i}` } };
  },
  css(i) {
    const name = "themes/default/assets/css/main.css";
    mkdirSync(path.join(site, path.dirname(name)), { recursive: true });
    const text = `${readFileSync(path.join(ROOT, name), "utf8")}\nbody { --edit: number-${i}; }\n`;
    return { file: path.join(site, name), text, wanted: { style: `number-${i}` } };
  },
};

/** Runs in the page: notes when the message came, when the page changed, and when that was drawn. */
function instrument() {
  const now = () => performance.timeOrigin + performance.now();
  const bench = (globalThis.bench = { done: undefined });
  let message = 0;
  const Source = globalThis.EventSource;
  globalThis.EventSource = class extends Source {
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => (message = now()));
    }
  };
  bench.expect = ({ text, style }) => {
    const isThere = () =>
      text ? document.body.textContent.includes(text) : getComputedStyle(document.body).getPropertyValue("--edit") === style;
    bench.done = new Promise((keep) => {
      const look = () => {
        if (!isThere()) return false;
        const changed = now();
        const arrived = message;
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          // Comes right after the frame.
          channel.port1.onmessage = () => keep({ message: arrived, changed, painted: now() });
          channel.port2.postMessage(0);
        });
        return true;
      };
      if (style) {
        const poll = () => look() || setTimeout(poll, 1);
        poll();
        return;
      }
      const observer = new MutationObserver(() => look() && observer.disconnect());
      observer.observe(document, { subtree: true, childList: true, characterData: true });
    });
  };
}

function summary(all) {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  return `${at(0.5).toFixed(1)} / ${at(0.95).toFixed(1)} / ${at(1).toFixed(1)}`.padStart(24);
}

/** Lines of JSON, one after the other. */
function lines(stream) {
  const all = [];
  let waiting;
  let rest = "";
  stream.on("data", (chunk) => {
    rest += chunk;
    const whole = rest.split("\n");
    rest = whole.pop();
    for (const line of whole) all.push(JSON.parse(line));
    waiting?.();
  });
  let from = 0;
  return {
    all,
    forget: () => (from = all.length),
    async next(type) {
      for (;;) {
        const found = all.slice(from).find((line) => line.type === type);
        if (found) return found;
        await new Promise((wake) => (waiting = wake));
      }
    },
  };
}

/** A page of usual length with a title in its front matter and a few paragraphs. */
function middlePage() {
  const all = articles().map((name) => ({ name, text: readFileSync(path.join(site, name), "utf8") }));
  const fit = all.filter(({ text }) => /^title: /m.test(text) && text.split("\n\n").length > 8 && text.includes("\n## "));
  fit.sort((a, b) => a.text.length - b.text.length);
  return fit[Math.floor(fit.length / 2)].name;
}

function articles() {
  return readdirSync(path.join(site, "content"), { recursive: true })
    .filter((name) => name.endsWith(".md") && !path.basename(name).startsWith("_index"))
    .map((name) => path.join("content", name))
    .filter((name) => statSync(path.join(site, name)).isFile())
    .sort();
}

function pages() {
  return articles().length;
}

/** The address of the page in view: the preview says which page an edit changed. */
async function addressOf(url) {
  const page = await browser.newPage();
  await page.goto(url);
  const told = page.evaluate(
    () =>
      new Promise((keep) => {
        const source = new EventSource("/__tier0/events");
        source.onmessage = (event) => JSON.parse(event.data).edited.slice(0, 1).forEach(({ url }) => keep(url));
      }),
  );
  await pause(1000);
  writeFileSync(file, `${readFileSync(file, "utf8")}\nOne more line.\n`);
  const address = await told;
  await page.close();
  return new URL(address, url).href;
}

async function run() {
  const { url } = await heard.next("listening");
  const first = heard.all.find((line) => line.type === "built");
  console.log(`${path.basename(positionals[0])}: ${pages()} pages, first build ${first.took.toFixed(0)} ms`);
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(instrument);
  await page.goto(await addressOf(url));
  await pause(3000);
  console.log(`page in view: ${path.relative(site, file)}, ${EDITS} edits of each kind, milliseconds, median / p95 / most`);
  console.log(["kind", ...PARTS].map((part) => part.padStart(24)).join(" "));
  for (const kind of values.kinds.split(",")) {
    const times = [];
    for (let i = 0; i < EDITS; i++) times.push(await timed(page, kind, i));
    console.log([kind.padStart(24), ...PARTS.map((part) => summary(times.map((time) => time[part])))].join(" "));
  }
  const memory = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"));
  console.log(`memory of the preview: ${Math.round(memory[1] / 1024)} MB`);
}

try {
  await run();
} finally {
  await browser.close();
  server.kill();
  rmSync(work, { recursive: true });
}
