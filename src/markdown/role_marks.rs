//! Finds what was meant to keep a part of a text from some readers, as far as a program can tell.
//!
//! [`super::fences`] knows which of it is read; the rest is an error, unless it stands in code.

use super::containers::guards_access;
use super::fences;
use crate::mutation::{Filter, off};

/// Characters that look like a colon, or like colons, and that input methods, fonts or a paste from
/// elsewhere put in its place; in ascending order.
const COLONS: [char; 21] = [
    '\u{2d0}', '\u{2d1}', '\u{2f8}', '\u{589}', '\u{5c3}', '\u{703}', '\u{704}', '\u{903}',
    '\u{a83}', '\u{16ec}', '\u{1803}', '\u{1809}', '\u{205a}', '\u{2236}', '\u{2237}', '\u{a4fd}',
    '\u{a789}', '\u{fe13}', '\u{fe30}', '\u{fe55}', '\u{ff1a}',
];

/// What opens a block in the markup of other tools.
const ELSEWHERE: [&str; 8] = ["!!!", "???", ";;;", "{{<", "{{%", "{%", "<!--", "<"];

/// Attributes in braces are no longer, in bytes.
const LONGEST_ATTRIBUTES: usize = 200;

/// Offsets of everything that was meant to open a role block, ascending:
///
/// - two colons at the begin of a line or three anywhere, narrow or wide, before the name of one;
/// - three wide colons at the begin of a line before any word: its writer's `：：：内部`;
/// - `:internal[text]`, `!!! internal`, `{% internal %}`, `<internal>`,
///   `<div roles="ops">`;
/// - a container line about readers, also one that is not for a container of its name;
/// - `{roles=ops}` and `{.internal}` behind something.
pub fn find(text: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        colons(line, |at| found.push(line_start + at));
        found.extend(fence(line).map(|at| line_start + at));
        if !off(Filter::MarksElsewhere) {
            found.extend(elsewhere(line).map(|at| line_start + at));
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
        let rest = line[start..].trim_start_matches(|c: char| is_colon(c) || c == ' ');
        let mark = &line[start..line.len() - rest.len()];
        let count = mark.chars().filter(|c| is_colon(*c)).count();
        let needed = if start == begin { 2 } else { 3 };
        let is_wide = count >= 3 && start == begin && mark.chars().any(|c| c != ':' && c != ' ');
        let is_named = names_role_container(rest)
            && (count >= needed || rest[name(rest).len()..].starts_with(['[', '{']));
        if is_named || is_wide && rest.starts_with(char::is_alphanumeric) {
            found(start);
        }
        at = line.len() - rest.len();
    }
}

fn is_colon(c: char) -> bool {
    c == ':' || COLONS.binary_search(&c).is_ok() && !off(Filter::WideFences)
}

/// A block of another tool, at the begin of a line.
fn elsewhere(line: &str) -> Option<usize> {
    let shown = line.trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    let tag = shown.strip_prefix('<').and_then(|tag| tag.split('>').next());
    if tag.is_some_and(|tag| tag.contains(" roles=")) {
        return Some(line.len() - shown.len());
    }
    let mark = ELSEWHERE.iter().find(|mark| shown.starts_with(**mark))?;
    let rest = shown[mark.len()..].trim_start();
    // A comment may well speak of something internal.
    let behind = rest[name(rest).len()..].trim();
    let is_block = *mark != "<!--" || behind == "-->";
    let is_tag = *mark != "<" || !shown[1..].starts_with(char::is_whitespace);
    (is_block && is_tag && names_role_container(rest)).then_some(line.len() - shown.len())
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
    let attributes = text[..end].to_lowercase();
    attributes.split([' ', '\t', ',']).any(|word| {
        let key = word.split_once(['=', '＝']).map(|(key, _)| key);
        matches!(key, Some("roles" | "role")) || word.strip_prefix('.').is_some_and(guards_access)
    })
}

fn names_role_container(text: &str) -> bool {
    let text =
        text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}');
    guards_access(&name(text).to_lowercase())
}

/// The word at the begin of a text.
fn name(text: &str) -> &str {
    let end =
        text.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(text.len());
    &text[..end]
}
