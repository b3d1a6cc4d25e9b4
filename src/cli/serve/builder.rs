//! Builds for the preview: what open tabs show at once, all else when nobody waits.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::problems::{self, Merged};
use super::served::{Desk, Served};
use crate::cli::arguments::{Common, Serve};
use crate::cli::project::{self, Loaded};
use crate::cli::terminal::Terminal;
use crate::config::Edition;
use crate::diagnostic::{self, Diagnostic};
use crate::leak::Gate;
use crate::pipeline::{self, Memo, Request};
use crate::preview::editor::Environment;
use crate::preview::{self, Build, Change, Open, Snapshot};
use crate::site;
use crate::source::{Changed, Reader};

/// Pages that are made between two looks for another change: a few milliseconds.
const BATCH: usize = 32;
/// How many pages a person edits at once.
const MOST_EDITED: usize = 5;

/// Builds in memory, again and again.
pub struct Builder<'a> {
    serve: &'a Serve,
    common: &'a Common,
    terminal: &'a Terminal,
    reader: Reader,
    desk: Arc<Desk>,
    loaded: Option<Loaded>,
    /// What all editions share.
    shared: Memo,
    editions: BTreeMap<String, Known>,
    /// The problems that were told last.
    told: Vec<Merged>,
}

/// What is known of an edition.
struct Known {
    memo: Memo,
    /// How it is served.
    served: Option<Arc<Served>>,
    /// Whether that is the state of the files.
    is_fresh: bool,
    failed: bool,
    /// Whether the files are older than the last build.
    is_kept: bool,
    problems: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    pub fn new(serve: &'a Serve, common: &'a Common, terminal: &'a Terminal) -> Self {
        let project = project::project(&serve.folder, common);
        let desk = Desk {
            project: project.clone(),
            editor: Environment::of_process(serve.editor.clone()),
            tongue: terminal.tongue,
        };
        Builder {
            serve,
            common,
            terminal,
            reader: Reader::new(project),
            desk: Arc::new(desk),
            loaded: None,
            shared: Memo::remembering(),
            editions: BTreeMap::new(),
            told: Vec::new(),
        }
    }

    /// The editions to serve, the one that was asked for first. Other machines get only that one.
    fn wanted(&self, loaded: &Loaded) -> Vec<Edition> {
        let mut editions = vec![loaded.edition.clone()];
        if self.serve.host.is_loopback() {
            let all = loaded.inputs.config.editions.iter();
            editions.extend(all.filter(|other| other.name != loaded.edition.name).cloned());
        }
        for (number, edition) in editions.iter_mut().enumerate() {
            let root = if number == 0 { String::new() } else { format!("@{}/", edition.name) };
            // The page for lost readers needs to know where the site is: here, not at its address.
            edition.base_url = Some(format!("http://localhost/{root}"));
        }
        editions
    }

    /// Plans an edition. The pages that are looked at are made, to see whether they can be; for
    /// other machines all are, since the leak gate looks at bytes.
    fn plan(&mut self, loaded: &Loaded, edition: &Edition, open: &[Open]) -> preview::Edition {
        let known =
            self.editions.entry(edition.name.clone()).or_insert_with(|| Known::new(&self.shared));
        let request = Request { edition, drafts: true, for_authors: true };
        let plan = pipeline::plan(&loaded.inputs, &request, &known.memo, &|_, _| {});
        let mut problems = loaded.diagnostics.clone();
        problems.extend(plan.problems());
        let served = Served::new(plan, &self.desk, loaded.files());
        let own = open.iter().filter(|page| page.edition == edition.name);
        let broken = own.filter_map(|page| served.make(&page.path)?.err());
        problems.extend(broken.map(|problem| *problem));
        if !self.serve.host.is_loopback() {
            problems.extend(examine(&served, &mut || false).unwrap_or_default());
        }
        diagnostic::sort(&mut problems);
        problems.dedup();
        let edited = known.served.as_ref().map(|old| edited(&served, old));
        known.failed = diagnostic::any_error(&problems);
        known.problems = problems;
        known.is_fresh = true;
        // Without an older one, a site with faults is better than none; other machines wait.
        let is_shown = !known.failed || known.served.is_none() && self.serve.host.is_loopback();
        known.is_kept = !is_shown;
        if is_shown {
            known.served = Some(Arc::new(served));
        }
        known.show(&edition.name, edited.unwrap_or_default())
    }

    fn snapshot(&mut self, editions: Vec<preview::Edition>, loaded: &Loaded) -> Snapshot {
        let fresh = self.editions.iter().filter(|(_, known)| known.is_fresh);
        let found = fresh.map(|(name, known)| (name.clone(), known.problems.clone()));
        let merged = problems::merge(found.collect());
        // What is only a warning can wait until all editions have been looked at.
        let is_whole = self.editions.values().all(|known| known.is_fresh);
        if is_whole || editions.iter().any(|edition| edition.failed) {
            self.tell(&merged, loaded);
        }
        Snapshot {
            editions,
            problems: problems::for_browser(&merged, loaded, self.terminal),
            paths: super::paths(loaded, self.common),
            copied: Vec::new(),
        }
    }

    /// Tells the terminal of problems, unless they are those that it was told last.
    fn tell(&mut self, merged: &[Merged], loaded: &Loaded) {
        if self.told != merged {
            problems::tell(merged, loaded, self.terminal, self.common.quiet);
            self.told = merged.to_vec();
        }
    }
}

impl Known {
    fn new(shared: &Memo) -> Self {
        let memo = shared.beside();
        Known {
            memo,
            served: None,
            is_fresh: false,
            failed: false,
            is_kept: false,
            problems: Vec::new(),
        }
    }

