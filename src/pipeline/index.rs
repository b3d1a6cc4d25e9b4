//! A resolved site to its search indexes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use crate::article::Article;
use crate::config::search::Promoted;
use crate::config::{Config, Role};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{self, Emit};
use crate::search::{self, Labels, Vocabulary};
use crate::site::{self, LanguagePart, Page, PageId, Site, Target};
use crate::source::Inputs;

/// Writes the search index of each language.
pub fn write(site: &Site, config: &Config, emit: &Emit<'_>) {
    let vocabulary = Vocabulary::new(&config.search.synonyms, config.search.thesaurus);
    let links = link_texts(site);
    for part in &site.parts {
        write_part(site, part, config, &vocabulary, &links, emit);
    }
}

fn write_part(
    site: &Site,
    part: &LanguagePart,
    config: &Config,
    vocabulary: &Vocabulary,
    links: &HashMap<String, Vec<&str>>,
    emit: &Emit<'_>,
) {
    let code = part.language.code.as_str();
    let shown = site.pages.iter().enumerate();
    let shown = shown.filter(|(_, page)| page.language() == code && !page.is_hidden());
    let (ids, pages): (Vec<PageId>, Vec<&Page>) = shown.unzip();
    let versions: Vec<Vec<&str>> =
        ids.into_iter().map(|id| part.versions.of(id).collect()).collect();
    let urls: Vec<String> = pages.iter().map(|page| site::encode(&page.url)).collect();
    let codes = pages.iter().map(|page| page.selected.article.meta.codes.iter());
    let codes: Vec<Vec<String>> = codes.map(|all| all.map(|c| c.text.clone()).collect()).collect();
    let contexts: Vec<Vec<&str>> = pages.iter().map(|page| context(page, part, config)).collect();
    let places = pages.iter().zip(&urls).zip(&contexts).zip(&codes).zip(&versions);
    let entries: Vec<_> = places
        .map(|((((page, url), context), codes), versions)| {
            let meta = &page.selected.article.meta;
            search::Entry {
                url,
                title: &page.title.text,
                kind: page.kind().name(),
                summary: &page.summary,
                keywords: &meta.keywords,
                codes,
                links: links.get(url.as_str()).map(Vec::as_slice).unwrap_or_default(),
                context,
                promoted: promoted(page, config),
                tags: &meta.tags,
                roles: &page.selected.roles,
                products: &meta.products,
                versions,
                sections: &page.document.sections,
            }
        })
        .collect();
    let files =
        search::write_index(code, &labels(site, part, config, &pages), &entries, vocabulary);
    let folder = page::index_folder(code);
    files.into_par_iter().for_each(|search::File { name, bytes }| {
        emit(&format!("{folder}{name}"), &Arc::new(bytes));
    });
}

/// The words of links by the address they lead to. A link from a page to itself says nothing new.
fn link_texts(site: &Site) -> HashMap<String, Vec<&str>> {
    let mut texts: HashMap<String, Vec<&str>> = HashMap::new();
    for page in &site.pages {
        let own = site::encode(&page.url);
        for (link, target) in page.document.links.iter().zip(&page.targets) {
            let Target::Site(address) = target else { continue };
            let path = address.split(['#', '?']).next().unwrap_or(address);
            if !link.text.is_empty() && path != own {
                texts.entry(path.to_owned()).or_default().push(&link.text);
            }
        }
    }
    texts
}

/// Titles of the sections around a page, without the home, and labels of its products.
fn context<'a>(page: &'a Page, part: &'a LanguagePart, config: &'a Config) -> Vec<&'a str> {
    let code = part.language.code.as_str();
    let products = page.selected.article.meta.products.iter();
    let mut names: Vec<&str> = products.map(|name| config.product_label(name, code)).collect();
    let mut folder = Some(&page.folder);
    while let Some(node) =
        folder.filter(|folder| !folder.is_empty()).and_then(|f| part.sections.get(f))
    {
        names.push(&node.title);
        folder = node.parent.as_ref();
    }
    names
}

/// The queries for which the configuration puts a page first.
fn promoted<'a>(page: &Page, config: &'a Config) -> &'a [String] {
    let path = &*page.selected.article.path;
    let mut all = config.search.promoted.iter();
    let entry = all.find(|promoted| promoted.is_for(path, &config.site.content));
    entry.map(|promoted| promoted.queries.as_slice()).unwrap_or_default()
}

/// Pages that are to come first and are nowhere; a page outside the edition is somewhere.
pub fn missing_promoted(inputs: &Inputs, articles: &[Arc<Article>]) -> Vec<Diagnostic> {
    let config = &inputs.config;
    let is_missing = |promoted: &&Promoted| {
        !articles.iter().any(|article| promoted.is_for(&article.path, &config.site.content))
    };
    let report = |promoted: &Promoted| {
        Diagnostic::at(Code::BrokenLink, &inputs.config_path, promoted.span.clone())
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

/// The source of each page by language and address, which the site itself does not tell.
pub fn sources(site: &Site) -> BTreeMap<&str, BTreeMap<String, &str>> {
    let mut sources: BTreeMap<&str, BTreeMap<String, &str>> = BTreeMap::new();
    for page in &site.pages {
        let of_language = sources.entry(page.language()).or_default();
        of_language.insert(site::encode(&page.url), &page.selected.article.path);
    }
    sources
}
