//! `[keys]`: keys of other systems that say nothing of readers on this site.

use super::Config;
use crate::diagnostic::Code;
use crate::spanned::{Table, TableReader, Value};
use crate::text::fold::for_people;

/// Keys that always keep a page from readers, by their one form.
const OURS: [&str; 7] =
    ["roles", "role", "cascade", "translationof", "status", "draft", "published"];

/// A key in its one form: without case, width, what separates its words and what nobody sees.
pub(crate) fn form(key: &str) -> String {
    for_people(key).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Reads `[keys]`: each is `"off"`.
pub(super) fn read(config: &mut Config, reader: &mut TableReader<'_>, table: &Table) {
    for entry in table {
        let form = form(&entry.key);
        let is_off = matches!(&entry.node.value, Value::Scalar(text) if text == "off");
        if is_off && !OURS.contains(&form.as_str()) {
            config.keys_off.insert(form);
            continue;
        }
        let value = match &entry.node.value {
            Value::Scalar(text) => text.as_str(),
            _ => "…",
        };
        let allowed = if is_off { "roles, status" } else { "off" };
        let span = reader.span(&entry.node);
        reader.report(Code::InvalidValue, span, |diagnostic| {
            diagnostic.with("key", &entry.key).with("value", value).with("allowed", allowed)
        });
    }
}
