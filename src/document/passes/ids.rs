//! Ids, and the headings that have them.

use super::Found;
use crate::diagnostic::{Code, Problem};
use crate::document::heading_id::{Ids, is_reserved};
use crate::document::{Document, Heading, Kind, text};
use crate::text::fold::single_spaced;

/// Gives each heading and each step an id.
pub(super) fn run(document: &mut Document, found: &Found) {
    let tree = &document.tree;
    let mut ids = Ids::default();
    let mut html = found.html_ids.iter().peekable();
    for (number, node) in tree.nodes().iter().enumerate() {
        while let Some((_, id)) = html.next_if(|(node, _)| *node <= number) {
            ids.take(id);
        }
        match node.kind {
            Kind::Lead => document.lead = Some(number),
            Kind::Heading(heading) => {
                let named = &found.headings[heading as usize];
                let text = single_spaced(&text(tree, tree.inside(number)));
                if let Some(id) = &named.id
                    && !ids.take(id)
                {
                    let problem = Problem::new(Code::DuplicateAnchor, node.span()).with("id", id);
                    document.problems.push(problem);
                }
                let id = named.id.clone().filter(|id| !is_reserved(id));
                let id = id.unwrap_or_else(|| ids.unique(&text));
                // The page's title is its only level 1.
                let level = named.level.max(2);
                let classes = named.classes.clone();
                document.headings.push(Heading { level, id, text, classes });
            }
            _ => {}
        }
    }
    // Headings choose first: links to them may be older than the steps.
    document.steps = found.steps.iter().map(|wish| ids.unique(wish)).collect();
    document.anchors = ids.into_vec();
}
