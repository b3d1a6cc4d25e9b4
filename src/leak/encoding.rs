//! What bytes say, in the encodings that people still write files in.

use std::borrow::Cow;

use encoding_rs::{BIG5, Encoding, GB18030, WINDOWS_1252};

/// Encodings of text that is not in UTF-8: each is tried. Spreadsheets and editors on Windows write
/// the first in China, the second in Taiwan and Hong Kong, the third in the west.
const OTHERS: [&Encoding; 3] = [GB18030, BIG5, WINDOWS_1252];

/// The marks at the start of UTF-16, and how it makes a number of two bytes.
const WIDE: [([u8; 2], Unit); 2] =
    [([0xff, 0xfe], u16::from_le_bytes), ([0xfe, 0xff], u16::from_be_bytes)];

type Unit = fn([u8; 2]) -> u16;

/// As many characters tell whether a text without a mark is in UTF-16.
const TELLING: usize = 400;

/// The texts that a file may stand for; of what people cannot read, like a document of an office
/// program, the stretches of text in it. One broken byte does not keep anybody from reading the rest.
/// Other encodings and stretches are looked for in foreign files alone: tier0 itself writes UTF-8.
pub(crate) fn texts(bytes: &[u8], is_foreign: bool) -> Vec<Cow<'_, str>> {
    let whole = std::str::from_utf8(bytes).ok();
    let is_binary = (is_foreign || whole.is_none()) && bytes.contains(&0);
    if let Some(text) = whole.filter(|_| !is_binary) {
        return vec![Cow::Borrowed(text)];
    }
    let marked = WIDE.iter().find(|(mark, _)| bytes.starts_with(mark));
    if let Some((mark, unit)) = marked {
        return vec![Cow::Owned(wide(&bytes[mark.len()..], *unit))];
    }
    let unmarked = WIDE.iter().find(|(_, unit)| is_wide(bytes, *unit));
    let unmarked = unmarked.map(|(_, unit)| Cow::Owned(wide(bytes, *unit)));
    let mut texts: Vec<Cow<'_, str>> = unmarked.into_iter().collect();
    texts.extend(whole.map(Cow::Borrowed));
    if !is_binary {
        texts.push(String::from_utf8_lossy(bytes));
        let others = OTHERS.iter().filter(|_| is_foreign);
        texts.extend(others.map(|other| other.decode_without_bom_handling(bytes).0));
    } else if is_foreign && may_hold_text(bytes) {
        texts.push(Cow::Owned(stretches(bytes)));
        for (_, unit) in WIDE {
            texts.extend([0, 1].map(|from| Cow::Owned(wide_stretches(bytes, from, unit))));
        }
    }
    texts
}

/// Whether there is anything but holes: quick, and right where it says no.
fn may_hold_text(bytes: &[u8]) -> bool {
    bytes.iter().any(|byte| byte.is_ascii_graphic() || (0x80..0xff).contains(byte))
}

/// As many bytes of text in a row are a stretch: less may have come about by chance.
const SHORTEST: usize = 12;

/// The stretches of text in bytes of any kind, each in a line.
fn stretches(bytes: &[u8]) -> String {
    let mut found = String::new();
    for chunk in bytes.utf8_chunks() {
        for stretch in chunk.valid().split(|c: char| c.is_control() && !c.is_ascii_whitespace()) {
            if stretch.len() >= SHORTEST {
                push_without_addresses(stretch, &mut found);
                found.push('\n');
            }
        }
    }
    found
}

/// Adds a stretch. Where a picture or a document leads is no text of it, and may well be where an
/// excluded page leads.
fn push_without_addresses(stretch: &str, found: &mut String) {
    let mut rest = stretch;
    while let Some(at) = rest.find("://") {
        let scheme = rest[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric());
        found.push_str(scheme);
        let address = &rest[at..];
        let is_end = |c: char| !c.is_ascii() || c.is_ascii_whitespace() || "<>()\"'".contains(c);
        rest = &address[address.find(is_end).unwrap_or(address.len())..];
        found.push('\n');
    }
    found.push_str(rest);
}

/// The same of UTF-16, from an offset on.
fn wide_stretches(bytes: &[u8], from: usize, unit: Unit) -> String {
    let (pairs, _) = bytes.get(from..).unwrap_or_default().as_chunks::<2>();
    let mut found = String::new();
    for stretch in pairs.split(|pair| !is_usual(unit(*pair))) {
        if stretch.len() >= SHORTEST / 2 {
            let units: Vec<u16> = stretch.iter().map(|pair| unit(*pair)).collect();
            found.push_str(&String::from_utf16_lossy(&units));
            found.push('\n');
        }
    }
    found
}

/// The mark of a file in UTF-16, and whether it begins with it or only looks like such a file.
pub(crate) fn mark(bytes: &[u8]) -> Option<([u8; 2], bool)> {
    let written = WIDE.iter().find(|(mark, _)| bytes.starts_with(mark));
    let guessed = || WIDE.iter().find(|(_, unit)| is_wide(bytes, *unit));
    let written = written.map(|(mark, _)| (*mark, true));
    written.or_else(|| guessed().map(|(mark, _)| (*mark, false)))
}

fn wide(bytes: &[u8], unit: Unit) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    String::from_utf16_lossy(&units)
}

/// Whether bytes are text in UTF-16: nearly all of it is of the usual letters, which other files
/// never look like.
fn is_wide(bytes: &[u8], unit: Unit) -> bool {
    let (pairs, _) = bytes.as_chunks::<2>();
    let pairs = &pairs[..pairs.len().min(TELLING)];
    let usual = pairs.iter().filter(|pair| is_usual(unit(**pair))).count();
    !pairs.is_empty() && usual * 20 >= pairs.len() * 19
}

/// Whether a number of UTF-16 is one of the usual letters.
fn is_usual(unit: u16) -> bool {
    matches!(
        unit,
        0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0xa0..=0x24f
            | 0x2010..=0x2027 | 0x3000..=0x30ff | 0x4e00..=0x9fff | 0xff00..=0xff5e
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_in_any_encoding() {
        let text = "Ask 张三, then 重启 the router.";
        let has = |bytes: &[u8]| texts(bytes, true).iter().any(|read| read == text);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(has(text.as_bytes()) && has(&wide));
        assert!(has(&wide.chunks(2).flat_map(|pair| [pair[1], pair[0]]).collect::<Vec<u8>>()));
        assert!(has(&GB18030.encode(text).0));
        let latin = texts(b"le caf\xe9", true);
        assert!(latin.iter().any(|read| read == "le caf\u{e9}"));
        let is_empty = |bytes| texts(bytes, true).iter().all(|text| text.is_empty());
        assert!(is_empty(b"\x89PNG\0\0\0\x0d\xff\xd8"));
        let inside = |part: &[u8]| [b"\xff\0\x01".as_slice(), part, b"\0\xff\0"].concat();
        let is_inside =
            |part: &[u8]| texts(&inside(part), true).iter().any(|read| read.contains(text));
        assert!(is_inside(text.as_bytes()) && is_inside(&wide));
        assert!(is_inside(&[b"\0".as_slice(), &wide].concat()));
        assert_eq!(texts(b"plain", true).len(), 1);
    }
}
