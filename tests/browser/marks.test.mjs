// On the page that a search led to: the words it was found by are marked, and can be cleared.

import assert from "node:assert/strict";
import { test } from "node:test";
import { build, launch, serve, settled, visit } from "./support.mjs";

const FILES = {
  "tier0.toml": '[site]\ntitle = "Help"\n\n[languages.zh]\n',
  "content/reset.md": `# Reset the router

Hold the button until the lamp blinks. Resetting takes a minute.

:::details More
The hidden gadget of the router.
:::

${"Some other text.\n\n".repeat(60)}

## At the end

A zebra stands here, and the \`reset\` code.
`,
  "content/reset.zh.md": "# 重置路由器\n\n按住按钮，等指示灯闪烁。重置路由器需要一分钟。\n",
};
const home = await serve(build(FILES));
const browser = await launch();

/** What is marked, by either way of marking. */
const marked = (page) => page.evaluate(() => {
  const highlight = CSS.highlights?.get("t0-found");
  const ranges = highlight ? [...highlight].map(String) : [...document.querySelectorAll("main mark")].map((mark) => mark.textContent);
  return ranges.map((text) => text.toLowerCase());
});
const bar = (page) => page.locator(".marks");

/** Searches in the dialog and opens the first result. */
async function find(page, path, query) {
  await page.goto(home + path);
  await settled(page);
  await page.keyboard.press("Control+k");
  await page.locator("input:focus").fill(query);
  await page.locator("[role=option].hit").first().click();
  await page.waitForURL(/reset/);
}

test("words of the query are marked in all their forms, the address is clean, Escape clears", async () => {
  await visit(browser, {}, async (page) => {
    await find(page, "", "reset router");
    await bar(page).waitFor();
    assert.deepEqual((await marked(page)).sort(), ["reset", "reset", "resetting", "router", "router"]);
    assert.equal(new URL(page.url()).search, "");
    assert.match(await bar(page).innerText(), /Marked: .*reset/i);
    // A reload and the way back keep them.
    await page.reload();
    await bar(page).waitFor();
    await page.keyboard.press("Escape");
    await bar(page).waitFor({ state: "detached" });
    assert.deepEqual(await marked(page), []);
    await page.reload();
    await settled(page);
    assert.equal(await bar(page).count(), 0);
  });
});

test("the marks come along into a new tab", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}search/?q=router`);
    const link = page.locator("#t0-results a.hit-title").first();
    const [tab] = await Promise.all([page.context().waitForEvent("page"), link.click({ modifiers: ["ControlOrMeta"] })]);
    await bar(tab).waitFor();
    assert.ok((await marked(tab)).includes("router"));
  });
});

test("Chinese words are marked as far as they stand together", async () => {
  await visit(browser, { locale: "zh-CN" }, async (page) => {
    await find(page, "zh/", "重置路由器");
    await bar(page).waitFor();
    assert.deepEqual(await marked(page), ["重置路由器", "重置路由器"]);
    assert.match(await bar(page).innerText(), /已标记：重置路由器/);
    await bar(page).getByRole("button", { name: "清除" }).click();
    assert.deepEqual(await marked(page), []);
    assert.equal(await page.evaluate(() => document.activeElement.id), "t0-content");
  });
});

test("folded text opens when the first mark is in it; Next leads on", async () => {
  await visit(browser, {}, async (page) => {
    const details = page.locator(".prose details");
    await page.goto(`${home}reset/?hl=zebra`);
    await bar(page).waitFor();
    assert.equal(await details.evaluate((box) => box.open), false);
    await page.goto("about:blank");
    await page.goto(`${home}reset/?hl=gadget+zebra`);
    await bar(page).waitFor();
    assert.equal(await details.evaluate((box) => box.open), true);
    await bar(page).getByRole("button", { name: "Next" }).click();
    await page.waitForFunction(() => {
      const [, zebra] = CSS.highlights.get("t0-found");
      const { top } = zebra.getBoundingClientRect();
      return top > 0 && top < innerHeight;
    });
  });
});

test("browsers without the highlight api get mark elements, and the text is whole again afterwards", async () => {
  await visit(browser, {}, async (page) => {
    await page.addInitScript(() => Object.defineProperty(CSS, "highlights", { value: undefined }));
    await page.goto(`${home}reset/`);
    const before = await page.locator("article").evaluate((article) => [article.innerText, article.querySelectorAll("*").length]);
    await page.goto(`${home}reset/?hl=router+reset`);
    await bar(page).waitFor();
    assert.equal(await page.locator("article mark").count(), 5);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("article mark").count(), 0);
    assert.deepEqual(await page.locator("article").evaluate((article) => [article.innerText, article.querySelectorAll("*").length]), before);
  });
});

test("words that are not on the page, markup and grammar mark nothing", async () => {
  await visit(browser, {}, async (page) => {
    for (const words of ["unheard", "<img src=x onerror=alert(1)>", "the a to", "%00 \u202e"]) {
      await page.goto(`${home}reset/?hl=${encodeURIComponent(words)}`);
      await settled(page);
      assert.equal(await bar(page).count(), 0, words);
      assert.equal(new URL(page.url()).search, "");
    }
  });
});
