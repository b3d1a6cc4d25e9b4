//! Edits by name: for each value that decides whether something is taken over, one that changes
//! it alone.

use tier0::Code;

use super::disk::Age;
use super::{Bench, Outcome};

const CONFIG: (&str, &str) =
    ("tier0.toml", "[languages.zh]\n[editions.desk]\nroles = [\"customer\", \"ops\"]\n");

/// A site with this page `b.md`, and some that have to do with it.
pub fn site(b: &str) -> Bench {
    Bench::of(&[
        CONFIG,
        ("content/_index.md", "---\ntitle: Home\n---\n"),
        ("content/a.md", "# A\n\nSee [b](b.md#here), [id](id:known) and [file](b.svg).\n"),
        ("content/b.md", b),
        ("content/guides/c.md", "---\ntags: wifi\n---\n# C\n\n:::include /_s/x.md\n"),
        ("content/_s/x.md", "Shared [b](../b.md#here).\n"),
    ])
}

pub fn public(outcomes: &std::collections::BTreeMap<String, Outcome>) -> &Outcome {
    &outcomes["public"]
}

pub fn page<'a>(outcome: &'a Outcome, path: &str) -> &'a str {
    let bytes = outcome.files.get(path).unwrap_or_else(|| panic!("no {path}"));
    std::str::from_utf8(bytes).expect("text")
}

fn codes(outcome: &Outcome) -> Vec<Code> {
    outcome.problems.iter().map(|problem| problem.code).collect()
}

/// Writes `b.md` again, and hands back what the public edition shows then.
fn after(before: &str, new: &str) -> Outcome {
    let mut bench = site(before);
    bench.disk.put("content/b.md", new, Age::Kept);
    bench.check("b.md was written").remove("public").expect("a public edition")
}

#[test]
fn an_anchor_goes_and_a_link_elsewhere_is_broken() {
    let found = after("# B\n\n## Here\n\nText.\n", "# B\n\n## Gone\n\nText.\n");
    let broken = codes(&found).iter().filter(|code| **code == Code::BrokenAnchor).count();
    assert_eq!(broken, 2, "{:#?}", found.problems);
}

#[test]
fn an_anchor_comes_and_a_link_elsewhere_is_whole() {
    let found = after("# B\n\n## Gone\n\nText.\n", "# B\n\n## Here\n\nText.\n");
    assert!(!codes(&found).contains(&Code::BrokenAnchor));
}

#[test]
fn a_title_changes_and_lists_elsewhere_show_it() {
    for (before, new) in [
        ("---\ntitle: Bee\n---\nText.\n", "---\ntitle: Wasp\n---\nText.\n"),
        ("# Bee\n\nText.\n", "# Wasp\n\nText.\n"),
        ("# Bee\n\nText.\n", "---\ntitle: Wasp\n---\n# Bee\n\nText.\n"),
    ] {
        let found = after(before, new);
        let home = page(&found, "index.html");
        assert!(home.contains("Wasp") && !home.contains("Bee"));
    }
}

#[test]
fn a_first_heading_comes_or_goes() {
    after("---\ntitle: Bee\n---\nText.\n", "---\ntitle: Bee\n---\n# Bee\n\nText.\n");
    after("---\ntitle: Bee\n---\n# Bee\n\nText.\n", "---\ntitle: Bee\n---\nText.\n");
    let found = after("# Bee\n\nText.\n", "Text.\n");
    assert!(page(&found, "index.html").contains(">B<"));
    // The home has its site's name unless it says something else, be it nothing.
    let mut bench = site("# B\n");
    for text in ["Text.\n", "#\n\nText.\n", "Text.\n", "# Home\n"] {
        bench.disk.put("content/_index.md", text, Age::Kept);
        bench.check(text);
    }
}

#[test]
fn a_summary_changes_and_lists_elsewhere_show_it() {
    let found = after("# B\n\nFirst sentence.\n", "# B\n\nOther sentence.\n");
    assert!(page(&found, "index.html").contains("Other sentence"));
}

#[test]
fn a_kind_that_only_the_body_tells_changes() {
    let guide = "# B\n\n## Symptom\n\nIt blinks.\n\n## Solution\n\nWait.\n";
    let found = after("# B\n\n## Symptoms\n\nIt blinks.\n", guide);
    let home = page(&found, "index.html");
    assert!(home.contains("Guide"), "{home}");
}

