//! The second look: what is left of a page after the cut is read as it was read before.
//!
//! A cut can change how the rest is read: a code fence finds another end, a line of html swallows
//! what it did not, a fence that nobody read becomes one. What was judged in the first reading
//! would then be shown as something else. So the text that goes on is read once more, and compared
//! with the readings of the files that it is made of, character by character: each is what it was,
//! text, code or html, and opens the container that it opened, with the same end. Lists and
//! paragraphs may join.

use std::ops::Range;

use crate::syntax::edits::Mapped;
use crate::syntax::parts::{Class, Parts};
use crate::text::lines::start_of_line;

/// How a file of a page was read when it was whole.
pub(crate) struct Reading<'a> {
    /// Where its body begins in the file.
    pub body_start: usize,
    /// What its parts are.
    pub parts: &'a Parts,
}

/// A place that is read in another way.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    /// In bytes of the page.
    pub span: Range<usize>,
    /// What it is when its file is read whole, and what it has become; none if it opens or closes
    /// another container.
    pub classes: Option<(Class, Class)>,
}

/// The first character of a page that is read in another way than in its own file. `parts` is the
/// reading of the page.
pub(crate) fn difference(
    text: &Mapped,
    parts: &Parts,
    readings: &[Reading<'_>],
) -> Option<Difference> {
    text.copies().find_map(|(at, source, span)| {
        let reading = readings.get(source)?;
        let from = span.start.checked_sub(reading.body_start)?;
        let piece = &text.body[at..at + span.len()];
        let mut visible = piece.char_indices().filter(|(_, c)| !c.is_whitespace());
        visible.find_map(|(offset, c)| {
            let (there, here) = (from + offset, at + offset);
            let (before, now) = (reading.parts.class(there), parts.class(here));
            let classes = before != now && may_tell(before, now, &text.body, here, c);
            let in_file = |end: usize| (source, end + reading.body_start);
            let end_before = reading.parts.end_of_container(there).map(|end| end.map(in_file));
            let origin = |end: usize| {
                let (source, at, _) = text.origin(end);
                (source, at)
            };
            let end_now = parts.end_of_container(here).map(|end| end.map(origin));
            let difference = Difference {
                span: here..here + c.len_utf8(),
                classes: classes.then_some((before, now)),
            };
            (classes || end_before != end_now).then_some(difference)
        })
    })
}

/// Whether it matters that a character has become something else. Bullets become text where a
/// paragraph goes on; a link definition that does was never meant to be seen. What nobody sees any
/// more tells nothing.
fn may_tell(before: Class, now: Class, body: &str, at: usize, c: char) -> bool {
    match (before, now) {
        (_, Class::Unseen) => false,
        (Class::Unseen, Class::Text) => {
            let line = start_of_line(body, at);
            let line = body[line..].trim_start_matches([' ', '\t', '>', '-', '*', '+']);
            c.is_alphanumeric() && line.starts_with('[')
        }
        _ => true,
    }
}
