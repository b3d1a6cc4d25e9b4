//! Letters under another look: wide ones, those with accents, those in addresses, and tags between
//! them.

use icu_normalizer::DecomposingNormalizerBorrowed as Normalizer;

use super::html::is_inline;

/// Whether a Chinese or Japanese character is another look of one: of half width, or there twice.
pub(crate) fn has_plainer(c: char) -> bool {
    matches!(c, '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}' | '\u{ff66}'..='\u{ff9f}')
}

/// A letter as the plain ones that it looks like: without accents, of usual width.
pub(crate) fn plain(c: char) -> impl Iterator<Item = char> {
    let normalizer = const { Normalizer::new_nfkd() };
    normalizer.normalize_iter(std::iter::once(c)).filter(|c| !is_accent(*c))
}

/// Whether a character only stands above or below the letter before it.
pub(crate) fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}')
}

/// The text that a row of bytes stands for that are written as in addresses, `%20%41`, and the length
/// of the row.
pub(crate) fn from_percent(bytes: &[u8]) -> Option<(usize, String)> {
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    let byte = |at: usize| {
        let value = digit(at + 1)? * 16 + digit(at + 2)?;
        u8::try_from(value).ok().filter(|_| bytes.get(at) == Some(&b'%'))
    };
    let row: Vec<u8> = (0..).step_by(3).map_while(byte).collect();
    (!row.is_empty()).then(|| (row.len() * 3, String::from_utf8_lossy(&row).into_owned()))
}

/// Tags inside of lines that pages of tier0 keep texts apart by, or do not have.
const LOOSE: [&str; 24] = [
    "span", "tspan", "font", "br", "small", "big", "s", "strike", "tt", "var", "samp", "q", "cite",
    "abbr", "dfn", "bdi", "bdo", "label", "time", "data", "nobr", "acronym", "o", "ruby",
];

/// Whether a tag stands inside of a line, in the way of other programs; a comment does.
pub(crate) fn is_loose(tag: &str) -> bool {
    let name = name(tag);
    is_inline(&format!("<{name}")) || LOOSE.contains(&&*name) || tag.starts_with("<!--")
}

/// Whether a tag is a line break.
pub(crate) fn is_break(tag: &str) -> bool {
    name(tag) == "br"
}

fn name(tag: &str) -> String {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    name[..end].to_ascii_lowercase()
}
