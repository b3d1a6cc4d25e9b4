//! A body of markdown to a [`Document`]: a tree of what it says, and what passes find in it.
//!
//! 1. [`parse`] makes the [`tree`] of the steps of the parser. Raw html in the text is read tag by
//!    tag (`html/`).
//! 2. [`passes`] add what can be told from the tree: ids, footnotes, plain text, links, blocks,
//!    procedures.
//!
//! A document knows neither the words of the theme nor where its links lead: both come in when it
//! is rendered.

mod heading_id;
mod html;
mod parse;
pub(crate) mod passes;
mod plain;
#[cfg(test)]
mod tests;
pub(crate) mod tree;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::config::{Edition, HtmlMode};
use crate::diagnostic::{self, Problem};
use crate::syntax::{fences, mask, notes};

pub(crate) use heading_id::{is_reserved, slug};
pub(crate) use html::allowed::{SCHEMES, VOID};
pub(crate) use html::names::is_inline;
pub(crate) use parse::inline::resolve_labels;
pub(crate) use passes::blocks::{Block, BlockKind, Item};
pub(crate) use passes::footnotes::Footnotes;
pub(crate) use passes::procedures::Procedure;
pub(crate) use passes::reading;
pub(crate) use plain::text;
pub(crate) use tree::{Align, Element, Kind, Tree, Value, Visit};

/// What parsing depends on besides the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Options {
    /// What happens to raw html.
    pub html: HtmlMode,
    /// Whether the front matter has a title. A level 1 heading takes its place only where the page has
    /// no other: several are sections.
    pub is_titled: bool,
    /// What stands for the containers of other tools, by their names.
    pub containers: Arc<BTreeMap<String, String>>,
    /// Whoever reads the page. Blocks for others were cut before; one that is there is refused.
    pub edition: Arc<Edition>,
}

/// A parsed body. All spans count bytes of the body.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Document {
    /// What it says.
    pub tree: Tree,
    /// A level 1 heading that opens the text, by its node: it stands for the title.
    pub lead: Option<usize>,
    /// Headings of level 2 and deeper, in order.
    pub headings: Vec<Heading>,
    /// The blocks that stand by themselves, in order.
    pub blocks: Vec<Block>,
    /// Numbered lists that stand by themselves.
    pub procedures: Vec<Procedure>,
    /// Links and images, by the numbers in the tree.
    pub links: Vec<Link>,
    /// Footnotes that are mentioned.
    pub footnotes: Footnotes,
    /// The ids of steps, by the numbers in the tree.
    pub steps: Vec<String>,
    /// Every id that a link can point to.
    pub anchors: Vec<String>,
    /// The text without markup, cut at headings.
    pub sections: Vec<Section>,
    /// Problems; their spans are completed by [`Problem::at`].
    pub problems: Vec<Problem>,
}

impl Document {
    /// For each heading the number of the section that it begins.
    pub(crate) fn starts(&self) -> Vec<usize> {
        let mut at = 0;
        let start = |heading: &Heading| {
            let rest = self.sections.get(at..).unwrap_or_default();
            let is_it = |section: &Section| section.anchor.as_ref() == Some(&heading.id);
            // A heading without words and text has none.
            if let Some(found) = rest.iter().position(is_it) {
                at += found + 1;
                return at - 1;
            }
            at
        };
        self.headings.iter().map(start).collect()
    }

    /// The plain text of some sections, with the headings between them.
    pub(crate) fn text(&self, sections: &Range<usize>) -> String {
        let sections = self.sections.get(sections.clone()).unwrap_or_default().iter().enumerate();
        let parts = sections.flat_map(|(at, section)| {
            let heading = if at == 0 { "" } else { section.heading.as_str() };
            [heading, section.text.as_str()]
        });
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text without markup.
    pub text: String,
    /// Its classes: `{.resolved}`.
    pub classes: Vec<String>,
}

/// A link or image as the writer wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// The target, entities and escapes resolved.
    pub target: String,
    /// Its words; empty for images, bare addresses and links in raw html.
    pub text: String,
    /// Where it stands.
    pub span: Range<usize>,
    /// Whether it is an image.
    pub is_image: bool,
    /// Whether it stands in raw html, which tier0 only passes on: what is wrong with it is a
    /// warning.
    pub in_html: bool,
}

/// A stretch of plain text below one heading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Section {
    /// The heading's anchor; none before the first heading.
    pub anchor: Option<String>,
    /// The heading's text.
    pub heading: String,
    /// The text.
    pub text: String,
}

/// Parses a body.
pub(crate) fn parse(body: &str, options: &Options) -> Document {
    let masked = mask::mask(body);
    let steps = notes::shown(fences::events(&masked), body);
    let parsed = parse::parse(&masked, &steps, options);
    let mut document = passes::run(parsed);
    let problems = std::mem::take(&mut document.problems);
    document.problems = diagnostic::few(problems, None, |problem| &mut problem.diagnostic);
    document
}
