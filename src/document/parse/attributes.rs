//! Attributes that writers give to nodes of markdown, and those of all kinds that do not come out.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Builder;
use crate::diagnostic::{Code, Problem};
use crate::document::heading_id::is_reserved;
use crate::text::reserved;

/// Attributes that do not come out, by what their problem is and by their names: where the first
/// one stands, and how many there are. Whoever writes one writes hundreds.
pub(super) type Dropped = BTreeMap<(Code, String), (Range<usize>, usize)>;

impl Builder<'_> {
    /// Gives a node an attribute. Classes add up; of others the first one counts.
    pub(super) fn attribute(&mut self, node: usize, name: &str, value: &str) {
        let mut value = reserved::clean(value).into_owned();
        let all = self.parsed.tree.attributes.entry(node).or_default();
        if let Some((_, known)) = all.iter_mut().find(|(known, _)| known == name) {
            if name == "class" {
                known.push(' ');
                known.push_str(&value);
            }
            return;
        }
        if name == "id" {
            if is_reserved(&value) {
                value.insert_str(0, "section-");
            }
            self.parsed.html_ids.push((node, value.clone()));
        }
        all.push((name.to_owned(), value));
    }

    /// Notes what has no meaning where it stands.
    pub(super) fn report_unread(&mut self, what: &str, span: &Range<usize>) {
        self.drop_attribute(Code::AttributeNotRead, what, span.clone());
    }

    /// Notes an attribute that does not come out.
    pub(super) fn drop_attribute(&mut self, code: Code, name: &str, span: Range<usize>) {
        let name = if name.starts_with("data-") { "data-*" } else { name };
        self.dropped.entry((code, super::raw::short(name))).or_insert((span, 0)).1 += 1;
    }

    /// Reports them.
    pub(super) fn report_dropped(&mut self) {
        let dropped = std::mem::take(&mut self.dropped);
        self.parsed.problems.extend(dropped.into_iter().map(|((code, name), (span, count))| {
            let (en, zh) = match count {
                1 => (String::new(), String::new()),
                _ => (format!(" ({count} times)"), format!("（共 {count} 处）")),
            };
            Problem::new(code, span).with("what", name).with_both("times", en, zh)
        }));
    }
}