    fn show(&self, name: &str, edited: Vec<preview::Edited>) -> preview::Edition {
        let served = self.served.as_ref();
        let homes = served.map(|served| served.plan.homes()).unwrap_or_default();
        let files = served.filter(|_| self.is_fresh && !self.is_kept);
        let files = files.map(|served| Arc::clone(served) as Arc<dyn preview::Files>);
        let failed = self.failed && self.is_fresh;
        preview::Edition { name: name.to_owned(), files, homes, failed, edited }
    }
}

impl Build for Builder<'_> {
    fn update(&mut self, change: &Change, open: &[Open]) -> Snapshot {
        let changed = match change.everything {
            true => Changed::Everything,
            false => Changed::Places(change.paths.clone()),
        };
        let (inputs, problems) = self.reader.read(&changed);
        let loaded = Loaded::new(self.desk.project.clone(), inputs, problems, self.common);
        if loaded.is_unusable() {
            let merged = problems::merge(vec![(String::new(), loaded.diagnostics.clone())]);
            self.tell(&merged, &loaded);
            let problems = problems::for_browser(&merged, &loaded, self.terminal);
            let paths = super::paths(&loaded, self.common);
            // What was read before is no longer what there is: nothing is left to do.
            self.loaded = None;
            return Snapshot { problems, paths, ..Snapshot::default() };
        }
        let wanted = self.wanted(&loaded);
        self.editions.retain(|name, _| wanted.iter().any(|edition| edition.name == *name));
        for known in self.editions.values_mut() {
            known.is_fresh = false;
        }
        let mut editions = Vec::new();
        for (number, edition) in wanted.iter().enumerate() {
            // The first is planned in any case: a site that cannot be built is to say so at once.
            if number == 0 || open.iter().any(|page| page.edition == edition.name) {
                editions.push(self.plan(&loaded, edition, open));
            } else {
                let known = self
                    .editions
                    .entry(edition.name.clone())
                    .or_insert_with(|| Known::new(&self.shared));
                editions.push(known.show(&edition.name, Vec::new()));
            }
        }
        let mut snapshot = self.snapshot(editions, &loaded);
        let first = wanted.first().and_then(|edition| self.editions.get(&edition.name));
        let served = first.and_then(|known| known.served.as_ref());
        snapshot.copied = served.map(|served| copied(served, change)).unwrap_or_default();
        self.loaded = Some(loaded);
        self.shared.forget_unused();
        snapshot
    }

    fn complete(&mut self, is_stale: &mut dyn FnMut() -> bool) -> Option<Snapshot> {
        let loaded = self.loaded.take()?;
        let mut editions = Vec::new();
        for edition in self.wanted(&loaded) {
            if is_stale() {
                break;
            }
            let is_fresh = self.editions.get(&edition.name).is_some_and(|known| known.is_fresh);
            let mut shown = match is_fresh {
                true => self.editions.get(&edition.name)?.show(&edition.name, Vec::new()),
                false => self.plan(&loaded, &edition, &[]),
            };
            let known = self.editions.get_mut(&edition.name)?;
            if let Some(served) = known.served.as_ref().filter(|_| !known.failed) {
                let Some(found) = examine(served, is_stale) else { break };
                known.problems.extend(found);
                diagnostic::sort(&mut known.problems);
                known.problems.dedup();
                known.failed = diagnostic::any_error(&known.problems);
            }
            shown.failed = known.failed;
            shown.edited.clear();
            editions.push(shown);
        }
        let is_whole = editions.len() == self.wanted(&loaded).len();
        let snapshot = is_whole.then(|| self.snapshot(editions, &loaded));
        self.shared.forget_unused();
        self.loaded = Some(loaded);
        snapshot
    }
}

/// Makes every file of an edition, to find what cannot be made and what must not be shown. None if
/// there was another change before all was done.
fn examine(served: &Served, is_stale: &mut dyn FnMut() -> bool) -> Option<Vec<Diagnostic>> {
    let gate = served.plan.gate();
    let paths: Vec<&str> = served.plan.paths().collect();
    let mut problems = Vec::new();
    for batch in paths.chunks(BATCH) {
        if is_stale() {
            return None;
        }
        problems
            .par_extend(batch.par_iter().flat_map_iter(|path| fault(served, gate.as_ref(), path)));
    }
    Some(problems)
}

fn fault(served: &Served, gate: Option<&Gate>, path: &str) -> Option<Diagnostic> {
    match served.make(path)? {
        Ok(bytes) => gate?.sweep(path, &bytes),
        Err(problem) => Some(*problem),
    }
}

/// The pages that somebody has edited. Of more than a handful, the configuration or a snippet was.
fn edited(served: &Served, old: &Served) -> Vec<preview::Edited> {
    let pages: Vec<_> = served.plan.edited_since(&old.plan).take(MOST_EDITED + 1).collect();
    if pages.len() > MOST_EDITED {
        return Vec::new();
    }
    let edited = |page: &&site::Page| preview::Edited {
        url: site::encode(&page.url),
        title: page.names.title.text.clone(),
        source: page.selected.article.path.to_string(),
    };
    pages.iter().map(edited).collect()
}

/// Copied files, by their paths in the site, that a change names.
fn copied(served: &Served, change: &Change) -> Vec<String> {
    let names: Vec<_> = change.paths.iter().filter_map(|path| path.file_name()).collect();
    let is_named = |disk: &Path| disk.file_name().is_some_and(|name| names.contains(&name));
    let real = |disk: &PathBuf| disk.canonicalize().is_ok_and(|real| change.paths.contains(&real));
    let assets = served.plan.site.assets.iter();
    let changed = assets.filter(|(_, disk)| is_named(disk) && real(disk));
    changed.map(|(path, _)| path.clone()).collect()
}
