//! What pages apply to, as templates see it: error codes, products, versions.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::plan::{Job, Subject};
use super::present::Maker;
use super::view::{CodeGroupView, CodeLink, CodeView, LinkView, RowView, ScopeView, View};
use crate::article::Meta;
use crate::article::versions::{Alternative, Bound, Range};
use crate::config::Product;
use crate::site::{CodeGroup, CodeRow, LanguagePart, Page, PageId, encode};

impl Maker<'_> {
    /// The codes of a page, each with its place among all codes.
    pub(super) fn code_links(&self, page: &Page) -> Vec<CodeLink> {
        let meta = &page.selected.article.meta;
        let link =
            |code: &String| CodeLink { code: code.clone(), url: self.part.codes.place(meta, code) };
        meta.codes.iter().map(|code| link(&code.text)).collect()
    }

    /// The page of all codes, or that of one group.
    pub(super) fn codes(&self, view: &mut View, job: &Job<'_>, only: Option<usize>) {
        let codes = &self.part.codes;
        view.page.title = self.shared.text("codes_title");
        view.page.breadcrumbs = self.breadcrumbs("", true);
        if let Some(group) = only.and_then(|number| codes.groups.get(number)) {
            let url = codes.url.as_deref().map(encode).unwrap_or_default();
            view.page.breadcrumbs.push(LinkView { title: view.page.title.clone(), url });
            let title = self.shared.text("codes_of");
            view.page.title = title.replace("{product}", &self.group_title(group));
        }
        let rows = self.sheet(view, job);
        let groups: Vec<&CodeGroup> = match only {
            Some(only) => codes.groups.get(only).into_iter().collect(),
            None => codes.groups.iter().collect(),
        };
        let mut above = 0;
        for group in &groups {
            let own = |row: usize| row.clamp(above, above + group.codes.len()) - above;
            let shown = &group.codes[own(rows.start)..own(rows.end)];
            above += group.codes.len();
            if !shown.is_empty() {
                view.codes.push(CodeGroupView {
                    title: self.group_title(group),
                    url: group.url.as_deref().filter(|_| only.is_none()).map(encode),
                    alone: groups.len() == 1,
                    codes: self.code_rows(shown, only.is_some()),
                });
            }
        }
    }

    fn code_rows(&self, rows: &[CodeRow], is_alone: bool) -> Vec<CodeView> {
        let row = |row: &CodeRow| CodeView {
            code: row.label.clone(),
            id: row.id(is_alone).to_owned(),
            pages: row.pages.iter().map(|id| self.row_of_code(*id)).collect(),
        };
        rows.iter().map(row).collect()
    }

    /// What a list of codes says of a page that answers one: neither its other codes nor what it
    /// applies to, which would stand there once for each of its codes.
    fn row_of_code(&self, id: PageId) -> RowView {
        RowView { codes: Vec::new(), scopes: Vec::new(), version_data: None, ..self.row(id) }
    }

    pub(super) fn group_title(&self, group: &CodeGroup) -> String {
        match &group.product {
            Some(product) => self.config.product_label(product, self.code()).to_owned(),
            None => self.shared.text("codes_general"),
        }
    }

    /// The same list of codes in another language, else all its codes.
    pub(super) fn codes_elsewhere(&self, part: &LanguagePart, job: &Job) -> Option<String> {
        let product = match job.subject {
            Subject::ProductCodes(number) => self.part.codes.groups.get(*number)?.product.as_ref(),
            _ => None,
        };
        let mut groups = part.codes.groups.iter();
        let same = product.and_then(|_| groups.find(|group| group.product.as_ref() == product));
        same.and_then(|group| group.url.clone()).or_else(|| part.codes.url.clone())
    }

    /// The products of a page, each with the versions that the page is for.
    pub(super) fn scopes(&self, meta: &Meta) -> Vec<ScopeView> {
        let versions = self.versions_text(meta);
        let scope = |name: &String| ScopeView {
            product: self.config.product_label(name, self.code()).to_owned(),
            versions: versions.clone(),
        };
        meta.products.iter().map(scope).collect()
    }

    /// What a row of a list says: only what sets its page apart from others.
    pub(super) fn row_scopes(&self, meta: &Meta) -> Vec<ScopeView> {
        if meta.versions.is_none() {
            return Vec::new();
        }
        self.scopes(meta)
    }

    /// The versions of a page in words, or as written where unknown.
    pub(super) fn versions_text(&self, meta: &Meta) -> Option<String> {
        let versions = meta.versions.as_ref()?;
        Some(match &versions.range {
            None => versions.written.clone(),
            Some(Range::All) => self.shared.text("versions_all"),
            Some(Range::AnyOf(alternatives)) => {
                let words: Vec<String> =
                    alternatives.iter().map(|one| self.alternative(one)).collect();
                words.join(&self.shared.text("list_separator"))
            }
        })
    }

    fn alternative(&self, alternative: &Alternative) -> String {
        if let Some(version) = alternative.only() {
            return version.to_owned();
        }
        let (from, to) = match alternative {
            Alternative::Line { text, .. } | Alternative::Named(text) => return text.clone(),
            Alternative::Between { from, to } => (from.as_ref(), to.as_ref()),
        };
        let is_in = |bound: Option<&Bound>| bound.map(|bound| bound.is_included);
        let key = match (is_in(from), is_in(to)) {
            (Some(true), Some(true)) => "versions_between",
            (Some(true), Some(false)) => "versions_until",
            (Some(false), Some(true)) => "versions_after_to",
            (Some(false), Some(false)) => "versions_inside",
            (Some(true), None) => "versions_from",
            (Some(false), None) => "versions_after",
            (None, Some(true)) => "versions_to",
            (None, Some(false)) => "versions_before",
            (None, None) => "versions_all",
        };
        let text = |bound: Option<&Bound>| bound.map_or("", |bound| bound.text.as_str()).to_owned();
        self.shared.text(key).replace("{from}", &text(from)).replace("{to}", &text(to))
    }

    /// The versions of each product that a page is for, as scripts read them; none if it is for
    /// all, or if unknown.
    pub(super) fn version_data(&self, meta: &Meta) -> Option<String> {
        let products = meta.versioned(self.config).filter(|_| meta.is_narrow());
        let of = |product: &Product| -> Json { meta.versions_of(product).collect() };
        let data: BTreeMap<&str, Json> =
            products.map(|product| (product.name.as_str(), of(product))).collect();
        (!data.is_empty()).then(|| json!(data).to_string())
    }

    /// What readers may choose a version of on a list of pages: name, label and versions of each
    /// product, the newest first.
    pub(super) fn pickers(&self, pages: &[PageId]) -> Option<String> {
        let metas = pages.iter().map(|id| &self.site.pages[*id].selected.article.meta);
        let narrow: Vec<&Meta> = metas.filter(|meta| meta.is_narrow()).collect();
        let is_asked =
            |product: &&Product| narrow.iter().any(|meta| meta.products.contains(&product.name));
        let picker = |product: &Product| {
            let versions = self.part.versions.of_product.get(&product.name)?;
            let versions: Vec<&String> = versions.iter().rev().collect();
            let picker = json!([product.name, product.label.get(self.code()), versions]);
            (!versions.is_empty()).then_some(picker)
        };
        let asked = self.config.products.iter().filter(is_asked);
        let pickers: Vec<Json> = asked.filter_map(picker).collect();
        (!pickers.is_empty()).then(|| Json::from(pickers).to_string())
    }
}
