//! The search index of one language, as it lies on the server. `docs/search-index.md` tells it file
//! by file; `schema.json` beside this file is its JSON Schema.

use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Readers refuse any other.
pub(crate) const FORMAT_VERSION: u32 = 3;
/// The only name that stays the same from build to build.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The number of different impacts.
pub(crate) const IMPACTS: u8 = 16;
/// Pages whose titles lie in one file.
pub(crate) const PAGES_PER_CHUNK: usize = 16;
/// Characters of a hash in a name: 36 bits.
pub(crate) const HASH: usize = 6;
/// Ends the key of a list that stands for all terms with one beginning.
pub(crate) const PREFIX_MARK: char = '*';

/// `manifest.json`.
#[derive(Serialize, Deserialize, Default)]
pub(crate) struct Manifest {
    /// [`FORMAT_VERSION`]
    pub format: u32,
    /// Language code.
    pub language: String,
    /// How many pages there are.
    pub pages: usize,
    /// Names of page kinds.
    pub kinds: Vec<String>,
    /// Where each shard begins: a text that is not above its first term and above all terms of
    /// the shards before it. Joined by commas.
    pub first: String,
    /// Hash of the folder of the shards; empty when they are here.
    pub terms: String,
    /// Hash of the folder of the document chunks.
    pub docs: String,
    /// Hash of `facets-….json`.
    pub facets: String,
    /// Hashes of the lists of words, by first letter.
    pub fuzzy: BTreeMap<String, String>,
    /// Hash of `variants-….json`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variants: Option<String>,
    /// Hash of `pinyin-….json`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pinyin: Option<String>,
    /// Pages that come first for a whole query, by its terms.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub promoted: BTreeMap<String, Vec<usize>>,
    /// The shards and chunks themselves, when they are small.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inline: Option<Inline>,
}

/// Shards and chunks of a small site: one request gets all.
#[derive(Serialize, Deserialize)]
pub(crate) struct Inline {
    /// In order.
    pub terms: Vec<TermShard>,
    /// In order.
    pub docs: Vec<DocChunk>,
}

/// `terms-HASH/N.json`: terms from one text to another.
#[derive(Serialize, Deserialize, Default)]
pub(crate) struct TermShard {
    /// Joined by commas, sorted by UTF-16 units, so that JavaScript can search them with `<`.
    pub terms: String,
    /// One list per term, see [`postings`](super::postings), joined by spaces; may be empty.
    pub lists: String,
    /// Lists of pages that have relatives of a term, by the number of the term.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub near: BTreeMap<usize, String>,
    /// How many pages have a term, where its list was cut.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub cut: BTreeMap<usize, usize>,
}

/// `docs-HASH/N.json`: what a list of results shows, for [`PAGES_PER_CHUNK`] pages.
#[derive(Serialize, Deserialize, Default)]
pub(crate) struct DocChunk {
    /// Url, title, number of the kind, number in `text`.
    pub docs: Vec<(String, String, usize, usize)>,
    /// Names of the text chunks that hold these pages: `N-HASH`.
    pub text: Vec<String>,
}

/// `text/N-HASH.json`: whole neighbouring pages.
#[derive(Serialize, Deserialize, Default)]
pub(crate) struct TextChunk {
    /// The number of the first page.
    pub first: usize,
    /// Anchor, heading and text of the sections of each page.
    pub pages: Vec<Vec<(String, String, String)>>,
}

/// `facets-HASH.json`: what results can be narrowed by, by column: `role`, `product`, `kind`,
/// `version`.
pub(crate) type Facets = BTreeMap<String, Column>;

/// A column of the facets.
#[derive(Serialize, Deserialize, Default)]
pub(crate) struct Column {
    /// Name and label.
    pub values: Vec<(String, String)>,
    /// Which values pages have together, as numbers in `values`.
    pub sets: Vec<Vec<usize>>,
    /// For each page a number in `sets`, in the code of [`dense`](super::dense).
    pub pages: String,
}

/// `fuzzy/LETTER-HASH.json`: words that begin with a letter, the most frequent first.
#[derive(Serialize, Deserialize, Default)]
pub(crate) struct Words {
    /// Joined by commas. Not stemmed.
    pub words: String,
}

/// `variants-HASH.json`: traditional characters, and at the same places simplified ones.
#[derive(Serialize, Deserialize, Default)]
pub(crate) struct Variants {
    /// Traditional.
    pub from: String,
    /// Simplified.
    pub to: String,
}

/// `pinyin-HASH.json`: Chinese words, the most frequent first, and how they are said.
#[derive(Serialize, Deserialize, Default)]
pub(crate) struct Pinyin {
    /// Joined by commas.
    pub words: String,
    /// One per word, joined by commas; syllables without tones, joined by spaces.
    pub pinyin: String,
}

/// The order of terms.
pub(crate) fn compare_terms(a: &str, b: &str) -> Ordering {
    // Only above U+FFFF do UTF-16 units order otherwise than characters.
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}
