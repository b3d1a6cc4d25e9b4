//! Lists of more than 200 rows are cut into pages, and one file has all rows.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde_json::Value;

use crate::support::{Run, Site, html};

const CONFIG: &str = "[editions.public]\nbase_url = \"https://help.example.com/\"\n[editions.all]\nroles = \"all\"\n[languages.zh]\n[products.router]\nlabel = \"Router X\"\nversions = [\"1.0\", \"2.0\"]\n[products.phone]\n";

/// How many articles there are for customers, for support alone, and in Chinese.
const SHOWN: usize = 450;
const HIDDEN: usize = 150;
const CHINESE: usize = 201;

fn article(number: usize, keys: &str) -> String {
    format!(
        "---\ntitle: \"Lamp {number} is off\"\ncodes: [E-{number}]\ntags: [lamp]\n{keys}---\n\nText {number}.\n"
    )
}

/// A site with so many articles in one section, each with a code.
fn site_of(shown: usize) -> Site {
    let site = Site::new()
        .file("tier0.toml", CONFIG)
        .file("content/fix/_index.md", "---\ntitle: Fix it\n---\n\nWhat to do in short.\n")
        .file("content/fix/page.md", "---\ntitle: A page called page\nhide: true\n---\n\nText.\n");
    for number in 1..=shown {
        let keys = match number % 3 {
            0 => "products: [router]\nversions: '>=2.0'\n",
            1 => "products: [phone]\n",
            _ => "",
        };
        site.put(&format!("content/fix/a{number}.md"), article(number, keys).as_bytes());
    }
    site
}

/// The site of most tests, built.
fn built() -> &'static Run {
    static BUILT: OnceLock<Run> = OnceLock::new();
    BUILT.get_or_init(|| {
        let site = site_of(SHOWN);
        for number in 1..=HIDDEN {
            let keys = "roles: [support]\n";
            let text = article(number + 1000, keys).replace("Lamp", "Secret");
            site.put(&format!("content/fix/s{number}.md"), text.as_bytes());
        }
        for number in 1..=CHINESE {
            let text = article(number, "");
            site.put(&format!("content/fix/a{number}.zh.md"), text.as_bytes());
        }
        site.build(&[]).clean()
    })
}

/// The titles in the rows of a page.
fn rows(page: &str) -> Vec<String> {
    let titles = page.split("<span class=\"row-title\">").skip(1);
    titles.filter_map(|rest| Some(rest.split_once('<')?.0.to_owned())).collect()
}

