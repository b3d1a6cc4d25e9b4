//! Html cut at its holes.

use crate::text::holes::{CLOSE, OPEN};

/// A part of the html.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Finished html.
    Html(Box<str>),
    /// The address of a link goes here, by its number in `links`.
    Address(usize),
    /// Here begins a block, by its number in `blocks`.
    Block(usize),
}

/// Cuts the html at its marks and puts finished html in its place.
pub(crate) fn split(html: &str, opaque: &[String]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::with_capacity(html.len());
    let mut parts = html.split(OPEN);
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (mark, rest) = part.split_once(CLOSE).unwrap_or(("", part));
        let number = mark.get(1..).and_then(|digits| digits.parse::<usize>().ok());
        match (mark.chars().next(), number) {
            (Some(kind @ ('a' | 'b')), Some(number)) => {
                if !text.is_empty() {
                    pieces.push(Piece::Html(std::mem::take(&mut text).into_boxed_str()));
                }
                let piece = if kind == 'a' { Piece::Address } else { Piece::Block };
                pieces.push(piece(number));
            }
            (Some('o'), Some(number)) => {
                text.push_str(opaque.get(number).map_or("", String::as_str));
            }
            _ => {}
        }
        text.push_str(rest);
    }
    if !text.is_empty() {
        pieces.push(Piece::Html(text.into_boxed_str()));
    }
    pieces
}
