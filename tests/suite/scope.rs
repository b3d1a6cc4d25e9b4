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
        .file("content/codes.md", "---\ncodes: [E-1]\n---\n# Codes\n")
        .file("content/codes/x.zh.md", "# X\n")
        .build(&[]);
    // Chinese has no codes, so nothing is in the way there.
    assert_eq!(run.places(), ["error reserved-address content/codes.md:1:1"]);
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

const PRODUCTS: &str = "[languages.zh]\n[products.router]\nlabel = { en = \"Router X\", zh = \"路由器 X\" }\nversions = [\"1.0\", \"1.5\", \"2.0\", \"2.10\"]\n[products.phone]\nversions = [\"7\", \"8\"]\n";

#[test]
fn versions_are_shown_in_words() {
    let words = [
        ("1.0 - 1.5", "1.0 – 1.5", "1.0 – 1.5"),
        ("'>=2.0'", "2.0 and later", "2.0 及更高版本"),
        ("'>v1.5'", "later than 1.5", "高于 1.5"),
        ("'<2'", "earlier than 2", "低于 2"),
        ("'<=2'", "2 and earlier", "2 及更低版本"),
        ("'>=1.5, <2.10'", "1.5 to before 2.10", "1.5 起，2.10 之前"),
        ("'>1.0 <2.10'", "after 1.0 and before 2.10", "高于 1.0，低于 2.10"),
        ("'>1.0 <=2.10'", "after 1.0 up to 2.10", "高于 1.0，至 2.10"),
        ("1.0、2.x", "1.0, 2.x", "1.0、2.x"),
        ("all", "all versions", "所有版本"),
        ("the <b>new", "the &lt;b&gt;new", "the &lt;b&gt;new"),
    ];
    let mut site = Site::new().file("tier0.toml", PRODUCTS);
    for (number, (versions, ..)) in words.iter().enumerate() {
        let page = page("T", &format!("products: [router]\nversions: {versions}"));
        site = site
            .file(&format!("content/p{number}.md"), &page)
            .file(&format!("content/p{number}.zh.md"), &page);
    }
    let run = site.build(&[]);
    assert_eq!((run.codes(), run.code), (vec!["invalid-versions"; 2], 0));
    for (number, (_, english, chinese)) in words.iter().enumerate() {
        for (url, text) in [
            (format!("p{number}/"), format!("Router X {english}<")),
            (format!("zh/p{number}/"), format!("路由器 X {chinese}<")),
        ] {
            assert!(run.page(&url).contains(&text), "{text}");
        }
    }
}

#[test]
fn search_knows_the_versions_that_a_page_is_for() {
    let site = Site::new()
        .file("tier0.toml", PRODUCTS)
        .file("content/a.md", &page("Zorbit old", "products: [router]\nversions: 1.0 - 1.5"))
        .file("content/b.md", &page("Zorbit new", "products: [router]\nversions: '>=1.5'"))
        .file("content/c.md", &page("Zorbit any", "products: [router]"))
        .file("content/d.md", &page("Zorbit phone", "products: [phone]\nversions: 8"))
        .file("content/e.md", &page("Zorbit all", ""))
        .file("content/f.md", &page("Zorbit other", "products: [lamp]\nversions: '>=2, 3'"))
        .file("content/g.md", &page("Zorbit odd", "products: [router]\nversions: newest"));
    let run = site.build(&[]);
    assert_eq!(run.codes(), ["invalid-versions"]);
    let output = site.path("dist/public").display().to_string();
    for (version, urls) in [
        ("1.0", &["a/", "c/", "e/", "g/"][..]),
        ("1.5", &["a/", "b/", "c/", "e/", "g/"]),
        ("2.10", &["b/", "c/", "e/", "f/", "g/"]),
        ("3", &["e/", "f/"]),
        // No page for phones is for this one.
        ("7", &[]),
        ("8", &["d/", "e/", "f/"]),
        ("1.0 - 1.5", &[]),
    ] {
        let hits =
            site.run(&["search", "--json", "--site", &output, "--version", version, "zorbit"]);
        let mut found: Vec<String> = hits.stdout.lines().map(url).collect();
        found.sort();
        assert_eq!(found, urls, "{version}");
    }
    let page = run.page("search/");
    let filter = page.split("<select name=\"version\"").nth(1).unwrap_or_default();
    let options: Vec<&str> = filter
        .split("</select>")
        .next()
        .unwrap_or_default()
        .split("<option value=\"")
        .skip(2)
        .filter_map(|option| Some(option.split_once('"')?.0))
        .collect();
    assert_eq!(options, ["8", "3", "2.10", "2.0", "1.5", "1.0"]);
}

