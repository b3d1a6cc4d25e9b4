//! Pages in the order in which they answer a query.
//!
//! 1. Each word gives each page the best of its candidates:
//!    `weight * idf * certainty * impact`. A page sums its words (OR: a natural
//!    question rarely has all its words on the page that answers it).
//! 2. The sum is raised by the share of the query, in idf, that the page has
//!    at all (coverage) and that its title has: `sum * (64 + C + T)`.
//!    A page with little of a query whose code is unknown does not answer it.
//! 3. Highest first; equal pages in the order of the index.
//! 4. Of each result, the section that most of the score comes from.
//!
//! All of it is integer arithmetic below 2^53, so that JavaScript computes the
//! same numbers.

use super::Hit;
use super::candidates::{Candidate, candidates, idf};
use super::format::Posting;
use super::query::{Word, parse, weight};
use super::reader::Index;

/// Shares are counted in this many parts.
const WHOLE: u64 = 64;
/// How much it is worth to have every word, relative to [`WHOLE`].
const COVERAGE: u64 = 4;
/// The same for every word in the title.
const TITLE: u64 = 1;

/// The share a page must have when the query names a code that no page has:
/// "error E4711" is not answered by every page with an error.
const WITHOUT_CODE: u64 = 16;

/// A word of the query and what it may mean.
struct Meaning {
    weight: u64,
    /// What the word is worth in shares.
    value: u64,
    candidates: Vec<Candidate>,
}

/// What a page has gathered.
#[derive(Clone, Copy, Default)]
struct Tally {
    sum: u64,
    covered: u64,
    in_title: u64,
}

impl Index {
    /// At most `limit` results for `query`, best first; of pages that `role` reads, if one is
    /// given.
    pub fn search(&self, query: &str, limit: usize, role: Option<&str>) -> Vec<Hit> {
        let words = parse(query, |term| self.find(term).is_some());
        let meanings: Vec<Meaning> = words.iter().map(|word| self.meaning(word)).collect();
        // Of several unknown codes (a pasted log is full of numbers) one counts.
        let unknown = |meaning: &&Meaning| meaning.weight == weight::CODE && meaning.is_unknown();
        let missed = meanings.iter().filter(unknown).map(|meaning| meaning.value);
        let surplus = missed.clone().skip(1).sum::<u64>();
        let least = if missed.count() > 0 { WITHOUT_CODE } else { 0 };
        let total = meanings.iter().map(|meaning| meaning.value).sum::<u64>() - surplus;
        let tallies = self.tally(&meanings);
        let mut scored: Vec<(u64, usize)> = (tallies.iter().enumerate())
            .filter(|(_, tally)| tally.sum > 0 && share(tally.covered, total) >= least)
            .filter(|(page, _)| self.is_read_by(*page, role))
            .map(|(page, tally)| (tally.score(total), page))
            .collect();
        scored.sort_unstable_by_key(|&(score, page)| (std::cmp::Reverse(score), page));
        scored.truncate(limit);
        scored.iter().map(|&(score, page)| self.hit(page, score, &meanings)).collect()
    }

    fn meaning(&self, word: &Word) -> Meaning {
        let candidates = candidates(self, word);
        // A word that is nowhere is as rare as a word can be.
        let rarity = candidates.iter().map(|candidate| candidate.idf).max();
        let rarity = rarity.unwrap_or_else(|| idf(self.pages.len(), 0));
        Meaning { weight: word.weight, value: word.weight * rarity, candidates }
    }

    fn tally(&self, meanings: &[Meaning]) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); self.pages.len()];
        let mut best = vec![(0, false); self.pages.len()];
        let mut touched = Vec::new();
        for meaning in meanings {
            for candidate in &meaning.candidates {
                for posting in &candidate.postings {
                    let page = posting.page as usize;
                    let gain = meaning.gain(candidate, posting);
                    if best[page].0 == 0 {
                        touched.push(page);
                    }
                    if gain > best[page].0 {
                        best[page] = (gain, posting.place == 0);
                    }
                }
            }
            for page in touched.drain(..) {
                let (gain, in_title) = std::mem::take(&mut best[page]);
                let tally = &mut tallies[page];
                tally.sum += gain;
                tally.covered += meaning.value;
                tally.in_title += if in_title { meaning.value } else { 0 };
            }
        }
        tallies
    }

    fn hit(&self, page: usize, score: u64, meanings: &[Meaning]) -> Hit {
        let row = &self.pages[page];
        let section = self.best_section(page, meanings);
        let text = |at: usize| row.4.get(at).filter(|text| !text.is_empty()).cloned();
        let anchor = section.and_then(|section| text(section * 2));
        // A heading without an anchor leads nowhere.
        let heading = section.filter(|_| anchor.is_some()).and_then(|s| text(s * 2 + 1));
        Hit {
            url: row.0.clone(),
            title: row.1.clone(),
            kind: self.kinds.get(row.2 as usize).cloned().unwrap_or_default(),
            anchor,
            heading,
            summary: row.3.clone(),
            score,
        }
    }

    fn best_section(&self, page: usize, meanings: &[Meaning]) -> Option<usize> {
        let mut gains = vec![0; self.pages[page].4.len() / 2];
        for meaning in meanings {
            for candidate in &meaning.candidates {
                let found = candidate.postings.binary_search_by_key(&page, |p| p.page as usize);
                let Ok(found) = found else { continue };
                let posting = &candidate.postings[found];
                let section = (posting.place as usize).checked_sub(1);
                if let Some(gain) = section.and_then(|section| gains.get_mut(section)) {
                    *gain += meaning.gain(candidate, posting);
                }
            }
        }
        let best = gains.iter().copied().max().filter(|&gain| gain > 0)?;
        gains.iter().position(|&gain| gain == best)
    }
}

impl Meaning {
    fn is_unknown(&self) -> bool {
        self.candidates.is_empty()
    }

    fn gain(&self, candidate: &Candidate, posting: &Posting) -> u64 {
        self.weight * candidate.idf * candidate.certainty * u64::from(posting.impact)
    }
}

impl Tally {
    fn score(&self, total: u64) -> u64 {
        let covered = COVERAGE * share(self.covered, total);
        self.sum * (WHOLE + covered + TITLE * share(self.in_title, total))
    }
}

fn share(part: u64, total: u64) -> u64 {
    WHOLE * part / total.max(1)
}
