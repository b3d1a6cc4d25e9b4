//! The line of a head that keeps it from being read, and how to write it.
//!
//! A parser names the place where it gave up, often a line further down, and not the reason. So the
//! lines from there upwards are written as they were probably meant, and the head is parsed again:
//! what is advised is known to help.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::spanned::{SyntaxError, yaml};
use crate::text::lines::lines;

/// What is wrong with a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// The line, in bytes of the head.
    pub span: Range<usize>,
    /// How many lines more have it.
    pub more: usize,
    /// The reason, in English and Chinese.
    pub reason: (&'static str, &'static str),
    /// The line as it was probably meant.
    pub line: String,
}

impl Slip {
    /// What is said of it, in a file whose head begins `base` bytes into it.
    pub(super) fn problem(&self, path: &Arc<str>, base: usize) -> Diagnostic {
        let span = self.span.start + base..self.span.end + base;
        let Slip { reason: (en, zh), line, more, .. } = self;
        let (more_en, more_zh) = match more {
            0 => (String::new(), String::new()),
            1 => (" One more line has the same.".to_owned(), "另有 1 行也是这样。".to_owned()),
            n => (format!(" {n} more lines have the same."), format!("另有 {n} 行也是这样。")),
        };
        Diagnostic::at(Code::FrontMatterSyntax, path, span).with_both("detail", *en, *zh).with_both(
            "suggestion",
            format!("Write it like this: `{line}`.{more_en}"),
            format!("请这样写：`{line}`。{more_zh}"),
        )
    }
}

/// So many lines are looked at, from the place of the error upwards.
const LINES: usize = 6;
/// So many lines more are mended.
const MOST: usize = 20;
/// Heads that are longer are not parsed again and again, in bytes.
const LONGEST: usize = 20_000;

/// A line as it was probably meant; none where this is not what is wrong with it.
type Mend = fn(&str) -> Option<String>;

/// What people write, the most telling first.
const MENDS: [(Mend, &str, &str); 9] = [
    (
        narrow_colon,
        "the colon behind this key is the wide `：`; write `:` and a space",
        "键后面是全角冒号 `：`；请写半角冒号 `:` 加一个空格",
    ),
    (
        without_tabs,
        "this line is indented by a tab; YAML takes only spaces",
        "这一行用制表符缩进；YAML 只接受空格",
    ),
    (spaced_colon, "there is no space behind the colon of this key", "键的冒号后面少了一个空格"),
    (
        spaced_dash,
        "there is no space behind the dash of this item",
        "列表项的短横线后面少了一个空格",
    ),
    (
        straight_quotes,
        "these quotation marks are letters to YAML; it takes only straight ones",
        "YAML 不认这样的引号，只认直引号",
    ),
    (closed_quote, "this quotation mark is never closed", "这里的引号没有结束"),
    (quoted, "this value has to stand in quotes, all of it", "这个值需要整个放进引号"),
    (
        at_the_edge,
        "this key is indented, and belongs to none above it",
        "这个键缩进了，上面却没有它所属的键",
    ),
    (indented, "this item does not stand below its key", "这一项没有对齐在它的键下面"),
];

/// Finds it, from the place where the parser gave up.
pub(super) fn find(head: &str, at: usize) -> Option<Slip> {
    if head.len() > LONGEST {
        return None;
    }
    let (mut text, mut next) = step(head, at)?;
    // Who writes one line so writes more of them so.
    let mut first = next.slip;
    for _ in 0..MOST {
        let Some(at) = next.error else { break };
        let Some(more) = step(&text, at) else { break };
        (text, next) = more;
        first.more += usize::from(next.slip.reason == first.reason);
    }
    Some(first)
}

/// A line that was mended, and where the parser gives up then.
struct Step {
    slip: Slip,
    error: Option<usize>,
}

