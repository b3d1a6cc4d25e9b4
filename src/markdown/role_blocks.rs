//! What `edition` must know of a body: the parts that only some readers may see, and the lines that
//! stand for snippets.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::comments::{self, Comment};
use super::containers::{BlockAudience, Kind, NAMES, UnclearRoles};
use super::fences::{self, Step};
use super::guard_words::{GUARDS, GuardWords};
use crate::config::roles::CUSTOMER;
use crate::config::{Config, Role};
use crate::mutation::{Filter, off};

/// The parts of a body.
#[derive(Debug, Default)]
pub struct Outline {
    /// The role blocks. Blocks inside blocks are listed too.
    pub blocks: Vec<RoleBlock>,
    /// The lines that stand for snippets.
    pub includes: Vec<Include>,
    /// What nobody is to read.
    pub comments: Vec<Comment>,
}

/// A line that stands for a snippet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Include {
    /// The path as written; empty if there is none.
    pub target: String,
    /// Its lines, from the begin of the first to the end of the last.
    pub span: Range<usize>,
    /// Where the colons stand.
    pub opening: Range<usize>,
}

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
pub struct RoleWords {
    words: BTreeSet<String>,
    /// Those that count inside another word too, as in `运维专用`.
    parts: Vec<String>,
    guards: GuardWords,
}

impl RoleWords {
    /// The words of a site.
    pub fn new(config: &Config) -> Self {
        let names_of = |role: &Role| -> Vec<String> {
            let labels = role.label.by_language.values();
            labels
                .chain([&role.name, &role.label.fallback])
                .map(|name| name.to_lowercase())
                .collect()
        };
        let guards =
            NAMES.iter().filter(|(_, kind, _)| kind.guards_access()).map(|(name, ..)| *name);
        let guards = guards.chain(GUARDS).map(str::to_owned);
        let words = guards.clone().chain(config.roles.iter().flat_map(names_of)).collect();
        let inside = || config.roles.iter().filter(|role| role.name != CUSTOMER);
        let names = inside().map(|role| role.name.clone()).collect();
        let inside = || inside().flat_map(names_of);
        let parts =
            guards.chain(inside()).filter(|word| !word.is_ascii() && word.chars().nth(1).is_some());
        let parts = parts.collect();
        RoleWords { words, parts, guards: GuardWords::new(names, inside()) }
    }

    /// Whether a quote has an alert mark of such a word: `[!OPS]`, `![internal]`, `【！运维】`. Marks
    /// are read in the first line only, but writers do not know that.
    fn stand_in(&self, quote: &str) -> bool {
        quote.split(['\n', '\r']).any(|line| self.begin(line))
    }

    fn begin(&self, line: &str) -> bool {
        // No mark is longer; a text made of nothing but marks must not take forever.
        let line = line.char_indices().nth(LONGEST_MARK).map_or(line, |(end, _)| &line[..end]);
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
        !after.starts_with(['(', '[']) && self.is_meant(&word.trim().to_lowercase())
    }

    /// Whether the word of a mark is one of these, or begins with one: `only ops`, `internal-note`.
    fn is_meant(&self, word: &str) -> bool {
        let first = word.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        self.words.contains(word)
            || !off(Filter::LongAlerts)
                && (self.words.contains(first) || self.parts.iter().any(|part| word.contains(part)))
    }

