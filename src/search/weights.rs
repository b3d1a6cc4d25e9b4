//! Every weight of the ranking, and why it is what it is.
//!
//! Chosen on the development sets (`benches/search.md`) by class, never for single queries; most
//! may change by a third without any class changing by more than chance. `engine.js` has the same.

/// What one occurrence of a term in a field of a page is worth, when the index is written (BM25F,
/// Robertson and Zaragoza 2009: `sum / (SATURATION + sum)` over `weight * count / damping`).
pub(crate) mod field {
    /// A field: how much one occurrence counts, and how much a long field dampens it, from 0 (its
    /// length says nothing) to 1.
    pub(crate) struct Field {
        pub weight: f64,
        pub damping: f64,
    }

    const fn field(weight: f64, damping: f64) -> Field {
        Field { weight, damping }
    }

    pub(crate) const TITLE: usize = 0;
    pub(crate) const HEADING: usize = 1;
    pub(crate) const CODE: usize = 2;
    pub(crate) const KEYWORD: usize = 3;
    pub(crate) const BODY: usize = 4;
    pub(crate) const LINK: usize = 5;
    pub(crate) const CONTEXT: usize = 6;
    pub(crate) const PARTS: usize = 7;
    pub(crate) const COUNT: usize = 8;

    pub(crate) const FIELDS: [Field; COUNT] = [
        // The title is the question that a page answers, in the writer's words.
        field(4.0, 0.4),
        // A heading is that of a part of it.
        field(2.0, 0.3),
        // A code in front matter is named by somebody who knows that the page answers it.
        field(4.0, 0.0),
        // Keywords and tags are chosen, but can be many.
        field(3.0, 0.3),
        // Running text: long pages mention everything.
        field(1.0, 0.9),
        // Words that other writers use for the page.
        field(2.0, 0.5),
        // Names of sections and products say what a page is about, and of many others too.
        field(0.5, 0.3),
        // Parts of names in running text: `catalog_product_entity` speaks little of products.
        field(0.3, 0.9),
    ];

    /// Where further occurrences stop to matter (BM25's k1): high, so that pages about a word stand
    /// above pages that mention it.
    pub(crate) const SATURATION: f64 = 2.5;
}

/// How much of a term's impact its relatives keep.
pub(crate) mod relative {
    /// All of it.
    pub(crate) const SAME: u32 = 64;
    /// Forms of one word share its meaning nearly always.
    pub(crate) const FAMILY: u32 = 45;
    /// A thesaurus cannot know the site; but customers rarely know the site's words either.
    pub(crate) const THESAURUS: u32 = 50;
}

/// Weights of the words of a query, in sixteenths.
pub(crate) mod word {
    /// A word like any other.
    pub(crate) const WORD: u64 = 16;
    /// An error code found whole is what the question is about.
    pub(crate) const CODE: u64 = 48;
    /// A name found whole stands above its parts.
    pub(crate) const NAME: u64 = 32;
    /// A part of a name that was found whole.
    pub(crate) const PART: u64 = 6;
    /// A phrase that the thesaurus or the site knows says more than its words.
    pub(crate) const PHRASE: u64 = 32;
    /// One character of a run: its idf is low already, and words that mean the same share it.
    pub(crate) const CHARACTER: u64 = 16;
    /// Grammar decides only between pages that are otherwise alike.
    pub(crate) const FUNCTION: u64 = 2;
}

/// How sure it is that a term of the index is meant, in sixteenths.
pub(crate) mod certainty {
    /// The word itself.
    pub(crate) const EXACT: u64 = 16;
    /// A longer word, when the typed letters are a word already.
    pub(crate) const LONGER: u64 = 6;
    /// A longer word, when they are none.
    pub(crate) const CONTINUED: u64 = 14;
    /// No slip, one slip, two slips.
    pub(crate) const MISSPELT: [u64; 3] = [16, 12, 8];
}

/// How the sum of a page's words is raised: by shares of the query, in [`WHOLE`](page::WHOLE) parts.
pub(crate) mod page {
    /// Parts of a share.
    pub(crate) const WHOLE: u64 = 64;
    /// For the share that the page has: of two words both, not one of them twice.
    pub(crate) const COVERAGE: u64 = 2;
    /// For the eighth power of that share: a page with all of it is what was pasted or remembered;
    /// of a question in one's own words no page has all, and none is raised.
    pub(crate) const COMPLETE: u64 = 8;
    /// For the share that the title has.
    pub(crate) const TITLE: u64 = 1;
    /// For its eighth power: somebody types a title that they know.
    pub(crate) const TITLED: u64 = 6;
    /// Above every score that words can make.
    pub(crate) const PROMOTED: u64 = 1 << 52;
    /// A page with less than one in so many of the highest score is noise at the end of a list.
    pub(crate) const FAINT: u64 = 10;
    /// The share a page must have when the query names a code that no page has: "error E4711" is
    /// not answered by every page with an error.
    pub(crate) const WITHOUT_CODE: u64 = 16;
    /// A page with a smaller share is hardly an answer. On the development sets this marks two in
    /// five of the questions that nothing answers, and of those whose answer is on top one in nine in
    /// English and one in four in Chinese.
    pub(crate) const WEAK: u64 = 22;
    /// For that, of pairs of unspaced script only one in so many is expected: most that a question
    /// has and a page has not reach over two words.
    pub(crate) const EXPECTED_PAIRS: u64 = 3;
}
