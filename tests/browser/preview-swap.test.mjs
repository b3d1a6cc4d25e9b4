// A saved file changes the page in place: what the reader and the theme's scripts did to it stays.

import assert from "node:assert/strict";
import { test } from "node:test";
import { live, message } from "./live.mjs";
import { launch } from "./support.mjs";

const browser = await launch();
const CONFIG = '[site]\ntitle = "Book"\n\n[roles.customer]\nlabel = "Customer"\nescalates_to = "desk"\n\n[roles.desk]\nlabel = "Desk"\n';
const FILLER = Array.from({ length: 40 }, (_, i) => `Filler paragraph number ${i}, which is there to be scrolled past.\n`);
const PAGE = `---
title: Reset
---

First paragraph.

## Before

${FILLER.slice(0, 20).join("\n")}
## Tools

::::tabs
:::tab Linux
Run it on Linux.
:::
:::tab Windows
Run it on Windows.
:::
::::

:::details[More]
Folded away.
:::

\`\`\`sh
echo one
\`\`\`

:::steps
1. Open the lid.
2. Hold the button.
3. Close the lid.
:::

- apple
- banana

The sentence to select words in.

## After

${FILLER.slice(20).join("\n")}`;

const start = (body = PAGE, options) => live(browser, { "tier0.toml": CONFIG, "content/guides/reset.md": body, "content/guides/other.md": "# Other\n\nOther text.\n" }, "guides/reset/", options);
const top = (page, selector) => page.locator(selector).first().evaluate((node) => node.getBoundingClientRect().top);

test("a body edit keeps place, tab, details, ticks and selection", async () => {
  const { page, put, shows, mark, isAlive, close } = await start();
  await mark();
  await page.getByRole("tab", { name: "Windows" }).click();
  await page.locator("details.details summary").click();
  await page.locator(".step-tick").nth(1).check();
  await page.locator("h2#after").evaluate((node) => node.scrollIntoView({ block: "center", behavior: "instant" }));
  await page.evaluate(() => {
    const words = [...document.querySelectorAll("p")].find((one) => one.textContent.startsWith("The sentence")).firstChild;
    getSelection().setBaseAndExtent(words, 4, words, 12);
  });
  const before = await top(page, "h2#after");
  // Above the window, in it, and in the sentence that is selected.
  put("content/guides/reset.md", PAGE.replace("First paragraph.", "First paragraph.\n\nOne more.\n\nAnd one.\n\nAnd another.").replace("words in.", "words in, longer."));
  await shows("words in, longer.");
  await shows("And another.");
  // The browser, too, may want to bring it back, in the next frame.
  await page.waitForTimeout(150);
  assert.ok(await isAlive(), "no reload");
  assert.ok(Math.abs((await top(page, "h2#after")) - before) <= 1, `${before} became ${await top(page, "h2#after")}`);
  assert.equal(await page.evaluate(() => String(getSelection())), "sentence");
  assert.equal(await page.getByRole("tab", { name: "Windows" }).getAttribute("aria-selected"), "true");
  assert.ok(await page.locator("details.details").evaluate((box) => box.open));
  assert.ok(await page.locator(".step-tick").nth(1).isChecked());
  await close();
});

test("at the top of the page the top stays in view", async () => {
  const { page, put, shows, isAlive, mark, close } = await start();
  await mark();
  put("content/guides/reset.md", PAGE.replace("First paragraph.", "New beginning.\n\nFirst paragraph."));
  await shows("New beginning.");
  assert.equal(await page.evaluate(() => scrollY), 0);
  assert.ok(await isAlive());
  await close();
});

test("a heading, and its place in the contents", async () => {
  const { page, put, mark, isAlive, close } = await start(undefined, { viewport: { width: 1440, height: 900 } });
  await mark();
  put("content/guides/reset.md", PAGE.replace("## After", "## Much later").replace("## Before", "## Before\n\n## Between"));
  await page.locator(".toc a", { hasText: "Much later" }).waitFor();
  await page.locator("h2#much-later").waitFor();
  assert.deepEqual(await page.locator(".toc a").allInnerTexts(), ["Before", "Between", "Tools", "Much later"]);
  assert.equal(await page.locator("h2#much-later .anchor").getAttribute("href"), "#much-later");
  assert.ok(await isAlive());
  await close();
});

