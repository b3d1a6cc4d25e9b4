//! Events of a masked text, with container fences told from text and matched with each other.
//!
//! The one place that knows where a container begins and ends: the writer and the edition both
//! go by the steps made here.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Tag, TagEnd};

use super::containers::{self, Container};
use super::guard_words::GuardWords;
use super::mask::{self, Masked};
use super::role_marks;
use super::shown::Code;
use crate::diagnostic::{Code as ProblemCode, Problem};
use crate::mutation::{Policy, off};
use crate::text::lines::start_of_line;

/// Levels of nested lists, quotes and markup that are still read.
pub(crate) const DEEPEST: usize = 100;

/// What the writer walks over. Containers are always closed again, in the right order.
#[derive(Debug)]
pub(crate) enum Step<'a> {
    /// An event of the parser.
    Event(Event<'a>),
    /// A line that opens a container.
    Open(Opening),
    /// The end of the innermost container.
    Close,
    /// A line that closes nothing.
    Stray,
    /// A fence in a place where the parser does not read it.
    Swallowed(Hideout),
    /// One container too many.
    TooDeep,
    /// Something that would be lost without a word.
    Lost(Box<Problem>),
}

/// A container that opens.
#[derive(Debug)]
pub(crate) struct Opening {
    /// What its line says.
    pub container: Container,
    /// The fence that would close it.
    pub fence: String,
    /// Whether a line closes it. One that is only ended by what it stands in is not closed.
    pub is_closed: bool,
    /// Where it ends.
    pub end: usize,
}

/// Where a fence can be swallowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hideout {
    /// Inside an html block that began without an empty line before the fence.
    Html,
    /// In a code block made by indentation alone.
    IndentedCode,
    /// In a code block whose fence is never closed.
    UnclosedCode,
    /// In a code block of which nobody can tell where it was meant to end.
    DoubtfulCode,
    /// In the code of a program.
    Program,
    /// In the middle of a paragraph, a heading or a table.
    Text,
    /// Nowhere: it is the markup of another tool, or its colons only look like some.
    Foreign,
}

impl Hideout {
    /// What is wrong with a container there, in English and Chinese.
    pub(crate) fn words(self) -> (String, String) {
        let (en, zh) = match self {
            Hideout::Html => ("an html block", "html 块"),
            Hideout::IndentedCode => ("a block indented like code", "缩进形成的代码块"),
            Hideout::UnclosedCode => ("a code block that is never closed", "没有结束的代码块"),
            Hideout::DoubtfulCode => (
                "a code block of which nobody can tell where it was meant to end",
                "无法确定本该在哪里结束的代码块",
            ),
            Hideout::Program => (
                "the code of a program, where a role block is no part of the code",
                "程序代码中，而角色块并不是代码的一部分",
            ),
            Hideout::Text => {
                ("the text of a paragraph, heading or table", "段落、标题或表格的文字中")
            }
            Hideout::Foreign => {
                return (
                    "this speaks of readers in a way that tier0 does not read".to_owned(),
                    "这里像是在说明谁可以阅读，但 tier0 不识别这种写法".to_owned(),
                );
            }
        };
        let en = format!("this container stands where it is not read: inside {en}");
        (en, format!("这个容器写在了不会被识别的位置：{zh}"))
    }

    /// The way out, in English and Chinese.
    pub(crate) fn help(self) -> (&'static str, &'static str) {
        match self {
            Hideout::Foreign => (
                "To hide a part, write `:::internal` or `:::only roles=\"ops\"` on a line of its own, with three plain colons. If nothing is to be hidden: put it in backticks or a code block, or say it in other words; a title goes into `[security] titles`.",
                "要隐藏一段内容，请另起一行，用三个半角冒号写 `:::internal` 或 `:::only roles=\"ops\"`。如果并不想隐藏：请放进反引号或代码块，或者换个说法；标题可以写进 `[security] titles`。",
            ),
            Hideout::DoubtfulCode | Hideout::UnclosedCode => (
                "Close every code block of the page and leave an empty line behind it. To show a role block as text, put it with its closing `:::` into one code block, with a longer fence (````) if there is code in it.",
                "请给页面上的每个代码块写上结束标记，并在其后空一行。如果要原样显示角色块，请把它连同结尾的 `:::` 放进同一个代码块；其中还有代码时，外层请用更长的围栏（````）。",
            ),
            Hideout::Program => (
                "To hide a part of the code, end the code block before the role block and begin another one in it. To show the line as text, name the block `text` or `markdown`.",
                "要隐藏其中一段，请在角色块之前结束代码块，并在角色块里另写一个代码块。如果要原样显示这一行，请把代码块的语言写成 `text` 或 `markdown`。",
            ),
            _ => (
                "Put an empty line around it and mind the indentation; to show it as text, use a fenced code block.",
                "请在它前后各空一行并注意缩进；如果要原样显示，请使用围栏代码块。",
            ),
        }
    }
}

