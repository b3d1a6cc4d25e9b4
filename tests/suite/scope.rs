//! What pages apply to: error codes, versions, permanent addresses.

use crate::support::{Run, Site};

/// A page with front matter.
fn page(title: &str, keys: &str) -> String {
    format!("---\ntitle: {title}\n{keys}\n---\n\nText of {title}.\n")
}

/// The codes that a page of codes lists: `id code`.
fn codes(run: &Run, url: &str) -> Vec<String> {
    let rows = run.page(url).split("<tr id=\"").skip(1);
    let text = |row: &str| {
        let (id, rest) = row.split_once('"')?;
        let (_, rest) = rest.split_once("<code>")?;
        Some(format!("{id} {}", rest.split_once("</code>")?.0))
    };
    rows.filter_map(text).collect()
}

#[test]
fn codes_stand_in_a_list_by_product() {
    let site = Site::new()
        .file(
            "tier0.toml",
            "[languages.zh]\n[products.zeta]\nlabel = \"Zeta 9\"\n[products.beta]\n",
        )
        .file("content/a.md", &page("A", "products: [beta, zeta]\ncodes: [E-10, E-9, <b>]"))
        .file("content/b.md", &page("B", "products: [other]\nshared_codes: [e-9]"))
        .file("content/c.md", &page("C", "codes: [G]"))
        .file("content/d.md", &page("D", "codes: [H]\nhide: true"))
        .file("content/e.md", &page("E", "codes: [I]\nroles: [ops]"))
        .file("content/a.zh.md", &page("甲", "products: [beta]\ncodes: [E-10]"));
    let run = site.build(&["--strict"]).clean();
    let expected = [
        "b &lt;b&gt;",
        "e-9 E-9",
        "e-10 E-10",
        "b-2 &lt;b&gt;",
        "e-9-2 E-9",
        "e-10-2 E-10",
        "e-9-3 e-9",
        "g G",
    ];
    assert_eq!(codes(&run, "codes/"), expected);
    assert_eq!(codes(&run, "codes/beta/"), ["b &lt;b&gt;", "e-9 E-9", "e-10 E-10"]);
    assert_eq!(codes(&run, "codes/other/"), ["e-9 e-9"]);
    assert!(run.page("codes/zeta/").contains("<h1>Error codes: Zeta 9</h1>"));
    // One product only: no page of its own.
    assert_eq!(codes(&run, "zh/codes/"), ["e-10 E-10"]);
    assert!(!run.output.has("zh/codes/beta/index.html"));
    // The language switch stays with the codes.
    assert!(run.page("codes/beta/").contains("href=\"../../zh/codes/\""));
    assert!(run.page("zh/codes/").contains("href=\"../../codes/\""));
    assert!(run.page("a/").contains("<a href=\"../codes/#e-9\"><code>E-9</code></a>"));
    assert!(run.page("b/").contains("<a href=\"../codes/#e-9-3\"><code>e-9</code></a>"));
    assert!(run.page("d/").contains("<code>H</code>") && !run.page("d/").contains("#h\""));
    for url in ["", "c/"] {
        assert!(run.page(url).contains("codes/\">"), "{url}");
    }
}

#[test]
fn without_codes_there_is_no_list() {
    let site = Site::new()
        .file("content/a.md", &page("A", "tags: [x]"))
        .file("content/b.md", &page("B", "codes: [SECRET-1]\nroles: [ops]"));
    let run = site.build(&[]).clean();
    assert!(!run.output.has("codes/index.html"));
    assert!(!run.page("").contains("codes/") && run.output.holding("SECRET-1").is_empty());
}

#[test]
fn the_address_of_the_codes_is_reserved() {
    let run = Site::new()
        .file("tier0.toml", "[languages.zh]\n")
        .file("content/codes.md", "# Codes\n")
        .file("content/codes/x.zh.md", "# X\n")
        .build(&[]);
    assert_eq!(run.codes(), ["reserved-address"; 2], "{:?}", run.places());
}

#[test]
fn a_code_of_another_edition_is_no_duplicate() {
    let site = Site::new()
        .file("tier0.toml", "[editions.all]\nroles = \"all\"\n")
        .file("content/a.md", &page("A", "codes: [E-1]"))
        .file("content/b.md", &page("B", "codes: [E-1]\nroles: [ops]"));
    site.build(&["--strict"]).clean();
    let run = site.build(&["--edition", "all"]);
    assert_eq!((run.codes(), run.code), (vec!["duplicate-code"], 0));
}

#[test]
fn a_code_is_found_by_search_however_it_is_typed() {
    let site = Site::new()
        .file("content/a.md", &page("Nothing about it", "codes: [E-1042]"))
        .file("content/b.md", "# E\n\nThe numbers 1042 and 1042 again, E, E 1042 too.\n");
    site.build(&[]).clean();
    let output = site.path("dist/public").display().to_string();
    for query in ["E-1042", "e1042", "Ｅ－１０４２"] {
        let hits = site.run(&["search", "--json", "--site", &output, query]);
        let first = hits.stdout.lines().next().unwrap_or_default().to_owned();
        assert!(first.contains("\"a/\""), "{query}: {}", hits.stdout);
    }
}
