//! Walks over the steps of a text and writes html, with marks where addresses go.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::blocks::{CodeState, HeadingState, TableState};
use super::containers::steps::StepsState;
use super::fences::Step;
use super::footnotes::Footnotes;
use super::heading_id::Ids;
use super::landmarks::{BlockKind, LandmarkState};
use super::mask::Masked;
use super::procedures::ProcedureState;
use super::raw::{RawState, Stretch};
use super::{DEEPEST, Document, Link, Options, Section, inline, pieces, snippet};
use crate::text::cjk::is_solid;
use crate::text::fold::single_spaced;
use crate::text::html::escape;

/// A document whose html is not cut yet.
pub(crate) struct Draft {
    pub html: String,
    /// Finished html that marks stand for.
    pub opaque: Vec<String>,
    pub has_raw_html: bool,
    pub document: Document,
    /// Where the marked blocks stand, if they are marked.
    pub spans: Option<Vec<Range<usize>>>,
}

pub(crate) struct Writer<'m> {
    pub(super) masked: &'m Masked<'m>,
    pub(super) options: &'m Options,
    pub(super) out: String,
    pub(super) opaque: Vec<String>,
    pub(super) document: Document,
    pub(super) ids: Ids,
    /// Text that is not written yet: the parser splits words, addresses and labels do not.
    pending: String,
    pending_span: Range<usize>,
    /// The section that text goes to now.
    pub(super) section: Section,
    /// What ends the open containers, innermost last.
    pub(super) open: Vec<fn(&mut Writer<'_>)>,
    /// Open tags of the parser.
    pub(super) depth: usize,
    pub(super) steps: StepsState,
    pub(super) table: TableState,
    pub(super) heading: Option<HeadingState>,
    pub(super) code: Option<CodeState>,
    /// How much code has colours already.
    pub(super) highlighted: usize,
    pub(super) quotes: Vec<&'static str>,
    pub(super) footnotes: Footnotes,
    pub(super) raw: RawState,
    pub(super) landmarks: LandmarkState,
    pub(super) procedures: ProcedureState,
    /// The number of the open link, and where its text begins in the plain text.
    in_link: Option<(usize, usize)>,
    /// Whether the paragraph being written is a figure.
    pub(super) in_figure: bool,
    /// Whether nothing more is written: too deep, or for other readers.
    pub(super) has_stopped: bool,
    /// Where the blocks stand that are marked; none if none are to be.
    pub(super) spans: Option<Vec<Range<usize>>>,
}

impl<'m> Writer<'m> {
    pub(crate) fn new(
        masked: &'m Masked<'m>,
        options: &'m Options,
        spans: Option<Vec<Range<usize>>>,
    ) -> Self {
        Writer {
            masked,
            options,
            out: String::with_capacity(masked.text.len() * 2),
            opaque: Vec::new(),
            document: Document::default(),
            ids: Ids::default(),
            pending: String::new(),
            pending_span: 0..0,
            section: Section::default(),
            open: Vec::new(),
            depth: 0,
            steps: StepsState::default(),
            table: TableState::default(),
            heading: None,
            code: None,
            highlighted: 0,
            quotes: Vec::new(),
            footnotes: Footnotes::default(),
            raw: RawState::default(),
            landmarks: LandmarkState::default(),
            procedures: ProcedureState::default(),
            in_link: None,
            in_figure: false,
            has_stopped: false,
            spans,
        }
    }

