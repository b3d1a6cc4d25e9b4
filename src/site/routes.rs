//! Which pages and files tier0 makes, and where each is written.

use std::collections::BTreeMap;

use std::ops::Deref;

use super::{LanguagePart, Page, PageId, Redirect};

/// The folder of the theme's assets.
pub(crate) const ASSETS: &str = "assets";

/// What a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
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
    /// The address of a site that has no page in its default language: leads to the first that it has.
    Entrance,
    /// What servers show for addresses that do not exist.
    NotFound,
}

/// One page to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    /// Number of the language in `Site::parts`.
    pub part: usize,
    /// What it shows.
    pub subject: Subject,
    /// The sheet of a list that it shows, from 1.
    pub sheet: usize,
    /// Its url, not percent-encoded.
    pub url: String,
    /// The file it is written to.
    pub path: String,
}

impl Route {
    fn new(part: usize, subject: Subject, url: String) -> Self {
        let path = format!("{url}index.html");
        Route { part, subject, sheet: 1, url, path }
    }

    /// The sheets of a list.
    fn sheets(number: usize, part: &LanguagePart, subject: &Subject) -> Vec<Self> {
        let Some(list) = part.list(subject) else { return Vec::new() };
        let sheet =
            |sheet| Route { sheet, ..Route::new(number, subject.clone(), list.sheet_url(sheet)) };
        (1..=list.sheets()).map(sheet).collect()
    }
}

/// The pages to write, found by their paths.
#[derive(Debug)]
pub(crate) struct Routes {
    all: Vec<Route>,
    /// Numbers in `all`, in the order of the paths.
    by_path: Vec<usize>,
}

impl Routes {
    /// Makes them ready to be found. No two have the same path.
    pub(crate) fn new(all: Vec<Route>) -> Self {
        let mut by_path: Vec<usize> = (0..all.len()).collect();
        by_path.sort_by(|a, b| all[*a].path.cmp(&all[*b].path));
        Routes { all, by_path }
    }

    /// The page that is written to a path.
    pub(crate) fn at(&self, path: &str) -> Option<&Route> {
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
/// to them. Browsers that add the search to theirs need its whole address: `has_address` says that
/// the site knows it.
pub(crate) fn routes(
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
            routes.push(Route { part: number, subject, sheet: 1, url, path });
        }
        routes.push(own(Subject::Tags, "tags"));
        let tags = (0..part.tags.all.len()).map(Subject::Tag);
        let groups = (0..part.codes.groups.len()).map(Subject::ProductCodes);
        let roles = (0..part.roles.len()).map(Subject::Role);
        let lists = tags.chain([Subject::Codes]).chain(groups).chain(roles);
        routes.extend(lists.flat_map(|subject| Route::sheets(number, part, &subject)));
    }
    if !parts.is_empty() {
        let path = "404.html".to_owned();
        let subject = Subject::NotFound;
        routes.push(Route { part: 0, subject, sheet: 1, url: String::new(), path });
    }
    for (number, part) in parts.iter().enumerate() {
        let sections = part.sections.keys().cloned().map(Subject::Section);
        routes.extend(sections.flat_map(|subject| Route::sheets(number, part, &subject)));
    }
    routes.extend(pages.iter().enumerate().filter(|(_, page)| !page.is_section).filter_map(
        |(id, page)| {
            let part = part_of.get(page.language())?;
            Some(Route::new(*part, Subject::Article(id), page.url.to_string()))
        },
    ));
    // The default language lives at the root, and comes first.
    if parts.first().is_some_and(|first| !first.home.is_empty()) {
        routes.push(Route::new(0, Subject::Entrance, String::new()));
    }
    routes.extend(redirects.iter().enumerate().map(|(number, redirect)| Route {
        part: redirect.part,
        subject: Subject::Redirect(number),
        sheet: 1,
        url: redirect.url.clone(),
        path: redirect.path(),
    }));
    routes
}

/// Site path of the folder of a language's search index.
pub(crate) fn index_folder(language: &str) -> String {
    format!("search/{language}/")
}

/// Site path of the file in it that names the others.
pub(crate) fn index_path(language: &str) -> String {
    index_folder(language) + "manifest.json"
}

/// Site path of what tells a browser how to search a language.
pub(crate) fn open_search_path(home: &str) -> String {
    format!("{home}search/opensearch.xml")
}

/// Site path of a theme's asset, with the start of its hash: `assets/css/main.1a2b3c4d.css`.
pub(crate) fn asset_path(name: &str, hash: &str) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "bin"));
    format!("{ASSETS}/{stem}.{}.{ending}", &hash[..8])
}

/// The folder of the files with the rows of long lists, each below the url of its list.
const LISTS: &str = "lists/";
/// The name of such a file, before its hash.
const ROWS: &str = "rows";

/// Site path of the file with all rows of a list: `assets/lists/codes/rows.1a2b3c4d.json`. Like
/// those of a theme's assets, nobody else may have it.
pub(crate) fn rows_path(url: &str, hash: &str) -> String {
    asset_path(&format!("{LISTS}{url}{ROWS}.json"), hash)
}

/// The url of the list whose rows are in a file, to go by its path.
pub(crate) fn list_of_rows(path: &str) -> Option<&str> {
    let below = path.strip_prefix(ASSETS)?.strip_prefix('/')?.strip_prefix(LISTS)?;
    let (url, name) = below.split_at(below.rfind('/').map_or(0, |at| at + 1));
    name.starts_with(ROWS).then_some(url)
}

/// Whether a path is one that assets of a theme get. Other files may lie in that folder too, also
/// with a date in their names: a hash has a letter in it nearly always.
pub(crate) fn is_asset_path(path: &str) -> bool {
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
    fn rows_of_lists_are_assets() {
        for url in ["", "codes/", "zh/a.b/"] {
            let path = rows_path(url, "0123abcdef");
            assert!(is_asset_path(&path), "{path}");
            assert_eq!(list_of_rows(&path), Some(url));
        }
        assert_eq!(list_of_rows("assets/css/main.0123abcd.css"), None);
    }

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
