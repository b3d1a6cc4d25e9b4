//! What plain text can hold beyond markdown: bare addresses and the labels of other help centres.

use std::borrow::Cow;

/// `[!DNL Adobe Commerce]` is a name that translators leave alone, `[!UICONTROL Save]` the label
/// of a button. Titles and plain text only need the words.
pub(crate) fn resolve_labels(text: &str) -> Cow<'_, str> {
    if !text.contains("[!") {
        return Cow::Borrowed(text);
    }
    Cow::Owned(Labels { rest: text }.map(|(part, _)| part.words()).collect())
}

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part<'a> {
    /// Words.
    Text(&'a str),
    /// The label of a button.
    Label(&'a str),
    /// A bare address.
    Address(&'a str),
}

impl<'a> Part<'a> {
    fn words(self) -> &'a str {
        let (Part::Text(words) | Part::Label(words) | Part::Address(words)) = self;
        words
    }
}

/// The parts of a text. Inside a link there can be no other, and a label is not told apart.
pub(crate) fn parts(text: &str, with_links: bool) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for (part, is_name) in (Labels { rest: text }) {
        match part {
            Part::Text(words) if with_links && !is_name => cut_at_addresses(words, &mut parts),
            Part::Label(words) if !with_links => parts.push(Part::Text(words)),
            part => parts.push(part),
        }
    }
    parts.retain(|part| *part != Part::Text(""));
    parts
}

/// Where a bare address leads.
pub(crate) fn target(address: &str) -> Cow<'_, str> {
    if address.starts_with("www.") {
        Cow::Owned(format!("https://{address}"))
    } else {
        Cow::Borrowed(address)
    }
}

/// The marks of labels, and whether they are those of the interface.
const LABELS: [(&str, bool); 2] = [("[!DNL ", false), ("[!UICONTROL ", true)];

/// Cuts a text at its labels, and tells which parts are names.
struct Labels<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Labels<'a> {
    type Item = (Part<'a>, bool);

    fn next(&mut self) -> Option<(Part<'a>, bool)> {
        if self.rest.is_empty() {
            return None;
        }
        let found = self.rest.match_indices("[!").find_map(|(at, _)| {
            let label = &self.rest[at..];
            let kind = LABELS.iter().find(|(mark, _)| label.starts_with(mark))?;
            Some((at, kind))
        });
        let Some((at, (mark, is_control))) = found else {
            return Some((Part::Text(std::mem::take(&mut self.rest)), false));
        };
        if at > 0 {
            let (before, rest) = self.rest.split_at(at);
            self.rest = rest;
            return Some((Part::Text(before), false));
        }
        let inner = &self.rest[mark.len()..];
        let Some(end) = inner.find(']') else {
            return Some((Part::Text(std::mem::take(&mut self.rest)), false));
        };
        let words = inner[..end].trim();
        self.rest = &inner[end + 1..];
        Some(if *is_control { (Part::Label(words), false) } else { (Part::Text(words), true) })
    }
}

/// Adds a text that holds no labels.
fn cut_at_addresses<'a>(text: &'a str, parts: &mut Vec<Part<'a>>) {
    let mut rest = text;
    while let Some((start, end)) = find_address(rest) {
        if start > 0 {
            parts.push(Part::Text(&rest[..start]));
        }
        parts.push(Part::Address(&rest[start..end]));
        rest = &rest[end..];
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
}

/// The next bare web address: at the start of a word, up to white space, Chinese or quotes.
///
/// An address that goes on to the end of the text is read once: what looks like the start of one
/// and is none ends at once, by the character before it or by its host.
fn find_address(text: &str) -> Option<(usize, usize)> {
    text.match_indices(['h', 'w']).find_map(|(start, _)| {
        let scheme = SCHEMES.iter().find(|scheme| text[start..].starts_with(**scheme))?;
        let glued = text[..start]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_ascii_alphanumeric() || "/_=@.".contains(c));
        if glued || !has_host(&text[start..], scheme) {
            return None;
        }
        let end =
            text[start..].find(|c: char| !is_address(c)).map_or(text.len(), |end| start + end);
        let address = trim_address(&text[start..end]);
        Some((start, start + address.len()))
    })
}

const SCHEMES: [&str; 3] = ["https://", "http://", "www."];

/// Whether an address has a host with a point in it. `http://localhost` is an example mostly.
fn has_host(address: &str, scheme: &str) -> bool {
    let host = &address[scheme.len()..];
    let end = host.find(|c: char| !(c.is_ascii_alphanumeric() || "-._".contains(c)));
    let host = host[..end.unwrap_or(host.len())].trim_end_matches(['.', '_']);
    host.starts_with(|c: char| c.is_ascii_alphanumeric()) && host.contains('.')
}

fn is_address(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c)
}

/// Punctuation at the end belongs to the sentence; a closing bracket only if none opens it.
fn trim_address(address: &str) -> &str {
    let count = |wanted: u8| address.bytes().filter(|byte| *byte == wanted).count();
    // Brackets of either kind that are open and closed in what is left of the address.
    let mut round = [count(b'('), count(b')')];
    let mut square = [count(b'['), count(b']')];
    let mut trimmed = address;
    while let Some(last) = trimmed.bytes().next_back() {
        match last {
            b'.' | b',' | b':' | b';' | b'!' | b'?' | b'\'' | b'*' | b'_' | b'~' => {}
            b'(' => round[0] -= 1,
            b'[' => square[0] -= 1,
            b')' if round[1] > round[0] => round[1] -= 1,
            b']' if square[1] > square[0] => square[1] -= 1,
            _ => break,
        }
        trimmed = &trimmed[..trimmed.len() - 1];
    }
    trimmed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let shown = parts(text, true).into_iter().map(|part| match part {
            Part::Text(words) => words.to_owned(),
            Part::Label(words) => format!("[{words}]"),
            Part::Address(address) => format!("<{}|{address}>", target(address)),
        });
        shown.collect()
    }

    #[test]
    fn bare_addresses_end_where_the_sentence_goes_on() {
        assert_eq!(
            shown("见https://a.cn/b?c=1。然后"),
            "见<https://a.cn/b?c=1|https://a.cn/b?c=1>。然后"
        );
        assert_eq!(shown("(www.a.com/x_(y))."), "(<https://www.a.com/x_(y)|www.a.com/x_(y)>).");
        assert_eq!(shown("http://a.b/x([y])]..)"), "<http://a.b/x([y])|http://a.b/x([y])>]..)");
        assert_eq!(shown("www.www."), "www.www.");
        let none = "http://localhost and http:// and xhttp://a.b";
        assert_eq!(shown(none), none);
    }

    #[test]
    fn labels_become_words() {
        assert_eq!(shown("点击[!UICONTROL 保存] in [!DNL www.a.b]"), "点击[保存] in www.a.b");
        assert_eq!(resolve_labels("[!DNL x] [!DNL y"), "x [!DNL y");
    }
}