#[test]
fn each_key_of_the_head_reaches_other_pages() {
    let text = |key: &str| format!("---\ntitle: Bee\n{key}---\n## Here\n\nText.\n");
    let mut bench = site(&text(""));
    for key in [
        "slug: other\n",
        "weight: 1\n",
        "tags: wifi\n",
        "codes: E1\n",
        "id: known\n",
        "aliases: /old/\n",
        "roles: ops\n",
        "roles: [customer, ops]\n",
        "status: draft\n",
        "status: archived\n",
        "hide: true\n",
        "products: x\nversions: \">=1.0\"\n",
        "updated: 2026-01-01\n",
        "lang: zh\n",
        "translation_of: a.md\n",
        "kind: faq\n",
        "description: Said.\n",
        "keywords: seldom\n",
        "# A comment that moves all that follows.\n",
    ] {
        for key in [key, ""] {
            bench.disk.put("content/b.md", &text(key), Age::Kept);
            bench.check(key);
        }
    }
}

#[test]
fn front_matter_grows_and_a_warning_of_the_body_names_its_new_place() {
    let body = "See [none](none.md).\n\n:::include gone.md\n\n:::tabs\nNo tab.\n:::\n";
    let mut bench = site(&format!("---\ntitle: B\n---\n{body}"));
    let before = bench.check("nothing");
    bench.disk.put("content/b.md", &format!("---\n# Longer.\ntitle: B\n---\n{body}"), Age::Kept);
    let found = bench.check("front matter has grown");
    let spans = |outcome: &Outcome| {
        let problems = outcome.problems.iter().filter_map(|problem| problem.place.as_ref());
        let own = problems.filter(|place| &*place.path == "content/b.md");
        own.map(|place| place.span.start).collect::<Vec<_>>()
    };
    let (before, found) = (spans(public(&before)), spans(public(&found)));
    assert!(before.len() > 1, "some warnings to move");
    let moved: Vec<_> = before.iter().map(|at| at + "# Longer.\n".len()).collect();
    assert_eq!(found, moved);
}

#[test]
fn a_section_gets_a_page_and_loses_it() {
    let mut bench = site("# B\n\n## Here\n");
    bench.disk.put("content/guides/_index.md", "---\ntitle: All guides\nslug: g\n---\n", Age::Old);
    let found = bench.check("a section has a page");
    assert!(page(public(&found), "g/c/index.html").contains("All guides"));
    bench.disk.rename("content/guides/_index.md", "content/guides/d.md");
    bench.check("it is a page like others");
    bench.disk.rename("content/b.md", "content/guides/index.md");
    bench.check("another page opens it");
    bench.disk.remove("content/guides/index.md");
    bench.check("none does");
}

#[test]
fn a_page_becomes_a_folder_and_a_folder_a_page() {
    let mut bench = site("# B\n\n## Here\n");
    bench.disk.remove("content/b.md");
    bench.disk.put("content/b.md/inner.md", "# Inner\n", Age::Old);
    let found = bench.check("a file became a folder");
    assert!(public(&found).files.keys().any(|path| path.ends_with("inner/index.html")));
    bench.disk.remove("content/b.md");
    bench.disk.put("content/b.md", "# B again\n", Age::Old);
    bench.check("and a file again");
}

#[test]
fn a_translation_comes_and_goes() {
    let mut bench = site("# B\n\n## Here\n");
    bench.disk.put("content/b.zh.md", "# 乙\n", Age::Old);
    let found = bench.check("a translation appeared");
    assert!(page(public(&found), "b/index.html").contains("/zh/b/"));
    bench.disk.rename("content/b.zh.md", "content/d.zh.md");
    bench.check("it translates something else");
    bench.disk.put("content/d.zh.md", "---\ntranslation_of: b.md\n---\n# 乙\n", Age::Old);
    bench.check("it translates the same again");
    bench.disk.remove("content/d.zh.md");
    bench.check("it has gone");
}

