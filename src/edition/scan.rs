//! A second search for role blocks, which knows no markdown: only lines.
//!
//! The cut goes by the parser, and may be led astray by what surrounds a block. This goes by the
//! look of a line, wherever it stands: a line with a role fence begins a block, in any disguise, and
//! the block goes on to the closing line that fits, else to the end of the text. The only excuse is
//! code that is shown on purpose ([`syntax::shown_code`]). What a page shows must hold nothing
//! of what is found here.

use std::ops::Range;

use super::cut::Audience;
use crate::mutation::{Policy, off};
use crate::syntax::edits::Mapped;
use crate::syntax::{self, BlockAudience, ShownCode};
use crate::text::lines::{lines_at, start_of_line};

/// The stretches of a text that some readers of an edition must not see, ascending and apart.
pub(crate) fn scan(text: &str, audience: &Audience<'_>) -> Vec<Range<usize>> {
    if off(Policy::GateScan) {
        return Vec::new();
    }
    let edition = audience.edition;
    let marks = syntax::role_marks(text, &audience.words.guards);
    if marks.is_empty() {
        return Vec::new();
    }
    let code = syntax::shown_code(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in marks {
        let is_known = found.last().is_some_and(|last| at < last.end);
        if is_known || code.holder(text, at).is_some_and(|holder| holder.is_ok()) {
            continue;
        }
        let line = start_of_line(text, at);
        let fence = syntax::fence_at(text, at);
        let is_for_us = match fence.as_ref().and_then(|fence| fence.container.as_ref()?.audience())
        {
            Some(Ok(BlockAudience::Internal)) => edition.shows_internal(),
            Some(Ok(BlockAudience::Roles(roles))) => edition.shows(&roles),
            Some(Err(_)) | None => false,
        };
        if !is_for_us {
            let end = fence.map_or(text.len(), |_| end(text, line, &code));
            found.push(line..end);
        }
    }
    found
}

/// The end of the closing line of the container that opens in the line at `start`.
fn end(text: &str, start: usize, code: &ShownCode) -> usize {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut items = Items::default();
    // The line before, if it stands for a snippet: its fence, and what it stands in.
    let mut leaf = None;
    for (line_start, line) in lines_at(&text[start..], start) {
        let before = leaf.take();
        let Some(fence) = syntax::fence_in(line) else {
            items.read(line, false);
            continue;
        };
        if line_start > start && code.has(line_start + fence.at) {
            continue;
        }
        let place = items.read(line, true);
        match fence.container {
            Some(container) if container.is_leaf() => {
                leaf = Some((fence.mark, fence.length, place));
            }
            Some(_) => open.push((fence.mark, fence.length)),
            None if before == Some((fence.mark, fence.length, place)) => {}
            None => {
                let fits =
                    |(mark, length): &(char, usize)| *mark == fence.mark && *length <= fence.length;
                let Some(closed) = open.iter().rposition(fits) else { continue };
                open.truncate(closed);
                if closed == 0 {
                    return line_start + line.len();
                }
            }
        }
    }
    text.len()
}

/// The list items that a line may stand in, outer ones first: the column where the text of each
/// begins.
#[derive(Default)]
struct Items {
    columns: Vec<usize>,
    /// Whether the line before was blank. Behind any other, a text goes on however it is indented.
    is_behind_blank: bool,
}

impl Items {
    /// Reads a line. Gives how many quotes and items it stands in.
    fn read(&mut self, line: &str, is_fence: bool) -> (usize, usize) {
        let (mut rest, mut column, mut quotes, mut is_item) = (line, 0, 0, false);
        loop {
            let text = rest.trim_start_matches([' ', '\t']);
            for blank in rest[..rest.len() - text.len()].chars() {
                column += if blank == '\t' { 4 - column % 4 } else { 1 };
            }
            if std::mem::take(&mut is_item) {
                self.columns.push(column);
            }
            let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
            let marks: &[char] =
                if number.len() < text.len() { &['.', ')'] } else { &['-', '*', '+'] };
            let behind = number.strip_prefix(marks).filter(|rest| rest.starts_with([' ', '\t']));
            rest = match (text.strip_prefix('>'), behind) {
                (Some(behind), _) => {
                    quotes += 1;
                    behind
                }
                (None, Some(behind)) => {
                    is_item = true;
                    self.end_beyond(column);
                    behind
                }
                (None, None) => {
                    let is_blank = text.trim().is_empty();
                    if !is_blank && (is_fence || self.is_behind_blank) {
                        self.end_beyond(column);
                    }
                    self.is_behind_blank = is_blank;
                    return (quotes, self.columns.len());
                }
            };
            column += text.len() - rest.len();
        }
    }

    fn end_beyond(&mut self, column: usize) {
        self.columns.retain(|inner| *inner <= column);
    }
}

/// The first stretch of a page that was found in one of its files. `found` has them by the number
/// of the file, with the place where its body begins.
pub(crate) fn left_over(text: &Mapped, found: &[(usize, &[Range<usize>])]) -> Option<Range<usize>> {
    text.copies().find_map(|(at, source, span)| {
        let (body_start, found) = found.get(source)?;
        let first = found.partition_point(|stretch| stretch.end + body_start <= span.start);
        let near = found[first..].iter().take_while(|near| near.start + body_start < span.end);
        near.into_iter().find_map(|stretch| {
            let start = (stretch.start + body_start).max(span.start);
            let end = (stretch.end + body_start).min(span.end);
            let is_shown = start < end && {
                let piece = &text.body[at + start - span.start..at + end - span.start];
                piece.contains(|c: char| !c.is_whitespace())
            };
            is_shown.then(|| at + start - span.start..at + end - span.start)
        })
    })
}
