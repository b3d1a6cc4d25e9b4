//! The second look: what is left of a page after the cut is read as it was read before.
//!
//! A cut can change how the rest is read: a code fence finds another end, a line of html swallows
//! what it did not, a fence that nobody read becomes one. What was judged in the first reading
//! would then be shown as something else. So the text that goes on is read once more, and compared
//! with the readings of the files that it is made of: the same containers at the same places, and
//! every character what it was: text, code or html. Lists and paragraphs may join.

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
    /// What stands for other texts now, in bytes of the body, ascending and apart.
    pub replaced: Vec<Range<usize>>,
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

/// The first place of a page that is read in another way than in its own file. `parts` is the
/// reading of the page.
pub(crate) fn difference(
    text: &Mapped,
    parts: &Parts,
    readings: &[Reading<'_>],
) -> Option<Difference> {
    let classes = text.copies().find_map(|(at, source, span)| {
        let reading = readings.get(source)?;
        let from = span.start.checked_sub(reading.body_start)?;
        let piece = &text.body[at..at + span.len()];
        let mut visible = piece.char_indices().filter(|(_, c)| !c.is_whitespace());
        visible.find_map(|(offset, c)| {
            let (before, now) = (reading.parts.class(from + offset), parts.class(at + offset));
            let is_same = before == now || !may_tell(before, now, &text.body, at + offset, c);
            let span = at + offset..at + offset + c.len_utf8();
            (!is_same).then_some(Difference { span, classes: Some((before, now)) })
        })
    });
    classes.or_else(|| containers(text, parts, readings))
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

/// A container that is not the one that its file has at that place.
fn containers(text: &Mapped, parts: &Parts, readings: &[Reading<'_>]) -> Option<Difference> {
    let before = text.copies().flat_map(|(_, source, span)| {
        let reading = readings.get(source);
        let base = reading.map_or(0, |reading| reading.body_start);
        let all = reading.map_or(&[][..], |reading| &reading.parts.containers);
        let first = all.partition_point(|container| container.start + base < span.start);
        let here = all[first..].iter().take_while(move |one| one.start + base < span.end);
        let is_there = move |start: usize| {
            reading.is_some_and(|reading| {
                let before = reading.replaced.partition_point(|span| span.start <= start);
                before == 0 || start >= reading.replaced[before - 1].end
            })
        };
        let here = here.filter(move |container| is_there(container.start));
        here.map(move |one| (source, one.start + base, one.last.map(|last| last + base)))
    });
    let now = parts.containers.iter().filter_map(|container| {
        let (source, start, is_there) = text.origin(container.start);
        let last = container.last.map(|last| text.origin(last).1);
        is_there.then_some(((source, start, last), container.start))
    });
    let mut before = before;
    for (one, at) in now {
        if before.next() != Some(one) {
            return Some(Difference { span: at..at + 1, classes: None });
        }
    }
    let (source, start, _) = before.next()?;
    let lost = text.copies().find(|(_, of, span)| *of == source && span.contains(&start));
    let at = lost.map_or(0, |(at, _, span)| at + start - span.start);
    Some(Difference { span: at..at + 1, classes: None })
}
