//! Parts of urls, and the titles of pages.

use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{Page, Parsed, summary};
use crate::article::keys::meant;
use crate::article::{Article, Meta};
use crate::config::{Config, Language};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::edition::Selected;
use crate::kinds::Shape;
use crate::render::{self, Title, title};
use crate::text::fold::composed;
use crate::text::paths::last;

/// What must be escaped in the path of a url inside an html attribute. Non-ASCII always is.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\'')
    .add(b'&')
    .add(b'\\')
    .add(b'^')
    .add(b'|')
    .add(b'[')
    .add(b']');

/// Longest part of a url in bytes; file systems take 255.
const LONGEST_PART: usize = 240;

/// Percent-encodes a site path.
pub(crate) fn encode(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// The home of a language: the default one lives at the root.
pub(crate) fn home(language: &Language, config: &Config) -> String {
    if language.code == config.default_language().code {
        String::new()
    } else {
        format!("{}/", language.code)
    }
}

/// What a page is called, and what is reported for it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Names {
    /// Its name in lists, in search and in the browser's tab.
    pub title: Title,
    /// The heading shown above its text.
    pub heading: Title,
    /// One or two sentences.
    pub summary: String,
    /// Whether its writer gave it no title.
    is_nameless: bool,
}

impl Names {
    /// Whether its writer gave it a title.
    pub(crate) fn has_title(&self) -> bool {
        !self.is_nameless
    }

    /// Whether other pages see no difference to these names when they are put in order.
    pub(crate) fn are_as(&self, other: &Names) -> bool {
        self.title == other.title && self.is_nameless == other.is_nameless
    }
}

/// Finds the names of an article.
pub(crate) fn names(article: &Article, document: &Document, shape: &Shape) -> Names {
    let (title, heading) = titles(article, document);
    let is_nameless = title.is_none();
    let title = title.unwrap_or_else(|| Title::plain(&from_name(article)));
    let heading = heading.unwrap_or_else(|| title.clone());
    let summary = summary::summary(&article.meta, document, shape);
    Names { title, heading, summary, is_nameless }
}

/// Gives every article its place. Its url waits for the sections above it.
pub(crate) fn pages(selected: Vec<Selected>, parsed: Vec<Parsed>) -> (Vec<Page>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let pages = selected
        .into_iter()
        .zip(parsed)
        .map(|(selected, Parsed { document, shape, names })| {
            let article = &selected.article;
            // A head that is lost, or has a key that was meant to be the title, is told about that.
            let is_told = || article.meta.extra.keys().any(|key| meant(key) == Some("title"));
            if names.is_nameless && !article.has_lost_head && !is_told() {
                diagnostics.push(Diagnostic::at(Code::EmptyTitle, &article.path, 0..0));
            }
            Page {
                url: Arc::from(""),
                is_section: false,
                // A section page is listed in its parent by the tree.
                folder: article.name.folder().into(),
                names,
                targets: Arc::default(),
                previous: None,
                next: None,
                translations: Arc::default(),
                shape,
                selected,
                document,
            }
        })
        .collect();
    (pages, diagnostics)
}

/// The title, and the heading shown on the page: the front matter names the page, a level 1
/// heading that opens the text, where it is the only one, is what its writer wants to see above it.
fn titles(article: &Article, document: &Document) -> (Option<Title>, Option<Title>) {
    let lead = render::lead(document).filter(|lead| !lead.text.is_empty());
    let own = article.meta.title.as_deref().map(title).filter(|title| !title.text.is_empty());
    (own.or_else(|| lead.clone()), lead)
}

/// A title made of the file's or folder's name. Sections without a page get theirs the same way.
fn from_name(article: &Article) -> String {
    readable(last(&article.name.key))
}

/// Words that are written in capitals wherever they stand.
const CAPITALS: [&str; 8] = ["API", "DNS", "FAQ", "PHP", "SQL", "SSL", "SSO", "VPN"];

/// `best-practices` to `Best practices`, `v1-0-7` to `V1.0.7`.
pub(crate) fn readable(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for joined in name.split(|c: char| c == '_' || c.is_whitespace()) {
        for (number, word) in joined.split('-').filter(|word| !word.is_empty()).enumerate() {
            let is_number = word.bytes().all(|b| b.is_ascii_digit());
            match words.last_mut() {
                Some(version) if number > 0 && is_number && is_version(version) => {
                    version.push('.');
                    version.push_str(word);
                }
                _ => words.push(capitals(word).to_owned()),
            }
        }
    }
    let text = words.join(" ");
    let mut characters = text.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}

fn is_version(word: &str) -> bool {
    word.strip_prefix(['v', 'V']).is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    })
}

fn capitals(word: &str) -> &str {
    CAPITALS.into_iter().find(|known| known.eq_ignore_ascii_case(word)).unwrap_or(word)
}

/// The last part of an address: the slug, else the name of the file or folder.
pub(crate) fn last_part(key: &str, meta: Option<&Meta>) -> String {
    let slug = meta.and_then(|meta| meta.slug.as_ref()).map(|slug| slug.text.trim_matches('/'));
    part(slug.filter(|slug| !slug.is_empty()).unwrap_or(last(key)))
}

/// One part of a url: lower case, white space as `-`, Chinese kept, nothing that needs quoting.
pub(crate) fn part(name: &str) -> String {
    let mut part = String::with_capacity(name.len());
    for c in composed(name).chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || matches!(c, '_' | '~' | '.') {
            part.push(c);
        } else if (c.is_whitespace() || matches!(c, '-' | '/' | '\\' | '+' | '&' | ','))
            && !part.ends_with('-')
        {
            part.push('-');
        }
    }
    let shown = &part[..part.floor_char_boundary(LONGEST_PART)];
    let trimmed = shown.trim_matches(['-', '.']);
    if trimmed.is_empty() { "page".to_owned() } else { trimmed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_urls() {
        assert_eq!(part("MDVA-12 patch's Name"), "mdva-12-patchs-name");
        assert_eq!(part("upgrade-10.0-to-10.2"), "upgrade-10.0-to-10.2");
        assert_eq!(part("路由器 重置"), "路由器-重置");
        assert_eq!(part("e\u{301}te"), part("éte"));
        assert_eq!(part(".."), "page");
        assert_eq!(encode("zh/路由器/"), "zh/%E8%B7%AF%E7%94%B1%E5%99%A8/");
    }

    #[test]
    fn names_become_titles() {
        for (name, title) in [
            ("best-practices", "Best practices"),
            ("api-keys_for sso", "API keys for SSO"),
            ("v1-0-7", "V1.0.7"),
            ("patches-for-v2-4-6-p1", "Patches for v2.4.6 p1"),
            ("2-4-6", "2 4 6"),
            ("a<b>&\"c\"", "A<b>&\"c\""),
            ("路由器", "路由器"),
            ("-", ""),
        ] {
            assert_eq!(readable(name), title);
        }
    }
}
