// What containers and images do in a browser: ticks, tabs, links into what is folded away, replies, images in full size.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LOOKS, build, launch, objections, open, serve, settled, visit } from "./support.mjs";

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900"><rect width="1600" height="900" fill="#67cfc2"/></svg>';
const STEPS = `:::steps
1. Unplug the router.
2. Wait **ten** seconds.

   Longer for old models.
3. Plug it in again.
:::

::::steps
### Call the customer

:::details Which number?
#### The number on the order
The other one may be old.
:::

### Write it down

Into the ticket.
::::
`;
const TABS = `::::tabs
:::tab Windows
Windows text.
:::
:::tab macOS
#### Deep heading

macOS text.

:::::::tabs
::::::tab Safari
Safari text.
::::::
::::::tab Firefox
#### Deeper heading

Firefox text.
::::::
:::::::
:::
::::
`;
const REPLY = `# Reply

:::reply
Dear **customer**,
thank you for \`order  42\`.

1. Open [the guide](tabs.md#deep-heading).
2. Press *Reset*:
   - for ten seconds
   - then <kbd>OK</kbd>
3. Run this:

   \`\`\`sh
   a
     b
   \`\`\`

| Lamp | Meaning |
|------|---------|
| red  | **off** |

![A lamp](pixel.svg "The lamp")

See https://example.com/a_b or [example.com](https://example.com), write to [us](mailto:help@example.com?subject=x) or help@example.com, call [+1 555 0100](tel:+15550100).

:::internal
Secret.
:::

\\
Line one\\
line two[^1]
:::

[^1]: A note.
`;
const REPLY_TEXT = (home) => `Dear customer, thank you for order  42.

1. Open the guide (${home}tabs/#deep-heading).

2. Press Reset:
   - for ten seconds
   - then OK

3. Run this:

a
  b

Lamp | Meaning
red | off

A lamp

The lamp

See https://example.com/a_b or https://example.com/, write to us (help@example.com) or help@example.com, call +1 555 0100.

Line one
line two`;
const ZH = `# 回复

:::reply 退款说明
您好！
退款将在 **三天**内到账。

- 进度见[退款指南](tabs.md)。
- 需要帮助请致电 [400-800-1234](tel:4008001234)。

祝好！
:::
`;
const FILES = (steps) => ({
  "tier0.toml": '[site]\ntitle = "Help"\n\n[languages.zh]\n\n[editions.desk]\nroles = "all"\n',
  "content/steps.md": `# Steps\n\n## How to\n\n${steps}`,
  "content/tabs.md": `# Tabs\n\n[Deeper](#deeper-heading)\n\n${TABS}\n${"Filler.\n\n".repeat(40)}\n${TABS.replaceAll("heading", "section")}`,
  "content/other.md": "# Other\n\n::::tabs\n:::tab Linux\nLinux text.\n:::\n:::tab macOS\nOther text.\n:::\n::::\n",
  "content/details.md": `# Details\n\n[Inside](#inside)\n\n${"Filler.\n\n".repeat(60)}\n:::details More\n${"Filler.\n\n".repeat(30)}\n#### Inside\n\nHidden text.\n:::\n`,
  "content/reply.md": REPLY,
  "content/reply.zh.md": ZH,
  "content/zoom.md": '# Zoom\n\n![A green screen](pixel.svg "What you should see")\n\n![](pixel.svg)\n\n[![Linked](pixel.svg)](tabs.md)\n',
  "content/boxes.md": `# Boxes\n\n${["note", "tip", "info", "important", "warning", "caution", "danger"].map((name) => `:::${name}\nText with [a link](tabs.md) and \`code\`.\n:::\n`).join("\n")}\n> [!NOTE]\n> An alert.\n\n:::internal\nInternal.\n:::\n`,
  "content/boxes.zh.md": `# 提示框\n\n${["note", "warning", "danger"].map((name) => `:::${name}\n一句话。\n:::\n`).join("\n")}\n:::internal\n内部。\n:::\n`,
  "content/pixel.svg": SVG,
});
const site = build(FILES(STEPS), "--edition", "desk");
const changed = build(FILES(STEPS.replace("Wait **ten**", "Wait **twenty**")), "--edition", "desk");
let isChanged = false;
const TYPES = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", svg: "image/svg+xml" };
const home = await serve(site, "/", (path, response) => {
  if (!isChanged || !path.startsWith("steps")) return false;
  response.writeHead(200, { "content-type": TYPES.html });
  response.end(readFileSync(`${changed}/steps/index.html`));
  return true;
});
const browser = await launch();
const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

