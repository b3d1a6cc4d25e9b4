//! The pages of a term as a text.
//!
//! Pages are grouped by [`Posting::key`], the highest first. A group is `(count - 1) * 32 + key`
//! and `count` page numbers in ascending order, each as its distance from the one before, less one
//! (the first counts from -1); all in the code of [`dense`].

use super::dense;
use super::format::IMPACTS;

/// Title bit and impact together.
const KEYS: u32 = 2 * IMPACTS as u32;

/// One page in the list of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Posting {
    /// Number of the page.
    pub page: u32,
    /// 0 to 15: impact less one; 16 more when the title has the term.
    pub key: u8,
}

impl Posting {
    pub(crate) fn new(page: u32, impact: u8, in_title: bool) -> Self {
        Posting { page, key: impact - 1 + if in_title { IMPACTS } else { 0 } }
    }

    /// 1 to [`IMPACTS`].
    pub(crate) fn impact(self) -> u8 {
        self.key % IMPACTS + 1
    }

    pub(crate) fn in_title(self) -> bool {
        self.key >= IMPACTS
    }
}

/// Sorts `list`, keeps the `most` highest and writes them down.
pub(crate) fn encode(list: &mut Vec<Posting>, most: usize) -> String {
    list.sort_unstable_by_key(|posting| (std::cmp::Reverse(posting.key), posting.page));
    list.truncate(most);
    let mut out = String::with_capacity(list.len() * 2);
    for group in list.chunk_by(|a, b| a.key == b.key) {
        let count = u32::try_from(group.len()).unwrap_or(1);
        dense::encode((count - 1) * KEYS + u32::from(group[0].key), &mut out);
        let mut next = 0;
        for posting in group {
            dense::encode(posting.page - next, &mut out);
            next = posting.page + 1;
        }
    }
    out
}

/// Reads a list; `None` when it is damaged or names pages from `pages` on.
pub(crate) fn decode(text: &str, pages: usize) -> Option<Vec<Posting>> {
    let numbers = dense::decode(text)?;
    let mut list = Vec::with_capacity(numbers.len());
    let mut numbers = numbers.into_iter();
    while let Some(head) = numbers.next() {
        let key = u8::try_from(head % KEYS).ok()?;
        let mut next: u32 = 0;
        for _ in 0..=head / KEYS {
            let page = next.checked_add(numbers.next()?)?;
            if page as usize >= pages {
                return None;
            }
            list.push(Posting { page, key });
            next = page + 1;
        }
    }
    Some(list)
}

#[cfg(test)]
mod tests {
    use super::{Posting, decode, encode};

    #[test]
    fn lists_come_back_highest_first() {
        let mut list: Vec<_> =
            (0..300).map(|n| Posting::new(n * 7, 1 + (n % 5) as u8, n % 11 == 0)).collect();
        let text = encode(&mut list, 1000);
        assert_eq!(decode(&text, 2100), Some(list.clone()));
        assert!(list.is_sorted_by(|a, b| a.key >= b.key));
        assert_eq!(decode(&text, 2000), None, "a page that is not there");
        assert_eq!(decode(&text[..text.len() - 1], 2100), None, "cut");
        assert_eq!(decode("", 1), Some(Vec::new()));
        assert_eq!(decode(&encode(&mut list, 3), 2100).map(|list| list.len()), Some(3));
    }
}
