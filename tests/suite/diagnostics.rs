//! Every diagnostic code: that a case makes it appear, and that its help is there.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::unix::fs::symlink;

use tier0::Code;

use crate::golden;
use crate::support::{Run, Site, repository};

/// Codes whose cases cannot lie in a repository: huge files, links that lead round in circles,
/// locks, outputs that are in the way.
const BUILT_HERE: [(&str, fn()); 6] = [
    ("file-too-large", a_huge_file),
    ("io-error", a_folder_that_holds_itself),
    ("output-locked", an_output_in_use),
    ("output-not-ours", a_foreign_output),
    ("output-of-other-edition", an_output_of_another_edition),
    ("output-unsafe", dangerous_outputs),
];

#[test]
fn every_code_has_a_case() {
    let mut covered: BTreeSet<String> =
        BUILT_HERE.iter().map(|(code, _)| (*code).to_owned()).collect();
    for case in golden::cases() {
        let problems = fs::read_to_string(case.join("problems.txt")).unwrap_or_default();
        let codes = problems.lines().filter_map(|line| line.split(' ').nth(1));
        covered.extend(codes.map(str::to_owned));
    }
    let missing: Vec<_> = Code::ALL
        .iter()
        .map(|code| code.definition().name)
        .filter(|name| !covered.contains(*name))
        .collect();
    assert!(missing.is_empty(), "no case for {missing:?}: add a folder to tests/sites");
}

#[test]
fn codes_that_need_a_machine_in_some_state() {
    for (code, case) in BUILT_HERE {
        println!("{code}");
        case();
    }
}

#[test]
fn every_code_has_its_pages_and_no_page_is_left_over() {
    let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.definition().name).collect();
    let folder = repository().join("content/diagnostics");
    let pages: BTreeSet<String> = fs::read_dir(&folder)
        .expect("content/diagnostics")
        .map(|entry| entry.expect("a page").file_name().to_string_lossy().into_owned())
        .collect();
    for name in &names {
        for page in [format!("{name}.md"), format!("{name}.zh.md")] {
            assert!(pages.contains(&page), "write content/diagnostics/{page}");
            let text = fs::read_to_string(folder.join(&page)).expect("a page");
            assert!(text.contains(name), "{page} does not name its code");
        }
    }
    for page in &pages {
        let code = page.trim_end_matches(".md").trim_end_matches(".zh");
        assert!(
            code == "_index" || names.contains(code),
            "content/diagnostics/{page} is about no code"
        );
    }
}

