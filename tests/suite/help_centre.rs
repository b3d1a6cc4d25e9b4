//! tier0's own help centre, as built by tier0.

use crate::support::{Run, Site, html, repository, tree::Tree};

fn build(edition: &str) -> Run {
    let output = Site::new();
    let run = output.run(&[
        "build",
        "--format",
        "json",
        "--strict",
        "--edition",
        edition,
        "--output",
        &output.path("dist").join(edition).display().to_string(),
        &repository().display().to_string(),
    ]);
    run.clean()
}

#[test]
fn it_builds_without_a_warning_and_every_link_leads_somewhere() {
    for edition in ["public", "internal"] {
        let run = build(edition);
        assert_eq!(html::faults(&run.output), [""; 0], "{edition}");
    }
}

#[test]
fn every_article_is_in_both_languages() {
    let content = Tree::read(&repository().join("content"));
    for path in content.files.keys().filter(|path| path.ends_with(".md")) {
        let other = match path.strip_suffix(".zh.md") {
            Some(stem) => format!("{stem}.md"),
            None => format!("{}.zh.md", path.trim_end_matches(".md")),
        };
        assert!(content.has(&other), "content/{other} is missing");
    }
    let articles = content.files.keys().filter(|path| {
        path.ends_with(".zh.md") && !path.contains("_index") && !path.starts_with("diagnostics/")
    });
    assert!(articles.count() >= 15);
}

#[test]
fn languages_have_the_same_pages() {
    let run = build("public");
    let (chinese, english): (Vec<&str>, Vec<&str>) = run
        .output
        .pages()
        .map(|(path, _)| path)
        .filter(|path| *path != "404.html" && !path.contains("tags/"))
        .partition(|path| path.starts_with("zh/"));
    let chinese: Vec<_> = chinese.iter().map(|path| path.trim_start_matches("zh/")).collect();
    assert_eq!(english, chinese);
}

#[test]
fn search_in_the_terminal_finds_articles() {
    let site = Site::new();
    site.put("tier0.toml", &std::fs::read(repository().join("tier0.toml")).expect("tier0.toml"));
    for (path, bytes) in Tree::read(&repository().join("content")).files {
        site.put(&format!("content/{path}"), &bytes);
    }
    site.build(&[]).fine();
    for (query, language, url) in [
        ("broken-link", "en", "diagnostics/broken-link/"),
        ("broken-link", "zh", "zh/diagnostics/broken-link/"),
        ("nginx", "en", "host/nginx/"),
        ("搜索", "zh", "zh/"),
    ] {
        let run = site.run(&["search", query, "--lang", language, "--format", "json"]).fine();
        let first = run.stdout.lines().next().unwrap_or_default();
        let hit: serde_json::Value = serde_json::from_str(first).unwrap_or_default();
        let found = hit["url"].as_str().unwrap_or_default();
        assert!(found.starts_with(url), "{query} finds {found}, not {url}");
    }
    let none = site.run(&["search", "qqzzxxyy"]).fine();
    assert!(none.stdout.contains("Nothing found"), "{}", none.stdout);
    assert_eq!(Site::new().file("content/a.md", "# A").run(&["search", "x"]).code, 2);
}
