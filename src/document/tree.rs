//! The document tree: what a body says, node by node, with the place of each in the text.
//!
//! All nodes lie in one list, each before those in it: a node's children begin behind it, and its
//! `end` leads to what follows it. All words lie in one string. So a tree is two allocations and a
//! few more for what is rare, and walking it is a loop.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::syntax::containers::Container;

/// A document tree.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    words: String,
    /// The containers, by the numbers of [`Kind::Container`].
    pub containers: Vec<Container>,
    /// For each container where it ends in the body.
    pub ends: Vec<usize>,
    /// How long the body is.
    pub length: usize,
    /// The elements of raw html, by the numbers of [`Kind::Element`].
    pub elements: Vec<Element>,
    /// What writers gave nodes of markdown besides, by their numbers: attributes that are written as
    /// they are.
    pub attributes: BTreeMap<usize, Vec<(String, String)>>,
    /// Nodes that were open when the parser gave up.
    pub unfinished: Vec<usize>,
}

/// A node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Node {
    /// What it is.
    pub kind: Kind,
    start: u32,
    stop: u32,
    end: u32,
}

impl Node {
    /// Where it stands in the body. A container has its opening line.
    pub(crate) fn span(&self) -> Range<usize> {
        self.start as usize..self.stop as usize
    }

    /// The number of the first node behind it that is not in it.
    pub(crate) fn end(&self) -> usize {
        self.end as usize
    }
}

/// A stretch of the words of a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Words {
    start: u32,
    end: u32,
}

/// What a node is. Numbers of links, headings and steps are those of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A paragraph.
    Paragraph,
    /// A paragraph that is nothing but an image; whether it stands in a link of raw html.
    Figure(bool),
    /// A heading of level 1 that opens the text, and stands for the title.
    Lead,
    /// A heading.
    Heading(u32),
    /// A quote.
    Quote,
    /// A quote that is a callout, by the name of its container.
    Alert(Words),
    /// A block of code.
    CodeBlock {
        /// The word behind its fence.
        language: Words,
        /// Its lines.
        text: Words,
    },
    /// A list; one with numbers has the first.
    List(Option<u32>),
    /// An item of a list.
    Item,
    /// An item that is a step of `:::steps`.
    StepItem(u32),
    /// A table.
    Table,
    /// Its head.
    TableHead,
    /// A row of its body.
    TableRow,
    /// A cell of head or body.
    TableCell(Align),
    /// A list of terms and what they mean.
    DefinitionList,
    /// A term.
    DefinitionTerm,
    /// What it means.
    DefinitionText,
    /// A footnote, where it stands in the source.
    FootnoteDefinition(Words),
    /// A container, by its number in [`Tree::containers`].
    Container(u32),
    /// The title of the container that it stands in.
    ContainerTitle,
    /// The title of the image before it, which stands below it in a figure.
    Caption,
    /// A heading of `:::steps` and what follows it.
    Step,
    /// An element of raw html, by its number in [`Tree::elements`].
    Element(u32),
    /// A line between parts.
    Rule,

    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Text that is struck out.
    Strikethrough,
    /// A link.
    Link {
        /// Its number.
        link: u32,
        /// Its title.
        title: Words,
    },
    /// An image; the words in it stand for it.
    Image {
        /// The number of its link.
        link: u32,
        /// Its title.
        title: Words,
    },
    /// A bare address in the text.
    Address {
        /// The number of its link.
        link: u32,
        /// As it is written.
        text: Words,
    },
    /// Words.
    Text(Words),
    /// The words on a button.
    Label(Words),
    /// Code in text.
    Code(Words),
    /// The end of a line that its writer wants to be one.
    HardBreak,
    /// The mention of a footnote, by its name.
    FootnoteReference(Words),
    /// A tick box; whether it is ticked.
    TaskMarker(bool),
    /// What is in an element whose content is no html: a script, where all html is let through.
    Raw(Words),
}

/// An element of raw html.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    /// Its name; empty if only what is in it is shown.
    pub name: &'static str,
    /// Its attributes, by names that are all different.
    pub attributes: Vec<(String, Value)>,
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// None: the name alone stands there.
    None,
    /// A text, entities resolved.
    Text(String),
    /// The address of a link, by its number.
    Link(u32),
}

