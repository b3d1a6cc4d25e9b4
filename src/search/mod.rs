//! Search: an index file per language, and its reader for `tier0 search`.
//! The browser's reader, `themes/default/assets/js/search/`, follows the same
//! steps and gives the same answers in the same order.
//!
//! Text to terms:
//! - [`fold`]: one form for all spellings of a letter
//! - [`tokenizer`]: words, pairs of Chinese characters
//! - [`codes`]: names and codes, whole and in parts
//! - [`stem`]: English endings
//! - [`function_words`]: what carries no meaning
//!
//! Entries to bytes:
//! - [`writer`]: counts, BM25F impacts
//! - [`format`]: the file; [`dense`]: numbers in it
//!
//! Query to hits:
//! - [`query`]: words of a query
//! - [`reader`]: the file opened, terms looked up
//! - [`candidates`]: terms that a word may mean: itself, continued, misspelt
//! - [`ranking`]: pages scored, the best section of each

mod candidates;
mod codes;
mod dense;
mod distance;
mod fold;
mod format;
mod function_words;
mod query;
mod ranking;
mod reader;
mod stem;
mod tokenizer;
mod writer;

pub use crate::markdown::Section;
pub use format::FORMAT_VERSION;
pub use reader::{Index, ReadError};
pub use writer::write_index;

#[cfg(test)]
mod tests;

/// A page to be found. The order of entries breaks ties between results.
pub struct Entry<'a> {
    /// Relative to the root of the site.
    pub url: &'a str,
    /// Plain text.
    pub title: &'a str,
    /// `article`, `faq` …
    pub kind: &'a str,
    /// The description, or how the text begins.
    pub summary: &'a str,
    /// Other words people use for it.
    pub keywords: &'a [String],
    /// Error codes it answers.
    pub codes: &'a [String],
    /// Labels of its tags.
    pub tags: &'a [String],
    /// Names of the roles that read it.
    pub roles: &'a [String],
    /// Its text, in order.
    pub sections: &'a [Section],
}

/// One result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Relative to the root of the site.
    pub url: String,
    /// Plain text.
    pub title: String,
    /// `article`, `faq` …
    pub kind: String,
    /// The section that answers best, unless the page as a whole does.
    pub anchor: Option<String>,
    /// The heading of that section.
    pub heading: Option<String>,
    /// Some words about the page.
    pub summary: String,
    /// Comparable within one query only.
    pub score: u64,
}
