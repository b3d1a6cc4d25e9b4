//! Finds what the markup of other tools says of readers. tier0 reads none of it, so that its text
//! would be shown to everybody.

use std::collections::HashMap;

use super::foreign_conditions;
use super::foreign_macros;
use super::guard_words::{GuardWords, is_choice, is_guard, is_guard_alone};
use super::role_marks::{name, short};
use crate::text::tag::Tag;

/// What opens a block, at the start of a line.
const OPENINGS: [&str; 18] = [
    "!!!", "???", ";;;", "///", "|||", "===", "@@@", "$$$", "&&&", "^^^", "!!", ".. ", "{!", "#+",
    "#if", "#region", "%if", "@if",
];

/// What opens a tag of a template anywhere in a text, and what ends it.
const TEMPLATES: [(&str, &str); 5] =
    [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}"), ("<%", "%>")];

/// What a tag of two plain braces begins with, if it is no value.
const BLOCKS: [&str; 6] = ["#", "^", "if ", "unless ", "when ", "with "];

/// What stands around a comment of a few words, which opens a block in the manner of some tools;
/// `%%` does, too.
const COMMENTS: [(&str, &str); 15] = [
    ("<!--", "-->"),
    ("{#", "#}"),
    ("{/*", "*/"),
    ("{{/*", "*/"),
    ("{{!--", "--"),
    ("{{!", "}}"),
    ("<%#", "%>"),
    ("<%--", "--%>"),
    ("{% #", "%}"),
    ("{% comment %}", "{%"),
    ("{%- comment -%}", "{%"),
    ("{{< comment >}}", "{{"),
    ("]: # (", ")"),
    ("]: # \"", "\""),
    ("]: <> (", ")"),
];
/// Words around that of a role block in such a comment.
const AROUND: [&str; 11] = [
    "begin",
    "start",
    "end",
    "stop",
    "if",
    "only",
    "region",
    "endregion",
    "endif",
    "ifdef",
    "ifndef",
];
/// A comment of more words speaks of its block, and does not name its readers.
const MOST_WORDS: usize = 3;

/// What the name of a tag for some readers ends with.
const READERS: [&str; 12] = [
    "note", "notes", "block", "content", "section", "text", "box", "area", "info", "team", "users",
    "readers",
];

/// Attributes in braces are no longer, in bytes.
const LONGEST_ATTRIBUTES: usize = 200;

/// As much of a summary is looked at, in bytes.
const LONGEST_TITLE: usize = 1000;

/// Tags are no longer, in bytes.
const LONGEST_TAG: usize = 4000;

/// The end of a block in brackets is not looked for further away, in bytes.
const LONGEST_BLOCK: usize = 20_000;

/// Such comments are no longer, in bytes.
const LONGEST_COMMENT: usize = 160;

/// Where a line speaks of readers in the way of another tool.
pub(super) fn in_line(line: &str, words: &GuardWords, mut found: impl FnMut(usize)) {
    opening(line, words).into_iter().for_each(&mut found);
    alone(line, words).into_iter().for_each(&mut found);
    foreign_macros::in_line(line, words, &mut found);
    foreign_conditions::in_line(line, words).into_iter().for_each(&mut found);
    if line.contains('{') {
        braces(line, words).into_iter().for_each(&mut found);
    }
}

/// Where a text does, in a way that may go over several lines.
pub(super) fn in_text(text: &str, words: &GuardWords, mut found: impl FnMut(usize)) {
    // Most texts have links and no blocks in brackets, which have an end.
    let (has_square, has_wide) = (text.contains("[/"), text.contains("【/"));
    // All marks begin with one of these: most of a text is passed over byte by byte.
    let marks = text.bytes().enumerate();
    let marks = marks.filter(|(_, byte)| matches!(byte, b'<' | b'{' | b'[' | b']' | 0xe3));
    for (at, byte) in marks {
        let rest = || &text[at..];
        let is_found = match byte {
            b'<' => {
                is_template(rest(), words)
                    || is_commented(rest(), words)
                    || !is_type(text, at) && is_tag(rest(), words)
            }
            b'{' => is_template(rest(), words) || is_commented(rest(), words),
            b']' => is_commented(rest(), words),
            b'[' if has_square => {
                is_bracketed(rest(), words) || foreign_macros::is_shortcode(rest())
            }
            b'[' => false,
            _ => has_wide && rest().starts_with('【') && is_bracketed(rest(), words),
        };
        if is_found {
            found(at);
        }
    }
    let percent = text.match_indices("%%").map(|(at, mark)| (at, &text[at + mark.len()..]));
    percent.filter(|(_, rest)| is_comment(rest, "%%", words)).for_each(|(at, _)| found(at));
}

/// Whether a text begins with a comment that is nothing but the readers of what follows.
fn is_commented(text: &str, words: &GuardWords) -> bool {
    COMMENTS.iter().any(|(opening, closing)| {
        text.strip_prefix(opening).is_some_and(|inner| is_comment(inner, closing, words))
    })
}

