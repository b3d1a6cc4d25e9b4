//! Builds for the preview: what open tabs show at once, all else when nobody waits.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::problems::{self, Merged};
use super::served::{EditorContext, Served};
use crate::cli::arguments::{CommonArguments, Serve};
use crate::cli::project::Loaded;
use crate::cli::terminal::Terminal;
use crate::config::Edition;
use crate::diagnostic::{self, Diagnostic};
use crate::preview::editor::Environment;
use crate::preview::{self, Build, Change, Open, Snapshot};
use crate::session::{Request, Session};
use crate::site;
use crate::source::Changed;

/// How many pages a person edits at once.
const MOST_EDITED: usize = 5;

/// Builds in memory, again and again.
pub(crate) struct Builder<'a> {
    serve: &'a Serve,
    common: &'a CommonArguments,
    terminal: &'a Terminal,
    session: Session,
    context: Arc<EditorContext>,
    loaded: Option<Loaded>,
    editions: BTreeMap<String, KnownEdition>,
    /// The problems that were told last.
    told: Vec<Merged>,
}

/// What is known of an edition.
#[derive(Default)]
struct KnownEdition {
    /// How it is served.
    served: Option<Arc<Served>>,
    /// Whether that is the state of the files.
    is_fresh: bool,
    /// Whether all its pages have been made to see what is wrong with them.
    is_examined: bool,
    /// Whether its plan met errors.
    failed: bool,
    /// Whether there has been a build without errors.
    was_good: bool,
    /// Whether the files are older than the last build.
    is_kept: bool,
    /// The problems that a plan shows.
    early: Vec<Diagnostic>,
    /// Those that only showed when every page was made, the last time that this was done: they do not
    /// go away and come back with every save.
    late: Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(
        serve: &'a Serve,
        common: &'a CommonArguments,
        terminal: &'a Terminal,
        session: Session,
    ) -> Self {
        let context = EditorContext {
            project: session.project().clone(),
            editor: Environment::of_process(serve.editor.clone()),
            locale: terminal.locale,
        };
        Builder {
            serve,
            common,
            terminal,
            session,
            context: Arc::new(context),
            loaded: None,
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
        // Other machines get what `tier0 build` would publish: drafts are nobody else's business.
        let is_mine = self.serve.host.is_loopback();
        let today = loaded.today;
        let request = Request { edition, drafts: is_mine, for_authors: is_mine, today };
        let planned = self.session.plan(&request, !is_mine);
        let mut problems = loaded.diagnostics.clone();
        problems.extend(planned.problems());
        let served = Served::new(planned, &self.context, loaded.files());
        // For other machines, all pages have been made already.
        let own = open.iter().filter(|page| is_mine && page.edition == edition.name);
        let broken = own.filter_map(|page| served.planned.make(&page.path)?.err());
        problems.extend(broken.map(|problem| *problem));
        let known = self.editions.entry(edition.name.clone()).or_default();
        known.failed = diagnostic::any_error(&problems);
        known.early = problems;
        known.is_fresh = true;
        known.is_examined = !is_mine;
        // Before there has been a good one, a site with faults is better than none; other machines
        // wait.
        let is_shown = !known.failed || !known.was_good && is_mine;
        known.was_good |= !known.failed;
        // Titles of pages that other machines do not get to see are not told to them either.
        let old = known.served.as_ref().filter(|_| is_shown || is_mine);
        let edited = old.map(|old| edited(&served, old));
        known.is_kept = !is_shown;
        if is_shown {
            known.served = Some(Arc::new(served));
        }
        known.show(&edition.name, edited.unwrap_or_default())
    }

    /// Plans the editions that nobody looks at; if there are none, makes all pages of all editions.
    fn rest(&mut self, loaded: &Loaded, is_stale: &mut dyn FnMut() -> bool) -> Option<Snapshot> {
        let wanted = self.wanted(loaded);
        let mut is_planned = true;
        for edition in &wanted {
            if is_stale() {
                return None;
            }
            if !self.editions.get(&edition.name).is_some_and(|known| known.is_fresh) {
                self.plan(loaded, edition, &[]);
                is_planned = false;
            }
        }
        if is_planned {
            if self.editions.values().all(|known| known.is_examined) {
                return None;
            }
            for known in self.editions.values_mut() {
                known.examine(is_stale)?;
            }
        }
        let show = |edition: &Edition| {
            Some(self.editions.get(&edition.name)?.show(&edition.name, Vec::new()))
        };
        let shown = wanted.iter().filter_map(show).collect();
        Some(self.snapshot(shown, loaded, true))
    }

    fn snapshot(
        &mut self,
        editions: Vec<preview::Edition>,
        loaded: &Loaded,
        is_more: bool,
    ) -> Snapshot {
        let fresh = self.editions.iter().filter(|(_, known)| known.is_fresh);
        let found = fresh.map(|(name, known)| (name.clone(), known.problems()));
        let merged = problems::merge(found.collect());
        // What is only a warning can wait until all editions have been looked at.
        let is_whole = self.editions.values().all(|known| known.is_fresh);
        if is_whole || editions.iter().any(|edition| edition.failed) {
            self.tell(&merged, loaded, is_more);
        }
        let snapshot = problems::snapshot(merged, loaded);
        Snapshot { editions, paths: super::paths(loaded, self.common), ..snapshot }
    }

    /// Tells the terminal of problems, unless they are those that it was told last. `is_more` says
    /// that they belong to the same build as those.
    fn tell(&mut self, merged: &[Merged], loaded: &Loaded, is_more: bool) {
        if self.told != merged {
            let told = std::mem::replace(&mut self.told, merged.to_vec());
            let is_new = |(problem, _): &&Merged| {
                !is_more || !told.iter().any(|(known, _)| known == problem)
            };
            let new: Vec<_> = merged.iter().filter(is_new).cloned().collect();
            problems::tell(&new, loaded, self.terminal, self.common.quiet);
        }
    }
}

impl KnownEdition {
    fn problems(&self) -> Vec<Diagnostic> {
        let mut problems = [&self.early[..], &self.late].concat();
        diagnostic::sort(&mut problems);
        problems.dedup();
        problems
    }

