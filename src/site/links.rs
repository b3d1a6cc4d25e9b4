//! Where links lead.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use percent_encoding::percent_decode_str;

use super::address::encode;
use super::{LanguagePart, Page, PageId};
use crate::article::Name;
use crate::config::{Config, Edition};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::markdown::{Link, slug};
use crate::mutation::{Filter, off};
use crate::source::ContentFiles;

/// Where a link leads; nothing is left to find out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page, asset or file of this site: percent-encoded site path, query and anchor included.
    Site(String),
    /// A place on the same page: `#anchor`.
    Here(String),
    /// Another site.
    External(String),
    /// Nowhere; reported. Holds what the writer wrote, where that is harmless.
    Broken(String),
}

impl Target {
    /// The address, without the way to the root of the site.
    pub fn address(&self) -> &str {
        match self {
            Target::Site(text)
            | Target::Here(text)
            | Target::External(text)
            | Target::Broken(text) => text,
        }
    }
}

/// Schemes that links may have. Images may also be data.
const SCHEMES: [&str; 5] = ["http", "https", "mailto", "tel", "sms"];

/// Everything a link can be looked up in.
pub struct Map<'a> {
    pages: &'a [Page],
    by_name: BTreeMap<(&'a str, &'a str), PageId>,
    by_url: BTreeMap<&'a str, PageId>,
    by_id: BTreeMap<(&'a str, &'a str), PageId>,
    sections: BTreeMap<(&'a str, &'a str), &'a str>,
    section_urls: BTreeSet<&'a str>,
    outside: BTreeSet<&'a str>,
    edition: &'a Edition,
    config: &'a Config,
    files: &'a ContentFiles,
    static_files: &'a BTreeMap<String, PathBuf>,
}

/// The links of one page.
#[derive(Debug, Default)]
pub struct Resolved {
    /// By the numbers of the links.
    pub targets: Vec<Target>,
    /// Files they lead to: site path and place on the disk.
    pub assets: Vec<(String, PathBuf)>,
    /// What is wrong with them.
    pub diagnostics: Vec<Diagnostic>,
}

/// A target in parts.
struct Parts<'t> {
    path: String,
    query: &'t str,
    anchor: Option<String>,
}

impl<'a> Map<'a> {
    /// Prepares the look-ups.
    pub fn new(
        pages: &'a [Page],
        parts: &'a [LanguagePart],
        outside: &'a BTreeSet<Name>,
        edition: &'a Edition,
        config: &'a Config,
        files: &'a ContentFiles,
        static_files: &'a BTreeMap<String, PathBuf>,
    ) -> Self {
        let named = |(id, page): (PageId, &'a Page)| {
            ((page.language(), page.selected.article.name.key.as_str()), id)
        };
        let identified = |(id, page): (PageId, &'a Page)| {
            Some(((page.language(), page.selected.article.meta.id.as_deref()?), id))
        };
        Map {
            pages,
            by_name: pages.iter().enumerate().map(named).collect(),
            by_url: pages
                .iter()
                .enumerate()
                .map(|(id, page)| (page.url.trim_end_matches('/'), id))
                .collect(),
            by_id: pages.iter().enumerate().filter_map(identified).collect(),
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
            edition,
            config,
            files,
            static_files,
        }
    }

    /// Resolves all links of a page.
    pub fn resolve(&self, page: &Page) -> Resolved {
        let mut resolved = Resolved::default();
        for link in &page.document.links {
            let target = match self.target(page, link, &mut resolved) {
                Ok(target) => target,
                Err(mut diagnostic) => {
                    if link.in_html
                        && matches!(
                            diagnostic.code,
                            Code::MissingImage | Code::MissingFile | Code::BrokenLink
                        )
                    {
                        diagnostic.severity = Severity::Warning;
                    }
                    // The address of a page that must not be shown would tell that it is there.
                    let harmless =
                        !matches!(diagnostic.code, Code::UnsafeLink | Code::LinkOutsideEdition)
                            || off(Filter::AddressesOutside);
                    resolved.diagnostics.push(*diagnostic);
                    Target::Broken(if harmless { link.target.clone() } else { "#".to_owned() })
                }
            };
            resolved.targets.push(target);
        }
        resolved
    }

