//! Addresses: what each page, section, tag and file gets, and what happens when two want the same.

use std::os::unix::fs::symlink;

use crate::support::{Run, Site};

/// Fails unless a build and a check report just these places, as problems of the content.
fn assert_reported(site: &Site, places: &[&str]) -> Run {
    let check = site.run(&["check", "--format", "json"]);
    let run = site.build(&[]);
    assert_eq!(run.places(), places, "{:#?}", run.problems);
    assert_eq!((run.code, check.places(), check.code), (1, run.places(), 1));
    run
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
