//! Where links lead.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use percent_encoding::percent_decode_str;

use super::address::encode;
use super::site_index::SiteIndex;
use super::suggest::{Problem, Wanted};
use super::vetting::Vetting;
use super::{Files, Page, PageId};
use crate::article::{Name, Stem, stem};
use crate::attachment::is_raster;
use crate::config::{Config, Edition};
use crate::diagnostic::{self, Code, Diagnostic, Place, Weight};
use crate::document::{Link, SCHEMES, slug};
use crate::source::{self, ContentFile, ContentFiles};
use crate::text::paths::last;

/// Where a link leads; nothing is left to find out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A page, asset or file of this site: percent-encoded site path, query and anchor included.
    Site(String),
    /// A place on the same page: `#anchor`.
    Here(String),
    /// Another site.
    External(String),
    /// Nowhere; reported, or to a page that is held back.
    Broken,
}

impl Target {
    /// The address, without the way to the root of the site.
    pub(crate) fn address(&self) -> &str {
        match self {
            Target::Site(text) | Target::Here(text) | Target::External(text) => text,
            Target::Broken => "",
        }
    }
}

/// Everything a link can be looked up in.
pub(crate) struct Map<'a> {
    pages: &'a [Page],
    /// By language, key, and whether it is an index file.
    by_name: BTreeMap<(&'a str, &'a str, bool), PageId>,
    by_url: BTreeMap<&'a str, PageId>,
    by_id: BTreeMap<(&'a str, &'a str), PageId>,
    by_id_anywhere: BTreeMap<&'a str, PageId>,
    by_redirect: BTreeMap<&'a str, PageId>,
    sections: BTreeMap<(&'a str, &'a str), &'a str>,
    section_urls: BTreeSet<&'a str>,
    outside: BTreeSet<&'a str>,
    held: BTreeSet<&'a str>,
    edition: &'a Edition,
    config: &'a Config,
    files: &'a ContentFiles,
    static_files: &'a BTreeMap<String, PathBuf>,
    vetting: Vetting<'a>,
    /// Anchors of each page by their slugs, made when the first link asks.
    slugs: Vec<OnceLock<BTreeMap<String, &'a str>>>,
}

/// The links of one page.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    /// By the numbers of the links.
    pub targets: Arc<Vec<Target>>,
    /// Files they lead to.
    pub assets: Vec<Asset>,
    /// What is wrong with them.
    pub problems: Vec<Problem>,
}

/// A file that a link leads to.
#[derive(Debug)]
pub(crate) struct Asset {
    /// Where it lies in the site.
    pub path: String,
    /// Where it comes from.
    pub file: ContentFile,
    /// The link.
    pub link: Place,
    /// Whether the site's owner wants it to be published as it is.
    pub is_vouched_for: bool,
}

/// A target in parts.
struct Parts<'t> {
    path: String,
    query: &'t str,
    anchor: Option<String>,
}

impl<'a> Map<'a> {
    /// Prepares the look-ups.
    pub(crate) fn new(
        pages: &'a [Page],
        index: &'a SiteIndex,
        edition: &'a Edition,
        config: &'a Config,
        files: &Files<'a>,
    ) -> Self {
        let SiteIndex { parts, redirects, outside, held, .. } = index;
        let mut map = Map {
            pages,
            by_name: BTreeMap::new(),
            by_url: BTreeMap::new(),
            by_id: BTreeMap::new(),
            by_id_anywhere: BTreeMap::new(),
            by_redirect: redirects.iter().map(|known| (address(&known.url), known.page)).collect(),
            sections: parts
                .iter()
                .flat_map(|part| {
                    let code = part.language.code.as_str();
                    part.sections
                        .iter()
                        .map(move |(folder, node)| ((code, folder.as_str()), node.url.as_str()))
                })
                .collect(),
            section_urls: parts
                .iter()
                .flat_map(|part| part.sections.values().map(|node| node.url.trim_end_matches('/')))
                .collect(),
            outside: outside.iter().map(|name| name.key.as_str()).collect(),
            held: held.iter().map(|name| name.key.as_str()).collect(),
            edition,
            config,
            files: files.content,
            static_files: files.fixed,
            vetting: Vetting::new(edition, config, files),
            slugs: pages.iter().map(|_| OnceLock::new()).collect(),
        };
        for (id, page) in pages.iter().enumerate() {
            let article = &page.selected.article;
            let name = (page.language(), article.name.key.as_str(), article.name.is_section);
            map.by_name.entry(name).or_insert(id);
            map.by_url.entry(page.url.trim_end_matches('/')).or_insert(id);
            if let Some(name) = article.meta.id.as_ref().map(|id| id.text.as_str()) {
                map.by_id.entry((page.language(), name)).or_insert(id);
                map.by_id_anywhere.entry(name).or_insert(id);
            }
        }
        map
    }