test("ticks survive a reload, and a step that has changed loses its own", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}steps/`);
    const ticks = page.locator(".step-tick");
    const ticked = () => ticks.evaluateAll((all) => all.map((tick) => Number(tick.checked)).join(""));
    const reset = page.getByRole("button", { name: "Reset ticks" });
    assert.equal(await ticks.count(), 5);
    assert.equal(await reset.count(), 0);
    await page.getByRole("checkbox", { name: "Step 2 done" }).first().check();
    await ticks.nth(2).focus();
    await page.keyboard.press("Space");
    await ticks.nth(4).check();
    assert.equal(await reset.count(), 2);
    assert.equal(await page.locator(".step-item.done").count(), 3);
    await page.reload();
    assert.equal(await ticked(), "01101");
    await page.goto(`${home}steps/index.html`);
    assert.equal(await ticked(), "01101");
    isChanged = true;
    await page.goto(`${home}steps/`);
    await settled(page);
    assert.equal(await ticked(), "00101");
    await reset.first().click();
    assert.equal(await ticked(), "00001");
    assert.equal(await ticks.first().evaluate((tick) => tick === document.activeElement), true);
    await page.reload();
    assert.equal(await ticked(), "00001");
    isChanged = false;
    // What was forgotten stays so, even if the step is the old one again.
    await page.reload();
    assert.equal(await ticked(), "00001");
  });
});

test("storage that is blocked or not ours is no fault", async () => {
  await visit(browser, {}, async (page) => {
    await page.addInitScript(() => {
      localStorage.setItem("t0-steps:/steps/", "{");
      localStorage.setItem("t0-tabs", '{"a":1}');
    });
    await page.goto(`${home}steps/`);
    await page.locator(".step-tick").first().check();
    await page.goto(`${home}tabs/`);
    assert.equal(await page.locator("[role=tab]").first().getAttribute("aria-selected"), "true");
  });
  await visit(browser, {}, async (page) => {
    await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new Error("blocked"); } }));
    await page.goto(`${home}steps/`);
    await page.locator(".step-tick").first().check();
    await page.goto(`${home}tabs/`);
    await page.getByRole("tab", { name: "macOS" }).first().click();
  });
});

test("a step is found by its anchor, and its number is a link to it", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}steps/`);
    await settled(page);
    await page.locator("#step-3 > .anchor").click();
    assert.equal(new URL(page.url()).hash, "#step-3");
  });
});

