//! A document to what people read: [`html`], titles.
//!
//! Here the words of the theme come in, and holes are left where addresses go and where parts of an
//! article begin: `page` fills them.

mod containers;
mod highlight;
mod html;
mod parts;
mod pieces;
mod title;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::document::Document;
use html::Html;

#[cfg(test)]
pub(crate) use html::MARK;
pub(crate) use parts::push_edges;
pub(crate) use pieces::Piece;
pub(crate) use title::{Title, lead, title};

/// Words of the interface in a language.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    /// By the keys of the theme's interface texts: titles of callouts, labels.
    pub texts: Arc<BTreeMap<String, String>>,
    /// Labels of the roles that the edition has.
    pub role_labels: Arc<BTreeMap<String, String>>,
}

/// The html of a document, without the heading in `lead`.
pub(crate) fn html(document: &Document, words: &Words) -> Vec<Piece> {
    written(Html::new(document, words, false)).0
}

/// The same with a mark at the begin of each block; the spans of the blocks by the numbers in the
/// marks. Without the marks it is the same html.
pub(crate) fn marked(document: &Document, words: &Words) -> (Vec<Piece>, Vec<Range<usize>>) {
    written(Html::new(document, words, true))
}

fn written(mut html: Html<'_>) -> (Vec<Piece>, Vec<Range<usize>>) {
    html.body();
    html.into_parts()
}
