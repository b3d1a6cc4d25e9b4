//! Names that are all different.

use std::collections::{BTreeMap, BTreeSet};

/// Names that are taken, and for each the number to try next: thousands may wish for the same one.
#[derive(Debug, Default)]
pub(crate) struct Unique {
    taken: BTreeSet<String>,
    next: BTreeMap<String, usize>,
}

impl Unique {
    /// Takes a name; false if it is taken already.
    pub(crate) fn take(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// Takes a name, with a number behind it if somebody has it: `reset`, `reset-2`. `first` is
    /// the number that the second one gets.
    pub(crate) fn numbered(&mut self, wish: &str, first: usize) -> String {
        if self.take(wish) {
            return wish.to_owned();
        }
        let next = self.next.entry(wish.to_owned()).or_insert(first);
        loop {
            let name = format!("{wish}-{next}");
            *next += 1;
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }

    /// All names.
    pub(crate) fn into_names(self) -> BTreeSet<String> {
        self.taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_whatever_is_wished_for() {
        let mut names = Unique::default();
        let wishes = ["e", "e", "e-2", "e", "e-2"];
        let given = wishes.map(|wish| names.numbered(wish, 2));
        assert_eq!(given, ["e", "e-2", "e-2-2", "e-3", "e-2-3"]);
        assert!(names.take("f") && !names.take("f"));
        assert_eq!(names.numbered("f", 1), "f-1");
        assert_eq!(names.into_names().len(), wishes.len() + 2);
    }
}
