//! An edition as the preview serves it: its files are made when somebody asks for them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Tongue};
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
}

impl Served {
    pub fn new(plan: Plan, desk: &Arc<Desk>, sources: Vec<PathBuf>) -> Self {
        Served { plan, desk: Arc::clone(desk), sources, index: OnceLock::new() }
    }

    /// Makes a file, or says why it cannot be made. None if there is none.
    pub fn make(&self, path: &str) -> Option<Result<Arc<Vec<u8>>, Box<Diagnostic>>> {
        if let Some(bytes) = self.index(path) {
            return Some(Ok(bytes));
        }
        self.plan.page(path).or_else(|| self.copy(path))
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

    /// A file that is copied as it is.
    fn copy(&self, path: &str) -> Option<Result<Arc<Vec<u8>>, Box<Diagnostic>>> {
        let disk = self.plan.site.assets.get(path)?;
        let bytes = source::read_copy(&self.desk.project, disk).map(Arc::new);
        Some(bytes.map_err(|error| {
            Box::new(
                Diagnostic::general(Code::IoError)
                    .with_both("action", "read", "读取")
                    .with("target", disk.display().to_string())
                    .with("detail", error.to_string()),
            )
        }))
    }

    fn open(&self, source: &str, line: usize, column: usize) -> Option<Value> {
        let file = self.desk.project.site.join(source);
        let file = if file.is_file() { file } else { self.desk.project.base().join(source) };
        let spot = Spot { file: &file, line, column };
        let opened = editor::open(spot, &self.desk.editor, &self.sources, self.desk.tongue);
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