#[test]
fn explain_prints_the_page_in_the_language_of_the_terminal() {
    let (english, chinese) = (Site::new(), Site::new().environment("LC_ALL", "zh_CN.UTF-8"));
    for code in Code::ALL.iter().map(|code| code.definition().name) {
        for (site, is_chinese) in [(&english, false), (&chinese, true)] {
            let run = site.run(&["explain", code]).fine();
            assert!(run.stdout.starts_with("# "), "{code}: {}", run.stdout);
            let has_chinese = run.stdout.lines().next().is_some_and(holds_chinese);
            assert_eq!(has_chinese, is_chinese, "{code}: {}", run.stdout);
        }
    }
    let run = english.run(&["explain", "broken-lnik"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("did you mean `broken-link`?"), "{}", run.stderr);
    let run = chinese.run(&["explain", "broken-lnik"]);
    assert!(run.stderr.contains("是不是 `broken-link`？"), "{}", run.stderr);
    // What is near to none is told all of them, and no other one.
    let run = english.run(&["explain", "nothing-like-it"]);
    assert!(!run.stderr.contains("did you mean"), "{}", run.stderr);
    assert!(run.stderr.contains("broken-link"), "{}", run.stderr);
}

#[test]
fn people_see_the_place_the_line_and_the_way_out() {
    let site = Site::new()
        .file("content/a.md", "# A\n\nSee [the other](bee.md).\n")
        .file("content/bees.md", "# Bees\n");
    let run = site.run(&["build", "--strict", "--color", "never"]);
    assert_eq!(run.code, 1);
    for part in
        ["broken-link", "content/a.md:3:5", "See [the other](bee.md).", "`/bees.md`", " ^^^^^^^^^"]
    {
        assert!(run.stderr.contains(part), "no {part} in\n{}", run.stderr);
    }
    let site = site.environment("LC_ALL", "zh_CN.UTF-8");
    let run = site.run(&["build", "--strict", "--color", "never"]);
    assert!(run.stderr.contains("`bee.md` 处没有页面"), "{}", run.stderr);
    assert!(run.stdout.contains("没有发布"), "{}", run.stdout);
    assert!(!run.stderr.contains('\u{1b}'), "colours with --color never");
}

#[test]
fn columns_count_characters_not_bytes() {
    let run =
        Site::new().file("content/a.md", "# 甲\n\n\t- 重启 😀 后见 ![图](图.png)\n").build(&[]);
    // A tab, `- `, Chinese and an emoji are one column each.
    assert!(
        run.places().contains(&"warning missing-image content/a.md:3:12".to_owned())
            || run.places().is_empty(),
        "{:?}",
        run.places()
    );
    let run = Site::new().file("content/a.md", "# 甲\n\n重启 😀 后见 ![图](图.png)\n").build(&[]);
    assert_eq!(run.places(), ["warning missing-image content/a.md:3:9"]);
}

#[test]
fn machines_see_where_a_place_ends_and_what_belongs_to_it() {
    let site = Site::new()
        .file("content/a.md", "---\nslug: same\n---\n\n# 甲\n\n重启 😀 后见 ![图](图.png)！\n")
        .file("content/b.md", "---\nslug: same\n---\n\n# B\n");
    let run = site.run(&["check", "--format", "json"]);
    let problems = run.stdout.lines().filter_map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        value.get("severity").is_some().then_some(value)
    });
    let problems: Vec<serde_json::Value> = problems.collect();
    let of = |code: &str| problems.iter().find(|problem| problem["code"] == code).expect("one");
    let numbers = |spot: &serde_json::Value| {
        ["line", "column", "end_line", "end_column"].map(|name| spot[name].as_u64())
    };
    let image = of("missing-image");
    assert_eq!(numbers(image), [7, 9, 7, 20].map(Some), "{image}");
    assert_eq!(image["excerpt"], "重启 😀 后见 ![图](图.png)！");
    // The emoji has two units of UTF-16.
    assert_eq!((&image["utf16_column"], &image["utf16_end_column"]), (&10.into(), &21.into()));
    assert_eq!(image.get("related"), None);
    let address = of("duplicate-address");
    assert_eq!(address["path"], "content/b.md");
    assert_eq!(numbers(address), [2, 7, 2, 11].map(Some), "{address}");
    let related = &address["related"][0];
    assert_eq!(related["path"], "content/a.md");
    assert_eq!(numbers(related), [1, 1, 1, 1].map(Some), "{address}");
    assert_eq!(related["excerpt"], "---");
}

#[test]
fn quiet_hides_warnings_and_strict_makes_them_count() {
    let site = Site::new().file("content/a.md", "No heading.\n");
    let run = site.run(&["build", "-q"]).fine();
    assert_eq!(run.stderr + &run.stdout, "");
    let run = site.run(&["build", "--strict", "-q"]);
    assert_eq!(run.code, 1);
    assert_eq!(site.run(&["check"]).fine().code, 0);
    assert_eq!(site.run(&["check", "--strict"]).code, 1);
}

