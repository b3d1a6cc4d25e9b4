//! Where the steps of a troubleshooter begin and end.

use std::ops::Range;

use crate::document::{BlockKind, Document, Heading};

/// Headings of this level are steps.
const LEVEL: u8 = 2;

/// Where a step stands, in numbers of blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StepPlace {
    /// Its heading.
    pub block: usize,
    /// The number of the heading.
    heading: usize,
    /// The first block behind it.
    pub end: usize,
}

impl StepPlace {
    /// Its heading.
    pub(crate) fn heading<'d>(&self, document: &'d Document) -> &'d Heading {
        &document.headings[self.heading]
    }

    /// Where it stands in the body.
    pub(crate) fn span(&self, document: &Document) -> Range<usize> {
        let start = |block: usize| document.blocks[block].span.start;
        start(self.block)..start(self.end)
    }
}

/// The steps of a text, in its order. A part that only some roles see holds steps if it begins with
/// one; elsewhere it belongs to the step that it stands in.
pub(crate) fn find(document: &Document) -> Vec<StepPlace> {
    let blocks = &document.blocks;
    if !is_whole(document) {
        return Vec::new();
    }
    let mut found: Vec<StepPlace> = Vec::new();
    let mut open: Option<StepPlace> = None;
    // For each part for some roles that is open: whether it holds steps.
    let mut parts: Vec<bool> = Vec::new();
    for (number, block) in blocks.iter().enumerate() {
        let holds_steps = parts.last().copied().unwrap_or(true);
        let mut close = || found.extend(open.take().map(|step| StepPlace { end: number, ..step }));
        match block.kind {
            BlockKind::Heading(heading)
                if holds_steps && document.headings[heading].level == LEVEL =>
            {
                close();
                open = Some(StepPlace { block: number, heading, end: number });
            }
            BlockKind::RolesStart => {
                let begins = holds_steps && begins_with_step(document, number);
                if begins {
                    close();
                }
                parts.push(begins);
            }
            BlockKind::RolesEnd => {
                if parts.pop() == Some(true) {
                    close();
                }
            }
            BlockKind::End => close(),
            BlockKind::Heading(_) | BlockKind::List(_) | BlockKind::Code(_) | BlockKind::Other => {}
        }
    }
    found
}

/// Whether the first thing in a part for some roles is a step.
fn begins_with_step(document: &Document, start: usize) -> bool {
    let mut inside = document.blocks[start..].iter().map(|block| &block.kind);
    let first = inside.find(|kind| !matches!(kind, BlockKind::RolesStart));
    matches!(first, Some(BlockKind::Heading(heading)) if document.headings[*heading].level == LEVEL)
}

/// Whether all that begins ends. Raw html that is left open hides the ends of what it is in.
fn is_whole(document: &Document) -> bool {
    let mut depth = 0usize;
    for block in &document.blocks {
        match block.kind {
            BlockKind::RolesStart => depth += 1,
            BlockKind::RolesEnd => match depth.checked_sub(1) {
                Some(outer) => depth = outer,
                None => return false,
            },
            BlockKind::End => return depth == 0,
            _ => {}
        }
    }
    false
}
