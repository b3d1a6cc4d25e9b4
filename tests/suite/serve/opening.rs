//! Files that the preview opens in an editor.

use std::os::unix::fs::{PermissionsExt as _, symlink};

use serde_json::Value;

use super::{Serving, wait};
use crate::support::Site;

/// An editor that writes down its arguments, each in brackets, in a line for each call.
const EDITOR: &str = "#!/bin/sh\nline=\nfor one; do line=\"$line[$one]\"; done\n\
    printf '%s\\n' \"$line\" >> \"$0.calls\"\n";
/// A name that a shell would do something with.
const NASTY: &str =
    "content/a; touch pwned & $(touch pwned) `touch pwned` 'b' \"c\" | x > pwned.md";
const HEADER: &str = "X-Tier0: open";

fn site() -> Site {
    let site = Site::new()
        .file("content/_index.md", "---\ntitle: Home\n---\n")
        .file("content/guides/重置.md", "---\ntitle: 重置\n---\n\nOne.\n\nTwo.\n")
        .file(NASTY, "---\ntitle: Nasty\n---\n")
        .file("static/notes.txt", "notes")
        .file("dist-of-somebody/x.txt", "x")
        .file("../secret.txt", "secret")
        .file("../elsewhere/page.md", "secret")
        .file("../editor", EDITOR);
    let executable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(site.path("../editor"), executable).expect("a script");
    symlink("../../secret.txt", site.path("content/link.txt")).expect("a link");
    symlink("../../elsewhere", site.path("content/way")).expect("a link");
    let editor = format!("\"{}\" {{file}} +{{line}}", site.path("../editor").display());
    site.environment("TIER0_EDITOR", &editor)
}

fn query(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

#[test]
fn only_the_sources_of_the_site_are_opened() {
    let site = site();
    let serving = Serving::of(&site, &[]);
    let proof: &str = &format!("X-Tier0-Token: {}", serving.token());
    let open = |path: &str| serving.get_with(&format!("/__tier0/open/{path}"), &[HEADER, proof]);

    for (method, headers, status) in [
        ("GET", &[][..], 403),
        ("GET", &[proof], 403),
        ("GET", &[HEADER], 403),
        ("GET", &[HEADER, "X-Tier0-Token: 0"], 403),
        ("GET", &[HEADER, proof, proof], 403),
        ("GET", &["X-Tier0: page", proof], 403),
        ("GET", &[HEADER, HEADER, proof], 403),
        ("HEAD", &[HEADER, proof], 403),
        ("POST", &[HEADER, proof], 405),
        ("GET", &[HEADER, proof, "Origin: http://example.com"], 403),
        ("GET", &[HEADER, proof, "Sec-Fetch-Site: cross-site"], 403),
        ("GET", &[HEADER, proof, "Sec-Fetch-Site: same-site"], 403),
    ] {
        let path = "/__tier0/open/?source=content/_index.md";
        assert_eq!(serving.ask(method, path, headers).status, status, "{method} {headers:?}");
    }

    let root = site.root().display().to_string();
    for source in [
        "../secret.txt",
        "content/../../secret.txt",
        "content/../../../../../../etc/passwd",
        "/etc/passwd",
        "//etc/passwd",
        "file:///etc/passwd",
        "content/link.txt",
        "content/way/page.md",
        "content/./../../secret.txt",
        "content/guides/../../dist-of-somebody/x.txt",
        "dist-of-somebody/x.txt",
        "content",
        "content/",
        ".",
        "",
        "content/_index.md\0",
        "content/_index.md\n",
        "content/nowhere.md",
        "tier0.toml",
        "-R",
        "$(touch pwned)",
        "`touch pwned`",
        "; touch pwned",
        &format!("{root}/../secret.txt"),
        &format!("{root}/dist-of-somebody/x.txt"),
    ] {
        let answer = open(&format!("?source={}", query(source)));
        let opened = answer.status == 200 && answer.json()["opened"] == Value::Bool(true);
        assert!(!opened, "{source:?} {answer:?}");
        assert!(
            answer.status != 200 || answer.json().get("url").is_none(),
            "{source:?} {answer:?}"
        );
    }
    for path in ["nowhere/", "../secret.txt", "notes.txt", "guides/%E9%87%8D%E7%BD%AE/?at=99"] {
        let answer = open(path);
        assert!(answer.status >= 400, "{path} {answer:?}");
    }
}

#[test]
fn an_editor_gets_the_file_and_the_line_and_no_shell_reads_them() {
    let site = site();
    let serving = Serving::of(&site, &[]);
    let proof: &str = &format!("X-Tier0-Token: {}", serving.token());
    let open = |path: &str| serving.get_with(&format!("/__tier0/open/{path}"), &[HEADER, proof]);
    let mut wanted = Vec::new();
    for (path, file, line) in [
        ("guides/%E9%87%8D%E7%BD%AE/", "content/guides/重置.md", 1),
        ("guides/%E9%87%8D%E7%BD%AE/?at=1", "content/guides/重置.md", 7),
        ("", "content/_index.md", 1),
        ("@public/", "content/_index.md", 1),
        ("?source=content/_index.md&line=2", "content/_index.md", 2),
        ("?source=content/_index.md&line=$(touch%20pwned)", "content/_index.md", 1),
        (&format!("?source={}&line=3", query(NASTY)), NASTY, 3),
    ] {
        let answer = open(path);
        assert_eq!(answer.json()["opened"], Value::Bool(true), "{path} {answer:?}");
        wanted.push(format!("[{}][+{line}]", site.path(file).display()));
    }
    let calls = || {
        let calls = std::fs::read_to_string(site.path("../editor.calls")).unwrap_or_default();
        let mut calls: Vec<String> = calls.lines().map(str::to_owned).collect();
        calls.sort();
        calls
    };
    wanted.sort();
    wait(|| calls().len() >= wanted.len(), || format!("{} calls: {:?}", wanted.len(), calls()));
    assert_eq!(calls(), wanted);
    for folder in ["", "content", ".."] {
        assert!(!site.path(folder).join("pwned").exists(), "a shell has read it");
    }
}
