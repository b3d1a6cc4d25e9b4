// Problems over the page: all of them, as text, with a way to each; the reader's place in them stays.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answers, live } from "./live.mjs";
import { launch, objections } from "./support.mjs";

const browser = await launch();
const GOOD = "---\ntitle: Reset\n---\n\nFirst paragraph.\n";
const HOSTILE = "<img src=x onerror=alert(1)>";
const links = (n, from = 0) => `# Links\n\n${Array.from({ length: n }, (_, i) => `[x](gone-${from + i}.md)\n`).join("\n")}`;
const start = (files = {}, options) => live(browser, { "tier0.toml": '[site]\ntitle = "Book"\nstrict = true\n\n[languages.zh]\n', "content/reset.md": GOOD, "content/reset.zh.md": GOOD, ...files }, "reset/", options);

test("all problems, by file, with their lines; each opens the editor there", async () => {
  const { own, page, put, close } = await start();
  const opened = [];
  await answers(page, "open", (url, request) => {
    opened.push([url.pathname, url.searchParams.get("source"), url.searchParams.get("line"), request.headers()["x-tier0"]]);
    return { opened: true };
  });
  await page.waitForTimeout(200);
  put("content/a b.md", links(3));
  put("content/c.md", `---\ntitle: C\nkind: "${HOSTILE}"\n---\n`);
  await own(".panel").waitFor();
  await own(".file").nth(1).waitFor();
  assert.deepEqual(await own(".file h2").allInnerTexts(), ["content/a b.md", "content/c.md"]);
  assert.equal(await own(".problem").count(), 4);
  assert.match(await own(".panel").innerText(), /<img src=x/);
  assert.match(await own(".file pre").first().innerText(), /\[x\]\(gone-0\.md\)/);
  assert.equal(await own("img").count(), 0);
  await own(".place").nth(1).press("Enter");
  await own(".note").getByText("Opened in the editor.").waitFor();
  assert.deepEqual(opened, [["/__tier0/open/", "content/a b.md", "5", "open"]]);
  assert.deepEqual(await objections(page), []);
  await close("Applying inline style violates");
});

test("a tab from before the preview was started anew fetches the token of this run", async () => {
  const { own, page, put, isAlive, mark, close } = await start();
  assert.equal(await page.locator("[data-tier0-token]").count(), 0, "scripts of the site do not see it");
  await mark();
  const sent = [];
  await page.route("**/problems.json", (route) => {
    const headers = route.request().headers();
    sent.push(headers["x-tier0-token"]);
    return route.continue({ headers: { ...headers, "x-tier0-token": sent.length === 1 ? "of-another-run" : sent.at(-1) } });
  });
  put("content/links.md", links(3));
  await own(".count").getByText("3 problems").waitFor();
  assert.ok(sent.length >= 2 && sent.every((token) => /^[0-9a-f]{32}$/.test(token)), String(sent));
  assert.ok(await isAlive(), "without a new load");
  await close("403");
});

test("focus and place in the list stay while it changes; what is fixed vanishes", async () => {
  const { own, page, put, close } = await start({ "content/links.md": links(30) });
  await own(".place").nth(20).focus();
  const place = () => own(".panel").evaluate((panel) => [panel.scrollTop, panel.getRootNode().activeElement?.getAttribute("aria-label")]);
  while ((await place())[0] <= 300) await page.waitForTimeout(20);
  const [scrolled, label] = await place();
  assert.ok(label.includes("links.md"), label);
  put("content/links.md", `${links(30)}\n[x](another.md)\n`);
  await own(".count").getByText("31 problems").waitFor();
  assert.deepEqual(await place(), [scrolled, label]);
  // Two lines more above: the same problem, elsewhere.
  put("content/links.md", links(30).replace("# Links", "# Links\n\nWords."));
  await own(".count").getByText("30 problems").waitFor();
  assert.match((await place())[1], /links\.md:45/);
  put("content/links.md", "# Links\n");
  await own(".panel").waitFor({ state: "detached" });
  await own(".open").waitFor({ state: "detached" });
  await close();
});

