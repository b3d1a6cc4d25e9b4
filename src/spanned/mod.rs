//! Keyed data with spans: YAML and TOML front matter, and `tier0.toml`.
//!
//! 1. [`yaml`] or [`toml`] turns text into [`Node`]s that remember where they stood.
//! 2. [`TableReader`] takes known keys out of a table, collects every problem, and hands back the rest.

pub(crate) mod reader;
pub(crate) mod toml;
pub(crate) mod yaml;

use std::ops::Range;

pub(crate) use reader::TableReader;

/// A value and the bytes it came from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    /// Byte range in the text that was parsed.
    pub span: Range<usize>,
    /// The value.
    pub value: Value,
}

/// What a writer can put behind a key.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// Nothing, or an explicit null.
    Null,
    /// A number, truth value, date or text, as it was written (`1.0` stays `1.0`).
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// A table; keys are unique.
    Table(Table),
}

/// Entries in the order they were written.
pub(crate) type Table = Vec<Entry>;

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    /// The key.
    pub key: String,
    /// Byte range of the key.
    pub key_span: Range<usize>,
    /// The value.
    pub node: Node,
}

/// Why a text did not parse.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum SyntaxError {
    /// The parser gave up here.
    Invalid {
        /// Byte offset in the text.
        at: usize,
        /// The parser's own words.
        detail: String,
    },
    /// A key stands twice in one table.
    Duplicate {
        /// Byte range of the second key.
        span: Range<usize>,
        /// The key.
        key: String,
    },
}