    /// Writes all steps.
    pub(crate) fn run(&mut self, steps: &[(Step<'_>, Range<usize>)]) {
        let mut at = 0;
        while at < steps.len() && !self.has_stopped {
            at += self.step(&steps[at..]);
        }
        self.flush();
    }

    /// Ends the document.
    pub(crate) fn finish(mut self) -> Draft {
        let end = self.masked.text.len();
        self.note_block(BlockKind::End, &(end..end), 0);
        self.write_footnotes();
        self.end_section(None, String::new());
        self.name_steps();
        self.document.anchors = std::mem::take(&mut self.ids).into_vec();
        Draft {
            html: self.out,
            opaque: self.opaque,
            has_raw_html: self.raw.seen,
            document: self.document,
            spans: self.spans,
        }
    }

    /// Writes the first of the steps and says how many it used up.
    fn step(&mut self, steps: &[(Step<'_>, Range<usize>)]) -> usize {
        let (step, span) = &steps[0];
        match step {
            Step::Event(Event::Text(text)) if self.code.is_none() => {
                self.push_pending(text, span);
                return 1;
            }
            Step::Event(Event::SoftBreak) => {
                self.soft_break(&steps[1..]);
                return 1;
            }
            _ => self.flush(),
        }
        match step {
            Step::Event(event) => return self.event(event, span, steps),
            Step::Open(opening) => self.open_container(opening, span),
            Step::Close => self.close_container(span),
            Step::TooDeep => self.report_depth(span),
            Step::Stray | Step::Swallowed(_) | Step::Lost(_) => {
                let problem = snippet::fault(step, span, self.masked.text);
                self.document.problems.extend(problem);
            }
        }
        1
    }

    fn event(
        &mut self,
        event: &Event<'_>,
        span: &Range<usize>,
        steps: &[(Step<'_>, Range<usize>)],
    ) -> usize {
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.nesting() > DEEPEST {
                    self.report_depth(span);
                    return 1;
                }
                return self.start(tag, span, steps);
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                self.end(*tag, span);
            }
            Event::Text(text) => {
                let original = self.masked.original(text);
                if let Some(code) = &mut self.code {
                    code.text.push_str(&original);
                }
            }
            Event::Code(code) => {
                let original = self.masked.original_at(code, span).into_owned();
                self.out.push_str("<code>");
                escape(&original, &mut self.out);
                self.out.push_str("</code>");
                self.plain(&original);
            }
            Event::Html(html) => {
                let original = self.masked.original_at(html, span);
                match &mut self.raw.block {
                    Some(block) => block.push(&original, span),
                    None => self.raw.block = Some(Stretch::new(&original, span)),
                }
            }
            Event::InlineHtml(html) => {
                let original = self.masked.original_at(html, span).into_owned();
                self.raw_inline(&original, span);
            }
            Event::HardBreak => {
                self.out.push_str("<br>\n");
                self.plain(" ");
            }
            // A rule is no block of its own: it stands between parts, not in them.
            Event::Rule => {
                let from = self.out.len();
                self.out.push_str("<hr>\n");
                self.mark(from, span);
            }
            Event::FootnoteReference(name) => self.footnote_reference(name),
            Event::TaskListMarker(done) => {
                let checked = if *done { " checked" } else { "" };
                let number = self.opaque.len();
                self.opaque.push(format!("<input type=\"checkbox\" disabled{checked}> "));
                self.out.push_str(&pieces::opaque(number));
            }
            // Extensions that are switched off.
            Event::SoftBreak | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
        1
    }

    /// Opens inline elements here and blocks in `blocks`; says how many steps it used up.
    fn start(
        &mut self,
        tag: &Tag<'_>,
        span: &Range<usize>,
        steps: &[(Step<'_>, Range<usize>)],
    ) -> usize {
        match tag {
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                let target = self.masked.original_at(dest_url, span);
                let target = match link_type {
                    pulldown_cmark::LinkType::Email => format!("mailto:{target}"),
                    _ => target.into_owned(),
                };
                let mark = self.link(&target, span.clone(), false);
                self.out.push_str("<a href=\"");
                self.out.push_str(&mark);
                self.attribute("title", &self.masked.original_at(title, span));
                self.out.push('>');
                self.in_link = Some((self.document.links.len() - 1, self.written().len()));
            }
            Tag::Image { dest_url, title, .. } => {
                let target = self.masked.original_at(dest_url, span).into_owned();
                let title = self.masked.original_at(title, span).into_owned();
                return self.image(&target, &title, span, steps);
            }
            _ => return self.start_block(tag, span, steps),
        }
        1
    }

    fn end(&mut self, tag: TagEnd, span: &Range<usize>) {
        match tag {
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Link => {
                self.out.push_str("</a>");
                if let Some((link, start)) = self.in_link.take() {
                    let text = self.written().get(start..).unwrap_or_default().trim().to_owned();
                    self.document.links[link].text = text;
                }
            }
            TagEnd::HtmlBlock => self.raw_block(),
            _ => self.end_block(tag, span),
        }
    }

    /// Closes the open attribute and writes another one, if it has a value.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.out.push('"');
        if !value.is_empty() {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(value, &mut self.out);
            self.out.push('"');
        }
    }

    /// Notes a link and returns the mark for its address.
    pub(super) fn link(&mut self, target: &str, span: Range<usize>, is_image: bool) -> String {
        self.document.links.push(Link {
            target: target.to_owned(),
            text: String::new(),
            span,
            is_image,
            in_html: false,
        });
        pieces::address(self.document.links.len() - 1)
    }

    pub(super) fn push_pending(&mut self, text: &CowStr<'_>, span: &Range<usize>) {
        if self.pending.is_empty() {
            self.pending_span = span.clone();
        }
        let original = self.masked.original(text);
        self.pending.push_str(&original);
        self.pending_span.end = span.end;
    }

    /// A line break in the source is a space, but not between two Chinese characters, whatever
    /// markup they have.
    fn soft_break(&mut self, next: &[(Step<'_>, Range<usize>)]) {
        let written = if self.pending.is_empty() { self.written() } else { &self.pending };
        let before = written.chars().next_back();
        let after = next.iter().find_map(|(step, span)| match step {
            Step::Event(Event::Text(text) | Event::Code(text)) => {
                Some(self.masked.original_at(text, span).chars().next())
            }
            Step::Event(
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
                | Event::End(_),
            ) => None,
            _ => Some(None),
        });
        if before.is_some_and(is_solid) && after.flatten().is_some_and(is_solid) {
            return;
        }
        self.pending.push('\n');
    }

    /// Writes the pending text.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.pending);
        let span = self.pending_span.clone();
        self.plain(&inline::resolve_labels(&text));
        let mut out = std::mem::take(&mut self.out);
        if self.in_link.is_some() {
            inline::push_words(&text, &mut out);
        } else {
            inline::push_text(&text, &mut out, |address| self.link(address, span.clone(), false));
        }
        self.out = out;
    }

    /// Adds to the plain text.
    pub(super) fn plain(&mut self, text: &str) {
        match &mut self.heading {
            Some(heading) => heading.text.push_str(text),
            None => self.section.text.push_str(text),
        }
    }

    /// The plain text so far. Blocks begin on a new line of it.
    fn written(&self) -> &str {
        self.heading.as_ref().map_or(&self.section.text, |heading| &heading.text)
    }

    /// Ends the section that text went to, and begins the next.
    pub(super) fn end_section(&mut self, anchor: Option<String>, heading: String) {
        let next = Section { anchor, heading, text: String::new() };
        let mut done = std::mem::replace(&mut self.section, next);
        done.text = single_spaced(&done.text);
        if !done.text.is_empty() || !done.heading.is_empty() {
            self.document.sections.push(done);
        }
    }

    /// A word of the interface in the page's language.
    pub(super) fn word(&self, key: &str) -> String {
        let word = self.options.words.get(key).map_or(key, String::as_str);
        pieces::clean(word).into_owned()
    }
}
