//! Footnotes: numbered by their first mention.

use std::collections::BTreeMap;

use super::Found;
use crate::document::{Document, Kind};

/// The footnotes of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Footnotes {
    /// The nodes that mention one, in order, with its number, and whether they are the first.
    mentions: Vec<(usize, usize, bool)>,
    /// The numbers and nodes of those that are mentioned, in the order of their numbers.
    pub notes: Vec<(usize, usize)>,
}

impl Footnotes {
    /// The number of the footnote that a node mentions, and whether nothing before does.
    pub(crate) fn mention(&self, node: usize) -> Option<(usize, bool)> {
        let at = self.mentions.binary_search_by_key(&node, |(node, ..)| *node).ok()?;
        let (_, number, is_first) = self.mentions[at];
        Some((number, is_first))
    }
}

/// Numbers the footnotes. Of several with one name the last one counts.
pub(super) fn run(document: &mut Document, _: &Found) {
    let tree = &document.tree;
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut definitions: BTreeMap<&str, usize> = BTreeMap::new();
    let mut footnotes = Footnotes::default();
    for (node, known) in tree.nodes().iter().enumerate() {
        match known.kind {
            Kind::FootnoteReference(name) => {
                let next = numbers.len() + 1;
                let number = *numbers.entry(tree.words(name)).or_insert(next);
                footnotes.mentions.push((node, number, number == next));
            }
            Kind::FootnoteDefinition(name) => {
                definitions.insert(tree.words(name), node);
            }
            _ => {}
        }
    }
    let notes =
        numbers.iter().filter_map(|(name, number)| Some((*number, *definitions.get(name)?)));
    footnotes.notes = notes.collect();
    footnotes.notes.sort_unstable();
    document.footnotes = footnotes;
}
