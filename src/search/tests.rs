//! What search promises, seen from outside: entries in, hits out.

use super::tokenizer::{Field, tokenize};
use super::{Entry, FORMAT_VERSION, Hit, Index, ReadError, Section, write_index};
use serde::Deserialize;

/// A page as a test writes it: url, title, codes, then headings and texts.
struct Page {
    url: String,
    title: String,
    codes: Vec<String>,
    sections: Vec<Section>,
}

fn page(url: &str, title: &str, codes: &[&str], sections: &[(&str, &str)]) -> Page {
    let section = |&(heading, text): &(&str, &str)| Section {
        anchor: (!heading.is_empty()).then(|| heading.to_lowercase().replace(' ', "-")),
        heading: heading.to_owned(),
        text: text.to_owned(),
    };
    Page {
        url: url.to_owned(),
        title: title.to_owned(),
        codes: codes.iter().map(|&code| code.to_owned()).collect(),
        sections: sections.iter().map(section).collect(),
    }
}

fn index(pages: &[Page]) -> Vec<u8> {
    let entries: Vec<Entry> = (pages.iter())
        .map(|page| Entry {
            url: &page.url,
            title: &page.title,
            kind: "article",
            summary: "",
            keywords: &[],
            codes: &page.codes,
            tags: &[],
            roles: &[],
            sections: &page.sections,
        })
        .collect();
    write_index("en", &[], &entries)
}

fn site() -> Vec<Page> {
    vec![
        page(
            "router/",
            "Reset the router",
            &[],
            &[
                ("", "When nothing helps, begin again."),
                ("By app", "Open the app and choose settings."),
                ("By button", "Hold the button at the back for ten seconds."),
            ],
        ),
        page("install/", "Installing the app", &[], &[("", "Download the installer first.")]),
        page("link/", "Unresolved symbol", &["LNK2019"], &[("", "The linker misses a library.")]),
        page("patch/", "Patch MDVA-40816", &[], &[("", "Grid shows no products.")]),
        page("notes/", "Release notes", &[], &[("", "Fixes MDVA-40816 and MDVA-40001, C++ too.")]),
        page(
            "zh/",
            "重启路由器",
            &[],
            &[("", "长按背面的按钮。"), ("错误码10407", "请联系客服退款。")],
        ),
        page("names/", "Compiler warnings", &[], &[("", "Define _CRT_SECURE_NO_WARNINGS.")]),
    ]
}

fn search(query: &str) -> Vec<Hit> {
    Index::read(&index(&site())).expect("an index we wrote").search(query, 10, None)
}

fn first(query: &str) -> String {
    search(query).first().map(|hit| hit.url.clone()).unwrap_or_default()
}

#[test]
fn tokenizer_gives_the_golden_vectors() {
    #[derive(Deserialize)]
    struct Vector {
        text: String,
        field: String,
        terms: Vec<String>,
    }
    let vectors = include_str!("../../tests/golden/tokenize.json");
    let vectors: Vec<Vector> = serde_json::from_str(vectors).expect("golden vectors");
    for Vector { text, field, terms } in vectors {
        let field = if field == "title" { Field::Title } else { Field::Body };
        let found: Vec<String> = tokenize(&text, field).into_iter().map(|t| t.term).collect();
        assert_eq!(found, terms, "{text:?}");
    }
}

#[test]
fn words_are_found_in_every_field_and_form() {
    for (query, url) in [
        ("reset router", "router/"),
        ("how do I reset my routers", "router/"),
        ("holding buttons", "router/"),
        ("ＲＯＵＴＥＲ", "router/"),
        ("rout", "router/"),
        ("downloadi", "install/"),
        ("ruoter", "router/"),
        ("downlaod instaler", "install/"),
        ("重启", "zh/"),
        ("路由器坏了怎么重启", "zh/"),
        ("启", "zh/"),
        ("错误码10407", "zh/"),
        ("１０４０７", "zh/"),
        ("退款", "zh/"),
    ] {
        assert_eq!(first(query), url, "{query}");
    }
}

