//! Pages in the order in which they answer a query.
//!
//! 1. Each word gives each page the best of its candidates:
//!    `weight * idf * certainty * impact`. A page sums its words (OR: a natural
//!    question rarely has all its words on the page that answers it).
//! 2. The sum is raised by the share of the query, in idf, that the page has
//!    at all (coverage) and that its title has: `sum * (64 + C + T)`.
//!    A page with little of a query whose code is unknown does not answer it.
//! 3. Highest first; equal pages in the order of the index.
//! 4. Those that have less of the query than [`WEAK`] are marked as weak.
//!
//! All of it is integer arithmetic below 2^53, so that JavaScript computes the
//! same numbers.

use super::Hit;
use super::candidates::{Candidate, candidates, certainty, group, idf};
use super::excerpt::{self, Place, Wanted};
use super::postings::Posting;
use super::query::{self, weight};
use super::reader::{Index, ReadError};
use super::tokenizer::Role;

/// Shares are counted in this many parts.
const WHOLE: u64 = 64;
/// How much it is worth to have every word, relative to [`WHOLE`].
const COVERAGE: u64 = 4;
/// The same for every word in the title.
const TITLE: u64 = 1;

/// The share a page must have when the query names a code that no page has:
/// "error E4711" is not answered by every page with an error.
const WITHOUT_CODE: u64 = 16;
/// A page with a smaller share is hardly an answer. On the development sets this marks about half
/// of the questions that nothing answers, and of those whose answer is on top one in twelve in
/// English and one in four in Chinese.
const WEAK: u64 = 25;
/// For that, of pairs of unspaced script only one in so many is expected: most that a question has
/// and a page has not reach over two words.
const EXPECTED_PAIRS: u64 = 3;

/// A word of the query and what it may mean.
struct Meaning {
    term: String,
    is_pair: bool,
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

/// What narrows a search.
pub struct Options<'a> {
    /// Most results.
    pub limit: usize,
    /// Column of the facets and value; a page must have all.
    pub filters: &'a [(&'a str, &'a str)],
}

/// A page, before anything is said about it.
pub(super) struct Scored {
    pub(super) page: usize,
    pub(super) score: u64,
    pub(super) weak: bool,
}

impl Index {
    /// Results for `query`, best first.
    pub fn search(&self, query: &str, options: &Options) -> Result<Vec<Hit>, ReadError> {
        let meanings = self.meanings(query)?;
        let scored = self.rank(&meanings, options)?;
        scored.iter().map(|scored| self.hit(scored, &meanings)).collect()
    }

    /// The urls of what [`search`](Index::search) finds.
    pub fn urls(&self, query: &str, options: &Options) -> Result<Vec<String>, ReadError> {
        let scored = self.rank(&self.meanings(query)?, options)?;
        scored.iter().map(|scored| Ok(self.doc(scored.page)?.0)).collect()
    }

    /// The words of a query and what they may mean.
    fn meanings(&self, query: &str) -> Result<Vec<Meaning>, ReadError> {
        let exists = |term: &str| Ok(self.find(term)?.is_some());
        let mut terms = query::terms(query);
        let mut words = terms.words(exists)?;
        let mut unspaced =
            words.iter().filter(|word| matches!(word.role, Role::Pair | Role::Single));
        if unspaced.try_fold(false, |missing, word| Ok(missing || !exists(&word.term)?))? {
            let variants = self.variants()?;
            let simple = |c| *variants.get(&c).unwrap_or(&c);
            terms = query::terms(&query.chars().map(simple).collect::<String>());
            words = terms.words(exists)?;
        }
        let mut meanings = Vec::with_capacity(words.len());
        for word in words {
            let candidates = candidates(self, &word)?;
            let (weight, is_pair) = (word.weight, word.role == Role::Pair);
            meanings.push(Meaning { term: word.term, is_pair, weight, value: 0, candidates });
        }
        for phrase in terms.phrases() {
            let Some(id) = self.find(&phrase.key)? else { continue };
            let spanned = |meaning: &&mut Meaning| phrase.spans.contains(&meaning.term);
            for meaning in meanings.iter_mut().filter(spanned) {
                meaning.candidates.extend(group(self, &[(id, certainty::EXACT)])?);
            }
        }
        for meaning in &mut meanings {
            // A word that is nowhere is as rare as a word can be.
            let rarity = meaning.candidates.iter().map(|candidate| candidate.idf).max();
            meaning.value = meaning.weight * rarity.unwrap_or_else(|| idf(self.manifest.pages, 0));
        }
        Ok(meanings)
    }

