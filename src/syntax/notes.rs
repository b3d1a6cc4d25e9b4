//! Which footnotes of a text are mentioned, and from where.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::fences::Step;
use crate::diagnostic::{Code, Problem};

/// Where footnotes of a text stand, and where they are mentioned.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    definitions: Vec<Definition>,
    /// Outside of footnotes: the name, and where it stands.
    mentions: Vec<(String, usize)>,
    /// Numbers of the definitions that are open.
    open: Vec<usize>,
}

#[derive(Debug)]
struct Definition {
    name: String,
    span: Range<usize>,
    mentions: Vec<(String, usize)>,
}

impl Notes {
    /// Notes an event of the parser.
    pub(crate) fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                self.open.push(self.definitions.len());
                let (name, span) = (name.to_lowercase(), range.clone());
                self.definitions.push(Definition { name, span, mentions: Vec::new() });
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                self.open.pop();
            }
            Event::FootnoteReference(name) => {
                let mention = (name.to_lowercase(), range.start);
                let inner = self.open.last().and_then(|open| self.definitions.get_mut(*open));
                inner.map_or(&mut self.mentions, |inner| &mut inner.mentions).push(mention);
            }
            _ => {}
        }
    }

    /// The footnotes that some mentions lead to, also by way of other footnotes. Of several with
    /// one name the first one counts.
    fn reached<'n>(
        &'n self,
        mut names: Vec<&'n str>,
        counts: &dyn Fn(usize) -> bool,
    ) -> BTreeSet<usize> {
        let known = self.definitions.iter().enumerate();
        let known = known.filter(|(_, definition)| counts(definition.span.start));
        let known: BTreeMap<&str, usize> =
            known.rev().map(|(number, definition)| (definition.name.as_str(), number)).collect();
        let mut reached = BTreeSet::new();
        while let Some(name) = names.pop() {
            let Some(number) = known.get(name).filter(|number| reached.insert(**number)) else {
                continue;
            };
            let inner = self.definitions[*number].mentions.iter();
            names.extend(inner.filter(|(_, at)| counts(*at)).map(|(name, _)| name.as_str()));
        }
        reached
    }

    /// The footnotes of the text that only what is cut mentions: they are a part of it.
    pub(crate) fn only_in(&self, is_cut: &dyn Fn(usize) -> bool) -> Vec<Range<usize>> {
        let is_shown = |at: usize| !is_cut(at);
        let outside = self.mentions.iter().filter(|(_, at)| is_shown(*at));
        let shown = self.reached(outside.map(|(name, _)| name.as_str()).collect(), &is_shown);
        let inner = self.definitions.iter().flat_map(|definition| &definition.mentions);
        let cut = self.mentions.iter().chain(inner).filter(|(_, at)| is_cut(*at));
        let cut = self.reached(cut.map(|(name, _)| name.as_str()).collect(), &is_shown);
        let hidden = cut.difference(&shown).map(|number| self.definitions[*number].span.clone());
        hidden.collect()
    }
}

/// The steps that a page shows: without footnotes that nothing on it mentions. Their text, links
/// and files would be there for search engines alone, and their writer does not see them. Of several
/// footnotes with one label the first is shown; letters of either case are the same.
pub(crate) fn shown<'a>(
    mut steps: Vec<(Step<'a>, Range<usize>)>,
    text: &str,
) -> Vec<(Step<'a>, Range<usize>)> {
    let is_note =
        |step: &Step<'_>| matches!(step, Step::Event(Event::Start(Tag::FootnoteDefinition(_))));
    if !steps.iter().any(|(step, _)| is_note(step)) {
        return steps;
    }
    let twice = unify(&mut steps, text);
    let mut notes = Notes::default();
    for (step, range) in &steps {
        if let Step::Event(event) = step {
            notes.event(event, range);
        }
    }
    let mentioned = notes.mentions.iter().map(|(name, _)| name.as_str());
    let reached = notes.reached(mentioned.collect(), &|_| true);
    let (mut next, mut open) = (0, Vec::new());
    let mut is_shown = |step: &Step<'_>| {
        let is_here = open.last().copied().unwrap_or(true);
        match step {
            Step::Event(Event::Start(Tag::FootnoteDefinition(_))) => {
                let is_shown = reached.contains(&next);
                next += 1;
                open.push(is_shown);
                is_shown
            }
            Step::Event(Event::End(TagEnd::FootnoteDefinition)) => open.pop().unwrap_or(true),
            Step::Event(_) | Step::Open(_) | Step::Close => is_here,
            // What is wrong with a text is told wherever it stands.
            Step::Stray | Step::Swallowed(_) | Step::TooDeep | Step::Lost(_) => true,
        }
    };
    let told = twice.into_iter().map(|problem| {
        let span = problem.span.clone();
        (Step::Lost(Box::new(problem)), span)
    });
    steps.into_iter().filter(|(step, _)| is_shown(step)).chain(told).collect()
}

/// Gives all footnotes with one label and all that name them the same name, but for later ones with
/// that label: those get names that nothing can have. Tells of those that say something else.
fn unify(steps: &mut [(Step<'_>, Range<usize>)], text: &str) -> Vec<Problem> {
    let said = |range: &Range<usize>| -> String {
        // Prefixes of lines are those of the places where a snippet stands.
        text[range.clone()].chars().filter(|c| !c.is_whitespace() && *c != '>').collect()
    };
    let mut first: BTreeMap<String, (Range<usize>, String)> = BTreeMap::new();
    let mut twice = Vec::new();
    for (step, range) in steps {
        let Step::Event(event) = step else { continue };
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                let label = name.to_lowercase();
                *name = label.clone().into();
                let Some((before, text_before)) = first.get(&label) else {
                    first.insert(label, (range.clone(), said(range)));
                    continue;
                };
                *name = format!("{label}]").into();
                if *text_before != said(range) {
                    let line = |range: &Range<usize>| {
                        let line = text[range.clone()].lines().next().unwrap_or_default();
                        range.start..range.start + line.trim_end().len()
                    };
                    let written = text[range.clone()].split_inclusive(']').next();
                    let problem = Problem::new(Code::FootnoteTwice, line(range))
                        .with("label", written.unwrap_or_default())
                        .related(line(before));
                    twice.push(problem);
                }
            }
            Event::FootnoteReference(name) => *name = name.to_lowercase().into(),
            _ => {}
        }
    }
    twice
}