/// The codes in the rows of a page.
fn codes(page: &str) -> Vec<String> {
    let ids = page.split("<tr id=\"").skip(1);
    ids.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

/// Site paths of the files with all rows of a list.
fn row_files(run: &Run) -> Vec<&str> {
    let files = run.output.files.keys().map(String::as_str);
    files.filter(|path| path.starts_with("assets/lists/")).collect()
}

/// What is in the file with all rows of a list.
fn all_rows(run: &Run, url: &str) -> Value {
    let folder = format!("assets/lists/{url}rows.");
    let mut files = row_files(run).into_iter().filter(|path| path.starts_with(&folder));
    let file = files.next().expect("a file of rows");
    assert_eq!(files.next(), None, "one for each list");
    serde_json::from_str(run.output.text(file)).expect("JSON")
}

#[test]
fn no_page_has_more_than_200_rows_and_every_row_is_on_one() {
    let run = built();
    assert_eq!(html::faults(&run.output), [""; 0]);
    for (list, counts, read) in [
        ("fix/", &[200, 200, 50][..], rows as fn(&str) -> Vec<String>),
        ("tags/lamp/", &[200, 200, 50], rows),
        ("zh/fix/", &[200, 1], rows),
        ("codes/", &[200, 200, 50], codes),
        ("zh/codes/", &[200, 1], codes),
    ] {
        let mut all = BTreeSet::new();
        for (at, count) in counts.iter().enumerate() {
            let url = if at == 0 { list.to_owned() } else { format!("{list}page/{}/", at + 1) };
            let own = read(run.page(&url));
            assert_eq!(own.len(), *count, "{url}");
            all.extend(own);
        }
        assert_eq!(all.len(), counts.iter().sum::<usize>(), "{list}");
        let beyond = format!("{list}page/{}/index.html", counts.len() + 1);
        assert!(!run.output.has(&beyond) && !run.output.has(&format!("{list}page/1/index.html")));
    }
    // 150 codes for each product: a short list.
    assert_eq!(codes(run.page("codes/router/")).len(), 150);
    assert!(!run.page("codes/router/").contains("paging"));
    assert!(!run.output.has("codes/router/page/2/index.html"));
}

#[test]
fn each_page_says_which_it_is_and_leads_to_its_neighbours() {
    let run = built();
    let heads = [
        ("codes/", "Error codes · Help centre", None, Some("page/2/")),
        (
            "codes/page/2/",
            "Error codes · Page 2 of 3 · Help centre",
            Some("../../../codes/"),
            Some("../../../codes/page/3/"),
        ),
        (
            "codes/page/3/",
            "Error codes · Page 3 of 3 · Help centre",
            Some("../../../codes/page/2/"),
            None,
        ),
        ("fix/page/3/", "Fix it · Page 3 of 3 · Help centre", Some("../../../fix/page/2/"), None),
        (
            "tags/lamp/page/2/",
            "Tag: lamp · Page 2 of 3 · Help centre",
            Some("../../../../tags/lamp/"),
            Some("../../../../tags/lamp/page/3/"),
        ),
    ];
    for (url, title, previous, next) in heads {
        let page = run.page(url);
        let tags = html::tags(page);
        let of = |rel: &str| {
            let mut links = tags.iter().filter(|tag| tag.name == "link");
            links.find(|tag| tag.get("rel") == Some(rel)).and_then(|tag| tag.get("href"))
        };
        assert!(page.contains(&format!("<title>{title}</title>")), "{url}");
        assert_eq!(of("canonical"), Some(&*format!("https://help.example.com/{url}")));
        assert_eq!(of("prev"), previous, "{url}");
        assert_eq!(of("next").map(|link| link.trim_start_matches("../codes/")), next, "{url}");
        // Lists of other languages are cut elsewhere.
        assert_eq!(of("alternate").is_some(), !url.contains("page/") && !url.contains("tags/"));
        let current: Vec<_> = tags
            .iter()
            .filter(|tag| {
                tag.get("aria-current") == Some("page") && tag.get("aria-label").is_some()
            })
            .collect();
        assert_eq!(current.len(), 1, "{url}");
    }
    let trail = "\"name\":\"Error codes\",\"position\":2},{\"@type\":\"ListItem\",\"item\":\"https://help.example.com/codes/page/2/\",\"name\":\"Page 2 of 3\",\"position\":3}";
    assert!(run.page("codes/page/2/").contains(trail));
    let zh = run.page("zh/codes/page/2/");
    assert!(zh.contains("<title>错误码 · 第 2 页，共 2 页 · "));
    assert!(zh.contains(">上一页</a>") && zh.contains("aria-label=\"第 1 页\""));
    assert!(run.page("codes/page/2/").contains(">Next page</a>"));
}

#[test]
fn links_to_a_code_lead_to_the_page_that_has_it() {
    let run = built();
    // By product: 150 codes of the router, 150 of the phone, 150 of none.
    for (article, link) in [
        ("fix/a1/", "../../codes/#e-1"),
        ("fix/a448/", "../../codes/page/2/#e-448"),
        ("fix/a449/", "../../codes/page/3/#e-449"),
    ] {
        assert!(run.page(article).contains(&format!("href=\"{link}\"")), "{article}");
    }
    // A product that goes on is named again; none is named that has nothing there.
    let second = run.page("codes/page/2/");
    assert!(second.contains(">phone</a></h2>") && second.contains(">General</h2>"));
    assert!(!second.contains(">Router X</a></h2>"));
    assert!(!run.page("codes/page/3/").contains(">phone</a></h2>"));
}

#[test]
fn further_pages_of_a_section_go_on_with_its_articles_alone() {
    let run = built();
    assert!(run.page("fix/").contains("What to do in short.</p>"));
    let second = run.page("fix/page/2/");
    assert!(!second.contains("What to do in short"));
    assert!(second.contains("<li><a href=\"../../../fix/\">Fix it</a></li>"));
    assert!(second.contains("<h1>Fix it</h1>") && second.contains(">Page 2 of 3</a>"));
    // The article keeps its neighbours across pages.
    let last = rows(run.page("fix/")).pop().expect("rows");
    let first = rows(second).remove(0);
    let number = last.trim_start_matches("Lamp ").trim_end_matches(" is off");
    let page = run.page(&format!("fix/a{number}/"));
    assert!(page.contains(&format!("</span>{first}</a>")), "after {last} comes {first}");
}

#[test]
fn one_file_has_the_rows_of_all_pages() {
    let run = built();
    // Nothing narrows the Chinese section: none of its articles is for some versions only.
    let lists = ["codes/", "fix/", "tags/lamp/", "zh/codes/"];
    let found: Vec<&str> = row_files(run);
    assert_eq!(found.len(), lists.len(), "{found:?}");
    for (list, file) in lists.iter().zip(&found) {
        for sheet in ["", "page/2/"] {
            let url = format!("{list}{sheet}");
            let root = "../".repeat(url.matches('/').count());
            assert!(run.page(&url).contains(&format!("data-rows=\"{root}{file}\"")), "{url}");
        }
    }
    assert!(!run.page("zh/fix/").contains("data-rows"));
    let told = all_rows(run, "codes/");
    let groups = told["groups"].as_array().expect("groups");
    let ids: Vec<String> = groups
        .iter()
        .flat_map(|group| group[2].as_array().expect("rows"))
        .map(|row| row[1].as_str().expect("an id").to_owned())
        .collect();
    let on_pages: Vec<String> = ["codes/", "codes/page/2/", "codes/page/3/"]
        .into_iter()
        .flat_map(|url| codes(run.page(url)))
        .collect();
    assert_eq!(ids, on_pages);
    let told = all_rows(run, "fix/");
    let titles: Vec<&str> = told
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| row[0].as_str().expect("a title"))
        .collect();
    let on_pages: Vec<String> = ["fix/", "fix/page/2/", "fix/page/3/"]
        .into_iter()
        .flat_map(|url| rows(run.page(url)))
        .collect();
    assert_eq!(titles, on_pages);
}

