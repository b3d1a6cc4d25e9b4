//! What search promises, seen from outside: entries in, hits out.

use super::excerpt::{self, Wanted};
use super::format::FORMAT_VERSION;
use super::tokenizer::tokenize;
use super::{
    Entry, File, Hit, Index, Labels, MANIFEST, Options, Problem, Section, Vocabulary, write_index,
};
use serde::Deserialize;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::HashMap;
use std::io;
use std::rc::Rc;

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

fn entries(pages: &[Page]) -> Vec<Entry<'_>> {
    let entry = |page| entry(page, &[]);
    pages.iter().map(entry).collect()
}

fn entry<'a>(page: &'a Page, roles: &'a [String]) -> Entry<'a> {
    Entry {
        url: &page.url,
        title: &page.title,
        kind: "article",
        summary: "",
        keywords: &[],
        codes: &page.codes,
        links: &[],
        context: &[],
        promoted: &[],
        tags: &[],
        roles,
        products: &[],
        versions: &[],
        sections: &page.sections,
    }
}

fn index(pages: &[Page]) -> Vec<File> {
    write_index("zh", &Labels::default(), &entries(pages), &Vocabulary::default())
}

/// An index that is read from memory.
fn open(files: Vec<File>) -> Result<Index, super::ReadError> {
    let files: HashMap<String, Vec<u8>> =
        files.into_iter().map(|file| (file.name, file.bytes)).collect();
    Index::open(Box::new(move |name| {
        files.get(name).cloned().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }))
}

fn find(index: &Index, query: &str, limit: usize) -> Vec<Hit> {
    index.search(query, &Options { limit, filters: &[] }).expect("an index we wrote")
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
    find(&open(index(&site())).expect("an index we wrote"), query, 10)
}

fn first(query: &str) -> String {
    search(query).first().map(|hit| hit.url.clone()).unwrap_or_default()
}

#[test]
fn tokenizer_gives_the_golden_vectors() {
    #[derive(Deserialize)]
    struct Vector {
        text: String,
        terms: Vec<String>,
    }
    let vectors = include_str!("../../tests/golden/tokenize.json");
    let vectors: Vec<Vector> = serde_json::from_str(vectors).expect("golden vectors");
    for Vector { text, terms } in vectors {
        let found: Vec<String> = tokenize(&text).into_iter().map(|t| t.term).collect();
        assert_eq!(found, terms, "{text:?}");
    }
}

#[test]
fn excerpts_are_the_golden_ones() {
    #[derive(Deserialize)]
    struct Vector {
        about: String,
        title: String,
        sections: Vec<(String, String, String)>,
        words: Vec<Vec<Value>>,
        anchor: Option<String>,
        heading: Option<String>,
        /// Texts, each with whether it is marked; marks are drawn by the browser's reader only.
        excerpt: Vec<Vec<Value>>,
    }
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let vectors = include_str!("../../tests/golden/excerpts.json");
    let vectors: Vec<Vector> = serde_json::from_str(vectors).expect("golden excerpts");
    for Vector { about, title, sections, words, anchor, heading, excerpt } in vectors {
        let wanted = words.iter().map(|word| Wanted {
            value: word[0].as_u64().expect("a number"),
            terms: word[1..].iter().map(text).collect(),
        });
        let place = excerpt::place(&title, &sections, &wanted.collect::<Vec<_>>());
        assert_eq!((place.anchor, place.heading), (anchor, heading), "{about}");
        assert_eq!(place.excerpt, excerpt.iter().map(|piece| text(&piece[0])).collect::<String>());
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
    let hits = find(&open(index(&pages)).expect("an index"), "same", 40);
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
        pool.install(|| index(&pages).into_iter().map(|file| (file.name, file.bytes)))
    };
    assert!(with(1).eq(with(4)));
}

#[test]
fn hostile_queries_are_answered() {
    let index = open(index(&site())).expect("an index we wrote");
    let long = ["路".repeat(10_000), "a b ".repeat(10_000), "-._'+#".repeat(2_000)];
    let short = ["", " ", "\0\u{7}", "__proto__", "<b onclick=x>", "😀👩‍👩‍👧", "שלום", "!?.,;"];
    for query in long.iter().map(String::as_str).chain(short) {
        assert!(find(&index, query, 10).len() <= 10);
    }
    assert!(find(&index, "router", 0).is_empty());
}

