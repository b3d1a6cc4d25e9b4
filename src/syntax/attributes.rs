//! Attributes in braces: `{#id .class key="value" flag}`.

/// Curly and Chinese quotes count: input methods put them in place of straight ones.
const QUOTES: [char; 4] = ['"', '\'', '“', '”'];

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
                let quoted = given.strip_prefix(QUOTES).and_then(|given| given.split_once(QUOTES));
                let (value, behind) = quoted.unwrap_or_else(|| {
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
        assert_eq!(told(": title=“见 图” open"), "title=见 图|open");
        assert_eq!(told("= # . a="), ".|a=");
        assert!(is_told("#a") && is_told("a=b") && !is_told("name") && !is_told(""));
    }
}
