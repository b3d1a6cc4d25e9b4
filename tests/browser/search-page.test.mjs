// The search page of a shop's help centre: filters, corrections, weak matches, ways on, recent searches.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build, launch, open, serve, settled, visit } from "./support.mjs";

const page = (title, more, text) => `---\ntitle: ${title}\n${more}\n---\n\n${text}\n`;
const FILES = {
  "tier0.toml": `[site]
title = { en = "Printer shop help and answers", zh = "打印机帮助" }
base_url = "https://help.example.org/docs/"

[languages.zh]

[roles.hotline]
contact = { phone = "400 123 4567", hours = { en = "Mon to Fri, 9 to 18", zh = "周一至周五 9:00–18:00" } }

[roles.support]
contact = { phone = "400 999 0000" }

[products.laser]
label = { en = "Laser printer", zh = "激光打印机" }

[products.ink]
label = { en = "Ink printer", zh = "喷墨打印机" }

[editions.desk]
roles = ["customer", "hotline"]
`,
  "content/_index.md": "# Help\n",
  "content/paper/_index.md": "# Paper\n",
  "content/paper/jam.md": page("Paper jam in the laser printer", "products: [laser]\nkind: troubleshooter\nversions: \"2.0\"", "Open the flap.\n\n## Remove the paper\n\nPull the jammed sheet out."),
  "content/paper/thick.md": page("Thick paper", "products: [ink]\nkind: howto\nversions: \"1.0\"", "Thick paper goes in at the back."),
  "content/ink/_index.md": "# Ink\n",
  "content/ink/cartridge.md": page("Change the cartridge", "products: [ink]\nkind: howto\nversions: \"2.0\"", "The cartridge sits behind the flap. Paper stays in."),
  "content/ink/streaks.md": page("Streaks on the page", "products: [ink, laser]\nroles: [customer, hotline]", "Clean the printer head."),
  "content/ink/internal.md": page("Refund for a printer", "roles: [hotline]", "Ask the printer desk for a form."),
  "content/_index.zh.md": "# 帮助\n",
  "content/paper/_index.zh.md": "# 纸张\n",
  "content/paper/jam.zh.md": page("激光打印机卡纸", "products: [laser]\nkind: troubleshooter", "打开前盖，取出卡住的纸张。"),
  "content/paper/thick.zh.md": page("厚纸", "products: [ink]\nkind: howto", "厚纸从后面放入。"),
};
const site = build(FILES);
const home = await serve(site);
const deskSite = build(FILES, "--edition", "desk");
const desk = await serve(deskSite);
const browser = await launch();

const HITS = "#t0-results .hit-title";
const titles = (page) => page.locator(HITS).allInnerTexts();
const hasTitles = (page, expected) => page.waitForFunction(([selector, expected]) => {
  const shown = [...document.querySelectorAll(selector)].map((title) => title.textContent).sort();
  return JSON.stringify(shown) === expected;
}, [HITS, JSON.stringify([...expected].sort())]);

test("filters narrow the results, live in the address and are taken from it", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}search/?q=printer`);
    await page.locator(HITS).first().waitFor();
    const all = await titles(page);
    const options = await page.locator("select[name=product] option").allInnerTexts();
    assert.deepEqual(options, ["All products", "Ink printer (3)", "Laser printer (2)"]);
    await page.locator("select[name=product]").selectOption("laser");
    await hasTitles(page, ["Paper jam in the laser printer", "Streaks on the page"]);
    assert.equal(new URL(page.url()).search, "?q=printer&product=laser");
    await page.locator("select[name=kind]").selectOption("troubleshooter");
    await hasTitles(page, ["Paper jam in the laser printer"]);
    assert.equal(new URL(page.url()).search, "?q=printer&product=laser&kind=troubleshooter");
    // Shared, the address shows the same; the Chinese search keeps the filters too.
    await page.reload();
    await hasTitles(page, ["Paper jam in the laser printer"]);
    assert.equal(await page.locator("select[name=kind]").inputValue(), "troubleshooter");
    assert.match(await page.locator(".language-link").evaluate((link) => link.search), /product=laser/);
    await page.locator("#t0-unfilter").click();
    await hasTitles(page, all);
    assert.equal(new URL(page.url()).search, "?q=printer");
  });
});

test("a filter that this site does not have is no filter; a column with one value is none", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}search/?q=printer&product=rocket&__proto__=x`);
    await page.locator(HITS).first().waitFor();
    assert.equal(await page.locator("select[name=product]").inputValue(), "");
    assert.equal(await page.locator("select[name=role]").count(), 0);
    await page.goto(`${home}zh/search/`);
    assert.deepEqual(await page.locator(".filters select").evaluateAll((all) => all.map(({ name }) => name)), ["product", "kind"]);
    assert.ok((await page.locator("select[name=product] option").allInnerTexts()).includes("激光打印机 (1)"));
  });
});

