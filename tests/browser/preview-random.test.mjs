// After any row of edits the swapped page is the page that a new load gives. Without the theme's scripts, so that
// only the preview touches it; and never by a new load, so that every edit is a swap.
//
// Each commit brings edits of its own. TIER0_SEED repeats those of a run that failed; TIER0_LONG makes more of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { live } from "./live.mjs";
import { launch, open, seed } from "./support.mjs";

const browser = await launch();
const ROUNDS = process.env.TIER0_LONG ? 240 : 15;
const SEED = seed();

/** Numbers that look random and are the same in every run. */
function dice(seed) {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const WORDS = "lamp cable button router `code` **bold** _quiet_ 电源 指示灯 重启 <kbd>F1</kbd> [link](other.md) a&b".split(" ");

/** Blocks of every kind, made of random words. */
function block(roll) {
  const words = (n = 3 + roll(6)) => Array.from({ length: n }, () => WORDS[roll(WORDS.length)]).join(" ");
  const items = (mark) => Array.from({ length: 1 + roll(4) }, () => `${mark} ${words()}`).join("\n");
  const kinds = [
    () => words(),
    () => `${words()}  \n${words()}`,
    () => `## ${words(2)}`,
    () => `### ${words(1)}`,
    () => items("-"),
    () => items("1."),
    () => `- ${words()}\n  ${items("-").replaceAll("\n", "\n  ")}`,
    () => items("- [ ]"),
    () => `\`\`\`sh\necho "${words()}" # one\nls -l\n\`\`\``,
    () => `| A | B |\n|---|---|\n| ${words(1)} | ${words(2)} |\n| ${words(1)} | ${words(2)} |`,
    () => `> ${words()}\n>\n> ${words()}`,
    () => `> [!NOTE]\n> ${words()}`,
    () => `:::details[${words(1)}]\n${words()}\n\n${items("-")}\n:::`,
    () => `::::tabs\n:::tab One\n${words()}\n:::\n:::tab Two\n${words()}\n:::\n::::`,
    () => `:::steps\n${items("1.")}\n:::`,
    () => `:::reply\n${words()}\n\n${words()}\n:::`,
    () => `<div class="mine" title="${roll(9)}"><p>${roll(9)} raw</p></div>`,
    () => "---",
    () => `Footnote[^n${roll(1000)}x].`,
  ];
  return kinds[roll(kinds.length)]();
}

function edit(blocks, roll) {
  const at = roll(blocks.length);
  const edits = [
    () => blocks.splice(at, 0, block(roll)),
    () => blocks.splice(at, 0, block(roll), block(roll), block(roll)),
    () => blocks.length > 3 && blocks.splice(at, 1 + roll(2)),
    () => (blocks[at] = block(roll)),
    () => (blocks[at] = blocks[at].replace(/\w(?=\W*$)/, "$& more")),
    () => blocks.splice(roll(blocks.length), 0, ...blocks.splice(at, 1 + roll(2))),
    () => blocks.splice(at, 0, blocks[roll(blocks.length)]),
  ];
  edits[roll(edits.length)]();
}

/** The page with its attributes in order, without what the preview adds. */
const normal = (page) =>
  page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true);
    for (const own of copy.querySelectorAll("script[data-tier0-version], tier0-preview, tier0-space, link[href^='/__tier0']")) own.remove();
    for (const node of [copy, ...copy.querySelectorAll("*")]) {
      const all = [...node.attributes].sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const { name } of all) node.removeAttribute(name);
      for (const attribute of all) node.setAttributeNode(attribute);
    }
    copy.normalize();
    return copy.outerHTML.replace(/></g, ">\n<");
  });

test(`${ROUNDS} random edits, one after the other`, { timeout: ROUNDS * 20_000 }, async () => {
  const roll = dice(SEED);
  const place = (round) => `round ${round}; TIER0_SEED=${SEED} repeats it`;
  const blocks = Array.from({ length: 12 }, () => block(roll));
  let title = "Reset";
  const text = (round) => {
    const notes = [...blocks.join("\n").matchAll(/\[\^(n\w+)\]/g)].map(([, name]) => name);
    return `---\ntitle: ${title}\ntags: [t${round % 3}]\n---\n\n${blocks.join("\n\n")}\n\nRound ${round} ends.\n\n${[...new Set(notes)].map((name) => `[^${name}]: Of ${name}.\n`).join("\n")}`;
  };
  const files = { "tier0.toml": '[site]\ntitle = "Book"\n', "content/guides/reset.md": text(0), "content/guides/other.md": "# Other\n" };
  const quiet = async (page) => {
    await page.route("**/assets/**.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
    await page.route("**/__tier0/**/wired.js", async (route) => {
      const response = await route.fetch();
      const source = (await response.text()).replace("export function needsReload", "export const needsReload = () => false;\nfunction unused");
      await route.fulfill({ response, body: source });
    });
  };
  const { page, put, url, shows, printed, mark, isAlive, close } = await live(browser, files, "guides/other/");
  const other = await open(browser);
  await quiet(page);
  await quiet(other.page);
  await page.goto(`${url}guides/reset/`);
  await shows("Round 0 ends.");
  await mark();
  for (let round = 1; round <= ROUNDS; round++) {
    for (let n = 1 + roll(3); n > 0; n--) edit(blocks, roll);
    if (roll(6) === 0) title = `Reset ${round}`;
    put("content/guides/reset.md", text(round));
    await shows(`Round ${round} ends.`).catch((error) => assert.fail(`${place(round)}: ${error.message}\n${printed().slice(-3000)}`));
    await other.page.goto(`${url}guides/reset/`);
    assert.equal(await normal(page), await normal(other.page), place(round));
    assert.ok(await isAlive(), place(round));
  }
  await other.close();
  await close();
});
