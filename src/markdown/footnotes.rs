//! Footnotes: numbered by their first mention, written at the end.

use std::collections::BTreeMap;

use super::tags::escape;
use super::writer::Writer;

/// Footnotes in the order of their first mention.
#[derive(Default)]
pub struct Footnotes {
    pub order: Vec<String>,
    pub bodies: BTreeMap<String, String>,
    /// Name of the definition that is being written, and the html before it.
    pub outer: Option<(String, String)>,
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, name: &str) {
        let order = &mut self.footnotes.order;
        let known = order.iter().position(|known| known == name);
        let number = known.unwrap_or_else(|| {
            order.push(name.to_owned());
            order.len() - 1
        }) + 1;
        // Only the first mention can be the one that the footnote leads back to.
        let id = if known.is_none() { format!(" id=\"fnref-{number}\"") } else { String::new() };
        self.out.push_str(&format!(
            "<sup class=\"footnote-ref\"{id}><a href=\"#fn-{number}\">{number}</a></sup>"
        ));
    }

    pub(super) fn write_footnotes(&mut self) {
        let order = std::mem::take(&mut self.footnotes.order);
        let noted: Vec<_> = order
            .iter()
            .enumerate()
            .filter_map(|(at, name)| Some((at + 1, self.footnotes.bodies.remove(name)?)))
            .collect();
        if noted.is_empty() {
            return;
        }
        let back = self.word("footnote_back");
        self.out.push_str("<section class=\"footnotes\"><ol>\n");
        for (number, body) in noted {
            self.out.push_str(&format!("<li id=\"fn-{number}\">{}", body.trim_end()));
            self.out.push_str(&format!(" <a href=\"#fnref-{number}\" aria-label=\""));
            escape(&back, &mut self.out);
            self.out.push_str("\">↩</a></li>\n");
        }
        self.out.push_str("</ol></section>\n");
    }
}
