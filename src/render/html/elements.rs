//! Elements of raw html.

use super::{Html, MARK, TABLE_END, TABLE_START};
use crate::document::{Element, Kind, VOID, Value};
use crate::render::Piece;
use crate::text::html::escape;

/// Elements of raw html that are marked: those that html parsers neither repeat nor move.
const MARKED: &[&str] = &[
    "aside",
    "blockquote",
    "center",
    "details",
    "div",
    "dl",
    "figure",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

impl Html<'_> {
    /// An element of raw html. It is marked if it stands by itself; tables are like those of
    /// markdown.
    pub(super) fn element(&mut self, number: usize, element: usize) {
        let element = &self.tree.elements[element];
        if element.name.is_empty() {
            return;
        }
        if self.picture(element) {
            return;
        }
        if element.name == "table" {
            // Only the outermost gets a box, unless it has one.
            let has_box = self.tables.is_empty() && !self.is_boxed(number);
            self.out.push_str(if has_box { TABLE_START } else { "" });
            self.tables.push(has_box);
        }
        self.out.push('<');
        self.out.push_str(element.name);
        if MARKED.contains(&element.name)
            && let Some(spans) = &mut self.spans
        {
            self.out.push_str(&format!(" {MARK}=\"{}\"", spans.len()));
            spans.push(self.tree.node(number).span());
        }
        for (name, value) in &element.attributes {
            match value {
                Value::Link(link) => self.address(name, *link as usize),
                other => push(name, other, &mut self.out),
            }
        }
        self.out.push('>');
    }

    /// An image that is written as html, if it has an address.
    fn picture(&mut self, element: &Element) -> bool {
        let is_address = |(_, value): &(String, Value)| matches!(value, Value::Link(_));
        let Some(at) = element.attributes.iter().position(is_address) else { return false };
        let Some(link) = element.link().filter(|_| element.name == "img") else { return false };
        let tag = |attributes: &[(String, Value)], start: &str| {
            let mut tag = start.to_owned();
            attributes.iter().for_each(|(name, value)| push(name, value, &mut tag));
            tag
        };
        let before = tag(&element.attributes[..at], "<img").into();
        let behind = (tag(&element.attributes[at + 1..], "") + ">").into();
        let words = element.text("alt").unwrap_or_default().into();
        self.hole(Piece::Image { before, link: link as usize, behind, words });
        true
    }

    /// Whether a table of raw html stands in a box already.
    fn is_boxed(&self, table: usize) -> bool {
        let before = table.checked_sub(1).map(|before| self.tree.node(before).kind);
        let Some(Kind::Element(element)) = before else { return false };
        let element = &self.tree.elements[element as usize];
        element.text("class") == Some("table") && element.text("tabindex") == Some("0")
    }

    pub(super) fn end_element(&mut self, name: &str) {
        if !name.is_empty() && !VOID.contains(&name) {
            self.out.push_str(&format!("</{name}>"));
        }
        if name == "table" && self.tables.pop() == Some(true) {
            self.out.push_str(TABLE_END);
        }
    }
}

/// Writes an attribute that is not an address.
fn push(name: &str, value: &Value, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    if let Value::Text(text) = value {
        out.push_str("=\"");
        escape(text, out);
        out.push('"');
    }
}