/// A block at the start of a line.
fn opening(line: &str, words: &GuardWords) -> Option<usize> {
    let is_before = |c: char| c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+' | '\\');
    let shown = line.trim_start_matches(is_before);
    let at = line.len() - shown.len();
    // A field of a note: `internal:: …`.
    let field = name(shown);
    let is_field =
        shown[field.len()..].strip_prefix("::").is_some_and(|rest| rest.trim_start() != rest);
    if is_field && is_guard_alone(field) {
        return Some(at);
    }
    let mark = OPENINGS.iter().find(|mark| shown.starts_with(**mark))?;
    let rest = &shown[mark.len()..];
    let is_apart = *mark != "!!" || rest.starts_with(char::is_whitespace);
    let is_choice = *mark == "===" && is_choice(rest);
    (is_apart && !is_choice && words.open_with(rest)).then_some(at)
}

/// One word about readers with nothing but marks around it: `:INTERNAL:`, `---internal---`,
/// `@internal`, `[internal]`. In quotation marks, in emphasis, as a heading, an item or a cell it is a text.
fn alone(line: &str, words: &GuardWords) -> Option<usize> {
    let shown = line.trim().trim_start_matches(['>', ' ', '\\']);
    let first = shown.chars().next()?;
    // Two colons and more are those of a container, and alerts have a rule of their own.
    let is_other = shown.starts_with("::") || shown.starts_with("[!");
    let is_text = is_other || shown.starts_with(": ") || first == '-' && !shown.starts_with("---");
    if is_text || !":@[{=~^;!%$&【-".contains(first) {
        return None;
    }
    let word = shown.trim_matches(|c: char| !c.is_alphanumeric());
    let is_one = !word.is_empty() && !word.contains(char::is_whitespace);
    (is_one && is_guard_alone(word) && words.is_component(word))
        .then(|| line.trim_end().len() - shown.len())
}

/// A tag of a template.
fn is_template(text: &str, words: &GuardWords) -> bool {
    let Some((opening, closing)) = TEMPLATES.iter().find(|(opening, _)| text.starts_with(opening))
    else {
        return false;
    };
    let inner = short(&text[opening.len()..], LONGEST_TAG);
    // Where another tag opens in it, that one is read by itself: no text is read again and again,
    // however many tags open.
    let mut braces = inner.match_indices('{').map(|(at, _)| at);
    let next = braces.find(|at| inner[at + 1..].starts_with(['{', '%']));
    let inner = &inner[..next.unwrap_or(inner.len())];
    let inner = inner.find(closing).map_or(inner, |end| &inner[..end]);
    let first = inner.trim_start_matches(|c: char| c.is_whitespace() || c == '~' || c == '-');
    let is_value = ["{{", "<%"].contains(opening);
    let is_block = !is_value || BLOCKS.iter().any(|block| first.starts_with(block));
    let is_never = ["if false", "if 0"].contains(&inner.trim_matches([' ', '-', '#', '\n']));
    is_block && (is_never || words.open_with(inner)) || foreign_conditions::decides(inner, is_value)
}

/// `[internal] … [/internal]`, `[details="Internal"] … [/details]`, `【内部】 … 【/内部】`.
fn is_bracketed(text: &str, words: &GuardWords) -> bool {
    let mut chars = text.chars();
    let (opening, closing) = match chars.next() {
        Some('[') => ("[/", ']'),
        _ => ("【/", '】'),
    };
    let inner = short(chars.as_str(), LONGEST_ATTRIBUTES);
    let Some((inner, _)) = inner.split_once(closing) else { return false };
    if let Some(word) = inner.strip_prefix('/') {
        return words.open_with(word);
    }
    let name = name(inner);
    let has_more = inner.len() > name.len() && !name.is_empty();
    has_more
        && words.open_with(inner)
        && short(text, LONGEST_BLOCK).contains(&format!("{opening}{name}{closing}"))
}

/// A comment that is nothing but the readers of what follows. Others may well speak of it.
fn is_comment(inner: &str, closing: &str, words: &GuardWords) -> bool {
    let inner = short(inner, LONGEST_COMMENT + closing.len());
    inner.find(closing).is_some_and(|end| {
        let text = &inner[..end];
        are_readers(text, words) || foreign_macros::is_hiding(text, words)
    })
}

/// Whether a text names readers, with nothing but [`AROUND`] beside them.
fn are_readers(text: &str, words: &GuardWords) -> bool {
    let parts = || text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let all: Vec<_> = parts().filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let mut telling = all.iter().filter(|word| !AROUND.contains(&word.as_str()));
    match (telling.next(), telling.next()) {
        (Some(word), None) if is_guard_alone(word) => true,
        (None, _) => all.iter().any(|word| word == "only"),
        _ if all.len() > MOST_WORDS => false,
        _ => {
            let text = text.trim().trim_start_matches(['/', '#']).trim();
            let first = text.split(char::is_whitespace).next().unwrap_or_default();
            let rest = text[first.len()..].trim_start();
            let is_around = AROUND.contains(&first.to_lowercase().as_str());
            words.is_address(if is_around && !rest.is_empty() { rest } else { text })
        }
    }
}

