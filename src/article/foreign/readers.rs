//! Roles that are named where nothing reads them: as the value of some key.

use super::hints::*;
use super::words::*;
use crate::config::Config;
use crate::config::keys::form;
use crate::config::roles::CUSTOMER;
use crate::spanned::Value;

/// Longest key in a text that says for whom a page is, in characters, and longest value.
const LONGEST_NOTE_KEY: usize = 24;
const LONGEST_NOTE: usize = 60;

/// Keys that name who made a page, what it is about or where it goes: a role may do that, too.
const NOT_READERS: [&str; 30] = [
    "owner",
    "team",
    "contact",
    "reviewer",
    "maintainer",
    "categor",
    "section",
    "keyword",
    "product",
    "description",
    "department",
    "squad",
    "assignee",
    "approver",
    "editor",
    "writer",
    "menu",
    "nav",
    "sidebar",
    "layout",
    "template",
    "theme",
    "feature",
    "component",
    "module",
    "service",
    "collection",
    "channel",
    "slug",
    "image",
];

/// Whether the whole value of a key names roles, of which one keeps something from customers.
pub(crate) fn names_readers(key: &str, value: &Value, config: &Config) -> bool {
    let name = form(key);
    let is_other = NOT_READERS.iter().any(|part| name.starts_with(part) || name.ends_with(part))
        || NAMING.iter().any(|part| name.starts_with(part) || name.ends_with(part))
        || ["teams", "owners", "features", "by"].iter().any(|end| name.ends_with(end));
    if is_other {
        return false;
    }
    if let Value::Scalar(text) = value
        && is_about_readers(&name)
        && names_staff(text, config)
    {
        return true;
    }
    match value {
        Value::Scalar(text) => are_roles(text, config),
        Value::List(items) => {
            let mut texts = Vec::new();
            for item in items {
                let Value::Scalar(text) = &item.value else { return false };
                texts.push(text.as_str());
            }
            are_roles(&texts.join(","), config)
        }
        // What is reported for a part of the page is not said of the page.
        Value::Table(entries) if OF_THE_PAGE.contains(&name.as_str()) => {
            entries.iter().any(|entry| {
                let is_flat = !matches!(entry.node.value, Value::Table(_));
                is_flat && names_readers(&entry.key, &entry.node.value, config)
            })
        }
        Value::Table(_) | Value::Null => false,
    }
}

/// Whether a text consists of names of roles, of which one keeps something from customers.
pub(crate) fn are_roles(text: &str, config: &Config) -> bool {
    let is_wrapping = |c: char| c.is_whitespace() || !c.is_alphanumeric();
    let names = text.split([',', '，', '、', ' ']).map(|name| name.trim_matches(is_wrapping));
    let names: Vec<_> = names.filter(|name| !name.is_empty()).map(str::to_lowercase).collect();
    let is_role = |name: &String| config.roles.iter().any(|role| role.name.to_lowercase() == *name);
    names.iter().all(is_role) && names.iter().any(|name| name != CUSTOMER)
}

/// Whether a key, whatever its system, says for whom a page is: `适用对象`, `target_audience`.
fn is_about_readers(key: &str) -> bool {
    READER_PARTS.iter().any(|part| key.contains(part)) && !key.contains("accessib")
}

/// Whether a text names staff: by the label of a role, or in everyday words.
fn names_staff(text: &str, config: &Config) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let names = lower.split([',', '，', '、', '/', ';', '；']).map(str::trim);
    let roles = || config.roles.iter().filter(|role| role.name != CUSTOMER);
    let is_label = |name: &str| {
        roles().any(|role| {
            let mut labels = role.label.by_language.values().chain([&role.label.fallback]);
            labels.any(|label| label.to_lowercase() == name)
        })
    };
    STAFF_PARTS.iter().any(|part| lower.contains(part))
        || words.any(|word| STAFF_WORDS.contains(&word))
        || names.into_iter().any(is_label)
}

/// Whether a key and a value are as short as such things are, and no sentence with a colon in it.
fn is_note(key: &str, value: &str) -> bool {
    let is_stop = |c: char| matches!(c, ',' | '，' | '。' | '、' | ';' | '；' | '?' | '？');
    !key.contains(is_stop)
        && key.chars().count() <= LONGEST_NOTE_KEY
        && value.chars().count() <= LONGEST_NOTE
}

/// Whether a line of text `key: value` plainly keeps readers out. Less counts than in a head: a text
/// may well be about the status of something else.
pub(crate) fn text_keeps_out(key: &str, value: &str, config: &Config) -> bool {
    let name = form(key);
    // `Draft (v2)`, `Draft – do not share`, `草稿，待审`.
    let first = value.split(['(', '（', '–', '—', ',', '，', ';', '；', '/', '.', '。']).next();
    let (word, first) = (form(value), form(first.unwrap_or_default()));
    let says = |words: &[&str]| words.contains(&word.as_str());
    let is = |keys: &[&str]| keys.contains(&name.as_str());
    let begins = |words: &[&str]| words.contains(&first.as_str());
    let is_readers = is(&READERS) || is(&SHARING_IN_TEXT);
    let is_status = is(&STATUS) || is(&STATE) || is(&STATUS_IN_TEXT);
    let is_draft = || begins(&["draft", "草稿"]);
    is(&ROLES) && are_roles(value, config)
        || (is_about_readers(&name) || is(&ROLES) && !name.is_ascii())
            && is_note(key, value)
            && names_staff(value, config)
        || is_readers && (are_roles(value, config) || begins(&FOR_SOME) || begins(&SECLUDED))
        || is_status && (is_draft() || begins(&NOT_DONE) || begins(&FOR_SOME))
        || says(&["draft", "草稿"])
        || (is(&DRAFT) || is(&LOCKS) && name != "password") && says(&YES)
        || (is(&VISIBLE_IN_TEXT) || is(&PUBLISHED)) && says(&NO)
        || begins(&ONLY_SOME) && is_label(&name)
}

/// Whether a key labels a whole page.
fn is_label(key: &str) -> bool {
    ["label", "labels", "tag", "tags", "category", "categories", "flags", "type"].contains(&key)
}
