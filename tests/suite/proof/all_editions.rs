//! `--all-editions`: each into a folder of its own. None stops the others, unless it leaves in doubt who
//! may read what.

use crate::support::Site;

const CONFIG: &str = "\
[editions.desk]
roles = [\"customer\", \"hotline\"]

[editions.internal]
roles = \"all\"
";

fn site() -> Site {
    Site::new()
        .file("tier0.toml", CONFIG)
        .file("content/index.md", "# Home\n\n:::only roles=hotline\nfor the desk\n:::\n")
        .file("content/ops.md", "---\ntitle: Ops\nroles: ops\n---\n\nDrain the blue queue before the night shift begins.\n")
}

fn reports(site: &Site) -> Vec<serde_json::Value> {
    let text = std::fs::read_to_string(site.path("report.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    report.as_array().expect("a list").clone()
}

fn build(site: &Site) -> i32 {
    site.build(&["--all-editions", "--report", "report.json"]).code
}

#[test]
fn each_edition_has_its_folder_and_its_report() {
    let site = site();
    assert_eq!(build(&site), 0);
    let reports = reports(&site);
    let editions: Vec<_> = reports.iter().map(|r| r["edition"].clone()).collect();
    assert_eq!(editions, ["public", "desk", "internal"]);
    let pages: Vec<_> = reports.iter().map(|r| r["pages"].clone()).collect();
    assert_eq!(pages, [1, 1, 2]);
    // One run and three runs give the same.
    for edition in ["public", "desk", "internal"] {
        let together = site.output(edition);
        assert!(together.files.len() > 5, "{edition}");
        let alone = Site::copy_of(&site.root());
        std::fs::remove_dir_all(alone.path("dist")).expect("outputs");
        let alone = alone.build(&["--edition", edition]).clean().output;
        together.assert_same(&alone, edition);
    }
    assert_eq!(site.output("public").holding("for the desk"), [""; 0]);
    assert_eq!(site.output("desk").holding("blue queue"), [""; 0]);
    // Named outputs get a folder for each edition too.
    let run = site.build(&["--all-editions", "--output", "out"]);
    assert_eq!(run.code, 0);
    for edition in ["public", "desk", "internal"] {
        assert!(site.path("out").join(edition).join("index.html").is_file(), "{edition}");
    }
}

/// Whoever cannot tell in one edition who may read a text cannot tell what the others show.
#[test]
fn doubt_in_one_edition_publishes_none() {
    let leak = ("static/a.txt", "Drain the blue queue before the night shift begins.", 4);
    // Only the desk sees the block, and what is wrong in it.
    let inside = "# Home\n\n::::only roles=hotline\n<div>\n:::internal\nx\n:::\n</div>\n::::\n";
    let swallowed = ("content/index.md", inside, 1);
    let garbled =
        ("content/ops.md", "---\ntitle: Ops\nroles: ops\n---\n\n:::only for=ops\nx\n:::\n", 1);
    for (path, text, code) in [leak, swallowed, garbled] {
        let site = site();
        assert_eq!(build(&site), 0);
        let before: Vec<_> = ["public", "desk", "internal"].map(|name| site.output(name)).into();
        site.put(path, text.as_bytes());
        site.put("content/new.md", b"# New\n");
        let run = site.build(&["--all-editions", "--report", "report.json"]);
        assert_eq!(run.code, code, "{path}");
        for (name, before) in ["public", "desk", "internal"].into_iter().zip(&before) {
            assert_eq!(&site.output(name), before, "{path}: {name}");
        }
        let is_held_back = reports(&site).iter().any(|report| report["errors"] == 0);
        assert_eq!(run.stderr.contains("another edition"), is_held_back, "{path}: {}", run.stderr);
        assert_eq!(is_held_back, path != "content/index.md", "what is wrong is wrong for all");
        assert!(reports(&site).iter().all(|report| report["published"] == false));
    }
}

#[test]
fn the_worst_exit_code_wins() {
    // Two editions fail over a link, in the middle of those that do not.
    let page = "# Home\n\n:::only roles=\"hotline\"\n[x](ops.md)\n:::\n";
    let site = site().file("content/index.md", page);
    assert_eq!(build(&site), 1);
    let errors: Vec<_> = reports(&site).iter().map(|r| r["errors"].clone()).collect();
    assert_eq!(errors, [0, 1, 0]);
    assert!(site.output("public").has("index.html") && site.output("internal").has("index.html"));
    assert!(site.output("desk").files.is_empty());
    // A leak weighs more than a link, wherever it comes in the row.
    site.put("static/a.txt", b"Drain the blue queue before the night shift begins.");
    assert_eq!(build(&site), 4);
    let errors: Vec<_> = reports(&site).iter().map(|r| r["errors"].clone()).collect();
    assert_eq!(errors, [1, 2, 0]);
    // Old outputs stay as they were.
    assert!(site.output("public").has("index.html"));
    assert_eq!(site.output("public").holding("blue queue"), [""; 0]);
}
