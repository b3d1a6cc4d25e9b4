//! Raw html on its way into the tree: gathered, read tag by tag, its problems put in their places.
//!
//! What is no tag is text, and a tag that is no html is a placeholder that its writer forgot to
//! quote. What a reader's browser sees is written again from the tree, so nothing depends on how
//! another program would read the same text.

use std::ops::Range;

use super::Builder;
use super::elements::bare;
use crate::config::HtmlMode;
use crate::diagnostic::{Code, Problem};
use crate::document::Link;
use crate::document::heading_id::is_reserved;
use crate::document::html::allowed::{TEXT_ONLY, VOID, element, may_have};
use crate::document::html::hidden::{hides, is_cut_off};
use crate::document::html::names::{is_heading, text_only};
use crate::document::html::unread::markdown;
use crate::document::tree::{Kind, Value};
use crate::syntax::UnclearRoles;
use crate::syntax::fences::DEEPEST;
use crate::syntax::snippet::GAP;
use crate::text::fold::single_spaced;
use crate::text::html::unescape;
use crate::text::reserved;
use crate::text::tag::Tag;

/// Longest name in a message, in characters.
const LONGEST_NAME: usize = 40;

/// As much is looked at behind a tag inside text, in bytes: for its end.
const LONGEST_ELEMENT: usize = 1000;

/// What is known of raw html.
#[derive(Default)]
pub(super) struct RawState {
    /// The block that is being gathered.
    pub block: Option<Stretch>,
    /// Whether a drawing is open, which the allow-list drops.
    in_svg: bool,
    /// Whether markdown in html is reported already.
    told_markdown: bool,
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
    /// A block of html.
    pub(super) fn raw_block(&mut self) {
        let Some(block) = self.raw.block.take() else { return };
        if self.options.html != HtmlMode::Escape
            && !self.raw.told_markdown
            && let Some(line) = markdown(&block.html)
        {
            self.raw.told_markdown = true;
            let problem = Problem::new(Code::MarkdownInHtml, block.place(&line));
            self.parsed.problems.push(problem);
        }
        self.raw_stretch(&block, "");
    }

    /// Raw html inside text.
    pub(super) fn raw_inline(&mut self, html: &str, span: &Range<usize>) {
        // Its element ends in the same paragraph, or holds more than that.
        let rest = self.masked.text.get(span.end..).unwrap_or_default();
        let rest = &rest[..rest.floor_char_boundary(LONGEST_ELEMENT)];
        let rest = rest.find("\n\n").map_or(rest, |end| &rest[..end]);
        self.raw_stretch(&Stretch::new(html, span), rest);
    }

    fn raw_stretch(&mut self, stretch: &Stretch, rest: &str) {
        if self.options.html == HtmlMode::Escape {
            self.raw_text(&without_comments(&stretch.html), &stretch.span());
            return;
        }
        let source = stretch.html.as_str();
        let told = self.parsed.problems.len();
        let mut at = 0;
        while let Some(open) = source[at..].find('<') {
            let before = at..at + open;
            self.raw_text(&unescape(&source[before.clone()]), &stretch.place(&before));
            at += open;
            let left = &source[at..];
            if left.starts_with("<!--") {
                at += left.find("-->").map_or(left.len(), |end| end + 3);
                continue;
            }
            at += match Tag::read(left) {
                Ok(tag) => self.raw_tag(&tag, (left, rest), at, stretch),
                Err(end) => {
                    self.raw_text(&unescape(&left[..end]), &stretch.place(&(at..at + end)));
                    end
                }
            };
            if self.has_stopped {
                // What is wrong with html that nobody wrote by hand is this alone.
                self.dropped.retain(|_, (span, _)| span.start < stretch.span().start);
                let last = self.parsed.problems.len().saturating_sub(1);
                self.parsed.problems.drain(told..last.max(told));
                return;
            }
        }
        self.raw_text(&unescape(&source[at..]), &stretch.place(&(at..source.len())));
    }

    /// Text of html.
    fn raw_text(&mut self, text: &str, span: &Range<usize>) {
        if text.is_empty() {
            return;
        }
        if !text.trim().is_empty() {
            self.go_on();
        }
        let words = self.words(text);
        self.leaf(Kind::Text(words), span);
        self.read(words);
    }

    /// A tag, with its content if that is not html; says how long they are.
    fn raw_tag(
        &mut self,
        tag: &Tag,
        (source, rest): (&str, &str),
        at: usize,
        stretch: &Stretch,
    ) -> usize {
        let end = tag.end;
        let span = stretch.place(&(at..at + end));
        let sanitizes = self.options.html == HtmlMode::Sanitize;
        let known = element(&tag.name);
        // A dash is what tells elements of programs from placeholders.
        let is_element = known.is_some() || self.raw.in_svg || tag.name.contains('-');
        if sanitizes
            && !tag.closes
            && is_element
            && (hides(tag, [&source[end..], rest], self.raw.in_svg)
                // Drawings have titles and styles of their own.
                || !self.raw.in_svg && is_cut_off(tag, &source[end..], rest))
        {
            let (en, zh) = UnclearRoles::HiddenHtml.words();
            let problem = Problem::new(Code::UnclearRoles, span.clone());
            self.parsed.problems.push(problem.with_both("reason", en, zh));
        }
        if tag.name == "svg" {
            self.raw.in_svg = !tag.closes && !tag.is_empty;
        }
        let Some((name, is_allowed)) = known else {
            if sanitizes && !tag.closes {
                self.report(Code::UnknownHtmlTag, "tag", &source[1..end - 1], span.clone());
            }
            self.raw_text(&source[..end], &span);
            return end;
        };
        let is_dropped = !is_allowed && sanitizes;
        if is_dropped && !tag.closes {
            self.report(Code::HtmlRemoved, "what", &format!("<{name}>"), span.clone());
            self.report_attributes(tag, None, at, stretch);
        }
        if !is_dropped {
            self.raw_element(tag, name, at, stretch);
        }
        if tag.closes || tag.is_empty || !TEXT_ONLY.contains(&name) {
            return end;
        }
        let content = text_only(&source[end..], name);
        let inner = stretch.place(&(at + end..at + end + content.len()));
        match (is_dropped, name) {
            (true, "script" | "style") => {}
            (true, _) => self.raw_text(content, &inner),
            (false, _) => {
                let words = self.words(content);
                self.leaf(Kind::Raw(words), &inner);
            }
        }
        end + content.len()
    }

