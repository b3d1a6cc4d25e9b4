//! Small tools for html text.

/// Appends a text with the characters escaped that html gives a meaning, also in attributes.
pub fn escape(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// A text with single spaces between its words, and none at its ends.
pub fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of a piece of html: tags dropped, common entities resolved.
pub fn strip(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let after = &rest[open + 1..];
        if after.starts_with("!--") {
            rest = after.find("-->").map_or("", |end| &after[end + 3..]);
        } else if after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
            rest = after.find('>').map_or("", |end| &after[end + 1..]);
        } else {
            text.push('<');
            rest = after;
        }
    }
    text.push_str(rest);
    unescape(&text)
}

/// Longest entity that is looked at, `&#x10FFFF;`, without its `&`.
const LONGEST_ENTITY: usize = 10;

/// Resolves the entities that appear in hand-written html, in one pass: `&amp;lt;` stays `&lt;`.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';');
        match end.and_then(|end| Some((character(&part[..end])?, end))) {
            Some((character, end)) => {
                out.push(character);
                out.push_str(&part[end + 1..]);
            }
            None => {
                out.push('&');
                out.push_str(part);
            }
        }
    }
    out
}

/// The character of an entity, without `&` and `;`.
fn character(entity: &str) -> Option<char> {
    let number = match entity.strip_prefix('#') {
        Some(digits) => match digits.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => digits.parse().ok()?,
        },
        None => {
            return Some(match entity {
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                "nbsp" => '\u{a0}',
                "amp" => '&',
                "colon" => ':',
                "Tab" => '\t',
                "NewLine" => '\n',
                _ => return None,
            });
        }
    };
    char::from_u32(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_out_of_html() {
        assert_eq!(strip("<p>a &amp; <b>b</b> <!-- no --> 1 < 2</p>"), "a & b  1 < 2");
        assert_eq!(
            unescape("&amp;lt; &#115;&#x41; &nope; & &#xFFFFFFFF; &;"),
            "&lt; sA &nope; & &#xFFFFFFFF; &;"
        );
        assert_eq!(strip("<unclosed"), "");
        let mut out = String::new();
        escape("<a href='x'>\"&", &mut out);
        assert_eq!(out, "&lt;a href=&#39;x&#39;&gt;&quot;&amp;");
    }
}
