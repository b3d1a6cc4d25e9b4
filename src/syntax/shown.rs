//! Code that a writer shows on purpose, and code that only came about.
//!
//! A role fence in code is text that everybody reads. That is right where a page explains tier0,
//! and a leak where a code block was never closed and ends at the first fence of the block that it
//! swallowed. So code is trusted only where nothing about it is in doubt.

use std::cell::OnceCell;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::containers::Kind;
use super::fences::{self, Hideout};
use super::mask::{self, fence_start};
use crate::text::lines::{lines_at, start_of_line};

/// What fences of code are made of, and what looks like it.
const CODE_MARKS: [char; 8] =
    ['`', '~', '\u{ff40}', '\u{ff5e}', '\u{b4}', '\u{2018}', '\u{2019}', '\u{2035}'];

/// The code of a text.
#[derive(Debug, Default)]
pub(crate) struct Code {
    /// In the order of the text, apart from each other.
    blocks: Vec<Block>,
    spans: Vec<Range<usize>>,
    /// Where the last line begins that is a closing fence of a container between backticks. Found when
    /// asked for.
    last_closer: OnceCell<Option<usize>>,
    /// Whether a fenced block is never closed. Then every fence before it may be another's.
    has_unclosed: bool,
}

/// Languages in which a role block may well be shown: texts, and none. In the code of a program
/// such a line is a slip.
const TEXTS: [&str; 18] = [
    "",
    "markdown",
    "md",
    "mdx",
    "text",
    "txt",
    "plain",
    "plaintext",
    "none",
    "html",
    "vue",
    "xml",
    "diff",
    "patch",
    "toml",
    "yaml",
    "yml",
    "json",
];

#[derive(Debug)]
struct Block {
    range: Range<usize>,
    /// Whether it is the code of a program.
    is_program: bool,
    /// Why nothing in it is trusted.
    hideout: Option<Hideout>,
    /// The fences in it that open a container which ends in it too. Found when asked for.
    ended: OnceCell<Vec<usize>>,
    /// Lines in it that look like a fence of code, whatever their length. Found when asked for.
    inner: OnceCell<Vec<usize>>,
}

/// The language of a fence: the first word of its info string.
pub(crate) fn language(info: &str) -> String {
    let word = info.trim().split([' ', '\t', ',', '{', '?']).next().unwrap_or_default();
    word.to_lowercase()
}

/// Reads the code of a text, and nothing else.
pub(crate) fn code(text: &str) -> Code {
    let masked = mask::mask(text);
    let mut code = Code::default();
    for (event, range) in masked.events(fences::extensions()) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => code.add_block(text, &kind, range),
            Event::Code(_) => code.add_span(range),
            _ => {}
        }
    }
    code
}

impl Code {
    /// Adds a block of the parser.
    pub(crate) fn add_block(&mut self, text: &str, kind: &CodeBlockKind<'_>, range: Range<usize>) {
        let hideout = match kind.is_fenced() {
            false => Some(Hideout::IndentedCode),
            true if !is_closed(&text[range.clone()]) => {
                self.has_unclosed = true;
                Some(Hideout::UnclosedCode)
            }
            true => ends_in_doubt(text, &range).then_some(Hideout::DoubtfulCode),
        };
        let is_program = match kind {
            CodeBlockKind::Fenced(info) => {
                // `{.bash}` is how some tools name a language.
                let info = info.trim_start_matches(['{', '.', ' ']);
                let info = info.replace('}', " ");
                !TEXTS.contains(&&*language(&info))
            }
            CodeBlockKind::Indented => false,
        };
        let (ended, inner) = (OnceCell::new(), OnceCell::new());
        self.blocks.push(Block { range, is_program, hideout, ended, inner });
    }

    /// Adds a span of the parser.
    pub(crate) fn add_span(&mut self, range: Range<usize>) {
        self.spans.push(range);
    }

