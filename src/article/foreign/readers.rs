//! Roles and editions that are named where nothing reads them: as the value of some key, or as a key.

use super::guess::{items, words};
use super::hints::*;
use super::words::*;
use crate::config::Config;
use crate::config::keys::form;
use crate::config::roles::CUSTOMER;
use crate::spanned::{Node, Value};

/// Longest key in a text that says for whom a page is, in characters, and longest value.
const LONGEST_NOTE_KEY: usize = 24;
const LONGEST_NOTE: usize = 60;

/// Keys that name who made a page, what it is about or where it goes: a role may do that, too.
const NOT_READERS: [&str; 34] = [
    "slack",
    "queue",
    "form",
    "job",
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

/// Persons, in keys that say what they are.
const PERSONS: [&str; 10] = [
    "author",
    "owner",
    "contact",
    "reviewer",
    "maintainer",
    "assignee",
    "approver",
    "editor",
    "writer",
    "job",
];
/// Keys of editions.
const EDITIONS: [&str; 2] = ["edition", "editions"];
/// What stands before a role in a key where it alone reads, and what behind it.
const ONLY_FOR: [&str; 9] =
    ["onlyfor", "for", "only", "is", "visibleto", "showto", "仅限", "仅供", "仅"];
const FOR_ONLY: [&str; 7] = ["only", "visible", "专用", "专属", "可见", "可看", "限定"];

/// Whether the whole value of a key names roles, of which one keeps something from customers.
pub(crate) fn names_readers(key: &str, value: &Value, config: &Config) -> bool {
    let name = form(key);
    let is_other = is_subject(&name)
        || NAMING.iter().any(|part| name.starts_with(part) || name.ends_with(part))
        || ["teams", "owners", "features", "by"].iter().any(|end| name.ends_with(end));
    if is_about_roles(key, value, config) {
        return true;
    }
    if is_other {
        return false;
    }
    if is_role_with_yes(&name, value, config) {
        return true;
    }
    if let Value::Scalar(text) = value
        && is_about_readers(&name)
        && names_staff(text, config)
    {
        return true;
    }
    match value {
        Value::Scalar(_) | Value::List(_) => {
            joined(value).is_some_and(|text| are_roles(&text, config))
        }
        // What is reported for a part of the page is not said of the page.
        Value::Table(entries)
            if OF_THE_PAGE.contains(&name.as_str()) || EDITIONS.contains(&name.as_str()) =>
        {
            entries.iter().any(|entry| {
                let is_flat = !matches!(entry.node.value, Value::Table(_));
                is_flat && names_readers(&entry.key, &entry.node.value, config)
            })
        }
        Value::Table(_) | Value::Null => false,
    }
}

/// Whether a key in its one form says whose a page is, what it is about or where it goes.
pub(super) fn is_subject(key: &str) -> bool {
    NOT_READERS.iter().any(|part| key.starts_with(part) || key.ends_with(part))
}

/// The text of a value, or those of a list that has nothing else.
fn joined(value: &Value) -> Option<String> {
    match value {
        Value::Scalar(text) => Some(text.clone()),
        Value::List(items) => {
            let text = |item: &Node| match &item.value {
                Value::Scalar(text) => Some(text.clone()),
                _ => None,
            };
            let texts: Option<Vec<_>> = items.iter().map(text).collect();
            texts.map(|texts| texts.join(","))
        }
        Value::Table(_) | Value::Null => None,
    }
}

/// Whether a key speaks of roles, whatever stands before, and of more than everybody: `section_roles`,
/// `pageRole`. A person has a role, too.
fn is_about_roles(key: &str, value: &Value, config: &Config) -> bool {
    let words = words(key);
    let ends = |known: &[&str]| words.last().is_some_and(|last| known.contains(&last.as_str()));
    let is_wide = ["角色", "读者"].iter().any(|end| form(key).ends_with(end));
    let is_of_a_person = || words.iter().any(|word| PERSONS.contains(&word.as_str()));
    let names_roles = || joined(value).is_some_and(|text| are_roles(&text, config));
    (ends(&["role", "roles"]) || is_wide) && !is_of_a_person() && !is_for_nobody_else(value)
        || ends(&["role", "roles", "edition", "editions"]) && names_roles()
}

/// Whether a value keeps nobody out: it is empty, a no, or means everybody.
fn is_for_nobody_else(value: &Value) -> bool {
    let is_open = |word: &String| {
        word.is_empty() || EVERYBODY.contains(&word.as_str()) || NO.contains(&word.as_str())
    };
    !matches!(value, Value::Table(_)) && items(value).iter().all(is_open)
}

/// Whether a key is the name of a role or an edition, alone or as that of its only readers, and says
/// yes: `ops_only: true`, `for_ops: yes`, `运维专用: 是`.
fn is_role_with_yes(key: &str, value: &Value, config: &Config) -> bool {
    let Value::Scalar(text) = value else { return false };
    let word = form(text);
    if !YES.contains(&word.as_str()) && !["only", "仅"].contains(&word.as_str()) {
        return false;
    }
    let begins = ONLY_FOR.iter().filter_map(|begin| key.strip_prefix(begin)).chain([key]);
    let bare = begins.flat_map(|rest| {
        FOR_ONLY.iter().filter_map(move |end| rest.strip_suffix(end)).chain([rest])
    });
    let roles = || config.roles.iter().filter(|role| role.name != CUSTOMER);
    let labels =
        || roles().flat_map(|role| role.label.by_language.values().chain([&role.label.fallback]));
    let names = || roles().map(|role| role.name.as_str()).chain(config.inner_editions());
    bare.into_iter().any(|bare| {
        names().chain(labels().map(String::as_str)).any(|name| form(name) == bare)
            || bare.strip_suffix('s').is_some_and(|one| names().any(|name| form(name) == one))
    })
}

/// Whether a text consists of names of roles and editions, of which one keeps something from customers.
pub(crate) fn are_roles(text: &str, config: &Config) -> bool {
    let is_wrapping = |c: char| c.is_whitespace() || !c.is_alphanumeric();
    let names = text.split([',', '，', '、', ' ']).map(|name| name.trim_matches(is_wrapping));
    let names: Vec<_> = names.filter(|name| !name.is_empty()).map(str::to_lowercase).collect();
    let roles = config.roles.iter().map(|role| role.name.as_str());
    let known: Vec<_> = roles.chain(config.inner_editions()).map(str::to_lowercase).collect();
    names.iter().all(|name| known.contains(name)) && names.iter().any(|name| name != CUSTOMER)
}

/// Whether roles are written as the site writes their names, or are several, and not as that of a
/// person is: `Role: Engineer`.
pub(crate) fn are_names(text: &str, config: &Config) -> bool {
    let known = |name: &str| {
        let mut roles = config.roles.iter().map(|role| role.name.as_str());
        roles.any(|role| role == name) || config.inner_editions().any(|edition| edition == name)
    };
    let names = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_'));
    let are_several = text.contains([',', '，', '、', ';', '；', '/']);
    are_several || names.filter(|name| !name.is_empty()).all(known)
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
    // `Required role: Support` is that of an account.
    let is_one = name.ends_with("role");
    let are_roles = |value: &str| are_roles(value, config) && (!is_one || are_names(value, config));
    let is_status = is(&STATUS) || is(&STATE) || is(&STATUS_IN_TEXT);
    let is_draft = || begins(&["draft", "草稿"]);
    is(&ROLES) && are_roles(value)
        || (is_about_readers(&name) || is(&ROLES) && !name.is_ascii())
            && is_note(key, value)
            && names_staff(value, config)
        || is_readers && (are_roles(value) || begins(&FOR_SOME) || begins(&SECLUDED))
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
