//! Takes known keys out of a table and collects every problem on the way.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::{Entry, Node, Table, Value};
use crate::diagnostic::{Code, Diagnostic};

/// A text in one language for all, or one per language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Localized {
    /// Used where a language has no text of its own.
    pub fallback: String,
    /// Texts by language code.
    pub by_language: BTreeMap<String, String>,
}

impl Localized {
    /// The same text in every language.
    pub fn same(text: impl Into<String>) -> Self {
        Localized { fallback: text.into(), by_language: BTreeMap::new() }
    }

    /// The text for a language.
    pub fn get(&self, language: &str) -> &str {
        self.by_language.get(language).unwrap_or(&self.fallback)
    }
}

/// Reads one table. Keys that were taken are known; the rest can be handed back.
pub(crate) struct TableReader<'a> {
    path: &'a Arc<str>,
    /// Added to every span: the table's text may begin inside a file.
    offset: usize,
    entries: Vec<&'a Entry>,
    asked: Vec<&'static str>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> TableReader<'a> {
    /// Begins to read a table that stands `offset` bytes into the file `path`.
    pub(crate) fn new(
        table: &'a Table,
        path: &'a Arc<str>,
        offset: usize,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        TableReader {
            path,
            offset,
            entries: table.iter().collect(),
            asked: Vec::new(),
            diagnostics,
        }
    }

    /// Takes the value of a key.
    pub(crate) fn take(&mut self, key: &'static str) -> Option<&'a Node> {
        self.asked.push(key);
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        let node = &self.entries.remove(at).node;
        (node.value != Value::Null).then_some(node)
    }

    /// The entry of a key that nobody took yet.
    pub(crate) fn peek(&self, key: &str) -> Option<&'a Entry> {
        self.entries.iter().copied().find(|entry| entry.key == key)
    }

    /// Takes a scalar and its span in the file.
    pub(crate) fn text(&mut self, key: &'static str) -> Option<Spanned> {
        let node = self.take(key)?;
        match &node.value {
            Value::Scalar(text) => {
                Some(Spanned { text: text.trim().to_owned(), span: self.span(node) })
            }
            _ => self.wrong(key, node, ("a text", "文字"), "text"),
        }
    }

    /// Takes a truth value: `true` or `false`, also with capitals as YAML allows.
    pub(crate) fn flag(&mut self, key: &'static str) -> Option<bool> {
        let node = self.take(key)?;
        match &node.value {
            Value::Scalar(text) if matches!(text.as_str(), "true" | "True" | "TRUE") => Some(true),
            Value::Scalar(text) if matches!(text.as_str(), "false" | "False" | "FALSE") => {
                Some(false)
            }
            _ => self.wrong(key, node, ("true or false", " true 或 false"), "true"),
        }
    }

    /// Takes a whole number.
    pub(crate) fn number(&mut self, key: &'static str) -> Option<i64> {
        let node = self.take(key)?;
        match &node.value {
            Value::Scalar(text) if text.parse::<i64>().is_ok() => text.parse().ok(),
            _ => self.wrong(key, node, ("a whole number", "整数"), "10"),
        }
    }

    /// Takes a whole number that is not below zero.
    pub(crate) fn count(&mut self, key: &'static str) -> Option<u32> {
        let node = self.take(key)?;
        match &node.value {
            Value::Scalar(text) if text.parse::<u32>().is_ok() => text.parse().ok(),
            _ => self.wrong(key, node, ("a whole number from 0", "不小于 0 的整数"), "10"),
        }
    }

    /// Takes a list of texts, written as a list, as one scalar, or separated by commas
    /// (also Chinese ones: `，` and `、`).
    pub(crate) fn texts(&mut self, key: &'static str) -> Option<Vec<Spanned>> {
        let node = self.take(key)?;
        let mut texts = Vec::new();
        match &node.value {
            Value::Scalar(text) => {
                let span = self.span(node);
                texts.extend(
                    text.split([',', '，', '、'])
                        .map(str::trim)
                        .filter(|part| !part.is_empty())
                        .map(|part| Spanned { text: part.to_owned(), span: span.clone() }),
                );
            }
            Value::List(items) => {
                for item in items {
                    match &item.value {
                        Value::Scalar(text) => {
                            texts.push(Spanned {
                                text: text.trim().to_owned(),
                                span: self.span(item),
                            });
                        }
                        Value::Null => {}
                        _ => {
                            return self.wrong(
                                key,
                                item,
                                ("a list of texts", "文字列表"),
                                "[a, b]",
                            );
                        }
                    }
                }
            }
            _ => return self.wrong(key, node, ("a list of texts", "文字列表"), "[a, b]"),
        }
        Some(texts)
    }

    /// Takes a text, or a table of texts by language.
    pub(crate) fn localized(&mut self, key: &'static str) -> Option<Localized> {
        let node = self.take(key)?;
        match &node.value {
            Value::Scalar(text) => Some(Localized::same(text.trim())),
            Value::Table(table) => {
                let mut by_language = BTreeMap::new();
                for entry in table {
                    let Value::Scalar(text) = &entry.node.value else {
                        return self.wrong(key, &entry.node, ("a text", "文字"), "text");
                    };
                    by_language.insert(entry.key.clone(), text.trim().to_owned());
                }
                let first = table.first().and_then(|entry| by_language.get(&entry.key)).cloned();
                Some(Localized { fallback: first.unwrap_or_default(), by_language })
            }
            _ => self.wrong(
                key,
                node,
                ("a text, or one per language", "文字，或每种语言各一个"),
                "{ en = \"Help\", zh = \"帮助\" }",
            ),
        }
    }

    /// Takes a table.
    pub(crate) fn table(&mut self, key: &'static str) -> Option<&'a Table> {
        let node = self.take(key)?;
        match &node.value {
            Value::Table(table) => Some(table),
            _ => self.wrong(key, node, ("a table", "表"), "[section]"),
        }
    }

    /// Adds a diagnostic at a span of the file; `fill` completes it.
    pub(crate) fn report(
        &mut self,
        code: Code,
        span: Range<usize>,
        fill: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        self.diagnostics.push(fill(Diagnostic::at(code, self.path, span)));
    }

    /// A reader for a table inside this one; both report to the same place.
    pub(crate) fn inner<'b>(&'b mut self, table: &'b Table) -> TableReader<'b> {
        TableReader::new(table, self.path, self.offset, self.diagnostics)
    }

    /// The entries nobody asked for.
    pub(crate) fn rest(&self) -> &[&'a Entry] {
        &self.entries
    }

    /// The span of a rest entry's key in the file.
    pub(crate) fn key_span(&self, entry: &Entry) -> Range<usize> {
        entry.key_span.start + self.offset..entry.key_span.end + self.offset
    }

    /// The span of a node in the file.
    pub(crate) fn span(&self, node: &Node) -> Range<usize> {
        node.span.start + self.offset..node.span.end + self.offset
    }

    /// Makes every key that nobody asked for an error; for tables whose keys are all ours.
    pub(crate) fn refuse_rest(mut self) {
        let allowed = self.asked.join(", ");
        for entry in std::mem::take(&mut self.entries) {
            let span = self.key_span(entry);
            let diagnostic = Diagnostic::at(Code::ConfigUnknownKey, self.path, span)
                .with("key", &entry.key)
                .with("allowed", allowed.as_str());
            self.diagnostics.push(diagnostic);
        }
    }

    /// Reports a wrong type; `expected` is given in English and Chinese.
    fn wrong<T>(
        &mut self,
        key: &str,
        node: &Node,
        expected: (&'static str, &'static str),
        example: &str,
    ) -> Option<T> {
        let span = self.span(node);
        let diagnostic = Diagnostic::at(Code::WrongType, self.path, span)
            .with("key", key)
            .with_both("expected", expected.0, expected.1)
            .with("example", format!("{key}: {example}"));
        self.diagnostics.push(diagnostic);
        None
    }
}

/// A text and where it stood in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spanned {
    /// The text.
    pub text: String,
    /// Byte range in the file.
    pub span: Range<usize>,
}
