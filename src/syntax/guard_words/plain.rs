//! Titles without all that decorates them.

use std::borrow::Cow;

use crate::text::fold::plain as plain_letters;
use crate::text::html::strip;
use crate::text::unseen::is_unseen;

/// What a reader sees of a title: without tags, entities, emphasis, characters that nobody sees, and
/// the number before it; wide letters are plain ones.
pub(super) fn plain(title: &str) -> Cow<'_, str> {
    let is_marked = |c: char| !c.is_ascii() || matches!(c, '<' | '&' | '*' | '\\' | '~');
    if !title.contains(is_marked) {
        return Cow::Borrowed(without_number(title));
    }
    // In code, a tag is shown.
    let parts = title.split('`').enumerate();
    let parts = parts.map(|(at, part)| if at % 2 == 0 { strip(part) } else { part.to_owned() });
    let stripped = parts.collect::<Vec<_>>().join("`");
    let is_mark = |c: &char| matches!(c, '*' | '\\' | '~') || is_unseen(*c);
    let text: String = plain_letters(&stripped).chars().filter(|c| !is_mark(c)).collect();
    Cow::Owned(without_number(text.trim()).to_owned())
}

/// A title without the number that counts it: `1. `, `(2) `, `a) `, `一、`, `Step 3: `.
fn without_number(title: &str) -> &str {
    const NUMERALS: &str = "一二三四五六七八九十";
    let text = title.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '{'));
    let text = ["step ", "part ", "section "]
        .iter()
        .find_map(|word| {
            let begin = text.get(..word.len())?;
            begin.eq_ignore_ascii_case(word).then(|| text[word.len()..].trim_start())
        })
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(text);
    let is_digit = |c: char| c.is_ascii_digit() || NUMERALS.contains(c) || c == '.' || c == '第';
    let rest = text.trim_start_matches(is_digit);
    let letter = text.get(1..).filter(|rest| rest.starts_with([')', '.']));
    let rest = if rest.len() == text.len() { letter.unwrap_or(text) } else { rest };
    let behind = rest.trim_start_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '.' | ')' | ']' | '、' | ':' | '-' | '–' | '—' | '步' | '条' | ',')
    });
    let number = &text[..text.len() - rest.len()];
    let between = &rest[..rest.len() - behind.len()];
    let is_dash = between.contains(['-', '–', '—']) && between.contains(char::is_whitespace);
    let counts = between.contains([')', ']', '、', ':', '步', '条', ',']) || is_dash;
    let counts = counts || number.contains('.') && !between.is_empty() || number.ends_with('.');
    if counts { behind } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_what_decorates_them() {
        for title in [
            "<b>Internal</b>",
            "&nbsp;Internal",
            "1. Internal",
            "(2) Internal",
            "a) Internal",
            "一、Internal",
            "1.2 Internal",
            "Step 3: Internal",
            "Inter\u{ad}nal",
            "Ｉｎｔｅｒｎａｌ",
            "**In**ternal",
            "<img src=x alt=y> Internal",
            "&#x1F512; Internal",
        ] {
            let found = plain(title);
            let shown = found.trim_matches(|c: char| !c.is_alphanumeric());
            assert_eq!(shown, "Internal", "{title}");
        }
        for title in
            ["3 rooms", "5G networks", "`<b>` tags", "2024-01-01", "A record", "第三方服务"]
        {
            assert_eq!(plain(title), title);
        }
    }
}
