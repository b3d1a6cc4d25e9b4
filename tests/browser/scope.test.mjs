// What pages apply to: the list of error codes, the choice of a version, permanent addresses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOKS, build, launch, objections, serve, settled, visit } from "./support.mjs";

const page = (title, keys, text = "Text.") => `---\ntitle: ${title}\n${keys}\n---\n\n${text}\n`;
const long = `${"A paragraph of some length.\n\n".repeat(60)}## Cause\n\n${"Power.\n\n".repeat(60)}`;
const folder = build({
  "tier0.toml": "[languages.zh]\n[products.router]\nlabel = \"Router X\"\nversions = [\"1.0\", \"1.5\", \"2.0\"]\n[products.phone]\nlabel = \"Phone\"\nversions = [\"7\", \"8\"]\n",
  "content/router/old.md": page("For old ones", "products: [router]\nversions: 1.0 - 1.5\ncodes: [E-502, ERR_LONG_NAME_OF_AN_ERROR]\nid: old-one\naliases: [/kb/12.html]", long),
  "content/router/new.md": page("For new ones", "products: [router]\nversions: '>=2.0'\ncodes: [E-1042]"),
  "content/router/any.md": page("For all", "products: [router]\ncodes: [E-7]"),
  "content/router/old.zh.md": page("旧版", "products: [router]\nversions: 1.0 - 1.5\ncodes: [E-502]"),
  "content/both/r.md": page("R", "products: [router]\nversions: 2.0"),
  "content/both/p.md": page("P", "products: [phone]\nversions: 8\ncodes: [P-1]"),
  "content/both/rp.md": page("RP", "products: [router, phone]\nversions: '>=2.0, <8'"),
});
const url = await serve(folder);
const browser = await launch();
const rows = (view) => view.locator(".rows > li:visible .row-title").allTextContents();

test("a version is chosen, kept in the address and on the device, and told to articles", () => visit(browser, {}, async (view) => {
  await view.goto(`${url}router/`);
  const field = view.getByLabel("Version of Router X");
  assert.deepEqual(await field.locator("option").allTextContents(), ["All versions", "2.0", "1.5", "1.0"]);
  assert.equal((await rows(view)).length, 3);
  await field.selectOption("2.0");
  assert.deepEqual(await rows(view), ["For all", "For new ones"]);
  assert.equal(await view.locator(".version-count").textContent(), "Showing 2 of 3 articles");
  assert.equal(new URL(view.url()).search, "?version=2.0");
  await view.goto(`${url}router/old/`);
  assert.equal(await view.locator("#t0-version-note").textContent(), "You chose 2.0; this article is for 1.0 – 1.5.");
  await view.goto(`${url}router/new/`);
  assert.equal(await view.locator("#t0-version-note").isVisible(), false);
  // On this device the list opens as it was left.
  await view.goto(`${url}router/`);
  assert.deepEqual(await rows(view), ["For all", "For new ones"]);
  await view.getByLabel("Version of Router X").selectOption("");
  assert.equal((await rows(view)).length, 3);
  assert.equal(new URL(view.url()).search, "");
  await view.goto(`${url}router/old/`);
  assert.equal(await view.locator("#t0-version-note").isVisible(), false);
}));

test("a link to a version shows it to others", () => visit(browser, {}, async (view) => {
  await view.goto(`${url}router/?version=1.5`);
  assert.deepEqual(await rows(view), ["For all", "For old ones"]);
  await view.goto(`${url}router/?version=9`);
  assert.equal((await rows(view)).length, 3);
  await view.goto(`${url}zh/router/?version=2.0`);
  assert.deepEqual(await rows(view), []);
  assert.equal(await view.locator(".version-count").textContent(), "显示 0 篇，共 1 篇");
}));

test("each product has a choice of its own", () => visit(browser, {}, async (view) => {
  await view.goto(`${url}both/`);
  await view.getByLabel("Version of Phone").selectOption("8");
  assert.deepEqual(await rows(view), ["P", "R"]);
  await view.getByLabel("Version of Router X").selectOption("1.0");
  assert.deepEqual(await rows(view), ["P"]);
  const { search } = new URL(view.url());
  await view.evaluate(() => localStorage.clear());
  await view.goto(`${url}both/${search}`);
  assert.deepEqual(await rows(view), ["P"]);
}));

test("what is stored by somebody else does no harm", () => visit(browser, {}, async (view) => {
  await view.goto(`${url}router/`);
  for (const value of ["{", "null", "[]", "7", "{\"router\":\"<b>\"}"]) {
    await view.evaluate((text) => localStorage.setItem("t0-versions", text), value);
    await view.goto(`${url}router/`);
    assert.equal((await rows(view)).length, 3, value);
  }
}));

test("without JavaScript all rows stand there with their versions, and all codes", () => visit(browser, { javaScriptEnabled: false }, async (view) => {
  await view.goto(`${url}router/?version=2.0`);
  assert.equal(await view.locator(".rows > li").count(), 3);
  assert.equal(await view.locator("select").count(), 0);
  assert.ok(await view.getByText("Router X 1.0 – 1.5").isVisible());
  await view.goto(`${url}codes/`);
  assert.equal(await view.locator(".code-list tbody tr").count(), 5);
  assert.equal(await view.locator("input").count(), 0);
  await view.goto(`${url}a/old-one/`);
  await view.waitForURL(`${url}router/old/`);
}));

test("the list of codes narrows while one types", () => visit(browser, {}, async (view) => {
  await view.goto(`${url}codes/`);
  const field = view.getByLabel("Narrow the list");
  const codes = () => view.locator(".code-list tbody tr:visible code").allTextContents();
  assert.equal((await codes()).length, 5);
  for (const typed of ["e502", "E-502", "ｅ－５０２", "  e 502 "]) {
    await field.fill(typed);
    assert.deepEqual(await codes(), ["E-502"], typed);
  }
  assert.equal(await view.getByRole("heading", { name: "Phone" }).isVisible(), false);
  await view.getByText("1 code", { exact: true }).waitFor();
  await field.fill("new ones");
  assert.deepEqual(await codes(), ["E-1042"]);
  await field.fill("zzz");
  await view.getByText("No code like this").waitFor();
  await field.fill("");
  assert.equal((await codes()).length, 5);
  await view.goto(`${url}router/old/`);
  await view.getByRole("link", { name: "E-502" }).click();
  await view.waitForURL(`${url}codes/#e-502`);
  assert.ok(await view.locator("tr:target").isVisible());
}));

test("old and permanent addresses lead on, with the place on the page", () => visit(browser, {}, async (view) => {
  for (const address of ["a/old-one/", "kb/12.html"]) {
    await view.goto(`${url}${address}?x=1#cause`);
    await view.waitForURL(`${url}router/old/?x=1#cause`);
    await settled(view);
    assert.ok((await view.locator("#cause").boundingBox()).y < 300);
  }
}));

for (const [colorScheme, width] of LOOKS) {
  test(`nothing is out of reach at ${width} pixels, ${colorScheme}`, () => visit(browser, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true }, async (view) => {
    for (const path of ["router/", "both/", "codes/", "zh/codes/", "codes/router/", "router/old/"]) {
      await view.goto(url + path);
      if (path === "router/") await view.getByLabel("Version of Router X").selectOption("2.0");
      await settled(view);
      assert.deepEqual(await objections(view), [], path);
      assert.ok(await view.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is wider than the screen`);
    }
  }));
}
