//! Markdown in a block of html, which is not read: its writer left no empty line behind the tag.

use std::ops::Range;

use super::allowed::TEXT_ONLY;
use super::names::text_only;
use crate::text::tag::Tag;

/// Elements that show their text as it is written, mostly code.
const AS_WRITTEN: [&str; 6] = ["code", "kbd", "pre", "samp", "svg", "var"];

/// The first line in a block of html that its writer meant as markdown.
pub(crate) fn markdown(html: &str) -> Option<Range<usize>> {
    let text = text(html);
    let mut at = 0;
    let mut was_item = false;
    for line in text.split_inclusive('\n') {
        let shown = line.trim();
        let start = at + line.find(shown).unwrap_or(0);
        at += line.len();
        let is_item = is_item(shown);
        if is_block(shown) || is_item && was_item || is_strong(shown) || is_link(shown) {
            return Some(start..start + shown.len());
        }
        was_item = is_item || was_item && line.starts_with([' ', '\t']);
    }
    None
}

/// A block of html of the same length in which nothing but its text is left.
fn text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let blank = |gone: &str, text: &mut String| {
        text.extend(gone.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
    };
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        text.push_str(before);
        let length = match Tag::read(tag) {
            _ if tag.starts_with("<!--") => tag.find("-->").map_or(tag.len(), |end| end + 3),
            Ok(read) => {
                let is_shown = read.closes || read.is_empty;
                let hides = |names: &[&str]| names.contains(&&*read.name);
                if !is_shown && (hides(&AS_WRITTEN) || hides(TEXT_ONLY)) {
                    read.end + text_only(&tag[read.end..], &read.name).len()
                } else {
                    read.end
                }
            }
            Err(end) => {
                text.push_str(&tag[..end]);
                rest = &tag[end..];
                continue;
            }
        };
        blank(&tag[..length], &mut text);
        rest = &tag[length..];
    }
    text + rest
}

/// Whether a line is the fence of a block of code, a heading, or the line below the head of a table.
fn is_block(line: &str) -> bool {
    let level = line.len() - line.trim_start_matches('#').len();
    let is_rule = |cell: &str| {
        let dashes = cell.trim().trim_start_matches(':').trim_end_matches(':');
        dashes.len() > 1 && dashes.bytes().all(|byte| byte == b'-')
    };
    let is_table = || line.contains('|') && line.trim_matches('|').split('|').all(is_rule);
    line.starts_with("```")
        || line.starts_with("~~~")
        || (1..=6).contains(&level) && line[level..].starts_with([' ', '\t'])
        || is_table()
}

fn is_item(line: &str) -> bool {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let behind = match digits {
        0 => line.strip_prefix(['-', '*', '+']),
        _ => line[digits..].strip_prefix(['.', ')']),
    };
    behind.is_some_and(|behind| behind.starts_with([' ', '\t']))
}

fn is_strong(line: &str) -> bool {
    let mut parts = line.split("**").skip(1);
    // What stands between two marks begins and ends without a blank.
    let is_word = |part: &str| !part.trim().is_empty() && part.trim() == part;
    let count = line.matches("**").count();
    parts.by_ref().take(count.saturating_sub(1)).any(is_word)
}

fn is_link(line: &str) -> bool {
    let Some((first, last)) = line.find('[').zip(line.rfind(')')) else { return false };
    line.match_indices("](").any(|(at, mark)| {
        let target = &line[at + mark.len()..];
        first < at && at < last && !target.starts_with(|c: char| c.is_whitespace() || c == ')')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_as_markdown() {
        for (html, line) in [
            ("<div>\n[x](nope.md)\n</div>\n", "[x](nope.md)"),
            ("<img src=\"i.png\">\n![y](z.png) w\n", "![y](z.png) w"),
            ("<summary>Log **x**</summary>\n", "Log **x**"),
            ("<hr>\n## Heading\n", "## Heading"),
            ("<div>\n1. a\n   b\n2) c\n</div>", "2) c"),
            ("<td>\n- a\n- b", "- b"),
            ("<div>\n```sh\nls\n```\n</div>", "```sh"),
            ("<div>\n|a|b|\n|:--|--:|\n", "|:--|--:|"),
            ("<p>中文**重点**</p>", "中文**重点**"),
            ("<p>2 ** 3 **x**", "2 ** 3 **x**"),
        ] {
            let found = markdown(html).map(|range| text(html)[range].to_owned());
            assert_eq!(found.as_deref(), Some(line), "{html}");
        }
        for html in [
            "<div>plain 2 * 3 * 4 text, 2 ** 3 ** 4</div>",
            "<div>\n- one\n</div>\n",
            "<pre>\n**x**\n- a\n- b\n</pre>",
            "<code>**x**</code> <kbd>[x](y)</kbd> <script>\n// [x](y)\n</script>",
            "<p title=\"**x**\">a[0](1 x [](</p><!-- **x** -->",
            "<p>C# #1 #x [x] (y) a|b --- |</p>\n****\n",
        ] {
            assert_eq!(markdown(html), None, "{html}");
        }
    }
}
