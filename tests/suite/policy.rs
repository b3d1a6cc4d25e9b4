//! The error policy: one slip of one writer costs no team its site, and where something is guarded,
//! what could hide something stops.
//!
//! A site is guarded if anything in it says who reads what. That decides whether a build stops, never
//! what it writes.

use crate::support::{Run, Site, repository};

/// A page whose role block makes a site guarded, whoever reads it.
const GUARD: &str = "# Guard\n\nText.\n\n:::internal\nHidden words.\n:::\n";

/// A site with one page.
pub fn site(page: &str) -> Site {
    Site::new().file("content/a.md", page)
}

/// The same with something to guard.
pub fn guarded(page: &str) -> Site {
    site(page).file("content/guard.md", GUARD)
}

/// Fails unless a page is published with these problems, and refused with those where there is
/// something to guard. Gives the build of the first.
pub fn slip(page: &str, problems: &[&str], in_guarded: &[&str]) -> Run {
    let run = guarded(page).build(&[]);
    assert_eq!((run.code, run.places()), (1, owned(in_guarded)), "{page}");
    assert!(run.output.files.is_empty(), "{page}");
    let run = site(page).build(&[]);
    assert_eq!((run.code, run.places()), (0, owned(problems)), "{page}: {}", run.stderr);
    run
}

/// Fails unless both publish with the same problems, and the very same bytes.
pub fn same(page: &str, problems: &[&str]) -> Run {
    let shown = GUARD.split("\n:::").next().unwrap_or_default();
    let open = site(page).file("content/guard.md", shown).build(&[]).fine();
    let shut = guarded(page).build(&[]).fine();
    assert_eq!((open.places(), shut.places()), (owned(problems), owned(problems)), "{page}");
    open.output.assert_same(&shut.output, page);
    open
}

pub fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn what_shows_that_there_is_something_to_guard() {
    const SLIP: &str = "# A\n\n:::cuidado\nText.\n:::\n";
    let is_refused = |site: Site| {
        let run = site.file("content/a.md", SLIP).build(&[]);
        assert_eq!(run.places()[0].split(' ').nth(1), Some("unknown-container"), "{}", run.stdout);
        run.code == 1
    };
    assert!(!is_refused(Site::new()));
    // How it is written is no role block, be it shown as code.
    let shown = "# B\n\n```text\n:::internal\nx\n:::\n```\n";
    assert!(!is_refused(Site::new().file("content/b.md", shown)));
    for (path, text) in [
        ("content/b.md", "# B\n\n:::internal\nx\n:::\n"),
        ("content/b.md", "# B\n\n:::only roles=\"ops\"\nx\n:::\n"),
        ("content/b.md", "---\nroles: [customer]\n---\n\n# B\n"),
        ("content/b.md", "---\nrole: ops\n---\n\n# B\n"),
        ("content/b.md", "---\nroles: [ops]\nstatus: draft\n---\n\n# B\n"),
        ("content/x/_index.md", "---\ncascade:\n  roles: [ops]\n---\n\n# B\n"),
        ("content/_snippets/b.md", ":::internal\nx\n:::\n"),
        ("tier0.toml", "[roles.night]\nlabel = \"Night\"\n"),
        ("tier0.toml", "[editions.desk]\nroles = [\"support\"]\n"),
        ("tier0.toml", "[site]\ndefault_roles = [\"customer\"]\n"),
        ("tier0.toml", "[site]\nexclude = [\"old\"]\n"),
    ] {
        let site =
            Site::new().file(path, text).file("content/old/o.md", "---\nroles: [ops]\n---\n");
        assert!(is_refused(site), "{path}: {text}");
    }
    let site = Site::new().file("tier0.toml", "[site]\nrequire_roles = false\n");
    assert!(!is_refused(site));
}

