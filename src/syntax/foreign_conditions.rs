//! Finds the conditions of templates that decide who reads: a word about readers beside `if`, `not`,
//! `|` and the like.

use super::guard_words::{GuardWords, is_guard};
use super::role_marks::short;

/// Words that begin a condition.
const CONDITIONS: [&str; 11] =
    ["if", "unless", "when", "not", "elif", "elsif", "elseif", "ifdef", "ifndef", "ifeval", "else"];
/// Those of them that mean the opposite.
const OPPOSITES: [&str; 4] = ["unless", "not", "ifndef", "except"];
/// Who reads where a page is for everybody.
const EVERYBODY: [&str; 9] = [
    "public",
    "external",
    "customer",
    "customers",
    "everyone",
    "everybody",
    "公开",
    "客户",
    "外部",
];
/// Names of tags whose text is not shown.
const HIDING: [&str; 4] = ["hide", "exclude", "nopublish", "endhide"];
/// What the name of an attribute ends with that decides whether its element is there.
const SWITCHES: [&str; 7] = ["if", "unless", "show", "hide", "ngif", "authorize", "when"];

/// As much of a tag is looked at, in bytes.
const LONGEST: usize = 300;

/// Where a line begins with a condition: `{internal|…}`, `{if internal}`, `ifndef::public[]`,
/// `[role=internal]`.
pub(super) fn in_line(line: &str, words: &GuardWords) -> Option<usize> {
    let shown = line.trim_start_matches([' ', '\t', '>']);
    let is_meant = || {
        if let Some(name) = shown.strip_prefix("ifndef::") {
            return is_everybody(name.split('[').next().unwrap_or_default());
        }
        if let Some(inner) = shown.strip_prefix('[').filter(|inner| !inner.starts_with('!')) {
            let inner = inner.trim_end().strip_suffix(']');
            return inner.is_some_and(|inner| {
                inner.contains('=') && !inner.contains(']') && words.classes_are_about(inner)
            });
        }
        let inner = short(shown.strip_prefix('{').unwrap_or_default(), LONGEST);
        let inner = inner.split(['}', '{']).next().unwrap_or_default();
        !inner.is_empty() && decides(inner, true)
    };
    is_meant().then_some(line.len() - shown.len())
}

/// Whether the inside of a tag decides who reads. Of a tag that may stand for a value (`is_value`), a
/// word alone does not.
pub(super) fn decides(inner: &str, is_value: bool) -> bool {
    let inner = short(inner, LONGEST).trim_matches(|c: char| c.is_whitespace() || c == '-');
    let is_end = |c: char| !c.is_alphanumeric() && c != '_' && c != '-';
    let first = inner.split(is_end).next().unwrap_or_default();
    let behind = &inner[first.len()..];
    if is_telling(first) && (behind.starts_with(['|', ':']) || behind.trim().starts_with("&&")) {
        return !behind.starts_with("::");
    }
    let is_block = inner.starts_with(['#', '^', '?', '!']);
    let mut words = inner.split(is_end).filter(|word| !word.is_empty());
    if inner.starts_with('^') {
        return words.next().is_some_and(|word| is_telling(word) || is_everybody(word));
    }
    let lower = first.to_lowercase();
    if !is_value && HIDING.contains(&lower.as_str()) {
        return words.count() <= 1;
    }
    if !is_block && !CONDITIONS.contains(&lower.as_str()) {
        return false;
    }
    let mut is_opposite = OPPOSITES.contains(&lower.as_str());
    words.skip(1).any(|word| {
        let before = is_opposite;
        is_opposite |= OPPOSITES.contains(&word);
        is_telling(word) || before && is_everybody(word)
    }) || inner
        .split('!')
        .skip(1)
        .any(|rest| is_everybody(rest.split(is_end).next().unwrap_or_default()))
}

/// Whether the name of an attribute says that its element is there or not.
pub(super) fn is_switch(name: &str) -> bool {
    let parts = || name.split(|c: char| !c.is_alphanumeric());
    let last = parts().rfind(|part| !part.is_empty());
    name.contains([':', '*', '[', '@', '-']) && last.is_some_and(|last| SWITCHES.contains(&last))
}

fn is_telling(word: &str) -> bool {
    is_guard(word) && !["only", "hidden", "secret", "private"].contains(&&*word.to_lowercase())
        || word
            .to_lowercase()
            .split(['_', '-'])
            .any(|part| ["internal", "isinternal"].contains(&part))
}

fn is_everybody(word: &str) -> bool {
    EVERYBODY.contains(&&*word.to_lowercase())
}
