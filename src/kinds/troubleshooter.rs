//! Troubleshooters: steps with a question each, choices that lead from one to another, outcomes.
//!
//! 1. [`steps`] finds the steps among the blocks of a text, and the lists of choices at their ends.
//! 2. [`choices`] reads those lists, and says where each choice leads.
//! 3. [`walk`] looks at the whole: what is reached, what ends, how far it is.

mod choices;
mod steps;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use super::{Edge, Input, Part, Shape};
use crate::diagnostic::{Code, Problem};
use crate::document::Document;

/// A troubleshooter: its first step is where readers begin.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Tree {
    /// In the order of the text.
    pub steps: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// The block of its heading.
    pub block: usize,
    /// Its anchor.
    pub anchor: String,
    /// Its heading.
    pub title: String,
    /// What it means to be here, if it is an end.
    pub outcome: Option<Outcome>,
    /// Where it goes on.
    pub choices: Vec<Choice>,
    /// The most steps that may still follow; none if some way goes in a circle.
    pub left: Option<usize>,
}

/// How a troubleshooter ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The problem is solved.
    Resolved,
    /// Somebody else takes over.
    Escalate,
}

/// An answer that a reader can give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Its words.
    pub label: String,
    /// Its link, by the number in the document.
    pub link: usize,
    /// Where it leads.
    pub target: Target,
}

/// Where a choice leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// To a step, by its number.
    Step(usize),
    /// Out of the troubleshooter.
    Elsewhere,
    /// To something that is no step; reported.
    Nowhere,
}

impl Outcome {
    /// The word for it: the class that writers give a heading.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Outcome::Resolved => "resolved",
            Outcome::Escalate => "escalate",
        }
    }
}

impl Tree {
    /// Whether a link of the page is one of the choices.
    pub(crate) fn is_choice(&self, link: usize) -> bool {
        self.steps.iter().any(|step| {
            // Links are numbered in the order of the text, and so are choices.
            step.choices.first().is_some_and(|first| first.link <= link)
                && step.choices.binary_search_by_key(&link, |choice| choice.link).is_ok()
        })
    }
}

impl Step {
    /// The steps that its choices lead to.
    fn next(&self) -> impl DoubleEndedIterator<Item = usize> {
        self.choices.iter().filter_map(|choice| match choice.target {
            Target::Step(step) => Some(step),
            Target::Elsewhere | Target::Nowhere => None,
        })
    }
}

/// Finds the steps, and says what is wrong with them.
pub(crate) fn read(input: &Input<'_>, shape: &mut Shape) -> Vec<Problem> {
    let document = input.document;
    let places = steps::find(document);
    if places.is_empty() {
        return vec![Problem::new(Code::TroubleshooterEmpty, 0..0)];
    }
    let anchors = choices::Anchors::new(document, &places);
    let mut problems = Vec::new();
    let mut tree = Tree::default();
    for place in &places {
        let (choices, found) = choices::read(document, place, &anchors);
        problems.extend(found);
        let heading = place.heading(document);
        let is = |outcome: &Outcome| heading.classes.iter().any(|class| class == outcome.name());
        tree.steps.push(Step {
            block: place.block,
            anchor: heading.id.clone(),
            title: heading.text.clone(),
            outcome: [Outcome::Resolved, Outcome::Escalate].into_iter().find(is),
            choices,
            left: None,
        });
    }
    problems.extend(choices::stray(document, &places, &anchors));
    walk::measure(&mut tree);
    let found = walk::TreeFindings {
        entries: choices::entries(document, &places, &anchors),
        ways: choices::ways(document, &places, &anchors),
        // Choices that are written wrongly are said already.
        tried: {
            let starts: BTreeSet<usize> = problems.iter().map(|p| p.span.start).collect();
            let has_problem =
                |place: &steps::StepPlace| starts.range(place.span(document)).next().is_some();
            places.iter().map(has_problem).collect()
        },
    };
    problems.extend(walk::problems(&tree, &found, &places, document));
    shape.edges = edges(document, &places);
    shape.tree = Some(tree);
    problems
}

/// Where steps and choices begin and end.
fn edges(document: &Document, places: &[steps::StepPlace]) -> Vec<(usize, Vec<Edge>)> {
    let mut edges = BTreeMap::<usize, Vec<Edge>>::new();
    let mut put = |block, edge| edges.entry(block).or_default().push(edge);
    for (number, place) in places.iter().enumerate() {
        put(place.block, Edge::Start(Part::Step(number)));
        for list in choices::lists(document, place) {
            put(list, Edge::Start(Part::Choices));
            // Behind such a list comes another, a part for some readers, or the end of the step:
            // all of them have marks.
            put(list + 1, Edge::End(Part::Choices));
        }
        put(place.end, Edge::End(Part::Step(number)));
    }
    edges.into_iter().collect()
}
