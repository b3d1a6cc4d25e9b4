//! How often each term stands in each field of a page, and what that is worth: BM25F.

use super::super::Entry;
use super::super::format::IMPACTS;
use super::super::function_words::is_function_word;
use super::super::postings::Posting;
use super::super::relations::Vocabulary;
use super::super::simplify::simplify;
use super::super::tokenizer::{TermRole, tokenize};
use super::super::weights::field::{
    BODY, CODE, CONTEXT, COUNT, FIELDS, Field, HEADING, KEYWORD, LINK, PARTS, SATURATION, TITLE,
};
use ahash::AHashMap;
use rayon::prelude::*;
use std::borrow::Cow;

/// Pages that are counted before their counts are merged: bounds the memory.
const BATCH: usize = 256;

/// What one page says about one term.
type Count = [u16; COUNT];

struct PageCounts {
    /// Term, counts, and the word before stemming.
    terms: Vec<(String, Count, String)>,
    lengths: [u32; COUNT],
}

/// Counts the terms of one page, in the order in which they first occur.
struct PageCounter<'v> {
    numbers: AHashMap<String, usize>,
    page: PageCounts,
    vocabulary: &'v Vocabulary,
    chinese: bool,
}

fn count_page(entry: &Entry, vocabulary: &Vocabulary, chinese: bool) -> PageCounts {
    let page = PageCounts { terms: Vec::new(), lengths: [0; COUNT] };
    let mut counter = PageCounter { numbers: AHashMap::new(), page, vocabulary, chinese };
    counter.read(entry.title, TITLE);
    for code in entry.codes {
        counter.read(code, CODE);
    }
    for keyword in entry.keywords.iter().chain(entry.tags) {
        counter.read(keyword, KEYWORD);
    }
    counter.read(entry.summary, BODY);
    for link in entry.links {
        counter.read(link, LINK);
    }
    for name in entry.context {
        counter.read(name, CONTEXT);
    }
    for section in entry.sections {
        counter.read(&section.heading, HEADING);
        counter.read(&section.text, BODY);
    }
    counter.page
}

impl PageCounter<'_> {
    fn read(&mut self, text: &str, field: usize) {
        let text = if self.chinese { simplify(text) } else { Cow::Borrowed(text) };
        let tokens = tokenize(&text);
        self.vocabulary.phrases(&tokens, |phrase| self.add(phrase, "", field));
        for token in tokens {
            let field = if token.role == TermRole::Part && field == BODY { PARTS } else { field };
            if token.role != TermRole::Character {
                self.page.lengths[field] += 1;
            }
            // In running text these stand everywhere and would be a fifth of the index.
            if matches!(field, BODY | LINK | PARTS) && is_function_word(&token.raw) {
                continue;
            }
            self.add(&token.term, &token.raw, field);
        }
    }

    /// Counts a term, and what means the same.
    fn add(&mut self, term: &str, raw: &str, field: usize) {
        self.add_one(term, raw, field);
        for same in self.vocabulary.same_as(term) {
            self.add_one(same, "", field);
        }
    }

    fn add_one(&mut self, term: &str, raw: &str, field: usize) {
        let terms = &mut self.page.terms;
        let number = if let Some(&number) = self.numbers.get(term) {
            number
        } else {
            self.numbers.insert(term.to_owned(), terms.len());
            terms.push((term.to_owned(), [0; COUNT], raw.to_owned()));
            terms.len() - 1
        };
        let count = &mut terms[number].1[field];
        *count = count.saturating_add(1);
    }
}

/// A term of the index.
pub(crate) struct Term {
    /// Its key.
    pub term: String,
    /// In the order of pages.
    pub list: Vec<Posting>,
    /// The words it stands for, where they are plain, and on how many pages each comes first.
    pub raws: Vec<(String, u32)>,
}

/// All terms of all pages, in no order.
pub(super) fn count(entries: &[Entry], vocabulary: &Vocabulary, chinese: bool) -> Vec<Term> {
    let mut collector = Collector::default();
    for batch in entries.chunks(BATCH) {
        let counted: Vec<PageCounts> =
            batch.par_iter().map(|entry| count_page(entry, vocabulary, chinese)).collect();
        for page in counted {
            collector.add(page);
        }
    }
    let lengths = Lengths::of(&collector.lengths);
    let rate = |&(page, count): &(u32, Count)| {
        Posting::new(page, lengths.impact(page, &count), count[TITLE] > 0)
    };
    let finish = |(term, counted): (String, Counted)| Term {
        term,
        list: counted.list.iter().map(rate).collect(),
        raws: counted.raws,
    };
    collector.terms.into_par_iter().map(finish).collect()
}

#[derive(Default)]
struct Counted {
    list: Vec<(u32, Count)>,
    raws: Vec<(String, u32)>,
}

/// All pages so far.
#[derive(Default)]
struct Collector {
    numbers: AHashMap<String, usize>,
    terms: Vec<(String, Counted)>,
    lengths: Vec<[u32; COUNT]>,
}

impl Collector {
    fn add(&mut self, page: PageCounts) {
        let number = u32::try_from(self.lengths.len()).unwrap_or(u32::MAX);
        self.lengths.push(page.lengths);
        for (term, count, raw) in page.terms {
            let slot = if let Some(&slot) = self.numbers.get(&term) {
                slot
            } else {
                self.numbers.insert(term.clone(), self.terms.len());
                self.terms.push((term, Counted::default()));
                self.terms.len() - 1
            };
            let counted = &mut self.terms[slot].1;
            counted.list.push((number, count));
            if raw.is_empty() || !raw.bytes().all(|b| b.is_ascii_lowercase()) {
                continue;
            }
            match counted.raws.iter_mut().find(|(known, _)| *known == raw) {
                Some((_, pages)) => *pages += 1,
                None => counted.raws.push((raw, 1)),
            }
        }
    }
}

/// Field lengths of all pages, and their means.
struct Lengths<'a> {
    pages: &'a [[u32; COUNT]],
    means: [f64; COUNT],
}

impl<'a> Lengths<'a> {
    fn of(pages: &'a [[u32; COUNT]]) -> Self {
        let mut means = [1.0; COUNT];
        for (field, mean) in means.iter_mut().enumerate() {
            let lengths = || pages.iter().map(|page| f64::from(page[field]));
            // Pages that lack a field must not make it look short.
            let filled = lengths().filter(|&length| length > 0.0).map(|_| 1.0).sum::<f64>();
            if filled > 0.0 {
                *mean = lengths().sum::<f64>() / filled;
            }
        }
        Lengths { pages, means }
    }

    /// Counts, dampened by length, weighted, summed, saturated.
    fn impact(&self, page: u32, count: &Count) -> u8 {
        let lengths = &self.pages[page as usize];
        let mut sum = 0.0;
        for field in 0..COUNT {
            let relative = f64::from(lengths[field]) / self.means[field];
            let Field { weight, damping } = FIELDS[field];
            let damping = 1.0 - damping + damping * relative;
            if count[field] > 0 {
                sum += weight * f64::from(count[field]) / damping;
            }
        }
        let impact = f64::from(IMPACTS) * sum / (SATURATION + sum);
        // Between 0 and IMPACTS by construction.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
        let rounded = impact.round() as u8;
        rounded.clamp(1, IMPACTS)
    }
}
