//! The keys of a head, each taken once: those that tier0 reads, and what others say of readers.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value as Json;

use super::{ErrorCode, to_json};
use crate::article::foreign::{self, Effect};
use crate::article::keys::{self, KEYS, Shape};
use crate::article::times::{self, Bound, Time};
use crate::config::Config;
use crate::config::keys::form;
use crate::diagnostic::{Code, Weight};
use crate::spanned::reader::{Spanned, TableReader};
use crate::spanned::{Entry, Node, Value};
use crate::syntax::is_guard;

/// Values by the key's own name, whatever alias was written.
#[derive(Default)]
pub(super) struct Values {
    pub(super) texts: BTreeMap<&'static str, Spanned>,
    pub(super) lists: BTreeMap<&'static str, Vec<Spanned>>,
    pub(super) flags: std::collections::BTreeSet<&'static str>,
    pub(super) numbers: BTreeMap<&'static str, i64>,
    pub(super) counts: BTreeMap<&'static str, u32>,
    pub(super) cascade_roles: Option<Vec<Spanned>>,
    pub(super) cascade_span: Range<usize>,
    pub(super) extra: BTreeMap<String, Json>,
    /// Whether another key than `status` says that the page is a draft.
    pub(super) is_draft: bool,
    pub(super) times: Vec<Time>,
    /// Whether the page says itself whether it is finished, or when it is published.
    pub(super) says_when: bool,
}

impl Values {
    pub(super) fn read(mut reader: TableReader<'_>, config: &Config) -> Values {
        let mut values = Values::default();
        if let Some(entry) = reader.peek("status").filter(|entry| is_empty(&entry.node)) {
            values.is_draft = true;
            let span = reader.key_span(entry);
            reader.report(Code::KeyKeepsBack, span, |d| d.with("key", "status"));
        }
        values.says_when = reader.peek("status").is_some();
        let is_read = |key: &str| !config.keys_off.contains(key);
        if let Some(entry) = reader.peek("date").filter(|_| is_read("date")) {
            values.read_date(&reader, entry);
        }
        for key in ["tags", "labels"].into_iter().filter(|key| is_read(key)) {
            if let Some(entry) = reader.peek(key) {
                let effect = foreign::effect_of_tags(key, &entry.node.value);
                values.obey(&mut reader, entry, effect);
            }
        }
        check_roles_given(&mut reader);
        values.cascade_span = reader.peek("cascade").map_or(0..0, |entry| reader.key_span(entry));
        for key in KEYS.iter().filter(|key| key.for_templates) {
            if let Some(entry) = reader.peek(key.name) {
                values.extra.insert(key.name.to_owned(), to_json(&entry.node));
            }
        }
        values.read_role_of_somebody(&mut reader, config);
        for key in KEYS {
            for spelling in std::iter::once(key.name).chain(key.aliases.iter().copied()) {
                let entry = reader.peek(spelling);
                let is_read = values.read_key(&mut reader, key, spelling);
                if let Some(entry) =
                    entry.filter(|entry| !is_read && entry.node.value != Value::Null)
                {
                    values.is_draft |= key.name == "status";
                    values.extra.insert(entry.key.clone(), to_json(&entry.node));
                }
            }
        }
        let rest: Vec<_> = reader.rest().to_vec();
        for entry in rest {
            if !config.keys_off.contains(&form(&entry.key)) {
                values.read_foreign(&mut reader, entry, config);
            }
            if let Some(known) = keys::meant(&entry.key) {
                let is_grave = keys::guards_access(known);
                let code = if is_grave { Code::RoleKeyTypo } else { Code::UnknownKey };
                let span = reader.key_span(entry);
                reader.report(code, span, |d| d.with("key", &entry.key).with("known", known));
            }
            values.extra.insert(entry.key.clone(), to_json(&entry.node));
        }
        values
    }

    /// A page with a day that is still to come is not published before it, as in other systems.
    fn read_date(&mut self, reader: &TableReader<'_>, entry: &Entry) {
        let Value::Scalar(text) = &entry.node.value else { return };
        // What stands behind the day may be a time in any form.
        let day = text.trim().get(..10).and_then(|day| day.parse().ok());
        let day = day.or_else(|| times::day(text)).or_else(|| times::spelled_day(text));
        let (key, span) = (form(&entry.key), reader.key_span(entry));
        self.times.extend(day.map(|day| Time { key, span, bound: Bound::From, day }));
    }

    /// A key that keeps the page from readers in another system.
    fn read_foreign(&mut self, reader: &mut TableReader<'_>, entry: &Entry, config: &Config) {
        self.says_when |= foreign::says_when(&entry.key);
        let value = &entry.node.value;
        let effect = match form(&entry.key).as_str() {
            "tag" | "tags" | "label" | "labels" => foreign::effect_of_tags(&entry.key, value),
            _ => foreign::effect_of_all(&entry.key, value),
        };
        // What is nearly `roles` is told of below.
        let is_slip = keys::meant(&entry.key).is_some_and(keys::guards_access);
        let names_readers = || !is_slip && foreign::names_readers(&entry.key, value, config);
        let is_unread = effect.is_none() && names_readers();
        self.obey(reader, entry, if is_unread { Some(Effect::Unread) } else { effect });
        let is_status = effect.is_none() && keys::meant(&entry.key) == Some("status");
        self.is_draft |= is_status && *value == Value::Scalar("draft".to_owned());
    }

