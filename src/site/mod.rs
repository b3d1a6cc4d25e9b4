//! Articles to a [`Site`]: addresses, the tree of sections, link targets, translations, tags.
//!
//! 1. [`address`] makes titles and the parts of urls.
//! 2. [`index`] gives pages their places: [`tree`] makes sections, their urls and order, previous
//!    and next; [`tags`], [`codes`] and [`versions`] gather pages; [`redirects`] are further
//!    addresses; [`routes`] lists all pages to write, and [`lists`] cuts long ones. It depends on heads, titles and anchors
//!    alone, so it stays when somebody writes in a body.
//! 3. [`links`] resolves every link to a [`Target`]; rendering meets no unresolved one.
//!    [`suggest`] says what a broken one may have meant.
//! 4. [`outputs`] finds pages and files that are in each other's way.

mod address;
mod codes;
pub(crate) mod links;
mod lists;
mod natural;
mod outputs;
mod redirects;
mod roles;
mod routes;
mod site_index;
mod suggest;
mod summary;
mod tags;
mod tree;
mod versions;
mod vetting;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use crate::article::Kind;
use crate::config::{Config, Edition, Language};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::edition::{Expanded, FileReaders, Selected, Selection};
use crate::kinds::Shape;
use crate::memo::{ById, Memo};
use crate::source::{ContentFile, ContentFiles};

pub(crate) use address::{Names, encode, names};
pub(crate) use codes::{CodeGroup, CodeRow, Codes};
use links::Resolved;
pub(crate) use links::Target;
pub(crate) use lists::{List, ROWS};
use outputs::OutputMap;
pub(crate) use redirects::Redirect;
pub(crate) use roles::RolePage;
pub(crate) use routes::{
    Route, Routes, Subject, asset_path, index_folder, index_path, list_of_rows, open_search_path,
    rows_path,
};
use site_index::SiteIndex;
pub(crate) use summary::opening;
pub(crate) use tags::Tags;
pub(crate) use tree::SectionNode;
pub(crate) use versions::VersionList;

/// A page by its number in [`Site::pages`].
pub(crate) type PageId = usize;

/// One edition of the site, everything global computed.
#[derive(Debug)]
pub(crate) struct Site {
    /// The edition it is.
    pub edition: Edition,
    /// All articles, in the order of their paths.
    pub pages: Vec<Page>,
    /// One per language that has pages, the default language first.
    pub parts: Arc<Vec<LanguagePart>>,
    /// The pages to write. No two of them, and none of the assets, are in each other's way.
    pub routes: Arc<Routes>,
    /// Addresses that lead to pages.
    pub redirects: Arc<Vec<Redirect>>,
    /// Files that pages refer to, and static ones, by site path.
    pub assets: Arc<BTreeMap<String, Copied>>,
    /// The number in `parts` by language code.
    pub part_of: Arc<BTreeMap<String, usize>>,
}

/// What one language shows.
#[derive(Debug)]
pub(crate) struct LanguagePart {
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
#[derive(Debug, Clone)]
pub(crate) struct Page {
    /// What the edition selected.
    pub selected: Selected,
    /// The parsed body.
    pub document: Arc<Document>,
    /// Its parts.
    pub shape: Arc<Shape>,
    /// What it is called.
    pub names: Arc<Names>,
    /// Site path of the page, not percent-encoded: `guides/reset/`.
    pub url: Arc<str>,
    /// The folder it belongs to.
    pub folder: Arc<str>,
    /// Whether it is the page that opens its folder.
    pub is_section: bool,
    /// Where its links lead, by their numbers in the document.
    pub targets: Arc<Vec<Target>>,
    /// The page before it in its section.
    pub previous: Option<PageId>,
    /// The page after it in its section.
    pub next: Option<PageId>,
    /// The same page in other languages, by language code.
    pub translations: Arc<BTreeMap<String, PageId>>,
}

/// A file of the output that comes from the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Copied {
    /// Where it lies.
    pub disk: PathBuf,
    /// Its path for people, if nobody has vouched for it: what a browser would run of it is not
    /// published. Static files are the site owner's own.
    pub unvetted: Option<Arc<str>>,
    /// Whether it lies in the static folder.
    pub is_static: bool,
}

/// Files that are no articles.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Files<'a> {
    /// Those in the content folders.
    pub content: &'a Arc<ContentFiles>,
    /// Those of the static folder, by site path.
    pub fixed: &'a Arc<BTreeMap<String, PathBuf>>,
    /// Who may see those in the content folders.
    pub readers: &'a Arc<FileReaders>,
}

