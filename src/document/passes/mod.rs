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

/// A pass.
type Pass = fn(&mut Document, &Found);

/// All passes, in their order.
const PASSES: [Pass; 6] =
    [footnotes::run, ids::run, links::run, sections::run, blocks::run, procedures::run];

/// Makes a document of what was parsed.
pub(crate) fn run(parsed: Parsed) -> Document {
    run_by(&PASSES, parsed)
}

fn run_by(passes: &[Pass], parsed: Parsed) -> Document {
    let Parsed { tree, headings, links, link_nodes, html_ids, steps, problems } = parsed;
    let found = Found { headings, link_nodes, html_ids, steps };
    let mut document = Document { tree, links, problems, ..Document::default() };
    for pass in passes {
        pass(&mut document, &found);
    }
    document
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::{Audience, Edition, HtmlMode};
    use crate::diagnostic::{Code, Problem};
    use crate::document::{Kind, Options, parse};
    use crate::syntax::{fences, mask, notes};

    /// Finds pictures without an address: a pass is one function like this in a file, and one row.
    fn empty_pictures(document: &mut Document, _: &Found) {
        let links = document.links.iter().filter(|link| link.is_image && link.target.is_empty());
        let problems = links.map(|link| Problem::new(Code::MissingImage, link.span.clone()));
        let problems: Vec<_> = problems.collect();
        document.problems.extend(problems);
    }

    #[test]
    fn a_pass_is_a_function_and_a_row() {
        let text = "## One {#b}\n\n## B\n\n![x]() [^1]\n\n[^1]: Note.\n";
        let options = Options {
            html: HtmlMode::Sanitize,
            is_titled: true,
            containers: Arc::default(),
            edition: Arc::new(Edition { audience: Audience::All, ..Edition::public() }),
        };
        let masked = mask::mask(text);
        let steps = notes::shown(fences::events(&masked), text);
        let passes: Vec<Pass> = PASSES.into_iter().chain([empty_pictures as Pass]).collect();
        let document = run_by(&passes, parse::parse(&masked, &steps, &options));
        let found: Vec<_> =
            document.problems.iter().map(|problem| &text[problem.span.clone()]).collect();
        assert_eq!(found, ["![x]()"]);
        let ids: Vec<_> = document.headings.iter().map(|heading| &*heading.id).collect();
        assert_eq!(ids, ["b", "b-1"]);
        assert!(document.tree.nodes().iter().any(|node| matches!(node.kind, Kind::Heading(1))));
    }
}
