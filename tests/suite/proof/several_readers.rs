//! What an edition for several roles has: badges, a page for each role, roles in search. And that
//! the public edition has none of it.

use super::Haystack;
use crate::support::Site;

const CONFIG: &str = "\
[languages.zh]

[products.router]
label = \"Router\"

[editions.internal]
roles = \"all\"

[editions.night]
roles = [\"ops\", \"engineer\"]
";

fn site() -> Site {
    let page = |head: &str| format!("---\n{head}\n---\n\nText.\n");
    Site::new()
        .file("tier0.toml", CONFIG)
        .file("content/_index.md", "# Home\n\n:::only roles=\"ops, engineer\"\nNight.\n:::\n")
        .file("content/late.md", &page("title: Late\nkind: runbook\nroles: ops\nweight: 20"))
        .file("content/soon.md", &page("title: Soon\nkind: runbook\nroles: ops\nweight: 10"))
        .file("content/box.md", &page("title: Box\nkind: runbook\nroles: ops\nproduct: router"))
        .file("content/why.md", &page("title: Why\nkind: faq\nroles: [ops, customer]"))
        .file("content/plan.md", &page("title: Plan\nroles: architect"))
        .file("content/soon.zh.md", &page("title: 很快\nkind: runbook"))
}

/// The places of texts in a page, which must be there.
fn places(page: &str, texts: &[&str]) -> Vec<usize> {
    texts.iter().map(|text| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"))).collect()
}

#[test]
fn each_role_has_a_page_by_kind_and_product_and_weight() {
    let site = site();
    site.build(&["--edition", "internal"]).fine();
    let tree = site.output("internal");
    let page = tree.text("roles/ops/index.html");
    let main = &page[page.find("<main").expect("a main part")..];
    let rows = ["<h2", ">Soon<", ">Late<", ">Why<"];
    assert!(places(main, &rows[..3]).is_sorted(), "by weight: {main}");
    assert!(main.contains("Runbook · Router</h2>"), "{main}");
    assert!(places(main, &["Runbook</h2>", ">Soon<"]).is_sorted());
    assert!(places(main, &rows).len() == 4 && !main.contains(">Plan<"), "{main}");
    assert!(tree.text("roles/architect/index.html").contains(">Plan<"));
    assert!(tree.text("zh/roles/ops/index.html").contains("很快"));
    assert!(!tree.has("zh/roles/architect/index.html"), "there is nothing to read");
}

#[test]
fn pages_and_blocks_name_their_readers_and_say_that_they_are_internal() {
    let site = site();
    site.build(&["--all-editions"]).fine();
    for edition in ["internal", "night"] {
        let tree = site.output(edition);
        let soon = tree.text("soon/index.html");
        assert!(soon.contains("internal-page"), "{edition}: {soon}");
        assert!(soon.contains("badge role\" href=\"../roles/ops/\""), "{edition}: {soon}");
        assert!(!tree.text("why/index.html").contains("internal-page"), "customers see it too");
        assert!(tree.text("zh/soon/index.html").contains("internal-page"));
    }
    let home = site.output("internal").text("index.html").to_owned();
    let block = &home[home.find("<div class=\"role-block\"").expect("a block")..];
    assert!(
        places(block, &["role-block-label", "Operations", "Engineering", "Night."]).is_sorted()
    );
    let night = Haystack::new(&site.output("night"));
    assert_eq!(night.find("roles/architect"), [""; 0]);
    let public = Haystack::new(&site.output("public"));
    for word in ["internal-page\"", "role-block-label\"", "badge role", "roles/ops", "Night."] {
        let found: Vec<_> =
            public.find(word).into_iter().filter(|path| path.ends_with(".html")).collect();
        assert_eq!(found, [""; 0], "{word}");
    }
}

#[test]
fn search_knows_the_readers_of_each_page() {
    let site = site();
    site.build(&["--all-editions"]).fine();
    let names = |edition: &str| -> Vec<String> {
        let tree = site.output(edition);
        let is_facets = |path: &&String| path.starts_with("search/en/facets-");
        let path = tree.files.keys().find(is_facets).expect("facets");
        let facets: serde_json::Value = serde_json::from_slice(&tree.files[path]).expect("JSON");
        let roles = facets["role"]["values"].as_array().cloned().unwrap_or_default();
        roles.iter().filter_map(|role| Some(role[0].as_str()?.to_owned())).collect()
    };
    assert_eq!(names("night"), ["ops", "engineer"]);
    assert_eq!(names("internal").len(), 7);
    assert_eq!(names("public"), [""; 0]);
}