    /// Resolves all links of a page.
    pub(crate) fn resolve(&self, id: PageId) -> Resolved {
        let page = &self.pages[id];
        let mut resolved = Resolved::default();
        let mut targets = Vec::with_capacity(page.document.links.len());
        for link in &page.document.links {
            let target = match self.target(id, link, &mut resolved) {
                Ok(target) => {
                    resolved.problems.extend(self.invisible(page, link, &target));
                    target
                }
                Err(problem) => {
                    let (mut diagnostic, wanted) = *problem;
                    if link.in_html
                        && matches!(
                            diagnostic.code,
                            Code::MissingImage | Code::MissingFile | Code::BrokenLink
                        )
                    {
                        diagnostic = diagnostic.weighing(Weight::Hint);
                    }
                    resolved.problems.push((diagnostic, wanted));
                    Target::Broken
                }
            };
            targets.push(target);
        }
        resolved.targets = Arc::new(targets);
        let own = Some(&*page.selected.article.path);
        resolved.problems = diagnostic::few(resolved.problems, own, |(diagnostic, _)| diagnostic);
        resolved
    }

    fn target(
        &self,
        id: PageId,
        link: &Link,
        resolved: &mut Resolved,
    ) -> Result<Target, Box<Problem>> {
        let page = &self.pages[id];
        let written = self.rewrite(link.target.trim());
        let problem = |code| self.problem(page, link, code);
        let fail = |diagnostic| Err(Box::new((diagnostic, None)));
        if let Some(scheme) = scheme(&written) {
            return match scheme.as_str() {
                "id" => {
                    let parts = split(written.split_once(':').map_or("", |(_, id)| id));
                    match self.by_id(page, &parts.path) {
                        Some(url) => Ok(self.to_page(page, link, url, parts, resolved)),
                        None => fail(unknown_id(problem(Code::BrokenLink), &parts.path)),
                    }
                }
                "data" if link.is_image && is_raster(&written) => Ok(Target::External(written)),
                known if SCHEMES.contains(&known) => Ok(Target::External(written)),
                _ => fail(problem(Code::UnsafeLink).with("scheme", scheme)),
            };
        }
        if written.starts_with("//") {
            return Ok(Target::External(written));
        }
        let parts = split(&written);
        if parts.path.is_empty() {
            return match parts.anchor {
                Some(anchor) if parts.query.is_empty() && !link.is_image => {
                    let anchor = self.anchor(page, id, link, anchor, resolved);
                    Ok(Target::Here(format!("#{}", encode(&anchor))))
                }
                _ => fail(without_path(problem, link)),
            };
        }
        let Some(path) = page.selected.source(&link.span).name.reach(&parts.path) else {
            let problem = problem(Code::OutsideSite).weighing(Weight::Slip);
            return fail(problem.with("target", link.target.as_str()));
        };
        if !link.is_image
            && let Some(url) = self.page_url(page, &path)
        {
            return Ok(self.to_page(page, link, &url, parts, resolved));
        }
        if let Some((site_path, file)) = self.file(page, &path) {
            let target = Target::Site(with_rest(&encode(&site_path), &parts));
            if let Some(file) = file {
                let is_vouched_for = match self.vetting.vet(&path, file, problem) {
                    Ok(is_vouched_for) => is_vouched_for,
                    Err(refusal) => return fail(refusal),
                };
                let (file, link) = (file.clone(), page.selected.place(link.span.clone()));
                resolved.assets.push(Asset { path: site_path, file, link, is_vouched_for });
            }
            return Ok(target);
        }
        if self.held.contains(self.stem(&path).key) && !link.is_image {
            return Ok(Target::Broken);
        }
        Err(Box::new(self.missing(page, link, &path)))
    }

    /// An image that browsers do not load: the pages of the default theme take none from others.
    fn invisible(&self, page: &Page, link: &Link, target: &Target) -> Option<Problem> {
        let Target::External(address) = target else {
            return None;
        };
        let is_blocked = link.is_image && scheme(address).as_deref() != Some("data");
        is_blocked
            .then(|| (self.problem(page, link, Code::ExternalImage).with("target", address), None))
    }

