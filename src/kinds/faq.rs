//! Questions and answers: each heading of level 2 is a question; one that has nothing but headings
//! of level 3 below it is a topic, and those are its questions.

use std::ops::Range;

use super::{Edge, Input, Part, Shape};
use crate::diagnostic::{Code, Problem};
use crate::document::{Block, BlockKind, Document, Heading, Section};

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    /// The anchor of its heading.
    pub anchor: String,
    /// Its heading.
    pub question: String,
    /// The heading of its topic.
    pub topic: Option<String>,
    /// Its text, by the numbers of `sections` in the document; the first one is its own.
    pub sections: Range<usize>,
}

impl Question {
    /// The answer as plain text, with the headings in it.
    pub(crate) fn answer(&self, document: &Document) -> String {
        let sections = document.sections.get(self.sections.clone()).unwrap_or_default();
        let below = sections.iter().skip(1).flat_map(|section| [&section.heading, &section.text]);
        let texts = sections.first().map(|own| &own.text).into_iter().chain(below);
        let texts: Vec<&str> = texts.map(String::as_str).filter(|text| !text.is_empty()).collect();
        texts.join(" ")
    }
}

/// What a block is to the questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum QuestionPart {
    /// The heading of a question.
    Question,
    /// The heading of a topic.
    Topic,
    /// A boundary of a part for some readers, which holds whole questions.
    Boundary,
    /// Part of an answer, or of what stands before the first question.
    Text,
}

/// Finds the questions.
pub(crate) fn read(input: &Input<'_>, shape: &mut Shape) -> Vec<Problem> {
    let document = input.document;
    let roles = roles(document);
    shape.edges = edges(&document.blocks, &roles);
    let mut problems = Vec::new();
    let mut topic = None;
    let mut from = 0;
    for (at, block) in document.blocks.iter().enumerate() {
        let Some(heading) = heading(document, block) else { continue };
        match roles[at] {
            QuestionPart::Topic => topic = Some(heading.text.clone()),
            QuestionPart::Question => {
                topic = topic.filter(|_| heading.level > 2);
                let sections = sections(document, at, &roles, from);
                from = sections.end;
                let (anchor, question) = (heading.id.clone(), heading.text.clone());
                let question = Question { anchor, question, topic: topic.clone(), sections };
                if question.answer(document).is_empty() && !is_shown(document, at) {
                    let problem = Problem::new(Code::FaqAnswerMissing, block.span.clone());
                    problems.push(problem.with("question", &heading.text));
                }
                shape.questions.push(question);
            }
            QuestionPart::Boundary | QuestionPart::Text => {}
        }
    }
    if shape.questions.is_empty() {
        problems.push(Problem::new(Code::FaqEmpty, 0..0));
    }
    problems
}

fn heading<'d>(document: &'d Document, block: &Block) -> Option<&'d Heading> {
    match block.kind {
        BlockKind::Heading(number) => document.headings.get(number),
        _ => None,
    }
}

/// Whether something stands below a question, though it has no words: a picture.
fn is_shown(document: &Document, question: usize) -> bool {
    let next = document.blocks.get(question + 1).map(|block| &block.kind);
    matches!(next, Some(BlockKind::Other | BlockKind::Code(_) | BlockKind::List(_)))
}

/// What each block is.
fn roles(document: &Document) -> Vec<QuestionPart> {
    let blocks = &document.blocks;
    let mut roles = vec![QuestionPart::Text; blocks.len()];
    let mut in_topic = false;
    for (at, block) in blocks.iter().enumerate() {
        let Some(heading) = heading(document, block).filter(|heading| !heading.text.is_empty())
        else {
            continue;
        };
        if heading.level == 2 {
            in_topic = is_topic(document, at);
            roles[at] = if in_topic { QuestionPart::Topic } else { QuestionPart::Question };
        } else if heading.level == 3 && in_topic {
            roles[at] = QuestionPart::Question;
        }
    }
    let mut starts = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        match block.kind {
            BlockKind::RolesStart => starts.push(at),
            BlockKind::RolesEnd => {
                let Some(start) = starts.pop() else { continue };
                if roles[start..at].iter().any(|role| *role != QuestionPart::Text) {
                    (roles[start], roles[at]) = (QuestionPart::Boundary, QuestionPart::Boundary);
                }
            }
            _ => {}
        }
    }
    // Raw html that is not closed hides where the part ends; what begins in it cannot be wrapped.
    if let Some(start) = starts.first() {
        roles[*start..].fill(QuestionPart::Text);
        roles[*start] = QuestionPart::Boundary;
    }
    roles
}

/// Whether nothing stands between a heading of level 2 and one of level 3 below it.
fn is_topic(document: &Document, at: usize) -> bool {
    let below = &document.blocks[at + 1..];
    let mut below = below
        .iter()
        .skip_while(|block| matches!(block.kind, BlockKind::RolesStart | BlockKind::RolesEnd));
    let next = below.next().and_then(|block| self::heading(document, block));
    next.is_some_and(|next| next.level == 3)
}

/// The sections of the question whose heading is a block: up to the next question or topic. They
/// are looked for from `from` on, since two headings may have one anchor.
fn sections(
    document: &Document,
    question: usize,
    roles: &[QuestionPart],
    from: usize,
) -> Range<usize> {
    let find = |block: usize, from: usize| {
        let heading = heading(document, &document.blocks[block])?;
        let is_it = |section: &Section| section.anchor.as_ref() == Some(&heading.id);
        Some(from + document.sections.get(from..)?.iter().position(is_it)?)
    };
    let Some(start) = find(question, from) else { return from..from };
    let ends =
        |block: &usize| matches!(roles[*block], QuestionPart::Question | QuestionPart::Topic);
    let next = (question + 1..roles.len()).find(ends);
    let end = next.and_then(|next| find(next, start + 1));
    start..end.unwrap_or(document.sections.len())
}

/// Where questions and answers begin and end.
fn edges(blocks: &[Block], roles: &[QuestionPart]) -> Vec<(usize, Vec<Edge>)> {
    let mut edges = Vec::new();
    // Whether the answer to the open question has begun.
    let mut open = None;
    let end = |has_answer: bool| {
        let answer = has_answer.then_some(Edge::End(Part::Answer));
        answer.into_iter().chain([Edge::End(Part::Question)])
    };
    for (at, (block, role)) in blocks.iter().zip(roles).enumerate() {
        let mut here = Vec::new();
        if *role != QuestionPart::Text || block.kind == BlockKind::End {
            here.extend(open.take().into_iter().flat_map(end));
        } else if open == Some(false) {
            here.push(Edge::Start(Part::Answer));
            open = Some(true);
        }
        if *role == QuestionPart::Question {
            here.push(Edge::Start(Part::Question));
            open = Some(false);
        }
        if !here.is_empty() {
            edges.push((at, here));
        }
    }
    edges.extend(open.map(|has_answer| (blocks.len(), end(has_answer).collect())));
    edges
}