test("an edition for several roles can be narrowed to one", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${desk}search/?q=refund`);
    await hasTitles(page, ["Refund for a printer"]);
    await page.locator("select[name=role]").selectOption("customer");
    await page.waitForFunction(() => !document.querySelector("#t0-results .hit-title")?.textContent.startsWith("Refund"));
    assert.match(page.url(), /role=customer/);
  });
});

test("nothing left by the filters: they can be removed on the spot", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}search/?q=cartridge&product=laser&version=1.0&kind=howto`);
    const remove = page.locator("#t0-results button", { hasText: "Remove filters" });
    await remove.click();
    await page.locator(HITS, { hasText: "Change the cartridge" }).waitFor();
    assert.equal(new URL(page.url()).search, "?q=cartridge");
    assert.equal(await page.evaluate(() => document.activeElement.name), "q");
  });
});

test("an empty result shows the topics and whom to ask, on the page and in the dialog", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}search/?q=qqzzxxww`);
    const ways = page.locator("#t0-ways");
    await page.locator("[role=status]", { hasText: "Nothing found for “qqzzxxww”" }).waitFor();
    await ways.getByText("400 123 4567").waitFor();
    assert.equal(await ways.locator("a[href^='tel:']").getAttribute("href"), "tel:4001234567");
    await page.locator(".search-form input").fill("cartridge");
    await page.locator(HITS, { hasText: "cartridge" }).waitFor();
    assert.equal(await ways.isVisible(), false);
    await page.goto(`${home}paper/jam/`);
    await settled(page);
    await page.keyboard.press("/");
    await page.keyboard.type("qqzzxxww");
    const dialog = page.locator("dialog");
    await dialog.getByText("Mon to Fri, 9 to 18").waitFor();
    await dialog.locator("a", { hasText: "Ink" }).click();
    await page.waitForURL(`${home}ink/`);
  });
});

test("each edition shows whom its readers hand over to, and nobody after that", () => {
  const text = (folder) => readFileSync(join(folder, "search/index.html"), "utf8");
  assert.ok(text(site).includes("400 123 4567") && !text(site).includes("400 999 0000"));
  assert.ok(text(deskSite).includes("400 123 4567") && text(deskSite).includes("400 999 0000"));
});

test("did you mean: the correction is offered, and a press searches it", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}search/?q=cartrigde`);
    const ask = page.locator("#t0-results .ask", { hasText: "cartridge" });
    await page.locator(HITS, { hasText: "Change the cartridge" }).waitFor();
    await ask.click();
    await page.waitForURL(`${home}search/?q=cartridge`);
    await ask.waitFor({ state: "detached" });
    assert.equal(await page.locator(".search-form input").inputValue(), "cartridge");
  });
});

