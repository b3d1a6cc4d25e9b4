//! Splits the front matter off and parses it.
//!
//! The split is done here, not by the markdown parser: its metadata blocks are quadratic.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::spanned::{SyntaxError, Table, toml, yaml};

/// The kinds of fences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fence {
    /// No front matter.
    None,
    /// `---`.
    Yaml,
    /// `+++`.
    Toml,
}

/// Where the front matter lies. Offsets are bytes of the file.
#[derive(Debug, PartialEq, Eq)]
pub struct Block {
    /// Which fence opens it.
    pub fence: Fence,
    /// The text between the fences.
    pub content: Range<usize>,
    /// Where the markdown begins.
    pub body_start: usize,
    /// Whether the closing fence is there.
    pub closed: bool,
}

/// Finds the front matter. A byte order mark before it is passed over.
pub fn split(text: &str) -> Block {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let none = Block { fence: Fence::None, content: start..start, body_start: start, closed: true };
    let mut lines = Lines { text, at: start };
    let Some(first) = lines.next() else {
        return none;
    };
    let fence = match text[first.clone()].trim_end() {
        "---" => Fence::Yaml,
        "+++" => Fence::Toml,
        _ => return none,
    };
    let mark = text[first.clone()].trim_end();
    let content_start = first.end;
    // A dash line without any key before the next one is a thematic break, not front matter.
    let mut content_end = content_start;
    for line in lines {
        if text[line.clone()].trim_end() == mark {
            return Block {
                fence,
                content: content_start..line.start,
                body_start: line.end,
                closed: true,
            };
        }
        content_end = line.end;
    }
    let looks_like_keys = text[content_start..content_end]
        .lines()
        .next()
        .is_some_and(|line| line.contains(':') || line.contains('='));
    if fence == Fence::Yaml && !looks_like_keys {
        return none;
    }
    Block { fence, content: content_start..content_end, body_start: text.len(), closed: false }
}

/// Lines with their line breaks, as ranges.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        self.at = self.text[start..].find('\n').map_or(self.text.len(), |end| start + end + 1);
        Some(start..self.at)
    }
}

/// Parses the block.
///
/// # Errors
/// Every problem that keeps the block from being read.
pub fn parse(path: &Arc<str>, text: &str, block: &Block) -> Result<Table, Vec<Diagnostic>> {
    let content = &text[block.content.clone()];
    let fence = if block.fence == Fence::Toml { "+++" } else { "---" };
    if !block.closed {
        let open = block.content.start - fence.len() - 1;
        return Err(vec![
            Diagnostic::at(Code::FrontMatterUnclosed, path, open..open + fence.len())
                .with("fence", fence),
        ]);
    }
    let parsed = match block.fence {
        Fence::None => Ok(Table::new()),
        Fence::Yaml => yaml::parse(content),
        Fence::Toml => toml::parse(content),
    };
    let base = block.content.start;
    parsed.map_err(|errors| {
        errors
            .into_iter()
            .map(|error| match error {
                SyntaxError::Invalid { at, detail } => {
                    Diagnostic::at(Code::FrontMatterSyntax, path, base + at..base + at + 1)
                        .with("detail", detail)
                }
                SyntaxError::Duplicate { span, key } => {
                    Diagnostic::at(Code::DuplicateKey, path, base + span.start..base + span.end)
                        .with("key", key)
                }
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_block() {
        let text = "\u{feff}---\r\ntitle: x\r\n---\r\nbody";
        let block = split(text);
        assert_eq!(&text[block.content.clone()], "title: x\r\n");
        assert_eq!(&text[block.body_start..], "body");
        assert_eq!(split("---\n\ntext under a rule\n").fence, Fence::None);
        assert!(!split("---\ntitle: x\nbody\n").closed);
        assert_eq!(split("").fence, Fence::None);
        assert_eq!(split("+++\na = 1\n+++\n").fence, Fence::Toml);
    }
}