    /// Finds the problems that only show when every page is made. None if there was a change before
    /// that was done.
    fn examine(&mut self, is_stale: &mut dyn FnMut() -> bool) -> Option<()> {
        if let Some(served) = self.served.as_ref().filter(|_| !self.failed && !self.is_examined) {
            self.late = served.planned.examine(is_stale)?;
        }
        self.is_examined = true;
        Some(())
    }

    fn show(&self, name: &str, edited: Vec<preview::Edited>) -> preview::Edition {
        let served = self.served.as_ref();
        let homes = served.map(|served| served.planned.homes()).unwrap_or_default();
        let files = served.filter(|_| self.is_fresh && !self.is_kept);
        let files = files.map(|served| Arc::clone(served) as Arc<dyn preview::Files>);
        let failed = self.is_fresh && (self.failed || diagnostic::any_error(&self.late));
        preview::Edition { name: name.to_owned(), files, homes, failed, edited }
    }
}

impl Build for Builder<'_> {
    fn update(&mut self, change: &Change, open: &[Open]) -> Snapshot {
        let changed = match change.everything {
            true => Changed::Everything,
            false => Changed::Places(change.paths.clone()),
        };
        self.session.read(&changed);
        let loaded = Loaded::new(&self.session, self.common);
        if loaded.is_unusable() {
            let merged = problems::merge(vec![(String::new(), loaded.diagnostics.clone())]);
            self.tell(&merged, &loaded, false);
            // What was read before is no longer what there is: nothing is left to do.
            self.loaded = None;
            let snapshot = problems::snapshot(merged, &loaded);
            return Snapshot { paths: super::paths(&loaded, self.common), ..snapshot };
        }
        let wanted = self.wanted(&loaded);
        let is_wanted = |name: &str| wanted.iter().any(|edition| edition.name == name);
        self.editions.retain(|name, _| is_wanted(name));
        self.session.keep_editions(is_wanted);
        for known in self.editions.values_mut() {
            known.is_fresh = false;
        }
        let mut editions = Vec::new();
        for (number, edition) in wanted.iter().enumerate() {
            // The first is planned in any case: a site that cannot be built is to say so at once.
            if number == 0 || open.iter().any(|page| page.edition == edition.name) {
                editions.push(self.plan(&loaded, edition, open));
            } else {
                let known = self.editions.entry(edition.name.clone()).or_default();
                editions.push(known.show(&edition.name, Vec::new()));
            }
        }
        let mut snapshot = self.snapshot(editions, &loaded, false);
        let first = wanted.first().and_then(|edition| self.editions.get(&edition.name));
        let served = first.and_then(|known| known.served.as_ref());
        snapshot.copied = served.map(|served| copied(served, change)).unwrap_or_default();
        self.loaded = Some(loaded);
        self.session.forget_unused();
        snapshot
    }

    fn complete(&mut self, is_stale: &mut dyn FnMut() -> bool) -> Option<Snapshot> {
        let loaded = self.loaded.take()?;
        let snapshot = self.rest(&loaded, is_stale);
        self.session.forget_unused();
        self.loaded = Some(loaded);
        snapshot
    }
}

/// The pages that somebody has edited. Of more than a handful, the configuration or a snippet was.
fn edited(served: &Served, old: &Served) -> Vec<preview::Edited> {
    let pages: Vec<_> = served.planned.edited_since(&old.planned).take(MOST_EDITED + 1).collect();
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
    let assets = served.planned.site().assets.iter();
    let changed = assets.filter(|(_, file)| is_named(&file.disk) && real(&file.disk));
    changed.map(|(path, _)| path.clone()).collect()
}
