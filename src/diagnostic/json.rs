//! Diagnostics for machines: one JSON object each.

use serde::Serialize;

use super::position::Locator;
use super::{Diagnostic, Texts, Tongue, human};

/// The shape of a diagnostic in JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Record {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// The code's name.
    pub code: &'static str,
    /// Path of the file, empty for problems without a place.
    pub path: String,
    /// From 1; 0 without a place.
    pub line: usize,
    /// From 1, in characters; 0 without a place.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: String,
    /// The source line.
    pub excerpt: String,
    /// How many more like it there are in the file that are not listed.
    #[serde(skip_serializing_if = "is_zero")]
    pub more: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands out a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// Makes the record of a diagnostic.
pub fn record(diagnostic: &Diagnostic, texts: &dyn Texts, tongue: Tongue) -> Record {
    record_at(diagnostic, texts, tongue, &mut Locator::new(texts))
}

/// Makes the records of diagnostics, in their order.
pub fn records<'a>(
    diagnostics: impl Iterator<Item = &'a Diagnostic>,
    texts: &dyn Texts,
    tongue: Tongue,
) -> impl Iterator<Item = Record> {
    let mut locator = Locator::new(texts);
    diagnostics.map(move |diagnostic| record_at(diagnostic, texts, tongue, &mut locator))
}

fn record_at(
    diagnostic: &Diagnostic,
    texts: &dyn Texts,
    tongue: Tongue,
    locator: &mut Locator<'_>,
) -> Record {
    let located = diagnostic.place.as_ref();
    let located = located
        .map(|place| (place.path.to_string(), locator.locate(&place.path, place.span.start)));
    let (path, line, column) =
        located.map_or((String::new(), 0, 0), |(p, at)| (p, at.line, at.column));
    Record {
        severity: diagnostic.severity.name(),
        code: diagnostic.code.definition().name,
        path,
        line,
        column,
        message: diagnostic.message(tongue),
        help: diagnostic.help(tongue),
        excerpt: human::excerpt(diagnostic, texts),
        more: diagnostic.more,
    }
}
