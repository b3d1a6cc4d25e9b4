//! What plain text can hold beyond markdown: bare addresses and the labels of other help centres.

use std::borrow::Cow;

use crate::text::html::escape;

/// `[!DNL Adobe Commerce]` is a name that translators leave alone, `[!UICONTROL Save]` the label
/// of a button. Titles and plain text only need the words.
pub(crate) fn resolve_labels(text: &str) -> Cow<'_, str> {
    if !text.contains("[!") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for part in (Labels { rest: text }) {
        match part {
            Part::Text(words) | Part::Name(words) | Part::Control(words) => out.push_str(words),
        }
    }
    Cow::Owned(out)
}

/// Appends text as html: labels, and bare addresses as links. `link` gets an address and returns
/// what to write into `href`.
pub(crate) fn push_text(text: &str, out: &mut String, mut link: impl FnMut(&str) -> String) {
    for part in (Labels { rest: text }) {
        match part {
            Part::Text(words) => push_with_addresses(words, out, &mut link),
            Part::Name(words) => escape(words, out),
            Part::Control(words) => {
                out.push_str("<span class=\"ui-label\">");
                escape(words, out);
                out.push_str("</span>");
            }
        }
    }
}

/// Appends text as html without making links: inside a link there can be no other.
pub(crate) fn push_words(text: &str, out: &mut String) {
    for part in (Labels { rest: text }) {
        match part {
            Part::Text(words) | Part::Name(words) | Part::Control(words) => escape(words, out),
        }
    }
}

enum Part<'a> {
    Text(&'a str),
    Name(&'a str),
    Control(&'a str),
}

/// The marks of labels, and whether they are those of the interface.
const LABELS: [(&str, bool); 2] = [("[!DNL ", false), ("[!UICONTROL ", true)];

/// Cuts a text at its labels.
struct Labels<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Labels<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let found = self.rest.match_indices("[!").find_map(|(at, _)| {
            let label = &self.rest[at..];
            let kind = LABELS.iter().find(|(mark, _)| label.starts_with(mark))?;
            Some((at, kind))
        });
        let Some((at, (mark, is_control))) = found else {
            return Some(Part::Text(std::mem::take(&mut self.rest)));
        };
        if at > 0 {
            let (before, rest) = self.rest.split_at(at);
            self.rest = rest;
            return Some(Part::Text(before));
        }
        let inner = &self.rest[mark.len()..];
        let Some(end) = inner.find(']') else {
            return Some(Part::Text(std::mem::take(&mut self.rest)));
        };
        let words = inner[..end].trim();
        self.rest = &inner[end + 1..];
        Some(if *is_control { Part::Control(words) } else { Part::Name(words) })
    }
}

fn push_with_addresses(text: &str, out: &mut String, link: &mut impl FnMut(&str) -> String) {
    let mut rest = text;
    while let Some((start, end)) = find_address(rest) {
        escape(&rest[..start], out);
        let address = &rest[start..end];
        let target = if address.starts_with("www.") {
            format!("https://{address}")
        } else {
            address.to_owned()
        };
        out.push_str("<a href=\"");
        out.push_str(&link(&target));
        out.push_str("\">");
        escape(address, out);
        out.push_str("</a>");
        rest = &rest[end..];
    }
    escape(rest, out);
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

    fn html(text: &str) -> String {
        let mut out = String::new();
        push_text(text, &mut out, str::to_owned);
        out
    }

    #[test]
    fn bare_addresses_end_where_the_sentence_goes_on() {
        assert_eq!(
            html("见https://a.cn/b?c=1。然后"),
            "见<a href=\"https://a.cn/b?c=1\">https://a.cn/b?c=1</a>。然后"
        );
        assert_eq!(
            html("(www.a.com/x_(y))."),
            "(<a href=\"https://www.a.com/x_(y)\">www.a.com/x_(y)</a>)."
        );
        assert_eq!(
            html("http://a.b/x([y])]..)"),
            "<a href=\"http://a.b/x([y])\">http://a.b/x([y])</a>]..)"
        );
        assert_eq!(html("www.www."), "www.www.");
        assert_eq!(
            html("http://localhost and http:// and xhttp://a.b"),
            "http://localhost and http:// and xhttp://a.b"
        );
    }

    #[test]
    fn labels_become_words() {
        assert_eq!(
            html("点击[!UICONTROL 保存] in [!DNL Adobe]"),
            "点击<span class=\"ui-label\">保存</span> in Adobe"
        );
        assert_eq!(resolve_labels("[!DNL x] [!DNL y"), "x [!DNL y");
    }
}
