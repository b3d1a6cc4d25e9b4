//! House rules that no compiler checks. Each failure says how to fix it.

#![allow(clippy::disallowed_methods, reason = "these tests read the repository")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Longer files are two ideas.
const LONGEST: usize = 500;

/// What each part of `src/` may use of the others, in the order of the data: stages share plain
/// types with those before them and call none of those after them.
const LAYERS: &[(&str, &str)] = &[
    // Shared by all.
    ("text", ""),
    ("diagnostic", "text"),
    ("memo", ""),
    ("mutation", ""),
    ("spanned", "diagnostic text"),
    ("config", "diagnostic spanned text"),
    // The stages.
    ("source", "config diagnostic spanned"),
    ("syntax", "config diagnostic mutation text"),
    ("article", "config diagnostic mutation source spanned syntax text"),
    ("attachment", "diagnostic mutation text"),
    ("edition", "article config diagnostic mutation syntax text"),
    ("document", "config diagnostic mutation syntax text"),
    ("kinds", "article config diagnostic document text"),
    ("render", "document kinds syntax text"),
    (
        "site",
        "article attachment config diagnostic document edition kinds memo mutation render \
         source text",
    ),
    ("page", "article config diagnostic document kinds render site source spanned text"),
    ("search", "document text"),
    ("leak", "diagnostic mutation text"),
    ("preview", "diagnostic"),
    // What joins them.
    (
        "pipeline",
        "article config diagnostic document edition kinds leak memo mutation \
         page render search site source",
    ),
    (
        "session",
        "article attachment config diagnostic document page pipeline render site source syntax",
    ),
    ("publish", "diagnostic session"),
    ("cli", "article config diagnostic page preview publish search session site source text"),
    ("lib", ""),
    ("main", ""),
];