    fn target(
        &self,
        page: &Page,
        link: &Link,
        resolved: &mut Resolved,
    ) -> Result<Target, Box<Diagnostic>> {
        let written = self.rewrite(link.target.trim());
        let problem = |code| {
            Box::new(Diagnostic::at(
                code,
                &page.selected.article.path,
                page.selected.place(link.span.clone()),
            ))
        };
        if let Some(scheme) = scheme(&written) {
            return match scheme.as_str() {
                "id" => {
                    self.by_id(page, written.split_once(':').map_or("", |(_, id)| id), &problem)
                }
                "data" if link.is_image && written.starts_with("data:image/") => {
                    Ok(Target::External(written))
                }
                known if SCHEMES.contains(&known) => Ok(Target::External(written)),
                _ => Err(Box::new(problem(Code::UnsafeLink).with("scheme", scheme))),
            };
        }
        if written.starts_with("//") {
            return Ok(Target::External(written));
        }
        let parts = split(&written);
        if parts.path.is_empty() {
            return Ok(self.here(page, link, parts, resolved));
        }
        let Some(path) = self.absolute(page, &parts.path) else {
            return Err(Box::new(problem(Code::OutsideSite).with("target", link.target.as_str())));
        };
        if !link.is_image
            && let Some(url) = self.page_url(page, &path)
        {
            return Ok(self.to_page(page, link, &url, parts, resolved));
        }
        if let Some((site_path, disk)) = self.file(page, &path) {
            resolved.assets.extend(disk.map(|disk| (site_path.clone(), disk)));
            return Ok(Target::Site(with_rest(&encode(&site_path), &parts)));
        }
        Err(Box::new(self.missing(page, link, &path, problem)))
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

    fn by_id(
        &self,
        page: &Page,
        target: &str,
        problem: &impl Fn(Code) -> Box<Diagnostic>,
    ) -> Result<Target, Box<Diagnostic>> {
        let (id, anchor) =
            target.split_once('#').map_or((target, None), |(id, anchor)| (id, Some(anchor)));
        let any = || self.by_id.iter().find(|((_, known), _)| *known == id).map(|(_, id)| id);
        match self.by_id.get(&(page.language(), id)).or_else(any) {
            Some(found) => {
                let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
                Ok(Target::Site(format!("{}{anchor}", encode(&self.pages[*found].url))))
            }
            None => Err(Box::new(
                problem(Code::BrokenLink).with("target", format!("id:{id}")).with_both(
                    "suggestion",
                    "No page has this id in its front matter.",
                    "没有页面在文件头中使用这个 id。",
                ),
            )),
        }
    }

    /// The content path a link means, without `.` and `..`; none if it leaves the content.
    fn absolute(&self, page: &Page, path: &str) -> Option<String> {
        let name = &page.selected.article.name;
        let folder = if path.starts_with('/') {
            ""
        } else if name.is_section {
            name.key.as_str()
        } else {
            name.key.rsplit_once('/').map_or("", |(folder, _)| folder)
        };
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                other => parts.push(other),
            }
        }
        Some(parts.join("/"))
    }

    /// The url of the page at a content path: as a file, a folder, or an address.
    fn page_url(&self, page: &Page, path: &str) -> Option<String> {
        let key = self.key(path);
        let languages = std::iter::once(page.language())
            .chain(self.config.languages.iter().map(|l| l.code.as_str()));
        for language in languages {
            if let Some(id) = self.by_name.get(&(language, key)) {
                return Some(self.pages[*id].url.clone());
            }
            if let Some(url) = self.sections.get(&(language, key)) {
                return Some((*url).to_owned());
            }
        }
        let address =
            path.strip_suffix("index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
        let address = address.trim_end_matches('/');
        let home_and_address = format!("{}{address}", self.home(page));
        let mut addresses = [home_and_address.as_str(), address].into_iter();
        addresses.find_map(|address| {
            let page = self.by_url.get(address).map(|id| self.pages[*id].url.clone());
            page.or_else(|| self.section_urls.contains(address).then(|| format!("{address}/")))
        })
    }

    fn home(&self, page: &Page) -> String {
        let language =
            self.config.languages.iter().find(|language| language.code == page.language());
        language.map_or_else(String::new, |language| super::address::home(language, self.config))
    }

    /// A path without ending, language and `index`: the key that articles go by.
    fn key<'p>(&self, path: &'p str) -> &'p str {
        let Some(stem) = path.strip_suffix(".md").or_else(|| path.strip_suffix(".markdown")) else {
            return path;
        };
        let stem = match stem.rsplit_once('.') {
            Some((before, code)) if self.config.languages.iter().any(|l| l.code == code) => before,
            _ => stem,
        };
        match stem.rsplit_once('/') {
            Some((folder, "index" | "_index")) => folder,
            None if matches!(stem, "index" | "_index") => "",
            _ => stem,
        }
    }

    /// The file at a content path: beside the page's own tree, in the main one, or static.
    fn file(&self, page: &Page, path: &str) -> Option<(String, Option<PathBuf>)> {
        for tree in [page.language(), ""] {
            if let Some(file) = self.files.get(&(tree.to_owned(), path.to_owned())) {
                let site_path =
                    if tree.is_empty() { path.to_owned() } else { format!("{tree}/{path}") };
                return Some((site_path, Some(file.disk.clone())));
            }
        }
        // Static files are in the output anyway.
        self.static_files.contains_key(path).then(|| (path.to_owned(), None))
    }

    fn here(&self, page: &Page, link: &Link, parts: Parts<'_>, resolved: &mut Resolved) -> Target {
        let Some(anchor) = parts.anchor else {
            return Target::Here("#".to_owned());
        };
        Target::Here(format!("#{}", encode(&self.anchor(page, page, link, anchor, resolved))))
    }

    fn to_page(
        &self,
        page: &Page,
        link: &Link,
        url: &str,
        parts: Parts<'_>,
        resolved: &mut Resolved,
    ) -> Target {
        let target_page = self.by_url.get(url.trim_end_matches('/')).map(|id| &self.pages[*id]);
        let anchor = parts.anchor.clone().map(|anchor| match target_page {
            Some(target_page) => self.anchor(page, target_page, link, anchor, resolved),
            None => anchor,
        });
        Target::Site(with_rest(&encode(url), &Parts { anchor, ..parts }))
    }

    /// Checks an anchor; spellings that differ from a heading's id only in form lead to it.
    fn anchor(
        &self,
        from: &Page,
        to: &Page,
        link: &Link,
        anchor: String,
        resolved: &mut Resolved,
    ) -> String {
        let anchors = &to.document.anchors;
        if anchor.is_empty() || anchor == "top" || anchors.contains(&anchor) {
            return anchor;
        }
        let same_slug = slug(&anchor);
        if let Some(found) = anchors.iter().find(|known| slug(known) == same_slug) {
            return found.clone();
        }
        let near = nearest(&anchor, anchors.iter().map(String::as_str));
        let (en, zh) = match near {
            Some(near) => (format!("Did you mean `#{near}`?"), format!("是不是 `#{near}`？")),
            None => (
                "Link to a heading that exists, or give the heading `{#id}`.".to_owned(),
                "请链接到存在的标题，或用 `{#id}` 给标题设置 id。".to_owned(),
            ),
        };
        let place = from.selected.place(link.span.clone());
        resolved.diagnostics.push(
            Diagnostic::at(Code::BrokenAnchor, &from.selected.article.path, place)
                .with("page", to.selected.article.path.to_string())
                .with("anchor", &anchor)
                .with_both("suggestion", en, zh),
        );
        anchor
    }

    fn missing(
        &self,
        page: &Page,
        link: &Link,
        path: &str,
        problem: impl Fn(Code) -> Box<Diagnostic>,
    ) -> Diagnostic {
        let key = self.key(path);
        if self.outside.contains(key) && !link.is_image && !off(Filter::LinksOutside) {
            return problem(Code::LinkOutsideEdition)
                .with("target", link.target.as_str())
                .with("edition", &self.edition.name);
        }
        let last = path.rsplit('/').next().unwrap_or(path);
        let names_a_file = last.rsplit_once('.').is_some_and(|(_, ending)| {
            !matches!(ending, "md" | "markdown" | "html")
                && ending.len() <= 5
                && ending.chars().all(|c| c.is_ascii_alphanumeric())
                && !ending.chars().all(|c| c.is_ascii_digit())
        });
        let (code, near) = if link.is_image || names_a_file {
            let code = if link.is_image { Code::MissingImage } else { Code::MissingFile };
            let known =
                self.files.keys().filter(|(tree, _)| tree.is_empty() || tree == page.language());
            (code, similar(path, known.map(|(_, path)| path.as_str())))
        } else {
            let known = self.by_name.keys().filter(|(language, _)| *language == page.language());
            let near = similar(key, known.map(|(_, key)| *key));
            (Code::BrokenLink, near.map(|near| format!("{near}.md")))
        };
        let (en, zh) = match near {
            Some(near) => (format!("Did you mean `/{near}`?"), format!("是不是 `/{near}`？")),
            None => (
                "Check the path; it counts from the page's own file, or from the content folder if it begins with `/`.".to_owned(),
                "请检查路径：它相对于页面自己的文件，以 `/` 开头时相对于内容目录。".to_owned(),
            ),
        };
        problem(code).with("target", link.target.as_str()).with_both("suggestion", en, zh)
    }
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

/// A known path with the same file name, or one that differs by a slip.
fn similar<'k>(path: &str, known: impl Iterator<Item = &'k str> + Clone) -> Option<String> {
    let last = path.rsplit('/').next().unwrap_or(path);
    let mut same_name = known.clone().filter(|key| key.rsplit('/').next() == Some(last));
    if let (Some(only), None) = (same_name.next(), same_name.next()) {
        return Some(only.to_owned());
    }
    nearest(path, known).map(str::to_owned)
}

/// The candidate within a few slips of a text.
fn nearest<'k>(text: &str, candidates: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let allowed = (text.chars().count() / 4).clamp(1, 3);
    candidates
        .filter(|candidate| candidate.len().abs_diff(text.len()) <= allowed * 4)
        .map(|candidate| (strsim::osa_distance(text, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}
