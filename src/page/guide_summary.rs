//! A guide at a glance: the box above its text, from which a reader sees whether it is theirs.

use super::view::{GuideSummary, LinkView};
use crate::document::BlockKind;
use crate::kinds::{GuidePart, GuideSection};
use crate::site::{Page, encode, opening};

/// The box; none where the page is no guide, or has no solution to lead to. `separator` stands
/// between the items of a list that became one line.
pub(crate) fn guide_summary(page: &Page, separator: &str) -> Option<GuideSummary> {
    let guide = page.shape.guide.as_ref()?;
    let document = &page.document;
    let solution = &document.headings[guide.section(GuidePart::Solution)?.heading];
    let begin = |section: &GuideSection| document.blocks.get(section.block + 1).map(|b| &b.kind);
    let told = |part| {
        let section = guide.section(part)?;
        let text = match begin(section) {
            Some(BlockKind::List(items)) => {
                let ends = ['.', ';', ',', '。', '；', '，'];
                let items = items.iter().map(|item| item.text.trim_end_matches(ends));
                opening(&items.collect::<Vec<_>>().join(separator))
            }
            _ => opening(&document.text(&section.sections)),
        };
        Some(text).filter(|text| !text.is_empty())
    };
    let message = guide.section(GuidePart::Symptom).and_then(|section| match begin(section) {
        Some(BlockKind::Code(line)) => Some(line.clone()),
        _ => None,
    });
    // Products that are declared say it better.
    let has_products = !page.selected.article.meta.products.is_empty();
    Some(GuideSummary {
        symptom: told(GuidePart::Symptom),
        message: message.filter(|line| !line.is_empty()),
        applies_to: if has_products { None } else { told(GuidePart::AppliesTo) },
        solution: LinkView {
            title: solution.text.clone(),
            url: format!("#{}", encode(&solution.id)),
        },
    })
}
