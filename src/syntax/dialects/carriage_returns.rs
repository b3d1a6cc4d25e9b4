//! Lines that end with a carriage return alone, as old Macs and some spreadsheets write them. To
//! CommonMark they are lines; the parser takes them for text.

use crate::syntax::edits::Edit;

/// Each becomes a line feed.
pub(super) fn edits(text: &str) -> Vec<Edit<'_>> {
    let returns = text.match_indices('\r');
    let alone = returns.filter(|(at, _)| !text[at + 1..].starts_with('\n'));
    alone.map(|(at, _)| Edit::replace(at..at + 1, "\n")).collect()
}
