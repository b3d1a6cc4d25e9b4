// The search when the network is slow or breaks, when the reader is fast, and on the way back from a result.

import assert from "node:assert/strict";
import { test } from "node:test";
import { build, helpCentre, launch, open, serve, settled, visit } from "./support.mjs";

const home = await serve(helpCentre());
const browser = await launch();

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const MANIFEST = "**/search/en/manifest.json";
const INPUT = "dialog.search-dialog input";

/** Stops requests until they are let go, or broken. */
async function hold(page, pattern) {
  const held = [];
  let decided;
  await page.route(pattern, (route) => (decided ? decided(route) : held.push(route)));
  const decide = (what) => {
    decided = what;
    return Promise.all(held.splice(0).map(what));
  };
  return { release: () => decide((route) => route.continue()), break: () => decide((route) => route.abort()) };
}

/** Changes the field and presses Enter before anything else can happen. */
const replaceAndEnter = (input, query) =>
  input.evaluate((field, text) => {
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    const key = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
    if (field.dispatchEvent(key)) field.form.requestSubmit();
  }, query);

test("Enter opens an answer to what the dialog asks now, not to what it asked before", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    await page.keyboard.press("/");
    await page.keyboard.type("nginx");
    await page.locator("dialog [role=option]", { hasText: "nginx" }).first().waitFor();
    await replaceAndEnter(page.locator(INPUT), "broken-anchor");
    await page.waitForURL((url) => url.pathname !== "/write/markdown/");
    assert.match(page.url(), /\/diagnostics\/broken-anchor\//);
  });
});

test("an option chosen on the home page is forgotten when the question changes", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(home);
    await settled(page);
    const input = page.locator(".search-form input");
    await input.focus();
    await page.keyboard.type("nginx");
    await page.locator("[role=option]", { hasText: "nginx" }).first().waitFor();
    // The answer to the last letter may still come, and begins without a choice.
    const chosen = page.locator("[role=option][aria-selected=true]");
    for (let tries = 0; (await chosen.count()) === 0; tries += 1) {
      assert.ok(tries < 20, "no option can be chosen");
      await page.keyboard.press("ArrowDown");
    }
    await replaceAndEnter(input, "broken-anchor");
    await page.waitForURL(`${home}search/?q=broken-anchor`);
    // Back from there the question still stands in the field.
    await page.goBack();
    await settled(page);
    assert.equal(await page.locator(".search-form input").inputValue(), "broken-anchor");
  });
});

test("letters typed and Enter pressed before the search code has come are not lost", async () => {
  await visit(browser, {}, async (page) => {
    const code = await hold(page, "**/js/ui.*.js");
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    await page.keyboard.press("/");
    await page.keyboard.type("nginx");
    assert.equal(await page.locator(INPUT).inputValue(), "nginx");
    await page.keyboard.press("Enter");
    await code.release();
    await page.waitForURL((url) => url.href.startsWith(`${home}host/nginx/`));
  });
});

test("a tap on the search button gives the field the focus within the tap", async () => {
  await visit(browser, PHONE, async (page) => {
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    const focused = await page.locator("button.search-open").evaluate((button) => {
      button.click();
      return document.activeElement.matches("dialog[open] input");
    });
    assert.equal(focused, true);
  });
});

test("when the search code does not come, the search page takes over", async () => {
  const { page, close } = await open(browser);
  const code = await hold(page, "**/js/ui.*.js");
  await page.goto(`${home}write/markdown/`);
  await settled(page);
  await page.keyboard.press("/");
  await page.keyboard.type("nginx");
  await code.break();
  await page.waitForURL(`${home}search/?q=nginx`);
  // There it does not come either; this page says so, and tries again.
  await page.unroute("**/js/ui.*.js");
  await page.locator("#t0-results button").or(page.locator(".results a.hit-title").first()).waitFor();
  await page.reload();
  await page.locator(".results a.hit-title").first().waitFor();
  await close("ui.", "ERR_FAILED", "Failed to fetch");
});

test("Enter waits for the index, and after a moment the dialog says that it is searching", async () => {
  await visit(browser, {}, async (page) => {
    const index = await hold(page, MANIFEST);
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    await page.keyboard.press("/");
    await page.keyboard.type("nginx");
    await page.locator("dialog .search-wait", { hasText: "Searching…" }).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForTimeout(300);
    assert.equal(page.url(), `${home}write/markdown/`);
    await index.release();
    await page.waitForURL((url) => url.href.startsWith(`${home}host/nginx/`));
  });
});

