// What tests of the live preview share: a site folder under `tier0 serve`, a tab, and answers of our own.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { open, preview, temporary } from "./support.mjs";

/** A folder of files being previewed, and a tab that shows a page of it. */
export async function live(browser, files, path, options = {}, ...serving) {
  const folder = temporary();
  const put = (name, text) => {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  for (const [name, text] of Object.entries(files)) put(name, text);
  const { url, printed } = await preview(folder, ...serving);
  const tab = await open(browser, options);
  const { page } = tab;
  // The tab's connection, so that a test can say what a build would.
  await page.addInitScript(() => {
    const Real = EventSource;
    globalThis.EventSource = class extends Real {
      constructor(...given) {
        super(...given);
        globalThis.__events = this;
      }
    };
  });
  await page.goto(url + path);
  const own = (name) => page.locator(`tier0-preview ${name}`);
  /** Marks the window; a new load would take the mark away. */
  const mark = () => page.evaluate(() => (globalThis.__alive = true));
  const isAlive = () => page.evaluate(() => globalThis.__alive === true);
  /** A new load has come and is through: what the reader had done is done again only then. */
  const reloaded = () => page.waitForFunction(() => globalThis.__alive !== true && document.readyState === "complete");
  const shows = (text) => page.locator("main", { hasText: text }).waitFor();
  return { folder, put, url, printed, own, mark, isAlive, reloaded, shows, ...tab };
}

/** What the preview answers to `/__tier0/NAME/…`. A function gets the request's address. */
export async function answers(page, name, answer, status = 200) {
  await page.route(`**/__tier0/${name}/**`, (route) => {
    const found = typeof answer === "function" ? answer(new URL(route.request().url()), route.request()) : answer;
    return route.fulfill({ status, contentType: "application/json", body: JSON.stringify(found) });
  });
}

/** A message as the preview sends it after a build that has not touched this page. */
export async function message(page, news) {
  await page.evaluate((news) => {
    const { tier0Version, tier0Edition } = document.querySelector("script[data-tier0-version]").dataset;
    const state = { versions: { [tier0Edition]: tier0Version }, build: "test.1", failed: false, ...news };
    globalThis.__events.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(state) }));
  }, news);
}