#[test]
fn what_could_hide_something_is_refused_where_something_is_hidden() {
    for code in [
        "container-not-read",
        "duplicate-address",
        "duplicate-id",
        "duplicate-key",
        "front-matter-syntax",
        "front-matter-unclosed",
        "include-cycle",
        "include-missing",
        "include-too-large",
        "invalid-utf8",
        "nesting-too-deep",
        "snippet-unclosed",
        "stray-container-end",
        "unknown-container",
        "unknown-role",
    ] {
        let site = Site::copy_of(&repository().join("tests/sites").join(code).join("site"));
        let run = site.file("content/zz-guard.md", GUARD).build(&[]);
        let told = format!("error {code} ");
        assert!(run.places().iter().any(|place| place.starts_with(&told)), "{:?}", run.places());
        assert_eq!((run.code, run.output.files.len()), (1, 0), "{code}");
    }
}

#[test]
fn it_is_said_once_why_a_site_is_guarded() {
    let because = "guarded because content/guard.md:5 (a role block)";
    let run = guarded("# A\n\n:::cuidado\nText.\n:::\n\n:::\n").run(&["build"]);
    assert_eq!(run.stderr.matches(because).count(), 1, "{}", run.stderr);
    let run = guarded("# A\n\n:::cuidado\nText.\n:::\n").build(&[]);
    assert!(
        run.stdout.contains(
            "\"guarded\":{\"because\":\"a role block\",\"path\":\"content/guard.md\",\"line\":5}"
        ),
        "{}",
        run.stdout
    );
    // It made no difference.
    for page in ["# A\n\n[x](y.md)\n", "# A\n\n:::intrenal\nx\n:::\n", "# A\n"] {
        let run = guarded(page).run(&["build"]);
        assert!(!run.stderr.contains("guarded because"), "{}", run.stderr);
    }
    let run = guarded("# A\n\n:::\n").run(&["build", "--strict"]);
    assert!(!run.stderr.contains("guarded because"), "{}", run.stderr);
}

#[test]
fn a_container_that_nobody_knows_is_a_box() {
    let page = "# A\n\n:::recuerda Título\nTexto *fuerte*.\n:::\n\nAfter.\n";
    let run = slip(
        page,
        &["warning unknown-container content/a.md:3:1"],
        &["error unknown-container content/a.md:3:1"],
    );
    let prose = run.prose("a/");
    assert!(prose.contains("<p class=\"callout-title\">Título</p>"), "{prose}");
    assert!(
        prose.contains("<em>fuerte</em>") && prose.ends_with("</aside>\n<p>After.</p>"),
        "{prose}"
    );
    assert!(run.problems[0].help.contains("[containers]"), "{:?}", run.problems);
    assert!(run.problems[0].help.contains("recuerda = \"note\""), "{:?}", run.problems);
    // What it means can be said, on both kinds of site.
    for site in [site(page), guarded(page)] {
        let site = site.file("tier0.toml", "[containers]\nrecuerda = \"caution\"\n");
        let run = site.build(&[]).clean();
        assert!(
            run.prose("a/").contains("<aside class=\"callout caution\""),
            "{}",
            run.prose("a/")
        );
    }
    for setting in ["internal = \"note\"", "note = \"tip\"", "x = \"internal\"", "x = \"include\""]
    {
        let site = site("# A\n").file("tier0.toml", &format!("[containers]\n{setting}\n"));
        assert_eq!(site.build(&[]).code, 2, "{setting}");
    }
    for (name, kind) in [("nota", "note"), ("dica", "tip"), ("dikkat", "caution"), ("提示", "tip")]
    {
        let run = same(&format!("# A\n\n:::{name} T\nText.\n:::\n"), &[]);
        assert!(run.prose("a/").contains(&format!("\"callout {kind}\"")), "{}", run.prose("a/"));
    }
}

