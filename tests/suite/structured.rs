//! Structured data: what schema.org and the search engines want of each type, on every page.

use serde_json::Value;

use crate::support::{Run, Site, repository};

/// What must be there, by type. `[]` goes into a list, `|` names alternatives.
const REQUIRED: &[(&str, &[&str])] = &[
    (
        "BreadcrumbList",
        &["itemListElement[].position", "itemListElement[].name", "itemListElement[].item"],
    ),
    (
        "FAQPage",
        &["name", "url", "inLanguage", "mainEntity[].name", "mainEntity[].acceptedAnswer.text"],
    ),
    ("HowTo", &["name", "url", "inLanguage", "step[].name", "step[].text|itemListElement"]),
    ("TechArticle", &["headline", "url", "inLanguage", "mainEntityOfPage"]),
    (
        "WebSite",
        &["name", "url", "potentialAction.target.urlTemplate", "potentialAction.query-input"],
    ),
];

/// Keys that hold addresses.
const ADDRESSES: [&str; 4] = ["item", "url", "urlTemplate", "mainEntityOfPage"];

/// The data of a page, as any parser of html finds it.
fn data(html: &str) -> Option<Value> {
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">")?;
    let (json, _) = rest.split_once("</script>")?;
    assert!(!json.contains(['<', '>', '\u{2028}', '\u{2029}']), "{json}");
    Some(serde_json::from_str(json).expect("JSON-LD"))
}

/// All things of a page of one type.
fn things<'v>(data: &'v Value, kind: &str) -> Vec<&'v Value> {
    assert_eq!(data["@context"], "https://schema.org");
    let all = data["@graph"].as_array().expect("a graph").iter();
    all.filter(|thing| thing["@type"] == kind).collect()
}

/// Fails unless `thing` has something at `path`.
fn check(thing: &Value, path: &str, page: &str) {
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let (names, is_list) = first.strip_suffix("[]").map_or((first, false), |names| (names, true));
    let value = names.split('|').find_map(|name| thing.get(name));
    let value = value.unwrap_or_else(|| panic!("/{page}: no {path} in {thing}"));
    if is_list {
        let items = value.as_array().filter(|items| !items.is_empty());
        let items = items.unwrap_or_else(|| panic!("/{page}: {names} is empty in {thing}"));
        items.iter().filter(|_| !rest.is_empty()).for_each(|item| check(item, rest, page));
    } else if rest.is_empty() {
        assert!(value.as_str() != Some(""), "/{page}: {path} is empty in {thing}");
    } else {
        check(value, rest, page);
    }
}

/// Fails unless all addresses begin with `base`, and all dates are days.
fn check_values(value: &Value, base: &str, page: &str) {
    match value {
        Value::Array(all) => all.iter().for_each(|value| check_values(value, base, page)),
        Value::Object(all) => {
            for (key, value) in all {
                if ADDRESSES.contains(&key.as_str()) {
                    let url = value.as_str().expect("an address");
                    assert!(url.starts_with(base), "/{page}: {key} is {url}");
                }
                if key.starts_with("date") {
                    let day = value.as_str().expect("a date");
                    assert!(day.parse::<jiff::civil::Date>().is_ok(), "/{page}: {key} is {day}");
                }
                check_values(value, base, page);
            }
        }
        _ => {}
    }
}

/// Checks every page; gives how many things of each type in [`REQUIRED`] there are.
fn check_all(run: &Run, base: impl Fn(&str) -> String) -> Vec<usize> {
    let mut counts = vec![0; REQUIRED.len()];
    for (path, bytes) in &run.output.files {
        let Some(page) = path.strip_suffix("index.html") else { continue };
        let html = String::from_utf8_lossy(bytes);
        assert!(html.matches("application/ld+json").count() < 2, "{path}");
        let Some(data) = data(&html) else { continue };
        check_values(&data, &base(page), page);
        for ((kind, required), count) in REQUIRED.iter().zip(&mut counts) {
            for thing in things(&data, kind) {
                *count += 1;
                required.iter().for_each(|path| check(thing, path, page));
            }
        }
        let known = |kind: &str| REQUIRED.iter().any(|(known, _)| *known == kind);
        let graph = data["@graph"].as_array().expect("a graph");
        assert!(graph.iter().all(|thing| thing["@type"].as_str().is_some_and(known)), "{data}");
    }
    counts
}

