//! Values that YAML cuts short: what follows ` #` is a comment to it, whatever it was to its writer.

use std::ops::Range;

use crate::spanned::{Entry, Node, Table, Value};

/// Keys whose values are prose, in which a `#` is more likely a part of the sentence.
const PROSE: [&str; 3] = ["title", "description", "summary"];

/// The keys with such a value, and what YAML has taken away from each. A comment that begins with a
/// blank, or with another `#`, is meant as one, but for a title.
pub(super) fn find<'t>(text: &'t str, table: &'t Table) -> Vec<(&'t str, Range<usize>)> {
    let mut found = Vec::new();
    look_into(text, table, &mut found);
    found
}

fn look_into<'t>(text: &str, table: &'t Table, found: &mut Vec<(&'t str, Range<usize>)>) {
    for Entry { key, key_span, node } in table {
        match &node.value {
            // Nothing is left of it.
            Value::Null => found.extend(cut(text, key, key_span.end + 1)),
            _ => look(text, key, node, found),
        }
    }
}

fn look<'t>(text: &str, key: &'t str, node: &'t Node, found: &mut Vec<(&'t str, Range<usize>)>) {
    let written = text.get(node.span.clone()).unwrap_or_default();
    match &node.value {
        Value::Scalar(_) if !written.starts_with(['"', '\'', '|', '>']) => {
            found.extend(cut(text, key, node.span.end));
        }
        Value::Scalar(_) | Value::Null => {}
        Value::List(items) => items.iter().for_each(|item| look(text, key, item, found)),
        Value::Table(table) => look_into(text, table, found),
    }
}

/// What is cut off a value that ends at a place.
fn cut<'t>(text: &str, key: &'t str, end: usize) -> Option<(&'t str, Range<usize>)> {
    let behind = text.get(end..)?;
    let line = behind.split(['\n', '\r']).next()?.trim_end();
    let rest = line.trim_start_matches([' ', '\t']);
    let comment = rest.strip_prefix('#').filter(|_| rest.len() < line.len())?;
    let is_lost = comment.starts_with(char::is_alphanumeric) || PROSE.contains(&key);
    let start = end + line.len() - rest.len();
    is_lost.then(|| (key, start..start + rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spanned::yaml;

    #[test]
    fn comments_are_told_from_values() {
        let text = "title: Error #5 fails # always\ndescription: #1 reason\nroles: [ops] # them\nowner: team #net\nstatus: draft # soon\nid: x ## y\ncodes:\n  - E1 #2\n  - \"E3 #4\" #5\nsummary: |\n  a #6\ncascade:\n  products: A # B\n  tags: [a, b] #7\nkeywords: C#5\n";
        let table = yaml::parse(text).expect("yaml");
        let found = find(text, &table);
        let found: Vec<_> = found.into_iter().map(|(key, rest)| (key, &text[rest])).collect();
        assert_eq!(
            found,
            [
                ("title", "#5 fails # always"),
                ("description", "#1 reason"),
                ("owner", "#net"),
                ("codes", "#2")
            ]
        );
    }
}
