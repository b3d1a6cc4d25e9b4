//! The order in which people count: 1.1.5 before 1.1.10.

use std::cmp::Ordering;

/// Compares two names; numbers in them by their value.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    while !left.is_empty() && !right.is_empty() {
        let ordering = match (number(left), number(right)) {
            // Numbers can be longer than any type: without zeros in front the longer one is larger.
            (Some(x), Some(y)) => {
                (left, right) = (&left[x.len()..], &right[y.len()..]);
                let (x, y) = (x.trim_start_matches('0'), y.trim_start_matches('0'));
                x.len().cmp(&y.len()).then_with(|| x.cmp(y))
            }
            _ => {
                let (x, y) = (left.chars().next(), right.chars().next());
                left = &left[x.map_or(0, char::len_utf8)..];
                right = &right[y.map_or(0, char::len_utf8)..];
                x.cmp(&y)
            }
        };
        if ordering.is_ne() {
            return ordering;
        }
    }
    // The shorter one first; names that differ only in zeros still have an order.
    left.len().cmp(&right.len()).then_with(|| a.cmp(b))
}

/// The digits a text begins with.
fn number(text: &str) -> Option<&str> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    (end > 0).then(|| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_values() {
        let sorted =
            ["", "1.1.5", "1.01.10", "1.1.10", "2", "10", "a1", "a1b", "a02", "b", "甲2", "甲10"];
        for (at, a) in sorted.iter().enumerate() {
            for (other, b) in sorted.iter().enumerate() {
                assert_eq!(compare(a, b), at.cmp(&other), "{a} {b}");
            }
        }
        assert_eq!(compare("1.1", "1.01"), Ordering::Greater);
        assert_eq!(compare("99999999999999999999", "100000000000000000000"), Ordering::Less);
    }
}
