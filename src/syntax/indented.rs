//! What a block shows that is code by its indentation alone, and that its writer meant to hide: most
//! such blocks came about below an item of a list.

use std::ops::Range;

use super::comments;
use crate::diagnostic::{Code, Problem, Weight};
use crate::text::hiding::hiding_in;
use crate::text::lines::lines_at;
use crate::text::tag::Tag;

/// Elements that browsers show to nobody.
const NEVER_SHOWN: [&str; 3] = ["template", "noscript", "datalist"];

/// The comments and hidden elements of an indented block: each that begins a line, and comments of
/// html that end one. Below a line of markup, or in it, they are a part of the code.
pub(super) fn hidden_in(text: &str, block: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut is_behind_blank = true;
    for (start, line) in lines_at(&text[block.clone()], block.start) {
        let shown = line.trim_start();
        let at = start + line.len() - shown.len();
        let mark = match shown.chars().next() {
            None => None,
            Some('%') if !is_behind_blank => None,
            Some(_) => comments::opening(&text[..block.end], at),
        };
        let mark = mark.or_else(|| hides(shown).then(|| at..at + shown.trim_end().len()));
        let is_markup = shown.starts_with(['<', '{']);
        let inner = shown.find("<!--").filter(|_| shown.trim_end().ends_with("-->"));
        let mark = mark.or_else(|| {
            let inner = at + inner.filter(|_| !is_markup)?;
            Some(inner..inner + "<!--".len())
        });
        if mark.is_none() && is_markup {
            break;
        }
        is_behind_blank = shown.is_empty();
        found.extend(mark);
    }
    found
}

/// Whether a text may hold one that is no comment: quick, and right where it says no.
pub(super) fn may_stand_in(text: &str) -> bool {
    let is_indented = text.contains("    <") || text.contains("\t<");
    is_indented
        && (text.contains("hidden")
            || text.contains("style")
            || NEVER_SHOWN.iter().any(|name| text.contains(name)))
}

fn hides(line: &str) -> bool {
    Tag::read(line).is_ok_and(|tag| {
        let is_hidden = |name: &str, value: Option<&str>| match name {
            "hidden" => true,
            "style" => value.is_some_and(|style| hiding_in(style).is_some()),
            _ => false,
        };
        let attributes = &mut tag.attributes.iter();
        !tag.closes
            && (NEVER_SHOWN.contains(&&*tag.name)
                || attributes.any(|one| is_hidden(&one.name, one.value.as_deref())))
    })
}

/// What is wrong with one.
pub(super) fn problem(span: Range<usize>) -> Problem {
    Problem::new(Code::ContainerNotRead, span)
        .weighing(Weight::Stop)
        .with_both(
            "what",
            "this is hidden in html, and here everybody would read it: inside a block indented like code",
            "这里写的是隐藏内容，但它在缩进形成的代码块中，所有人都会看到",
        )
        .with_both(
            "suggestion",
            "Indent it less, or delete it. To show it as text, use a fenced code block.",
            "请减少缩进，或直接删除。如果要原样显示，请使用围栏代码块。",
        )
}
