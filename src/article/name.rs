//! What a file's path says: its language and the path that all its translations share.

use super::Article;
use crate::config::Config;
use crate::source::SourceFile;
use crate::source::is_markdown;
use crate::text::paths;

/// Identity of an article within the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Name {
    /// Content path without language and ending: `guides/reset`; a section's own page has the
    /// folder's path (`guides`, or `` for the home page).
    pub key: String,
    /// Language code.
    pub language: String,
    /// Whether the file is an `_index` or `index`: the page of its folder. How its letters are
    /// written does not matter.
    pub is_section: bool,
}

impl Name {
    /// The folder that the file lies in.
    pub(crate) fn folder(&self) -> &str {
        if self.is_section { &self.key } else { paths::folder(&self.key) }
    }

    /// Whether the file opens its folder where no `_index` or `index` does: a `README`, and at the top
    /// of the content the `Home` of a wiki. The one that comes first has the lower number. In all else
    /// it is an article like others.
    pub(crate) fn stands_in(&self) -> Option<usize> {
        let (folder, file) = self.key.rsplit_once('/').unwrap_or(("", &self.key));
        let names: &[&str] = if folder.is_empty() { &["home", "readme"] } else { &["readme"] };
        names.iter().position(|name| !self.is_section && name.eq_ignore_ascii_case(file))
    }

    /// Whether the file is a snippet: it lies in a folder whose name begins with `_`, also one of
    /// full width. It is no page; pages include its text.
    pub(crate) fn is_snippet(&self) -> bool {
        self.folder().split('/').any(|part| part.starts_with(['_', '\u{ff3f}']))
    }

    /// The content path that a path written in this file means, without `.` and `..`; none if it
    /// leaves the content.
    pub(crate) fn reach(&self, path: &str) -> Option<String> {
        let folder = if path.starts_with('/') { "" } else { self.folder() };
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                other => parts.push(other),
            }
        }
        Some(parts.join("/"))
    }
}

/// Names a file by its path; a `lang` key in the front matter wins over the path.
pub(crate) fn name(file: &SourceFile, language_key: Option<&str>, config: &Config) -> Name {
    let Stem { key, language, is_index } = stem(&file.content_path, config);
    Name {
        key: key.to_owned(),
        language: language_key
            .or(language)
            .or(file.tree_language.as_deref())
            .unwrap_or(&config.default_language().code)
            .to_owned(),
        is_section: is_index,
    }
}

/// The name of the file that a symbolic link leads to; its language does not matter.
pub(crate) fn origin(content_path: &str, config: &Config) -> Name {
    let Stem { key, is_index, .. } = stem(content_path, config);
    Name { key: key.to_owned(), language: String::new(), is_section: is_index }
}

/// What the path of an article says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stem<'p> {
    /// The path that translations share.
    pub key: &'p str,
    /// The language its suffix names.
    pub language: Option<&'p str>,
    /// Whether it is the `_index` or `index` of its folder.
    pub is_index: bool,
}

/// Reads the content path of an article; its ending may be missing.
pub(crate) fn stem<'p>(path: &'p str, config: &Config) -> Stem<'p> {
    let stem = match path.rsplit_once('.') {
        Some((stem, ending)) if is_markdown(ending) => stem,
        _ => path,
    };
    let suffix = stem
        .rsplit_once('.')
        .filter(|(_, code)| config.languages.iter().any(|known| known.code == *code));
    let (stem, language) = match suffix {
        Some((stem, code)) => (stem, Some(code)),
        None => (stem, None),
    };
    let (folder, last) = stem.rsplit_once('/').unwrap_or(("", stem));
    let is_index = is_index(last);
    Stem { key: if is_index { folder } else { stem }, language, is_index }
}

/// Whether a file with this name, without its ending, is the page of its folder.
pub(crate) fn is_index(name: &str) -> bool {
    ["_index", "index"].iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The key under which an article and its translations find each other: that of the page which
/// `translation_of` names, else its own.
pub(crate) fn translation_key<'a>(article: &'a Article, config: &Config) -> &'a str {
    match &article.meta.translation_of {
        Some(of) => stem(of.text.trim_start_matches("./").trim_matches('/'), config).key,
        None => &article.name.key,
    }
}
