//! Snippets: shown to those who see the page and whom the snippet is for, and to nobody else.

use std::os::unix::fs::symlink;

use super::evasion::{BLOCKS, NOT_CUT, PLACES, SECRET, UNCLEAR, page, url_file};
use super::{Haystack, Way};
use crate::support::Site;

const CONFIG: &str = "[languages.zh]\n[editions.internal]\nroles = \"all\"\n";

/// Snippets that customers must not read, on pages that they do read.
const HIDDEN: [(&str, &str); 11] = [
    ("_s/roles.md", "---\nroles: ops\n---\nS\n"),
    ("_s/list.md", "---\nroles: [ops, engineer]\n---\n## S\n\nS\n"),
    ("_s/toml.md", "+++\nrole = \"ops\"\n+++\nS\n"),
    ("_s/draft.md", "---\nstatus: draft\n---\nS\n"),
    ("_s/hugo.md", "---\ndraft: true\n---\nS\n"),
    // A folder hands roles down, be it one of snippets or not.
    ("_ops/_index.md", "---\ncascade: { roles: [ops] }\n---\nS\n"),
    ("_ops/deep/a.md", "S\n"),
    ("team/_s/snippet.md", "S\n"),
    // The other language says who reads it.
    ("_s/t.md", "---\nroles: ops\n---\nS\n"),
    ("_s/t.zh.md", "S\n"),
    ("_s/of.md", "---\ntranslation_of: team/_s/snippet.md\n---\nS\n"),
];

/// Snippets that customers read, though the page of their folder is not for them.
const OPEN: [(&str, &str); 3] = [
    ("_s/open.md", "seen\n"),
    ("team/_s/own.md", "---\nroles: [customer, ops]\n---\nseen\n"),
    (
        "_s/blocks.md",
        "seen\n\n:::internal\nS\n:::\n\n- :::include ../_ops/deep/a.md\n  :::\n- seen\n",
    ),
];

/// Pages that hold them in a way that hides them too: by file, text and whether they are shown.
const PAGES: [(&str, &str); 4] = [
    ("team/_index.md", "---\ntitle: Team\nroles: ops\ncascade: { roles: [ops] }\n---\nS\n"),
    ("block.md", "# B\n\n:::internal\n:::include _s/inside.md\n:::\n:::\n"),
    ("only.md", "# O\n\n::::only roles=\"ops\"\n:::include _s/inside.md\n::::\n"),
    ("ops.md", "---\ntitle: O\nroles: ops\n---\n:::include _s/inside.md\n"),
];

fn site() -> Site {
    let site = Site::new().file("tier0.toml", CONFIG);
    let put = |path: &str, text: &str| {
        site.put(&format!("content/{path}"), text.replace('S', SECRET).as_bytes());
    };
    for (number, (path, text)) in HIDDEN.iter().chain(&OPEN).enumerate() {
        put(path, text);
        let language = if path.contains(".zh") { ".zh" } else { "" };
        let include = format!("Before.\n\n> - a\n> - :::include /{path}\n>   :::\n\nBehind.\n");
        put(&format!("p{number}{language}.md"), &format!("# P\n\n{include}\n{include}"));
    }
    for (path, text) in PAGES {
        put(path, text);
    }
    put("_s/inside.md", "S\n");
    put("_s/nowhere.md", "---\ntitle: S\n---\nS\n");
    std::fs::create_dir_all(site.path("content/_link")).expect("a folder");
    symlink("../team/_s/snippet.md", site.path("content/_link/a.md")).expect("a link");
    put("linked.md", "# L\n\n:::include _link/a.md\n");
    site
}

/// What is wrong with snippets as a whole.
pub fn check(way: Way) -> Vec<String> {
    let mut faults = Vec::new();
    let site = site();
    let public = way.build(&site, "public");
    if !public.is_good {
        faults.push(format!("public: {:?}", public.problems));
    }
    let haystack = Haystack::new(&public.tree);
    faults.extend(haystack.find(SECRET).iter().map(|path| format!("customers see {path}")));
    if public.said.contains(SECRET) {
        faults.push("the secret is said".to_owned());
    }
    let internal = way.build(&site, "internal");
    if !internal.is_good {
        faults.push(format!("internal: {:?}", internal.problems));
    }
    let holds = |built: &super::Built, url: &str, word: &str| {
        let file = format!("{url}index.html");
        built.tree.has(&file) && built.tree.text(&file).contains(word)
    };
    for (number, (path, text)) in HIDDEN.iter().chain(&OPEN).enumerate() {
        let url =
            if path.contains(".zh") { format!("zh/p{number}/") } else { format!("p{number}/") };
        let is_draft = text.contains("draft");
        for (word, shown) in [("seen", text.contains("seen")), ("Behind.", true)] {
            if shown && !holds(&public, &url, word) {
                faults.push(format!("customers do not see {word} of {path}"));
            }
        }
        if text.contains('S') && !is_draft && !holds(&internal, &url, SECRET) {
            faults.push(format!("nobody sees {path}"));
        }
        if is_draft && holds(&internal, &url, SECRET) {
            faults.push(format!("a draft is shown: {path}"));
        }
    }
    for url in ["block/", "only/", "ops/", "linked/"] {
        if !holds(&internal, url, SECRET) {
            faults.push(format!("nobody sees the snippet of {url}"));
        }
    }
    for tree in [&public.tree, &internal.tree] {
        let own = tree.files.keys().filter(|path| path.contains("_nowhere") || path.contains("_s"));
        faults.extend(own.map(|path| format!("a snippet is a page: {path}")));
    }
    faults.extend(check_gate(way));
    faults.extend(check_said(way));
    faults.extend(check_unclear(way));
    faults.extend(check_roles_on_the_line(way));
    faults
}

