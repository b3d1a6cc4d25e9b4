//! The snippets of a site: which of them an edition shows, and which one a path means.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::cut::{Audience, Visibility};
use super::labels::labels_of;
use super::role_inheritance::Readers;
use super::scan::scan;
use super::{Due, Part, Selected};
use crate::article::{Article, Name, stem};
use crate::config::roles::CUSTOMER;
use crate::diagnostic::{self, Diagnostic, Problem, Weight};
use crate::mutation::{Policy, off};
use crate::syntax::labels::Label;
use crate::syntax::{self, Fitting};
use crate::text::nearest::Names;

/// For how many wrong paths of a build names that are nearly the same are looked for.
const MOST: usize = 200;

/// A snippet as an edition sees it.
pub(crate) struct Snippet {
    pub article: Arc<Article>,
    /// Whether the edition may see it, where a page holds it.
    pub is_shown: bool,
    /// The line that opens it: a role block where it is not for customers.
    pub opening: String,
    pub visibility: Visibility,
    /// See [`super::Part`].
    pub scanned: Arc<[Range<usize>]>,
    pub fitting: Fitting,
    /// The labels that it defines where the edition sees it.
    pub labels: Vec<Label>,
    /// Why it is left out.
    pub faults: Vec<Diagnostic>,
}

impl Snippet {
    /// It as a part of a page.
    pub(super) fn part(&self) -> Part {
        let cuts = self.visibility.cuts.clone();
        Part { article: Arc::clone(&self.article), cuts, scanned: Arc::clone(&self.scanned) }
    }
}

/// All of them.
pub(crate) struct Snippets<'a> {
    pub all: Vec<Snippet>,
    pub audience: &'a Audience<'a>,
    /// By key, whether it is an index file, and language.
    by_name: BTreeMap<(String, bool, String), usize>,
}

/// A path that means no snippet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Missing {
    pub problem: Diagnostic,
    /// The keys that it may mean; none if it leaves the content.
    pub keys: Vec<String>,
}

impl<'a> Snippets<'a> {
    pub(crate) fn new<'b>(
        articles: impl Iterator<Item = (&'b Arc<Article>, &'b Readers)>,
        audience: &'a Audience<'a>,
        due: Due,
    ) -> Self {
        let mut snippets = Snippets { all: Vec::new(), audience, by_name: BTreeMap::new() };
        for (article, readers) in articles {
            let Name { key, language, is_section } = article.name.clone();
            snippets.by_name.entry((key, is_section, language)).or_insert(snippets.all.len());
            snippets.all.push(snippet(article, readers, audience, due));
        }
        snippets
    }

    /// The snippet that a path means in a file, on a page of this language: from the file's folder,
    /// else from the content folder; the page's language first, unless the path names another.
    pub(crate) fn find(
        &self,
        from: &Name,
        language: &str,
        path: &str,
    ) -> Result<usize, Vec<String>> {
        let paths = [from.reach(path), from.reach(&format!("/{path}"))];
        let mut keys = Vec::new();
        for path in paths.into_iter().flatten().filter(|path| !path.is_empty()) {
            let named = stem(&path, self.audience.config);
            let known = self.audience.config.languages.iter().map(|known| known.code.as_str());
            let languages = named.language.into_iter().chain([language]).chain(known);
            let number = languages.into_iter().find_map(|language| {
                let name = (named.key.to_owned(), named.is_index, language.to_owned());
                self.by_name.get(&name)
            });
            match number {
                Some(number) => return Ok(*number),
                None => keys.push(named.key.to_owned()),
            }
        }
        Err(keys)
    }

    /// Completes what is wrong with paths: the page that one names instead of a snippet, or a
    /// snippet with nearly the same name. Only pages and snippets of the edition are named; snippets
    /// that none of its pages holds, only where nothing is left out.
    pub(crate) fn advise(
        &self,
        missing: Vec<Missing>,
        pages: &[Selected],
        is_whole: bool,
    ) -> Vec<Diagnostic> {
        let names_all = is_whole;
        let all = self.all.iter().filter(|_| names_all).map(|snippet| &snippet.article);
        let shown = pages.iter().flat_map(|page| page.parts().skip(1)).map(|part| &part.article);
        let names = Names::new(all.chain(shown).map(|article| &*article.name.key));
        let pages: BTreeSet<&str> = pages.iter().map(|page| &*page.article.name.key).collect();
        let near_to = |key: &str| names.same_last(key).or_else(|| names.nearest(key));
        let advise = |(number, missing): (usize, Missing)| {
            let is_page = missing.keys.iter().any(|key| pages.contains(key.as_str()));
            let near = || missing.keys.iter().find_map(|key| near_to(key));
            let near = (number < MOST && !is_page).then(near).flatten();
            let (en, zh) = match near {
                _ if is_page => (
                    "This is a page. Only snippets can be included: put the text into a file in a folder such as `_snippets`.".to_owned(),
                    "这是页面。只能包含片段：请把这段内容放进 `_snippets` 这样的文件夹里的文件。".to_owned(),
                ),
                Some(near) => {
                    (format!("Did you mean `/{near}.md`?"), format!("是不是 `/{near}.md`？"))
                }
                None => (
                    "Write the path of a markdown file in a folder such as `_snippets`; it counts from this file, or from the content folder.".to_owned(),
                    "请写 `_snippets` 这样的文件夹里的 markdown 文件的路径；路径从本文件算起，或从内容目录算起。".to_owned(),
                ),
            };
            missing.problem.with_both("suggestion", en, zh)
        };
        missing.into_iter().enumerate().map(advise).collect()
    }
}

