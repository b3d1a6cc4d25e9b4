//! Holes in html: marks that stand for addresses and for finished html.
//!
//! A mark is a number between two noncharacters. No text may contain them: the body is cleaned
//! before it is parsed, and so are the characters that entities stand for ([`clean`]).

use std::borrow::Cow;

pub(crate) use crate::text::reserved::{CLOSE, OPEN, clean};

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
