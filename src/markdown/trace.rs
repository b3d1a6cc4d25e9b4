//! The html once more, with marks that tell where in the text each block begins: the preview opens
//! the editor there. Builds do not ask for it, and their html has no byte of it.

use std::ops::Range;

use super::polish::TABLE_START;
use super::raw_tag::Tag;
use super::writer::Writer;
use super::{Document, Options};

/// The attribute of a marked start tag; its value is a number in [`Traced::spans`].
pub(crate) const MARK: &str = "data-t0-at";

/// A document whose blocks tell where they come from.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Traced {
    /// The document. Its pieces are those of [`super::parse`], apart from the marks; all else is
    /// equal.
    pub document: Document,
    /// Where the marked blocks stand in the body, by the numbers of their marks. A container has
    /// its opening line. A block comes before those in it.
    pub spans: Vec<Range<usize>>,
}

/// Parses a body and marks the start tags of its blocks. A block of raw html has a mark where it
/// begins with an element that stands by itself, and none inside; markdown in it has its own.
pub(crate) fn trace(body: &str, options: &Options) -> Traced {
    let (document, spans) = super::read(body, options, Some(Vec::new()));
    Traced { document, spans: spans.unwrap_or_default() }
}

/// Elements of raw html that are marked: those that html parsers neither repeat nor move.
const RAW: &[&str] = &[
    "aside",
    "blockquote",
    "center",
    "details",
    "div",
    "dl",
    "figure",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

impl Writer<'_> {
    /// Marks raw html that was written behind `from`, if it begins with a block.
    pub(super) fn mark_raw(&mut self, from: usize, source: &str, span: &Range<usize>) {
        let tag = Tag::read(source.trim_start());
        let is_block = tag.is_ok_and(|tag| !tag.closes && RAW.contains(&tag.name.as_str()));
        // The sanitizer's last touches know this box by its tag.
        let is_box = self.out.get(from..).is_some_and(|html| html.starts_with(TABLE_START));
        if is_block && !is_box {
            self.mark(from, span);
        }
    }

    /// Marks the first start tag that was written behind `from`, unless it is marked already: whoever
    /// notes places behind it marks it at once. All of its values are escaped, so the next `>` ends
    /// it.
    pub(super) fn mark(&mut self, from: usize, span: &Range<usize>) {
        let Some(spans) = &mut self.spans else { return };
        // A footnote begins html of its own.
        let written = self.out.get(from..).unwrap_or_default();
        let tag = written
            .match_indices('<')
            .find(|(at, _)| written[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()));
        let Some((at, _)) = tag else { return };
        let Some((tag, _)) = written[at..].split_once('>') else { return };
        if !tag.contains(&format!(" {MARK}=\"")) {
            let end = from + at + tag.len();
            self.out.insert_str(end, &format!(" {MARK}=\"{}\"", spans.len()));
            // The cells of tables have spaces before them.
            let source = self.masked.text.get(span.clone()).unwrap_or_default();
            let blanks = source.len() - source.trim_start_matches([' ', '\t']).len();
            spans.push(span.start + blanks..span.end);
        }
    }
}
