//! Text that others wrote, made fit for a terminal or a log: a name or a title may hold characters
//! that move the cursor, turn the direction of writing, or begin what looks like a line of our own.
//!
//! Everything that tier0 prints goes through here; each such character is shown by its number.

use std::borrow::Cow;
use std::fmt::Write;

use crate::text::unseen::{is_unseen, shapes_others};

/// A piece of a line: nothing in it ends the line, and none is a command to a build server.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    let shown = escaped(text, |_| false);
    // `::error::…` and `##[error]…` at the start of a line are commands to build servers.
    let start = shown.len() - shown.trim_start().len();
    let rest = &shown[start..];
    if rest.starts_with("::") || rest.starts_with("##[") || rest.starts_with("##vso[") {
        let (first, rest) = rest.split_at(1);
        let number = u32::from(first.chars().next().unwrap_or_default());
        return Cow::Owned(format!("{}\\u{{{number:x}}}{rest}", &shown[..start]));
    }
    shown
}

/// Several lines that tier0 itself has put together.
pub(crate) fn lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| matches!(c, '\n' | '\t'))
}

/// A line of JSON. Such characters stand only in its strings.
pub(crate) fn json(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// A part of a line with the places in it: offsets in `text` to offsets in what is shown.
pub(crate) fn with_places(text: &str, places: [usize; 2]) -> (Cow<'_, str>, [usize; 2]) {
    // A tab is no danger, and whoever draws the line knows how wide it is.
    let shown = |text| escaped(text, |c| c == '\t').len();
    let places = places.map(|at| shown(text.get(..at).unwrap_or(text)));
    (escaped(text, |c| c == '\t'), places)
}

/// A text cut in its middle, if it is longer than so many bytes.
pub(crate) fn short(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        return Cow::Borrowed(text);
    }
    let head = &text[..text.floor_char_boundary(most / 3 * 2)];
    let tail = &text[text.ceil_char_boundary(text.len() - most / 3)..];
    Cow::Owned(format!("{head} […] {tail}"))
}

fn escaped(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(|c| is_hidden(c) && !stays(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            _ if !is_hidden(c) || stays(c) => out.push(c),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
        }
    }
    Cow::Owned(out)
}

/// Whether a character does something instead of being seen: controls, line and paragraph
/// separators, marks and overrides of direction, spaces without width, tags. What joins letters and
/// emoji stays.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}')
        || is_unseen(c) && !shapes_others(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_something_is_shown() {
        assert_eq!(line("a\u{1b}]0;t\u{7}b\r\nc\td"), "a\\u{1b}]0;t\\u{7}b\\r\\nc\\td");
        assert_eq!(line("\u{9b}31m\u{202e}x\u{2028}"), "\\u{9b}31m\\u{202e}x\\u{2028}");
        assert_eq!(line(" ::error::x"), " \\u{3a}:error::x");
        assert_eq!(lines("a\nb\u{1b}"), "a\nb\\u{1b}");
        assert_eq!(json("{\"a\":\"\u{9b}\u{2029}é\"}"), "{\"a\":\"\\u009b\\u2029é\"}");
        assert_eq!(line("a\u{e0041}\u{3164}\u{ad}b"), "a\\u{e0041}\\u{3164}\\u{ad}b");
        assert!(matches!(line("路径/é 👩‍🔧"), Cow::Borrowed(_)));
    }

    #[test]
    fn places_follow_what_is_shown() {
        let (shown, places) = with_places("a\u{1b}bc", [2, 3]);
        assert_eq!((&*shown, places), ("a\\u{1b}bc", [7, 8]));
    }

    #[test]
    fn long_texts_lose_their_middle() {
        let cut = short("好好好好好好好好好好", 9);
        assert!(cut.len() < 20 && cut.contains("[…]"), "{cut}");
    }
}