test("matches that lack most of the question are not shown as answers", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}search/?q=${encodeURIComponent("flap zebra wombat giraffe unicorn")}`);
    const note = page.getByText("Nothing matches all of it; these come closest.").first();
    await note.waitFor();
    assert.ok((await page.locator("#t0-results .weak .hit").count()) > 0);
    assert.equal(await page.locator("#t0-results .hit").count(), await page.locator("#t0-results .weak .hit").count());
    assert.equal(await page.locator("#t0-ways").isVisible(), true);
    // In the dialog Enter opens none of them unseen: it leads to all results.
    await page.goto(`${home}paper/jam/`);
    await settled(page);
    await page.keyboard.press("/");
    await page.keyboard.type("flap zebra wombat giraffe unicorn");
    await page.locator("dialog .weak [role=option]").first().waitFor();
    assert.equal(await page.locator("dialog [role=group]").getAttribute("aria-label"), "Nothing matches all of it; these come closest.");
    assert.equal(await page.locator("dialog [aria-selected=true]").count(), 0);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search\/\?q=flap/);
  });
});

test("recent searches: those that led somewhere, at most eight, forgotten at a press", async () => {
  await visit(browser, {}, async (page) => {
    const openDialog = async () => {
      await page.goto(`${home}paper/jam/`);
      await settled(page);
      await page.keyboard.press("/");
      await page.locator("dialog [role=status]").first().waitFor({ state: "attached" });
    };
    await openDialog();
    await page.keyboard.type("cartridge");
    await page.locator("dialog [role=option]", { hasText: "cartridge" }).first().waitFor();
    await page.keyboard.press("Escape");
    await openDialog();
    await page.waitForTimeout(200);
    assert.equal(await page.locator("dialog .ask").count(), 0, "only looked at");
    await page.keyboard.type("cartridge");
    await page.locator("dialog [role=option]", { hasText: "cartridge" }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/ink\/cartridge\//);
    for (let i = 0; i < 9; i += 1) {
      await page.goto(`${home}search/?q=${["paper", "ink", "flap", "printer", "streaks", "thick", "head", "sheet", "qqzzxxww"][i]}`);
      await page.locator("#t0-results [role=status]", { hasText: /result|Nothing/ }).first().waitFor();
    }
    await openDialog();
    const recent = page.locator("dialog [role=option]");
    await recent.first().waitFor();
    assert.deepEqual(await recent.allInnerTexts(), ["sheet", "head", "thick", "streaks", "printer", "flap", "ink", "paper"]);
    // They are options like others: the arrows reach them, Enter asks again.
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.locator("dialog [role=option]", { hasText: "Streaks" }).first().waitFor();
    assert.equal(await page.locator("dialog input").inputValue(), "head");
    await page.locator("dialog input").fill("");
    await page.locator("dialog button", { hasText: "Clear" }).click();
    await recent.first().waitFor({ state: "detached" });
    assert.equal(await page.evaluate(() => localStorage.length), 0);
  });
});

test("storage that is blocked or holds nonsense is no trouble", async () => {
  await visit(browser, {}, async (page) => {
    await page.addInitScript(() => {
      for (const key of ["t0-searches /", "t0-searches /zh/"]) localStorage.setItem(key, '{"a":[1]}');
    });
    await page.goto(`${home}search/?q=paper`);
    await page.locator(HITS).first().waitFor();
    await page.goto(`${home}search/`);
    await page.locator("#t0-results [role=status]", { hasText: "Type a question" }).waitFor();
  });
});

test("browsers can add the search: an address is needed, and there is one per language", async () => {
  for (const [path, word] of [["", "search/"], ["zh/", "zh/search/"]]) {
    const link = /<link rel="search"[^>]*href="([^"]+)"/.exec(readFileSync(join(site, path, "index.html"), "utf8"));
    const xml = readFileSync(join(site, path, link[1]), "utf8");
    assert.ok(xml.includes(`template="https://help.example.org/docs/${word}?q={searchTerms}"`), xml);
    assert.ok(/<ShortName>(.+)<\/ShortName>/.exec(xml)[1].length <= 16);
  }
  const without = build({ "content/a.md": "# A\n" });
  assert.ok(!readFileSync(join(without, "index.html"), "utf8").includes("opensearch"));
});

test("without JavaScript the page says what to do, and shows the topics and no filters", async () => {
  await visit(browser, { javaScriptEnabled: false }, async (page) => {
    await page.goto(`${home}search/?q=paper`);
    assert.match(await page.locator("noscript .notice").innerText(), /needs JavaScript/);
    assert.equal(await page.locator(".filters").isVisible(), false);
    await page.locator("#t0-ways a", { hasText: "Paper" }).click();
    await page.waitForURL(`${home}paper/`);
  });
});

test("results of the page lead to the page by its title and to the section by its name", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}search/?q=${encodeURIComponent("remove jammed sheet")}`);
    await page.locator(".hit-part", { hasText: "Remove the paper" }).click();
    await page.waitForURL(`${home}paper/jam/#remove-the-paper`);
  });
});
