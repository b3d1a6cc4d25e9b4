//! Heads that became text: `Status: Draft` below a title, in bold, in a table, in a comment.
//!
//! Editors and exports do that to front matter. Only what stands before the first line of prose is
//! looked at, and only what plainly keeps readers out counts: a text may speak of any status.

use std::ops::Range;

use super::foreign;
use super::front_matter::Block;
use crate::config::Config;
use crate::config::keys::form;
use crate::text::lines::lines_at;
use crate::text::unseen::is_unseen;

/// How many lines of a body are looked at.
const LOOK_AHEAD: usize = 30;
/// Longer keys are sentences.
const LONGEST_KEY: usize = 40;
/// What heads the column that describes a thing, in one form.
const DESCRIPTIONS: [&str; 20] = [
    "default",
    "defaults",
    "defaultvalue",
    "description",
    "meaning",
    "explanation",
    "effect",
    "purpose",
    "values",
    "allowedvalues",
    "possiblevalues",
    "options",
    "whatitdoes",
    "默认",
    "默认值",
    "含义",
    "说明",
    "描述",
    "作用",
    "可选值",
];

/// Where the text of a page speaks of readers as a head does, in bytes of the file.
pub(crate) fn find(text: &str, block: &Block, config: &Config) -> Option<Range<usize>> {
    let body = text.get(block.body_start..)?;
    let (mut is_code, mut is_comment, mut is_described) = (false, false, false);
    let lines: Vec<_> = lines_at(body, block.body_start).take(LOOK_AHEAD).collect();
    for (number, (start, line)) in lines.iter().copied().enumerate() {
        let shown = line.trim();
        if shown.starts_with("```") || shown.starts_with("~~~") {
            is_code = !is_code;
            continue;
        }
        if is_code {
            continue;
        }
        is_comment |= shown.starts_with("<!--");
        let was_comment = is_comment;
        is_comment &= !shown.contains("-->");
        let bare = bare(shown);
        if bare.is_empty() {
            continue;
        }
        if is_quoted(shown) {
            return None;
        }
        let after = |more: usize| lines.get(number + more).map_or("", |(_, line)| *line);
        let is_row = shown.starts_with('|') && shown.ends_with('|') && shown.len() > 1;
        // Rows below `Setting | Default` say what a setting does.
        is_described = is_row && (is_described || describes(shown, after(1)));
        if is_described {
            continue;
        }
        if keeps_out(&bare, config)
            || cells_keep_out(shown, config)
            || is_only_row([after(1), after(2), after(3)]) && row_keeps_out(shown, after(2), config)
        {
            return Some(start..start + line.trim_end().len());
        }
        let is_heading = shown.starts_with('#');
        if !was_comment && !is_heading && !is_row && !bare.lines().all(|cell| pair(cell).is_some())
        {
            return None;
        }
    }
    None
}

/// Whether the key of a line stands between backticks behind words: a sentence that tells how heads are
/// written.
fn is_quoted(line: &str) -> bool {
    let (before, _) = line.split_once('`').unwrap_or_default();
    let colon = line.find([':', '：']);
    before.contains(char::is_alphabetic)
        && colon.is_some_and(|colon| line[..colon].matches('`').count() % 2 == 1)
}

/// Whether the first role key of a body stands before its prose: behind it, `Role: Support` is
/// the role of somebody.
pub(crate) fn is_before_prose(text: &str, body_start: usize, at: usize) -> bool {
    let before = text.get(body_start..at).unwrap_or_default();
    let mut is_comment = false;
    before.split(['\n', '\r']).map(str::trim).all(|line| {
        is_comment |= line.starts_with("<!--");
        let was_comment = is_comment;
        is_comment &= !line.contains("-->");
        let bare = bare(line);
        was_comment || line.starts_with('#') || bare.is_empty() || pair(&bare).is_some()
    })
}

/// A line without its markup. Of a row of a table with two cells a key and a value are made.
fn bare(line: &str) -> String {
    let line = line.replace("<!--", " ").replace("-->", " ");
    let cells: Vec<&str> = line.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect();
    let line = match cells.as_slice() {
        [key, value] => format!("{key}: {value}"),
        _ => line.clone(),
    };
    let is_markup = |c: char| {
        matches!(c, '*' | '_' | '`' | '|' | '\\' | '#' | '>' | '"' | '“' | '”' | '{' | '}')
            || is_unseen(c)
    };
    let text: String = line.chars().filter(|c| !is_markup(*c) || *c == '_').collect();
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '+' | '_'));
    let is_rule = text.chars().all(|c| matches!(c, '-' | '=' | '+' | '—' | '–' | ':' | ' ' | '_'));
    if is_rule { String::new() } else { text.trim().trim_end_matches('_').to_owned() }
}

/// The key and the value of a line, if it looks like one: `key: value`, `key：值`, `key:: value`.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once([':', '：', '＝', '='])?;
    let is_key = !key.trim().is_empty() && key.chars().count() <= LONGEST_KEY;
    let value = value.trim_start_matches(':').trim_matches(|c: char| c == ',' || c.is_whitespace());
    is_key.then(|| (key.trim(), value.trim_matches(['_', '[', ']', ' '])))
}

/// Whether one of several pairs in a line does: `密级：内部 | 作者：x`.
fn cells_keep_out(line: &str, config: &Config) -> bool {
    let mut cells = line.split(['|', '｜', '·', '•']).map(bare);
    line.contains(['|', '｜', '·', '•'])
        && cells.any(|cell| {
            // `{status:title=DRAFT|colour=Grey}` is a mark of Confluence.
            let last = cell.rsplit(':').next().unwrap_or_default();
            keeps_out(&cell, config) || keeps_out(last, config)
        })
}

/// Whether a table is one of things that are described, by the last cell of its head.
fn describes(head: &str, rule: &str) -> bool {
    let last = head.trim_matches(|c: char| c == '|' || c.is_whitespace()).rsplit('|').next();
    let last = form(last.unwrap_or_default());
    bare(rule).is_empty() && rule.contains('-') && DESCRIPTIONS.contains(&last.as_str())
}

/// Whether a table goes on below its head with its rule and one row.
fn is_only_row([rule, row, after]: [&str; 3]) -> bool {
    bare(rule).is_empty()
        && rule.contains('-')
        && row.trim().starts_with('|')
        && !after.trim().starts_with('|')
}

/// Whether a row does, below the keys that head its table.
fn row_keeps_out(head: &str, row: &str, config: &Config) -> bool {
    let cells = |line: &str| -> Vec<String> {
        line.trim().trim_matches('|').split('|').map(|cell| bare(cell.trim())).collect()
    };
    let (keys, values) = (cells(head), cells(row));
    head.trim().starts_with('|')
        && keys.len() == values.len()
        && keys.iter().zip(&values).any(|(key, value)| foreign::text_keeps_out(key, value, config))
}

/// Whether a line plainly keeps readers out; several keys may stand in it.
fn keeps_out(line: &str, config: &Config) -> bool {
    let Some((key, value)) = pair(line) else { return false };
    if foreign::text_keeps_out(key, value, config) {
        return true;
    }
    // `title: x draft: true`, as a formatter leaves it.
    let mut key = String::new();
    let mut value = String::new();
    let mut is_any = false;
    for word in line.split_whitespace().chain([":"]) {
        if let Some(next) = word.strip_suffix([':', '：']) {
            is_any |= !form(&key).is_empty() && foreign::text_keeps_out(&key, &value, config);
            next.clone_into(&mut key);
            value.clear();
        } else {
            value.push_str(word);
            value.push(' ');
        }
    }
    is_any
}
