//! Keys by which other systems tie translations together: `translationKey`, `translated_from`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::tongues::Spoken;
use crate::article::{Article, stem};
use crate::config::Config;
use crate::config::keys;
use crate::text::fold::for_disks;

/// Keys whose value is the same in all translations of a page.
const GROUPS: [&str; 24] = [
    "id",
    "ref",
    "refid",
    "uid",
    "uuid",
    "guid",
    "pageid",
    "pageref",
    "articleid",
    "docid",
    "documentid",
    "contentid",
    "translationkey",
    "translationid",
    "translationgroup",
    "translationref",
    "translationslug",
    "translationset",
    "i18nkey",
    "i18nid",
    "i18nref",
    "langref",
    "langkey",
    "lngref",
];
/// Keys that name the page which was translated.
const SOURCES: [&str; 26] = [
    "translatedfrom",
    "translates",
    "translationfrom",
    "translationsource",
    "translationoriginal",
    "translatefrom",
    "istranslationof",
    "translated",
    "original",
    "originalpage",
    "originalpath",
    "originalfile",
    "originalarticle",
    "source",
    "sourcepage",
    "sourcepath",
    "sourcefile",
    "sourcearticle",
    "basedon",
    "masterpage",
    "parenttranslation",
    "译自",
    "翻译自",
    "原文",
    "原文件",
    "原文路径",
];
/// Keys that name the translations of a page.
const TARGETS: [&str; 6] =
    ["translations", "alternates", "otherlanguages", "languagelinks", "hreflang", "译文"];
/// Tables whose keys count like those of the head.
const TABLES: [&str; 4] = ["extra", "params", "meta", "page"];

/// As many pages of one language may say the same and still be tied to others.
const MOST_OF_A_LANGUAGE: usize = 8;
/// A page is in no more languages.
const MOST_LANGUAGES: usize = 200;

/// Keys of pages that others are tied to.
#[derive(Debug, Default)]
pub(crate) struct Ties {
    by_key: BTreeMap<String, BTreeSet<String>>,
}

impl Ties {
    /// Gathers what all heads say.
    pub(crate) fn new(
        articles: &[std::sync::Arc<Article>],
        known: &BTreeSet<String>,
        config: &Config,
    ) -> Ties {
        let mut ties = Ties::default();
        let mut groups: BTreeMap<(String, String), Vec<&Article>> = BTreeMap::new();
        for article in articles {
            let own = for_disks(&article.name.key);
            if let Some(id) = &article.meta.id {
                groups.entry(("id".to_owned(), keys::form(&id.text))).or_default().push(article);
            }
            for (key, value) in said(article, config) {
                let key = key.as_str();
                if GROUPS.contains(&key) {
                    let values = texts(value).map(|text| (key.to_owned(), keys::form(&text)));
                    for group in values.filter(|(_, text)| !text.is_empty()) {
                        groups.entry(group).or_default().push(article);
                    }
                }
                let (is_source, is_target) = (SOURCES.contains(&key), TARGETS.contains(&key));
                if !is_source && !is_target {
                    continue;
                }
                for other in texts(value).filter_map(|path| reach(article, &path, known, config)) {
                    let (from, to) = if is_source { (&own, other) } else { (&other, own.clone()) };
                    ties.by_key.entry(from.clone()).or_default().insert(to);
                }
            }
        }
        groups.values().for_each(|pages| ties.tie(pages, config));
        ties
    }

    /// Ties pages together that say the same, those of each language to those of all others. What many
    /// pages of one language say names none of them: `ref: main`.
    fn tie(&mut self, pages: &[&Article], config: &Config) {
        let mut languages: BTreeMap<(&str, Vec<String>), Vec<String>> = BTreeMap::new();
        for page in pages {
            let key = for_disks(&page.name.key);
            let spoken = Spoken::read(&key, page.name.is_section, config);
            let language = (page.name.language.as_str(), spoken.codes().to_vec());
            languages.entry(language).or_default().push(key);
        }
        let is_many = |keys: &Vec<String>| keys.len() > MOST_OF_A_LANGUAGE;
        if languages.len() > MOST_LANGUAGES || languages.values().any(is_many) {
            return;
        }
        for (language, keys) in &languages {
            let others = languages.iter().filter(|(other, _)| *other != language);
            let others: Vec<_> = others.flat_map(|(_, keys)| keys).cloned().collect();
            for key in keys.iter().filter(|_| !others.is_empty()) {
                self.by_key.entry(key.clone()).or_default().extend(others.iter().cloned());
            }
        }
    }

    /// The keys that the page with a key is tied to.
    pub(crate) fn of(&self, key: &str) -> impl Iterator<Item = &str> {
        self.by_key.get(key).into_iter().flatten().map(String::as_str).filter(move |to| *to != key)
    }
}

/// Whether a key, in its one form, ties pages together by its value.
pub(super) fn is_group(key: &str) -> bool {
    GROUPS.contains(&key)
}

/// The keys of a head in their one form, also those of its tables.
fn said<'a>(
    article: &'a Article,
    config: &'a Config,
) -> impl Iterator<Item = (String, &'a Json)> + use<'a> {
    let inner =
        article.meta.extra.iter().filter(|(key, _)| TABLES.contains(&keys::form(key).as_str()));
    let inner = inner.filter_map(|(_, value)| value.as_object()).flatten();
    let all = article.meta.extra.iter().chain(inner);
    all.map(|(key, value)| (keys::form(key), value))
        .filter(|(key, _)| !config.keys_off.contains(key))
}

/// The texts of a value: itself, or those of its list or table.
fn texts(value: &Json) -> Box<dyn Iterator<Item = String> + '_> {
    match value {
        Json::String(text) => Box::new(std::iter::once(text.clone())),
        Json::Array(items) => Box::new(items.iter().flat_map(texts)),
        Json::Object(table) => Box::new(table.values().flat_map(texts)),
        _ => Box::new(std::iter::empty()),
    }
}

/// The key of the article that a path leads to: from the content folder, or from the page's own.
fn reach(
    article: &Article,
    path: &str,
    known: &BTreeSet<String>,
    config: &Config,
) -> Option<String> {
    let path = path.trim().trim_start_matches("./").trim_end_matches('/');
    let path = path.split(['#', '?']).next().unwrap_or_default();
    let path =
        path.strip_suffix("/index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
    let whole = path.trim_start_matches('/');
    // The path from the site folder begins with that of the content.
    let inside = whole.split_once('/').map(|(_, rest)| rest);
    let beside = article.name.reach(path);
    let ways = [Some(whole), beside.as_deref(), inside];
    let mut keys = ways.into_iter().flatten().map(|way| for_disks(stem(way, config).key));
    keys.find(|key| !key.is_empty() && known.contains(key))
}
