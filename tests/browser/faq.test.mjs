// Questions fold, open by key, address, search and the browser's own find, and read well without scripts and on paper.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOKS, build, launch, objections, serve, settled, visit } from "./support.mjs";

const page = `---
title: Money </script> & more
kind: faq
---

What customers ask.

## Invoices

### Can I change the invoice? {#change}

Within thirty days. A [link](#later-on) down.

### Who gets the invoice? {#who}

The person who ordered.

#### Later on

Somebody else, and a lighthouse.

## How long does a refund take? {#refund}

Five days, says the [form](https://example.com/).

## Is it [free](other.md)? {#free}

${"Yes.\n\n".repeat(60)}

:::internal
## What if the bank refuses? {#bank}

Call back.
:::

## Last one? {#last}

The zebra.
`;
const chinese = "---\ntitle: 付款\nkind: faq\n---\n\n## 发票能改吗？\n\n能，三十天以内。\n\n## 退款多久到账？\n\n三到五天。\n";
const config = "[languages.en]\n[languages.zh]\n[editions.internal]\nroles = \"all\"\n";
const files = { "tier0.toml": config, "content/money.md": page, "content/money.zh.md": chinese, "content/other.md": "# Other\n\nText.\n", "content/one.md": "---\ntitle: One\nkind: faq\n---\n\n## Only one? {#only}\n\nYes.\n" };
const home = await serve(build(files));
const internal = await serve(build(files, "--edition", "internal"));
const browser = await launch();

const goto = async (tab, path) => {
  await tab.goto(home + path);
  await settled(tab);
};
const openOnes = (tab) => tab.locator(".question:has(> .answer:not([hidden])) > :is(h2, h3)").evaluateAll((all) => all.map(({ id }) => id));
const toggle = (tab, id) => tab.locator(`[id="${id}"] > .question-toggle`);

test("all are folded at first, and a key opens one and says so in the address", () => visit(browser, {}, async (tab) => {
  await goto(tab, "money/");
  assert.deepEqual(await openOnes(tab), []);
  assert.equal(await tab.getByText("Within thirty days").isVisible(), false);
  const button = tab.getByRole("button", { name: "Can I change the invoice?", exact: true });
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  assert.equal(await tab.locator(`[id="${await button.getAttribute("aria-controls")}"]`).count(), 1);
  await button.focus();
  await tab.keyboard.press("Enter");
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  assert.ok(await tab.getByText("Within thirty days").isVisible());
  assert.equal(tab.url(), `${home}money/#change`);
  await toggle(tab, "refund").focus();
  await tab.keyboard.press("Space");
  assert.deepEqual(await openOnes(tab), ["change", "refund"]);
  assert.equal(tab.url(), `${home}money/#refund`);
  assert.equal(await tab.evaluate(() => history.length), 2, "no steps to go back through");
  await tab.reload();
  await settled(tab);
  assert.deepEqual(await openOnes(tab), ["refund"]);
  await toggle(tab, "refund").click();
  assert.equal(tab.url(), `${home}money/`);
  assert.deepEqual(await openOnes(tab), []);
}));

test("all at once", () => visit(browser, {}, async (tab) => {
  await goto(tab, "money/");
  const all = tab.locator(".question-all");
  assert.equal(await all.textContent(), "Expand all");
  await all.click();
  assert.equal((await openOnes(tab)).length, 5);
  assert.equal(await all.textContent(), "Collapse all");
  await toggle(tab, "who").click();
  assert.equal(await all.textContent(), "Expand all");
  await all.click();
  await all.click();
  assert.deepEqual(await openOnes(tab), []);
  // Above the topic that the first question belongs to.
  assert.equal(await all.evaluate((node) => node.nextElementSibling.id), "invoices");
}));

for (const [anchor, question] of [["last", "last"], ["later-on", "who"]]) {
  test(`an address opens the question and the page stands still: #${anchor}`, () => visit(browser, {}, async (tab) => {
    await tab.addInitScript(() => {
      window.shifts = 0;
      new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.shifts += value))).observe({ type: "layout-shift", buffered: true });
    });
    await goto(tab, `money/#${anchor}`);
    assert.deepEqual(await openOnes(tab), [question]);
    const box = await tab.locator(`[id="${anchor}"]`).boundingBox();
    assert.ok(box.y > 40 && box.y < 860, `at ${box.y}`);
    assert.ok(await tab.evaluate(() => window.shifts) < 0.02, `shifts ${await tab.evaluate(() => window.shifts)}`);
  }));
}

test("links on the page open what they lead to, again and again", () => visit(browser, {}, async (tab) => {
  await goto(tab, "money/#change");
  const link = tab.getByRole("link", { name: "link" });
  await link.click();
  await tab.getByText("lighthouse").waitFor();
  assert.equal(tab.url(), `${home}money/#later-on`);
  await toggle(tab, "who").click();
  assert.deepEqual(await openOnes(tab), ["change"]);
  await link.click();
  await tab.getByText("lighthouse").waitFor();
  await tab.goBack();
  assert.ok((await openOnes(tab)).includes("change"));
}));

test("what the browser's own search finds opens", () => visit(browser, {}, async (tab) => {
  await goto(tab, "money/");
  const answer = tab.locator(".question:has(#last) > .answer");
  assert.equal(await answer.getAttribute("hidden"), "until-found");
  assert.equal(await answer.evaluate((node) => getComputedStyle(node).display), "block", "or the browser cannot look into it");
  await answer.evaluate((node) => node.dispatchEvent(new Event("beforematch", { bubbles: true })));
  assert.deepEqual(await openOnes(tab), ["last"]);
  assert.equal(await toggle(tab, "last").getAttribute("aria-expanded"), "true");
  // The real one: a text fragment.
  await goto(tab, "other/");
  await goto(tab, "money/#:~:text=a%20lighthouse");
  await tab.getByText("lighthouse").waitFor();
  assert.deepEqual(await openOnes(tab), ["who"]);
}));

