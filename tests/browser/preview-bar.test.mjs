// The bar of the preview: what a page is, the way to its source, a phone beside the desk.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { answers, live, message } from "./live.mjs";
import { launch, objections } from "./support.mjs";

const browser = await launch();
const CONFIG = '[site]\ntitle = "Book"\n\n[languages.en]\n[languages.zh]\n';
const PAGE = "---\ntitle: Reset\n---\n\nFirst paragraph.\n\n## Part\n\n- one\n- two with [a link](other.md)\n\nLast paragraph.\n";
const FILES = { "tier0.toml": CONFIG, "content/guides/reset.md": PAGE, "content/guides/reset.zh.md": PAGE.replace("Reset", "重启"), "content/guides/other.md": "# Other\n" };
const INFO = {
  source: "content/guides/reset.md",
  draft: true,
  stale: { of: "guides/<b>reset</b>.md", since: "2026-01-02" },
  words: 312,
  unit: "words",
  minutes: 2,
  languages: [{ code: "zh", name: "<i>中文</i>", url: "/zh/guides/reset/" }],
};
/** What axe tries in a shadow root, and a page's own policy forbids. */
const AXE = "Applying inline style violates";
/** The content with the numbers of its blocks, as the preview gives it. */
const BLOCKS = {
  html: '<p data-t0-at="0">First paragraph.</p>\n<h2 data-t0-at="1" id="part">Part</h2>\n<ul data-t0-at="2">\n<li data-t0-at="3">one</li>\n<li data-t0-at="4">two with <a href="../other/">a link</a></li>\n</ul>\n<p data-t0-at="5">Last paragraph.</p>\n',
};

/** A page whose preview knows everything, and what was opened in the editor. */
async function session(options = {}, path = "guides/reset/", info = INFO) {
  const made = await live(browser, FILES, path, options);
  const opened = [];
  await answers(made.page, "page", info);
  await answers(made.page, "blocks", BLOCKS);
  await answers(made.page, "open", (url, request) => {
    assert.equal(request.headers()["x-tier0"], "open");
    opened.push(url.pathname + url.search);
    return { opened: true };
  });
  await made.page.reload();
  await made.own(".facts .length").waitFor({ state: "attached" });
  return { ...made, opened };
}

test("what the page is: draft, older than another, how long", async () => {
  const { own, page, close, url } = await session({ viewport: { width: 1440, height: 900 } });
  const text = await own(".facts").innerText();
  for (const words of ["Draft", "Out of date", "312 words", "2 min"]) assert.ok(text.includes(words), text);
  assert.equal(await own(".stale").getAttribute("title"), "guides/<b>reset</b>.md is newer (2026-01-02)");
  assert.equal(await own(".bar b, .bar i").count(), 0, "names are text");
  const bar = await own(".bar").boundingBox();
  assert.ok(bar.height <= 46, `${bar.height}`);
  await own(".languages a").click();
  await page.waitForURL(`${url}zh/guides/reset/`);
  await close();
});

test("pages that are no articles have nothing to say and nothing to open", async () => {
  const { own, page, close } = await live(browser, FILES, "guides/");
  await own(".bar").waitFor();
  await page.waitForTimeout(200);
  for (const name of [".pick", ".languages", "button:has-text('Edit')"]) assert.ok(await own(name).isHidden(), name);
  assert.ok(await own(".phone").isVisible());
  await close();
});

test("the facts are those of the page as it is now", async () => {
  const { own, page, put, shows, close } = await session();
  await page.unroute("**/__tier0/page/**");
  await answers(page, "page", { ...INFO, draft: false, stale: null, words: 1 });
  put("content/guides/reset.md", PAGE.replace("First", "Other"));
  await shows("Other paragraph.");
  await own(".facts").getByText("1 word · 2 min").waitFor();
  assert.equal(await own(".mark").count(), 0);
  // A page of nothing but lists has no length to speak of.
  await page.unroute("**/__tier0/page/**");
  await answers(page, "page", { ...INFO, stale: null, words: 0, minutes: 0 });
  put("content/guides/reset.md", PAGE.replace("First", "Third"));
  await own(".draft").waitFor();
  assert.equal(await own(".length").count(), 0);
  await close();
});

