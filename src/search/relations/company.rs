//! Words that keep company on the pages of a site: where one stands, the other tends to.
//!
//! The measure is the cosine of the two terms' impacts over the pages. It knows this site's own
//! vocabulary, which no dictionary does: `cron` and `job`, `cart` and `checkout`.

use super::{SAME, Term};
use std::cell::RefCell;

/// A term on fewer pages has met its company by chance.
const FEWEST_PAGES: usize = 3;
/// Pages that are looked at, evenly chosen: further ones change little and cost much.
const SAMPLE: usize = 2_000;
/// Relatives of one term.
const MOST_RELATIVES: usize = 10;
/// Below this cosine, in hundredths, company says little.
const LEAST: f64 = 0.15;

/// Who meets whom.
pub struct Company {
    /// For each page of the sample its terms, as places in `kept`, and their impacts.
    rows: Vec<Vec<(u32, u32)>>,
    /// Numbers of the terms that take part, ascending.
    kept: Vec<usize>,
    /// For each of these the pages of the sample that have it, and its length as a vector.
    columns: Vec<Vec<(u32, u32)>>,
    lengths: Vec<f64>,
}

impl Company {
    /// Prepares the vectors of plain words, and pairs of characters, on `pages` pages.
    pub fn of(terms: &[Term], pages: usize) -> Self {
        let step = pages.div_ceil(SAMPLE).max(1);
        let mut rows = vec![Vec::new(); pages.div_ceil(step)];
        let (mut kept, mut columns, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
        for (number, Term { term, list: postings, .. }) in terms.iter().enumerate() {
            if !is_plain(term) || postings.len() < FEWEST_PAGES || postings.len() * 2 > pages {
                continue;
            }
            let sampled = postings.iter().filter(|posting| posting.page as usize % step == 0);
            let row = |page: u32| page / u32::try_from(step).unwrap_or(1);
            let column: Vec<(u32, u32)> = sampled
                .map(|posting| (row(posting.page), u32::from(posting.impact())))
                .collect();
            if column.len() < FEWEST_PAGES {
                continue;
            }
            let place = u32::try_from(kept.len()).unwrap_or(u32::MAX);
            for &(row, impact) in &column {
                rows[row as usize].push((place, impact));
            }
            let squares: u32 = column.iter().map(|(_, impact)| impact * impact).sum();
            kept.push(number);
            lengths.push(f64::from(squares).sqrt());
            columns.push(column);
        }
        Company { rows, kept, columns, lengths }
    }

    /// Terms that keep company with this one, and how much, of [`SAME`].
    pub fn of_term(&self, number: usize) -> Vec<(usize, u32)> {
        thread_local! {
            /// Products with all other terms; zero between calls.
            static PRODUCTS: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
        }
        let Ok(place) = self.kept.binary_search(&number) else { return Vec::new() };
        PRODUCTS.with_borrow_mut(|products| {
            products.resize(self.kept.len().max(products.len()), 0);
            let mut met = Vec::new();
            for &(row, impact) in &self.columns[place] {
                for &(other, theirs) in &self.rows[row as usize] {
                    let product = &mut products[other as usize];
                    if *product == 0 {
                        met.push(other as usize);
                    }
                    *product += impact * theirs;
                }
            }
            let mut close: Vec<(f64, usize)> = Vec::new();
            for other in met {
                let product = f64::from(std::mem::take(&mut products[other]));
                let cosine = product / (self.lengths[place] * self.lengths[other]);
                if other != place && cosine >= LEAST {
                    close.push((cosine, other));
                }
            }
            close.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            close.truncate(MOST_RELATIVES);
            // Between 0 and 1.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "see above")]
            let part = |cosine: f64| (cosine * f64::from(SAME)).round() as u32;
            close.into_iter().map(|(cosine, other)| (self.kept[other], part(cosine))).collect()
        })
    }
}

/// Words and pairs; names and codes keep their meaning to themselves, and a single character has
/// none.
fn is_plain(term: &str) -> bool {
    term.chars().nth(1).is_some()
        && term.chars().all(|c| c.is_alphabetic())
}
