//! Pages that name days: they are published on those days and on no others.

use crate::support::{Run, Site};

const SECRET: &str = "quamble";
const CODE: &str = "kept-back-today";

fn site(head: &str) -> Site {
    Site::new()
        .file("content/index.md", "# Home\n\nHi.\n")
        .file("content/a.md", &format!("---\ntitle: A\n{head}\n---\n\nquamble\n"))
}

fn is_published(run: &Run) -> bool {
    assert_eq!(run.code, 0, "{:?}", run.problems);
    assert!(run.output.has("index.html"));
    let is_there = run.output.has("a/index.html");
    assert_eq!(is_there, !run.output.holding(SECRET).is_empty());
    is_there
}

#[test]
fn a_page_is_published_on_its_days_alone() {
    // The key, and whether the page is there on the day before, on the day, and on the day behind.
    for (head, is_there) in [
        ("publishDate: 2026-11-29", [false, true, true]),
        ("publish_date: 2026-11-29 10:00", [false, true, true]),
        ("publish_from: \"2026-11-29T23:30:00Z\"", [false, true, true]),
        ("published: 2026-11-29", [false, true, true]),
        ("expiryDate: 2026-11-29", [true, false, false]),
        ("expires: 2026-11-29T10:00:00+08:00", [true, false, false]),
        ("expire_date: 2026-11-29", [true, false, false]),
        ("unpublish: 2026-11-29 10:00:00 +0800", [true, false, false]),
        ("publishDate: 2026-11-29\nexpires: 2026-11-30", [false, true, false]),
    ] {
        for (today, is_there) in ["2026-11-28", "2026-11-29", "2026-11-30"].iter().zip(is_there) {
            let run = site(head).build(&["--today", today]);
            assert_eq!(is_published(&run), is_there, "{head} on {today}");
            let said: &[&str] = if is_there { &[] } else { &[CODE] };
            assert_eq!(run.codes(), said, "{head} on {today}");
        }
    }
    let toml = "+++\ntitle = \"A\"\nexpires = 2026-11-29T10:00:00Z\n+++\n\nquamble\n";
    let site = Site::new().file("content/index.md", "# Home\n").file("content/a.md", toml);
    assert!(is_published(&site.build(&["--today", "2026-11-28"])));
    assert!(!is_published(&site.build(&["--today", "2026-11-29"])));
}

#[test]
fn what_is_no_day_keeps_the_page_back() {
    for head in [
        "expires: soon",
        "expires: true",
        "expires: 2026-02-30",
        "expires: 2099-01-01 some day",
        "publishDate:",
        "publish_on: never",
        "publish_at: [2020-01-01]",
        "published: 2020-01-01 or so",
    ] {
        let run = site(head).build(&["--today", "2026-11-29"]);
        assert!(!is_published(&run), "{head}");
        assert_eq!(run.codes(), ["key-keeps-back"], "{head}");
    }
    for head in ["expires: never", "expires: false"] {
        assert!(is_published(&site(head).build(&["--strict"])), "{head}");
    }
    let site = site("expires: soon").file("tier0.toml", "[keys]\nexpires = \"off\"\n");
    assert!(is_published(&site.build(&["--strict"])));
}

#[test]
fn without_a_day_it_is_the_day_of_the_build() {
    assert!(is_published(&site("publishDate: 2020-01-01").build(&["--strict"])));
    assert!(!is_published(&site("publishDate: 9000-01-01").build(&[])));
    assert!(!is_published(&site("expires: 2020-01-01").build(&[])));
}

#[test]
fn the_day_is_named_only_where_it_matters() {
    let says = |site: &Site, what: &str| {
        let run = site.run(&["check", "--today", "2026-11-29"]);
        (run.stdout + &run.stderr).contains(what)
    };
    let dated = || site("publishDate: 2020-01-01");
    assert!(says(&dated(), ", today is 2026-11-29"));
    assert!(says(&dated().environment("LC_ALL", "zh_CN.UTF-8"), "，今天按 2026-11-29 计"));
    assert!(!says(&site("updated: 2020-01-01"), "2026-11-29"));
    // Nor where the page is for others.
    let ops = "[roles.ops]\n[editions.ops]\nroles = [\"ops\"]\n";
    let other = site("roles: [ops]\nexpires: 2020-01-01").file("tier0.toml", ops);
    assert!(!says(&other, "2026-11-29"));
    assert_eq!(other.build(&["--today", "2026-11-29"]).codes(), [""; 0]);
    let other = site("roles: [ops]\nexpires: 2020-01-01")
        .file("tier0.toml", ops)
        .file("content/b.md", "---\nroles: [ops]\n---\n\n# B\n");
    assert_eq!(other.build(&["--today", "2026-11-29", "--edition", "ops"]).codes(), [CODE]);
}

#[test]
fn it_is_said_once_for_each_key() {
    let site = site("expires: 2020-01-01")
        .file("content/b.md", "---\nexpires: 2021-01-01\n---\n\n# B\n")
        .file("content/c.md", "---\npublishDate: 2099-01-01\n---\n\n# C\n")
        .file("content/d.md", "---\nexpires: 2021-01-01\ndraft: true\n---\n\n# D\n");
    let run = site.build(&["--today", "2026-11-29"]);
    let places =
        ["warning kept-back-today content/a.md:3:1", "warning kept-back-today content/c.md:2:1"];
    assert_eq!(run.places(), places);
    assert!(run.problems[0].message.contains("(2)"), "{:?}", run.problems);
}

#[test]
fn a_day_that_is_none_is_wrong_usage() {
    let site = site("weight: 1");
    for day in ["tomorrow", "2026-02-30", "2026-11-29T10:00", ""] {
        for command in [&["build"][..], &["check"], &["serve"], &["audit", "dist/public"]] {
            let run = site.run(&[command, &["--today", day]].concat());
            assert_eq!(run.code, 2, "{command:?} {day}");
        }
    }
}

#[test]
fn check_and_audit_agree_with_the_build() {
    let text = "quamble one two three four five six seven eight nine ten eleven twelve";
    let page = format!("---\nexpires: 2026-12-01\n---\n\n# A\n\n{text}\n");
    let site = site("weight: 1").file("content/a.md", &page);
    let check = |day: &str| site.run(&["check", "--format", "json", "--today", day]).codes().len();
    assert_eq!((check("2026-11-30"), check("2026-12-01")), (0, 1));
    // What was published until yesterday is found in the old output.
    let _ = site.build(&["--today", "2026-11-30"]).clean();
    let audit = |day: &str| site.run(&["audit", "dist/public", "--today", day]).code;
    assert_eq!((audit("2026-11-30"), audit("2026-12-01")), (0, 4));
}

#[test]
fn snippets_have_days_too() {
    let site = Site::new()
        .file("content/_snippets/s.md", "---\npublishDate: 2026-11-29\n---\n\nquamble\n")
        .file("content/a.md", "# A\n\nSeen.\n\n:::include /_snippets/s.md\n")
        .file("content/index.md", "# Home\n");
    let holds = |day: &str| {
        let run = site.build(&["--today", day]);
        assert_eq!(run.code, 0, "{:?}", run.problems);
        (run.codes().len(), !run.output.holding(SECRET).is_empty())
    };
    assert_eq!(holds("2026-11-28"), (1, false));
    assert_eq!(holds("2026-11-29"), (0, true));
}