#[test]
fn severities_can_be_changed_but_not_those_that_keep_secrets() {
    let page = "# A\n\n[x](gone.md) ![y](gone.png)\n";
    let site = Site::new()
        .file("content/a.md", page)
        .file("tier0.toml", "[severity]\nbroken-link = \"warning\"\nmissing-image = \"off\"\n");
    let run = site.build(&[]).fine();
    assert_eq!(run.places(), ["warning broken-link content/a.md:3:1"]);
    site.put("tier0.toml", b"[severity]\nrole-key-typo = \"off\"\nunknown-role = \"warning\"\n");
    let run = site.build(&[]);
    assert_eq!((run.code, run.codes()), (2, vec!["config-unknown-key"; 2]));
}

#[test]
fn check_writes_nothing() {
    let site = Site::new().file("content/a.md", "# A\n");
    site.run(&["check"]).fine();
    assert!(!site.path("dist").exists());
}

#[test]
fn the_report_names_every_page_and_problem() {
    let site = Site::new().file("content/a.md", "# A\n").file("content/b.md", "Nothing.\n");
    site.run(&["build", "--report", "report.json"]).fine();
    let text = fs::read_to_string(site.path("report.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(report["pages"], 2);
    assert_eq!(report["warnings"], 1);
    assert_eq!(report["sources"][0]["source"], "content/a.md");
    assert_eq!(report["sources"][0]["url"], "a/");
    assert_eq!(report["problems"][0]["code"], "empty-title");
    assert!(report["stages"].as_array().is_some_and(|stages| stages.len() > 3));
}

fn holds_chinese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
}

fn assert_ends(run: &Run, code: i32, places: &[&str]) {
    assert_eq!(run.places(), places, "{}{}", run.stdout, run.stderr);
    assert_eq!(run.code, code);
}

fn a_huge_file() {
    let text = format!("# A\n\n{}\n", "word ".repeat(500_000));
    let run = Site::new().file("content/a.md", &text).build(&[]);
    assert_ends(&run, 1, &["error file-too-large content/a.md:1:1"]);
}

fn a_folder_that_holds_itself() {
    let site = Site::new().file("content/a.md", "# A\n");
    symlink("..", site.path("content/loop")).expect("a link");
    let run = site.build(&[]);
    assert_eq!((run.code, run.codes()), (3, vec!["io-error"]), "{run:?}");
}

fn an_output_in_use() {
    let site = Site::new().file("content/a.md", "# A\n");
    let before = site.build(&[]).clean().output;
    // The lock lies beside the output, under a name that its module chooses: hold it by building
    // into an output whose lock file another process has open is what happens here by hand.
    let lock = site.path("dist/.public.tier0-lock");
    let held = File::create(&lock).expect("a lock file");
    held.lock().expect("the lock");
    let run = site.build(&[]);
    assert_ends(&run, 3, &["error output-locked"]);
    before.assert_same(&run.output, "a locked output");
    drop(held);
    site.build(&[]).clean();
}

fn an_output_of_another_edition() {
    let page = "# P\n\nx\n\n:::internal\nquamble\n:::\n";
    let site = Site::new()
        .file("content/p.md", page)
        .file("tier0.toml", "[editions.internal]\nroles = \"all\"\n");
    let before = site.build(&[]).clean().output;
    let internal = ["--edition", "internal", "--output"];
    let refused = |output: &str, other: &str| {
        let run = site.run(&[&["build", "--format", "json"], &internal[..], &[output]].concat());
        assert_eq!(run.code, 2, "{output}: {}", run.stdout);
        assert!(run.stdout.contains("output-of-other-edition"), "{}", run.stdout);
        assert!(run.stdout.contains(other), "{}", run.stdout);
    };
    for output in ["dist/public", "dist/../dist/public/", "dist/internal/../public"] {
        refused(output, "`public`");
    }
    before.assert_same(&site.output("public"), "refused");
    // The other way round, and all editions below one folder.
    site.run(&["build", "--all-editions", "-o", "out"]).fine();
    site.run(&["build", "--all-editions", "-o", "out"]).fine();
    assert_eq!(site.run(&["build", "-o", "out/internal"]).code, 2);
    // Markers of older versions name no edition: the folder does, or the edition is for everybody.
    let forget = |output: &str| {
        let marker = site.path(output).join(".tier0");
        let text = fs::read_to_string(&marker).expect("a marker");
        let old = text
            .lines()
            .filter(|line| !line.starts_with("edition "))
            .map(|line| format!("{line}\n"));
        fs::write(marker, old.collect::<String>()).expect("a marker to write");
    };
    forget("dist/public");
    refused("dist/public", "older tier0");
    site.build(&[]).clean();
    refused("dist/public", "`public`");
    forget("out/internal");
    site.run(&[&["build"], &internal[..], &["out/internal"]].concat()).fine();
    fs::rename(site.path("out/internal"), site.path("www")).expect("a folder to move");
    site.run(&[&["build"], &internal[..], &["www"]].concat()).fine();
    assert_eq!(site.run(&["build", "-o", "www"]).code, 2);
}

fn a_foreign_output() {
    let site =
        Site::new().file("content/a.md", "# A\n").file("dist/public/thesis.txt", "years of work");
    let run = site.build(&[]);
    assert_ends(&run, 2, &["error output-not-ours"]);
    assert_eq!(run.output.files.len(), 1);
    assert_eq!(run.output.text("thesis.txt"), "years of work");
}

fn dangerous_outputs() {
    let site = Site::new()
        .file("content/a.md", "# A\n")
        .file("repository/.git/HEAD", "ref: refs/heads/main\n");
    let before = crate::support::tree::Tree::read(&site.root());
    for output in [".", "content", "content/out", "..", "/", "repository", "repository/.git/out"] {
        let run = site.build(&["--output", output]);
        assert_ends(&run, 2, &["error output-unsafe"]);
        let after = crate::support::tree::Tree::read(&site.root());
        before.assert_same(&after, output);
    }
}

#[test]
fn colons_of_another_script_are_named_as_what_is_wrong() {
    let site = Site::new().file("content/a.md", "# A\n\n：：：steps\n1. One\n\nx :::internal\n");
    let run = site.run(&["build", "--strict", "--color", "never"]);
    for part in ["a.md:3:1", "three plain colons", "a.md:6:3", "inside the text of a paragraph"] {
        assert!(run.stderr.contains(part), "no {part} in\n{}", run.stderr);
    }
    assert!(!run.stderr.contains('{'), "{}", run.stderr);
    let run = site.environment("LC_ALL", "zh_CN.UTF-8").run(&["build", "--color", "never"]);
    assert!(run.stderr.contains("半角冒号"), "{}", run.stderr);
}

#[test]
fn what_may_stand_there_is_an_example_and_no_choice() {
    let page =
        "---\ntitle: A\naliases: https://example.com/old/\nupdated: yesterday\n---\n\nText.\n";
    let run = Site::new().file("content/a.md", page).run(&["build", "--color", "never"]);
    for part in ["such as `/guides/old-name/`", "such as `2026-11-21`"] {
        assert!(run.stderr.contains(part), "no {part} in\n{}", run.stderr);
    }
}

/// Pages link to it as it is written.
#[test]
fn contacts_have_addresses_that_are_only_opened() {
    for (url, is_good) in [
        ("https://help.example.com/form?to=a:b", true),
        ("mailto:desk@example.com", true),
        ("/contact/", true),
        ("javascript:alert(1)", false),
        ("Java\\u0009Script\\n:alert(1)", false),
        (" data:text/html,x", false),
        ("vbscript:x", false),
    ] {
        let config = format!("[roles.hotline.contact]\nurl = \"{url}\"\n");
        let run = Site::new().file("tier0.toml", &config).file("content/a.md", "# A\n").build(&[]);
        let expected: &[&str] = if is_good { &[] } else { &["error invalid-value tier0.toml:2:7"] };
        assert_eq!(run.places(), expected, "{url}");
    }
}
