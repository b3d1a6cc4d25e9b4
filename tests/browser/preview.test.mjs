// `tier0 serve`: a saved file shows in the open page, a mistake lies over it until it is mended.

import assert from "node:assert/strict";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { launch, open, preview, temporary } from "./support.mjs";

const browser = await launch();

const PAGE = "---\ntitle: Reset\n---\n\nHold the button.\n";
const TEMPLATE = '<!doctype html><html lang="en"><title>{{ page.title }}</title><main><h1>{{ page.title }}</h1>{{ page.content | safe }}</main></html>\n';

/** A small site being previewed, and a tab that shows a page of it. */
async function session(path = "guides/reset/", options = {}) {
  const folder = temporary();
  const put = (name, text) => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  put("tier0.toml", '[site]\ntitle = "Book"\n\n[languages.zh]\n');
  put("content/guides/reset.md", PAGE);
  put("content/guides/reset.zh.md", PAGE.replace("Reset", "重启").replace("Hold the button.", "按住按钮。"));
  put("content/guides/other.md", "# Other\n");
  const { url, printed } = await preview(folder);
  const tab = await open(browser, options);
  await tab.page.goto(url + path);
  const overlay = tab.page.locator("tier0-preview .panel");
  const shows = (text) => tab.page.locator("main", { hasText: text }).waitFor();
  return { folder, put, url, printed, overlay, shows, ...tab };
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

test("broken front matter lies over the last good page until it is mended", async () => {
  const { put, shows, overlay, printed, close } = await session();
  await shows("Hold the button.");
  put("content/guides/reset.md", PAGE.replace("title: Reset", "title: [Reset"));
  await overlay.waitFor();
  const text = await overlay.innerText();
  for (const part of ["front-matter-syntax", "content/guides/reset.md"]) assert.ok(text.includes(part), text);
  await shows("Hold the button.");
  assert.match(printed(), /front-matter-syntax/);
  put("content/guides/reset.md", PAGE.replace("Hold", "Mended:"));
  await shows("Mended: the button.");
  await overlay.waitFor({ state: "detached" });
  await close();
});

test("mended without a change, the overlay goes all the same", async () => {
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

test("other sites may not talk to the preview", async () => {
  const { url, close } = await session();
  const ask = (headers) => fetch(`${url}guides/reset/`, { headers }).then((response) => response.status);
  assert.equal(await ask({}), 200);
  assert.ok((await ask({ "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" })) >= 400);
  await close();
});
