//! Finds the comments of other systems: what their own tools never publish.
//!
//! tier0 reads none of these marks, so that without this their text would be shown. Html comments
//! are the parser's own; here they matter only where it takes them for text.

mod doubts;
mod marks;

use std::ops::Range;

use super::guard_words::is_guard_alone;
use doubts::Doubts;
use marks::{LONGEST_ATTRIBUTES, Mark, PLAIN};

/// Whose comment it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    /// `<!-- … -->`, where it is not read as html.
    Html,
    /// `%% … %%`, of Obsidian.
    Percent,
    /// `{% comment %} … {% endcomment %}` and `{% # … %}`, of Liquid.
    Liquid,
    /// `{# … #}`, of Jinja, Twig and Nunjucks.
    Jinja,
    /// `{/* … */}`, of MDX.
    Mdx,
    /// `{{/* … */}}` of Hugo, and all of [`PLAIN`].
    Template,
    /// `{{< comment >}} … {{< /comment >}}`, of Hugo.
    Shortcode,
    /// `[//]: # (…)`, a link that nothing uses.
    Definition,
}

impl Kind {
    /// How it is written.
    pub(crate) fn form(self) -> &'static str {
        match self {
            Kind::Html => "<!-- … -->",
            Kind::Percent => "%% … %%",
            Kind::Liquid => "{% comment %} … {% endcomment %}",
            Kind::Jinja => "{# … #}",
            Kind::Mdx => "{/* … */}",
            Kind::Template => "{{/* … */}}, <?php … ?>, &lt;!-- … --&gt;, {* … *} …",
            Kind::Shortcode => "{{< comment >}} … {{< /comment >}}",
            Kind::Definition => "[//]: # (…)",
        }
    }
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comment {
    /// All of it. One that is never closed goes on to the end of the text.
    pub span: Range<usize>,
    /// Its first mark.
    pub opening: Range<usize>,
    /// Whose it is.
    pub kind: Kind,
    /// Whether it ends.
    pub is_closed: bool,
}

/// What the parser takes a text for; stretches in their order.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// Code: it shows how comments are written.
    pub code: Vec<Range<usize>>,
    /// Html, with its comments.
    pub html: Vec<Range<usize>>,
}

/// Characters that begin a comment.
const FIRST: [char; 8] = ['%', '{', '<', '[', '&', '#', '@', '/'];

/// Whether a text may hold a comment: quick, and right where it says no.
pub(crate) fn may_stand_in(text: &str) -> bool {
    let has = |mark: &str| text.as_bytes().contains(&mark.as_bytes()[0]) && text.contains(mark);
    ["%%", "{%", "{#", "{/", "{ /", "{{", "{>>", "<!", "<%", "]:", "[//]", "[#]", "[--]", "////"]
        .into_iter()
        .chain(PLAIN.iter().map(|(mark, _)| *mark))
        .any(has)
}

/// The comments of a text.
#[derive(Debug, Default)]
pub(crate) struct Comments {
    /// What is left out.
    pub comments: Vec<Comment>,
    /// Marks of which nobody can tell what they were meant to end, in the order of the text.
    pub doubts: Vec<Range<usize>>,
}

/// Finds the comments of a text.
pub(crate) fn find(text: &str, reading: &Reading) -> Comments {
    let mut comments = Vec::new();
    let mut doubts = Doubts::default();
    let mut at = 0;
    while let Some(offset) = text[at..].find(FIRST) {
        let start = at + offset;
        if let Some(code) = around(&reading.code, start) {
            at = code.end.max(start + 1);
            continue;
        }
        let Some(mark) = Mark::read(text, start) else {
            at = start + 1;
            // A run of the same character is one mark or none.
            if text[start..].starts_with('%') {
                at += text[at..].len() - text[at..].trim_start_matches('%').len();
            }
            continue;
        };
        let inner = start + mark.length;
        let end = mark.end(text, inner, &reading.code);
        at = end.as_ref().map_or(text.len(), |end| end.end);
        if let Some(end) = &end {
            doubts.look_into(text, &mark, start..inner, end.clone());
        }
        let is_html = |end: &Range<usize>| {
            around(&reading.html, start).is_some_and(|html| end.end <= html.end)
        };
        let span = match &end {
            Some(end) if mark.kind == Kind::Html && is_html(end) => continue,
            // `<!-- internal -->` was meant to hide what follows; that is told elsewhere.
            Some(end) if is_guard_mark(&text[inner..end.start.max(inner)]) => continue,
            Some(end) => start..end.end,
            None => start..text.len(),
        };
        if !span.is_empty() {
            let is_closed = end.is_some();
            comments.push(Comment { span, opening: start..inner, kind: mark.kind, is_closed });
        }
    }
    Comments { comments, doubts: doubts.all(text, reading) }
}

/// The mark that opens a comment at an offset of a text in code; one that code of its own kind begins
/// with counts only where its end follows in the same paragraph.
pub(super) fn opening(text: &str, start: usize) -> Option<Range<usize>> {
    if !text[start..].starts_with(FIRST) {
        return None;
    }
    let mark = Mark::read(text, start)?;
    let inner = start + mark.length;
    let paragraph = text[inner..].split("\n\n").next().unwrap_or_default();
    let is_code = text[start..].starts_with("<?") || text[start..].starts_with("////");
    let ends = mark.kind != Kind::Percent || paragraph.contains("%%");
    (!is_code && ends).then_some(start..inner)
}

/// Whether a comment is nothing but a word that keeps a text from readers, or the end of one.
fn is_guard_mark(inner: &str) -> bool {
    let word = inner.trim_matches(|c: char| !c.is_alphanumeric());
    word.len() <= LONGEST_ATTRIBUTES
        && is_guard_alone(word.strip_prefix("end").unwrap_or(word).trim())
}

/// The stretch that holds an offset.
fn around(stretches: &[Range<usize>], at: usize) -> Option<&Range<usize>> {
    let before = stretches.partition_point(|stretch| stretch.start <= at);
    stretches[..before].last().filter(|stretch| at < stretch.end)
}

#[cfg(test)]
mod tests;