test("the link of a question can be copied, whole", async () => {
  await visit(browser, { permissions: ["clipboard-read", "clipboard-write"] }, async (tab) => {
    await goto(tab, "money/?x=1#change");
    await tab.getByRole("button", { name: "Copy link to this question How long does a refund take?" }).click();
    assert.equal(await tab.evaluate(() => navigator.clipboard.readText()), `${home}money/#refund`);
    assert.equal(await tab.locator(".said").textContent(), "Link copied");
    await goto(tab, "zh/money/");
    await tab.getByRole("button", { name: "复制这个问题的链接 退款多久到账？" }).click();
    const copied = await tab.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, `${home}zh/money/#${encodeURIComponent("退款多久到账")}`);
    await goto(tab, "");
    await tab.goto(copied);
    await settled(tab);
    assert.deepEqual(await openOnes(tab), ["退款多久到账"]);
  });
  await visit(browser, {}, async (tab) => {
    await tab.addInitScript(() => delete Navigator.prototype.clipboard);
    await goto(tab, "money/");
    await tab.locator(".question-copy").first().click();
    assert.match(await tab.locator(".said").textContent(), /address bar/);
    assert.equal(tab.url(), `${home}money/#change`);
  });
});

for (const way of ["dialog", "search page"]) {
  test(`a search leads to the question, open and marked: ${way}`, () => visit(browser, {}, async (tab) => {
    if (way === "dialog") {
      await goto(tab, "other/");
      await tab.keyboard.press("/");
      await tab.locator("dialog.search-dialog input").fill("zebra");
      await tab.locator("dialog [role=option]").first().waitFor();
      assert.match(await tab.locator("dialog .hit-title").first().textContent(), /Last one/);
      await tab.keyboard.press("Enter");
    } else {
      await goto(tab, "search/?q=zebra");
      await tab.locator(".hit-title", { hasText: "Last one?" }).click();
    }
    await tab.waitForURL(`${home}money/#last`);
    await tab.locator(".marks").waitFor();
    assert.deepEqual(await openOnes(tab), ["last"]);
    assert.ok(await tab.getByText("The zebra.").isVisible());
    const box = await tab.locator("#last").boundingBox();
    assert.ok(box.y > 0 && box.y < 860);
  }));
}

test("marks open the answer they stand in, and stand on questions too", () => visit(browser, {}, async (tab) => {
  await goto(tab, "money/?hl=zebra");
  await tab.locator(".marks").waitFor();
  assert.deepEqual(await openOnes(tab), ["last"]);
  await goto(tab, "money/?hl=refund");
  await tab.locator(".marks").waitFor();
  assert.match(await tab.locator(".marks").textContent(), /refund/);
}));

test("a heading with a link keeps it", () => visit(browser, {}, async (tab) => {
  await goto(tab, "money/");
  await toggle(tab, "free").click();
  assert.deepEqual(await openOnes(tab), ["free"]);
  await tab.locator("#free a").click();
  await tab.waitForURL(`${home}other/`);
}));

test("a page with one question shows it", () => visit(browser, {}, async (tab) => {
  await goto(tab, "one/");
  assert.ok(await tab.getByText("Yes.").isVisible());
  assert.equal(await tab.locator(".question-toggle, .question-all").count(), 0);
}));

test("without JavaScript everything is open", () => visit(browser, { javaScriptEnabled: false }, async (tab) => {
  await tab.goto(`${home}money/#refund`);
  for (const text of ["Within thirty days", "lighthouse", "Five days", "The zebra"]) assert.ok(await tab.getByText(text).isVisible(), text);
  assert.equal(await tab.locator("#refund > a[href='#refund']").count(), 1);
  assert.equal(await tab.locator(".question-toggle").count(), 0);
}));

test("paper shows all", () => visit(browser, {}, async (tab) => {
  await goto(tab, "money/");
  await tab.emulateMedia({ media: "print" });
  const heights = await tab.locator(".answer").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  assert.ok(heights.length === 5 && heights.every((height) => height > 10), String(heights));
  assert.ok(await tab.getByText("The zebra.").isVisible());
  for (const part of [".question-all", ".question-copy"]) assert.equal(await tab.locator(part).first().isVisible(), false);
}));

test("colleagues fold their questions with the others", () => visit(browser, {}, async (tab) => {
  await tab.goto(`${internal}money/#bank`);
  await settled(tab);
  assert.deepEqual(await openOnes(tab), ["bank"]);
  assert.equal(await tab.locator(".role-block .question").count(), 1);
}));

for (const [colorScheme, width] of LOOKS) {
  test(`axe: ${colorScheme}, ${width} px`, () => visit(browser, { colorScheme, viewport: { width, height: 900 } }, async (tab) => {
    for (const path of ["money/", "money/#who", "zh/money/"]) {
      await goto(tab, path);
      assert.deepEqual(await objections(tab), [], path);
      assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "no sideways scrolling");
      const small = await tab.locator(".question-toggle, .question-copy, .question-all").evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).filter(({ width, height }) => width < 24 || height < 24).length);
      assert.equal(small, 0);
    }
  }));
}
