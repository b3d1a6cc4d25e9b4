//! `[search]`: words and pages that a site wants its search to know.

use std::ops::Range;

use crate::diagnostic::Code;
use crate::spanned::reader::Reader;
use crate::spanned::{Table, Value};

/// `[search]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// Groups of words that mean the same on this site.
    pub synonyms: Vec<Vec<String>>,
    /// Whether the words that come with tier0 are used.
    pub thesaurus: bool,
    /// `[search.promoted]`: pages that come first for a query.
    pub promoted: Vec<Promoted>,
}

/// A page and the queries for which it comes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promoted {
    /// The page's file, relative to the site folder or its content folder.
    pub page: String,
    /// Whole queries; case and spelling of letters do not matter.
    pub queries: Vec<String>,
    /// Where the page stands in the configuration.
    pub span: Range<usize>,
}

impl Default for Search {
    fn default() -> Self {
        Search { synonyms: Vec::new(), thesaurus: true, promoted: Vec::new() }
    }
}

const COMMAS: [char; 3] = [',', '，', '、'];

pub fn read(search: &mut Search, mut reader: Reader<'_>) {
    for group in reader.texts("synonyms").unwrap_or_default() {
        let words: Vec<String> = parts(&group.text);
        if words.len() > 1 {
            search.synonyms.push(words);
        } else {
            reader.report(Code::InvalidValue, group.span, |diagnostic| {
                diagnostic
                    .with("key", "synonyms")
                    .with("value", &group.text)
                    .with("allowed", "[\"KB, knowledge base, 知识库\"]")
            });
        }
    }
    if let Some(thesaurus) = reader.flag("thesaurus") {
        search.thesaurus = thesaurus;
    }
    if let Some(table) = reader.table("promoted") {
        read_promoted(search, &mut reader, table);
    }
    reader.refuse_rest();
}

fn read_promoted(search: &mut Search, reader: &mut Reader<'_>, table: &Table) {
    for entry in table {
        let queries = match &entry.node.value {
            Value::Scalar(text) => Some(parts(text)),
            Value::List(items) => items
                .iter()
                .map(|item| match &item.value {
                    Value::Scalar(text) => Some(text.trim().to_owned()),
                    _ => None,
                })
                .collect(),
            _ => None,
        };
        let Some(queries) = queries else {
            reader.report(Code::WrongType, entry.node.span.clone(), |diagnostic| {
                diagnostic
                    .with("key", &entry.key)
                    .with_both("expected", "a list of queries", "搜索词列表")
                    .with("example", "\"billing/refund.md\" = [\"refund\", \"退款\"]")
            });
            continue;
        };
        let span = reader.key_span(entry);
        search.promoted.push(Promoted { page: entry.key.clone(), queries, span });
    }
}

fn parts(text: &str) -> Vec<String> {
    text.split(COMMAS).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
