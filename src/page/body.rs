//! The html of a body with its addresses filled in.

use super::dead;
use crate::render::{self, Piece, Words};
use crate::site::{Page, Target};
use crate::text::html::escape;

/// The html of a page in pieces, still without addresses.
pub(crate) fn pieces(page: &Page, words: &Words) -> Vec<Piece> {
    render::html(&page.document, words)
}

/// Fills the holes of a document, and puts the html of its parts around them. `root` leads from the
/// page to the root of the site.
pub(crate) fn html(page: &Page, pieces: &[Piece], root: &str) -> String {
    let Page { document, shape, targets, .. } = page;
    let size = pieces
        .iter()
        .map(|piece| if let Piece::Html(html) = piece { html.len() } else { 40 })
        .sum();
    let mut out = String::with_capacity(size);
    // Whether a hole was just left that nothing fills.
    let mut is_dead = false;
    for piece in pieces {
        match piece {
            Piece::Html(html) if std::mem::take(&mut is_dead) => {
                let rest = dead::without_address(&mut out, html);
                out.push_str(rest);
            }
            Piece::Html(html) => out.push_str(html),
            Piece::Address(link) => match targets.get(*link) {
                Some(Target::Site(path)) => {
                    out.push_str(root);
                    address(path, &mut out);
                }
                Some(Target::Here(text) | Target::External(text)) => address(text, &mut out),
                Some(Target::Broken) | None => is_dead = true,
            },
            Piece::Block(number) => render::push_edges(shape, *number, &mut out),
        }
    }
    render::push_edges(shape, document.blocks.len(), &mut out);
    out
}

/// The way from a page to the root of the site.
pub(crate) fn root(url: &str) -> String {
    match url.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

/// Writes an address into an attribute.
fn address(text: &str, out: &mut String) {
    for (number, part) in text.split(' ').enumerate() {
        out.push_str(if number == 0 { "" } else { "%20" });
        escape(part, out);
    }
}
