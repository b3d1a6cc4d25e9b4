//! Small tools for html text.

use super::pieces;

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

/// Resolves the entities that appear in hand-written html, and those by number.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((character, length)) = entity(rest) else {
            out.push('&');
            rest = &rest[1..];
            continue;
        };
        out.push(character);
        rest = &rest[length..];
    }
    out.push_str(rest);
    pieces::clean(&out).into_owned()
}

/// The character that an entity at the begin of a text stands for, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    const NAMED: [(&str, char); 9] = [
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&apos;", '\''),
        ("&nbsp;", '\u{a0}'),
        ("&colon;", ':'),
        ("&Tab;", '\t'),
        ("&NewLine;", '\n'),
    ];
    if let Some((name, character)) = NAMED.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((*character, name.len()));
    }
    let digits = text.strip_prefix("&#")?;
    let (digits, radix) = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16),
        None => (digits, 10),
    };
    // The semicolon may be missing.
    let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let number = u32::from_str_radix(&digits[..end], radix).ok()?;
    let character = char::from_u32(number).filter(|c| *c != '\0').unwrap_or('\u{fffd}');
    let semicolon = usize::from(digits[end..].starts_with(';'));
    Some((character, text.len() - digits.len() + end + semicolon))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_out_of_html() {
        assert_eq!(strip("<p>a &amp; <b>b</b> <!-- no --> 1 < 2</p>"), "a & b  1 < 2");
        assert_eq!(strip("<unclosed"), "");
        assert_eq!(
            unescape("&amp;lt; &#106;&#x41 &#xfdd0; & &#; &x;"),
            "&lt; jA \u{fffd} & &#; &x;"
        );
        let mut out = String::new();
        escape("<a href='x'>\"&", &mut out);
        assert_eq!(out, "&lt;a href=&#39;x&#39;&gt;&quot;&amp;");
    }
}
