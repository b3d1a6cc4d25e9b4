//! Elements of raw html among the nodes of markdown: one stack holds both, and the tree is whole
//! whatever tags are missing or too many.
//!
//! Start tags end what they end in browsers, and end tags what they reach, but never a block of
//! markdown that is more than a paragraph.

use std::ops::Range;

use super::{Builder, Named};
use crate::document::html::allowed::VOID;
use crate::document::html::names::{
    BOUNDARIES, FORMATTING, MOST_FORMATTING, SPECIAL, TABLE, ends_paragraph, is, is_heading,
};
use crate::document::text;
use crate::document::tree::{Element, Kind, Value};
use crate::syntax::fences::DEEPEST;

/// Headings, from level 2 on.
const HEADINGS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];

/// What is known of the elements.
#[derive(Default)]
pub(super) struct Elements {
    /// How many are open.
    pub open: usize,
    /// Headings that are open.
    headings: Vec<usize>,
    /// Open formatting whose end tag came while a block in it was open.
    ended: Vec<usize>,
    /// Formatting that a block ended which it stood in: it goes on in the text behind.
    broken: Vec<u32>,
}

impl Builder<'_> {
    /// Opens an element. One without an end tag is closed at once.
    pub(super) fn start_element(&mut self, element: Element, span: &Range<usize>) {
        let name = element.name;
        if is_heading(name) {
            let id = element.text("id").map(str::to_owned);
            let classes = element.text("class").unwrap_or_default();
            let classes = classes.split_ascii_whitespace().map(str::to_owned).collect();
            let level = name.as_bytes()[1] - b'0';
            let kind = self.named(Named { level, id, classes });
            self.last = None;
            let node = self.push(kind, span);
            self.elements.headings.push(node);
            let others = element.attributes.into_iter();
            for (name, value) in others.filter(|(name, _)| !matches!(name.as_str(), "id" | "class"))
            {
                match value {
                    Value::Text(text) => self.attribute(node, &name, &text),
                    Value::None => self.attribute(node, &name, ""),
                    Value::Link(_) => {}
                }
            }
            return;
        }
        let elements = &mut self.parsed.tree.elements;
        let number = u32::try_from(elements.len()).unwrap_or(u32::MAX);
        elements.push(element);
        if VOID.contains(&name) {
            self.leaf(Kind::Element(number), span);
        } else {
            self.push(Kind::Element(number), span);
        }
        if is(SPECIAL, name) || name == "br" {
            self.last = Some('\n');
        }
    }

    /// Ends what a start tag ends without saying so, and lets formatting go on. Whether there is
    /// room for one more.
    pub(super) fn before_element(&mut self, name: &str) -> bool {
        if ends_paragraph(name) {
            self.end_paragraph();
        }
        let ends: &[&str] = match name {
            "a" => &["a"],
            "li" => &["li"],
            "dt" | "dd" => &["dt", "dd"],
            "td" | "th" => &["td", "th"],
            "tr" => &["tr"],
            "tbody" | "thead" | "tfoot" => &["tbody", "thead", "tfoot"],
            _ => &[],
        };
        let found = self.reach(
            |known| ends.contains(&known),
            |other| match name {
                "a" => is(BOUNDARIES, other),
                "li" | "dt" | "dd" => {
                    is(SPECIAL, other) && !matches!(other, "address" | "div" | "p")
                }
                _ => other == "table",
            },
        );
        if let Some(node) = found {
            self.close_to(node);
        }
        if is_heading(name)
            && let Some(node) = self.elements.headings.last().copied()
            && self.open.last() == Some(&node)
        {
            self.close_to(node);
        }
        if name == "a"
            && let Some(link) = self.open_link()
        {
            self.close_to(link);
        }
        if !ends_paragraph(name) && !is(TABLE, name) {
            self.go_on();
        }
        let formatting = self.open.iter().filter(|node| is(FORMATTING, self.name(**node)));
        let is_deep = self.nesting() >= DEEPEST && !VOID.contains(&name);
        !is_deep && (!is(FORMATTING, name) || formatting.count() < MOST_FORMATTING)
    }

    /// Whether an element is a part of a table where there is none.
    pub(super) fn is_lost(&self, name: &str) -> bool {
        let is_part = is(TABLE, name) && name != "table" || matches!(name, "col" | "colgroup");
        is_part && self.reach(|known| known == "table", |_| false).is_none()
    }

    /// Ends an element, if the end tag reaches one.
    pub(super) fn end_element(&mut self, name: &str) {
        if is_heading(name) {
            let found = self.reach(is_heading, |other| is(BOUNDARIES, other));
            if let Some(node) = found {
                self.close_to(node);
            }
            return;
        }
        let is_formatting = is(FORMATTING, name);
        if is_formatting {
            let tree = &self.parsed.tree;
            let is_it = |broken: &u32| tree.elements[*broken as usize].name == name;
            if let Some(at) = self.elements.broken.iter().rposition(is_it) {
                self.elements.broken.remove(at);
                return;
            }
        }
        let found = self.reach(
            |known| known == name,
            |other| {
                if is_formatting {
                    is(BOUNDARIES, other)
                } else if is(TABLE, name) {
                    other == "table"
                } else if is(SPECIAL, name) {
                    is(BOUNDARIES, other) || name == "li" && matches!(other, "ol" | "ul")
                } else {
                    is(SPECIAL, other)
                }
            },
        );
        let Some(node) = found else { return };
        let holds_block = self.inside(node).any(|inner| {
            is(SPECIAL, self.name(inner))
                || matches!(self.kind(inner), Kind::Paragraph | Kind::Figure(_))
        });
        if is_formatting && holds_block {
            self.elements.ended.push(node);
        } else {
            self.close_to(node);
        }
        if is_formatting {
            self.go_on();
        }
    }

    /// Ends the paragraph that is open here, be it html or markdown.
    pub(super) fn end_paragraph(&mut self) {
        let open = self.open.iter().rev();
        let found = open.copied().find_map(|node| match self.kind(node) {
            Kind::Paragraph | Kind::Figure(_) => Some(Some(node)),
            Kind::Element(_) if self.name(node) == "p" => Some(Some(node)),
            Kind::Element(_) if !is(BOUNDARIES, self.name(node)) => None,
            kind if is_inline(kind) => None,
            _ => Some(None),
        });
        if let Some(node) = found.flatten() {
            self.close_to(node);
        }
    }

    /// Lets formatting go on that a block ended.
    pub(super) fn go_on(&mut self) {
        for element in std::mem::take(&mut self.elements.broken) {
            let end = self.open.last().map_or(0, |open| self.parsed.tree.node(*open).span().end);
            self.push(Kind::Element(element), &(end..end));
        }
    }

    /// Whether an element of this name is open.
    pub(super) fn has_open(&self, name: &str) -> bool {
        self.open.iter().any(|node| self.name(*node) == name)
    }

    /// Opens a node.
    pub(super) fn push(&mut self, kind: Kind, span: &Range<usize>) -> usize {
        let node = self.leaf(kind, span);
        self.open.push(node);
        self.elements.open += usize::from(matches!(kind, Kind::Element(_)));
        node
    }

    /// Closes a node and what is open in it.
    pub(super) fn close_to(&mut self, node: usize) {
        let Some(at) = self.open.iter().rposition(|open| *open == node) else { return };
        let is_block = !is(FORMATTING, self.name(node));
        // What began in a cell ends with it.
        let closed = self.open[at..].iter();
        let in_cell = closed.take_while(|inner| !is(BOUNDARIES, self.name(**inner)));
        let broken = in_cell.skip(1).filter_map(|inner| match self.kind(*inner) {
            Kind::Element(element) if is(FORMATTING, self.name(*inner)) => {
                let is_ended = self.elements.ended.contains(inner);
                (!is_ended && self.name(*inner) != "a").then_some(element)
            }
            _ => None,
        });
        let broken: Vec<u32> = broken.collect();
        while self.open.len() > at {
            self.pop();
        }
        // What was closed by another end tag goes on at once, behind a block with the next text.
        self.elements.broken.extend(broken);
        if !is_block {
            self.go_on();
        }
        while let Some(outer) = self.open.last().copied()
            && self.elements.ended.contains(&outer)
        {
            self.pop();
        }
    }

    /// Closes the innermost node.
    fn pop(&mut self) {
        let Some(node) = self.open.pop() else { return };
        self.parsed.tree.end(node);
        self.elements.ended.retain(|ended| *ended != node);
        if self.elements.headings.pop_if(|heading| *heading == node).is_some() {
            self.name_heading(node);
            self.last = Some('\n');
            return;
        }
        if let Kind::Element(_) = self.kind(node) {
            self.elements.open -= 1;
            if is(SPECIAL, self.name(node)) {
                self.last = Some('\n');
            }
        }
    }

    /// Closes what was opened since a block of markdown began that is closed already: formatting,
    /// and other elements if `with_blocks`.
    pub(super) fn close_behind(&mut self, node: usize, with_blocks: bool) {
        while let Some(open) = self.open.last().copied()
            && open > node
            && matches!(self.kind(open), Kind::Element(_))
            && (with_blocks || !is(SPECIAL, self.name(open)))
        {
            self.pop();
        }
    }

    /// Formatting that is never closed would run on through the whole page.
    pub(super) fn forget_broken(&mut self) {
        self.elements.broken.clear();
    }

    /// A heading without an id has the first one in it.
    fn name_heading(&mut self, node: usize) {
        let Kind::Heading(number) = self.kind(node) else { return };
        let named = &self.parsed.headings[number as usize];
        let is_last = number as usize + 1 == self.parsed.headings.len();
        if is_last && text(&self.parsed.tree, self.parsed.tree.inside(node)).trim().is_empty() {
            self.forget_heading(node);
            return;
        }
        if named.id.is_some() {
            return;
        }
        let at = self.parsed.html_ids.partition_point(|(known, _)| *known <= node);
        if at < self.parsed.html_ids.len() {
            let (inner, id) = self.parsed.html_ids.remove(at);
            if let Kind::Element(element) = self.parsed.tree.node(inner).kind {
                let element = &mut self.parsed.tree.elements[element as usize];
                element.attributes.retain(|(name, _)| !matches!(name.as_str(), "id" | "name"));
            }
            self.parsed.headings[number as usize].id = Some(id);
        }
    }

    /// A heading without words leads nowhere, and nothing leads to it.
    fn forget_heading(&mut self, node: usize) {
        let Some(named) = self.parsed.headings.pop() else { return };
        let name = HEADINGS[usize::from(named.level.clamp(2, 6)) - 2];
        let attributes = named.id.map(|id| {
            let at = self.parsed.html_ids.partition_point(|(known, _)| *known <= node);
            self.parsed.html_ids.insert(at, (node, id.clone()));
            ("id".to_owned(), Value::Text(id))
        });
        let others = self.parsed.tree.attributes.remove(&node).unwrap_or_default().into_iter();
        let others = others.map(|(name, value)| (name, Value::Text(value)));
        let elements = &mut self.parsed.tree.elements;
        let number = u32::try_from(elements.len()).unwrap_or(u32::MAX);
        elements.push(Element { name, attributes: attributes.into_iter().chain(others).collect() });
        self.parsed.tree.turn(node, Kind::Element(number));
    }

    /// The innermost open element that is wanted, unless something stops the search before.
    fn reach(&self, wanted: impl Fn(&str) -> bool, stops: impl Fn(&str) -> bool) -> Option<usize> {
        for node in self.open.iter().rev().copied() {
            let name = self.name(node);
            match self.kind(node) {
                _ if !name.is_empty() && wanted(name) => return Some(node),
                _ if !name.is_empty() && stops(name) => return None,
                Kind::Element(_) | Kind::Paragraph | Kind::Figure(_) => {}
                _ if !name.is_empty() => {}
                kind if is_inline(kind) => {}
                _ => return None,
            }
        }
        None
    }

    /// The innermost link of markdown, if it is open here.
    fn open_link(&self) -> Option<usize> {
        let open = self.open.iter().rev().copied();
        open.take_while(|node| is_inline(self.kind(*node)) || !self.name(*node).is_empty())
            .find(|node| matches!(self.kind(*node), Kind::Link { .. }))
    }

    fn inside(&self, node: usize) -> impl Iterator<Item = usize> {
        self.open.iter().rev().copied().take_while(move |open| *open != node)
    }

    fn kind(&self, node: usize) -> Kind {
        self.parsed.tree.node(node).kind
    }

    /// The name of an element; empty for what is markdown.
    fn name(&self, node: usize) -> &str {
        match self.kind(node) {
            Kind::Element(element) => self.parsed.tree.elements[element as usize].name,
            Kind::Heading(_) if self.elements.headings.contains(&node) => "h2",
            _ => "",
        }
    }
}

/// Whether a node stands in the text of a paragraph.
fn is_inline(kind: Kind) -> bool {
    matches!(kind, Kind::Emphasis | Kind::Strong | Kind::Strikethrough | Kind::Link { .. })
}

/// An element without attributes.
pub(super) fn bare(name: &'static str, attributes: Vec<(String, Value)>) -> Element {
    Element { name, attributes }
}
