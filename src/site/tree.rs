//! Sections: folders with pages in them, whether or not they have a page of their own.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::address::{last_part, readable};
use super::{LanguagePart, Page, PageId, natural};
use crate::diagnostic::{Code, Diagnostic, Place};
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
) -> BTreeMap<String, SectionNode> {
    let code = language.language.code.as_str();
    let own: Vec<PageId> = (0..pages.len()).filter(|id| pages[*id].language() == code).collect();
    let mut nodes: BTreeMap<String, SectionNode> = BTreeMap::new();
    add(&mut nodes, "");
    for &id in &own {
        add(&mut nodes, &pages[id].folder);
    }
    open(&mut nodes, pages, &own);
    give_urls(&mut nodes, pages, &own, &language.home);
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
) {
    // Folders sort after their parents.
    let folders: Vec<String> = nodes.keys().cloned().collect();
    let mut urls: BTreeMap<String, String> = BTreeMap::new();
    for folder in folders {
        let Some(node) = nodes.get_mut(&folder) else {
            continue;
        };
        let meta = node.page.map(|id| &pages[id].selected.article.meta);
        node.url = match &node.parent {
            Some(parent) => format!("{}{}/", urls[parent], last_part(&folder, meta)),
            None => home.to_owned(),
        };
        urls.insert(folder, node.url.clone());
    }
    for &id in own {
        let page = &mut pages[id];
        let folder = &urls[&*page.folder];
        let article = &page.selected.article;
        page.url = if page.is_section || article.name.key.is_empty() {
            folder.as_str().into()
        } else {
            format!("{folder}{}/", last_part(&article.name.key, Some(&article.meta))).into()
        };
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