    /// What hides a fence: nothing if it stands in no code; `Ok` if it is shown on purpose.
    pub(crate) fn holder(&self, text: &str, at: usize) -> Option<Result<(), Hideout>> {
        let before = self.blocks.partition_point(|block| block.range.start <= at);
        let block = before.checked_sub(1).map(|number| &self.blocks[number]);
        if let Some(block) = block.filter(|block| at < block.range.end) {
            // What stands in its first line is shown by nobody.
            let is_inside = text[block.range.start..at].contains(['\n', '\r']);
            if !is_inside {
                return Some(Err(Hideout::DoubtfulCode));
            }
            let program = || {
                let fence = block.is_program.then(|| fences::fence_at(text, at)).flatten();
                let container = fence.and_then(|fence| fence.container);
                let is_role_block = container?.kind.is_some_and(Kind::guards_access);
                is_role_block.then_some(Hideout::Program)
            };
            let doubt = block.hideout.or_else(program).or_else(|| {
                let is_in_doubt =
                    self.has_unclosed || block.is_in_inner(text, at) || !block.ends(text, at);
                is_in_doubt.then_some(Hideout::DoubtfulCode)
            });
            return Some(doubt.map_or(Ok(()), Err));
        }
        let before = self.spans.partition_point(|span| span.start <= at);
        let span = before.checked_sub(1).map(|number| &self.spans[number]);
        let span = span.filter(|span| at < span.end)?;
        let is_one_line = !text[span.clone()].contains(['\n', '\r']);
        let is_shown =
            is_one_line && !(is_alone(text, span) && self.is_ended_by_span(text, span.end));
        Some(if is_shown { Ok(()) } else { Err(Hideout::Text) })
    }

    /// Whether a line behind a span is a closing fence of a container between backticks.
    fn is_ended_by_span(&self, text: &str, at: usize) -> bool {
        *self.last_closer.get_or_init(|| last_closer(text)) > Some(at)
    }

    /// Whether a place is in a code block of any sort.
    pub(crate) fn has(&self, at: usize) -> bool {
        let before = self.blocks.partition_point(|block| block.range.start <= at);
        before > 0 && at < self.blocks[before - 1].range.end
    }
}

impl Block {
    /// Whether a place stands between two lines of the block that look like fences of code: code in
    /// code, of which the outer one may have been meant to end before.
    fn is_in_inner(&self, text: &str, at: usize) -> bool {
        let inner = self.inner.get_or_init(|| inner_fences(text, &self.range));
        inner.partition_point(|fence| *fence < at) % 2 == 1
    }

    /// Whether the container that a fence opens ends in the block.
    fn ends(&self, text: &str, at: usize) -> bool {
        let in_line = |c: &char| !matches!(c, '\n' | '\r');
        let is_mark = |c: char| c.is_ascii_digit() || " \t>-*.)".contains(c);
        if !text[..at].chars().rev().take_while(in_line).all(is_mark) {
            return true;
        }
        let start = start_of_line(text, at);
        let line = first_line(&text[start..self.range.end.max(start)]);
        if fence_start(line).is_none_or(|fence| start + fence != at)
            || !text[at..].starts_with(":::")
        {
            // In the middle of a line it opens nothing, and other tools have other ends.
            return true;
        }
        self.ended.get_or_init(|| ended(text, &self.range)).binary_search(&at).is_ok()
    }
}

/// The fences of a range that open a container which ends in it, ascending.
fn ended(text: &str, range: &Range<usize>) -> Vec<usize> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut ended = Vec::new();
    for (line_start, line) in lines_at(&text[range.clone()], range.start) {
        let Some(fence) = fence_start(line) else { continue };
        let rest = line[fence..].trim();
        let length = rest.len() - rest.trim_start_matches(':').len();
        match rest[length..].is_empty() {
            _ if length < 3 => {}
            false => open.push((line_start + fence, length)),
            true => {
                if let Some(closed) = open.iter().rposition(|(_, opened)| *opened <= length) {
                    ended.push(open[closed].0);
                    open.truncate(closed);
                }
            }
        }
    }
    ended.sort_unstable();
    ended
}

/// Where lines of a block begin, but for its first, that look like fences of code: also with marks
/// that an input method puts in the place of backticks.
fn inner_fences(text: &str, range: &Range<usize>) -> Vec<usize> {
    let mut found = Vec::new();
    for (start, line) in lines_at(&text[range.clone()], range.start) {
        let is_first = start == range.start;
        let shown = line.trim_start_matches(|c: char| c.is_whitespace() || ">-*+".contains(c));
        let mark = shown.chars().next().filter(|c| CODE_MARKS.contains(c));
        let count = mark.map_or(0, |mark| shown.chars().take_while(|c| *c == mark).count());
        if !is_first && count >= 3 {
            found.push(start);
        }
    }
    found
}

