//! Folders that were not written for tier0: which pages are taken, and what is said of it.

use std::os::unix::fs::symlink;
use std::path::Path;

use crate::support::tree::Tree;
use crate::support::{Run, Site};

/// Files with their texts.
type Files<'f> = &'f [(&'f str, &'f str)];

/// The articles of a build, by their sources.
fn sources(site: &Site, arguments: &[&str]) -> Vec<String> {
    let report = site.path("../report.json");
    let shown = report.to_str().expect("a path");
    let run = site.run(&[&["check", "--report", shown], arguments].concat());
    assert!(report.exists(), "{}{}", run.stdout, run.stderr);
    let text = std::fs::read_to_string(&report).expect("a report");
    std::fs::remove_file(&report).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let rows = report["sources"].as_array().expect("sources");
    rows.iter().map(|row| row["source"].as_str().expect("a source").to_owned()).collect()
}

/// What is said of the folder, in the first line.
fn first_line(run: &Run) -> &str {
    run.stderr.lines().next().unwrap_or_default()
}

fn assert_takes(files: Files<'_>, content: &str, said_in: &str) -> Site {
    let site = Site::new();
    for (path, text) in files {
        site.put(path, text.as_bytes());
    }
    let run = site.run(&["check"]);
    let line = first_line(&run);
    assert!(line.contains(&format!("`{content}`")) && line.contains(said_in), "{line}");
    assert!(line.contains("tier0 init --from ."), "{line}");
    site
}

