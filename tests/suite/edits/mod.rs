//! After every edit, what is served equals a clean build, byte for byte.
//!
//! One session lives through a sequence of edits, as in `tier0 serve`: it is told what a watcher would
//! tell. [`random`] edits sites at random; [`cases`] and [`reading`] are edits by name. [`serve`]
//! is the same with the real command, whose watcher and sockets are real, too.

mod cases;
mod disk;
mod random;
mod reading;
mod serve;
mod sites;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use tier0::{Changed, Code, Diagnostic, Edition, Project, Request, Session, sort};

use crate::support::memory::Memory;
use crate::support::{Site, TODAY};
use disk::Disk;

type Files = BTreeMap<String, Vec<u8>>;

/// What one build of an edition gives: its files and its problems.
#[derive(Debug, PartialEq)]
struct Outcome {
    files: Files,
    problems: Vec<Diagnostic>,
}

impl Outcome {
    /// What is not the same, in words; nothing if all is.
    fn differences(&self, clean: &Outcome) -> Vec<String> {
        let mut found = Vec::new();
        let paths: BTreeSet<_> = self.files.keys().chain(clean.files.keys()).collect();
        for path in paths {
            match (self.files.get(path), clean.files.get(path)) {
                (Some(_), None) => found.push(format!("{path} should not be there")),
                (None, Some(_)) => found.push(format!("{path} is missing")),
                (Some(own), Some(right)) if own != right => {
                    let at = own.iter().zip(right).take_while(|(a, b)| a == b).count();
                    let around = |bytes: &[u8]| {
                        let end = bytes.len().min(at + 80);
                        String::from_utf8_lossy(&bytes[at.saturating_sub(40)..end]).into_owned()
                    };
                    let (own, right) = (around(own), around(right));
                    found.push(format!("{path} differs:\n  {own:?}\nclean:\n  {right:?}"));
                }
                _ => {}
            }
        }
        let tell = |these: &[Diagnostic], those: &[Diagnostic]| {
            let only = these.iter().filter(|problem| !those.contains(problem));
            only.map(|problem| format!("{problem:?}")).collect::<Vec<_>>()
        };
        if self.problems != clean.problems {
            let only = tell(&self.problems, &clean.problems);
            let missing = tell(&clean.problems, &self.problems);
            found.push(format!("problems:\n  only here: {only:#?}\n  missing: {missing:#?}"));
        }
        found
    }
}

/// A site that is built again and again.
struct Bench {
    disk: Disk,
    session: Session,
    /// One for clean builds, which only keeps the theme: that would be half of their work.
    clean: Session,
    /// What the preview asks for, or a plain build.
    is_preview: bool,
}

const EDITIONS: [&str; 2] = ["public", "desk"];

impl Bench {
    fn new(disk: Disk, is_preview: bool) -> Self {
        let session = Session::remembering(Project::new(&disk.site.root(), None));
        let clean = session.afresh();
        Bench { disk, session, clean, is_preview }
    }

    /// A site of these files, which are all old, built once.
    fn of(files: &[(&str, &str)]) -> Self {
        let mut disk = Disk::new(Site::new());
        for (path, text) in files {
            disk.put(path, text, disk::Age::Old);
        }
        let mut bench = Bench::new(disk, true);
        bench.check("the first build");
        bench
    }

    /// Tells the reader what changed, and fails unless all editions are what a clean build makes.
    fn check(&mut self, what: &str) -> BTreeMap<String, Outcome> {
        let changed = self.disk.changed();
        self.check_some(&changed, &EDITIONS, true, what)
    }

    /// The same for some editions, as the preview does where nobody looks at the others. `is_swept`
    /// says whether the leak gate looks at what is served, too.
    fn check_some(
        &mut self,
        changed: &Changed,
        editions: &[&str],
        is_swept: bool,
        what: &str,
    ) -> BTreeMap<String, Outcome> {
        self.session.read(changed);
        self.clean = self.clean.afresh();
        let (said, clean_said) = (self.session.problems(), self.clean.problems());
        assert_eq!(said, clean_said, "the reader says something else\n{what}");
        let mut outcomes = BTreeMap::new();
        for name in editions {
            let Some(edition) = self.clean.edition(name) else { continue };
            let edition = &self.edition(edition);
            let request = Request {
                edition,
                drafts: self.is_preview,
                for_authors: self.is_preview,
                today: TODAY,
            };
            let served = served(&self.session, &request, is_swept);
            let mut clean = clean(&mut self.clean, &request);
            // What only shows when all files are looked at.
            let is_late = |code| matches!(code, Code::Leak | Code::SvgCleaned);
            clean.problems.retain(|problem| is_swept || !is_late(problem.code));
            let differences = served.differences(&clean);
            assert!(
                differences.is_empty(),
                "{name} is not what a clean build makes\n{what}\n{}",
                differences.join("\n")
            );
            outcomes.insert((*name).to_owned(), clean);
        }
        self.session.forget_unused();
        outcomes
    }

    /// As the preview asks for it.
    fn edition(&self, edition: &Edition) -> Edition {
        let base_url = format!("http://localhost/@{}/", edition.name);
        match self.is_preview {
            true => Edition { base_url: Some(base_url), ..edition.clone() },
            false => edition.clone(),
        }
    }
}

/// The files that the preview would serve, each made by itself.
fn served(session: &Session, request: &Request<'_>, is_swept: bool) -> Outcome {
    let planned = session.plan(request, is_swept);
    let mut problems = planned.problems();
    let paths: Vec<&str> = planned.paths().collect();
    let made: Vec<_> = paths.par_iter().map(|path| (*path, planned.make(path))).collect();
    let mut files = Files::new();
    for (path, made) in made {
        match made.unwrap_or_else(|| panic!("{path} is promised, and nowhere")) {
            Ok(bytes) => {
                files.insert(path.to_owned(), bytes.to_vec());
            }
            Err(problem) => problems.push(*problem),
        }
    }
    if !paths.is_empty() {
        let index = planned.index().iter();
        files.extend(index.map(|(path, bytes)| (path.clone(), bytes.to_vec())));
    }
    sort(&mut problems);
    Outcome { files, problems }
}

/// The files of a clean build.
fn clean(session: &mut Session, request: &Request<'_>) -> Outcome {
    let memory = Memory::default();
    let build = session.build(request, &memory, &|_, _| {});
    // Nothing but the theme is kept from one clean build to the next.
    session.keep_editions(|_| false);
    session.forget_unused();
    Outcome { files: memory.into_tree().files, problems: build.problems }
}