    /// Does what a key says of the page.
    fn obey(&mut self, reader: &mut TableReader<'_>, entry: &Entry, effect: Option<Effect>) {
        let key = form(&entry.key);
        let span = reader.key_span(entry);
        match effect {
            // Whoever writes `draft: true` knows.
            Some(Effect::Draft) if foreign::is_plain(&entry.node.value) => self.is_draft = true,
            Some(Effect::Draft | Effect::LikeDraft | Effect::NoDay) => {
                self.is_draft = true;
                reader.report(Code::KeyKeepsBack, span, |d| d.with("key", key));
            }
            Some(Effect::Time(bound, day)) => {
                self.says_when = true;
                self.times.push(Time { key, span, bound, day });
            }
            Some(Effect::Hide) => {
                self.flags.insert("hide");
            }
            Some(Effect::Unread) => {
                let value = to_json(&entry.node).to_string();
                reader.report(Code::AccessKeyUnread, span, |d| {
                    d.with("key", key).with("value", value)
                });
            }
            None => {}
        }
    }

    /// `role` is also that of somebody whom the page is about, as in many other systems: what is near no
    /// role of the site says nothing of who reads. Where the site has something to guard, it stops.
    fn read_role_of_somebody(&mut self, reader: &mut TableReader<'_>, config: &Config) {
        if reader.peek("roles").is_some() {
            return;
        }
        let Some(entry) = reader.peek("role") else { return };
        let values: Vec<&str> = match &entry.node.value {
            Value::Scalar(text) => text.split([',', '，', '、']).map(str::trim).collect(),
            _ => return,
        };
        let is_somebody = |value: &&str| !value.is_empty() && !config.is_nearly_a_role(value);
        if !values.iter().all(is_somebody) || values.iter().any(|value| is_guard(value)) {
            return;
        }
        let span = reader.span(&entry.node);
        reader.take("role");
        self.extra.insert("role".to_owned(), to_json(&entry.node));
        let allowed = config.role_names();
        reader.report(Code::UnknownRole, span, |d| {
            d.weighing(Weight::Doubt).with("role", values.join(", ")).with("allowed", allowed)
        });
    }

    /// Reads a key. False if its value is not of its type.
    fn read_key(
        &mut self,
        reader: &mut TableReader<'_>,
        key: &keys::Key,
        spelling: &'static str,
    ) -> bool {
        match key.shape {
            Shape::Text => reader.text(spelling).map(|text| {
                if !text.text.is_empty() {
                    self.texts.entry(key.name).or_insert(text);
                }
            }),
            Shape::Texts => reader.texts(spelling).map(|texts| {
                self.lists.entry(key.name).or_insert(texts);
            }),
            Shape::Flag => reader.flag(spelling).map(|is_on| {
                if is_on {
                    self.flags.insert(key.name);
                }
            }),
            Shape::Number => reader.number(spelling).map(|number| {
                self.numbers.entry(key.name).or_insert(number);
            }),
            Shape::Count => reader.count(spelling).map(|count| {
                self.counts.entry(key.name).or_insert(count);
            }),
            Shape::Table => reader.table(spelling).map(|table| {
                self.read_cascade(reader.inner(table));
            }),
        }
        .is_some()
    }

    /// `cascade` hands down roles and nothing else.
    fn read_cascade(&mut self, mut reader: TableReader<'_>) {
        check_roles_given(&mut reader);
        self.cascade_roles = reader.texts("roles").or_else(|| reader.texts("role"));
        let rest: Vec<_> = reader.rest().to_vec();
        for entry in rest {
            let (key, span) = (&entry.key, reader.key_span(entry));
            if keys::meant(key) == Some("roles") {
                reader
                    .report(Code::RoleKeyTypo, span, |d| d.with("key", key).with("known", "roles"));
                continue;
            }
            reader.report(Code::UnclearRoles, span, |d| {
                d.with_both(
                    "reason",
                    format!(
                        "`cascade` hands down `roles` and nothing else; take `{key}` out of it"
                    ),
                    format!("`cascade` 只能传递 `roles`；请从中删去 `{key}`"),
                )
            });
        }
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.texts.get(key).map(|text| text.text.clone())
    }

    /// `codes` and `shared_codes`, each code once. What is in both is shared.
    pub(super) fn codes(&self) -> Vec<ErrorCode> {
        let mut codes: Vec<ErrorCode> = Vec::new();
        for (key, is_shared) in [("codes", false), ("shared_codes", true)] {
            for Spanned { text, span } in self.lists.get(key).into_iter().flatten() {
                match codes.iter_mut().find(|known| known.text == *text) {
                    Some(known) => known.is_shared |= is_shared,
                    None if text.is_empty() => {}
                    None => {
                        let (text, span) = (text.clone(), span.clone());
                        codes.push(ErrorCode { text, span, is_shared });
                    }
                }
            }
        }
        codes
    }

    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        self.lists.get(key).into_iter().flatten().map(|text| text.text.clone()).collect()
    }
}

/// Whether a key has no value.
fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Scalar(text) => text.trim().is_empty(),
        Value::List(items) => items.iter().all(|item| item.value == Value::Null),
        Value::Table(_) => false,
    }
}

/// Roles that are given must say something, and say it once.
fn check_roles_given(reader: &mut TableReader<'_>) {
    let given: Vec<_> = ["roles", "role"].iter().filter_map(|key| reader.peek(key)).collect();
    for (at, entry) in given.iter().enumerate() {
        let reason = if at > 0 {
            ("`roles` and `role` are both given", "同时写了 `roles` 和 `role`")
        } else if is_empty(&entry.node) {
            ("the key names no role", "这个键没有写明任何角色")
        } else {
            continue;
        };
        let span = reader.key_span(entry);
        reader.report(Code::UnclearRoles, span, |d| d.with_both("reason", reason.0, reason.1));
    }
}
