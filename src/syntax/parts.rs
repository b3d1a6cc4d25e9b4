//! What the parser takes each part of a text for: enough to tell whether two texts are read alike.

use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::fences::{self, Step};
use super::mask;

/// What a part of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Words, and what marks them up.
    Text,
    /// Code, in a block or a span.
    Code,
    /// Raw html, lines of containers among it.
    Html,
    /// Marks between blocks, and what only links look at.
    Unseen,
}

impl Class {
    /// Its name, in English and Chinese.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            Class::Text => ("text", "文字"),
            Class::Code => ("code", "代码"),
            Class::Html => ("html", "html"),
            Class::Unseen => ("a link definition", "链接定义"),
        }
    }
}

/// What the parts of a text are.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Parts {
    /// All that is shown, ascending and apart.
    shown: Vec<Range<usize>>,
    /// What of it is no text, ascending and apart.
    special: Vec<(Range<usize>, Class)>,
    /// Where the colons of containers stand, ascending, and the last character of each that is no blank:
    /// the end of its closing line. None if nothing closes it.
    containers: Vec<(usize, Option<usize>)>,
}

impl Parts {
    /// The parts of a text by the parser's steps.
    pub(crate) fn of(text: &str, steps: &[(Step<'_>, Range<usize>)]) -> Self {
        let mut parts = Parts::default();
        for (step, range) in steps {
            let class = match step {
                Step::Open(opening) => {
                    let end = text[..opening.end].trim_end().len();
                    let last = opening.is_closed.then(|| end.saturating_sub(1));
                    parts.containers.push((range.start, last));
                    Class::Html
                }
                Step::Event(Event::Start(Tag::CodeBlock(_)) | Event::Code(_)) => Class::Code,
                Step::Event(Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) => Class::Html,
                Step::Event(Event::Start(tag)) if holds_blocks(tag) => continue,
                Step::Event(Event::End(_)) => continue,
                Step::Event(_) => Class::Text,
                _ => continue,
            };
            parts.add(range, class);
        }
        parts
    }

    /// Where the container ends that begins at a byte, if one does.
    pub(crate) fn end_of_container(&self, at: usize) -> Option<Option<usize>> {
        let number = self.containers.binary_search_by_key(&at, |(start, _)| *start).ok()?;
        Some(self.containers[number].1)
    }

    fn add(&mut self, range: &Range<usize>, class: Class) {
        match self.shown.last_mut().filter(|last| range.start <= last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => self.shown.push(range.clone()),
        }
        let end = self.special.last().map_or(0, |(last, _)| last.end);
        if class != Class::Text && range.start >= end {
            self.special.push((range.clone(), class));
        }
    }

    /// What a byte of the text is.
    pub(crate) fn class(&self, at: usize) -> Class {
        let before = self.special.partition_point(|(range, _)| range.start <= at);
        if let Some((range, class)) = before.checked_sub(1).map(|number| &self.special[number])
            && at < range.end
        {
            return *class;
        }
        let before = self.shown.partition_point(|range| range.start <= at);
        let is_shown = before > 0 && at < self.shown[before - 1].end;
        if is_shown { Class::Text } else { Class::Unseen }
    }
}

/// What the parts of a body are.
pub(crate) fn parts(body: &str) -> Parts {
    let masked = mask::mask(body);
    Parts::of(body, &fences::events(&masked))
}

/// Whether there is something between the blocks of such an element: bullets, quote marks, labels.
fn holds_blocks(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::List(_)
            | Tag::Item
            | Tag::BlockQuote(_)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListDefinition
    )
}
