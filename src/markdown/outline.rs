//! The blocks that stand by themselves in a text, where kinds of articles find their parts.

use std::ops::Range;

use super::pieces;
use super::writer::Writer;

/// A block that nothing else holds, or only a part for some readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the body.
    pub span: Range<usize>,
}

/// What a block is. All but [`BlockKind::Other`] have a [`super::Piece::Block`] where they begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
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
    /// Anything else.
    Other,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// Where it stands in the body.
    pub span: Range<usize>,
    /// Its links, by their numbers in `links`.
    pub links: Range<usize>,
    /// Its plain text, if it has links.
    pub text: String,
}

/// What the writer knows of blocks.
#[derive(Default)]
pub struct OutlineState {
    /// For each open container, whether it only says who reads what is in it, and has marks.
    containers: Vec<bool>,
    /// The list that is being written: its block, and where its open item begins in the text.
    list: Option<(usize, usize)>,
}

impl Writer<'_> {
    /// Whether a block that begins at this depth of the parser stands by itself.
    fn stands_alone(&self, depth: usize) -> bool {
        depth == 0
            && self.outline.containers.iter().all(|is_marked| *is_marked)
            && self.footnotes.outer.is_empty()
            && self.raw.nesting.depth() == 0
    }

    /// Notes a block, if it stands by itself. `depth` does not count the block.
    pub(super) fn note_block(&mut self, kind: BlockKind, span: &Range<usize>, depth: usize) {
        if !self.stands_alone(depth) {
            return;
        }
        if kind != BlockKind::Other {
            self.out.push_str(&pieces::block(self.document.blocks.len()));
        }
        if matches!(kind, BlockKind::List(_)) {
            self.outline.list = Some((self.document.blocks.len(), 0));
        }
        self.document.blocks.push(Block { kind, span: span.clone() });
    }

    /// Notes that a container begins.
    pub(super) fn enter_container(&mut self, guards_access: bool, span: &Range<usize>) {
        // The parser takes the fence for a block of html, which is a level of its own.
        let depth = self.depth.saturating_sub(1);
        let is_marked = guards_access && self.stands_alone(depth);
        let kind = if is_marked { BlockKind::RolesStart } else { BlockKind::Other };
        self.note_block(kind, span, depth);
        self.outline.containers.push(is_marked);
    }

    /// Notes that the innermost container ends.
    pub(super) fn leave_container(&mut self, span: &Range<usize>) {
        if self.outline.containers.pop() == Some(true) {
            self.note_block(BlockKind::RolesEnd, span, 0);
        }
    }

    /// Notes that an item of a list begins.
    pub(super) fn enter_item(&mut self, span: &Range<usize>) {
        let (links, written) = (self.document.links.len(), self.section.text.len());
        if let Some((_, start)) = self.outline.list.as_mut().filter(|_| self.depth == 2) {
            *start = written;
            if let Some(items) = self.outlined_list() {
                items.push(Item { span: span.clone(), links: links..links, text: String::new() });
            }
        }
    }

    /// Notes that an item of a list ends.
    pub(super) fn leave_item(&mut self) {
        let Some((_, start)) = self.outline.list.filter(|_| self.depth == 1) else { return };
        let text = self.section.text.get(start..).unwrap_or_default();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let links = self.document.links.len();
        if let Some(item) = self.outlined_list().and_then(|items| items.last_mut()) {
            item.links.end = links;
            if !item.links.is_empty() {
                item.text = text;
            }
        }
    }

    /// Notes that a list ends.
    pub(super) fn leave_list(&mut self) {
        if self.depth == 0 {
            self.outline.list = None;
        }
    }

    fn outlined_list(&mut self) -> Option<&mut Vec<Item>> {
        let (block, _) = self.outline.list?;
        match &mut self.document.blocks.get_mut(block)?.kind {
            BlockKind::List(items) => Some(items),
            _ => None,
        }
    }
}
