//! What the parts of an article are, by its kind: questions, steps, symptom and solution.
//!
//! One file and one row of [`KINDS`] for each kind that has parts. A reader looks at a parsed
//! document and fills in a [`Shape`]; what is behind goes by the shape. Only structured data, the
//! hand-off and the script of troubleshooters ask for the kind.

mod faq;
mod guide;
pub mod headings;
pub mod troubleshooter;

use crate::article::{Kind, Meta};
use crate::config::Config;
use crate::markdown::{BlockKind, Document, Heading, Problem, Section};

pub use faq::Question;
pub use guide::{Guide, Opening, Part};
pub use troubleshooter::Tree;

/// What is known of an article when its parts are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Its front matter.
    pub meta: &'a Meta,
    /// Its parsed body.
    pub document: &'a Document,
    /// The configuration.
    pub config: &'a Config,
}

/// The parts of an article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shape {
    /// What kind it is: the one its front matter names, or the one that its parts show.
    pub kind: Kind,
    /// Html that goes before a block, by the block's number, ascending; one number more stands for
    /// the end of the text.
    pub wraps: Vec<(usize, String)>,
    /// Symptom, cause, solution.
    pub guide: Option<Guide>,
    /// Questions and answers.
    pub questions: Vec<Question>,
    /// Steps and where they lead.
    pub tree: Option<Tree>,
}

impl Shape {
    /// The html that goes before a block.
    pub fn before(&self, block: usize) -> &str {
        let found = self.wraps.binary_search_by_key(&block, |(block, _)| *block);
        found.map_or("", |at| &self.wraps[at].1)
    }
}

type Reader = fn(&Input<'_>, &mut Shape) -> Vec<Problem>;

/// The kinds that have parts.
const KINDS: &[(Kind, Reader)] = &[
    (Kind::Faq, faq::read),
    (Kind::Guide, guide::read),
    (Kind::Troubleshooter, troubleshooter::read),
];

/// Finds the parts of an article, and says what is wrong with them.
pub fn read(input: &Input<'_>) -> (Shape, Vec<Problem>) {
    let named = input.meta.kind;
    let kind = named.unwrap_or_else(|| guide::recognise(input));
    let mut shape = Shape { kind, ..Shape::default() };
    let reader = KINDS.iter().find(|(known, _)| *known == kind).map(|(_, reader)| reader);
    let problems = reader.map(|reader| reader(input, &mut shape)).unwrap_or_default();
    (shape, problems)
}

impl<'a> Input<'a> {
    /// The headings that stand by themselves, in order: number of the block, heading, and the
    /// plain text from there to the next of them.
    fn headings(&self) -> impl Iterator<Item = (usize, &'a Heading, String)> {
        let document = self.document;
        let blocks = document.blocks.iter().enumerate();
        blocks.filter_map(move |(block, known)| match known.kind {
            BlockKind::Heading(number) => {
                let heading = &document.headings[number];
                Some((block, heading, text_below(document, heading)))
            }
            _ => None,
        })
    }
}

/// The plain text below a heading, with that of lower headings below it.
fn text_below(document: &Document, heading: &Heading) -> String {
    let is_it = |section: &&Section| section.anchor.as_deref() == Some(&heading.id);
    let level = |section: &Section| {
        let of = |heading: &&Heading| section.anchor.as_deref() == Some(&heading.id);
        document.headings.iter().find(of).map_or(0, |heading| heading.level)
    };
    let mut sections = document.sections.iter().skip_while(|section| !is_it(section));
    let own = sections.next().map(|section| section.text.clone()).unwrap_or_default();
    sections.take_while(|section| level(section) > heading.level).fold(own, |text, section| {
        let parts = [text.as_str(), &section.heading, &section.text];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    })
}