    fn problem(&self, page: &Page, link: &Link, code: Code) -> Diagnostic {
        let place = page.selected.place(link.span.clone());
        Diagnostic::at(code, &place.path, place.span)
    }

    /// Applies the site's own prefixes.
    fn rewrite(&self, target: &str) -> String {
        let found = self
            .config
            .rewrites
            .iter()
            .find_map(|(from, to)| Some((target.strip_prefix(from.as_str())?, to)));
        found.map_or_else(|| target.to_owned(), |(rest, to)| format!("{to}{rest}"))
    }

    /// The url of the page with an id, its own language first.
    fn by_id(&self, page: &Page, id: &str) -> Option<&'a str> {
        let found = self.by_id.get(&(page.language(), id)).or_else(|| self.by_id_anywhere.get(id));
        found.map(|id| &*self.pages[*id].url)
    }

    /// The url of the page at a content path: as a file, a folder, or an address. A link that
    /// names a language means it; else the page's own comes first.
    fn page_url(&self, page: &Page, path: &str) -> Option<String> {
        let named = self.stem(path);
        let is_article = is_markdown(path) && !named.is_index;
        let languages = named
            .language
            .into_iter()
            .chain([page.language()])
            .chain(self.config.languages.iter().map(|language| language.code.as_str()));
        for language in languages {
            let files = [!is_article, is_article];
            let file = |is_index| self.by_name.get(&(language, named.key, is_index));
            if let Some(id) = files.into_iter().find_map(file) {
                return Some(self.pages[*id].url.to_string());
            }
            if let Some(url) = self.sections.get(&(language, named.key)) {
                return Some((*url).to_owned());
            }
        }
        let address = address(path);
        let home_and_address = format!("{}{address}", self.home(page));
        let mut addresses = [home_and_address.as_str(), address].into_iter();
        addresses.find_map(|address| {
            let page = self.by_url.get(address).map(|id| self.pages[*id].url.to_string());
            page.or_else(|| self.section_urls.contains(address).then(|| format!("{address}/")))
                .or_else(|| self.by_redirect.get(address).map(|id| self.pages[*id].url.to_string()))
        })
    }

    fn home(&self, page: &Page) -> String {
        let language =
            self.config.languages.iter().find(|language| language.code == page.language());
        language.map_or_else(String::new, |language| super::address::home(language, self.config))
    }

    /// What the path says if it is a markdown file's; else it is the key that articles go by.
    fn stem<'p>(&self, path: &'p str) -> Stem<'p> {
        if is_markdown(path) {
            return stem(path, self.config);
        }
        Stem { key: path, language: None, is_index: false }
    }

    /// The file at a content path: beside the page's own tree, in the main one, or static.
    fn file(&self, page: &Page, path: &str) -> Option<(String, Option<&'a ContentFile>)> {
        for tree in [page.language(), ""] {
            if let Some(file) = self.files.get(&(tree.to_owned(), path.to_owned())) {
                let site_path =
                    if tree.is_empty() { path.to_owned() } else { format!("{tree}/{path}") };
                return Some((site_path, Some(file)));
            }
        }
        // Static files are in the output anyway.
        self.static_files.contains_key(path).then(|| (path.to_owned(), None))
    }

    fn to_page(
        &self,
        page: &Page,
        link: &Link,
        url: &str,
        parts: Parts<'_>,
        resolved: &mut Resolved,
    ) -> Target {
        let target = self.by_url.get(url.trim_end_matches('/'));
        let anchor = parts.anchor.clone().map(|anchor| match target {
            Some(target) => self.anchor(page, *target, link, anchor, resolved),
            None => anchor,
        });
        Target::Site(with_rest(&encode(url), &Parts { anchor, ..parts }))
    }

    /// Checks an anchor; spellings that differ from a heading's id only in form lead to it.
    fn anchor(
        &self,
        from: &Page,
        to: PageId,
        link: &Link,
        anchor: String,
        resolved: &mut Resolved,
    ) -> String {
        let page = &self.pages[to];
        let anchors = &page.document.anchors;
        if anchor.is_empty() || anchor == "top" || anchors.binary_search(&anchor).is_ok() {
            return anchor;
        }
        let by_slug = || anchors.iter().rev().map(|known| (slug(known), known.as_str())).collect();
        if let Some(found) = self.slugs[to].get_or_init(by_slug).get(&slug(&anchor)) {
            return (*found).to_owned();
        }
        let code = if std::ptr::eq(from, page) && is_choice(from, link) {
            Code::StepUnknownTarget
        } else {
            Code::BrokenAnchor
        };
        let problem = self
            .problem(from, link, code)
            .with("page", page.selected.article.path.to_string())
            .with("anchor", &anchor);
        let wanted = Wanted::Anchor { page: to, anchor: anchor.clone() };
        resolved.problems.push((problem, Some(wanted)));
        anchor
    }

    fn missing(&self, page: &Page, link: &Link, path: &str) -> Problem {
        let problem = |code| self.problem(page, link, code).with("target", link.target.as_str());
        let key = self.stem(path).key;
        if self.outside.contains(key) && !link.is_image {
            let problem = problem(Code::LinkOutsideEdition).with("edition", &self.edition.name);
            return (problem, None);
        }
        if is_markdown(path) && is_snippet(key) && !link.is_image {
            return (a_snippet(problem(Code::BrokenLink)), None);
        }
        let language = page.language().to_owned();
        if link.is_image || names_a_file(path) {
            let code = if link.is_image { Code::MissingImage } else { Code::MissingFile };
            return (problem(code), Some(Wanted::File { language, path: path.to_owned() }));
        }
        (problem(Code::BrokenLink), Some(Wanted::Page { language, key: key.to_owned() }))
    }
}

