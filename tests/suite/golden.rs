//! `tests/sites/<case>/`: small sites, and what must come out of them.
//!
//! ```text
//! site/…            the site
//! arguments.txt     further arguments of `tier0 build`, one per line (optional)
//! problems.txt      the exit code, then each problem: severity, code, file:line:column
//! pages/a/b.html    the article text of the page /a/b/ (optional, as many as matter)
//! ```
//!
//! `UPDATE=1 cargo test golden` writes what comes out now; read the difference before you commit.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::support::{Run, Site, html, repository, tree::Tree};

/// The folders of all cases.
pub fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<_> = fs::read_dir(repository().join("tests/sites"))
        .expect("tests/sites")
        .map(|entry| entry.expect("a case").path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    cases
}

#[test]
fn golden_sites_come_out_as_written_down() {
    let update = std::env::var_os("UPDATE").is_some();
    let wrong: Vec<String> = cases().par_iter().flat_map_iter(|case| check(case, update)).collect();
    assert!(
        wrong.is_empty(),
        "{}\n\nIf this is what should come out: UPDATE=1 cargo test golden, then read the difference.",
        wrong.join("\n\n")
    );
}

/// What comes out of a case and is not written down.
fn check(case: &Path, update: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    let run = build(case);
    compare(&case.join("problems.txt"), &problems(&run), update, &mut wrong);
    for path in Tree::read(&case.join("pages")).files.keys() {
        let url = format!("{}/", path.trim_end_matches(".html"));
        let prose = match run.output.has(&format!("{url}index.html")) {
            true => format!("{}\n", html::prose(run.page(&url))),
            false => "no such page\n".to_owned(),
        };
        compare(&case.join("pages").join(path), &prose, update, &mut wrong);
    }
    wrong
}

fn build(case: &Path) -> Run {
    let site = Site::copy_of(&case.join("site"));
    let arguments = fs::read_to_string(case.join("arguments.txt")).unwrap_or_default();
    site.build(&arguments.lines().collect::<Vec<_>>())
}

fn problems(run: &Run) -> String {
    let mut text = format!("exit {}\n", run.code);
    for place in run.places() {
        text.push_str(&place);
        text.push('\n');
    }
    text
}

fn compare(file: &Path, now: &str, update: bool, wrong: &mut Vec<String>) {
    let before = fs::read_to_string(file).unwrap_or_default();
    if before == now {
        return;
    }
    if update {
        fs::write(file, now).expect("a golden file to write");
        return;
    }
    let shown = file.strip_prefix(repository()).unwrap_or(file).display();
    wrong.push(format!("{shown}\n--- written down\n{before}--- came out\n{now}"));
}
