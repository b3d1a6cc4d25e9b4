//! Raw html on its way into the document: gathered, read, its problems put in their places.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Builder, Named};
use crate::config::HtmlMode;
use crate::diagnostic::{Code, Problem};
use crate::document::Link;
use crate::document::html::nesting::Nesting;
use crate::document::html::read::{self, Raw, Reader};
use crate::document::tree::Kind;
use crate::syntax::UnclearRoles;
use crate::syntax::fences::DEEPEST;
use crate::text::fold::single_spaced;
use crate::text::holes;

/// Longest name in a message, in characters.
const LONGEST_NAME: usize = 40;

/// As much is looked at behind a tag inside text, in bytes: for its end.
const LONGEST_ELEMENT: usize = 1000;

/// What is known of raw html.
#[derive(Default)]
pub(super) struct RawState {
    /// The block that is being gathered.
    pub block: Option<Stretch>,
    /// Elements that are open.
    pub nesting: Nesting,
    /// Whether there was any.
    pub seen: bool,
    /// Open blocks of markdown: the parser's depth in them, and how many elements were open.
    blocks: Vec<(usize, usize)>,
    /// Attributes that are reported already.
    reported: BTreeSet<String>,
}

/// Raw html, and where its parts stand in the body.
pub(super) struct Stretch {
    html: String,
    parts: Vec<(usize, Range<usize>)>,
}

impl Stretch {
    pub(super) fn new(html: &str, span: &Range<usize>) -> Self {
        Stretch { html: html.to_owned(), parts: vec![(0, span.clone())] }
    }

    /// Adds a part. The parser leaves out the marks of quotes and lists between lines.
    pub(super) fn push(&mut self, html: &str, span: &Range<usize>) {
        self.parts.push((self.html.len(), span.clone()));
        self.html.push_str(html);
    }

    /// Where something in the html stands in the body.
    fn place(&self, inner: &Range<usize>) -> Range<usize> {
        let number = self.parts.partition_point(|(offset, _)| *offset <= inner.start);
        let (offset, span) = &self.parts[number.saturating_sub(1)];
        let end = self.parts.get(number).map_or(self.html.len(), |(next, _)| *next);
        if end - offset != span.len() {
            // The parser built the text again.
            return span.clone();
        }
        let start = span.start + (inner.start - offset);
        start..(start + inner.len()).min(span.end)
    }

    fn span(&self) -> Range<usize> {
        let start = self.parts.first().map_or(0, |(_, span)| span.start);
        start..self.parts.last().map_or(start, |(_, span)| span.end)
    }
}

