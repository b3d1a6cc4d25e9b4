//! Settings of other programs that are plain data.

use std::path::Path;

use crate::source::regular::{self, LARGEST_CONFIG};
use crate::spanned::{Entry, Node, Table, Value, toml, yaml};

/// Why settings cannot be read, in English and Chinese.
pub(super) type Unread = (String, String);

/// The text of a file; none if there is none.
pub(super) fn text(file: &Path) -> Option<Result<String, Unread>> {
    if std::fs::symlink_metadata(file).is_err() {
        return None;
    }
    // What a link leads to elsewhere is none of the folder's own.
    let folder = file.parent().and_then(|folder| folder.canonicalize().ok());
    let is_inside =
        |real: std::path::PathBuf| folder.is_some_and(|folder| real.starts_with(folder));
    if !file.canonicalize().is_ok_and(is_inside) {
        return Some(Err((
            "it is a link that leads out of its folder".to_owned(),
            "它是一个链接，指向所在文件夹之外".to_owned(),
        )));
    }
    let unread =
        |error: String| (format!("it cannot be read ({error})"), format!("无法读取（{error}）"));
    let read = regular::read(file, LARGEST_CONFIG).map_err(|error| unread(error.to_string()));
    Some(read.and_then(|bytes| String::from_utf8(bytes).map_err(|_| unread("UTF-8".to_owned()))))
}

/// The data of a file, by its ending.
pub(super) fn data(file: &Path, text: &str) -> Result<Table, Unread> {
    let text = text.trim_start_matches('\u{feff}');
    let parsed = match file.extension().unwrap_or_default().to_str() {
        Some("toml") => toml::parse(text).ok(),
        Some("json") => serde_json::from_str(text).ok().and_then(|json| match from_json(&json) {
            Value::Table(table) => Some(table),
            _ => None,
        }),
        _ => yaml::parse(text).or_else(|_| yaml::parse(&without_tags(text))).ok(),
    };
    parsed.ok_or_else(|| ("it does not parse".to_owned(), "无法解析".to_owned()))
}

/// The node at the end of some keys.
pub(super) fn at<'t>(table: &'t Table, keys: &[&str]) -> Option<&'t Value> {
    let (first, rest) = keys.split_first()?;
    let value = &table.iter().find(|entry| entry.key == *first)?.node.value;
    match value {
        _ if rest.is_empty() => Some(value),
        Value::Table(inner) => at(inner, rest),
        _ => None,
    }
}

/// The text at the end of some keys; none if it is empty.
pub(super) fn text_at(table: &Table, keys: &[&str]) -> Option<String> {
    match at(table, keys)? {
        Value::Scalar(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

/// The texts of a list, or a text alone.
pub(super) fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Scalar(text) => vec![text],
        Value::List(items) => items.iter().flat_map(|item| texts(&item.value)).collect(),
        _ => Vec::new(),
    }
}

/// YAML without the tags of programs: `!!python/name:…`, `!ENV`.
fn without_tags(text: &str) -> String {
    let bare = |line: &str| {
        let tag = [": !", "- !", "[!", ", !"].iter().find_map(|mark| {
            let at = line.find(mark)? + mark.len() - 1;
            let end = line[at..].find([' ', ',', ']']).map_or(line.len(), |end| at + end);
            Some(at..end)
        });
        match tag {
            Some(tag) => format!("{}{}", &line[..tag.start], &line[tag.end..]),
            None => line.to_owned(),
        }
    };
    text.lines().map(bare).collect::<Vec<_>>().join("\n")
}

fn from_json(json: &serde_json::Value) -> Value {
    let node = |json| Node { span: 0..0, value: from_json(json) };
    match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::String(text) => Value::Scalar(text.clone()),
        serde_json::Value::Array(items) => Value::List(items.iter().map(node).collect()),
        serde_json::Value::Object(table) => {
            let entry = |(key, value): (&String, _)| Entry {
                key: key.clone(),
                key_span: 0..0,
                node: node(value),
            };
            Value::Table(table.iter().map(entry).collect())
        }
        other => Value::Scalar(other.to_string()),
    }
}