test("a list item above another, words of a step, code that its button copies", async () => {
  const { page, put, shows, mark, isAlive, close } = await start(undefined, { permissions: ["clipboard-read", "clipboard-write"] });
  await mark();
  await page.locator("li", { hasText: "banana" }).evaluate((node) => (node.__mine = true));
  put("content/guides/reset.md", PAGE.replace("- banana", "- avocado\n- banana").replace("Hold the button.", "Press the button.").replace("echo one", 'echo "two" # changed'));
  await shows("avocado");
  await shows("Press the button.");
  assert.ok(await isAlive());
  assert.ok(await page.locator("li", { hasText: "banana" }).evaluate((node) => node.__mine), "the item is the same");
  await page.locator(".code .copy").click();
  await page.locator(".said", { hasText: "Copied" }).waitFor();
  assert.equal((await page.evaluate(() => navigator.clipboard.readText())).trim(), 'echo "two" # changed');
  await close();
});

test("text in a field of the hand-off, its focus and its cursor", async () => {
  const { page, put, shows, mark, isAlive, reloaded, close } = await start(PAGE.replace("title: Reset", "title: Reset\ncollect: [Serial number, Firmware]\nkind: guide"));
  await mark();
  await page.locator('[data-helped="no"]').click();
  const field = page.locator('[data-field="Firmware"]');
  await field.fill("version 2.3");
  await field.evaluate((node) => node.setSelectionRange(3, 5));
  const before = await top(page, '[data-field="Firmware"]');
  const edited = PAGE.replace("title: Reset", "title: Reset\ncollect: [Serial number, Firmware]\nkind: guide").replace("First paragraph.", "First.\n\nSecond.");
  put("content/guides/reset.md", edited);
  await shows("Second.");
  assert.ok(await isAlive());
  const state = () => field.evaluate((node) => [node.value, node === document.activeElement, node.selectionStart, node.selectionEnd]);
  assert.deepEqual(await state(), ["version 2.3", true, 3, 5]);
  assert.ok(Math.abs((await top(page, '[data-field="Firmware"]')) - before) <= 1);
  // One more field has to be wired, and takes a new load; all of this comes through that too.
  put("content/guides/reset.md", edited.replace("Firmware]", "Firmware, Colour]"));
  await page.locator('[data-field="Colour"]').waitFor();
  await reloaded();
  await page.waitForFunction(() => document.activeElement.dataset.field === "Firmware");
  assert.deepEqual(await state(), ["version 2.3", true, 3, 5]);
  assert.ok(await page.locator("#t0-next").isVisible());
  await close();
});

test("an open answer stays open, and its heading is still its button", async () => {
  const faq = "---\ntitle: Questions\nkind: faq\n---\n\n## Why?\n\nBecause.\n\n## How?\n\nLike this.\n\n## When?\n\nNow.\n";
  const { page, put, shows, mark, isAlive, reloaded, close } = await start(faq);
  await mark();
  await page.getByRole("button", { name: "How?" }).first().click();
  await page.getByText("Like this.").waitFor();
  put("content/guides/reset.md", faq.replace("Like this.", "Like that.").replace("How?", "How exactly?"));
  await shows("Like that.");
  await page.getByRole("button", { name: "How exactly?", exact: true }).waitFor();
  assert.ok(await isAlive());
  assert.ok(await page.getByText("Like that.").isVisible());
  // A question more is a new load; the answer is open after it.
  put("content/guides/reset.md", faq.replace("Like this.", "Like that.").replace("## Why?", "## What?\n\nThat.\n\n## Why?"));
  await page.getByRole("button", { name: "What?", exact: true }).waitFor();
  await page.getByText("Like that.").waitFor();
  await reloaded();
  assert.ok(await page.getByText("Because.").isHidden());
  await close();
});

test("the step of a troubleshooter stays", async () => {
  const tree = "---\ntitle: Tree\nkind: troubleshooter\n---\n\n## Is it on?\n\nLook at the lamp.\n\n- [Yes](#hot)\n- [No](#plug)\n\n## Is it hot? {#hot}\n\nTouch it.\n\n- [Yes](#plug)\n\n## Plug it in {#plug .resolved}\n\nThat helps.\n";
  const { page, put, shows, mark, isAlive, reloaded, close } = await start(tree);
  await mark();
  await page.getByRole("link", { name: "Yes" }).first().click();
  await page.getByText("Touch it.").waitFor();
  put("content/guides/reset.md", tree.replace("Touch it.", "Touch it with care."));
  await shows("Touch it with care.");
  assert.ok(await isAlive());
  put("content/guides/reset.md", tree.replace("Touch it.", "Touch it once.").replace("Is it hot?", "Is it warm?"));
  await shows("Touch it once.");
  await page.getByRole("heading", { name: "Is it warm?" }).waitFor();
  // Headings of steps are in the path.
  await reloaded();
  assert.ok(await page.getByText("Touch it once.").isVisible());
  await close();
});