fn site() -> Site {
    Site::copy_of(&repository().join("tests/sites/faq/site"))
        .file(
            "content/guides/reset.md",
            "---\ntitle: Reset\nkind: guide\nupdated: 2026-02-03T10:00\nproducts: [router]\n---\n\n\
             ## Issue\n\nIt hangs.\n\n1. no step\n\n## Solution\n\n1. Pull the plug, e.g. by its grip! Wait.\n2. 插上电源。再等等。\n\n\
             ## Cause\n\nHeat.\n\n1. no step either\n",
        )
        .file(
            "content/guides/parts.md",
            "---\ntitle: Parts\nkind: howto\n---\n\n## Before\n\n1. a\n\n## After\n\n:::steps\n1. b\n\n   more\n2. c\n:::\n\n\
             :::tabs\n::::tab One\n1. not this\n::::\n:::\n",
        )
        .file("content/guides/words.md", "---\ntitle: Words\nkind: howto\n---\n\nNo list.\n")
        .file("content/guides/known.md", "---\ntitle: \"U+2028 \\L and \\\"\"\nkind: known-issue\n---\n\nText.\n")
}

#[test]
fn every_page_has_what_search_engines_require() {
    let base = "https://help.example.com/kb/";
    let run = site().build(&[]).fine();
    let counts = check_all(&run, |_| base.to_owned());
    assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
    let of = |page: &str| data(run.page(page)).expect("data");
    let home = of("");
    assert_eq!(things(&home, "WebSite")[0]["name"], "Help");
    let target = &things(&home, "WebSite")[0]["potentialAction"]["target"]["urlTemplate"];
    assert_eq!(*target, format!("{base}search/?q={{search_term_string}}"));
    let chinese = of("zh/");
    assert_eq!(things(&chinese, "WebSite")[0]["url"], format!("{base}zh/"));

    let faq = of("payment/");
    let faq = things(&faq, "FAQPage")[0];
    assert_eq!(faq["name"], "Payment </script><!-- & \"more\"");
    assert_eq!(faq["dateModified"], "2026-03-01");
    assert_eq!(faq["about"][0]["name"], "shop");
    let names: Vec<_> =
        faq["mainEntity"].as_array().expect("questions").iter().map(|q| &q["name"]).collect();
    let asked = [
        "Can I change the invoice?",
        "Who gets </script> it?",
        "How long does a refund take?",
        "Do you take cash?",
    ];
    assert_eq!(names, asked);
    let answer = &faq["mainEntity"][0]["acceptedAnswer"]["text"];
    assert_eq!(*answer, "Yes, see refunds. And later? Within 30 days.");

    let guide = of("guides/reset/");
    let [how, article] = ["HowTo", "TechArticle"].map(|kind| things(&guide, kind)[0]);
    assert_eq!(how["step"].as_array().map(Vec::len), Some(2));
    assert_eq!(how["step"][0]["name"], "Pull the plug, e.g. by its grip!");
    assert_eq!(how["step"][1]["text"], "插上电源。再等等。");
    assert_eq!(article["dateModified"], "2026-02-03");
    let trail = &things(&guide, "BreadcrumbList")[0]["itemListElement"];
    let trail: Vec<_> = trail
        .as_array()
        .expect("a list")
        .iter()
        .map(|i| i["item"].as_str().expect("url"))
        .collect();
    assert_eq!(trail, ["", "guides/", "guides/reset/"].map(|path| format!("{base}{path}")));

    let parts = of("guides/parts/");
    let how = things(&parts, "HowTo")[0];
    assert_eq!(how["step"][0]["name"], "Before");
    assert_eq!(how["step"][1]["itemListElement"][0]["text"], "b more");
    assert_eq!(how["step"].as_array().map(Vec::len), Some(2));
    assert!(things(&parts, "TechArticle").is_empty());
    let words = of("guides/words/");
    assert!(things(&words, "HowTo").is_empty() && things(&words, "TechArticle").len() == 1);
    assert_eq!(
        things(&of("guides/known/"), "TechArticle")[0]["headline"],
        "U+2028 \u{2028} and \""
    );
}

#[test]
fn without_an_address_of_the_site_addresses_lead_from_the_page() {
    let site = site();
    site.put("tier0.toml", b"[languages.en]\n[languages.zh]\n");
    let run = site.build(&[]).fine();
    let counts = check_all(&run, |page| "../".repeat(page.matches('/').count()));
    assert_eq!(counts.last(), Some(&0), "a search engine cannot call a page it does not know");
    let guide = data(run.page("guides/reset/")).expect("data");
    assert_eq!(things(&guide, "TechArticle")[0]["url"], "../../guides/reset/");
}

#[test]
fn editions_that_nobody_indexes_have_none() {
    let run = site().build(&["--edition", "internal"]).fine();
    let texts = run.output.files.values().map(|bytes| String::from_utf8_lossy(bytes));
    assert!(!texts.into_iter().any(|text| text.contains("ld+json")));
}
