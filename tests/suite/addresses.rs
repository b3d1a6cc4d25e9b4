//! Addresses: what each page, section, tag and file gets, and what happens when two want the same.

use std::os::unix::fs::symlink;

use crate::support::{Run, Site, html};

const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n";
const CHINESE_TREE: &str = "[languages.zh]\ncontent = \"content-zh\"\n";

/// Fails unless a build and a check report just these places, as problems of the content: where there
/// is something to guard, since other sites go on with some of them.
fn assert_reported(site: &Site, places: &[&str]) -> Run {
    site.put("content/zz.md", b"# Guard\n\nText.\n\n:::internal\nHidden words.\n:::\n");
    let check = site.run(&["check", "--format", "json"]);
    let run = site.build(&[]);
    assert_eq!(run.places(), places, "{:#?}", run.problems);
    assert_eq!((run.code, check.places(), check.code), (1, run.places(), 1));
    run
}

/// Whether texts stand in the main part of a page in this order.
fn assert_order(page: &str, texts: &[&str]) {
    let main = &page[page.find("<main").expect("a main part")..];
    let places: Vec<_> = texts
        .iter()
        .map(|t| main.find(&format!(">{t}<")).unwrap_or_else(|| panic!("no {t}")))
        .collect();
    assert!(places.is_sorted(), "{texts:?} are in another order: {places:?}");
}

#[test]
fn a_page_beside_a_folder_of_its_name_opens_that_folder() {
    let run = Site::new()
        .file(
            "content/guides.md",
            "---\ntitle: All guides\n---\n\n[Reset](guides/reset.md) ![p](p.svg)\n",
        )
        .file("content/p.svg", PICTURE)
        .file("content/guides/reset.md", "# Reset\n\n[Up](../guides.md) [Up](..)\n")
        .build(&["--strict"])
        .clean();
    assert!(run.page("guides/").contains("<h1>All guides</h1>"));
    assert_order(run.page("guides/"), &["All guides", "Reset"]);
    assert!(run.page("guides/reset/").contains("<a href=\"../../guides/\">All guides</a>"));
    assert_eq!(html::faults(&run.output), [""; 0]);
}

#[test]
fn a_folder_has_one_page_of_its_own() {
    let site = Site::new()
        .file("content/guides.md", "# One\n")
        .file("content/guides/_index.md", "# Two\n")
        .file("content/guides/reset.md", "# Reset\n");
    let run = assert_reported(&site, &["error duplicate-address content/guides.md:1:1"]);
    assert!(run.problems[0].message.contains("content/guides/_index.md"), "{:?}", run.problems);
    // A `slug`, which the help names as the way out, is one; and links tell the files apart.
    site.put("content/guides.md", b"---\ntitle: One\nslug: one\n---\n");
    site.put("content/guides/reset.md", b"# R\n\n[1](../guides.md) [2](_index.md)\n");
    let run = site.build(&["--strict"]).clean();
    let prose = run.prose("guides/reset/");
    assert!(prose.contains("\"../../one/\"") && prose.contains("\"../../guides/\""), "{prose}");
}

#[test]
fn folders_that_differ_in_form_only_are_in_each_others_way() {
    let site = Site::new().file("content/A b/x.md", "# X\n").file("content/a-b/y.md", "# Y\n");
    let run = assert_reported(&site, &["error duplicate-address content/a-b/y.md:1:1"]);
    assert!(run.problems[0].message.contains("content/A b/"), "{:?}", run.problems);
}

#[test]
fn static_files_keep_out_of_the_way() {
    let site = Site::new()
        .file("content/guides/reset.md", "# Reset\n\n![p](p.svg)\n")
        .file("content/guides/p.svg", PICTURE)
        .file("static/guides/index.html", "static")
        .file("static/guides/p.svg", PICTURE)
        .file("static/robots.txt", "User-agent: *\n");
    let run = assert_reported(
        &site,
        &[
            "error duplicate-address content/guides/reset.md:3:1",
            "error duplicate-address static/guides/index.html:1:1",
        ],
    );
    assert!(run.problems[0].message.contains("static/guides/p.svg"), "{:?}", run.problems);
    assert!(run.problems[1].message.contains("content/guides/"), "{:?}", run.problems);
    let site = Site::new()
        .file("content/a.md", "# A\n")
        .file("static/404.html", "gone")
        .file("static/search", "a file where a folder must be")
        .file("static/assets/css/main.0123abcd.css", "a{}")
        .file("static/assets/logo.svg", PICTURE);
    assert_reported(
        &site,
        &[
            "error reserved-address static/404.html:1:1",
            "error reserved-address static/assets/css/main.0123abcd.css:1:1",
            "error reserved-address static/search:1:1",
        ],
    );
}