#[test]
fn a_name_that_could_be_meant_to_guard_stops_every_site() {
    let names = [
        "intrenal",
        "internall",
        "onyl",
        "suport",
        "enginer",
        "private",
        "staff-notes",
        "confidential",
        "保密",
        "draft",
        "comment",
        "admin-note",
        "草稿",
        "仅内部",
        "interno",
        "ops",
    ];
    for name in names {
        let run = site(&format!("# A\n\n:::{name}\nPrice list.\n:::\n")).build(&[]);
        assert_eq!((run.code, run.output.files.len()), (1, 0), "{name}: {}", run.stdout);
    }
    let run = site("# A\n\n:::anything roles=\"ops\"\nx\n:::\n").build(&[]);
    assert_eq!(run.code, 1);
    for name in ["tips", "cols", "oops", "记住", "interval-timer"] {
        site(&format!("# A\n\n:::{name}\nText.\n:::\n")).build(&[]).fine();
    }
    // Words of the site's own roles, once it has some, make it guarded anyway.
    let site =
        site("# A\n\n:::nigth\nx\n:::\n").file("tier0.toml", "[roles.night]\nlabel = \"N\"\n");
    assert_eq!(site.build(&[]).codes(), ["unclear-roles"]);
}

#[test]
fn ends_too_many_are_dropped() {
    let run = slip(
        "# A\n\n:::note\nText.\n:::\n:::\n\nAfter.\n",
        &["warning stray-container-end content/a.md:6:1"],
        &["error stray-container-end content/a.md:6:1"],
    );
    assert!(!run.prose("a/").contains(":::"), "{}", run.prose("a/"));
    // A line of plus signs closes nothing, and is no container.
    same("# A\n\n++++\n<b>x</b>\n++++\n", &[]);
}

#[test]
fn a_note_ends_with_its_list_item_whatever_closes_it() {
    let page = "# A\n\n1. Step\n\n   :::note\n\n   Text.\n\n:::\n\n2. Next\n";
    let run = same(page, &["warning unclosed-container content/a.md:5:4"]);
    let prose = run.prose("a/");
    assert!(prose.contains("</aside>\n</li>") && !prose.contains(":::"), "{prose}");
    // Not across other text, and not for what keeps readers out.
    let run = site("# A\n\n1. Step\n\n   :::note\n   Text.\n\nMore.\n\n:::\n").build(&[]).fine();
    assert_eq!(run.codes(), ["unclosed-container", "stray-container-end"]);
    let run = site("# A\n\n1. Step\n\n   :::internal\n   Text.\n\n:::\n\nMore.\n").build(&[]);
    assert_eq!(run.code, 1, "{:?}", run.places());
}

#[test]
fn containers_in_lists_may_be_a_little_further_in() {
    for page in [
        "# A\n\n1. Go there.\n\n    :::note\n\n    Text.\n\n    :::\n\n1. Next.\n",
        "# A\n\n- Go there.\n\n    :::note\n    Text.\n    :::\n\n- Next.\n",
        "# A\n\n- Go there.\n\n   :::note Title\n   Text.\n   :::\n\n- Next.\n",
    ] {
        let run = same(page, &[]);
        let prose = run.prose("a/");
        assert!(
            prose.contains("<aside class=\"callout note\"") && prose.contains("</aside>\n</li>"),
            "{prose}"
        );
    }
    // A role block there is cut like any other.
    let page = "# A\n\n1. Go there.\n\n    :::internal\n\n    Quamble.\n\n    :::\n\n1. Next.\n";
    let run = site(page).build(&[]).fine();
    assert!(run.output.holding("uamble").is_empty(), "{}", run.prose("a/"));
}

