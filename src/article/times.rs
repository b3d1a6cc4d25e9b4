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

/// A day whose year comes first, in the spellings of people: `2026/11/29`, `2026-1-9`, `2026年11月29日`.
pub(crate) fn spelled_day(text: &str) -> Option<Date> {
    let text = text.trim();
    let is_mark = |c: char| matches!(c, '-' | '/' | '.' | '年' | '月' | '日' | ' ');
    let numbers: Vec<&str> = text.split(is_mark).filter(|part| !part.is_empty()).collect();
    let [year, month, day] = numbers.as_slice() else { return None };
    let is_day = year.len() == 4 && month.len() <= 2 && day.len() <= 2;
    let (year, month, day) = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    is_day.then(|| Date::new(year, month, day).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_spelled_in_many_ways() {
        for text in ["2026/1/9", "2026-1-9", "2026年1月9日", "2026.01.09", " 2026 年 1 月 9 日"]
        {
            assert_eq!(spelled_day(text), Some(Date::constant(2026, 1, 9)), "{text}");
        }
        for text in ["9.1.2026", "1/9/26", "2026", "2026-13-01", "2.0", "soon"] {
            assert_eq!(spelled_day(text), None, "{text}");
        }
    }

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