test("tabs follow each other on a page, and are remembered on the next", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}tabs/`);
    const tabs = page.getByRole("tab", { name: "macOS" });
    const shown = () => page.locator(".tab:not([hidden]) > p:not(.tab-title):visible").allInnerTexts();
    assert.deepEqual(await shown(), ["Windows text.", "Windows text."]);
    await tabs.nth(1).scrollIntoViewIfNeeded();
    const { y } = await tabs.nth(1).boundingBox();
    await tabs.nth(1).click();
    assert.deepEqual(await shown(), ["macOS text.", "Safari text.", "macOS text.", "Safari text."]);
    assert.ok(Math.abs((await tabs.nth(1).boundingBox()).y - y) < 2, "what is pressed stays under the finger");
    await page.keyboard.press("ArrowLeft");
    assert.deepEqual(await shown(), ["Windows text.", "Windows text."]);
    await page.keyboard.press("End");
    await page.goto(`${home}other/`);
    assert.deepEqual(await shown(), ["Other text."]);
    await page.getByRole("tab", { name: "Linux" }).click();
    await page.goto(`${home}tabs/`);
    assert.deepEqual((await shown())[0], "macOS text.");
  });
});

for (const finds of [true, false]) {
  test(`links lead into closed tabs and details, without counting as a choice, in browsers that ${finds ? "look" : "do not look"} into them`, async () => {
    await visit(browser, {}, async (page) => {
      if (!finds) await page.addInitScript(() => delete HTMLElement.prototype.onbeforematch);
      const isSeen = (selector) => page.waitForFunction((selector) => {
        const { top, bottom, height } = document.querySelector(selector).getBoundingClientRect();
        return height > 0 && top >= 0 && bottom <= innerHeight && document.querySelector(selector).checkVisibility();
      }, selector);
      await page.goto(`${home}tabs/#deeper-section`);
      await isSeen("#deeper-section");
      assert.equal(await page.getByRole("tab", { name: "macOS" }).first().getAttribute("aria-selected"), "false");
      await page.getByRole("link", { name: "Deeper" }).click();
      await isSeen("#deeper-heading");
      assert.equal(await page.evaluate(() => localStorage.getItem("t0-tabs")), null);
      // A second press on the same link opens it again.
      await page.getByRole("tab", { name: "Windows" }).first().click();
      await page.getByRole("link", { name: "Deeper" }).click();
      await isSeen("#deeper-heading");
      await page.goto(`${home}details/#inside`);
      await isSeen("#inside");
      await page.locator("details.details > summary").click();
      await page.getByRole("link", { name: "Inside" }).click();
      await isSeen("#inside");
    });
  });
}

test("a search inside the page opens the tab that has the words", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}tabs/`);
    const panel = page.locator(".tab", { has: page.locator("#deeper-heading") }).first();
    assert.equal(await panel.getAttribute("hidden"), "until-found");
    await page.goto(`${home}tabs/?hl=firefox`);
    await page.locator(".marks").waitFor();
    assert.ok(await page.getByText("Firefox text.").first().isVisible());
  });
});

test("paper shows all panels with their titles, and a box at each step", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}tabs/`);
    await settled(page);
    await page.emulateMedia({ media: "print" });
    for (const text of ["Windows text.", "macOS text.", "Firefox text."]) assert.ok(await page.getByText(text).first().isVisible(), text);
    for (const text of await page.locator(".tab-title").all()) assert.ok(await text.isVisible());
    await page.goto(`${home}steps/`);
    assert.equal(await page.locator(".step-tick").first().isVisible(), false);
    const width = await page.locator(".step-item").last().evaluate((item) => getComputedStyle(item, "::after").borderTopWidth);
    assert.notEqual(width, "0px");
  });
});