impl Element {
    /// The text of an attribute.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let value = self.attributes.iter().find(|(known, _)| known == name);
        match value {
            Some((_, Value::Text(text))) => Some(text),
            _ => None,
        }
    }

    /// Takes an id away, also where it is written as a name.
    pub(super) fn drop_id(&mut self, id: &str) {
        self.attributes.retain(|(name, value)| {
            !(matches!(name.as_str(), "id" | "name")
                && matches!(value, Value::Text(text) if text == id))
        });
    }

    /// The link that it is.
    pub(crate) fn link(&self) -> Option<u32> {
        self.attributes.iter().find_map(|(_, value)| match value {
            Value::Link(link) => Some(*link),
            _ => None,
        })
    }
}

/// How the cells of a column are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    /// As the reader's browser does it.
    None,
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right.
    Right,
}

/// A step of a walk over a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Visit {
    /// A node begins.
    Enter(usize),
    /// It ends.
    Leave(usize),
}

impl Tree {
    /// All nodes.
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// A node.
    pub(crate) fn node(&self, number: usize) -> &Node {
        &self.nodes[number]
    }

    /// The words of a stretch.
    pub(crate) fn words(&self, words: Words) -> &str {
        &self.words[words.start as usize..words.end as usize]
    }

    /// The nodes in a node.
    pub(crate) fn inside(&self, number: usize) -> Range<usize> {
        number + 1..self.nodes[number].end()
    }

    /// The numbers of some nodes that stand side by side.
    pub(crate) fn children(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let first = Some(range.start).filter(|first| range.contains(first));
        std::iter::successors(first, move |number| {
            Some(self.nodes[*number].end()).filter(|next| *next < range.end)
        })
    }

    /// Walks over some nodes that stand side by side, and those in them.
    pub(crate) fn walk(&self, range: Range<usize>) -> Walk<'_> {
        Walk { tree: self, next: range.start, end: range.end, open: Vec::new() }
    }

    /// The title of a container, if it has one: it comes first.
    pub(crate) fn title(&self, container: usize) -> Option<usize> {
        let first = self.inside(container).next()?;
        matches!(self.nodes[first].kind, Kind::ContainerTitle).then_some(first)
    }

    /// Adds words that nodes will have.
    pub(super) fn add_words(&mut self, words: &str) -> Words {
        let start = small(self.words.len());
        self.words.push_str(words);
        Words { start, end: small(self.words.len()) }
    }

    /// Adds a node, which holds nothing yet.
    pub(super) fn add(&mut self, kind: Kind, span: &Range<usize>) -> usize {
        let number = self.nodes.len();
        let (start, stop) = (small(span.start), small(span.end));
        self.nodes.push(Node { kind, start, stop, end: small(number + 1) });
        number
    }

    /// Makes a node another one.
    pub(super) fn turn(&mut self, number: usize, kind: Kind) {
        self.nodes[number].kind = kind;
    }

    /// Ends a node behind all that was added. An element of html goes on to the end of what is in it.
    pub(super) fn end(&mut self, number: usize) {
        let last = self.nodes.last().map_or(0, |last| last.stop);
        let end = small(self.nodes.len());
        let node = &mut self.nodes[number];
        if matches!(node.kind, Kind::Element(_) | Kind::Heading(_)) {
            node.stop = node.stop.max(last);
        }
        node.end = end;
    }

    /// Gives back what was held for growth.
    pub(super) fn shrink(&mut self) {
        self.nodes.shrink_to_fit();
        self.words.shrink_to_fit();
    }
}

/// Files are limited to far less than this.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A walk over a tree: each node when it begins and when it ends.
pub(crate) struct Walk<'t> {
    tree: &'t Tree,
    next: usize,
    end: usize,
    open: Vec<usize>,
}

impl Walk<'_> {
    /// Goes past what is in the node that was entered last; its end is not visited either.
    pub(crate) fn skip_inside(&mut self) {
        if let Some(number) = self.open.pop() {
            self.next = self.tree.nodes[number].end();
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = Visit;

    fn next(&mut self) -> Option<Visit> {
        if let Some(number) = self.open.pop_if(|number| self.tree.nodes[*number].end() <= self.next)
        {
            return Some(Visit::Leave(number));
        }
        if self.next >= self.end {
            return None;
        }
        let number = self.next;
        self.next += 1;
        self.open.push(number);
        Some(Visit::Enter(number))
    }
}
