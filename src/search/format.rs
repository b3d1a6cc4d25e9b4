//! The search index of one language, as it lies on the server: one JSON file.
//!
//! ```json
//! {
//!   "format": 1,
//!   "language": "en",
//!   "kinds": ["article", "faq"],
//!   "pages": [["guides/reset/", "Reset the router", 0, "How to …", ["", "", "by-app", "By app"]]],
//!   "terms": "app reset router",
//!   "postings": "!J !- !-"
//! }
//! ```
//!
//! - `pages`: url, title, number of its kind, summary, and anchor and heading
//!   of each section in turn (both empty for the text before the first heading).
//! - `terms`: all terms, joined by spaces, sorted by UTF-16 code units, so that
//!   JavaScript can search them with `<`.
//! - `postings`: one list per term, in the same order, joined by spaces. A list
//!   is pairs of numbers in the code of [`dense`](super::dense): the distance
//!   from the page before (the first counts from -1) less one, then
//!   `place * IMPACTS + impact - 1`. The place says where on the page the term
//!   weighs most: 0 is the title, n is section n - 1. Impacts, 1 to
//!   [`IMPACTS`], are BM25F weights computed by the writer, so that readers
//!   need no lengths and no averages.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// Readers refuse any other.
pub const FORMAT_VERSION: u32 = 1;
/// The number of different impacts.
pub const IMPACTS: u32 = 16;

/// The file as a value.
#[derive(Serialize, Deserialize)]
pub struct File {
    /// [`FORMAT_VERSION`]
    pub format: u32,
    /// Language code.
    pub language: String,
    /// Names of page kinds.
    pub kinds: Vec<String>,
    /// Name and label of each role; only in editions for several roles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<(String, String)>,
    /// For each page, the roles that read it, as bits in the order of `roles`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readers: Vec<u32>,
    /// In the order of the entries; that order also breaks ties.
    pub pages: Vec<PageRow>,
    /// See the module documentation.
    pub terms: String,
    /// See the module documentation.
    pub postings: String,
}

/// Url, title, kind, summary, anchors and headings.
#[derive(Serialize, Deserialize)]
pub struct PageRow(pub String, pub String, pub u32, pub String, pub Vec<String>);

/// One page in the list of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Number of the page.
    pub page: u32,
    /// 0 for the title, n for section n - 1.
    pub place: u32,
    /// 1 to [`IMPACTS`].
    pub impact: u32,
}

/// The order of `terms`.
pub fn compare_terms(a: &str, b: &str) -> Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}
