//! Pages by the role that reads them, in editions for several.

use std::collections::BTreeMap;

use super::natural::compare;
use super::{LanguagePart, Page, PageId};

/// The page of one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RolePage {
    /// The role's name.
    pub name: String,
    /// Url of its page, not percent-encoded.
    pub url: String,
    /// What it reads: by weight, then by title; those of one kind and product together, where the
    /// first of them stands.
    pub pages: Vec<PageId>,
}

/// The roles of a language that have something to read, in the order of the configuration.
pub(crate) fn roles(pages: &[Page], language: &LanguagePart, names: &[&str]) -> Vec<RolePage> {
    let role = |name: &&str| {
        let mut read: Vec<PageId> = pages
            .iter()
            .enumerate()
            .filter(|(_, page)| page.language() == language.language.code && !page.is_hidden())
            .filter(|(_, page)| {
                !page.is_section && page.selected.roles.iter().any(|role| role == name)
            })
            .map(|(id, _)| id)
            .collect();
        let weight = |id: PageId| pages[id].selected.article.meta.weight.unwrap_or(i64::MAX);
        read.sort_by(|a, b| {
            weight(*a)
                .cmp(&weight(*b))
                .then_with(|| compare(&pages[*a].names.title.text, &pages[*b].names.title.text))
        });
        let group = |id: PageId| {
            (pages[id].kind().name(), pages[id].selected.article.meta.products.first())
        };
        let mut first = BTreeMap::new();
        for (at, id) in read.iter().enumerate() {
            first.entry(group(*id)).or_insert(at);
        }
        read.sort_by_key(|id| first.get(&group(*id)).copied());
        let url = format!("{}roles/{}/", language.home, super::address::part(name));
        (!read.is_empty()).then(|| RolePage { name: (*name).to_owned(), url, pages: read })
    };
    names.iter().filter_map(role).collect()
}