test("an Enter that still waits is called off by Escape", async () => {
  await visit(browser, {}, async (page) => {
    const index = await hold(page, MANIFEST);
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    await page.keyboard.press("/");
    await page.keyboard.type("nginx");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await index.release();
    await settled(page);
    await page.waitForTimeout(300);
    assert.equal(page.url(), `${home}write/markdown/`);
  });
});

test("on a phone Back leaves the dialog, and comes back to it from a result", async () => {
  await visit(browser, PHONE, async (page) => {
    const article = `${home}write/markdown/`;
    const dialog = page.locator("dialog.search-dialog");
    await page.goto(home);
    await page.goto(article);
    await settled(page);
    await page.locator("button.search-open").tap();
    await dialog.waitFor();
    await page.goBack();
    await dialog.waitFor({ state: "hidden" });
    assert.equal(page.url(), article);
    // Closed by its button, it leaves nothing behind that Back would have to go through.
    await page.locator("button.search-open").tap();
    await dialog.locator("button.tool").tap();
    await page.waitForFunction(() => !history.state?.searching);
    await page.locator("button.search-open").tap();
    await page.locator(INPUT).fill("nginx");
    await dialog.locator("[role=option]", { hasText: "nginx" }).first().tap();
    await page.waitForURL((url) => url.href.startsWith(`${home}host/nginx/`));
    await page.goBack();
    await dialog.locator("[role=option]", { hasText: "nginx" }).first().waitFor();
    assert.equal(await page.locator(INPUT).inputValue(), "nginx");
    await page.goBack();
    await dialog.waitFor({ state: "hidden" });
    assert.equal(page.url(), article);
    await page.goBack();
    await page.waitForURL(home);
  });
});

test("on a desk the dialog is no step of the history, and keeps its question for the way back", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    const steps = await page.evaluate(() => history.length);
    await page.keyboard.press("/");
    await page.keyboard.type("nginx");
    await page.locator("dialog [role=option]", { hasText: "nginx" }).first().waitFor();
    assert.equal(await page.evaluate(() => history.length), steps);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.href.startsWith(`${home}host/nginx/`));
    await page.goBack();
    await settled(page);
    await page.keyboard.press("/");
    assert.equal(await page.locator(INPUT).inputValue(), "nginx");
  });
});

test("back from a result the search page shows as many results as before", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}search/?q=tier0`);
    const hits = page.locator(".results [role=listitem]");
    await hits.first().waitFor();
    const before = await hits.count();
    await page.locator("#t0-results .search-note button").click();
    await hits.nth(before).waitFor();
    const all = await hits.count();
    await hits.last().locator("a").first().click();
    await page.waitForURL((url) => !url.pathname.startsWith("/search/"));
    await page.goBack();
    await hits.nth(before).waitFor();
    assert.equal(await hits.count(), all);
    await page.waitForFunction(() => scrollY > 0);
  });
});

test("another try puts the focus back into the field", async () => {
  const { page, close } = await open(browser);
  await page.route(MANIFEST, (route) => route.abort());
  await page.goto(`${home}write/markdown/`);
  await settled(page);
  await page.keyboard.press("/");
  await page.keyboard.type("nginx");
  const retry = page.locator("dialog .search-note button");
  // It fails again: an answer now could take the button away before it is pressed.
  await retry.click();
  assert.equal(await page.locator(INPUT).evaluate((input) => input === document.activeElement), true);
  await close("manifest.json", "ERR_FAILED");
});

test("a result's kind is a word of its own", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}search/?q=markdown`);
    const kind = page.locator(".hit-kind:not(:empty)").first();
    await kind.waitFor();
    assert.match(await page.locator(".hit", { has: page.locator(".hit-kind", { hasText: "·" }) }).first().evaluate((node) => node.textContent), /\S · \S/);
  });
});

/** Types and waits until the list shows results for it. */
async function type(page, input, query) {
  await input.waitFor();
  await page.keyboard.type(query, { delay: 5 });
  // The last option names the query; others may hold its words while the list is still that of its begin.
  await page.locator(".hit-all[role=option]", { hasText: query }).waitFor();
}

test("search by keyboard alone, in English, from an article", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    await page.keyboard.press("/");
    const input = page.locator("dialog.search-dialog input");
    await type(page, input, "broken link");
    const options = page.locator("dialog [role=option]");
    assert.equal(await options.first().getAttribute("aria-selected"), "true");
    await page.keyboard.press("ArrowDown");
    assert.equal(await options.nth(1).getAttribute("aria-selected"), "true");
    assert.equal(await input.getAttribute("aria-activedescendant"), await options.nth(1).getAttribute("id"));
    await page.keyboard.press("ArrowUp");
    const target = await options.first().evaluate((option) => option.pathname);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === target);
    assert.match(await page.locator("h1").innerText(), /link/i);
  });
});

