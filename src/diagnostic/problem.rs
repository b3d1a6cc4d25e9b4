//! Problems of a text that does not know which file it is from.

use std::ops::Range;

use super::{Code, Diagnostic, Place, Weight};

/// A diagnostic that does not know its file yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Where in the body.
    pub span: Range<usize>,
    /// The second place of a problem that has two.
    related: Option<Range<usize>>,
    pub diagnostic: Diagnostic,
}

impl Problem {
    /// A problem at a span of the body.
    pub(crate) fn new(code: Code, span: Range<usize>) -> Self {
        Problem { span, related: None, diagnostic: Diagnostic::general(code) }
    }

    /// With a second place.
    #[must_use]
    pub(crate) fn related(mut self, span: Range<usize>) -> Self {
        self.related = Some(span);
        self
    }

    /// With another weight than problems of its code have.
    #[must_use]
    pub(crate) fn weighing(mut self, weight: Weight) -> Self {
        self.diagnostic = self.diagnostic.weighing(weight);
        self
    }

    /// With a value for a mark of the code's texts.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.diagnostic = self.diagnostic.with(name, value);
        self
    }

    /// With a value that has words of its own in English and Chinese.
    #[must_use]
    pub(crate) fn with_both(
        mut self,
        name: &'static str,
        en: impl Into<String>,
        zh: impl Into<String>,
    ) -> Self {
        self.diagnostic = self.diagnostic.with_both(name, en, zh);
        self
    }

    /// The diagnostic, at the place in a file that `place` gives.
    pub(crate) fn at(&self, place: impl Fn(Range<usize>) -> Place) -> Diagnostic {
        let related = self.related.clone().map(&place);
        let place = Some(place(self.span.clone()));
        Diagnostic { place, related, ..self.diagnostic.clone() }
    }
}
