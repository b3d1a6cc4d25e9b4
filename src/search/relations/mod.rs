//! Pages that do not have a word but speak of the same thing.
//!
//! People ask in their own words. For each term the index keeps a second, short list: the pages
//! that lack the term and have its relatives. Relatives are found when the index is written, so
//! that a reader needs neither a dictionary nor another request:
//!
//! - [`families`]: `install`, `installation`, `installer`
//! - [`thesaurus`]: `log in`, `登录`; ours, and not tied to any site

mod families;
mod phrases;
mod thesaurus;

use super::postings::Posting;
use super::tokenizer::Token;
use super::weights::relative::{FAMILY, SAME, THESAURUS};
use super::writer::Term;
use phrases::Phrases;
use rayon::prelude::*;
use std::collections::HashMap;
use thesaurus::Thesaurus;

pub(crate) use phrases::candidates;

/// The best few pages are enough: they answer if none has the word itself.
const MOST_PAGES: usize = 40;

/// What a site's search knows about words besides its pages.
#[derive(Default)]
pub(crate) struct Vocabulary {
    thesaurus: Thesaurus,
    synonyms: Thesaurus,
    phrases: Phrases,
}

impl Vocabulary {
    /// The site's own groups of synonyms and, if it wants it, the thesaurus that comes with tier0.
    pub(crate) fn new(synonyms: &[Vec<String>], built_in: bool) -> Self {
        let thesaurus = if built_in { Thesaurus::built_in() } else { Thesaurus::default() };
        let groups = synonyms.iter().map(|group| group.iter().map(String::as_str));
        let synonyms = Thesaurus::new(groups);
        let phrases = Phrases::new(thesaurus.keys().chain(synonyms.keys()));
        Vocabulary { thesaurus, synonyms, phrases }
    }

    /// Hands on the phrases of a text.
    pub(crate) fn phrases(&self, tokens: &[Token], found: impl FnMut(&str)) {
        self.phrases.find(tokens, found);
    }

    /// Whether a term is one of its words.
    pub(crate) fn knows(&self, key: &str) -> bool {
        self.thesaurus.has(key) || self.synonyms.has(key)
    }

    /// What the site says means the same.
    pub(crate) fn same_as(&self, key: &str) -> impl Iterator<Item = &str> {
        self.synonyms.others(key)
    }
}

/// Relatives of one term, for the writer.
pub(crate) struct Near {
    /// A term of the index, or a member of the thesaurus that no page has.
    pub term: String,
    /// Pages that lack it, with impacts that are lower than those of the relatives.
    pub list: Vec<Posting>,
}

/// The second lists of all terms that have relatives.
pub(crate) fn near(terms: &[Term], vocabulary: &Vocabulary) -> Vec<Near> {
    let numbers: HashMap<&str, usize> =
        terms.iter().enumerate().map(|(number, term)| (term.term.as_str(), number)).collect();
    let families = families::families(terms);
    let groups = vocabulary.thesaurus.members(&numbers);
    let known =
        terms.par_iter().enumerate().filter_map(|(number, Term { term, list: own, .. })| {
            let family = families.of_term(number).map(|relative| (relative, FAMILY));
            let mut relatives: Vec<(usize, u32)> = family.collect();
            if let Some(members) = groups.get(term.as_str()) {
                relatives.extend(members.iter().map(|&relative| (relative, THESAURUS)));
            }
            relatives.retain(|&(relative, _)| relative != number);
            gather(term, own, &relatives, terms)
        });
    let mut found: Vec<Near> = known.collect();
    let unknown = groups.iter().filter(|(member, _)| !numbers.contains_key(*member));
    found.extend(unknown.filter_map(|(member, members)| {
        let relatives: Vec<_> = members.iter().map(|&relative| (relative, THESAURUS)).collect();
        gather(member, &[], &relatives, terms)
    }));
    found.sort_by(|a, b| a.term.cmp(&b.term));
    found
}

/// The pages of the relatives that lack the term itself.
fn gather(term: &str, own: &[Posting], relatives: &[(usize, u32)], terms: &[Term]) -> Option<Near> {
    let mut best: HashMap<u32, u32> = HashMap::new();
    for &(relative, weight) in relatives {
        for posting in &terms[relative].list {
            let worth = best.entry(posting.page).or_default();
            *worth = (*worth).max(weight * u32::from(posting.impact()));
        }
    }
    let lacks = |page: u32| own.binary_search_by_key(&page, |posting| posting.page).is_err();
    let mut pages: Vec<(u32, u32)> = best.into_iter().filter(|&(page, _)| lacks(page)).collect();
    pages.sort_unstable_by_key(|&(page, worth)| (std::cmp::Reverse(worth), page));
    pages.truncate(MOST_PAGES);
    let impact = |worth: u32| u8::try_from((worth + SAME / 2) / SAME).unwrap_or(u8::MAX).max(1);
    let posting = |(page, worth)| Posting::new(page, impact(worth), false);
    let list: Vec<_> = pages.into_iter().map(posting).collect();
    (!list.is_empty()).then(|| Near { term: term.to_owned(), list })
}
