//! A document to what people read: [`html`], titles.
//!
//! Here the words of the theme come in, and holes are left where addresses go and where parts of an
//! article begin: `page` fills them.

mod containers;
mod highlight;
mod html;
mod parts;
mod pieces;
mod polish;
mod sanitize;
mod title;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::document::{Document, Kind, text};
use crate::text::fold::single_spaced;
use html::Html;

#[cfg(test)]
pub(crate) use html::MARK;
pub(crate) use parts::push_edges;
pub(crate) use pieces::Piece;
pub(crate) use title::{Title, title};

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
    written(document, Html::new(document, words, false)).0
}

/// The same with a mark at the begin of each block; the spans of the blocks by the numbers in the
/// marks. Without the marks it is the same html.
pub(crate) fn marked(document: &Document, words: &Words) -> (Vec<Piece>, Vec<Range<usize>>) {
    written(document, Html::new(document, words, true))
}

fn written(document: &Document, mut html: Html<'_>) -> (Vec<Piece>, Vec<Range<usize>>) {
    html.body();
    let (mut text, opaque, spans) = html.into_parts();
    if document.sanitizes {
        text = polish::polish(&sanitize::sanitize(&text));
    }
    (pieces::split(&text, &opaque), spans)
}

/// The title that the heading makes which opens the text: with code and emphasis. Titles are not
/// sanitized and have no places for addresses, so with anything else in it only the text stays.
pub(crate) fn lead(document: &Document) -> Option<Title> {
    let lead = document.lead?;
    let tree = &document.tree;
    let text = single_spaced(&text(tree, tree.inside(lead)));
    let is_simple = |node: usize| {
        !matches!(
            tree.node(node).kind,
            Kind::Html { .. }
                | Kind::Link { .. }
                | Kind::Address { .. }
                | Kind::Image { .. }
                | Kind::FootnoteReference(_)
        )
    };
    if !tree.inside(lead).all(is_simple) {
        return Some(Title::plain(&text));
    }
    let words = Words::default();
    let mut html = Html::new(document, &words, false);
    html.nodes(tree.inside(lead));
    let (html, ..) = html.into_parts();
    Some(Title { html: html.trim().to_owned(), text })
}

/// Links of html that are dropped with an element lead nowhere: no file is copied for them.
pub(crate) fn forget_unwritten(document: &mut Document) {
    if !document.tree.has_html || document.links.iter().all(|link| !link.in_html || link.is_image) {
        return;
    }
    let pieces = html(document, &Words::default());
    let written = pieces.iter().filter_map(|piece| match piece {
        Piece::Address(number) => Some(*number),
        _ => None,
    });
    let written: BTreeSet<usize> = written.collect();
    for (number, link) in document.links.iter_mut().enumerate() {
        if link.in_html && !link.is_image && !written.contains(&number) {
            link.target = "#".to_owned();
        }
    }
}
