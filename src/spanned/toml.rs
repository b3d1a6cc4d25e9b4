//! TOML text to [`Node`]s.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Entry, Node, SyntaxError, Table, Value};

/// Parses TOML and reports every syntax error it holds.
///
/// # Errors
/// All errors the parser found, with byte offsets.
pub(crate) fn parse(text: &str) -> Result<Table, Vec<SyntaxError>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Ok(to_table(text, table.get_ref()));
    }
    Err(errors.iter().map(|error| to_syntax_error(text, error)).collect())
}

fn to_syntax_error(text: &str, error: &toml::de::Error) -> SyntaxError {
    let span = error.span().unwrap_or(0..0);
    if error.message().starts_with("duplicate key") {
        let key = text.get(span.clone()).unwrap_or_default().trim().to_owned();
        return SyntaxError::Duplicate { span, key };
    }
    SyntaxError::Invalid { at: span.start, detail: error.message().to_owned() }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_is_told() {
        let duplicate = parse("a = 1\na = 2\n").unwrap_err();
        assert_eq!(duplicate, [SyntaxError::Duplicate { span: 6..7, key: "a".to_owned() }]);
        assert_eq!(parse("a = \nb = ]\n").unwrap_err().len(), 2);
        assert_eq!(parse("v = 1.10\n").unwrap()[0].node.value, Value::Scalar("1.10".to_owned()));
    }
}
