//! `--hold-back`: pages with errors are left out, and the others published.

use crate::support::Site;

/// A site with something to guard, whose page `b` has an error; `a` and `c` lead to it.
fn spoilt(body: &str) -> Site {
    Site::new()
        .file("content/guard.md", "# Guard\n\nText.\n\n:::internal\nHidden words.\n:::\n")
        .file("content/a.md", "# A\n\nSee [the other](b.md).\n")
        .file("content/b.md", body)
        .file("content/c.md", "# C\n\n[B](b.md) and [A](a.md)\n")
}

#[test]
fn clean_pages_are_published_and_the_others_held_back() {
    let site = spoilt("---\ntitle: Spoilt\ntags: [only-here]\n---\n\nText.\n\n:::\n");
    assert_eq!(site.build(&[]).code, 1);
    let run = site.build(&["--hold-back"]);
    assert_eq!(
        (run.code, run.places()),
        (5, vec!["error stray-container-end content/b.md:8:1".to_owned()])
    );
    assert!(run.stdout.contains("\"held\":[\"content/b.md\"]"), "{}", run.stdout);
    assert!(run.output.holding("Spoilt").is_empty() && run.output.holding("only-here").is_empty());
    assert!(!run.output.has("b/index.html"));
    assert!(run.prose("a/").contains("<a>the other</a>"), "{}", run.prose("a/"));
    assert!(
        run.prose("c/").contains("<a>B</a> and <a href=\"../a/\">A</a>"),
        "{}",
        run.prose("c/")
    );
    let said = site.run(&["build", "--hold-back"]).stderr;
    assert!(said.contains("1 file held back: content/b.md"), "{said}");
    // Nothing to hold back is nothing special, and a check says the same.
    assert_eq!(site.build(&["--strict", "--hold-back"]).code, 5);
    assert_eq!(site.run(&["check", "--hold-back"]).code, 5);
    site.put("content/b.md", b"# B\n");
    assert_eq!(site.build(&["--hold-back"]).code, 0);
}

#[test]
fn pages_are_held_back_in_all_editions_and_with_their_snippets() {
    let desk = "[editions.desk]\nroles = [\"customer\", \"support\"]\n";
    let site = spoilt("# Spoilt\n\n:::only roles=\"support\"\n[x](gone.md)\n:::\n")
        .file("tier0.toml", desk);
    let run = site.run(&["build", "--all-editions", "--strict", "--hold-back"]);
    assert_eq!(run.code, 5, "{}", run.stderr);
    for edition in ["public", "desk"] {
        let output = site.output(edition);
        assert!(output.has("a/index.html") && output.holding("Spoilt").is_empty(), "{edition}");
    }
    let site =
        spoilt("# Spoilt\n\n:::include /_s/x.md\n").file("content/_s/x.md", "Text.\n\n:::\n");
    let run = site.build(&["--hold-back"]);
    assert_eq!((run.code, run.codes()), (5, vec!["stray-container-end"]));
    assert!(!run.output.has("b/index.html") && run.output.has("a/index.html"));
}

#[test]
fn nothing_is_held_back_where_more_than_a_page_is_wrong() {
    // What was cut is somewhere else, too.
    let site =
        spoilt("# B\n\n:::internal\nThe price of the second line is nine hundred.\n:::\n\n:::\n")
            .file("static/list.txt", "The price of the second line is nine hundred.\n");
    assert_eq!(site.build(&["--hold-back"]).code, 4);
    // A page that is held back is no more public than what is cut.
    let site = spoilt("# B\n\nThe price of the second line is nine hundred.\n\n:::\n")
        .file("static/list.txt", "The price of the second line is nine hundred.\n");
    assert_eq!(site.build(&["--hold-back"]).code, 1);
    // A head that may say who reads others.
    for (path, head) in [
        ("content/x/_index.md", "---\ncascade:\n  rolse: [ops]\n---\n"),
        ("content/x.md", "---\nrolse: [ops]\n---\n"),
        ("content/x/_index.md", "---\ntitle: x: y\n---\n"),
    ] {
        let site = spoilt("# B\n").file(path, head).file("content/x/y.md", "# Y\n\nQuamble.\n");
        let run = site.build(&["--hold-back"]);
        assert_eq!((run.code, run.output.files.len()), (1, 0), "{head}");
    }
    let site = spoilt("# B\n")
        .file("content/x.md", "---\nrolse: [ops]\n---\n")
        .file("content/x.zh.md", "# Y\n");
    let site = site.file("tier0.toml", "[languages.zh]\n");
    assert_eq!(site.build(&["--hold-back"]).code, 1);
    // By itself, it is only itself; so is what cannot be read at all.
    for head in ["---\nrolse: [ops]\n---\n", "---\nroles: [ops]\ntitle: x: y\n---\n"] {
        let run = spoilt("# B\n")
            .file("content/x.md", &format!("{head}\n# X\n\nQuamble.\n"))
            .build(&["--hold-back"]);
        assert_eq!((run.code, run.output.has("b/index.html")), (5, true), "{head}");
        assert!(run.output.holding("uamble").is_empty());
    }
    // The configuration, and a site of which nothing is left.
    let site = spoilt("# B\n\n:::\n").file("tier0.toml", "[site]\nhtml = \"x\"\n");
    assert_eq!(site.build(&["--hold-back"]).code, 2);
    let run = site_of_errors().build(&["--hold-back"]);
    assert_eq!((run.code, run.output.files.len()), (1, 0));
}

/// A site whose only page has an error.
fn site_of_errors() -> Site {
    Site::new().file("content/a.md", "# A\n\n:::internal\nx\n:::\n\n:::\n")
}

#[test]
fn pages_that_others_may_translate_stop_it() {
    for (original, other, head) in [
        ("a.md", "zh/a.md", "rols: [support]"),
        ("en/a.md", "zh/a.md", "roles: [support"),
        ("guide.md", "guide_zh.md", "roles: [support]\nroles: [ops]"),
        ("Guide.md", "guide.zh.md", "visibility: internal"),
    ] {
        let site = Site::new()
            .file("tier0.toml", "[languages.zh]\n")
            .file("content/index.md", "# Home\n\nHi.\n")
            .file("content/other.md", "---\nroles: [support]\n---\n\nx\n")
            .file(&format!("content/{original}"), &format!("---\n{head}\n---\n\nquamble\n"))
            .file(&format!("content/{other}"), "# Quamble\n");
        let run = site.build(&["--hold-back"]);
        assert_eq!(run.code, 1, "{original}: {:?}", run.problems);
    }
}
