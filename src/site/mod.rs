//! Articles to a [`Site`]: addresses, the tree of sections, link targets, translations, tags.
//!
//! 1. [`address`] gives every article its url, and finds two that want the same.
//! 2. [`tree`] makes sections and their order, previous and next.
//! 3. [`links`] resolves every link to a [`Target`]; rendering meets no unresolved one.
//! 4. [`tags`] gathers pages by tag.

mod address;
pub mod links;
mod summary;
mod tags;
mod tree;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use crate::article::Kind;
use crate::config::{Config, Edition, Language};
use crate::diagnostic::Diagnostic;
use crate::edition::{Selected, Selection};
use crate::markdown::{Document, Title};
use crate::mutation::{Filter, off};
use crate::source::ContentFiles;

pub use address::encode;
pub use links::Target;
pub use tags::{TagPage, url as tag_url};
pub use tree::SectionNode;

/// A page by its number in [`Site::pages`].
pub type PageId = usize;

/// One edition of the site, everything global computed.
#[derive(Debug)]
pub struct Site {
    /// The edition it is.
    pub edition: Edition,
    /// All articles, in the order of their paths.
    pub pages: Vec<Page>,
    /// One per language that has pages, the default language first.
    pub parts: Vec<LanguagePart>,
    /// Files that pages refer to, by site path.
    pub assets: BTreeMap<String, PathBuf>,
    /// The number in `parts` by language code.
    pub part_of: BTreeMap<String, usize>,
}

/// What one language shows.
#[derive(Debug)]
pub struct LanguagePart {
    /// The language.
    pub language: Language,
    /// Url of its home: `` or `zh/`.
    pub home: String,
    /// Sections by folder; the home has the empty one.
    pub sections: BTreeMap<String, SectionNode>,
    /// Tags by url.
    pub tags: BTreeMap<String, TagPage>,
}

/// One article in its place.
#[derive(Debug)]
pub struct Page {
    /// What the edition selected.
    pub selected: Selected,
    /// The parsed body.
    pub document: Arc<Document>,
    /// Site path of the page, not percent-encoded: `guides/reset/`.
    pub url: String,
    /// The folder it belongs to.
    pub folder: String,
    /// Its name in lists, in search and in the browser's tab.
    pub title: Title,
    /// The heading shown above its text.
    pub heading: Title,
    /// One or two sentences.
    pub summary: String,
    /// Where its links lead, by their numbers in the document.
    pub targets: Vec<Target>,
    /// The page before it in its section.
    pub previous: Option<PageId>,
    /// The page after it in its section.
    pub next: Option<PageId>,
    /// The same page in other languages, by language code.
    pub translations: BTreeMap<String, PageId>,
}

impl Page {
    /// The language code.
    pub fn language(&self) -> &str {
        &self.selected.article.name.language
    }

    /// The kind of article.
    pub fn kind(&self) -> Kind {
        self.selected.article.meta.kind
    }

    /// Whether lists and search leave it out.
    pub fn is_hidden(&self) -> bool {
        let meta = &self.selected.article.meta;
        meta.hide || meta.status == crate::article::Status::Archived
    }
}

/// Makes the site of an edition from its articles and their documents.
pub fn resolve(
    selection: Selection,
    documents: Vec<Arc<Document>>,
    edition: &Edition,
    config: &Config,
    files: &ContentFiles,
    static_files: &BTreeMap<String, PathBuf>,
) -> (Site, Vec<Diagnostic>) {
    let (mut pages, mut diagnostics) = address::pages(selection.articles, documents, config);
    let mut parts: Vec<LanguagePart> = config
        .languages
        .iter()
        .filter(|language| pages.iter().any(|page| page.language() == language.code))
        .map(|language| LanguagePart {
            language: language.clone(),
            home: address::home(language, config),
            sections: BTreeMap::new(),
            tags: BTreeMap::new(),
        })
        .collect();
    for part in &mut parts {
        part.sections = tree::sections(&mut pages, part);
        part.tags = tags::tags(&pages, part);
    }
    connect_translations(&mut pages);
    diagnostics.extend(address::check(&pages, &parts, config, static_files));

    let map =
        links::Map::new(&pages, &parts, &selection.outside, edition, config, files, static_files);
    let resolved: Vec<_> = pages.par_iter().map(|page| map.resolve(page)).collect();
    let mut assets = static_files.clone();
    if off(Filter::UnreferredFiles) {
        assets.extend(files.iter().map(|((_, path), file)| (path.clone(), file.disk.clone())));
    }
    for (page, resolved) in pages.iter_mut().zip(resolved) {
        page.targets = resolved.targets;
        assets.extend(resolved.assets);
        diagnostics.extend(resolved.diagnostics);
    }
    let part_of =
        parts.iter().enumerate().map(|(at, part)| (part.language.code.clone(), at)).collect();
    (Site { edition: edition.clone(), pages, parts, assets, part_of }, diagnostics)
}

/// Pages with the same key in different languages are translations of each other; so is a page
/// that names another's path in `translation_of`.
fn connect_translations(pages: &mut [Page]) {
    let mut groups: BTreeMap<String, BTreeMap<String, PageId>> = BTreeMap::new();
    for (id, page) in pages.iter().enumerate() {
        let article = &page.selected.article;
        let named = article.meta.translation_of.as_ref().map(|of| of.text.trim_start_matches('/'));
        let key =
            named.map(|path| path.strip_suffix(".md").unwrap_or(path)).unwrap_or(&article.name.key);
        groups.entry(key.to_owned()).or_default().entry(page.language().to_owned()).or_insert(id);
    }
    for group in groups.into_values() {
        for id in group.values() {
            pages[*id].translations.clone_from(&group);
        }
    }
}