#[test]
fn codes_are_found_whole_and_never_by_a_part() {
    for (query, url) in [
        ("lnk2019", "link/"),
        ("what is LNK2019 about", "link/"),
        ("MDVA-40816", "patch/"),
        ("mdva40816 products", "patch/"),
        ("40816", "patch/"),
        ("MDVA-40001", "notes/"),
        ("c++", "notes/"),
        ("CRT_SECURE_NO_WARNINGS", "names/"),
        ("_crt_secure_no_warnings", "names/"),
    ] {
        assert_eq!(first(query), url, "{query}");
    }
    for query in ["MDVA-99999", "LNK2018", "0x80070005", "MDVA-408161", "LNK_2019_7781", "99999"] {
        assert!(search(query).is_empty(), "{query}");
    }
}

#[test]
fn hits_lead_to_the_best_section() {
    let hit = search("router button").remove(0);
    assert_eq!(hit.anchor.as_deref(), Some("by-button"));
    assert_eq!(hit.heading.as_deref(), Some("By button"));
    assert_eq!(search("reset router")[0].anchor, None, "the title says it all");
    assert_eq!(search("begin again")[0].anchor, None, "before the first heading");
}

#[test]
fn equal_pages_keep_their_order() {
    let pages: Vec<Page> =
        (0..40).map(|n| page(&format!("{n}/"), "Same title", &[], &[("", "same text")])).collect();
    let hits = Index::read(&index(&pages)).expect("an index").search("same", 40, None);
    let urls: Vec<String> = hits.into_iter().map(|hit| hit.url).collect();
    assert_eq!(urls, (0..40).map(|n| format!("{n}/")).collect::<Vec<_>>());
}

#[test]
fn bytes_do_not_depend_on_threads() {
    let pages: Vec<Page> = (0..600)
        .map(|n| page(&format!("{n}/"), &format!("Page {n}"), &[], &[("", "一些文字 some text")]))
        .collect();
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| index(&pages))
    };
    assert_eq!(with(1), with(4));
}

#[test]
fn hostile_queries_are_answered() {
    let index = Index::read(&index(&site())).expect("an index we wrote");
    let long = ["路".repeat(10_000), "a b ".repeat(10_000), "-._'+#".repeat(2_000)];
    let short = ["", " ", "\0\u{7}", "__proto__", "<b onclick=x>", "😀👩‍👩‍👧", "שלום", "!?.,;"];
    for query in long.iter().map(String::as_str).chain(short) {
        assert!(index.search(query, 10, None).len() <= 10);
    }
    assert!(index.search("router", 0, None).is_empty());
}

#[test]
fn an_empty_site_can_be_searched() {
    let empty = Index::read(&write_index("en", &[], &[])).expect("an empty index");
    assert!(empty.search("router", 10, None).is_empty());
}

#[test]
fn files_that_are_no_index_are_refused() {
    assert!(matches!(Index::read(b"<html>"), Err(ReadError::Malformed(_))));
    assert!(matches!(Index::read(b"{\"format\":1}"), Err(ReadError::Malformed(_))));
    let written = String::from_utf8(index(&site())).expect("JSON is UTF-8");
    let format = |n: u32| format!("\"format\":{n}");
    let newer = written.replacen(&format(FORMAT_VERSION), &format(99), 1);
    assert!(matches!(Index::read(newer.as_bytes()), Err(ReadError::OtherFormat(99))));
    let cut = written.replacen("\"terms\":\"", "\"terms\":\"extra ", 1);
    assert!(matches!(Index::read(cut.as_bytes()), Err(ReadError::Inconsistent)));
}

#[test]
fn a_role_finds_only_what_it_reads() {
    let pages = site();
    let roles =
        [("ops".to_owned(), "Operations".to_owned()), ("desk".to_owned(), "Desk".to_owned())];
    let readers: Vec<Vec<String>> =
        (0..pages.len()).map(|at| vec![if at == 0 { "ops" } else { "desk" }.to_owned()]).collect();
    let entries: Vec<Entry> = (pages.iter().zip(&readers))
        .map(|(page, roles)| Entry {
            url: &page.url,
            title: &page.title,
            kind: "article",
            summary: "",
            keywords: &[],
            codes: &[],
            tags: &[],
            roles,
            sections: &page.sections,
        })
        .collect();
    let index = Index::read(&write_index("en", &roles, &entries)).expect("an index");
    let found = |role| index.search("router", 10, role).len();
    assert_eq!(found(Some("ops")), 1);
    assert_eq!(found(Some("ops")) + found(Some("desk")), found(None));
    assert_eq!(found(Some("nobody")), 0);
}