/// What the spellings of an address have in common.
fn address(path: &str) -> &str {
    let address = path.strip_suffix("index.html").or_else(|| path.strip_suffix(".html"));
    address.unwrap_or(path).trim_end_matches('/')
}

/// Whether a link is a choice of a troubleshooter.
fn is_choice(page: &Page, link: &Link) -> bool {
    let number = page.document.links.element_offset(link);
    let tree = page.shape.tree.as_ref();
    number.zip(tree).is_some_and(|(number, tree)| tree.is_choice(number))
}

fn is_markdown(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| source::is_markdown(ending))
}

/// Whether a path looks like that of a file which is no page.
fn names_a_file(path: &str) -> bool {
    last(path).rsplit_once('.').is_some_and(|(_, ending)| {
        !source::is_markdown(ending)
            && ending != "html"
            && ending.len() <= 5
            && ending.chars().all(|c| c.is_ascii_alphanumeric())
            && !ending.chars().all(|c| c.is_ascii_digit())
    })
}

/// Whether this is the path of a snippet, be there one or not.
fn is_snippet(key: &str) -> bool {
    let name = Name { key: key.to_owned(), language: String::new(), is_section: false };
    name.is_snippet()
}

fn a_snippet(problem: Diagnostic) -> Diagnostic {
    problem.with_both(
        "suggestion",
        "Files in a folder whose name begins with `_` are snippets, not pages. Link to a page, or put the text here with `:::include`.",
        "放在名称以 `_` 开头的文件夹里的文件是片段，不是页面。请链接到页面，或用 `:::include` 把片段的内容放到这里。",
    )
}

fn unknown_id(problem: Diagnostic, id: &str) -> Diagnostic {
    problem.with("target", format!("id:{id}")).with_both(
        "suggestion",
        "No page has this id in its front matter.",
        "没有页面在文件头中使用这个 id。",
    )
}

/// A link that names nothing: `[x]()`, or a query alone.
fn without_path(problem: impl Fn(Code) -> Diagnostic, link: &Link) -> Diagnostic {
    let code = if link.is_image { Code::MissingImage } else { Code::BrokenLink };
    problem(code).with("target", format!("({})", link.target)).with_both(
        "suggestion",
        "Write in the brackets where the link leads: to a file, or to an address with `https://`.",
        "请在括号里写明链接的去处：文件的路径，或以 `https://` 开头的网址。",
    )
}

/// The scheme of a target, lower case. White space and control characters inside it are what
/// browsers drop, so they are dropped before looking.
fn scheme(target: &str) -> Option<String> {
    let (before, _) = target.split_once(':')?;
    let scheme: String = before.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

fn split(target: &str) -> Parts<'_> {
    let (rest, anchor) = match target.split_once('#') {
        Some((rest, anchor)) => {
            (rest, Some(percent_decode_str(anchor).decode_utf8_lossy().into_owned()))
        }
        None => (target, None),
    };
    let (path, query) = match rest.find('?') {
        Some(at) => rest.split_at(at),
        None => (rest, ""),
    };
    Parts { path: percent_decode_str(path).decode_utf8_lossy().into_owned(), query, anchor }
}

fn with_rest(url: &str, parts: &Parts<'_>) -> String {
    let anchor =
        parts.anchor.as_ref().map(|anchor| format!("#{}", encode(anchor))).unwrap_or_default();
    format!("{url}{}{anchor}", parts.query)
}
