//! The steps of the parser to a tree.
//!
//! Everything that must be known of what stands around a place is known here: how deep it is, which
//! containers and which elements of raw html are open. What can be told from the tree alone is for
//! the passes.

mod addresses;
mod attributes;
mod blocks;
mod containers;
mod elements;
mod images;
pub(crate) mod inline;
mod near_misses;
mod raw;
mod steps;
mod title;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::tree::{Kind, Tree, Words};
use super::{Link, Options};
use crate::diagnostic::Problem;
use crate::syntax::fences::{DEEPEST, Step};
use crate::syntax::mask::Masked;
use crate::syntax::snippet::fault;
use crate::text::cjk::is_solid;
use crate::text::reserved;
use blocks::CodeState;
use containers::OpenContainer;
use elements::Elements;
use raw::{RawState, Stretch};
use steps::StepsState;

/// What the text says, before anything is made of it.
#[derive(Default)]
pub(crate) struct Parsed {
    pub tree: Tree,
    /// The headings, by the numbers in the tree.
    pub headings: Vec<Named>,
    /// Links and images, by the numbers in the tree.
    pub links: Vec<Link>,
    /// For each link its node.
    pub link_nodes: Vec<usize>,
    /// Ids of raw html, and the nodes that have them.
    pub html_ids: Vec<(usize, String)>,
    /// The ids that steps wish for, by the numbers in the tree.
    pub steps: Vec<String>,
    pub problems: Vec<Problem>,
}

/// What a heading says of itself.
pub(crate) struct Named {
    pub level: u8,
    pub id: Option<String>,
    pub classes: Vec<String>,
}

/// Parses a masked text.
pub(crate) fn parse(
    masked: &Masked<'_>,
    steps: &[(Step<'_>, Range<usize>)],
    options: &Options,
) -> Parsed {
    let mut builder = Builder::new(masked, options);
    let is_first = |step: &Step<'_>| {
        let Step::Event(Event::Start(Tag::Heading { level, .. })) = step else { return false };
        *level as u8 == 1
    };
    let firsts = || steps.iter().filter(|(step, _)| is_first(step)).take(2).count();
    builder.may_lead = !options.is_titled || firsts() == 1;
    let mut at = 0;
    while at < steps.len() && !builder.has_stopped {
        at += builder.step(&steps[at..]);
    }
    builder.flush();
    builder.parsed.problems.extend(near_misses::find(masked.text, steps));
    builder.finish()
}

struct Builder<'m> {
    masked: &'m Masked<'m>,
    options: &'m Options,
    parsed: Parsed,
    /// The nodes that are open, innermost last.
    open: Vec<usize>,
    /// The nodes of the parser's open tags. Html may have closed them already.
    tags: Vec<usize>,
    elements: Elements,
    /// Text that is no node yet: the parser splits words, addresses and labels do not.
    pending: String,
    pending_span: Range<usize>,
    /// The last character of the plain text.
    last: Option<char>,
    /// The containers that are open, innermost last.
    containers: Vec<OpenContainer>,
    /// Open tags of the parser.
    depth: usize,
    steps: StepsState,
    code: Option<CodeState>,
    raw: RawState,
    dropped: attributes::Dropped,
    /// What a heading ends with that the parser left out.
    placeholder: Option<(String, Range<usize>)>,
    /// How much is there to see; for each open footnote, how much there was before it.
    seen: usize,
    outer: Vec<usize>,
    /// Whether a heading of level 1 would stand for the title.
    may_lead: bool,
    in_link: bool,
    alignments: Vec<pulldown_cmark::Alignment>,
    cell: usize,
    /// Whether nothing more is read: too deep, or for other readers.
    has_stopped: bool,
}

impl<'m> Builder<'m> {
    fn new(masked: &'m Masked<'m>, options: &'m Options) -> Self {
        Builder {
            masked,
            options,
            parsed: Parsed::default(),
            open: Vec::new(),
            tags: Vec::new(),
            elements: Elements::default(),
            pending: String::new(),
            pending_span: 0..0,
            last: None,
            containers: Vec::new(),
            depth: 0,
            steps: StepsState::default(),
            code: None,
            raw: RawState::default(),
            dropped: attributes::Dropped::new(),
            placeholder: None,
            seen: 0,
            outer: Vec::new(),
            may_lead: true,
            in_link: false,
            alignments: Vec::new(),
            cell: 0,
            has_stopped: false,
        }
    }

    fn finish(mut self) -> Parsed {
        self.report_dropped();
        self.parsed.tree.unfinished = self.open.clone();
        while let Some(number) = self.open.pop() {
            self.parsed.tree.end(number);
        }
        self.parsed.tree.length = self.masked.text.len();
        self.parsed.tree.shrink();
        self.parsed
    }

