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
    text.contains(OPENING) || text.contains(BETWEEN) && text.contains(CLOSING)
}

/// The first mark of each conflict of a text, with what follows it in its line: also where somebody has
/// taken out another of the three. In `code` it is shown on purpose.
pub(crate) fn find(text: &str, code: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Whether the first version is open; where the second one began.
    let (mut is_open, mut second) = (false, None);
    for (at, line) in lines(text) {
        let line = line.trim_end();
        let is_named =
            |mark: &str| line.strip_prefix(mark).is_some_and(|rest| rest.starts_with(' '));
        let is_shown = || code.iter().any(|code| code.contains(&at));
        let whole = at..at + line.len();
        if is_named(OPENING) && !is_shown() {
            (is_open, second) = (true, None);
            found.push(whole);
        } else if line == BETWEEN && !is_shown() {
            second = Some(whole);
        } else if is_named(CLOSING)
            && let Some(second) = second.take()
            && !std::mem::take(&mut is_open)
            && !is_shown()
        {
            found.push(second);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conflicts_are_found_by_any_of_their_marks() {
        let whole = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\nd\n";
        assert_eq!(find(whole, &[]), vec![Range { start: 2, end: 14 }]);
        assert_eq!(find("a\n=======\nb\n>>>>>>> c\n", &[]), vec![Range { start: 2, end: 9 }]);
        assert_eq!(find("<<<<<<< HEAD\nb\n", &[]), vec![Range { start: 0, end: 12 }]);
        assert_eq!(find(&whole.replace('\n', "\r\n"), &[]).len(), 1);
        assert!(find(whole, &[Range { start: 0, end: 40 }]).is_empty());
        for text in [
            "a\n=======\n\n> b\n",
            "<<<<<<<\n=======\n>>>>>>>\n",
            "<<<<<<<< a\n=======\n>>>>>>>> b\n",
            "x <<<<<<< a\n=======\nx >>>>>>> b\n",
        ] {
            assert!(find(text, &[]).is_empty(), "{text}");
        }
    }
}