/// What is remembered of a site for the next build of the same edition and configuration.
#[derive(Debug, Default)]
pub(crate) struct SiteCache {
    index: Option<Arc<SiteIndex>>,
    links: Memo<LinksFrom, Resolved>,
    settled: Option<OutputMap>,
}

/// What the links of a page depend on: its text, the index of the site, and the files.
type LinksFrom = (ById<Expanded>, ById<Document>, ById<SiteIndex>, SameFiles);
type SameFiles = (ById<ContentFiles>, ById<BTreeMap<String, PathBuf>>, ById<FileReaders>);

/// A parsed article.
#[derive(Debug, Clone)]
pub(crate) struct Parsed {
    /// Its body.
    pub document: Arc<Document>,
    /// Its parts.
    pub shape: Arc<Shape>,
    /// What it is called.
    pub names: Arc<Names>,
}

impl Page {
    /// The language code.
    pub(crate) fn language(&self) -> &str {
        &self.selected.article.name.language
    }

    /// The kind of article.
    pub(crate) fn kind(&self) -> Kind {
        self.shape.kind
    }

    /// Whether lists and search leave it out.
    pub(crate) fn is_hidden(&self) -> bool {
        let meta = &self.selected.article.meta;
        meta.hide || meta.status == crate::article::Status::Archived
    }
}

impl Site {
    /// The article that a page shows, be it of a section or not. Of a long section only the first
    /// sheet shows one.
    pub(crate) fn article(&self, route: &Route) -> Option<PageId> {
        match &route.subject {
            Subject::Article(id) => Some(*id),
            Subject::Section(_) if route.sheet > 1 => None,
            Subject::Section(folder) => self.parts[route.part].sections.get(folder)?.page,
            _ => None,
        }
    }
}

/// Makes the site of an edition from its articles and their documents. What is remembered must be
/// of the same edition and configuration.
pub(crate) fn resolve(
    selection: Selection,
    parsed: Vec<Parsed>,
    config: &Config,
    edition: &Edition,
    files: &Files<'_>,
    memo: &mut SiteCache,
) -> (Site, Vec<Diagnostic>) {
    let is_whole = selection.is_whole();
    let Selection { articles, outside, held, .. } = selection;
    let known =
        memo.index.take().filter(|index| index.holds_for(&articles, &parsed, &outside, &held));
    let index = known.unwrap_or_else(|| {
        Arc::new(SiteIndex::new(
            address::pages(articles.clone(), parsed.clone()),
            site_index::Away { outside, held },
            edition,
            config,
        ))
    });
    memo.index = Some(Arc::clone(&index));
    let mut diagnostics = index.diagnostics.clone();
    let mut pages = index.pages(articles, parsed);

    let map = links::Map::new(&pages, &index, edition, config, files);
    let resolved = memo.links.run_among(
        &pages,
        |page| &page.selected.article.path,
        |page| {
            let files = (ById::of(files.content), ById::of(files.fixed), ById::of(files.readers));
            (ById::of(&page.selected.expanded), ById::of(&page.document), ById::of(&index), files)
        },
        |_| true,
        |id, _| map.resolve(id),
    );
    let problems: Vec<_> =
        resolved.iter().flat_map(|resolved| resolved.problems.iter().cloned()).collect();
    // Files that no page of the edition leads to may be those of others.
    let shown = resolved.iter().flat_map(|resolved| &resolved.assets);
    let shown: BTreeSet<_> = shown.map(|asset| &asset.file.path).collect();
    let known = |file: &ContentFile| is_whole || shown.contains(&file.path);
    diagnostics.extend(suggest::complete(problems, &pages, files.content, &known));

    let settled = memo.settled.take().filter(|settled| settled.holds_for(&index, files, &resolved));
    let settled = settled.unwrap_or_else(|| {
        let outputs = outputs::Outputs { pages: &pages, index: &index, config, files };
        OutputMap::new(&outputs, &index, files, &resolved)
    });
    diagnostics.extend(settled.diagnostics.iter().cloned());
    for (page, resolved) in pages.iter_mut().zip(&resolved) {
        page.targets = Arc::clone(&resolved.targets);
    }
    let site = Site {
        edition: edition.clone(),
        pages,
        parts: Arc::clone(&index.parts),
        routes: Arc::clone(&settled.routes),
        redirects: Arc::clone(&index.redirects),
        assets: Arc::clone(&settled.assets),
        part_of: Arc::clone(&index.part_of),
    };
    memo.settled = Some(settled);
    (site, diagnostics)
}
