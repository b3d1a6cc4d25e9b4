//! After every edit, what is served equals a clean build, byte for byte.
//!
//! One reader and one memo live through a sequence of edits, as in `tier0 serve`: the reader is told
//! what a watcher would tell. [`random`] edits sites at random; [`cases`] and [`reading`] are edits by name. [`serve`]
//! is the same with the real command, whose watcher and sockets are real, too.

mod cases;
mod disk;
mod random;
mod reading;
mod serve;
mod sites;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use tier0::config::Edition;
use tier0::diagnostic::{self, Code, Diagnostic};
use tier0::pipeline::{self, Memo, Request};
use tier0::source::{self, Changed, Inputs, Project, Reader, Theme};

use crate::support::Site;
use crate::support::TODAY;
use disk::Disk;

type Files = BTreeMap<String, Vec<u8>>;

/// What one build of an edition gives: its files, the files it copies, its problems.
#[derive(Debug, PartialEq)]
struct Outcome {
    files: Files,
    copies: BTreeMap<String, PathBuf>,
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
        if self.copies != clean.copies {
            found.push(format!("copies:\n  {:?}\nclean:\n  {:?}", self.copies, clean.copies));
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
    reader: Reader,
    shared: Memo,
    memos: BTreeMap<String, Memo>,
    /// What the preview asks for, or a plain build.
    is_preview: bool,
    /// The theme and, in a memo that nothing else stays in, what was made of it: clean builds would
    /// spend half of their time on it.
    theme: Option<Arc<Theme>>,
    skins: Memo,
}

const EDITIONS: [&str; 2] = ["public", "desk"];

impl Bench {
    fn new(disk: Disk, is_preview: bool) -> Self {
        let reader = Reader::new(Project::new(&disk.site.root(), None));
        Bench {
            disk,
            reader,
            shared: Memo::remembering(),
            memos: BTreeMap::new(),
            is_preview,
            theme: None,
            skins: Memo::remembering(),
        }
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
        let (inputs, said) = self.reader.read(changed);
        let (clean_inputs, clean_said) = self.read_anew();
        assert_eq!(said, clean_said, "the reader says something else\n{what}");
        let mut outcomes = BTreeMap::new();
        for name in editions {
            let Some(edition) = clean_inputs.config.edition(name) else { continue };
            let edition = &self.edition(edition);
            let request = Request {
                edition,
                drafts: self.is_preview,
                for_authors: self.is_preview,
                today: TODAY,
            };
            let memo = self.memos.entry((*name).to_owned()).or_insert_with(|| self.shared.beside());
            let served = served(&inputs, &request, memo, is_swept);
            let mut clean = clean(&clean_inputs, &request, &self.skins.beside());
            // Nothing but the theme is kept from one clean build to the next.
            self.skins.forget_unused();
            clean.problems.retain(|problem| is_swept || problem.code != Code::Leak);
            let differences = served.differences(&clean);
            assert!(
                differences.is_empty(),
                "{name} is not what a clean build makes\n{what}\n{}",
                differences.join("\n")
            );
            outcomes.insert((*name).to_owned(), clean);
        }
        self.shared.forget_unused();
        outcomes
    }

    fn read_anew(&mut self) -> (Arc<Inputs>, Vec<Diagnostic>) {
        let (inputs, said) = source::read(&Project::new(&self.disk.site.root(), None));
        let known = self.theme.take().filter(|theme| **theme == *inputs.theme);
        let theme = known.unwrap_or_else(|| {
            self.skins = Memo::remembering();
            Arc::clone(&inputs.theme)
        });
        self.theme = Some(Arc::clone(&theme));
        (Arc::new(Inputs { theme, ..(*inputs).clone() }), said)
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
fn served(inputs: &Arc<Inputs>, request: &Request<'_>, memo: &Memo, is_swept: bool) -> Outcome {
    let plan = pipeline::plan(inputs, request, memo, &|_, _| {});
    let gate = is_swept.then(|| plan.gate()).flatten();
    let mut problems = plan.problems();
    let paths: Vec<&str> = plan.paths().collect();
    let made: Vec<_> = paths.par_iter().map(|path| (*path, plan.page(path))).collect();
    let mut files = Files::new();
    let mut copies = BTreeMap::new();
    for (path, made) in made {
        match made {
            Some(Ok(bytes)) => {
                files.insert(path.to_owned(), bytes.to_vec());
            }
            Some(Err(problem)) => problems.push(*problem),
            None => {
                let file = plan.site.assets.get(path);
                let file = file.unwrap_or_else(|| panic!("{path} is promised, and nowhere"));
                copies.insert(path.to_owned(), file.disk.clone());
            }
        }
    }
    if plan.pages.is_some() {
        files.extend(plan.index().into_iter().map(|(path, bytes)| (path, bytes.to_vec())));
    } else {
        copies.clear();
    }
    let sweep = |(path, bytes): (&String, &Vec<u8>)| gate.as_ref()?.sweep(path, bytes);
    problems.extend(files.iter().filter_map(sweep));
    inputs.config.weigh(&mut problems);
    diagnostic::sort(&mut problems);
    Outcome { files, copies, problems }
}

/// The files of a clean build.
fn clean(inputs: &Arc<Inputs>, request: &Request<'_>, memo: &Memo) -> Outcome {
    let files: Mutex<Files> = Mutex::default();
    let emit = |path: &str, bytes: &Arc<Vec<u8>>| {
        let mut files = files.lock().expect("nobody panics while holding this");
        files.insert(path.to_owned(), bytes.to_vec());
    };
    let build = pipeline::run(inputs, request, memo, &emit, &|_, _| {});
    let copies = pipeline::copies(&build).map(|(path, file)| (path.to_owned(), file.disk.clone()));
    let copies = copies.collect();
    let problems = build.diagnostics;
    Outcome { files: files.into_inner().expect("as above"), copies, problems }
}
