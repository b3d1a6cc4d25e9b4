// `tier0 serve`: a saved file shows in the open page, a mistake lies over it until it is fixed.

import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { live } from "./live.mjs";
import { launch, open, preview, temporary } from "./support.mjs";

const browser = await launch();

const PAGE = "---\ntitle: Reset\n---\n\nHold the button.\n";
const TEMPLATE = '<!doctype html><html lang="en"><title>{{ page.title }}</title><main><h1>{{ page.title }}</h1>{{ page.content | safe }}</main></html>\n';

/** A small site being previewed, and a tab that shows a page of it. */
async function session(path = "guides/reset/", options = {}) {
  const made = await live(browser, {
    "tier0.toml": '[site]\ntitle = "Book"\nstrict = true\n\n[languages.zh]\n',
    "content/guides/reset.md": PAGE,
    "content/guides/reset.zh.md": PAGE.replace("Reset", "重启").replace("Hold the button.", "按住按钮。"),
    "content/guides/other.md": "# Other\n",
  }, path, options);
  return { ...made, overlay: made.own(".panel") };
}

test("a saved file shows without touching the browser", async () => {
  const { put, shows, page, close } = await session();
  await shows("Hold the button.");
  put("content/guides/reset.md", PAGE.replace("Hold", "Press"));
  await shows("Press the button.");
  put("content/guides/reset.md", PAGE.replace("Hold", "Touch"));
  await shows("Touch the button.");
  put("content/guides/new.md", "# Brand new\n");
  await page.locator("nav.side a", { hasText: "Brand new" }).waitFor({ state: "attached" });
  await close();
});

test("a file that an editor saves by renaming, a file that goes, a setting", async () => {
  const { folder, put, shows, page, close } = await session();
  put("reset.new", PAGE.replace("Hold", "Rename"));
  renameSync(join(folder, "reset.new"), join(folder, "content/guides/reset.md"));
  await shows("Rename the button.");
  rmSync(join(folder, "content/guides/other.md"));
  await page.locator("nav.side a", { hasText: "Other" }).waitFor({ state: "detached" });
  put("tier0.toml", '[site]\ntitle = "Another book"\n\n[languages.zh]\n');
  await page.locator(".brand", { hasText: "Another book" }).waitFor();
  await close();
});

test("broken front matter lies over the last good page until it is fixed", async () => {
  const { put, shows, overlay, printed, close } = await session();
  await shows("Hold the button.");
  put("content/guides/reset.md", PAGE.replace("title: Reset", "title: [Reset"));
  await overlay.waitFor();
  const text = await overlay.innerText();
  for (const part of ["front-matter-syntax", "content/guides/reset.md"]) assert.ok(text.includes(part), text);
  await shows("Hold the button.");
  assert.match(printed(), /front-matter-syntax/);
  put("content/guides/reset.md", PAGE.replace("Hold", "Fixed:"));
  await shows("Fixed: the button.");
  await overlay.waitFor({ state: "detached" });
  await close();
});

test("fixed without a change, the overlay goes all the same", async () => {
  const { put, shows, overlay, close } = await session();
  put("content/guides/other.md", "---\ntitle: O\n");
  await overlay.waitFor();
  assert.match(await overlay.innerText(), /front-matter-unclosed/);
  put("content/guides/other.md", "# Other\n");
  await overlay.waitFor({ state: "detached" });
  await shows("Hold the button.");
  await close();
});

test("a template error names the template's line", async () => {
  const { put, shows, overlay, folder, close } = await session();
  const name = "themes/default/templates/article.html";
  put(name, TEMPLATE.replace("{{ page.title }}</h1>", "Mine: {{ page.title }}</h1>"));
  await shows("Mine: Reset");
  put(name, `\n${TEMPLATE.replace("| safe }}", "| safe }")}`);
  await overlay.waitFor();
  const text = await overlay.innerText();
  for (const part of ["template-error", name, "2:"]) assert.ok(text.includes(part), text);
  await shows("Mine: Reset");
  rmSync(join(folder, "themes"), { recursive: true });
  await overlay.waitFor({ state: "detached" });
  await shows("Hold the button.");
  // The template of this test loads no icon, so the browser looks for one by itself.
  await close("favicon.ico", "404");
});

test("a mistake in the configuration, and a page in Chinese", async () => {
  const { put, overlay, shows, close } = await session("zh/guides/reset/", { locale: "zh-CN" });
  await shows("按住按钮。");
  put("tier0.toml", "[site]\ntitel = 'Book'\n\n[languages.zh]\n");
  await overlay.waitFor();
  const text = await overlay.innerText();
  assert.ok(text.includes("config-unknown-key") && text.includes("关闭"), text);
  assert.match(text, /titel[^\n]*[\u4e00-\u9fff]|[\u4e00-\u9fff][^\n]*titel/, "in the language of the page");
  await shows("按住按钮。");
  put("tier0.toml", "[site]\ntitle = '手册'\n\n[languages.zh]\n");
  await overlay.waitFor({ state: "detached" });
  await close();
});

