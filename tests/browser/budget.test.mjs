// What a search may cost on a site whose index does not fit into its manifest: bytes, requests, steps and files, no times.
// benches/search_budget.mjs measures the same on 10,000 pages.

import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { ask, enter, isExcerpt, longestChain, serveMeasured, someArticle, sum, watch } from "./measure.mjs";
import { build, launch, open, settled } from "./support.mjs";

const PAGES = 600;
// Manifest, facets, and lists of words by letter.
const OTHERS = 30;

/** Numbers below `most` that are the same in every run. */
function seeded(seed) {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

const SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo wu xa ze bri clo dra fle gri plo sta tre".split(" ");
const CHARACTERS = Array.from({ length: 200 }, (_, i) => String.fromCodePoint(0x4e00 + i * 7));

/**
 * Articles whose words are as uneven as those of people: a few are everywhere, most are rare. There are fewer words than
 * people have, since here stands for 10,000 pages what is 600: files are mostly shards, and those grow with words.
 */
function articles() {
  const next = seeded(7);
  // The third power of a number below 1 is mostly small.
  const rank = (most) => Math.floor((next(1_000_000) / 1_000_000) ** 3 * most);
  const english = Array.from({ length: 1_500 }, () => Array.from({ length: 2 + next(3) }, () => SYLLABLES[next(SYLLABLES.length)]).join(""));
  const chinese = Array.from({ length: 700 }, () => CHARACTERS[rank(CHARACTERS.length)] + CHARACTERS[rank(CHARACTERS.length)]);
  const phrase = (length, words, between) => Array.from({ length }, () => words[rank(words.length)]).join(between);
  const files = {};
  for (let page = 0; page < PAGES; page += 1) {
    const [words, between] = page % 2 ? [chinese, ""] : [english, " "];
    const sections = Array.from({ length: 4 }, () => `## ${phrase(4, words, between)}\n\n${phrase(40, words, between)}\n`);
    files[`content/part-${page % 20}/article-${page}.md`] = `# ${phrase(6, words, between)}\n\n${sections.join("\n")}`;
  }
  return { files, queries: { English: [phrase(7, english, " "), phrase(6, english, " ")], Chinese: [phrase(5, chinese, ""), phrase(4, chinese, "")] } };
}

const { files, queries } = articles();
const site = build(files);
const server = await serveMeasured(site, { gzip: true });
after(() => server.close());
const browser = await launch();

test("the index has at most one file for three pages", () => {
  const names = readdirSync(join(site, "search"), { recursive: true }).filter((name) => name.endsWith(".json"));
  assert.ok(names.some((name) => name.includes("terms-")), "shards of their own");
  assert.ok(names.length <= PAGES / 3 + OTHERS, `${names.length} files for ${PAGES} pages`);
});

test("the manifest is small", () => {
  const { size } = statSync(join(site, "search/en/manifest.json"));
  assert.ok(size <= 4_000, `${size} bytes`);
});

for (const [language, [first, next]] of Object.entries(queries)) {
  test(`${language}: first and further query`, async () => {
    const { page, close } = await open(browser);
    const requests = watch(page);
    await page.goto(server.url + someArticle(site));
    await settled(page);
    /** What was fetched until results showed, excerpts left out. */
    const costs = async (how, query) => {
      const [from, begun] = [server.log.length, requests.length];
      await how(page, query);
      const log = server.log.slice(from).filter((one) => !isExcerpt(one));
      const chain = longestChain(requests.slice(begun), log);
      await settled(page);
      return { ...sum(log), chain };
    };
    const told = ({ requests, raw, encoded, chain }) => `${encoded} bytes gzipped, ${raw} raw, ${requests} requests, ${chain.join(" > ")}`;
    const cold = await costs(ask, first);
    console.log(`# ${language}, cold: ${told(cold)}`);
    assert.ok(cold.encoded <= 60_000 && cold.encoded > 15_000, told(cold));
    assert.ok(cold.chain.length <= 3, told(cold));
    const further = await costs(enter, next);
    console.log(`# ${language}, further: ${told(further)}`);
    assert.ok(further.encoded <= 30_000 && further.encoded > 1_000, told(further));
    assert.ok(further.chain.length <= 2, told(further));
    await close();
  });
}
