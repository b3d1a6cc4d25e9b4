// The end of an article that did not help: in Chromium, with the clipboard.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LOOKS, build, launch, objections, open, serve, settled, visit } from "./support.mjs";

const CONFIG = `
[editions.staff]
roles = ["customer", "hotline", "support"]

[roles.support.contact]
mailto = "second@example.com"

[languages.en]
[languages.zh]
name = "简体中文"

[roles.hotline.contact]
phone = "400 810 0000"
mailto = "help@example.com"
hours = { en = "Mon–Fri 9–18", zh = "周一至周五 9:00–18:00" }
ticket = "https://desk.example.com/new?title={title}&v={Product version}&body={text}&x={nothing}"
`;
const ENGLISH = `---
title: No picture <b>
kind: guide
id: no-picture
time: 10
updated: 2026-11-20
collect: [Product version, Error text, "Request id?"]
---

## Issue

The light is green & the screen stays black.

## Solution

Unplug it.
`;
const CHINESE = `---
title: 没有图像
kind: guide
collect: [产品版本, "请求编号？"]
---

## 问题现象

屏幕一直是黑的。

## 解决方法

拔掉电源。
`;

const TREE = `---
title: The modem does not connect
kind: troubleshooter
id: modem
collect: [Serial number]
---

## Does the power light glow? {#light}

- [Yes](#cable)
- [No](#call)

## Check the cable {#cable}

:::steps
1. Push it in on both sides.
2. Wait a minute.
:::

- [It works](#fixed)
- [Still nothing](#call)

## Fixed {.resolved}

Good.

## Call us {#call .escalate}

Somebody helps you.
`;
const ODD = `---
title: Odd
kind: guide
collect: ["Price in $&"]
---

:::steps
1. ${"x".repeat(78)}😀😀😀
:::
`;
const browser = await launch();
const staff = ["--edition", "staff"];
const context = {
  locale: "en-GB",
  timezoneId: "Asia/Shanghai",
  userAgent: "A browser/1.0",
  permissions: ["clipboard-read", "clipboard-write"],
};
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

const files = { "tier0.toml": CONFIG, "content/a.md": ENGLISH, "content/a.zh.md": CHINESE, "content/b.md": "# B\n\nText.\n", "content/t.md": TREE, "content/o.md": ODD };
const site = await serve(build(files));
const desk = await serve(build(files, ...staff));

async function openForm(page, url) {
  await page.clock.setFixedTime(new Date("2026-11-21T08:30:00Z"));
  await page.goto(url);
  await settled(page);
  await page.locator('[data-helped="no"]').focus();
  await page.keyboard.press("Enter");
}