test("what the overlay shows is text", async () => {
  const { put, overlay, page, close } = await session();
  put("content/guides/reset.md", PAGE.replace("title: Reset", 'title: Reset\nkind: "<img src=x onerror=alert(1)>"'));
  await overlay.waitFor();
  assert.match(await overlay.innerText(), /<img src=x/);
  assert.equal(await page.locator("tier0-preview img").count(), 0);
  await page.keyboard.press("Tab");
  await overlay.locator("button.close").click();
  await page.locator("tier0-preview button.open").click();
  await overlay.waitFor();
  await close();
});

test("many files at once are one change of the page", async () => {
  const { put, shows, page, printed, close } = await session();
  const before = printed().split("Built in").length;
  for (let i = 0; i < 200; i++) put(`content/many/p${i}.md`, `# Page ${i}\n`);
  put("content/guides/reset.md", PAGE.replace("Hold", "All"));
  await shows("All the button.");
  await page.waitForTimeout(500);
  const builds = printed().split("Built in").length - before;
  assert.ok(builds >= 1 && builds <= 5, `${builds} builds`);
  await close();
});

const EDITIONS = '[site]\ntitle = "Book"\n\n[languages.zh]\n\n[editions.internal]\nroles = "all"\n\n[editions.desk]\nroles = ["customer", "hotline"]\n';

/** The same site in three editions, and what the switch is made of. */
async function editions(path, options) {
  const made = await session("", options);
  made.put("content/guides/secret.md", "---\ntitle: Secret\nroles: [ops]\n---\n\nFor operations.\n");
  made.put("content/guides/secret.zh.md", "---\ntitle: 机密\nroles: [ops]\n---\n\n给运维看。\n");
  made.put("content/guides/reset.md", `${PAGE}\n:::internal\nFor the desk.\n:::\n`);
  made.put("tier0.toml", EDITIONS);
  const part = (name) => made.page.locator(`tier0-preview ${name}`);
  await part("select").waitFor();
  await made.page.goto(made.url + path);
  await part("select").waitFor();
  const at = (path) => made.page.waitForURL(made.url + path);
  return { ...made, part, at };
}