fn snippet(
    article: &Arc<Article>,
    readers: &Readers,
    audience: &Audience<'_>,
    due: Due,
) -> Snippet {
    let lists = || readers.roles.iter().chain(&readers.kept_back);
    let is_for_us = lists().all(|roles| audience.edition.shows(roles)) || off(Policy::SnippetRoles);
    let is_finished = due.is_finished(article) && !readers.waits;
    let is_done = due.drafts || is_finished;
    let base = article.body_start;
    let place = |span: &Range<usize>| article.place(span.start + base..span.end + base);
    let fitting = syntax::fitting(article.body());
    // Its text is missing on the pages, whatever is wrong with it.
    let fault = |fault: &Problem| {
        let weight = fault.diagnostic.weight.min(Weight::Doubt);
        fault.at(|span| place(&span)).weighing(weight)
    };
    let faults = fitting.faults.iter().map(fault).collect();
    let faults = diagnostic::few(faults, Some(""), |fault| fault);
    // Whoever reads an edition for several roles sees that this is not for all of them.
    let is_named = |role: &&String| {
        lists().all(|roles| roles.contains(role))
            && audience.config.role(role).is_some()
            && audience.edition.shows(std::slice::from_ref(*role))
    };
    let named: Vec<&str> =
        readers.roles.iter().flatten().filter(is_named).map(String::as_str).collect();
    let is_open = named.is_empty() || named.contains(&CUSTOMER);
    let opening = match is_open {
        true => syntax::HOLDER.to_owned(),
        false => format!(":::only roles=\"{}\"", named.join(", ")),
    };
    let mut visibility = audience.look(article.body(), &place);
    // Each page that shows it has a copy.
    visibility.problems = diagnostic::few(visibility.problems, Some(""), |problem| problem);
    visibility.parts.get_or_insert_with(|| syntax::parts(article.body()));
    let labels = labels_of(article, &visibility.cuts);
    Snippet {
        is_shown: is_for_us && is_done,
        opening,
        visibility,
        scanned: scan(article.body(), audience).into(),
        fitting,
        labels,
        faults,
        article: Arc::clone(article),
    }
}
