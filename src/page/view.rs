//! The values that templates see: plain data, all of it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;

use super::theme::Texts;

/// What one page adds.
#[derive(Debug, Default, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct View {
    pub root: String,
    pub languages: Vec<LanguageLink>,
    pub page: PageView,
    pub nav: Navigation,
    pub children: Children,
    pub tags: Vec<TagView>,
    pub codes: Vec<CodeGroupView>,
    /// Only long lists have it.
    pub paging: Option<Paging>,
    /// Interface texts by language; only the 404 page has them, as it speaks to all readers.
    pub t_by_language: BTreeMap<String, Texts>,
    pub role: Option<RoleDetail>,
    pub groups: Vec<Group>,
    pub filters: Vec<Filter>,
    pub ways: NextSteps,
}

/// A column that the search page can filter by; there are at least two values.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct Filter {
    pub name: &'static str,
    pub label: String,
    pub all: String,
    pub values: Vec<FilterValue>,
}

/// A value of a filter, and how many pages and questions have it.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct FilterValue {
    pub name: String,
    pub label: String,
    pub count: usize,
}

/// Where to go when nothing is found.
#[derive(Debug, Default, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct NextSteps {
    pub topics: Vec<LinkView>,
    pub contacts: Vec<RoleDetail>,
}

/// A role and how to reach it.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct RoleDetail {
    pub name: String,
    pub label: String,
    pub phone: Option<String>,
    pub tel: Option<String>,
    pub mailto: Option<String>,
    pub url: Option<String>,
    pub ticket: Option<String>,
    pub hours: Option<String>,
    pub next: Option<RoleView>,
}

/// Articles of one kind and product.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct Group {
    pub title: String,
    pub pages: Vec<RowView>,
}

/// An entry of the language switch.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct LanguageLink {
    pub code: String,
    pub tag: String,
    pub name: String,
    pub url: String,
    pub current: bool,
    pub exists: bool,
}

/// A link to a page.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct LinkView {
    pub title: String,
    pub url: String,
}

/// The page itself.
#[derive(Debug, Default, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct PageView {
    pub template: &'static str,
    pub title: String,
    pub title_html: String,
    pub description: Option<String>,
    pub summary: String,
    pub url: String,
    pub content: String,
    pub toc: Vec<TocEntry>,
    pub tree_map: Option<String>,
    pub updated: Option<String>,
    pub kind: &'static str,
    pub kind_label: String,
    pub status: Option<&'static str>,
    pub breadcrumbs: Vec<LinkView>,
    pub previous: Option<LinkView>,
    pub next: Option<LinkView>,
    pub tags: Vec<TagLink>,
    pub roles: Vec<RoleView>,
    pub internal: bool,
    pub products: Vec<String>,
    pub versions: Option<String>,
    pub codes: Vec<CodeLink>,
    pub scopes: Vec<ScopeView>,
    pub version_data: Option<String>,
    pub minutes: Option<u32>,
    pub glance: Option<GuideSummary>,
    pub handoff: Option<Handoff>,
    pub extra: BTreeMap<String, Json>,
    /// schema.org data as JSON-LD, fit for a script element; empty if there is none.
    pub structured: String,
}

/// A heading in the contents list.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct TocEntry {
    pub level: u8,
    pub id: String,
    pub text: String,
}

/// A tag of a page.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct TagLink {
    pub label: String,
    pub url: String,
}

/// A tag in the list of all tags.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct TagView {
    pub label: String,
    pub url: String,
    pub count: usize,
}

/// A product that a page is for, and which versions of it, in words.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct ScopeView {
    pub product: String,
    pub versions: Option<String>,
}

/// An error code of a page, and where it stands among all codes.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct CodeLink {
    pub code: String,
    pub url: Option<String>,
}

/// The error codes of one product, or those of none.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct CodeGroupView {
    pub title: String,
    pub url: Option<String>,
    /// Whether the list has no other group.
    pub alone: bool,
    pub codes: Vec<CodeView>,
}

/// An error code and the articles that answer it.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct CodeView {
    pub code: String,
    pub id: String,
    pub pages: Vec<RowView>,
}

/// A role of a page.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct RoleView {
    pub name: String,
    pub label: String,
    pub url: Option<String>,
}

/// Navigation inside the section.
#[derive(Debug, Default, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct Navigation {
    pub section: Option<LinkView>,
    pub items: Vec<NavigationItem>,
    pub more: usize,
}

/// An entry of the navigation.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct NavigationItem {
    pub title: String,
    pub url: String,
    pub kind: &'static str,
}

/// The place of a page among those that a long list is cut into.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct Paging {
    pub number: usize,
    pub count: usize,
    pub is_first: bool,
    pub label: String,
    pub previous: Option<String>,
    pub next: Option<String>,
    /// What stands between the two; none for numbers that are left out.
    pub links: Vec<Option<PagingLink>>,
    /// The file with the rows of all pages, where a script narrows them.
    pub rows: Option<String>,
}

/// One page of a long list.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct PagingLink {
    pub number: usize,
    pub label: String,
    pub url: String,
}

/// What is below a section.
#[derive(Debug, Default, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct Children {
    pub sections: Vec<SectionView>,
    pub pages: Vec<RowView>,
    /// How many articles the list has, on this page and on its others.
    pub count: usize,
    pub version_pickers: Option<String>,
}

/// A section as a card.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct SectionView {
    pub title: String,
    pub url: String,
    pub description: Option<String>,
    pub count: usize,
    pub pages: Vec<LinkView>,
}

/// An article as a row.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct RowView {
    pub title: String,
    pub url: String,
    pub description: String,
    pub kind_label: String,
    pub codes: Vec<String>,
    pub scopes: Vec<ScopeView>,
    pub version_data: Option<String>,
}

/// A guide in short.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct GuideSummary {
    pub symptom: Option<String>,
    /// The same, where it is a message on a screen.
    pub message: Option<String>,
    pub applies_to: Option<String>,
    pub solution: LinkView,
}

/// What comes after an article that did not help.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct Handoff {
    /// Who takes over; several where several roles read the edition.
    pub nexts: Vec<Next>,
    pub collect: Vec<CollectView>,
    pub page: String,
    pub revision: String,
    pub edition: String,
}

/// Who takes over from whom.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct Next {
    pub from: Option<RoleDetail>,
    pub to: RoleDetail,
}

/// A fact to bring.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "named as in the theme reference")]
pub(crate) struct CollectView {
    pub label: String,
    pub required: bool,
}
