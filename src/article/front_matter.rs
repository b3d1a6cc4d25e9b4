//! Splits the front matter off and parses it.
//!
//! The split is done here, not by the markdown parser: its metadata blocks are quadratic.

use std::ops::Range;
use std::sync::Arc;

use super::foreign;
use super::keys::{self, KEYS};
use super::slips;
use crate::config::keys::form;
use crate::diagnostic::{Code, Diagnostic};
use crate::spanned::{SyntaxError, Table, Value, toml, yaml};
use crate::text::lines::{lines, lines_at};
use crate::text::unseen::is_unseen;

/// The kinds of fences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fence {
    /// No front matter.
    None,
    /// `---`.
    Yaml,
    /// `+++`.
    Toml,
    /// Something that was meant as front matter and is not.
    Mistaken,
}

/// Where the front matter lies. Offsets are bytes of the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Which fence opens it.
    pub fence: Fence,
    /// The line that opens it.
    pub opening: Range<usize>,
    /// The text between the fences.
    pub content: Range<usize>,
    /// Where the markdown begins.
    pub body_start: usize,
    /// Whether the closing fence is there.
    pub closed: bool,
}

/// How many lines of an unclosed block are looked at.
const LOOK_AHEAD: usize = 30;

/// Keys are no longer, in characters.
const LONGEST_KEY: usize = 20;

/// Syntaxes that other programs read heads in.
const SYNTAXES: [&str; 8] =
    ["yaml", "yml", "toml", "json", "json5", "js", "frontmatter", "front-matter"];

/// Finds the front matter. A byte order mark before it is passed over.
///
/// A page whose front matter is not read loses its roles and would be everybody's. So what looks
/// like front matter and is not in its proper form is not taken for text.
pub(crate) fn split(text: &str) -> Block {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let none = Block {
        fence: Fence::None,
        opening: start..start,
        content: start..start,
        body_start: start,
        closed: true,
    };
    let mut lines = lines_at(&text[start..], start);
    let Some((at, first)) = lines.next() else { return none };
    let mark = first.trim_end();
    let opening = at..at + mark.len();
    let fence = match mark {
        "---" => Fence::Yaml,
        "+++" => Fence::Toml,
        _ => return mistaken(text, start).unwrap_or(none),
    };
    let content_start = at + first.len();
    for (at, line) in lines {
        if line.trim_end() == mark {
            let content = content_start..at;
            // Two dash lines with prose between them are two thematic breaks.
            if fence == Fence::Yaml && !is_table(&text[content.clone()]) {
                return none;
            }
            let body_start = at + line.len();
            return Block { fence, opening, content, body_start, closed: true };
        }
    }
    if names_a_key(text, content_start) {
        let content = content_start..text.len();
        return Block { fence, opening, content, body_start: text.len(), closed: false };
    }
    none
}

/// Front matter in the wrong place or behind the wrong fence: after an empty line, with longer
/// or Chinese dashes.
fn mistaken(text: &str, start: usize) -> Option<Block> {
    let (at, line) = lines_at(&text[start..], start).find(|(_, line)| !line.trim().is_empty())?;
    let end = at + line.len();
    let shown = line.trim_matches(|c: char| c.is_whitespace() || is_unseen(c));
    let is_dash =
        |c: char| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2500}' | '－' | '\u{2212}');
    // Programs make one long dash of two or three short ones. Others name the syntax behind them.
    let syntax = shown.trim_start_matches(['-', '+']);
    let is_named = syntax.len() + 3 <= shown.len()
        && (syntax.trim_start().starts_with('#')
            || SYNTAXES.contains(&syntax.trim().to_lowercase().as_str()));
    let is_fence = shown.chars().all(is_dash) && (shown.len() >= 2)
        || shown.len() >= 3 && shown.chars().all(|c| matches!(c, '+' | ';'))
        || is_named;
    let speaks = || speaks_of_readers(&text[end..], |line| line.trim() == shown);
    // What a code block or an object is about is a guess, unless it keeps readers out.
    let is_code = |mark: char| {
        let info = shown.trim_start_matches(mark);
        info.len() + 3 <= shown.len() && SYNTAXES.contains(&info.trim().to_lowercase().as_str())
    };
    let is_block = || {
        (is_code('`') || is_code('~')) && {
            let mark = shown.get(..3).unwrap_or_default();
            speaks_of_readers(&text[end..], |line| line.trim_start().starts_with(mark))
        }
    };
    let is_object = || {
        shown.strip_prefix('{').is_some_and(|rest| {
            let next = rest.trim_start().chars().next();
            let is_one_line = shown.ends_with('}');
            next.is_none_or(|c| c.is_alphanumeric() || matches!(c, '"' | '\''))
                && speaks_of_readers(&text[at..], |line| {
                    line.trim_start().starts_with('}') || is_one_line && !line.contains(shown)
                })
        })
    };
    let is_head = is_fence && (names_a_key(text, end) || speaks());
    let is_meant = is_head || is_block() || is_object();
    is_meant.then(|| Block {
        fence: Fence::Mistaken,
        opening: at..at + line.trim_end().len(),
        content: end..end,
        body_start: text.len(),
        closed: false,
    })
}