#[test]
fn an_empty_site_can_be_searched() {
    let empty = open(index(&[])).expect("an empty index");
    assert!(find(&empty, "router", 10).is_empty());
}

/// What is wrong with an index whose manifest is `text`.
fn problem(text: &str) -> Problem {
    let manifest = File { name: MANIFEST.to_owned(), bytes: text.into() };
    open(vec![manifest]).err().expect("no index").problem
}

#[test]
fn files_that_are_no_index_are_refused() {
    assert!(matches!(problem("<html>"), Problem::Malformed(_)));
    assert!(matches!(problem(&format!("{{\"format\":{FORMAT_VERSION}}}")), Problem::Malformed(_)));
    let manifest = index(&site()).pop().expect("a manifest");
    let written = String::from_utf8(manifest.bytes).expect("JSON is UTF-8");
    let format = |n: u32| format!("\"format\":{n}");
    let newer = written.replacen(&format(FORMAT_VERSION), &format(99), 1);
    assert!(matches!(problem(&newer), Problem::OtherFormat(99)));
    let cut = written.replacen("\"terms\":\"", "\"terms\":\"extra,", 2);
    assert!(matches!(problem(&cut), Problem::Inconsistent));
}

/// Enough pages for several shards.
fn many() -> Vec<Page> {
    let word = |n: usize| format!("w{}", ["ab", "ac", "bd", "be"][n % 4].repeat(1 + n % 7));
    (0..900)
        .map(|n| {
            let text = format!("common {} {}{n} text", word(n), word(n / 4));
            page(&format!("{n}/"), &format!("Page about {}x", word(n / 9)), &[], &[("", &text)])
        })
        .collect()
}

#[test]
fn a_missing_file_is_named() {
    let mut files = index(&many());
    let is_shard = |file: &File| file.name.starts_with("terms-");
    assert!(files.iter().filter(|file| is_shard(file)).count() > 3);
    files.retain(|file| !is_shard(file));
    let index = open(files).expect("a manifest");
    let error = index.search("common", &Options { limit: 1, filters: &[] });
    let error = error.expect_err("an error");
    assert!(error.file.starts_with("terms-") && matches!(error.problem, Problem::Unreadable(_)));
}

#[test]
fn a_file_is_read_and_parsed_once() {
    let files: HashMap<String, Vec<u8>> =
        index(&many()).into_iter().map(|file| (file.name, file.bytes)).collect();
    let reads: Rc<RefCell<Vec<String>>> = Rc::default();
    let seen = Rc::clone(&reads);
    let index = Index::open(Box::new(move |name| {
        seen.borrow_mut().push(name.to_owned());
        Ok(files[name].clone())
    }));
    let index = index.expect("an index we wrote");
    for query in ["wab17", "wordabz", "wordabz"] {
        find(&index, query, 10);
    }
    let (_, _, _, chunk) = index.doc(0).expect("a page");
    let texts = || index.text(0, &chunk).expect("its text").0;
    assert!(Rc::ptr_eq(&texts(), &texts()), "parsed again");
    assert!(Rc::ptr_eq(&index.words('w').expect("words"), &index.words('w').expect("words")));
    let mut once = reads.borrow().clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), reads.borrow().len(), "{reads:?}");
}

#[test]
fn beginnings_that_many_terms_have_are_found_in_one_list() {
    let index = open(index(&many())).expect("an index");
    assert!(index.shards_of("w").count() > 2);
    assert_eq!(index.starting_with("w").expect("shards").len(), 1);
    assert_eq!(find(&index, "w", 10).len(), 10);
    let hit = find(&index, "wab17", 1).remove(0);
    assert!(hit.url == "17/" || hit.excerpt.contains("wab17"), "{hit:?}");
}

