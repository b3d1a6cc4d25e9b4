//! Two public support sites, built as they were found. They lie beside the repository, where they
//! lie at all.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::tree::Tree;
use crate::support::{Site, html, repository};

fn build(name: &str, pages: u64) {
    let corpus = repository().join("../shared/corpora").join(name);
    let site = Site::new();
    let config = repository().join(format!("tests/corpora/{name}.toml"));
    let run = site.run(&[
        "build",
        &corpus.display().to_string(),
        "--format",
        "json",
        "--config",
        &config.display().to_string(),
        "--output",
        &site.path("dist/public").display().to_string(),
        "--report",
        "report.json",
    ]);
    assert_eq!(run.code, 0, "{}", run.places().join("\n"));
    let report = std::fs::read_to_string(site.path("report.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    assert_eq!(report["pages"], pages);
    assert_eq!(report["errors"], 0);
    assert!(
        report["warnings"].as_u64().is_some_and(|warnings| warnings > 0),
        "its problems are reported"
    );

    // Links that were broken in the source stay broken, and are reported; all others work.
    let reported: BTreeSet<_> = run.problems.iter().map(|p| p.path.as_str()).collect();
    assert!(!reported.is_empty());
    let mut faults = html::faults(&run.output);
    faults.retain(|fault| {
        let from_source = [
            "there is no ",
            "has no id",
            "the id ",
            "image without alt",
            "leaves the site",
            "not relative",
        ];
        !from_source.iter().any(|known| fault.contains(known))
    });
    assert_eq!(faults, [""; 0]);

    let (guides, known) = guides(&corpus, &site.path("dist/public"));
    assert!(guides > 500, "{guides} articles tell an issue and a solution");
    assert!(known * 100 >= guides * 95, "{known} of {guides} guides are known as such");
}

/// How many articles have headings that speak of an issue and of a solution, by a rougher rule than
/// tier0's own, and how many of them got the box of a guide.
fn guides(corpus: &Path, output: &Path) -> (usize, usize) {
    const ISSUE: [&str; 8] =
        ["issue", "issues", "problem", "symptom", "symptoms", "问题", "症状", "现象"];
    const SOLUTION: [&str; 14] = [
        "solution",
        "solutions",
        "fix",
        "workaround",
        "patch",
        "patches",
        "resolution",
        "resolve",
        "解决",
        "修复",
        "修补程序",
        "补丁",
        "变通",
        "规避",
    ];
    let (mut guides, mut known) = (0, 0);
    for (name, bytes) in Tree::read(corpus).files {
        let Some(page) = name.strip_suffix(".md") else { continue };
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        let headings = text.lines().filter(|line| line.starts_with("##") || line.starts_with("<h"));
        let headings: Vec<&str> = headings.collect();
        let speaks_of = |words: &[&str]| {
            headings.iter().any(|heading| {
                let mut parts = heading.split(|c: char| !c.is_alphanumeric());
                let is_in = |word: &&str| !word.is_ascii() && heading.contains(*word);
                words.iter().any(is_in) || parts.any(|part| words.contains(&part))
            })
        };
        let Ok(html) = fs::read_to_string(output.join(page).join("index.html")) else { continue };
        if speaks_of(&ISSUE) && speaks_of(&SOLUTION) {
            guides += 1;
            known += usize::from(html.contains("class=\"glance\""));
        }
    }
    (guides, known)
}

#[test]
#[cfg_attr(not(has_corpora), ignore = "the public corpora are not beside the repository")]
fn an_english_support_site() {
    build("magento-en", 794);
}

#[test]
#[cfg_attr(not(has_corpora), ignore = "the public corpora are not beside the repository")]
fn a_chinese_support_site() {
    build("commerce-zh", 1192);
}
