//! The error policy for heads, links, addresses, snippets and bytes: what a slip costs.

use crate::policy::{guarded, same, site, slip};
use crate::support::Site;

#[test]
fn a_head_that_does_not_parse_costs_its_page_nothing_but_the_head() {
    let places =
        |severity: &str, code: &str, place: &str| format!("{severity} {code} content/a.md:{place}");
    for (head, code, place) in [
        ("---\ntitle: \"x\ntags: [a\n---\n", "front-matter-syntax", "2:8"),
        ("---\ntitle: x: y\n---\n", "front-matter-syntax", "2:9"),
        ("---\ntitle: x\ntitle: y\n---\n", "duplicate-key", "3:1"),
        ("---\ntitle: x\ntags: a\n", "front-matter-unclosed", "1:1"),
        ("\n---\ntitle: x\n---\n", "front-matter-syntax", "2:1"),
    ] {
        let page = format!("{head}\n# Own name\n\nThe text.\n");
        let run = site(&page).build(&[]);
        assert_eq!(run.code, 0, "{head}{}", run.stdout);
        assert!(
            run.places()[0].starts_with(&places("warning", code, "")),
            "{head}{:?}",
            run.places()
        );
        let _ = place;
        let prose = run.page("a/");
        assert!(
            prose.contains("<h1>Own name</h1>") && prose.contains("<p>The text.</p>"),
            "{prose}"
        );
        assert!(!run.prose("a/").contains("title:"), "{}", run.prose("a/"));
        let run = guarded(&page).build(&[]);
        assert_eq!((run.code, run.codes()[0]), (1, code), "{head}");
    }
    // A day still counts.
    let day = "---\ntitle: x: y\ndate: 2999-01-01\n---\n\n# B\n";
    let run = site("# A\n").file("content/b.md", day).build(&[]).fine();
    assert!(!run.output.has("b/index.html"), "{:?}", run.places());
    // What could guard, in whatever form.
    for key in [
        "roles: [ops]",
        "role: ops",
        "Roles: ops",
        "draft: true",
        "status: draft",
        "visibility: staff",
        "published: false",
        "tags: [draft]",
        "tags:\n  - draft",
        "private: true",
        "translation_of: b.md",
        "角色: 运维",
        "expires: 2020-01-01",
        "cascade:\n  roles: ops",
    ] {
        for head in [
            format!("---\ntitle: x: y\n{key}\n---\n"),
            format!("---\ntitle: x\n{key}\n"),
            format!("---\n{key}\ntitle: \"x\n---\n"),
        ] {
            let run = site(&format!("{head}\n# A\n\nText.\n")).build(&[]);
            assert_eq!((run.code, run.output.files.len()), (1, 0), "{head}{}", run.stdout);
        }
    }
}

