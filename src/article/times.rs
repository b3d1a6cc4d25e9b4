//! Days from which a page is published, and from which it is not any more.
//!
//! Keys of other systems name them. Only days count: who builds chooses the moment.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// Which side of its day a page is published on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// On the day and after it.
    From,
    /// Before the day.
    Until,
}

/// What one key says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Time {
    /// The key.
    pub key: String,
    /// Where it stands in the file.
    pub span: Range<usize>,
    /// Which side of the day it means.
    pub bound: Bound,
    /// The day.
    pub day: Date,
}

impl Bound {
    /// Whether a page with this bound is not published today.
    pub(crate) fn keeps_back(self, day: Date, today: Date) -> bool {
        match self {
            Bound::From => day > today,
            Bound::Until => day <= today,
        }
    }
}

impl Time {
    /// Whether the page is not published on this day.
    pub(crate) fn keeps_back(&self, today: Date) -> bool {
        self.bound.keeps_back(self.day, today)
    }
}

/// The day of a date, or of a date with a time, as it is written: a time zone does not move it.
pub(crate) fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let day = text.get(..10)?.parse::<Date>().ok()?;
    // Some write the time zone apart.
    let joined = text.replace(" +", "+").replace(" -", "-").replace(" Z", "Z");
    let is_whole = text.len() == 10
        || joined.parse::<DateTime>().is_ok()
        || joined.parse::<Timestamp>().is_ok();
    is_whole.then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_are_written() {
        for text in [
            "2026-11-29",
            " 2026-11-29 ",
            "2026-11-29 10:00",
            "2026-11-29T10:00:00",
            "2026-11-29T23:30:00Z",
            "2026-11-29T00:30:00+08:00",
            "2026-11-29 10:00:00 +0800",
            "2026-11-29 10:00:00.25 Z",
        ] {
            assert_eq!(day(text), Some(Date::constant(2026, 11, 29)), "{text}");
        }
        for text in [
            "",
            "soon",
            "2026",
            "2026-11-31",
            "2026-11-29x",
            "2026-11-29 soon",
            "29.11.2026",
            "true",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
