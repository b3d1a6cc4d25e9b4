//! Proof that an edition holds nothing that it must not show.
//!
//! The checks are functions of a [`Way`] to build: the real command, or the same session inside
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

use tier0::{Diagnostic, Project, Request, Session, Severity};

use crate::support::memory::Memory;
use crate::support::tree::Tree;
use crate::support::{Site, TODAY};

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
            Way::Inside => inside(&session(site), edition),
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

fn session(site: &Site) -> Session {
    Session::new(Project::new(&site.root(), None))
}

/// Builds in this process, as `tier0 build` does.
fn inside(session: &Session, edition: &str) -> Built {
    let edition = session.edition(edition).expect("an edition of the site");
    let request = Request { edition, drafts: false, for_authors: false, today: TODAY };
    let memory = Memory::default();
    let build = session.build(&request, &memory, &|_, _| {});
    let problems = [session.problems(), &build.problems].concat();
    Built {
        is_good: !problems.iter().any(|problem| problem.severity == Severity::Error),
        tree: memory.into_tree(),
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

/// A byte as it stands in a url.
fn escaped(byte: u8) -> String {
    let is_plain = byte.is_ascii() && byte != b' ';
    if is_plain { char::from(byte).to_string() } else { format!("%{byte:02x}") }
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
            forms.push(word.bytes().map(escaped).collect::<String>().to_lowercase());
            forms.push(word.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect());
            forms.push(word.chars().map(|c| format!("&#{};", u32::from(c))).collect());
        }
        let holds = |text: &String| forms.iter().any(|form| text.contains(form.as_str()));
        self.0.iter().filter(|(_, text)| holds(text)).map(|(path, _)| path.as_str()).collect()
    }
}
