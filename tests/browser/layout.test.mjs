// What nobody notices until it is wrong: what stands where on a phone, a desk and on paper.

import assert from "node:assert/strict";
import { test } from "node:test";
import { build, launch, serve, settled, visit } from "./support.mjs";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const browser = await launch();
const site = await serve(
  build(
    {
      "tier0.toml": `[site]
title = { en = "Router X help", zh = "路由器 X 帮助中心" }
[languages.zh]
name = "简体中文"
[roles.support.contact]
phone = "400 810 0000"
[editions.internal]
roles = "all"
`,
      "content/a.md": `---
title: Light
kind: runbook
updated: 2026-11-20
collect: [Serial number]
---
## First

Text.

:::steps
1. Run this:

   \`\`\`sh
   networksetup -listallhardwareports | grep --after-context=2 Wi-Fi
   \`\`\`
2. Wait.
:::
`,
      "content/t.md": `---
title: Offline
kind: troubleshooter
---
${"A long story.\n\n".repeat(30)}

## Does the light glow? {#light}

- [Yes](#fixed)
- [No](#call)

## Fixed {#fixed .resolved}

Good.

## Call us {#call .escalate}

${"Somebody helps you.\n\n".repeat(30)}
`,
      "content/a.zh.md": "# 指示灯\n\n正文。\n",
    },
    "--edition",
    "internal",
  ),
);
const box = (page, selector) => page.locator(selector).first().boundingBox();

for (const path of ["a/", "zh/a/"]) {
  test(`title and edition are whole in the header of a phone, ${path}`, () =>
    visit(browser, PHONE, async (page) => {
      await page.goto(site + path);
      await settled(page);
      const cut = await page.locator(".brand span:not(.sr-only), .edition-mark").evaluateAll((texts) => texts.filter((text) => text.scrollWidth > text.clientWidth).map((text) => text.textContent));
      assert.deepEqual(cut, []);
      const { height } = await box(page, ".brand");
      assert.ok(height >= 44 && height <= 60, `${height} px high`);
    }));
}

test("a heading that begins an article keeps away from the facts above it", () =>
  visit(browser, { viewport: { width: 1440, height: 900 } }, async (page) => {
    await page.goto(`${site}a/`);
    await settled(page);
    const [facts, heading] = [await box(page, ".facts"), await box(page, ".prose h2")];
    assert.ok(heading.y - facts.y - facts.height >= 32, `${heading.y - facts.y - facts.height} px`);
  }));

test("code in a step has the width of a phone, and does not lie under the tick box", () =>
  visit(browser, PHONE, async (page) => {
    await page.goto(`${site}a/`);
    await settled(page);
    const [code, step, tick] = [await box(page, ".step-item .code"), await box(page, ".step-item"), await box(page, ".step-tick")];
    assert.equal(code.x + code.width, step.x + step.width);
    assert.ok(code.y >= tick.y + tick.height + 8);
  }));

test("paper says who is next and what to bring", () =>
  visit(browser, {}, async (page) => {
    await page.goto(`${site}a/`);
    await settled(page);
    assert.equal(await page.locator(".handoff-bring").isVisible(), false);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".handoff-next h2").isVisible(), true);
    assert.equal(await page.getByText("400 810 0000").isVisible(), true);
    assert.equal(await page.locator(".handoff-bring li").isVisible(), true);
    assert.equal(await page.locator(".handoff-form, .handoff-who").filter({ visible: true }).count(), 0);
  }));

test("a shared address shows the answers above the step, not behind the header", () =>
  visit(browser, PHONE, async (page) => {
    await page.goto(`${site}t/?path=2#call`);
    await settled(page);
    const [header, bar, heading] = [await box(page, ".site-header"), await box(page, ".step-nav"), await box(page, "#call")];
    assert.ok(bar.y >= header.y + header.height, `the answers begin at ${bar.y} px`);
    assert.ok(heading.y < 400);
  }));
