//! Which file opens a folder, what is at the address of a site, and which links to nowhere matter.

use std::os::unix::fs::symlink;

use crate::support::{Run, Site, html};

const CHINESE: &str = "[languages.zh]\nname = \"中文\"\n";

/// The addresses of all articles and sections, `/` for the home.
fn addresses(run: &Run) -> Vec<String> {
    let pages = run.output.files.keys().filter_map(|path| path.strip_suffix("index.html"));
    let own = |url: &str| ["search/", "tags/"].iter().any(|own| url.ends_with(own));
    let mut all: Vec<_> = pages.filter(|url| !own(url)).map(|url| format!("/{url}")).collect();
    all.sort();
    all
}

#[test]
fn a_readme_opens_its_folder_and_links_to_it_lead_there() {
    let run = Site::new()
        .file(
            "content/README.md",
            "# Scales\n\n[Kitchen](kitchen/README.md#care) [jam](kitchen/jam.md)\n",
        )
        .file("content/kitchen/ReadMe.md", "# Kitchen scales\n\n## Care\n\nWipe it.\n")
        .file(
            "content/kitchen/jam.md",
            "# It shows an error\n\n[Up](README.md) [up](../kitchen/)\n",
        )
        .build(&["--strict"]);
    // A link is as the file is called.
    assert_eq!(run.codes(), ["broken-link", "broken-link"], "{:?}", run.problems);
    let run = Site::new()
        .file(
            "content/README.md",
            "# Scales\n\n[Kitchen](kitchen/README.md#care) [jam](kitchen/jam.md)\n",
        )
        .file("content/kitchen/README.md", "# Kitchen scales\n\n## Care\n\nWipe it.\n")
        .file(
            "content/kitchen/jam.md",
            "# It shows an error\n\n[Up](README.md) [up](../kitchen/)\n",
        )
        .build(&["--strict"])
        .clean();
    assert_eq!(addresses(&run), ["/", "/kitchen/", "/kitchen/jam/"]);
    assert!(run.page("").contains("href=\"./kitchen/#care\""));
    let prose = run.prose("kitchen/jam/");
    assert_eq!(prose.matches("href=\"../../kitchen/\"").count(), 2, "{prose}");
    assert!(run.page("kitchen/").contains("<h1>Kitchen scales</h1>"));
    assert_eq!(html::faults(&run.output), [""; 0]);
}

#[test]
fn letters_of_an_index_may_be_large() {
    for name in ["Index.md", "INDEX.md", "_Index.md", "_INDEX.markdown", "README.MD", "readme.mkd"]
    {
        let run = Site::new()
            .file("content/_index.md", "# Home\n")
            .file(&format!("content/oven/{name}"), "# Ovens\n")
            .build(&["--strict"])
            .clean();
        assert_eq!(addresses(&run), ["/", "/oven/"], "{name}");
    }
}

#[test]
fn a_large_index_hands_down_its_roles() {
    let site = Site::new()
        .file("content/_index.md", "# Home\n")
        .file("content/fees/Index.md", "---\ncascade: {roles: [ops]}\n---\n# Fees\n")
        .file("content/fees/refund.md", "# Refund\n");
    assert_eq!(addresses(&site.build(&[]).fine()), ["/"]);
}

#[test]
fn home_is_a_home_page_at_the_top_alone() {
    let run = Site::new()
        .file("content/Home.md", "# Welcome\n\n[Insurance](cover/home.md) [to here](Home)\n")
        .file("content/cover/home.md", "# Home insurance\n\n[Back](../Home.md)\n")
        .build(&["--strict"])
        .clean();
    assert_eq!(addresses(&run), ["/", "/cover/", "/cover/home/"]);
    assert!(run.page("").contains("href=\"./cover/home/\">Insurance"));
}

#[test]
fn of_two_that_compete_the_second_is_a_page_and_told() {
    let site = Site::new()
        .file("content/Home.md", "# Welcome\n\n[About](README.md)\n")
        .file("content/README.md", "# About these pages\n")
        .file("content/oven/index.md", "# Ovens\n\n[Notes](README.md)\n")
        .file("content/oven/README.md", "# Notes\n\n[Up](index.md)\n")
        .file("content/iron.md", "# Irons\n")
        .file("content/iron/README.md", "# Inside\n");
    let run = site.build(&[]).fine();
    let told = ["README.md", "iron/README.md", "oven/README.md"];
    let told = told.map(|path| format!("warning folder-page-twice content/{path}:1:1"));
    assert_eq!(run.places(), told);
    assert!(run.problems[2].message.contains("content/oven/index.md"));
    let all = ["/", "/iron/", "/iron/readme/", "/oven/", "/oven/readme/", "/readme/"];
    assert_eq!(addresses(&run), all);
    assert!(run.prose("oven/").contains("href=\"../oven/readme/\""));
    assert!(run.prose("oven/readme/").contains("href=\"../../oven/\""));
    assert!(run.page("").contains("href=\"./readme/\">About<"));
}

