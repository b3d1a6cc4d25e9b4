//! Who may read a page: every way to say it, and every way to say it wrong.

use super::{Haystack, Way};
use crate::support::Site;

pub const CONFIG: &str = "\
[languages.zh]

[languages.fr]
content = \"french\"

[roles.ops]
label = { en = \"Zolabelops\", zh = \"Zolabelzh\" }

[editions.internal]
roles = \"all\"

[editions.desk]
roles = [\"customer\", \"hotline\"]
";
const SECRET: &str = "quamble";

/// Pages that customers must not read, by what keeps them out.
const RESTRICTED: [(&str, &str); 49] = [
    ("one.md", "---\nroles: ops\n---\nS\n"),
    ("list.md", "---\nroles: [ops, engineer]\n---\nS\n"),
    ("lines.md", "---\nroles:\n  - ops\n---\nS\n"),
    ("commas.md", "---\nrole: ops, engineer\n---\nS\n"),
    ("toml.md", "+++\nroles = \"ops\"\n+++\nS\n"),
    ("windows.md", "\u{feff}---\r\nroles: [ops]\r\n---\r\nS\r\n"),
    ("draft.md", "---\nstatus: draft\n---\nS\n"),
    ("hugo.md", "---\ndraft: true\n---\nS\n"),
    ("jekyll.md", "---\npublished: false\nstatus: validated\n---\nS\n"),
    ("capital.md", "---\nstattus: Draft\n---\nS\n"),
    // A folder hands roles down, into every language and every depth.
    ("folder/_index.md", "---\ncascade: { roles: [ops] }\n---\nS\n"),
    ("folder/a.md", "S\n"),
    ("folder/a.zh.md", "S\n"),
    ("folder/_index.zh.md", "S\n"),
    ("folder/deep/er/b.md", "S\n"),
    ("folder/deep/_index.md", "S\n"),
    ("chinese/_index.zh.md", "---\ncascade: { roles: [ops] }\n---\nS\n"),
    ("chinese/a.md", "S\n"),
    ("drafts/_index.md", "---\nstatus: draft\ncascade: { role: ops }\n---\nS\n"),
    ("drafts/a.md", "S\n"),
    ("open/_index.md", "---\nroles: ops\n---\nS\n"),
    // A translation says nothing of its own.
    ("t1.md", "---\nroles: ops\n---\nS\n"),
    ("t1.zh.md", "S\n"),
    ("t2.md", "S\n"),
    ("t2.zh.md", "---\nroles: [engineer]\n---\nS\n"),
    ("../french/t1.md", "S\n"),
    ("waits.md", "---\nstatus: draft\n---\nS\n"),
    ("waits.zh.md", "S\n"),
    // Under another name too; and no translation is more open than where it lies.
    ("t3.zh.md", "---\ntranslation_of: t1.md\n---\nS\n"),
    ("t4.zh.md", "---\ntranslation_of: /folder/a.md\n---\nS\n"),
    ("folder/t5.zh.md", "---\ntranslation_of: public.md\n---\nS\n"),
    ("../french/folder/deep/c.md", "S\n"),
    // A page beside a folder shares its key, and is no translation of the folder's page.
    ("folder/tools/_index.md", "S\n"),
    ("folder/tools/a.md", "S\n"),
    // Unless nothing else says who reads it.
    ("beside/_index.md", "---\nroles: ops\n---\nS\n"),
    ("beside.zh.md", "S\n"),
    ("drafts.zh.md", "S\n"),
    // A translation of a translation.
    ("t6.zh.md", "---\ntranslation_of: t3.zh.md\n---\nS\n"),
    // Languages that the site does not have, or not by this name.
    ("t1.de.md", "S\n"),
    ("t1.zh-CN.md", "S\n"),
    ("t1.ZH_Hans.md", "S\n"),
    ("beside/_index.de.md", "S\n"),
    // What is one file on some disks, and two on others.
    ("Cased.md", "---\nroles: ops\n---\nS\n"),
    ("cased.zh.md", "S\n"),
    ("Caf\u{e9}/_index.md", "---\ncascade: { roles: [ops] }\n---\nS\n"),
    ("../french/cafe\u{301}/a.md", "S\n"),
    // Languages of a folder, or of a page, that say different things.
    ("two/_index.md", "---\nroles: ops\ncascade: { roles: customer }\n---\nS\n"),
    ("two/_index.zh.md", "---\nroles: ops\ncascade: { roles: ops }\n---\nS\n"),
    ("two/a.zh.md", "S\n"),
];

/// Symbolic links to pages and folders that customers must not read.
const LINKED: [(&str, &str); 2] = [("linked.md", "folder/a.md"), ("behind", "folder/deep")];

/// Pages that customers do read, though others beside them are kept from them.
const OPEN: [(&str, &str); 9] = [
    ("_index.md", "---\ntitle: Home\n---\nseen\n"),
    ("public.md", "---\nroles: [customer, ops]\n---\n# P\n\nseen\n"),
    ("folder/own.md", "---\nroles: customer\ntitle: EditionCache\n---\nseen\n"),
    ("folder/tools.md", "---\nroles: customer\nslug: other\n---\n# T\n\nseen\n"),
    ("open/a.md", "# A\n\nseen\n"),
    // Not everything that speaks of roles or drafts keeps a page back.
    ("open/c.md", "---\nauthor: { role: ops }\npublished: 2026-11-21\n---\n# C\n\nseen\n"),
    (
        "open/d.md",
        "# D\n\nseen\n\n```yaml\n---\nroles: ops\n---\n```\n\n- role: ops\n\n## Role: ops\n\nRole: customer\n",
    ),
    ("open/b.md", "# B\n\nseen\n\n:::only roles=ops\n![p](../S.svg) [f](../S.txt)\n:::\n"),
    (
        "both.zh.md",
        "---\nroles: customer\n---\n# B\n\n:::only roles=\"customer, ops\"\nseen\n:::\n",
    ),
];

/// Pages that make every edition an error, with the code.
const WRONG: [(&str, &str, &str); 36] = [
    ("unclear-roles", "twice.md", "---\nroles: customer\nrole: ops\n---\nS\n"),
    ("unclear-roles", "empty.md", "---\nroles: []\n---\nS\n"),
    ("unclear-roles", "null.md", "---\nroles:\n---\nS\n"),
    ("unclear-roles", "cascade.md", "---\ncascade: { roles: [ops] }\n---\nS\n"),
    ("unclear-roles", "lost.zh.md", "---\ntranslation_of: nowhere.md\n---\nS\n"),
    ("role-key-typo", "typo.md", "---\nrolse: ops\n---\nS\n"),
    ("role-key-typo", "cascad.md", "---\ncascad: { roles: [ops] }\n---\nS\n"),
    ("role-key-typo", "in/_index.md", "---\ncascade: { rols: [ops] }\n---\nS\n"),
    ("unknown-role", "unknown.md", "---\nroles: [customer, opps]\n---\nS\n"),
    ("unknown-role", "on/_index.md", "---\ncascade: { roles: [opps] }\n---\nS\n"),
    ("front-matter-syntax", "dashes.md", "———\nroles: ops\n———\nS\n"),
    ("front-matter-syntax", "dash.md", "—\nroles: ops\n—\nS\n"),
    ("front-matter-syntax", "dash2.md", "--\nroles: ops\n--\nS\n"),
    ("front-matter-syntax", "named.md", "---yaml\nroles: ops\n---\nS\n"),
    ("front-matter-unclosed", "quoted.md", "---\n'Roles': ops\nS\n"),
    // Roles that stand where they are not read.
    ("unclear-roles", "stray1.md", "title: X\nroles: ops\n---\nS\n"),
    ("unclear-roles", "stray2.md", "<!-- x -->\n---\nroles:\n  - ops\n---\nS\n"),
    ("unclear-roles", "stray3.md", "---\ntitle: X\n---\n---\nroles: ops\n---\nS\n"),
    ("unclear-roles", "stray4.md", "# T\n\nRole: Ops, engineer\n\nS\n"),
    ("front-matter-syntax", "stray5.md", "{\n  \"roles\": [\"ops\"]\n}\nS\n"),
    ("unclear-roles", "stray6.md", "<!-- roles: ops -->\nS\n"),
    ("unclear-roles", "stray7.md", "---\u{2028}roles: ops\u{2028}---\u{2028}S\n"),
    ("unclear-roles", "stray8.md", "> roles：ops\n\nS\n"),
    ("unclear-roles", "stray9.md", "+++\n[extra]\na = 1\nroles = [\"ops\"]\n+++\nS\n"),
    ("unclear-roles", "stray10.md", "---\nextra:\n  roles: ops\n---\nS\n"),
    ("unclear-roles", "stray11.md", "---\ndescription: >\n  x\n  roles: ops\n---\nS\n"),
    ("unclear-roles", "stray12.md", "+++\nx.roles = \"ops\"\n+++\nS\n"),
    // Keys that are almost right to the eye.
    ("role-key-typo", "wide.md", "---\ntitle: X\n\u{3000}\u{3000}roles: ops\n---\nS\n"),
    ("role-key-typo", "unseen.md", "---\ntitle: X\n\u{200b}\u{200b}roles: ops\n---\nS\n"),
    ("role-key-typo", "chinese.md", "---\n角色: ops\n---\nS\n"),
    ("role-key-typo", "of.zh.md", "---\ntranslation-of: one.md\n---\nS\n"),
    ("front-matter-syntax", "late.md", "\n---\nroles: ops\n---\nS\n"),
    ("front-matter-unclosed", "open.md", "---\nroles: ops\n\nS\n"),
    ("front-matter-syntax", "yaml.md", "---\nroles: [ops\n---\nS\n"),
    ("duplicate-key", "double.md", "---\nroles: ops\nroles: customer\n---\nS\n"),
    ("invalid-utf8", "utf8.md", "---\nroles: op\u{fffd}s\n---\nS\n"),
];

fn site(pages: impl IntoIterator<Item = (&'static str, &'static str)>) -> Site {
    let site = Site::new().file("tier0.toml", CONFIG);
    for (path, text) in pages {
        // The one character that stands for a broken byte.
        let text = text.replace('S', SECRET);
        let mut bytes = text.into_bytes();
        if let Some(at) = bytes.windows(3).position(|three| three == "\u{fffd}".as_bytes()) {
            bytes.splice(at..at + 3, [0xff]);
        }
        site.put(&format!("content/{path}"), &bytes);
    }
    site
}

/// What is wrong with the pages that an edition selects.
pub fn check(way: Way) -> Vec<String> {
    let mut faults = Vec::new();
    let site = site(RESTRICTED.into_iter().chain(OPEN));
    site.put("content/quamble.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.put("content/quamble.txt", b"x");
    for (link, to) in LINKED {
        std::os::unix::fs::symlink(to, site.path("content").join(link)).expect("a link");
    }
    // Themes may name the readers of a page, whatever the edition.
    let footer = b"{% for role in page.roles %}{{ role.name }} {{ role.label }}{% endfor %}";
    site.put("themes/default/templates/partials/footer.html", footer);
    let public = way.build(&site, "public");
    if !public.is_good {
        faults.push(format!("refused: {:?}", public.problems));
    }
    let haystack = Haystack::new(&public.tree);
    faults.extend(haystack.find(SECRET).iter().map(|path| format!("shown to customers: {path}")));
    // Not even that somebody else reads a page too.
    for word in ["Zolabelops", "Zolabelzh", "data-roles=\"ops", "data-roles=\"customer ops"] {
        let found = haystack.find(word);
        faults.extend(found.iter().map(|path| format!("{word} is in {path}")));
    }
    for file in
        ["", "public/", "folder/own/", "folder/other/", "open/a/", "open/c/", "open/d/", "zh/both/"]
    {
        let file = format!("{file}index.html");
        if !public.tree.has(&file) || !public.tree.text(&file).contains("seen") {
            faults.push(format!("{file} is not shown"));
        }
    }
    let desk = Haystack::new(&way.build(&site, "desk").tree);
    for word in [SECRET, "Zolabelops", "Zolabelzh"] {
        faults
            .extend(desk.find(word).iter().map(|path| format!("the desk reads {word} in {path}")));
    }
    let internal = way.build(&site, "internal");
    let shown = Haystack::new(&internal.tree).find(SECRET).len();
    if shown < RESTRICTED.len() - 2 {
        let problems = &internal.problems;
        faults.push(format!("the internal edition shows {shown} of them: {problems:?}"));
    }
    if Haystack::new(&internal.tree).find("Zolabelops").is_empty() {
        faults.push("the internal edition has no labels".to_owned());
    }
    faults
}

/// What is wrong with pages whose readers nobody can tell.
pub fn check_wrong(way: Way) -> Vec<String> {
    let mut faults = Vec::new();
    let site = site(WRONG.into_iter().map(|(_, path, text)| (path, text)));
    site.put("content/index.md", b"# Home\n");
    for edition in ["public", "internal"] {
        let built = way.build(&site, edition);
        for (code, path, _) in WRONG {
            let problem = format!("error {code} content/{path}");
            if !built.problems.contains(&problem) {
                faults.push(format!("{edition}: no {problem}"));
            }
        }
    }
    // A status that cannot be read may have been meant as a draft, and a lost byte in the text is none of
    // who does not see the page.
    let site = self::site([
        ("status.md", "---\nstatus: drfat\n---\nS\n"),
        ("utf8.md", "---\ntitle: U\nroles: ops\n---\nS\u{fffd}\n"),
    ]);
    site.put("content/index.md", b"# Home\n");
    for (edition, problems) in [
        ("public", &["warning invalid-value content/status.md"][..]),
        (
            "internal",
            &["warning invalid-value content/status.md", "error invalid-utf8 content/utf8.md"],
        ),
    ] {
        let built = way.build(&site, edition);
        if built.problems != problems || built.tree.has("status/index.html") {
            faults.push(format!("{edition}: {:?}", built.problems));
        }
    }
    let asked = Site::new()
        .file("tier0.toml", "[site]\nrequire_roles = true\n[editions.internal]\nroles = \"all\"\n")
        .file("content/a.md", "# A\n\nquamble\n");
    for edition in ["public", "internal"] {
        if !way.build(&asked, edition).refuses("content/a.md") {
            faults.push(format!("{edition}: a page without roles passes `require_roles`"));
        }
    }
    faults
}

/// What is wrong with what an edition says of others' pages and files. Each site is fine but for
/// a warning.
pub fn check_said(way: Way) -> Vec<String> {
    let config = "\
        [editions.internal]\nroles = \"all\"\n\
        [severity]\nmissing-image = \"warning\"\nmissing-file = \"warning\"\n";
    let hidden = "---\nroles: ops\ntitel: Quamble\nkind: quamble\nupdated: quamble\n---\n# Q\n";
    let head = site([("a.md", "# A\n"), ("S.md", hidden), ("s/quamble.md", hidden)]);
    let image = site([("a.md", "# A\n\n![x](quambl.png)\n\n:::internal\n![y](S.png)\n:::\n")]);
    image.put("content/quamble.png", b"x");
    let file = site([
        ("a.md", "# A\n\n[x](/quamble.txt)\n"),
        ("b.md", "---\nroles: ops\n---\n# B\n\n[y](deep/quamble.txt)\n"),
    ]);
    file.put("content/deep/quamble.txt", b"x");
    let mut faults = Vec::new();
    for (what, site, warning, word) in [
        ("a head", head, None, SECRET),
        ("an image", image, Some("missing-image"), "quamble.png"),
        ("a file", file, Some("missing-file"), "deep/quamble"),
    ] {
        site.put("tier0.toml", config.as_bytes());
        let public = way.build(&site, "public");
        let warnings: Vec<_> =
            warning.iter().map(|code| format!("warning {code} content/a.md")).collect();
        if public.problems != warnings || public.said.contains(word) {
            faults.push(format!("{what}: {}", public.said));
        }
        if Way::Inside.build(&site, "internal").problems.is_empty() {
            faults.push(format!("{what}: nobody is told"));
        }
    }
    faults
}

/// An error that decides who reads a page stops every edition, and quotes nothing of the page in
/// those that do not show it.
#[test]
fn errors_of_excluded_pages_quote_nothing_of_them() {
    let head = "---\n# quamble\nroles: [ops, opps] # quamble\nquamble: quamble\n---\n# Quamble\n";
    let site = site([("a.md", "# A\n"), ("b.md", head)]);
    let public = Way::Command.build(&site, "public");
    assert_eq!(public.problems, ["error unknown-role content/b.md"]);
    assert!(!public.said.contains(SECRET), "{}", public.said);
}

/// What is wrong with links out of an edition.
pub fn check_links(way: Way) -> Vec<String> {
    let site = Site::new()
        .file("tier0.toml", "[editions.internal]\nroles = \"all\"\n")
        .file("content/a.md", "# A\n\nSee [it](frindle/zorbit.md#x) and [all](/frindle/).\n")
        .file("content/frindle/_index.md", "---\ntitle: F\nroles: ops\n---\n")
        .file("content/frindle/zorbit.md", "---\ntitle: Z\nroles: ops\n---\n\n## X\n");
    let mut faults = Vec::new();
    let public = way.build(&site, "public");
    if public.problems != ["error link-outside-edition content/a.md"; 2] {
        faults.push(format!("links out of the edition: {:?}", public.problems));
    }
    let internal = way.build(&site, "internal");
    if !internal.is_good {
        faults.push(format!("links inside the edition: {:?}", internal.problems));
    }
    // A site may turn the error down; the address stays away all the same.
    let severity = b"[severity]\nlink-outside-edition = \"warning\"\n";
    site.put("tier0.toml", severity);
    let lenient = way.build(&site, "public");
    for word in ["frindle", "zorbit"] {
        let found = Haystack::new(&lenient.tree).find(word).len();
        if found > 0 || !lenient.is_good {
            faults.push(format!("{word} is in {found} files: {:?}", lenient.problems));
        }
    }
    // In a block that the page's other readers do not see, the link is theirs alone.
    let block = b"# A\n\n:::internal\nSee [it](frindle/zorbit.md#x).\n:::\n";
    site.put("content/a.md", block);
    if !way.build(&site, "public").problems.is_empty() {
        faults.push("a link in a hidden block counts".to_owned());
    }
    faults
}

/// What is wrong with a public edition for more than customers: its readers are still anybody.
pub fn check_public_for_more(way: Way) -> Vec<String> {
    let config = "[roles.guest]\n[editions.public]\nroles = [\"customer\", \"guest\"]\n\
        [editions.partners]\nroles = [\"customer\", \"guest\"]\n";
    let block = ":::internal\nquamble\n:::\n\n:::only roles=guest\nseen\n:::\n";
    let site = site([("index.md", block)]);
    site.put("tier0.toml", config.as_bytes());
    let public = Haystack::new(&way.build(&site, "public").tree);
    let mut faults: Vec<_> =
        public.find(SECRET).iter().map(|path| format!("shown to everybody: {path}")).collect();
    if public.find("seen").is_empty() {
        faults.push("guests do not see what is for them".to_owned());
    }
    if Haystack::new(&way.build(&site, "partners").tree).find(SECRET).is_empty() {
        faults.push("partners are no customers".to_owned());
    }
    faults
}

/// What is wrong with editions that are built with one memo: blocks that both show name their own
/// readers.
pub fn check_shared_bodies() -> Vec<String> {
    let block = ":::only roles=\"customer, ops\"\nseen\n:::\n";
    let page = site([("index.md", block)]);
    let mut session = super::session(&page);
    session.share_bodies();
    let internal = super::inside(&session, "internal");
    let public = super::inside(&session, "public");
    let mut faults = Vec::new();
    if Haystack::new(&internal.tree).find("Zolabelops").is_empty() {
        faults.push("the internal edition names no readers".to_owned());
    }
    for path in Haystack::new(&public.tree).find("Zolabelops") {
        faults.push(format!("{path} names the readers of another edition"));
    }
    faults
}

#[test]
fn pages_are_kept_from_those_they_are_not_for() {
    assert_eq!(check(Way::Command), [""; 0]);
}

#[test]
fn pages_whose_readers_nobody_can_tell_are_errors() {
    assert_eq!(check_wrong(Way::Command), [""; 0]);
}

#[test]
fn an_edition_says_nothing_of_what_others_read() {
    assert_eq!(check_said(Way::Command), [""; 0]);
}

/// Whoever may read a page elsewhere: people must see that customers may not.
#[test]
fn pages_that_customers_do_not_see_are_marked() {
    let site = site(RESTRICTED.into_iter().chain(OPEN));
    site.put("content/quamble.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site.put("content/quamble.txt", b"x");
    let public = Way::Inside.build(&site, "public").tree;
    let internal = Way::Inside.build(&site, "internal").tree;
    for (path, _) in internal.files.iter().filter(|(path, _)| path.ends_with("index.html")) {
        let page = internal.text(path);
        let is_article = page.contains("<article");
        if is_article && !page.contains("seen") && path != "index.html" {
            assert!(!public.has(path) || !public.text(path).contains(SECRET), "{path}");
            assert!(page.contains("internal-page"), "{path} has no mark: {page}");
        }
    }
}

#[test]
fn links_out_of_an_edition_are_errors_and_tell_nothing() {
    assert_eq!(check_links(Way::Command), [""; 0]);
}

#[test]
fn the_public_edition_has_no_internal_blocks_whoever_else_reads_it() {
    assert_eq!(check_public_for_more(Way::Command), [""; 0]);
}

#[test]
fn editions_with_one_memo_share_no_labels() {
    assert_eq!(check_shared_bodies(), [""; 0]);
}
