//! The html of a body with its addresses filled in.

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
    for piece in pieces {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Address { name, link } => {
                address(name, targets.get(*link), root, &mut out);
            }
            Piece::Image { before, link, behind, words } => {
                let start = out.len();
                out.push_str(before);
                if address("src", targets.get(*link), root, &mut out) {
                    out.push_str(behind);
                } else {
                    out.truncate(start);
                    missing(words, &mut out);
                }
            }
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

/// Writes an attribute with the address of a link, unless that leads nowhere; says whether it did.
fn address(name: &str, target: Option<&Target>, root: &str, out: &mut String) -> bool {
    let (root, text) = match target {
        Some(Target::Site(path)) => (root, path),
        Some(Target::Here(text) | Target::External(text)) => ("", text),
        Some(Target::Broken) | None => return false,
    };
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    out.push_str(root);
    push_address(text, out);
    out.push('"');
    true
}

/// Writes the words of an image that is not there.
fn missing(words: &str, out: &mut String) {
    if !words.trim().is_empty() {
        out.push_str("<span class=\"missing\">");
        escape(words.trim(), out);
        out.push_str("</span>");
    }
}

fn push_address(text: &str, out: &mut String) {
    for (number, part) in text.split(' ').enumerate() {
        out.push_str(if number == 0 { "" } else { "%20" });
        escape(part, out);
    }
}
