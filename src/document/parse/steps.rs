//! Numbered steps: the items of an ordered list, or headings with what follows them.

use std::ops::Range;

use super::Builder;
use crate::diagnostic::{Code, Problem};
use crate::document::tree::Kind;

/// What is known of the steps of a page.
#[derive(Default)]
pub(super) struct StepsState {
    /// Containers begun so far.
    begun: usize,
}

/// A `:::steps` that is open.
pub(super) struct Steps {
    /// Where its line stands, and how much there was to see before what is in it.
    place: (Range<usize>, usize),
    /// Its number on the page.
    number: usize,
    /// How many containers are open directly in it.
    level: usize,
    /// The parser's depth directly in it.
    depth: usize,
    /// The number of the next item; none outside an ordered list.
    next: Option<u64>,
    /// The level of the headings that are steps.
    heading: Option<u8>,
    /// Whether there are items. Headings are no steps then.
    has_items: bool,
    /// The step of a heading that is open.
    step: Option<usize>,
}

impl Builder<'_> {
    /// Begins `:::steps`, whose node is open.
    pub(super) fn begin_steps(&mut self, span: &Range<usize>) -> Steps {
        self.steps.begun += 1;
        Steps {
            place: (span.clone(), self.seen),
            number: self.steps.begun,
            level: self.boxes() + 1,
            // The html block that stands for the fence is one level of the parser's own.
            depth: self.depth.saturating_sub(1),
            next: None,
            heading: None,
            has_items: false,
            step: None,
        }
    }

    /// Ends it. Where nothing is left, it may be what other readers see.
    pub(super) fn end_steps(&mut self, steps: &Steps) {
        let (span, before) = &steps.place;
        let has_steps = steps.has_items || steps.step.is_some();
        if !has_steps && self.seen > *before {
            self.parsed.problems.push(Problem::new(Code::StepsEmpty, span.clone()));
        }
    }

    /// The steps that a block `below` levels of the parser under their container belongs to.
    fn steps(&mut self, below: usize) -> Option<&mut Steps> {
        let (level, depth) = (self.boxes(), self.depth);
        let steps = self.containers.iter_mut().rev().find_map(|one| one.steps.as_mut())?;
        (steps.level == level && steps.depth + below == depth).then_some(steps)
    }

    /// A list that begins with a number, or has none.
    pub(super) fn list_in_steps(&mut self, start: Option<u64>) {
        if let Some(steps) = self.steps(1) {
            steps.next = start.filter(|_| steps.heading.is_none());
            steps.has_items |= steps.next.is_some();
        }
    }

    /// An item of a list, if it is a step.
    pub(super) fn item_in_steps(&mut self) -> Option<Kind> {
        let steps = self.steps(2)?;
        let number = steps.next?;
        steps.next = number.checked_add(1);
        let anchor = match steps.number {
            1 => format!("step-{number}"),
            set => format!("steps-{set}-{number}"),
        };
        self.parsed.steps.push(anchor);
        Some(Kind::StepItem(u32::try_from(self.parsed.steps.len() - 1).unwrap_or(u32::MAX)))
    }

    /// Begins a new step if a heading of this level is one.
    pub(super) fn heading_in_steps(&mut self, level: u8, span: &Range<usize>) {
        let Some(steps) = self.steps(1) else { return };
        if steps.has_items || level > *steps.heading.get_or_insert(level) {
            return;
        }
        if let Some(step) = steps.step.take() {
            self.close_to(step);
        }
        let step = self.push(Kind::Step, span);
        if let Some(steps) = self.steps(1) {
            steps.step = Some(step);
        }
    }
}
