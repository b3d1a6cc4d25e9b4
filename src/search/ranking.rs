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
use super::candidates::{Candidate, candidates, group, idf};
use super::excerpt::{self, Excerpt, Wanted};
use super::postings::Posting;
use super::query::{self, Word};
use super::reader::{Index, ReadError};
use super::tokenizer::TermRole;
use super::weights::page::{
    COMPLETE, COVERAGE, EXPECTED_PAIRS, FAINT, PROMOTED, TITLE, TITLED, WEAK, WHOLE, WITHOUT_CODE,
};
use super::weights::{certainty, word};

/// A word of the query and what it may mean.
struct Meaning {
    term: String,
    /// None for a phrase.
    role: Option<TermRole>,
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
    /// Of words and phrases that it has relatives of; may count a word twice.
    related: u64,
    in_title: u64,
}

/// What narrows a search.
pub(crate) struct Options<'a> {
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
    pub(crate) fn search(&self, query: &str, options: &Options) -> Result<Vec<Hit>, ReadError> {
        let (meanings, promoted) = self.meanings(query)?;
        let scored = self.rank(&meanings, &promoted, options)?;
        scored.iter().map(|scored| self.hit(scored, &meanings)).collect()
    }

    /// The urls of what [`search`](Index::search) finds.
    pub(crate) fn urls(&self, query: &str, options: &Options) -> Result<Vec<String>, ReadError> {
        let (meanings, promoted) = self.meanings(query)?;
        let scored = self.rank(&meanings, &promoted, options)?;
        scored.iter().map(|scored| Ok(self.doc(scored.page)?.0)).collect()
    }

    /// The words of a query and what they may mean; and the pages that come first.
    fn meanings(&self, query: &str) -> Result<(Vec<Meaning>, Vec<usize>), ReadError> {
        let exists = |term: &str| Ok(self.find(term)?.is_some());
        let mut terms = query::terms(query);
        let mut words = terms.words(exists)?;
        let mut unspaced =
            words.iter().filter(|word| matches!(word.role, TermRole::Pair | TermRole::Single));
        if unspaced.try_fold(false, |missing, word| Ok(missing || !exists(&word.term)?))? {
            let variants = self.variants()?;
            let simple = |c| *variants.get(&c).unwrap_or(&c);
            terms = query::terms(&query.chars().map(simple).collect::<String>());
            words = terms.words(exists)?;
        }
        let mut meanings = Vec::with_capacity(words.len());
        for word in words {
            let candidates = candidates(self, &word)?;
            // A word that is nowhere is as rare as a word can be.
            let rarity = candidates.iter().map(|candidate| candidate.idf).max();
            let rarity = rarity.unwrap_or_else(|| idf(self.manifest.pages, 0));
            // What is covered are whole words.
            let value = if word.role == TermRole::Character { 0 } else { word.weight * rarity };
            let Word { term, role, weight, .. } = word;
            let role = Some(role);
            meanings.push(Meaning { term, role, weight, value, candidates });
        }
        let words = meanings.len();
        for (key, covers) in terms.phrases() {
            // A phrase lies with the word that it begins with, and browsers fetch only those that
            // count.
            let begin =
                if key.contains(' ') { key.split(' ').next() } else { covers.first().copied() };
            if !meanings[..words].iter().any(|word| Some(&*word.term) == begin) {
                continue;
            }
            let Some(id) = self.find(&key)? else { continue };
            let candidates = group(self, &[(id, certainty::EXACT)])?;
            let covered = meanings[..words].iter().filter(|word| covers.contains(&&*word.term));
            let (weight, value) = (word::PHRASE, covered.map(|word| word.value).sum());
            meanings.push(Meaning { term: key, role: None, weight, value, candidates });
        }
        let promoted = self.manifest.promoted.get(&terms.key()).cloned().unwrap_or_default();
        Ok((meanings, promoted))
    }

    fn rank(
        &self,
        meanings: &[Meaning],
        promoted: &[usize],
        options: &Options,
    ) -> Result<Vec<Scored>, ReadError> {
        let filters = options.filters.iter().map(|(column, value)| self.having(column, value));
        let filters: Vec<Vec<bool>> = filters.collect::<Result<_, _>>()?;
        // Of several unknown codes (a pasted log is full of numbers) one counts.
        let unknown = |meaning: &&Meaning| meaning.weight == word::CODE && meaning.is_unknown();
        let missed = meanings.iter().filter(unknown).map(|meaning| meaning.value);
        let surplus = missed.clone().skip(1).sum::<u64>();
        let least = if missed.count() > 0 { WITHOUT_CODE } else { 0 };
        let words = meanings.iter().filter(|meaning| meaning.role.is_some());
        let total = words.map(|meaning| meaning.value).sum::<u64>() - surplus;
        let pairs = meanings.iter().filter(|meaning| meaning.role == Some(TermRole::Pair));
        let pairs = pairs.map(|meaning| meaning.value).sum::<u64>();
        let expected = total - pairs + pairs / EXPECTED_PAIRS;
        let tallies = self.tally(meanings);
        let mut scored: Vec<Scored> = (tallies.iter().enumerate())
            .filter(|(page, _)| filters.iter().all(|filter| filter[*page]))
            .map(|(page, tally)| {
                let answers = share(tally.covered, total) >= least;
                let score = if answers { tally.score(total) } else { 0 };
                let weak = share(tally.covered + tally.related, expected) < WEAK;
                Scored { page, score, weak }
            })
            .collect();
        let highest = scored.iter().map(|scored| scored.score).max().unwrap_or_default();
        scored.retain_mut(|scored| {
            if promoted.contains(&scored.page) {
                (scored.score, scored.weak) = (PROMOTED, false);
            }
            scored.score > 0 && scored.score * FAINT >= highest
        });
        scored.sort_unstable_by_key(|scored| (std::cmp::Reverse(scored.score), scored.page));
        scored.truncate(options.limit);
        Ok(scored)
    }

    fn tally(&self, meanings: &[Meaning]) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); self.manifest.pages];
        let mut best = vec![(0, false, false); self.manifest.pages];
        let mut touched = Vec::new();
        for meaning in meanings {
            for candidate in &meaning.candidates {
                for posting in &candidate.postings {
                    let page = posting.page as usize;
                    let gain = meaning.gain(candidate, *posting);
                    if best[page].0 == 0 {
                        touched.push(page);
                    }
                    let (most, in_title, own) = &mut best[page];
                    *most = gain.max(*most);
                    *in_title |= posting.in_title();
                    *own |= !candidate.near;
                }
            }
            for page in touched.drain(..) {
                let (gain, in_title, own) = std::mem::take(&mut best[page]);
                let tally = &mut tallies[page];
                tally.sum += gain;
                // A phrase speaks for its words where a page has others instead of them.
                let covers = own && meaning.role.is_some();
                *if covers { &mut tally.covered } else { &mut tally.related } += meaning.value;
                tally.in_title += if in_title && covers { meaning.value } else { 0 };
            }
        }
        tallies
    }

    fn hit(&self, scored: &Scored, meanings: &[Meaning]) -> Result<Hit, ReadError> {
        let (url, title, kind, chunk) = self.doc(scored.page)?;
        let (chunk, at) = self.text(scored.page, &chunk)?;
        // Marks on single characters would be all over the text.
        let marked = meanings.iter().filter(|meaning| meaning.role != Some(TermRole::Character));
        let words: Vec<Wanted> = marked.map(Meaning::wanted).collect();
        let Excerpt { anchor, heading, excerpt } = excerpt::place(&title, &chunk.pages[at], &words);
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
        let covered = share(self.covered, total);
        let power = |share: u64| share * share / WHOLE;
        let complete = power(power(power(covered)));
        let title = share(self.in_title, total);
        let titled = power(power(power(title)));
        let raised = COVERAGE * covered + COMPLETE * complete + TITLE * title + TITLED * titled;
        self.sum * (WHOLE + raised)
    }
}

fn share(part: u64, total: u64) -> u64 {
    WHOLE * part / total.max(1)
}