    /// Lines about readers that no rule reads: attributes of a code block or of something inline.
    fn unread(&self, body: &str, range: Range<usize>) -> RoleBlock {
        let start = body[..range.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let line = range.start + body[range.start..].find(['\n', '\r']).unwrap_or(0);
        let line = if line > range.start { line } else { body.len() };
        RoleBlock {
            span: start..range.end.max(line),
            opening: range.start..line,
            audience: Err(UnclearRoles::NotHere),
            unclosed: None,
        }
    }

    /// Where braces begin that hold the name of a role as a class; lines of containers are read
    /// elsewhere.
    fn role_classes<'b>(&'b self, body: &'b str) -> impl Iterator<Item = usize> + 'b {
        let braces = body.match_indices('{').map(|(at, _)| at);
        braces.filter(|at| {
            let inner = &body[at + 1..];
            let end = inner.bytes().take(LONGEST_MARK).position(|b| matches!(b, b'}' | b'{'));
            let line = || body[..*at].rfind(['\n', '\r']).map_or(0, |at| at + 1);
            let is_other = |c: char| !c.is_alphanumeric() && c != ':';
            end.is_some_and(|end| self.guards.is_role_class(&inner[..end]))
                && !body[line()..*at].trim_start_matches(is_other).starts_with(":::")
        })
    }

    /// Whether attributes of code or of something inline may speak of readers: quick, and right
    /// where it says no.
    fn may_stand_in_attributes(&self, body: &str) -> bool {
        let fences = body.match_indices("```").chain(body.match_indices("~~~"));
        let mut infos = fences.map(|(at, mark)| {
            let rest = &body[at + mark.len()..];
            let end = rest.bytes().take(LONGEST_MARK).position(|byte| byte == b'\n');
            end.and_then(|end| rest.get(..end)).unwrap_or_default()
        });
        infos.any(|info| self.guards.are_about(info)) || self.role_classes(body).next().is_some()
    }

    /// Whether a text may hold such an alert: quick, and right where it says no.
    fn may_stand_in(&self, body: &str) -> bool {
        body.match_indices(is_bang).any(|(at, bang)| {
            let before = body[..at].chars().next_back().filter(|c| is_bracket(*c));
            let is_mark = before.is_some() || body[at + bang.len()..].starts_with(is_bracket);
            is_mark && self.begin(&body[at - before.map_or(0, char::len_utf8)..])
        })
    }
}

fn is_bracket(c: char) -> bool {
    c == '[' || matches!(c, '【' | '［' | '〔') && !off(Filter::WideFences)
}

fn is_bang(c: char) -> bool {
    c == '!' || c == '！' && !off(Filter::WideFences)
}

/// Finds the role blocks and snippets of a body. A block that is not closed
/// hides everything after it: when in doubt, leave it out. So does one that ends while another
/// container is open in it: its writer may have taken that end for the other's.
pub fn outline(body: &str, words: &RoleWords) -> Outline {
    let has_alerts = !off(Filter::AlertsForRoles) && words.may_stand_in(body);
    let has_comments = comments::may_stand_in(body);
    let has_attributes = words.may_stand_in_attributes(body);
    let has_fences = body.contains(":::") || body.contains("+++");
    if !has_fences && !has_alerts && !has_comments && !has_attributes {
        return Outline::default();
    }
    let masked = super::mask::mask(body);
    let mut blocks = Vec::new();
    let mut includes = Vec::new();
    let mut unclosed = Vec::new();
    let mut reading = comments::Reading::default();
    let line_start = |at: usize| body[..at].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    for (step, range) in fences::events(&masked) {
        let opening = match step {
            Step::Open(opening) => opening,
            Step::Event(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))))
                if words.guards.are_about(&info) =>
            {
                blocks.push(words.unread(body, range.clone()));
                reading.code.push(range);
                continue;
            }
            Step::Event(Event::Code(_) | Event::Start(Tag::CodeBlock(_))) => {
                reading.code.push(range);
                continue;
            }
            Step::Event(Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock)) => {
                reading.html.push(range);
                continue;
            }
            Step::Event(Event::Start(Tag::BlockQuote(_)))
                if has_alerts && words.stand_in(&body[range.clone()]) =>
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
        if opening.container.kind == Some(Kind::Include) {
            includes.push(Include {
                target: opening.container.title.clone(),
                span: line_start(range.start)..opening.end,
                opening: range.start..range.start + body[range.clone()].trim_end().len(),
            });
        }
        let suspicion = || words.guards.suspects(&opening.container).map(Err);
        let Some(audience) = opening.container.audience().or_else(suspicion) else { continue };
        let span = line_start(range.start)..opening.end;
        blocks.push(RoleBlock { span, opening: range, audience, unclosed: None });
    }
    if has_attributes {
        let is_code = |at: usize| reading.code.iter().any(|code| code.contains(&at));
        let marks = words.role_classes(body).filter(|at| !is_code(*at));
        blocks.extend(marks.map(|at| words.unread(body, at..at + 1)));
    }
    blocks.sort_by_key(|block| block.span.start);
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
    let comments = if has_comments { comments::find(body, &reading) } else { Vec::new() };
    Outline { blocks, includes, comments }
}
