//! The text of a page once more, with marks that tell which line of which file each block comes from.

use std::sync::Arc;

use serde::Serialize;

use super::body;
use crate::diagnostic::position::locate;
use crate::render::{self, Words};
use crate::site::Page;

/// What `page.content` is in templates, with marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Traced {
    /// The html. Without its `data-t0-at` attributes it is what the page shows.
    pub html: String,
    /// Where the blocks come from, by the numbers in the marks; browsers ask by the numbers.
    #[serde(skip)]
    pub places: Vec<Source>,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    /// The path of the file, as diagnostics show it.
    pub path: Arc<str>,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// Marks the text of a page.
pub(crate) fn traced(page: &Page, words: &Words) -> Traced {
    let (pieces, spans) = render::marked(&page.document, words);
    let html = body::html(page, &pieces, &body::root(&page.url));
    let places = spans.into_iter().map(|span| {
        // The cells of tables have spaces before them.
        let source = page.selected.body().get(span.clone()).unwrap_or_default();
        let blanks = source.len() - source.trim_start_matches([' ', '\t']).len();
        let span = span.start + blanks..span.end;
        let text = page.selected.source(&span).file();
        let place = page.selected.place(span);
        let position = locate(text, place.span.start);
        Source { path: place.path, line: position.line, column: position.column }
    });
    Traced { html, places: places.collect() }
}
