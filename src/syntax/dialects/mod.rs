//! Other ways to write what tier0 reads.
//!
//! A dialect says what to read in the place of what was written, as edits of the text of one file. A new
//! one is a file beside this one and a row of [`DIALECTS`]. All are read before anything else
//! is, so that no stage behind this one knows of them, and every problem has the place that its
//! writer knows.
//!
//! What becomes of a stretch of text hangs on its own surroundings alone, never on a part of the
//! file that some readers may not see.

mod carriage_returns;

use super::edits::{Edit, Mapped};

/// What a dialect makes of a text: edits that are ascending and apart.
type Dialect = for<'t> fn(&'t str) -> Vec<Edit<'t>>;

/// All of them. Each reads what those before it have made.
const DIALECTS: [Dialect; 1] = [carriage_returns::edits];

/// A text as tier0 reads it; None if that is how it is written.
pub(crate) fn read(text: &str) -> Option<Mapped> {
    read_by(&DIALECTS, text)
}

fn read_by(dialects: &[Dialect], text: &str) -> Option<Mapped> {
    let mut made: Option<Mapped> = None;
    for edits in dialects {
        let before = made.as_ref().map_or(text, |made| &made.body);
        let edits = edits(before);
        if !edits.is_empty() {
            let now = Mapped::edited(before, &edits);
            made = Some(made.as_ref().map_or(now.clone(), |before| now.behind(before)));
        }
    }
    made
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;
    use crate::syntax::{RoleWords, outline};

    /// Blocks of another tool, `{% note %} … {% endnote %}`, each mark alone in its line: a dialect is one
    /// function like this in a file, and one row.
    fn blocks(text: &str) -> Vec<Edit<'_>> {
        let mut at = 0;
        let mut edits = Vec::new();
        for line in text.split_inclusive('\n') {
            let mark = line.trim_end();
            let name = mark.strip_prefix("{% ").and_then(|rest| rest.strip_suffix(" %}"));
            if let Some(name) = name {
                let instead = if name.starts_with("end") { "" } else { name };
                edits.push(Edit::replace(at..at + mark.len(), format!(":::{instead}")));
            }
            at += line.len();
        }
        edits
    }

    #[test]
    fn a_dialect_is_a_function_and_a_row() {
        let text = "前\r\r{% only roles=\"ops\" %}\rHidden\r{% endonly %}\r\n\n{% note %}\nShown\n";
        let dialects: [Dialect; 2] = [carriage_returns::edits, blocks];
        let read = read_by(&dialects, text).expect("a dialect");
        let expected = "前\n\n:::only roles=\"ops\"\nHidden\n:::\r\n\n:::note\nShown\n";
        assert_eq!(read.body, expected);
        let outline = outline(&read.body, &RoleWords::default());
        let block = &outline.blocks[0];
        let written = |span: &Range<usize>| &text[read.span(span).1];
        assert_eq!(written(&block.opening).trim_end(), "{% only roles=\"ops\" %}");
        assert_eq!(written(&block.span), "{% only roles=\"ops\" %}\rHidden\r{% endonly %}\r\n");
        assert!(read_by(&dialects, "a\r\nb\n").is_none());
    }

    #[test]
    fn what_is_hidden_shapes_nothing_around_it() {
        const HIDDEN: [&str; 6] = ["", "a", "\r", "a\rb\r\n\r", "\r\r\n\n\r", "```\r~~~"];
        const SHOWN: [&str; 5] = ["a\r", "\r\n", "a\rb\r\r\n", "\n\r", "中\r- x\r"];
        for dialect in DIALECTS {
            for (before, after) in SHOWN.iter().flat_map(|one| SHOWN.map(|other| (one, other))) {
                let around = |hidden: &str| {
                    let opening = format!("{before}:::internal\n");
                    let closing = format!("{hidden}\n:::\n");
                    let text = format!("{opening}{closing}{after}");
                    let behind = opening.len() + closing.len();
                    let edits =
                        dialect(&text).into_iter().map(|edit| (edit.span, edit.text.to_string()));
                    let moved = edits.filter_map(|(span, text)| match span.start {
                        at if at < opening.len() => Some((span, text)),
                        at if at >= behind => Some((span.start - behind..span.end - behind, text)),
                        _ => None,
                    });
                    moved.collect::<Vec<_>>()
                };
                for hidden in HIDDEN {
                    assert_eq!(around(hidden), around(""), "{before:?} {hidden:?} {after:?}");
                }
            }
        }
    }
}
