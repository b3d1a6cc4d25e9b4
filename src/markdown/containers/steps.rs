//! Numbered steps: the items of an ordered list, or headings with what follows them.

use std::ops::Range;

use super::Form;
use crate::diagnostic::Code;
use crate::markdown::writer::Writer;
use crate::markdown::{Problem, pieces};

/// `:::steps`.
pub(crate) const FORM: Form = Form {
    open: |writer, begin| {
        let from = writer.out.len();
        writer.out.push_str("<div class=\"steps\">\n");
        writer.mark(from, begin.span);
        // The html block that stands for the fence is one level of the parser's own.
        let (level, depth) = (writer.boxes(), writer.depth.saturating_sub(1));
        let place = (begin.span.clone(), writer.out.len());
        writer.steps.begin(level, depth, place);
    },
    close: |writer| {
        let Some(steps) = writer.steps.open.pop() else { return };
        // Where nothing is left, it may be what other readers see.
        let (span, start) = steps.place;
        let has_steps = steps.has_items || steps.has_section;
        if !has_steps && !writer.out[start..].trim().is_empty() {
            writer.document.problems.push(Problem::new(Code::StepsEmpty, span));
        }
        writer.out.push_str(if steps.has_section { "</section>\n" } else { "" });
        writer.out.push_str("</div>\n");
    },
};

/// What the writer knows of steps.
#[derive(Default)]
pub(crate) struct StepsState {
    open: Vec<Steps>,
    /// Containers begun so far.
    begun: usize,
    /// Anchors by the numbers of the marks that stand for them.
    anchors: Vec<(usize, String)>,
}

/// A container that is open.
struct Steps {
    /// Where its line stands, and where its html begins.
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
    /// Whether the section of a heading is open.
    has_section: bool,
}

impl StepsState {
    fn begin(&mut self, level: usize, depth: usize, place: (Range<usize>, usize)) {
        self.begun += 1;
        self.open.push(Steps {
            place,
            number: self.begun,
            level,
            depth,
            next: None,
            heading: None,
            has_items: false,
            has_section: false,
        });
    }
}

impl Writer<'_> {
    /// The steps that a block `below` levels of the parser under their container belongs to.
    fn steps(&mut self, below: usize) -> Option<&mut Steps> {
        let (level, depth) = (self.boxes(), self.depth);
        let steps = self.steps.open.last_mut()?;
        (steps.level == level && steps.depth + below == depth).then_some(steps)
    }

    /// A list that begins with a number, or has none.
    pub(in crate::markdown) fn list_in_steps(&mut self, start: Option<u64>) {
        if let Some(steps) = self.steps(1) {
            steps.next = start.filter(|_| steps.heading.is_none());
            steps.has_items |= steps.next.is_some();
        }
    }

    /// Opens a list item if it is a step.
    pub(in crate::markdown) fn item_in_steps(&mut self, is_task: bool) -> bool {
        let Some(steps) = self.steps(2) else { return false };
        let Some(number) = steps.next else { return false };
        steps.next = number.checked_add(1);
        let anchor = match steps.number {
            1 => format!("step-{number}"),
            set => format!("steps-{set}-{number}"),
        };
        // Headings choose their ids first: links to them may be older than the steps.
        let mark = pieces::opaque(self.opaque.len());
        self.steps.anchors.push((self.opaque.len(), anchor));
        self.opaque.push(String::new());
        let class = if is_task { "task step-item" } else { "step-item" };
        // For the mouse alone, like the anchors of headings.
        self.out.push_str(&format!(
            "<li class=\"{class}\" id=\"{mark}\"><a class=\"anchor\" href=\"#{mark}\" \
             aria-hidden=\"true\" tabindex=\"-1\">#</a>"
        ));
        true
    }

    /// Begins a new step if a heading of this level is one.
    pub(in crate::markdown) fn heading_in_steps(&mut self, level: u8, span: &Range<usize>) {
        let Some(steps) = self.steps(1) else { return };
        if steps.has_items || level > *steps.heading.get_or_insert(level) {
            return;
        }
        let end = if steps.has_section { "</section>\n" } else { "" };
        steps.has_section = true;
        self.out.push_str(end);
        let from = self.out.len();
        self.out.push_str("<section class=\"step-item\">\n");
        self.mark(from, span);
    }

    /// Gives the steps their anchors.
    pub(in crate::markdown) fn name_steps(&mut self) {
        for (mark, anchor) in std::mem::take(&mut self.steps.anchors) {
            self.opaque[mark] = self.ids.unique(&anchor);
        }
    }
}
