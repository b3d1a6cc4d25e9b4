//! Walks over the steps of a text and writes html, with marks where addresses go.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::blocks::{CodeState, HeadingState, TableState};
use super::fences::{Hideout, Step};
use super::footnotes::Footnotes;
use super::heading_id::Ids;
use super::mask::Masked;
use super::tags::escape;
use super::{DEEPEST, Document, Link, Options, Problem, Section, inline, pieces, raw_html};
use crate::config::HtmlMode;
use crate::diagnostic::Code;

/// A document whose html is not cut yet.
pub struct Draft {
    pub html: String,
    /// Finished html that marks stand for.
    pub opaque: Vec<String>,
    pub has_raw_html: bool,
    pub document: Document,
}

pub struct Writer<'m> {
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
    pub(super) open: Vec<&'static str>,
    /// Open tags of the parser.
    pub(super) depth: usize,
    pub(super) table: TableState,
    pub(super) heading: Option<HeadingState>,
    pub(super) code: Option<CodeState>,
    pub(super) quotes: Vec<&'static str>,
    pub(super) footnotes: Footnotes,
    raw_block: Option<(String, Range<usize>)>,
    raw_depth: isize,
    has_raw_html: bool,
    in_link: bool,
    too_deep: bool,
}

impl<'m> Writer<'m> {
    pub fn new(masked: &'m Masked<'m>, options: &'m Options) -> Self {
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
            table: TableState::default(),
            heading: None,
            code: None,
            quotes: Vec::new(),
            footnotes: Footnotes::default(),
            raw_block: None,
            raw_depth: 0,
            has_raw_html: false,
            in_link: false,
            too_deep: false,
        }
    }

    /// Writes all steps.
    pub fn run(&mut self, steps: &[(Step<'_>, Range<usize>)]) {
        let mut at = 0;
        while at < steps.len() && !self.too_deep {
            at += self.step(&steps[at..]);
        }
        self.flush();
    }

    /// Ends the document.
    pub fn finish(mut self) -> Draft {
        self.write_footnotes();
        self.end_section(None, String::new());
        self.document.anchors = std::mem::take(&mut self.ids).into_vec();
        Draft {
            html: self.out,
            opaque: self.opaque,
            has_raw_html: self.has_raw_html,
            document: self.document,
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
                self.soft_break(steps.get(1));
                return 1;
            }
            _ => self.flush(),
        }
        match step {
            Step::Event(event) => return self.event(event, span, steps),
            Step::Open(opening) => self.open_container(opening, span),
            Step::Close => self.close_container(),
            Step::Stray => {
                let mark = self.masked.text[span.clone()].trim();
                let problem =
                    Problem::new(Code::StrayContainerEnd, span.clone()).with("fence", mark);
                self.document.problems.push(problem);
            }
            Step::TooDeep => self.report_depth(span),
            Step::Swallowed(hideout) => {
                let (en, zh) = match hideout {
                    Hideout::Html => ("an html block", "html 块"),
                    Hideout::IndentedCode => ("a block indented like code", "缩进形成的代码块"),
                    Hideout::UnclosedCode => {
                        ("a code block that is never closed", "没有结束的代码块")
                    }
                    Hideout::Text => {
                        ("the text of a paragraph, heading or table", "段落、标题或表格的文字中")
                    }
                };
                let mut problem = Problem::new(Code::ContainerNotRead, span.clone());
                problem.diagnostic = problem.diagnostic.with_both("where", en, zh);
                self.document.problems.push(problem);
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
                if self.depth > DEEPEST {
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
                    code.text.push_str(&pieces::clean(&original));
                }
            }
            Event::Code(code) => {
                let original = self.masked.original(code).into_owned();
                self.out.push_str("<code>");
                escape(&pieces::clean(&original), &mut self.out);
                self.out.push_str("</code>");
                self.plain(&original);
            }
            Event::Html(html) => {
                let original = self.masked.original(html);
                match &mut self.raw_block {
                    Some((block, _)) => block.push_str(&original),
                    None => self.raw_block = Some((original.into_owned(), span.clone())),
                }
            }
            Event::InlineHtml(html) => {
                let original = self.masked.original(html).into_owned();
                self.raw(&original, span);
            }
            Event::HardBreak => {
                self.out.push_str("<br>\n");
                self.plain(" ");
            }
            Event::Rule => self.out.push_str("<hr>\n"),
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
                let target = self.masked.original(dest_url);
                let target = match link_type {
                    pulldown_cmark::LinkType::Email => format!("mailto:{target}"),
                    _ => target.into_owned(),
                };
                let mark = self.link(&target, span.clone(), false);
                self.out.push_str("<a href=\"");
                self.out.push_str(&mark);
                self.attribute("title", &self.masked.original(title));
                self.out.push('>');
                self.in_link = true;
            }
            Tag::Image { dest_url, title, .. } => {
                let target = self.masked.original(dest_url).into_owned();
                let title = self.masked.original(title).into_owned();
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
                self.in_link = false;
            }
            TagEnd::HtmlBlock => {
                if let Some((block, span)) = self.raw_block.take() {
                    self.raw_block(&block, &span);
                }
            }
            _ => self.end_block(tag, span),
        }
    }

    /// An image is one step for us: its alternative text is all the text up to its end.
    fn image(
        &mut self,
        target: &str,
        title: &str,
        span: &Range<usize>,
        steps: &[(Step<'_>, Range<usize>)],
    ) -> usize {
        let mut alternative = String::new();
        let mut depth = 0;
        let mut used = 0;
        for (step, _) in steps {
            used += 1;
            match step {
                Step::Event(Event::Start(_)) => depth += 1,
                Step::Event(Event::End(_)) => depth -= 1,
                Step::Event(Event::Text(text) | Event::Code(text)) => {
                    alternative.push_str(&self.masked.original(text));
                }
                Step::Event(Event::SoftBreak | Event::HardBreak) => alternative.push(' '),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        self.depth = self.depth.saturating_sub(1);
        let mark = self.link(target, span.clone(), true);
        self.out.push_str("<img src=\"");
        self.out.push_str(&mark);
        self.out.push_str("\" alt=\"");
        escape(&pieces::clean(&inline::resolve_labels(&alternative)), &mut self.out);
        self.attribute("title", title);
        self.out.push_str(" loading=\"lazy\">");
        self.plain(&alternative);
        // `{width="50%"}` after an image is a habit of other tools; sizes are the theme's affair.
        if let Some((Step::Event(Event::Text(text)), span)) = steps.get(used) {
            let original = self.masked.original(text).into_owned();
            if let Some((inside, rest)) =
                original.strip_prefix('{').and_then(|text| text.split_once('}'))
                && inside.contains('=')
            {
                self.push_pending(&CowStr::Borrowed(rest), span);
                used += 1;
            }
        }
        used
    }

    /// Closes the open attribute and writes another one, if it has a value.
    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push('"');
        if !value.is_empty() {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            escape(&pieces::clean(value), &mut self.out);
            self.out.push('"');
        }
    }

    /// Notes a link and returns the mark for its address.
    pub(super) fn link(&mut self, target: &str, span: Range<usize>, is_image: bool) -> String {
        self.document.links.push(Link {
            target: pieces::clean(target).into_owned(),
            span,
            is_image,
            in_html: false,
        });
        pieces::address(self.document.links.len() - 1)
    }

    fn push_pending(&mut self, text: &CowStr<'_>, span: &Range<usize>) {
        if self.pending.is_empty() {
            self.pending_span = span.clone();
        }
        let original = self.masked.original(text);
        self.pending.push_str(&pieces::clean(&original));
        self.pending_span.end = span.end;
    }

    /// A line break in the source is a space, but not between two Chinese characters.
    fn soft_break(&mut self, next: Option<&(Step<'_>, Range<usize>)>) {
        let before = self.pending.chars().next_back();
        let after = match next {
            Some((Step::Event(Event::Text(text)), _)) => self.masked.original(text).chars().next(),
            _ => None,
        };
        if before.is_some_and(is_wide) && after.is_some_and(is_wide) {
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
        if self.in_link {
            inline::push_words(&text, &mut out);
        } else {
            inline::push_text(&text, &mut out, |address| self.link(address, span.clone(), false));
        }
        self.out = out;
    }

    /// Adds to the plain text.
    pub(super) fn plain(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        } else {
            self.section.text.push_str(text);
        }
    }

    /// Ends the section that text went to, and begins the next.
    pub(super) fn end_section(&mut self, anchor: Option<String>, heading: String) {
        let next = Section { anchor, heading, text: String::new() };
        let mut done = std::mem::replace(&mut self.section, next);
        done.text = done.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !done.text.is_empty() || !done.heading.is_empty() {
            self.document.sections.push(done);
        }
    }

    /// A block of html: maybe a heading, else raw html.
    fn raw_block(&mut self, block: &str, span: &Range<usize>) {
        if self.options.html != HtmlMode::Escape
            && let Some(heading) = raw_html::heading(block)
        {
            let mut html = String::new();
            escape(&pieces::clean(&heading.text), &mut html);
            self.write_heading(heading.level, &html, heading.text, heading.id, &[], span);
            return;
        }
        self.raw(block, span);
        self.out.push('\n');
    }

    fn raw(&mut self, html: &str, span: &Range<usize>) {
        let html = pieces::clean(html);
        if self.options.html == HtmlMode::Escape {
            escape(&html, &mut self.out);
            self.plain(&html);
            return;
        }
        self.plain(&super::tags::strip(&html));
        self.has_raw_html = true;
        let mut links = Vec::new();
        let first = self.document.links.len();
        let raw = raw_html::read(&html, |target, is_image| {
            links.push(Link {
                target: target.to_owned(),
                span: span.clone(),
                is_image,
                in_html: true,
            });
            pieces::address(first + links.len() - 1)
        });
        self.document.links.append(&mut links);
        self.raw_depth += raw.depth;
        if self.raw_depth > DEEPEST.cast_signed() {
            self.report_depth(span);
            return;
        }
        for anchor in &raw.anchors {
            self.ids.take(anchor);
        }
        if self.options.html == HtmlMode::Sanitize {
            let problems = &mut self.document.problems;
            let unknown = raw
                .unknown
                .into_iter()
                .map(|tag| Problem::new(Code::UnknownHtmlTag, span.clone()).with("tag", tag));
            problems.extend(unknown);
            let removed = raw
                .removed
                .into_iter()
                .map(|what| Problem::new(Code::HtmlRemoved, span.clone()).with("what", what));
            problems.extend(removed);
        }
        self.out.push_str(&raw.html);
    }

    fn report_depth(&mut self, span: &Range<usize>) {
        self.too_deep = true;
        let line = span.start..span.start;
        let problem = Problem::new(Code::NestingTooDeep, line).with("limit", DEEPEST.to_string());
        self.document.problems.push(problem);
    }

    /// A word of the interface in the page's language.
    pub(super) fn word(&self, key: &str) -> String {
        self.options.words.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }
}

/// Characters that are set without spaces between them.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' | '“' | '”' | '…' | '—')
}