#[test]
fn aliases_keep_out_of_the_assets() {
    let site = Site::new().file("content/a.md", "# A\n");
    let run = site.build(&[]).fine();
    let own =
        run.output.files.keys().find(|path| path.starts_with("assets/js/")).expect("a script");
    for alias in [own.as_str(), "assets", "assets/old", "ASSETS/css/x.html"] {
        let text = format!("---\naliases: [{alias}]\n---\n\n# A\n");
        let run = Site::new().file("content/a.md", &text).build(&[]);
        assert_eq!(run.places(), ["error reserved-address content/a.md:2:11"], "{alias}");
    }
    let text = "---\naliases: [assets-2/old]\n---\n\n# A\n";
    Site::new().file("content/a.md", text).build(&[]).clean();
}

#[test]
fn page_files_keep_out_of_the_way() {
    let site = Site::new()
        .file("content/a.md", "# A\n\nSee [the index](search/en/manifest.json).\n")
        .file("content/search/en/manifest.json", "{}");
    assert_reported(&site, &["error reserved-address content/a.md:3:5"]);
    let site = Site::new()
        .file("tier0.toml", CHINESE_TREE)
        .file("content/a.md", "# A\n\n![p](zh/p.svg)\n")
        .file("content/zh/p.svg", PICTURE)
        .file("content-zh/a.md", "# 甲\n\n![图](p.svg)\n")
        .file("content-zh/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- 图 --></svg>");
    let run = assert_reported(&site, &["error duplicate-address content/a.md:3:1"]);
    assert!(run.problems[0].message.contains("content-zh/p.svg"), "{:?}", run.problems);
}

#[test]
fn a_page_may_not_make_a_folder_of_a_file() {
    let site =
        Site::new().file("content/index.html.md", "# X\n").file("content/_index.md", "# Home\n");
    let run = assert_reported(&site, &["error duplicate-address content/index.html.md:1:1"]);
    assert!(run.problems[0].message.contains("content/_index.md"), "{:?}", run.problems);
}

#[test]
fn names_that_some_disks_take_for_one_are_refused() {
    let site = Site::new()
        .file("content/a.md", "# A\n\n![1](p.svg) ![2](P.svg)\n")
        .file("content/p.svg", PICTURE)
        .file("content/P.svg", PICTURE);
    assert_reported(&site, &["error duplicate-address content/a.md:3:13"]);
    let site = Site::new()
        .file("content/a.md", "# A\n")
        .file("static/\u{e9}.txt", "")
        .file("static/e\u{301}.txt", "");
    let run = site.build(&[]);
    assert_eq!(run.codes(), ["duplicate-address"]);
}

#[test]
fn a_section_takes_all_below_it_to_its_slug() {
    let run = Site::new()
        .file(
            "content/guides/_index.md",
            "---\ntitle: Guides\nslug: handbook\n---\n\n[x](deep/x.md)\n",
        )
        .file("content/guides/about.md", "# About\n")
        .file("content/guides/deep/x.md", "# X\n\n[up](../_index.md)\n")
        .file("content/guides/deep/_index.md", "---\ntitle: Deep\nslug: depths\n---\n")
        .build(&["--strict"])
        .clean();
    for url in ["handbook/", "handbook/about/", "handbook/depths/", "handbook/depths/x/"] {
        assert!(run.output.has(&format!("{url}index.html")), "{url} is missing");
    }
    assert_eq!(run.output.holding("guides/"), [""; 0]);
    assert_eq!(html::faults(&run.output), [""; 0]);
}

