//! Search: an index per language, and its reader for `tier0 search`.
//! The browser's reader, `themes/default/assets/js/search/`, follows the same
//! steps and gives the same answers in the same order.
//!
//! - [`weights`]: all numbers of the ranking
//!
//! Text to terms:
//! - [`fold`]: one form for all spellings of a letter
//! - [`tokenizer`]: words, pairs of Chinese characters
//! - [`codes`]: names and codes, whole and in parts
//! - [`stem`]: English endings
//! - [`function_words`]: what carries no meaning
//!
//! - [`simplify`]: traditional Chinese characters
//!
//! Entries to files:
//! - [`writer`]: counts, BM25F impacts, shards, chunks, facets
//! - [`format`](mod@format): the files; [`postings`]: lists in them; [`dense`]: numbers in those
//! - [`relations`]: synonyms, and pages that have relatives of a term
//!
//! Query to hits:
//! - [`query`]: words of a query
//! - [`reader`]: files read when they are needed, terms looked up
//! - [`candidates`]: terms that a word may mean: itself, continued, misspelt
//! - [`ranking`]: pages scored
//! - [`excerpt`]: the best section of each, and its best piece

mod candidates;
mod codes;
mod dense;
mod distance;
mod excerpt;
mod fold;
mod format;
mod function_words;
mod postings;
mod query;
mod ranking;
mod reader;
mod relations;
mod simplify;
mod stem;
mod tokenizer;
mod weights;
mod writer;

pub(crate) use crate::document::Section;
pub(crate) use format::MANIFEST;
pub(crate) use ranking::Options;
pub(crate) use reader::{Index, Problem, ReadError};
pub(crate) use relations::Vocabulary;
pub(crate) use writer::{File, Labels, write_index};

#[cfg(test)]
mod tests;

/// A page to be found. The order of entries breaks ties between results.
pub(crate) struct Entry<'a> {
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
    /// Words of links that lead to it from other pages.
    pub links: &'a [&'a str],
    /// Names of the sections it lies in and of its products.
    pub context: &'a [&'a str],
    /// Whole queries for which it comes first.
    pub promoted: &'a [String],
    /// Labels of its tags.
    pub tags: &'a [String],
    /// Names of the roles that read it.
    pub roles: &'a [String],
    /// Names of the products it is about.
    pub products: &'a [String],
    /// The versions it is about, of those in the labels.
    pub versions: &'a [&'a str],
    /// Its text, in order.
    pub sections: &'a [Section],
}

/// One result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
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
    /// Where the words of the query stand together.
    pub excerpt: String,
    /// Comparable within one query only.
    pub score: u64,
    /// It has too little of the query to be called an answer.
    pub weak: bool,
}
