//! A guide at a glance: the box above its text, from which a reader sees whether it is theirs.

use super::view::{Glance, LinkView};
use crate::kinds::Part;
use crate::site::{Page, encode, opening};

/// The box; none where the page is no guide, or has no solution to lead to.
pub fn glance(page: &Page) -> Option<Glance> {
    let guide = page.shape.guide.as_ref()?;
    let solution = guide.section(Part::Solution)?;
    let told = |part| {
        let text = guide.section(part).map(|section| opening(&section.text));
        text.filter(|text| !text.is_empty())
    };
    let meta = &page.selected.article.meta;
    // Products that are declared say it better.
    let scope = if meta.products.is_empty() { told(Part::AppliesTo) } else { None };
    Some(Glance {
        symptom: told(Part::Symptom),
        applies_to: scope,
        minutes: meta.time,
        solution: LinkView {
            title: solution.heading.clone(),
            url: format!("#{}", encode(&solution.anchor)),
        },
    })
}