#[test]
fn which_file_opens_a_folder_depends_on_what_the_edition_shows() {
    let site = |index: &str| {
        let site = Site::new()
            .file("content/_index.md", "# Home\n")
            .file("content/oven/README.md", "# Ovens\n\nFor everybody.\n");
        if index.is_empty() { site } else { site.file("content/oven/index.md", index) }
    };
    let internal = site("---\ntitle: Ovens inside\nroles: [ops]\n---\nSerial numbers.\n");
    let run = internal.build(&[]).clean();
    assert_eq!(addresses(&run), ["/", "/oven/"]);
    assert_eq!(run.output.files, site("").build(&[]).clean().output.files);
    let config = "[editions.internal]\nroles = \"all\"\n";
    let run = internal.file("tier0.toml", config).build(&["--edition", "internal"]);
    assert_eq!(run.codes(), ["folder-page-twice"]);
    assert!(run.page("oven/").contains("Serial numbers"));
    assert!(run.page("oven/readme/").contains("For everybody"));
}

#[test]
fn a_readme_in_another_language_opens_the_folder_there() {
    let run = Site::new()
        .file("tier0.toml", CHINESE)
        .file("content/README.md", "# Home\n")
        .file("content/README.zh.md", "# 首页\n\n[烤箱](oven/README.zh.md)\n")
        .file("content/oven/README.md", "# Ovens\n")
        .file("content/oven/README.zh.md", "# 烤箱\n")
        .build(&["--strict"])
        .clean();
    assert_eq!(addresses(&run), ["/", "/oven/", "/zh/", "/zh/oven/"]);
    assert!(run.page("zh/").contains("href=\"../zh/oven/\">烤箱</a></p>"));
}

#[test]
fn the_address_of_a_site_leads_to_the_language_it_has() {
    let site = Site::new().file("tier0.toml", CHINESE).file("content/oven.zh.md", "# 烤箱\n");
    let run = site.build(&[]).fine();
    assert_eq!(run.places(), ["warning default-language-empty"]);
    assert!(run.problems[0].message.contains("`zh`"), "{:?}", run.problems);
    let entrance = run.page("");
    assert!(entrance.contains("href=\"./zh/\"") || entrance.contains("href=\"zh/\""), "{entrance}");
    assert_eq!(html::faults(&run.output), [""; 0]);
    // What the owner has put there stays.
    site.put("static/index.html", b"<p>Mine</p>");
    assert!(site.build(&[]).fine().page("").contains("Mine"));
    site.remove("static/index.html");
    site.put("tier0.toml", b"[site]\ndefault_language = \"zh\"\n");
    assert_eq!(addresses(&site.build(&["--strict"]).clean()), ["/", "/oven/"]);
}

#[test]
fn an_edition_without_any_page_says_so() {
    let site = Site::new().file("content/oven.md", "---\nroles: [ops]\n---\n# Ovens\n");
    let run = site.build(&[]).fine();
    assert_eq!(run.places(), ["warning default-language-empty"]);
    assert!(run.problems[0].message.contains("no page at all"), "{:?}", run.problems);
    assert!(!run.output.has("index.html"));
}

#[test]
fn links_to_nowhere_matter_where_an_article_may_be() {
    let site = Site::new()
        .file("tier0.toml", "[site]\nexclude = [\"plans\", \"late.md\"]\n")
        .file("content/_index.md", "# Home\n")
        .file("content/_bits/b.md", "Text.\n")
        .file("static/a.txt", "a\n")
        .file("themes/default/assets/x.txt", "x\n");
    let lead = |path: &str| symlink("somebody@desk.4711", site.path(path)).expect("a link");
    for path in [
        "content/.#_index.md",
        "content/.cache",
        "content/_bits/.#b.md",
        "content/late.md",
        "content/plans",
        "content/old.png",
        "content/note.md~",
        "static/.#a.txt",
        "themes/default/assets/.#x.txt",
    ] {
        lead(path);
    }
    site.build(&["--strict"]).clean();
    for path in ["content/lost.md", "content/lost.MKD", "content/folder", "static/lost.txt"] {
        lead(path);
        let run = site.build(&[]);
        assert_eq!((run.code, run.codes()), (3, vec!["io-error"]), "{path}");
        assert!(run.problems[0].message.contains(path), "{:?}", run.problems);
        std::fs::remove_file(site.path(path)).expect("a link");
    }
    // A page that uses a file that is not there says so itself.
    site.put("content/_index.md", b"# Home\n\n![Old](old.png)\n");
    assert_eq!(site.build(&[]).codes(), ["missing-image"]);
}

#[test]
fn a_readme_and_an_index_in_other_languages_have_the_same_readers() {
    for (secret, open) in [
        ("f/_index.md", "f/README.zh.md"),
        ("f/index.md", "f/README.zh.md"),
        ("f/README.md", "f/index.zh.md"),
        ("f/README.md", "zh/f/_index.md"),
    ] {
        let site = Site::new()
            .file("tier0.toml", "[languages.zh]\n")
            .file("content/index.md", "# Home\n\nHi.\n")
            .file(&format!("content/{secret}"), "---\nroles: [support]\n---\n\nx\n")
            .file(&format!("content/{open}"), "# Quamble\n\nquamble\n");
        let run = site.build(&[]);
        assert!(run.output.holding("quamble").is_empty(), "{secret}, {open}: {:?}", run.problems);
        site.remove("tier0.toml");
        let run = site.build(&[]);
        assert!(run.output.holding("quamble").is_empty(), "{secret}, {open}, without zh");
    }
}
