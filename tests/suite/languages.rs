//! Languages: files beside each other or in trees of their own, and the switch between them.

use crate::support::{Run, Site, html};

const BOTH: &str = "[languages.zh]\nname = \"简体中文\"\n";

/// The language switch of a page: language tag, address, and whether it says "not translated".
fn switch(run: &Run, url: &str) -> Vec<(String, String, bool)> {
    html::tags(run.page(url))
        .iter()
        .filter(|tag| {
            tag.get("class").is_some_and(|class| class.split(' ').any(|c| c == "language-link"))
        })
        .map(|tag| {
            let get = |key: &str| tag.get(key).unwrap_or_default().to_owned();
            (get("hreflang"), get("href"), tag.get("title").is_some())
        })
        .collect()
}

fn language(page: &str) -> String {
    let tags = html::tags(page);
    let root = tags.iter().find(|tag| tag.name == "html").expect("an html tag");
    root.get("lang").expect("a language").to_owned()
}

#[test]
fn translations_beside_each_other() {
    let run = Site::new()
        .file("tier0.toml", BOTH)
        .file("content/guides/a.md", "# Reset\n\n[B](b.md)\n")
        .file("content/guides/a.zh.md", "# 重启\n\n[乙](b.md)\n")
        .file("content/guides/b.md", "# Only English\n")
        .build(&[])
        .clean();
    assert_eq!(language(run.page("guides/a/")), "en");
    assert_eq!(language(run.page("zh/guides/a/")), "zh-CN");
    assert_eq!(language(run.page("zh/")), "zh-CN");
    assert_eq!(switch(&run, "guides/a/"), [("zh-CN".into(), "../../zh/guides/a/".into(), false)]);
    assert_eq!(switch(&run, "zh/guides/a/"), [("en".into(), "../../../guides/a/".into(), false)]);
    // A page without a translation leads to the other language's home, and says so.
    assert_eq!(switch(&run, "guides/b/"), [("zh-CN".into(), "../../zh/".into(), true)]);
    assert!(run.page("zh/guides/a/").contains("href=\"../../../guides/b/\""));
    assert!(run.output.has("search/zh/manifest.json") && run.output.has("zh/search/index.html"));
    assert!(!run.output.text("search/en/manifest.json").contains("重启"));
    assert!(!run.output.text("search/zh/manifest.json").contains("Only English"));
    assert_eq!(html::faults(&run.output), [""; 0]);
}

