//! Start tags of blocks: the attributes that writers gave them, and the marks of the preview.

use super::{Html, MARK};
use crate::text::html::escape;

impl Html<'_> {
    /// Completes the start tag that is being written, before anything is written that has tags of its
    /// own.
    pub(super) fn settle(&mut self) {
        let Some((number, from)) = self.unsettled.take() else { return };
        let Some(attributes) = self.tree.attributes.get(&number) else {
            self.mark(from, number);
            return;
        };
        let mut others = String::new();
        for (name, value) in attributes {
            let end = self.out[from..].find('>').map_or(self.out.len(), |end| from + end);
            let class = " class=\"";
            match self.out[from..end].find(class) {
                Some(at) if name == "class" => {
                    let mut classes = String::new();
                    escape(value, &mut classes);
                    let value = from + at + class.len();
                    let close = self.out[value..end].find('"').map_or(end, |close| value + close);
                    self.out.insert_str(close, &format!(" {classes}"));
                }
                _ => push_attribute(name, value, &mut others),
            }
        }
        let end = self.out[from..].find('>').map_or(self.out.len(), |end| from + end);
        self.out.insert_str(end, &others);
        self.mark(from, number);
    }

    /// Writes a start tag, and marks it.
    pub(super) fn start(&mut self, number: usize, tag: &str) {
        let from = self.out.len();
        self.out.push_str(tag);
        self.mark(from, number);
    }

    /// Marks the first start tag that was written behind `from`. All of its values are escaped, so the
    /// next `>` ends it.
    pub(super) fn mark(&mut self, from: usize, number: usize) {
        let Some(spans) = &mut self.spans else { return };
        let written = &self.out[from..];
        let tag = written
            .match_indices('<')
            .find(|(at, _)| written[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic()));
        let Some((at, _)) = tag else { return };
        let Some((tag, _)) = written[at..].split_once('>') else { return };
        let end = from + at + tag.len();
        self.out.insert_str(end, &format!(" {MARK}=\"{}\"", spans.len()));
        spans.push(self.tree.node(number).span());
    }
}

/// Writes an attribute; one without a value stands alone.
pub(super) fn push_attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    if !value.is_empty() {
        out.push_str("=\"");
        escape(value, out);
        out.push('"');
    }
}
