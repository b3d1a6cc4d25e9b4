//! What becomes of a file that cannot be read as a whole: how far its head goes, and whether what is lost
//! may have kept readers out.

use std::ops::Range;

use super::front_matter::{self, Block, Fence};
use super::times::{Bound, Time};
use super::{Meta, keys, meta, stray};
use crate::config::Config;
use crate::config::keys::form;
use crate::config::roles::CUSTOMER;
use crate::diagnostic::{Code, Diagnostic, Weight};
use crate::source::SourceFile;
use crate::spanned::Table;
use crate::syntax::{self, is_guard};
use crate::text::lines::{lines, lines_at};

/// Lines of a head that nothing ends.
const LOOK_AHEAD: usize = 30;
/// Stands for bytes that are no text.
const LOST: char = '\u{fffd}';

/// What is read of a head.
pub(super) struct Head {
    pub table: Table,
    /// Of one that does not parse, the days before which its page is not published.
    pub days: Vec<Time>,
    /// Whether it does not parse.
    pub is_lost: bool,
}

/// Reads the head of a file as far as it can be read. None if what is lost may keep readers out.
pub(super) fn read(
    file: &SourceFile,
    block: &mut Block,
    config: &Config,
    problems: &mut Vec<Diagnostic>,
) -> Option<Head> {
    let weight = |guards| if guards { Weight::Stop } else { Weight::Doubt };
    if let Some(at) = file.invalid_utf8 {
        let guards = may_guard(&file.text, block);
        let problem = Diagnostic::at(Code::InvalidUtf8, &file.path, at..at + 1);
        problems.push(problem.weighing(weight(guards)));
        if guards {
            return None;
        }
    }
    let errors = match front_matter::parse(&file.path, &file.text, block) {
        Ok(table) => return Some(Head { table, days: Vec::new(), is_lost: false }),
        Err(errors) => errors,
    };
    let head = head(&file.text, block);
    let guards = stray::keeps_back(&file.text[around(&file.text, block, &head)], config);
    problems.extend(errors.into_iter().map(|error| error.weighing(weight(guards))));
    if guards {
        return None;
    }
    // The page goes on without what its head says, but for its day.
    block.body_start = head.end;
    Some(Head { table: Table::new(), days: days(&file.text, head), is_lost: true })
}

/// The head of a file that does not parse, with its fences. Where nothing ends it, it goes on as long as
/// its lines look like those of a head.
fn head(text: &str, block: &Block) -> Range<usize> {
    let start = block.opening.start;
    if block.closed && block.fence != Fence::Mistaken {
        return start..block.body_start;
    }
    let mark = text[block.opening.clone()].trim();
    let mut end = block.opening.end;
    for (number, (at, line)) in lines_at(&text[start..], start).enumerate() {
        let shown = line.trim();
        let is_first = number == 0;
        let is_last = !is_first && shown == mark;
        let is_of_it =
            is_first || is_last || is_key(shown) || line.starts_with([' ', '\t', '-', '#']);
        if !is_of_it {
            break;
        }
        end = at + line.len();
        if is_last {
            break;
        }
    }
    start..end
}

/// What may belong to such a head: where nothing ends it, the lines behind it too.
fn around(text: &str, block: &Block, head: &Range<usize>) -> Range<usize> {
    if block.closed && block.fence != Fence::Mistaken {
        return head.clone();
    }
    let lines = lines_at(&text[head.start..], head.start).take(LOOK_AHEAD);
    head.start..lines.last().map_or(head.end, |(at, line)| (at + line.len()).max(head.end))
}

/// The days in a head that does not parse, before which its page is not published.
fn days(text: &str, head: Range<usize>) -> Vec<Time> {
    let day = |(at, line): (usize, &str)| {
        let (key, value) = line.split_once([':', '=', '：'])?;
        let is_day = form(key) == "date";
        let value = value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        let day = value.get(..10)?.parse().ok().filter(|_| is_day)?;
        let (key, span) = (form(key), at..at + key.len());
        Some(Time { key, span, bound: Bound::From, day })
    };
    lines_at(&text[head.clone()], head.start).filter_map(day).collect()
}

/// Whether a line has a key and its value.
fn is_key(line: &str) -> bool {
    let Some((key, _)) = line.split_once([':', '=', '：']) else { return false };
    let key = key.trim_matches(['"', '\'', ' ', '{', '\t']);
    !key.is_empty() && !key.contains(' ')
}

/// Whether lost bytes stand where something may say who reads: in a head, in a line that opens
/// something or has a mark of it.
fn may_guard(text: &str, block: &Block) -> bool {
    let marks = ["!!!", "[!", "{", "<", "::", "++"];
    let is_mark = |line: &str| {
        syntax::fence_in(line).is_some() || marks.iter().any(|mark| line.contains(mark))
    };
    // Several beside each other are words of another encoding, which nobody could read.
    text[..block.body_start].contains(LOST)
        || text.contains("\u{fffd}\u{fffd}\u{fffd}")
        || lines(text).any(|(_, line)| line.contains(LOST) && is_mark(line))
}

/// Weighs what is wrong with values. Those of keys that guard nothing cost their page no more than the
/// value, unless it has a word that could be meant to.
pub(super) fn weigh_values(
    problems: &mut [Diagnostic],
    table: &Table,
    meta: &Meta,
    config: &Config,
) {
    let entry = |name: &str| table.iter().find(|entry| entry.key == name);
    // A day that cannot be read may be still to come.
    let has_no_day = entry("date").is_some() && meta.times.iter().all(|time| time.key != "date");
    for problem in problems {
        if !matches!(problem.code, Code::WrongType | Code::InvalidValue) {
            continue;
        }
        let key = problem.argument("key").unwrap_or_default();
        let whole = entry(key).map(|entry| meta::to_json(&entry.node).to_string());
        let said = [problem.argument("value"), whole.as_deref()];
        let guards = keys::guards_access(key)
            || ["updated", "date"].contains(&key) && has_no_day
            || said.iter().flatten().any(|said| speaks_of_readers(said, config));
        if !guards {
            // Whose translation a page is may say who reads it.
            let weight = if key == "lang" { Weight::Doubt } else { Weight::Slip };
            *problem = problem.clone().weighing(weight);
        }
    }
}

/// Whether a value has a word that keeps readers out, or a role.
fn speaks_of_readers(value: &str, config: &Config) -> bool {
    let is_end = |c: char| !c.is_alphanumeric() && c != '-';
    let mut words = value.split(is_end).map(str::to_lowercase).filter(|word| !word.is_empty());
    let is_draft = |word: &str| ["draft", "wip", "unpublished", "草稿", "未发布"].contains(&word);
    words.any(|word| {
        is_draft(&word)
            || is_guard(&word)
            || word.split('-').any(is_guard)
            || config.role(&word).is_some_and(|role| role.name != CUSTOMER)
    })
}