#[test]
fn settings_of_other_programs_name_the_folder() {
    let page = |folder: &'static str| (folder, "# Page\n");
    let cases: &[(Files<'_>, &str, &str)] = &[
        (&[("mkdocs.yml", "site_name: X\n"), page("docs/index.md")], "docs", "MkDocs"),
        (
            &[("mkdocs.yml", "docs_dir: text\nx: !!python/name:a.b\n"), page("text/a.md")],
            "text",
            "`mkdocs.yml`",
        ),
        (
            &[("docusaurus.config.js", "module.exports = {}"), page("docs/a.md")],
            "docs",
            "Docusaurus",
        ),
        (
            &[("docs/.vitepress/config.ts", "export default { title: 'X' }"), page("docs/a.md")],
            "docs",
            "`docs/.vitepress/config.ts`",
        ),
        (
            &[(".vitepress/config.mts", "export default { srcDir: './text' }"), page("text/a.md")],
            "text",
            "VitePress",
        ),
        (&[("wiki/.vuepress/x.css", ""), page("wiki/a.md"), page("README.md")], "wiki", "VuePress"),
        (
            &[("astro.config.mjs", "starlight({})"), page("src/content/docs/a.md")],
            "src/content/docs",
            "Starlight",
        ),
        (&[("book.toml", "[book]\ntitle = \"X\"\n"), page("src/a.md")], "src", "mdBook"),
        (&[("book.toml", "[book]\nsrc = \"./text/\"\n"), page("text/a.md")], "text", "mdBook"),
        (&[(".gitbook.yaml", "root: ./text/\n"), page("text/a.md")], "text", "GitBook"),
        (&[("_config.yml", "title: X\n"), page("a.md")], ".", "Jekyll"),
        (&[("_config.yml", "source: site\n"), page("site/a.md")], "site", "Jekyll"),
        (
            &[
                (
                    "docfx.json",
                    "\u{feff}{\"build\":{\"content\":[{\"files\":\"**/*.md\",\"src\":\"text\"}]}}",
                ),
                page("text/a.md"),
            ],
            "text",
            "docfx",
        ),
        (&[("hugo.toml", "contentDir = \"text\"\n"), page("text/a.md")], "text", "Hugo"),
    ];
    for (files, content, said_in) in cases {
        let site = assert_takes(files, content, said_in);
        let path = files.iter().map(|(path, _)| *path).find(|path| path.starts_with(content));
        if let Some(path) = path.filter(|path| path.ends_with(".md")) {
            assert_eq!(sources(&site, &[]), [path]);
        }
    }
}

#[test]
fn without_settings_it_is_docs_or_the_folder_itself() {
    let site = Site::new().file("README.md", "# Kettles\n").file("docs/scale.md", "# Scale\n");
    let run = site.run(&["build"]).fine();
    assert!(first_line(&run).contains("`docs`"), "{}", run.stderr);
    assert_eq!(sources(&site, &[]), ["docs/scale.md"]);
    let site = Site::new()
        .file("README.md", "# Kettles\n\n[Scale](scale.md)\n")
        .file("scale.md", "# Scale\n")
        .file("docs/kettle.png", "no text");
    let run = site.run(&["build"]).fine();
    assert!(first_line(&run).contains("the folder itself"), "{}", run.stderr);
    assert!(run.page("scale/").contains("<title>Scale · Kettles</title>"));
    assert!(
        run.page("").contains("href=\"./scale/\">Scale</a></p>")
            && run.page("scale/").contains("Scale")
    );
    // Once more: what was built is nobody's page.
    assert_eq!(sources(&site, &[]), ["README.md", "scale.md"]);
    let chinese = site.environment("LC_ALL", "zh_CN.UTF-8").run(&["check"]).fine();
    assert!(first_line(&chinese).contains("页面取自这个文件夹本身"), "{}", chinese.stderr);
}

#[test]
fn the_output_lies_in_the_current_folder_and_sources_stay_as_they_are() {
    let site = Site::new()
        .file("handbook/mkdocs.yml", "site_name: Mixers\n")
        .file("handbook/docs/index.md", "# Mixers\n\n![m](m.png)\n")
        .file("handbook/docs/m.png", "png");
    let before = Tree::read(&site.path("handbook"));
    let run = site.run(&["build", "handbook"]).fine();
    assert!(run.page("").contains("Mixers") && run.output.has("m.png"));
    assert_eq!(Tree::read(&site.path("handbook")).files, before.files);
    assert!(run.page("").contains("<title>Mixers"));
    // A folder with a configuration keeps its output beside that, as does one with `content`.
    site.put("handbook/tier0.toml", b"[site]\ntitle = \"M\"\n");
    let run = site.run(&["build", "handbook"]).fine();
    assert!(run.stdout.contains("handbook/dist/public"), "{}", run.stdout);
    assert!(first_line(&run).contains("content = \"docs\""), "{}", run.stderr);
    // Never into the pages.
    let inside =
        site.command(&["build", "..", "--quiet"]).current_dir(site.path("handbook/docs")).output();
    assert!(inside.expect("a run").status.success());
    site.remove("handbook/tier0.toml");
    let inside = site.command(&["build", ".."]).current_dir(site.path("handbook/docs")).output();
    let said = String::from_utf8(inside.expect("a run").stderr).expect("text");
    assert!(said.contains("output-unsafe") && !site.path("handbook/docs/dist").exists(), "{said}");
}

#[test]
fn what_programs_have_made_is_no_content() {
    let cache = "Signature: 8a477f597d28d172789f06886806bc55\n";
    let site = Site::new()
        .file("README.md", "# Fans\n")
        .file("spin.md", "# It does not spin\n")
        .file("vendor/notes.md", "# Sellers\n")
        .file(".github/help.md", "# Help\n")
        .file("node_modules/a/README.md", "# A\n")
        .file("go/go.mod", "module x\n")
        .file("go/vendor/b/README.md", "# B\n")
        .file("target/CACHEDIR.TAG", cache)
        .file("target/doc/README.md", "# C\n")
        .file("env/pyvenv.cfg", "home = x\n")
        .file("env/lib/README.md", "# D\n")
        .file("old/.tier0", "tier0 output 1\nedition internal\n")
        .file("old/a.md", "# Secret\n")
        .file("dist/README.md", "# What somebody else has built\n")
        .file("themes/dark.md", "# Dark\n")
        .file("static/raw.md", "# Raw\n");
    let all = ["README.md", "spin.md", "static/raw.md", "themes/dark.md", "vendor/notes.md"];
    assert_eq!(sources(&site, &[]), all);
    let run = site.build(&[]).fine();
    assert!(!run.output.has("raw.md"));
    assert_eq!(sources(&site, &[]), all);
}

#[test]
fn what_its_own_program_leaves_out_is_left_out_and_told() {
    let site = Site::new()
        .file("mkdocs.yml", "exclude_docs: |\n  plans/\n  *.part.md\n  !keep.part.md\ndraft_docs: late.md\nnav:\n  - index.md\n")
        .file("docs/index.md", "# Home\n")
        .file("docs/not-in-nav.md", "# Another\n")
        .file("docs/late.md", "# Late\n")
        .file("docs/a/keep.part.md", "# Kept\n")
        .file("docs/a/x.part.md", "# Part\n")
        .file("docs/plans/next/year.md", "# Plans\n");
    site.put("more/z.part.md", b"# Part\n");
    symlink("../more", site.path("docs/more")).expect("a link");
    let all = ["docs/a/keep.part.md", "docs/index.md", "docs/not-in-nav.md"];
    assert_eq!(sources(&site, &[]), all);
    let run = site.run(&["check"]).fine();
    assert!(run.stderr.contains("`exclude_docs` of `mkdocs.yml` says: 3 paths"), "{}", run.stderr);
    assert!(run.stderr.contains("`draft_docs`"), "{}", run.stderr);
    let site = Site::new()
        .file(
            "docs/.vitepress/config.js",
            "export default { srcExclude: ['**/README.md', 'old/**'] }",
        )
        .file("docs/index.md", "# Home\n")
        .file("docs/README.md", "# For writers\n")
        .file("docs/old/a.md", "# Old\n");
    assert_eq!(sources(&site, &[]), ["docs/index.md"]);
    let site = Site::new()
        .file("_config.yml", "exclude: [tools/, '*.tmp.md']\n")
        .file("index.md", "# Home\n")
        .file("a.tmp.md", "# Not yet\n")
        .file("tools/x.md", "# Tools\n")
        .file("_part.md", "Part\n");
    assert_eq!(sources(&site, &[]), ["index.md"]);
}

#[test]
fn heads_of_what_is_left_out_still_say_who_reads() {
    let site = Site::new()
        .file("mkdocs.yml", "exclude_docs: fees/index.md\n")
        .file("docs/index.md", "# Home\n")
        .file("docs/fees/index.md", "---\ncascade: {roles: [ops]}\n---\n# Fees\n")
        .file("docs/fees/refund.md", "# Refund\n");
    assert_eq!(sources(&site, &[]), ["docs/index.md"]);
}

#[test]
fn settings_that_cannot_be_read_are_said_and_not_guessed() {
    let told = |site: &Site| {
        let run = site.build(&[]);
        let told = run.problems.iter().filter(|problem| problem.code == "settings-unread");
        let told: Vec<_> =
            told.map(|problem| (problem.path.clone(), problem.message.clone())).collect();
        assert_eq!(told.len(), 1, "{:?}", run.problems);
        told[0].clone()
    };
    let site = |file: &str, text: &str| {
        Site::new().file(file, text).file("docs/index.md", "# Home\n").file("pages/a.md", "# A\n")
    };
    for (file, text, reason) in [
        ("mkdocs.yml", "docs_dir: [\n", "does not parse"),
        ("mkdocs.yml", "INHERIT: ../all.yml\n", "INHERIT"),
        ("mkdocs.yml", "docs_dir: nowhere\n", "there are none"),
        ("mkdocs.yml", "docs_dir: ../elsewhere\n", "outside"),
        ("mkdocs.yml", "docs_dir: /etc\n", "outside"),
        ("docusaurus.config.ts", "export default { docs: { exclude: own } }", "`exclude`"),
        ("docs/.vitepress/config.ts", "export default { srcExclude: own() }", "`srcExclude`"),
        ("docs/.vitepress/config.ts", "export default { srcDir: dir }", "`srcDir`"),
        ("hugo.toml", "contentDir = \"pages\"\nignoreFiles = ['x$']\n", "`ignoreFiles`"),
        (
            "docfx.json",
            "{\"build\": {\"content\": [{\"files\": [\"**.md\"], \"src\": \"docs\"}, {\"files\": [\"**.md\"], \"src\": \"pages\"}]}}",
            "several folders",
        ),
    ] {
        let (path, message) = told(&site(file, text));
        assert!(path == file && message.contains(reason), "{file} {text}: {message}");
    }
    // Nobody follows a link out of the project.
    let linked = Site::new().file("mkdocs.yml", "docs_dir: pages\n").file("docs/index.md", "# H\n");
    std::fs::create_dir_all(linked.path("../far")).expect("a folder");
    std::fs::write(linked.path("../far/a.md"), "# Far\n").expect("a file");
    symlink(linked.path("../far"), linked.path("pages")).expect("a link");
    assert!(told(&linked).1.contains("there are none"));
    assert_eq!(sources(&linked, &[]), ["docs/index.md"]);
}

#[test]
fn other_formats_are_counted_once() {
    let site = Site::new()
        .file("docs/a.md", "# A\n")
        .file("docs/b.mdx", "# B\n")
        .file("docs/x/c.mdx", "# C\n")
        .file("docs/d.rst", "D\n=\n")
        .file("docs/notes.txt", "notes\n")
        .file("docs/robots.txt", "\n");
    let run = site.build(&[]).fine();
    assert_eq!(run.places(), ["warning not-markdown docs/b.mdx:1:1"]);
    let message = &run.problems[0].message;
    assert!(message.contains("2 `.mdx`, 1 `.rst`, 1 `.txt`"), "{message}");
    // Files beside the articles of a site may be there to be downloaded.
    let site = Site::new()
        .file("content/a.md", "# A\n\n[Notes](notes.txt)\n")
        .file("content/notes.txt", "notes\n");
    site.build(&["--strict"]).clean();
}

#[test]
fn other_endings_of_markdown_are_read_with_all_that_guards_them() {
    let site = Site::new()
        .file("content/_index.mkd", "---\ncascade: {roles: [customer]}\n---\n# Home\n")
        .file("content/a.mdown", "# A\n\n:::internal\nThe code is 4711.\n:::\n\n[B](b.mkdn)\n")
        .file("content/b.mkdn", "# B\n")
        .file("content/c.mkd", "---\nroles: [ops]\n---\n# Never seen\n")
        .file("content/d.mdown", "---\nstatus: draft\n---\n# Not done\n")
        .file("content/e/_index.mkdn", "---\ncascade: {roles: [ops]}\n---\n")
        .file("content/e/f.md", "# Inside\n");
    let run = site.build(&[]).fine();
    let all = run.output.files.values().map(|bytes| String::from_utf8_lossy(bytes));
    let all: String = all.collect();
    assert!(run.page("a/").contains("href=\"../b/\"") && !all.contains("4711"));
    assert!(!all.contains("Never seen") && !all.contains("Not done") && !all.contains("Inside"));
}

#[test]
fn a_site_with_readers_is_never_guessed_at() {
    let site = Site::new()
        .file("docs/index.md", "# Notes of developers\n")
        .file("README.md", "# R\n")
        .file("tier0.toml", "[editions.desk]\nroles = [\"customer\", \"hotline\"]\n");
    let run = site.build(&[]);
    assert_eq!((run.code, run.codes()), (1, vec!["no-content"]));
    for config in ["[site]\ncontent = \"pages\"\n", "[languages.zh]\ncontent = \"content-zh\"\n"] {
        site.put("tier0.toml", config.as_bytes());
        assert_eq!(site.build(&[]).codes(), ["no-content"], "{config}");
    }
    // Nor is one with content.
    site.remove("tier0.toml");
    site.put("content/a.md", b"# A\n");
    assert_eq!(sources(&site, &[]), ["content/a.md"]);
    assert_eq!(site.run(&["check"]).fine().stderr, "");
}

#[test]
fn a_part_of_a_site_is_not_built_without_what_says_who_reads_it() {
    let site = Site::new()
        .file("tier0.toml", "[site]\ndefault_roles = [\"ops\"]\n")
        .file("content/fees/refund.md", "# Refund\n\nThe code is 4711.\n");
    for arguments in [["build", "content"], ["build", "content/fees"]] {
        let run = site.run(&[&arguments[..], &["--format", "json"]].concat());
        assert_eq!((run.code, run.codes()), (1, vec!["no-content", "unclear-roles"]));
        assert!(run.problems[1].message.contains("tier0.toml") && run.output.files.is_empty());
    }
    assert_eq!(site.run(&["init", "--from", "content/fees"]).code, 1);
    assert!(!site.path("content/fees/tier0.toml").exists());
    // Nor below a folder that hands down its readers.
    let site = Site::new()
        .file("handbook/_index.md", "---\ntitle: X\ncascade:\n  roles: [ops]\n---\n")
        .file("handbook/fees/refund.md", "# Refund\n");
    let run = site.run(&["build", "handbook/fees", "--format", "json"]);
    assert_eq!((run.code, run.codes()), (1, vec!["no-content", "unclear-roles"]));
    assert!(run.problems[1].message.contains("_index.md"), "{:?}", run.problems);
    let run = site.run(&["build", "handbook"]).fine();
    assert!(run.output.holding("Refund").is_empty());
    // A folder beside the content is none of the site's.
    let site = Site::new()
        .file("tier0.toml", "")
        .file("content/a.md", "# A\n")
        .file("notes/b.md", "# B\n");
    assert_eq!(site.run(&["check", "notes"]).fine().code, 0);
    // But its output would take the place of that of the site.
    let run = site.run(&["build", "notes"]);
    assert!(run.code == 2 && run.stderr.contains("--output"), "{}", run.stderr);
    assert_eq!(site.run(&["build", "notes", "-o", "out"]).fine().code, 0);
}

#[test]
fn everything_that_somebody_has_is_no_site() {
    let site = Site::new().file("a.md", "# A\n");
    let home = site.root().to_str().expect("a path").to_owned();
    let run = site.environment("HOME", &home).build(&[]);
    assert_eq!(run.codes(), ["no-content"]);
}

#[test]
fn what_was_found_can_be_written_down() {
    let site = Site::new()
        .file(
            "mkdocs.yml",
            "site_name: 'The \"best\" mixers'\ntheme:\n  language: zh_CN\nexclude_docs: old.md\n",
        )
        .file("docs/index.md", "# 搅拌机\n")
        .file("docs/old.md", "# 旧\n")
        .file("static/x.txt", "x\n");
    let before = site.run(&["build"]).fine();
    assert!(before.page("").contains("lang=\"zh-CN\""));
    let run = site.run(&["init", "--from", "."]).fine();
    assert!(run.stdout.contains("tier0.toml"), "{}", run.stdout);
    let written = std::fs::read_to_string(site.path("tier0.toml")).expect("a configuration");
    for line in [
        "title = \"The \\\"best\\\" mixers\"",
        "default_language = \"zh\"",
        "content = \"docs\"",
        "    \"old.md\",",
    ] {
        assert!(written.contains(line), "{line} in {written}");
    }
    let after = site.run(&["build"]).fine();
    assert_eq!(after.output.files, before.output.files);
    assert_eq!(after.stderr, "");
    // Nothing is replaced, not even by what would be the same.
    let again = site.run(&["init", "--from", "."]);
    assert_eq!(again.code, 2);
    assert_eq!(std::fs::read_to_string(site.path("tier0.toml")).expect("text"), written);
    let content = Site::new().file("content/a.md", "# A\n").file("docs/b.md", "# B\n");
    content.run(&["init", "--from", "."]).fine();
    let written = std::fs::read_to_string(content.path("tier0.toml")).expect("a configuration");
    assert!(written.contains("content = \"content\""), "{written}");
    assert_eq!(Site::new().run(&["init", "--from", "."]).code, 2);
    assert_eq!(Site::new().run(&["init"]).code, 2);
}

#[test]
fn the_search_finds_what_was_built_in_the_current_folder() {
    let site = Site::new().file("docs/a.md", "# The kettle hums\n");
    site.run(&["build"]).fine();
    assert!(site.path("dist/public").is_dir());
    let run = site.run(&["search", "kettle"]).fine();
    assert!(run.stdout.contains("The kettle hums"), "{}", run.stdout);
}

#[test]
fn no_program_is_run() {
    let site = Site::new().file("docs/a.md", "# A\n").file(
        "docs/.vitepress/config.js",
        "require('fs').writeFileSync('ran', ''); export default { title: 'Plain' }",
    );
    let run = site.run(&["build"]).fine();
    assert!(run.page("").contains("Plain"));
    assert!(!site.path("ran").exists() && !site.path("docs/.vitepress/ran").exists());
    assert!(!Path::new("ran").exists());
}
