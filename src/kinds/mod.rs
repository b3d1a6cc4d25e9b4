//! What the parts of an article are, by its kind: questions, steps, symptom and solution.
//!
//! One file and one row of [`KINDS`] for each kind that has parts. A reader looks at a parsed
//! document and fills in a [`Shape`]; what is behind goes by the shape. Only structured data, the
//! hand-off and the script of troubleshooters ask for the kind.

mod faq;
mod guide;
pub(crate) mod headings;
pub(crate) mod troubleshooter;

use crate::article::{Kind, Meta};
use crate::config::Config;
use crate::diagnostic::Problem;
use crate::document::Document;

pub(crate) use faq::Question;
pub(crate) use guide::{Guide, GuidePart, GuideSection};
pub(crate) use troubleshooter::Tree;

/// What is known of an article when its parts are looked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Input<'a> {
    /// Its front matter.
    pub meta: &'a Meta,
    /// Its parsed body.
    pub document: &'a Document,
    /// The configuration.
    pub config: &'a Config,
}

/// The parts of an article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Shape {
    /// What kind it is: the one its front matter names, or the one that its parts show.
    pub kind: Kind,
    /// What begins and ends before a block, by the block's number, ascending; one number more stands
    /// for the end of the text.
    pub edges: Vec<(usize, Vec<Edge>)>,
    /// Symptom, cause, solution.
    pub guide: Option<Guide>,
    /// Questions and answers.
    pub questions: Vec<Question>,
    /// Steps and where they lead.
    pub tree: Option<Tree>,
}

impl Shape {
    /// What begins and ends before a block.
    pub(crate) fn before(&self, block: usize) -> &[Edge] {
        let found = self.edges.binary_search_by_key(&block, |(block, _)| *block);
        found.map_or(&[], |at| &self.edges[at].1)
    }
}

/// The begin or end of a part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    /// A part begins.
    Start(Part),
    /// It ends.
    End(Part),
}

/// A part of an article that has a box of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// A question with its answer.
    Question,
    /// The answer.
    Answer,
    /// A step of a troubleshooter, by its number.
    Step(usize),
    /// A list of choices.
    Choices,
}

type ReadKind = fn(&Input<'_>, &mut Shape) -> Vec<Problem>;

/// The kinds that have parts.
const KINDS: &[(Kind, ReadKind)] = &[
    (Kind::Faq, faq::read),
    (Kind::Guide, guide::read),
    (Kind::Troubleshooter, troubleshooter::read),
];

/// Finds the parts of an article, and says what is wrong with them.
pub(crate) fn read(input: &Input<'_>) -> (Shape, Vec<Problem>) {
    let named = input.meta.kind;
    let kind = named.unwrap_or_else(|| guide::recognise(input));
    let mut shape = Shape { kind, ..Shape::default() };
    let reader = KINDS.iter().find(|(known, _)| *known == kind).map(|(_, reader)| reader);
    let problems = reader.map(|reader| reader(input, &mut shape)).unwrap_or_default();
    (shape, problems)
}