test("by keyboard: the page, the topmost block, the block with the focus", async () => {
  const { own, page, opened, close } = await session();
  await own(".note").waitFor({ state: "attached" });
  await own("button", { hasText: "Edit" }).getByText("Edit").press("Enter");
  await own(".note").getByText("Opened in the editor.").waitFor();
  await page.locator("main").focus();
  await page.keyboard.press("Alt+e");
  while (opened.length < 2) await page.waitForTimeout(20);
  await page.locator(".prose a", { hasText: "link" }).focus();
  await page.keyboard.press("Alt+e");
  while (opened.length < 3) await page.waitForTimeout(20);
  assert.deepEqual(opened, ["/__tier0/open/guides/reset/", "/__tier0/open/guides/reset/?at=0", "/__tier0/open/guides/reset/?at=4"]);
  // In a field the key is a letter.
  await page.keyboard.press("/");
  await page.locator("input:focus").waitFor();
  await page.keyboard.press("Alt+e");
  await page.waitForTimeout(100);
  assert.equal(opened.length, 3);
  await close();
});

test("under the pointer: with the button until Escape, with Alt as long as it is held", async () => {
  const { own, page, opened, url, close } = await session();
  const item = page.locator("li", { hasText: "two" });
  await own(".pick").click();
  assert.equal(await own(".pick").getAttribute("aria-pressed"), "true");
  await item.hover();
  await own(".outline").waitFor();
  const [around, box] = [await own(".outline").boundingBox(), await item.boundingBox()];
  assert.ok(around.x < box.x && around.y < box.y && around.x + around.width > box.x + box.width);
  await item.click();
  while (opened.length < 1) await page.waitForTimeout(20);
  // A link is picked, not followed.
  await page.locator("#part .anchor").click({ force: true });
  while (opened.length < 2) await page.waitForTimeout(20);
  // What is not of the page is said to be so.
  await page.locator(".brand").click();
  await own(".note").getByText("comes from the theme").waitFor();
  assert.equal(page.url(), `${url}guides/reset/`);
  await page.keyboard.press("Escape");
  assert.equal(await own(".pick").getAttribute("aria-pressed"), "false");
  await own(".outline").waitFor({ state: "hidden" });
  await page.keyboard.down("Alt");
  await page.getByText("First paragraph.").hover();
  await own(".outline").waitFor();
  await page.getByText("First paragraph.").click();
  while (opened.length < 3) await page.waitForTimeout(20);
  await page.keyboard.up("Alt");
  await own(".outline").waitFor({ state: "hidden" });
  await page.getByText("Last paragraph.").click();
  assert.deepEqual(opened.map((one) => one.split("?")[1]), ["at=4", "at=1", "at=0"]);
  await close();
});

test("numbers follow the page when it changes", async () => {
  const { own, page, put, shows, opened, close } = await session();
  await own(".pick").click();
  await page.getByText("Last paragraph.").click();
  await page.unroute("**/__tier0/blocks/**");
  await answers(page, "blocks", { ...BLOCKS, html: BLOCKS.html.replace("<h2", '<p data-t0-at="9">New.</p>\n<h2') });
  put("content/guides/reset.md", PAGE.replace("## Part", "New.\n\n## Part"));
  await shows("New.");
  await page.getByText("New.").click();
  await page.getByText("Last paragraph.").click();
  while (opened.length < 3) await page.waitForTimeout(20);
  assert.deepEqual(opened.map((one) => one.split("?")[1]), ["at=5", "at=9", "at=5"]);
  await close();
});

test("from the page to the line in the file, all of it real", async () => {
  // An "editor" that leaves a file behind.
  const { own, page, folder, close } = await live(browser, FILES, "guides/reset/", { viewport: { width: 1440, height: 900 } }, "--editor", "touch {file}.{line}.opened");
  assert.match(await own(".length").innerText(), /^\d+ words · 1 min/);
  await own(".pick").click();
  await page.locator("li", { hasText: "two" }).click();
  await own(".note").getByText("Opened in the editor.").waitFor();
  const line = PAGE.split("\n").findIndex((text) => text.startsWith("- two")) + 1;
  const file = join(folder, `content/guides/reset.md.${line}.opened`);
  while (!existsSync(file)) await page.waitForTimeout(20);
  await page.locator("h2").press("Escape");
  await own(".languages a").click();
  await page.locator("h1", { hasText: "重启" }).waitFor();
  await close();
});

test("an editor that does not open", async () => {
  const { own, page, close } = await session();
  await page.unroute("**/__tier0/open/**");
  await answers(page, "open", { opened: false, reason: "No <i>editor</i> is set." });
  await own("button.pick + button").click();
  await own(".note").getByText("No <i>editor</i> is set.").waitFor();
  await close();
});