test("a new set of tabs takes a new load, which brings everything back", async () => {
  const { page, put, mark, reloaded, close } = await start();
  await mark();
  await page.getByRole("tab", { name: "Windows" }).click();
  await page.locator("details.details summary").click();
  await page.locator(".step-tick").nth(1).check();
  await page.locator("h2#after").evaluate((node) => node.scrollIntoView({ block: "start", behavior: "instant" }));
  const before = await top(page, "h2#after");
  put("content/guides/reset.md", PAGE.replace("First paragraph.", "First paragraph.\n\n::::tabs\n:::tab Red\nA red one.\n:::\n:::tab Blue\nA blue one.\n:::\n::::\n"));
  await page.getByRole("tab", { name: "Blue" }).waitFor();
  await reloaded();
  assert.equal(await page.getByRole("tab", { name: "Windows" }).getAttribute("aria-selected"), "true");
  assert.equal(await page.getByRole("tab", { name: "Red" }).getAttribute("aria-selected"), "true");
  assert.ok(await page.locator("details.details").evaluate((box) => box.open));
  assert.ok(await page.locator(".step-tick").nth(1).isChecked());
  assert.ok(Math.abs((await top(page, "h2#after")) - before) <= 2, `${before} became ${await top(page, "h2#after")}`);
  // The way back is the browser's own again.
  await page.reload();
  assert.equal(await page.evaluate(() => history.scrollRestoration), "auto");
  await close();
});

test("blocks that change places keep what they have", async () => {
  const body = "---\ntitle: Reset\n---\n\n```sh\necho one\n```\n\nWords between.\n\n```sh\necho two\n```\n";
  const { page, put, mark, isAlive, close } = await start(body);
  await mark();
  put("content/guides/reset.md", "---\ntitle: Reset\n---\n\n```sh\necho two\n```\n\nWords between.\n\n```sh\necho one\n```\n");
  await page.locator(".code", { hasText: "two" }).first().waitFor();
  await page.waitForFunction(() => document.querySelector(".code code").textContent.includes("two"));
  assert.ok(await isAlive());
  assert.equal(await page.locator(".code .copy").count(), 2);
  await close();
});

test("a style, a template, a title", async () => {
  const { page, put, mark, isAlive, reloaded, shows, close } = await start();
  await mark();
  const print = () => page.locator("link[media=print]").evaluate((link) => link.href);
  const first = await print();
  put("themes/default/assets/css/print.css", "main { color: black; }\n");
  // The old name is gone as soon as the new one is there.
  await page.waitForFunction((first) => document.querySelector("link[media=print]").href !== first, first);
  assert.match(await page.evaluate(async (href) => (await fetch(href)).text(), await print()), /color: black/);
  const names = () => page.locator("link[href*='main.']").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  const [old] = await names();
  put("themes/default/assets/css/main.css", "h1 { letter-spacing: 7px; }\n");
  await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).letterSpacing === "7px");
  await page.waitForFunction((old) => [...document.querySelectorAll("link")].every((link) => link.getAttribute("href") !== old), old);
  assert.equal((await names()).length, 1);
  put("themes/default/templates/partials/meta.html", '<p class="mine">Mine: {{ page.title }}</p>');
  await shows("Mine: Reset");
  put("content/guides/reset.md", PAGE.replace("title: Reset", "title: Restart"));
  await page.waitForFunction(() => document.title === "Restart · Book");
  await shows("Mine: Restart");
  assert.ok(await isAlive());
  // What scripts do is only as new as they are.
  put("themes/default/assets/js/redirect.js", "// Another one.\n");
  put("themes/default/assets/js/theme.js", "document.documentElement.classList.add('js', 'another');\n");
  await page.locator("html.another").waitFor();
  await reloaded();
  // It leaves its bundle with the first change, and is as new after the second.
  for (const word of ["once", "twice"]) {
    put("themes/default/assets/js/zoom.js", `document.documentElement.classList.add("${word}");\nexport const wireZoom = () => {};\n`);
    await page.locator(`html.${word}`).waitFor();
  }
  assert.equal(await page.locator("html.once").count(), 0);
  await close();
});

