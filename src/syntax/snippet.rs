//! Whether the text of a snippet can stand inside another text: all that it opens it must close,
//! or it would swallow what follows on the page, fences of role blocks among it.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::fences::{self, Step};
use super::mask;
use crate::diagnostic::{Code, Problem};

/// Opens the text of a snippet where it stands in another one; `:::` closes it.
pub(crate) const HOLDER: &str = ":::include";

/// Stands where something is missing.
pub(crate) const GAP: &str = "[…]";

/// What must be known before a snippet is put into another text.
#[derive(Debug, Default)]
pub(crate) struct Fitting {
    /// Why it cannot stand there.
    pub faults: Vec<Problem>,
    /// Code blocks with fences, whose spaces are text.
    pub code: Vec<Range<usize>>,
    /// Whether an empty line must stand behind it: html blocks go on until there is one.
    pub ends_in_html: bool,
}

/// Looks at a snippet alone. Behind it stands a container: if that is read, all is closed.
pub(crate) fn fitting(body: &str) -> Fitting {
    let probed = format!("{body}\n\n{HOLDER}\n:::\n");
    let probe = body.len() + 2;
    let masked = mask::mask(&probed);
    let steps = fences::events(&masked);
    let mut fitting = Fitting::default();
    let (mut depth, mut is_read) = (0, false);
    for (at, (step, range)) in steps.iter().enumerate() {
        match step {
            Step::Event(Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock)) => {}
            Step::Event(Event::Start(tag)) => {
                depth += 1;
                if let Tag::CodeBlock(kind) = tag
                    && kind.is_fenced()
                {
                    fitting.code.push(range.clone());
                }
            }
            Step::Event(Event::End(_)) => depth -= 1,
            Step::Open(_) if range.start == probe => {
                is_read = depth == 0;
                let before = at.checked_sub(3).and_then(|at| steps.get(at));
                fitting.ends_in_html =
                    before.is_some_and(|(step, _)| matches!(step, Step::Event(Event::Html(_))));
            }
            Step::Lost(_) => {}
            _ if range.start < probe => fitting.faults.extend(fault(step, range, &probed)),
            _ => {}
        }
    }
    if !is_read && fitting.faults.is_empty() {
        fitting.faults.push(left_open(&steps, probe));
    }
    fitting
}

/// A code block or html that goes on to the end, and beyond.
fn left_open(steps: &[(Step<'_>, Range<usize>)], probe: usize) -> Problem {
    let holder = steps.iter().rev().find_map(|(step, range)| match step {
        Step::Event(Event::Start(tag)) if range.contains(&probe) => match tag {
            Tag::CodeBlock(_) => Some(("a code block", "代码块", range.start)),
            Tag::HtmlBlock => Some(("raw html", "html 代码", range.start)),
            _ => None,
        },
        _ => None,
    });
    let (en, zh, at) = holder.unwrap_or(("something", "某些内容", 0));
    let span = at..at + usize::from(probe > 2);
    Problem::new(Code::SnippetUnclosed, span).with_both("what", en, zh)
}

/// The problem of a container that nothing closes.
pub(crate) fn unclosed(name: &str, fence: &str, opening: &Range<usize>) -> Problem {
    Problem::new(Code::UnclosedContainer, opening.clone()).with("name", name).with("fence", fence)
}

/// What is wrong with a fence.
pub(crate) fn fault(step: &Step<'_>, range: &Range<usize>, text: &str) -> Option<Problem> {
    match step {
        Step::Open(opening) if !opening.is_closed => {
            Some(unclosed(&opening.container.name, &opening.fence, range))
        }
        Step::Stray => Some(
            Problem::new(Code::StrayContainerEnd, range.clone())
                .with("fence", text[range.clone()].trim()),
        ),
        Step::Swallowed(hideout) => {
            let (en, zh) = hideout.words();
            let problem = Problem::new(Code::ContainerNotRead, range.clone());
            let (help_en, help_zh) = hideout.help();
            Some(problem.with_both("what", en, zh).with_both("suggestion", help_en, help_zh))
        }
        Step::Lost(problem) => Some((**problem).clone()),
        _ => None,
    }
}
