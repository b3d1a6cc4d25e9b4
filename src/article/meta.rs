//! Front matter as data.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value as Json;

use super::address;
use super::foreign::{self, Effect};
use super::keys::{self, KEYS, Shape};
use super::scope;
use super::times::Time;
use super::versions::Versions;
use crate::config::keys::form;
use crate::config::{Config, Language};
use crate::diagnostic::{Code, Diagnostic};
use crate::mutation::{Filter, off};
use crate::spanned::reader::{Reader, Spanned};
use crate::spanned::{Entry, Node, Table, Value};

/// What kind of article a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Kind {
    Guide,
    Faq,
    Troubleshooter,
    Howto,
    Runbook,
    KnownIssue,
    Reference,
    #[default]
    Article,
}

impl Kind {
    const NAMES: [(&'static str, Kind); 8] = [
        ("guide", Kind::Guide),
        ("faq", Kind::Faq),
        ("troubleshooter", Kind::Troubleshooter),
        ("howto", Kind::Howto),
        ("runbook", Kind::Runbook),
        ("known-issue", Kind::KnownIssue),
        ("reference", Kind::Reference),
        ("article", Kind::Article),
    ];

    /// The name in front matter.
    pub fn name(self) -> &'static str {
        Kind::NAMES.iter().find(|(_, kind)| *kind == self).map_or("article", |(name, _)| name)
    }
}

/// Where a page is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Being written: only the preview shows it.
    Draft,
    /// Published, but nobody checked it.
    Unvalidated,
    /// Published and checked.
    #[default]
    Validated,
    /// Kept for those who have the link.
    Archived,
}

impl Status {
    const NAMES: [(&'static str, Status); 4] = [
        ("draft", Status::Draft),
        ("unvalidated", Status::Unvalidated),
        ("validated", Status::Validated),
        ("archived", Status::Archived),
    ];

    /// The name in front matter.
    pub fn name(self) -> &'static str {
        Status::NAMES
            .iter()
            .find(|(_, status)| *status == self)
            .map_or("validated", |(name, _)| name)
    }
}

/// An error code that a page answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorCode {
    /// As the product shows it.
    pub text: String,
    /// Where it stands in the file.
    pub span: Range<usize>,
    /// Whether the page knows that others answer it too: `shared_codes`.
    pub is_shared: bool,
}

/// Everything tier0 reads from front matter.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs, reason = "named as in the front matter reference")]
pub struct Meta {
    pub title: Option<String>,
    pub description: Option<String>,
    /// The kind the page names itself; its parts may show it too.
    pub kind: Option<Kind>,
    /// The roles the page names itself; `None` leaves it to its folders and the site.
    pub roles: Option<Vec<String>>,
    /// Roles a section page hands down to the pages below it.
    pub cascade_roles: Option<Vec<String>>,
    /// Where `cascade` stands.
    pub cascade_span: Range<usize>,
    /// A permanent name, fit for an address.
    pub id: Option<Spanned>,
    /// Old addresses as site paths: `old/`, `old/page.html`.
    pub aliases: Vec<Spanned>,
    pub products: Vec<String>,
    pub versions: Option<Versions>,
    pub codes: Vec<ErrorCode>,
    pub tags: Vec<String>,
    pub keywords: Vec<String>,
    /// `updated`, else `reviewed`: `2026-11-21`.
    pub updated: Option<String>,
    pub status: Status,
    /// The days on which it is published, in keys of other systems.
    pub times: Vec<Time>,
    pub weight: Option<i64>,
    pub slug: Option<Spanned>,
    pub language: Option<String>,
    pub translation_of: Option<Spanned>,
    /// The role that takes over when the page did not help.
    pub escalate_to: Option<String>,
    /// Facts to bring then; a question mark behind one says that it may be missing.
    pub collect: Vec<String>,
    /// Minutes that it takes to follow the page.
    pub time: Option<u32>,
    /// Left out of navigation and search; the address works.
    pub hide: bool,
    /// Keys tier0 does not know, for templates.
    pub extra: BTreeMap<String, Json>,
}

