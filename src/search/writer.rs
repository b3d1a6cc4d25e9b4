//! Entries into an index file.
//!
//! 1. [`count_page`], in parallel: how often each term stands in each field of
//!    a page, and in which section it weighs most.
//! 2. [`Collector`]: pages in their order, one list per term.
//! 3. [`Lengths::impact`]: BM25F, field counts into one small number.
//! 4. Terms sorted, lists encoded, JSON.

use super::Entry;
use super::dense;
use super::format::{FORMAT_VERSION, File, IMPACTS, PageRow, compare_terms};
use super::function_words::is_function_word;
use super::tokenizer::{Field, tokenize};
use rayon::prelude::*;
use std::collections::HashMap;

/// Pages that are counted before their counts are merged: bounds the memory.
const BATCH: usize = 256;

const FIELDS: usize = 5;
const TITLE: usize = 0;
const HEADING: usize = 1;
const CODE: usize = 2;
const KEYWORD: usize = 3;
const BODY: usize = 4;

/// How much one occurrence counts, and how much a long field dampens it.
/// Titles and headings are short by nature; their length says little.
const WEIGHT: [f64; FIELDS] = [4.0, 2.0, 4.0, 3.0, 1.0];
const DAMPING: [f64; FIELDS] = [0.4, 0.3, 0.0, 0.3, 0.75];
/// Where further occurrences stop to matter (BM25's k1).
const SATURATION: f64 = 1.6;

/// A summary longer than this many columns (a Han character takes two) does
/// not fit its place in a list of results.
const SUMMARY_COLUMNS: usize = 160;

/// Writes the index of one language. `roles` are names and labels of those that readers may
/// filter by; an edition for one kind of reader has none.
pub fn write_index(language: &str, roles: &[(String, String)], entries: &[Entry]) -> Vec<u8> {
    let mut collector = Collector::default();
    for batch in entries.chunks(BATCH) {
        let counted: Vec<PageCounts> = batch.par_iter().map(count_page).collect();
        for page in counted {
            collector.add(page);
        }
    }
    let lengths = Lengths::of(&collector.lengths);
    let mut terms = collector.terms;
    terms.par_sort_unstable_by(|a, b| compare_terms(&a.0, &b.0));
    let lists: Vec<String> = terms.par_iter().map(|(_, list)| lengths.encode(list)).collect();
    let names: Vec<String> = terms.into_iter().map(|(term, _)| term).collect();
    let mut kinds = Vec::new();
    let pages = entries.iter().map(|entry| page_row(entry, &mut kinds)).collect();
    let file = File {
        format: FORMAT_VERSION,
        language: language.to_owned(),
        kinds,
        roles: roles.to_vec(),
        readers: readers(roles, entries),
        pages,
        terms: names.join(" "),
        postings: lists.join(" "),
    };
    // Strings and numbers only: serialization has nothing to fail on.
    serde_json::to_vec(&file).unwrap_or_default()
}

/// The roles that read each page, as bits.
fn readers(roles: &[(String, String)], entries: &[Entry]) -> Vec<u32> {
    if roles.is_empty() {
        return Vec::new();
    }
    // Thirty-two roles are more than any support chain has; those behind cannot be filtered by.
    let bit = |role: &String| roles.iter().take(32).position(|(name, _)| name == role);
    let bits =
        |entry: &Entry| entry.roles.iter().filter_map(bit).fold(0, |bits, bit| bits | 1 << bit);
    entries.iter().map(bits).collect()
}

fn page_row(entry: &Entry, kinds: &mut Vec<String>) -> PageRow {
    let kind = kinds.iter().position(|kind| kind == entry.kind).unwrap_or_else(|| {
        kinds.push(entry.kind.to_owned());
        kinds.len() - 1
    });
    let mut sections = Vec::with_capacity(entry.sections.len() * 2);
    for section in entry.sections {
        sections.push(section.anchor.clone().unwrap_or_default());
        sections.push(section.heading.clone());
    }
    let kind = u32::try_from(kind).unwrap_or(0);
    PageRow(entry.url.to_owned(), entry.title.to_owned(), kind, shorten(entry.summary), sections)
}

fn shorten(summary: &str) -> String {
    let mut columns = 0;
    for (at, c) in summary.char_indices() {
        columns += if c < '\u{1100}' { 1 } else { 2 };
        if columns > SUMMARY_COLUMNS {
            return summary[..at].trim_end().to_owned() + "…";
        }
    }
    summary.to_owned()
}

/// What one page says about one term.
#[derive(Clone, Copy, Default)]
struct Count {
    fields: [u16; FIELDS],
    /// The best place so far and its weight; the place being read and its weight.
    place: u16,
    best: u16,
    current: u16,
    weight: u16,
}

