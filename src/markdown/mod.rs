//! A body of markdown to a [`Document`]: html with holes for links, headings, links, plain text.
//!
//! 1. [`crate::syntax`] parses, with pulldown-cmark, and tells container lines from text. [`writer`]
//!    turns its steps into html with the help of [`blocks`], [`containers`], [`footnotes`],
//!    [`images`] and [`inline`].
//! 2. [`raw`] gathers the raw html of the text, which [`raw_html`] reads tag by tag. Pages that
//!    hold any pass its allow-list, and get the touches of [`polish`].
//! 3. The html is cut at the marks of links and images into [`Piece`]s; `site` says later where
//!    each leads.

mod blocks;
mod containers;
mod footnotes;
mod heading_id;
mod hidden_html;
pub(crate) mod highlight;
mod images;
mod inline;
mod landmarks;
mod nesting;
mod pieces;
mod polish;
mod procedures;
mod raw;
mod raw_html;
pub(crate) mod reading;
#[cfg(test)]
mod tests;
mod title;
mod trace;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::config::{Edition, HtmlMode};
use crate::diagnostic;
pub(crate) use crate::diagnostic::Problem;
use crate::syntax::fences::DEEPEST;
use crate::syntax::{UnclearRoles, fences, mask, notes, snippet};
use crate::text::tag as raw_tag;

pub(crate) use heading_id::{is_reserved, slug};
pub(crate) use landmarks::{Block, BlockKind, Item};
pub(crate) use procedures::Procedure;
pub(crate) use raw_html::SCHEMES;
pub(crate) use title::{Title, title};
#[cfg(test)]
pub(crate) use trace::MARK;
pub(crate) use trace::trace;

/// What the parser must know besides the text.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// What happens to raw html.
    pub html: HtmlMode,
    /// Words that go into the html: titles of callouts, labels. By the keys of the theme's
    /// interface texts.
    pub words: Arc<BTreeMap<String, String>>,
    /// Labels of roles, for the marks on role blocks.
    pub role_labels: Arc<BTreeMap<String, String>>,
    /// Whoever reads the page. Blocks for others were cut before; one that is there is refused.
    pub edition: Arc<Edition>,
}

/// A parsed body. All spans count bytes of the body.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Document {
    /// The html in pieces, without the heading in `lead`.
    pub pieces: Vec<Piece>,
    /// A level 1 heading that opens the text: it stands for the title.
    pub lead: Option<Title>,
    /// Headings of level 2 and deeper, in order.
    pub headings: Vec<Heading>,
    /// The blocks that stand by themselves, in order, by the numbers in `pieces`.
    pub blocks: Vec<Block>,
    /// Numbered lists that stand by themselves.
    pub procedures: Vec<Procedure>,
    /// Links and images, by the numbers in `pieces`.
    pub links: Vec<Link>,
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

/// A part of the html.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Finished html.
    Html(Box<str>),
    /// The address of a link goes here, by its number in `links`.
    Address(usize),
    /// Here begins a block, by its number in `blocks`.
    Block(usize),
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
    read(body, options, None).0
}

/// Parses a body. With a list of spans the blocks are marked, see [`trace`].
fn read(
    body: &str,
    options: &Options,
    spans: Option<Vec<Range<usize>>>,
) -> (Document, Option<Vec<Range<usize>>>) {
    let body = pieces::clean(body);
    let masked = mask::mask(&body);
    let events = notes::shown(fences::events(&masked), &body);
    let mut writer = writer::Writer::new(&masked, options, spans);
    writer.run(&events);
    let mut draft = writer.finish();
    if draft.has_raw_html && options.html == HtmlMode::Sanitize {
        draft.html = polish::polish(&raw_html::sanitize(&draft.html));
    }
    let problems = std::mem::take(&mut draft.document.problems);
    draft.document.problems = diagnostic::few(problems, None, |problem| &mut problem.diagnostic);
    let pieces = pieces::split(&draft.html, &draft.opaque);
    if draft.has_raw_html {
        forget_unwritten(&mut draft.document.links, &pieces);
    }
    (Document { pieces, ..draft.document }, draft.spans)
}

/// Links of html that were dropped with an element lead nowhere: no file is copied for them.
fn forget_unwritten(links: &mut [Link], pieces: &[Piece]) {
    let written = pieces.iter().filter_map(|piece| match piece {
        Piece::Address(number) => Some(*number),
        _ => None,
    });
    let written: BTreeSet<usize> = written.collect();
    for (number, link) in links.iter_mut().enumerate() {
        if link.in_html && !link.is_image && !written.contains(&number) {
            link.target = "#".to_owned();
        }
    }
}