#[test]
fn keys_that_guard_nothing_stop_nothing() {
    let run = same(
        "---\ntitle: T\nhide: [toc]\nweight: heavy\nkind: story\nupdated: yesterday\naliases: \"..\"\n---\n\nText.\n",
        &[
            "warning wrong-type content/a.md:3:7",
            "warning wrong-type content/a.md:4:9",
            "warning invalid-value content/a.md:5:7",
            "warning invalid-value content/a.md:6:10",
            "warning invalid-value content/a.md:7:10",
        ],
    );
    assert!(run.page("a/").contains("<h1>T</h1>"));
    // What they say could be meant to.
    for head in [
        "kind: internal",
        "tags: {draft: true}",
        "hide: [staff]",
        "updated: ops only",
        "kind: 内部",
    ] {
        let run = site(&format!("---\ntitle: T\n{head}\n---\n\n# A\n")).build(&[]);
        assert_eq!((run.code, run.output.files.len()), (1, 0), "{head}");
    }
    let run =
        site("# A\n").file("content/b.md", "---\nstatus: [later]\n---\n\n# B\n").build(&[]).fine();
    assert!(!run.output.has("b/index.html"), "{:?}", run.places());
    // A day that cannot be read may be still to come; one in other forms is read.
    for (date, is_published) in [("2999/05/01", false), ("2019/05/01", true)] {
        let page = format!("---\ntitle: T\ndate: {date}\n---\n\nText.\n");
        let site = site(&page).file("content/b.md", "# B\n");
        let run = site.build(&[]).fine();
        assert_eq!(run.output.has("a/index.html"), is_published, "{date}: {:?}", run.places());
    }
    assert_eq!(site("---\ntitle: T\ndate: some day\n---\n\nText.\n").build(&[]).code, 1);
    // Nobody can tell whether a page is finished: it waits.
    let run =
        site("# A\n").file("content/b.md", "---\nstatus: finishd\n---\n\n# B\n").build(&[]).fine();
    assert!(
        !run.output.has("b/index.html") && run.codes() == ["invalid-value"],
        "{:?}",
        run.places()
    );
    for page in ["---\nroles: {a: b}\n---\n\n# A\n", "---\ncascade: ops\n---\n\n# A\n"] {
        assert_eq!(site(page).build(&[]).code, 1, "{page}");
    }
    // A configuration is obeyed or refused.
    let site = site("# A\n").file("tier0.toml", "[site]\nhtml = \"maybe\"\n");
    assert_eq!(site.build(&[]).code, 2);
}

#[test]
fn a_role_of_somebody_is_no_role_of_readers() {
    let page = "---\ntitle: T\nrole: Developer\n---\n\nText.\n";
    slip(
        page,
        &["warning unknown-role content/a.md:3:7"],
        &["error unknown-role content/a.md:3:7"],
    );
    for role in [
        "roles: Developer",
        "role: Enginer",
        "role: suport",
        "role: internal",
        "role: 内部",
        "role: ''",
    ] {
        let run = site(&format!("---\ntitle: T\n{role}\n---\n\nText.\n")).build(&[]);
        assert_eq!((run.code, run.output.files.len()), (1, 0), "{role}");
    }
}

#[test]
fn a_link_that_leads_nowhere_is_no_link() {
    let page = "# A\n\nSee [the *other*](gone.md), [the file](x.zip), [out](../../secret.txt) and [it](javascript:alert(1)).\n\n![A plan](plan.png)\n\n![A map](../../map.png \"Title\") <img src=\"q.png\" alt=\"Q & A\">\n";
    let problems = [
        "broken-link content/a.md:3:5",
        "missing-file content/a.md:3:29",
        "outside-site content/a.md:3:48",
        "unsafe-link content/a.md:3:76",
        "missing-image content/a.md:5:1",
        "outside-site content/a.md:7:1",
        "missing-image content/a.md:7:33",
    ];
    let warnings = problems.map(|problem| format!("warning {problem}"));
    let run = same(page, &warnings.each_ref().map(String::as_str));
    let prose = run.prose("a/");
    for words in [
        "<a>the <em>other</em></a>",
        "<a>the file</a>",
        "<a>out</a>",
        "<a>it</a>",
        "A plan",
        "A map",
        "Q &amp; A",
    ] {
        assert!(prose.contains(words), "no {words} in {prose}");
    }
    for dead in [
        "href=\"gone",
        "x.zip",
        "secret.txt",
        "map.png",
        "javascript",
        "<img",
        "plan.png",
        "href=\"\"",
    ] {
        assert!(!prose.contains(dead), "{dead} in {prose}");
    }
    // Who wants to be told by a failure says so; what html holds is passed on.
    for (config, arguments) in [("[site]\nstrict = true\n", vec![]), ("", vec!["--strict"])] {
        for site in [site(page), guarded(page)] {
            let run = site.file("tier0.toml", config).build(&arguments);
            assert_eq!((run.code, run.output.files.len()), (1, 0));
            let errors = run.places().iter().filter(|place| place.starts_with("error ")).count();
            assert_eq!(errors, 6, "{:?}", run.places());
        }
    }
}

