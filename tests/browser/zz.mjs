import { live, answers, message } from "./live.mjs";
import { launch } from "./support.mjs";
const browser = await launch();
const CONFIG = '[site]\ntitle = "Book"\n\n[languages.en]\n[languages.zh]\nname = "中文"\n\n[editions.internal]\nroles = "all"\n';
const body = "# Reset\n\nA paragraph with words.\n\n## Part\n\n- one\n- two\n\n```sh\necho hello\n```\n";
const files = { "tier0.toml": CONFIG, "content/guides/reset.md": body, "content/guides/reset.zh.md": body.replace("Reset", "重启"), "content/guides/bad.md": "# Bad\n\n[x](nowhere.md)\n\n[y](gone.md)\n", "content/guides/worse.md": "---\ntitle: 'a'\nkind: '<img src=x onerror=alert(1)>'\n---\n" };
const info = (zh) => ({ source: "content/guides/reset.md", line: 1, draft: true, stale: { of: "content/guides/reset.md", since: "2026-01-02" }, words: 312, unit: zh ? "characters" : "words", minutes: 2, level: zh ? { name: "medium", value: 23.2, measure: "sentence" } : { name: "easy", value: 8.2, measure: "grade" }, languages: [zh ? { code: "en", name: "English", url: "/guides/reset/" } : { code: "zh", name: "中文", url: "/zh/guides/reset/" }] });
for (const [name, path, options] of [
  ["desk", "guides/reset/", { viewport: { width: 1440, height: 700 } }],
  ["middle", "guides/reset/", { viewport: { width: 900, height: 700 } }],
  ["dark-zh", "zh/guides/reset/", { viewport: { width: 1440, height: 700 }, colorScheme: "dark" }],
  ["phone", "guides/reset/", { viewport: { width: 390, height: 844 } }],
  ["phone-zh", "zh/guides/reset/", { viewport: { width: 390, height: 844 }, colorScheme: "dark" }],
]) {
  const { page, own, url } = await live(browser, files, path, options);
  await answers(page, "page", info(path.startsWith("zh")));
  await page.reload();
  await own(".facts .length").waitFor({ state: "attached" });
  await page.waitForTimeout(500);
  await page.screenshot({ path: `/tmp/cl/${name}-overlay.png` });
  await own(".close").click();
  if (name.startsWith("phone")) { await own(".more").click(); }
  await page.screenshot({ path: `/tmp/cl/${name}-bar.png` });
  await message(page, { edited: [{ edition: "public", url: "/guides/other/", title: "Other article with a rather long title here" }] });
  await page.waitForTimeout(200);
  await page.screenshot({ path: `/tmp/cl/${name}-note.png` });
  if (name === "desk" || name === "dark-zh") {
    await page.goto(`${url}__tier0/phone.html?page=/${path}`);
    await page.waitForTimeout(600);
    await page.screenshot({ path: `/tmp/cl/${name}-frame.png` });
  }
  await page.context().close();
}
process.exit(0);