/// The parser's extensions.
pub(crate) fn extensions() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// Parses a masked text.
pub(crate) fn events<'a>(masked: &'a Masked<'_>) -> Vec<(Step<'a>, Range<usize>)> {
    let mut reader = Reader {
        masked,
        steps: Vec::new(),
        open: Vec::new(),
        early: Vec::new(),
        ended: None,
        leaf: None,
        depth: 0,
        code: Code::default(),
        fence_end: 0,
        cell_end: 0,
        is_too_deep: false,
    };
    for (event, range) in masked.events(extensions()) {
        reader.event(event, range);
    }
    reader.end_deeper_than(None, masked.text.len());
    reader.report_unread_role_fences();
    reader.finish()
}

/// A container that is open.
struct Open {
    /// Its step.
    step: usize,
    length: usize,
    mark: char,
    /// The parser's depth: it closes at the same.
    depth: usize,
    /// The step and the place of the first heading right in it. If nothing closes it, it ends there.
    heading: Option<(usize, usize)>,
}

struct Reader<'a, 'm> {
    masked: &'a Masked<'m>,
    steps: Vec<(Step<'a>, Range<usize>)>,
    open: Vec<Open>,
    /// Ends of containers before steps that are there already, and their places.
    early: Vec<(usize, usize)>,
    /// The fence of a container that ended with its list item, and where: a fence behind the list may
    /// have been meant to close it.
    ended: Option<(char, usize, usize)>,
    /// The last line that stands for a snippet.
    leaf: Option<Open>,
    depth: usize,
    code: Code,
    /// Where the line of the last fence ends.
    fence_end: usize,
    /// Where the last cell of a table ends.
    cell_end: usize,
    is_too_deep: bool,
}

impl<'a> Reader<'a, '_> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match &event {
            Event::Start(tag) => {
                if let Tag::Heading { .. } = tag
                    && let Some(open) = self.open.last_mut().filter(|open| open.depth == self.depth)
                {
                    open.heading.get_or_insert((self.steps.len(), range.start));
                }
                self.depth += 1;
                if let Tag::CodeBlock(kind) = tag {
                    self.code.add_block(self.masked.text, kind, range.clone());
                }
            }
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                if *tag != TagEnd::HtmlBlock {
                    self.end_deeper_than(Some(self.depth), range.end);
                }
                match tag {
                    TagEnd::TableCell => self.cell_end = range.end,
                    TagEnd::TableRow => self.end_row(range.end),
                    _ => {}
                }
            }
            // What the parser makes of the end of a line that has two characters.
            Event::Html(_) if range.start < self.fence_end => return,
            Event::Html(_) if self.has_fence(&range) => {
                self.html(range);
                return;
            }
            Event::InlineHtml(_) if self.has_fence(&range) => {
                self.swallow(Hideout::Text, range, Event::Text);
                return;
            }
            Event::Code(_) => self.code.add_span(range.clone()),
            _ => {}
        }
        self.steps.push((Step::Event(event), range));
    }

    /// A fence that is not read is a text like any other, unless it says who reads what.
    fn swallow(
        &mut self,
        hideout: Hideout,
        range: Range<usize>,
        event: fn(CowStr<'a>) -> Event<'a>,
    ) {
        let text = self.masked.text;
        let fence = fence_at(text, range.start).and_then(|fence| fence.container);
        self.steps.push((Step::Swallowed(hideout), range.clone()));
        if fence.is_none_or(|container| container.audience().is_none()) {
            let text = CowStr::Borrowed(&text[range.clone()]);
            self.steps.push((Step::Event(event(text)), range));
        }
    }

    /// Tells of cells beyond the last column, which the parser leaves out.
    fn end_row(&mut self, end: usize) {
        let rest = &self.masked.text[self.cell_end.min(end)..end];
        let is_mark = |c: char| c.is_whitespace() || c == '|';
        let lost = rest.trim_matches(is_mark);
        if lost.is_empty() {
            return;
        }
        let start = end - rest.trim_start_matches(is_mark).len();
        let span = start..start + lost.len();
        let problem = Problem::new(ProblemCode::TableRowTooLong, span.clone()).with("text", lost);
        self.steps.push((Step::Lost(Box::new(problem)), span));
    }

    /// A line of an html block that holds a masked fence.
    fn html(&mut self, mut range: Range<usize>) {
        // Indentation is a text before the line.
        let is_blank = |step: &Step<'_>| matches!(step, Step::Event(Event::Text(text)) if text.trim().is_empty());
        let indentation = self.steps.pop_if(|(step, _)| is_blank(step));
        let last = self.steps.last().map(|(step, _)| step);
        let is_first = matches!(last, Some(Step::Event(Event::Start(Tag::HtmlBlock))));
        if !is_first || self.masked.fences.binary_search(&range.start).is_err() {
            self.steps.extend(indentation);
            self.swallow(Hideout::Html, range, Event::Html);
            return;
        }
        range.end = end_of_line(self.masked.text, range.end);
        self.fence_end = range.end;
        // The html block that stands for the fence is one level of the parser's own.
        let depth = self.depth.saturating_sub(1);
        let fence = fence_line(self.masked.text[range.clone()].trim());
        match fence.container {
            Some(container) => self.open(container, fence.length, fence.mark, depth, range),
            None => self.close(fence.length, fence.mark, depth, range),
        }
    }

    fn open(
        &mut self,
        container: Container,
        length: usize,
        mark: char,
        depth: usize,
        range: Range<usize>,
    ) {
        if self.open.len() >= DEEPEST {
            if !std::mem::replace(&mut self.is_too_deep, true) {
                self.steps.push((Step::TooDeep, range));
            }
            return;
        }
        self.ended = None;
        let open = Open { step: self.steps.len(), length, mark, depth, heading: None };
        let fence = mark.to_string().repeat(length);
        let is_closed = container.is_leaf();
        let end = if is_closed { range.end } else { self.masked.text.len() };
        self.steps.push((Step::Open(Opening { container, fence, is_closed, end }), range));
        if is_closed {
            self.leaf = Some(open);
            self.steps.push((Step::Close, end..end));
        } else {
            self.open.push(open);
        }
    }

    fn close(&mut self, length: usize, mark: char, depth: usize, range: Range<usize>) {
        if self.ends_leaf(length, mark, depth, &range) {
            return;
        }
        let fits = |open: &Open| open.depth == depth && open.mark == mark && open.length <= length;
        let Some(at) = self.open.iter().rposition(fits) else {
            // A line of plus signs is a line of plus signs.
            let is_text = mark == '+';
            let text = CowStr::Borrowed(&self.masked.text[range.clone()]);
            match self.ends_what_ended(length, mark, &range) {
                true => {}
                false if is_text => self.steps.push((Step::Event(Event::Html(text)), range)),
                false => self.steps.push((Step::Stray, range)),
            }
            return;
        };
        while self.open.len() > at + 1 {
            self.end_innermost(range.start, false);
        }
        self.end_innermost(range.end, true);
    }

    /// Whether a closing fence belongs to the snippet in the line before it: one of the very same
    /// length. A longer one is that of something around it.
    fn ends_leaf(&mut self, length: usize, mark: char, depth: usize, range: &Range<usize>) -> bool {
        let Some(leaf) = self.leaf.take() else { return false };
        let Some((Step::Open(opening), line)) = self.steps.get_mut(leaf.step) else { return false };
        let between = &self.masked.text[line.start..range.start];
        let fits = (leaf.length, leaf.mark, leaf.depth) == (length, mark, depth);
        let is_next = between.matches('\n').count() == 1;
        if fits && is_next {
            opening.end = range.end;
        }
        fits && is_next
    }

    /// Whether a closing fence was meant for a container in the list item above it, which has ended with
    /// that.
    fn ends_what_ended(&mut self, length: usize, mark: char, range: &Range<usize>) -> bool {
        let Some((other, least, end)) = self.ended.take() else { return false };
        let between = self.masked.text.get(end..range.start);
        mark == other && length >= least && between.is_some_and(|text| text.trim().is_empty())
    }

    /// Ends containers that stand in something that ends: deeper than `depth`, or all.
    fn end_deeper_than(&mut self, depth: Option<usize>, end: usize) {
        while let Some(open) = self.open.last()
            && depth.is_none_or(|depth| open.depth > depth)
        {
            let (mark, length, step) = (open.mark, open.length, open.step);
            self.end_innermost(end, false);
            let is_plain = !self.guards_access(step);
            self.ended = Some((mark, length, end)).filter(|_| is_plain);
        }
    }

    /// Whether the container that opens with a step says who reads it.
    fn guards_access(&self, step: usize) -> bool {
        let Some((Step::Open(opening), _)) = self.steps.get(step) else { return false };
        opening.container.audience().is_some()
    }

    fn end_innermost(&mut self, end: usize, is_closed: bool) {
        let Some(open) = self.open.pop() else { return };
        let is_early = !is_closed && !self.guards_access(open.step);
        let heading = open.heading.filter(|_| is_early);
        let end = heading.map_or(end, |(_, at)| at);
        if let Some((Step::Open(opening), _)) = self.steps.get_mut(open.step) {
            opening.is_closed = is_closed;
            opening.end = end;
        }
        let Some(heading) = heading else {
            self.steps.push((Step::Close, end..end));
            return;
        };
        self.early.push(heading);
        // Without it, the heading stands right in what is around it.
        if let Some(outer) = self.open.last_mut().filter(|outer| outer.depth == open.depth) {
            outer.heading.get_or_insert(heading);
        }
    }

    /// The steps, with the ends of containers that end before some of them.
    fn finish(self) -> Vec<(Step<'a>, Range<usize>)> {
        let Reader { steps, mut early, .. } = self;
        if early.is_empty() {
            return steps;
        }
        // Inner ones come first.
        early.sort_by_key(|(step, _)| *step);
        let mut early = early.into_iter().peekable();
        let mut all = Vec::with_capacity(steps.len() + early.len());
        for (number, step) in steps.into_iter().enumerate() {
            while let Some((_, at)) = early.next_if(|(before, _)| *before == number) {
                all.push((Step::Close, at..at));
            }
            all.push(step);
        }
        all
    }

    fn has_fence(&self, range: &Range<usize>) -> bool {
        let first = self.masked.fences.partition_point(|at| *at < range.start);
        self.masked.fences.get(first).is_some_and(|at| *at < range.end)
    }

    /// Whoever writes `:::internal` believes that what follows is hidden. Where the parser does
    /// not read it, and it is not shown as code on purpose, that is an error.
    fn report_unread_role_fences(&mut self) {
        if off(Policy::FencesInHiding) {
            return;
        }
        let is_read = |step: &Step<'_>| {
            matches!(step, Step::Open(_) | Step::Stray | Step::Swallowed(_) | Step::TooDeep)
        };
        // In the order of the text, and apart.
        let read = self.steps.iter().filter(|(step, _)| is_read(step));
        let read: Vec<_> = read.map(|(_, range)| range.clone()).collect();
        let is_read = |at: usize| {
            let before = read.partition_point(|range| range.start <= at);
            before > 0 && at < read[before - 1].end
        };
        for at in role_marks::find(self.masked.text, &GuardWords::default()) {
            let hideout = match self.code.holder(self.masked.text, at) {
                Some(Ok(())) => continue,
                Some(Err(hideout)) => hideout,
                None if is_read(at) => continue,
                None if self.masked.text[at..].starts_with(":::") => Hideout::Text,
                None => Hideout::Foreign,
            };
            self.steps.push((Step::Swallowed(hideout), at..at + 1));
        }
    }
}

