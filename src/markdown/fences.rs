//! Events of a masked text, with container fences told from text.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::containers::{self, Container};
use super::mask::Masked;

/// What the writer walks over.
#[derive(Debug)]
pub enum Step<'a> {
    /// An event of the parser.
    Event(Event<'a>),
    /// A line that opens or closes a container.
    Fence(Fence),
    /// A fence in a place where the parser does not read it.
    Swallowed(Hideout),
}

/// Where a fence can be swallowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hideout {
    /// Inside an html block that began without an empty line before the fence.
    Html,
    /// In a code block made by indentation alone.
    IndentedCode,
}

/// A container line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence {
    /// How many colons.
    pub length: usize,
    /// What it opens; none closes.
    pub opens: Option<Container>,
}

/// The parser's extensions.
fn extensions() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// Parses a masked text.
pub fn events<'a>(masked: &'a Masked<'_>) -> Vec<(Step<'a>, Range<usize>)> {
    let mut steps = Vec::new();
    let mut indented_code = false;
    for (event, range) in Parser::new_ext(&masked.copy, extensions()).into_offset_iter() {
        match &event {
            Event::Start(Tag::CodeBlock(kind)) => indented_code = !kind.is_fenced(),
            Event::End(TagEnd::CodeBlock) => indented_code = false,
            Event::Text(_)
                if indented_code && has_fence(masked, &range) && role_fence(masked, &range) =>
            {
                steps.push((Step::Swallowed(Hideout::IndentedCode), range.clone()));
            }
            Event::Html(_) if has_fence(masked, &range) => {
                let step =
                    if opens_block(&steps) && masked.fences.binary_search(&range.start).is_ok() {
                        Step::Fence(fence(masked, &range))
                    } else {
                        Step::Swallowed(Hideout::Html)
                    };
                steps.push((step, range));
                continue;
            }
            _ => {}
        }
        steps.push((Step::Event(event), range));
    }
    steps
}

/// Whether the html event that comes next is the first of its block.
fn opens_block(steps: &[(Step<'_>, Range<usize>)]) -> bool {
    matches!(steps.last(), Some((Step::Event(Event::Start(Tag::HtmlBlock)), _)))
}

fn has_fence(masked: &Masked<'_>, range: &Range<usize>) -> bool {
    let first = masked.fences.partition_point(|at| *at < range.start);
    masked.fences.get(first).is_some_and(|at| *at < range.end)
}

/// Whether a swallowed fence would have hidden something from some readers.
fn role_fence(masked: &Masked<'_>, range: &Range<usize>) -> bool {
    fence(masked, range)
        .opens
        .is_some_and(|container| container.kind.is_some_and(containers::Kind::guards_access))
}

fn fence(masked: &Masked<'_>, range: &Range<usize>) -> Fence {
    let line = masked.text[range.clone()].trim();
    let mark = if line.starts_with('+') { '+' } else { ':' };
    let rest = line.trim_start_matches(mark);
    let length = line.len() - rest.len();
    let rest = rest.trim();
    let opens = match (rest.is_empty(), mark) {
        (true, _) => None,
        (false, '+') => Some(Container::fold(rest)),
        (false, _) => Some(containers::parse(rest)),
    };
    Fence { length, opens }
}

/// A stretch of the body that only some readers may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleBlock {
    /// From the begin of the opening line to the end of the closing line, in bytes of the body.
    pub span: Range<usize>,
    /// Where the opening line stands.
    pub opening: Range<usize>,
    /// The roles it names; none for `:::internal`.
    pub roles: Option<Vec<String>>,
}

/// Finds the role blocks of a body. Blocks inside blocks are listed too.
pub fn role_blocks(body: &str) -> Vec<RoleBlock> {
    if !body.contains(":::") {
        return Vec::new();
    }
    let masked = super::mask::mask(body);
    let mut open: Vec<(usize, Option<RoleBlock>)> = Vec::new();
    let mut blocks = Vec::new();
    for (step, range) in events(&masked) {
        let Step::Fence(fence) = step else { continue };
        match fence.opens {
            Some(container) => {
                let guards = container.kind.is_some_and(containers::Kind::guards_access);
                let start = body[..range.start].rfind('\n').map_or(0, |at| at + 1);
                let block = guards.then(|| RoleBlock {
                    span: start..body.len(),
                    opening: range,
                    roles: container.roles(),
                });
                open.push((fence.length, block));
            }
            None => {
                let Some(at) = open.iter().rposition(|(length, _)| *length <= fence.length) else {
                    continue;
                };
                // What was opened inside and never closed ends here too; it is reported when parsed.
                for (_, block) in open.drain(at..) {
                    blocks.extend(
                        block.map(|block| RoleBlock { span: block.span.start..range.end, ..block }),
                    );
                }
            }
        }
    }
    // A block that is never closed hides everything after it: when in doubt, leave it out.
    blocks.extend(open.into_iter().filter_map(|(_, block)| block));
    blocks.sort_by_key(|block| (block.span.start, std::cmp::Reverse(block.span.end)));
    blocks
}