test("on a phone: a few controls, the rest behind one of them", async () => {
  const { own, page, close } = await session({ viewport: { width: 390, height: 844 } });
  assert.ok(await own(".tools").isHidden());
  const bar = await own(".bar").boundingBox();
  assert.ok(bar.height <= 46 && bar.width <= 390, JSON.stringify(bar));
  await own(".more").press("Enter");
  await own(".tools").waitFor();
  assert.ok((await own(".facts").innerText()).includes("is newer (2026-01-02)"), "nothing hovers here");
  assert.ok(await own(".phone").isHidden());
  assert.deepEqual(await objections(page), []);
  await own(".pick").press("Escape");
  await own(".tools").waitFor({ state: "hidden" });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await close(AXE);
});

test("nothing to object to, wide, dark, in Chinese, with a note", async () => {
  for (const [path, options] of [["guides/reset/", { viewport: { width: 1440, height: 900 } }], ["zh/guides/reset/", { colorScheme: "dark", viewport: { width: 1440, height: 900 } }]]) {
    const { own, page, close } = await session(options, path, { ...INFO, unit: "characters" });
    await message(page, { edited: [{ edition: "public", url: "/guides/other/", title: "Other" }] });
    await own(".note a").waitFor();
    assert.deepEqual(await objections(page), []);
    if (path.startsWith("zh")) assert.equal(await own(".length").innerText(), "312 字 · 约 2 分钟");
    await close(AXE);
  }
});

test("a phone: the page in its frame, alive, and back to the desk", async () => {
  const { own, page, put, url, close } = await session();
  await own(".phone").click();
  await page.waitForURL(`${url}__tier0/phone.html?page=*`);
  const frame = page.frameLocator("iframe");
  await frame.getByText("First paragraph.").waitFor();
  assert.equal(await page.locator("iframe").evaluate((one) => one.contentWindow.innerWidth), 390);
  assert.equal(await frame.locator("tier0-preview .bar").count(), 0);
  await page.locator("iframe").evaluate((one) => (one.contentWindow.__alive = true));
  put("content/guides/reset.md", PAGE.replace("First paragraph.", "Swapped paragraph."));
  await frame.getByText("Swapped paragraph.").waitFor();
  assert.ok(await page.locator("iframe").evaluate((one) => one.contentWindow.__alive));
  assert.deepEqual(await objections(page), []);
  await frame.locator(".pager a", { hasText: "Other" }).click();
  await frame.locator("h1", { hasText: "Other" }).waitFor();
  await page.waitForURL(`${url}__tier0/phone.html?page=%2Fguides%2Fother%2F`);
  await page.reload();
  await frame.locator("h1", { hasText: "Other" }).waitFor();
  await page.getByRole("button", { name: "Desk" }).press("Enter");
  await page.waitForURL(`${url}guides/other/`);
  await close();
});

test("the phone shows pages of the preview only", async () => {
  const { page, url, close } = await live(browser, FILES, "guides/");
  for (const asked of ["https://example.com/", "//example.com/", "javascript:alert(1)", "data:text/html,x", "/__tier0/phone.html?page=/", "/\\example.com", "/.//example.com/", "%"]) {
    await page.goto(`${url}__tier0/phone.html?page=${encodeURIComponent(asked)}`);
    await page.frameLocator("iframe").locator("body").waitFor();
    assert.ok((await page.locator("iframe").evaluate((one) => one.src)).startsWith(url), asked);
    assert.equal(await page.locator("iframe").evaluate((one) => one.contentDocument.querySelectorAll("iframe").length), 0, asked);
  }
  await close("404", "400");
});

test("a link that leads the phone out of the preview does not take the way back", async () => {
  const { page, url, put, shows, close } = await live(browser, FILES, "guides/other/");
  put("content/guides/other.md", "# Other\n\n[Away](http://127.0.0.1:9/)\n");
  await shows("Away");
  await page.goto(`${url}__tier0/phone.html?page=/guides/other/`);
  const away = page.frameLocator("iframe").getByRole("link", { name: "Away" });
  await away.evaluate((link) => link.removeAttribute("target"));
  await away.click();
  await page.waitForFunction(() => document.querySelector("iframe").contentDocument === null);
  await page.getByRole("button", { name: "Desk" }).click();
  await page.waitForURL(`${url}guides/other/`);
  await close("127.0.0.1:9", "404");
});
