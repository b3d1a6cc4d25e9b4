//! An edition whose files are made when somebody asks for them.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::copies;
use super::sweep::Sweep;
use crate::attachment::Published;
use crate::diagnostic::Diagnostic;
use crate::page::Traced;
use crate::pipeline::Plan;
use crate::site::{self, Page, PageId, Site};
use crate::source::{Lender, Project};

/// Pages that are made between two looks for another change: a few milliseconds.
const BATCH: usize = 32;

/// A planned edition.
#[derive(Debug)]
pub struct Planned {
    plan: Plan,
    /// The search indexes, made when the first part of one is asked for.
    index: OnceLock<BTreeMap<String, Arc<Vec<u8>>>>,
    /// Copied files that are being sent.
    lender: Lender,
    /// What copied files were when the leak gate looked at them, if other machines can ask for them.
    examined: Option<Mutex<BTreeMap<String, blake3::Hash>>>,
    /// The problems that making all files has shown before the first was asked for.
    found: Vec<Diagnostic>,
}

impl Planned {
    pub(super) fn new(plan: Plan, project: &Project, is_exposed: bool) -> Self {
        let mut planned = Planned {
            plan,
            index: OnceLock::new(),
            lender: Lender::new(project.clone()),
            examined: is_exposed.then(Mutex::default),
            found: Vec::new(),
        };
        if is_exposed {
            planned.found = planned.examine(&mut || false).unwrap_or_default();
        }
        planned
    }

    /// The problems so far.
    pub fn problems(&self) -> Vec<Diagnostic> {
        let mut problems = self.plan.problems();
        problems.extend(self.found.iter().cloned());
        problems
    }

    /// The paths of all files, apart from those of the search indexes.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.plan.paths()
    }

    /// The files of the search indexes by their paths.
    pub fn index(&self) -> &BTreeMap<String, Arc<Vec<u8>>> {
        self.index.get_or_init(|| self.plan.index())
    }

    /// Whether there is a file with this path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.plan.has(path) || self.part_of_index(path).is_some()
    }

    /// Makes a file, or says why it cannot be made. None if there is none.
    pub fn make(&self, path: &str) -> Option<Result<Arc<Vec<u8>>, Box<Diagnostic>>> {
        // The index last: who makes many files at once must not wait in it for another that does.
        let other = self.plan.page(path).or_else(|| self.copy(path));
        other.or_else(|| self.part_of_index(path).map(Ok))
    }

    /// Makes every file, to find what cannot be made and what must not be shown. None if there was
    /// another change before all was done.
    pub(crate) fn examine(&self, is_stale: &mut dyn FnMut() -> bool) -> Option<Vec<Diagnostic>> {
        let sweep = self.plan.gate().map(Sweep::new);
        let faults = |path: &&str| {
            let fault = self.make(path).and_then(|made| match made {
                Ok(bytes) => sweep.as_ref()?.bytes(path, &bytes),
                Err(problem) => Some(*problem),
            });
            [fault, self.left_out(path)].into_iter().flatten()
        };
        let paths: Vec<&str> = self.paths().collect();
        let mut problems = Vec::new();
        for batch in paths.chunks(BATCH) {
            if is_stale() {
                return None;
            }
            problems.par_extend(batch.par_iter().flat_map_iter(faults));
        }
        if let Some(sweep) = sweep.filter(|_| self.examined.is_some()) {
            let index = self.index().iter();
            problems.extend(index.filter_map(|(path, bytes)| sweep.bytes(path, bytes)));
        }
        Some(problems)
    }

    /// The resolved site.
    pub(crate) fn site(&self) -> &Site {
        &self.plan.site
    }

    /// The folders of its home pages, one per language.
    pub(crate) fn homes(&self) -> Vec<String> {
        self.plan.homes()
    }

    /// The article that a page shows, by the path of its file.
    pub(crate) fn article(&self, path: &str) -> Option<PageId> {
        self.plan.article(path)
    }

    /// The text of a page with marks that tell where its blocks come from.
    pub(crate) fn traced(&self, id: PageId) -> Option<Traced> {
        self.plan.traced(id)
    }

    /// The articles whose text is other than in an older plan of the same edition.
    pub(crate) fn edited_since<'a>(&'a self, old: &'a Self) -> impl Iterator<Item = &'a Page> {
        self.plan.edited_since(&old.plan)
    }

    fn part_of_index(&self, path: &str) -> Option<Arc<Vec<u8>>> {
        let mut parts = self.plan.site.parts.iter();
        let is_part = parts.any(|part| path.starts_with(&site::index_folder(&part.language.code)));
        is_part.then(|| self.index())?.get(path).cloned()
    }

    /// A file that comes from the disk.
    fn copy(&self, path: &str) -> Option<Result<Arc<Vec<u8>>, Box<Diagnostic>>> {
        let file = self.plan.site.assets.get(path)?;
        let bytes = self.lender.read(&file.disk).and_then(|bytes| self.unchanged(path, bytes));
        let bytes = bytes.map_err(|error| Box::new(copies::unreadable(file, &error)));
        let readers = self.plan.copied_for();
        Some(bytes.and_then(|bytes| match copies::publish(path, &bytes, file, readers)? {
            Published::AsIs => Ok(bytes),
            Published::Cleaned(bytes, _) => Ok(Arc::new(bytes)),
        }))
    }

    /// What is left out of a file that comes from the disk.
    fn left_out(&self, path: &str) -> Option<Diagnostic> {
        match copies::vet(path, self.plan.site.assets.get(path)?, self.plan.copied_for()) {
            Ok(Published::Cleaned(_, said)) => said,
            _ => None,
        }
    }

    /// The leak gate has seen the files as they were: to other machines, none goes that is not so
    /// any more.
    fn unchanged(&self, path: &str, bytes: Arc<Vec<u8>>) -> io::Result<Arc<Vec<u8>>> {
        let Some(examined) = &self.examined else { return Ok(bytes) };
        let hash = blake3::hash(&bytes);
        let mut examined = examined.lock().unwrap_or_else(PoisonError::into_inner);
        if *examined.entry(path.to_owned()).or_insert(hash) == hash {
            return Ok(bytes);
        }
        Err(io::Error::other("it has changed since the leak gate looked at it"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Edition;
    use crate::session::tests::disk;
    use crate::session::{Request, Session};

    #[test]
    fn a_file_beside_the_index_does_not_wait_for_it() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("content/_index.md", "# Home\n"), ("static/search/en/a.txt", "a")] {
            disk::put(&folder.path().join(name), text.as_bytes());
        }
        let session = Session::new(Project::new(folder.path(), None));
        let edition = Edition::public();
        let today = jiff::civil::Date::constant(2026, 11, 29);
        let request = Request { edition: &edition, drafts: false, for_authors: false, today };
        let planned = session.plan(&request, false);
        let bytes = planned.make("search/en/a.txt").unwrap().unwrap();
        assert_eq!(*bytes, b"a");
        assert!(planned.index.get().is_none());
        assert!(planned.make("search/en/manifest.json").unwrap().is_ok());
    }
}
