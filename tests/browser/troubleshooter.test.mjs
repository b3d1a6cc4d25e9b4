// A troubleshooter in the browser: one step at a time, by keyboard, by address, on a phone, on paper, without scripts.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { LOOKS, build, helpCentre, launch, objections, open, preview, serve, settled, temporary, visit } from "./support.mjs";

const MODEM = `---
title: The modem does not connect
kind: troubleshooter
---

It takes three minutes. In a hurry? [Call us](#call).

## Does the power light glow? {#light}

Look at the back.[^1]

- [Yes, green](#screen)
- No: [the light stays **dark**](#cable)

:::internal
- [It is leased](#leased)
:::

[^1]: The side with the cables.

## Check the cable {#cable}

- [It works now](#fixed)
- [Still dark](#screen)

## What does the screen show? {#screen}

### A zebra {#zebra}

It is striped.

- [\`E-1\`](#fixed)
- [Nothing](#call)
- [Once more](#top)
- [Another code](codes.md)

:::internal
## It is leased {#leased .escalate}

Swap it.
:::

## It is fixed {#fixed .resolved}

Good.

## Call the hotline {#call .escalate}

Have the number ready.
`;
const FILES = {
  "tier0.toml": '[site]\ntitle = "Help"\n\n[languages.en]\n[languages.zh]\n\n[editions.staff]\nroles = "all"\n',
  "content/modem.md": MODEM,
  "content/codes.md": "# Codes\n\nSee [the screen](modem.md#screen) and [the stripes](modem.md#zebra).\n",
  "content/modem.zh.md": "---\ntitle: 连不上网\nkind: troubleshooter\n---\n\n## 灯亮吗？\n\n- [亮](#好了)\n- [不亮](#插座)\n\n## 换个插座 {#插座}\n\n- [好了](#好了)\n- [不行](#热线)\n\n## 好了 {.resolved}\n\n## 打热线 {#热线 .escalate}\n",
};
const home = await serve(build(FILES));
const staff = await serve(build(FILES, "--edition", "staff"));
const help = await serve(helpCentre());
const browser = await launch();

const shown = (page) => page.evaluate(() => [...document.querySelectorAll(".step")].filter((step) => step.checkVisibility()).map((step) => step.dataset.step));
const focused = (page) => page.evaluate(() => document.activeElement.firstChild?.textContent);
const query = (page) => new URL(page.url()).search + decodeURIComponent(new URL(page.url()).hash);
const choose = (page, name) => page.locator(".step:not([hidden]) .choices").getByRole("link", { name }).click();
/** Presses Tab until a link with these words has the focus, then Enter. */
async function press(page, words) {
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement.textContent.trim())) === words) return page.keyboard.press("Enter");
  }
  assert.fail(`no way to ${words}`);
}

