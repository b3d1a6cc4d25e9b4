//! `[containers]`: names of containers that other tools know, and what stands for them here.

use super::Config;
use crate::diagnostic::Code;
use crate::spanned::{Table, TableReader, Value};

/// What a name may stand for: containers that hide nothing, and put nothing in.
pub(crate) const TARGETS: [&str; 12] = [
    "note",
    "tip",
    "info",
    "important",
    "warning",
    "caution",
    "danger",
    "details",
    "steps",
    "tabs",
    "tab",
    "reply",
];

/// Reads `[containers]`. `[containers] internal = "note"` would show what was hidden.
pub(super) fn read(config: &mut Config, reader: &mut TableReader<'_>, table: &Table) {
    for entry in table {
        let name = entry.key.to_lowercase();
        let target = match &entry.node.value {
            Value::Scalar(text) => text.as_str(),
            _ => "…",
        };
        let is_ours =
            TARGETS.contains(&name.as_str()) || ["internal", "only", "include"].contains(&&*name);
        if !is_ours && TARGETS.contains(&target) {
            config.containers.insert(name, target.to_owned());
            continue;
        }
        let span = if is_ours { reader.key_span(entry) } else { reader.span(&entry.node) };
        reader.report(Code::InvalidValue, span, |diagnostic| {
            let diagnostic = diagnostic.with("key", &entry.key).with("value", target);
            match is_ours {
                true => diagnostic.with_both(
                    "allowed",
                    "none: tier0 has a container of this name",
                    "无：这个名字是 tier0 自己的容器",
                ),
                false => diagnostic.with("allowed", TARGETS.join(", ")),
            }
        });
    }
}