#[test]
fn versions_of_pages_outside_the_edition_are_not_named() {
    let config = "[editions.internal]\nroles = \"all\"\n[products.r]\nversions = [\"1.0\", \"9.9-omega\"]\n[products.q]\nversions = [\"8.8-omega\"]\n";
    let site = Site::new()
        .file("tier0.toml", config)
        .file("content/a.md", &page("A", "products: r\nversions: '<2'"))
        .file("content/b.md", &page("B", "products: [r, q]\nversions: '>2'\nroles: ops"));
    for (path, bytes) in site.build(&[]).clean().output.files {
        assert!(!String::from_utf8_lossy(&bytes).contains("omega"), "{path}");
    }
    let internal = site.build(&["--edition", "internal"]).clean();
    assert!(internal.page("").contains("9.9-omega") && internal.page("").contains("8.8-omega"));
}

/// The url of a result in JSON.
fn url(line: &str) -> String {
    let rest = line.split_once("\"url\":\"").map_or("", |(_, rest)| rest);
    rest.split_once('"').map_or("", |(url, _)| url).to_owned()
}

#[test]
fn lists_say_which_versions_their_rows_are_for() {
    let site = Site::new()
        .file("tier0.toml", PRODUCTS)
        .file("content/x/a.md", &page("A", "products: [router, phone]\nversions: '>=2.0'"))
        .file("content/x/b.md", &page("B", "products: [router]"))
        .file("content/x/c.md", &page("C", "products: [phone]\nversions: all\ntags: [t]"))
        .file("content/x/d.md", &page("D", "products: [phone]\nversions: 8\nroles: ops"))
        .file("content/y/b.md", &page("B", "products: [router]\nversions: soon\ntags: [t]"));
    let run = site.build(&[]);
    let list = run.page("x/").replace("&quot;", "\"");
    assert_eq!(list.matches(" data-versions=").count(), 1);
    assert!(
        list.contains(" data-versions=\"{\"phone\":[\"7\",\"8\"],\"router\":[\"2.0\",\"2.10\"]}\"")
    );
    assert!(list.contains("[[\"router\",\"Router X\",[\"2.10\",\"2.0\",\"1.5\",\"1.0\"]],[\"phone\",\"phone\",[\"8\",\"7\"]]]"));
    assert!(
        list.contains("<span class=\"row-scope\">Router X 2.0 and later; phone 2.0 and later<")
    );
    for url in ["y/", "tags/t/", ""] {
        assert!(!run.page(url).contains("t0-versions"), "{url}");
    }
    assert!(run.page("y/").contains("<span class=\"row-scope\">Router X soon<"));
}

/// Where a redirect leads: canonical address, refresh, link.
fn leads_to(run: &Run, path: &str, url: &str) {
    let page = run.output.text(path);
    for text in [
        format!("<link rel=\"canonical\" href=\"{url}\">"),
        format!("<noscript><meta http-equiv=\"refresh\" content=\"0; url={url}\"></noscript>"),
        format!("<a id=\"t0-moved\" href=\"{url}\">"),
        "<meta name=\"robots\" content=\"noindex\">".to_owned(),
    ] {
        assert!(page.contains(&text), "{path} has no {text}:\n{page}");
    }
}