test("with the keyboard alone: to the solution, back, another way to the hotline, and from the start", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}modem/`);
    assert.deepEqual(await shown(page), ["light"]);
    assert.equal(await page.locator(".tree-map").count(), 0);
    assert.equal(await page.getByText("It takes three minutes").isVisible(), true);
    assert.equal(await page.locator(".toc").isVisible(), false);
    await page.evaluate(() => {
      globalThis.told = [];
      document.addEventListener("t0:step", (event) => globalThis.told.push(event.detail.outcome));
    });
    await press(page, "the light stays dark");
    assert.deepEqual(await shown(page), ["cable"]);
    assert.equal(await focused(page), "Check the cable");
    assert.equal(query(page), "?path=2#cable");
    assert.equal(await page.getByText("It takes three minutes").isVisible(), false);
    assert.equal(await page.locator(".step-progress").innerText(), "Step 2");
    await press(page, "It works now");
    assert.deepEqual(await shown(page), ["fixed"]);
    assert.equal(await page.locator(".step-progress").innerText(), "Solved");
    // What Alt and the left arrow do; a browser without a window does not know them.
    await page.goBack();
    await page.waitForFunction(() => location.hash === "#cable");
    assert.deepEqual(await shown(page), ["cable"]);
    assert.equal(await focused(page), "Check the cable");
    await press(page, "Still dark");
    await press(page, "Nothing");
    assert.deepEqual(await shown(page), ["call"]);
    assert.equal(query(page), "?path=2.2.2#call");
    assert.deepEqual(await page.locator(".step-path li").allInnerTexts(), ["Does the power light glow?\nNo: the light stays dark", "Check the cable\nStill dark", "What does the screen show?\nNothing"]);
    assert.deepEqual(await page.evaluate(() => globalThis.told), ["", "resolved", "", "", "escalate"]);
    await press(page, "Start again");
    assert.deepEqual(await shown(page), ["light"]);
    assert.equal(query(page), "");
    assert.equal(await focused(page), "Does the power light glow?");
  });
});

test("Back, answers and the browser's buttons agree", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}modem/`);
    await choose(page, "dark");
    await choose(page, "Still dark");
    await page.getByRole("button", { name: "Back" }).click();
    await page.waitForFunction(() => location.hash === "#cable");
    await page.goForward();
    await page.waitForFunction(() => location.hash === "#screen");
    assert.deepEqual(await shown(page), ["screen"]);
    await page.locator(".step-path").getByRole("link", { name: "Check the cable" }).click();
    assert.deepEqual([await shown(page), query(page)], [["cable"], "?path=2#cable"]);
    // Here Back is not the browser's: that would lead on again.
    await page.getByRole("button", { name: "Back" }).click();
    assert.deepEqual([await shown(page), query(page)], [["light"], ""]);
    await page.goBack();
    assert.deepEqual(await shown(page), ["cable"]);
    await choose(page, "Still dark");
    await choose(page, "Once more");
    assert.deepEqual([await shown(page), query(page)], [["light"], "?path=2.2.3#light"]);
    assert.equal(await page.locator(".step-progress").innerText(), "Step 4");
  });
});

test("an address holds step and answers: a reload, a new tab, a colleague", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}modem/?path=2.2#screen`);
    assert.deepEqual(await shown(page), ["screen"]);
    assert.equal(await page.locator(".step-path li").count(), 2);
    const link = page.locator(".step:not([hidden]) .choices a").nth(1);
    assert.match(await link.getAttribute("href"), /\?path=2\.2\.2#call$/);
    const [tab] = await Promise.all([page.context().waitForEvent("page"), link.click({ modifiers: ["ControlOrMeta"] })]);
    await tab.waitForLoadState();
    assert.deepEqual(await shown(tab), ["call"]);
    assert.equal(await tab.locator(".step-path li").count(), 3);
    await tab.reload();
    assert.deepEqual(await shown(tab), ["call"]);
    const path = await tab.evaluate(() => {
      const event = new CustomEvent("t0:path", { detail: [] });
      document.dispatchEvent(event);
      return event.detail;
    });
    assert.deepEqual(path, [
      { step: "Does the power light glow?", choice: "No: the light stays dark" },
      { step: "Check the cable", choice: "Still dark" },
      { step: "What does the screen show?", choice: "Nothing" },
      { step: "Call the hotline", choice: "" },
    ]);
    await page.evaluate(() => (globalThis.stays = true));
    await choose(page, "Another code");
    await page.waitForURL(/codes/);
  });
});

test("a path that no longer fits is dropped, the step opens all the same", async () => {
  await visit(browser, {}, async (page) => {
    for (const [path, step, answers] of [
      ["?path=1.9#cable", "cable", 0],
      ["?path=9.9.9#screen", "screen", 0],
      ["?path=2.2#cable", "cable", 0],
      ["?path=nonsense#call", "call", 0],
      ["?path=gone_1#fixed", "fixed", 0],
      ["?path=cable_2#screen", "screen", 1],
      ["?path=2#gone", "cable", 1],
      ["#%E0%A4%A", "light", 0],
      ["?path=1e999", "light", 0],
    ]) {
      await page.goto("about:blank");
      await page.goto(`${home}modem/${path}`);
      assert.deepEqual(await shown(page), [step], path);
      assert.equal(await page.locator(".step-path li").count(), answers, path);
    }
  });
});

