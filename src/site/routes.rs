//! Which pages and files tier0 makes, and where each is written.

use std::collections::BTreeMap;

use std::ops::Deref;

use super::{LanguagePart, Page, PageId, Redirect};

/// The folder of the theme's assets.
pub const ASSETS: &str = "assets";

/// What a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// An article.
    Article(PageId),
    /// A section, by its folder; the home has the empty one.
    Section(String),
    /// All tags.
    Tags,
    /// One tag, by its number.
    Tag(usize),
    /// All error codes.
    Codes,
    /// The error codes of one product, by the number of its group.
    ProductCodes(usize),
    /// What one role reads, by its number.
    Role(usize),
    /// The search page.
    Search,
    /// What tells a browser how to search the site.
    OpenSearch,
    /// An address that leads to a page, by its number.
    Redirect(usize),
    /// What servers show for addresses that do not exist.
    NotFound,
}

/// One page to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Number of the language in `Site::parts`.
    pub part: usize,
    /// What it shows.
    pub subject: Subject,
    /// Its url, not percent-encoded.
    pub url: String,
    /// The file it is written to.
    pub path: String,
}

impl Route {
    fn new(part: usize, subject: Subject, url: String) -> Self {
        let path = format!("{url}index.html");
        Route { part, subject, url, path }
    }
}

/// The pages to write, found by their paths.
#[derive(Debug)]
pub struct Routes {
    all: Vec<Route>,
    /// Numbers in `all`, in the order of the paths.
    by_path: Vec<usize>,
}

impl Routes {
    /// Makes them ready to be found. No two have the same path.
    pub fn new(all: Vec<Route>) -> Self {
        let mut by_path: Vec<usize> = (0..all.len()).collect();
        by_path.sort_by(|a, b| all[*a].path.cmp(&all[*b].path));
        Routes { all, by_path }
    }

    /// The page that is written to a path.
    pub fn at(&self, path: &str) -> Option<&Route> {
        let found = self.by_path.binary_search_by(|number| (*self.all[*number].path).cmp(path));
        found.ok().map(|at| &self.all[self.by_path[at]])
    }
}

impl Deref for Routes {
    type Target = [Route];

    fn deref(&self) -> &[Route] {
        &self.all
    }
}

/// Every page of the site: tier0's own first, then sections, then articles, then addresses that lead
/// to them. Browsers that add the
/// search to theirs need its whole address: `has_address` says that the site knows it.
pub fn routes(
    pages: &[Page],
    parts: &[LanguagePart],
    part_of: &BTreeMap<String, usize>,
    redirects: &[Redirect],
    has_address: bool,
) -> Vec<Route> {
    let mut routes = Vec::with_capacity(pages.len() + 64);
    for (number, part) in parts.iter().enumerate() {
        let own =
            |subject, name: &str| Route::new(number, subject, format!("{}{name}/", part.home));
        routes.push(own(Subject::Search, "search"));
        if has_address {
            let path = open_search_path(&part.home);
            let (subject, url) = (Subject::OpenSearch, path.clone());
            routes.push(Route { part: number, subject, url, path });
        }
        routes.push(own(Subject::Tags, "tags"));
        let tags = part.tags.all.iter().enumerate();
        routes.extend(tags.map(|(at, tag)| Route::new(number, Subject::Tag(at), tag.url.clone())));
        routes.extend(part.codes.url.clone().map(|url| Route::new(number, Subject::Codes, url)));
        let groups = part.codes.groups.iter().enumerate();
        routes.extend(groups.filter_map(|(at, group)| {
            Some(Route::new(number, Subject::ProductCodes(at), group.url.clone()?))
        }));
        let roles = part.roles.iter().enumerate();
        routes.extend(
            roles.map(|(at, role)| Route::new(number, Subject::Role(at), role.url.clone())),
        );
    }
    if !parts.is_empty() {
        let path = "404.html".to_owned();
        routes.push(Route { part: 0, subject: Subject::NotFound, url: String::new(), path });
    }
    for (number, part) in parts.iter().enumerate() {
        routes.extend(part.sections.iter().map(|(folder, node)| {
            Route::new(number, Subject::Section(folder.clone()), node.url.clone())
        }));
    }
    routes.extend(pages.iter().enumerate().filter(|(_, page)| !page.is_section).filter_map(
        |(id, page)| {
            let part = part_of.get(page.language())?;
            Some(Route::new(*part, Subject::Article(id), page.url.to_string()))
        },
    ));
    routes.extend(redirects.iter().enumerate().map(|(number, redirect)| Route {
        part: redirect.part,
        subject: Subject::Redirect(number),
        url: redirect.url.clone(),
        path: redirect.path(),
    }));
    routes
}

/// Site path of the folder of a language's search index.
pub fn index_folder(language: &str) -> String {
    format!("search/{language}/")
}

/// Site path of the file in it that names the others.
pub fn index_path(language: &str) -> String {
    index_folder(language) + "manifest.json"
}

/// Site path of what tells a browser how to search a language.
pub fn open_search_path(home: &str) -> String {
    format!("{home}search/opensearch.xml")
}

/// Site path of a theme's asset, with the begin of its hash: `assets/css/main.1a2b3c4d.css`.
pub fn asset_path(name: &str, hash: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
    format!("{ASSETS}/{stem}.{}.{ending}", &hash[..8])
}

/// Whether a path is one that assets of a theme get. Other files may lie in that folder too, also
/// with a date in their names: a hash has a letter in it nearly always.
pub fn is_asset_path(path: &str) -> bool {
    let mut parts = path.strip_prefix(ASSETS).unwrap_or_default().rsplitn(3, '.').skip(1);
    let hash = parts.next().unwrap_or_default();
    let is_hash = hash.len() == 8
        && hash.bytes().all(|b| b.is_ascii_hexdigit())
        && hash.bytes().any(|b| b.is_ascii_alphabetic());
    is_hash && parts.next().is_some_and(|stem| stem.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assets_are_known_by_their_names() {
        let path = asset_path("css/main.css", "0123abcdef");
        assert_eq!(path, "assets/css/main.0123abcd.css");
        assert!(is_asset_path(&path) && is_asset_path(&asset_path("LICENCE", "0123abcdef")));
        for path in [
            "assets/logo.svg",
            "assets/a.0123abc.css",
            "assets/a.20261121.jpg",
            "x/a.0123abcd.css",
            "assets2/a.0123abcd.css",
        ] {
            assert!(!is_asset_path(path), "{path}");
        }
    }
}