/// Reads a parsed front matter table that stands `offset` bytes into the file.
pub fn read(
    table: &Table,
    path: &Arc<str>,
    offset: usize,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Meta {
    let mut values = Values::read(Reader::new(table, path, offset, diagnostics), config);
    let mut meta = Meta {
        title: values.text("title"),
        description: values.text("description"),
        products: values.texts("products"),
        codes: values.codes(),
        tags: values.texts("tags"),
        keywords: values.texts("keywords"),
        time: values.counts.get("time").copied(),
        weight: values.numbers.get("weight").copied(),
        slug: values.texts.get("slug").cloned(),
        translation_of: values.texts.get("translation_of").cloned(),
        collect: values.texts("collect"),
        hide: values.flags.contains("hide"),
        times: std::mem::take(&mut values.times),
        extra: std::mem::take(&mut values.extra),
        ..Meta::default()
    };
    let products = values.lists.get("products").map(Vec::as_slice).unwrap_or_default();
    scope::check_products(products, path, config, diagnostics);
    let versions = values.texts.get("versions");
    meta.versions = versions.map(|text| scope::versions(text, products, path, config, diagnostics));
    meta.id = address::id(values.texts.get("id"), path, diagnostics);
    meta.aliases = address::aliases(values.lists.get("aliases"), path, diagnostics);
    let mut check = Check { path, config, diagnostics };
    meta.language = check.language(values.texts.get("lang"));
    meta.kind = check.one_of("kind", values.texts.get("kind"), &Kind::NAMES);
    meta.status = check.status(values.texts.get("status"));
    if values.is_draft && !off(Filter::DraftsElsewhere) {
        meta.status = Status::Draft;
    }
    let reviewed = check.date("reviewed", values.texts.get("reviewed"));
    meta.updated = check.date("updated", values.texts.get("updated")).or(reviewed);
    if let Some(roles) = values.lists.get("roles") {
        meta.roles = Some(check.roles(roles));
    }
    meta.escalate_to = check.next_role(values.texts.get("escalate_to"));
    meta.cascade_span = values.cascade_span.clone();
    meta.cascade_roles = values.cascade_roles.as_deref().map(|roles| check.roles(roles));
    meta
}

/// Values by the key's own name, whatever alias was written.
#[derive(Default)]
struct Values {
    texts: BTreeMap<&'static str, Spanned>,
    lists: BTreeMap<&'static str, Vec<Spanned>>,
    flags: std::collections::BTreeSet<&'static str>,
    numbers: BTreeMap<&'static str, i64>,
    counts: BTreeMap<&'static str, u32>,
    cascade_roles: Option<Vec<Spanned>>,
    cascade_span: Range<usize>,
    extra: BTreeMap<String, Json>,
    /// Whether another key than `status` says that the page is a draft.
    is_draft: bool,
    times: Vec<Time>,
}

impl Values {
    fn read(mut reader: Reader<'_>, config: &Config) -> Values {
        let mut values = Values::default();
        if let Some(entry) = reader.peek("status").filter(|entry| is_empty(&entry.node)) {
            values.is_draft = true;
            let span = reader.key_span(entry);
            reader.report(Code::KeyKeepsBack, span, |d| d.with("key", "status"));
        }
        check_roles_given(&mut reader);
        values.cascade_span = reader.peek("cascade").map_or(0..0, |entry| reader.key_span(entry));
        for key in KEYS.iter().filter(|key| key.for_templates) {
            if let Some(entry) = reader.peek(key.name) {
                values.extra.insert(key.name.to_owned(), to_json(&entry.node));
            }
        }
        for key in KEYS {
            for spelling in std::iter::once(key.name).chain(key.aliases.iter().copied()) {
                values.read_key(&mut reader, key, spelling);
            }
        }
        let rest: Vec<_> = reader.rest().to_vec();
        for entry in rest {
            if !config.keys_off.contains(&form(&entry.key)) {
                values.read_foreign(&mut reader, entry);
            }
            if let Some(known) = keys::meant(&entry.key) {
                let is_grave = keys::guards_access(known) && !off(Filter::RoleKeyTypos);
                let code = if is_grave { Code::RoleKeyTypo } else { Code::UnknownKey };
                let span = reader.key_span(entry);
                reader.report(code, span, |d| d.with("key", &entry.key).with("known", known));
            }
            values.extra.insert(entry.key.clone(), to_json(&entry.node));
        }
        values
    }

    /// A key that keeps the page from readers in another system.
    fn read_foreign(&mut self, reader: &mut Reader<'_>, entry: &Entry) {
        let key = form(&entry.key);
        let span = reader.key_span(entry);
        match foreign::effect_of_all(&entry.key, &entry.node.value) {
            Some(Effect::Draft) => {
                self.is_draft = true;
                // Whoever writes `draft: true` knows.
                if !foreign::is_plain(&entry.node.value) {
                    reader.report(Code::KeyKeepsBack, span, |d| d.with("key", key));
                }
            }
            Some(Effect::NoDay) => {
                self.is_draft = true;
                reader.report(Code::KeyKeepsBack, span, |d| d.with("key", key));
            }
            Some(Effect::Time(bound, day)) => self.times.push(Time { key, span, bound, day }),
            Some(Effect::Hide) => {
                self.flags.insert("hide");
            }
            Some(Effect::Unread) => {
                let value = to_json(&entry.node).to_string();
                reader.report(Code::AccessKeyUnread, span, |d| {
                    d.with("key", key).with("value", value)
                });
            }
            None => {
                let is_status = keys::meant(&entry.key) == Some("status");
                let is_draft = entry.node.value == Value::Scalar("draft".to_owned());
                self.is_draft |= is_status && is_draft;
            }
        }
    }

    fn read_key(&mut self, reader: &mut Reader<'_>, key: &keys::Key, spelling: &'static str) {
        match key.shape {
            Shape::Text => {
                if let Some(text) = reader.text(spelling).filter(|text| !text.text.is_empty()) {
                    self.texts.entry(key.name).or_insert(text);
                }
            }
            Shape::Texts => {
                if let Some(texts) = reader.texts(spelling) {
                    self.lists.entry(key.name).or_insert(texts);
                }
            }
            Shape::Flag => {
                if reader.flag(spelling) == Some(true) {
                    self.flags.insert(key.name);
                }
            }
            Shape::Number => {
                if let Some(number) = reader.number(spelling) {
                    self.numbers.entry(key.name).or_insert(number);
                }
            }
            Shape::Count => {
                if let Some(count) = reader.count(spelling) {
                    self.counts.entry(key.name).or_insert(count);
                }
            }
            Shape::Table => {
                if let Some(table) = reader.table(spelling) {
                    self.read_cascade(reader.inner(table));
                }
            }
        }
    }

    /// `cascade` hands down roles and nothing else.
    fn read_cascade(&mut self, mut reader: Reader<'_>) {
        check_roles_given(&mut reader);
        self.cascade_roles = reader.texts("roles").or_else(|| reader.texts("role"));
        let rest: Vec<_> = reader.rest().to_vec();
        for entry in rest {
            let span = reader.key_span(entry);
            reader.report(Code::RoleKeyTypo, span, |d| {
                d.with("key", &entry.key).with("known", "roles")
            });
        }
    }

    fn text(&self, key: &str) -> Option<String> {
        self.texts.get(key).map(|text| text.text.clone())
    }

    /// `codes` and `shared_codes`, each code once. What is in both is shared.
    fn codes(&self) -> Vec<ErrorCode> {
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

    fn texts(&self, key: &str) -> Vec<String> {
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
fn check_roles_given(reader: &mut Reader<'_>) {
    let given: Vec<_> = ["roles", "role"].iter().filter_map(|key| reader.peek(key)).collect();
    for (at, entry) in given.iter().enumerate() {
        let reason = if at > 0 {
            ("`roles` and `role` are both given", "同时写了 `roles` 和 `role`")
        } else if is_empty(&entry.node) {
            ("the key names no role", "这个键没有写明任何角色")
        } else {
            continue;
        };
        if off(Filter::RolesGivenOnce) {
            continue;
        }
        let span = reader.key_span(entry);
        reader.report(Code::UnclearRoles, span, |d| d.with_both("reason", reason.0, reason.1));
    }
}

/// A value that its key does not take; `allowed` is still to be said.
pub(super) fn not_a_value(path: &Arc<str>, key: &str, value: &Spanned) -> Diagnostic {
    Diagnostic::at(Code::InvalidValue, path, value.span.clone())
        .with("key", key)
        .with("value", &value.text)
}

/// Checks values against the lists of what they may be.
struct Check<'a> {
    path: &'a Arc<str>,
    config: &'a Config,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Check<'_> {
    fn one_of<T: Copy>(
        &mut self,
        key: &'static str,
        value: Option<&Spanned>,
        names: &[(&'static str, T)],
    ) -> Option<T> {
        let value = value?;
        if let Some((_, found)) = names.iter().find(|(name, _)| *name == value.text) {
            return Some(*found);
        }
        let allowed: Vec<_> = names.iter().map(|(name, _)| *name).collect();
        self.diagnostics
            .push(not_a_value(self.path, key, value).with("allowed", allowed.join(", ")));
        None
    }

    /// A status that cannot be read keeps the page back: it may have been meant as a draft.
    fn status(&mut self, value: Option<&Spanned>) -> Status {
        let known =
            value.is_none_or(|value| Status::NAMES.iter().any(|(name, _)| *name == value.text));
        let status = self.one_of("status", value, &Status::NAMES).unwrap_or_default();
        if known || off(Filter::UnreadableStatus) { status } else { Status::Draft }
    }

    /// The code of a language, which its tag may name too. A page in a language that the site does
    /// not have goes with the default one, where its writer will see it.
    fn language(&mut self, value: Option<&Spanned>) -> Option<String> {
        let value = value?;
        let languages = &self.config.languages;
        let by = |name: fn(&Language) -> &str| {
            languages.iter().find(|known| name(known).eq_ignore_ascii_case(&value.text))
        };
        let found = by(|known| &known.code).or_else(|| by(|known| &known.tag));
        if found.is_none() {
            let allowed: Vec<_> = languages.iter().map(|known| known.code.as_str()).collect();
            self.diagnostics
                .push(not_a_value(self.path, "lang", value).with("allowed", allowed.join(", ")));
        }
        Some(found.unwrap_or(self.config.default_language()).code.clone())
    }

    /// A day, in the form of ISO 8601. A time behind it is passed over.
    fn date(&mut self, key: &'static str, value: Option<&Spanned>) -> Option<String> {
        let value = value?;
        let day = value.text.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
        if day.is_none() {
            self.diagnostics.push(not_a_value(self.path, key, value).with_both(
                "allowed",
                "a day, such as `2026-11-21`",
                "日期，例如 `2026-11-21`",
            ));
        }
        day.map(|day| day.to_string())
    }

    /// Who takes over. It says nothing of who reads, so it is a value like any other.
    fn next_role(&mut self, value: Option<&Spanned>) -> Option<String> {
        let value = value?;
        let role = self.config.role(&value.text);
        if role.is_none() {
            self.diagnostics.push(
                not_a_value(self.path, "escalate_to", value)
                    .with("allowed", self.config.role_names()),
            );
        }
        role.map(|role| role.name.clone())
    }

    fn roles(&mut self, roles: &[Spanned]) -> Vec<String> {
        let unknown =
            |role: &&Spanned| self.config.role(&role.text).is_none() && !off(Filter::KnownRoles);
        for role in roles.iter().filter(unknown) {
            self.diagnostics.push(
                Diagnostic::at(Code::UnknownRole, self.path, role.span.clone())
                    .with("role", &role.text)
                    .with("allowed", self.config.role_names()),
            );
        }
        roles.iter().map(|role| role.text.clone()).collect()
    }
}

fn to_json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Scalar(text) => Json::String(text.clone()),
        Value::List(items) => Json::Array(items.iter().map(to_json).collect()),
        Value::Table(table) => Json::Object(
            table.iter().map(|entry| (entry.key.clone(), to_json(&entry.node))).collect(),
        ),
    }
}