/// Whether one of the next keys would keep somebody from the page, up to a line that ends the head.
fn speaks_of_readers(text: &str, ends: impl Fn(&str) -> bool) -> bool {
    let is_wrapping =
        |c: char| c.is_whitespace() || is_unseen(c) || matches!(c, '"' | '\'' | '[' | ']');
    let lines = lines(text).map(|(_, line)| line).take(LOOK_AHEAD).take_while(|line| !ends(line));
    lines.flat_map(|line| line.split([',', '{', '}'])).any(|part| {
        let Some((key, value)) = part.split_once([':', '=', '：']) else { return false };
        let (key, value) = (key.trim_matches(is_wrapping), value.trim_matches(is_wrapping));
        let is_role = ["roles", "role", "cascade"].contains(&form(key).as_str())
            || keys::meant(key) == Some("roles");
        let says = || foreign::effect(key, &Value::Scalar(value.to_owned())).is_some();
        !key.is_empty() && (is_role || says())
    })
}

/// Whether a text is empty or holds keys.
fn is_table(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    lines.peek().is_none()
        || lines.any(|line| line.starts_with('#') || line.contains(':') || line.contains('='))
        || are_wide_keys(text)
}

/// Whether each line is a key with a wide colon behind it, or an item of a list.
fn are_wide_keys(text: &str) -> bool {
    let is_key = |key: &str| {
        !key.trim().is_empty()
            && key.trim().chars().count() <= LONGEST_KEY
            && key.trim().chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
    };
    let mut all = text.lines().map(str::trim);
    let is_wide = |line: &str| line.split_once('：').is_some_and(|(key, _)| is_key(key));
    all.next().is_some_and(is_wide) && all.all(|line| is_wide(line) || line.starts_with("- "))
}

/// Whether one of the next lines begins with a key that tier0 knows.
fn names_a_key(text: &str, from: usize) -> bool {
    let keys =
        || KEYS.iter().flat_map(|key| std::iter::once(key.name).chain(key.aliases.iter().copied()));
    lines(&text[from..]).take(LOOK_AHEAD).any(|(_, line)| {
        let quotes = ['"', '\'', '{'];
        let line = line.trim_start().trim_start_matches(quotes).to_lowercase();
        keys().any(|key| {
            let rest = line.strip_prefix(key);
            let rest = rest.map(|rest| rest.trim_start_matches(quotes).trim_start());
            rest.is_some_and(|rest| rest.starts_with([':', '=', '：']))
        })
    })
}

/// Parses the block.
///
/// # Errors
/// Every problem that keeps the block from being read.
pub(crate) fn parse(path: &Arc<str>, text: &str, block: &Block) -> Result<Table, Vec<Diagnostic>> {
    let content = &text[block.content.clone()];
    let parsed = match block.fence {
        Fence::Mistaken => {
            return Err(vec![
                Diagnostic::at(Code::FrontMatterSyntax, path, block.opening.clone()).with_both(
                    "detail",
                    "it must begin in the very first line, with `---` and nothing else",
                    "它必须从文件的第一行开始，这一行只能写 `---`",
                )
                .with_both(
                    "suggestion",
                    "Write `---` alone into the first line, and again into the line behind the last key.",
                    "请在文件第一行只写 `---`，并在最后一个键的下一行再写一个 `---`。",
                ),
            ]);
        }
        _ if !block.closed => {
            return Err(vec![
                Diagnostic::at(Code::FrontMatterUnclosed, path, block.opening.clone())
                    .with("fence", &text[block.opening.clone()]),
            ]);
        }
        Fence::None => Ok(Table::new()),
        Fence::Yaml => yaml::parse(content),
        Fence::Toml => toml::parse(content),
    };
    let base = block.content.start;
    let diagnostic = |error| match error {
        SyntaxError::Invalid { at, detail } => {
            let slip = (block.fence == Fence::Yaml).then(|| slips::find(content, at)).flatten();
            match slip {
                Some(slip) => slip.problem(path, base),
                None => Diagnostic::at(Code::FrontMatterSyntax, path, base + at..base + at + 1)
                    .with("detail", detail)
                    .with_both("suggestion", IN_GENERAL.0, IN_GENERAL.1),
            }
        }
        SyntaxError::Duplicate { span, key } => {
            Diagnostic::at(Code::DuplicateKey, path, base + span.start..base + span.end)
                .with("key", key)
        }
    };
    parsed.map_err(|errors| errors.into_iter().map(diagnostic).collect())
}

/// What helps most often.
const IN_GENERAL: (&str, &str) = (
    "Put values that contain `:`, `#`, quotes or brackets in quotes, and check the indentation.",
    "值里含有 `:`、`#`、引号或方括号时请加引号，并检查缩进。",
);

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
        assert_eq!(split("---\n\nHello\n\n---\n").fence, Fence::None);
        assert!(!split("---\ntitle: x\nbody\n").closed);
        assert!(!split("---\n# c\n\nroles: [ops]\n").closed);
        assert_eq!(split("\n---\nroles: [ops]\n---\n").fence, Fence::Mistaken);
        for fence in ["———", "—", "—-", "--", "---yaml", "--- # head", "——"] {
            let text = format!("{fence}\nroles: [ops]\n{fence}\n");
            assert_eq!(split(&text).fence, Fence::Mistaken, "{fence}");
        }
        for text in ["- a\n- roles: ops\n", "--x\nroles: ops\n", "—\n\nText.\n"] {
            assert_eq!(split(text).fence, Fence::None, "{text}");
        }
        assert!(!split("---\n'roles': ops\n").closed && !split("---\nRoles: ops\n").closed);
        assert_eq!(split("---\rroles: [ops]\r---\rx").body_start, 21);
        assert_eq!(split("").fence, Fence::None);
        assert_eq!(split("+++\na = 1\n+++\n").fence, Fence::Toml);
    }
}