/// The parts that may touch the world: disk, clock, environment, network.
const EDGES: [&str; 4] = ["source", "publish", "preview", "cli"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder of the repository, without what is not kept in it.
fn files(folder: &str) -> Vec<(String, PathBuf)> {
    fn walk(folder: &Path, found: &mut Vec<(String, PathBuf)>) {
        const NOT_KEPT: [&str; 6] = [".git", "target", "dist", "node_modules", "results", "public"];
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && !NOT_KEPT.contains(&name.as_str()) {
                walk(&path, found);
            } else if path.is_file() && name != ".git" {
                let shown =
                    path.strip_prefix(root()).unwrap_or(&path).to_string_lossy().into_owned();
                found.push((shown, path));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    found.sort();
    found
}

/// Text files of a folder with one of some endings.
fn texts(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let all = files(folder);
    assert!(!all.is_empty(), "there is nothing in {folder}");
    all.into_iter()
        .filter(|(shown, _)| endings.iter().any(|ending| shown.ends_with(ending)))
        .filter_map(|(shown, path)| Some((shown, String::from_utf8(fs::read(path).ok()?).ok()?)))
        .collect()
}

fn fail_if_any(faults: &[String], advice: &str) {
    assert!(faults.is_empty(), "\n{}\n\n{advice}\n", faults.join("\n"));
}

#[test]
fn files_are_short_enough_to_read() {
    let mut faults = Vec::new();
    for folder in ["src", "themes", "tests"] {
        for (path, text) in texts(folder, &[".rs", ".js", ".mjs", ".css", ".html"]) {
            let lines = text.lines().count();
            if lines > LONGEST {
                faults.push(format!("{path}: {lines} lines"));
            }
        }
    }
    fail_if_any(&faults, &format!("Split files of more than {LONGEST} lines by idea."));
}

/// What the repository says of itself.
fn own_documents() -> Vec<(String, String)> {
    let top = ["ARCHITECTURE", "CONTRIBUTING", "README", "README.zh", "SECURITY", "SECURITY.zh"];
    let top = top.iter().map(|name| {
        let name = format!("{name}.md");
        let text = fs::read_to_string(root().join(&name)).expect("a document");
        (name, text)
    });
    top.chain(texts("docs", &[".md"])).collect()
}

/// What stands in a document as code, apart from patterns such as `NAME.rs`.
fn named(document: &str) -> impl Iterator<Item = &str> {
    let code = document.split('`').skip(1).step_by(2);
    code.filter(|name| !name.contains([' ', '*']) && !name.contains("NAME"))
}

#[test]
fn files_that_documents_name_are_there() {
    let folders = ["src", "themes", "tests", "benches"];
    let all: Vec<String> =
        folders.iter().flat_map(|folder| files(folder)).map(|(shown, _)| shown).collect();
    let is_there =
        |name: &str| all.iter().any(|file| file == name || file.ends_with(&format!("/{name}")));
    let mut faults = Vec::new();
    for (document, text) in own_documents() {
        let files = named(&text)
            .filter(|name| [".rs", ".js", ".mjs", ".css"].iter().any(|e| name.ends_with(e)));
        let lost = files.filter(|name| !is_there(name));
        faults.extend(lost.map(|name| format!("{document}: `{name}`")));
        let folder = root().join(&document);
        let prose: String = text.split("```").step_by(2).collect();
        for target in prose.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
            let is_file = !target.is_empty() && !target.contains([':', '`']);
            if is_file && !folder.with_file_name("").join(target).exists() {
                faults.push(format!("{document}: ({target})"));
            }
        }
    }
    fail_if_any(&faults, "Say where it is now.");
}

#[test]
fn tests_that_documents_name_are_there() {
    let sources: Vec<_> =
        ["src", "tests"].iter().flat_map(|folder| texts(folder, &[".rs"])).collect();
    let is_there = |name: &str| {
        let head = format!("fn {name}(");
        sources.iter().any(|(_, text)| text.contains(&head))
    };
    let is_test = |name: &&str| {
        let is_word =
            name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        is_word && name.matches('_').count() > 2
    };
    let mut faults = Vec::new();
    for (document, text) in own_documents() {
        let lost = named(&text).filter(is_test).filter(|name| !is_there(name));
        faults.extend(lost.map(|name| format!("{document}: `{name}`")));
    }
    fail_if_any(&faults, "Name the test that holds it now.");
}

/// The part of `src/` that a file belongs to.
fn part(path: &str) -> &str {
    let rest = path.strip_prefix("src/").unwrap_or(path);
    rest.split('/').next().unwrap_or(rest).trim_end_matches(".rs")
}

/// A source without comments and texts, so that words in them do not count.
fn code(text: &str) -> String {
    text.lines()
        .map(|line| {
            let code = line.split("//").next().unwrap_or_default();
            let pieces = code.split('"').step_by(2);
            pieces.collect::<Vec<_>>().join("\"\"")
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// The parts that a source names: `crate::site::…`, also in `use crate::{a, b}`.
fn used(code: &str) -> BTreeSet<String> {
    let name = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut used = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            Some((inner, _)) => used.extend(inner.split(',').map(name)),
            None => {
                used.insert(name(rest));
            }
        }
    }
    used.remove("");
    used
}

#[test]
fn parts_use_only_what_comes_before_them() {
    let layers: BTreeMap<_, _> = LAYERS.iter().copied().collect();
    let mut faults = Vec::new();
    for (path, text) in texts("src", &[".rs"]) {
        let part = part(&path);
        let Some(allowed) = layers.get(part) else {
            faults.push(format!("{path}: `{part}` is not in LAYERS"));
            continue;
        };
        for other in used(&code(&text)) {
            if other != part && !allowed.split(' ').any(|known| known == other) {
                faults.push(format!("{path}: `{part}` uses `{other}`"));
            }
        }
    }
    fail_if_any(
        &faults,
        "Data flows one way (src/lib.rs): let `pipeline` or `cli` pass the value in. If the picture itself has changed, change LAYERS in tests/tidy.rs and ARCHITECTURE.md with it.",
    );
}

#[test]
fn the_layers_have_no_circle() {
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for (part, uses) in LAYERS {
        for other in uses.split_whitespace() {
            assert!(
                known.contains(other),
                "`{part}` uses `{other}`, which must stand before it in LAYERS"
            );
        }
        known.insert(part);
    }
    for (part, uses) in LAYERS {
        assert!(!uses.split(' ').any(|used| used == "cli"), "nothing uses cli, not even {part}");
        // Whoever could make a file without the session could publish it without the gate.
        let is_own = !uses.contains("pipeline") || *part == "session";
        assert!(is_own, "only session uses pipeline, not {part}");
    }
    let only = |part: &str| LAYERS.iter().find(|(name, _)| *name == part).map(|(_, uses)| *uses);
    assert_eq!(only("publish"), Some("diagnostic session"));
    assert_eq!(only("preview"), Some("diagnostic"));
}

#[test]
fn only_the_edges_touch_the_world() {
    const WORLD: [&str; 12] = [
        "std::fs",
        "std::env",
        "std::time",
        "std::net",
        "std::process",
        "std::thread",
        "SystemTime",
        "Instant::",
        "File::open",
        "walkdir",
        "jiff::Zoned::now",
        "Timestamp::now",
    ];
    let mut faults = Vec::new();
    for (path, text) in texts("src", &[".rs"]) {
        let part = part(&path);
        if EDGES.contains(&part) || part == "main" {
            continue;
        }
        let code = code(&text);
        let found = WORLD.iter().filter(|word| code.contains(**word));
        faults.extend(found.map(|word| format!("{path}: {word}")));
    }
    fail_if_any(
        &faults,
        "Stages are functions of their inputs: read the disk, the clock and the environment in source, publish, preview or cli, and pass the value.",
    );
}

fn keys_of(path: &str) -> BTreeSet<String> {
    let text = fs::read_to_string(root().join(path)).expect("an i18n file");
    let table: toml::Table =
        toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    for (key, value) in &table {
        assert!(
            value.as_str().is_some_and(|text| !text.trim().is_empty()),
            "{path}: `{key}` must be a text"
        );
    }
    table.into_iter().map(|(key, _)| key).collect()
}

/// The names behind `t.` in a template.
fn texts_used(template: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (at, _) in template.match_indices("t.") {
        let before = template[..at].chars().next_back().unwrap_or(' ');
        if before.is_alphanumeric() || matches!(before, '_' | '.' | '-' | '/') {
            continue;
        }
        let name: String = template[at + 2..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect();
        if !name.is_empty() {
            used.insert(name);
        }
    }
    used
}

#[test]
fn interface_texts_are_whole() {
    let english = keys_of("themes/default/i18n/en.toml");
    let chinese = keys_of("themes/default/i18n/zh.toml");
    let missing: Vec<_> = english.symmetric_difference(&chinese).cloned().collect();
    fail_if_any(&missing, "These keys stand in one of en.toml and zh.toml only: write the other.");
    let mut faults = Vec::new();
    let mut sources = String::new();
    for (path, text) in texts("themes/default/templates", &[".html"]) {
        for key in texts_used(&text) {
            if !english.contains(&key) {
                faults.push(format!("{path}: t.{key}"));
            }
        }
        sources.push_str(&text);
    }
    fail_if_any(&faults, "Add these keys to themes/default/i18n/en.toml and zh.toml.");
    for (_, text) in texts("src", &[".rs"]) {
        sources.push_str(&text);
    }
    // Keys put together from a stem and a value.
    let stems = ["kind_", "status_", "month_", "callout_", "filter_"];
    let unused: Vec<_> = english
        .into_iter()
        .filter(|key| {
            let in_template = sources.contains(&format!("t.{key}"));
            let in_code = sources.contains(&format!("\"{key}\""));
            let by_stem = stems.iter().any(|stem| key.starts_with(stem) && sources.contains(stem));
            !in_template && !in_code && !by_stem
        })
        .collect();
    fail_if_any(&unused, "Nothing shows these texts: delete them from en.toml and zh.toml.");
}

#[test]
fn nothing_names_a_machine_or_a_registry() {
    // Written in pieces, so that this file does not find itself.
    let mut words: Vec<String> = [
        &["/", "root", "/"][..],
        &["/", "work", "/"],
        &["/", "tmp", "/", "wt"],
        &["registry", ".npmjs"],
        &["index", ".crates.io"],
        &["static", ".crates.io"],
        &["npm", "mirror"],
        &["\"", "resolved", "\":"],
    ]
    .iter()
    .map(|pieces| pieces.concat())
    .collect();
    words.push(env!("CARGO_MANIFEST_DIR").to_owned());
    words.extend(std::env::var("HOME").ok().filter(|home| home.len() > 5));
    let mut faults = Vec::new();
    for (shown, path) in files(".") {
        let text = String::from_utf8_lossy(&fs::read(&path).expect("a file")).into_owned();
        for (number, line) in text.lines().enumerate() {
            for word in words.iter().filter(|word| line.contains(word.as_str())) {
                faults.push(format!("{shown}:{}: {word}", number + 1));
            }
        }
    }
    fail_if_any(
        &faults,
        "The repository must build anywhere: use relative paths, and leave registries to each machine's own settings.",
    );
}

/// Whether a page of the help centre shows a key as code: `` `key` `` or in a code block.
fn documents(text: &str, key: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    text.match_indices(key).any(|(at, _)| {
        let before = text[..at].chars().next_back().unwrap_or(' ');
        let after = text[at + key.len()..].chars().next().unwrap_or(' ');
        !is_part(before) && !is_part(after)
    })
}

fn undocumented(keys: &BTreeSet<String>, page: &str) -> Vec<String> {
    let mut missing = Vec::new();
    for page in [format!("content/{page}.md"), format!("content/{page}.zh.md")] {
        let text = fs::read_to_string(root().join(&page))
            .unwrap_or_else(|error| panic!("{page}: {error}"));
        missing.extend(
            keys.iter().filter(|key| !documents(&text, key)).map(|key| format!("{page}: {key}")),
        );
    }
    missing
}

/// The keys that the configuration's reader asks for.
fn config_keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for (_, text) in texts("src/config", &[".rs"]) {
        for call in
            [".text(\"", ".texts(\"", ".flag(\"", ".number(\"", ".localized(\"", ".table(\""]
        {
            for rest in text.split(call).skip(1) {
                keys.extend(rest.split('"').next().map(str::to_owned));
            }
        }
    }
    keys
}

#[test]
fn every_setting_is_documented() {
    let keys = config_keys();
    for known in ["title", "base_url", "languages", "escalates_to", "rewrite", "severity"] {
        assert!(
            keys.contains(known),
            "the test no longer finds the keys that src/config reads: {keys:?}"
        );
    }
    fail_if_any(
        &undocumented(&keys, "start/configuration"),
        "Describe these settings there, or take them out of src/config.",
    );
}
