//! What pages apply to, as templates see it: error codes.

use super::plan::{Job, Subject};
use super::present::Maker;
use super::view::{CodeGroupView, CodeLink, CodeView, LinkView, View};
use crate::site::{CodeGroup, LanguagePart, Page, encode};

impl Maker<'_> {
    /// The codes of a page, each with its place among all codes.
    pub(super) fn code_links(&self, page: &Page) -> Vec<CodeLink> {
        let meta = &page.selected.article.meta;
        let link =
            |code: &String| CodeLink { code: code.clone(), url: self.part.codes.place(meta, code) };
        meta.codes.iter().map(|code| link(&code.text)).collect()
    }

    /// The page of all codes, or that of one group.
    pub(super) fn codes(&self, view: &mut View, only: Option<usize>) {
        let codes = &self.part.codes;
        view.page.title = self.shared.text("codes_title");
        view.page.breadcrumbs = self.breadcrumbs("", true);
        if let Some(group) = only.and_then(|number| codes.groups.get(number)) {
            let url = codes.url.as_deref().map(encode).unwrap_or_default();
            view.page.breadcrumbs.push(LinkView { title: view.page.title.clone(), url });
            let title = self.shared.text("codes_of");
            view.page.title = title.replace("{product}", &self.group_title(group));
        }
        let groups = codes.groups.iter().enumerate();
        let shown = groups.filter(|(number, _)| only.is_none_or(|only| only == *number));
        view.codes = shown.map(|(_, group)| self.code_group(group, only.is_some())).collect();
    }

    fn code_group(&self, group: &CodeGroup, is_alone: bool) -> CodeGroupView {
        let codes = group.codes.iter().map(|row| CodeView {
            code: row.label.clone(),
            id: if is_alone { &row.own_anchor } else { &row.anchor }.clone(),
            pages: row.pages.iter().map(|id| self.row(*id)).collect(),
        });
        CodeGroupView {
            title: self.group_title(group),
            url: group.url.as_deref().filter(|_| !is_alone).map(encode),
            codes: codes.collect(),
        }
    }

    fn group_title(&self, group: &CodeGroup) -> String {
        match &group.product {
            Some(product) => self.config.product_label(product, self.code()).to_owned(),
            None => self.shared.text("codes_general"),
        }
    }

    /// The same list of codes in another language, else all its codes.
    pub(super) fn codes_elsewhere(&self, part: &LanguagePart, job: &Job) -> Option<String> {
        let product = match job.subject {
            Subject::ProductCodes(number) => self.part.codes.groups.get(number)?.product.as_ref(),
            _ => None,
        };
        let mut groups = part.codes.groups.iter();
        let same = product.and_then(|_| groups.find(|group| group.product.as_ref() == product));
        same.and_then(|group| group.url.clone()).or_else(|| part.codes.url.clone())
    }
}
