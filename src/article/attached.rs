//! Files that are copied as they are, and begin like an article: what their head says of readers is
//! obeyed by nobody.
//!
//! It has no switch in [`crate::mutation`]: the pipeline copies no files, so no proof of it would see
//! the difference; `tests/suite/attachments.rs` does.

use std::sync::Arc;

use jiff::civil::Date;

use super::foreign::{self, Effect};
use super::front_matter;
use super::keys;
use crate::config::keys::form;
use crate::config::{Config, Edition};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{LARGEST_HEAD, may_have_head};
use crate::spanned::Value;

/// How many lines of a head that cannot be parsed are looked at.
const MOST_LINES: usize = 30;

/// Who a file is copied for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CopiedFor<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// The configuration.
    pub config: &'a Config,
    /// The day that is built for.
    pub today: Date,
}

/// What is wrong with a file that has the name of a folder's page and another ending, or of the data
/// of pages: if it names readers, it does so for pages, and nobody reads it.
pub(crate) fn near_page(bytes: &[u8], shown: &Arc<str>, config: &Config) -> Option<Diagnostic> {
    let names_readers = |key: &str, value: &Value| {
        ["roles", "role", "cascade"].contains(&&*form(key))
            || keys::meant(key) == Some("roles")
            || foreign::names_readers(key, value, config)
    };
    let keeps_back = |key: &str, value: &Value| {
        let effect = || foreign::effect_of_all(key, value);
        names_readers(key, value)
            || !config.keys_off.contains(&form(key))
                && matches!(effect(), Some(Effect::Draft | Effect::LikeDraft | Effect::Unread))
    };
    let ending = shown.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if ["yaml", "yml", "toml", "json"].contains(&&*ending) {
        let text = String::from_utf8_lossy(bytes);
        let headed = as_head(&text, &ending);
        let key = first_key(headed.as_bytes(), shown, keeps_back)
            .or_else(|| key_in_lines(&text, names_readers))?;
        return Some(Diagnostic::at(Code::UnclearRoles, shown, 0..0).with_both(
            "reason",
            format!(
                "nobody reads `{key}` in a file of data; write it at the head of the page, or `cascade` into the folder's `_index.md`; if the file is not about pages, give it another name"
            ),
            format!(
                "数据文件中的 `{key}` 没有人读取；请写到页面的文件头里，或用 `cascade` 写到目录的 `_index.md` 里；如果这个文件与页面无关，请改名"
            ),
        ));
    }
    let key = first_key(bytes, shown, names_readers)?;
    Some(Diagnostic::at(Code::UnclearRoles, shown, 0..0).with_both(
        "reason",
        format!(
            "`{key}` is only read in a folder's `_index.md` or `index.md`, and this file is neither"
        ),
        format!("`{key}` 只有写在目录的 `_index.md` 或 `index.md` 中才有效，而这个文件两者都不是"),
    ))
}

/// A file of data as the head of a page.
fn as_head(text: &str, ending: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    if ending == "toml" {
        return format!("+++\n{text}\n+++\n");
    }
    // A line of dashes ends a head.
    let text = text.trim_start().strip_prefix("---").unwrap_or(text);
    let json = (ending == "json").then(|| serde_json::from_str::<serde_json::Value>(text).ok());
    let one_line = json.flatten().map(|json| json.to_string());
    format!("---\n{}\n---\n", one_line.as_deref().unwrap_or(text))
}

/// The first key of this kind at the head of a file that begins with these bytes.
fn first_key(
    bytes: &[u8],
    shown: &Arc<str>,
    is_meant: impl Fn(&str, &Value) -> bool,
) -> Option<String> {
    if !may_have_head(bytes) {
        return None;
    }
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LARGEST_HEAD)]);
    let block = front_matter::split(&text);
    if block.fence == front_matter::Fence::None {
        return None;
    }
    match front_matter::parse(shown, &text, &block) {
        Ok(table) => {
            let entries = table.iter().map(|entry| (&*entry.key, &entry.node.value));
            let mut meant = entries.into_iter().filter(|(key, value)| is_meant(key, value));
            meant.next().map(|(key, _)| key.to_owned())
        }
        // The head does not parse.
        Err(_) => key_in_lines(&text[block.content.start..], is_meant),
    }
}

