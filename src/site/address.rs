//! Urls of pages.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use unicode_normalization::UnicodeNormalization;

use super::{LanguagePart, Page, summary};
use crate::article::{Article, Meta};
use crate::config::{Config, Language};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::edition::Selected;
use crate::markdown::{Document, Title, title};

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

/// First parts of urls that tier0 uses itself, below the home of every language.
const RESERVED: [&str; 2] = ["search", "tags"];

/// Longest part of a url in bytes; file systems take 255.
const LONGEST_PART: usize = 240;

/// Percent-encodes a site path.
pub fn encode(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

/// The home of a language: the default one lives at the root.
pub fn home(language: &Language, config: &Config) -> String {
    if language.code == config.default_language().code {
        String::new()
    } else {
        format!("{}/", language.code)
    }
}

/// Gives every article its url and titles.
pub fn pages(
    selected: Vec<Selected>,
    documents: Vec<Arc<Document>>,
    config: &Config,
) -> (Vec<Page>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let pages = selected
        .into_iter()
        .zip(documents)
        .map(|(selected, document)| {
            let article = &selected.article;
            let (title, heading) = titles(article, &document);
            let title = title.unwrap_or_else(|| {
                diagnostics.push(Diagnostic::at(Code::EmptyTitle, &article.path, 0..0));
                let text = from_name(article);
                Title { html: text.clone(), text }
            });
            Page {
                url: url(article, config),
                folder: folder(article),
                heading: heading.unwrap_or_else(|| title.clone()),
                title,
                summary: summary::summary(&article.meta, &document),
                targets: Vec::new(),
                previous: None,
                next: None,
                translations: BTreeMap::new(),
                selected,
                document,
            }
        })
        .collect();
    (pages, diagnostics)
}

/// The title, and the heading shown on the page: the front matter names the page, a level 1
/// heading that opens the text is what its writer wants to see above it.
fn titles(article: &Article, document: &Document) -> (Option<Title>, Option<Title>) {
    let lead = document.lead.clone().filter(|lead| !lead.text.is_empty());
    let own = article.meta.title.as_deref().map(title).filter(|title| !title.text.is_empty());
    (own.or_else(|| lead.clone()), lead)
}

/// A title made of the file's or folder's name. Sections without a page get theirs the same way.
fn from_name(article: &Article) -> String {
    let key = article.name.key.as_str();
    readable(key.rsplit('/').next().unwrap_or(key))
}

/// `best-practices` to `Best practices`.
pub fn readable(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut characters = words.trim().chars();
    let text: String =
        characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect();
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '<' | '>' | '&' | '"' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// The folder an article is listed in. A section page is listed in its parent by the tree.
fn folder(article: &Article) -> String {
    let key = article.name.key.as_str();
    if article.name.is_section {
        return key.to_owned();
    }
    key.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()
}

fn url(article: &Article, config: &Config) -> String {
    let language = config.languages.iter().find(|language| language.code == article.name.language);
    let home = language.map_or_else(|| format!("{}/", article.name.language), |l| home(l, config));
    format!("{home}{}", below_home(&article.name.key, &article.meta))
}

fn below_home(key: &str, meta: &Meta) -> String {
    let mut parts: Vec<String> = key.split('/').filter(|part| !part.is_empty()).map(part).collect();
    if let (Some(slug), Some(last)) = (&meta.slug, parts.last_mut()) {
        let own = part(slug.text.trim_matches('/'));
        if !own.is_empty() {
            *last = own;
        }
    }
    parts.iter().map(|part| format!("{part}/")).collect()
}

/// One part of a url: lower case, white space as `-`, Chinese kept, nothing that needs quoting.
pub fn part(name: &str) -> String {
    let mut part = String::with_capacity(name.len());
    for c in name.nfc().flat_map(char::to_lowercase) {
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

/// Finds addresses that two pages want, and those that are tier0's own.
pub fn check(
    pages: &[Page],
    parts: &[LanguagePart],
    config: &Config,
    static_files: &BTreeMap<String, PathBuf>,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut taken: BTreeMap<&str, &Page> = BTreeMap::new();
    let homes: Vec<&str> = parts.iter().map(|part| part.home.as_str()).collect();
    for page in pages {
        let path = &page.selected.article.path;
        let slug = page.selected.article.meta.slug.as_ref().map_or(0..0, |slug| slug.span.clone());
        if let Some(other) = taken.insert(&page.url, page) {
            let other = &other.selected.article.path;
            diagnostics.push(
                Diagnostic::at(Code::DuplicateAddress, path, slug.clone())
                    .with("url", format!("/{}", page.url))
                    .with("other", other.to_string())
                    .related(Place { path: Arc::clone(other), span: 0..0 }),
            );
        }
        if let Some(file) = static_files.get(&format!("{}index.html", page.url)) {
            diagnostics.push(
                Diagnostic::at(Code::DuplicateAddress, path, slug.clone())
                    .with("url", format!("/{}", page.url))
                    .with("other", file.display().to_string()),
            );
        }
        if is_reserved(page, &homes, config) {
            diagnostics.push(
                Diagnostic::at(Code::ReservedAddress, path, slug)
                    .with("url", format!("/{}", page.url)),
            );
        }
    }
    diagnostics
}

fn is_reserved(page: &Page, homes: &[&str], config: &Config) -> bool {
    let in_default = page.language() == config.default_language().code;
    let home =
        homes.iter().filter(|home| page.url.starts_with(**home)).max_by_key(|home| home.len());
    let below = page.url.strip_prefix(home.copied().unwrap_or("")).unwrap_or(&page.url);
    let first = below.split('/').next().unwrap_or_default();
    let of_language =
        in_default && homes.iter().any(|home| !home.is_empty() && page.url.starts_with(*home));
    RESERVED.contains(&first) || in_default && first == "assets" || of_language
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
        assert_eq!(readable("best-practices"), "Best practices");
    }
}
