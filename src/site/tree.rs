//! Sections: folders with pages in them, whether or not they have a page of their own.

use std::collections::BTreeMap;

use super::address::{part, readable};
use super::{LanguagePart, Page, PageId};

/// A section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionNode {
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

/// Makes the sections of a language and chains the pages of each.
pub fn sections(pages: &mut [Page], language: &LanguagePart) -> BTreeMap<String, SectionNode> {
    let mut nodes: BTreeMap<String, SectionNode> = BTreeMap::new();
    add(&mut nodes, "", language);
    for (id, page) in
        pages.iter().enumerate().filter(|(_, page)| page.language() == language.language.code)
    {
        let name = &page.selected.article.name;
        let node = add(&mut nodes, &page.folder, language);
        if name.is_section {
            node.page = Some(id);
            node.url.clone_from(&page.url);
            if !name.key.is_empty()
                || page.selected.article.meta.title.is_some()
                || page.document.lead.is_some()
            {
                node.title.clone_from(&page.title.text);
            }
        } else if !page.is_hidden() {
            node.pages.push(id);
        }
    }
    let order = |id: &PageId| {
        let article = &pages[*id].selected.article;
        (article.meta.weight.unwrap_or(i64::MAX), article.name.key.clone())
    };
    for node in nodes.values_mut() {
        node.pages.sort_by_cached_key(order);
    }
    nest(&mut nodes, pages);
    chain(&nodes, pages);
    nodes
}

/// The node of a folder; makes it and those above it where they are missing.
fn add<'n>(
    nodes: &'n mut BTreeMap<String, SectionNode>,
    folder: &str,
    language: &LanguagePart,
) -> &'n mut SectionNode {
    let (parent, last) = match folder.rsplit_once('/') {
        Some((parent, last)) => (Some(parent), last),
        None if folder.is_empty() => (None, ""),
        None => (Some(""), folder),
    };
    let above = match parent {
        Some(parent) if !nodes.contains_key(folder) => add(nodes, parent, language).url.clone(),
        _ => String::new(),
    };
    nodes.entry(folder.to_owned()).or_insert_with(|| SectionNode {
        url: if parent.is_some() {
            format!("{above}{}/", part(last))
        } else {
            language.home.clone()
        },
        title: readable(last),
        page: None,
        parent: parent.map(str::to_owned),
        sections: Vec::new(),
        pages: Vec::new(),
        count: 0,
    })
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
        node.sections.sort_by(|a, b| weights[a].cmp(&weights[b]).then_with(|| a.cmp(b)));
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
