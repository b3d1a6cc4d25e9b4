//! The marks that open comments, and what closes them.

use std::ops::Range;

use super::{Kind, around};
use crate::syntax::role_marks::short;

/// Attributes and the labels of links are no longer, in characters.
pub(super) const LONGEST_ATTRIBUTES: usize = 200;

/// What ends a comment of html.
pub(super) const HTML_END: &str = "-->";

/// As much of a line is looked at to find out what a mark is, in bytes.
const LONGEST_LINE: usize = 1000;

/// Comments between two marks.
pub(super) const PLAIN: [(&str, &str); 20] = [
    ("<%--", "--%>"),
    ("<%#", "%>"),
    ("{{!--", "--}}"),
    ("{{~!--", "--"),
    ("{{!", "}}"),
    ("{>>", "<<}"),
    // Two hyphens that a program has made one dash of, and other slips.
    ("<!\u{2014}", "\u{2014}>"),
    ("<!\u{2013}", "\u{2013}>"),
    ("<! --", "-->"),
    ("< !--", "-->"),
    ("<\u{ff01}--", "-->"),
    ("<\\!--", "-->"),
    ("<!- ", "->"),
    ("&lt;!--", "--&gt;"),
    ("<?php", "?>"),
    ("<comment>", "</comment>"),
    // Of kramdown, Org, Smarty and Razor.
    ("{::comment}", "{:/comment}"),
    ("#+BEGIN_COMMENT", "#+END_COMMENT"),
    ("{* ", " *}"),
    ("@* ", " *@"),
];

/// A mark that opens a comment.
pub(super) struct Mark {
    /// Whose comment it opens.
    pub kind: Kind,
    /// How long it is.
    pub length: usize,
    closer: Closer,
}

