// The theme's scripts in the two forms that a site may have them in, and in browsers that know less.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { build, launch, open, root, serve, settled, visit } from "./support.mjs";

const FILES = {
  "tier0.toml": '[site]\ntitle = "Help"\n\n[products.box]\nlabel = "Box"\nversions = ["1", "2"]\n',
  "content/reset.md": "---\ntitle: Reset the router\nproduct: box\nversions: \">=2\"\n---\n\nHold the button.\n\n::::tabs\n:::tab Old\nOne.\n:::\n:::tab New\nTwo.\n:::\n::::\n",
};
const source = (name) => readFileSync(join(root, "themes/default/assets/js", name), "utf8");
const own = (name, more) => ({ ...FILES, [`themes/default/assets/js/${name}`]: source(name) + more });
const browser = await launch();

/** The theme's scripts of a page: `{ name, type }`. */
const scripts = (page) =>
  page.evaluate(() => [...document.scripts].filter(({ src }) => src).map(({ src, type, defer }) => `${/(\w+)\.\w{8}\.js$/.exec(src)[1]} ${type || (defer ? "defer" : "")}`.trim()));
const preloaded = (page) => page.evaluate(() => [...document.querySelectorAll("link[rel=modulepreload]")].map(({ href }) => /(\w+)\.\w{8}\.js$/.exec(href)[1]).sort());

/** Searches, opens the result, and sees it marked. */
async function searchAndOpen(page) {
  await page.locator(".search-open").click();
  await page.locator("dialog input:focus").fill("router");
  await page.locator("[role=option].hit").first().click();
  await page.locator(".marks").waitFor();
}

test("bundles are plain scripts, and nothing is fetched before it is needed", async () => {
  const home = await serve(build(FILES));
  await visit(browser, {}, async (page) => {
    const asked = [];
    page.on("request", (request) => request.url().endsWith(".js") && asked.push(/(\w+)\.\w{8}\.js$/.exec(request.url())[1]));
    await page.goto(`${home}reset/`);
    await settled(page);
    assert.deepEqual(await scripts(page), ["theme", "main defer", "versions defer"]);
    assert.deepEqual(await preloaded(page), []);
    assert.deepEqual(asked.sort(), ["main", "theme", "versions"]);
    const worker = page.waitForEvent("worker");
    await searchAndOpen(page);
    assert.match((await worker).url(), /\/worker\.\w{8}\.js$/);
  });
});

for (const [name, more] of [["tabs.js", "\ndocument.documentElement.dataset.own = 'yes';\n"], ["search/engine.js", "\nif (globalThis.document) document.documentElement.dataset.own = 'yes';\n"]]) {
  test(`with a ${name} of its own, a site gets the group of this script as modules`, async () => {
    const home = await serve(build(own(name, more)));
    await visit(browser, {}, async (page) => {
      await page.goto(`${home}reset/`);
      await settled(page);
      assert.deepEqual(await scripts(page), ["theme", "main module", "versions defer"]);
      assert.deepEqual(await preloaded(page), ["content", "dom", "faq", "late", "open", "reply", "steps", "tabs", "zoom"]);
      assert.equal(await page.evaluate(() => document.documentElement.dataset.own), name === "tabs.js" ? "yes" : undefined);
      await page.getByRole("tab", { name: "New" }).click();
      await page.getByText("Two.").waitFor();
      const worker = page.waitForEvent("worker");
      await searchAndOpen(page);
      assert.match((await worker).url(), /\/search\/worker\.\w{8}\.js$/);
    });
  });
}

test("bundles work as modules, too: templates of a site may load them so", async () => {
  const partial = '<script type="module" src="{{ root }}{{ assets[name] }}"></script>';
  const home = await serve(build({ ...FILES, "themes/default/templates/partials/script.html": partial }));
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}reset/`);
    await settled(page);
    assert.deepEqual(await scripts(page), ["theme", "main module", "versions module"]);
    await page.getByRole("tab", { name: "New" }).click();
    await page.getByText("Two.").waitFor();
    await searchAndOpen(page);
  });
});

test("a script that reads all of the page is of no other group", async () => {
  const home = await serve(build(own("versions.js", "\ndocument.documentElement.dataset.own = 'yes';\n")));
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}reset/`);
    await page.locator("html[data-own]").waitFor();
    assert.deepEqual(await scripts(page), ["theme", "main defer", "versions module"]);
    assert.deepEqual(await preloaded(page), ["dom", "list"]);
  });
});

test("from a disk, too, the scripts of a page and of its search are there", async () => {
  const folder = build(FILES);
  // The index is fetched, which no browser does from there; and the links lead to folders.
  const { page, close } = await open(browser);
  await page.goto(String(pathToFileURL(join(folder, "reset/index.html"))));
  await page.getByRole("tab", { name: "New" }).click();
  await page.getByText("Two.").waitFor();
  await page.locator("button.search-open").click();
  await page.locator("dialog input:focus").fill("router");
  await page.waitForFunction(() => globalThis.t0_worker);
  await page.locator("dialog .search-note").waitFor();
  await close("file:", "net::ERR_FAILED");
});

/** What Safari 15.0 or Chrome 88 does not have and newer browsers do, as far as scripts like these would use it. */
function forget() {
  const gone = [
    [Object, "hasOwn", "groupBy"],
    [Promise, "withResolvers", "try"],
    [Array, "fromAsync"],
    [Array.prototype, "at", "findLast", "findLastIndex", "toReversed", "toSorted", "toSpliced", "with"],
    [String.prototype, "at", "isWellFormed", "toWellFormed"],
    [Set.prototype, "union", "intersection", "difference", "isSubsetOf", "isSupersetOf", "isDisjointFrom"],
    [URL, "canParse", "parse"],
    [Crypto.prototype, "randomUUID"],
    [Element.prototype, "checkVisibility", "setHTMLUnsafe"],
    [HTMLElement.prototype, "showPopover", "inert"],
    [HTMLInputElement.prototype, "showPicker"],
    [CSS, "highlights"],
    [globalThis, "HTMLDialogElement", "Highlight", "structuredClone", "scheduler", "navigation", "requestIdleCallback", "CloseWatcher", "Worker"],
  ];
  for (const [of, ...names] of gone) for (const name of names) delete of[name];
  if (globalThis.Intl) delete Intl.Segmenter;
}

test("browsers that are as old as the target search and mark", async () => {
  const home = await serve(build(FILES));
  const { page, close } = await open(browser);
  await page.addInitScript(forget);
  await page.goto(`${home}reset/`);
  assert.equal(await page.evaluate(() => typeof Object.hasOwn + typeof globalThis.HTMLDialogElement), "undefinedundefined");
  await page.getByRole("tab", { name: "New" }).click();
  await page.getByText("Two.").waitFor();
  // Without dialogs there is the page.
  await page.locator("button.search-open").click();
  await page.waitForURL(`${home}search/`);
  await page.locator(".search-form input").fill("routr");
  await page.locator(".hit a").first().click();
  await page.waitForURL(/reset/);
  await page.locator(".marks").waitFor();
  assert.deepEqual(await page.locator("main mark").allInnerTexts(), ["router"]);
  await close();
});