    fn rank(&self, meanings: &[Meaning], options: &Options) -> Result<Vec<Scored>, ReadError> {
        let filters = options.filters.iter().map(|(column, value)| self.having(column, value));
        let filters: Vec<Vec<bool>> = filters.collect::<Result<_, _>>()?;
        // Of several unknown codes (a pasted log is full of numbers) one counts.
        let unknown = |meaning: &&Meaning| meaning.weight == weight::CODE && meaning.is_unknown();
        let missed = meanings.iter().filter(unknown).map(|meaning| meaning.value);
        let surplus = missed.clone().skip(1).sum::<u64>();
        let least = if missed.count() > 0 { WITHOUT_CODE } else { 0 };
        let total = meanings.iter().map(|meaning| meaning.value).sum::<u64>() - surplus;
        let pairs = meanings.iter().filter(|meaning| meaning.is_pair);
        let pairs = pairs.map(|meaning| meaning.value).sum::<u64>();
        let expected = total - pairs + pairs / EXPECTED_PAIRS;
        let tallies = self.tally(meanings);
        let mut scored: Vec<Scored> = (tallies.iter().enumerate())
            .filter(|(_, tally)| tally.sum > 0 && share(tally.covered, total) >= least)
            .filter(|(page, _)| filters.iter().all(|filter| filter[*page]))
            .map(|(page, tally)| Scored {
                page,
                score: tally.score(total),
                weak: share(tally.covered, expected) < WEAK,
            })
            .collect();
        scored.sort_unstable_by_key(|scored| (std::cmp::Reverse(scored.score), scored.page));
        scored.truncate(options.limit);
        Ok(scored)
    }

    fn tally(&self, meanings: &[Meaning]) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); self.manifest.pages];
        let mut best = vec![(0, false); self.manifest.pages];
        let mut touched = Vec::new();
        for meaning in meanings {
            for candidate in &meaning.candidates {
                for posting in &candidate.postings {
                    let page = posting.page as usize;
                    let gain = meaning.gain(candidate, *posting);
                    if best[page].0 == 0 {
                        touched.push(page);
                    }
                    if gain > best[page].0 {
                        best[page] = (gain, posting.in_title());
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

    fn hit(&self, scored: &Scored, meanings: &[Meaning]) -> Result<Hit, ReadError> {
        let (url, title, kind, chunk) = self.doc(scored.page)?;
        let sections = self.text(scored.page, &chunk)?;
        let words: Vec<Wanted> = meanings.iter().map(Meaning::wanted).collect();
        let Place { anchor, heading, excerpt } = excerpt::place(&title, &sections, &words);
        let Scored { score, weak, .. } = *scored;
        Ok(Hit { url, title, kind, anchor, heading, excerpt, score, weak })
    }
}

impl Meaning {
    fn is_unknown(&self) -> bool {
        self.candidates.is_empty()
    }

    fn gain(&self, candidate: &Candidate, posting: Posting) -> u64 {
        self.weight * candidate.idf * candidate.certainty * u64::from(posting.impact())
    }

    fn wanted(&self) -> Wanted {
        let terms = self.candidates.iter().map(|candidate| candidate.term.clone());
        Wanted { value: self.value, terms: terms.chain([self.term.clone()]).collect() }
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