test("Ctrl-K opens the search, Escape closes it and gives the focus back", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    await page.keyboard.press("Control+k");
    const dialog = page.locator("dialog.search-dialog");
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    // Typed into a field, a slash is a slash.
    await page.keyboard.press("/");
    await page.keyboard.type("a/b");
    assert.equal(await dialog.locator("input").inputValue(), "a/b");
  });
});

test("search by keyboard alone, in Chinese, from the home page", async () => {
  await visit(browser, { locale: "zh-CN" }, async (page) => {
    await page.goto(`${home}zh/`);
    await settled(page);
    await page.keyboard.press("/");
    const input = page.locator(".search-form input");
    assert.equal(await input.evaluate((field) => field === document.activeElement), true);
    await type(page, input, "搜索");
    await page.keyboard.press("ArrowDown");
    const target = await page.locator("[role=option][aria-selected=true]").evaluate((option) => option.pathname);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === target);
    assert.match(page.url(), /\/zh\//);
    assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
  });
});

test("an error code finds its page first", async () => {
  await visit(browser, {}, async (page) => {
    for (const code of ["broken-anchor", "OUTPUT-NOT-OURS", "nul-byte"]) {
      await page.goto(`${home}search/?q=${code}`);
      const first = page.locator(".results a.hit-title").first();
      await first.waitFor();
      assert.match(await first.getAttribute("href"), new RegExp(`diagnostics/${code.toLowerCase()}/`));
    }
  });
});

test("the results page: a shared address, a new question, marks as text, the language switch keeps the question", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}search/?q=search`);
    await page.locator(".results a.hit-title").first().waitFor();
    assert.equal(await page.locator(".search-form input").inputValue(), "search");
    assert.ok((await page.locator(".results mark").count()) > 0);
    assert.match(await page.locator(".search-count").innerText(), /\d+ results/);
    await page.locator(".search-form input").fill("nginx");
    await page.waitForURL(/\?q=nginx$/);
    await page.locator(".language-link").click();
    await page.waitForURL(/\/zh\/search\/\?q=nginx$/);
    await page.locator(".results a.hit-title").first().waitFor();
  });
});

test("no result says so, and where to go; what was typed is never markup", async () => {
  await visit(browser, {}, async (page) => {
    const query = "<qqzzxx wwqqzz=vvqqkk>";
    await page.goto(`${home}search/?q=${encodeURIComponent(query)}`);
    await page.locator("#t0-results [role=status]", { hasText: query }).waitFor();
    assert.equal(await page.locator("#t0-results qqzzxx").count(), 0);
    await page.locator("#t0-ways a", { hasText: "home" }).click();
    await page.waitForURL(home);
  });
});

test("without the index the search says so, and tries again", async () => {
  const { page, close } = await open(browser);
  await page.route(MANIFEST, (route) => route.abort());
  await page.goto(`${home}search/?q=nginx`);
  await page.locator("#t0-results [role=status]", { hasText: "Check your connection" }).waitFor();
  await page.unroute(MANIFEST);
  await page.locator("#t0-results .search-note button").click();
  await page.locator(".results a.hit-title").first().waitFor();
  await close("manifest.json", "ERR_FAILED");
});

test("the index is fetched when someone is about to search, not before", async () => {
  await visit(browser, {}, async (page) => {
    const requests = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    assert.equal(requests.filter((url) => /manifest|engine|tokenize/.test(url)).length, 0);
  });
});

test("an input method: nothing is searched while it composes, then at once", async () => {
  await visit(browser, { locale: "zh-CN" }, async (page) => {
    await page.goto(`${home}zh/write/markdown/`);
    await settled(page);
    await page.keyboard.press("/");
    const input = page.locator(INPUT);
    await page.keyboard.type("nginx");
    const options = page.locator("dialog [role=option]");
    await options.filter({ hasText: "“nginx”" }).waitFor();
    // Half-typed pinyin stands in the field; arrows and Enter belong to the input method.
    await input.evaluate((field) => {
      field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
      field.value = "markdown";
      field.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
      for (const key of ["ArrowDown", "Enter"]) field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, isComposing: true }));
    });
    await page.waitForTimeout(400);
    assert.ok(await options.filter({ hasText: "“nginx”" }).isVisible(), "not searched");
    assert.equal(await page.locator("dialog [aria-selected=true]").count(), 0);
    assert.equal(page.url(), `${home}zh/write/markdown/`);
    await input.evaluate((field) => {
      field.value = "搜索";
      field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "搜索" }));
    });
    await page.locator("dialog [role=option]", { hasText: "搜索" }).first().waitFor();
  });
});

test("excerpts arrive without moving what is there", async () => {
  await visit(browser, {}, async (page) => {
    const texts = await hold(page, "**/search/en/text*/*");
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    await page.keyboard.press("/");
    await page.keyboard.type("publish a page");
    const options = page.locator("dialog [role=option].hit");
    await page.locator("dialog [role=option]", { hasText: "“publish a page”" }).waitFor();
    const places = () => options.evaluateAll((all) => all.map((option) => option.getBoundingClientRect().top));
    const before = await places();
    assert.equal(await page.locator("dialog .hit-text:not(:empty)").count(), 0);
    await page.waitForTimeout(300);
    await texts.release();
    await page.locator("dialog .hit-text mark").first().waitFor();
    assert.deepEqual(await places(), before);
    assert.match(await options.first().evaluate((option) => option.href), /\?hl=/);
  });
});

/** A site whose index does not fit into its manifest. */
const LARGE = Object.fromEntries(Array.from({ length: 300 }, (_, page) => {
  const words = Array.from({ length: 60 }, (_, i) => `word${((page * 60 + i) * 7919) % 10_007}x`);
  return [`content/p${page}.md`, `# Page ${page} about nginx\n\n${words.join(" ")}\n`];
}));
const large = await serve(build(LARGE));

