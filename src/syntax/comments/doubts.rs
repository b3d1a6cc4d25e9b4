//! Comments of which nobody can tell where they were meant to end.
//!
//! Most comments end at the first mark that closes, also where their writer commented out a text with
//! a comment in it: what follows that mark would be shown. So a second opening mark inside a comment
//! leaves it in doubt, and so do code that begins in a comment and ends behind it, and a closing mark
//! that is left over behind one.

use std::ops::Range;

use super::marks::{self, Mark};
use super::{Kind, Reading, around};

/// Gathers what is in doubt while comments are found.
#[derive(Default)]
pub(super) struct Doubts {
    found: Vec<Range<usize>>,
    /// The closing marks of the comments so far, and where the first of them ended.
    closers: Vec<(Closer, usize)>,
    /// All comments so far.
    spans: Vec<Range<usize>>,
}

impl Doubts {
    /// Looks at a comment that ends.
    pub(crate) fn look_into(
        &mut self,
        text: &str,
        mark: &Mark,
        opening: Range<usize>,
        end: Range<usize>,
    ) {
        let inner = &text[opening.end..end.start.max(opening.end)];
        if let Some(again) = mark.nested()
            && let Some(at) = inner.find(again)
        {
            let at = opening.end + at;
            self.found.push(at..at + again.len());
        } else if has_half_of_code(inner) {
            self.found.push(opening.clone());
        }
        if let Some(closer) = mark.left_over()
            && self.closers.iter().all(|(known, _)| *known != closer)
        {
            self.closers.push((closer, end.end));
        }
        self.spans.push(opening.start..end.end);
    }

    /// All that is in doubt, in the order of the text.
    pub(crate) fn all(mut self, text: &str, reading: &Reading) -> Vec<Range<usize>> {
        for (closer, from) in std::mem::take(&mut self.closers) {
            let left = text[from..].match_indices(closer.text).map(|(at, _)| from + at);
            let mut behind = Behind::default();
            let left = left.filter(|at| {
                around(&reading.code, *at).is_none()
                    && around(&self.spans, *at).is_none()
                    && closer.stands_at(text, *at)
                    && (closer.text != marks::HTML_END || self.is_end(text, *at, &mut behind))
            });
            let left: Vec<_> = left.map(|at| at..at + closer.text.len()).collect();
            self.found.extend(left);
        }
        self.found.sort_by_key(|doubt| doubt.start);
        self.found.dedup_by(|one, before| one.start < before.end);
        self.found
    }

    /// Whether `-->` was meant to end a comment. Behind one it is an arrow only with text on both
    /// sides, in another paragraph, or in another line where the comment ends its own.
    fn is_end(&self, text: &str, at: usize, behind: &mut Behind) -> bool {
        let is_blank =
            |text: &str| text.chars().take_while(|c| *c != '\n').all(char::is_whitespace);
        let last = self.spans.partition_point(|span| span.end <= at);
        let last = last.checked_sub(1).map_or(0, |last| self.spans[last].end);
        behind.go(text, last, at);
        let is_apart = behind.has_paragraph || behind.has_line && is_blank(&text[last..]);
        let begins_line = || marks::begins_line(text, at) && !text[..at].ends_with("--");
        !is_apart || is_blank(&text[at + marks::HTML_END.len()..]) || begins_line()
    }
}

/// What stands between a comment and a place behind it. Places are asked for one behind the other, so
/// that no text is read twice.
#[derive(Default)]
struct Behind {
    /// Where the comment ends.
    comment: usize,
    read: usize,
    has_line: bool,
    has_paragraph: bool,
    /// Whether there is nothing but blanks since the last line began.
    is_blank: bool,
}

impl Behind {
    fn go(&mut self, text: &str, comment: usize, at: usize) {
        if self.comment != comment {
            *self = Behind { comment, read: comment, ..Behind::default() };
        }
        for c in text[self.read.min(at)..at].chars() {
            if c == '\n' {
                self.has_paragraph |= self.has_line && self.is_blank;
                (self.has_line, self.is_blank) = (true, true);
            } else {
                self.is_blank &= c.is_whitespace();
            }
        }
        self.read = self.read.max(at);
    }
}

/// Whether code begins in a text and does not end in it.
fn has_half_of_code(inner: &str) -> bool {
    let fences = inner.lines().skip(1).filter(|line| {
        let line = line.trim_start_matches([' ', '\t', '>']);
        line.starts_with("```") || line.starts_with("~~~")
    });
    fences.count() % 2 == 1
}

impl Mark {
    /// What would open another comment, or what has the same end, in one that this mark opens.
    fn nested(&self) -> Option<&'static str> {
        Some(match (self.kind, self.closer_text()) {
            (Kind::Html, _) | (Kind::Template, "-->") => "<!--",
            (Kind::Jinja, _) => "{#",
            (Kind::Mdx, _) => "{/*",
            (Kind::Template, "*/") => "{{/*",
            (Kind::Template, "--}}" | "--") => "{{!--",
            (Kind::Template, "}}") => "{{",
            (Kind::Template | Kind::Liquid, "%}") => "{%",
            (Kind::Template, "%>") => "<%",
            (Kind::Template, "--%>") => "<%--",
            (Kind::Template, "<<}") => "{>>",
            (Kind::Template, "?>") => "<?",
            (Kind::Template, " *}") => "{* ",
            (Kind::Template, " *@") => "@* ",
            (Kind::Template, "--&gt;") => "&lt;!--",
            _ => return None,
        })
    }

    /// The mark that ends it, if it stands for nothing else.
    fn left_over(&self) -> Option<Closer> {
        let new = |before, text, after| Some(Closer { before, text, after });
        match (self.kind, self.closer_text()) {
            (Kind::Html, _) => new("", marks::HTML_END, ""),
            (Kind::Template, text @ "*/") => new("", text, "}}"),
            (Kind::Mdx, text) => new("", text, "}"),
            (Kind::Liquid, text @ "endcomment") => new("{", text, ""),
            (Kind::Shortcode, text) => new("{{", text, ""),
            (Kind::Jinja, text)
            | (
                Kind::Template,
                text @ ("-->" | "--}}" | "--%>" | "<<}" | "--&gt;" | "</comment>" | "{:/comment}"
                | "#+END_COMMENT" | "\u{2014}>" | "\u{2013}>"),
            ) => new("", text, ""),
            _ => None,
        }
    }
}

/// A closing mark.
#[derive(Clone, Copy, PartialEq)]
struct Closer {
    /// What stands before it, with spaces and signs of the tag between.
    before: &'static str,
    text: &'static str,
    /// What stands behind it, in the same way.
    after: &'static str,
}

impl Closer {
    fn stands_at(&self, text: &str, at: usize) -> bool {
        let is_between = |c: char| c.is_whitespace() || matches!(c, '-' | '<' | '%');
        let before = text[..at].trim_end_matches(is_between);
        let behind = text[at + self.text.len()..].trim_start_matches(is_between);
        before.ends_with(self.before) && behind.starts_with(self.after)
    }
}
