//! Holes in the html: marks that stand for addresses and for finished html, and the cut at them.
//!
//! A mark is a number between two noncharacters, which no text may contain ([`clean`]).

use super::Piece;

const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// The mark for the address of a link.
pub fn address(link: usize) -> String {
    format!("{OPEN}a{link}{CLOSE}")
}

/// The mark for a piece of finished html that the sanitizer need not see.
pub fn opaque(number: usize) -> String {
    format!("{OPEN}o{number}{CLOSE}")
}

/// A text without the characters that marks are made of.
pub fn clean(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains([OPEN, CLOSE]) {
        std::borrow::Cow::Owned(text.replace([OPEN, CLOSE], ""))
    } else {
        std::borrow::Cow::Borrowed(text)
    }
}

/// Cuts the html at its marks and puts finished html in its place.
pub fn split(html: &str, opaque: &[String]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut text = String::with_capacity(html.len());
    let mut parts = html.split(OPEN);
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (mark, rest) = part.split_once(CLOSE).unwrap_or(("", part));
        let number = mark.get(1..).and_then(|digits| digits.parse::<usize>().ok());
        match (mark.chars().next(), number) {
            (Some('a'), Some(link)) => {
                pieces.push(Piece::Html(std::mem::take(&mut text).into_boxed_str()));
                pieces.push(Piece::Address(link));
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
