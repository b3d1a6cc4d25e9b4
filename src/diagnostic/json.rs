//! Diagnostics for machines: one JSON object each.

use serde::Serialize;

use super::{Diagnostic, Texts, Tongue, human, position};

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
}

/// Makes the record of a diagnostic.
pub fn record(diagnostic: &Diagnostic, texts: &dyn Texts, tongue: Tongue) -> Record {
    let located = diagnostic.place.as_ref().map(|place| {
        let text = texts.text(&place.path).unwrap_or("");
        (place.path.to_string(), position::locate(text, place.span.start))
    });
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
    }
}
