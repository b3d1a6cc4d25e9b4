//! Finds what was meant to keep a part of a text from some readers, as far as a program can tell.
//!
//! [`super::fences`] knows which of it is read; the rest is an error, unless it stands in code.

use super::containers::guards_access;
use super::fences;
use super::guard_words::{GuardWords, is_guard, tag_is_about};
use crate::mutation::{Filter, off};

/// Characters that look like a colon, or like colons, and that input methods, fonts or a paste from
/// elsewhere put in its place; in ascending order.
const COLONS: [char; 21] = [
    '\u{2d0}', '\u{2d1}', '\u{2f8}', '\u{589}', '\u{5c3}', '\u{703}', '\u{704}', '\u{903}',
    '\u{a83}', '\u{16ec}', '\u{1803}', '\u{1809}', '\u{205a}', '\u{2236}', '\u{2237}', '\u{a4fd}',
    '\u{a789}', '\u{fe13}', '\u{fe30}', '\u{fe55}', '\u{ff1a}',
];

/// What opens a block in the markup of other tools.
const ELSEWHERE: [&str; 7] = ["!!!", "???", ";;;", "{{<", "{{%", "{%", "<"];

/// What stands around a comment of one word, which opens a block in the manner of some tools.
const COMMENTS: [(&str, &str); 16] = [
    ("<!--", "-->"),
    ("%%", "%%"),
    ("{#", "#}"),
    ("{/*", "*/"),
    ("{{/*", "*/"),
    ("{{!--", "--"),
    ("{{!", "}}"),
    ("<%#", "%>"),
    ("<%--", "--%>"),
    ("{% #", "%}"),
    ("{% comment %}", "{%"),
    ("{%- comment -%}", "{%"),
    ("{{< comment >}}", "{{"),
    ("]: # (", ")"),
    ("]: # \"", "\""),
    ("]: <> (", ")"),
];
/// Words around that of a role block in such a comment.
const AROUND: [&str; 6] = ["begin", "start", "end", "stop", "if", "only"];

/// Attributes in braces, and tags, are no longer, in bytes.
const LONGEST_ATTRIBUTES: usize = 200;

/// Words of a comment are no longer, in bytes.
const LONGEST_WORD: usize = 40;

