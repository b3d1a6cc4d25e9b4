//! Front matter as data.

mod values;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value as Json;

use super::address;
use super::scope;
use super::times::Time;
use super::versions::Versions;
use crate::config::{Config, Language};
use crate::diagnostic::{Code, Diagnostic};
use crate::mutation::{Policy, off};
use crate::spanned::reader::{Spanned, TableReader};
use crate::spanned::{Node, Table, Value};

use values::Values;

/// What kind of article a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub(crate) enum Kind {
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
    pub(crate) fn name(self) -> &'static str {
        Kind::NAMES.iter().find(|(_, kind)| *kind == self).map_or("article", |(name, _)| name)
    }
}

/// Where a page is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Status {
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
    pub(crate) fn name(self) -> &'static str {
        Status::NAMES
            .iter()
            .find(|(_, status)| *status == self)
            .map_or("validated", |(name, _)| name)
    }
}

/// An error code that a page answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ErrorCode {
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
pub(crate) struct Meta {
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
    /// Whether the page says itself whether it is finished, or when it is published.
    pub says_when: bool,
    /// Where its text speaks of readers as a head does, in bytes of the file.
    pub text_head: Option<Range<usize>>,
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
pub(crate) fn read(
    table: &Table,
    path: &Arc<str>,
    offset: usize,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Meta {
    let mut values = Values::read(TableReader::new(table, path, offset, diagnostics), config);
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
        says_when: values.says_when,
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
    if values.is_draft {
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
        if known { status } else { Status::Draft }
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
            |role: &&Spanned| self.config.role(&role.text).is_none() && !off(Policy::KnownRoles);
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

/// A value as JSON.
pub(super) fn to_json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Scalar(text) => Json::String(text.clone()),
        Value::List(items) => Json::Array(items.iter().map(to_json).collect()),
        Value::Table(table) => Json::Object(
            table.iter().map(|entry| (entry.key.clone(), to_json(&entry.node))).collect(),
        ),
    }
}