/// The text with the line mended that is wrong, so that all of it is read, else more of it.
fn step(text: &str, at: usize) -> Option<(String, Step)> {
    let all: Vec<(usize, &str)> = lines(text).collect();
    let last = all.partition_point(|(start, _)| *start <= at).checked_sub(1)?;
    let mut further = None;
    for (start, line) in all[..=last].iter().rev().take(LINES) {
        let line = line.trim_end_matches(['\n', '\r']);
        let span = *start..start + line.len();
        for (mend, en, zh) in MENDS {
            let Some(line) = mend(line).filter(|mended| mended != line) else { continue };
            // Tabs in the lines below hide whether this one is right.
            let is_tab = text[span.clone()].trim_start_matches(' ').starts_with('\t');
            let (below, more) = match is_tab {
                true => everywhere(&text[span.end..], without_tabs),
                false => (text[span.end..].to_owned(), 0),
            };
            let text = format!("{}{line}{below}", &text[..span.start]);
            let error = yaml::parse(&text).err().and_then(|errors| errors.into_iter().next());
            let error = error.map(|error| match error {
                SyntaxError::Invalid { at, .. } => at,
                SyntaxError::Duplicate { .. } => usize::MAX,
            });
            let is_further = error.is_none_or(|error| error > span.start + line.len());
            let slip = Slip { span: span.clone(), more, reason: (en, zh), line };
            let found = (text, Step { slip, error: error.filter(|error| *error < usize::MAX) });
            match error {
                None => return Some(found),
                Some(_) if is_further && further.is_none() => further = Some(found),
                Some(_) => {}
            }
        }
    }
    further
}

/// A text with all lines mended that need it, and their number.
fn everywhere(text: &str, mend: Mend) -> (String, usize) {
    let mut count = 0;
    let mended = lines(text).map(|(_, line)| match mend(line) {
        Some(mended) => {
            count += 1;
            mended
        }
        None => line.to_owned(),
    });
    (mended.collect(), count)
}

/// What stands before the value of a key or an item, and the value.
fn value(line: &str) -> Option<(&str, &str)> {
    let shown = line.trim_start();
    let indent = line.len() - shown.len();
    let start = match shown.strip_prefix("- ") {
        Some(_) => indent + 2,
        None => indent + shown.find(": ")? + 2,
    };
    let value = line[start..].trim();
    (!value.is_empty()).then(|| (&line[..start], value))
}

/// Whether a text is the name of a key.
fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text.chars().count() <= 40
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

fn narrow_colon(line: &str) -> Option<String> {
    let (key, value) = line.split_once('：')?;
    is_key(key.trim()).then(|| format!("{}: {}", key.trim_end(), value.trim_start()))
}

fn without_tabs(line: &str) -> Option<String> {
    let shown = line.trim_start_matches([' ', '\t']);
    let indent = &line[..line.len() - shown.len()];
    indent.contains('\t').then(|| indent.replace('\t', "  ") + shown)
}

fn spaced_colon(line: &str) -> Option<String> {
    let (key, value) = line.split_once(':')?;
    let is_address = value.starts_with("//");
    (is_key(key.trim_start()) && !value.is_empty() && !is_address && !value.starts_with(' '))
        .then(|| format!("{key}: {value}"))
}

fn spaced_dash(line: &str) -> Option<String> {
    let shown = line.trim_start();
    let rest = shown.strip_prefix('-').filter(|rest| !rest.starts_with(['-', ' ']))?;
    (!rest.is_empty()).then(|| format!("{}- {rest}", &line[..line.len() - shown.len()]))
}

fn straight_quotes(line: &str) -> Option<String> {
    let (before, value) = value(line)?;
    let inner = value.strip_prefix(['“', '”', '„', '‘', '’', '「', '『', '«'])?;
    let inner = inner.trim_end_matches(['“', '”', '‘', '’', '」', '』', '»']);
    Some(before.to_owned() + &in_quotes(inner))
}

fn closed_quote(line: &str) -> Option<String> {
    let (before, value) = value(line)?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    (!value[1..].contains(quote)).then(|| format!("{before}{}", in_quotes(&value[1..])))
}

