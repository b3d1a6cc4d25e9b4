//! The static folder: a folder of its own, and what of it is left out.

use std::os::unix::fs::symlink;

use crate::support::Site;

/// A site beside whose configuration lies what nobody must read.
fn site() -> Site {
    Site::new()
        .file("content/a.md", "# A\n")
        .file("content/b.md", "---\nroles: ops\n---\n# B\n")
        .file("content/deep/c.md", "# C\n")
        .file("themes/mine/i18n/en.toml", "")
        .file("secret.txt", "quamble")
        .file(".env", "quamble")
}

#[test]
fn a_folder_that_holds_or_lies_in_something_else_is_refused() {
    let names = [
        "/",
        ".",
        "./",
        "",
        "..",
        "../",
        "../..",
        "content",
        "./content/",
        "content/..",
        "content/../",
        "content/deep",
        "content/new",
        "content/../content",
        "themes",
        "themes/mine",
        "dist",
        "dist/public",
        "dist/static",
        "to-content",
        "to-root",
        "to-themes",
        "to-content/deep",
        "static/..",
        "static/../.",
        "nowhere/..",
        "nowhere/../content",
        "tier0.toml/..",
        "/tmp",
        "/etc",
        "with-content",
        "to-out",
    ];
    for name in names {
        let site = site()
            .file("static/robots.txt", "")
            .file("with-content/x.txt", "quamble")
            .file("tier0.toml", &format!("[site]\nstatic = \"{name}\"\n"));
        if name == "with-content" {
            let text =
                format!("[site]\nstatic = \"{name}\"\n[languages.zh]\ncontent = \"{name}/zh\"\n");
            site.put("tier0.toml", text.as_bytes());
            site.put("with-content/zh/a.md", "# 甲\n".as_bytes());
        }
        for (link, to) in
            [("to-content", "content"), ("to-root", "."), ("to-themes", "themes"), ("to-out", "..")]
        {
            symlink(to, site.path(link)).expect("a link");
        }
        for round in ["first", "second"] {
            let run = site.build(&[]);
            assert_eq!((run.code, run.codes()), (2, vec!["invalid-value"]), "{name}, {round}");
            assert_eq!(run.problems[0].place(), "error invalid-value tier0.toml:2:10", "{name}");
            assert!(run.output.files.is_empty(), "{name}");
        }
    }
}

#[test]
fn a_folder_of_its_own_may_have_any_name() {
    for name in ["static", "./public/files/", "文件", "static/../extra", "none"] {
        let site = site().file("tier0.toml", &format!("[site]\nstatic = \"{name}\"\n"));
        if name != "none" {
            site.put(&format!("{name}/robots.txt"), b"x");
        }
        let run = site.build(&["--strict"]).fine();
        assert_eq!(run.output.has("robots.txt"), name != "none", "{name}");
        assert_eq!(run.output.holding("quamble"), [""; 0]);
    }
    // A link to another folder of the project is one, too; and content may be the project itself.
    let linked = site().file("shared/robots.txt", "x");
    symlink("shared", linked.path("static")).expect("a link");
    assert!(linked.build(&["--strict"]).clean().output.has("robots.txt"));
    let whole = Site::new()
        .file("tier0.toml", "[site]\ncontent = \".\"\n")
        .file("a.md", "# A\n")
        .file("static/robots.txt", "x");
    assert!(whole.build(&["--strict"]).clean().output.has("robots.txt"));
}

#[test]
fn hidden_files_stay_at_home_and_are_told_of_once() {
    let site = site()
        .file("static/robots.txt", "x")
        .file("static/.nojekyll", "")
        .file("static/.well-known/security.txt", "x")
        .file("static/.well-known/.secret", "quamble")
        .file("static/.env", "quamble")
        .file("static/deep/.htpasswd", "quamble")
        .file("static/deep/.well-known/x", "quamble")
        .file("static/.private/key.txt", "quamble")
        // What editors and systems leave behind is nobody's news.
        .file("static/.DS_Store", "quamble")
        .file("static/.git/config", "quamble")
        .file("static/.robots.txt.swp", "quamble")
        .file("static/._robots.txt", "quamble")
        .file("content/.notes/x.png", "quamble");
    symlink("../.env", site.path("static/env.txt")).expect("a link");
    symlink(".private", site.path("static/open")).expect("a link");
    symlink("../.env", site.path("content/env.txt")).expect("a link");
    let run = site.build(&[]).fine();
    assert_eq!(run.places(), ["warning hidden-files static:1:1"]);
    let message = &run.problems[0].message;
    for name in [".env", "deep/.htpasswd", ".private", ".well-known/.secret"] {
        assert!(message.contains(&format!("`{name}`")), "{name}: {message}");
    }
    assert!(!message.contains("DS_Store") && !message.contains(".git"), "{message}");
    for path in ["robots.txt", ".nojekyll", ".well-known/security.txt"] {
        assert!(run.output.has(path), "{path}");
    }
    assert_eq!(run.output.holding("quamble"), [""; 0]);
    site.put("content/a.md", b"# A\n\n[x](env.txt) [y](.notes/x.png)\n");
    assert_eq!(
        site.build(&[]).places()[..2],
        ["warning missing-file content/a.md:3:1", "warning missing-file content/a.md:3:14"]
    );
}