struct PageCounts {
    terms: Vec<(String, Count)>,
    lengths: [u32; FIELDS],
}

/// Counts the terms of one page, in the order in which they first occur.
struct PageCounter {
    numbers: HashMap<String, usize>,
    page: PageCounts,
}

fn count_page(entry: &Entry) -> PageCounts {
    let page = PageCounts { terms: Vec::new(), lengths: [0; FIELDS] };
    let mut counter = PageCounter { numbers: HashMap::new(), page };
    counter.read(entry.title, TITLE, 0);
    for code in entry.codes {
        counter.read(code, CODE, 1);
    }
    for keyword in entry.keywords.iter().chain(entry.tags) {
        counter.read(keyword, KEYWORD, 1);
    }
    counter.read(entry.summary, BODY, 1);
    for (number, section) in entry.sections.iter().enumerate() {
        let place = u16::try_from(number + 1).unwrap_or(u16::MAX);
        counter.read(&section.heading, HEADING, place);
        counter.read(&section.text, BODY, place);
    }
    counter.page
}

impl PageCounter {
    fn read(&mut self, text: &str, field: usize, place: u16) {
        let mode = if field == TITLE { Field::Title } else { Field::Body };
        for token in tokenize(text, mode) {
            self.page.lengths[field] += 1;
            // In running text these stand everywhere and would be a fifth of the file.
            if field == BODY && is_function_word(&token.raw) {
                continue;
            }
            let number = if let Some(&number) = self.numbers.get(&token.term) {
                number
            } else {
                self.numbers.insert(token.term.clone(), self.page.terms.len());
                self.page.terms.push((token.term, Count::default()));
                self.page.terms.len() - 1
            };
            self.page.terms[number].1.add(field, place);
        }
    }
}

impl Count {
    fn add(&mut self, field: usize, place: u16) {
        self.fields[field] = self.fields[field].saturating_add(1);
        if self.current != place {
            self.current = place;
            self.weight = 0;
        }
        let weight = if field == BODY { 1 } else { 4 };
        self.weight = self.weight.saturating_add(weight);
        // A term of the title says nothing about the section to show.
        if self.weight > self.best && self.fields[TITLE] == 0 {
            self.best = self.weight;
            self.place = place;
        }
    }
}

/// All pages so far: lists of (page, count) per term.
#[derive(Default)]
struct Collector {
    numbers: HashMap<String, usize>,
    terms: Vec<(String, Vec<(u32, Count)>)>,
    lengths: Vec<[u32; FIELDS]>,
}

impl Collector {
    fn add(&mut self, page: PageCounts) {
        let number = u32::try_from(self.lengths.len()).unwrap_or(u32::MAX);
        self.lengths.push(page.lengths);
        for (term, count) in page.terms {
            let slot = if let Some(&slot) = self.numbers.get(&term) {
                slot
            } else {
                self.numbers.insert(term.clone(), self.terms.len());
                self.terms.push((term, Vec::new()));
                self.terms.len() - 1
            };
            self.terms[slot].1.push((number, count));
        }
    }
}

/// Field lengths of all pages, and their means.
struct Lengths<'a> {
    pages: &'a [[u32; FIELDS]],
    means: [f64; FIELDS],
}

impl<'a> Lengths<'a> {
    fn of(pages: &'a [[u32; FIELDS]]) -> Self {
        let mut means = [1.0; FIELDS];
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

    /// BM25F: counts, dampened by length, weighted, summed, saturated.
    fn impact(&self, page: u32, count: &Count) -> u32 {
        let lengths = &self.pages[page as usize];
        let mut sum = 0.0;
        for field in 0..FIELDS {
            let relative = f64::from(lengths[field]) / self.means[field];
            let damping = 1.0 - DAMPING[field] + DAMPING[field] * relative;
            if count.fields[field] > 0 {
                sum += WEIGHT[field] * f64::from(count.fields[field]) / damping;
            }
        }
        let impact = f64::from(IMPACTS) * sum / (SATURATION + sum);
        // Between 0 and IMPACTS by construction.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
        let rounded = impact.round() as u32;
        rounded.clamp(1, IMPACTS)
    }

    fn encode(&self, list: &[(u32, Count)]) -> String {
        let mut out = String::with_capacity(list.len() * 3);
        let mut next = 0;
        for (page, count) in list {
            dense::encode(page - next, &mut out);
            next = page + 1;
            let impact = self.impact(*page, count) - 1;
            dense::encode(u32::from(count.place) * IMPACTS + impact, &mut out);
        }
        out
    }
}
