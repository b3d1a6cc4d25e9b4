//! Canaries: invented words, one in every place of excluded content.

use super::canary_site;
use super::{Haystack, Way};
use crate::support::Site;

/// What is wrong: canaries in the public edition, or missing from the internal one.
pub fn check(way: Way) -> Vec<String> {
    let (site, canaries) = canary_site::site();
    let mut faults = Vec::new();
    let public = way.build(&site, "public");
    if !public.is_good {
        faults.push(format!("the public edition is refused: {:#?}", public.problems));
    }
    // Lower case, so that no spelling hides one.
    let said = public.said.to_lowercase();
    let haystack = Haystack::new(&public.tree);
    for canary in &canaries {
        let word = canary.word.to_lowercase();
        for path in haystack.find(&word) {
            faults.push(format!("{word} ({}) is in {path}", canary.place));
        }
        if said.contains(&word) {
            faults.push(format!("{word} ({}) is said", canary.place));
        }
    }
    let internal = way.build(&site, "internal");
    if !internal.is_good {
        faults.push(format!("the internal edition is refused: {:#?}", internal.problems));
    }
    let haystack = Haystack::new(&internal.tree);
    for canary in canaries.iter().filter(|canary| canary.shown) {
        if haystack.find(&canary.word).is_empty() {
            faults
                .push(format!("{} ({}) is not in the internal edition", canary.word, canary.place));
        }
    }
    faults
}

#[test]
fn no_canary_is_in_the_public_edition_and_all_are_in_the_internal_one() {
    assert_eq!(check(Way::Command), [""; 0]);
    let (_, canaries) = canary_site::site();
    assert!(canaries.len() > 900, "only {} canaries", canaries.len());
}

#[test]
fn nothing_that_people_see_of_a_public_build_holds_a_canary() {
    let (site, canaries) = canary_site::site();
    let holds_none = |text: &str, what: &str| {
        let text = text.to_lowercase();
        let seen: Vec<_> = canaries.iter().filter(|c| text.contains(&c.word)).collect();
        assert!(seen.is_empty(), "{what}: {seen:?}\n{text}");
    };
    let say = |site: &Site, arguments: &[&str]| {
        let run = site.run(arguments).fine();
        holds_none(&(run.stdout + &run.stderr), &arguments.join(" "));
    };
    say(&site, &["build", "-v"]);
    say(&site, &["build", "-v", "--color", "always", "--report", "../report.json"]);
    say(&site, &["build", "-v", "--format", "json"]);
    say(&site, &["check", "-v"]);
    say(&site, &["audit", "dist/public", "-v"]);
    let report = std::fs::read_to_string(site.path("../report.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    holds_none(&decoded(&report), "the report");
    // Escapes resolved, as search reads it.
    let output = site.output("public");
    let index = output.files.iter().filter(|(path, _)| path.starts_with("search/"));
    let mut read = 0;
    for (path, bytes) in index.filter(|(path, _)| path.ends_with(".json")) {
        let file: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
        holds_none(&decoded(&file), path);
        read += 1;
    }
    assert!(read > 4, "{read} files of search indexes");
    let site = site.environment("LC_ALL", "zh_CN.UTF-8");
    say(&site, &["build", "-v"]);
}

/// All texts of a JSON value.
fn decoded(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => format!("{text}\n"),
        serde_json::Value::Array(items) => items.iter().map(decoded).collect(),
        serde_json::Value::Object(map) => {
            map.iter().map(|(key, value)| format!("{key}\n{}", decoded(value))).collect()
        }
        _ => String::new(),
    }
}

#[test]
fn search_finds_no_canary() {
    let (site, canaries) = canary_site::site();
    site.build(&[]).fine();
    for canary in canaries.iter().step_by(41) {
        let run = site.run(&["search", &canary.word, "--format", "json"]).fine();
        assert!(!run.stdout.contains(&canary.word), "{canary:?}: {}", run.stdout);
    }
}
