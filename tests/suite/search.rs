//! The search index on the disk, and `tier0 search` over it.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::support::tree::Tree;
use crate::support::{Site, repository};

fn small() -> Site {
    Site::new()
        .file("tier0.toml", "[languages.en]\n[languages.zh]\n")
        .file(
            "content/reset.md",
            "---\ntitle: Reset the router\nkind: howto\n---\n\nHold the button.\n",
        )
        .file("content/reset.zh.md", "---\ntitle: 重启路由器\n---\n\n长按背面的按钮。\n")
        .file("content/about.md", "---\ntitle: About\n---\n\nAll about the router.\n")
}

/// More pages than a manifest holds.
fn large() -> Site {
    let site = Site::new();
    for page in 0..400 {
        let words = (0..30).map(|n| format!("word{}x{}", (page * 7 + n * 13) % 997, n % 3));
        let text = words.collect::<Vec<_>>().join(" ");
        let page = format!("---\ntitle: Page number {page}\n---\n\nrouter {text}\n");
        site.put(&format!("content/p{}.md", blake3::hash(page.as_bytes())), page.as_bytes());
    }
    site
}

/// Runs a batch; exit code, output, errors.
fn batch(site: &Site, lines: &str) -> (i32, String, String) {
    let mut command = site.command(&["search", "--site", "dist/public", "--batch"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("tier0 runs");
    let mut input = child.stdin.take().expect("an input");
    input.write_all(lines.as_bytes()).expect("lines");
    drop(input);
    let output = child.wait_with_output().expect("an end");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_batch_answers_with_sources() {
    let site = small();
    site.build(&[]).clean();
    let asked = concat!(
        "{\"id\": 1, \"lang\": \"en\", \"query\": \"reset router\"}\n",
        "\n",
        "{\"id\": \"b\", \"lang\": \"zh\", \"query\": \"重啟\"}\n",
        "{\"id\": \"c\", \"lang\": \"en\", \"query\": \"LNK2019\"}\n",
    );
    let (code, answered, errors) = batch(&site, asked);
    assert_eq!((code, errors.as_str()), (0, ""));
    let expected = [
        "{\"id\":1,\"results\":[\"content/reset.md\"]}",
        "{\"id\":\"b\",\"results\":[\"content/reset.zh.md\"]}",
        "{\"id\":\"c\",\"results\":[]}",
    ];
    assert_eq!(answered.lines().collect::<Vec<_>>(), expected);
    assert!(
        !Tree::read(&site.path("dist/public")).files.keys().any(|path| path.contains("tier0.json"))
    );
}

#[test]
fn a_wrong_line_of_a_batch_is_named_and_the_others_are_answered() {
    let site = small();
    site.build(&[]).clean();
    let asked = "{\"id\": 1, \"query\": \"router\"}\nnonsense\n{\"id\": 2, \"lang\": \"fr\", \"query\": \"x\"}\n{\"id\": 3, \"lang\": \"en\", \"query\": \"router\"}\n";
    let (code, answered, errors) = batch(&site, asked);
    assert_ne!(code, 0);
    assert_eq!(answered.lines().count(), 2, "{answered}");
    assert!(
        errors.contains("line 2 of the input") && errors.contains("line 3 of the input"),
        "{errors}"
    );
    let site = site.environment("LC_ALL", "zh_CN.UTF-8");
    assert!(batch(&site, asked).2.contains("第 2 行"));
    site.remove("dist/.public.tier0.json");
    let (code, _, errors) = batch(&site, asked);
    assert!(code == 2 && errors.contains("tier0 build"), "{errors}");
}

#[test]
fn results_can_be_narrowed() {
    let site = small();
    site.build(&[]).clean();
    let found = |arguments: &[&str]| {
        let all = [&["search", "router", "--json", "--site", "dist/public"], arguments].concat();
        site.run(&all).fine().stdout.lines().count()
    };
    assert_eq!(found(&["--lang", "en"]), 2);
    assert_eq!(found(&["--lang", "en", "--kind", "howto"]), 1);
    assert_eq!(found(&["--lang", "en", "--product", "none"]), 0);
    assert_eq!(found(&["--lang", "en", "--limit", "1"]), 1);
}

#[test]
fn a_damaged_index_is_named() {
    let site = large();
    site.build(&[]).clean();
    let folder = site.path("dist/public/search/en");
    let shard = Tree::read(&folder).files.keys().find(|path| path.starts_with("terms-")).cloned();
    let shards = shard.expect("a shard").split('/').next().expect("a folder").to_owned();
    let chinese = Site::new().environment("LC_ALL", "zh_CN.UTF-8");
    let dist = site.path("dist/public").display().to_string();
    let damaged = |file: &str, english: &str, inchinese: &str| {
        let run = site.run(&["search", "router", "--site", "dist/public"]);
        assert!(run.code == 3 && run.stderr.contains(file), "{}", run.stderr);
        assert!(run.stderr.contains(english), "{}", run.stderr);
        let run = chinese.run(&["search", "router", "--site", &dist]);
        assert!(run.stderr.contains(file) && run.stderr.contains(inchinese), "{}", run.stderr);
    };
    for entry in std::fs::read_dir(folder.join(&shards)).expect("shards") {
        std::fs::write(entry.expect("a shard").path(), "{\"terms\":\"a,b\",\"lists\":\"!\"}")
            .expect("a file");
    }
    damaged(&shards, "contradicts itself", "自相矛盾");
    std::fs::remove_dir_all(folder.join(&shards)).expect("shards");
    damaged(&shards, "cannot be read", "无法读取");
    std::fs::write(folder.join("manifest.json"), "<html>").expect("a file");
    damaged("manifest.json", "damaged", "已损坏");
}

#[test]
fn every_file_of_an_index_is_as_its_schema_says() {
    let schema = std::fs::read(repository().join("src/search/schema.json")).expect("the schema");
    let schema: Value = serde_json::from_slice(&schema).expect("JSON");
    let mut kinds = std::collections::BTreeSet::new();
    let promoted = "[languages.en]\n[languages.zh]\n[search.promoted]\n\"about.md\" = \"router\"\n";
    for site in [small(), large(), small().file("tier0.toml", promoted)] {
        let run = site.build(&[]).clean();
        for (path, bytes) in &run.output.files {
            let Some(name) = path.strip_prefix("search/en/").or(path.strip_prefix("search/zh/"))
            else {
                continue;
            };
            let kind = name.split(['-', '/', '.']).next().unwrap_or_default();
            let file: Value = serde_json::from_slice(bytes).expect("JSON");
            let mut faults = Vec::new();
            check(&schema, &schema["$defs"][kind], &file, kind, &mut faults);
            assert!(schema["$defs"].get(kind).is_some() && faults.is_empty(), "{path}: {faults:?}");
            kinds.insert(kind.to_owned());
        }
    }
    let described = schema["$defs"].as_object().expect("definitions").keys().cloned().collect();
    assert_eq!(kinds, described);
}

/// As much of JSON Schema as the schema uses.
fn check(root: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.trim_start_matches("#/$defs/");
        return check(root, &root["$defs"][name], value, at, faults);
    }
    let is = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.as_u64() >= schema["minimum"].as_u64(),
        _ => schema.get("const") == Some(value),
    };
    if !is {
        faults.push(format!("{at}: {value}"));
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        if value.get(name.as_str().unwrap_or_default()).is_none() {
            faults.push(format!("{at}: no {name}"));
        }
    }
    for (name, value) in value.as_object().into_iter().flatten() {
        let other = schema.get("additionalProperties").filter(|other| other.is_object());
        match schema["properties"].get(name).or(other) {
            Some(schema) => check(root, schema, value, &format!("{at}.{name}"), faults),
            None => faults.push(format!("{at}: unknown {name}")),
        }
    }
    let items = value.as_array().into_iter().flatten().enumerate();
    for (number, value) in items {
        match schema["prefixItems"].get(number).or(schema.get("items")) {
            Some(schema) => check(root, schema, value, &format!("{at}[{number}]"), faults),
            None => faults.push(format!("{at}: too long")),
        }
    }
}
