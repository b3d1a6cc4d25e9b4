//! What was public and is internal now is gone with the next build: files, names, index. And back.

use super::Haystack;
use crate::support::Site;
use crate::support::tree::Tree;

const SECRET: &str = "quamble";
const OPEN: &str = "---\ntitle: Home\n---\n\nWelcome.\n";

fn site(extra: &[(&str, &str)]) -> Site {
    let site = Site::new()
        .file("tier0.toml", "[languages.zh]\n[editions.internal]\nroles = \"all\"\n")
        .file("content/_index.md", OPEN)
        .file("content/_index.zh.md", OPEN)
        .file("content/other.md", "# Other\n\nStays.\n");
    for (path, text) in extra {
        site.put(path, text.as_bytes());
    }
    site
}

fn shown(tree: &Tree) -> usize {
    Haystack::new(tree).find(SECRET).len()
}

/// Builds with the public text of a file, with the internal one, and with the public one again.
fn there_and_back(site: &Site, path: &str, public: &str, internal: &str) {
    // Both editions lie beside each other and each has its own past.
    let build = || {
        site.build(&["--all-editions"]).fine();
        (site.output("public"), site.output("internal"))
    };
    site.put(path, public.as_bytes());
    let (before, _) = build();
    assert!(shown(&before) > 0, "{path} is public at first");
    site.put(path, internal.as_bytes());
    let (hidden, desk) = build();
    assert_eq!(Haystack::new(&hidden).find(SECRET), [""; 0], "{path} is internal");
    assert!(shown(&desk) > 0, "{path} is in the internal edition");
    let clean = Site::copy_of(&site.root());
    std::fs::remove_dir_all(clean.path("dist")).expect("an output");
    hidden.assert_same(&clean.build(&[]).fine().output, "a rebuild and a clean build");
    let found = site.run(&["search", SECRET, "--format", "json"]).fine();
    assert!(!found.stdout.contains(SECRET), "{}", found.stdout);
    site.put(path, public.as_bytes());
    let (after, _) = build();
    before.assert_same(&after, "public again");
}

#[test]
fn a_page() {
    for (path, lang) in [("content/x/quamble.md", ""), ("content/x/quamble.zh.md", "zh/")] {
        let text = |roles: &str| {
            format!("---\ntitle: Quamble\ntags: [quambletag]\nroles: {roles}\n---\n\n## Quamble\n")
        };
        let site = site(&[]);
        there_and_back(&site, path, &text("customer"), &text("ops"));
        assert!(site.output("public").has(&format!("{lang}tags/quambletag/index.html")));
        let draft = text("customer").replace("roles:", "status: draft\nroles:");
        site.put(path, draft.as_bytes());
        assert_eq!(shown(&site.build(&[]).fine().output), 0, "a draft");
        site.remove(path);
        assert_eq!(shown(&site.build(&[]).fine().output), 0, "deleted");
    }
}

#[test]
fn a_folder() {
    let site = site(&[("content/quamble/a.md", "# A\n"), ("content/quamble/b/c.zh.md", "# 丙\n")]);
    let text = |roles: &str| format!("---\ntitle: Folder\ncascade: {{ roles: [{roles}] }}\n---\n");
    there_and_back(&site, "content/quamble/_index.md", &text("customer"), &text("ops"));
}

#[test]
fn a_block() {
    for (open, close) in [(":::internal\n", ":::\n"), (":::only roles=\"ops\"\n", ":::\n")] {
        let text = |open: &str, close: &str| {
            format!("# Page\n\nBefore.\n\n{open}## Quamble\n\nquamble\n\n{close}\nAfter.\n")
        };
        there_and_back(&site(&[]), "content/page.md", &text("", ""), &text(open, close));
        there_and_back(&site(&[]), "content/page.zh.md", &text("", ""), &text(open, close));
    }
}

#[test]
fn an_image_and_an_attachment() {
    let site = site(&[
        ("content/pictures/quamble.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("content/files/quamble.txt", "quamble"),
    ]);
    let text = |open: &str, close: &str| {
        format!("# Page\n\n{open}![p](pictures/quamble.svg) [f](files/quamble.txt)\n{close}")
    };
    let internal = text(":::internal\n", ":::\n");
    there_and_back(&site, "content/page.md", &text("", ""), &internal);
    let public = site.output("public");
    assert!(public.has("pictures/quamble.svg") && public.has("files/quamble.txt"));
}

#[test]
fn a_refused_build_leaves_what_is_live_as_it_was() {
    let site = site(&[("content/page.md", "# Page\n\nquamble\n")]);
    let before = site.build(&[]).fine().output;
    site.put("content/page.md", b"# Page\n\n:::internal\nquamble\n");
    let run = site.build(&[]);
    assert_eq!(run.code, 1);
    before.assert_same(&run.output, "a refused build");
}
