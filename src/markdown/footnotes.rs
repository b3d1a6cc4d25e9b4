//! Footnotes: numbered by their first mention, written at the end. One that nothing on the page
//! mentions is not a part of it.

use std::collections::BTreeMap;

use super::writer::Writer;
use crate::text::html::escape;

/// Footnotes by their names.
#[derive(Default)]
pub(crate) struct Footnotes {
    /// Numbers, in the order of the first mention.
    numbers: BTreeMap<String, usize>,
    pub bodies: BTreeMap<String, String>,
    /// Definitions that are being written, and the html before each.
    pub outer: Vec<(String, String)>,
}

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, name: &str) {
        let numbers = &mut self.footnotes.numbers;
        let known = numbers.get(name).copied();
        let number = known.unwrap_or(numbers.len() + 1);
        // Only the first mention can be the one that the footnote leads back to.
        let mut id = String::new();
        if known.is_none() {
            numbers.insert(name.to_owned(), number);
            id = format!(" id=\"fnref-{number}\"");
        }
        self.out.push_str(&format!(
            "<sup class=\"footnote-ref\"{id}><a href=\"#fn-{number}\">{number}</a></sup>"
        ));
    }

    pub(super) fn write_footnotes(&mut self) {
        let numbers = std::mem::take(&mut self.footnotes.numbers);
        let mut noted: Vec<_> = numbers
            .into_iter()
            .filter_map(|(name, number)| Some((number, self.footnotes.bodies.remove(&name)?)))
            .collect();
        noted.sort_by_key(|(number, _)| *number);
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
