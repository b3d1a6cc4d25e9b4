//! The blocks that stand by themselves in a text, where kinds of articles find their parts.

use std::ops::Range;

use super::Found;
use super::holders::{Holder, Holders};
use crate::document::{Document, Kind, Tree, Visit, text};
use crate::syntax::containers;
use crate::text::fold::single_spaced;

/// A block that nothing else holds, or only a part for some readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the body.
    pub span: Range<usize>,
    /// Where it begins in the tree.
    pub at: Visit,
}

/// What a block is.
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

/// Finds the blocks.
pub(super) fn run(document: &mut Document, found: &Found) {
    let tree = &document.tree;
    let mut blocks = Blocks { tree, found, all: Vec::new() };
    let mut holders = Holders::default();
    for visit in tree.walk(0..tree.nodes().len()) {
        match visit {
            Visit::Enter(number) => {
                if holders.stands_alone() {
                    blocks.enter(number);
                }
                holders.follow(tree, visit);
            }
            Visit::Leave(number) => {
                let holder = holders.innermost();
                holders.follow(tree, visit);
                let is_container = matches!(tree.node(number).kind, Kind::Container(_));
                let is_end = is_container && holder == Some(Holder::Roles);
                if is_end && !tree.unfinished.contains(&number) && holders.stands_alone() {
                    blocks.leave(number);
                }
            }
        }
    }
    if !is_cut_off(tree) && holders.stands_alone() {
        blocks.note(BlockKind::End, tree.length..tree.length, Visit::Leave(usize::MAX));
    }
    document.blocks = blocks.all;
}

/// Whether the parser gave up inside something that hides the end of the text.
fn is_cut_off(tree: &Tree) -> bool {
    let container = |number: &usize| match tree.node(*number).kind {
        Kind::Container(container) => Some(&tree.containers[container as usize]),
        _ => None,
    };
    let mut open = tree.unfinished.iter();
    open.any(|number| match container(number) {
        Some(container) => !container.kind.is_some_and(containers::Kind::guards_access),
        None => matches!(tree.node(*number).kind, Kind::FootnoteDefinition(_)),
    })
}

struct Blocks<'p> {
    tree: &'p Tree,
    found: &'p Found,
    all: Vec<Block>,
}

impl Blocks<'_> {
    /// A node that stands by itself begins.
    fn enter(&mut self, number: usize) {
        let node = self.tree.node(number);
        let kind = match node.kind {
            Kind::Heading(heading) => BlockKind::Heading(heading as usize),
            Kind::List(_) => BlockKind::List(self.items(number)),
            Kind::CodeBlock { text, .. } => {
                let line = self.tree.words(text).lines().next().unwrap_or_default();
                BlockKind::Code(line.trim().to_owned())
            }
            Kind::Container(container) => {
                let kind = self.tree.containers[container as usize].kind;
                match kind.is_some_and(containers::Kind::guards_access) {
                    true => BlockKind::RolesStart,
                    false => BlockKind::Other,
                }
            }
            Kind::Paragraph
            | Kind::Figure(_)
            | Kind::Quote
            | Kind::Alert(_)
            | Kind::Table
            | Kind::DefinitionList
            | Kind::Element(_) => BlockKind::Other,
            // Text of html stands where it is.
            Kind::Text(words) if !self.tree.words(words).trim().is_empty() => BlockKind::Other,
            // A rule is no block of its own: it stands between parts, not in them.
            _ => return,
        };
        self.note(kind, node.span(), Visit::Enter(number));
    }

    /// A part for some readers ends.
    fn leave(&mut self, number: usize) {
        let Kind::Container(container) = self.tree.node(number).kind else { return };
        let end = self.tree.ends[container as usize];
        self.note(BlockKind::RolesEnd, end..end, Visit::Leave(number));
    }

    fn note(&mut self, kind: BlockKind, span: Range<usize>, at: Visit) {
        let last = self.all.last().map(|block| &block.kind);
        let is_plain = matches!(kind, BlockKind::Other | BlockKind::Code(_));
        let is_first = matches!(last, Some(BlockKind::Heading(_)));
        // Nobody asks how many there are; most texts have little else.
        if is_plain && !is_first && last == Some(&BlockKind::Other) {
            return;
        }
        let kind = if is_plain && !is_first { BlockKind::Other } else { kind };
        self.all.push(Block { kind, span, at });
    }

    fn items(&self, list: usize) -> Vec<Item> {
        let begins = matches!(self.all.last(), Some(Block { kind: BlockKind::Heading(_), .. }));
        let tree = self.tree;
        let item = |number: usize| {
            let node = tree.node(number);
            let before = |node: usize| self.found.link_nodes.partition_point(|other| *other < node);
            let links = before(number)..before(node.end());
            let text = if begins || !links.is_empty() {
                single_spaced(&text(tree, tree.inside(number))).into_boxed_str()
            } else {
                Box::default()
            };
            Item { span: node.span(), links, text }
        };
        tree.children(tree.inside(list)).map(item).collect()
    }
}
