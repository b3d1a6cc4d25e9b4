//! Pages that do not have a word but speak of the same thing.
//!
//! People ask in their own words. For each term the index keeps a second, short list: the pages
//! that lack the term and have its relatives. Relatives are found when the index is written, so
//! that a reader needs neither a dictionary nor another request:
//!
//! - [`families`]: `install`, `installation`, `installer`
//! - [`thesaurus`]: `log in`, `登录`; ours, and not tied to any site
//! - [`company`]: words that keep company on the pages of this very site

mod company;
mod families;
mod phrases;
pub mod thesaurus;

use super::postings::Posting;
use rayon::prelude::*;
use std::collections::HashMap;
use thesaurus::Thesaurus;

pub use phrases::{Phrases, key_of};

/// What stands for sameness where relations are weighed.
pub const SAME: u32 = 64;
/// How much of a term's impact its relatives keep, of [`SAME`]: a family shares a meaning nearly
/// always, a thesaurus cannot know the site. (Company is weighed by its own measure.)
const FAMILY: u32 = 45;
const THESAURUS: u32 = 38;

/// The best few pages are enough: they answer if none has the word itself.
const MOST_PAGES: usize = 40;

/// A term and the pages that have it, ascending.
pub type Listed = (String, Vec<Posting>);

/// Relatives of one term, for the writer.
pub struct Near {
    /// A term of the index, or a member of the thesaurus that no page has.
    pub term: String,
    /// Pages, ascending, and impacts.
    pub pages: Vec<(u32, u8)>,
}

/// The second lists of all terms that have relatives. `terms` are sorted by name.
pub fn near(terms: &[Listed], pages: usize, thesaurus: &Thesaurus) -> Vec<Near> {
    let numbers: HashMap<&str, usize> =
        terms.iter().enumerate().map(|(number, (term, _))| (term.as_str(), number)).collect();
    let families = families::families(terms);
    let company = company::Company::of(terms, pages);
    let groups = thesaurus.groups_of_members(&numbers);
    let known = terms.par_iter().enumerate().filter_map(|(number, (term, own))| {
        let mut relatives: Vec<(usize, u32)> = company.of_term(number);
        relatives.extend(families.of_term(number).map(|relative| (relative, FAMILY)));
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
fn gather(
    term: &str,
    own: &[Posting],
    relatives: &[(usize, u32)],
    terms: &[Listed],
) -> Option<Near> {
    let mut best: HashMap<u32, u32> = HashMap::new();
    for &(relative, weight) in relatives {
        for posting in &terms[relative].1 {
            let worth = best.entry(posting.page).or_default();
            *worth = (*worth).max(weight * u32::from(posting.impact()));
        }
    }
    let lacks = |page: u32| own.binary_search_by_key(&page, |posting| posting.page).is_err();
    let mut pages: Vec<(u32, u32)> = best.into_iter().filter(|&(page, _)| lacks(page)).collect();
    pages.sort_unstable_by_key(|&(page, worth)| (std::cmp::Reverse(worth), page));
    pages.truncate(MOST_PAGES);
    pages.sort_unstable();
    let impact = |worth: u32| u8::try_from((worth + SAME / 2) / SAME).unwrap_or(u8::MAX).max(1);
    let pages: Vec<_> = pages.into_iter().map(|(page, worth)| (page, impact(worth))).collect();
    (!pages.is_empty()).then(|| Near { term: term.to_owned(), pages })
}
