//! What search finds: pages, and the questions of those that have any.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::config::Config;
use crate::config::search::Promoted;
use crate::document::Section;
use crate::kinds::Question;
use crate::search::Entry;
use crate::site::{self, LanguagePart, Page, PageId, Site, Target};

/// A page, or one of its questions.
pub(crate) struct Place<'a> {
    page: &'a Page,
    question: Option<&'a Question>,
    url: String,
    context: Vec<&'a str>,
    codes: Vec<String>,
    versions: Vec<&'a str>,
    links: &'a [&'a str],
    promoted: &'a [String],
    sections: Cow<'a, [Section]>,
}

/// The words of links by the address they lead to.
pub(crate) type LinkTexts<'a> = HashMap<String, Vec<&'a str>>;

/// All places of a language, each question behind its page.
pub(crate) fn places<'a>(
    pages: &[(PageId, &'a Page)],
    part: &'a LanguagePart,
    config: &'a Config,
    links: &'a LinkTexts<'a>,
) -> Vec<Place<'a>> {
    let texts = |url: &str| links.get(url).map(Vec::as_slice).unwrap_or_default();
    let mut places = Vec::with_capacity(pages.len());
    for &(id, page) in pages {
        let versions: Vec<&str> = part.versions.of(id).collect();
        let codes = page.selected.article.meta.codes.iter();
        let codes: Vec<String> = codes.map(|code| code.text.clone()).collect();
        let url = site::encode(&page.url);
        let context = context(page, part, config);
        let questions = page.shape.questions.iter().map(|question| {
            let url = question_url(page, question);
            // What is reported for the whole page is worth little for each of its questions.
            let around = page.selected.article.meta.tags.iter().chain(&question.topic);
            let mut context = context.clone();
            context.push(&page.names.title.text);
            context.extend(around.map(String::as_str));
            let links = texts(&url);
            let sections = Cow::Owned(answer(page, question));
            Place {
                page,
                question: Some(question),
                url,
                context,
                codes: Vec::new(),
                versions: versions.clone(),
                links,
                promoted: &[],
                sections,
            }
        });
        let questions: Vec<_> = questions.collect();
        let (links, promoted) = (texts(&url), promoted(page, config));
        let sections = own(page);
        let question = None;
        places.push(Place {
            page,
            question,
            url,
            context,
            codes,
            versions,
            links,
            promoted,
            sections,
        });
        places.extend(questions);
    }
    places
}

impl Place<'_> {
    /// What the index is told.
    pub(crate) fn entry(&self) -> Entry<'_> {
        let page = self.page;
        let meta = &page.selected.article.meta;
        let is_page = self.question.is_none();
        fn of_page(is_page: bool, words: &[String]) -> &[String] {
            if is_page { words } else { &[] }
        }
        Entry {
            url: &self.url,
            title: self.question.map_or(&page.names.title.text, |question| &question.question),
            kind: page.kind().name(),
            summary: if is_page { &page.names.summary } else { "" },
            keywords: of_page(is_page, &meta.keywords),
            codes: &self.codes,
            links: self.links,
            context: &self.context,
            promoted: self.promoted,
            tags: of_page(is_page, &meta.tags),
            roles: &page.selected.roles,
            products: &meta.products,
            versions: &self.versions,
            sections: &self.sections,
        }
    }
}

/// The address of a question.
pub(crate) fn question_url(page: &Page, question: &Question) -> String {
    format!("{}#{}", site::encode(&page.url), site::encode(&question.anchor))
}

/// The text of a page without the questions that are found by themselves.
fn own(page: &Page) -> Cow<'_, [Section]> {
    let sections = &page.document.sections;
    let questions = &page.shape.questions;
    if questions.is_empty() {
        return Cow::Borrowed(sections);
    }
    let is_own = |at: &usize| !questions.iter().any(|question| question.sections.contains(at));
    Cow::Owned((0..sections.len()).filter(is_own).map(|at| sections[at].clone()).collect())
}

/// The text of an answer. The address leads to its first section, and the title is its heading.
fn answer(page: &Page, question: &Question) -> Vec<Section> {
    let sections = page.document.sections.get(question.sections.clone()).unwrap_or_default();
    let mut sections = sections.to_vec();
    if let Some(first) = sections.first_mut() {
        first.anchor = None;
        first.heading.clear();
    }
    sections
}

/// The words of links by the address they lead to: a question, or a page as a whole. A link from a
/// page to itself says nothing new.
pub(crate) fn link_texts(site: &Site) -> LinkTexts<'_> {
    let questions = |page| {
        let page: &Page = page;
        page.shape.questions.iter().map(|question| question_url(page, question))
    };
    let questions: HashSet<String> = site.pages.iter().flat_map(questions).collect();
    let mut texts = LinkTexts::new();
    for page in &site.pages {
        let own = site::encode(&page.url);
        for (link, target) in page.document.links.iter().zip(page.targets.iter()) {
            let Target::Site(address) = target else { continue };
            let path = address.split(['#', '?']).next().unwrap_or(address);
            let place = if questions.contains(address) { address } else { path };
            if !link.text.is_empty() && path != own {
                texts.entry(place.to_owned()).or_default().push(&link.text);
            }
        }
    }
    texts
}

/// Titles of the sections around a page, without the home, and labels of its products.
fn context<'a>(page: &'a Page, part: &'a LanguagePart, config: &'a Config) -> Vec<&'a str> {
    let code = part.language.code.as_str();
    let products = page.selected.article.meta.products.iter();
    let mut names: Vec<&str> = products.map(|name| config.product_label(name, code)).collect();
    let mut folder = Some(&*page.folder);
    while let Some(node) =
        folder.filter(|folder| !folder.is_empty()).and_then(|f| part.sections.get(f))
    {
        names.push(&node.title);
        folder = node.parent.as_deref();
    }
    names
}

/// The queries for which the configuration puts a page first.
fn promoted<'a>(page: &Page, config: &'a Config) -> &'a [String] {
    let path = &*page.selected.article.path;
    let mut all = config.search.promoted.iter();
    let entry = all.find(|promoted: &&Promoted| promoted.is_for(path, &config.site.content));
    entry.map(|promoted| promoted.queries.as_slice()).unwrap_or_default()
}
