//! Finds what was meant to keep a part of a text from some readers, as far as a program can tell.
//!
//! [`super::fences`] knows which of it is read; the rest is an error, unless it stands in code.

use super::comments;
use super::containers::{self, Container, guards_access};
use super::fences::fence_in;
use super::foreign_marks;
use super::guard_words::{GuardWords, is_guard};
use super::shown;
use crate::text::lines::{lines, lines_of_any, start_of_line};
use crate::text::unseen;

/// Characters that look like a colon, or like colons, and that input methods, fonts or a paste from
/// elsewhere put in its place; in ascending order.
const COLONS: [char; 31] = [
    '\u{2d0}', '\u{2d1}', '\u{2f8}', '\u{589}', '\u{5c3}', '\u{703}', '\u{704}', '\u{903}',
    '\u{a83}', '\u{1361}', '\u{1365}', '\u{1366}', '\u{16ec}', '\u{1803}', '\u{1804}', '\u{1809}',
    '\u{205a}', '\u{205d}', '\u{205e}', '\u{2236}', '\u{2237}', '\u{2af6}', '\u{2e2c}', '\u{a4fc}',
    '\u{a4fd}', '\u{a789}', '\u{fe13}', '\u{fe30}', '\u{fe55}', '\u{ff1a}', '\u{ff1b}',
];

/// Bytes before a value in which its key is looked for.
const LONGEST_KEY: usize = 500;

/// Offsets of everything that was meant to open a role block, ascending:
///
/// - two colons at the start of a line or three anywhere, narrow or wide, before the name of one;
/// - three full-width colons at the start of a line before any word: its writer's `：：：内部`;
/// - `:internal[text]`, `!!! internal`, `{% internal %}`, `<internal>`,
///   `<div roles="ops">`;
/// - a container line about readers, also one that is not for a container of its name;
/// - all that [`foreign_marks`] finds: tags and templates that say who reads, comments of a few words,
///   `{roles=ops}` and `{.internal}` behind something.
///
/// `words` are those of the site; without its roles only the words of everybody count.
pub(crate) fn find(text: &str, words: &GuardWords) -> Vec<usize> {
    let mut found = Vec::new();
    for (line_start, line) in lines_of_any(text, 0) {
        colons(line, |at| found.push(line_start + at));
        if line.trim_start().starts_with('|') {
            let mut cell_start = line_start;
            for cell in line.split_inclusive('|') {
                found.extend(fence(cell, words).map(|at| cell_start + at));
                cell_start += cell.len();
            }
        } else {
            found.extend(fence(line, words).map(|at| line_start + at));
        }
        foreign_marks::in_line(line, words, |at| found.push(line_start + at));
    }
    foreign_marks::in_text(text, words, |at| found.push(at));
    found.sort_unstable();
    found.dedup();
    found
}

/// A container that speaks of readers, whatever its name and the look of its colons.
fn fence(line: &str, words: &GuardWords) -> Option<usize> {
    let is_mark = |c: char| is_colon(c) || c == '+';
    let shown = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !is_mark(c));
    // The `+` of a list stands before a blank.
    let shown = shown.strip_prefix("+ ").map_or(shown, |rest| rest.trim_start());
    let first = shown.chars().next().filter(|c| is_mark(*c))?;
    let is_same = |c: char| if first == '+' { c == '+' } else { is_colon(c) || is_unseen(c) };
    let rest = shown.trim_start_matches(is_same);
    let count = shown[..shown.len() - rest.len()].chars().filter(|c| is_mark(*c)).count();
    let rest = rest.trim();
    if count < 3 || rest.is_empty() {
        return None;
    }
    let container = if first == '+' { Container::fold(rest) } else { containers::parse(rest) };
    let is_about = container.audience().is_some() || words.suspects(&container).is_some();
    is_about.then_some(line.len() - shown.len())
}

fn colons(line: &str, mut found: impl FnMut(usize)) {
    let begin =
        line.len() - line.trim_start_matches(|c: char| !c.is_alphanumeric() && !is_colon(c)).len();
    let mut at = 0;
    while let Some(offset) = find_colon(&line[at..]) {
        let start = at + offset;
        // Editors of rich text escape each colon; a slip of the shift key makes a semicolon of one.
        let is_slip = |c: char| is_unseen(c) || c == '\\' || c == ';';
        let rest = line[start..].trim_start_matches(|c: char| is_colon(c) || is_slip(c));
        let mark = &line[start..line.len() - rest.len()];
        let count = mark.chars().filter(|c| is_colon(*c) || *c == ';').count();
        let needed = if start == begin { 2 } else { 3 };
        let is_wide = count >= 3 && start == begin && mark.chars().any(|c| c != ':' && !is_slip(c));
        let is_inline =
            || rest[name(rest).len()..].starts_with(['[', '{']) && names(rest, guards_access);
        // Inside a sentence, other words than tier0's own are words of the sentence.
        let is_word = if start == begin { is_guard } else { guards_access };
        // A path of a programming language: `::internal::Foo`, `base:::internal(x)`.
        let is_code = || rest[name(rest).len()..].starts_with(['(', ':']);
        let is_named = count >= needed && names(rest, is_word) && !is_code() || is_inline();
        if is_named || is_wide && rest.starts_with(char::is_alphanumeric) {
            found(start);
        }
        at = line.len() - rest.len();
    }
}

