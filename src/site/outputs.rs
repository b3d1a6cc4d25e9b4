//! Everything that wants a place in the output, on one map: pages, static files, files that pages
//! refer to, and what tier0 makes itself. Nothing may overwrite anything else, or make a folder of
//! a file; nor may two names differ in case only, since many disks take them for one.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::links::{Asset, Resolved};
use super::routes::{ASSETS, Route, Routes, Subject, index_path, is_asset_path};
use super::site_index::SiteIndex;
use super::{Copied, Files, Page, PageId, Redirect};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place, Weight};
use crate::memo::ById;
use crate::mutation::{Policy, off};
use crate::source::ContentFile;
use crate::text::fold::for_disks;

/// First parts of urls that tier0 uses itself, below the home of every language.
const RESERVED: [&str; 2] = ["search", "tags"];

/// What outputs come from.
pub(crate) struct Outputs<'a> {
    /// All articles.
    pub pages: &'a [Page],
    /// Languages, pages to write, addresses that lead to pages.
    pub index: &'a SiteIndex,
    /// The configuration.
    pub config: &'a Config,
    /// Files that are no articles.
    pub files: &'a Files<'a>,
}

/// Outputs that are not in each other's way.
#[derive(Debug)]
pub(crate) struct OutputMap {
    index: ById<SiteIndex>,
    fixed: ById<BTreeMap<String, PathBuf>>,
    resolved: Vec<Arc<Resolved>>,
    /// The pages to write.
    pub routes: Arc<Routes>,
    /// The files to copy, by site path.
    pub assets: Arc<BTreeMap<String, Copied>>,
    /// What is in each other's way.
    pub diagnostics: Vec<Diagnostic>,
}

impl OutputMap {
    /// Settles who gets which path.
    pub(crate) fn new(
        outputs: &Outputs<'_>,
        index: &Arc<SiteIndex>,
        files: &Files<'_>,
        resolved: &[Arc<Resolved>],
    ) -> Self {
        let (routes, mut assets, diagnostics) = outputs.settle(resolved);
        if off(Policy::UnreferredFiles) {
            let all = files.content.iter();
            assets.extend(all.map(|((_, path), file)| {
                (path.clone(), Copied { disk: file.disk.clone(), unvetted: None, is_static: false })
            }));
        }
        OutputMap {
            index: ById::of(index),
            fixed: ById::of(files.fixed),
            resolved: resolved.to_vec(),
            routes: Arc::new(Routes::new(routes)),
            assets: Arc::new(assets),
            diagnostics,
        }
    }

    /// Whether all is settled as it would be now. Problems name the places of links, which move.
    pub(crate) fn holds_for(
        &self,
        index: &Arc<SiteIndex>,
        files: &Files<'_>,
        resolved: &[Arc<Resolved>],
    ) -> bool {
        let assets = |links: &Resolved| {
            let assets = links.assets.iter();
            let kept =
                |asset: &Asset| (asset.path.clone(), asset.file.clone(), asset.is_vouched_for);
            assets.map(kept).collect::<Vec<_>>()
        };
        self.index == ById::of(index)
            && self.fixed == ById::of(files.fixed)
            && self.diagnostics.is_empty()
            && self.resolved.len() == resolved.len()
            && self
                .resolved
                .iter()
                .zip(resolved)
                .all(|(old, new)| Arc::ptr_eq(old, new) || assets(old) == assets(new))
    }
}

