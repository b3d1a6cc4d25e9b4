//! Two public support sites, built as they were found. They lie beside the repository, where they
//! lie at all.

use std::collections::BTreeSet;

use crate::support::{Site, html, repository};

fn build(name: &str, pages: u64) {
    let corpus = repository().join("../shared/corpora").join(name);
    if !corpus.is_dir() {
        println!("skipped: the corpus {name} is not beside the repository");
        return;
    }
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
}

#[test]
fn an_english_support_site() {
    build("magento-en", 794);
}

#[test]
fn a_chinese_support_site() {
    build("commerce-zh", 1192);
}
