//! Attributes in braces: `{#id .class key="value" flag}`.

/// What closes a quote. Curly and Chinese quotes count: input methods put them in place of straight
/// ones.
fn closing(open: char) -> Option<&'static [char]> {
    match open {
        '"' | '“' | '”' => Some(&['"', '“', '”']),
        '\'' => Some(&['\'']),
        _ => None,
    }
}

/// A value in quotes, and what follows it.
pub(crate) fn quoted(text: &str) -> Option<(&str, &str)> {
    let open = text.chars().next()?;
    text[open.len_utf8()..].split_once(closing(open)?)
}

/// Reads what stands between braces. A word alone has no value; `#id` and `.class` have `id` and `class`
/// as their names.
pub(crate) fn attributes(inside: &str) -> Vec<(String, Option<String>)> {
    let mut all = Vec::new();
    let is_gap = |c: char| c.is_whitespace() || c == ',';
    let mut rest = inside.trim_start_matches(|c| is_gap(c) || c == ':');
    while !rest.is_empty() {
        let end = rest.find(|c| is_gap(c) || c == '=').unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let short = [("#", "id"), (".", "class")].into_iter().find_map(|(mark, name)| {
            let value = word.strip_prefix(mark).filter(|value| !value.is_empty())?;
            Some((name.to_owned(), Some(value.to_owned())))
        });
        rest = after;
        match (short, after.trim_start().strip_prefix('=')) {
            (Some(short), _) => all.push(short),
            (None, Some(given)) => {
                let given = given.trim_start();
                let (value, behind) = quoted(given).unwrap_or_else(|| {
                    given.split_at(given.find(char::is_whitespace).unwrap_or(given.len()))
                });
                all.push((word.to_owned(), Some(value.trim_end_matches(',').to_owned())));
                rest = behind;
            }
            (None, None) => all.push((word.to_owned(), None)),
        }
        rest = rest.trim_start_matches(is_gap);
    }
    all.retain(|(name, _)| !name.is_empty());
    all
}

/// What stands between the braces at the start of a text, and what follows them. A brace in quotes
/// closes nothing.
pub(crate) fn braced(text: &str) -> Option<(&str, &str)> {
    let text = text.strip_prefix('{')?;
    let mut quote: Option<&[char]> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match quote {
            None if c == '}' => return Some((&text[..at], &text[at + 1..])),
            // Elsewhere they are apostrophes.
            None if before == '=' => quote = closing(c),
            Some(closing) if closing.contains(&c) => quote = None,
            _ => {}
        }
        before = if c.is_whitespace() { before } else { c };
    }
    // A quote that never ends is none.
    text.split_once('}')
}

/// Whether what stands between braces is more than words that may be a placeholder: `{name}`.
pub(crate) fn is_told(inside: &str) -> bool {
    attributes(inside).iter().any(|(_, value)| value.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_in_braces() {
        let told = |inside: &str| {
            let all = attributes(inside).into_iter();
            let all = all
                .map(|(name, value)| value.map_or(name.clone(), |value| format!("{name}={value}")));
            all.collect::<Vec<_>>().join("|")
        };
        assert_eq!(
            told(" #a .b  c=\"d e\" f = 'g' h, i=50%, “j”"),
            "id=a|class=b|c=d e|f=g|h|i=50%|“j”"
        );
        assert_eq!(told("title=\"Don't\" x='a \"b\"' y=don't"), "title=Don't|x=a \"b\"|y=don't");
        assert_eq!(told(": title=“见 图” open"), "title=见 图|open");
        assert_eq!(told("= # . a="), ".|a=");
        assert_eq!(braced("{a=\"}\" b} c}"), Some(("a=\"}\" b", " c}")));
        assert_eq!(braced("{a=“}” it's} c"), Some(("a=“}” it's", " c")));
        assert_eq!(braced("{a='b} c"), Some(("a='b", " c")));
        assert_eq!((braced("{a"), braced("a}")), (None, None));
        assert!(is_told("#a") && is_told("a=b") && !is_told("name") && !is_told(""));
    }
}