/// Who wants a path. The order is that of their rights: the later one gives way.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Owner<'a> {
    /// tier0 itself.
    Tier0,
    /// A folder that no page opens, by number of its language and path.
    Folder(usize, &'a str),
    /// A static file, by its site path.
    Static(&'a str),
    /// An article.
    Page(PageId),
    /// A file that a page refers to, with the link.
    File { file: &'a ContentFile, link: Place },
    /// An address that leads to a page.
    Redirect(&'a Redirect),
    /// The way from the address of the site to its first language. Whatever else is there wins.
    Entrance,
}

/// What a path is wanted for.
#[derive(Debug, Clone, Copy)]
enum Content<'a> {
    /// Made by tier0: always there.
    EditionCache,
    /// A page, by its number among the routes.
    Route(usize),
    /// A copy of a file: where it lies, and its path for people where nobody has vouched for it.
    Copy(&'a PathBuf, Option<&'a Arc<str>>),
}

struct Claim<'a> {
    path: String,
    owner: Owner<'a>,
    content: Content<'a>,
}

impl<'a> Outputs<'a> {
    /// Finds outputs that are in each other's way. Hands back the pages and files that are not, so
    /// that a preview shows the same whatever thread is faster.
    pub(crate) fn settle(
        &self,
        resolved: &'a [Arc<Resolved>],
    ) -> (Vec<Route>, BTreeMap<String, Copied>, Vec<Diagnostic>) {
        let mut diagnostics = self.reserved();
        let refused: BTreeSet<Arc<str>> =
            diagnostics.iter().filter_map(|d| Some(Arc::clone(&d.place.as_ref()?.path))).collect();
        let routes = &self.index.routes;
        let claims = self.claims(routes, resolved);
        let losers = conflicts(&claims);
        for (loser, winner) in &losers {
            if claims[*loser].owner == Owner::Entrance {
                continue;
            }
            let problem = self.problem(&claims[*loser], winner.map(|winner| &claims[winner]));
            // An article at a reserved address says all there is to say.
            let is_known = problem.place.as_ref().is_some_and(|at| refused.contains(&at.path));
            diagnostics.extend((!is_known).then_some(problem));
        }
        let mut pages = BTreeSet::new();
        let mut files = BTreeMap::new();
        for (number, claim) in claims.into_iter().enumerate() {
            if losers.contains_key(&number) {
                continue;
            }
            match claim.content {
                Content::EditionCache => {}
                Content::Route(route) => {
                    pages.insert(route);
                }
                Content::Copy(disk, unvetted) => {
                    let is_static = matches!(claim.owner, Owner::Static(_));
                    let unvetted = unvetted.cloned();
                    let copied = Copied { disk: disk.clone(), unvetted, is_static };
                    files.insert(claim.path, copied);
                }
            }
        }
        let routes = routes.iter().enumerate();
        let routes = routes.filter(|(number, _)| pages.contains(number)).map(|(_, route)| route);
        (routes.cloned().collect(), files, diagnostics)
    }

    /// Articles at addresses that are tier0's own, or below them.
    fn reserved(&self) -> Vec<Diagnostic> {
        let homes: Vec<&str> = self.index.parts.iter().map(|part| part.home.as_str()).collect();
        let taken = self.pages.iter().filter(|page| self.is_reserved(page, &homes));
        taken
            .map(|page| {
                Diagnostic::at(Code::ReservedAddress, &page.selected.article.path, slug(page))
                    .with("url", format!("/{}", page.url))
            })
            .collect()
    }

    fn is_reserved(&self, page: &Page, homes: &[&str]) -> bool {
        let in_default = page.language() == self.config.default_language().code;
        let home =
            homes.iter().filter(|home| page.url.starts_with(**home)).max_by_key(|home| home.len());
        let below = page.url.strip_prefix(home.copied().unwrap_or("")).unwrap_or(&page.url);
        let first = below.split('/').next().unwrap_or_default();
        let of_language =
            in_default && homes.iter().any(|home| !home.is_empty() && page.url.starts_with(*home));
        // Many sites have a page of codes; tier0 makes one only where articles name some.
        let part = self.index.parts.iter().find(|part| part.language.code == page.language());
        let of_codes = first == "codes" && part.is_some_and(|part| part.codes.url.is_some());
        RESERVED.contains(&first) || of_codes || in_default && first == ASSETS || of_language
    }

    /// All that is wanted, in the order of rights.
    fn claims(&self, routes: &[Route], resolved: &'a [Arc<Resolved>]) -> Vec<Claim<'a>> {
        let own = |path| Claim { path, owner: Owner::Tier0, content: Content::EditionCache };
        // The other files of an index have names that nobody else thinks of.
        let mut claims: Vec<Claim<'a>> =
            self.index.parts.iter().map(|part| own(index_path(&part.language.code))).collect();
        let (mut folders, mut pages, mut redirects) = (Vec::new(), Vec::new(), Vec::new());
        let mut entrance = Vec::new();
        for (number, route) in routes.iter().enumerate() {
            let owner = self.owner(route);
            let list = match &owner {
                Owner::Tier0 => &mut claims,
                Owner::Folder(..) => &mut folders,
                Owner::Redirect(_) => &mut redirects,
                Owner::Entrance => &mut entrance,
                _ => &mut pages,
            };
            let path = route.path.clone();
            list.push(Claim { path, owner, content: Content::Route(number) });
        }
        claims.append(&mut folders);
        claims.extend(self.files.fixed.iter().map(|(path, disk)| Claim {
            path: path.clone(),
            owner: Owner::Static(path),
            content: Content::Copy(disk, None),
        }));
        claims.append(&mut pages);
        let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
        for resolved in resolved {
            for asset in &resolved.assets {
                if seen.insert((&asset.path, &asset.file.path)) {
                    let link = asset.link.clone();
                    claims.push(Claim {
                        path: asset.path.clone(),
                        owner: Owner::File { file: &asset.file, link },
                        content: Content::Copy(
                            &asset.file.disk,
                            (!asset.is_vouched_for).then_some(&asset.file.path),
                        ),
                    });
                }
            }
        }
        claims.append(&mut redirects);
        claims.append(&mut entrance);
        claims
    }

    fn owner(&self, route: &Route) -> Owner<'a> {
        match &route.subject {
            // Further sheets of a section's list are nobody's page.
            _ if route.sheet > 1 => Owner::Tier0,
            Subject::Article(id) => Owner::Page(*id),
            Subject::Section(folder) => {
                match self.index.parts[route.part].sections.get_key_value(folder) {
                    Some((folder, node)) => {
                        node.page.map_or(Owner::Folder(route.part, folder), Owner::Page)
                    }
                    None => Owner::Tier0,
                }
            }
            Subject::Redirect(number) => Owner::Redirect(&self.index.redirects[*number]),
            Subject::Entrance => Owner::Entrance,
            Subject::Tags
            | Subject::Tag(_)
            | Subject::Codes
            | Subject::ProductCodes(_)
            | Subject::Role(_)
            | Subject::Search
            | Subject::OpenSearch
            | Subject::NotFound => Owner::Tier0,
        }
    }

    fn problem(&self, loser: &Claim<'_>, winner: Option<&Claim<'_>>) -> Diagnostic {
        let winner = winner.filter(|winner| winner.owner != Owner::Tier0);
        let code = if winner.is_some() { Code::DuplicateAddress } else { Code::ReservedAddress };
        let url = loser.path.strip_suffix("index.html").unwrap_or(&loser.path);
        let problem = match self.place(&loser.owner) {
            Some(Place { path, span }) => Diagnostic::at(code, &path, span),
            None => Diagnostic::general(code),
        };
        // The first one keeps an address that both want to lead to them.
        let is_moved = matches!(loser.owner, Owner::Redirect(_)) && winner.is_some();
        let weight = if is_moved { Weight::Slip } else { Weight::Stop };
        let problem = problem.weighing(weight).with("url", format!("/{url}")).with("instead", "");
        let Some(winner) = winner else {
            return problem;
        };
        let problem = problem.with("other", self.label(&winner.owner));
        match (&winner.owner, self.place(&winner.owner)) {
            (Owner::Page(_) | Owner::Folder(..) | Owner::Redirect(_), Some(Place { path, .. })) => {
                problem.related(Place { path, span: 0..0 })
            }
            _ => problem,
        }
    }

    /// Where the owner of a path can do something about it.
    fn place(&self, owner: &Owner<'_>) -> Option<Place> {
        let at =
            |page: &Page, span| Some(Place { path: Arc::clone(&page.selected.article.path), span });
        match owner {
            Owner::Tier0 | Owner::Entrance => None,
            Owner::Folder(part, folder) => at(self.first(*part, folder)?, 0..0),
            Owner::Static(_) => Some(Place { path: self.label(owner).into(), span: 0..0 }),
            Owner::Page(id) => at(&self.pages[*id], slug(&self.pages[*id])),
            Owner::File { link, .. } => Some(link.clone()),
            Owner::Redirect(redirect) => at(&self.pages[redirect.page], redirect.span.clone()),
        }
    }

    /// What people call the owner of a path.
    fn label(&self, owner: &Owner<'_>) -> String {
        match owner {
            Owner::Tier0 | Owner::Entrance => "tier0".to_owned(),
            Owner::Folder(part, folder) => {
                self.first(*part, folder).map_or_else(String::new, |page| shown(page, folder))
            }
            Owner::Static(path) => format!("{}/{path}", self.config.site.static_folder),
            Owner::Page(id) | Owner::Redirect(Redirect { page: id, .. }) => {
                self.pages[*id].selected.article.path.to_string()
            }
            Owner::File { file, .. } => file.path.to_string(),
        }
    }

    /// The first article in a folder or below it.
    fn first(&self, part: usize, folder: &str) -> Option<&'a Page> {
        let code = self.index.parts[part].language.code.as_str();
        self.pages.iter().filter(|page| page.language() == code).find(|page| {
            let below = page.folder.strip_prefix(folder);
            folder.is_empty() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// The path of a folder, as it is on the disk, from an article in it or below it.
fn shown(page: &Page, folder: &str) -> String {
    let name = &page.selected.article.name;
    let depth = |key: &str| key.split('/').filter(|part| !part.is_empty()).count();
    let levels = depth(&name.key) + usize::from(name.is_section) - depth(folder);
    let path: &str = &page.selected.article.path;
    let parts: Vec<&str> = path.split('/').collect();
    format!("{}/", parts[..parts.len().saturating_sub(levels)].join("/"))
}

fn slug(page: &Page) -> Range<usize> {
    page.selected.article.meta.slug.as_ref().map_or(0..0, |slug| slug.span.clone())
}

/// Claims that must give way, each with the one it gives way to; none for a name that only the
/// theme's assets may have.
fn conflicts(claims: &[Claim<'_>]) -> BTreeMap<usize, Option<usize>> {
    let mut losers: BTreeMap<usize, Option<usize>> = BTreeMap::new();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for (number, claim) in claims.iter().enumerate() {
        let path = for_disks(&claim.path);
        let is_moved = matches!(claim.owner, Owner::Redirect(_));
        let mut above = path.match_indices('/').map(|(at, _)| &path[..at]);
        if path == ASSETS
            || is_asset_path(&path)
            || above.any(|folder| is_asset_path(folder) || is_moved && folder == ASSETS)
        {
            losers.insert(number, None);
        } else if let Some(other) = taken.get(&path) {
            losers.insert(number, Some(*other));
        } else {
            taken.insert(path, number);
        }
    }
    for (path, number) in &taken {
        for (at, _) in path.match_indices('/') {
            if let Some(file) = taken.get(&path[..at]) {
                losers.entry(*number.max(file)).or_insert(Some(*number.min(file)));
            }
        }
    }
    losers
}
