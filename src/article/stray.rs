//! Roles that stand in a page and are not read: front matter without its fences, behind a comment,
//! below a heading, given twice; `roles` inside another key. And second heads, whose keys would keep
//! the page back.
//!
//! Their writer believes something hidden. Code blocks are left alone: they show how it is done.

use std::ops::Range;

use super::foreign::{self, Effect, are_roles};
use super::front_matter::Block;
use super::{keys, text_head};
use crate::config::Config;
use crate::config::keys::form;
use crate::spanned::Value;
use crate::text::lines::{lines_at, lines_of_any};
use crate::text::unseen::is_unseen;

/// How many lines of a body are looked at.
const LOOK_AHEAD: usize = 30;
/// As much of a value is looked at, in bytes.
const LONGEST_VALUE: usize = 400;
/// Longer keys are sentences, in bytes.
const LONGEST_KEY: usize = 40;

/// Where roles stand that nothing reads, in bytes of the file; only for pages that name none.
pub(crate) fn roles(
    text: &str,
    block: &Block,
    has_cascade: bool,
    config: &Config,
) -> Option<Range<usize>> {
    // Those of `cascade` are read; `role` inside another key is mostly that of a person.
    let in_head = || find(text, block.content.clone(), usize::MAX, &["roles"], config);
    let head = (!has_cascade).then(in_head).flatten();
    let body = block.body_start..text.len();
    let behind = || find(text, body.clone(), LOOK_AHEAD, &["roles"], config);
    // In prose, `Role: Support` is the role of somebody.
    let before = || {
        let found = find(text, body.clone(), LOOK_AHEAD, &["role"], config)?;
        let named = text.get(found.clone()).and_then(|line| value(line, &["role"]));
        if !named.is_some_and(|named| foreign::are_names(named, config)) {
            return None;
        }
        text_head::is_before_prose(text, block.body_start, found.start).then_some(found)
    };
    head.or_else(before).or_else(behind)
}

/// Where a second head stands that would keep the page from readers.
pub(crate) fn head(text: &str, block: &Block, config: &Config) -> Option<Range<usize>> {
    near(text, block).or_else(|| pasted(text, block, config))
}

/// The same between two lines of dashes in the first lines of a body, below a heading, a comment or the
/// head that is read.
fn near(text: &str, block: &Block) -> Option<Range<usize>> {
    let body = text.get(block.body_start..)?;
    let lines = lines_of_any(body, block.body_start).take(LOOK_AHEAD);
    let is_fence = |line: &str| {
        let line = line.trim();
        let mark = line.chars().next().filter(|c| matches!(c, '-' | '=' | '+' | '—' | '–'));
        line.chars().count() >= 3 && mark.is_some_and(|mark| line.chars().all(|c| c == mark))
    };
    let keeps_back = |line: &str| {
        let (key, value) = line.split_once([':', '：'])?;
        let key = key.trim_matches(is_wrapping);
        let value = Value::Scalar(value.trim_matches(is_wrapping).to_owned());
        let is_word = !key.is_empty() && !key.contains(char::is_whitespace);
        is_word.then(|| foreign::effect(key, &value))?
    };
    let (mut is_code, mut is_head) = (false, false);
    // A line of dashes below a line of text underlines it.
    let mut is_below_text = false;
    for (at, line) in lines {
        let underlines = is_below_text && is_fence(line);
        is_below_text = !line.trim().is_empty() && !is_fence(line) && !line.starts_with(['#', '<']);
        let shown = line.trim_start();
        if shown.starts_with("```") || shown.starts_with("~~~") {
            is_code = !is_code;
        } else if is_fence(line) {
            is_head = !underlines;
        } else if !line.contains([':', '：']) {
            is_head = false;
        } else if is_head
            && !is_code
            && matches!(keeps_back(line), Some(Effect::Draft | Effect::LikeDraft | Effect::Unread))
        {
            return Some(at..at + line.trim_end().len());
        }
    }
    None
}

/// Where the head of a whole page stands that was pasted into another, anywhere in a body: between
/// two fences nothing but keys and their values, one of which keeps readers out.
fn pasted(text: &str, block: &Block, config: &Config) -> Option<Range<usize>> {
    let body = text.get(block.body_start..)?;
    let mut code: Option<(char, usize)> = None;
    let (mut is_head, mut telling) = (false, None);
    for (at, line) in lines_at(body, block.body_start) {
        let shown = line.trim_start_matches(|c: char| is_wrapping(c) || c == '>').trim_end();
        let mark = shown.chars().next().unwrap_or_default();
        let many = shown.chars().take_while(|c| *c == mark).count();
        let is_row = many >= 3 && shown.chars().count() == many;
        if let Some((open, least)) = code {
            code = code.filter(|_| !(is_row && open == mark && many >= least));
        } else if many >= 3 && matches!(mark, '`' | '~') {
            (code, is_head) = (Some((mark, many)), false);
        } else if is_row && matches!(mark, '-' | '+' | '—' | '–') && !is_indented(line) {
            if is_head && telling.is_some() {
                return telling;
            }
            (is_head, telling) = (true, None);
        } else if is_head {
            is_head = shown.is_empty() || is_of_a_head(line, shown);
            let tells = || keeps_readers_out(shown, config);
            telling = telling.or_else(|| tells().then(|| at..at + line.trim_end().len()));
        }
    }
    None
}

