//! The boxes around the parts of an article.

use crate::kinds::{Edge, Part, Shape};
use crate::text::html::escape;

/// Writes what begins and ends before a block.
pub(crate) fn push_edges(shape: &Shape, block: usize, out: &mut String) {
    for edge in shape.before(block) {
        match edge {
            Edge::Start(Part::Question) => out.push_str("<section class=\"question\">\n"),
            Edge::Start(Part::Answer) => out.push_str("<div class=\"answer\">\n"),
            Edge::Start(Part::Choices) => out.push_str("<div class=\"choices\">\n"),
            Edge::Start(Part::Step(number)) => start_step(shape, *number, out),
            Edge::End(Part::Question | Part::Step(_)) => out.push_str("</section>\n"),
            Edge::End(Part::Answer | Part::Choices) => out.push_str("</div>\n"),
        }
    }
}

fn start_step(shape: &Shape, number: usize, out: &mut String) {
    let Some(step) = shape.tree.as_ref().and_then(|tree| tree.steps.get(number)) else { return };
    out.push_str("<section class=\"step\" data-step=\"");
    escape(&step.anchor, out);
    if let Some(outcome) = step.outcome {
        out.push_str(&format!("\" data-outcome=\"{}", outcome.name()));
    }
    if let Some(left) = step.left {
        out.push_str(&format!("\" data-left=\"{left}"));
    }
    out.push_str("\">\n");
}