    /// The begin or end of an element.
    fn raw_element(&mut self, tag: &Tag, name: &'static str, at: usize, stretch: &Stretch) {
        // The page's title is its only level 1.
        let name = if name == "h1" { "h2" } else { name };
        if tag.closes {
            self.end_element(name);
            return;
        }
        // Browsers take no notice of it there.
        if self.is_lost(name) {
            return;
        }
        let span = stretch.place(&(at..at + tag.end));
        if !self.before_element(name) {
            self.report_depth(&span);
            return;
        }
        if self.options.html == HtmlMode::Sanitize {
            self.report_attributes(tag, Some(name), at, stretch);
        }
        let attributes = self.attributes(tag, name, &span);
        self.start_element(bare(name, attributes), &span);
        // Html knows no `<a/>`, but those who write it mean an element without content.
        if tag.is_empty && !VOID.contains(&name) {
            self.end_element(name);
        }
    }

    /// The attributes that an element keeps. Of several with one name browsers read the first.
    fn attributes(
        &mut self,
        tag: &Tag,
        element: &str,
        span: &Range<usize>,
    ) -> Vec<(String, Value)> {
        let sanitizes = self.options.html == HtmlMode::Sanitize;
        let mut kept: Vec<(String, Value)> = Vec::new();
        for attribute in &tag.attributes {
            let name = attribute.name.as_str();
            let is_name = !name.is_empty() && !name.contains(['"', '\'', '<', '=', '`']);
            let value = attribute.value.as_deref().map(unescape);
            let value = value.map(|value| reserved::clean(&value).into_owned());
            let is_kept = !sanitizes || may_have(element, name, value.as_deref());
            if !is_name || !is_kept || kept.iter().any(|(known, _)| known == name) {
                continue;
            }
            let value = match value {
                None => Value::None,
                Some(target) if matches!(name, "href" | "src") => {
                    Value::Link(self.html_link(target, element == "img", span))
                }
                Some(mut id) if matches!(name, "id" | "name") => {
                    if sanitizes && is_reserved(&id) {
                        id.insert_str(0, "section-");
                    }
                    let node = self.parsed.tree.nodes().len();
                    // A heading says its own.
                    if !(name == "id" && is_heading(element)) {
                        self.parsed.html_ids.push((node, id.clone()));
                    }
                    Value::Text(id)
                }
                Some(text) => Value::Text(text),
            };
            kept.push((name.to_owned(), value));
        }
        kept
    }

    fn html_link(&mut self, target: String, is_image: bool, span: &Range<usize>) -> u32 {
        let links = &mut self.parsed.links;
        let text = String::new();
        links.push(Link { target, text, span: span.clone(), is_image, in_html: true });
        self.parsed.link_nodes.push(self.parsed.tree.nodes().len());
        u32::try_from(self.parsed.links.len() - 1).unwrap_or(u32::MAX)
    }

    /// Notes attributes that will not come out; of an element that goes itself, those that matter.
    fn report_attributes(
        &mut self,
        tag: &Tag,
        element: Option<&str>,
        at: usize,
        stretch: &Stretch,
    ) {
        for attribute in &tag.attributes {
            let name = attribute.name.as_str();
            let value = attribute.value.as_deref().map(unescape);
            let is_kept = element.is_none_or(|element| may_have(element, name, value.as_deref()));
            let matters = name == "style" || name.starts_with("on");
            // What hides is an error of its own.
            if matters || !is_kept && name != "hidden" {
                let inner = at + attribute.span.start..at + attribute.span.end;
                self.drop_attribute(Code::HtmlRemoved, name, stretch.place(&inner));
            }
        }
    }

    pub(super) fn report(&mut self, code: Code, key: &'static str, name: &str, span: Range<usize>) {
        let problem = Problem::new(code, span).with(key, short(name));
        self.parsed.problems.push(problem.with_both("times", "", ""));
    }

    /// How deep the tree is here: the parser's blocks and markup, containers, elements.
    pub(super) fn nesting(&self) -> usize {
        self.depth + self.containers.len() + self.elements.open
    }

    pub(super) fn report_depth(&mut self, span: &Range<usize>) {
        self.has_stopped = true;
        let line = span.start..span.start;
        let problem = Problem::new(Code::NestingTooDeep, line).with("limit", DEEPEST.to_string());
        self.parsed.problems.push(problem);
        self.gap(span);
    }

    /// Shows that something is missing.
    pub(super) fn gap(&mut self, span: &Range<usize>) {
        let words = self.words(GAP);
        self.leaf(Kind::Text(words), span);
    }
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
pub(super) fn short(name: &str) -> String {
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
