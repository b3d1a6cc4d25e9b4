//! Numbered lists that stand by themselves: what to do, step by step.

use super::Found;
use super::holders::Holders;
use crate::document::{Document, Kind, Visit, text};
use crate::text::fold::single_spaced;

/// A numbered list that nothing else holds, or only `:::steps` and parts for some readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Procedure {
    /// The anchor of the heading above it.
    pub anchor: Option<String>,
    /// The plain text of its items.
    pub steps: Vec<String>,
}

/// Finds the procedures.
pub(super) fn run(document: &mut Document, _: &Found) {
    let tree = &document.tree;
    let mut holders = Holders::default();
    let mut anchor = None;
    for visit in tree.walk(0..tree.nodes().len()) {
        if let Visit::Enter(number) = visit {
            match tree.node(number).kind {
                Kind::Heading(heading) => anchor = Some(&document.headings[heading as usize].id),
                Kind::List(Some(_)) if holders.is_procedure() => {
                    let items = tree.children(tree.inside(number));
                    let texts = items.map(|item| single_spaced(&text(tree, tree.inside(item))));
                    let steps = texts.filter(|text| !text.is_empty()).collect();
                    document.procedures.push(Procedure { anchor: anchor.cloned(), steps });
                }
                _ => {}
            }
        }
        holders.follow(tree, visit);
    }
}
