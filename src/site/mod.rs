//! Articles to a [`Site`]: addresses, the tree of sections, link targets, translations, tags.
//!
//! 1. [`address`] makes titles and the parts of urls.
//! 2. [`tree`] makes sections, their urls and order, previous and next; [`tags`], [`codes`]
//!    and [`versions`] gather pages.
//! 3. [`links`] resolves every link to a [`Target`]; rendering meets no unresolved one.
//!    [`suggest`] says what a broken one may have meant.
//! 4. [`redirects`] are further addresses of pages. [`routes`] lists all pages to write, and [`outputs`] finds those that are in the way of
//!    another page or file.

mod address;
mod codes;
pub mod links;
mod natural;
mod outputs;
mod redirects;
mod roles;
mod routes;
mod suggest;
mod summary;
mod tags;
mod tree;
mod versions;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use crate::article::{Kind, translation_key};
use crate::config::{Config, Edition, Language};
use crate::diagnostic::Diagnostic;
use crate::edition::{Selected, Selection};
use crate::kinds::Shape;
use crate::markdown::{Document, Title};
use crate::mutation::{Filter, off};
use crate::source::{ContentFile, ContentFiles};

pub use address::encode;
pub use codes::{CodeGroup, CodeRow, Codes};
pub use links::Target;
pub use redirects::Redirect;
pub use roles::RolePage;
pub use routes::{Route, Subject, asset_path, index_folder, index_path, open_search_path};
pub use summary::opening;
pub use tags::{TagPage, Tags};
pub use tree::SectionNode;
pub use versions::VersionList;

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
    /// The pages to write. No two of them, and none of the assets, are in each other's way.
    pub routes: Vec<Route>,
    /// Addresses that lead to pages.
    pub redirects: Vec<Redirect>,
    /// Files that pages refer to, and static ones, by site path.
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
    /// Its tags.
    pub tags: Tags,
    /// Its error codes.
    pub codes: Codes,
    /// The versions that its pages are for.
    pub versions: VersionList,
    /// Roles that read it; empty where there is only one kind of reader.
    pub roles: Vec<RolePage>,
}

/// One article in its place.
#[derive(Debug)]
pub struct Page {
    /// What the edition selected.
    pub selected: Selected,
    /// The parsed body.
    pub document: Arc<Document>,
    /// Its parts.
    pub shape: Shape,
    /// Site path of the page, not percent-encoded: `guides/reset/`.
    pub url: String,
    /// The folder it belongs to.
    pub folder: String,
    /// Whether it is the page that opens its folder.
    pub is_section: bool,
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
        self.shape.kind
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
    documents: Vec<(Arc<Document>, Shape)>,
    edition: &Edition,
    config: &Config,
    files: &ContentFiles,
    static_files: &BTreeMap<String, PathBuf>,
) -> (Site, Vec<Diagnostic>) {
    let is_whole = selection.is_whole() || off(Filter::SuggestedFiles);
    let (mut pages, mut diagnostics) = address::pages(selection.articles, documents);
    let mut parts = parts(&pages, config);
    let readers: Vec<&str> = config.readers(edition).map(|role| role.name.as_str()).collect();
    for part in &mut parts {
        part.sections = tree::sections(&mut pages, part);
        part.tags = tags::tags(&pages, part);
        part.codes = codes::codes(&pages, part, config);
        part.versions = versions::versions(&pages, part, config);
        part.roles = roles::roles(&pages, part, &readers);
    }
    diagnostics.extend(codes::duplicates(&pages));
    connect_translations(&mut pages, config);
    let part_of =
        parts.iter().enumerate().map(|(at, part)| (part.language.code.clone(), at)).collect();

    let (redirects, problems) = redirects::redirects(&pages, &parts, &part_of);
    diagnostics.extend(problems);

    let known = links::Known { pages: &pages, parts: &parts, redirects: &redirects };
    let map = links::Map::new(&known, &selection.outside, edition, config, files, static_files);
    let mut resolved: Vec<_> = (0..pages.len()).into_par_iter().map(|id| map.resolve(id)).collect();
    let problems = resolved.iter_mut().flat_map(|resolved| std::mem::take(&mut resolved.problems));
    let problems: Vec<_> = problems.collect();
    // Files that no page of the edition leads to may be those of others.
    let shown = resolved.iter().flat_map(|resolved| &resolved.assets).map(|asset| asset.file);
    let shown: BTreeSet<_> = shown.map(|file| &file.path).collect();
    let known = |file: &ContentFile| is_whole || shown.contains(&file.path);
    diagnostics.extend(suggest::complete(problems, &pages, files, &known));

    let has_address = config.base_url(edition).is_some();
    let routes = routes::routes(&pages, &parts, &part_of, &redirects, has_address);
    let outputs = outputs::Outputs {
        pages: &pages,
        parts: &parts,
        redirects: &redirects,
        config,
        static_files,
    };
    let (routes, mut assets, problems) = outputs.settle(routes, &resolved);
    if off(Filter::UnreferredFiles) {
        assets.extend(files.iter().map(|((_, path), file)| (path.clone(), file.disk.clone())));
    }
    diagnostics.extend(problems);

    let targets: Vec<_> = resolved.into_iter().map(|resolved| resolved.targets).collect();
    for (page, targets) in pages.iter_mut().zip(targets) {
        page.targets = targets;
    }
    (
        Site { edition: edition.clone(), pages, parts, routes, redirects, assets, part_of },
        diagnostics,
    )
}

/// The languages that have pages; what each shows is still to come.
fn parts(pages: &[Page], config: &Config) -> Vec<LanguagePart> {
    let languages = config.languages.iter();
    languages
        .filter(|language| pages.iter().any(|page| page.language() == language.code))
        .map(|language| LanguagePart {
            language: language.clone(),
            home: address::home(language, config),
            sections: BTreeMap::new(),
            tags: Tags::default(),
            codes: Codes::default(),
            versions: VersionList::default(),
            roles: Vec::new(),
        })
        .collect()
}

/// Pages with the same key in different languages are translations of each other; so is a page
/// that names another's path in `translation_of`.
fn connect_translations(pages: &mut [Page], config: &Config) {
    let mut groups: BTreeMap<String, BTreeMap<String, PageId>> = BTreeMap::new();
    for (id, page) in pages.iter().enumerate() {
        let key = translation_key(&page.selected.article, config).to_owned();
        groups.entry(key).or_default().entry(page.language().to_owned()).or_insert(id);
    }
    for group in groups.into_values() {
        for id in group.values() {
            pages[*id].translations.clone_from(&group);
        }
    }
}