#[test]
fn pages_and_rows_tell_nothing_of_what_the_edition_does_not_show() {
    let run = built();
    assert_eq!(run.output.holding("Secret"), [""; 0]);
    assert_eq!(run.output.holding("of 4"), [""; 0], "600 rows would be cut into more pages");
    assert!(run.page("tags/lamp/").contains("450 articles"));
}

#[test]
fn what_becomes_short_leaves_no_page_behind() {
    let site = site_of(SHOWN);
    let long = site.build(&[]).clean();
    assert_eq!(row_files(&long).len(), 3);
    for number in 151..=SHOWN {
        site.remove(&format!("content/fix/a{number}.md"));
    }
    let short = site.build(&[]).clean();
    assert_eq!(codes(short.page("codes/")).len(), 150);
    let left =
        short.output.files.keys().filter(|path| path.contains("page/2") || path.contains("page/3"));
    assert_eq!(left.count() + row_files(&short).len(), 0);
    for url in ["codes/", "fix/", "tags/lamp/"] {
        assert!(!short.page(url).contains("paging") && !short.page(url).contains("canonical"));
    }
}

#[test]
fn addresses_of_further_pages_are_reserved_where_there_are_some() {
    let site = site_of(201);
    let two = "---\ntitle: Two\nhide: true\n---\n\nText.\n";
    site.put("content/fix/page/2.md", two.as_bytes());
    site.put("content/fix/page/3.md", two.as_bytes());
    let run = site.build(&[]);
    assert_eq!(run.places(), ["error reserved-address content/fix/page/2.md:1:1"]);
    assert!(run.problems[0].message.contains("`/fix/page/2/`"), "{}", run.problems[0].message);
    site.remove("content/fix/a1.md");
    let run = site.build(&[]).clean();
    assert!(run.page("fix/page/2/").contains("<h1>Two</h1>"));
    assert!(run.page("fix/page/").contains("<h1>A page called page</h1>"));
}

#[test]
fn the_home_and_lists_of_roles_are_cut_too() {
    let site = Site::new().file("tier0.toml", "[editions.all]\nroles = \"all\"\n");
    for number in 1..=250 {
        let kind = if number % 50 == 0 { "howto" } else { "reference" };
        let text = format!(
            "---\ntitle: Lamp {number}\nkind: {kind}\nroles: [support, ops]\n---\n\nText {number}.\n"
        );
        site.put(&format!("content/a{number}.md"), text.as_bytes());
    }
    let run = site.build(&["--edition", "all"]).clean();
    assert_eq!(html::faults(&run.output), [""; 0]);
    assert_eq!([rows(run.page("")).len(), rows(run.page("page/2/")).len()], [200, 50]);
    assert!(run.page("page/2/").contains("<title>Home · Page 2 of 2 · Help centre</title>"));
    assert!(!run.page("page/2/").contains("class=\"hero\""));
    let (first, second) = (run.page("roles/ops/"), run.page("roles/ops/page/2/"));
    assert_eq!([rows(first).len(), rows(second).len()], [200, 50]);
    let groups = |page: &str| page.matches("<h2 class=\"group-title\"").count();
    assert_eq!([groups(first), groups(second)], [1, 2], "the first kind goes on, then the other");
    assert_eq!(row_files(&run), [""; 0], "nothing narrows them");
}

#[test]
fn threads_leave_no_trace_in_long_lists() {
    let with = |threads: &str| {
        let site = site_of(SHOWN).environment("RAYON_NUM_THREADS", threads);
        site.build(&[]).clean().output
    };
    with("1").assert_same(&with("4"), "1 thread and 4");
}

#[test]
fn the_navigation_shows_the_articles_around_one() {
    let site = Site::new();
    for number in 1..=100 {
        site.put(&format!("content/s/a{number}.md"), format!("# L{number}\n").as_bytes());
    }
    let run = site.build(&[]).clean();
    for number in 1..=100_usize {
        let page = run.page(&format!("s/a{number}/"));
        let side =
            page.split("<nav class=\"side\"").nth(1).and_then(|rest| rest.split("</nav>").next());
        let links = side.unwrap_or_default().split("<li><a href=\"../../s/a").skip(1);
        let shown: Vec<usize> =
            links.filter_map(|link| link.split_once('/')?.0.parse().ok()).collect();
        let start = number.saturating_sub(21).min(60);
        assert_eq!(shown, (start + 1..=start + 40).collect::<Vec<_>>(), "around {number}");
    }
}
