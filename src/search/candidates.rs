//! Terms of the index that a word of a query may mean.

use super::distance::distance;
use super::postings::Posting;
use super::query::Word;
use super::reader::{Index, ReadError, Spelling, TermId};
use super::stem::stem;
use super::tokenizer::TermRole;
use super::weights::certainty;

/// The most frequent continuations are enough: a reader who wants another one
/// types on.
const MOST_CONTINUATIONS: usize = 24;
/// Spellings beyond the nearest few are chance.
const MOST_SPELLINGS: usize = 6;
/// Shorter words have too many neighbours.
const SHORTEST_MISSPELT: usize = 4;
/// From this length on two slips are allowed.
const SHORTEST_TWICE_MISSPELT: usize = 8;

/// A term that a word may mean, how sure that is, how rare it is, and where it stands.
pub(crate) struct Candidate {
    pub term: String,
    pub certainty: u64,
    /// Whether the pages have only relatives of the term.
    pub near: bool,
    /// In 256ths of a bit.
    pub idf: u64,
    pub postings: Vec<Posting>,
}

/// All candidates for `word`. Guesses share one idf, that of a word which
/// stands wherever any of them does: a rare guess must not outweigh the rest.
pub(crate) fn candidates(index: &Index, word: &Word) -> Result<Vec<Candidate>, ReadError> {
    let exact = index.find(&word.term)?;
    let mut found = Vec::new();
    if let Some(term) = exact {
        found.extend(group(index, &[(term, certainty::EXACT)])?);
    }
    // Of unspaced script only a character by itself: pairs come as whole as they are typed.
    if word.open && !matches!(word.role, TermRole::Pair | TermRole::Character) {
        let sure = if exact.is_some() { certainty::LONGER } else { certainty::CONTINUED };
        let terms = continuations(index, word)?;
        let terms: Vec<_> = terms.iter().map(|&term| (term, sure)).collect();
        found.extend(group(index, &terms)?);
    }
    if found.is_empty() && matches!(word.role, TermRole::Word | TermRole::Part) {
        found.extend(group(index, &spellings(index, word)?)?);
    }
    Ok(found)
}

/// The candidates that the lists of `terms` and of their relatives give.
pub(crate) fn group(index: &Index, terms: &[(TermId, u64)]) -> Result<Vec<Candidate>, ReadError> {
    let mut found = Vec::with_capacity(terms.len());
    let mut frequency = 0;
    for &(id, certainty) in terms {
        let list = index.look_up(id)?;
        // What only has relatives is as rare as they are.
        frequency += if list.frequency > 0 { list.frequency } else { list.near.len() };
        let term = index.term(id)?;
        for (postings, certainty, near) in
            [(list.postings, certainty, false), (list.near, certainty, true)]
        {
            if !postings.is_empty() {
                found.push(Candidate { term: term.clone(), certainty, near, idf: 0, postings });
            }
        }
    }
    let idf = idf(index.manifest.pages, frequency);
    found.iter_mut().for_each(|candidate| candidate.idf = idf);
    Ok(found)
}

/// Terms that go on where `word` stops, the most frequent first.
fn continuations(index: &Index, word: &Word) -> Result<Vec<TermId>, ReadError> {
    let mut terms = index.starting_with(&word.raw)?;
    if word.term != word.raw {
        terms.extend(index.starting_with(&word.term)?);
    }
    // "reindexi" is on the way to "reindexing", which the index has as "reindex".
    for ending in ["ing", "ed", "es"] {
        for typed in 1..ending.len() {
            if let Some(begin) = word.raw.strip_suffix(&ending[..typed]) {
                terms.extend(index.find(&stem(&format!("{begin}{ending}")))?);
            }
        }
    }
    let itself = index.find(&word.term)?;
    let mut sized = Vec::with_capacity(terms.len());
    for term in terms.into_iter().filter(|term| Some(*term) != itself) {
        sized.push((std::cmp::Reverse(index.list_length(term)?), term));
    }
    sized.sort_unstable();
    sized.dedup();
    sized.truncate(MOST_CONTINUATIONS);
    Ok(sized.into_iter().map(|(_, term)| term).collect())
}

/// Terms that are a slip or two away. Words with digits are never corrected:
/// another code is another problem.
fn spellings(index: &Index, word: &Word) -> Result<Vec<(TermId, u64)>, ReadError> {
    let Word { term, raw, .. } = word;
    if term.len() < SHORTEST_MISSPELT || !term.bytes().all(|b| b.is_ascii_lowercase()) {
        return Ok(Vec::new());
    }
    let most = if term.len() < SHORTEST_TWICE_MISSPELT { 1 } else { 2 };
    // Few slips are in the first letter, and most of those put another before it.
    for letter in term.chars().take(2) {
        let mut found: Vec<(usize, String)> = Vec::new();
        let words = index.words(letter)?;
        for Spelling { word, term: meant } in &*words {
            let slips = |a: &str, b: &str| distance(a.as_bytes(), b.as_bytes(), most);
            // A slip may look like an ending: "reids" is no plural.
            let slips = [slips(term, meant), slips(raw, word)].into_iter().flatten().min();
            found.extend(slips.map(|slips| (slips, meant.clone())));
        }
        // Equally near ones stay in the order of the list.
        found.sort_by_key(|&(slips, _)| slips);
        found.truncate(MOST_SPELLINGS);
        let mut terms = Vec::with_capacity(found.len());
        for (slips, term) in found {
            let id = index.find(&term)?;
            terms.extend(id.map(|id| (id, certainty::MISSPELT[slips])));
        }
        if !terms.is_empty() {
            return Ok(terms);
        }
    }
    Ok(Vec::new())
}

/// How much a word says that stands on `frequency` of `pages` pages:
/// log2((pages + 1) / (frequency + 1/2)), in 256ths, with the logarithm taken
/// as linear between powers of two, which integers compute alike everywhere.
pub(crate) fn idf(pages: usize, frequency: usize) -> u64 {
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
