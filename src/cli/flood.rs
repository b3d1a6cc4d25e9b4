//! Many problems: one message for all that say the same of one thing, and of many messages as many as
//! fill a screen. A report has all of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Severity};

/// Messages that are shown with their lines of source, if there are no more.
const FEW: usize = 8;
/// Errors that are shown so among more.
const FIRST: usize = 4;
/// Further messages, of a line each.
const BRIEF: usize = 14;

/// What makes problems of a code one: the thing that they are about.
fn subject(problem: &Diagnostic) -> Option<&str> {
    let name = match problem.code {
        Code::UnknownContainer | Code::UnclosedContainer => "name",
        Code::ContainerNotRead => "what",
        Code::UnknownHtmlTag => "tag",
        Code::HtmlRemoved => "what",
        Code::UnknownKey | Code::RoleKeyTypo | Code::WrongType | Code::DuplicateKey => "key",
        Code::InvalidValue => "value",
        Code::UnknownRole => "role",
        Code::UnknownProduct => "product",
        Code::UnsafeLink => "scheme",
        Code::BrokenLink | Code::MissingImage | Code::MissingFile | Code::IncludeMissing => {
            "target"
        }
        Code::ExternalImage => return problem.argument("target").map(host),
        _ => return None,
    };
    problem.argument(name)
}

/// The host of an address.
fn host(address: &str) -> &str {
    let behind = address.split_once("//").map_or(address, |(_, behind)| behind);
    behind.split(['/', '?', '#']).next().unwrap_or(behind)
}

/// A message: a problem, and others that say the same.
pub(crate) struct Message<'a> {
    /// All that are kept, the first one first.
    pub problems: Vec<&'a Diagnostic>,
    /// How many there are.
    pub count: usize,
}

/// What is shown of some problems.
#[derive(Default)]
pub(crate) struct Shown<'a> {
    /// With their lines of source, and the way out.
    pub whole: Vec<Message<'a>>,
    /// In a line each.
    pub brief: Vec<Message<'a>>,
    /// Problems that are not shown.
    pub hidden: usize,
}

/// Picks from problems of one severity. Of many messages, each code has one before any has a second.
pub(crate) fn thin(diagnostics: &[Diagnostic], severity: Severity, is_all: bool) -> Shown<'_> {
    let problems = diagnostics.iter().filter(|problem| problem.severity == severity);
    let mut messages: Vec<Message<'_>> = Vec::new();
    let mut known: BTreeMap<(Code, Option<&str>), usize> = BTreeMap::new();
    for problem in problems {
        let next = messages.len();
        let at = match is_all {
            true => next,
            false => *known.entry((problem.code, subject(problem))).or_insert(next),
        };
        if at == next {
            messages.push(Message { problems: Vec::new(), count: 0 });
        }
        messages[at].problems.push(problem);
        messages[at].count += 1 + problem.more;
    }
    if is_all || messages.len() <= FEW {
        return Shown { whole: messages, ..Shown::default() };
    }
    messages.sort_by_key(|message| std::cmp::Reverse(message.count));
    let mut codes = BTreeSet::new();
    messages.sort_by_cached_key(|message| !codes.insert(message.problems[0].code));
    let first = if severity == Severity::Error { FIRST } else { 0 };
    let mut brief = messages.split_off(first);
    let rest = brief.split_off(BRIEF.min(brief.len()));
    let hidden = rest.iter().map(|message| message.count).sum();
    Shown { whole: messages, brief, hidden }
}
