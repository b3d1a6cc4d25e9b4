//! Error codes: which page answers which, and codes that two pages claim.

use std::collections::{BTreeMap, BTreeSet};

use super::lists::{List, sheet_of};
use super::{LanguagePart, Page, PageId, natural, tags};
use crate::article::{ErrorCode, Meta};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::{is_reserved, slug};
use crate::text::fold::{for_people, single_spaced};
use crate::text::unique::Unique;

/// The error codes of a language.
#[derive(Debug, Default)]
pub(crate) struct Codes {
    /// Url of the page that lists them; none where there are no codes.
    pub url: Option<String>,
    /// By product: declared ones in the order of the configuration, others by name, at the end
    /// what belongs to no product.
    pub groups: Vec<CodeGroup>,
}

/// The codes of one product.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CodeGroup {
    /// Its name; none for codes of pages that name no product.
    pub product: Option<String>,
    /// Url of its own page, where several products have codes.
    pub url: Option<String>,
    /// In natural order.
    pub codes: Vec<CodeRow>,
    /// Their numbers by what all spellings have in common.
    numbers: BTreeMap<String, usize>,
}

/// One code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CodeRow {
    /// As first written.
    pub label: String,
    /// Its id on the page of all codes.
    pub anchor: String,
    /// Its id on the page of the product.
    pub own_anchor: String,
    /// The pages that answer it.
    pub pages: Vec<PageId>,
}

impl CodeRow {
    /// Its id on the page of all codes, or on that of its product alone.
    pub(crate) fn id(&self, is_alone: bool) -> &str {
        if is_alone { &self.own_anchor } else { &self.anchor }
    }
}

impl Codes {
    /// Where the page of all codes shows the code of a page first.
    pub(crate) fn place(&self, meta: &Meta, code: &str) -> Option<String> {
        let is_its = |group: &CodeGroup| match &group.product {
            Some(product) => meta.products.contains(product),
            None => meta.products.is_empty(),
        };
        let folded = fold(code);
        let mut above = 0;
        for group in &self.groups {
            let number = group.numbers.get(&folded).filter(|_| is_its(group));
            if let Some(number) = number {
                let list = List { url: self.url.as_ref()?, rows: 0 };
                let url = list.sheet_url(sheet_of(above + number));
                let anchor = &group.codes.get(*number)?.anchor;
                return Some(format!("{}#{}", super::encode(&url), super::encode(anchor)));
            }
            above += group.codes.len();
        }
        None
    }
}

/// What all spellings of one code have in common, as for search: neither case nor width counts.
fn fold(code: &str) -> String {
    single_spaced(&for_people(code))
}