#[test]
fn the_readers_of_a_snippet_change() {
    let mut bench = site("# B\n\n## Here\n");
    bench.disk.put(
        "content/_s/x.md",
        "---\nroles: ops\n---\nShared [b](../b.md#here).\n",
        Age::Kept,
    );
    let found = bench.check("the snippet is for ops");
    assert!(!page(public(&found), "guides/c/index.html").contains("Shared"));
    assert!(page(&found["desk"], "guides/c/index.html").contains("Shared"));
    bench.disk.put("content/_s/x.md", "---\nstatus: draft\n---\nShared.\n", Age::Kept);
    bench.check("it is a draft for all");
    bench.disk.put("content/_s/_index.md", "---\ncascade: { roles: [ops] }\n---\n", Age::Old);
    bench.check("its folder is for ops");
}

#[test]
fn a_snippet_comes_to_be_where_one_was_missing() {
    let mut bench = site("# B\n\n## Here\n\n:::include /_s/y.md\n");
    for (path, text) in [
        ("content/_s/y.md", "Why.\n"),
        ("content/_s/y.zh.md", "为什么。\n"),
        ("content/_s/z.md", "Zed.\n"),
        ("content/_s/y.md", "Why.\n\n:::include z.md\n"),
        ("content/_s/z.md", "Zed, then.\n"),
        ("content/_s/z.md", "\n\nZed, [broken](../none.md).\n"),
        ("content/_s/z.md", "\n\n\n\nZed, [broken](../none.md).\n"),
        ("content/_s/z.md", "Zed.\n\n:::include y.md\n"),
    ] {
        bench.disk.put(path, text, Age::Kept);
        bench.check(path);
    }
}

#[test]
fn the_readers_of_a_folder_change() {
    let mut bench = site("# B\n\n## Here\n");
    bench.disk.put("content/guides/_index.md", "---\ncascade: { roles: [ops] }\n---\n", Age::Old);
    let found = bench.check("the folder is for ops");
    assert!(!public(&found).files.contains_key("guides/c/index.html"));
    assert!(found["desk"].files.contains_key("guides/c/index.html"));
    bench.disk.rename("content/guides/c.md", "content/c.md");
    let found = bench.check("the page has left it");
    assert!(public(&found).files.contains_key("c/index.html"));
}

#[test]
fn one_of_two_pages_that_want_one_address_gives_way() {
    let mut bench = site("---\nslug: c\n---\n# B\n");
    bench.disk.put("content/c.md", "# C too\n", Age::Old);
    let found = bench.check("two pages want one address");
    assert!(codes(public(&found)).contains(&Code::DuplicateAddress));
    bench.disk.put("content/a.md", "# A\n\nMore text.\n", Age::Kept);
    bench.check("another page was written meanwhile");
    bench.disk.put("content/c.md", "\n\n# C too\n", Age::Kept);
    bench.check("one of the two was");
    bench.disk.put("content/b.md", "---\nslug: b\n---\n# B\n", Age::Kept);
    let found = bench.check("one gives way");
    assert!(!codes(public(&found)).contains(&Code::DuplicateAddress));
}

#[test]
fn files_come_go_and_take_the_place_of_each_other() {
    let mut bench = site("# B\n\n## Here\n");
    bench.disk.put("content/b.svg", "<svg/>", Age::Old);
    let found = bench.check("a file that a page names");
    assert!(public(&found).files.contains_key("b.svg"));
    bench.disk.put("static/b.svg", "<svg/>", Age::Old);
    bench.check("a static file of the same name");
    bench.disk.remove("content/b.svg");
    bench.check("only that one");
    bench.disk.put("static/b/index.html", "x", Age::Old);
    bench.check("a static file at the address of a page");
    bench.disk.remove("static");
    bench.check("none");
    bench.disk.put("content/a.md", "# A\n\nNo file.\n", Age::Kept);
    bench.check("no page names it");
}

#[test]
fn links_to_files_in_the_way_of_others_move() {
    let mut bench = site("# B\n\n![b](b.svg)\n");
    bench.disk.put("content/b.svg", "<svg/>", Age::Old);
    bench.disk.put("static/b.svg", "<svg/>", Age::Old);
    let span = |outcome: &Outcome| {
        let mut problems = outcome.problems.iter();
        let problem = problems.find(|problem| problem.code == Code::DuplicateAddress);
        let place = problem.and_then(|problem| problem.place.as_ref()).expect("a problem");
        (place.path.to_string(), place.span.start)
    };
    let (path, before) = span(public(&bench.check("two files want one path")));
    let text = bench.disk.text(&path).unwrap_or_default();
    bench.disk.put(&path, &text.replace("See", "Now see"), Age::Kept);
    let (_, after) = span(public(&bench.check("only the link has moved")));
    assert!(after > before);
}

