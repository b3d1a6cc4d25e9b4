//! Symbolic links: no way around the roles.

use std::os::unix::fs::symlink;

use crate::support::Site;

fn site() -> Site {
    let head = "---\ntitle: Team\nroles: ops\ncascade: { roles: [ops] }\n---\n";
    let site = Site::new()
        .file("tier0.toml", "[editions.internal]\nroles = \"all\"\n")
        .file("content/_index.md", "# Home\n\nHi.\n")
        .file("content/team/_index.md", head)
        .file("content/team/deep/a.md", "# A\n\nquamble\n")
        .file("content/team/b.md", "# B\n\nquamble\n");
    for folder in ["static", "themes/default/assets"] {
        std::fs::create_dir_all(site.path(folder)).expect("a folder");
    }
    site
}

#[test]
fn no_link_copies_the_source_of_an_article() {
    for (link, to, said) in [
        ("static/b.md", "../content/team/b.md", "static/b.md"),
        ("static/b.txt", "../content/team/b.md", "static/b.txt"),
        ("static/team", "../content/team/deep", "static/team/a.md"),
        ("themes/default/assets/b.css", "../../../content/team/b.md", ""),
        ("themes/default/assets/team", "../../../content/team/deep", ""),
        ("content/b.txt", "team/b.md", "content/b.txt"),
    ] {
        let site = site();
        symlink(to, site.path(link)).expect("a link");
        for edition in ["public", "internal"] {
            let run = site.build(&["--edition", edition]);
            assert_eq!((run.code, run.codes()), (1, vec!["unclear-roles"]), "{link}");
            assert!(said.is_empty() || run.problems[0].path == said, "{:?}", run.problems);
        }
    }
    // A link to a file that is no article, and one from static file to static file, are fine.
    let site = site().file("static/read.md", "x").file("content/open/list.csv", "x");
    symlink("read.md", site.path("static/me.md")).expect("a link");
    symlink("../content/open/list.csv", site.path("static/list.csv")).expect("a link");
    let output = site.build(&[]).fine().output;
    assert!(output.has("me.md") && output.has("list.csv"));
}

#[test]
fn no_link_leads_to_what_is_not_content() {
    let files = |site: Site| {
        site.file(
            "tier0.toml",
            "[site]\nexclude = [\"old\"]\n[editions.internal]\nroles = \"all\"\n",
        )
        .file("content/old/plan.txt", "quamble")
        .file("content/open/p.md", "# P\n\n[x](x.txt) [y](far/plan.txt)\n")
        .file("made/internal/deep/x.txt", "quamble")
        .file("made/internal/.tier0", "tier0 output 1\nedition internal\n")
        .file("static/robots.txt", "")
    };
    for (link, to) in [
        ("content/open/x.txt", "../../tier0.toml"),
        ("content/open/x.txt", "../old/plan.txt"),
        ("content/open/far", "../old"),
        ("content/open/x.txt", "../../dist/index.html"),
        ("content/open/x.txt", "../../made/internal/deep/x.txt"),
        ("content/open/far", "../../made"),
        ("content/open/far", "../.."),
        ("static/x.txt", "../tier0.toml"),
        ("static/x.txt", "../content/old/plan.txt"),
        ("static/far", "../made/internal"),
        ("static/far", "../made"),
    ] {
        let site = files(site());
        site.put("dist/index.html", b"quamble");
        symlink(to, site.path(link)).expect("a link");
        let run = site.build(&["--edition", "public"]);
        let codes = run.codes();
        assert!(run.code != 0 && codes.contains(&"unclear-roles"), "{link} to {to}: {codes:?}");
        assert!(run.problems.iter().any(|one| one.path.starts_with(link)), "{link} to {to}");
    }
}
