//! Proof that an edition holds nothing that it must not show.
//!
//! The checks are functions of a [`Way`] to build: the real command, or the same stages inside
//! this process. [`mutation`] takes one filter of tier0 away after the other, builds the second
//! way, and wants at least one check to find fault.

mod all_editions;
mod by_links;
mod canary;
mod canary_site;
mod evasion;
mod folder_files;
mod fuzz;
mod gate;
mod interference;
mod layers;
mod mutation;
mod random_page;
mod random_site;
mod readers;
mod several_readers;
mod snippets;
mod transitions;

use std::sync::Mutex;

use tier0::diagnostic::{Diagnostic, Severity};
use tier0::pipeline::{self, Memo, Request};
use tier0::source::{self, Project};

use crate::support::Site;
use crate::support::TODAY;
use crate::support::tree::Tree;

/// How a site is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By the real command.
    Command,
    /// By the stages, in this process. Shows what even a refused build has made: the preview does.
    Inside,
}

/// What a build gave.
#[derive(Debug)]
struct Built {
    /// Whether the output would be published.
    is_good: bool,
    /// The files.
    tree: Tree,
    /// `error unclear-roles content/a.md`.
    problems: Vec<String>,
    /// Everything that was said: terminal and report, or the problems in full.
    said: String,
}

impl Built {
    /// Whether there is an error in a file.
    fn refuses(&self, path: &str) -> bool {
        let ending = format!(" {path}");
        self.problems.iter().any(|line| line.starts_with("error ") && line.ends_with(&ending))
    }
}

impl Way {
    fn build(self, site: &Site, edition: &str) -> Built {
        match self {
            Way::Command => command(site, edition),
            Way::Inside => inside(site, edition, &Memo::default()),
        }
    }
}

fn command(site: &Site, edition: &str) -> Built {
    let report = site.path("../report.json");
    let report_path = report.display().to_string();
    let run = site.build(&["--edition", edition, "-v", "--report", &report_path]);
    let written = std::fs::read_to_string(&report).unwrap_or_default();
    let problems = run.problems.iter().map(|p| format!("{} {} {}", p.severity, p.code, p.path));
    Built {
        is_good: run.code == 0,
        problems: problems.collect(),
        said: [run.stdout.as_str(), &run.stderr, &written].concat(),
        tree: if run.code == 0 { run.output } else { Tree::default() },
    }
}

/// Builds in this process, as `tier0 build` does.
fn inside(site: &Site, edition: &str, memo: &Memo) -> Built {
    let (inputs, mut problems) = source::read(&Project::new(&site.root(), None));
    let edition = inputs.config.edition(edition).expect("an edition of the site");
    let tree: Mutex<Tree> = Mutex::default();
    let put = |path: &str, bytes: Vec<u8>| {
        tree.lock().expect("nobody panics holding it").files.insert(path.to_owned(), bytes);
    };
    let build = pipeline::run(
        &inputs,
        &Request { edition, drafts: false, for_authors: false, today: TODAY },
        memo,
        &|path, bytes| put(path, bytes.to_vec()),
        &|_, _| {},
    );
    for (path, file) in pipeline::copies(&build) {
        let bytes = std::fs::read(&file.disk).expect("a file of the site");
        problems.extend(build.gate.as_ref().and_then(|gate| gate.sweep(path, &bytes)));
        put(path, bytes);
    }
    problems.extend(build.diagnostics);
    Built {
        is_good: !problems.iter().any(|problem| problem.severity == Severity::Error),
        tree: tree.into_inner().expect("as above"),
        said: format!("{problems:#?}"),
        problems: problems.iter().map(line).collect(),
    }
}

fn line(problem: &Diagnostic) -> String {
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let path = problem.place.as_ref().map_or("", |place| &*place.path);
    format!("{severity} {} {path}", problem.code.definition().name)
}

/// A tree made ready to look for many words in, whatever their case.
struct Haystack(Vec<(String, String)>);

impl Haystack {
    fn new(tree: &Tree) -> Self {
        let text = |(path, bytes): (&String, &Vec<u8>)| {
            (path.clone(), format!("{path}\n{}", String::from_utf8_lossy(bytes)).to_lowercase())
        };
        Haystack(tree.files.iter().map(text).collect())
    }

    /// Files with a word in their names or bytes, also as an entity or escaped for a url or JSON.
    fn find(&self, word: &str) -> Vec<&str> {
        let mut forms = vec![word.to_lowercase()];
        if !word.is_ascii() {
            forms.push(tier0::site::encode(word).to_lowercase());
            forms.push(word.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect());
            forms.push(word.chars().map(|c| format!("&#{};", u32::from(c))).collect());
        }
        let holds = |text: &String| forms.iter().any(|form| text.contains(form.as_str()));
        self.0.iter().filter(|(_, text)| holds(text)).map(|(path, _)| path.as_str()).collect()
    }
}
