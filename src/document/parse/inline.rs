//! What plain text can hold beyond markdown: bare addresses and the labels of other help centres.

use std::borrow::Cow;

use super::addresses;

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
    while let Some((start, end)) = addresses::find(rest) {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let shown = parts(text, true).into_iter().map(|part| match part {
            Part::Text(words) => words.to_owned(),
            Part::Label(words) => format!("[{words}]"),
            Part::Address(address) => format!("<{address}>"),
        });
        shown.collect()
    }

    #[test]
    fn labels_become_words() {
        assert_eq!(shown("点击[!UICONTROL 保存] in [!DNL www.a.b]"), "点击[保存] in www.a.b");
        assert_eq!(resolve_labels("[!DNL x] [!DNL y"), "x [!DNL y");
    }
}
