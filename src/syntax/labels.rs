//! The labels of a text: its footnotes, the targets that it keeps apart from its links, and who names
//! them.
//!
//! A label belongs to the file that holds it. Where two files of one page have the same, one of
//! them gets another name, and what names it in its own file is rewritten with it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag};

use super::edits::Edit;
use super::fences::extensions;
use super::mask;

/// A label that a text defines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    /// What it is one of, and its name as names are compared.
    pub key: (Sort, String),
    /// Where the target begins, and the target as written: those of links only.
    pub target: Option<(usize, String)>,
    /// Where the text defines and names it.
    places: Vec<Place>,
}

/// What a label is one of. Footnotes and links have labels of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sort {
    /// `[^1]`
    Note,
    /// `[text][label]`
    Link,
}

/// Where a label stands, with its brackets; or where it can be put.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    span: Range<usize>,
    sort: Sort,
}

impl Label {
    /// The same label in a text that this one was made of.
    pub(crate) fn moved(self, moved: impl Fn(Range<usize>) -> Range<usize>) -> Self {
        let places = self.places.into_iter();
        let places = places.map(|place| Place { span: moved(place.span), ..place }).collect();
        let target = self.target.map(|(at, target)| (moved(at..at + 1).start, target));
        Label { key: self.key, target, places }
    }

    /// Gives it another name.
    pub(crate) fn renamed(&self, name: &str) -> Vec<Edit<'static>> {
        let edit = |Place { span, sort }: &Place| {
            let mark = if *sort == Sort::Note { "^" } else { "" };
            Edit::replace(span.clone(), format!("[{mark}{name}]"))
        };
        self.places.iter().map(edit).collect()
    }
}

/// The labels that a text defines; of several with one name the first.
pub(crate) fn labels(text: &str) -> Vec<Label> {
    if !text.contains("]:") {
        return Vec::new();
    }
    let masked = mask::mask(text);
    let mut labels: Vec<Label> = masked.definitions(extensions(), |name, target, span| {
        let label = first_brackets(text, span.clone());
        let behind =
            text[label.end..span.end].trim_start_matches([':', ' ', '\t', '\n', '\r', '>', '<']);
        // With escapes or entities in it the parser has built it anew.
        let at = span.end - behind.len();
        let target = behind.starts_with(&*target).then(|| (at, target.into_owned()));
        let places = vec![Place { span: label, sort: Sort::Link }];
        Label { key: (Sort::Link, folded(name)), target, places }
    });
    let mut numbers: BTreeMap<_, _> =
        labels.iter().enumerate().map(|(number, label)| (label.key.clone(), number)).collect();
    let mut named = Vec::new();
    for (event, span) in masked.events(extensions()) {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                let label = first_brackets(text, span);
                let key = (Sort::Note, folded(&masked.original(&name)));
                named.push((key.clone(), Place { span: label, sort: Sort::Note }));
                numbers.entry(key.clone()).or_insert_with(|| {
                    labels.push(Label { key, target: None, places: Vec::new() });
                    labels.len() - 1
                });
            }
            Event::FootnoteReference(name) => {
                let key = (Sort::Note, folded(&masked.original(&name)));
                named.push((key, Place { span, sort: Sort::Note }));
            }
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) => {
                let span = match link_type {
                    LinkType::Shortcut => span.end..span.end,
                    // Its empty brackets may count or not.
                    LinkType::Collapsed if text[span.clone()].ends_with("[]") => {
                        span.end - 2..span.end
                    }
                    LinkType::Collapsed => span.end..span.end + 2,
                    LinkType::Reference => last_brackets(text, span),
                    _ => continue,
                };
                let key = (Sort::Link, folded(&masked.original(&id)));
                named.push((key, Place { span, sort: Sort::Link }));
            }
            _ => {}
        }
    }
    for (key, place) in named {
        if let Some(number) = numbers.get(&key) {
            labels[*number].places.push(place);
        }
    }
    labels
}

/// The name of a label as names are compared: letters of either case are the same, and so are blanks.
fn folded(name: &str) -> String {
    let words: Vec<Cow<'_, str>> =
        name.split_whitespace().map(|word| word.to_lowercase().into()).collect();
    words.join(" ")
}

/// The first brackets of a stretch.
fn first_brackets(text: &str, span: Range<usize>) -> Range<usize> {
    let inner = &text[span.clone()];
    let start = inner.find('[').unwrap_or_default();
    let end = unescaped(inner, ']').find(|at| *at > start).map_or(start, |at| at + 1);
    span.start + start..span.start + end
}

/// The last brackets of a stretch, which end it.
fn last_brackets(text: &str, span: Range<usize>) -> Range<usize> {
    let inner = &text[span.clone()];
    let start = unescaped(inner, '[').last().unwrap_or(inner.len());
    span.start + start..span.end
}

/// Where a text has a bracket that is one.
fn unescaped(text: &str, bracket: char) -> impl Iterator<Item = usize> {
    let all = text.match_indices(bracket).map(|(at, _)| at);
    all.filter(|at| text[..*at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::edits::Mapped;

    #[test]
    fn labels_are_renamed_where_they_stand() {
        let text = "A [help], [Help][], [x [y]][help] ![help] and [h\\[p][ok].\n\n> - See[^1] and [^N].\n>\n> [^1]: a [help]\n>\n> [HELP]: ../c.md \"t\"\n\n`[help]` [help](b.md)\n\n[ok]: <d e.md>\n[^n]: b\n\n[esc]: a\\_b\n";
        let labels = labels(text);
        let mut edits = Vec::new();
        for (number, label) in labels.iter().enumerate() {
            edits.extend(label.renamed(&format!("L{number}")));
        }
        edits.sort_by_key(|edit| edit.span.start);
        let name = |wanted: &str| {
            let found = labels.iter().position(|label| label.key.1 == wanted);
            format!("L{}", found.expect("a label"))
        };
        let (help, ok, one, n, esc) = (name("help"), name("ok"), name("1"), name("n"), name("esc"));
        assert_eq!(
            Mapped::edited(text, &edits).body,
            format!(
                "A [help][{help}], [Help][{help}], [x [y]][{help}] ![help][{help}] and [h\\[p][{ok}].\n\n> - See[^{one}] and [^{n}].\n>\n> [^{one}]: a [help][{help}]\n>\n> [{help}]: ../c.md \"t\"\n\n`[help]` [help](b.md)\n\n[{ok}]: <d e.md>\n[^{n}]: b\n\n[{esc}]: a\\_b\n"
            )
        );
        let target = |name: &str| labels.iter().find(|label| label.key.1 == name)?.target.clone();
        assert_eq!(target("help").map(|(at, _)| &text[at..at + 7]), Some("../c.md"));
        assert_eq!(target("ok").map(|(_, target)| target), Some("d e.md".to_owned()));
        assert_eq!(target("esc"), None);
    }
}
