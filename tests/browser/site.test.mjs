// The built help centre in Chromium: reading, moving about, searching, with the mouse and without.

import assert from "node:assert/strict";
import { test } from "node:test";
import { helpCentre, launch, open, serve, settled, visit } from "./support.mjs";

const site = helpCentre();
const home = await serve(site);
const below = await serve(site, "/a/b/");
const browser = await launch();

const PAGES = ["", "start/", "start/first-site/", "write/markdown/", "diagnostics/broken-link/", "faq/readers/", "search/", "tags/", "zh/", "zh/write/markdown/", "zh/search/"];
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

for (const [place, base] of [["at the root", home], ["below /a/b/", below]]) {
  test(`pages load nothing foreign, nothing broken, nothing forbidden, ${place}`, async () => {
    const { page, close } = await open(browser);
    for (const path of PAGES) {
      await page.goto(base + path);
      await settled(page);
      assert.equal(await page.locator("h1").count(), 1, path);
      const broken = await page.locator("img").evaluateAll((images) => images.filter((image) => image.complete && !image.naturalWidth).map((image) => image.src));
      assert.deepEqual(broken, [], path);
    }
    await close();
  });

  test(`links lead from page to page, ${place}`, async () => {
    await visit(browser, {}, async (page) => {
      await page.goto(base);
      await page.locator(".card h3 a").first().click();
      await page.waitForURL((url) => url.href !== base);
      await page.locator("main .rows a").first().click();
      await page.locator("article").waitFor();
      await page.locator(".breadcrumbs a").first().click();
      await page.waitForURL(base);
    });
  });

  test(`search finds and opens a page, ${place}`, async () => {
    await visit(browser, {}, async (page) => {
      await page.goto(`${base}start/first-site/`);
      await settled(page);
      await page.keyboard.press("/");
      await page.locator("dialog.search-dialog input").fill("nginx");
      await page.locator("dialog [role=option]").first().waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.href.startsWith(`${base}host/nginx/`));
    });
  });
}

test("the language switch stays on the page", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}write/markdown/`);
    await page.locator(".language-link").click();
    await page.waitForURL(`${home}zh/write/markdown/`);
    await page.locator(".language-link").click();
    await page.waitForURL(`${home}write/markdown/`);
  });
});

test("dark mode is kept from page to page, and follows the system otherwise", async () => {
  await visit(browser, { colorScheme: "light" }, async (page) => {
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.goto(home);
    await settled(page);
    const light = await background();
    const toggle = page.locator(".theme-toggle");
    assert.equal(await toggle.getAttribute("aria-pressed"), "false");
    await toggle.click();
    assert.equal(await toggle.getAttribute("aria-pressed"), "true");
    const dark = await background();
    assert.notEqual(dark, light);
    await page.goto(`${home}write/markdown/`);
    assert.equal(await background(), dark);
    await page.reload();
    assert.equal(await background(), dark);
    await page.locator(".theme-toggle").click();
    assert.equal(await background(), light);
    await page.emulateMedia({ colorScheme: "dark" });
    assert.equal(await background(), dark);
  });
});

test("the menu of a phone opens and leads on", async () => {
  await visit(browser, PHONE, async (page) => {
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    const menu = page.locator("nav.side");
    const link = menu.locator("li a:not([aria-current])").first();
    assert.equal(await link.isVisible(), false);
    await menu.locator("summary").tap();
    await link.waitFor();
    const target = await link.evaluate((a) => a.href);
    await link.tap();
    await page.waitForURL(target);
  });
});

test("nothing hangs out of a phone", async () => {
  await visit(browser, PHONE, async (page) => {
    for (const path of PAGES) {
      await page.goto(home + path);
      await settled(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
    }
  });
});

test("code is copied with one press", async () => {
  const { page, close } = await open(browser, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto(`${home}start/first-site/`);
  await settled(page);
  const box = page.locator(".code").first();
  await box.locator("button.copy").click();
  await box.locator("button.copy.done").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await box.locator("code").evaluate((code) => code.textContent));
  await close();
});

test("an address that is not there shows the way", async () => {
  const { page, close } = await open(browser);
  const response = await page.goto(`${home}no/such/page/`);
  assert.equal(response.status(), 404);
  await settled(page);
  assert.equal(await page.locator("h1").count(), 1);
  await page.locator("main a.button").first().click();
  await page.waitForURL(home);
  // In the language of the address, whatever the browser's is.
  await page.goto(`${home}zh/no/such/page/`);
  await settled(page);
  assert.equal(await page.locator("main h2").first().innerText(), "页面不存在");
  await page.locator("main a.button").first().click();
  await page.waitForURL(`${home}zh/`);
  await close("404", "Failed to load resource: the server responded with a status of 404");
});

test("an address that is not there speaks the reader's language", async () => {
  const { page, close } = await open(browser, { locale: "zh-CN" });
  await page.goto(`${home}no/such/page/`);
  await settled(page);
  assert.equal(await page.locator("main h2").first().innerText(), "页面不存在");
  await close("404", "Failed to load resource: the server responded with a status of 404");
});

test("copying is said once, for all readers", async () => {
  const { page, close } = await open(browser, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto(`${home}start/first-site/`);
  await settled(page);
  const copy = page.locator(".code button.copy").first();
  const name = await copy.getAttribute("aria-label");
  await copy.click();
  await page.locator("[role=status]", { hasText: "Copied" }).waitFor();
  assert.equal(await copy.getAttribute("aria-label"), name);
  await close();
});

test("a deep link stands at its heading, below tabs too", async () => {
  await visit(browser, { viewport: { width: 1280, height: 500 } }, async (page) => {
    for (const id of ["code", "html"]) {
      await page.goto(`${home}write/markdown/#${id}`);
      await settled(page);
      const top = await page.locator(`#${id}`).evaluate((heading) => heading.getBoundingClientRect().top);
      assert.ok(top >= 0 && top < 150, `#${id} is at ${top}`);
      await page.goto("about:blank");
    }
  });
});

