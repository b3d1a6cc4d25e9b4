// Lists of hundreds of rows: the pages that they are cut into, and the fields that look at all of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOKS, build, launch, objections, serve, settled, visit } from "./support.mjs";

const files = {
  "tier0.toml": "[languages.zh]\n[products.router]\nlabel = { en = \"Router X\", zh = \"路由器\" }\nversions = [\"1.0\", \"2.0\"]\n[products.phone]\nlabel = { en = \"Phone\", zh = \"电话\" }\n",
};
for (let number = 1; number <= 450; number += 1) {
  // The last 50 are for the new version alone: they are on no first page.
  const scope = number > 400 ? "products: [router]\nversions: '2.0'" : number % 2 ? "products: [router]\nversions: '1.0'" : "products: [phone]";
  files[`content/fix/a${number}.md`] = `---\ntitle: Lamp ${number} is off\n${scope}\ncodes: [E-${number}]\ntags: [lamp]\n---\n\nPress the button of lamp ${number}.\n`;
  if (number <= 201) files[`content/fix/a${number}.zh.md`] = `---\ntitle: 第 ${number} 盏灯不亮\ncodes: [E-${number}]\n---\n\n请按 ${number} 号按钮。\n`;
}
const folder = build(files);
let isBroken = false;
/** Sends only the head of rows while a test wants them to fail. */
const answer = (path, response) => {
  if (!isBroken || !path.startsWith("assets/lists/")) return false;
  response.writeHead(503).end();
  return true;
};
const url = await serve(folder, "/kb/help/", answer);
const browser = await launch();

const titles = (view) => view.locator(".rows > li:visible .row-title").allTextContents();
const codes = (view) => view.locator(".code-list tbody tr:visible th code").allTextContents();
/** The files with rows that a page asks for from now on. */
const asked = (view) => {
  const found = [];
  view.on("request", (request) => request.url().includes("/assets/lists/") && found.push(request.url()));
  return found;
};

test("without JavaScript the pages lead through the whole list", () => visit(browser, { javaScriptEnabled: false }, async (view) => {
  for (const [list, row, last] of [["codes/", ".code-list tbody tr", "codes/page/3/"], ["fix/", ".rows > li", "fix/page/3/"], ["tags/lamp/", ".rows > li", "tags/lamp/page/3/"]]) {
    await view.goto(url + list);
    const counts = [await view.locator(row).count()];
    while (await view.getByRole("link", { name: "Next page" }).count()) {
      await view.getByRole("link", { name: "Next page" }).click();
      counts.push(await view.locator(row).count());
    }
    assert.deepEqual(counts, [200, 200, 50], list);
    assert.equal(view.url(), url + last);
    await view.getByRole("navigation", { name: "Pages of this list" }).getByRole("link", { name: "Page 1", exact: true }).click();
    assert.equal(view.url(), url + list);
  }
}));

test("a code on another page is found once somebody types", () => visit(browser, {}, async (view) => {
  const requests = asked(view);
  await view.goto(`${url}codes/page/2/`);
  await settled(view);
  assert.deepEqual(requests, [], "nobody has typed");
  const field = view.getByLabel("Narrow the list");
  const before = await field.boundingBox();
  await field.fill("e 449");
  await view.getByRole("link", { name: "E-449" }).waitFor();
  assert.deepEqual(await field.boundingBox(), before, "the field stays where somebody types");
  assert.equal(await view.getByRole("link", { name: "Router X" }).getAttribute("href"), "../../../codes/router/");
  assert.deepEqual(await codes(view), ["E-449"]);
  assert.equal(await view.locator(".paging").isVisible(), false);
  await view.getByText("1 code", { exact: true }).waitFor();
  await field.fill("lamp 1 is");
  await view.getByText("Lamp 1 is off").waitFor();
  assert.deepEqual(await codes(view), ["E-1"]);
  await field.fill("zzz");
  await view.getByText("No code like this").waitFor();
  await field.fill("");
  await view.locator(".paging").waitFor();
  assert.equal((await codes(view)).length, 200);
  assert.equal(requests.length, 1, "one file, once");
  // The answer and the place of the code are both one step away.
  await field.fill("e449");
  await view.getByRole("link", { name: "E-449" }).click();
  await view.waitForURL(`${url}codes/page/*/#e-449`);
  assert.equal(await view.locator("tr:target code").textContent(), "E-449");
  await view.getByLabel("Narrow the list").fill("e449");
  await view.getByRole("link", { name: "Lamp 449 is off" }).click();
  await view.waitForURL(`${url}fix/a449/`);
}));

test("a code on the same page shows in its place", () => visit(browser, {}, async (view) => {
  await view.goto(`${url}codes/`);
  await view.getByLabel("Narrow the list").fill("e 9");
  const link = view.locator(".list-found").getByRole("link", { name: "E-9", exact: true });
  await link.click();
  await view.waitForURL(`${url}codes/#e-9`);
  assert.ok(await view.locator("tr:target").isVisible());
  assert.equal((await codes(view)).length, 200);
}));

