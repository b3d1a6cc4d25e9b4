//! Lines of a text with what ends them, and where they begin.

/// What ends a line of markdown and of YAML; `\r\n` is one end.
const ENDS: &[char] = &['\n', '\r'];
/// Lines, each with the offset of its first byte.
#[derive(Debug, Clone)]
pub(crate) struct Lines<'t> {
    rest: &'t str,
    at: usize,
    /// How many bytes of `rest` stand before the next of [`ENDS`], if that is known.
    usual: Option<usize>,
    /// Whether what other programs end lines with ends them, too.
    ends_by_all: bool,
}

impl Lines<'_> {
    /// Where the line ends. Many bytes are looked at together, and none again and again.
    fn end(&mut self) -> usize {
        let bytes = self.rest.as_bytes();
        let find = || memchr::memchr2(b'\n', b'\r', bytes).unwrap_or(bytes.len());
        let usual = *self.usual.get_or_insert_with(find);
        if !self.ends_by_all {
            return usual;
        }
        // U+0085, U+2028 and U+2029, by their first bytes.
        let line = &bytes[..usual];
        let is_end =
            |at: &usize| matches!(line[*at..], [0xc2, 0x85, ..] | [0xe2, 0x80, 0xa8 | 0xa9, ..]);
        memchr::memchr2_iter(0xc2, 0xe2, line).find(is_end).unwrap_or(usual)
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let end = self.end();
        let behind = &self.rest[end..];
        let is_pair = behind.starts_with("\r\n");
        let end = end + if is_pair { 2 } else { behind.chars().next().map_or(0, char::len_utf8) };
        let (line, rest) = self.rest.split_at(end);
        let at = self.at;
        (self.rest, self.at) = (rest, at + end);
        self.usual = self.usual.and_then(|usual| usual.checked_sub(end));
        (!line.is_empty()).then_some((at, line))
    }
}

/// The lines of a text, as markdown and YAML see them.
pub(crate) fn lines(text: &str) -> Lines<'_> {
    lines_at(text, 0)
}

/// The lines of a text that stands in another one from an offset on.
pub(crate) fn lines_at(text: &str, at: usize) -> Lines<'_> {
    Lines { rest: text, at, usual: None, ends_by_all: false }
}

/// The same, whatever separates them.
pub(crate) fn lines_of_any(text: &str, at: usize) -> Lines<'_> {
    Lines { rest: text, at, usual: None, ends_by_all: true }
}

/// Where the line begins that an offset lies in.
pub(crate) fn start_of_line(text: &str, at: usize) -> usize {
    text[..at].rfind(ENDS).map_or(0, |end| end + 1)
}

/// The offset of a place that a parser tells by its line (from 1) and column (from 0, in
/// characters).
pub(crate) fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = lines(text).nth(line.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    start + text[start..].char_indices().nth(column).map_or(0, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_the_whole_text() {
        let text = "a\r\n\r\nb\rc\n\nd\u{2028}e\u{85}é";
        let few: Vec<_> = lines(text).collect();
        let expected = [
            (0, "a\r\n"),
            (3, "\r\n"),
            (5, "b\r"),
            (7, "c\n"),
            (9, "\n"),
            (10, "d\u{2028}e\u{85}é"),
        ];
        assert_eq!(few, expected);
        let all: Vec<_> = lines_of_any(text, 0).collect();
        assert_eq!(all[5..], [(10, "d\u{2028}"), (14, "e\u{85}"), (17, "é")]);
        for found in [few, all] {
            assert!(found.iter().all(|(at, line)| text[*at..].starts_with(line)));
            assert_eq!(found.iter().map(|(_, line)| *line).collect::<String>(), text);
        }
        assert_eq!(lines_at("x\ny", 7).collect::<Vec<_>>(), [(7, "x\n"), (9, "y")]);
        assert_eq!(lines("").count(), 0);
    }

    #[test]
    fn every_place_lies_in_its_line() {
        let text = "ab\r\nc\r\nd\re";
        for (start, line) in lines(text) {
            let inside = line.trim_end_matches(['\r', '\n']).len();
            for at in start..=start + inside {
                assert_eq!(start_of_line(text, at), start, "{at}");
            }
        }
    }

    #[test]
    fn places_are_found_by_line_and_column() {
        let text = "ab\r\néc\n";
        for (line, column, at) in [(1, 0, 0), (1, 1, 1), (2, 0, 4), (2, 1, 6), (3, 0, 8), (9, 9, 8)]
        {
            assert_eq!(offset(text, line, column), at, "{line}:{column}");
        }
    }
}