test("paper shows what is folded, and the screen folds it again", async () => {
  await visit(browser, { colorScheme: "dark" }, async (page) => {
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    const details = page.locator(".prose details").first();
    const isOpen = () => details.evaluate((box) => box.open);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
    assert.equal(await isOpen(), true);
    assert.match(await page.locator(".print-line").innerText(), /write\/markdown/);
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("h1")).color), "rgb(0, 0, 0)");
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.equal(await isOpen(), false);
  });
});

test("without JavaScript every page reads and leads on", async () => {
  await visit(browser, { javaScriptEnabled: false, reducedMotion: "reduce" }, async (page) => {
    for (const path of PAGES) {
      await page.goto(home + path);
      assert.equal(await page.locator("h1").isVisible(), true, path);
      assert.ok((await page.locator("main").innerText()).length > 40, path);
      assert.ok((await page.locator("main a, main form").count()) > 0, path);
    }
    // Tabs, folded parts and the table of contents are all within reach.
    await page.goto(`${home}write/markdown/`);
    for (const tab of await page.locator(".tabs .tab").all()) assert.equal(await tab.isVisible(), true);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      for (const menu of ["nav.toc", "nav.side"]) {
        await page.goto(`${home}write/markdown/`);
        // On a desk the menus stand open, on a phone they open at a press.
        const summary = page.locator(`${menu} summary`);
        if (await summary.isVisible()) await summary.click();
        const link = page.locator(`${menu} li a:not([aria-current])`).first();
        const target = await link.evaluate((a) => a.getAttribute("href"));
        await link.click();
        assert.equal(page.url(), new URL(target, `${home}write/markdown/`).href);
        await page.locator("article").waitFor();
      }
    }
    await page.locator("a.search-open").click();
    await page.waitForURL(`${home}search/`);
    await page.locator("#t0-ways a").last().click();
    await page.waitForURL(home);
    await page.locator(".search-form input").fill("x");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${home}search/?q=x`);
  });
});

test("the keyboard reaches the content at once", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip-link");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "t0-content");
  });
});
