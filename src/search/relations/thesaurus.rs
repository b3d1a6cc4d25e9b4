//! Groups of words that may stand for one another in a question to support.

use super::phrases::{Phrases, key_of};
use std::collections::{BTreeMap, HashMap};

/// Ours, English and Chinese; see the head of the file.
const BUILT_IN: &str = include_str!("../thesaurus.txt");

/// Groups of keys.
#[derive(Default)]
pub struct Thesaurus {
    groups: Vec<Vec<String>>,
}

impl Thesaurus {
    /// The groups that come with tier0.
    pub fn built_in() -> Self {
        let lines = BUILT_IN.lines().filter(|line| !line.starts_with('#'));
        Self::new(lines.map(|line| line.split(", ")))
    }

    /// Groups of words as people write them.
    pub fn new<'a>(groups: impl Iterator<Item = impl Iterator<Item = &'a str>>) -> Self {
        let groups = groups.map(|members| {
            let mut keys: Vec<String> = members.filter_map(key_of).collect();
            keys.sort();
            keys.dedup();
            keys
        });
        Thesaurus { groups: groups.filter(|keys| keys.len() > 1).collect() }
    }

    /// What texts are searched for.
    pub fn phrases(&self) -> Phrases {
        Phrases::new(self.groups.iter().flatten().map(String::as_str))
    }

    /// For each member the members of its groups that the index has, itself among them.
    pub fn groups_of_members(
        &self,
        numbers: &HashMap<&str, usize>,
    ) -> BTreeMap<&str, Vec<usize>> {
        let mut all: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for group in &self.groups {
            let known: Vec<usize> =
                group.iter().filter_map(|key| numbers.get(key.as_str()).copied()).collect();
            for member in group {
                all.entry(member).or_default().extend(&known);
            }
        }
        all
    }
}