describe("the hand-off", () => {
  it("composes a text, names what is missing, and copies what it shows", () =>
    visit(browser, context, async (page) => {
      await openForm(page, `${site}a/?q=black`);
      await page.getByLabel("Product version").fill("2.1");
      await page.getByLabel("What have you seen or tried?").fill("Line 1\nLine <2>");
      await page.getByRole("button", { name: "Copy the text" }).click();
      assert.equal(await page.locator(".handoff-alert").textContent(), "Still missing: Error text. To go on without, press the button again.");
      assert.equal(await page.evaluate(() => document.activeElement.dataset.field), "Error text");
      // It stands right above the field that it is about.
      assert.equal(await page.locator(".handoff-alert + label textarea").getAttribute("data-field"), "Error text");
      assert.equal(await page.getByLabel("Error text").getAttribute("aria-invalid"), "true");
      await page.getByLabel("Error text").fill("E-502");
      assert.equal(await page.locator(".handoff-alert").textContent(), "");
      assert.equal(await page.getByLabel("Error text").getAttribute("aria-invalid"), null);
      await page.getByRole("button", { name: "Copy the text" }).click();
      const text = await clipboard(page);
      assert.equal(
        text.replace(/Revision: [0-9a-f]{8} /, "Revision: 01234567 "),
        `To: 400 hotline
Article: No picture <b> (no-picture)
Address: ${site}a/?q=black
Revision: 01234567 · 2026-11-20
Edition: public

Product version: 2.1
Error text: E-502
Request id: (not given)
What have you seen or tried?:
Line 1
Line <2>

Browser: A browser/1.0
Language: en-GB
Window: 1280 × 900
Time: 2026-11-21 16:30 +08:00 (Asia/Shanghai)`,
      );
      assert.equal(await page.locator(".handoff-text").textContent(), text);
      // Below the button that was pressed: the top of the form may be out of sight.
      assert.equal(await page.locator(".handoff-form .handoff-answers + .handoff-said").textContent(), "Copied");
    }));

  it("cuts no character in two, and takes labels as they are", () =>
    visit(browser, context, async (page) => {
      await openForm(page, `${site}o/`);
      await page.evaluate(() => {
        window.opened = [];
        window.open = (...all) => void window.opened.push(all);
      });
      await page.locator(".step-tick").check();
      await page.locator('[data-way="ticket"]').click();
      assert.match(await page.locator(".handoff-alert").textContent(), /Price in \$&\./);
      await page.locator('[data-way="ticket"]').click();
      const [[address]] = await page.evaluate(() => window.opened);
      assert.match(decodeURIComponent(address), /\[x\] x{78}😀…/);
    }));

  it("speaks Chinese, and leaves out what the reader keeps", () =>
    visit(browser, { ...context, locale: "zh-CN" }, async (page) => {
      await openForm(page, `${site}zh/a/`);
      assert.match(await page.locator(".handoff-next").innerText(), /还没有解决？请联系客服[^]*400 810 0000[^]*周一至周五 9:00–18:00/);
      await page.getByLabel("附上浏览器").uncheck();
      await page.getByRole("button", { name: "复制文字" }).click();
      await page.getByRole("button", { name: "复制文字" }).click();
      assert.equal(
        (await clipboard(page)).replace(/修订号：[0-9a-f]{8}/, "修订号：01234567"),
        `转给：客服
文章：没有图像 (zh/a/)
网址：${site}zh/a/
修订号：01234567
发行版：public

产品版本：（未提供）
请求编号：（未提供）

时间：2026-11-21 16:30 +08:00 (Asia/Shanghai)`,
      );
    }));

  it("takes the way through a troubleshooter along, by keyboard alone", () =>
    visit(browser, context, async (page) => {
      await page.clock.setFixedTime(new Date("2026-11-21T08:30:00Z"));
      await page.goto(`${site}t/`);
      await settled(page);
      const press = async (name) => {
        for (let i = 0; i < 60; i++) {
          await page.keyboard.press("Tab");
          const active = await page.evaluate(() => document.activeElement.getAttribute("aria-label") || document.activeElement.innerText);
          if (active === name) return page.keyboard.press("Enter");
        }
        throw new Error(`no way to ${name} by keyboard`);
      };
      // Before the end nobody is asked whether it helped, but there is a way out.
      assert.equal(await page.locator("#t0-helped").isVisible(), false);
      assert.equal(await page.locator('[data-helped="no"]').innerText(), "I am stuck");
      await press("Yes");
      await page.locator(".step-tick").first().focus();
      await page.keyboard.press("Space");
      await press("Still nothing");
      assert.match(page.url(), /\?path=1\.2#call$/);
      assert.equal(await page.locator(".handoff-next").isVisible(), true);
      assert.equal(await page.locator(".handoff-ask").isVisible(), false);
      await page.getByLabel("Serial number").focus();
      await page.keyboard.type("SN 1");
      await press("Copy the text");
      await page.waitForFunction(() => document.querySelector(".handoff-form .handoff-said").textContent);
      assert.equal(
        (await clipboard(page)).replace(/Revision: [0-9a-f]{8}/, "Revision: 01234567"),
        `To: 400 hotline
Article: The modem does not connect (modem)
Address: ${site}t/?path=1.2#call
Revision: 01234567
Edition: public

Path taken:
1. Does the power light glow? → Yes
2. Check the cable → Still nothing
3. Call us ← here now

Steps done:
[x] Push it in on both sides.
[ ] Wait a minute.

Serial number: SN 1

Browser: A browser/1.0
Language: en-GB
Window: 1280 × 900
Time: 2026-11-21 16:30 +08:00 (Asia/Shanghai)`,
      );
      await page.goBack();
      assert.equal(await page.locator(".handoff-next").isVisible(), false);
    }));

  it("hands over from the reader's own role where several read", () =>
    visit(browser, context, async (page) => {
      await openForm(page, `${desk}a/`);
      assert.deepEqual(await page.locator(".handoff-who option").allInnerTexts(), ["400 hotline", "Technical support"]);
      assert.equal(await page.getByRole("button", { name: "Open as mail" }).isVisible(), true);
      assert.match(await page.locator(".handoff-text").innerText(), /^To: Technical support\n/);
      await page.getByLabel("I am:").selectOption("Technical support");
      assert.match(await page.locator(".handoff-text").innerText(), /^To: Operations\n/);
      assert.equal(await page.getByRole("button", { name: "Open as mail" }).isVisible(), false);
      await page.reload();
      await page.getByRole("button", { name: "No, not yet" }).click();
      assert.match(await page.locator(".handoff-text").innerText(), /^To: Operations\n/);
    }));

  it("opens a ticket with the facts where they belong, and a mail", () =>
    visit(browser, context, async (page) => {
      await page.addInitScript(() => {
        window.opened = [];
        window.open = (...all) => void window.opened.push(all);
      });
      await openForm(page, `${site}a/`);
      await page.getByLabel("Product version").fill("2.1 & more");
      await page.getByLabel("Error text").fill("E-502");
      await page.getByRole("button", { name: "Open a ticket" }).click();
      const [[address, target, how]] = await page.evaluate(() => window.opened);
      const url = new URL(address);
      assert.equal(url.origin, "https://desk.example.com");
      assert.equal(url.searchParams.get("title"), "No picture <b>");
      assert.equal(url.searchParams.get("v"), "2.1 & more");
      assert.equal(url.searchParams.get("x"), "");
      assert.equal(url.searchParams.get("body"), await page.locator(".handoff-text").textContent());
      assert.deepEqual([target, how], ["_blank", "noopener"]);

      // Too long for an address: it waits on the clipboard.
      await page.getByLabel("Error text").fill("长".repeat(500));
      await page.getByRole("button", { name: "Open a ticket" }).click();
      const [, [long]] = await page.evaluate(() => window.opened);
      assert.match(new URL(long).searchParams.get("body"), /on your clipboard/);
      assert.match(await clipboard(page), /长{500}/);
    }));

  it("asks, thanks, and stays out of the way", () =>
    visit(browser, context, async (page) => {
      await page.goto(`${site}a/`);
      assert.equal(await page.locator(".handoff-next").isVisible(), false);
      await page.getByRole("button", { name: "Yes, it is solved" }).click();
      assert.equal(await page.locator(".handoff-ask + .handoff-said").textContent(), "Good to hear. Nothing was sent.");
      await page.goto(`${site}b/`);
      assert.equal(await page.locator("#t0-handoff").count(), 0);
    }));

  it("can be read without JavaScript", () =>
    visit(browser, { ...context, javaScriptEnabled: false }, async (page) => {
      await page.goto(`${site}a/`);
      const text = await page.locator("#t0-handoff").innerText();
      assert.match(text, /Next: 400 hotline[^]*400 810 0000[^]*Have this ready:[^]*Product version\nError text\nRequest id \(optional\)/);
      assert.doesNotMatch(text, /Did this help|Copy the text/);
      assert.match(await page.locator(".glance").innerText(), /stays black[^]*About 10 min[^]*Solution/);
      await page.getByRole("link", { name: /Go to:/ }).click();
      assert.match(page.url(), /a\/#solution$/);
    }));

  for (const [colorScheme, width] of LOOKS) {
    it(`gives axe nothing to object to: ${colorScheme}, ${width} px`, async () => {
      const { page, close } = await open(browser, { ...context, colorScheme, viewport: { width, height: 900 } });
      await openForm(page, `${desk}a/`);
      await page.getByRole("button", { name: "Copy the text" }).click();
      assert.notEqual(await page.locator(".handoff-alert").textContent(), "");
      assert.deepEqual(await objections(page), [], `${width} px`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `too wide at ${width} px`);
      await close();
    });
  }
});
