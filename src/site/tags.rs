//! Pages by tag.

use std::collections::BTreeMap;

use super::address::part;
use super::{LanguagePart, Page, PageId};

/// The page of one tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagPage {
    /// The tag as first written.
    pub label: String,
    /// Its pages, in the order of their titles.
    pub pages: Vec<PageId>,
}

/// Url of a tag's page.
pub fn url(home: &str, tag: &str) -> String {
    format!("{home}tags/{}/", part(tag))
}

/// Tags of a language by url. Spellings that make the same url are the same tag.
pub fn tags(pages: &[Page], language: &LanguagePart) -> BTreeMap<String, TagPage> {
    let mut tags: BTreeMap<String, TagPage> = BTreeMap::new();
    for (id, page) in pages.iter().enumerate() {
        if page.language() != language.language.code || page.is_hidden() {
            continue;
        }
        for tag in &page.selected.article.meta.tags {
            let entry = tags
                .entry(url(&language.home, tag))
                .or_insert_with(|| TagPage { label: tag.clone(), pages: Vec::new() });
            if entry.pages.last() != Some(&id) {
                entry.pages.push(id);
            }
        }
    }
    for tag in tags.values_mut() {
        tag.pages.sort_by(|a, b| pages[*a].title.text.cmp(&pages[*b].title.text).then(a.cmp(b)));
    }
    tags
}
