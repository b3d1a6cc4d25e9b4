//! Numbered lists that stand by themselves: what to do, step by step.

use super::writer::Writer;
use crate::text::fold::single_spaced;

/// A numbered list that nothing else holds, or only `:::steps` and parts for some readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Procedure {
    /// The anchor of the heading above it.
    pub anchor: Option<String>,
    /// The plain text of its items.
    pub steps: Vec<String>,
}

/// What the writer knows of procedures.
#[derive(Default)]
pub(crate) struct ProcedureState {
    /// Where the open item begins in the plain text, if a procedure is being written.
    item: Option<usize>,
}

impl Writer<'_> {
    /// Notes that a numbered list begins.
    pub(super) fn enter_procedure(&mut self) {
        if self.is_procedure() {
            let anchor = self.section.anchor.clone();
            self.document.procedures.push(Procedure { anchor, steps: Vec::new() });
            self.procedures.item = Some(self.section.text.len());
        }
    }

    /// Notes that an item of a list begins.
    pub(super) fn enter_step(&mut self) {
        if self.depth == 2 && self.procedures.item.is_some() {
            self.procedures.item = Some(self.section.text.len());
        }
    }

    /// Notes that an item of a list ends.
    pub(super) fn leave_step(&mut self) {
        let Some(start) = self.procedures.item.filter(|_| self.depth == 1) else { return };
        let text = single_spaced(self.section.text.get(start..).unwrap_or_default());
        if let Some(procedure) = self.document.procedures.last_mut().filter(|_| !text.is_empty()) {
            procedure.steps.push(text);
        }
    }

    /// Notes that a list ends.
    pub(super) fn leave_procedure(&mut self) {
        if self.depth == 0 {
            self.procedures.item = None;
        }
    }
}