test("the reader's colours and what scripts wrote on the page's root stay", async () => {
  const { page, put, mark, isAlive, shows, close } = await start();
  await mark();
  await page.locator(".theme-toggle").click();
  const theme = await page.locator("html").getAttribute("data-theme");
  for (const words of ["Once.", "Twice."]) {
    put("content/guides/reset.md", PAGE.replace("First paragraph.", words));
    await shows(words);
  }
  assert.ok(await isAlive());
  assert.equal(await page.locator("html").getAttribute("data-theme"), theme);
  assert.ok(await page.locator("html.js").count());
  await close();
});

const picture = (colour) => `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="${colour}"/></svg>`;

test("a picture that was replaced is fetched again", async () => {
  const { page, put, mark, isAlive, shows, close } = await live(
    browser,
    { "tier0.toml": CONFIG, "content/guides/lamp.svg": picture("red"), "content/guides/reset.md": "---\ntitle: Reset\n---\n\n![Lamp](lamp.svg)\n" },
    "guides/reset/",
  );
  await mark();
  const colour = () => page.evaluate(async () => (await (await fetch(document.querySelector(".prose img").src)).text()).match(/fill="(\w+)"/)[1]);
  assert.equal(await colour(), "red");
  const file = await page.locator(".prose img").evaluate((image) => decodeURIComponent(new URL(image.src).pathname).slice(1));
  const told = page.evaluate(() => new Promise((keep) => globalThis.__events.addEventListener("message", () => keep(), { once: true })));
  await page.evaluate(() => 0); // It listens by now.
  put("content/guides/lamp.svg", picture("blue"));
  await told;
  const fetched = page.waitForRequest((request) => request.url().includes("lamp") && request.resourceType() === "image");
  await message(page, { files: [file] });
  await fetched;
  await page.waitForFunction(() => document.querySelector(".prose img").src.includes("t0="));
  assert.equal(await colour(), "blue");
  // The next swap does not see the difference.
  put("content/guides/reset.md", "---\ntitle: Reset\n---\n\nNew words.\n\n![Lamp](lamp.svg)\n");
  await shows("New words.");
  assert.ok(await page.locator(".prose img").evaluate((image) => image.src.includes("t0=")));
  // Other pictures stay as they are.
  const src = await page.locator(".prose img").getAttribute("src");
  await message(page, { files: ["guides/other.svg"] });
  assert.equal(await page.locator(".prose img").getAttribute("src"), src);
  assert.ok(await isAlive());
  await close();
});

test("another page was saved: a note leads there", async () => {
  const { page, own, mark, isAlive, put, url, close } = await start();
  await mark();
  await own(".bar").waitFor();
  const other = { edition: "public", url: "/guides/other/", title: "<b>Other</b>" };
  await message(page, { edited: [{ edition: "public", url: "/", title: "Home" }, other, { edition: "elsewhere", url: "/no/", title: "No" }] });
  await own(".note").getByText("“<b>Other</b>” has changed.").waitFor();
  assert.equal(await own(".note b").count(), 0);
  await own(".note .dismiss").click();
  await own(".note a").waitFor({ state: "detached" });
  // The page in view is among them: nothing to say.
  await message(page, { edited: [{ edition: "public", url: "/guides/reset/", title: "Reset" }, other] });
  await page.waitForTimeout(100);
  assert.equal(await own(".note a").count(), 0);
  await message(page, { edited: [other] });
  assert.ok(await isAlive());
  await own(".note a").click();
  await page.waitForURL(`${url}guides/other/`);
  await own(".bar").waitFor();
  await page.waitForTimeout(100);
  assert.equal(await own(".note a").count(), 0, "gone where it leads");
  await page.goto(`${url}guides/reset/`);
  await own(".bar").waitFor();
  await page.waitForTimeout(100);
  assert.equal(await own(".note a").count(), 0, "and gone for good");
  put("content/guides/reset.md", PAGE.replace("First", "Last"));
  await page.getByText("Last paragraph.").waitFor();
  await close();
});

test("the address of the page in view changes: the note leads to the new one", async () => {
  const { page, own, put, url, shows, close } = await start();
  await own(".bar").waitFor();
  put("content/guides/reset.md", PAGE.replace("title: Reset", "title: Reset\nslug: moved"));
  await own(".note").getByText("“Reset” has changed.").waitFor();
  await shows("does not exist");
  await own(".note a").click();
  await page.waitForURL(`${url}guides/moved/`);
  await shows("First paragraph.");
  await close("404");
});