/// Copies of snippets that the edition does not show. What no page of any edition shows is hidden from
/// nobody.
fn check_gate(way: Way) -> Vec<String> {
    const TEXT: &str = "The spare key lies under the third stone behind the old archive.";
    let mut faults = Vec::new();
    for (snippet, page) in [
        (format!("---\nroles: ops\n---\n{TEXT}\n"), ":::include _s/a.md\n"),
        (format!("{TEXT}\n"), ":::internal\n:::include _s/a.md\n:::\n:::\n"),
        (format!("x\n\n:::internal\n{TEXT}\n:::\n"), ":::include _s/a.md\n"),
    ] {
        let site = Site::new()
            .file("tier0.toml", CONFIG)
            .file("content/a.md", &format!("# A\n\n{page}"))
            .file("content/_s/a.md", &snippet);
        if !way.build(&site, "public").is_good {
            faults.push(format!("a false alarm: {snippet}"));
        }
        site.put("static/notes.txt", TEXT.as_bytes());
        let built = way.build(&site, "public");
        if built.problems != ["error leak content/_s/a.md"] {
            faults.push(format!("the gate does not see {snippet}: {:?}", built.problems));
        }
        if !way.build(&site, "internal").is_good {
            faults.push(format!("a false alarm where it is shown: {snippet}"));
        }
    }
    faults
}

/// What is said of snippets: nothing of those that an edition does not show.
fn check_said(way: Way) -> Vec<String> {
    let mut faults = Vec::new();
    let site = Site::new()
        .file("tier0.toml", CONFIG)
        .file("content/a.md", "# A\n\n:::include _s/quample.md\n:::\n\n:::include _s/loop.md\n")
        .file("content/_s/quamble.md", "Nobody includes this.\n")
        .file("content/ops.md", "---\nroles: ops\ntitle: O\n---\nx\n")
        .file(
            "content/_s/loop.md",
            "---\nroles: ops\nslgu: quamble\n---\n:::include loop.md\n\n[x](quamble.md)\n",
        );
    let public = way.build(&site, "public");
    if public.problems != ["error include-missing content/a.md"] || public.said.contains(SECRET) {
        faults.push(format!("the public edition says {}", public.said));
    }
    let internal = way.build(&site, "internal");
    for problem in [
        "error include-cycle content/_s/loop.md",
        "warning broken-link content/_s/loop.md",
        "warning unknown-key content/_s/loop.md",
    ] {
        if !internal.problems.iter().any(|known| known == problem) {
            faults.push(format!("the internal edition does not say {problem}"));
        }
    }
    if !internal.said.contains("_s/quamble") {
        faults.push("no suggestion where nothing is left out".to_owned());
    }
    faults
}

/// Snippets that are wrong in themselves, or only where they stand: errors in every edition that
/// shows them, and nothing of them is made.
fn check_unclear(way: Way) -> Vec<String> {
    let mut faults = Vec::new();
    let site = Site::new().file("tier0.toml", CONFIG);
    let put = |name: &str, snippet: &str, include: &str| {
        let snippet = snippet.replace('S', SECRET);
        site.put(&format!("content/_s/{name}.md"), snippet.as_bytes());
        let include = include.replace('_', &format!("_s/{name}.md"));
        site.put(&format!("content/{name}.md"), format!("# A\n\nBefore.\n\n{include}").as_bytes());
    };
    let mut wrong = Vec::new();
    for (number, (code, text)) in UNCLEAR.iter().enumerate() {
        let name = format!("u{number}");
        put(&name, text, ":::include _\n:::\n");
        wrong.push((
            name,
            (*code).to_owned(),
            !NOT_CUT.contains(code) && !text.contains("customer, opps"),
        ));
    }
    for (number, (code, text, include)) in [
        ("snippet-unclosed", "x\n\n```\ny\n", ":::include _\n\nBehind.\n"),
        ("snippet-unclosed", "x\n\n~~~~\ny\n~~~\n", "- :::include _\n  :::\n"),
        ("snippet-unclosed", "<!-- y\n", ":::include _\n\nBehind.\n"),
        ("snippet-unclosed", "<pre>\n\ny\n", "> :::include _\n> :::\n"),
        ("unclosed-container", ":::note\ny\n", ":::include _\n:::\n"),
        ("stray-container-end", ":::::::\n", "::::note\n:::include _\n::::\n"),
        ("unclear-roles", "[!INTERNAL]\nS\n", "> :::include _\n> :::\n"),
        ("unclear-roles", "[!运维]\nS\n", "- > :::include _\n"),
        ("unclear-roles", "---\nroles: []\n---\nS\n", ":::include _\n"),
        ("unknown-role", "---\nroles: opps\n---\nS\n", ":::include _\n"),
        ("role-key-typo", "---\nrolse: ops\n---\nS\n", "Not included.\n"),
        ("unclear-roles", "# T\n\nRole: ops\n\nS\n", "Not included.\n"),
        ("unclear-roles", "---\ncascade: { roles: [ops] }\n---\nS\n", "Not included.\n"),
        ("unclear-roles", "---\ntranslation_of: nowhere.md\n---\nS\n", "Not included.\n"),
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("w{number}");
        put(&name, text, include);
        wrong.push((name, code.to_owned(), text.contains("[!")));
    }
    for edition in ["public", "internal"] {
        let built = way.build(&site, edition);
        for (name, code, is_cut) in &wrong {
            // What comes about where a snippet stands is said there.
            let file = if *is_cut && name.starts_with('w') { name } else { &format!("_s/{name}") };
            let problem = format!("error {code} content/{file}.md");
            if !built.problems.contains(&problem) {
                faults.push(format!("{edition}: no {problem}"));
            }
            let file = url_file(&format!("content/{name}.md"));
            let page = built.tree.files.get(&file).map(|_| built.tree.text(&file));
            if edition == "public" && *is_cut && page.is_some_and(|page| page.contains(SECRET)) {
                faults.push(format!("the preview would show {name} ({code})"));
            }
        }
    }
    faults
}

