//! What is found in a tree, one pass after the other. A new pass is a file and a row.

pub(crate) mod blocks;
pub(crate) mod footnotes;
mod holders;
mod ids;
mod links;
pub(crate) mod procedures;
pub(crate) mod reading;
mod sections;

use super::Document;
use super::parse::{Named, Parsed};

/// What the parser found that the passes make something of.
pub(crate) struct Found {
    headings: Vec<Named>,
    link_nodes: Vec<usize>,
    html_ids: Vec<(usize, String)>,
    steps: Vec<String>,
}

/// All passes, in their order.
const PASSES: [fn(&mut Document, &Found); 6] =
    [footnotes::run, ids::run, links::run, sections::run, blocks::run, procedures::run];

/// Makes a document of what was parsed.
pub(crate) fn run(parsed: Parsed) -> Document {
    let Parsed { tree, headings, links, link_nodes, html_ids, steps, problems } = parsed;
    let found = Found { headings, link_nodes, html_ids, steps };
    let mut document = Document { tree, links, problems, ..Document::default() };
    for pass in PASSES {
        pass(&mut document, &found);
    }
    document
}
