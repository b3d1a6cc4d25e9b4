//! Html text: what is escaped, and what entities stand for.

/// Appends a text with the characters escaped that html gives a meaning, also in attributes.
pub(crate) fn escape(text: &str, out: &mut String) {
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

/// A text as [`escape`] writes it.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

/// The text of a piece of html: tags dropped, entities resolved.
pub(crate) fn strip(html: &str) -> String {
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

/// Longest entity there is, `&CounterClockwiseContourIntegral;`.
const LONGEST_ENTITY: usize = 33;

/// Resolves entities, in one pass: `&amp;lt;` stays `&lt;`.
pub(crate) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (length, characters) = entity(rest).unwrap_or((1, [Some('&'), None]));
        out.extend(characters.into_iter().flatten());
        rest = &rest[length..];
    }
    out + rest
}

/// The entity that a text begins with: its length, and the one or two characters it stands for.
/// Names are those of the html standard, by the table of a parser.
pub(crate) fn entity(text: &str) -> Option<(usize, [Option<char>; 2])> {
    let end = text.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';')?;
    let Some(digits) = text[..end].strip_prefix("&#") else {
        // The table has the beginnings of names too, as no characters.
        let (first, second) = *web_atoms::NAMED_ENTITIES.get(text[..=end].strip_prefix('&')?)?;
        let character = |number| Some(number).filter(|number| *number > 0).and_then(char::from_u32);
        return character(first).map(|first| (end + 1, [Some(first), character(second)]));
    };
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(number).map(|character| (end + 1, [Some(character), None]))
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
        assert_eq!(
            unescape(
                "Caf&eacute; &mdash; it&rsquo;s &NotEqualTilde;&CounterClockwiseContourIntegral;"
            ),
            "Café — it’s ≂\u{338}∳"
        );
        // Browsers read some names without their end; a text that means them has it.
        assert_eq!(unescape("a&copy b&eacut; c&;"), "a&copy b&eacut; c&;");
        assert_eq!(strip("<unclosed"), "");
        let mut out = String::new();
        escape("<a href='x'>\"&", &mut out);
        assert_eq!(out, "&lt;a href=&#39;x&#39;&gt;&quot;&amp;");
    }

    #[test]
    fn what_is_escaped_comes_back() {
        for text in ["", "<a href='x'>\"&", "&amp;lt;", "重启 & &#39;", "a<b>c</b>"] {
            let html = escaped(text);
            assert_eq!(unescape(&html), text);
            assert_eq!(strip(&html), text);
            assert!(!html.contains(['<', '>', '"', '\'']));
        }
    }
}