/// Roles do not stand on the line: they would keep nothing back.
fn check_roles_on_the_line(way: Way) -> Vec<String> {
    let mut faults = Vec::new();
    for line in [
        ":::include _s/a.md roles=\"ops\"",
        ":::include{roles=ops}",
        ":::include roles=ops _s/a.md",
    ] {
        let site = Site::new()
            .file("tier0.toml", CONFIG)
            .file("content/a.md", &format!("# A\n\n{line}\n:::\n"))
            .file("content/_s/a.md", SECRET);
        let built = way.build(&site, "public");
        if built.problems != ["error unclear-roles content/a.md"]
            || !Haystack::new(&built.tree).find(SECRET).is_empty()
        {
            faults.push(format!("{line}: {:?}", built.problems));
        }
    }
    faults
}

/// Every block that is hidden on a page is hidden in a snippet, wherever the snippet stands; and so
/// is a snippet that is hidden as a whole.
pub fn check_places(way: Way) -> Vec<String> {
    let mut faults = Vec::new();
    let site = Site::new().file("tier0.toml", CONFIG);
    for (block, text) in BLOCKS.iter().enumerate() {
        let text = text.replace('S', SECRET);
        site.put(
            &format!("content/_s/{block}.md"),
            format!("seen\n\n{text}\n\nseen too").as_bytes(),
        );
        site.put(&format!("content/_s/{block}w.md"), text.replace('\n', "\r\n").as_bytes());
    }
    site.put("content/_s/ops.md", format!("---\nroles: ops\n---\n- {SECRET}\n").as_bytes());
    let names = (0..BLOCKS.len()).flat_map(|block| [format!("{block}"), format!("{block}w")]);
    let names: Vec<_> = names.chain(["ops".to_owned()]).collect();
    let mut pages = Vec::new();
    for (number, place) in PLACES.iter().enumerate() {
        // A footnote in a footnote ends the outer one.
        let fits = |name: &&String| place.0 != "a footnote" || !name.starts_with("21");
        for name in names.iter().filter(fits) {
            let text = page(*place, &format!(":::include /_s/{name}.md\n:::"));
            let path = format!("content/{number}/{name}.md");
            site.put(&path, text.as_bytes());
            pages.push((path, name, text));
        }
    }
    let public = way.build(&site, "public");
    faults.extend((!public.is_good).then(|| format!("{:?}", public.problems)));
    let internal = way.build(&site, "internal");
    faults.extend((!internal.is_good).then(|| format!("internal: {:?}", internal.problems)));
    for path in Haystack::new(&public.tree).find(SECRET) {
        faults.push(format!("shown to customers: {path}"));
    }
    for (path, name, text) in &pages {
        let file = url_file(path);
        let holds = |built: &super::Built, word: &str| {
            built.tree.has(&file) && built.tree.text(&file).contains(word)
        };
        let is_seen = name.ends_with('w') || *name == "ops" || holds(&public, "seen too");
        if !is_seen || !holds(&public, "Behind.") || !holds(&internal, SECRET) {
            faults.push(format!("not as it should be: {path} {text:?}"));
        }
    }
    faults
}

#[test]
fn snippets_are_shown_to_whom_they_are_for() {
    assert_eq!(check(Way::Command), [""; 0]);
}

#[test]
fn blocks_in_snippets_are_hidden_wherever_the_snippet_stands() {
    assert_eq!(check_places(Way::Command), [""; 0]);
}
