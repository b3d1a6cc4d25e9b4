//! What stands when somebody writes in a body: the places of pages, sections, tags, codes, versions,
//! translations, addresses.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{
    Codes, LanguagePart, Page, PageId, Parsed, Redirect, Route, Tags, VersionList, address, codes,
    redirects, roles, routes, tags, tree, versions,
};
use crate::article::{Name, translation_key};
use crate::config::{Config, Edition};
use crate::diagnostic::{Code, Diagnostic};
use crate::edition::Selected;

/// Names of articles that the edition does not have.
pub(crate) struct Away {
    /// It must not show them.
    pub outside: BTreeSet<Name>,
    /// They are held back.
    pub held: BTreeSet<Name>,
}

/// A site without what its bodies say.
#[derive(Debug)]
pub(crate) struct SiteIndex {
    /// The pages that it was made from, in their places.
    pages: Vec<Page>,
    pub outside: BTreeSet<Name>,
    pub held: BTreeSet<Name>,
    pub parts: Arc<Vec<LanguagePart>>,
    pub part_of: Arc<BTreeMap<String, usize>>,
    pub redirects: Arc<Vec<Redirect>>,
    /// All pages to write; some may be in each other's way.
    pub routes: Vec<Route>,
    pub diagnostics: Vec<Diagnostic>,
}

impl SiteIndex {
    /// Gives pages their places.
    pub(crate) fn new(
        (mut pages, mut diagnostics): (Vec<Page>, Vec<Diagnostic>),
        Away { outside, held }: Away,
        edition: &Edition,
        config: &Config,
    ) -> Self {
        let mut parts = parts(&pages, config);
        let readers: Vec<&str> = config.readers(edition).map(|role| role.name.as_str()).collect();
        for part in &mut parts {
            part.sections = tree::sections(&mut pages, part, &mut diagnostics);
            diagnostics.extend(tree::competing(&part.sections, &pages, &part.language.code));
            part.tags = tags::tags(&pages, part);
            part.codes = codes::codes(&pages, part, config);
            part.versions = versions::versions(&pages, part, config);
            part.roles = roles::roles(&pages, part, &readers);
        }
        diagnostics.extend(codes::duplicates(&pages));
        diagnostics.extend(without_default_language(&parts, &outside, config));
        connect_translations(&mut pages, config);
        let part_of =
            parts.iter().enumerate().map(|(at, part)| (part.language.code.clone(), at)).collect();
        let (redirects, problems) = redirects::redirects(&pages, &parts, &part_of);
        diagnostics.extend(problems);
        let has_address = config.base_url(edition).is_some();
        let routes = routes::routes(&pages, &parts, &part_of, &redirects, has_address);
        SiteIndex {
            pages,
            outside,
            held,
            parts: Arc::new(parts),
            part_of: Arc::new(part_of),
            redirects: Arc::new(redirects),
            routes,
            diagnostics,
        }
    }

    /// Whether these articles have the same places. What is compared here is all of an article
    /// that [`SiteIndex::new`], or the links of other pages, look at.
    pub(crate) fn holds_for(
        &self,
        articles: &[Selected],
        parsed: &[Parsed],
        outside: &BTreeSet<Name>,
        held: &BTreeSet<Name>,
    ) -> bool {
        let same = |((old, article), parsed): ((&Page, &Selected), &Parsed)| {
            let is_same_head = Arc::ptr_eq(&old.selected.article, &article.article)
                || old.selected.article.has_head_of(&article.article);
            let is_same_body = Arc::ptr_eq(&old.document, &parsed.document)
                || old.document.anchors == parsed.document.anchors
                    && old.document.lead.is_some() == parsed.document.lead.is_some();
            is_same_head
                && is_same_body
                && (Arc::ptr_eq(&old.names, &parsed.names) || old.names.are_as(&parsed.names))
                && old.selected.roles == article.roles
                // Lists of roles are in groups by kind, which headings may decide.
                && old.shape.kind == parsed.shape.kind
        };
        self.pages.len() == articles.len()
            && self.pages.iter().zip(articles).zip(parsed).all(same)
            && self.outside == *outside
            && self.held == *held
    }

    /// The pages, in the places that they have.
    pub(crate) fn pages(&self, articles: Vec<Selected>, parsed: Vec<Parsed>) -> Vec<Page> {
        let page = |((old, selected), parsed): ((&Page, Selected), Parsed)| {
            let Parsed { document, shape, names } = parsed;
            Page { selected, document, shape, names, ..old.clone() }
        };
        self.pages.iter().zip(articles).zip(parsed).map(page).collect()
    }
}

/// The languages that have pages; what each shows is still to come.
fn parts(pages: &[Page], config: &Config) -> Vec<LanguagePart> {
    let languages = config.languages.iter();
    languages
        .filter(|language| pages.iter().any(|page| page.language() == language.code))
        .map(|language| LanguagePart {
            language: language.clone(),
            home: address::home(language, config),
            sections: BTreeMap::new(),
            tags: Tags::default(),
            codes: Codes::default(),
            versions: VersionList::default(),
            roles: Vec::new(),
        })
        .collect()
}

/// What is reported where the address of the site shows no page. A site without any article is
/// reported by those who read it.
fn without_default_language(
    parts: &[LanguagePart],
    outside: &BTreeSet<Name>,
    config: &Config,
) -> Option<Diagnostic> {
    let default = &config.default_language().code;
    let is_there = parts.iter().any(|part| part.language.code == *default);
    let first = parts.first().map(|part| part.language.code.as_str());
    let effect = match first {
        _ if is_there => return None,
        Some(code) => (
            format!("the address of the site leads to `{code}`"),
            format!("站点的首页会转到 `{code}`"),
        ),
        None if outside.is_empty() => return None,
        None => {
            ("the edition shows no page at all".to_owned(), "这个发行版没有任何页面".to_owned())
        }
    };
    let problem = Diagnostic::general(Code::DefaultLanguageEmpty).with("language", default);
    Some(problem.with_both("effect", effect.0, effect.1))
}

/// Pages with the same key in different languages are translations of each other; so is a page
/// that names another's path in `translation_of`.
fn connect_translations(pages: &mut [Page], config: &Config) {
    let mut groups: BTreeMap<String, BTreeMap<String, PageId>> = BTreeMap::new();
    for (id, page) in pages.iter().enumerate() {
        let key = translation_key(&page.selected.article, config).to_owned();
        groups.entry(key).or_default().entry(page.language().to_owned()).or_insert(id);
    }
    for group in groups.into_values() {
        let group = Arc::new(group);
        for id in group.values() {
            pages[*id].translations = Arc::clone(&group);
        }
    }
}
