//! Ids, and the headings that have them.

use std::collections::BTreeSet;

use super::Found;
use crate::diagnostic::{Code, Problem};
use crate::document::heading_id::Ids;
use crate::document::{Document, Heading, Kind, text};
use crate::text::fold::single_spaced;

/// Gives each heading and each step an id. Ids that writers chose come first, whatever stands before
/// them: links lead there.
pub(super) fn run(document: &mut Document, found: &Found) {
    let mut ids = Ids::default();
    let chosen = chosen(document, found, &mut ids);
    let tree = &document.tree;
    for (number, node) in tree.nodes().iter().enumerate() {
        match node.kind {
            Kind::Lead => document.lead = Some(number),
            Kind::Heading(heading) => {
                let named = &found.headings[heading as usize];
                let text = single_spaced(&text(tree, tree.inside(number)));
                let id = chosen[heading as usize].clone();
                let id = id.unwrap_or_else(|| ids.unique(named.id.as_ref().unwrap_or(&text)));
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

/// Takes the ids that writers chose, in the order of the text; for each heading its own, if nothing
/// has it already. A second element with the same id gives it up.
fn chosen(document: &mut Document, found: &Found, ids: &mut Ids) -> Vec<Option<String>> {
    for (number, _) in &document.footnotes.notes {
        ids.take(&format!("fn-{number}"));
        ids.take(&format!("fnref-{number}"));
    }
    let mut html = found.html_ids.iter().peekable();
    let mut chosen = vec![None; found.headings.len()];
    let mut twice = Vec::new();
    for (number, node) in document.tree.nodes().iter().enumerate() {
        let mut own: Option<&str> = None;
        while let Some((at, id)) = html.next_if(|(node, _)| *node <= number) {
            // As `id` and as `name` of one element it is the same.
            if !(ids.take(id) || own == Some(id) && *at == number) {
                twice.push((*at, id));
            }
            own = Some(id);
        }
        let Kind::Heading(heading) = node.kind else { continue };
        let Some(id) = &found.headings[heading as usize].id else { continue };
        if ids.take(id) {
            chosen[heading as usize] = Some(id.clone());
        } else {
            twice.push((number, id));
        }
    }
    let mut told = BTreeSet::new();
    for (number, id) in twice {
        let node = *document.tree.node(number);
        let is_html = if let Kind::Element(element) = node.kind {
            document.tree.elements[element as usize].drop_id(id);
            true
        } else {
            if let Some(attributes) = document.tree.attributes.get_mut(&number) {
                attributes.retain(|(name, _)| name != "id");
            }
            false
        };
        // Who copies an element of html copies it hundreds of times.
        if told.insert(id) || !is_html {
            let problem = Problem::new(Code::DuplicateAnchor, node.span()).with("id", id);
            document.problems.push(problem);
        }
    }
    chosen
}
