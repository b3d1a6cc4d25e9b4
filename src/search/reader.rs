//! An index file opened: terms looked up, posting lists decoded.

use super::dense;
use super::format::{FORMAT_VERSION, File, IMPACTS, PageRow, Posting, compare_terms};
use serde::Deserialize;
use std::fmt;

/// Why a file is no index that can be searched.
#[derive(Debug)]
pub enum ReadError {
    /// Not JSON, or not of the expected shape.
    Malformed(String),
    /// Written by a tier0 with another format.
    OtherFormat(u32),
    /// Its terms and its posting lists do not belong together.
    Inconsistent,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Malformed(why) => write!(f, "not a search index: {why}"),
            Self::OtherFormat(found) => {
                write!(f, "search index format {found}, expected {FORMAT_VERSION}")
            }
            Self::Inconsistent => f.write_str("damaged search index: terms without postings"),
        }
    }
}

impl std::error::Error for ReadError {}

/// A search index in memory.
pub struct Index {
    pub(super) pages: Vec<PageRow>,
    pub(super) kinds: Vec<String>,
    roles: Vec<(String, String)>,
    readers: Vec<u32>,
    terms: Vec<String>,
    postings: Vec<String>,
}

impl Index {
    /// Opens an index file.
    pub fn read(bytes: &[u8]) -> Result<Self, ReadError> {
        /// Another format may differ in everything but this.
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        let malformed = |error: serde_json::Error| ReadError::Malformed(error.to_string());
        let version: Version = serde_json::from_slice(bytes).map_err(malformed)?;
        if version.format != FORMAT_VERSION {
            return Err(ReadError::OtherFormat(version.format));
        }
        let file: File = serde_json::from_slice(bytes).map_err(malformed)?;
        let split = |joined: &str| -> Vec<String> {
            joined.split(' ').filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let (terms, postings) = (split(&file.terms), split(&file.postings));
        if terms.len() != postings.len() {
            return Err(ReadError::Inconsistent);
        }
        if !file.readers.is_empty() && file.readers.len() != file.pages.len() {
            return Err(ReadError::Inconsistent);
        }
        let (pages, kinds) = (file.pages, file.kinds);
        Ok(Self { pages, kinds, roles: file.roles, readers: file.readers, terms, postings })
    }

    /// Whether a role reads a page. Where the index knows no roles everybody reads everything; a
    /// role that it does not know reads nothing.
    pub(super) fn is_read_by(&self, page: usize, role: Option<&str>) -> bool {
        let Some(role) = role.filter(|_| !self.roles.is_empty()) else { return true };
        let bit = self.roles.iter().position(|(name, _)| name == role);
        bit.is_some_and(|bit| {
            self.readers.get(page).is_some_and(|readers| readers & (1 << bit) != 0)
        })
    }

    /// The number of `term`, if the index has it.
    pub(super) fn find(&self, term: &str) -> Option<usize> {
        self.terms.binary_search_by(|probe| compare_terms(probe, term)).ok()
    }

    /// The numbers of all terms that begin with `prefix`.
    pub(super) fn starting_with(&self, prefix: &str) -> std::ops::Range<usize> {
        let start = self.terms.partition_point(|term| compare_terms(term, prefix).is_lt());
        let count = self.terms[start..].partition_point(|term| term.starts_with(prefix));
        start..start + count
    }

    pub(super) fn terms(&self) -> &[String] {
        &self.terms
    }

    /// How long the posting list of a term is when written down: nearly the
    /// number of its pages, without decoding it.
    pub(super) fn list_length(&self, term: usize) -> usize {
        self.postings[term].len()
    }

    /// The pages of a term. A damaged list is cut where the damage begins.
    pub(super) fn postings(&self, term: usize) -> Vec<Posting> {
        let numbers = dense::decode(&self.postings[term]).unwrap_or_default();
        let mut next: u32 = 0;
        let mut postings = Vec::with_capacity(numbers.len() / 2);
        for pair in numbers.chunks_exact(2) {
            let Some(page) = next.checked_add(pair[0]) else {
                break;
            };
            if page as usize >= self.pages.len() {
                break;
            }
            next = page + 1;
            let (place, impact) = (pair[1] / IMPACTS, pair[1] % IMPACTS + 1);
            postings.push(Posting { page, place, impact });
        }
        postings
    }
}
