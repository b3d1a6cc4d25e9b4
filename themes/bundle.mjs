// Puts the scripts of the default theme into few small files, default/bundles/, which a site gets in place of them
// as long as it changes none. Run it after each change of a script, with the packages of tests/browser installed:
//
//   node themes/bundle.mjs

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const { build } = createRequire(new URL("../tests/browser/package.json", import.meta.url))("esbuild");
const here = fileURLToPath(new URL(".", import.meta.url));
const assets = join(here, "default/assets");
export const folder = join(here, "default/bundles");

/** Scripts that pages name, each with those that it fetches later: these speak to each other, so they go together. */
const GROUPS = [
  ["js/theme.js"],
  ["js/main.js", "js/marks.js", "js/search/ui.js", "js/search/worker.js"],
  ["js/codes.js"],
  ["js/handoff.js"],
  ["js/troubleshooter.js"],
  ["js/versions.js"],
  ["js/redirect.js"],
];

/** The texts of all bundles by their names in the folder. */
export async function bundles() {
  const texts = new Map();
  for (const group of GROUPS) {
    const made = await Promise.all(group.map((entry, at) => bundle(entry, at > 0)));
    const sources = new Set(made.flatMap(({ sources }) => sources));
    for (const { name, sources: own, code } of made) {
      const line = (source) => `// ${own.includes(source) ? "from" : "with"} ${source} ${hash(source)}\n`;
      const others = [...sources].filter((source) => !own.includes(source));
      const head = "// Made by themes/bundle.mjs. A site gets it as long as these scripts are what they were.\n";
      texts.set(name, `${head}${[...own, ...others].map(line).join("")}\n${code}`);
    }
  }
  return texts;
}

/** One bundle: its name, its sources (the one that begins it first) and its code. */
async function bundle(entry, isLate) {
  const name = basename(entry);
  const beginning = isLate ? { stdin: { contents: await kept(entry), resolveDir: assets } } : { entryPoints: [entry] };
  const { metafile, outputFiles } = await build({ ...OPTIONS, ...beginning, format: "iife" });
  const inputs = Object.keys(metafile.inputs).filter((path) => path !== "<stdin>");
  const sources = inputs.map((path) => (join(assets, path) === LATE ? "js/late.js" : path)).filter((source) => source !== entry);
  return { name, sources: [entry, ...sources.sort()], code: outputFiles[0].text };
}

/** What a late script exports, kept where late.js looks for it. A name for all that esbuild makes costs 200 bytes more. */
async function kept(entry) {
  const { metafile } = await build({ ...OPTIONS, entryPoints: [entry], format: "esm" });
  const [{ exports }] = Object.values(metafile.outputs);
  return `import { ${exports} } from "./${entry}";\nglobalThis.t0_${basename(entry, ".js")} = { ${exports} };\n`;
}

const LATE = join(here, "late.js");
const late = {
  name: "late",
  setup: ({ onResolve }) => onResolve({ filter: /\/late\.js$/ }, () => ({ path: LATE })),
};

/** Why these targets: docs/decisions/script-bundles.md. */
const OPTIONS = {
  absWorkingDir: assets,
  bundle: true,
  minify: true,
  target: ["safari15", "chrome88"],
  // Chrome 80 has it; what it got wrong until 91 is a call with a spread, which nobody here needs.
  supported: { "optional-chain": true },
  plugins: [late],
  metafile: true,
  write: false,
  logLevel: "warning",
};

/** 64 bits of FNV-1a, as in src/page/bundle.rs: enough to see that a text is another. */
function hash(source) {
  let sum = 0xcbf29ce484222325n;
  for (const byte of readFileSync(join(assets, source))) sum = BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n);
  return sum.toString(16).padStart(16, "0");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = await bundles();
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder)) if (!made.has(old)) rmSync(join(folder, old));
  for (const [name, text] of made) writeFileSync(join(folder, name), text);
}
