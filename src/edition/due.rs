//! Which pages are published on a day: those that are finished, and within their times.

use jiff::civil::Date;

use crate::article::{Article, Status, Time};
use crate::diagnostic::{Code, Diagnostic};

/// What a page is measured by, besides its readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Due {
    /// Whether pages are shown before they are due, and after it.
    pub drafts: bool,
    /// The day that is built for.
    pub today: Date,
}

impl Due {
    /// Whether an article is no draft, and today is within its times.
    pub(super) fn is_finished(self, article: &Article) -> bool {
        article.meta.status != Status::Draft && self.kept_back(article).is_none()
    }

    /// What keeps an article back today.
    pub(super) fn kept_back(self, article: &Article) -> Option<&Time> {
        article.meta.times.iter().find(|time| time.keeps_back(self.today))
    }

    /// Whether another day may give another site; what is dated in the past, as most pages are,
    /// counts for nothing.
    pub(super) fn is_dated(self, article: &Article) -> bool {
        let counts = |time: &Time| time.key != "date" || time.keeps_back(self.today);
        article.meta.times.iter().any(counts)
    }

    /// What keeps an article back today that is finished, to be said.
    pub(super) fn problem(self, article: &Article) -> Option<Diagnostic> {
        let time = self.kept_back(article).filter(|_| article.meta.status != Status::Draft)?;
        let problem = Diagnostic::at(Code::KeptBackToday, &article.path, time.span.clone());
        Some(problem.with("key", &time.key).with("today", self.today.to_string()))
    }

    /// What is reported for a translation that is kept back because the page it translates is.
    pub(super) fn waits(self, article: &Article, original: &Article) -> Diagnostic {
        let Some(time) = self.kept_back(original) else {
            let problem = Diagnostic::at(Code::KeyKeepsBack, &article.path, 0..0);
            return problem.with("key", &*original.path);
        };
        let problem = Diagnostic::at(Code::KeptBackToday, &article.path, 0..0);
        problem.with("key", &time.key).with("today", self.today.to_string())
    }
}