/// Whether a tag is the type of a programming language: `List<Internal>`, `Map<String, Private>`.
/// Nothing closes it.
fn is_type(text: &str, at: usize) -> bool {
    let rest = &text[at + 1..];
    let written = name(rest);
    let is_word = |part: &str| {
        let part = part.trim();
        let is_part = |c: char| c.is_ascii_alphanumeric() || "_.<?[]".contains(c);
        part.starts_with(|c: char| c.is_ascii_alphabetic()) && part.chars().all(is_part)
    };
    let inner = short(rest, LONGEST_ATTRIBUTES).split_once('>').map(|(inner, _)| inner);
    text[..at].ends_with(|c: char| c.is_ascii_alphanumeric())
        && inner.is_some_and(|inner| inner == written || inner.split(',').all(is_word))
        && !short(rest, LONGEST_BLOCK).contains(&format!("</{written}"))
}

/// Whether the name of a tag without attributes stands for a value of the reader's own, unless it is
/// closed: `<internal-ip>`, `<staff-id>`. That of readers does not: `<internal-only>`.
fn is_placeholder(tag: &Tag, written: &str) -> bool {
    let mut parts = written.split('-');
    tag.attributes.is_empty()
        && !tag.is_empty
        && written.contains('-')
        && !written.contains(|c: char| c.is_ascii_uppercase())
        && parts.next_back().is_some_and(|last| !is_guard(last) && !READERS.contains(&last))
}

/// A tag of html, or one that html does not have, that says who reads; and a summary that does.
fn is_tag(text: &str, words: &GuardWords) -> bool {
    let Ok(tag) = Tag::read(short(text, LONGEST_TAG)) else { return false };
    if tag.closes {
        return false;
    }
    let written = &text[1..=tag.name.len().min(text.len() - 1)];
    let is_own = written.contains(|c: char| c.is_ascii_uppercase() || c == '-')
        || is_guard(tag.name.trim_end_matches('\\'))
        || ["callout", "note", "show", "hide", "if", "aside", "tabitem", "card"]
            .contains(&&*tag.name);
    if tag.name == "summary" {
        let inner = short(&text[tag.end..], LONGEST_TITLE);
        // Without its end, the summary goes no further than its paragraph.
        let end = inner.find("</summary").or_else(|| inner.find("\n\n")).unwrap_or(inner.len());
        return words.is_address(
            inner[..end]
                .trim()
                .trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '<' | '&')),
        );
    }
    let written = written.trim_end_matches('\\');
    // `<secret>` stands for a value of the reader's own, unless it is closed.
    let is_closed = || short(text, LONGEST_BLOCK).contains(&format!("</{written}"));
    let is_meant = || is_guard(written) || words.is_component(written);
    is_own
        && (words.is_component(written) && !is_placeholder(&tag, written)
            || is_meant() && is_closed())
        || foreign_macros::is_tag(&tag, text, words)
        || tag.attributes.iter().filter(|one| tag.name != "a" || one.name != "class").any(|one| {
            let is_tab = ["tab", "tabitem"].contains(&&*tag.name);
            !(is_tab && one.value.as_deref().is_some_and(is_choice))
                && words.is_about_in_html(
                    &one.name,
                    one.value.as_deref().unwrap_or_default(),
                    is_own,
                )
        })
}

/// Roles in braces behind a heading or a word. Lines of containers are read elsewhere.
fn braces(line: &str, words: &GuardWords) -> Option<usize> {
    let opening = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != ':');
    let mut braces = line.match_indices('{').map(|(at, _)| at);
    // Where the last mark stands that closes each name.
    let mut closed: HashMap<&str, Option<usize>> = HashMap::new();
    let mut are_roles = |at: usize| {
        let (before, text) = (&line[..at], &line[at + 1..]);
        let mut bytes = text.bytes().take(LONGEST_ATTRIBUTES);
        let end = bytes.position(|byte| matches!(byte, b'{' | b'}'));
        end.is_some_and(|end| {
            let is_apart = !before.ends_with(['/', '$', '=', '%', '.', '-', '_', '\\', '{', '#']);
            let (inner, after) = (&text[..end], &text[end + 1..]);
            let mut is_closed = || {
                let last = || line.rfind(&format!("{{/{inner}}}"));
                is_guard_alone(inner) && *closed.entry(inner).or_insert_with(last) > Some(at)
            };
            // Of the text before or behind it: `[text]{internal}`, `{internal}` and code.
            let is_attached = before.ends_with(']') || after.starts_with('`');
            let ends_line = after.trim_start().is_empty() || is_attached || is_closed();
            words.are_about_in_braces(inner, is_apart, ends_line)
        })
    };
    braces.find(|at| are_roles(*at)).filter(|_| !opening.starts_with(":::"))
}
