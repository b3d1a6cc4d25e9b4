//! The words of links.

use super::Found;
use crate::document::{Document, Kind, text};

/// Gives each link of markdown its words.
pub(super) fn run(document: &mut Document, _: &Found) {
    let tree = &document.tree;
    for (number, node) in tree.nodes().iter().enumerate() {
        if let Kind::Link { link, .. } = node.kind {
            let text = text(tree, tree.inside(number));
            text.trim().clone_into(&mut document.links[link as usize].text);
        }
    }
}
