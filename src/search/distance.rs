//! How many slips of the finger lie between two words.

/// The number of letters typed wrong, left out, added or swapped with their
/// neighbour that turns `a` into `b`, or `None` when it is above `most`.
/// (Optimal string alignment; both words are ASCII.)
pub(crate) fn distance(a: &[u8], b: &[u8], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let changed = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = changed.min(above[j] + 1).min(row[j - 1] + 1);
            let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if swapped {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        if row.iter().min().is_some_and(|&least| least > most) {
            return None;
        }
        before = above;
        above = row;
    }
    above.last().copied().filter(|&slips| slips <= most)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn slips_are_counted() {
        let d = |a: &str, b: &str, most| distance(a.as_bytes(), b.as_bytes(), most);
        assert_eq!(d("router", "router", 1), Some(0));
        assert_eq!(d("ruoter", "router", 1), Some(1), "swapped");
        assert_eq!(d("roter", "router", 1), Some(1), "left out");
        assert_eq!(d("routter", "router", 1), Some(1), "added");
        assert_eq!(d("rputer", "router", 1), Some(1), "wrong");
        assert_eq!(d("rputre", "router", 2), Some(2));
        assert_eq!(d("rputre", "router", 1), None);
        assert_eq!(d("", "abc", 2), None);
    }
}
