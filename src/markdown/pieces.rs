//! Holes in the html: marks that stand for addresses and for finished html, and the cut at them.
//!
//! A mark is a number between two noncharacters. No text may contain them: the body is cleaned
//! before it is parsed, and so are the characters that entities stand for ([`clean`]).

use std::borrow::Cow;

use super::Piece;
pub(crate) use crate::text::reserved::clean;
use crate::text::reserved::{CLOSE, OPEN};

/// The mark for the address of a link.
pub(crate) fn address(link: usize) -> String {
    format!("{OPEN}a{link}{CLOSE}")
}

/// The mark for a piece of finished html that the sanitizer need not see.
pub(crate) fn opaque(number: usize) -> String {
    format!("{OPEN}o{number}{CLOSE}")
}

/// The mark for the start of a block.
pub(crate) fn block(number: usize) -> String {
    format!("{OPEN}b{number}{CLOSE}")
}

/// Whether html holds marks.
pub(crate) fn has_marks(html: &str) -> bool {
    html.contains(OPEN)
}

/// Html of the same length without references to those characters, which the sanitizer resolves.
pub(crate) fn clean_references(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut from = 0;
    for (at, _) in html.match_indices("&#") {
        let digits = html[at + 2..].strip_prefix(['x', 'X']).unwrap_or(&html[at + 2..]);
        let start = html.len() - digits.len();
        let is_hex = start > at + 2;
        let end = start
            + digits
                .bytes()
                .take_while(|b| b.is_ascii_digit() || is_hex && b.is_ascii_hexdigit())
                .count();
        let number = html[start..end].trim_start_matches('0').to_ascii_lowercase();
        let harmless = match number.as_str() {
            "fdd0" | "fdd1" if is_hex => "fffd",
            "64976" | "64977" if !is_hex => "65533",
            _ => continue,
        };
        out.push_str(&html[from..end - harmless.len()]);
        out.push_str(harmless);
        from = end;
    }
    if from == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[from..]);
    Cow::Owned(out)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_cannot_be_forged() {
        assert_eq!(clean("a\u{fdd0}a0\u{fdd1}"), "a\u{fffd}a0\u{fffd}");
        assert_eq!(
            clean_references("&#xFDD0;a &#x00fdd1 &#64976;&#064977 &#xFDD2;&#649760; &#"),
            "&#xfffd;a &#x00fffd &#65533;&#065533 &#xFDD2;&#649760; &#"
        );
    }
}
