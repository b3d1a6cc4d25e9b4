//! An edition as the preview serves it: its files are made when somebody asks for them.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;

use crate::diagnostic::Locale;
use crate::page;
use crate::preview::editor::{self, Environment, Spot};
use crate::preview::{Files, Found, Question};
use crate::session::Planned;
use crate::source::{self, Project};

/// What opening a file in an editor depends on.
#[derive(Debug)]
pub(crate) struct EditorContext {
    pub project: Project,
    pub editor: Environment,
    pub locale: Locale,
}

/// A planned edition.
#[derive(Debug)]
pub(crate) struct Served {
    pub planned: Planned,
    context: Arc<EditorContext>,
    /// Folders and files that an editor may open.
    sources: Vec<PathBuf>,
}

impl Served {
    pub(crate) fn new(
        planned: Planned,
        context: &Arc<EditorContext>,
        sources: Vec<PathBuf>,
    ) -> Self {
        Served { planned, context: Arc::clone(context), sources }
    }

    fn open(&self, source: &str, line: usize, column: usize) -> Option<Value> {
        let file = self.context.project.site.join(source);
        let file = if file.is_file() { file } else { self.context.project.base().join(source) };
        // A link may lead out of the site; the editor would follow it.
        let sources = match source::real_path(&self.context.project, &file) {
            Ok(_) => &self.sources[..],
            Err(_) => &[],
        };
        let spot = Spot { file: &file, line, column };
        let opened = editor::open(spot, &self.context.editor, sources, self.context.locale);
        serde_json::to_value(opened).ok()
    }
}

impl Files for Served {
    fn get(&self, path: &str) -> Found {
        match self.planned.make(path) {
            Some(Ok(bytes)) => Found::File(bytes),
            Some(Err(_)) => Found::Broken,
            None => Found::Missing,
        }
    }

    fn has(&self, path: &str) -> bool {
        self.planned.has(path)
    }

    fn ask(&self, question: &Question) -> Option<Value> {
        match question {
            Question::About(path) => {
                let about = page::about(self.planned.site(), self.planned.article(path)?);
                serde_json::to_value(about).ok()
            }
            Question::Blocks(path) => {
                let traced = self.planned.traced(self.planned.article(path)?)?;
                serde_json::to_value(traced).ok()
            }
            Question::Open { path, block } => {
                let id = self.planned.article(path)?;
                match block {
                    None => self.open(&self.planned.site().pages[id].selected.article.path, 1, 1),
                    Some(block) => {
                        let places = self.planned.traced(id)?.places;
                        let place = places.get(*block)?;
                        self.open(&place.path, place.line, place.column)
                    }
                }
            }
            Question::OpenSource { source, line, column } => self.open(source, *line, *column),
        }
    }
}
