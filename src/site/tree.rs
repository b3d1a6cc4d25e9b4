//! Sections: folders with pages in them, whether or not they have a page of their own.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::address::{last_part, readable};
use super::{LanguagePart, Page, PageId, natural};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::text::fold::for_disks;
use crate::text::paths;

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SectionNode {
    /// Its url.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The article that opens it, if its folder has one.
    pub page: Option<PageId>,
    /// The folder above; none for the home.
    pub parent: Option<String>,
    /// Folders of the sections right below, in reading order.
    pub sections: Vec<String>,
    /// Its articles in reading order, without hidden ones.
    pub pages: Vec<PageId>,
    /// Articles in it and below it, without hidden ones.
    pub count: usize,
}

/// Makes the sections of a language, gives its pages their urls and chains the pages of each.
pub(crate) fn sections(
    pages: &mut [Page],
    language: &LanguagePart,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, SectionNode> {
    let code = language.language.code.as_str();
    let own: Vec<PageId> = (0..pages.len()).filter(|id| pages[*id].language() == code).collect();
    let mut nodes: BTreeMap<String, SectionNode> = BTreeMap::new();
    add(&mut nodes, "");
    for &id in &own {
        add(&mut nodes, &pages[id].folder);
    }
    open(&mut nodes, pages, &own);
    give_urls(&mut nodes, pages, &own, &language.home, diagnostics);
    fill(&mut nodes, pages, &own);
    nest(&mut nodes, pages);
    chain(&nodes, pages);
    nodes
}

/// Makes the node of a folder and of those above it, where they are missing.
fn add(nodes: &mut BTreeMap<String, SectionNode>, folder: &str) {
    if nodes.contains_key(folder) {
        return;
    }
    let (parent, last) = match folder.rsplit_once('/') {
        Some((parent, last)) => (Some(parent), last),
        None if folder.is_empty() => (None, ""),
        None => (Some(""), folder),
    };
    if let Some(parent) = parent {
        add(nodes, parent);
    }
    let node = SectionNode {
        url: String::new(),
        title: readable(last),
        page: None,
        parent: parent.map(str::to_owned),
        sections: Vec::new(),
        pages: Vec::new(),
        count: 0,
    };
    nodes.insert(folder.to_owned(), node);
}

/// Finds the page that opens each folder: its `_index` or `index`, else the page beside it that
/// has its name, else what [stands in](crate::article::Name::stands_in) for one.
fn open(nodes: &mut BTreeMap<String, SectionNode>, pages: &mut [Page], own: &[PageId]) {
    for is_index in [true, false] {
        for &id in own {
            let page = &mut pages[id];
            let name = &page.selected.article.name;
            if name.is_section != is_index {
                continue;
            }
            match nodes.get_mut(&name.key) {
                Some(node) if node.page.is_none() => {
                    node.page = Some(id);
                    page.is_section = true;
                    page.folder = name.key.as_str().into();
                }
                // One too many: an article like others, and in the way unless it has a slug.
                _ if is_index => {
                    page.folder = paths::folder(&name.key).into();
                }
                _ => {}
            }
        }
    }
    let stands_in = |id: &PageId| Some((pages[*id].selected.article.name.stands_in()?, *id));
    let mut others: Vec<_> = own.iter().filter_map(stands_in).collect();
    others.sort_unstable();
    for (_, id) in others {
        let page = &mut pages[id];
        if let Some(node) = nodes.get_mut(&*page.folder)
            && node.page.is_none()
        {
            node.page = Some(id);
            page.is_section = true;
        }
    }
}

/// Pages that would open their folder if another one did not.
pub(crate) fn competing(
    nodes: &BTreeMap<String, SectionNode>,
    pages: &[Page],
    code: &str,
) -> Vec<Diagnostic> {
    let own = pages.iter().filter(|page| page.language() == code && !page.is_section);
    own.filter(|page| page.selected.article.name.stands_in().is_some())
        .filter_map(|page| {
            let winner = &pages[nodes.get(&*page.folder)?.page?].selected.article.path;
            let problem = Diagnostic::at(Code::FolderPageTwice, &page.selected.article.path, 0..0);
            let place = Place { path: Arc::clone(winner), span: 0..0 };
            let url = format!("/{}", page.url);
            Some(problem.with("other", &**winner).with("url", url).related(place))
        })
        .collect()
}

/// Urls of sections, then of the pages in them: what a section's `slug` says holds for all below.
fn give_urls(
    nodes: &mut BTreeMap<String, SectionNode>,
    pages: &mut [Page],
    own: &[PageId],
    home: &str,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut taken = Taken::default();
    // Folders sort after their parents.
    let folders: Vec<String> = nodes.keys().cloned().collect();
    let mut urls: BTreeMap<String, String> = BTreeMap::new();
    for folder in folders {
        let Some(node) = nodes.get_mut(&folder) else {
            continue;
        };
        let meta = node.page.map(|id| &pages[id].selected.article.meta);
        let url = match &node.parent {
            Some(parent) => format!("{}{}/", urls[parent], last_part(&folder, meta)),
            None => home.to_owned(),
        };
        let owner = node.page.or_else(|| first_in(pages, own, &folder));
        node.url = taken.give(url, owner, pages, diagnostics);
        urls.insert(folder, node.url.clone());
    }
    for &id in own {
        let page = &pages[id];
        let folder = &urls[&*page.folder];
        let article = &page.selected.article;
        let url = if page.is_section {
            folder.clone()
        } else {
            let own = match &*article.name.key {
                "" => folder.clone(),
                key => format!("{folder}{}/", last_part(key, Some(&article.meta))),
            };
            taken.give(own, Some(id), pages, diagnostics)
        };
        pages[id].url = url.into();
    }
}

/// The first page in a folder or below it.
fn first_in(pages: &[Page], own: &[PageId], folder: &str) -> Option<PageId> {
    own.iter().copied().find(|id| {
        let below = pages[*id].folder.strip_prefix(folder);
        folder.is_empty() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// The addresses of a language that are given away, as disks tell them apart, and whose they are.
#[derive(Default)]
struct Taken(BTreeMap<String, Option<PageId>>);

impl Taken {
    /// Gives an address away. Where it is taken, the second gets one with a number.
    fn give(
        &mut self,
        url: String,
        owner: Option<PageId>,
        pages: &[Page],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> String {
        let Some(other) = self.0.get(&for_disks(&url)).copied() else {
            self.0.insert(for_disks(&url), owner);
            return url;
        };
        let bare = url.trim_end_matches('/');
        let bare = if bare.is_empty() { "page" } else { bare };
        let numbered = (2..).map(|number| format!("{bare}-{number}/"));
        let free = numbered.into_iter().find(|free| !self.0.contains_key(&for_disks(free)));
        let free = free.unwrap_or_else(|| url.clone());
        self.0.insert(for_disks(&free), owner);
        if let Some(owner) = owner.map(|owner| &pages[owner].selected.article) {
            let slug = owner.meta.slug.as_ref().map_or(0..0, |slug| slug.span.clone());
            let problem = Diagnostic::at(Code::DuplicateAddress, &owner.path, slug)
                .with("url", format!("/{url}"))
                .with_both(
                    "instead",
                    format!("; this one goes to `/{free}`"),
                    format!("，这一页改用 `/{free}`"),
                );
            let other = other.map(|other| Arc::clone(&pages[other].selected.article.path));
            diagnostics.push(match other {
                Some(path) => {
                    let problem = problem.with("other", path.to_string());
                    problem.related(Place { path, span: 0..0 })
                }
                None => problem.with("other", ""),
            });
        }
        free
    }
}

/// Puts pages into their sections, in reading order.
fn fill(nodes: &mut BTreeMap<String, SectionNode>, pages: &[Page], own: &[PageId]) {
    for &id in own {
        let page = &pages[id];
        let Some(node) = nodes.get_mut(&*page.folder) else {
            continue;
        };
        if page.is_section {
            if !page.folder.is_empty()
                || page.selected.article.meta.title.is_some()
                || page.document.lead.is_some()
            {
                node.title.clone_from(&page.names.title.text);
            }
        } else if !page.is_hidden() {
            node.pages.push(id);
        }
    }
    let article = |id: PageId| &pages[id].selected.article;
    let weight = |id: PageId| article(id).meta.weight.unwrap_or(i64::MAX);
    for node in nodes.values_mut() {
        node.pages.sort_by(|a, b| {
            let names = || natural::compare(&article(*a).name.key, &article(*b).name.key);
            weight(*a).cmp(&weight(*b)).then_with(names)
        });
    }
}

/// Puts sections into their parents, in reading order, and counts what is in them. A section
/// without anything to show is left out.
fn nest(nodes: &mut BTreeMap<String, SectionNode>, pages: &[Page]) {
    // Folders sort after their parents, so going backwards meets children first.
    let folders: Vec<String> = nodes.keys().rev().cloned().collect();
    for folder in folders {
        let Some(node) = nodes.get_mut(&folder) else {
            continue;
        };
        node.count += node.pages.len();
        let shown = node.count > 0 || node.page.is_some_and(|id| !pages[id].is_hidden());
        let (count, parent) = (node.count, node.parent.clone());
        if let Some(above) = parent.filter(|_| shown).and_then(|parent| nodes.get_mut(&parent)) {
            above.sections.push(folder);
            above.count += count;
        }
    }
    let weights: BTreeMap<String, i64> = nodes
        .iter()
        .map(|(folder, node)| {
            let weight = node.page.and_then(|id| pages[id].selected.article.meta.weight);
            (folder.clone(), weight.unwrap_or(i64::MAX))
        })
        .collect();
    for node in nodes.values_mut() {
        node.sections
            .sort_by(|a, b| weights[a].cmp(&weights[b]).then_with(|| natural::compare(a, b)));
    }
}

/// Previous and next within each section.
fn chain(nodes: &BTreeMap<String, SectionNode>, pages: &mut [Page]) {
    for node in nodes.values() {
        for pair in node.pages.windows(2) {
            pages[pair[0]].next = Some(pair[1]);
            pages[pair[1]].previous = Some(pair[0]);
        }
    }
}