/// The end of a line whose break is not counted, or not all of it.
fn end_of_line(text: &str, end: usize) -> usize {
    if text[..end].ends_with('\n') {
        return end;
    }
    let rest = &text[end..];
    let rest = rest.strip_prefix('\r').unwrap_or(rest);
    text.len() - rest.strip_prefix('\n').unwrap_or(rest).len()
}

/// A container line.
pub(crate) struct FenceLine {
    /// Where its fence begins in the line.
    pub at: usize,
    /// How long the fence is.
    pub length: usize,
    /// What it is made of: colons or plus signs.
    pub mark: char,
    /// What it opens; none closes.
    pub container: Option<Container>,
}

/// The fence of a line, whatever the line stands in.
pub(crate) fn fence_in(line: &str) -> Option<FenceLine> {
    let at = mask::fence_start(line)?;
    Some(FenceLine { at, ..fence_line(line[at..].trim_end()) })
}

/// The fence that begins at a place of a text.
pub(crate) fn fence_at(text: &str, at: usize) -> Option<FenceLine> {
    let start = start_of_line(text, at);
    let line = text[start..].split(['\n', '\r']).next()?;
    fence_in(line).filter(|fence| start + fence.at == at)
}

fn fence_line(line: &str) -> FenceLine {
    let mark = if line.starts_with('+') { '+' } else { ':' };
    let rest = line.trim_start_matches(mark);
    let length = line.len() - rest.len();
    let rest = rest.trim();
    let container = match (rest.is_empty(), mark) {
        (true, _) => None,
        (false, '+') => Some(Container::fold(rest)),
        (false, _) => Some(containers::parse(rest)),
    };
    FenceLine { at: 0, length, mark, container }
}
