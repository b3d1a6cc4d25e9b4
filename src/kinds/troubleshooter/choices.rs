//! The choices of a step: lists at its end whose items lead on.

use std::collections::BTreeMap;
use std::ops::Range;

use percent_encoding::percent_decode_str;

use super::steps::StepPlace;
use super::{Choice, Target};
use crate::diagnostic::{Code, Problem};
use crate::document::{BlockKind, Document, Item, Link, slug};

/// Where addresses on the page itself lead.
pub(crate) struct Anchors<'d> {
    document: &'d Document,
    /// Steps by their anchors, the first of each.
    steps: BTreeMap<&'d str, usize>,
    /// Anchors by what is left of them in another spelling, as links are resolved.
    spellings: BTreeMap<String, &'d str>,
}

/// Where a link leads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leads {
    /// To a step.
    Step(usize),
    /// To another place on this page.
    Here,
    /// To none, though it means this page; the check of all links says so.
    Lost,
    /// To another page.
    Away,
}

impl<'d> Anchors<'d> {
    /// Prepares the look-ups.
    pub(crate) fn new(document: &'d Document, places: &[StepPlace]) -> Self {
        let ids = places.iter().enumerate().rev();
        let anchors = document.anchors.iter().rev();
        Anchors {
            document,
            steps: ids.map(|(n, place)| (place.heading(document).id.as_str(), n)).collect(),
            spellings: anchors.map(|known| (slug(known), known.as_str())).collect(),
        }
    }

    fn leads(&self, link: usize) -> Leads {
        let Some(anchor) = self.document.links[link].target.trim().strip_prefix('#') else {
            return Leads::Away;
        };
        let anchor = percent_decode_str(anchor).decode_utf8_lossy();
        if anchor.is_empty() || anchor == "top" {
            return Leads::Step(0);
        }
        let is_known = self.document.anchors.binary_search_by(|known| known[..].cmp(&anchor));
        let known = match is_known {
            Ok(_) => Some(&*anchor),
            Err(_) => self.spellings.get(&slug(&anchor)).copied(),
        };
        match known {
            Some(known) => self.steps.get(known).map_or(Leads::Here, |step| Leads::Step(*step)),
            None => Leads::Lost,
        }
    }
}

/// The links in a stretch of links that are no images.
fn words(document: &Document, links: Range<usize>) -> impl Iterator<Item = usize> {
    links.filter(|link| !document.links[*link].is_image)
}

/// Whether a list is meant to offer choices: something in it leads to a place on this page, or
/// each item leads somewhere.
fn is_offer(document: &Document, items: &[Item]) -> bool {
    let links = |item: &Item| words(document, item.links.clone());
    let is_here = |link: usize| document.links[link].target.trim().starts_with('#');
    items.iter().flat_map(links).any(is_here) || items.iter().all(|item| links(item).count() == 1)
}

/// The lists of choices of a step, by their blocks: those at its end, one after the other, also in
/// parts for some roles.
pub(crate) fn lists(document: &Document, place: &StepPlace) -> Vec<usize> {
    let mut found = Vec::new();
    tail(document, place.block + 1..place.end, &mut found);
    found.reverse();
    found
}

/// Finds the lists at the end of some blocks, from behind. What only some readers see does not
/// stand in the way: it may be text that others do not have.
fn tail(document: &Document, blocks: Range<usize>, found: &mut Vec<usize>) {
    let mut at = blocks.end;
    while at > blocks.start {
        at -= 1;
        match &document.blocks[at].kind {
            BlockKind::List(items) if is_offer(document, items) => found.push(at),
            BlockKind::RolesEnd => {
                let start = start_of_part(document, at);
                tail(document, start + 1..at, found);
                at = start;
            }
            _ => return,
        }
    }
}

fn start_of_part(document: &Document, end: usize) -> usize {
    let mut depth = 0usize;
    for number in (0..end).rev() {
        match document.blocks[number].kind {
            BlockKind::RolesEnd => depth += 1,
            BlockKind::RolesStart if depth == 0 => return number,
            BlockKind::RolesStart => depth -= 1,
            _ => {}
        }
    }
    0
}

