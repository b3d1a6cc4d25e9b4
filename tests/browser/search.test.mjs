// The search when the network is slow or breaks, when the reader is fast, and on the way back from a result.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { helpCentre, launch, open, serve, settled, visit } from "./support.mjs";

const site = helpCentre();
const home = await serve(site);
const browser = await launch();

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const INPUT = "dialog.search-dialog input";

/** Stops requests until they are let go, or broken. */
async function hold(page, pattern) {
  const held = [];
  let decided;
  await page.route(pattern, (route) => (decided ? decided(route) : held.push(route)));
  const decide = (what) => {
    decided = what;
    return Promise.all(held.splice(0).map(what));
  };
  return { release: () => decide((route) => route.continue()), break: () => decide((route) => route.abort()) };
}

/** Changes the field and presses Enter before anything else can happen. */
const replaceAndEnter = (input, query) =>
  input.evaluate((field, text) => {
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    const key = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
    if (field.dispatchEvent(key)) field.form.requestSubmit();
  }, query);

test("Enter opens an answer to what the dialog asks now, not to what it asked before", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    await page.keyboard.press("/");
    await page.keyboard.type("nginx");
    await page.locator("dialog [role=option]", { hasText: "nginx" }).first().waitFor();
    await replaceAndEnter(page.locator(INPUT), "broken-anchor");
    await page.waitForURL((url) => url.pathname !== "/write/markdown/");
    assert.match(page.url(), /\/diagnostics\/broken-anchor\//);
  });
});

test("an option chosen on the home page is forgotten when the question changes", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(home);
    await settled(page);
    const input = page.locator(".search-form input");
    await input.focus();
    await page.keyboard.type("nginx");
    await page.locator("[role=option]", { hasText: "nginx" }).first().waitFor();
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.locator("[role=option][aria-selected=true]").count(), 1);
    await replaceAndEnter(input, "broken-anchor");
    await page.waitForURL(`${home}search/?q=broken-anchor`);
    // Back from there the question still stands in the field.
    await page.goBack();
    await settled(page);
    assert.equal(await page.locator(".search-form input").inputValue(), "broken-anchor");
  });
});

test("letters typed and Enter pressed before the search code has come are not lost", async () => {
  await visit(browser, {}, async (page) => {
    const code = await hold(page, "**/search/ui.*.js");
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    await page.keyboard.press("/");
    await page.keyboard.type("nginx");
    assert.equal(await page.locator(INPUT).inputValue(), "nginx");
    await page.keyboard.press("Enter");
    await code.release();
    await page.waitForURL((url) => url.href.startsWith(`${home}host/nginx/`));
  });
});

test("a tap on the search button gives the field the focus within the tap", async () => {
  await visit(browser, PHONE, async (page) => {
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    const focused = await page.locator("button.search-open").evaluate((button) => {
      button.click();
      return document.activeElement.matches("dialog[open] input");
    });
    assert.equal(focused, true);
  });
});

test("when the search code does not come, the search page takes over", async () => {
  const { page, close } = await open(browser);
  const code = await hold(page, "**/search/ui.*.js");
  await page.goto(`${home}write/markdown/`);
  await settled(page);
  await page.keyboard.press("/");
  await page.keyboard.type("nginx");
  await code.break();
  await page.waitForURL(`${home}search/?q=nginx`);
  // There it does not come either; this page says so, and tries again.
  await page.unroute("**/search/ui.*.js");
  await page.locator("#t0-results button").or(page.locator(".results a.hit").first()).waitFor();
  await page.reload();
  await page.locator(".results a.hit").first().waitFor();
  await close("ui.", "ERR_FAILED", "Failed to fetch");
});

