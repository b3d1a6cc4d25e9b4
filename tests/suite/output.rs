//! The output as a whole: errors leave it alone, a good build replaces it, only what pages refer
//! to is copied.

use crate::support::{Site, html};

const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n";

#[test]
fn an_error_leaves_the_old_output_as_it_was() {
    let site = Site::new()
        .file("tier0.toml", "[site]\nstrict = true\n")
        .file("content/a.md", "# A\n\nOld words.\n");
    let before = site.build(&[]).clean().output;
    let breaks: [(&str, &str, i32); 4] = [
        ("content/a.md", "---\ntitle: A\n", 1),
        ("content/b.md", "[x](gone.md)\n", 1),
        ("themes/default/templates/article.html", "{{ page.title", 1),
        ("tier0.toml", "[site", 2),
    ];
    for (path, text, code) in breaks {
        let old = std::fs::read(site.path(path)).ok();
        site.put(path, text.as_bytes());
        let run = site.build(&[]);
        assert_eq!(run.code, code, "{path}");
        before.assert_same(&run.output, path);
        match old {
            Some(bytes) => site.put(path, &bytes),
            None => site.remove(path),
        }
    }
    let strict = site.build(&["--strict"]).clean();
    before.assert_same(&strict.output, "all fixed");
}

#[test]
fn only_the_sources_are_told_beside_the_output() {
    let site =
        Site::new().file("tier0.toml", "[site]\nstrict = true\n").file("content/a.md", "# A\n");
    site.build(&[]).clean();
    site.put("content/a.md", b"[x](gone.md)");
    assert_eq!(site.build(&[]).code, 1);
    let mut beside: Vec<_> = std::fs::read_dir(site.path("dist"))
        .expect("the folder of outputs")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    beside.sort();
    assert_eq!(beside, [".public.tier0.json", "public"], "the sources, and the output");
}

#[test]
fn pages_that_are_gone_leave_the_output() {
    let site = Site::new().file("content/a.md", "# A\n").file("content/b.md", "# B\n");
    assert!(site.build(&[]).clean().output.has("b/index.html"));
    site.remove("content/b.md");
    let run = site.build(&[]).clean();
    assert!(!run.output.has("b/index.html") && run.output.has("a/index.html"));
}

#[test]
fn what_people_put_into_the_output_stays() {
    let site = Site::new().file("content/a.md", "# A\n");
    site.build(&[]).clean();
    site.put("dist/public/CNAME", b"help.example.com");
    let run = site.build(&[]).clean();
    assert_eq!(run.output.text("CNAME"), "help.example.com");
}

#[test]
fn files_are_copied_only_if_a_page_refers_to_them() {
    let run = Site::new()
        .file(
            "content/guides/a.md",
            "# A\n\n![used](used.svg) [form](../files/form.pdf) <img src=\"/raw.svg\" alt=\"raw\">\n",
        )
        .file("content/guides/used.svg", PICTURE)
        .file("content/guides/unused.svg", PICTURE)
        .file("content/files/form.pdf", "%PDF-1.4")
        .file("content/files/private.pdf", "%PDF-1.4")
        .file("content/raw.svg", PICTURE)
        .file("static/robots.txt", "User-agent: *\n")
        .build(&[])
        .clean();
    for path in ["guides/used.svg", "files/form.pdf", "raw.svg", "robots.txt"] {
        assert!(run.output.has(path), "{path} is missing");
    }
    for name in ["unused", "private"] {
        assert_eq!(run.output.holding(name), [""; 0]);
    }
    assert_eq!(html::faults(&run.output), [""; 0]);
}

#[test]
fn a_folder_of_markdown_is_a_site() {
    let run = Site::new()
        .file("content/guides/reset.md", "# Reset\n\nHold the button.\n")
        .build(&["--strict"])
        .clean();
    for path in [
        "index.html",
        "guides/index.html",
        "guides/reset/index.html",
        "search/index.html",
        "search/en/manifest.json",
        "tags/index.html",
        "404.html",
    ] {
        assert!(run.output.has(path), "{path} is missing");
    }
    assert!(run.page("guides/").contains("<h1>Guides</h1>"), "{}", run.page("guides/"));
    assert!(run.page("guides/reset/").contains("<h1>Reset</h1>"));
    assert_eq!(html::faults(&run.output), [""; 0]);
}

#[test]
fn the_configuration_may_live_elsewhere() {
    let site = Site::new()
        .file("book/a.md", "# A\n\n![p](pictures/p.svg)\n")
        .file("book/pictures/p.svg", PICTURE)
        .file("setup/site.toml", "[site]\ntitle = \"Elsewhere\"\ncontent = \".\"\n");
    let run = site.build(&["book", "--config", "setup/site.toml", "--output", "dist/public"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.page("a/").contains("Elsewhere"));
    assert!(run.output.has("pictures/p.svg"));
}

#[test]
fn sections_have_order_titles_and_neighbours() {
    let run = Site::new()
        .file("content/guides/_index.md", "---\ntitle: All guides\n---\n\nRead these.\n")
        .file("content/guides/last.md", "---\ntitle: Last\n---\n")
        .file("content/guides/first.md", "---\ntitle: First\nweight: 1\n---\n")
        .file("content/guides/second.md", "---\ntitle: Second\nweight: 2\n---\n")
        .file("content/guides/hidden.md", "---\ntitle: Hidden\nhide: true\n---\n")
        .build(&[])
        .clean();
    let section = run.page("guides/");
    assert!(section.contains("<h1>All guides</h1>") && section.contains("Read these."));
    let main = &section[section.find("<main").expect("a main part")..];
    let at = |title: &str| main.find(&format!(">{title}<")).unwrap_or_else(|| panic!("no {title}"));
    assert!(at("First") < at("Second") && at("Second") < at("Last"));
    assert!(!main.contains("Hidden") && run.output.has("guides/hidden/index.html"));
    let second = run.page("guides/second/");
    assert!(second.contains("rel=\"prev\" href=\"../../guides/first/\""), "{second}");
    assert!(second.contains("rel=\"next\" href=\"../../guides/last/\""));
    assert!(second.contains("<li><a href=\"../../guides/\">All guides</a></li>"));
    assert!(!run.output.text("search/en/manifest.json").contains("Hidden"));
}

#[test]
fn tags_have_pages() {
    let run = Site::new()
        .file("content/a.md", "---\ntitle: A\ntags: Wi-Fi, 路由器\n---\n")
        .file("content/b.md", "---\ntitle: B\nlabels: [wi-fi]\n---\n")
        .build(&[])
        .clean();
    let tag = run.page("tags/wi-fi/");
    assert!(tag.contains("../../a/") && tag.contains("../../b/"), "{tag}");
    assert!(run.page("tags/").contains("路由器"));
    assert!(run.page("a/").contains("href=\"../tags/%E8%B7%AF%E7%94%B1%E5%99%A8/\""));
    assert!(run.output.has("tags/路由器/index.html"));
}
