//! A resolved site to its search indexes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::entries::{self, LinkTexts, Place};
use crate::article::Article;
use crate::config::search::Promoted;
use crate::config::{Config, Role};
use crate::diagnostic::{Code, Diagnostic, Weight};
use crate::page::{self, Emit};
use crate::search::{self, Labels, Vocabulary};
use crate::site::{self, LanguagePart, Page, PageId, Site};
use crate::source::Inputs;

/// Writes the search index of each language.
pub(crate) fn write(site: &Site, config: &Config, emit: &Emit<'_>) {
    let vocabulary = Vocabulary::new(&config.search.synonyms, config.search.thesaurus);
    let links = entries::link_texts(site);
    for part in site.parts.iter() {
        write_part(site, part, config, &vocabulary, &links, emit);
    }
}

fn write_part(
    site: &Site,
    part: &LanguagePart,
    config: &Config,
    vocabulary: &Vocabulary,
    links: &LinkTexts<'_>,
    emit: &Emit<'_>,
) {
    let code = part.language.code.as_str();
    let shown = site.pages.iter().enumerate();
    let shown = shown.filter(|(_, page)| page.language() == code && !page.is_hidden());
    let shown: Vec<(PageId, &Page)> = shown.collect();
    let places = entries::places(&shown, part, config, links);
    let entries: Vec<_> = places.iter().map(Place::entry).collect();
    let pages: Vec<&Page> = shown.into_iter().map(|(_, page)| page).collect();
    let files =
        search::write_index(code, &labels(site, part, config, &pages), &entries, vocabulary);
    let folder = page::index_folder(code);
    files.into_par_iter().for_each(|search::File { name, bytes }| {
        emit(&format!("{folder}{name}"), &Arc::new(bytes));
    });
}

/// Pages that are to come first and are nowhere; a page outside the edition is somewhere.
pub(crate) fn missing_promoted(inputs: &Inputs, articles: &[Arc<Article>]) -> Vec<Diagnostic> {
    let config = &inputs.config;
    let is_missing = |promoted: &&Promoted| {
        let mut pages = articles.iter().filter(|article| !article.name.is_snippet());
        !pages.any(|article| promoted.is_for(&article.path, &config.site.content))
    };
    let report = |promoted: &Promoted| {
        Diagnostic::at(Code::BrokenLink, &inputs.config_path, promoted.span.clone())
            .weighing(Weight::Stop)
            .with("target", &promoted.page)
            .with_both(
                "suggestion",
                "Name a file by its path in the content folder, such as `fix/page-missing.md`.",
                "请写出文件在内容文件夹中的路径，例如 `fix/page-missing.zh.md`。",
            )
    };
    config.search.promoted.iter().filter(is_missing).map(report).collect()
}

fn labels(site: &Site, part: &LanguagePart, config: &Config, pages: &[&Page]) -> Labels {
    let code = part.language.code.as_str();
    let label = |role: &Role| (role.name.clone(), role.label.get(code).to_owned());
    let roles = config.readers(&site.edition).map(label).collect();
    let products: BTreeSet<&String> =
        pages.iter().flat_map(|page| &page.selected.article.meta.products).collect();
    let label = |name: &String| (name.clone(), config.product_label(name, code).to_owned());
    let products = products.into_iter().map(label).collect();
    let versions = part.versions.all.iter().map(|name| (name.clone(), name.clone())).collect();
    Labels { roles, products, versions }
}

/// The source of each page by language and address, which the site itself does not tell. Questions
/// have the source of their page.
pub(crate) fn sources(site: &Site) -> BTreeMap<&str, BTreeMap<String, &str>> {
    let mut sources: BTreeMap<&str, BTreeMap<String, &str>> = BTreeMap::new();
    for page in &site.pages {
        let of_language = sources.entry(page.language()).or_default();
        let path: &str = &page.selected.article.path;
        let questions = page.shape.questions.iter();
        let urls = questions.map(|question| entries::question_url(page, question));
        of_language.extend(urls.chain([site::encode(&page.url)]).map(|url| (url, path)));
    }
    sources
}