#[test]
fn what_nothing_closes_ends_before_the_next_heading() {
    let page = "# A\n\n## One\n\n:::note\nText.\n\n## Two\n\n::::details More\n\n### Inside\n\nx\n\n::::\n\nEnd.\n";
    let run = same(page, &["warning unclosed-container content/a.md:5:1"]);
    let prose = run.prose("a/");
    assert!(prose.contains("<p>Text.</p>\n</aside>\n<h2 id=\"two\""), "{prose}");
    // Two that stand in each other both end there, and headings in what is closed end nothing.
    let page =
        "# A\n\n::::note\n:::details X\n\n### In\n\n:::\n\n:::tip\nText.\n\n## Two\n\nEnd.\n";
    let run = same(
        page,
        &[
            "warning unclosed-container content/a.md:3:1",
            "warning unclosed-container content/a.md:10:1",
        ],
    );
    let prose = run.prose("a/");
    assert!(prose.contains("</aside>\n</aside>\n<h2 id=\"two\""), "{prose}");
    assert!(prose.contains("id=\"in\""), "{prose}");
    // Where the page has a role block, its end may have been meant for the other.
    let run = site("# A\n\n:::note\nText.\n\n:::internal\nHidden.\n:::\n\nMore.\n").build(&[]);
    assert_eq!((run.code, run.codes()), (1, vec!["unclosed-container"]));
    // A role block that nothing closes hides the rest, and stops.
    let run = site("# A\n\n:::internal\nText.\n\n## Two\n").build(&[]);
    assert_eq!((run.code, run.codes()), (1, vec!["unclosed-container"]));
}

#[test]
fn what_is_not_read_is_shown_as_text() {
    let run = slip(
        "# A\n\n<div>\n:::note Title\nText.\n:::\n</div>\n",
        &[
            "warning container-not-read content/a.md:4:1",
            "warning container-not-read content/a.md:6:1",
        ],
        &["error container-not-read content/a.md:4:1", "error container-not-read content/a.md:6:1"],
    );
    assert!(run.prose("a/").contains(":::note Title\nText.\n:::"), "{}", run.prose("a/"));
    for page in [
        "# A\n\n<div>\n:::internal\nx\n:::\n</div>\n",
        "# A\n\n<div>\n:::intrenal\nx\n:::\n</div>\n",
    ] {
        assert_eq!(site(page).build(&[]).code, 1, "{page}");
    }
}

#[test]
fn ten_thousand_problems_are_a_screen() {
    let mut site = Site::new();
    for page in 0..100 {
        let mut text = format!("# P{page}\n\n");
        for line in 0..20 {
            text += &format!(
                ":::recuerda\nx\n:::\n\n<foo{line}> [x](gone-{page}-{line}.md) <bar>\n\n![i](https://h{line}.example/{page}.png)\n\n"
            );
        }
        site = site.file(&format!("content/p{page}.md"), &text);
    }
    let run = site.run(&["build"]);
    let lines = run.stderr.lines().count();
    assert!(lines < 30, "{lines}: {}", run.stderr);
    for part in [
        "warning[unknown-container]: there is no container `recuerda` (2000) --> content/p0.md:3, content/p0.md:11, content/p0.md:19, …",
        "`<bar>`",
        "--report FILE",
    ] {
        assert!(run.stderr.contains(part), "no {part} in {}", run.stderr);
    }
    assert_eq!(site.build(&[]).problems.len(), 10_000);
    // Errors come last, with their lines of source.
    let run = site.run(&["build", "--strict"]);
    let error = run.stderr.rfind("error[").expect("an error");
    assert!(run.stderr.rfind("warning[").is_none_or(|warning| warning < error), "{}", run.stderr);
    assert!(run.stderr.lines().count() < 80, "{}", run.stderr);
}

#[test]
fn what_is_said_of_one_thing_is_said_once() {
    let page = "# A\n\n:::recuerda\nx\n:::\n\n:::recuerda\nx\n:::\n\n:::otra\nx\n:::\n";
    let run = site(page).run(&["build"]);
    assert_eq!(run.stderr.matches("warning[unknown-container]").count(), 2, "{}", run.stderr);
    assert!(
        run.stderr.contains("and 1 more like this (unknown-container): content/a.md:7\n"),
        "{}",
        run.stderr
    );
    let run = site(page).environment("LC_ALL", "zh_CN.UTF-8").run(&["build"]);
    assert!(
        run.stderr.contains("另有 1 处同类问题（unknown-container）：content/a.md:7\n"),
        "{}",
        run.stderr
    );
}
