//! Which articles, and which parts of them, an edition may see.
//!
//! Runs before anything global is computed: later stages never hold what an edition must not
//! show, so they need not filter, and cannot forget to.

mod heritage;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::article::{self, Article, Name, Status};
use crate::config::roles::CUSTOMER;
use crate::config::{Audience, Config, Edition};
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::{self, BlockAudience, RoleWords};
use crate::mutation::{Filter, off};

use heritage::Heritage;

/// An article as an edition sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Selected {
    /// Its head.
    pub article: Arc<Article>,
    /// Who may read it, in the order of the configuration.
    pub roles: Vec<String>,
    /// Whether customers are kept from it.
    pub is_internal: bool,
    /// The body without the blocks of other readers.
    pub body: Arc<str>,
    /// What was cut, in bytes of the original body, ascending and apart.
    cuts: Vec<Range<usize>>,
}

impl Selected {
    /// What was cut, in bytes of the file.
    pub fn cut(&self) -> impl Iterator<Item = Range<usize>> {
        let start = self.article.body_start;
        self.cuts.iter().map(move |cut| cut.start + start..cut.end + start)
    }

    /// Moves a span of the body into the file.
    pub fn place(&self, span: Range<usize>) -> Range<usize> {
        let move_one = |offset: usize| {
            let mut original = offset;
            for cut in &self.cuts {
                if cut.start > original {
                    break;
                }
                original += cut.len();
            }
            original + self.article.body_start
        };
        let start = move_one(span.start);
        start..move_one(span.end).max(start)
    }
}

/// What an edition is made of.
#[derive(Debug, Default)]
pub struct Selection {
    /// Its articles, in the order of their paths.
    pub articles: Vec<Selected>,
    /// Names of articles it must not show: only to tell a wrong link from a broken one.
    pub outside: BTreeSet<Name>,
    /// Paths of their files.
    outside_paths: BTreeSet<Arc<str>>,
}

impl Selection {
    /// Whether nothing is left out.
    pub fn is_whole(&self) -> bool {
        self.outside.is_empty() && self.articles.iter().all(|selected| selected.cuts.is_empty())
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
    let words = RoleWords::new(config);
    let mut selection = Selection::default();
    let mut diagnostics = Vec::new();
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
        let is_finished = article.meta.status != Status::Draft || off(Filter::Drafts);
        let is_shown = is_for_us
            && kept_back.is_none_or(|roles| edition.shows(roles))
            && (drafts || is_finished);
        if !is_shown {
            selection.outside.insert(article.name.clone());
            selection.outside_paths.insert(Arc::clone(&article.path));
            continue;
        }
        let (body, cuts, problems) = cut(article, edition, config, &words);
        diagnostics.extend(problems);
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
            body,
            cuts,
        });
    }
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

/// Takes out the blocks that an edition must not see: the text itself, before anything reads it.
fn cut(
    article: &Article,
    edition: &Edition,
    config: &Config,
    words: &RoleWords,
) -> (Arc<str>, Vec<Range<usize>>, Vec<Diagnostic>) {
    let body = article.body();
    let mut cuts: Vec<Range<usize>> = Vec::new();
    let mut diagnostics = Vec::new();
    for block in markdown::role_blocks(body, words) {
        let place =
            |span: &Range<usize>| span.start + article.body_start..span.end + article.body_start;
        let opening = place(&block.opening);
        let mut report = |diagnostic: Diagnostic| diagnostics.push(diagnostic);
        // The parser never sees what is cut, so what is wrong with it is said here.
        if let Some(unclosed) = &block.unclosed
            && !off(Filter::UnclosedReported)
        {
            report(
                Diagnostic::at(Code::UnclosedContainer, &article.path, place(&unclosed.opening))
                    .with("name", &unclosed.name)
                    .with("fence", &unclosed.fence),
            );
        }
        let is_shown = match &block.audience {
            Ok(BlockAudience::Internal) => shows_internal(edition) || off(Filter::InternalBlocks),
            Ok(BlockAudience::Roles(roles)) => {
                let unknown =
                    |role: &&String| config.role(role).is_none() && !off(Filter::KnownBlockRoles);
                for role in roles.iter().filter(unknown) {
                    report(
                        Diagnostic::at(Code::UnknownRole, &article.path, opening.clone())
                            .with("role", role)
                            .with("allowed", config.role_names()),
                    );
                }
                edition.shows(roles) || off(Filter::OnlyBlocks)
            }
            Err(reason) => {
                let (en, zh) = reason.words();
                report(
                    Diagnostic::at(Code::UnclearRoles, &article.path, opening.clone())
                        .with_both("reason", en, zh),
                );
                off(Filter::UnclearBlocks)
            }
        };
        let is_inside_cut = cuts.last().is_some_and(|last| block.span.start < last.end);
        if !is_shown && !is_inside_cut {
            cuts.push(block.span);
        }
    }
    let mut rest = String::with_capacity(body.len());
    let mut from = 0;
    for cut in &cuts {
        rest.push_str(&body[from..cut.start]);
        from = cut.end;
    }
    rest.push_str(&body[from..]);
    (rest.into(), cuts, diagnostics)
}

/// Whether an edition shows `:::internal`: somebody other than customers reads it, and it is not
/// the public one, which anybody may read, also where other roles have pages in it.
fn shows_internal(edition: &Edition) -> bool {
    match &edition.audience {
        Audience::All => true,
        Audience::Roles(_) if edition.is_public() && !off(Filter::PublicIsPublic) => false,
        Audience::Roles(roles) => roles.iter().any(|role| role != CUSTOMER),
    }
}
