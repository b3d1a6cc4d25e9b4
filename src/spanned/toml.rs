//! TOML text to [`Node`]s.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Entry, Node, SyntaxError, Table, Value};

/// Parses TOML and reports every syntax error it holds.
///
/// # Errors
/// All errors the parser found, with byte offsets.
pub fn parse(text: &str) -> Result<Table, Vec<SyntaxError>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(to_table(text, table.get_ref()));
    }
    Err(errors
        .into_iter()
        .map(|error| SyntaxError::Invalid {
            at: error.span().map_or(0, |span| span.start),
            detail: error.message().to_owned(),
        })
        .collect())
}

fn to_table(text: &str, table: &DeTable<'_>) -> Table {
    let mut entries: Table = table
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_span: key.span(),
            node: to_node(text, value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    entries
}

fn to_node(text: &str, value: &Spanned<DeValue<'_>>) -> Node {
    let raw = || text.get(value.span()).unwrap_or_default().trim().to_owned();
    let converted = match value.get_ref() {
        DeValue::String(string) => Value::Scalar(string.to_string()),
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| to_node(text, item)).collect())
        }
        DeValue::Table(table) => Value::Table(to_table(text, table)),
        _ => Value::Scalar(raw()),
    };
    Node { span: value.span(), value: converted }
}
