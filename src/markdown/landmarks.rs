//! The blocks that stand by themselves in a text, where kinds of articles find their parts.

use std::ops::Range;

use pulldown_cmark::Tag;

use super::pieces;
use super::writer::Writer;
use crate::syntax::containers::{Container, Kind};
use crate::text::fold::single_spaced;

/// A block that nothing else holds, or only a part for some readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the body.
    pub span: Range<usize>,
}

/// What a block is. All have a [`super::Piece::Block`] where they begin, code and others only right
/// behind a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// A heading, by its number in `headings`.
    Heading(usize),
    /// A list.
    List(Vec<Item>),
    /// Here begins a part that only some roles see.
    RolesStart,
    /// Here it ends.
    RolesEnd,
    /// The end of the text; footnotes come behind it.
    End,
    /// A block of code right behind a heading, with its first line.
    Code(String),
    /// Anything else, or several such blocks.
    Other,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Item {
    /// Where it stands in the body.
    pub span: Range<usize>,
    /// Its links, by their numbers in `links`.
    pub links: Range<usize>,
    /// Its plain text, if it has links or the list begins a section.
    pub text: Box<str>,
}

/// What a container is to the blocks in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// They are a part of it.
    Box,
    /// They are its steps.
    Steps,
    /// It says who reads them, and has marks.
    Roles,
    /// It is where the text of a snippet stands: they stand by themselves.
    Snippet,
}

/// What the writer knows of blocks.
#[derive(Default)]
pub(crate) struct LandmarkState {
    /// The open containers.
    containers: Vec<Holder>,
    /// The list that is being written: its block, and where its open item begins in the text.
    list: Option<(usize, usize)>,
}

impl Writer<'_> {
    /// Whether a block that begins at this depth of the parser stands by itself.
    fn stands_alone(&self, depth: usize) -> bool {
        depth == 0
            && self.are_all(&[Holder::Roles, Holder::Snippet])
            && self.footnotes.outer.is_empty()
            && self.raw.nesting.depth() == 0
    }

    /// Whether a numbered list that begins here is a procedure.
    pub(super) fn is_procedure(&self) -> bool {
        self.depth == 1
            && self.are_all(&[Holder::Roles, Holder::Snippet, Holder::Steps])
            && self.footnotes.outer.is_empty()
            && self.raw.nesting.depth() == 0
    }

    fn are_all(&self, holders: &[Holder]) -> bool {
        self.landmarks.containers.iter().all(|holder| holders.contains(holder))
    }

    /// Notes a block, if it stands by itself. `depth` does not count the block.
    pub(super) fn note_block(&mut self, kind: BlockKind, span: &Range<usize>, depth: usize) {
        if !self.stands_alone(depth) {
            return;
        }
        let last = self.document.blocks.last().map(|block| &block.kind);
        let is_plain = matches!(kind, BlockKind::Other | BlockKind::Code(_));
        let is_first = matches!(last, Some(BlockKind::Heading(_)));
        // Nobody asks how many there are; most texts have little else.
        if is_plain && !is_first && last == Some(&BlockKind::Other) {
            return;
        }
        let kind = if is_plain && !is_first { BlockKind::Other } else { kind };
        if !is_plain || is_first {
            self.out.push_str(&pieces::block(self.document.blocks.len()));
        }
        if matches!(kind, BlockKind::List(_)) {
            self.landmarks.list = Some((self.document.blocks.len(), 0));
        }
        self.document.blocks.push(Block { kind, span: span.clone() });
    }

    /// Notes a block of markdown that begins.
    pub(super) fn note_start(&mut self, tag: &Tag<'_>, span: &Range<usize>) {
        let depth = self.depth.saturating_sub(1);
        match tag {
            // Noted when they end, by then their text is known.
            Tag::Heading { .. } | Tag::HtmlBlock => {}
            // Written at the end of the page.
            Tag::FootnoteDefinition(_) => {}
            Tag::List(start) => {
                self.note_block(BlockKind::List(Vec::new()), span, depth);
                if start.is_some() {
                    self.enter_procedure();
                }
            }
            Tag::Item => {
                self.enter_item(span);
                self.enter_step();
            }
            Tag::CodeBlock(_) => {
                let kind = BlockKind::Code(String::new());
                self.note_block(kind, span, depth);
            }
            _ => self.note_block(BlockKind::Other, span, depth),
        }
    }

    /// Notes that a container begins.
    pub(super) fn enter_container(&mut self, container: &Container, span: &Range<usize>) {
        // The parser takes the fence for a block of html, which is a level of its own.
        let depth = self.depth.saturating_sub(1);
        let holder = match container.kind {
            Some(Kind::Include) => Holder::Snippet,
            Some(kind) if kind.guards_access() && self.stands_alone(depth) => Holder::Roles,
            Some(Kind::Steps) => Holder::Steps,
            _ => Holder::Box,
        };
        match holder {
            Holder::Box | Holder::Steps => self.note_block(BlockKind::Other, span, depth),
            Holder::Roles => self.note_block(BlockKind::RolesStart, span, depth),
            Holder::Snippet => {}
        }
        self.landmarks.containers.push(holder);
    }

    /// Notes that the innermost container ends.
    pub(super) fn leave_container(&mut self, span: &Range<usize>) {
        if self.landmarks.containers.pop() == Some(Holder::Roles) {
            self.note_block(BlockKind::RolesEnd, span, 0);
        }
    }

    /// How many containers are open, without those of snippets.
    pub(super) fn boxes(&self) -> usize {
        let containers = self.landmarks.containers.iter();
        containers.filter(|holder| **holder != Holder::Snippet).count()
    }

    /// Notes the text of a block of code, which was noted when it began.
    pub(super) fn note_code(&mut self, text: &str) {
        if let Some(Block { kind: BlockKind::Code(line), .. }) = self.document.blocks.last_mut()
            && line.is_empty()
        {
            *line = text.lines().next().unwrap_or_default().trim().to_owned();
        }
    }

    /// Notes that an item of a list begins.
    pub(super) fn enter_item(&mut self, span: &Range<usize>) {
        let (links, written) = (self.document.links.len(), self.section.text.len());
        if let Some((_, start)) = self.landmarks.list.as_mut().filter(|_| self.depth == 2) {
            *start = written;
            if let Some(items) = self.outlined_list() {
                items.push(Item { span: span.clone(), links: links..links, text: Box::default() });
            }
        }
    }

    /// Notes that an item of a list ends.
    pub(super) fn leave_item(&mut self) {
        let Some((list, start)) = self.landmarks.list.filter(|_| self.depth == 1) else { return };
        let before = list.checked_sub(1).and_then(|before| self.document.blocks.get(before));
        let begins = matches!(before, Some(Block { kind: BlockKind::Heading(_), .. }));
        let text = single_spaced(self.section.text.get(start..).unwrap_or_default());
        let links = self.document.links.len();
        if let Some(item) = self.outlined_list().and_then(|items| items.last_mut()) {
            item.links.end = links;
            if begins || !item.links.is_empty() {
                item.text = text.into_boxed_str();
            }
        }
    }

    /// Notes that a list ends.
    pub(super) fn leave_list(&mut self) {
        if self.depth == 0 {
            self.landmarks.list = None;
        }
    }

    fn outlined_list(&mut self) -> Option<&mut Vec<Item>> {
        let (block, _) = self.landmarks.list?;
        match &mut self.document.blocks.get_mut(block)?.kind {
            BlockKind::List(items) => Some(items),
            _ => None,
        }
    }
}
