//! Words of a site that would make people believe that a part of a text is hidden.

use std::collections::BTreeSet;
use std::ops::Range;

use super::containers::{NAMES, UnclearRoles};
use super::guard_words::{GUARDS, GuardWords, may_be_box};
use super::outline::RoleBlock;
use super::role_marks::{is_unseen, short};
use crate::config::roles::CUSTOMER;
use crate::config::{Config, Role};
use crate::text::lines::start_of_line;

/// Characters of a quote in which its alert mark stands.
const LONGEST_MARK: usize = 200;

/// Words that would make people believe an alert is hidden: `internal`, `only`, the roles of the
/// site by name and label, and its editions that are not for everybody; lower case.
#[derive(Debug, Default)]
pub(crate) struct RoleWords {
    words: BTreeSet<String>,
    /// Those that count inside another word too, as in `运维专用`.
    parts: Vec<String>,
    /// Those of other places than alerts.
    pub guards: GuardWords,
}

impl RoleWords {
    /// The words of a site.
    pub(crate) fn new(config: &Config) -> Self {
        let names_of = |role: &Role| -> Vec<String> {
            let labels = role.label.by_language.values();
            labels
                .chain([&role.name, &role.label.fallback])
                .map(|name| name.to_lowercase())
                .collect()
        };
        let guards = NAMES.iter().filter(|(_, kind)| kind.guards_access()).map(|(name, _)| *name);
        let guards = guards.chain(GUARDS).map(str::to_owned);
        let inside = || config.roles.iter().filter(|role| role.name != CUSTOMER);
        let editions = || config.inner_editions().map(str::to_owned);
        let names = inside().map(|role| role.name.clone()).chain(editions()).collect();
        let lower = || editions().map(|name| name.to_lowercase());
        let inside = || inside().flat_map(names_of).chain(lower());
        let words = guards.clone().chain(inside()).collect();
        let parts =
            guards.chain(inside()).filter(|word| !word.is_ascii() && word.chars().nth(1).is_some());
        let parts = parts.collect();
        RoleWords {
            words,
            parts,
            guards: GuardWords::new(
                names,
                inside(),
                config.security.titles.clone(),
                config.containers.keys().cloned().collect(),
            ),
        }
    }

    /// Whether a quote has an alert mark of such a word: `[!OPS]`, `![internal]`, `【！运维】`. Marks
    /// are read in the first line only, but writers do not know that.
    pub(super) fn stand_in(&self, quote: &str) -> bool {
        quote.split(['\n', '\r']).any(|line| self.begin(line))
    }

    fn begin(&self, line: &str) -> bool {
        // No mark is longer; a text made of nothing but marks must not take forever.
        let line = line.char_indices().nth(LONGEST_MARK).map_or(line, |(end, _)| &line[..end]);
        let line: String =
            line.chars().filter(|c| (!is_unseen(*c) || *c == ' ') && *c != '\\').collect();
        let line = line.trim_start_matches(|c: char| {
            c.is_whitespace() || matches!(c, '>' | '*' | '_' | '-' | '+' | '#')
        });
        let mut marks = line.chars();
        let first = [marks.next(), marks.next()].map(Option::unwrap_or_default);
        if !(is_bracket(first[0]) && is_bang(first[1]) || is_bang(first[0]) && is_bracket(first[1]))
        {
            return false;
        }
        let Some((word, after)) = marks.as_str().split_once([']', '】', '］', '〕']) else {
            return false;
        };
        // An image or a link has an address behind it.
        !after.starts_with(['(', '['])
            && (self.is_meant(&word.trim().to_lowercase())
                || self.guards.open_with(word)
                || self.guards.is_address(after.trim_matches(['-', '+', ' ', '*', '_'])))
    }

    /// Whether the word of a mark is one of these, or begins with one: `only ops`, `internal-note`.
    fn is_meant(&self, word: &str) -> bool {
        let first = word.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        self.words.contains(word)
            || self.words.contains(first)
            || ["draft", "wip", "unpublished", "草稿"].contains(&word)
            || self.parts.iter().any(|part| word.contains(part))
    }

    /// Lines about readers that no rule reads: attributes of a code block.
    pub(super) fn unread(&self, body: &str, range: Range<usize>) -> RoleBlock {
        let start = start_of_line(body, range.start);
        let line = range.start + body[range.start..].find(['\n', '\r']).unwrap_or(0);
        let line = if line > range.start { line } else { body.len() };
        RoleBlock {
            span: start..range.end.max(line),
            opening: range.start..line,
            audience: Err(UnclearRoles::CodeLine),
            unclosed: None,
        }
    }

    /// Whether the line of a code block may speak of readers: quick, and right where it says no.
    pub(super) fn may_stand_at_code(&self, body: &str) -> bool {
        let fences = body.match_indices("```").chain(body.match_indices("~~~"));
        let mut infos = fences.map(|(at, mark)| {
            let rest = &body[at + mark.len()..];
            let end = rest.bytes().take(LONGEST_MARK).position(|byte| byte == b'\n');
            end.and_then(|end| rest.get(..end)).unwrap_or_default()
        });
        infos.any(|info| may_be_box(info) || self.guards.are_about_code(info))
    }

    /// Whether a text may hold such an alert: quick, and right where it says no.
    pub(super) fn may_stand_in(&self, body: &str) -> bool {
        body.match_indices(is_bang).any(|(at, bang)| {
            let before = body[..at].chars().next_back().filter(|c| is_bracket(*c));
            let is_mark = before.is_some() || body[at + bang.len()..].starts_with(is_bracket);
            let line = short(&body[at - before.map_or(0, char::len_utf8)..], 4 * LONGEST_MARK);
            is_mark && self.begin(line.split(['\n', '\r']).next().unwrap_or_default())
        })
    }
}

fn is_bracket(c: char) -> bool {
    c == '[' || matches!(c, '【' | '［' | '〔')
}

fn is_bang(c: char) -> bool {
    c == '!' || c == '！'
}
