//! YAML text to [`Node`]s.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Options, Spanned};

use super::{Entry, Node, SyntaxError, Table, Value};
use crate::text::lines::offset;

/// Parses a YAML mapping. An empty text is an empty table.
///
/// # Errors
/// The first error; YAML parsers cannot go on after one.
pub(crate) fn parse(text: &str) -> Result<Table, Vec<SyntaxError>> {
    let mut options = Options::default();
    options.strict_booleans = true;
    options.with_snippet = false;
    let parsed: Result<Option<Spanned<Raw>>, _> =
        serde_saphyr::from_str_with_options(text, options);
    match parsed {
        Ok(None) => Ok(Table::new()),
        Ok(Some(root)) => match to_node(text, &root).value {
            Value::Table(table) => Ok(table),
            Value::Null => Ok(Table::new()),
            _ => Err(vec![SyntaxError::Invalid {
                at: 0,
                detail: "expected `key: value` lines".to_owned(),
            }]),
        },
        Err(error) => Err(vec![to_syntax_error(text, &error)]),
    }
}

fn to_syntax_error(text: &str, error: &serde_saphyr::Error) -> SyntaxError {
    let at = error.location().map_or(0, |location| position(text, &location));
    let detail = error.without_snippet().to_string();
    if let Some(key) = duplicate_key(error) {
        let end = (at + key.len()).min(text.len());
        return SyntaxError::Duplicate { span: at..end, key };
    }
    SyntaxError::Invalid { at, detail: one_line(&detail) }
}

fn duplicate_key(error: &serde_saphyr::Error) -> Option<String> {
    match error.without_snippet() {
        serde_saphyr::Error::DuplicateMappingKey { key, .. } => key.clone(),
        _ => None,
    }
}

/// The parser's words without its own line numbers, which count from the front matter's start.
fn one_line(detail: &str) -> String {
    let first = detail.lines().next().unwrap_or_default();
    let cut = first.find(" at line ").unwrap_or(first.len());
    first[..cut].trim_end_matches([':', ' ']).to_owned()
}

/// The byte offset of an error: the parser knows only its line and column.
fn position(text: &str, location: &Location) -> usize {
    let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    offset(text, number(location.line()), number(location.column()).saturating_sub(1))
}

/// The byte offset of a location.
fn start(location: &Location) -> usize {
    location.span().byte_offset().and_then(|at| usize::try_from(at).ok()).unwrap_or(0)
}

/// The node's byte range; the parser's end may include trailing white space.
fn range(text: &str, location: &Location) -> Range<usize> {
    let start = start(location).min(text.len());
    let length = location.span().byte_len().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let end = (start + length).min(text.len());
    start..start + text.get(start..end).unwrap_or_default().trim_end().len()
}

/// YAML as serde sees it, before raw spellings are looked up.
enum Raw {
    Null,
    /// A value whose exact spelling matters less than its place: `1.0` is read back from the text.
    Plain,
    Text(String),
    List(Vec<Spanned<Raw>>),
    Table(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }
    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }
    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }
    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }
    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }
    fn visit_string<E>(self, text: String) -> Result<Raw, E> {
        Ok(Raw::Text(text))
    }
    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }
    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        Raw::deserialize(deserializer)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut table = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            table.push(entry);
        }
        Ok(Raw::Table(table))
    }
}

fn to_node(text: &str, raw: &Spanned<Raw>) -> Node {
    let span = range(text, &raw.referenced);
    let value = match &raw.value {
        Raw::Null => Value::Null,
        Raw::Plain => Value::Scalar(text.get(span.clone()).unwrap_or_default().to_owned()),
        Raw::Text(string) => Value::Scalar(string.clone()),
        Raw::List(items) => Value::List(items.iter().map(|item| to_node(text, item)).collect()),
        Raw::Table(entries) => Value::Table(
            entries
                .iter()
                .map(|(key, value)| Entry {
                    key: key.value.clone(),
                    key_span: range(text, &key.referenced),
                    node: to_node(text, value),
                })
                .collect(),
        ),
    };
    Node { span, value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar(table: &Table, key: &str) -> (String, std::ops::Range<usize>) {
        let entry = table.iter().find(|entry| entry.key == key).unwrap();
        match &entry.node.value {
            Value::Scalar(text) => (text.clone(), entry.node.span.clone()),
            other => panic!("{key}: {other:?}"),
        }
    }

    #[test]
    fn spellings_and_places_survive() {
        let text = "标题: 路由器\nversion: 1.10\nflag: yes\non: true\ntags: [a, 二]\n";
        let table = parse(text).unwrap();
        assert_eq!(scalar(&table, "version").0, "1.10");
        assert_eq!(&text[scalar(&table, "version").1], "1.10");
        assert_eq!(scalar(&table, "flag").0, "yes");
        assert_eq!(scalar(&table, "on").0, "true");
        assert_eq!(&text[scalar(&table, "标题").1], "路由器");
        assert_eq!(&text[table[4].key_span.clone()], "tags");
        assert_eq!(parse("").unwrap(), Table::new());
    }

    #[test]
    fn errors_have_places() {
        let text = "a: 1\nb: 2\na: 3\n";
        assert_eq!(
            parse(text),
            Err(vec![SyntaxError::Duplicate { span: 10..11, key: "a".to_owned() }])
        );
        assert!(matches!(parse("a: [1, 2\nb: 3\n"), Err(errors) if errors.len() == 1));
        assert!(parse("- a\n").is_err());
        assert!(parse(&"[".repeat(100_000)).is_err());
    }
}