test("after a deploy an old manifest names files that are gone: one retry with a fresh one", async () => {
  const { page, close } = await open(browser);
  let gone = 0;
  await page.route("**/search/en/terms-*/*", (route) => (gone++ ? route.continue() : route.fulfill({ status: 404, body: "" })));
  await page.goto(`${large}search/?q=nginx`);
  await page.locator(".results a.hit-title", { hasText: "nginx" }).first().waitFor();
  assert.ok(gone > 1, `${gone} requests for shards`);
  await close("404");
});

test("files that stay gone: a clear message, and another try works", async () => {
  const { page, close } = await open(browser);
  await page.route("**/search/en/terms-*/*", (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(`${large}search/?q=nginx`);
  await page.locator("#t0-results [role=status]", { hasText: "has just been updated" }).waitFor();
  await page.unroute("**/search/en/terms-*/*");
  await page.locator("#t0-results .search-note button").click();
  await page.locator(".results a.hit-title", { hasText: "nginx" }).first().waitFor();
  await close("404");
});

test("Home and End give the keyboard back to the field", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(home);
    await settled(page);
    const input = page.locator(".search-form input");
    await input.focus();
    await page.keyboard.type("nginx");
    await page.locator("[role=option]", { hasText: "“nginx”" }).waitFor();
    await page.keyboard.press("ArrowUp");
    assert.match(await page.locator("[aria-selected=true]").innerText(), /See all results/);
    await page.keyboard.press("Home");
    assert.equal(await input.getAttribute("aria-activedescendant"), null);
    assert.equal(await input.evaluate((field) => field.selectionStart), 0);
    await page.keyboard.press("Escape");
    assert.equal(await input.getAttribute("aria-expanded"), "false");
  });
});

test("all scripts of the search are asked for at first interest, not one after the other", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}write/markdown/`);
    await settled(page);
    const code = await hold(page, "**/assets/js/*.js");
    const asked = new Set();
    page.on("request", (request) => asked.add(/(?:js|search\/en)\/(\w+)\./.exec(request.url())?.[1]));
    await page.locator("button.search-open").hover();
    while (!["manifest", "ui", "worker"].every((name) => asked.has(name))) await page.waitForTimeout(20);
    // None of them has come, and none is missing.
    assert.ok(asked.has("manifest"), "the index begins to come along with the code");
    asked.delete("manifest");
    assert.deepEqual([...asked].filter(Boolean).sort(), ["ui", "worker"]);
    await code.release();
  });
});

test("queries that nobody should type do no harm", async () => {
  await visit(browser, {}, async (page) => {
    await page.goto(`${home}search/`);
    await settled(page);
    const input = page.locator(".search-form input");
    for (const query of ["x".repeat(10_000), "__proto__", "\ud800", "!?#%&", "😀", "\u202eabc", "<b onclick=alert(1)>b</b>"]) {
      await input.evaluate((field, text) => {
        field.value = text;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      }, query);
      await page.waitForTimeout(150);
      await page.locator("#t0-results [role=status]", { hasText: /result|Nothing|Type a question/ }).first().waitFor();
      assert.equal(await page.locator("#t0-results b").count(), 0);
    }
  });
});
