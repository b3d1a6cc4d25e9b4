//! A site changes its theme file by file, and its words key by key.

use std::collections::BTreeMap;

use crate::support::{Run, Site};

fn site() -> Site {
    Site::new().file("content/a.md", "# A\n\n:::note\nText.\n:::\n")
}

#[test]
fn one_template_is_replaced_and_the_others_stay() {
    let run = site()
        .file(
            "themes/default/templates/partials/footer.html",
            "<footer>Made by {{ site.title }} & friends</footer>\n",
        )
        .build(&[])
        .clean();
    assert!(run.page("a/").contains("<footer>Made by Help centre & friends</footer>"));
    assert!(run.page("a/").contains("class=\"site-header\""));
}

#[test]
fn a_named_theme_lies_over_the_shipped_one() {
    let run = site()
        .file("tier0.toml", "[site]\ntheme = \"brand\"\n")
        .file("themes/brand/templates/404.html", "{% extends \"base.html\" %}{% block main %}<main><h1>Lost</h1></main>{% endblock main %}")
        .file("themes/brand/assets/css/main.css", "body { color: rebeccapurple }\n")
        .file("themes/brand/assets/img/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
        .build(&[])
        .clean();
    assert!(run.output.text("404.html").contains("<h1>Lost</h1>"));
    assert_eq!(run.output.holding("rebeccapurple").len(), 1);
    assert!(run.output.files.keys().any(|path| path.starts_with("assets/img/logo.")));
}

#[test]
fn one_word_is_replaced_and_the_others_stay() {
    let run = site()
        .file("themes/default/i18n/en.toml", "callout_note = \"Mind\"\nsearch_help = \"Ask\"\n")
        .build(&[])
        .clean();
    let page = run.page("a/");
    assert!(page.contains("<p class=\"callout-title\">Mind</p>") && page.contains(">Ask<"));
    assert!(page.contains("Skip to content"));
}

#[test]
fn values_are_escaped_in_templates() {
    let run = Site::new()
        .file("content/a.md", "---\ntitle: \"<b>A</b> & \\\"B\\\"\"\ndescription: \"<i>D</i>\"\ntags: [\"<u>\"]\n---\n\nText.\n")
        .file("tier0.toml", "[site]\ntitle = \"<s>Site</s>\"\n")
        .build(&[])
        .fine();
    for url in ["", "a/", "tags/"] {
        let page = run.page(url);
        for raw in ["<i>D", "<u>", "<s>Site"] {
            assert!(!page.contains(raw), "{raw} in {url}:\n{page}");
        }
    }
    assert!(!run.page("a/").contains("<b>A</b> & \"B\""));
}

#[test]
fn asset_names_change_with_their_bytes() {
    let css = |text: &str| {
        let run = site().file("themes/default/assets/css/main.css", text).build(&[]).clean();
        let names = run.output.files.keys();
        let name = names.filter(|path| path.starts_with("assets/css/main.")).cloned();
        let name = name.collect::<Vec<_>>();
        assert_eq!(name.len(), 1);
        name[0].clone()
    };
    assert_eq!(css("a{}"), css("a{}"));
    assert_ne!(css("a{}"), css("b{}"));
}

/// A script of the theme, with something added to it.
fn script(name: &str, more: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/assets/js");
    std::fs::read_to_string(format!("{folder}/{name}")).expect("a script") + more
}

/// Site with a script of its own in place of one of the theme, or beside them.
fn scripted(name: &str, text: &str) -> Run {
    site().file(&format!("themes/default/assets/js/{name}"), text).build(&[]).clean()
}

/// Scripts in an output by their names in the theme, without the hashes.
fn scripts(run: &Run) -> BTreeMap<String, String> {
    let name =
        |path: &String| Some(path.strip_prefix("assets/js/")?.rsplit_once('.')?.0.to_owned());
    let name = |path| Some(name(path)?.rsplit_once('.')?.0.to_owned());
    let files = run.output.files.keys();
    files.filter_map(|path| Some((name(path)?, path.clone()))).collect()
}

const BUNDLES: [&str; 10] = [
    "codes",
    "handoff",
    "main",
    "marks",
    "redirect",
    "theme",
    "troubleshooter",
    "ui",
    "versions",
    "worker",
];

#[test]
fn scripts_that_nobody_has_changed_are_bundles() {
    let run = site().build(&[]).clean();
    let scripts = scripts(&run);
    assert_eq!(scripts.keys().collect::<Vec<_>>(), BUNDLES);
    let page = run.page("a/");
    assert!(page.contains(&format!("<script defer src=\"../{}\"></script>", scripts["main"])));
    assert!(!page.contains("module"), "{page}");
    for path in scripts.values() {
        let text = run.output.text(path);
        assert!(text.starts_with("(()=>{"), "{path}: {text}");
    }
    // Bundles know each other by their hashed names.
    let file = |name: &str| scripts[name].rsplit_once('/').expect("a folder").1;
    for (by, name) in [("main", "marks"), ("main", "ui"), ("main", "worker"), ("ui", "worker")] {
        assert!(run.output.text(&scripts[by]).contains(&format!("\"./{}\"", file(name))), "{by}");
    }
    // A copy that changes nothing changes nothing.
    let run = scripted("tabs.js", &script("tabs.js", ""));
    assert_eq!(self::scripts(&run), scripts);
}

#[test]
fn a_changed_script_makes_modules_of_its_group() {
    let run = scripted("tabs.js", &script("tabs.js", "\n// Mine.\n"));
    let scripts = scripts(&run);
    let page = run.page("a/");
    let main = &scripts["main"];
    assert!(
        page.contains(&format!("<script type=\"module\" src=\"../{main}\"></script>")),
        "{page}"
    );
    for name in ["content", "dom", "faq", "late", "reply", "search/open", "steps", "tabs", "zoom"] {
        let link = format!("<link rel=\"modulepreload\" href=\"../{}\">", scripts[name]);
        assert_eq!(page.matches(&link).count(), 1, "{name}: {page}");
    }
    assert_eq!(page.matches("modulepreload").count(), 9, "{page}");
    let name = |name: &str| scripts[name].strip_prefix("assets/js/").expect("a script").to_owned();
    assert!(run.output.text(main).contains(&format!("from \"./{}\"", name("search/open"))));
    let open = run.output.text(&scripts["search/open"]);
    assert!(open.contains(&format!("from \"../{}\"", name("dom"))), "{open}");
    let late = run.output.text(&scripts["late"]);
    assert!(late.contains(&format!("new URL(\"./{}\"", name("search/worker"))), "{late}");
    assert!(run.output.text(&scripts["tabs"]).ends_with("// Mine.\n"));
    // The others stay what they were.
    assert!(!scripts.contains_key("ui") && scripts.contains_key("search/ui"));
    assert!(run.output.text(&scripts["versions"]).starts_with("(()=>"));
}

#[test]
fn what_a_new_main_script_does_not_import_is_not_fetched() {
    let run = scripted("main.js", "import { copy } from './dom.js';\ncopy('');\n");
    let page = run.page("a/");
    let dom = &scripts(&run)["dom"];
    assert!(page.contains(&format!("<link rel=\"modulepreload\" href=\"../{dom}\">")), "{page}");
    assert_eq!(page.matches("modulepreload").count(), 1, "{page}");
}

#[test]
fn a_script_beside_those_of_the_theme_gets_what_it_imports() {
    let run =
        scripted("mine.js", "// Don't.\nimport { copy } from \"./dom.js\";\nimport('./x.js');\n");
    let scripts = scripts(&run);
    let mut names = BUNDLES.to_vec();
    names.extend(["dom", "mine"]);
    names.sort_unstable();
    assert_eq!(scripts.keys().collect::<Vec<_>>(), names);
    let dom = scripts["dom"].strip_prefix("assets/js/").expect("a script");
    let mine = format!("// Don't.\nimport {{ copy }} from \"./{dom}\";\nimport('./x.js');\n");
    assert_eq!(run.output.text(&scripts["mine"]), mine);
    assert!(run.page("a/").contains("<script defer src"));
}

#[test]
fn a_bundle_that_says_nothing_is_none() {
    for text in ["", "alert(1)", "// from\n\nalert(1)", "// from js/x.js 0\n\nalert(1)"] {
        let run = site().file("themes/default/bundles/main.js", text).build(&[]).clean();
        assert_eq!(run.output.holding("alert(1)"), [""; 0], "{text}");
        assert!(
            run.page("a/").contains("<script type=\"module\" src=\"../assets/js/main."),
            "{text}"
        );
    }
}

#[test]
fn nobody_reads_the_description_twice() {
    let page = |text: &str| {
        let front =
            "---\ntitle: A\ndescription: \"How to reset the router, step by step.\"\n---\n\n";
        Site::new()
            .file("content/a.md", &format!("{front}{text}\n"))
            .build(&[])
            .clean()
            .page("a/")
            .to_owned()
    };
    let lead = "<p class=\"lead\">How to reset";
    assert!(page("Hold the button.").contains(lead));
    assert!(!page("How to *reset* the router - step by step, and what to do then.").contains(lead));
    assert!(page("How to reset the phone.").contains(lead));
    // Search engines and lists get it all the same.
    let twice = page("How to reset the router, step by step.");
    assert!(twice.contains("<meta name=\"description\" content=\"How to reset the router"));
}

#[test]
fn the_page_for_lost_readers_speaks_all_languages() {
    let run = Site::new()
        .file("tier0.toml", "[site]\ntitle = \"S\"\n\n[languages.zh]\n")
        .file("content/a.md", "# A\n\nText.\n")
        .file("content/a.zh.md", "# 甲\n\n正文。\n")
        .build(&[])
        .clean();
    let page = run.output.text("404.html");
    for part in [
        "<section lang=\"en\"",
        "<section lang=\"zh",
        "This page does not exist",
        "页面不存在",
        "href=\"/zh/\"",
        "href=\"/zh/search/\"",
    ] {
        assert!(page.contains(part), "{part}:\n{page}");
    }
}

#[test]
fn only_what_a_telephone_can_dial_is_a_link() {
    let contact =
        |role: &str, phone: &str| format!("[roles.{role}.contact]\nphone = \"{phone}\"\n");
    let site = Site::new()
        .file(
            "tier0.toml",
            &format!(
                "[editions.all]\nroles = \"all\"\n{}{}",
                contact("support", "+86 (10) 6552-9988"),
                contact("ops", "分机 3000")
            ),
        )
        .file(
            "content/a.md",
            "---\nkind: guide\nroles: [hotline, support, ops]\n---\n# A\n\nText.\n",
        );
    let run = site.build(&["--edition", "all"]);
    for page in ["a/", "roles/support/"] {
        assert!(
            run.page(page).contains("<a href=\"tel:+861065529988\">+86 (10) 6552-9988</a>"),
            "{page}"
        );
    }
    for page in ["a/", "roles/ops/"] {
        assert!(run.page(page).contains("<dd>分机 3000</dd>"), "{page}");
    }
}
