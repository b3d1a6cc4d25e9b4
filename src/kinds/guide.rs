//! Troubleshooting guides: symptom, whom it concerns, cause, solution.

use std::ops::Range;

use super::{Input, Shape, headings};
use crate::article::Kind;
use crate::diagnostic::{Code, Problem};
use crate::document::{BlockKind, Heading};

/// A part of a guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GuidePart {
    /// What the reader sees.
    Symptom,
    /// Products and versions it concerns.
    AppliesTo,
    /// Why it happens.
    Cause,
    /// What to do.
    Solution,
}

impl GuidePart {
    /// All, in the order in which a guide tells them.
    pub(crate) const ALL: [GuidePart; 4] =
        [GuidePart::Symptom, GuidePart::AppliesTo, GuidePart::Cause, GuidePart::Solution];

    fn words(self) -> (&'static str, &'static str) {
        match self {
            GuidePart::Symptom => ("the symptom (`## Issue`)", "问题现象（`## 问题现象`）"),
            GuidePart::AppliesTo => (
                "what it applies to (`products:` or `## Applies to`)",
                "适用范围（`products:` 或 `## 适用范围`）",
            ),
            GuidePart::Cause => ("the cause (`## Cause`)", "原因（`## 原因`）"),
            GuidePart::Solution => ("the solution (`## Solution`)", "解决方法（`## 解决方法`）"),
        }
    }
}

/// The parts of a guide.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Guide {
    /// What is found, in the order of the text.
    pub sections: Vec<GuideSection>,
}

/// One section of a guide, by its places in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GuideSection {
    /// What it tells.
    pub part: GuidePart,
    /// The block of its heading.
    pub block: usize,
    /// The number of its heading.
    pub heading: usize,
    /// Its sections of plain text: its own, and those of lower headings below it.
    pub sections: Range<usize>,
}

impl Guide {
    fn new(input: &Input<'_>) -> Self {
        let document = input.document;
        let starts = document.starts();
        let blocks = document.blocks.iter().enumerate();
        let sections = blocks.filter_map(|(block, known)| {
            let BlockKind::Heading(heading) = known.kind else { return None };
            let Heading { level, text, .. } = &document.headings[heading];
            let part = headings::part(text, &input.config.guides)?;
            let after = &document.headings[heading + 1..];
            let next = after.iter().position(|other| other.level <= *level);
            let end = next.map_or(document.sections.len(), |at| starts[heading + 1 + at]);
            Some(GuideSection { part, block, heading, sections: starts[heading]..end })
        });
        Guide { sections: sections.collect() }
    }

    /// The first section that tells a part.
    pub(crate) fn section(&self, part: GuidePart) -> Option<&GuideSection> {
        self.sections.iter().find(|section| section.part == part)
    }
}

/// The kind of an article that names none: one that tells a problem and its solution is a guide.
pub(crate) fn recognise(input: &Input<'_>) -> Kind {
    let guide = Guide::new(input);
    let tells = |part| guide.section(part).is_some();
    if tells(GuidePart::Symptom) && tells(GuidePart::Solution) {
        Kind::Guide
    } else {
        Kind::default()
    }
}

/// Finds the parts. A guide that calls itself one should have them all; why it happens is not
/// always known.
pub(crate) fn read(input: &Input<'_>, shape: &mut Shape) -> Vec<Problem> {
    let guide = Guide::new(input);
    let mut problems = Vec::new();
    if input.meta.kind == Some(Kind::Guide) {
        let document = input.document;
        let first = document.blocks.first().map_or(0..0, |block| block.span.clone());
        let needs_scope = !input.config.products.is_empty() && input.meta.products.is_empty();
        let wanted = |part: &GuidePart| match part {
            GuidePart::Symptom | GuidePart::Solution => true,
            GuidePart::AppliesTo => needs_scope,
            GuidePart::Cause => false,
        };
        let mut missing = Vec::new();
        for part in GuidePart::ALL.into_iter().filter(wanted) {
            let (en, zh) = part.words();
            match guide.section(part) {
                None => missing.push((en, zh)),
                Some(section) if document.text(&section.sections).is_empty() => {
                    let span = document.blocks[section.block].span.clone();
                    let problem = Problem::new(Code::GuidePartEmpty, span);
                    problems.push(problem.with_both("part", en, zh));
                }
                Some(_) => {}
            }
        }
        if !missing.is_empty() {
            let (en, zh): (Vec<_>, Vec<_>) = missing.into_iter().unzip();
            let problem = Problem::new(Code::GuidePartMissing, first);
            problems.push(problem.with_both("part", en.join(", "), zh.join("、")));
        }
    }
    shape.guide = Some(guide);
    problems
}
