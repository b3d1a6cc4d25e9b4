//! What a file's path says: its language and the path that all its translations share.

use crate::config::Config;
use crate::source::SourceFile;

/// Identity of an article within the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// Content path without language and ending: `guides/reset`; a section's own page has the
    /// folder's path (`guides`, or `` for the home page).
    pub key: String,
    /// Language code.
    pub language: String,
    /// Whether the file is an `_index` or `index`: the page of its folder.
    pub is_section: bool,
}

/// Names a file by its path; a `lang` key in the front matter wins over the path.
pub fn name(file: &SourceFile, language_key: Option<&str>, config: &Config) -> Name {
    let path = file.content_path.as_ref();
    let stem = path.strip_suffix(".md").or_else(|| path.strip_suffix(".markdown")).unwrap_or(path);
    let suffix = stem
        .rsplit_once('.')
        .filter(|(_, code)| config.languages.iter().any(|language| language.code == *code));
    let (stem, suffix_language) = match suffix {
        Some((stem, code)) => (stem, Some(code)),
        None => (stem, None),
    };
    let (folder, last) = stem.rsplit_once('/').unwrap_or(("", stem));
    let is_section = matches!(last, "_index" | "index");
    Name {
        key: if is_section { folder } else { stem }.to_owned(),
        language: language_key
            .or(suffix_language)
            .or(file.tree_language.as_deref())
            .unwrap_or(&config.default_language().code)
            .to_owned(),
        is_section,
    }
}
