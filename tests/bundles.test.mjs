// The bundles of the theme's scripts are committed: they must be what the scripts give.
//
//   node --test tests/bundles.test.mjs

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const maker = await import("../themes/bundle.mjs").catch((error) => {
  if (error.code !== "MODULE_NOT_FOUND") throw error;
});

test("each bundle is that of its scripts", { skip: !maker && "the packages of tests/browser are not installed" }, async () => {
  const made = await maker.bundles();
  assert.deepEqual(readdirSync(maker.folder).sort(), [...made.keys()].sort());
  for (const [name, text] of made) {
    assert.ok(readFileSync(join(maker.folder, name), "utf8") === text, `${name} is of other scripts: node themes/bundle.mjs`);
  }
});
