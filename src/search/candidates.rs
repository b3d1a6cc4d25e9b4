//! Terms of the index that a word of a query may mean.

use super::distance::distance;
use super::format::Posting;
use super::query::Word;
use super::reader::Index;
use super::stem::stem;
use super::tokenizer::Role;

/// How sure a candidate is, in sixteenths.
mod certainty {
    /// The word itself.
    pub const EXACT: u64 = 16;
    /// A longer word, when the typed letters are a word already.
    pub const LONGER: u64 = 6;
    /// A longer word, when they are none.
    pub const CONTINUED: u64 = 14;
    /// One slip, two slips.
    pub const MISSPELT: [u64; 3] = [16, 12, 8];
}

/// The most frequent continuations are enough: a reader who wants another one
/// types on.
const MOST_CONTINUATIONS: usize = 24;
/// Spellings beyond the nearest few are chance.
const MOST_SPELLINGS: usize = 6;
/// Shorter words have too many neighbours.
const SHORTEST_MISSPELT: usize = 4;
/// From this length on two slips are allowed.
const SHORTEST_TWICE_MISSPELT: usize = 8;

/// A term, how sure it is, how rare, and where it stands.
pub struct Candidate {
    pub certainty: u64,
    /// In 256ths of a bit.
    pub idf: u64,
    pub postings: Vec<Posting>,
}

/// All candidates for `word`. Guesses share one idf, that of a word which
/// stands wherever any of them does: a rare guess must not outweigh the rest.
pub fn candidates(index: &Index, word: &Word) -> Vec<Candidate> {
    let exact = index.find(&word.term);
    let mut found = Vec::new();
    if let Some(term) = exact {
        found.extend(group(index, &[(term, certainty::EXACT)]));
    }
    if word.open && word.role != Role::Pair {
        let sure = if exact.is_some() { certainty::LONGER } else { certainty::CONTINUED };
        let terms: Vec<_> = continuations(index, word).iter().map(|&term| (term, sure)).collect();
        found.extend(group(index, &terms));
    }
    if found.is_empty() && matches!(word.role, Role::Word | Role::Part) {
        found.extend(group(index, &spellings(index, &word.term)));
    }
    found
}

fn group(index: &Index, terms: &[(usize, u64)]) -> Vec<Candidate> {
    let lists: Vec<_> = terms.iter().map(|&(term, sure)| (index.postings(term), sure)).collect();
    let frequency: usize = lists.iter().map(|(postings, _)| postings.len()).sum();
    let idf = idf(index.pages.len(), frequency);
    let candidate = |(postings, certainty)| Candidate { certainty, idf, postings };
    lists.into_iter().map(candidate).collect()
}

/// Terms that go on where `word` stops, the most frequent first.
fn continuations(index: &Index, word: &Word) -> Vec<usize> {
    let mut terms: Vec<usize> = index.starting_with(&word.raw).collect();
    terms.extend(index.starting_with(&word.term));
    // "reindexi" is on the way to "reindexing", which the index has as "reindex".
    for ending in ["ing", "ed", "es"] {
        for typed in 1..ending.len() {
            if let Some(begin) = word.raw.strip_suffix(&ending[..typed]) {
                terms.extend(index.find(&stem(&format!("{begin}{ending}"))));
            }
        }
    }
    terms.sort_by_key(|&term| (std::cmp::Reverse(index.list_length(term)), term));
    terms.dedup();
    terms.retain(|&term| index.terms()[term] != word.term);
    terms.truncate(MOST_CONTINUATIONS);
    terms
}

/// Terms that are a slip or two away. Words with digits are never corrected:
/// another code is another problem.
fn spellings(index: &Index, word: &str) -> Vec<(usize, u64)> {
    let letters = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase());
    if word.len() < SHORTEST_MISSPELT || !letters(word) {
        return Vec::new();
    }
    let most = if word.len() < SHORTEST_TWICE_MISSPELT { 1 } else { 2 };
    let slips = |term: &str| {
        let near = term.len().abs_diff(word.len()) <= most && letters(term);
        near.then(|| distance(word.as_bytes(), term.as_bytes(), most)).flatten()
    };
    let mut found: Vec<_> = (index.terms().iter().enumerate())
        .filter_map(|(number, term)| Some((slips(term)?, number)))
        .collect();
    found.sort_by_key(|&(slips, term)| (slips, std::cmp::Reverse(index.list_length(term)), term));
    found.truncate(MOST_SPELLINGS);
    found.iter().map(|&(slips, term)| (term, certainty::MISSPELT[slips])).collect()
}

/// How much a word says that stands on `frequency` of `pages` pages:
/// log2((pages + 1) / (frequency + 1/2)), in 256ths, with the logarithm taken
/// as linear between powers of two, which integers compute alike everywhere.
pub fn idf(pages: usize, frequency: usize) -> u64 {
    let ratio = ((pages as u64 + 1) * 512) / (2 * frequency as u64 + 1);
    let ratio = ratio.max(256);
    let whole = u64::from(ratio.ilog2());
    let fraction = ratio * 256 / (1 << whole) - 256;
    (whole - 8) * 256 + fraction + 32
}

#[cfg(test)]
mod tests {
    use super::idf;

    #[test]
    fn idf_falls_with_frequency_and_stays_positive() {
        let values: Vec<u64> = [0, 1, 2, 10, 100, 999, 1000].map(|df| idf(1000, df)).to_vec();
        assert!(values.is_sorted_by(|a, b| a >= b), "{values:?}");
        assert!(values[6] > 0);
    }
}