/// The choices of a step, and what is wrong with the lists that they stand in.
pub(crate) fn read(
    document: &Document,
    place: &StepPlace,
    anchors: &Anchors<'_>,
) -> (Vec<Choice>, Vec<Problem>) {
    let mut choices = Vec::new();
    let mut problems = Vec::new();
    for item in lists(document, place).into_iter().flat_map(|list| items(document, list)) {
        let links: Vec<usize> = words(document, item.links.clone()).collect();
        let [link] = links[..] else {
            let span = links.get(1).map(|second| document.links[*second].span.clone());
            let problem =
                Problem::new(Code::StepChoiceMisplaced, span.unwrap_or(item.span.clone()));
            problems.push(match links.is_empty() {
                true => problem.with_both(
                    "reason",
                    "this item of the choices has no link",
                    "选项列表中的这一项没有链接",
                ),
                false => problem.with_both(
                    "reason",
                    "this item of the choices has more than one link",
                    "选项列表中的这一项不止一个链接",
                ),
            });
            continue;
        };
        let written = &document.links[link];
        let target = match anchors.leads(link) {
            Leads::Step(step) => Target::Step(step),
            Leads::Away => Target::Elsewhere,
            Leads::Lost => Target::Nowhere,
            Leads::Here => {
                problems.push(no_step(written));
                Target::Nowhere
            }
        };
        let label = [&*item.text, written.text.as_str(), &written.target];
        let label = label.into_iter().find(|text| !text.is_empty()).unwrap_or_default().to_owned();
        choices.push(Choice { label, link, target });
    }
    (choices, problems)
}

fn items(document: &Document, list: usize) -> &[Item] {
    match &document.blocks[list].kind {
        BlockKind::List(items) => items,
        _ => &[],
    }
}

fn no_step(link: &Link) -> Problem {
    let anchor = link.target.trim().trim_start_matches('#');
    Problem::new(Code::StepUnknownTarget, link.span.clone()).with("anchor", anchor).with_both(
        "suggestion",
        "The heading is there, but steps are headings with `##` that stand by themselves.",
        "标题是有的，但只有独立成行的 `##` 标题才是步骤。",
    )
}

/// The steps that links before the first step lead to.
pub(crate) fn entries(
    document: &Document,
    places: &[StepPlace],
    anchors: &Anchors<'_>,
) -> Vec<usize> {
    let start = places.first().map_or(0, |place| place.span(document).start);
    let all = words(document, 0..document.links.len());
    let before = all.filter(|link| document.links[*link].span.start < start);
    let steps = before.filter_map(|link| match anchors.leads(link) {
        Leads::Step(step) => Some(step),
        _ => None,
    });
    steps.collect()
}

/// The step that a place in the text belongs to. Steps stand in their order, and apart.
fn around(document: &Document, places: &[StepPlace], at: usize) -> Option<usize> {
    let behind = places.partition_point(|place| place.span(document).start <= at);
    let own = behind.checked_sub(1)?;
    places[own].span(document).contains(&at).then_some(own)
}

/// For each step, those that any of its links lead to. Links that are no good as choices count too:
/// where they lead is known, and they are reported themselves.
pub(crate) fn ways(
    document: &Document,
    places: &[StepPlace],
    anchors: &Anchors<'_>,
) -> Vec<Vec<usize>> {
    let mut ways = vec![Vec::new(); places.len()];
    for link in words(document, 0..document.links.len()) {
        let at = document.links[link].span.start;
        let own = around(document, places, at);
        if let (Some(own), Leads::Step(step)) = (own, anchors.leads(link)) {
            ways[own].push(step);
        }
    }
    ways
}

/// Links behind the intro that lead to another step and are no choices.
pub(crate) fn stray(
    document: &Document,
    places: &[StepPlace],
    anchors: &Anchors<'_>,
) -> Vec<Problem> {
    let start = places.first().map_or(0, |place| place.span(document).start);
    let lists = places.iter().flat_map(|place| lists(document, place));
    let read: Vec<_> = lists.flat_map(|list| items(document, list)).map(|i| &i.links).collect();
    let is_stray = |link: &usize| {
        let at = document.links[*link].span.start;
        let own = around(document, places, at);
        let elsewhere = matches!(anchors.leads(*link), Leads::Step(step) if Some(step) != own);
        // Items are read in their order, so are their links.
        let list = read.partition_point(|links| links.end <= *link);
        at >= start && elsewhere && read.get(list).is_none_or(|links| !links.contains(link))
    };
    let links = words(document, 0..document.links.len()).filter(is_stray);
    let problem = |link: usize| {
        let span = document.links[link].span.clone();
        Problem::new(Code::StepChoiceMisplaced, span).with_both(
            "reason",
            "this link leads to another step, but stands outside the choices",
            "这个链接通向另一个步骤，却不在选项列表里",
        )
    };
    links.map(problem).collect()
}
