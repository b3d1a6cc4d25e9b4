//! Where sentences end.

use super::cjk::is_unspaced;

/// What closes a sentence behind its last mark.
const CLOSING: [char; 14] =
    ['"', '\'', '”', '’', ')', ']', '」', '』', '）', '.', '!', '?', '！', '？'];

/// The ends of all sentences in a text, with the quotes and brackets that close them. The end of
/// the text is one too, also without a full stop.
pub(crate) fn ends(text: &str) -> impl Iterator<Item = usize> {
    let mut from = 0;
    std::iter::from_fn(move || {
        if from == text.len() {
            return None;
        }
        let rest = &text[from..];
        let end = rest.char_indices().find_map(|(at, c)| end_behind(c, &rest[at + c.len_utf8()..]));
        from = end.map_or(text.len(), |behind| text.len() - behind);
        Some(from)
    })
}

/// The sentences of a text, with the spaces before them.
pub(crate) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    ends(text).map(move |end| &text[std::mem::replace(&mut from, end)..end])
}

/// How much text is left where a sentence ends with a mark, by what follows it: `2.4`,
/// `e.g. this` and `a.b` go on.
fn end_behind(mark: char, after: &str) -> Option<usize> {
    let closed = after.trim_start_matches(CLOSING);
    let is_end = match mark {
        '。' | '！' | '？' | '｡' => true,
        '.' | '!' | '?' => {
            let next = closed.trim_start();
            let is_apart = next.len() < closed.len() || next.starts_with(is_unspaced);
            next.is_empty() || is_apart && !next.starts_with(char::is_lowercase)
        }
        _ => false,
    };
    is_end.then_some(closed.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        sentences(text).collect()
    }

    #[test]
    fn sentences_end_where_readers_stop() {
        assert_eq!(
            all("Use 2.4, e.g. this. Then?! “Wait.” Go"),
            ["Use 2.4, e.g. this.", " Then?!", " “Wait.”", " Go"]
        );
        assert_eq!(
            all("他说：“好。”然后走！！See a.b.重启"),
            ["他说：“好。”", "然后走！！", "See a.b.", "重启"]
        );
        assert!(all("").is_empty());
    }

    #[test]
    fn they_are_the_whole_text() {
        for text in ["", ".", "。。", "a. B", "a. B.", "?!)", " x ", "好。a. b", "1. 2. 3."] {
            assert_eq!(all(text).concat(), text);
            assert!(all(text).iter().all(|sentence| !sentence.is_empty()), "{text}");
        }
    }
}
