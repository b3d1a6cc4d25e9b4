//! Links and images that lead nowhere: their words stay, and nothing of them is dead.

/// Takes back what was written of a tag up to a hole that nothing fills, and goes on behind it: of an
/// image its words are left, of anything else the tag without this attribute. Values in tags are
/// escaped, so the first `>` ends one.
pub(super) fn without_address<'h>(out: &mut String, rest: &'h str) -> &'h str {
    let start = out.rfind('<').unwrap_or(out.len());
    if out[start..].starts_with("<img ")
        && let Some((inside, behind)) = rest.split_once('>')
    {
        let tag = format!("{}{inside}", &out[start..]);
        out.truncate(start);
        let words = tag.split_once(" alt=\"").and_then(|(_, rest)| rest.split_once('"'));
        let words = words.map_or("", |(words, _)| words.trim());
        if !words.is_empty() {
            out.push_str("<span class=\"missing\">");
            out.push_str(words);
            out.push_str("</span>");
        }
        return behind;
    }
    match out[start..].rfind(' ') {
        Some(at) => {
            out.truncate(start + at);
            rest.strip_prefix('"').unwrap_or(rest)
        }
        None => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay() {
        for (before, rest, expected) in [
            ("<p><a href=\"", "\" title=\"t\">x</a>", "<p><a title=\"t\">x</a>"),
            (
                "<img src=\"",
                "\" alt=\"a &lt; b\" loading=\"lazy\"></p>",
                "<span class=\"missing\">a &lt; b</span></p>",
            ),
            ("<img alt=\"a\" src=\"", "\">", "<span class=\"missing\">a</span>"),
            ("<img src=\"", "\" alt=\"\" loading=\"lazy\">", ""),
            ("<video poster=\"", "\" controls>", "<video controls>"),
        ] {
            let mut out = before.to_owned();
            let rest = without_address(&mut out, rest);
            assert_eq!(out + rest, expected);
        }
    }
}