#[test]
fn relatives_find_pages_that_use_other_words() {
    let pages = [
        page("refund/", "Refunds", &[], &[("", "How a payment comes back.")]),
        page("login/", "登录失败", &[], &[("", "输入密码之后没有反应。")]),
        page("install/", "Installation", &[], &[]),
        page("kb/", "Knowledge base", &[], &[("", "An installer knows it.")]),
    ];
    let synonyms = [vec!["KB".to_owned(), "knowledge base".to_owned(), "知识库".to_owned()]];
    let found = |built_in: bool, query: &str| -> Vec<String> {
        let vocabulary = Vocabulary::new(&synonyms, built_in);
        let files = write_index("zh", &Labels::default(), &entries(&pages), &vocabulary);
        let index = open(files).expect("an index");
        find(&index, query, 10).into_iter().map(|hit| hit.url).collect()
    };
    assert_eq!(found(true, "money back")[0], "refund/");
    assert_eq!(found(true, "sign in?"), ["login/"]);
    assert_eq!(found(true, "installer?"), ["kb/", "install/"]);
    assert_eq!(found(false, "sign in?"), [""; 0], "the thesaurus is off");
    for query in ["kb", "知识库"] {
        assert_eq!(found(false, query), ["kb/"], "{query}");
    }
}

#[test]
fn the_site_puts_pages_first_for_whole_queries() {
    let pages = site();
    let queries = ["Reset routers".to_owned()];
    let mut entries = entries(&pages);
    entries[1].promoted = &queries;
    let files = write_index("en", &Labels::default(), &entries, &Vocabulary::default());
    let index = open(files).expect("an index");
    let first = |query| find(&index, query, 10).remove(0);
    assert_eq!(first("reset router!").url, entries[1].url);
    assert!(!first("reset router").weak);
    assert_ne!(first("reset router button").url, entries[1].url);
}

#[test]
fn words_of_links_and_sections_find_a_page() {
    let pages = site();
    let mut entries = entries(&pages);
    entries[0].links = &["flux capacitor"];
    entries[1].context = &["Delorean"];
    let files = write_index("en", &Labels::default(), &entries, &Vocabulary::default());
    let index = open(files).expect("an index");
    assert_eq!(find(&index, "capacitor", 10)[0].url, entries[0].url);
    assert_eq!(find(&index, "delorean", 10)[0].url, entries[1].url);
}

#[test]
fn traditional_characters_find_simplified_ones_and_the_other_way_round() {
    assert_eq!(first("重啟路由器"), "zh/");
    let pages = [page("t/", "重啟路由器", &[], &[("", "錯誤")])];
    let index = open(index(&pages)).expect("an index");
    for query in ["重启路由器", "重啟", "错误", "錯誤"] {
        assert_eq!(find(&index, query, 10).len(), 1, "{query}");
    }
}

#[test]
fn a_page_with_little_of_a_question_is_weak() {
    let hits = search("router");
    assert!(hits.iter().all(|hit| !hit.weak));
    let hits = search("router zebra giraffe elephant hippopotamus");
    assert!(!hits.is_empty() && hits.iter().all(|hit| hit.weak));
}

#[test]
fn filters_narrow_the_results() {
    let pages = site();
    let names = [("ops", "Operations"), ("desk", "Desk")];
    let roles = names.map(|(name, label)| (name.to_owned(), label.to_owned())).to_vec();
    let readers: Vec<Vec<String>> =
        (0..pages.len()).map(|at| vec![names[usize::from(at > 0)].0.to_owned()]).collect();
    let mut entries: Vec<Entry> =
        pages.iter().zip(&readers).map(|(page, roles)| entry(page, roles)).collect();
    let products = ["app".to_owned()];
    entries[1].products = &products;
    let labels = Labels { roles, ..Labels::default() };
    let index =
        open(write_index("en", &labels, &entries, &Vocabulary::default())).expect("an index");
    let found = |filters: &[(&str, &str)]| {
        index.search("router app", &Options { limit: 10, filters }).expect("an index").len()
    };
    assert_eq!(found(&[("role", "ops")]), 1);
    assert!(found(&[("role", "ops")]) + found(&[("role", "desk")]) >= found(&[]));
    assert_eq!(found(&[("role", "nobody")]), 0);
    assert_eq!(found(&[("product", "app")]), 1);
    assert_eq!(found(&[("product", "app"), ("role", "ops")]), 0);
    assert_eq!(found(&[("kind", "article")]), found(&[]));
    assert_eq!(found(&[("version", "2")]), 0);
}