/// Whether a line is as far in that it is code.
fn is_indented(line: &str) -> bool {
    line.starts_with("    ") || line.starts_with('\t')
}

/// Whether a line may stand in a head: a key and its value, an item or a further line of one, a comment.
fn is_of_a_head(line: &str, shown: &str) -> bool {
    let key = shown.split_once([':', '：', '=']).map(|(key, _)| key);
    let is_key = key.is_some_and(|key| !key.trim().is_empty() && key.len() <= LONGEST_KEY);
    let is_comment = shown.starts_with('#') && !shown.starts_with("##");
    is_key || is_comment || shown.starts_with(['-', ']', '}']) || line.starts_with([' ', '\t'])
}

/// Whether a line of a head names readers, or keeps the page from them.
fn keeps_readers_out(line: &str, config: &Config) -> bool {
    let Some((key, value)) = line.split_once([':', '：', '=']) else { return false };
    let (key, text) = (key.trim_matches(is_wrapping), value.trim_matches(is_wrapping));
    let value = Value::Scalar(text.to_owned());
    let name = form(key);
    if key.contains(char::is_whitespace) || config.keys_off.contains(&name) {
        return false;
    }
    let effect = match name.as_str() {
        "roles" | "cascade" => return true,
        // Also that of a person.
        "role" => return text.is_empty() || are_roles(text, config),
        "tag" | "tags" | "label" | "labels" => foreign::effect_of_tags(key, &value),
        _ => foreign::effect(key, &value),
    };
    keys::meant(key).is_some_and(keys::guards_access)
        || matches!(
            effect,
            Some(Effect::Draft | Effect::LikeDraft | Effect::NoDay | Effect::Unread)
        )
        || foreign::names_readers(key, &value, config)
}

/// Whether a head that cannot be read may say who reads the page, or keep it back: whatever key or value
/// in it would, wherever it stands.
pub(super) fn keeps_back(head: &str, config: &Config) -> bool {
    let lower = head.to_lowercase();
    let words = ["role", "cascade", "translation_of", "status", "角色", "读者", "\u{fffd}"];
    let parts = || head.split(['\n', '\r', ',', '，', '{', '}', '[', ']']);
    // What is longer is no word about readers.
    let short = |part: &str| part[..part.floor_char_boundary(LONGEST_VALUE)].to_owned();
    let is_telling = |part: &str| {
        let part = &short(part);
        let part = part.trim_matches(|c: char| is_wrapping(c) || matches!(c, '-' | '#'));
        let text = Value::Scalar(part.to_owned());
        let pair = part.split_once([':', '：', '=']).map(|(key, value)| {
            let value = Value::Scalar(value.trim_matches(is_wrapping).to_owned());
            (key.trim_matches(is_wrapping).to_owned(), value)
        });
        let effect = pair.and_then(|(key, value)| foreign::effect_of_all(&key, &value));
        effect.is_some_and(|effect| effect != Effect::Hide)
            || keeps_readers_out(part, config)
            || foreign::effect_of_tags("tags", &text).is_some()
            || foreign::effect("", &text).is_some()
    };
    words.iter().any(|word| lower.contains(word)) || parts().any(is_telling)
}

fn find(
    text: &str,
    range: Range<usize>,
    most: usize,
    keys: &[&str],
    config: &Config,
) -> Option<Range<usize>> {
    let mut lines = lines_of_any(text.get(range.clone())?, range.start).take(most).peekable();
    let mut code: Option<char> = None;
    while let Some((at, line)) = lines.next() {
        let shown =
            line.trim_start_matches(|c: char| is_wrapping(c) || matches!(c, '>' | '<' | '!' | '-'));
        if let Some(mark) = shown.chars().next().filter(|c| matches!(c, '`' | '~'))
            && shown.starts_with(&mark.to_string().repeat(3))
        {
            match code {
                Some(open) if open == mark => code = None,
                None => code = Some(mark),
                _ => {}
            }
        }
        // A list item or a dash before it makes it a text; a comment does not.
        let is_item = line.trim_start().starts_with('-');
        if code.is_some() || is_item {
            continue;
        }
        let Some(value) = value(shown, keys) else { continue };
        let is_named = are_roles(value, config)
            || value.is_empty()
                && lines.peek().is_some_and(|(_, next)| {
                    let item = next.trim_start().strip_prefix('-');
                    item.is_some_and(|item| are_roles(item, config))
                });
        if is_named {
            let start = at + (line.len() - shown.len());
            return Some(start..at + line.trim_end().len());
        }
    }
    None
}

/// What surrounds a key or a value: quotes, brackets, white space, also that which nobody sees.
fn is_wrapping(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '[' | ']' | '{' | '}' | '“' | '”') || is_unseen(c)
}

/// What stands behind one of the keys: `roles: ops`, `"role" = "ops"`, `extra.roles = …`.
fn value<'l>(line: &'l str, keys: &[&str]) -> Option<&'l str> {
    let (key, value) = line.split_once([':', '=', '：', '＝'])?;
    let key = key.rsplit('.').next().unwrap_or(key).trim_matches(is_wrapping);
    let is_key = keys.iter().any(|known| known.eq_ignore_ascii_case(key));
    is_key.then(|| value.trim_matches(|c| is_wrapping(c) || matches!(c, '-' | '>' | ',' | ';')))
}
