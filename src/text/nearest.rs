//! What somebody meant who wrote a name that is not there.
//!
//! A slip of the finger is a letter typed wrong, left out, added, or swapped with its neighbour
//! (optimal string alignment). Search counts slips in bytes and with a table of its own
//! (`search/distance.rs`), as JavaScript does.

use std::collections::{BTreeMap, BTreeSet};

use super::paths::last;

/// Names with fewer characters have too many neighbours to guess.
const SHORTEST: usize = 4;

/// How many slips lie between two names.
pub(crate) fn slips(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

/// Whether a text is a known name but for one slip, or none. For lists of a few names, where a
/// wrong guess costs more than none; Chinese ones of two characters are never guessed.
pub(crate) fn is_almost(text: &str, known: &str) -> bool {
    known.chars().count() >= SHORTEST && slips(text, known) <= 1
}

/// The same for names that somebody has declared: also one of three characters with one too many, as
/// `webb` for `web`.
pub(crate) fn is_almost_declared(text: &str, known: &str) -> bool {
    let (length, declared) = (text.chars().count(), known.chars().count());
    is_almost(text, known)
        || declared == SHORTEST - 1 && length == SHORTEST && slips(text, known) <= 1
}

/// Many names, by what is quick to compare.
#[derive(Debug, Default)]
pub(crate) struct Names<'a> {
    by_last: BTreeMap<&'a str, Vec<&'a str>>,
    /// By number of characters; each with the characters it has.
    by_length: BTreeMap<usize, Vec<(u64, &'a str)>>,
}

impl<'a> Names<'a> {
    /// Names and paths; the same may come twice.
    pub(crate) fn new(all: impl IntoIterator<Item = &'a str>) -> Self {
        let mut names = Names::default();
        for name in all.into_iter().collect::<BTreeSet<_>>() {
            names.by_last.entry(last(name)).or_default().push(name);
            let length = name.chars().count();
            names.by_length.entry(length).or_default().push((characters(name), name));
        }
        names
    }

    /// The only path with the same last part.
    pub(crate) fn same_last(&self, path: &str) -> Option<&'a str> {
        match self.by_last.get(last(path)).map(Vec::as_slice) {
            Some([only]) => Some(only),
            _ => None,
        }
    }

    /// The name within a few slips of a text: one of four characters, at least one and at most
    /// three. Of several the nearest, then the first by name.
    pub(crate) fn nearest(&self, text: &str) -> Option<&'a str> {
        let length = text.chars().count();
        let allowed = (length / 4).clamp(1, 3);
        let own = characters(text);
        // A slip changes the length by one at most, and puts one character for another.
        let near = |known: u64| (known ^ own).count_ones() as usize <= allowed * 2;
        self.by_length
            .range(length.saturating_sub(allowed)..=length + allowed)
            .flat_map(|(_, names)| names)
            .filter(|(known, _)| near(*known))
            .map(|(_, name)| (slips(text, name), *name))
            .filter(|(slips, _)| *slips <= allowed)
            .min()
            .map(|(_, name)| name)
    }
}

/// One bit for each character of a text; some share one.
fn characters(text: &str) -> u64 {
    text.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found() {
        let names = Names::new(["guides/reset", "guides/rest", "路由器", "x"]);
        assert_eq!(names.nearest("guides/reste"), Some("guides/reset"));
        assert_eq!(names.nearest("giudes/rest"), Some("guides/rest"));
        assert_eq!(names.nearest("路由气"), Some("路由器"));
        assert_eq!(names.nearest("y"), Some("x"));
        assert_eq!(names.nearest("unlike all others"), None);
    }

    #[test]
    fn the_quick_way_finds_what_the_slow_one_does() {
        let all =
            ["ab", "abc", "abcd", "bacd", "abdc", "abcde", "xbcdefgh", "abcdefghijkl", "", "é"];
        let names = Names::new(all);
        for text in ["", "a", "ba", "abc", "abdcd", "abcdefgh", "bacdefghijlk", "e", "zzzzzzzz"] {
            let allowed = (text.chars().count() / 4).clamp(1, 3);
            let slow = all.iter().map(|name| (slips(text, name), *name)).min();
            let slow = slow.filter(|(slips, _)| *slips <= allowed).map(|(_, name)| name);
            assert_eq!(names.nearest(text), slow, "{text}");
        }
    }

    #[test]
    fn only_one_path_may_have_the_last_part() {
        let names = Names::new(["a/x", "b/x", "a/y", "a/y"]);
        assert_eq!([names.same_last("c/x"), names.same_last("y")], [None, Some("a/y")]);
    }

    #[test]
    fn short_names_are_not_guessed() {
        assert!(is_almost("rolse", "roles") && is_almost("roles", "roles"));
        assert!(!is_almost("ids", "id") && !is_almost("手册", "手机"));
        assert!(!is_almost("rloess", "roles"));
        assert!(is_almost_declared("webb", "web") && is_almost_declared("rolse", "roles"));
        assert!(!is_almost_declared("wem", "web") && !is_almost_declared("ids", "id"));
    }
}