/// Whether a span is all that stands in its line, but for marks of quotes and lists.
fn is_alone(text: &str, span: &Range<usize>) -> bool {
    let is_mark = |c: char| c.is_whitespace() || ">-*+".contains(c);
    let in_line = |c: &char| !matches!(c, '\n' | '\r');
    text[..span.start].chars().rev().take_while(in_line).all(is_mark)
        && text[span.end..].chars().take_while(in_line).all(char::is_whitespace)
}

/// Where the last line begins that is a closing fence of a container between backticks.
fn last_closer(text: &str) -> Option<usize> {
    let closers = lines_at(text, 0).filter(|(_, line)| {
        let line = line.trim_matches(|c: char| c.is_whitespace() || ">-*+".contains(c));
        let inner = line.trim_matches('`');
        inner.len() < line.len() && inner.len() >= 3 && inner.chars().all(|c| c == ':')
    });
    closers.last().map(|(start, _)| start)
}

/// Whether nobody can tell where a fenced block was meant to end.
pub(crate) fn is_in_doubt(text: &str, range: &Range<usize>) -> bool {
    let block = &text[range.clone()];
    !is_closed(block) || holds_fences(block.trim_end())
}

/// Whether a fenced block ends with a fence, not with what it stands in.
fn is_closed(block: &str) -> bool {
    let text = block.trim_end();
    let mark = text.trim_start().chars().next().unwrap_or('`');
    let opening = text.trim_start().chars().take_while(|c| *c == mark).count();
    let last = text.rsplit(['\n', '\r']).next().unwrap_or_default();
    let last = last.trim_start_matches([' ', '\t', '>']);
    text.contains(['\n', '\r']) && last.len() >= opening && last.chars().all(|c| c == mark)
}

/// Whether a closed block may have been meant to end before: a line in it looks like the start of
/// another one, or what follows it seems to be code as well.
fn ends_in_doubt(text: &str, range: &Range<usize>) -> bool {
    let block = text[range.clone()].trim_end();
    holds_fences(block) || goes_on(text, range, block.len())
}

/// Whether a line of a closed block, but the first and the last, looks like a fence of code.
fn holds_fences(block: &str) -> bool {
    let opening = block.trim_start();
    let mark = opening.chars().next().unwrap_or('`');
    let length = opening.chars().take_while(|c| *c == mark).count();
    let lines = lines(block).skip(1);
    let is_fence = |line: &str| {
        let line =
            line.trim().trim_start_matches(|c: char| c.is_whitespace() || "->*+.)>#".contains(c));
        let line = line.trim_start_matches(|c: char| c.is_ascii_digit() || ". )".contains(c));
        let run = |c: char| line.chars().take_while(|other| *other == c).count();
        let last = line.chars().rev().take_while(|other| *other == mark).count();
        let other = if mark == '`' { '~' } else { '`' };
        run(mark) >= length || last >= length || run(other) >= 3
    };
    // The last of them closes it.
    lines.filter(|line| is_fence(line)).count() > 1
}

/// Whether what follows a block of this length seems to be code as well.
fn goes_on(text: &str, range: &Range<usize>, length: usize) -> bool {
    let behind = &text[range.start + length..];
    let behind = behind.strip_prefix('\r').unwrap_or(behind);
    let Some(behind) = behind.strip_prefix('\n') else { return false };
    let next = first_line(behind).trim_start_matches([' ', '\t', '>']);
    let line = start_of_line(text, range.start);
    let is_in_list = text[line..range.start].contains([' ', '\t']);
    let ends_list = |rest: &str| {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_number = digits.len() < rest.len() && digits.starts_with(['.', ')']);
        is_in_list && (is_number || rest.starts_with(['-', '*', '+']))
    };
    !(next.is_empty() || next.starts_with(":::") || ends_list(next))
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r'])
}

/// The first line of a text.
fn first_line(text: &str) -> &str {
    lines(text).next().unwrap_or_default()
}
