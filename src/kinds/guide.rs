//! Troubleshooting guides: symptom, whom it concerns, cause, solution.

use super::{Input, Shape, headings};
use crate::article::Kind;
use crate::diagnostic::Code;
use crate::markdown::{BlockKind, Problem};

/// A part of a guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What the reader sees.
    Symptom,
    /// Products and versions it concerns.
    AppliesTo,
    /// Why it happens.
    Cause,
    /// What to do.
    Solution,
}

impl Part {
    /// All, in the order in which a guide tells them.
    pub const ALL: [Part; 4] = [Part::Symptom, Part::AppliesTo, Part::Cause, Part::Solution];

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Part::Symptom => ("the symptom (`## Issue`)", "问题现象（`## 问题现象`）"),
            Part::AppliesTo => (
                "what it applies to (`products:` or `## Applies to`)",
                "适用范围（`products:` 或 `## 适用范围`）",
            ),
            Part::Cause => ("the cause (`## Cause`)", "原因（`## 原因`）"),
            Part::Solution => ("the solution (`## Solution`)", "解决方法（`## 解决方法`）"),
        }
    }
}

/// The parts of a guide.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guide {
    /// What is found, in the order of the text.
    pub sections: Vec<GuideSection>,
}

/// One section of a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuideSection {
    /// What it tells.
    pub part: Part,
    /// The block of its heading.
    block: usize,
    /// Its anchor.
    pub anchor: String,
    /// Its heading.
    pub heading: String,
    /// Its plain text.
    pub text: String,
    /// What it begins with.
    pub opening: Opening,
}

/// What a section begins with, in short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// A list: its items.
    List(Vec<String>),
    /// Code, such as the message on a screen: its first line.
    Code(String),
    /// Text.
    Text,
}

impl Guide {
    fn new(input: &Input<'_>) -> Self {
        let sections = input.headings().filter_map(|(block, heading, text)| {
            let part = headings::part(&heading.text, &input.config.guides)?;
            let (anchor, heading) = (heading.id.clone(), heading.text.clone());
            let opening = match input.document.blocks.get(block + 1).map(|block| &block.kind) {
                Some(BlockKind::List(items)) => {
                    Opening::List(items.iter().map(|item| item.text.clone()).collect())
                }
                Some(BlockKind::Code(line)) => Opening::Code(line.clone()),
                _ => Opening::Text,
            };
            Some(GuideSection { part, block, anchor, heading, text, opening })
        });
        Guide { sections: sections.collect() }
    }

    /// The first section that tells a part.
    pub fn section(&self, part: Part) -> Option<&GuideSection> {
        self.sections.iter().find(|section| section.part == part)
    }
}

/// The kind of an article that names none: one that tells a problem and its solution is a guide.
pub fn recognise(input: &Input<'_>) -> Kind {
    let guide = Guide::new(input);
    let tells = |part| guide.section(part).is_some();
    if tells(Part::Symptom) && tells(Part::Solution) { Kind::Guide } else { Kind::default() }
}

/// Finds the parts. A guide that calls itself one should have them all; why it happens is not
/// always known.
pub fn read(input: &Input<'_>, shape: &mut Shape) -> Vec<Problem> {
    let guide = Guide::new(input);
    let mut problems = Vec::new();
    if input.meta.kind == Some(Kind::Guide) {
        let first = input.document.blocks.first().map_or(0..0, |block| block.span.clone());
        let needs_scope = !input.config.products.is_empty() && input.meta.products.is_empty();
        let wanted = |part: &Part| match part {
            Part::Symptom | Part::Solution => true,
            Part::AppliesTo => needs_scope,
            Part::Cause => false,
        };
        let mut missing = Vec::new();
        for part in Part::ALL.into_iter().filter(wanted) {
            let (en, zh) = part.words();
            match guide.section(part) {
                None => missing.push((en, zh)),
                Some(section) if section.text.is_empty() => {
                    let span = input.document.blocks[section.block].span.clone();
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