/// Blanks, and characters that have no width.
pub(super) fn is_unseen(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{3000}') || unseen::is_unseen(c)
}

fn is_colon(c: char) -> bool {
    c == ':' || !c.is_ascii() && COLONS.binary_search(&c).is_ok()
}

/// Where the first colon stands. Most texts hold few bytes that one may begin with.
fn find_colon(text: &str) -> Option<usize> {
    let may_begin =
        |byte| matches!(byte, b':' | 0xcb | 0xd6 | 0xd7 | 0xdc | 0xe0..=0xe2 | 0xea | 0xef);
    let mut starts = text.bytes().enumerate().filter(|(_, byte)| may_begin(*byte));
    starts.find(|(at, _)| text[*at..].starts_with(is_colon)).map(|(at, _)| at)
}

fn names(text: &str, is_guard: fn(&str) -> bool) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || is_unseen(c));
    is_guard(&name(text).to_lowercase())
}

/// Where a head holds what was meant to hide a part of a text: a role block, in the middle of a line
/// only one of three colons, or a comment.
pub(crate) fn role_block_in_head(head: &str) -> Option<usize> {
    let begins_value = |at: usize| {
        // No key is longer; a line of nothing but marks must not take forever.
        let from = head.floor_char_boundary(at.saturating_sub(LONGEST_KEY));
        let line = from + start_of_line(&head[from..], at - from);
        if line == from && from > 0 {
            return false;
        }
        let before = head[line..at].trim().trim_end_matches(['"', '\'', '|', '>']).trim_end();
        let key = before.strip_suffix([':', '=', '-']).unwrap_or(before).trim_end();
        key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '"' | '\''))
            && key.len() < before.len() + usize::from(before.is_empty())
    };
    let mut shown = Shown::default();
    let is_fence = |at: usize| head[at..].chars().take(3).filter(|c| is_colon(*c)).count() == 3;
    let block = find(head, &GuardWords::default())
        .into_iter()
        .find(|at| begins_value(*at) || is_fence(*at) && !shown.has(head, *at));
    let comments = comments::find(head, &comments::Reading::default()).comments;
    let mut shown = Shown::default();
    let comment = comments.iter().find(|one| one.is_closed && !shown.has(head, one.span.start));
    block.or(comment.map(|one| one.span.start))
}

/// Where a text that nobody reads as markdown has a line that opens a role block.
pub(crate) fn role_block_in_copy(text: &str) -> Option<usize> {
    let opens = |line: &str| {
        let rest = line.trim_start().trim_start_matches('>').trim_start();
        let name = rest.trim_start_matches(is_colon);
        rest[..rest.len() - name.len()].chars().count() >= 3 && names(name, guards_access)
    };
    lines_of_any(text, 0).find_map(|(start, line)| opens(line).then_some(start))
}

/// Where a body opens its first role block; not where it shows how that is written, in code.
pub(crate) fn first_role_block(body: &str) -> Option<usize> {
    if !body.contains(":::") {
        return None;
    }
    let opens = |(start, line)| {
        let fence = fence_in(line)?;
        let kind = fence.container?.kind?;
        kind.guards_access().then_some(start + fence.at)
    };
    let mut code = None;
    lines(body).filter_map(opens).find(|at| {
        let code = code.get_or_insert_with(|| shown::code(body));
        !matches!(code.holder(body, *at), Some(Ok(())))
    })
}

/// Finds places between backticks of their line; asked for one behind the other.
#[derive(Default)]
struct Shown {
    read: usize,
    is_open: bool,
}

impl Shown {
    fn has(&mut self, text: &str, at: usize) -> bool {
        for c in text[self.read.min(at)..at].chars() {
            self.is_open = !matches!(c, '\n' | '\r') && (self.is_open != (c == '`'));
        }
        self.read = self.read.max(at);
        self.is_open
    }
}

/// The start of a text, of at most so many bytes.
pub(super) fn short(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

/// The word at the start of a text.
pub(super) fn name(text: &str) -> &str {
    let end =
        text.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_colon_is_found_by_its_first_byte() {
        for colon in COLONS.into_iter().chain([':']) {
            assert_eq!(find_colon(&format!("内，a{colon}:")), Some("内，a".len()), "{colon}");
        }
        assert_eq!(find_colon("内，a"), None);
    }
}