/// What closes a comment.
#[derive(Clone, Copy)]
enum Closer {
    /// This.
    Text(&'static str),
    /// These two, with spaces and a dash between them.
    Pair(&'static str, &'static str),
    /// A tag of this name: what opens it, the name, what ends it.
    Tag(&'static str, &'static str, &'static str),
    /// This character at the end of a line, or the line itself.
    Line(Option<char>),
}

impl Mark {
    /// The mark that stands at an offset.
    pub(crate) fn read(text: &str, start: usize) -> Option<Mark> {
        let rest = &text[start..];
        let before = text[..start].chars().next_back();
        let is_escaped = before == Some('\\');
        let new = |kind, shown: &str, closer| {
            Some(Mark { kind, length: rest.len() - shown.len(), closer })
        };
        if rest.starts_with('[') {
            return definition(text, start).filter(|_| !is_escaped);
        }
        if let Some(shown) = rest.strip_prefix("%%") {
            // `100%%` is a number, `/%%20` an address, and a longer row a line. Behind a letter it is a
            // comment only if it ends in its line.
            let line = short(shown, LONGEST_LINE).split(['\n', '\r']).next().unwrap_or_default();
            let is_word = |c: char| {
                c.is_ascii_digit()
                    || "%\\/=".contains(c)
                    || c.is_ascii_alphabetic() && !line.contains("%%")
            };
            // `%%i` is a variable in a batch file.
            let mut after = shown.chars();
            let is_variable = after.next().is_some_and(|c| c.is_ascii_alphabetic())
                && after.next().is_none_or(|c| !c.is_alphanumeric() && c != '%');
            // `50 %%` is a number, too.
            let is_percent = before == Some(' ')
                && text[..start - 1].ends_with(|c: char| c.is_ascii_digit())
                && !line.contains("%%");
            let is_other =
                before.is_some_and(is_word) || shown.starts_with("%%") || is_variable || is_percent;
            return new(Kind::Percent, shown, Closer::Text("%%")).filter(|_| !is_other);
        }
        if let Some(shown) = rest.strip_prefix("<!--") {
            // `<!-->` is whole.
            let is_other = is_escaped || shown.starts_with('>') || shown.starts_with("->");
            return new(Kind::Html, shown, Closer::Text("-->")).filter(|_| !is_other);
        }
        for (opening, closing) in PLAIN {
            if let Some(shown) = rest.strip_prefix(opening) {
                // A brace and a star may stand for something else.
                let is_other =
                    opening.ends_with(' ') && !short(shown, LONGEST_LINE).contains(closing);
                let mark = new(Kind::Template, shown, Closer::Text(closing));
                return mark.filter(|_| !is_other);
            }
        }
        if begins_line(text, start)
            && let Some(shown) = rest.strip_prefix("////\n")
        {
            return new(Kind::Template, shown, Closer::Text("////"));
        }
        if let Some(shown) = rest.strip_prefix("{{") {
            if shown.starts_with(['<', '%'])
                && let Some(after) = tag(shown, "comment")
            {
                return new(Kind::Shortcode, after, Closer::Tag("{{", "/comment", "}}"));
            }
            let inner = shown.trim_start_matches('-').trim_start();
            if let Some(inner) = inner.strip_prefix("/*") {
                return new(Kind::Template, inner, Closer::Pair("*/", "}}"));
            }
        }
        if let Some(shown) = rest.strip_prefix("{%") {
            if let Some(after) = tag(shown, "comment") {
                return new(Kind::Liquid, after, Closer::Tag("{%", "endcomment", "%}"));
            }
            let inner = shown.trim_start_matches('-').trim_start().strip_prefix('#')?;
            return new(Kind::Liquid, inner, Closer::Text("%}"));
        }
        if let Some(shown) = rest.strip_prefix("{#") {
            let mark = new(Kind::Jinja, shown, Closer::Text("#}"));
            return mark.filter(|_| !is_attribute(shown));
        }
        let inner = rest.strip_prefix('{')?.trim_start();
        new(Kind::Mdx, inner.strip_prefix("/*")?, Closer::Pair("*/", "}"))
    }

    /// What closes it: the first part of it, or the name of its tag.
    pub(crate) fn closer_text(&self) -> &'static str {
        match self.closer {
            Closer::Text(closer) | Closer::Pair(closer, _) | Closer::Tag(_, closer, _) => closer,
            Closer::Line(_) => "",
        }
    }

    /// Where the mark stands that closes a comment whose text begins at `inner`.
    pub(crate) fn end(
        &self,
        text: &str,
        inner: usize,
        code: &[Range<usize>],
    ) -> Option<Range<usize>> {
        let mut from = inner;
        let mut depth = 0_usize;
        loop {
            let (found, step) = match self.closer {
                Closer::Text(closer) => (find_text(text, from, closer)?, None),
                Closer::Pair(first, last) => (find_pair(text, from, first, last)?, None),
                Closer::Tag(opening, name, ending) => find_tag(text, from, opening, name, ending)?,
                Closer::Line(last) => return end_of_definition(text, inner, last),
            };
            // Code that begins inside the comment is a part of it, unless it is a block.
            let holder = around(code, found.start);
            let is_read = holder.is_none_or(|code| code.start >= inner && !is_block(text, code));
            from = match holder.filter(|_| !is_read) {
                Some(code) => code.end.max(found.end),
                None => found.end,
            };
            match step.filter(|_| is_read) {
                Some(Step::Deeper) => depth += 1,
                Some(Step::Back) if depth > 0 => depth -= 1,
                _ if is_read => return Some(found),
                _ => {}
            }
        }
    }
}

/// What a tag does to the comment that it stands in.
enum Step {
    /// It opens one more.
    Deeper,
    /// It closes one.
    Back,
}

/// Whether code stands on lines of its own.
fn is_block(text: &str, code: &Range<usize>) -> bool {
    let is_long = text[code.clone()].contains(['\n', '\r']);
    is_long && begins_line(text, code.start)
}

/// Whether nothing but indentation and marks of quotes and lists stands before an offset.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    let is_mark = |c: char| matches!(c, ' ' | '\t' | '>' | '-' | '*' | '+');
    let before = text[..at].trim_end_matches(is_mark);
    let before = before.strip_suffix("[ ]").map_or(before, |item| item.trim_end_matches(is_mark));
    before.is_empty() || before.ends_with(['\n', '\r'])
}

fn find_text(text: &str, from: usize, closer: &str) -> Option<Range<usize>> {
    let start = from + text.get(from..)?.find(closer)?;
    Some(start..start + closer.len())
}

fn find_pair(text: &str, from: usize, first: &str, last: &str) -> Option<Range<usize>> {
    let mut at = from;
    loop {
        let start = find_text(text, at, first)?;
        let rest = text[start.end..].trim_start_matches(|c: char| c.is_whitespace() || c == '-');
        if rest.starts_with(last) {
            return Some(start.start..text.len() - rest.len() + last.len());
        }
        at = start.end;
    }
}

