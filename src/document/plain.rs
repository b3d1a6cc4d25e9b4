//! The plain text of a tree: what is searched, summed up and compared.

use std::ops::Range;

use super::tree::{Kind, Tree, Visit};
use crate::document::is_inline;

/// The plain text of some nodes that stand side by side.
pub(crate) fn text(tree: &Tree, nodes: Range<usize>) -> String {
    let mut text = String::new();
    for visit in tree.walk(nodes) {
        push(tree, visit, &mut text);
    }
    text
}

/// Adds what a visit to a node says. Blocks end with the end of a line.
pub(super) fn push(tree: &Tree, visit: Visit, out: &mut String) {
    match visit {
        Visit::Enter(number) => match tree.node(number).kind {
            Kind::Text(words)
            | Kind::Label(words)
            | Kind::Code(words)
            | Kind::Address { text: words, .. }
            | Kind::CodeBlock { text: words, .. } => out.push_str(tree.words(words)),
            Kind::HardBreak | Kind::Caption => out.push(' '),
            Kind::Element(element) => {
                let element = &tree.elements[element as usize];
                match element.name {
                    "img" => out.push_str(element.text("alt").unwrap_or_default()),
                    name => part_words(name, out),
                }
            }
            _ => {}
        },
        Visit::Leave(number) => match tree.node(number).kind {
            Kind::Paragraph
            | Kind::Figure(_)
            | Kind::Lead
            | Kind::Heading(_)
            | Kind::Quote
            | Kind::Alert(_)
            | Kind::CodeBlock { .. }
            | Kind::List(_)
            | Kind::Item
            | Kind::StepItem(_)
            | Kind::Table
            | Kind::TableHead
            | Kind::TableRow
            | Kind::TableCell(_)
            | Kind::DefinitionList
            | Kind::DefinitionTerm
            | Kind::DefinitionText
            | Kind::ContainerTitle
            | Kind::FootnoteDefinition(_) => out.push('\n'),
            Kind::Element(element) => part_words(tree.elements[element as usize].name, out),
            _ => {}
        },
    }
}

/// Words on both sides of most tags are two.
fn part_words(element: &str, out: &mut String) {
    if !element.is_empty() && !matches!(element, "img" | "wbr") && !is_inline(element) {
        out.push('\n');
    }
}
