//! The plain text, cut at headings.

use super::Found;
use crate::document::{Document, Kind, Section, Visit, plain};
use crate::text::fold::single_spaced;

/// Makes the sections.
pub(super) fn run(document: &mut Document, _: &Found) {
    let tree = &document.tree;
    let mut section = Section::default();
    let mut done = |mut section: Section| {
        section.text = single_spaced(&section.text);
        if !section.text.is_empty() || !section.heading.is_empty() {
            document.sections.push(section);
        }
    };
    let mut walk = tree.walk(0..tree.nodes().len());
    while let Some(visit) = walk.next() {
        match visit {
            Visit::Enter(number) => match tree.node(number).kind {
                Kind::Heading(heading) => {
                    let heading = &document.headings[heading as usize];
                    let (anchor, heading) = (Some(heading.id.clone()), heading.text.clone());
                    let next = Section { anchor, heading, text: String::new() };
                    done(std::mem::replace(&mut section, next));
                    walk.skip_inside();
                }
                Kind::Lead => walk.skip_inside(),
                _ => plain::push(tree, visit, &mut section.text),
            },
            Visit::Leave(_) => plain::push(tree, visit, &mut section.text),
        }
    }
    done(section);
}
