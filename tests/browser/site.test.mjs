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

/** Types and waits until the list shows results for it. */
async function type(page, input, query) {
  await input.waitFor();
  await page.keyboard.type(query, { delay: 5 });
  await page.locator("[role=option]", { hasText: query }).first().waitFor();
}

test("search by keyboard alone, in English, from an article", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    await page.keyboard.press("/");
    const input = page.locator("dialog.search-dialog input");
    await type(page, input, "broken link");
    const options = page.locator("dialog [role=option]");
    assert.equal(await options.first().getAttribute("aria-selected"), "true");
    await page.keyboard.press("ArrowDown");
    assert.equal(await options.nth(1).getAttribute("aria-selected"), "true");
    assert.equal(await input.getAttribute("aria-activedescendant"), await options.nth(1).getAttribute("id"));
    await page.keyboard.press("ArrowUp");
    const target = await options.first().evaluate((option) => option.href);
    await page.keyboard.press("Enter");
    await page.waitForURL(target);
    assert.match(await page.locator("h1").innerText(), /link/i);
  });
});

test("Ctrl-K opens the search, Escape closes it and gives the focus back", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    await page.keyboard.press("Control+k");
    const dialog = page.locator("dialog.search-dialog");
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    // Typed into a field, a slash is a slash.
    await page.keyboard.press("/");
    await page.keyboard.type("a/b");
    assert.equal(await dialog.locator("input").inputValue(), "a/b");
  });
});

test("search by keyboard alone, in Chinese, from the home page", async () => {
  await visit(browser, { locale: "zh-CN" }, async (page) => {
    await page.goto(`${home}zh/`);
    await settled(page);
    await page.keyboard.press("/");
    const input = page.locator(".search-form input");
    assert.equal(await input.evaluate((field) => field === document.activeElement), true);
    await type(page, input, "搜索");
    await page.keyboard.press("ArrowDown");
    const target = await page.locator("[role=option][aria-selected=true]").evaluate((option) => option.href);
    await page.keyboard.press("Enter");
    await page.waitForURL(target);
    assert.match(page.url(), /\/zh\//);
    assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
  });
});

test("an error code finds its page first", async () => {
  await visit(browser, {}, async (page) => {
    for (const code of ["broken-anchor", "OUTPUT-NOT-OURS", "nul-byte"]) {
      await page.goto(`${home}search/?q=${code}`);
      const first = page.locator(".results a.hit").first();
      await first.waitFor();
      assert.match(await first.getAttribute("href"), new RegExp(`diagnostics/${code.toLowerCase()}/`));
    }
  });
});

test("the results page: a shared address, a new question, marks as text, the language switch keeps the question", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}search/?q=search`);
    await page.locator(".results a.hit").first().waitFor();
    assert.equal(await page.locator(".search-form input").inputValue(), "search");
    assert.ok((await page.locator(".results mark").count()) > 0);
    assert.match(await page.locator(".search-count").innerText(), /\d+ results/);
    await page.locator(".search-form input").fill("nginx");
    await page.waitForURL(/\?q=nginx$/);
    await page.locator(".language-link").click();
    await page.waitForURL(/\/zh\/search\/\?q=nginx$/);
    await page.locator(".results a.hit").first().waitFor();
  });
});

test("no result says so, and where to go; what was typed is never markup", async () => {
  await visit(browser, {}, async (page) => {
    const query = "<qqzzxx wwqqzz=vvqqkk>";
    await page.goto(`${home}search/?q=${encodeURIComponent(query)}`);
    const note = page.locator("#t0-results .search-note", { hasText: query });
    await note.waitFor();
    assert.equal(await page.locator("#t0-results qqzzxx").count(), 0);
    await note.locator("a").click();
    await page.waitForURL(home);
  });
});

test("without the index the search says so, and tries again", async () => {
  const { page, close } = await open(browser);
  await page.route("**/search/en/index.json", (route) => route.abort(), { times: 1 });
  await page.goto(`${home}search/?q=nginx`);
  await page.locator("#t0-results button").click();
  await page.locator(".results a.hit").first().waitFor();
  await close("index.json", "Failed to fetch", "ERR_FAILED");
});

test("the index is fetched when someone is about to search, not before", async () => {
  await visit(browser, {}, async (page) => {
    const requests = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    assert.equal(requests.filter((url) => url.includes("index.json") || url.includes("engine")).length, 0);
  });
});

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
    await page.locator("noscript a, .notice a").first().click();
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
