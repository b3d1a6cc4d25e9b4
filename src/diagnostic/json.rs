//! Diagnostics for machines: one JSON object each.

use serde::Serialize;

use super::position::Locator;
use super::{Diagnostic, Locale, Place, Texts, human};

/// The shape of a diagnostic in JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Record {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// The code's name.
    pub code: &'static str,
    /// Where.
    #[serde(flatten)]
    pub spot: Spot,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: String,
    /// Other places that belong to the problem.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Spot>,
    /// How many more like it there are in the file that are not listed.
    #[serde(skip_serializing_if = "is_zero")]
    pub more: usize,
}

/// A place in JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Spot {
    /// Path of the file, empty for problems without a place.
    pub path: String,
    /// From 1; 0 without a place.
    pub line: usize,
    /// From 1, in characters; 0 without a place.
    pub column: usize,
    /// The same in units of UTF-16, as editors count.
    pub utf16_column: usize,
    /// The line of the first character behind the place; that of its beginning where it is a point.
    pub end_line: usize,
    /// The column of that character.
    pub end_column: usize,
    /// The same in units of UTF-16.
    pub utf16_end_column: usize,
    /// The source line.
    pub excerpt: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands out a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// Makes the record of a diagnostic.
pub(crate) fn record(diagnostic: &Diagnostic, texts: &dyn Texts, locale: Locale) -> Record {
    Recorder::new(texts, locale).record(diagnostic)
}

/// Makes the records of diagnostics, in their order.
pub(crate) fn records<'a>(
    diagnostics: impl Iterator<Item = &'a Diagnostic>,
    texts: &dyn Texts,
    locale: Locale,
) -> impl Iterator<Item = Record> {
    let mut recorder = Recorder::new(texts, locale);
    diagnostics.map(move |diagnostic| recorder.record(diagnostic))
}

struct Recorder<'a> {
    texts: &'a dyn Texts,
    locale: Locale,
    /// One finds the places of problems, the other those that are related, often in another file:
    /// each goes on from where it was.
    locators: [Locator<'a>; 2],
}

impl<'a> Recorder<'a> {
    fn new(texts: &'a dyn Texts, locale: Locale) -> Self {
        Recorder { texts, locale, locators: [Locator::new(texts), Locator::new(texts)] }
    }

    fn record(&mut self, diagnostic: &Diagnostic) -> Record {
        let [own, others] = &mut self.locators;
        let spot = |place: &Place, locator: &mut Locator| spot(place, self.texts, locator);
        Record {
            severity: diagnostic.severity.name(),
            code: diagnostic.code.definition().name,
            spot: diagnostic.place.as_ref().map(|place| spot(place, own)).unwrap_or_default(),
            message: diagnostic.message(self.locale),
            help: diagnostic.help(self.locale),
            related: diagnostic.related.iter().map(|place| spot(place, others)).collect(),
            more: diagnostic.more,
        }
    }
}

fn spot(place: &Place, texts: &dyn Texts, locator: &mut Locator<'_>) -> Spot {
    let start = locator.locate(&place.path, place.span.start);
    let end = locator.behind(place.span.end);
    Spot {
        path: place.path.to_string(),
        line: start.line,
        column: start.column,
        utf16_column: start.utf16_column,
        end_line: end.line,
        end_column: end.column,
        utf16_end_column: end.utf16_column,
        excerpt: human::excerpt(place, texts),
    }
}
