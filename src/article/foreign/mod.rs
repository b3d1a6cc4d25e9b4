//! Keys of other systems that keep a page from readers.
//!
//! What only its own tool leaves out is left out here too; what its own tool hides is hidden. Where
//! a key names readers in words of its own, nobody can translate them, and the build stops.

mod guess;
mod hints;
mod others;
mod readers;
mod words;

use jiff::civil::Date;

use super::times::{self, Bound};
use crate::config::keys::form;
use crate::spanned::Value;
use crate::text::nearest::is_almost;

pub(crate) use guess::effect_of_tags;
pub(crate) use readers::{are_names, are_roles, names_readers, text_keeps_out};
use words::*;

/// What a key of another system does to a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It keeps the page back.
    Draft,
    /// It sounds like keeping the page back; nobody knows its system, so it is said.
    LikeDraft,
    /// It keeps the page back before a day, or from one on.
    Time(Bound, Date),
    /// It keeps the page back, because it should name a day and does not.
    NoDay,
    /// It takes the page out of navigation and search.
    Hide,
    /// It says who reads, in a way that tier0 does not know.
    Unread,
}

/// Keys of a table or a list below this depth are not looked at.
const DEEPEST: usize = 8;

/// What a key does to a page, or a key inside its value: `build: { render: never }`.
pub(crate) fn effect_of_all(key: &str, value: &Value) -> Option<Effect> {
    inside(None, key, value, DEEPEST)
}

fn inside(parent: Option<&str>, key: &str, value: &Value, depth: usize) -> Option<Effect> {
    // `comments: { show: false }` is about a part of the page.
    let is_of_the_page = parent.is_none_or(|parent| OF_THE_PAGE.contains(&form(parent).as_str()));
    let is_of_a_part = !is_of_the_page && VISIBLE.contains(&form(key).as_str());
    let guess = || guess::effect(key, value).filter(|_| is_of_the_page);
    let own = listed(key, value).filter(|_| !is_of_a_part).or_else(guess);
    if own.is_some() || depth == 0 {
        return own;
    }
    match value {
        Value::Table(entries) => entries.iter().find_map(|entry| {
            let name = form(&entry.key);
            // Who reads is said at the top of a head, and nowhere else.
            if ["roles", "allowedroles"].contains(&name.as_str()) {
                return Some(Effect::Unread);
            }
            inside(Some(key), &entry.key, &entry.node.value, depth - 1)
        }),
        Value::List(items) => items.iter().find_map(|item| match &item.value {
            table @ Value::Table(_) => inside(parent, key, table, depth - 1),
            _ => None,
        }),
        Value::Scalar(_) | Value::Null => None,
    }
}

/// What a key does to a page; none if it is not about that, or says that everybody reads.
pub(crate) fn effect(key: &str, value: &Value) -> Option<Effect> {
    listed(key, value).or_else(|| guess::effect(key, value))
}

/// What a key does whose name or value is listed.
fn listed(key: &str, value: &Value) -> Option<Effect> {
    let key = form(key);
    let is = |keys: &[&str]| keys.contains(&key.as_str());
    let word = match value {
        Value::Scalar(text) => Some(form(text)),
        Value::Null => Some(String::new()),
        Value::List(_) | Value::Table(_) => None,
    };
    let says = |words: &[&str]| word.as_deref().is_some_and(|word| words.contains(&word));
    let is_empty = word.as_deref() == Some("");
    // Whatever the key: who writes `stattus: Draft` means it.
    if says(&["draft", "草稿"]) {
        return Some(Effect::Draft);
    }
    let is_name = NAMING.iter().any(|part| key.starts_with(part) || key.ends_with(part));
    if says(&FOR_SOME) && !is_name {
        return Some(Effect::Unread);
    }
    if DRAFT.iter().any(|known| is_almost(&key, known)) && (says(&YES) || is_empty) {
        return Some(Effect::Draft);
    }
    if is(&VISIBLE) && says(&NO) {
        return Some(Effect::Draft);
    }
    if is(&DRAFT) {
        return (!says(&NO)).then_some(Effect::Draft);
    }
    if is(&PUBLISHED) {
        if let Some(day) = day(value) {
            return Some(Effect::Time(Bound::From, day));
        }
        return (!says(&YES) && !says(&FINISHED)).then_some(Effect::Draft);
    }
    if is(&STATUS) {
        return (!says(&FINISHED)).then_some(Effect::Draft);
    }
    if is(&STATE) {
        return says(&UNFINISHED).then_some(Effect::Draft);
    }
    if is(&HIDDEN) {
        return (!says(&NO)).then_some(Effect::Hide);
    }
    if is(&READERS) {
        let is_open = |one: &Value| is_for_all(one) || key.contains("audience") && are_users(one);
        let is_everybody = match value {
            Value::List(items) => {
                !items.is_empty() && items.iter().all(|item| is_open(&item.value))
            }
            one => is_open(one),
        };
        let asks_nothing = is(&ASKING) && says(&["none", "无"]);
        return (!is_everybody && !asks_nothing).then_some(Effect::Unread);
    }
    let is_lock = || !NO_LOCKS.iter().any(|end| key.ends_with(end));
    if LOCKING.iter().any(|part| key.contains(part) && key != *part) && says(&YES) && is_lock() {
        return Some(Effect::Unread);
    }
    if is(&LOCKS) {
        let is_no_password = is_empty && key == "password";
        return (!says(&NO) && !is_no_password).then_some(Effect::Unread);
    }
    let bound = if is(&FROM) { Bound::From } else { Bound::Until };
    // What never expires stays; when something appears that never does, nobody can tell.
    if !is(&FROM) && (!is(&UNTIL) || says(&NO)) {
        return None;
    }
    Some(day(value).map_or(Effect::NoDay, |day| Effect::Time(bound, day)))
}

/// Whether a value means everybody.
fn is_for_all(value: &Value) -> bool {
    matches!(value, Value::Scalar(text) if EVERYBODY.contains(&form(text).as_str()))
}

/// Whether a value means those who use the product in a way of their own.
fn are_users(value: &Value) -> bool {
    matches!(value, Value::Scalar(text) if USERS.contains(&form(text).as_str()))
}

/// Whether a key is about being finished, or about days of publishing, whatever it says.
pub(crate) fn says_when(key: &str) -> bool {
    let key = form(key);
    let lists: [&[&str]; 5] = [&DRAFT, &PUBLISHED, &STATUS, &FROM, &UNTIL];
    lists.iter().any(|list| list.contains(&key.as_str()))
}

/// Whether a value is a plain yes or no, in the words that every system has.
pub(crate) fn is_plain(value: &Value) -> bool {
    let Value::Scalar(text) = value else { return false };
    let word = text.trim().to_lowercase();
    ["true", "yes", "on", "1", "false", "no", "off", "0", "draft"].contains(&word.as_str())
}

fn day(value: &Value) -> Option<Date> {
    let Value::Scalar(text) = value else { return None };
    times::day(text).or_else(|| times::spelled_day(text))
}

#[cfg(test)]
mod tests;
