//! `[search]`: words and pages that a site wants its search to know.

use std::ops::Range;

use crate::diagnostic::Code;
use crate::spanned::reader::TableReader;
use crate::spanned::{Node, Value};

/// `[search]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Search {
    /// Groups of words that mean the same on this site.
    pub synonyms: Vec<Vec<String>>,
    /// Whether the words that come with tier0 are used.
    pub thesaurus: bool,
    /// `[search.promoted]`: pages that come first for a query.
    pub promoted: Vec<Promoted>,
}

/// A page and the queries for which it comes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Promoted {
    /// The page's file, relative to the site folder or its content folder.
    pub page: String,
    /// Whole queries; case and spelling of letters do not matter.
    pub queries: Vec<String>,
    /// Where the page stands in the configuration.
    pub span: Range<usize>,
}

impl Promoted {
    /// Whether it is about the page at `path`, which lies in the content folder or in one of a
    /// language.
    pub(crate) fn is_for(&self, path: &str, content: &str) -> bool {
        let before = path.strip_suffix(self.page.as_str());
        before.is_some_and(|before| before.is_empty() || before.strip_suffix('/') == Some(content))
    }
}

impl Default for Search {
    fn default() -> Self {
        Search { synonyms: Vec::new(), thesaurus: true, promoted: Vec::new() }
    }
}

const COMMAS: [char; 3] = [',', '，', '、'];

/// Reads the table.
pub(crate) fn read(search: &mut Search, mut reader: TableReader<'_>) {
    let synonyms = reader.take("synonyms");
    if let Some(node) = synonyms {
        let groups = if let Value::List(items) = &node.value { items.as_slice() } else { &[] };
        let groups: Option<Vec<_>> = groups.iter().map(|item| words(&item.value)).collect();
        match groups.filter(|groups| groups.iter().all(|group| group.len() > 1)) {
            Some(groups) if !groups.is_empty() => search.synonyms = groups,
            _ => {
                let example = "synonyms = [\"KB, knowledge base, 知识库\"]";
                refuse(&mut reader, node, "synonyms", example);
            }
        }
    }
    if let Some(thesaurus) = reader.flag("thesaurus") {
        search.thesaurus = thesaurus;
    }
    let promoted = reader.table("promoted");
    for entry in promoted.into_iter().flatten() {
        match words(&entry.node.value) {
            Some(queries) => search.promoted.push(Promoted {
                page: entry.key.clone(),
                queries,
                span: reader.key_span(entry),
            }),
            None => refuse(
                &mut reader,
                &entry.node,
                &entry.key,
                "\"billing/refund.md\" = [\"refund\", \"退款\"]",
            ),
        }
    }
    reader.refuse_rest();
}

fn refuse(reader: &mut TableReader<'_>, node: &Node, key: &str, example: &'static str) {
    reader.report(Code::WrongType, reader.span(node), |diagnostic| {
        diagnostic
            .with("key", key)
            .with_both("expected", "a list of words", "词语列表")
            .with("example", example)
    });
}

/// A list of texts, or one text with commas.
fn words(value: &Value) -> Option<Vec<String>> {
    let part = |text: &str| text.trim().to_owned();
    match value {
        Value::Scalar(text) => {
            Some(text.split(COMMAS).map(part).filter(|part| !part.is_empty()).collect())
        }
        Value::List(items) => items
            .iter()
            .map(|item| match &item.value {
                Value::Scalar(text) => Some(part(text)),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}