test("many matches come in portions, and the keyboard goes on where they begin", () => visit(browser, {}, async (view) => {
  await view.goto(`${url}codes/`);
  await view.getByLabel("Narrow the list").pressSequentially("lamp");
  const more = view.getByRole("button", { name: "Show more" });
  await more.waitFor();
  await view.getByText("450 codes", { exact: true }).waitFor();
  assert.equal((await codes(view)).length, 200);
  await more.focus();
  await view.keyboard.press("Enter");
  assert.equal((await codes(view)).length, 400);
  const focused = () => view.evaluate(() => document.activeElement.closest("tr")?.querySelector("th code").textContent);
  assert.equal(await focused(), (await codes(view))[200]);
  await more.press("Enter");
  assert.equal((await codes(view)).length, 450);
  assert.equal(await more.count(), 0);
}));

test("a link to a code from the time of the short list leads on", () => visit(browser, {}, async (view) => {
  await view.goto(`${url}codes/#e-400`);
  await view.waitForURL(/codes\/page\/\d\/#e-400$/);
  assert.equal(await view.locator("tr:target code").textContent(), "E-400");
}));

test("a version is looked for on all pages", () => visit(browser, {}, async (view) => {
  const requests = asked(view);
  for (const list of ["fix/", "tags/lamp/page/2/"]) {
    requests.length = 0;
    await view.goto(url + list);
    await settled(view);
    assert.deepEqual(requests, [], list);
    const field = view.getByLabel("Version of Router X");
    await field.selectOption("2.0");
    await view.getByText("250 of 450 articles are for what you chose").waitFor();
    assert.equal((await titles(view)).length, 200);
    await view.getByRole("button", { name: "Show more" }).click();
    assert.ok((await titles(view)).includes("Lamp 450 is off"));
    assert.equal((await titles(view)).some((title) => title === "Lamp 1 is off"), false);
    assert.equal(requests.length, 1);
    await field.selectOption("");
    await view.locator(".paging").waitFor();
    assert.equal((await titles(view)).length, 200);
  }
}));

test("a row that comes from the file looks as it does on its page", () => visit(browser, {}, async (view) => {
  await view.goto(`${url}fix/`);
  const own = (title) => view.locator(".rows > li", { hasText: title }).filter({ visible: true }).first().evaluate((row) => [row.innerHTML, row.querySelector("a").href]);
  const before = await own("Lamp 2 is off");
  await view.getByLabel("Version of Router X").selectOption("2.0");
  await view.locator(".list-found .rows").waitFor();
  assert.deepEqual(await own("Lamp 2 is off"), before);
  await view.goto(`${url}codes/`);
  const code = () => view.locator("tr:visible", { hasText: "E-399" }).first().evaluate((row) => row.querySelector("td").innerHTML.trim());
  const there = await code();
  await view.getByLabel("Narrow the list").fill("E-399");
  await view.locator(".list-found table").waitFor();
  assert.equal(await code(), there);
}));

test("where the rows do not load, what is on the page is narrowed and that is said", () => visit(browser, {}, async (view) => {
  isBroken = true;
  await view.goto(`${url}codes/`);
  const field = view.getByLabel("Narrow the list");
  await field.fill("e-9");
  await view.getByText("The rest of the list could not be loaded").waitFor();
  assert.ok((await codes(view)).includes("E-9") && (await codes(view)).length < 200);
  assert.ok(await view.locator(".paging").isVisible());
  isBroken = false;
  await field.fill("e-449");
  await view.getByRole("link", { name: "E-449" }).waitFor();
  await view.goto(`${url}fix/`);
  isBroken = true;
  await view.getByLabel("Version of Router X").selectOption("2.0");
  await view.getByText("The rest of the list could not be loaded").waitFor();
  isBroken = false;
}, "503"));

for (const [colorScheme, width] of LOOKS) {
  test(`long lists are within reach at ${width} pixels, ${colorScheme}`, () => visit(browser, { viewport: { width, height: 900 }, colorScheme, bypassCSP: true }, async (view) => {
    for (const path of ["codes/", "codes/page/2/", "fix/page/2/", "zh/codes/page/2/", "zh/fix/"]) {
      await view.goto(url + path);
      await settled(view);
      assert.deepEqual(await objections(view), [], path);
      assert.ok(await view.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is wider than the screen`);
      for (const link of await view.locator(".paging a").all()) {
        const { width, height } = await link.boundingBox();
        assert.ok(width >= 44 && height >= 44, "a finger finds it");
      }
    }
    await view.goto(`${url}codes/`);
    await view.getByLabel("Narrow the list").fill("e4");
    await view.locator(".list-found table").first().waitFor();
    assert.deepEqual(await objections(view), [], "narrowed");
  }));
}
