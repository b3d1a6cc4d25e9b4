//! The parts of a body that only some readers may see.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag};

use super::containers::{BlockAudience, NAMES, UnclearRoles};
use super::fences::{self, Step};
use crate::config::Config;
use crate::mutation::{Filter, off};

/// A stretch of the body that only some readers may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleBlock {
    /// From the begin of the opening line to the end of the closing line, in bytes of the body.
    pub span: Range<usize>,
    /// Where the opening line stands.
    pub opening: Range<usize>,
    /// Who may read it; an error says why nobody can tell.
    pub audience: Result<BlockAudience, UnclearRoles>,
    /// The container that is not closed: the block, or one in it.
    pub unclosed: Option<Unclosed>,
}

/// A container that nothing closes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclosed {
    /// Its name.
    pub name: String,
    /// The fence that is missing at its end.
    pub fence: String,
    /// Where its opening line stands.
    pub opening: Range<usize>,
}

/// Characters of a quote in which its alert mark stands.
const LONGEST_MARK: usize = 200;

/// Words that would make people believe an alert is hidden: `internal`, `only`, and the roles of
/// the site by name and label; lower case.
#[derive(Debug, Default)]
pub struct RoleWords(BTreeSet<String>);

impl RoleWords {
    /// The words of a site.
    pub fn new(config: &Config) -> Self {
        let guards = NAMES.iter().filter(|(_, kind)| kind.guards_access()).map(|(name, _)| *name);
        let roles = config.roles.iter().flat_map(|role| {
            let labels = role.label.by_language.values();
            labels.chain([&role.name, &role.label.fallback]).map(String::as_str)
        });
        let words = guards.chain(["内部"]).chain(roles).map(str::to_lowercase);
        RoleWords(words.collect())
    }

    /// Whether a quote begins with an alert mark of such a word: `[!OPS]`, `![internal]`.
    fn begin(&self, quote: &str) -> bool {
        // No mark is longer; a text made of nothing but marks must not take forever.
        let head = quote.char_indices().nth(LONGEST_MARK).map_or(quote, |(end, _)| &quote[..end]);
        let line = head.trim_start_matches(['>', ' ', '\t']);
        let word = line.strip_prefix("[!").or_else(|| line.strip_prefix("!["));
        let Some((word, after)) = word.and_then(|word| word.split_once(']')) else { return false };
        // An image or a link has an address behind it.
        !after.starts_with(['(', '[']) && self.0.contains(&word.trim().to_lowercase())
    }

    /// Whether a text may hold such an alert: quick, and right where it says no.
    fn may_stand_in(&self, body: &str) -> bool {
        let marks = body.match_indices('!').filter(|(at, _)| {
            let (before, after) = (&body[..*at], &body[at + 1..]);
            before.ends_with('[') || after.starts_with('[')
        });
        marks.into_iter().any(|(at, _)| {
            let from = if body[..at].ends_with('[') { at - 1 } else { at };
            self.begin(&body[from..])
        })
    }
}

/// Finds the role blocks of a body. Blocks inside blocks are listed too. One that is not closed
/// hides everything after it: when in doubt, leave it out. So does one that ends while another
/// container is open in it: its writer may have taken that end for the other's.
pub fn role_blocks(body: &str, words: &RoleWords) -> Vec<RoleBlock> {
    let has_alerts = !off(Filter::AlertsForRoles) && words.may_stand_in(body);
    if !body.contains(":::") && !has_alerts {
        return Vec::new();
    }
    let masked = super::mask::mask(body);
    let mut blocks = Vec::new();
    let mut unclosed = Vec::new();
    let line_start = |at: usize| body[..at].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    for (step, range) in fences::events(&masked) {
        let opening = match step {
            Step::Open(opening) => opening,
            Step::Event(Event::Start(Tag::BlockQuote(_)))
                if has_alerts && words.begin(&body[range.clone()]) =>
            {
                let first = body[range.clone()].find(['\n', '\r']).unwrap_or(range.len());
                blocks.push(RoleBlock {
                    span: line_start(range.start)..range.end,
                    opening: range.start..range.start + first,
                    audience: Err(UnclearRoles::Alert),
                    unclosed: None,
                });
                continue;
            }
            _ => continue,
        };
        if !opening.is_closed {
            unclosed.push(Unclosed {
                name: opening.container.name.clone(),
                fence: opening.fence.clone(),
                opening: range.clone(),
            });
        }
        let Some(audience) = opening.container.audience() else { continue };
        let span = line_start(range.start)..opening.end;
        blocks.push(RoleBlock { span, opening: range, audience, unclosed: None });
    }
    for block in &mut blocks {
        // Both are in the order of the text.
        let at = unclosed.partition_point(|inner| inner.opening.start < block.opening.start);
        let first = unclosed.get(at).filter(|inner| inner.opening.start < block.span.end);
        let counts = |inner: &&Unclosed| {
            inner.opening.start == block.opening.start || !off(Filter::UnclosedInside)
        };
        block.unclosed = first.filter(counts).cloned();
        if block.unclosed.is_some() && !off(Filter::UnclosedToTheEnd) {
            block.span.end = body.len();
        }
    }
    blocks
}
