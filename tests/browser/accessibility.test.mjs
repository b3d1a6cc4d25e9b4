// axe finds nothing to object to: every kind of page, light and dark, on a phone and on a desk.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOKS, helpCentre, launch, objections, open, serve, settled } from "./support.mjs";

const home = await serve(helpCentre());
const browser = await launch();

const PAGES = ["", "write/", "write/markdown/", "diagnostics/unclosed-container/", "search/?q=search", "search/?q=qqzzxx", "search/?q=search+zebra+wombat+giraffe", "search/", "write/markdown/?hl=markdown", "tags/", "no/such/page/", "zh/", "zh/faq/readers/"];

for (const [colorScheme, width] of LOOKS) {
  test(`${colorScheme}, ${width} px`, async () => {
    const { page, close } = await open(browser, { colorScheme, viewport: { width, height: 900 } });
    const found = [];
    for (const path of PAGES) {
      await page.goto(home + path);
      await settled(page);
      found.push(...(await objections(page)).map((text) => `/${path}: ${text}`));
    }
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    await page.keyboard.press("/");
    await page.locator("dialog.search-dialog input").fill("search");
    await page.locator("dialog [role=option]").first().waitFor();
    found.push(...(await objections(page)).map((text) => `search dialog: ${text}`));
    for (const [query, shown] of [["search zebra wombat giraffe", ".weak [role=option]"], ["qqzzxx", ".ways"]]) {
      await page.locator("dialog.search-dialog input").fill(query);
      await page.locator(`dialog ${shown}`).first().waitFor();
      found.push(...(await objections(page)).map((text) => `search dialog, ${query}: ${text}`));
    }
    assert.deepEqual(found, []);
    await close("404");
  });
}
