//! Versions that search can be narrowed by, and the pages for each.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{LanguagePart, Page, PageId};
use crate::article::Meta;
use crate::article::versions::{Alternative, Range, Version};
use crate::config::{Config, Product};

/// The versions of a language.
#[derive(Debug, Default)]
pub struct VersionList {
    /// The newest first.
    pub all: Vec<String>,
    /// Which of them each page is for, as numbers in `all`. Hidden pages are not in it.
    pub of_page: BTreeMap<PageId, Vec<usize>>,
    /// The declared versions of each product that some page of the edition is for, in the order of
    /// the product.
    pub of_product: BTreeMap<String, Vec<String>>,
}

impl VersionList {
    /// The versions that a page is for.
    pub fn of(&self, page: PageId) -> impl Iterator<Item = &str> {
        let numbers = self.of_page.get(&page).into_iter().flatten();
        numbers.filter_map(|number| self.all.get(*number)).map(String::as_str)
    }
}

/// Gathers the versions that products declare, and where no product of a page does, those that the
/// page itself names. A page that names none, or nothing that can be read, is for every version of
/// its products, or for every version there is.
pub fn versions(pages: &[Page], language: &LanguagePart, config: &Config) -> VersionList {
    let of_edition = pages.iter().enumerate().filter(|(_, page)| !page.is_hidden());
    let shown = of_edition.clone().filter(|(_, page)| page.language() == language.language.code);
    let shown = shown.map(|(id, page)| (id, &page.selected.article.meta));
    let shown: Vec<(PageId, &Meta)> = shown.collect();
    let of_product = of_products(of_edition.map(|(_, page)| &page.selected.article.meta), config);
    let mut list = VersionList { of_product, ..VersionList::default() };
    let all = known(&shown, config, &list.of_product);
    for (id, meta) in shown {
        let mut own: BTreeSet<&str> =
            meta.versioned(config).flat_map(|product| meta.versions_of(product)).collect();
        if meta.versioned(config).next().is_none() {
            let range = meta.versions.as_ref().and_then(|versions| versions.range.as_ref());
            let is_for = |version: &&String| range.is_none_or(|range| range.includes(version));
            own = all.iter().filter(is_for).map(String::as_str).collect();
        }
        let is_own = |version: &String| own.contains(version.as_str());
        let numbers = all.iter().enumerate().filter(|(_, version)| is_own(version));
        list.of_page.insert(id, numbers.map(|(number, _)| number).collect());
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
    let (mut all, mut known) = (Vec::new(), BTreeSet::new());
    let mut add = |version: &str| {
        if known.insert(version.to_owned()) {
            all.push(version.to_owned());
        }
    };
    let mut sources = 0;
    let in_order = config.products.iter().filter_map(|product| of_product.get(&product.name));
    for versions in in_order {
        sources += usize::from(!versions.is_empty());
        versions.iter().rev().for_each(|version| add(version));
    }
    for (_, meta) in shown.iter().filter(|(_, meta)| meta.versioned(config).next().is_none()) {
        let range = meta.versions.as_ref().and_then(|versions| versions.range.as_ref());
        let Some(Range::AnyOf(alternatives)) = range else { continue };
        sources = 2;
        alternatives.iter().filter_map(Alternative::only).for_each(&mut add);
    }
    if sources > 1 {
        all.sort_by_cached_key(|version| Reverse(Version::parse(version)));
    }
    all
}
