//! Families of English words: forms that the light [stemmer](super::super::stem) keeps apart,
//! because what it joins can no longer be told apart. As relatives they may stand further off.

use super::Term;
use std::collections::HashMap;

/// Endings that make words of words, the longest first.
const ENDINGS: [&str; 29] = [
    "ization", "isation", "ational", "ability", "ation", "ement", "ence", "ance", "ency", "able",
    "ible", "ator", "ally", "ical", "ment", "ion", "ize", "ate", "ity", "ive", "iz", "at", "er",
    "or", "al", "ly", "ic", "is", "e",
];
/// What is left of a word must still be one.
const SHORTEST_ROOT: usize = 4;
/// A larger family has come together by chance.
const LARGEST: usize = 12;

/// Members of the same family by number of the term.
pub(crate) struct Families {
    members: Vec<Vec<usize>>,
    family: HashMap<usize, usize>,
}

/// Sorts the plain English words among `terms` into families.
pub(crate) fn families(terms: &[Term]) -> Families {
    let mut by_root: HashMap<&str, Vec<usize>> = HashMap::new();
    for (number, Term { term, .. }) in terms.iter().enumerate() {
        if term.len() >= SHORTEST_ROOT && term.bytes().all(|b| b.is_ascii_lowercase()) {
            by_root.entry(root(term)).or_default().push(number);
        }
    }
    let is_family = |members: &Vec<usize>| (2..=LARGEST).contains(&members.len());
    let members: Vec<_> = by_root.into_values().filter(is_family).collect();
    let pairs = members.iter().enumerate();
    let family = pairs.flat_map(|(family, all)| all.iter().map(move |&term| (term, family)));
    Families { family: family.collect(), members }
}

impl Families {
    /// The other members, if any.
    pub(crate) fn of_term(&self, number: usize) -> impl Iterator<Item = usize> + '_ {
        let family = self.family.get(&number).map(|&family| self.members[family].as_slice());
        family.unwrap_or_default().iter().copied().filter(move |&other| other != number)
    }
}

fn root(word: &str) -> &str {
    let strip = |ending: &&str| word.strip_suffix(*ending).filter(|r| r.len() >= SHORTEST_ROOT);
    ENDINGS.iter().find_map(strip).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::root;

    #[test]
    fn forms_of_one_word_share_a_root() {
        for family in [
            &["install", "installation", "installer"][..],
            &["authoriz", "authorization"],
            &["configur", "configuration", "configurator"],
            &["encrypt", "encryption"],
            &["deploy", "deployment", "deployer"],
        ] {
            for word in family {
                assert_eq!(root(word), root(family[0]), "{word}");
            }
        }
        assert_ne!(root("custom"), root("costume"));
        assert_eq!(root("data"), "data");
    }
}
