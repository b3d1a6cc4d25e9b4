//! Versions that search can be narrowed by, and the pages for each.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{LanguagePart, Page, PageId};
use crate::article::Meta;
use crate::article::versions::{Alternative, Range, Version};
use crate::config::{Config, Product};

/// The versions of a language.
#[derive(Debug, Default)]
pub(crate) struct VersionList {
    /// The newest first.
    pub all: Vec<String>,
    /// Which of them each page is for, as numbers in `all`. Hidden pages are not in it.
    pub of_page: BTreeMap<PageId, Arc<[usize]>>,
    /// The declared versions of each product that some page of the edition is for, in the order of
    /// the product.
    pub of_product: BTreeMap<String, Vec<String>>,
}

impl VersionList {
    /// The versions that a page is for.
    pub(crate) fn of(&self, page: PageId) -> impl Iterator<Item = &str> {
        let numbers = self.of_page.get(&page).into_iter().flat_map(|numbers| numbers.iter());
        numbers.filter_map(|number| self.all.get(*number)).map(String::as_str)
    }
}

/// The most versions that pages name and no product declares: nobody chooses from more, and each is
/// compared with each page. The newest stay.
const MOST_UNDECLARED: usize = 200;

/// Gathers the versions that products declare, and where no product of a page does, those that the
/// page itself names. A page that names none, or nothing that can be read, is for every version of
/// its products, or for every version there is.
pub(crate) fn versions(pages: &[Page], language: &LanguagePart, config: &Config) -> VersionList {
    let of_edition = pages.iter().enumerate().filter(|(_, page)| !page.is_hidden());
    let shown = of_edition.clone().filter(|(_, page)| page.language() == language.language.code);
    let shown = shown.map(|(id, page)| (id, &page.selected.article.meta));
    let shown: Vec<(PageId, &Meta)> = shown.collect();
    let of_product = of_products(of_edition.map(|(_, page)| &page.selected.article.meta), config);
    let mut list = VersionList { of_product, ..VersionList::default() };
    let all = known(&shown, config, &list.of_product);
    let parsed: Vec<Option<Version>> = all.iter().map(|version| Version::parse(version)).collect();
    let numbers_of: BTreeMap<&str, usize> =
        all.iter().enumerate().map(|(number, version)| (version.as_str(), number)).collect();
    let every: Arc<[usize]> = (0..all.len()).collect();
    for (id, meta) in shown {
        let range = meta.versions.as_ref().and_then(|versions| versions.range.as_ref());
        let numbers = if meta.versioned(config).next().is_some() {
            let own = meta.versioned(config).flat_map(|product| meta.versions_of(product));
            let numbers = own.filter_map(|version| numbers_of.get(version).copied());
            numbers.collect::<BTreeSet<usize>>().into_iter().collect()
        } else if let Some(range @ Range::AnyOf(_)) = range {
            let is_for =
                |number: &usize| range.includes_parsed(&all[*number], parsed[*number].as_ref());
            (0..all.len()).filter(is_for).collect()
        } else {
            Arc::clone(&every)
        };
        list.of_page.insert(id, numbers);
    }
    list.all = all;
    list
}

/// Versions that no page is for, in no language, may be those of pages that the edition does not
/// show.
fn of_products<'m>(
    metas: impl Iterator<Item = &'m Meta>,
    config: &'m Config,
) -> BTreeMap<String, Vec<String>> {
    let mut used: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for meta in metas {
        for product in meta.versioned(config) {
            used.entry(&product.name).or_default().extend(meta.versions_of(product));
        }
    }
    let of = |product: &Product| {
        let used = used.get(product.name.as_str())?;
        let own = product.versions.iter().filter(|version| used.contains(version.as_str()));
        Some((product.name.clone(), own.cloned().collect()))
    };
    config.products.iter().filter_map(of).collect()
}

/// All versions, the newest first: in the order of the product if only one declares some, else
/// by their numbers; names without a number at the end.
fn known(
    shown: &[(PageId, &Meta)],
    config: &Config,
    of_product: &BTreeMap<String, Vec<String>>,
) -> Vec<String> {
    let mut all = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut sources = 0;
    let in_order = config.products.iter().filter_map(|product| of_product.get(&product.name));
    for versions in in_order {
        sources += usize::from(!versions.is_empty());
        let new = versions.iter().rev().filter(|version| known.insert((*version).clone()));
        all.extend(new.cloned());
    }
    let mut undeclared: Vec<String> = Vec::new();
    for (_, meta) in shown.iter().filter(|(_, meta)| meta.versioned(config).next().is_none()) {
        let range = meta.versions.as_ref().and_then(|versions| versions.range.as_ref());
        let Some(Range::AnyOf(alternatives)) = range else { continue };
        sources = 2;
        let named = alternatives.iter().filter_map(Alternative::only);
        undeclared.extend(named.filter(|name| known.insert((*name).to_owned())).map(str::to_owned));
    }
    undeclared.sort_by_cached_key(|version| Reverse(Version::parse(version)));
    undeclared.truncate(MOST_UNDECLARED);
    all.extend(undeclared);
    if sources > 1 {
        all.sort_by_cached_key(|version| Reverse(Version::parse(version)));
    }
    all
}
