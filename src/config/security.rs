//! `[security]`: what the site's owner vouches for.

use crate::diagnostic::Code;
use crate::spanned::reader::TableReader;

/// `[security]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Security {
    /// Endings in lower case (`html`).
    endings: Vec<String>,
    /// Files and folders by their paths in the content folder.
    paths: Vec<String>,
    /// Titles that sound as if they said who reads, and do not.
    pub titles: Vec<String>,
}

impl Security {
    /// Whether the file at a content path is published as it is, even if a browser runs it.
    pub(crate) fn vouches_for(&self, path: &str) -> bool {
        let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        let is_below = |named: &String| {
            let rest = path.strip_prefix(named.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        ending.is_some_and(|ending| self.endings.contains(&ending))
            || self.paths.iter().any(is_below)
    }
}

/// Reads the table. A word alone is an ending; what has a dot or a slash in it is a path.
pub(super) fn read(security: &mut Security, mut reader: TableReader<'_>) {
    for entry in reader.texts("attachments").unwrap_or_default() {
        let text = entry.text.as_str();
        let word = text.strip_prefix('.').unwrap_or(text);
        let is_word = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric());
        let path = text.trim_start_matches("./").trim_matches('/');
        let is_path = text.contains(['.', '/'])
            && !text.contains(['*', '?', '\\'])
            && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        match (is_word, is_path) {
            (true, _) => security.endings.push(word.to_lowercase()),
            (false, true) => security.paths.push(path.to_owned()),
            (false, false) => reader.report(Code::InvalidValue, entry.span, |diagnostic| {
                diagnostic.with("key", "attachments").with("value", &entry.text).with_both(
                    "allowed",
                    "an ending such as `html`, or the path of a file or folder in the content folder such as `tools/calculator.html` or `tools/`",
                    "扩展名（如 `html`），或内容目录中文件、文件夹的路径（如 `tools/calculator.html`、`tools/`）",
                )
            }),
        }
    }
    let titles = reader.texts("titles").unwrap_or_default();
    security.titles = titles.into_iter().map(|title| title.text.trim().to_owned()).collect();
    reader.refuse_rest();
}
