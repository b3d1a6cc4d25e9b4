//! Marks that version control leaves in a file where two versions of it could not be merged: both are
//! in it, and one of them may have been meant to go.

use std::ops::Range;

use crate::text::lines::lines;

/// What opens the first version, stands between the two and closes the second, each at the start of
/// a line.
const OPENING: &str = "<<<<<<<";
const BETWEEN: &str = "=======";
const CLOSING: &str = ">>>>>>>";

/// Whether a text may hold such marks: quick, and right where it says no.
pub(crate) fn may_stand_in(text: &str) -> bool {
    text.contains(OPENING) && text.contains(BETWEEN) && text.contains(CLOSING)
}

/// The first mark of each conflict of a text, with what follows it in its line. In `code` it is shown
/// on purpose.
pub(crate) fn find(text: &str, code: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    let mut is_second = false;
    for (at, line) in lines(text) {
        let line = line.trim_end();
        let is = |mark: &str| {
            line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let is_shown = || code.iter().any(|code| code.contains(&at));
        if is(OPENING) && !is_shown() {
            (open, is_second) = (Some(at..at + line.len()), false);
        } else if line == BETWEEN && open.is_some() {
            is_second = true;
        } else if is(CLOSING) && is_second {
            found.extend(open.take());
            is_second = false;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflicts_have_three_marks_in_their_order() {
        let whole = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\nd\n";
        assert_eq!(find(whole, &[]), vec![Range { start: 2, end: 14 }]);
        assert_eq!(find(&whole.replace('\n', "\r\n"), &[]).len(), 1);
        assert!(find(whole, &[Range { start: 0, end: 40 }]).is_empty());
        for text in [
            "<<<<<<< a\n>>>>>>> b\n=======\n",
            "=======\n>>>>>>> b\n",
            "<<<<<<<< a\n=======\n>>>>>>>> b\n",
            "x <<<<<<< a\n=======\n>>>>>>> b\n",
        ] {
            assert!(find(text, &[]).is_empty(), "{text}");
        }
    }
}