#[test]
fn tags_are_told_apart_by_their_names() {
    let run = Site::new()
        .file(
            "content/a.md",
            "---\ntitle: A\ntags: [C, \"C++\", \"C#\", \"wi fi!\", router]\n---\n",
        )
        .file("content/b.md", "---\ntitle: B\ntags: [c, wi-fi, wi fi, Ｒouter]\n---\n")
        .file("content/old.md", "---\ntitle: Old\nstatus: archived\ntags: [bygone]\n---\n")
        .build(&["--strict"])
        .clean();
    for (url, label) in [
        ("tags/c/", "C"),
        ("tags/cplusplus/", "C++"),
        ("tags/csharp/", "C#"),
        ("tags/wi-fi/", "wi-fi"),
        ("tags/wi-fi-2/", "wi fi!"),
        ("tags/router/", "router"),
    ] {
        let page = run.page(url);
        assert!(page.contains(&format!("{label}</h1>")) || page.contains(label), "{url}: {page}");
        assert!(run.page("a/").contains(url) || label == "wi-fi", "{url}");
    }
    assert!(
        run.page("tags/c/").contains("../../b/") && run.page("tags/router/").contains("../../b/")
    );
    assert!(run.page("b/").contains("\"../tags/wi-fi/\""));
    assert_eq!(html::faults(&run.output), [""; 0]);
}

#[test]
fn numbers_sort_as_numbers() {
    let site = Site::new();
    for version in ["1.1.10", "1.1.5", "1.1.9"] {
        site.put(&format!("content/notes/{version}.md"), format!("# N{version}\n").as_bytes());
        let page = format!("---\ntitle: P{version}\ntags: [\"T{version}\"]\n---\n");
        site.put(&format!("content/v{version}/p.md"), page.as_bytes());
    }
    let run = site.build(&["--strict"]).clean();
    assert_order(run.page("notes/"), &["N1.1.5", "N1.1.9", "N1.1.10"]);
    let home = run.page("");
    let at = |text: &str| home.find(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(at("V1.1.5") < at("V1.1.9") && at("V1.1.9") < at("V1.1.10"));
    let tags = run.page("tags/");
    let at = |text: &str| tags.find(text).unwrap_or_else(|| panic!("no {text}"));
    assert!(at("T1.1.5") < at("T1.1.9") && at("T1.1.9") < at("T1.1.10"));
}

#[test]
fn titles_from_names_are_readable_and_safe() {
    let run = Site::new()
        .file("content/api-faq/x.md", "# X\n")
        .file("content/v1-0-7/x.md", "# X\n")
        .file("content/r&d <b>/x.md", "# X\n")
        .build(&["--strict"])
        .clean();
    assert!(run.page("api-faq/").contains("<h1>API FAQ</h1>"));
    assert!(run.page("v1-0-7/").contains("<h1>V1.0.7</h1>"));
    let page = run.page("r-d-b/");
    assert!(page.contains("<h1>R&amp;d &lt;b&gt;</h1>"), "{page}");
    assert_eq!(html::faults(&run.output), [""; 0]);
    let run = Site::new().file("content/q&a <b>.md", "Text.\n").build(&[]).fine();
    assert!(run.page("q-a-b/").contains("<h1>Q&amp;a &lt;b&gt;</h1>"), "{}", run.page("q-a-b/"));
}

#[test]
fn folders_that_are_links_to_elsewhere_are_not_entered() {
    let site = Site::new()
        .file("content/a.md", "# A\n")
        .file("static/robots.txt", "")
        .file("themes/default/i18n/en.toml", "");
    let outside = site.root().join("../outside");
    std::fs::create_dir_all(outside.join("deep")).expect("a folder outside");
    for name in ["one.md", "two.md", "deep/three.md", "main.css"] {
        std::fs::write(outside.join(name), "# Secret\n").expect("a file outside");
    }
    for link in ["content/docs", "static/docs", "themes/default/assets"] {
        symlink(&outside, site.path(link)).expect("a link");
    }
    let run = assert_reported(
        &site,
        &[
            "error outside-site content/docs:1:1",
            "error outside-site static/docs:1:1",
            "error outside-site themes/default/assets:1:1",
        ],
    );
    assert!(run.output.files.is_empty());
    // Links that stay inside are fine.
    let site = Site::new().file("content/a/x.md", "# X\n");
    symlink("a", site.path("content/b")).expect("a link");
    assert!(site.build(&["--strict"]).clean().output.has("b/x/index.html"));
}