impl Builder<'_> {
    /// How deep the html is nested here: the parser's blocks and markup, containers, raw html.
    pub(super) fn nesting(&self) -> usize {
        self.depth + self.containers.len() + self.raw.nesting.depth()
    }

    /// A block of html: maybe a heading, else raw html.
    pub(super) fn raw_block(&mut self) {
        let Some(block) = self.raw.block.take() else { return };
        let span = block.span();
        if self.options.html != HtmlMode::Escape
            && let Some(heading) = read::heading(&block.html)
        {
            let read::Heading { level, text, id } = heading;
            let kind = self.named(Named { level, id, classes: Vec::new() });
            self.enter(kind, &span);
            let words = self.words(&text);
            self.leaf(Kind::Text(words), &span);
            self.leave();
            return;
        }
        // The block is a level of the parser's own, which has ended.
        self.enter(Kind::HtmlBlock(is_comment(&block.html)), &span);
        self.raw_stretch(&block, "", self.depth + 1);
        self.leave();
    }

    /// Raw html inside text.
    pub(super) fn raw_inline(&mut self, html: &str, span: &Range<usize>) {
        // Its element ends in the same paragraph, or holds more than that.
        let rest = self.masked.text.get(span.end..).unwrap_or_default();
        let rest = &rest[..rest.floor_char_boundary(LONGEST_ELEMENT)];
        let rest = rest.find("\n\n").map_or(rest, |end| &rest[..end]);
        self.raw_stretch(&Stretch::new(html, span), rest, self.depth);
    }

    fn raw_stretch(&mut self, stretch: &Stretch, rest: &str, level: usize) {
        let span = stretch.span();
        if self.options.html == HtmlMode::Escape {
            let shown = self.words(&without_comments(&stretch.html));
            self.leaf(Kind::Text(shown), &span);
            self.read(shown);
            return;
        }
        self.raw.seen = true;
        let node = self.parsed.tree.nodes().len();
        let (links, nodes) = (&mut self.parsed.links, &mut self.parsed.link_nodes);
        let reader = Reader {
            nesting: &mut self.raw.nesting,
            rest,
            level,
            limit: DEEPEST.saturating_sub(self.depth + self.containers.len()),
            sanitizes: self.options.html == HtmlMode::Sanitize,
            address: |target: &str, is_image, inner| {
                let target = holes::clean(target).into_owned();
                let span = stretch.place(&inner);
                let text = String::new();
                links.push(Link { target, text, span, is_image, in_html: true });
                nodes.push(node);
                holes::address(links.len() - 1)
            },
        };
        let raw = reader.read(&holes::clean_references(&stretch.html));
        if let Some(at) = raw.too_deep {
            self.report_depth(&stretch.place(&(at..at)));
            return;
        }
        if self.options.html == HtmlMode::Sanitize {
            self.report_raw(&raw, stretch);
        }
        self.html(&raw.html, &span);
        self.read_html(&raw.html);
        self.parsed.html_ids.extend(raw.anchors.into_iter().map(|id| (node, id)));
    }

    /// Adds a stretch of html.
    fn html(&mut self, html: &str, span: &Range<usize>) {
        let open = u32::try_from(self.raw.nesting.depth()).unwrap_or(u32::MAX);
        let html = self.words(html);
        self.leaf(Kind::Html { html, open }, span);
    }

    /// Reports what will not come out as written. Attributes once per page: whoever writes one
    /// writes hundreds.
    fn report_raw(&mut self, raw: &Raw, stretch: &Stretch) {
        for inner in &raw.hidden {
            let (en, zh) = UnclearRoles::HiddenHtml.words();
            let problem = Problem::new(Code::UnclearRoles, stretch.place(inner));
            self.parsed.problems.push(problem.with_both("reason", en, zh));
        }
        let mut report = |code, key, name: &str, inner: &Range<usize>| {
            let problem = Problem::new(code, stretch.place(inner)).with(key, short(name));
            self.parsed.problems.push(problem);
        };
        for (tag, inner) in &raw.unknown {
            report(Code::UnknownHtmlTag, "tag", tag, inner);
        }
        for (element, inner) in &raw.elements {
            report(Code::HtmlRemoved, "what", element, inner);
        }
        for (attribute, inner) in &raw.attributes {
            if self.raw.reported.insert(attribute.clone()) {
                report(Code::HtmlRemoved, "what", attribute, inner);
            }
        }
    }

    /// Notes that a block begins whose end closes raw html.
    pub(super) fn enter_block(&mut self) {
        self.raw.blocks.push((self.depth, self.raw.nesting.depth()));
    }

    /// Closes raw html that was left open in the block that ends here: blocks of their own only
    /// if `with_blocks`. Formatting that is never closed would run on through the whole page.
    pub(super) fn leave_block(&mut self, with_blocks: bool) {
        while self.raw.blocks.last().is_some_and(|(depth, _)| *depth > self.depth) {
            let Some((depth, keep)) = self.raw.blocks.pop() else { return };
            if depth > self.depth + 1 {
                continue;
            }
            let names = self.raw.nesting.leave(keep, with_blocks);
            if names.is_empty() {
                continue;
            }
            // A `</p>` too many makes an empty paragraph.
            let is_closed =
                |name: &&String| *name != "p" && self.options.html == HtmlMode::Sanitize;
            let ends = names.iter().filter(is_closed);
            let ends: String = ends.map(|name| format!("</{name}>")).collect();
            let end = self.open.last().map_or(0, |open| self.parsed.tree.node(*open).span().end);
            self.html(&ends, &(end..end));
        }
    }

    pub(super) fn report_depth(&mut self, span: &Range<usize>) {
        self.has_stopped = true;
        let line = span.start..span.start;
        let problem = Problem::new(Code::NestingTooDeep, line).with("limit", DEEPEST.to_string());
        self.parsed.problems.push(problem);
    }
}

/// Whether a block of html shows nothing.
fn is_comment(html: &str) -> bool {
    let inner = html.trim().strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    inner.is_some_and(|inner| !inner.contains("-->"))
}

/// Html that is shown as text, without what nobody is to read.
fn without_comments(html: &str) -> String {
    let mut shown = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        shown.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    shown + rest
}

/// A name for a message: on one line, and not too long.
fn short(name: &str) -> String {
    let name = single_spaced(name);
    match name.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_the_lines() {
        let mut stretch = Stretch::new("<a>\n", &(2..6));
        stretch.push("<b>\n", &(8..12));
        assert_eq!(stretch.place(&(0..3)), 2..5);
        assert_eq!(stretch.place(&(4..7)), 8..11);
        assert_eq!(stretch.place(&(1..7)), 3..6);
        assert_eq!(stretch.span(), 2..12);
    }

    #[test]
    fn names_fit_on_a_line() {
        assert_eq!(short("a\n  b"), "a b");
        assert_eq!(short(&"长".repeat(50)), format!("{}…", "长".repeat(40)));
    }
}
