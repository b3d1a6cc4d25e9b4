//! An edition as the preview serves it: its files are made when somebody asks for them.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::SystemTime;

use serde_json::Value;

use crate::attachment::Published;
use crate::cli::copies;
use crate::diagnostic::{Diagnostic, Tongue};
use crate::page;
use crate::pipeline::Plan;
use crate::preview::editor::{self, Environment, Spot};
use crate::preview::{Files, Found, Question};
use crate::site;
use crate::source::{self, Project};

/// What opening a file in an editor depends on.
#[derive(Debug)]
pub struct Desk {
    pub project: Project,
    pub editor: Environment,
    pub tongue: Tongue,
}

/// A planned edition.
#[derive(Debug)]
pub struct Served {
    pub plan: Plan,
    desk: Arc<Desk>,
    /// Folders and files that an editor may open.
    sources: Vec<PathBuf>,
    /// The search indexes, made when the first part of one is asked for.
    index: OnceLock<BTreeMap<String, Arc<Vec<u8>>>>,
    /// Copied files that are being sent, by their real paths: many slow readers share one.
    sent: Mutex<BTreeMap<PathBuf, Sent>>,
    /// What copied files were when the leak gate looked at them, if other machines can ask for them.
    examined: Option<Mutex<BTreeMap<String, blake3::Hash>>>,
}

/// A file that is being sent: its length and time of change, and its bytes.
#[derive(Debug)]
struct Sent {
    state: (u64, Option<SystemTime>),
    bytes: Weak<Vec<u8>>,
}

impl Served {
    /// Of an edition that is `exposed` to other machines every file is made once before it is shown.
    pub fn new(plan: Plan, desk: &Arc<Desk>, sources: Vec<PathBuf>, exposed: bool) -> Self {
        Served {
            plan,
            desk: Arc::clone(desk),
            sources,
            index: OnceLock::new(),
            sent: Mutex::default(),
            examined: exposed.then(Mutex::default),
        }
    }

    /// Makes a file, or says why it cannot be made. None if there is none.
    pub fn make(&self, path: &str) -> Option<Result<Arc<Vec<u8>>, Box<Diagnostic>>> {
        // The index last: who makes many files at once must not wait in it for another that does.
        let other = self.plan.page(path).or_else(|| self.copy(path));
        other.or_else(|| self.index(path).map(Ok))
    }

    /// The search indexes, if other machines can ask for them.
    pub fn exposed_index(&self) -> Option<&BTreeMap<String, Arc<Vec<u8>>>> {
        self.examined.as_ref().map(|_| self.index.get_or_init(|| self.plan.index()))
    }

    fn index(&self, path: &str) -> Option<Arc<Vec<u8>>> {
        let is_part = self
            .plan
            .site
            .parts
            .iter()
            .any(|part| path.starts_with(&site::index_folder(&part.language.code)));
        let index = is_part.then(|| self.index.get_or_init(|| self.plan.index()))?;
        index.get(path).cloned()
    }

    /// A file that comes from the disk.
    fn copy(&self, path: &str) -> Option<Result<Arc<Vec<u8>>, Box<Diagnostic>>> {
        let file = self.plan.site.assets.get(path)?;
        let bytes = self.read(&file.disk).and_then(|bytes| self.unchanged(path, bytes));
        let bytes = bytes.map_err(|error| Box::new(copies::unreadable(file, &error)));
        Some(bytes.and_then(|bytes| match &file.unvetted {
            None => Ok(bytes),
            Some(shown) => match copies::publish(path, &bytes, shown, self.plan.copied_for())? {
                Published::AsIs => Ok(bytes),
                Published::Cleaned(bytes, _) => Ok(Arc::new(bytes)),
            },
        }))
    }

    /// What is left out of a file that comes from the disk.
    pub fn left_out(&self, path: &str) -> Option<Diagnostic> {
        match copies::vet(path, self.plan.site.assets.get(path)?, self.plan.copied_for()) {
            Ok(Published::Cleaned(_, said)) => said,
            _ => None,
        }
    }

    /// Under the lock, so that a crowd that asks for a large file at once has it in memory once.
    fn read(&self, disk: &Path) -> io::Result<Arc<Vec<u8>>> {
        let real = source::real_path(&self.desk.project, disk)?;
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        let data = real.metadata()?;
        let state = (data.len(), data.modified().ok());
        let known = sent.get(&real).filter(|known| known.state == state);
        if let Some(bytes) = known.and_then(|known| known.bytes.upgrade()) {
            return Ok(bytes);
        }
        let mut bytes = Vec::new();
        source::open(&real)?.read_to_end(&mut bytes)?;
        let bytes = Arc::new(bytes);
        sent.retain(|_, known| known.bytes.strong_count() > 0);
        sent.insert(real, Sent { state, bytes: Arc::downgrade(&bytes) });
        Ok(bytes)
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

    fn open(&self, source: &str, line: usize, column: usize) -> Option<Value> {
        let file = self.desk.project.site.join(source);
        let file = if file.is_file() { file } else { self.desk.project.base().join(source) };
        // A link may lead out of the site; the editor would follow it.
        let sources = match source::real_path(&self.desk.project, &file) {
            Ok(_) => &self.sources[..],
            Err(_) => &[],
        };
        let spot = Spot { file: &file, line, column };
        let opened = editor::open(spot, &self.desk.editor, sources, self.desk.tongue);
        serde_json::to_value(opened).ok()
    }
}

impl Files for Served {
    fn get(&self, path: &str) -> Found {
        match self.make(path) {
            Some(Ok(bytes)) => Found::File(bytes),
            Some(Err(_)) => Found::Broken,
            None => Found::Missing,
        }
    }

    fn has(&self, path: &str) -> bool {
        self.plan.has(path) || self.index(path).is_some()
    }

    fn ask(&self, question: &Question) -> Option<Value> {
        match question {
            Question::About(path) => {
                let about = page::about(&self.plan.site, self.plan.article(path)?);
                serde_json::to_value(about).ok()
            }
            Question::Blocks(path) => {
                let traced = self.plan.traced(self.plan.article(path)?)?;
                serde_json::to_value(traced).ok()
            }
            Question::Open { path, block } => {
                let id = self.plan.article(path)?;
                match block {
                    None => self.open(&self.plan.site.pages[id].selected.article.path, 1, 1),
                    Some(block) => {
                        let places = self.plan.traced(id)?.places;
                        let place = places.get(*block)?;
                        self.open(&place.path, place.line, place.column)
                    }
                }
            }
            Question::OpenSource { source, line, column } => self.open(source, *line, *column),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Edition;
    use crate::pipeline::{self, Memo, Request};

    #[test]
    fn a_file_beside_the_index_does_not_wait_for_it() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("content/_index.md", "# Home\n"), ("static/search/en/a.txt", "a")] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let project = Project::new(folder.path(), None);
        let (inputs, _) = source::read(&project);
        let edition = Edition::public();
        let today = jiff::civil::Date::constant(2026, 11, 29);
        let request = Request { edition: &edition, drafts: false, for_authors: false, today };
        let plan = pipeline::plan(&inputs, &request, &Memo::default(), &|_, _| {});
        let desk = Desk { project, editor: Environment::default(), tongue: Tongue::En };
        let served = Served::new(plan, &Arc::new(desk), Vec::new(), false);
        let bytes = served.make("search/en/a.txt").unwrap().unwrap();
        assert_eq!(*bytes, b"a");
        assert!(served.index.get().is_none());
        assert!(served.make("search/en/manifest.json").unwrap().is_ok());
    }
}