test("a reply is copied exactly, as plain text", async () => {
  const { page, close } = await open(browser, CLIPBOARD);
  const copied = async (name) => {
    await page.getByRole("button", { name }).click();
    await page.locator(".said", { hasText: /./ }).waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  await page.goto(`${home}reply/`);
  assert.ok(await page.locator(".reply-head", { hasText: "Reply to send" }).isVisible());
  assert.equal(await page.locator(".reply button").count(), 1);
  assert.equal(await copied("Copy reply"), REPLY_TEXT(home));
  await page.goto(`${home}zh/reply/`);
  assert.ok(await page.locator(".reply-head", { hasText: "退款说明" }).isVisible());
  assert.equal(await copied("复制回复"), `您好！退款将在 三天内到账。\n\n- 进度见退款指南 (${home}tabs/)。\n- 需要帮助请致电 400-800-1234。\n\n祝好！`);
  await close();
});

test("where nothing can be copied, the text is selected and that is said", async () => {
  await visit(browser, {}, async (page) => {
    await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
    await page.goto(`${home}zh/reply/`);
    await page.getByRole("button", { name: "复制回复" }).click();
    await page.locator(".said", { hasText: "已选中" }).waitFor();
    assert.match(await page.evaluate(() => String(getSelection())), /^您好！/);
  });
});

test("an image opens in full size by keyboard, and the focus comes back", async () => {
  await visit(browser, { viewport: { width: 1000, height: 700 } }, async (page) => {
    await page.goto(`${home}zoom/`);
    await settled(page);
    assert.equal(await page.locator("figcaption").innerText(), "What you should see");
    const link = page.getByRole("link", { name: "A green screen" });
    const dialog = page.getByRole("dialog", { name: "A green screen" });
    await link.focus();
    await page.keyboard.press("Enter");
    await dialog.waitFor();
    const width = () => dialog.locator("img").evaluate((image) => image.clientWidth);
    await dialog.locator("img").evaluate((image) => image.decode());
    assert.ok((await width()) <= 1000);
    await dialog.getByRole("button", { name: "Actual size" }).click();
    assert.equal(await width(), 1600);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.equal(await link.evaluate((node) => node === document.activeElement), true);
    await link.click();
    await dialog.getByRole("button", { name: "Close image" }).click();
    await dialog.waitFor({ state: "detached" });
    await link.click();
    await page.mouse.click(5, 690);
    await dialog.waitFor({ state: "detached" });
    assert.equal(new URL(page.url()).pathname, "/zoom/");
    await page.getByRole("link", { name: "Show the image in full size" }).click();
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Linked" }).click();
    await page.waitForURL(`${home}tabs/`);
  });
});

test("without JavaScript everything is there to read", async () => {
  await visit(browser, { javaScriptEnabled: false }, async (page) => {
    await page.goto(`${home}tabs/`);
    for (const text of ["Windows text.", "macOS text.", "Safari text.", "Firefox text."]) assert.ok(await page.getByText(text, { exact: true }).first().isVisible(), text);
    assert.deepEqual((await page.locator(".tab-title:visible").allInnerTexts()).slice(0, 4), ["Windows", "macOS", "Safari", "Firefox"]);
    await page.goto(`${home}steps/`);
    assert.equal(await page.locator("input, .steps-reset").count(), 0);
    assert.ok(await page.getByText("Plug it in again.").isVisible());
    await page.goto(`${home}details/`);
    await page.locator("details.details > summary").click();
    assert.ok(await page.getByText("Hidden text.").isVisible());
    await page.goto(`${home}reply/`);
    assert.ok(await page.getByText("Reply to send").isVisible());
    await page.goto(`${home}zoom/`);
    const [response] = await Promise.all([page.waitForResponse(/pixel/), page.getByRole("link", { name: "A green screen" }).click()]);
    assert.equal(response.status(), 200);
    await page.waitForURL(/pixel.*svg/);
    // A browser that shows a bare file asks for /favicon.ico.
  }, "404", "favicon");
});

for (const [colorScheme, width] of LOOKS) {
  test(`axe objects to nothing: ${colorScheme}, ${width} px`, async () => {
    const { page, close } = await open(browser, { colorScheme, viewport: { width, height: 900 } });
    const found = [];
    const check = async (name) => {
      found.push(...(await objections(page)).map((text) => `${name}: ${text}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wide > 0) found.push(`${name}: ${wide} px too wide`);
    };
    for (const path of ["steps/", "tabs/", "details/", "reply/", "zh/reply/", "zoom/", "boxes/", "zh/boxes/"]) {
      await page.goto(home + path);
      await settled(page);
      for (const tick of await page.locator(".step-tick").all()) await tick.check();
      await check(path);
    }
    await page.goto(`${home}zoom/`);
    await page.locator("a.zoom").first().click();
    await page.locator(".zoom-dialog img").evaluate((image) => image.decode());
    await check("image in full size");
    assert.deepEqual(found, []);
    await close();
  });
}
