//! Groups of words that may stand for one another in a question to support.

use super::phrases::key_of;
use std::collections::{BTreeMap, HashMap};

/// Ours, English and Chinese; see the head of the file.
const BUILT_IN: &str = include_str!("../thesaurus.txt");

/// Groups of keys.
#[derive(Default)]
pub(crate) struct Thesaurus {
    groups: Vec<Vec<String>>,
    of_key: HashMap<String, Vec<usize>>,
}

impl Thesaurus {
    /// The groups that come with tier0.
    pub(crate) fn built_in() -> Self {
        let lines = BUILT_IN.lines().filter(|line| !line.starts_with('#'));
        Self::new(lines.map(|line| line.split(", ")))
    }

    /// Groups of words as people write them.
    pub(crate) fn new<'a>(groups: impl Iterator<Item = impl Iterator<Item = &'a str>>) -> Self {
        let groups = groups.map(|members| {
            let mut keys: Vec<String> = members.filter_map(key_of).collect();
            keys.sort();
            keys.dedup();
            keys
        });
        let groups: Vec<_> = groups.filter(|keys| keys.len() > 1).collect();
        let mut of_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (group, keys) in groups.iter().enumerate() {
            for key in keys {
                of_key.entry(key.clone()).or_default().push(group);
            }
        }
        Thesaurus { groups, of_key }
    }

    /// All members.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().flatten().map(String::as_str)
    }

    /// Whether a key is a member.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.of_key.contains_key(key)
    }

    /// The other members of the groups of a key.
    pub(crate) fn others(&self, key: &str) -> impl Iterator<Item = &str> {
        let groups = self.of_key.get(key).into_iter().flatten();
        let members = groups.flat_map(|&group| &self.groups[group]);
        members.filter(move |member| *member != key).map(String::as_str)
    }

    /// For each member the numbers of the other members that the index has.
    pub(crate) fn members(&self, numbers: &HashMap<&str, usize>) -> BTreeMap<&str, Vec<usize>> {
        let mut members = BTreeMap::new();
        for key in self.keys() {
            let known = self.others(key).filter_map(|other| numbers.get(other).copied());
            members.insert(key, known.collect());
        }
        members
    }
}