#[test]
fn permanent_addresses_lead_to_the_page() {
    let site = Site::new()
        .file("tier0.toml", "[languages.zh]\n")
        .file(
            "content/guides/reset.md",
            &page("Reset & \"go\"", "id: router-reset\naliases: [/old/page.html, 'kb/12 3', /guides/reset/, /kb/12%203/, /a/router-reset]"),
        )
        .file("content/guides/reset.zh.md", &page("重置", "id: router-reset\naliases: [/zh/旧/]\nhide: true"))
        .file("content/_index.md", "---\ntitle: Home\nid: start\n---\n\nHello.\n")
        .file("content/s/_index.md", "---\ntitle: S\nid: 栏目\n---\n\n[x](id:router-reset#no) [y](/old/page.html) [z](/a/router-reset/) [w](/kb/12%203)\n");
    let run = site.build(&[]);
    assert_eq!(run.places(), ["warning broken-anchor content/s/_index.md:6:1"]);
    leads_to(&run, "a/router-reset/index.html", "../../guides/reset/");
    leads_to(&run, "old/page.html", "../guides/reset/");
    leads_to(&run, "kb/12 3/index.html", "../../guides/reset/");
    leads_to(&run, "zh/a/router-reset/index.html", "../../../zh/guides/reset/");
    leads_to(&run, "zh/旧/index.html", "../../zh/guides/reset/");
    leads_to(&run, "a/start/index.html", "../../");
    leads_to(&run, "a/栏目/index.html", "../../s/");
    assert!(run.output.text("old/page.html").contains("<title>Reset &amp; &quot;go&quot;</title>"));
    // Links go to the page itself.
    assert_eq!(run.page("s/").matches("href=\"../guides/reset/").count(), 4);
    let run = site.build(&["--base-url", "https://help.example.com/x/"]);
    assert!(
        run.output
            .text("old/page.html")
            .contains("\"canonical\" href=\"https://help.example.com/x/guides/reset/\"")
    );
}

#[test]
fn addresses_in_the_way_of_others_are_reported() {
    let site = Site::new()
        .file("content/a.md", &page("A", "aliases: [/b, /search/, /c.html, /logo.svg, /old/, /]"))
        .file("content/b.md", &page("B", "aliases: /old\nid: x/y"))
        .file("content/c.md", "# C\n\n![p](logo.svg)\n")
        .file("content/d.md", &page("D", "id: a b\naliases: [https://example.com/d, /../d]"))
        .file("content/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
    let run = site.build(&[]);
    let expected = [
        "warning duplicate-address content/a.md:3:11",
        "error reserved-address content/a.md:3:15",
        "warning duplicate-address content/a.md:3:34",
        "warning invalid-value content/a.md:3:52",
        "warning duplicate-address content/b.md:3:10",
        "warning invalid-value content/b.md:4:5",
        "warning invalid-value content/d.md:3:5",
        "warning invalid-value content/d.md:4:11",
        "warning invalid-value content/d.md:4:34",
    ];
    assert_eq!(run.places(), expected);
}

#[test]
fn an_edition_has_no_address_of_a_page_that_it_does_not_show() {
    let site = Site::new()
        .file("tier0.toml", "[editions.all]\nroles = \"all\"\n")
        .file(
            "content/a.md",
            &page("A", "roles: ops\nid: snorgle\naliases: [/frindle/x.html, /b/]"),
        )
        .file("content/b.md", &page("B", "id: open"));
    let run = site.build(&["--strict"]).clean();
    for word in ["snorgle", "frindle"] {
        assert!(run.output.holding(word).is_empty(), "{word}");
        assert!(!run.output.files.keys().any(|path| path.contains(word)), "{word}");
    }
    assert!(run.output.has("a/open/index.html") && run.page("b/").contains("<h1>B"));
    let run = site.build(&["--edition", "all"]);
    assert_eq!(run.codes(), ["duplicate-address"]);
}

#[test]
fn codes_never_take_the_ids_of_the_theme() {
    let site = Site::new().file("content/a.md", &page("A", "codes: [T0-texts, T0-codes]"));
    let run = site.build(&[]).clean();
    assert_eq!(codes(&run, "codes/"), ["code-t0-codes T0-codes", "code-t0-texts T0-texts"]);
}