#[test]
fn a_strict_site_is_not_stopped_by_what_is_only_worth_a_look() {
    let page = "# A\n\n<foo>\n\n## B\n\n## B {#b}\n";
    let strict = site(page).file("tier0.toml", "[site]\nstrict = true\n");
    let run = strict.build(&[]).fine();
    assert!(run.places().iter().all(|place| place.starts_with("warning ")), "{:?}", run.places());
    assert!(!run.places().is_empty());
    assert_eq!(strict.build(&["--strict"]).code, 1);
}

#[test]
fn a_link_to_a_page_of_others_is_an_error_on_every_site() {
    let site = site("# A\n\n[x](b.md)\n").file("content/b.md", "---\nroles: [ops]\n---\n\n# B\n");
    assert_eq!(site.build(&[]).places(), ["error link-outside-edition content/a.md:3:1"]);
}

#[test]
fn the_second_page_of_an_address_gets_another() {
    let second = "---\nslug: a\nid: x\n---\n\n# Second\n";
    let first = "---\nid: x\n---\n\n# First\n\n[2](b.md)\n";
    let files = |site: Site| {
        site.file("content/b.md", second).file("content/c.md", "---\nslug: A\n---\n\n# Third\n")
    };
    let run = files(site(first)).build(&[]).fine();
    assert_eq!(
        run.places(),
        [
            "warning duplicate-address content/b.md:2:7",
            "warning duplicate-id content/b.md:3:5",
            "warning duplicate-address content/c.md:2:7",
        ]
    );
    assert!(run.problems[0].message.contains("`/a-2/`"), "{:?}", run.problems);
    for (url, title) in [("a/", "First"), ("a-2/", "Second"), ("a-3/", "Third")] {
        assert!(run.page(url).contains(&format!("<h1>{title}</h1>")), "{url}");
    }
    assert!(run.prose("a/").contains("href=\"../a-2/\""), "{}", run.prose("a/"));
    assert!(run.page("a/x/").contains("../../a/") && run.page("a/x-2/").contains("../../a-2/"));
    let run = files(guarded(first)).build(&[]);
    assert_eq!((run.code, run.output.files.len()), (1, 0), "{:?}", run.places());
    // Two folders, and two pages of one folder.
    let run = Site::new()
        .file("content/A b/x.md", "# X\n")
        .file("content/a-b/y.md", "# Y\n")
        .file("content/g.md", "# One\n")
        .file("content/g/_index.md", "# Two\n")
        .build(&[])
        .fine();
    assert!(
        run.output.has("a-b/x/index.html") && run.output.has("a-b-2/y/index.html"),
        "{:?}",
        run.places()
    );
    assert!(run.page("g/").contains("<h1>Two</h1>") && run.page("g-2/").contains("<h1>One</h1>"));
    // What is tier0's own is nobody else's.
    assert_eq!(
        Site::new().file("content/search.md", "# S\n").build(&[]).codes(),
        ["reserved-address"]
    );
}

#[test]
fn the_first_one_keeps_an_alias() {
    let files = |site: Site| {
        site.file("content/b.md", "---\naliases: [old]\n---\n\n# B\n")
            .file("content/c.md", "---\naliases: [old, b]\n---\n\n# C\n")
    };
    let places = [
        "warning duplicate-address content/c.md:2:11",
        "warning duplicate-address content/c.md:2:16",
    ];
    for site in [site("# A\n"), guarded("# A\n")] {
        let run = files(site).build(&[]).fine();
        assert_eq!(run.places(), places);
        assert!(run.page("old/").contains("../b/"), "{}", run.page("old/"));
        assert!(run.page("b/").contains("<h1>B</h1>"));
    }
}