#[test]
fn translations_in_a_tree_of_their_own() {
    let run = Site::new()
        .file("tier0.toml", "[languages.zh]\ncontent = \"content-zh\"\n")
        .file("content/guides/a.md", "# Reset\n\n![p](p.svg)\n")
        .file("content/guides/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .file("content-zh/guides/a.md", "# 重启\n\n![图](p.svg)\n")
        .file(
            "content-zh/guides/p.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>图</title></svg>",
        )
        .build(&[])
        .clean();
    assert!(run.page("zh/guides/a/").contains("<h1>重启</h1>"));
    assert_eq!(switch(&run, "guides/a/"), [("zh-CN".into(), "../../zh/guides/a/".into(), false)]);
    assert!(run.output.text("zh/guides/p.svg").contains('图'));
    assert!(!run.output.text("guides/p.svg").contains('图'));
    assert_eq!(html::faults(&run.output), [""; 0]);
}

#[test]
fn the_default_language_lives_at_the_root() {
    let run = Site::new()
        .file("tier0.toml", "[site]\ndefault_language = \"zh\"\n[languages.en]\n")
        .file("content/a.md", "# 重启\n")
        .file("content/a.en.md", "# Reset\n")
        .build(&[])
        .clean();
    assert_eq!(language(run.page("")), "zh-CN");
    assert_eq!(language(run.page("a/")), "zh-CN");
    assert_eq!(language(run.page("en/a/")), "en");
    assert_eq!(html::faults(&run.output), [""; 0]);
}

#[test]
fn front_matter_has_the_last_word() {
    let run = Site::new()
        .file("tier0.toml", BOTH)
        .file("content/a.md", "# A\n")
        .file("content/jia.md", "---\ntitle: 甲\nlang: zh\ntranslation_of: a\n---\n")
        .build(&[])
        .clean();
    assert!(run.page("zh/jia/").contains("甲"));
    assert_eq!(switch(&run, "a/"), [("zh-CN".into(), "../zh/jia/".into(), false)]);
}

#[test]
fn languages_that_do_not_exist_are_reported() {
    let site = Site::new()
        .file("tier0.toml", "[languages.zh]\n")
        .file("content/a.md", "---\ntitle: A\nlang: fr\n---\n")
        .file("content/b.md", "---\ntitle: 乙\nlang: zh-CN\n---\n");
    let run = site.build(&[]);
    assert_eq!(run.code, 0);
    assert_eq!(run.places(), ["warning invalid-value content/a.md:3:7"]);
    assert!(run.problems[0].help.contains("en, zh"), "{:?}", run.problems);
    let run = site.file("content/a.md", "# A\n").build(&[]).clean();
    assert!(run.page("a/").contains("<h1>A</h1>") && run.page("zh/b/").contains("<h1>乙</h1>"));
}

#[test]
fn a_link_may_name_the_other_language() {
    let run = Site::new()
        .file("tier0.toml", BOTH)
        .file("content/a.md", "# A\n\n[中文](b.zh.md) [own](b.md) [x](c.zh.md)\n")
        .file("content/b.md", "# B\n\n## One {#one}\n")
        .file("content/b.zh.md", "# 乙\n\n[English](b.en.md#one) [own](b.md#yi)\n\n## 一 {#yi}\n")
        .file("content/c.md", "# C\n")
        .build(&["--strict"])
        .clean();
    let prose = run.prose("a/");
    for target in ["\"../zh/b/\"", "\"../b/\"", "\"../c/\""] {
        assert!(prose.contains(target), "no {target} in {prose}");
    }
    let prose = run.prose("zh/b/");
    for target in ["\"../../b/#one\"", "\"../../zh/b/#yi\""] {
        assert!(prose.contains(target), "no {target} in {prose}");
    }
}

#[test]
fn a_translation_is_as_private_as_what_it_translates() {
    let site = Site::new()
        .file("tier0.toml", BOTH)
        .file(
            "content/ops/_index.md",
            "---\ntitle: Ops\nroles: [ops]\ncascade: { roles: [ops] }\n---\n",
        )
        .file("content/ops/keys.md", "# Keys\n")
        .file("content/sec.md", "---\ntitle: Sec\nroles: [ops]\n---\n")
        .file("content/open.md", "---\ntitle: Open\nroles: [customer]\n---\n");
    let of = |name: &str, of: &str| {
        let page = format!("---\ntitle: 机密\nlang: zh\ntranslation_of: {of}\n---\n");
        site.put(&format!("content/{name}.md"), page.as_bytes());
    };
    for (name, target) in [
        ("jia", "sec.md"),
        ("yi", "/ops/keys.md"),
        ("bing", "ops/keys"),
        ("ding", "ops/_index.md"),
        ("wu", "./sec.en.md"),
    ] {
        of(name, target);
    }
    // Nor does it open a page that its own folder keeps back.
    of("ops/ji", "open.md");
    let run = site.build(&[]).fine();
    assert_eq!(run.output.holding("机密"), [""; 0]);
    assert!(run.output.has("open/index.html"));
}

#[test]
fn three_languages() {
    let run = Site::new()
        .file("tier0.toml", "[languages.zh]\n[languages.de]\nname = \"Deutsch\"\n")
        .file("content/a.md", "# A\n")
        .file("content/a.zh.md", "# 甲\n")
        .file("content/a.de.md", "# Ä\n")
        .build(&[])
        .clean();
    assert_eq!(switch(&run, "a/").len(), 3);
    assert_eq!(language(run.page("de/a/")), "de");
    // Words the theme has no German for are English.
    assert!(run.page("de/a/").contains("Skip to content"));
    assert_eq!(html::faults(&run.output), [""; 0]);
}

#[test]
fn init_makes_a_site_in_the_users_language() {
    for (locale, tag) in [("C.UTF-8", "en"), ("zh_CN.UTF-8", "zh-CN")] {
        let site = Site::new().environment("LC_ALL", locale);
        site.run(&["init", "."]).fine();
        let run = site.build(&["--strict"]).clean();
        assert_eq!(language(run.page("")), tag);
        assert_eq!(html::faults(&run.output), [""; 0]);
        // A site that is there already is left alone.
        let before = crate::support::tree::Tree::read(&site.path("content"));
        assert_eq!(site.run(&["init", "."]).code, 2);
        before.assert_same(&crate::support::tree::Tree::read(&site.path("content")), "init twice");
    }
}

#[test]
fn what_init_makes_is_sound_for_all_its_readers() {
    for (locale, second) in [("C.UTF-8", "zh/"), ("zh_CN.UTF-8", "en/")] {
        let site = Site::new().environment("LC_ALL", locale);
        site.run(&["init", "."]).fine();
        for edition in ["public", "internal"] {
            let run = site.build(&["--strict", "--edition", edition]).clean();
            assert_eq!(html::faults(&run.output), [""; 0], "{locale} {edition}");
            let (translated, first): (Vec<&str>, Vec<&str>) = run
                .output
                .pages()
                .map(|(path, _)| path)
                .filter(|path| *path != "404.html" && !path.contains("tags/"))
                .partition(|path| path.starts_with(second));
            let translated: Vec<_> =
                translated.iter().map(|path| path.trim_start_matches(second)).collect();
            assert_eq!(first, translated, "{locale} {edition}");
            let is_for_colleagues = |path: &&str| path.starts_with("team/");
            assert_eq!(first.iter().any(is_for_colleagues), edition == "internal", "{locale}");
        }
    }
}

#[test]
fn the_default_language_and_all_others_are_language_tags() {
    let wrong = [
        "../..",
        "a/b",
        "",
        "EN us",
        "<x>",
        "-en",
        "en-",
        "e",
        "zh..CN",
        "zh--CN",
        "中文",
        "en\\u0000",
        ".",
        "1en",
        "search",
        "Tags",
        "en-toolongsubtag",
        "en\\\"x",
        "a",
        "%2e%2e",
        "en.zh",
    ];
    for name in wrong {
        let site = Site::new()
            .file("content/a.md", "# A\n")
            .file("tier0.toml", &format!("[site]\ndefault_language = \"{name}\"\n"));
        let run = site.build(&[]);
        assert_eq!(
            (run.code, run.places()),
            (2, vec!["error invalid-value tier0.toml:2:20".to_owned()]),
            "{name}"
        );
        assert!(run.output.files.is_empty() && run.problems[0].help.contains("zh-Hans"));
        if !name.is_empty() {
            site.put("tier0.toml", format!("[languages.\"{name}\"]\nname = \"X\"\n").as_bytes());
            let run = site.build(&[]);
            assert_eq!((run.code, run.codes()), (2, vec!["invalid-value"]), "[languages] {name}");
        }
    }
    for name in
        ["en", "zh", "zh-CN", "zh-Hans", "zh-Hant-TW", "pt_BR", "es-419", "sr-Latn-RS", "haw"]
    {
        let site = Site::new()
            .file("content/a.md", "# A\n")
            .file("tier0.toml", &format!("[site]\ndefault_language = \"{name}\"\n"));
        let run = site.build(&[]).fine();
        assert!(run.output.has(&format!("search/{name}/manifest.json")), "{name}");
        site.put(
            "tier0.toml",
            format!("[site]\ndefault_language = \"fr\"\n[languages.{name}]\n").as_bytes(),
        );
        site.put(&format!("content/a.{name}.md"), b"# B\n");
        assert!(site.build(&[]).fine().output.has(&format!("{name}/a/index.html")), "{name}");
    }
}
