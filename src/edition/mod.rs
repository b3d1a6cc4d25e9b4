//! Which articles, and which parts of them, an edition may see.
//!
//! Runs before anything global is computed: later stages never hold what an edition must not
//! show, so they need not filter, and cannot forget to.

mod cut;
mod heritage;
mod snippets;
mod text;
mod weave;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::article::{self, Article, Name, Status};
use crate::config::roles::CUSTOMER;
use crate::config::{Config, Edition};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::mutation::{Filter, off};

use cut::Eyes;
use heritage::Heritage;
use snippets::Snippets;
use text::Text;

/// An article as an edition sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Selected {
    /// Its head.
    pub article: Arc<Article>,
    /// Who may read it, in the order of the configuration.
    pub roles: Vec<String>,
    /// Whether customers are kept from it.
    pub is_internal: bool,
    /// The body without the blocks of other readers, with the texts of its snippets.
    text: Text,
    /// The page and its snippets, by the numbers in the text.
    parts: Vec<Part>,
}

/// A file that is shown on a page: the page's own, or a snippet.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The file.
    pub article: Arc<Article>,
    /// What was cut, in bytes of its body, ascending and apart.
    cuts: Vec<Range<usize>>,
}

impl Part {
    /// What was cut, in bytes of the file.
    pub fn cut(&self) -> impl Iterator<Item = Range<usize>> {
        let start = self.article.body_start;
        self.cuts.iter().map(move |cut| cut.start + start..cut.end + start)
    }
}

impl Selected {
    /// The body without the blocks of other readers, with the texts of its snippets.
    pub fn body(&self) -> &str {
        &self.text.body
    }

    /// The files that it shows: its own first, then its snippets.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter()
    }

    /// The file that a span of the body comes from.
    pub fn source(&self, span: &Range<usize>) -> &Article {
        self.parts.get(self.text.origin(span.start).0).map_or(&self.article, |part| &part.article)
    }

    /// Where a span of the body stands.
    pub fn place(&self, span: Range<usize>) -> Place {
        self.text.place(span, |part| {
            Arc::clone(&self.parts.get(part).map_or(&self.article, |part| &part.article).path)
        })
    }
}

/// What an edition is made of.
#[derive(Debug, Default)]
pub struct Selection {
    /// Its articles, in the order of their paths.
    pub articles: Vec<Selected>,
    /// Names of articles it must not show: only to tell a wrong link from a broken one.
    pub outside: BTreeSet<Name>,
    /// Paths of their files, and those of snippets that it does not show.
    outside_paths: BTreeSet<Arc<str>>,
    /// Whether there are snippets that it must not show.
    hides_snippets: bool,
}

impl Selection {
    /// Whether nothing is left out.
    pub fn is_whole(&self) -> bool {
        let mut parts = self.articles.iter().flat_map(Selected::parts);
        self.outside.is_empty() && !self.hides_snippets && parts.all(|part| part.cuts.is_empty())
    }

    /// What this edition says of a problem in the head of an article. Problems of articles that
    /// it does not show are not its own, unless they leave in doubt who may read the article.
    /// Then it names the file and quotes nothing of it.
    pub fn report(&self, mut problem: Diagnostic) -> Option<Diagnostic> {
        let Some(place) = &mut problem.place else { return Some(problem) };
        if !self.outside_paths.contains(&place.path) || off(Filter::ProblemsOutside) {
            return Some(problem);
        }
        place.span = 0..0;
        article::decides_readers(&problem).then_some(problem)
    }
}

/// Selects what an edition shows. `drafts` shows drafts too.
pub fn select(
    articles: &[Arc<Article>],
    edition: &Edition,
    config: &Config,
    drafts: bool,
) -> (Selection, Vec<Diagnostic>) {
    let heritage = Heritage::new(articles, config);
    let eyes = Eyes::new(edition, config);
    let (snippets, articles): (Vec<_>, Vec<_>) =
        articles.iter().partition(|article| article.name.is_snippet());
    let paths = snippets.iter().map(|article| Arc::clone(&article.path)).collect();
    let lost = snippets.iter().filter(|article| heritage.is_lost(article, config));
    let mut diagnostics: Vec<_> = lost.map(|article| lost_translation(article)).collect();
    let snippets = Snippets::new(snippets.into_iter(), &heritage, &eyes, drafts);
    let mut missing = Vec::new();
    let mut selection = Selection::default();
    for article in articles {
        let heritage::Readers { roles: inherited, kept_back } = heritage.readers(article);
        let kept_back = kept_back.as_ref();
        if heritage.is_lost(article, config) {
            diagnostics.push(lost_translation(article));
        }
        if inherited.is_none() && config.site.require_roles && !off(Filter::RequiredRoles) {
            diagnostics.push(Diagnostic::at(Code::MissingRoles, &article.path, 0..0));
        }
        let roles = inherited.as_ref().unwrap_or(&config.site.default_roles);
        let is_for_us = edition.shows(roles) || off(Filter::PageRoles);
        let is_finished = is_finished(article) || off(Filter::Drafts);
        let is_shown = is_for_us
            && kept_back.is_none_or(|roles| edition.shows(roles))
            && (drafts || is_finished);
        if !is_shown {
            selection.outside.insert(article.name.clone());
            selection.outside_paths.insert(Arc::clone(&article.path));
            continue;
        }
        let place = |span: &Range<usize>| Place {
            path: Arc::clone(&article.path),
            span: span.start + article.body_start..span.end + article.body_start,
        };
        let sight = eyes.look(article.body(), &place);
        let woven = weave::weave(article, &sight, &snippets);
        diagnostics.extend(woven.problems);
        missing.extend(woven.missing);
        let order = |role: &String| config.roles.iter().position(|known| known.name == *role);
        let reads = |role: &String| kept_back.is_none_or(|roles| roles.contains(role));
        let is_internal = !roles.iter().any(|role| role == CUSTOMER && reads(role));
        // Roles that the edition does not have are not named in it.
        let mut roles: Vec<String> = roles
            .iter()
            .filter(|role| reads(role))
            .filter(|role| edition.shows(std::slice::from_ref(role)) || off(Filter::RoleNames))
            .cloned()
            .collect();
        roles.sort_by_key(order);
        roles.dedup();
        selection.articles.push(Selected {
            article: Arc::clone(article),
            roles,
            is_internal,
            text: woven.text,
            parts: woven.parts,
        });
    }
    let shown = selection.articles.iter().flat_map(Selected::parts);
    let shown: BTreeSet<_> = shown.map(|part| &part.article.path).collect();
    let outside: BTreeSet<Arc<str>> = paths;
    selection.outside_paths.extend(outside.into_iter().filter(|path| !shown.contains(path)));
    selection.hides_snippets = snippets.all.iter().any(|snippet| !snippet.is_shown);
    let is_whole = selection.is_whole();
    diagnostics.extend(snippets.advise(missing, &selection.articles, is_whole));
    (selection, diagnostics)
}

/// `translation_of` was to say who reads the article, and does not.
fn lost_translation(article: &Article) -> Diagnostic {
    let span = article.meta.translation_of.as_ref().map_or(0..0, |of| of.span.clone());
    Diagnostic::at(Code::UnclearRoles, &article.path, span).with_both(
        "reason",
        "`translation_of` names no article; write its path from the content folder",
        "`translation_of` 没有指向任何文章；请写从内容目录算起的路径",
    )
}

/// Whether an article is no draft.
fn is_finished(article: &Article) -> bool {
    article.meta.status != Status::Draft
}