test("links from elsewhere open their step, also by a heading in it; answers go on from there", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}codes/`);
    await page.getByRole("link", { name: "the stripes" }).click();
    await page.waitForURL(/#zebra/);
    assert.deepEqual(await shown(page), ["screen"]);
    assert.ok(await page.locator("#zebra").evaluate((heading) => heading.getBoundingClientRect().top < innerHeight));
    await choose(page, "Nothing");
    assert.equal(query(page), "?path=screen_2#call");
    await page.reload();
    assert.equal(await page.locator(".step-path li").innerText(), "What does the screen show?\nNothing");
    await page.goto(`${home}modem/`);
    await page.getByRole("link", { name: "Call us" }).click();
    assert.deepEqual([await shown(page), query(page)], [["call"], "#call"]);
    // A footnote is no step.
    await page.goto(`${home}modem/?path=2.2.3#light`);
    await page.locator(".footnote-ref a").click();
    assert.deepEqual(await shown(page), ["light"]);
    assert.equal(await page.locator(".step-path li").count(), 3);
  });
});

test("words that a search has found are shown, also in another step", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}modem/?hl=zebra`);
    await page.locator(".marks").waitFor();
    assert.deepEqual(await shown(page), ["screen"]);
    await page.keyboard.press("Escape");
    assert.deepEqual(await shown(page), ["screen"]);
  });
});

test("also where the marks are there before the steps are", async () => {
  await visit(browser, {}, async (page) => {
    let late;
    await page.route("**/js/troubleshooter.*.js", (route) => (late = route));
    await page.goto(`${home}modem/?hl=zebra`, { waitUntil: "commit" });
    // Nothing is painted meanwhile.
    await page.waitForFunction(() => globalThis.t0_marks, undefined, { polling: 50 });
    await late.continue();
    await page.locator(".marks").waitFor();
    assert.deepEqual(await shown(page), ["screen"]);
  });
});

test("without JavaScript all steps stand below each other, and choices are links", async () => {
  await visit(browser, { javaScriptEnabled: false }, async (page) => {
    await page.goto(`${home}modem/`);
    for (const name of ["Does the power light glow?", "Check the cable", "Call the hotline"]) assert.ok(await page.getByRole("heading", { name }).isVisible());
    assert.ok(await page.locator(".toc").getByRole("link", { name: "Check the cable" }).isVisible());
    await page.locator("#light ~ .choices").getByRole("link", { name: "dark" }).click();
    assert.equal(query(page), "#cable");
  });
});

test("paper has the whole tree", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}modem/?path=2#cable`);
    await page.emulateMedia({ media: "print" });
    assert.deepEqual(await shown(page), ["light", "cable", "screen", "fixed", "call"]);
    assert.equal(await page.getByText("It takes three minutes").isVisible(), true);
    assert.equal(await page.locator(".step-nav").isVisible(), false);
  });
});

