//! The words of links, and links that nobody can see.

use super::Found;
use crate::document::{Document, Element, Kind, Tree, Value, text};

/// Gives each link its words. One of raw html that nobody can see, but the keyboard still stops at,
/// is none.
pub(super) fn run(document: &mut Document, _: &Found) {
    let mut unseen = Vec::new();
    let tree = &document.tree;
    for (number, node) in tree.nodes().iter().enumerate() {
        let link = match node.kind {
            Kind::Link { link, .. } => link,
            Kind::Element(element) => {
                let known = &tree.elements[element as usize];
                let Some(link) = known.link().filter(|_| known.name == "a") else { continue };
                if !is_seen(tree, number, known) {
                    unseen.push((element, link));
                }
                link
            }
            _ => continue,
        };
        let text = text(tree, tree.inside(number));
        text.trim().clone_into(&mut document.links[link as usize].text);
    }
    for (element, link) in unseen {
        // No file is copied for it.
        "#".clone_into(&mut document.links[link as usize].target);
        let element = &mut document.tree.elements[element as usize];
        element.attributes.retain(|(_, value)| !matches!(value, Value::Link(_)));
        if !element.attributes.iter().any(|(name, _)| matches!(name.as_str(), "id" | "name")) {
            element.name = "";
        }
    }
}

fn is_seen(tree: &Tree, number: usize, element: &Element) -> bool {
    let is_picture = |node: usize| match tree.node(node).kind {
        Kind::Image { .. } => true,
        Kind::Element(element) => tree.elements[element as usize].name == "img",
        _ => false,
    };
    element.text("aria-label").is_some()
        || tree.inside(number).any(is_picture)
        || !text(tree, tree.inside(number)).trim().is_empty()
}