    /// Takes the first of the steps and says how many it used up.
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
            Step::Close => self.close_container(),
            Step::TooDeep => self.report_depth(span),
            Step::Stray | Step::Swallowed(_) | Step::Lost(_) => {
                self.parsed.problems.extend(fault(step, span, self.masked.text));
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
                self.end(*tag);
            }
            Event::Text(text) => {
                let original = self.masked.original(text);
                if let Some(code) = &mut self.code {
                    code.text.push_str(&original);
                }
            }
            Event::Code(code) => {
                let words = self.words(&self.masked.original_at(code, span));
                self.leaf(Kind::Code(words), span);
                self.read(words);
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
                self.leaf(Kind::HardBreak, span);
                self.last = Some(' ');
            }
            Event::Rule => {
                self.leaf(Kind::Rule, span);
            }
            Event::FootnoteReference(name) => {
                let words = self.words(name);
                self.leaf(Kind::FootnoteReference(words), span);
            }
            Event::TaskListMarker(done) => {
                self.leaf(Kind::TaskMarker(*done), span);
            }
            // Extensions that are switched off.
            Event::SoftBreak | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
        1
    }

    /// Opens inline nodes here and blocks in `blocks`; says how many steps it used up.
    fn start(
        &mut self,
        tag: &Tag<'_>,
        span: &Range<usize>,
        steps: &[(Step<'_>, Range<usize>)],
    ) -> usize {
        let kind = match tag {
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strikethrough,
            Tag::Link { link_type, dest_url, title, .. } => {
                let target = self.masked.original_at(dest_url, span);
                let target = match link_type {
                    pulldown_cmark::LinkType::Email => format!("mailto:{target}"),
                    _ => target.into_owned(),
                };
                // There can be no other link in a link.
                self.end_element("a");
                let link = self.link(&target, span.clone(), false);
                let title = self.words(&self.masked.original_at(title, span));
                self.in_link = true;
                Kind::Link { link, title }
            }
            Tag::Image { dest_url, title, .. } => {
                let target = self.masked.original_at(dest_url, span).into_owned();
                let title = self.masked.original_at(title, span).into_owned();
                return self.image(&target, &title, span, steps);
            }
            _ => return self.start_block(tag, span, steps),
        };
        self.go_on();
        self.enter(kind, span);
        1
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.leave();
            }
            TagEnd::Link => {
                self.in_link = false;
                self.leave();
            }
            TagEnd::HtmlBlock => self.raw_block(),
            _ => self.end_block(tag),
        }
    }

    /// Opens the node of a tag of the parser.
    fn enter(&mut self, kind: Kind, span: &Range<usize>) {
        let node = self.push(kind, span);
        self.tags.push(node);
    }

    /// Closes the node of the innermost tag.
    fn leave(&mut self) -> Option<usize> {
        let node = self.tags.pop()?;
        self.close_to(node);
        Some(node)
    }

    /// Adds a node that holds nothing.
    fn leaf(&mut self, kind: Kind, span: &Range<usize>) -> usize {
        self.seen += usize::from(self.is_seen(kind));
        self.parsed.tree.add(kind, span)
    }

    /// Whether a node shows something on the place where it stands.
    fn is_seen(&self, kind: Kind) -> bool {
        match kind {
            Kind::FootnoteDefinition(_) => false,
            Kind::Container(number) => self.parsed.tree.containers[number as usize].kind.is_some(),
            Kind::Text(words) => !self.parsed.tree.words(words).trim().is_empty(),
            _ => true,
        }
    }

    fn words(&mut self, words: &str) -> Words {
        self.parsed.tree.add_words(&reserved::clean(words))
    }

    /// Notes how the plain text goes on.
    fn read(&mut self, words: Words) {
        let last = self.parsed.tree.words(words).chars().next_back();
        self.last = last.or(self.last);
    }

    /// Notes a link and returns its number. Its node comes next.
    fn link(&mut self, target: &str, span: Range<usize>, is_image: bool) -> u32 {
        let links = &mut self.parsed.links;
        let (target, text) = (reserved::clean(target).into_owned(), String::new());
        links.push(Link { target, text, span, is_image, in_html: false });
        self.parsed.link_nodes.push(self.parsed.tree.nodes().len());
        u32::try_from(self.parsed.links.len() - 1).unwrap_or(u32::MAX)
    }

    fn push_pending(&mut self, text: &CowStr<'_>, span: &Range<usize>) {
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
        let before = self.pending.chars().next_back().or(self.last);
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

    /// Makes nodes of the pending text: words, labels, and outside of links bare addresses.
    fn flush(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.pending);
        let span = self.pending_span.clone();
        self.go_on();
        let with_links = !self.in_link && !self.has_open("a");
        for part in inline::parts(&text, with_links) {
            match part {
                inline::Part::Text(words) => {
                    let words = self.words(words);
                    self.leaf(Kind::Text(words), &span);
                    self.read(words);
                }
                inline::Part::Label(words) => {
                    let words = self.words(words);
                    self.leaf(Kind::Label(words), &span);
                    self.read(words);
                }
                inline::Part::Address(address) => {
                    let link = self.link(&addresses::target(address), span.clone(), false);
                    let text = self.words(address);
                    self.leaf(Kind::Address { link, text }, &span);
                    self.read(text);
                }
            }
        }
    }
}