test("Enter waits for the index, and the dialog says how far it is", async () => {
  const index = readFileSync(join(site, "search/en/index.json"));
  let finish;
  const slow = await serve(site, "/", (path, response) => {
    if (path !== "search/en/index.json") return false;
    response.writeHead(200, { "content-type": "application/json", "content-length": index.length });
    response.write(index.subarray(0, index.length / 2));
    finish = () => response.end(index.subarray(index.length / 2));
    return true;
  });
  await visit(browser, {}, async (page) => {
    await page.goto(`${slow}write/markdown/`);
    await settled(page);
    await page.keyboard.press("/");
    await page.keyboard.type("nginx");
    await page.locator(".search-loading", { hasText: /[45]\d%/ }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForTimeout(300);
    assert.equal(page.url(), `${slow}write/markdown/`);
    finish();
    await page.waitForURL((url) => url.href.startsWith(`${slow}host/nginx/`));
  });
});

test("an Enter that still waits is called off by Escape", async () => {
  await visit(browser, {}, async (page) => {
    const index = await hold(page, "**/search/en/index.json");
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    await page.keyboard.press("/");
    await page.keyboard.type("nginx");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await index.release();
    await settled(page);
    await page.waitForTimeout(300);
    assert.equal(page.url(), `${home}write/markdown/`);
  });
});

test("on a phone Back leaves the dialog, and comes back to it from a result", async () => {
  await visit(browser, PHONE, async (page) => {
    const article = `${home}write/markdown/`;
    const dialog = page.locator("dialog.search-dialog");
    await page.goto(home);
    await page.goto(article);
    await settled(page);
    await page.locator("button.search-open").tap();
    await dialog.waitFor();
    await page.goBack();
    await dialog.waitFor({ state: "hidden" });
    assert.equal(page.url(), article);
    // Closed by its button, it leaves nothing behind that Back would have to go through.
    await page.locator("button.search-open").tap();
    await dialog.locator("button.tool").tap();
    await page.waitForFunction(() => !history.state?.searching);
    await page.locator("button.search-open").tap();
    await page.locator(INPUT).fill("nginx");
    await dialog.locator("[role=option]", { hasText: "nginx" }).first().tap();
    await page.waitForURL((url) => url.href.startsWith(`${home}host/nginx/`));
    await page.goBack();
    await dialog.locator("[role=option]", { hasText: "nginx" }).first().waitFor();
    assert.equal(await page.locator(INPUT).inputValue(), "nginx");
    await page.goBack();
    await dialog.waitFor({ state: "hidden" });
    assert.equal(page.url(), article);
    await page.goBack();
    await page.waitForURL(home);
  });
});

test("on a desk the dialog is no step of the history, and keeps its question for the way back", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    const steps = await page.evaluate(() => history.length);
    await page.keyboard.press("/");
    await page.keyboard.type("nginx");
    await page.locator("dialog [role=option]", { hasText: "nginx" }).first().waitFor();
    assert.equal(await page.evaluate(() => history.length), steps);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.href.startsWith(`${home}host/nginx/`));
    await page.goBack();
    await settled(page);
    await page.keyboard.press("/");
    assert.equal(await page.locator(INPUT).inputValue(), "nginx");
  });
});

test("back from a result the search page shows as many results as before", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}search/?q=tier0`);
    const hits = page.locator(".results li");
    await hits.first().waitFor();
    const before = await hits.count();
    await page.locator("#t0-results button").click();
    await hits.nth(before).waitFor();
    const all = await hits.count();
    await hits.last().locator("a").first().click();
    await page.waitForURL((url) => !url.pathname.startsWith("/search/"));
    await page.goBack();
    await hits.nth(before).waitFor();
    assert.equal(await hits.count(), all);
    await page.waitForFunction(() => scrollY > 0);
  });
});

test("another try puts the focus back into the field", async () => {
  const { page, close } = await open(browser);
  await page.route("**/search/en/index.json", (route) => route.abort(), { times: 2 });
  await page.goto(`${home}write/markdown/`);
  await settled(page);
  await page.keyboard.press("/");
  await page.keyboard.type("nginx");
  await page.locator("dialog .search-note button").click();
  assert.equal(await page.locator(INPUT).evaluate((input) => input === document.activeElement), true);
  await close("index.json", "Failed to fetch", "ERR_FAILED");
});

test("a result's kind is a word of its own", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}search/?q=markdown`);
    const title = page.locator(".hit-title:has(.hit-kind)").first();
    await title.waitFor();
    assert.match(await title.evaluate((node) => node.textContent), /\S · \S/);
  });
});