test("a new load waits for a pause in the typing, and for characters that are being chosen", async () => {
  const body = PAGE.replace("title: Reset", "title: Reset\ncollect: [Firmware]\nkind: guide");
  const { page, put, mark, isAlive, reloaded, close } = await start(body);
  // One block more each time: what is wired takes a new load, and what is there already none.
  const code = (count) => put("content/guides/reset.md", body.replace("First paragraph.", "First paragraph.\n\n```\nbrand-new\n```\n".concat("\n```\nmore\n```\n".repeat(count))));
  const field = page.locator('[data-field="Firmware"]');
  let typed;
  // The page itself types. On a busy machine it may pause all the same; then it loads, and that is another try. One that
  // did not wait would load at each.
  for (let attempt = 0; typed === undefined; attempt += 1) {
    assert.ok(attempt < 8, "the page never came to type without a pause");
    await mark();
    if (!(await field.isVisible())) await page.locator('[data-helped="no"]').click();
    await field.click();
    await page.evaluate(() => {
      globalThis.__typing = setInterval(() => {
        document.execCommand("insertText", false, "x");
      }, 50);
    });
    // Whoever has not begun to type is in no pause.
    await page.waitForFunction(() => document.activeElement.value.length > 0);
    const fetched = page.waitForResponse((response) => response.url() === page.url() && response.request().resourceType() === "fetch");
    code(attempt);
    await fetched;
    const { length } = await field.inputValue();
    await page.waitForFunction((most) => !globalThis.__typing || document.activeElement.value.length >= most, length + 20);
    if (await isAlive()) {
      typed = await page.evaluate(() => {
        clearInterval(globalThis.__typing);
        return document.activeElement.value;
      });
    }
  }
  await page.locator(".code", { hasText: "brand-new" }).waitFor();
  await reloaded();
  assert.equal(await field.inputValue(), typed);
  await mark();
  await field.focus();
  const browserSide = await page.context().newCDPSession(page);
  await browserSide.send("Input.imeSetComposition", { text: "ni", selectionStart: 2, selectionEnd: 2 });
  put("content/guides/reset.md", body);
  await page.waitForTimeout(1500);
  assert.ok(await isAlive());
  await browserSide.send("Input.insertText", { text: "你" });
  await page.locator(".code", { hasText: "brand-new" }).waitFor({ state: "detached" });
  await reloaded();
  await page.waitForFunction(() => document.activeElement.dataset.field === "Firmware");
  assert.equal(await field.inputValue(), `${typed}你`);
  await close();
});

test("an open search, and what was asked, comes through a new load", async () => {
  for (const width of [1280, 390]) {
    const { page, put, mark, reloaded, close } = await start(PAGE, { viewport: { width, height: 800 } });
    await mark();
    await page.keyboard.press("/");
    const field = page.locator("dialog.search-dialog[open] input");
    await field.waitFor();
    await page.keyboard.type("lid");
    put("content/guides/reset.md", PAGE.replace("First paragraph.", "First paragraph.\n\n```\nbrand-new\n```\n"));
    await page.locator(".code", { hasText: "brand-new" }).waitFor({ state: "attached" });
    await reloaded();
    await page.waitForFunction(() => document.activeElement.closest("dialog"));
    assert.equal(await field.inputValue(), "lid");
    await page.locator("dialog .hit").first().waitFor();
    await page.keyboard.press("Escape");
    await field.waitFor({ state: "hidden" });
    // The search may have met the index of the build before, and asks anew then.
    await close("404");
  }
});

test("the other page's note in Chinese", async () => {
  const { page, own, close } = await live(browser, { "tier0.toml": '[site]\ntitle = "手册"\n\n[languages.en]\n[languages.zh]\n', "content/guides/reset.zh.md": "# 重启\n\n正文。\n" }, "zh/guides/reset/");
  await own(".bar").waitFor();
  await message(page, { edited: [{ edition: "public", url: "/%E5%85%B6%E4%BB%96/", title: "其他" }] });
  await own(".note").getByText("“其他”有改动。").waitFor();
  assert.equal(await own(".note a").getAttribute("href"), "/%E5%85%B6%E4%BB%96/");
  await close();
});