/// The codes of a language. Hidden pages have none, as search does not find them either.
pub(crate) fn codes(pages: &[Page], language: &LanguagePart, config: &Config) -> Codes {
    let mut groups: BTreeMap<Option<String>, BTreeMap<String, CodeRow>> = BTreeMap::new();
    for (id, page) in pages.iter().enumerate() {
        if page.language() != language.language.code || page.is_hidden() {
            continue;
        }
        let meta = &page.selected.article.meta;
        let products: BTreeSet<Option<String>> = match meta.products.is_empty() {
            true => [None].into(),
            false => meta.products.iter().cloned().map(Some).collect(),
        };
        for product in products.iter().filter(|_| !meta.codes.is_empty()) {
            let group = groups.entry(product.clone()).or_default();
            for ErrorCode { text, .. } in &meta.codes {
                let row = group.entry(fold(text)).or_insert_with(|| CodeRow {
                    label: text.clone(),
                    anchor: String::new(),
                    own_anchor: String::new(),
                    pages: Vec::new(),
                });
                if row.pages.last() != Some(&id) {
                    row.pages.push(id);
                }
            }
        }
    }
    let url = (!groups.is_empty()).then(|| format!("{}codes/", language.home));
    let products: Vec<&String> = groups.keys().flatten().collect();
    let several = products.len() > 1;
    let names: BTreeMap<String, String> = tags::names(products.into_iter()).into_iter().collect();
    let mut groups: Vec<CodeGroup> = groups
        .into_iter()
        .map(|(product, codes)| {
            let mut codes: Vec<(String, CodeRow)> = codes.into_iter().collect();
            codes.sort_by(|(a, _), (b, _)| natural::compare(a, b));
            let name = product.as_ref().filter(|_| several).and_then(|name| names.get(name));
            let keys = codes.iter().enumerate().map(|(number, (key, _))| (key.clone(), number));
            CodeGroup {
                numbers: keys.collect(),
                url: name.map(|name| format!("{}codes/{name}/", language.home)),
                product,
                codes: codes.into_iter().map(|(_, row)| row).collect(),
            }
        })
        .collect();
    let rank = |product: &str| config.products.iter().position(|known| known.name == product);
    groups.sort_by(|a, b| match (&a.product, &b.product) {
        (Some(a), Some(b)) => {
            let rank = |name: &str| rank(name).unwrap_or(usize::MAX);
            rank(a).cmp(&rank(b)).then_with(|| natural::compare(a, b))
        }
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    give_anchors(&mut groups);
    Codes { url, groups }
}

/// Gives each code its ids. On the page of all codes the first product that has a code gets the
/// plain one.
fn give_anchors(groups: &mut [CodeGroup]) {
    let mut all = Unique::default();
    for group in groups {
        let mut own = Unique::default();
        for row in &mut group.codes {
            let id = match slug(&row.label) {
                id if id.is_empty() => "code".to_owned(),
                id if is_reserved(&id) => format!("code-{id}"),
                id => id,
            };
            row.own_anchor = own.numbered(&id, 2);
            row.anchor = all.numbered(&id, 2);
        }
    }
}

/// A page that answers a code.
struct Claim<'a> {
    page: &'a Page,
    code: &'a ErrorCode,
    is_shared: bool,
}

/// Codes that two pages of a language answer without both saying so. Pages for different products
/// speak of different codes.
pub(crate) fn duplicates(pages: &[Page]) -> Vec<Diagnostic> {
    let mut claims: BTreeMap<(&str, String), Vec<Claim<'_>>> = BTreeMap::new();
    for page in pages.iter().filter(|page| !page.is_hidden()) {
        for code in &page.selected.article.meta.codes {
            let claims = claims.entry((page.language(), fold(&code.text))).or_default();
            match claims.last_mut().filter(|last| std::ptr::eq(last.page, page)) {
                Some(last) => last.is_shared |= code.is_shared,
                None => claims.push(Claim { page, code, is_shared: code.is_shared }),
            }
        }
    }
    let path = |claim: &Claim<'_>| claim.page.selected.article.path.clone();
    let mut diagnostics = Vec::new();
    for claims in claims.values() {
        for (at, claim) in claims.iter().enumerate().filter(|(_, claim)| !claim.is_shared) {
            // Of two that say nothing the later one is told.
            let shared = claims[at + 1..].iter().filter(|later| later.is_shared);
            let mut others = claims[..at].iter().chain(shared);
            let Some(other) = others.find(|other| may_mean_the_same(claim, other)) else {
                continue;
            };
            let place = Place { path: path(other), span: other.code.span.clone() };
            diagnostics.push(
                Diagnostic::at(Code::DuplicateCode, &path(claim), claim.code.span.clone())
                    .with("code", &claim.code.text)
                    .with("other", path(other).to_string())
                    .related(place),
            );
        }
    }
    diagnostics
}

fn may_mean_the_same(a: &Claim<'_>, b: &Claim<'_>) -> bool {
    let [own, others] = [a, b].map(|claim| &claim.page.selected.article.meta.products);
    own.is_empty() || others.is_empty() || own.iter().any(|product| others.contains(product))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_code() {
        assert_eq!(fold("Ｅ－５０２"), fold("e-502"));
        assert_eq!(fold(" 0X80070005"), "0x80070005");
        assert_ne!(fold("E-502"), fold("E-503"));
    }
}