/// Offsets of everything that was meant to open a role block, ascending:
///
/// - two colons at the begin of a line or three anywhere, narrow or wide, before the name of one;
/// - three wide colons at the begin of a line before any word: its writer's `：：：内部`;
/// - `:internal[text]`, `!!! internal`, `{% internal %}`, `<internal>`,
///   `<div roles="ops">`;
/// - a container line about readers, also one that is not for a container of its name;
/// - a comment of this one word, and a tag anywhere whose attributes say who reads;
/// - `{roles=ops}` and `{.internal}` behind something.
pub fn find(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        colons(line, |at| found.push(line_start + at));
        found.extend(fence(line).map(|at| line_start + at));
        if !off(Filter::MarksElsewhere) {
            found.extend(elsewhere(line).map(|at| line_start + at));
            found.extend(in_comment(line).map(|at| line_start + at));
            found.extend(in_tag(line).map(|at| line_start + at));
            found.extend(in_braces(line).map(|at| line_start + at));
        }
        line_start += line.len();
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// A container that speaks of readers, whatever its name.
fn fence(line: &str) -> Option<usize> {
    let may_be = line.contains(":::") || line.contains("+++");
    let fence = fences::fence_in(line).filter(|_| may_be)?;
    fence.container?.audience().is_some().then_some(fence.at)
}

fn colons(line: &str, mut found: impl FnMut(usize)) {
    let begin =
        line.len() - line.trim_start_matches(|c: char| !c.is_alphanumeric() && !is_colon(c)).len();
    let mut at = 0;
    while let Some(offset) = line[at..].find(is_colon) {
        let start = at + offset;
        let rest = line[start..].trim_start_matches(|c: char| is_colon(c) || is_unseen(c));
        let mark = &line[start..line.len() - rest.len()];
        let count = mark.chars().filter(|c| is_colon(*c)).count();
        let needed = if start == begin { 2 } else { 3 };
        let is_wide =
            count >= 3 && start == begin && mark.chars().any(|c| c != ':' && !is_unseen(c));
        let is_inline =
            || names(rest, guards_access) && rest[name(rest).len()..].starts_with(['[', '{']);
        // Inside a sentence, other words than tier0's own are words of the sentence.
        let is_word = if start == begin { is_guard } else { guards_access };
        let is_named = count >= needed && names(rest, is_word) || is_inline();
        if is_named || is_wide && rest.starts_with(char::is_alphanumeric) {
            found(start);
        }
        at = line.len() - rest.len();
    }
}

/// Blanks, and characters that have no width.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{a0}' | '\u{ad}' | '\u{3000}' | '\u{200b}'
            ..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

fn is_colon(c: char) -> bool {
    c == ':' || COLONS.binary_search(&c).is_ok() && !off(Filter::WideFences)
}

/// A block of another tool, at the begin of a line.
fn elsewhere(line: &str) -> Option<usize> {
    let shown = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    let mark = ELSEWHERE.iter().find(|mark| shown.starts_with(**mark))?;
    let rest = shown[mark.len()..].trim_start_matches(['-', '+']).trim_start();
    let is_tag = *mark != "<" || !shown[1..].starts_with(char::is_whitespace);
    (is_tag && names(rest, is_guard)).then_some(line.len() - shown.len())
}

/// A comment that is nothing but the name of a role block. Others may well speak of it.
fn in_comment(line: &str) -> Option<usize> {
    COMMENTS.iter().find_map(|(opening, closing)| {
        let mut marks = line.match_indices(opening);
        let found = marks.find(|(at, _)| {
            let inner = &line[at + opening.len()..];
            let end = inner.find(closing).filter(|end| *end <= LONGEST_WORD);
            end.is_some_and(|end| is_one_guard(&inner[..end]))
        });
        found.map(|(at, _)| at)
    })
}

/// Whether a text is a guard word, with nothing but [`AROUND`] beside it.
fn is_one_guard(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let words: Vec<_> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let mut telling = words.iter().filter(|word| !AROUND.contains(&word.as_str()));
    match (telling.next(), telling.next()) {
        (Some(word), None) => is_guard(word),
        (None, _) => words.iter().any(|word| word == "only"),
        _ => false,
    }
}

/// A tag of html whose attributes say who reads.
fn in_tag(line: &str) -> Option<usize> {
    let mut tags = line.match_indices('<').map(|(at, _)| at);
    tags.find(|at| {
        let tag = &line[at + 1..];
        let end = tag.bytes().take(LONGEST_ATTRIBUTES).position(|byte| byte == b'>');
        tag.starts_with(|c: char| c.is_ascii_alphabetic())
            && end.is_some_and(|end| tag_is_about(&tag[..end]))
    })
}

/// Roles in braces behind a heading or a word. Lines of containers are read elsewhere.
fn in_braces(line: &str) -> Option<usize> {
    let opening = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != ':');
    let mut braces = line.match_indices('{').map(|(at, _)| at);
    braces.find(|at| are_roles(&line[at + 1..])).filter(|_| !opening.starts_with(":::"))
}

/// Whether a text begins with attributes about roles: `roles=ops}`, `#a .internal}`.
fn are_roles(text: &str) -> bool {
    let mut bytes = text.bytes().take(LONGEST_ATTRIBUTES);
    let Some(end) = bytes.position(|byte| matches!(byte, b'{' | b'}')) else { return false };
    GuardWords::default().classes_are_about(&text[..end])
}

fn names(text: &str, is_guard: fn(&str) -> bool) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || is_unseen(c));
    is_guard(&name(text).to_lowercase())
}

/// Where a value of front matter, or a line of it, begins with what was meant to open a role block.
pub fn role_block_in_head(head: &str) -> Option<usize> {
    find(head).into_iter().find(|at| {
        let line = head[..*at].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let before = head[line..*at].trim().trim_end_matches(['"', '\'', '|', '>']).trim_end();
        let key = before.strip_suffix([':', '=', '-']).unwrap_or(before).trim_end();
        key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '"' | '\''))
            && key.len() < before.len() + usize::from(before.is_empty())
    })
}

/// The word at the begin of a text.
fn name(text: &str) -> &str {
    let end =
        text.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(text.len());
    &text[..end]
}