#[test]
fn what_is_missing_leaves_a_gap_that_is_seen() {
    let gap = "[…]";
    let page = "# A\n\nBefore.\n\n- x\n\n  :::include /_s/none.md\n\nAfter.\n";
    let run = slip(
        page,
        &["warning include-missing content/a.md:7:3"],
        &["error include-missing content/a.md:7:3"],
    );
    assert!(run.prose("a/").contains(&format!("{gap}</p>\n</li>")), "{}", run.prose("a/"));
    let open = "# A\n\n:::include /_s/open.md\n\nAfter.\n";
    let run = site(open).file("content/_s/open.md", ":::note\nText.\n").build(&[]).fine();
    assert!(
        run.prose("a/").contains(gap) && run.prose("a/").contains("After."),
        "{}",
        run.prose("a/")
    );
    let run = guarded(open).file("content/_s/open.md", ":::note\nText.\n").build(&[]);
    assert_eq!(run.code, 1);
    let circle = |site: Site| site.file("content/_s/c.md", "Round.\n\n:::include c.md\n");
    let round = "# A\n\n:::include /_s/c.md\n\nAfter.\n";
    let run = circle(site(round)).build(&[]).fine();
    assert!(
        run.prose("a/").contains("Round.") && run.prose("a/").contains(gap),
        "{}",
        run.prose("a/")
    );
    assert_eq!(circle(guarded(round)).build(&[]).code, 1);
    let deep = format!("# A\n\nBefore.\n\n{}x\n", "> ".repeat(200));
    let run = site(&deep).build(&[]).fine();
    assert!(run.prose("a/").contains("Before.") && run.prose("a/").contains(gap));
    assert_eq!((run.codes(), guarded(&deep).build(&[]).code), (vec!["nesting-too-deep"], 1));
}

#[test]
fn bytes_that_are_no_text_leave_gaps() {
    let bytes = |site: Site, text: &[u8]| {
        site.put("content/b.md", text);
        site.build(&[])
    };
    let run = bytes(site("# A\n"), b"# B\n\nCaf\xe9 bar.\n").fine();
    assert_eq!(run.places(), ["warning invalid-utf8 content/b.md:3:4"]);
    assert!(run.prose("b/").contains("Caf\u{fffd} bar."), "{}", run.prose("b/"));
    assert_eq!(bytes(guarded("# A\n"), b"# B\n\nCaf\xe9 bar.\n").code, 1);
    for text in [
        &b"---\ntitle: Caf\xe9\n---\n\n# B\n"[..],
        b"# B\n\n\xc4\xda\xb2\xbf\xd7\xca\xc1\xcf\n",
        b"# B\n\n:::\xc4\xda\xb2\xbf\nx\n:::\n",
        b"# B\n\n:::intern\xe9\nx\n:::\n",
        b"# B\n\n!!! \xc4\xda\xb2\xbf\n    x\n",
        b"# B\n\n> [!\xc4\xda\xb2\xbf]\n> x\n",
    ] {
        assert_eq!(bytes(site("# A\n"), text).code, 1, "{}", String::from_utf8_lossy(text));
    }
}

#[test]
fn a_snippet_that_no_page_holds_is_hidden_from_nobody() {
    const WORDS: &str = "Run the flash tool now and wait until the phone restarts by itself.\n";
    let files = |page: &str, snippet: &str| {
        let site = site(page).file("content/_s/flash.md", snippet).file("static/old.txt", WORDS);
        site.build(&[]).code
    };
    assert_eq!(files("# A\n", WORDS), 0);
    // What is for some only, or stands where only some read it.
    assert_eq!(files("# A\n", &format!("---\nroles: [ops]\n---\n\n{WORDS}")), 4);
    assert_eq!(files("# A\n", &format!("---\nstatus: draft\n---\n\n{WORDS}")), 4);
    assert_eq!(files("# A\n", &format!(":::internal\n{WORDS}:::\n")), 4);
    assert_eq!(files("# A\n\n:::internal\n:::include /_s/flash.md\n:::\n", WORDS), 4);
}
