//! Marks that version control leaves in a file where two versions of it could not be merged: both are
//! in it, and one of them may have been meant to go.

use std::ops::Range;

use crate::text::lines::lines;

/// A mark is as many of its character, or more.
const LENGTH: usize = 7;
/// More of `|` or `>` are a table or quotes in quotes.
const LONGEST: usize = 32;
/// What stands between the two versions.
const BETWEEN: &str = "=======";

/// Whether a text may hold such marks: quick, and right where it says no.
pub(crate) fn may_stand_in(text: &str) -> bool {
    let marks = ["<<<<<<<", "\\<\\<\\<", "\\<<<<<<", ">>>>>>> ", "||||||| "];
    marks.iter().any(|mark| text.contains(mark))
}

/// The first mark of each conflict of a text, with what follows it in its line: seven or more of `<`,
/// `|` or `>` with a name behind them, however the line is indented, quoted or escaped, and also where
/// somebody has taken out another of them. In `code`, stretches in their order, it is shown on
/// purpose.
pub(crate) fn find(text: &str, code: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Whether a conflict is open; where its second version began.
    let (mut is_open, mut second) = (false, None);
    for (start, line) in lines(text) {
        let line = line.trim_end();
        let shown = inner(line);
        let at = start + line.len() - shown.len();
        let whole = at..start + line.len();
        if line.starts_with('=') && line == BETWEEN {
            second = Some(whole);
            continue;
        }
        let Some(mark) = mark(shown) else { continue };
        let before = code.partition_point(|code| code.start <= at);
        if before > 0 && at < code[before - 1].end {
            continue;
        }
        let is_first = mark == '<' || !is_open;
        if is_first {
            found.push(if mark == '>' { second.take().unwrap_or(whole) } else { whole });
        }
        (is_open, second) = (mark != '>', None);
    }
    found
}

/// A line without its indentation and marks of quotes and lists.
fn inner(line: &str) -> &str {
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t']);
        let behind = rest.strip_prefix(['>', '-', '*', '+']);
        match behind.filter(|behind| behind.starts_with([' ', '\t'])) {
            Some(behind) => rest = behind,
            None => return rest,
        }
    }
}

/// The character of the mark that a line begins with.
fn mark(line: &str) -> Option<char> {
    let first = line.trim_start_matches('\\').chars().next().filter(|c| "<|>".contains(*c))?;
    let name = line.trim_start_matches([first, '\\']);
    let length = line[..line.len() - name.len()].matches(first).count();
    // Only the first can be nothing else: a quote in a quote, an empty row of a table.
    let begins = match first {
        '<' => |name: &str| name.trim_start().starts_with(char::is_alphanumeric),
        _ => |name: &str| {
            name.strip_prefix(' ').is_some_and(|name| name.starts_with(char::is_alphanumeric))
        },
    };
    let is_mark = length >= LENGTH && (first == '<' || length <= LONGEST);
    (is_mark && begins(name) && !name.contains('|')).then_some(first)
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
        for one in [
            "> <<<<<<< HEAD\n> a\n",
            "- a\n  >>>>>>> x\n",
            "\\<<<<<<< HEAD",
            "\\<\\<\\<\\<\\<\\<\\< HEAD",
            "<<<<<<<HEAD\n",
            "<<<<<<<<< a\n",
            ">>>>>>> x\n",
            "||||||| base\n",
        ] {
            assert_eq!(find(one, &[]).len(), 1, "{one}");
        }
        assert!(find(whole, &[Range { start: 0, end: 40 }]).is_empty());
        for text in [
            "a\n=======\n\n> b\n",
            "<<<<<<<\n=======\n>>>>>>>\n",
            "> > > > > > > > a\n",
            &format!("{} a\n", ">".repeat(100)),
            "|||||||| a | b |\n",
            "x <<<<<<< a\n=======\nx >>>>>>> b\n",
        ] {
            assert!(find(text, &[]).is_empty(), "{text}");
        }
    }
}