/// The next tag that opens another comment or closes one.
fn find_tag(
    text: &str,
    from: usize,
    opening: &str,
    closer: &str,
    ending: &str,
) -> Option<(Range<usize>, Option<Step>)> {
    let mut at = from;
    loop {
        let start = find_text(text, at, opening)?;
        let inner = &text[start.end..];
        let step = if tag(inner, closer).is_some() {
            Some(Step::Back)
        } else {
            tag(inner, "comment").map(|_| Step::Deeper)
        };
        if step.is_some() {
            let end = find_text(text, start.end, ending)?;
            return Some((start.start..end.end, step));
        }
        at = start.end;
    }
}

/// What follows the name of a tag, if it is this one.
fn tag<'t>(inner: &'t str, name: &str) -> Option<&'t str> {
    let inner =
        inner.trim_start_matches(|c: char| matches!(c, '<' | '%' | '-') || c.is_whitespace());
    let (inner, name) = match name.strip_prefix('/') {
        Some(name) => (inner.strip_prefix('/')?.trim_start(), name),
        None => (inner, name),
    };
    let is_it = inner.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
    let after = inner.get(name.len()..).filter(|_| is_it)?;
    (!after.starts_with(|c: char| c.is_alphanumeric() || c == '_')).then_some(after)
}

/// Whether `{#` begins attributes, as in `## Heading {#id .class}`, and no comment.
fn is_attribute(inner: &str) -> bool {
    let end = inner.char_indices().nth(LONGEST_ATTRIBUTES).map_or(inner.len(), |(end, _)| end);
    let line = inner[..end].split(['\n', '\r']).next().unwrap_or_default();
    let Some((attributes, after)) = line.split_once('}') else { return false };
    let is_spaced = inner.starts_with(|c: char| c.is_whitespace() || c == '-');
    !is_spaced
        && !attributes.contains('{')
        && !attributes.ends_with('#')
        && !after.split("{#").next().is_some_and(|text| text.contains("#}"))
}

/// A link that is written for the sake of its title, at the start of a line.
fn definition(text: &str, start: usize) -> Option<Mark> {
    let rest = &text[start..];
    let end = rest.char_indices().nth(LONGEST_ATTRIBUTES).map_or(rest.len(), |(end, _)| end);
    let (label, after) = rest[1..end].split_once(']').filter(|_| begins_line(text, start))?;
    let after = after.trim_start_matches(' ').strip_prefix([':', '：'])?;
    let target = rest[rest[..end].len() - after.len()..].trim_start_matches([' ', '\t']);
    let label = label.trim().to_lowercase();
    let is_comment = ["//", "#", "--"].contains(&label.as_str())
        || label.starts_with("comment")
        || label.starts_with("注释");
    let nowhere = target.strip_prefix("<>").or_else(|| target.strip_prefix('#'));
    let title = nowhere.unwrap_or(target).trim_start_matches([' ', '\t']);
    let last = match title.chars().next() {
        Some('(') => Some(')'),
        Some(quote @ ('"' | '\'')) => Some(quote),
        _ => None,
    };
    let is_written_for_title = nowhere.is_some() && last.is_some();
    let is_meant = is_comment || is_written_for_title;
    let is_other = label.contains(['\n', '[']) || label.starts_with('^');
    let length = rest.len() - title.len() + usize::from(last.is_some());
    let mark = Mark { kind: Kind::Definition, length, closer: Closer::Line(last) };
    (is_meant && !is_other).then_some(mark)
}

/// Where the title of a link ends: with its last mark, at the end of a line of the same paragraph;
/// without one, with the line.
fn end_of_definition(text: &str, inner: usize, last: Option<char>) -> Option<Range<usize>> {
    let mut at = inner;
    for line in text.get(inner..)?.split_inclusive('\n') {
        let shown = line.trim_end();
        let end = at + shown.len();
        match last {
            None => return Some(end..end),
            Some(last) if shown.ends_with(last) => return Some(end - last.len_utf8()..end),
            _ if at > inner && shown.trim_start_matches(['>', ' ', '\t']).is_empty() => {
                return None;
            }
            _ => at += line.len(),
        }
    }
    last.is_none().then_some(inner..inner)
}