test("closed stays closed while the problems are the same, and comes back with news", async () => {
  const { own, page, put, shows, url, close } = await start({ "content/links.md": links(2) });
  await own(".panel").waitFor();
  await own(".panel").press("Escape");
  await own(".open").waitFor();
  await page.goto(`${url}zh/reset/`);
  await own(".open").waitFor();
  assert.equal(await own(".open").innerText(), "2 个问题");
  assert.ok(await own(".panel").isHidden());
  // One of them is fixed, another page is saved: no news.
  const printed = page.waitForResponse("**/problems.json");
  put("content/links.md", links(1));
  await printed;
  await own(".open").getByText("1 个问题").waitFor();
  assert.ok(await own(".panel").isHidden());
  put("content/links.md", links(2, 5));
  await own(".panel").waitFor();
  put("content/links.md", "# Links\n");
  await own(".panel").waitFor({ state: "detached" });
  put("content/reset.zh.md", GOOD.replace("First", "Good"));
  await shows("Good paragraph.");
  await close();
});

test("an edition that is fine swaps while another one fails", async () => {
  const { own, page, put, url, shows, close } = await start({
    "tier0.toml": '[site]\ntitle = "Book"\n\n[editions.internal]\nroles = "all"\n',
    "content/secret.md": "---\ntitle: Secret\nroles: [ops]\n---\n\nFor operations.\n",
  });
  await page.goto(`${url}@internal/reset/`);
  await own(".bar").waitFor();
  await page.evaluate(() => (globalThis.__alive = true));
  put("content/reset.md", GOOD.replace("First", "[Link](secret.md) first"));
  await shows("Link first paragraph.");
  await own(".open").waitFor();
  assert.ok(await own(".panel").isHidden());
  assert.ok(await page.evaluate(() => globalThis.__alive));
  await close();
});

test("a fault of a page that nobody looks at stays told while other pages are saved", async () => {
  const { own, page, put, shows, close } = await start();
  const template = "themes/default/templates/tags.html";
  put(template, "{{ nothing.at.all }}");
  await own(".panel").getByText(template).waitFor();
  assert.match(await own(".panel").innerText(), /shows your last save[^]*template-error/);
  const gone = page.evaluate(() => {
    const root = document.querySelector("tier0-preview").shadowRoot;
    return new Promise((keep) => {
      new MutationObserver(() => root.querySelector(".panel") || keep("it went away")).observe(root, { childList: true });
      setTimeout(() => keep("it stayed"), 2500);
    });
  });
  put("content/reset.md", GOOD.replace("First", "Second"));
  await shows("Second paragraph.");
  assert.equal(await gone, "it stayed");
  put(template, "<p>Tags</p>");
  await own(".panel").waitFor({ state: "detached" });
  await close();
});

test("warnings are a number, and a list for whoever asks; that choice stays from page to page", async () => {
  const { own, page, put, url, close } = await start({ "content/warned.md": "---\ntitle: Warned\nkeyword: a\n---\n\nText.\n" });
  await own(".open").getByText("1 warning", { exact: true }).waitFor();
  assert.ok(await own(".panel").isHidden());
  await own(".open").press("Enter");
  assert.match(await own(".panel").innerText(), /do not stop tier0 build[^]*warned\.md[^]*unknown-key/);
  await page.goto(`${url}zh/reset/`);
  await own(".panel").getByText("1 个警告").waitFor();
  assert.deepEqual(await objections(page), []);
  // An error comes in the way by itself, and goes away again.
  put("content/links.md", links(1));
  await own(".panel:not(.mild)").waitFor();
  put("content/links.md", "# Links\n");
  await own(".panel.mild").waitFor();
  await own(".panel").press("Escape");
  await page.goto(`${url}reset/`);
  await own(".open").getByText("1 warning", { exact: true }).waitFor();
  assert.ok(await own(".panel").isHidden());
  put("content/warned.md", "---\ntitle: Warned\n---\n\nText.\n");
  await own(".open").waitFor({ state: "detached" });
  await close("Applying inline style violates");
});