test("view as: the same page in every edition, and its home where there is no such page", async () => {
  const { part, at, page, shows, put, close } = await editions("guides/reset/");
  assert.deepEqual(await part("select option").allInnerTexts(), ["public", "internal", "desk"]);
  assert.equal(await page.getByLabel("View as").inputValue(), "public");
  assert.equal(await page.getByText("For the desk.").count(), 0);
  await part("select").selectOption("internal");
  await at("@internal/guides/reset/");
  await shows("For the desk.");
  assert.equal(await page.getByLabel("View as").inputValue(), "internal");
  // Links stay in the edition.
  await page.locator("nav.side a", { hasText: "Secret" }).click();
  await at("@internal/guides/secret/");
  await shows("For operations.");
  put("content/guides/secret.md", "---\ntitle: Secret\nroles: [ops]\n---\n\nStill for operations.\n");
  await shows("Still for operations.");
  await part("select").selectOption("desk");
  await at("@desk/");
  await part(".note").getByText("not in “desk”").waitFor();
  assert.ok(await part("select").evaluate((select) => select.getRootNode().activeElement === select), "the switch keeps the focus");
  // A search stays the same search, and the note was for once.
  await page.goto(`${page.url()}search/?q=button#x`);
  assert.equal(await part(".note").innerText(), "");
  await part("select").selectOption("public");
  await at("search/?q=button#x");
  // A lost reader finds the way in the edition.
  await page.goto(new URL("/@internal/no/such/page/", page.url()).href);
  assert.match(await page.locator("header a").first().evaluate((link) => link.href), /\/@internal\//);
  await close("404");
});

test("view as: in Chinese, folded and unfolded, by keyboard", async () => {
  const { part, at, page, close } = await editions("zh/guides/reset/", { locale: "zh-CN" });
  await page.getByLabel("查看身份").selectOption("internal");
  await at("@internal/zh/guides/reset/");
  await page.goto(page.url().replace("reset", "secret"));
  await part("select").focus();
  await page.keyboard.press("Home");
  await at("zh/");
  await part(".note").getByText("“public”中没有刚才的页面").waitFor();
  // The keyboard is where it was.
  assert.ok(await part("select").evaluate((select) => select.getRootNode().activeElement === select));
  await part("button.fold").press("Enter");
  await part(".bar").waitFor({ state: "hidden" });
  await page.reload();
  await part(".unfold").waitFor();
  assert.equal(await part(".unfold").innerText(), "查看身份：public");
  assert.ok(await part(".bar").isHidden(), "folded stays folded");
  await part(".unfold").press("Enter");
  await part(".bar").waitFor();
  await close();
});

test("view as: the end of the page is not covered", async () => {
  for (const viewport of [{ width: 1280, height: 700 }, { width: 390, height: 700 }]) {
    const { part, page, close } = await editions("guides/reset/", { viewport });
    await page.waitForFunction(() => document.querySelector("tier0-space").getBoundingClientRect().height > 40);
    // A note about another page that was saved may come and go meanwhile, and needs a row more.
    const endsAbove = (name) =>
      page.waitForFunction((name) => {
        scrollTo(0, document.documentElement.scrollHeight);
        const own = document.querySelector("tier0-preview").shadowRoot.querySelector(name).getBoundingClientRect();
        return own.height > 0 && [...document.querySelectorAll("footer")].at(-1).getBoundingClientRect().bottom <= own.top + 1;
      }, name);
    await endsAbove(".bar");
    const [width, height, most] = await part(".bar").evaluate((bar) => [bar.offsetWidth, bar.offsetHeight, bar.querySelector(".note:not(:empty)") ? 100 : 60]);
    assert.ok(width <= viewport.width && height <= most, `${width} by ${height}`);
    await part(".bar .fold").click();
    await endsAbove(".unfold");
    await close();
  }
});

test("an error of one edition does not hold up the others", async () => {
  const { part, put, overlay, page, url, shows, printed, close } = await editions("@internal/guides/reset/");
  const link = (text) => `${PAGE.replace("Hold", text)}\n[more](secret.md)\n`;
  put("content/guides/reset.md", link("Push"));
  await shows("Push the button.");
  // Here it is told and does not lie in the way; there it does.
  await part(".open").click();
  const text = await overlay.innerText();
  for (const words of ["link-outside-edition", "Only in", "public", "This edition has none"]) assert.ok(text.includes(words), text);
  assert.match(printed(), /Only in public:/);
  assert.match(printed(), /Not shown: public\./);
  // The edition that nobody looks at follows when it is calm, and nothing is said twice.
  for (let i = 0; i < 200 && !printed().includes("Only in desk:"); i++) await page.waitForTimeout(50);
  assert.match(printed(), /Only in desk:/);
  await page.waitForTimeout(500);
  assert.equal(printed().split("Only in public:").length, 2);
  await page.goto(`${url}guides/reset/`);
  await overlay.waitFor();
  assert.match(await overlay.innerText(), /last good build/);
  await shows("Hold the button.");
  put("content/guides/reset.md", PAGE.replace("Hold", "Fixed:"));
  await shows("Fixed: the button.");
  await overlay.waitFor({ state: "detached" });
  await close();
});

test("a site with one edition has no switch", async () => {
  const { own, shows, close } = await session();
  await shows("Hold the button.");
  await own(".bar").waitFor();
  assert.equal(await own("select").count(), 0);
  await close();
});

test("other machines get one edition", async () => {
  const { folder } = await session();
  writeFileSync(join(folder, "tier0.toml"), EDITIONS);
  writeFileSync(join(folder, "content/guides/secret.md"), "---\ntitle: Secret\nroles: [ops]\n---\n\nFor operations.\n");
  const { url } = await preview(folder, "--host", "0.0.0.0");
  const get = (path) => fetch(url + path);
  assert.match(await (await get("guides/reset/")).text(), /data-tier0-editions="public"/);
  for (const path of ["@internal/guides/secret/", "guides/secret/", "__tier0/in/internal/"]) assert.equal((await get(path)).status, 404, path);
});

test("folders that the configuration names later are watched", async () => {
  const { put, page, url, shows, close } = await session("guides/other/");
  put("tier0.toml", '[site]\ntitle = "Book"\n\n[languages.zh]\ncontent = "content-zh"\n');
  put("content-zh/guides/late.md", "# 迟到\n\n第一稿。\n");
  await page.locator(".brand").waitFor();
  const late = `${url}zh/guides/late/`;
  while ((await fetch(late)).status !== 200) await page.waitForTimeout(20);
  // The page that is open may reload at this very moment.
  await page.goto(late).catch(() => page.goto(late));
  await shows("第一稿。");
  put("content-zh/guides/late.md", "# 迟到\n\n第二稿。\n");
  await shows("第二稿。");
  await close();
});

test("a configuration that is broken from the start", async () => {
  const folder = temporary();
  const put = (name, text) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  put("content/page.md", "# Page\n\nHere it is.\n");
  put("tier0.toml", "[site\n");
  const { url } = await preview(folder, "--quiet");
  const { page, close } = await open(browser);
  await page.goto(`${url}page/`);
  await page.locator("h1", { hasText: "Not built yet" }).waitFor();
  const overlay = page.locator("tier0-preview .panel");
  await overlay.waitFor();
  assert.match(await overlay.innerText(), /config-syntax/);
  put("tier0.toml", "[site]\ntitle = 'Book'\n");
  await page.locator("main", { hasText: "Here it is." }).waitFor();
  await overlay.waitFor({ state: "detached" });
  await close("503", "favicon.ico");
});

test("machines are told the address", async () => {
  const { folder } = await session();
  const { url, printed } = await preview(folder, "--format", "json", "--quiet");
  const lines = printed().trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(lines.filter(({ type }) => type !== "built"), [{ type: "listening", url }]);
});

test("other sites may not talk to the preview", async () => {
  const { url, close } = await session();
  const ask = (headers) => fetch(`${url}guides/reset/`, { headers }).then((response) => response.status);
  assert.equal(await ask({}), 200);
  assert.ok((await ask({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" })) >= 400);
  await close();
});
