//! What `edition` must know of a body: the parts that only some readers may see, what nobody is to
//! read, and the lines that stand for snippets.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::comments::{self, Comment};
use super::conflicts;
use super::containers::{self, BlockAudience, Kind, UnclearRoles};
use super::fences::{self, Hideout, Opening, Step};
use super::indented;
use super::mask;
use super::notes::Notes;
use super::parts::Parts;
use super::role_marks;
use super::role_words::RoleWords;
use super::shown::{self, Code};
use super::snippet;
use crate::diagnostic::{Problem, Weight};
use crate::mutation::{Policy, off};
use crate::text::lines::start_of_line;

/// The parts of a body.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// The role blocks. Blocks inside blocks are listed too.
    pub blocks: Vec<RoleBlock>,
    /// The lines that stand for snippets.
    pub includes: Vec<Include>,
    /// What nobody is to read.
    pub comments: Vec<Comment>,
    /// Marks of comments of which nobody can tell what they were meant to end.
    pub doubts: Vec<Range<usize>>,
    /// Marks of a merge that was left half done.
    pub conflicts: Vec<Range<usize>>,
    /// Fences that were meant to open a role block, and that nobody reads.
    pub unread: Vec<Problem>,
    /// The footnotes.
    pub notes: Notes,
    /// How the parser reads it all; None if nothing in it looks like a fence.
    pub parts: Option<Parts>,
}

/// A line that stands for a snippet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Include {
    /// The path as written; empty if there is none.
    pub target: String,
    /// Its lines, from the start of the first to the end of the last.
    pub span: Range<usize>,
    /// Where the colons stand.
    pub opening: Range<usize>,
}

/// A stretch of the body that only some readers may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RoleBlock {
    /// From the start of the opening line to the end of the closing line, in bytes of the body.
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
pub(crate) struct Unclosed {
    /// Its name.
    pub name: String,
    /// The fence that is missing at its end.
    pub fence: String,
    /// Where its opening line stands.
    pub opening: Range<usize>,
}

/// Finds the role blocks, comments and snippets of a body. A block that is not closed hides
/// everything after it: when in doubt, leave it out. So does one that ends while another container
/// is open in it: its writer may have taken that end for the other's.
pub(crate) fn outline(body: &str, words: &RoleWords) -> Outline {
    let has_alerts = words.may_stand_in(body);
    let marks = role_marks::find(body, &words.guards);
    let has_comments = comments::may_stand_in(body);
    let has_attributes = words.may_stand_at_code(body);
    let has_fences = body.contains(":::") || body.contains("+++") || !marks.is_empty();
    let may_be_merged = conflicts::may_stand_in(body);
    let may_hide = indented::may_stand_in(body);
    let is_plain = !has_fences && !has_alerts && !has_comments && !has_attributes;
    if is_plain && !may_be_merged && !may_hide {
        return Outline::default();
    }
    let masked = mask::mask(body);
    let steps = fences::events(&masked);
    let mut finder = Finder {
        body,
        words,
        marks,
        has_alerts,
        reading: comments::Reading::default(),
        code: Code::default(),
        shown: Vec::new(),
        read: Vec::new(),
        unclosed: Vec::new(),
        doubtful: Vec::new(),
        outline: Outline { parts: Some(Parts::of(body, &steps)), ..Outline::default() },
    };
    for (step, range) in steps {
        match step {
            Step::Open(opening) => finder.container(&opening, range),
            Step::Event(event) => finder.event(&event, range),
            Step::Swallowed(_) => finder.unread(&step, &range),
            Step::Stray => finder.read.push(range),
            Step::Close | Step::TooDeep | Step::Lost(_) => {}
        }
    }
    finder.unread_marks();
    finder.close();
    if has_comments {
        let found = comments::find(body, &finder.reading);
        (finder.outline.comments, finder.outline.doubts) = (found.comments, found.doubts);
    }
    if may_be_merged {
        finder.outline.conflicts = conflicts::find(body, &finder.shown);
    }
    finder.outline
}

struct Finder<'a> {
    body: &'a str,
    words: &'a RoleWords,
    /// Places that speak of readers, ascending.
    marks: Vec<usize>,
    has_alerts: bool,
    reading: comments::Reading,
    code: Code,
    /// Code that is not made by indentation alone.
    shown: Vec<Range<usize>>,
    /// Lines of fences that were read, or told already; in the order of the text.
    read: Vec<Range<usize>>,
    /// In the order of the text.
    unclosed: Vec<Unclosed>,
    /// Fences in code of which nobody can tell where it was meant to end.
    doubtful: Vec<Range<usize>>,
    outline: Outline,
}