test("colleagues have more answers and the map; a part for them shows with its step alone", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${staff}modem/`);
    assert.equal(await page.locator(".role-block:visible").count(), 1);
    await choose(page, "It is leased");
    assert.deepEqual(await shown(page), ["leased"]);
    assert.equal(await page.locator(".role-block:visible").count(), 1);
    await page.locator(".tree-map summary").click();
    assert.ok(await page.getByRole("group", { name: /Map of/ }).isVisible());
    await page.locator(".tree a[href='#call']").click();
    assert.deepEqual([await shown(page), query(page)], [["call"], "#call"]);
    assert.equal(await page.locator(".role-block:visible").count(), 0);
  });
});

test("the preview shows the map of the public edition too, without what only colleagues see", async () => {
  const folder = temporary();
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const { url } = await preview(folder);
  await visit(browser, {}, async (page) => {
    await page.goto(`${url.replace(/\/$/, "")}/modem/`);
    await page.locator(".tree-map summary").click();
    assert.deepEqual(await page.locator(".tree .card > a > title").allTextContents(), ["Does the power light glow?", "Check the cable", "What does the screen show?", "It is fixed", "Call the hotline"]);
  });
});

test("on a phone: answers are folded, everything can be pressed, nothing sticks out", async () => {
  await visit(browser, { viewport: { width: 390, height: 800 }, hasTouch: true, locale: "zh-CN" }, async (page) => {
    await page.goto(`${home}zh/modem/`);
    await choose(page, "不亮");
    const summary = page.locator(".step-path summary");
    assert.equal(await summary.innerText(), "您的选择：不亮");
    assert.equal(await page.locator(".step-path li").isVisible(), false);
    assert.equal(await page.locator(".step-progress").innerText(), "第 2 步 · 最多还有 1 步");
    await summary.click();
    assert.ok(await page.locator(".step-path li").isVisible());
    for (const target of await page.locator(".step:not([hidden]) .choices li, .step-nav button, .step-nav a, .step-nav summary").all()) {
      const { height } = await target.boundingBox();
      assert.ok(height >= 43.5, `${await target.innerText()}: ${height}`);
    }
    // The answer's row can be pressed as a whole.
    const row = await page.locator(".step:not([hidden]) .choices li").nth(1).boundingBox();
    await page.mouse.click(row.x + row.width - 8, row.y + row.height / 2);
    assert.deepEqual(await shown(page), ["热线"]);
    await page.reload();
    assert.equal(await page.locator(".step-path li").count(), 2);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    assert.ok(await page.locator("#热线").evaluate((heading) => heading.getBoundingClientRect().bottom < innerHeight));
  });
});

for (const [colorScheme, width] of LOOKS) {
  test(`axe finds nothing: ${colorScheme}, ${width} px`, async () => {
    const found = [];
    for (const address of [`${staff}modem/`, `${staff}modem/?path=2.2#screen`, `${home}modem/?path=2.1#fixed`, `${home}modem/?path=2.2.2#call`, `${home}zh/modem/?path=2#插座`]) {
      const { page, close } = await open(browser, { colorScheme, viewport: { width, height: 900 } });
      await page.goto(address);
      await settled(page);
      const map = page.locator(".tree-map summary");
      if (await map.count()) await map.click();
      found.push(...(await objections(page)).map((text) => `${address} ${text}`));
      await close();
    }
    assert.deepEqual(found, []);
  });
}

test("tier0's own troubleshooters can be walked from each answer to an end", async () => {
  await visit(browser, { viewport: { width: 390, height: 800 } }, async (page) => {
    for (const path of ["fix/page-not-there/", "fix/search-nothing/", "zh/fix/page-not-there/", "zh/fix/search-nothing/"]) {
      await page.goto(help + path);
      const seen = new Set();
      // Ends are not far: the most answers on any way.
      let longest = 0;
      const waiting = [""];
      while (waiting.length > 0) {
        const taken = waiting.shift();
        const state = await page.evaluate((path) => {
          history.pushState({}, "", path ? `?path=${path}` : location.pathname);
          dispatchEvent(new PopStateEvent("popstate"));
          const step = document.querySelector(".step:not([hidden])");
          const links = [...step.querySelectorAll(".choices a")];
          return { id: step.dataset.step, outcome: step.dataset.outcome, here: links.map((link) => link.pathname === location.pathname) };
        }, taken);
        longest = Math.max(longest, taken ? taken.split(".").length : 0);
        if (seen.has(state.id)) continue;
        seen.add(state.id);
        assert.ok(state.outcome || state.here.length > 1, `${path}: ${state.id}`);
        state.here.forEach((isHere, i) => isHere && waiting.push(taken ? `${taken}.${i + 1}` : `${i + 1}`));
      }
      assert.equal(seen.size, await page.locator(".step").count(), path);
      assert.ok(longest <= 7, `${path}: ${longest}`);
    }
  });
});