fn quoted(line: &str) -> Option<String> {
    let (before, value) = value(line)?;
    let inner = ['"', '\''].iter().find_map(|quote| {
        value.strip_prefix(*quote)?.strip_suffix(*quote).filter(|inner| !inner.is_empty())
    });
    Some(before.to_owned() + &in_quotes(inner.unwrap_or(value)))
}

fn at_the_edge(line: &str) -> Option<String> {
    Some(line.trim_start().to_owned())
}

fn indented(line: &str) -> Option<String> {
    line.trim_start().starts_with("- ").then(|| format!("  {}", line.trim_start()))
}

/// A text as YAML takes it for one.
fn in_quotes(text: &str) -> String {
    if text.contains(['"', '\\']) || text.is_empty() {
        return format!("'{}'", text.replace('\'', "''"));
    }
    format!("\"{text}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(head: &str) -> (usize, usize, String, &'static str) {
        let Err(errors) = yaml::parse(head) else { panic!("{head} is read") };
        let Some(SyntaxError::Invalid { at, .. }) = errors.first() else { panic!("{head}") };
        let slip = find(head, *at).unwrap_or_else(|| panic!("no slip in {head}"));
        let line = head[..slip.span.start].lines().count() + 1;
        (line, slip.more, slip.line, slip.reason.0)
    }

    #[test]
    fn lines_are_written_as_they_were_meant() {
        for (head, line, more, meant) in [
            ("title：退款\ntags: a\n", 1, 0, "title: 退款"),
            ("title：退款\ntags：[a]\nkind：faq\n", 1, 2, "title: 退款"),
            ("标题：退款\n标签：a\n", 1, 1, "标题: 退款"),
            ("a: b\ntitle: “退款: 说明”\n", 2, 0, "title: \"退款: 说明\""),
            ("title: Error: cannot\n", 1, 0, "title: \"Error: cannot\""),
            ("title: @a b\n", 1, 0, "title: \"@a b\""),
            ("title: `a` b\ntags: c\n", 1, 0, "title: \"`a` b\""),
            ("title: *a* b\n", 1, 0, "title: \"*a* b\""),
            ("title: [a] b\nx: y\n", 1, 0, "title: \"[a] b\""),
            ("title: 'it's me'\n", 1, 0, "title: \"it's me\""),
            ("title: \"a\" b\n", 1, 0, "title: '\"a\" b'"),
            ("title: \"C:\\windows\"\r\nx: y\r\n", 1, 0, "title: 'C:\\windows'"),
            ("title: \"abc\ntags: a\n", 1, 0, "title: \"abc\""),
            ("title:abc\ntags:a\n", 1, 1, "title: abc"),
            ("tags:\n\t- a\n", 2, 0, "  - a"),
            ("tags:\n\t- a\n\t- b\nx: y\n", 2, 1, "  - a"),
            ("title: a\n tags: b\n", 2, 0, "tags: b"),
            ("tags:\n-a\n-b\nx: y\n", 2, 1, "- a"),
            ("title: a: b\nsummary: c: d\n", 1, 1, "title: \"a: b\""),
            ("title: a: b\nx: @c\n", 1, 1, "title: \"a: b\""),
        ] {
            let (at, others, written, reason) = slip(head);
            assert_eq!((at, others, written.as_str()), (line, more, meant), "{head} {reason}");
        }
    }

    #[test]
    fn what_is_advised_helps() {
        for head in ["a: {\n", "- a\nb: c\n", "a: 1\n  b: 2\n c: 3\n", "{a: b", "&a *b\n", "", "："]
        {
            if let Err(errors) = yaml::parse(head)
                && let Some(SyntaxError::Invalid { at, .. }) = errors.first()
                && let Some(slip) = find(head, *at)
            {
                let rest = &head[slip.span.end..];
                let mended = format!("{}{}{rest}", &head[..slip.span.start], slip.line);
                let is_further = match yaml::parse(&mended) {
                    Err(errors) => !matches!(
                        errors.first(),
                        Some(SyntaxError::Invalid { at, .. }) if *at <= slip.span.start
                    ),
                    Ok(_) => true,
                };
                assert!(is_further, "{head} {slip:?}");
            }
        }
    }
}