fn key_in_lines(text: &str, is_meant: impl Fn(&str, &Value) -> bool) -> Option<String> {
    text.lines().take(MOST_LINES).find_map(|line| {
        let (key, value) = line.split_once([':', '=', '：'])?;
        let value = value.trim().trim_matches(['"', '\'']);
        let key = key.trim().trim_matches(['"', '\'', '{', ' ']);
        is_meant(key, &Value::Scalar(value.to_owned())).then(|| key.to_owned())
    })
}

impl CopiedFor<'_> {
    /// What is wrong with publishing a file that begins with these bytes; `shown` is its path for
    /// people.
    pub(crate) fn fault(self, bytes: &[u8], shown: &Arc<str>) -> Option<Box<Diagnostic>> {
        let key = first_key(bytes, shown, |key, value| self.keeps_back(key, value))?;
        Some(ignored(&key, shown))
    }

    /// The same of a file of keys and values, and of a text that begins with one: if `roles` at its top
    /// names roles of the site that the edition does not show.
    pub(crate) fn fault_in_data(self, bytes: &[u8], shown: &Arc<str>) -> Option<Box<Diagnostic>> {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LARGEST_HEAD)]);
        let text = text.trim_start_matches('\u{feff}');
        let roles = if shown.ends_with(".json") {
            let table: serde_json::Map<String, serde_json::Value> =
                serde_json::from_str(text).ok()?;
            table.iter().find(|(key, _)| is_roles(key))?.1.to_string()
        } else {
            let pair = |line: &str| {
                let (key, value) = line.split_once([':', '=', '：'])?;
                let is_top = !key.starts_with(char::is_whitespace);
                let key = key.trim_end().trim_matches(['"', '\'']);
                (is_top && is_roles(key))
                    .then(|| value.split('#').next().unwrap_or_default().to_owned())
            };
            // What stands in a table belongs to that, and the first line of a text is its head.
            let lines = text.lines().take_while(|line| !line.starts_with('['));
            let lines = lines.filter(|line| !line.trim().is_empty());
            let most = if shown.ends_with(".txt") { 1 } else { usize::MAX };
            let mut lines = lines.take(most);
            let found = lines.find_map(pair)?;
            let items = lines.map_while(|line| line.trim_start().strip_prefix("- "));
            let items: Vec<&str> =
                if found.trim().is_empty() { items.collect() } else { Vec::new() };
            found + &items.join(",")
        };
        let roles = words(&Value::Scalar(roles.trim().to_owned()));
        let is_known = roles.iter().any(|role| self.config.role(role).is_some());
        (is_known && !self.edition.shows(&roles)).then(|| ignored("roles", shown))
    }

    /// Whether a key keeps readers of the edition from a page.
    fn keeps_back(self, key: &str, value: &Value) -> bool {
        let name = form(key);
        if is_roles(key) {
            let roles = words(value);
            return roles.is_empty() || !self.edition.shows(&roles);
        }
        if name == "cascade" {
            return true;
        }
        if self.config.keys_off.contains(&name) {
            return false;
        }
        if foreign::names_readers(key, value, self.config) {
            return true;
        }
        let effect = match name.as_str() {
            "tag" | "tags" | "label" | "labels" => foreign::effect_of_tags(key, value),
            _ => foreign::effect_of_all(key, value),
        };
        match effect {
            Some(Effect::Draft | Effect::LikeDraft | Effect::NoDay | Effect::Unread) => true,
            Some(Effect::Time(bound, day)) => bound.keeps_back(day, self.today),
            Some(Effect::Hide) | None => false,
        }
    }
}

fn is_roles(key: &str) -> bool {
    ["roles", "role"].contains(&&*form(key)) || keys::meant(key) == Some("roles")
}

/// A key that nobody obeys.
fn ignored(key: &str, shown: &Arc<str>) -> Box<Diagnostic> {
    let problem = Diagnostic::at(Code::UnclearRoles, shown, 0..0).with_both(
        "reason",
        format!("the file is copied as it is, and nobody obeys `{key}` at its head"),
        format!("这个文件会原样复制，开头的 `{key}` 不起作用"),
    );
    Box::new(problem)
}

/// The texts of a list, or of a scalar with commas.
fn words(value: &Value) -> Vec<String> {
    let texts: Vec<&str> = match value {
        Value::Scalar(text) => text.trim_matches(['[', ']']).split([',', '，']).collect(),
        Value::List(items) => items
            .iter()
            .filter_map(|item| match &item.value {
                Value::Scalar(text) => Some(text.as_str()),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    let texts = texts.into_iter().map(|text| text.trim().trim_matches(['"', '\'']));
    texts.filter(|text| !text.is_empty()).map(str::to_owned).collect()
}