#[test]
fn a_page_that_a_link_misses_comes_for_other_readers() {
    let mut bench = site("# B\n\n[none](none.md)\n");
    let found = bench.check("nothing");
    assert!(codes(public(&found)).contains(&Code::BrokenLink));
    bench.disk.put("content/none.md", "---\nroles: ops\n---\n# None\n", Age::Old);
    let found = bench.check("a page for ops");
    assert!(codes(public(&found)).contains(&Code::LinkOutsideEdition));
    bench.disk.remove("content/none.md");
    bench.check("it has gone");
}

/// The page of the folder is in no edition, so that nothing else of them changes.
#[test]
fn readers_are_handed_down_by_a_page_that_nobody_sees() {
    let mut bench = site("# B\n");
    for roles in ["customer", "[customer, ops]", "ops", "customer"] {
        let text = format!("---\nroles: engineer\ncascade: {{ roles: {roles} }}\n---\n");
        bench.disk.put("content/guides/_index.md", &text, Age::Kept);
        let found = bench.check(roles);
        let is_open = public(&found).files.contains_key("guides/c/index.html");
        assert_eq!(is_open, roles.contains("customer"));
    }
}

#[test]
fn a_file_gets_another_ending() {
    let mut bench = site("---\ncodes: E1\n---\n# B\n");
    let (path, config) = CONFIG;
    bench.disk.put(path, &format!("[site]\nrequire_roles = true\n{config}"), Age::Old);
    bench.disk.put("content/d.md", "---\ncodes: E1\n---\n# D\n", Age::Old);
    bench.check("two pages with one code");
    bench.disk.rename("content/d.md", "content/d.markdown");
    let found = bench.check("another ending");
    let problems = public(&found).problems.iter();
    let own = problems.filter_map(|problem| problem.place.as_ref());
    assert!(own.clone().any(|place| &*place.path == "content/d.markdown"));
    assert!(own.clone().all(|place| &*place.path != "content/d.md"));
}

#[test]
fn settings_change_and_all_is_made_anew() {
    let mut bench = site("# B\n\n## Here\n\n<b>x</b> :::\n\n:::note\nx\n:::\n");
    bench.disk.put("content/html.md", "# Html\n\nA <b>bold</b> <hostname>.\n", Age::Old);
    let (path, config) = CONFIG;
    for more in [
        "[site]\nhtml = \"escape\"\n",
        "[site]\ntitle = \"Other\"\n",
        "[site]\ndefault_roles = [\"ops\"]\n",
        "[site]\nexclude = [\"guides\"]\n",
        "[severity]\nbroken-link = \"warning\"\n",
        "[roles.ops]\nlabel = \"Operators\"\n",
        "[site]\nrequire_roles = true\n",
        "[[",
        "",
    ] {
        bench.disk.put(path, &format!("{more}{config}"), Age::Kept);
        bench.check(more);
    }
    let fewer = config.replace(", \"ops\"", "");
    bench.disk.put(path, &fewer, Age::Kept);
    bench.check("an edition has other readers");
    bench.disk.remove(path);
    bench.check("no configuration");
}

#[test]
fn the_theme_changes() {
    let mut bench = site("# B\n\n## Here\n\n:::note\nx\n:::\n");
    for (path, text) in [
        ("i18n/en.toml", "callout_note = \"Mind\"\n"),
        ("i18n/zh.toml", "callout_note = \"请注意\"\n"),
        ("assets/css/content.css", "body { margin: 0 }\n"),
        ("templates/partials/footer.html", "<footer>{{ site.title }}</footer>"),
        ("templates/partials/footer.html", "<footer>{{ site.title }</footer>"),
        ("templates/partials/footer.html", "<footer></footer>"),
        ("assets/js/extra.js", "export const x = 1;\n"),
    ] {
        bench.disk.put(&format!("themes/default/{path}"), text, Age::Kept);
        bench.check(path);
    }
    bench.disk.remove("themes/default/assets");
    bench.check("less of a theme");
    bench.disk.remove("themes");
    bench.check("no theme");
}
