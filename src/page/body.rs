//! The html of a body with its addresses filled in.

use crate::kinds::Shape;
use crate::markdown::{Document, Piece};
use crate::site::Target;

/// Fills the holes of a document, and puts the html of its parts around them. `root` leads from the
/// page to the root of the site.
pub fn html(document: &Document, shape: &Shape, targets: &[Target], root: &str) -> String {
    let size = document
        .pieces
        .iter()
        .map(|piece| if let Piece::Html(html) = piece { html.len() } else { 40 })
        .sum();
    let mut out = String::with_capacity(size);
    for piece in &document.pieces {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Address(link) => match targets.get(*link) {
                Some(Target::Site(path)) => {
                    out.push_str(root);
                    escape(path, &mut out);
                }
                Some(Target::Here(text) | Target::External(text) | Target::Broken(text)) => {
                    escape(text, &mut out);
                }
                None => out.push('#'),
            },
            Piece::Block(number) => out.push_str(shape.before(*number)),
        }
    }
    out.push_str(shape.before(document.blocks.len()));
    out
}

/// The way from a page to the root of the site.
pub fn root(url: &str) -> String {
    match url.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

/// Escapes an address for an attribute in double quotes.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            ' ' => out.push_str("%20"),
            other => out.push(other),
        }
    }
}