impl Finder<'_> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        self.outline.notes.event(event, &range);
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                if let CodeBlockKind::Fenced(info) = kind
                    && (self.words.guards.are_about_code(info)
                        || self.words.guards.are_about_box(info, &self.body[range.clone()]))
                {
                    let block = self.words.unread(self.body, range.clone());
                    self.outline.blocks.push(block);
                }
                if kind.is_fenced() && shown::is_in_doubt(self.body, &range) {
                    self.doubtful.extend(self.first_fence(&range));
                } else {
                    // What may not have been meant as code shows no comment.
                    self.reading.code.push(range.clone());
                }
                if !kind.is_fenced() {
                    let hidden = indented::hidden_in(self.body, &range);
                    self.outline.unread.extend(hidden.into_iter().map(indented::problem));
                } else {
                    self.shown.push(range.clone());
                }
                self.code.add_block(self.body, kind, range);
            }
            Event::Code(_) => {
                self.reading.code.push(range.clone());
                self.shown.push(range.clone());
                self.code.add_span(range);
            }
            Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => self.reading.html.push(range),
            Event::Start(Tag::BlockQuote(_))
                if self.has_alerts && self.words.stand_in(&self.body[range.clone()]) =>
            {
                let first = self.body[range.clone()].find(['\n', '\r']).unwrap_or(range.len());
                self.outline.blocks.push(RoleBlock {
                    span: self.line_start(range.start)..range.end,
                    opening: range.start..range.start + first,
                    audience: Err(UnclearRoles::Alert),
                    unclosed: None,
                });
            }
            _ => {}
        }
    }

    fn container(&mut self, opening: &Opening, range: Range<usize>) {
        // To the parser its line is html, with comments of html in it; they are in a title.
        self.reading.html.pop_if(|html| html.contains(&range.start));
        let container = &opening.container;
        self.read.push(range.clone());
        if !opening.is_closed {
            self.unclosed.push(Unclosed {
                name: container.name.clone(),
                fence: opening.fence.clone(),
                opening: range.clone(),
            });
        }
        let span = self.line_start(range.start)..opening.end;
        if container.kind == Some(Kind::Include) {
            self.outline.includes.push(Include {
                target: container.title.clone(),
                span: span.clone(),
                opening: range.start..range.start + self.body[range.clone()].trim_end().len(),
            });
        }
        let suspicion = || self.words.guards.suspects(container).map(Err);
        match container.audience().or_else(suspicion) {
            Some(audience) => {
                let block = RoleBlock { span, opening: range, audience, unclosed: None };
                self.outline.blocks.push(block);
            }
            None if container.kind.is_none() && self.is_marked(&range) => {
                self.tell(Some(containers::unknown(container, &range)));
            }
            None => {}
        }
    }

    /// A fence that nobody reads, if it speaks of readers.
    fn unread(&mut self, step: &Step<'_>, range: &Range<usize>) {
        self.read.push(range.clone());
        if self.is_marked(range) {
            self.tell(snippet::fault(step, range, self.body));
        }
    }

    /// What speaks of readers in the words of this site alone, where nobody reads it.
    fn unread_marks(&mut self) {
        if off(Policy::FencesInHiding) {
            return;
        }
        self.read.sort_by_key(|range| range.start);
        for at in self.marks.clone() {
            let before = self.read.partition_point(|range| range.start <= at);
            let is_read = before > 0 && at < self.read[before - 1].end;
            let hideout = match self.code.holder(self.body, at) {
                Some(Ok(())) => continue,
                _ if is_read => continue,
                Some(Err(hideout)) => hideout,
                None => Hideout::Foreign,
            };
            let fault = snippet::fault(&Step::Swallowed(hideout), &(at..at + 1), self.body);
            self.tell(fault);
        }
    }

    /// Tells of what speaks of readers, where nobody reads it: that stops every site.
    fn tell(&mut self, problem: Option<Problem>) {
        self.outline.unread.extend(problem.map(|problem| problem.weighing(Weight::Stop)));
    }

    /// Ends blocks that are not closed, or hold something that is not. Where anything else is not closed,
    /// its writer may have taken the end of a block for its own.
    fn close(&mut self) {
        self.outline.blocks.sort_by_key(|block| block.span.start);
        if !self.outline.blocks.is_empty() {
            let unclosed = std::mem::take(&mut self.unclosed);
            for one in &unclosed {
                self.tell(Some(snippet::unclosed(&one.name, &one.fence, &one.opening)));
            }
            self.unclosed = unclosed;
        }
        for block in &mut self.outline.blocks {
            let before = |inner: &Unclosed| inner.opening.start < block.opening.start;
            let first = self.unclosed.get(self.unclosed.partition_point(before));
            let first = first.filter(|inner| inner.opening.start < block.span.end);
            block.unclosed = first.cloned();
            if block.unclosed.is_some() {
                block.span.end = self.body.len();
            }
            // It may have been the end of the block.
            let first = self.doubtful.partition_point(|fence| fence.start < block.span.start);
            if let Some(fence) = self.doubtful.get(first)
                && fence.start < block.span.end
            {
                let step = Step::Swallowed(Hideout::DoubtfulCode);
                let fault = snippet::fault(&step, fence, self.body);
                self.outline.unread.extend(fault.map(|fault| fault.weighing(Weight::Stop)));
            }
        }
    }

    /// The first line of a range that would open or close a container.
    fn first_fence(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let mut start = range.start;
        self.body[range.clone()].split_inclusive('\n').find_map(|line| {
            let at = start;
            start += line.len();
            let fence = fences::fence_in(line)?.at;
            Some(at + fence..at + fence + 3)
        })
    }

    fn is_marked(&self, range: &Range<usize>) -> bool {
        let first = self.marks.partition_point(|at| *at < range.start);
        self.marks.get(first).is_some_and(|at| *at < range.end)
    }

    fn line_start(&self, at: usize) -> usize {
        start_of_line(self.body, at)
    }
}
