//! Which articles, and which parts of them, an edition may see.
//!
//! Runs before anything global is computed: later stages never hold what an edition must not
//! show, so they need not filter, and cannot forget to.

mod again;
mod alone;
mod comments;
mod cut;
mod due;
mod expand;
mod files;
mod labels;
mod language_names;
mod names;
mod once;
mod orphans;
mod role_inheritance;
mod scan;
mod snippets;
mod ties;
mod tongues;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::article::{self, Article, Name, Status};
use crate::config::roles::CUSTOMER;
use crate::config::{Config, Edition};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::mutation::{Policy, off};
use crate::syntax;

use expand::expand;
use orphans::Orphans;
use role_inheritance::RoleInheritance;
use snippets::{Snippet, Snippets};

pub(crate) use alone::may_be_tied;
pub(crate) use cut::Audience;
pub(crate) use due::Due;
pub(crate) use expand::Expanded;
pub(crate) use files::FileReaders;
pub(crate) use once::once;

/// An article as an edition sees it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Selected {
    /// Its head.
    pub article: Arc<Article>,
    /// Who may read it, in the order of the configuration.
    pub roles: Arc<[String]>,
    /// Whether customers are kept from it.
    pub is_internal: bool,
    /// Its text without the blocks of other readers, with the texts of its snippets.
    pub expanded: Arc<Expanded>,
}

/// A file that is shown on a page: the page's own, or a snippet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    /// The file.
    pub article: Arc<Article>,
    /// What was cut, in bytes of its body, ascending and apart.
    cuts: Vec<Range<usize>>,
    /// What a scan without the parser finds that should be cut, likewise.
    scanned: Arc<[Range<usize>]>,
}

impl Part {
    /// What some readers of the edition must not see, in bytes of the file: what was cut, and what
    /// should have been.
    pub(crate) fn excluded(&self) -> impl Iterator<Item = Range<usize>> {
        let start = self.article.body_start;
        let all = self.cuts.iter().chain(&*self.scanned);
        all.map(move |cut| cut.start + start..cut.end + start)
    }
}

impl Selected {
    /// The body without the blocks of other readers, with the texts of its snippets.
    pub(crate) fn body(&self) -> &str {
        self.expanded.body()
    }

    /// The files that it shows: its own first, then its snippets.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Part> {
        self.expanded.parts.iter()
    }

    /// The file that a span of the body comes from.
    pub(crate) fn source(&self, span: &Range<usize>) -> &Article {
        let part = self.expanded.parts.get(self.expanded.text.origin(span.start).0);
        part.map_or(&self.article, |part| &part.article)
    }

    /// Where a span of the body stands.
    pub(crate) fn place(&self, span: Range<usize>) -> Place {
        self.expanded.place(span)
    }
}

/// What an edition is made of.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    /// Its articles, in the order of their paths.
    pub articles: Vec<Selected>,
    /// Names of articles it must not show: only to tell a wrong link from a broken one.
    pub outside: BTreeSet<Name>,
    /// Names of articles that are held back: links to them are none.
    pub held: BTreeSet<Name>,
    /// Paths of their files, and those of snippets that it does not show.
    outside_paths: BTreeSet<Arc<str>>,
    /// Whether there are snippets that it must not show.
    hides_snippets: bool,
    /// Snippets that it may show, and no page of it does.
    pub idle: Vec<Part>,
    /// Whether a page that is meant for it has times: then another day may give another site.
    pub is_dated: bool,
    /// Who may see the files of folders.
    pub file_readers: Arc<FileReaders>,
}

impl Selection {
    /// Whether nothing is left out.
    pub(crate) fn is_whole(&self) -> bool {
        let mut parts = self.articles.iter().flat_map(Selected::parts);
        self.outside.is_empty()
            && self.held.is_empty()
            && !self.hides_snippets
            && parts.all(|part| part.cuts.is_empty())
    }

    /// What this edition says of a problem in the head of an article. Problems of articles that
    /// it does not show are not its own, unless they leave in doubt who may read the article.
    /// Then it names the file and quotes nothing of it.
    pub(crate) fn report(&self, mut problem: Diagnostic) -> Option<Diagnostic> {
        let Some(place) = &mut problem.place else { return Some(problem) };
        if !self.outside_paths.contains(&place.path) {
            return Some(problem);
        }
        place.span = 0..0;
        article::decides_readers(&problem).then_some(problem)
    }
}

/// The articles of an edition, before anybody has looked into their bodies.
pub(crate) struct Choice<'a> {
    /// Its articles, in the order of their paths.
    pub articles: Vec<Chosen>,
    snippets: Snippets<'a>,
    selection: Selection,
    diagnostics: Vec<Diagnostic>,
}

/// An article that an edition shows.
pub(crate) struct Chosen {
    /// Its head.
    pub article: Arc<Article>,
    readers: PageReaders,
}

/// Who reads a page of an edition.
#[derive(Debug, Clone)]
struct PageReaders {
    /// See [`Selected::roles`].
    roles: Arc<[String]>,
    /// See [`Selected::is_internal`].
    is_internal: bool,
}

/// What says who reads the pages of a site.
pub(crate) struct Heads<'h> {
    /// All articles, in the order of their paths.
    pub articles: &'h [Arc<Article>],
    /// Those that are left out, and say something of the others all the same.
    pub left_out: Vec<Arc<Article>>,
    /// Paths of those whose pages are held back.
    pub held: &'h Arc<BTreeSet<Arc<str>>>,
}

/// What the heads of all articles say of who reads them.
#[derive(Debug)]
pub(crate) struct SelectionCache {
    /// The articles that were asked about, and behind them those that are left out.
    heads: Vec<Arc<Article>>,
    /// For each the readers of its page; none if the edition does not show it. Snippets have none.
    pages: Vec<Option<PageReaders>>,
    /// For each that is a snippet, by whom it may be read.
    snippets: Vec<(usize, role_inheritance::Readers)>,
    files: Arc<FileReaders>,
    /// See [`Selection::is_dated`].
    is_dated: bool,
    held: Arc<BTreeSet<Arc<str>>>,
    diagnostics: Vec<Diagnostic>,
}

impl SelectionCache {
    /// Whether they hold for these articles, too: they depend on nothing but heads.
    fn hold_for(&self, heads: &Heads<'_>) -> bool {
        self.pages.len() == heads.articles.len()
            && self.held == *heads.held
            && self.heads.len() == heads.articles.len() + heads.left_out.len()
            && self
                .heads
                .iter()
                .zip(heads.articles.iter().chain(&heads.left_out))
                .all(|(old, new)| Arc::ptr_eq(old, new) || old.has_head_of(new))
    }

    fn new(heads: Heads<'_>, audience: &Audience<'_>, due: Due) -> Self {
        let (edition, config) = (audience.edition, audience.config);
        let Heads { articles, left_out, held } = heads;
        let heads: Vec<_> = articles.iter().cloned().chain(left_out).collect();
        let role_inheritance = RoleInheritance::new(&heads, config);
        let orphans = Orphans::new(&heads, &role_inheritance, config);
        let mut selection_cache = SelectionCache {
            heads: heads.clone(),
            pages: Vec::with_capacity(articles.len()),
            snippets: Vec::new(),
            files: Arc::new(FileReaders::new(&heads)),
            is_dated: false,
            held: Arc::clone(held),
            diagnostics: Vec::new(),
        };
        let mut told = BTreeSet::new();
        for (number, article) in articles.iter().enumerate() {
            if held.contains(&article.path) {
                selection_cache.pages.push(None);
                continue;
            }
            selection_cache.diagnostics.extend(block_in_head(article));
            if role_inheritance.is_lost(article, config) {
                selection_cache.diagnostics.push(lost_translation(article));
            }
            let mut readers = role_inheritance.readers(article);
            let originals = role_inheritance.originals(article);
            let kept = originals.iter().find(|original| !due.is_finished(original));
            readers.waits = kept.is_some();
            let is_draft = readers.waits || article.meta.status == Status::Draft;
            if !is_draft {
                let problem = doubt(article, &readers, audience, &mut told);
                let is_open = readers.roles.is_none() && problem.is_none();
                let orphan = || orphans.problem(article).filter(|_| is_open);
                selection_cache.diagnostics.extend(problem.or_else(orphan));
            }
            if readers_of_page(&readers, edition, config).is_some() {
                let pages = originals.iter().copied().chain([&**article]);
                selection_cache.is_dated |= pages.into_iter().any(|page| due.is_dated(page));
                selection_cache.diagnostics.extend(due.problem(article));
                selection_cache
                    .diagnostics
                    .extend(kept.map(|original| due.waits(article, original)));
            }
            if article.name.is_snippet() {
                selection_cache.snippets.push((number, readers));
                selection_cache.pages.push(None);
                continue;
            }
            if readers.roles.is_none() && config.site.require_roles {
                selection_cache.diagnostics.push(Diagnostic::at(
                    Code::MissingRoles,
                    &article.path,
                    0..0,
                ));
            }
            let is_finished = due.is_finished(article) && !readers.waits || off(Policy::Drafts);
            let is_shown = due.drafts || is_finished;
            let readers = readers_of_page(&readers, edition, config);
            selection_cache.pages.push(readers.filter(|_| is_shown));
        }
        selection_cache
    }
}

/// Who reads a page; none if nobody of the edition does.
fn readers_of_page(
    inherited: &role_inheritance::Readers,
    edition: &Edition,
    config: &Config,
) -> Option<PageReaders> {
    let kept_back = inherited.kept_back.as_ref();
    let roles = inherited.roles.as_ref().unwrap_or(&config.site.default_roles);
    let is_for_us = edition.shows(roles) || off(Policy::PageRoles);
    if !is_for_us || !kept_back.is_none_or(|roles| edition.shows(roles)) {
        return None;
    }
    let order = |role: &String| config.roles.iter().position(|known| known.name == *role);
    let reads = |role: &String| kept_back.is_none_or(|roles| roles.contains(role));
    let is_internal = !roles.iter().any(|role| role == CUSTOMER && reads(role));
    // Roles that the edition does not have are not named in it.
    let mut roles: Vec<String> = roles
        .iter()
        .filter(|role| reads(role))
        .filter(|role| edition.shows(std::slice::from_ref(role)))
        .cloned()
        .collect();
    roles.sort_by_key(order);
    roles.dedup();
    Some(PageReaders { roles: roles.into(), is_internal })
}

/// Chooses the articles that an edition shows, by what all heads say. `last` are the verdicts of the last
/// time for the same edition and configuration, and for pages that were due in the same way.
pub(crate) fn choose<'a>(
    heads: Heads<'_>,
    audience: &'a Audience<'a>,
    due: Due,
    last: &mut Option<SelectionCache>,
) -> Choice<'a> {
    let (articles, held) = (heads.articles, Arc::clone(heads.held));
    let known = last.take().filter(|last| last.hold_for(&heads));
    let selection_cache = known.unwrap_or_else(|| SelectionCache::new(heads, audience, due));
    let snippets =
        selection_cache.snippets.iter().map(|(number, readers)| (&articles[*number], readers));
    let snippets = Snippets::new(snippets, audience, due);
    let mut selection =
        Selection { file_readers: Arc::clone(&selection_cache.files), ..Selection::default() };
    selection.is_dated = selection_cache.is_dated;
    let mut chosen = Vec::with_capacity(articles.len());
    for (article, readers) in articles.iter().zip(&selection_cache.pages) {
        if let Some(readers) = readers.clone() {
            chosen.push(Chosen { article: Arc::clone(article), readers });
        } else if held.contains(&article.path) {
            selection.held.insert(article.name.clone());
        } else if !article.name.is_snippet() {
            selection.outside.insert(article.name.clone());
            selection.outside_paths.insert(Arc::clone(&article.path));
        }
    }
    let diagnostics = once(selection_cache.diagnostics.iter());
    *last = Some(selection_cache);
    Choice { articles: chosen, snippets, selection, diagnostics }
}

impl Choice<'_> {
    /// Takes out of an article what the edition must not see, and puts its snippets in.
    pub(crate) fn expand(&self, chosen: &Chosen) -> Expanded {
        let article = &chosen.article;
        let base = article.body_start;
        let place = |span: &Range<usize>| article.place(span.start + base..span.end + base);
        let visibility = self.snippets.audience.look(article.body(), &place);
        expand(article, &visibility, &self.snippets)
    }

    /// The articles with their texts, `expanded` in the same order.
    pub(crate) fn select(self, expanded: Vec<Arc<Expanded>>) -> (Selection, Vec<Diagnostic>) {
        let Choice { articles, snippets, mut selection, mut diagnostics } = self;
        let mut missing = Vec::new();
        diagnostics.extend(once(expanded.iter().flat_map(|expanded| &expanded.problems)));
        for expanded in &expanded {
            missing.extend(expanded.missing.iter().cloned());
        }
        let selected = articles.into_iter().zip(expanded).map(|(chosen, expanded)| {
            let Chosen { article, readers: PageReaders { roles, is_internal } } = chosen;
            Selected { article, roles, is_internal, expanded }
        });
        selection.articles = selected.collect();
        let all = snippets.all.iter().map(|snippet| &snippet.article.path);
        let shown = selection.articles.iter().flat_map(|page| page.parts().skip(1));
        let shown: BTreeSet<_> = shown.map(|part| &part.article.path).collect();
        selection.outside_paths.extend(all.filter(|path| !shown.contains(path)).cloned());
        let idle = snippets.all.iter().filter(|snippet| snippet.is_shown);
        let idle = idle.filter(|snippet| !shown.contains(&snippet.article.path));
        let idle: Vec<_> = idle.map(Snippet::part).collect();
        selection.hides_snippets = snippets.all.iter().any(|snippet| !snippet.is_shown);
        selection.idle = idle;
        if !missing.is_empty() {
            let is_whole = selection.is_whole();
            diagnostics.extend(snippets.advise(missing, &selection.articles, is_whole));
        }
        (selection, diagnostics)
    }
}

/// Whether a problem leaves in doubt who may read something. Where one edition has such a problem,
/// nobody knows what the others show, also if they have none.
pub(crate) fn doubts_readers(problem: &Diagnostic) -> bool {
    let is_doubt = article::decides_readers(problem)
        || matches!(
            problem.code,
            Code::MissingRoles
                | Code::FrontMatterSyntax
                | Code::FrontMatterUnclosed
                | Code::UnclosedContainer
                | Code::StrayContainerEnd
                | Code::UnknownContainer
                | Code::ContainerNotRead
                | Code::CutChangesReading
                | Code::CommentUnclosed
                | Code::SnippetUnclosed
                | Code::Leak
        );
    is_doubt && problem.severity == Severity::Error
}

/// What leaves in doubt whether customers may read an article that is theirs by default: a line of
/// its text, or its name. Each folder is told of once.
fn doubt(
    article: &Article,
    readers: &role_inheritance::Readers,
    audience: &Audience<'_>,
    told: &mut BTreeSet<names::Telling>,
) -> Option<Diagnostic> {
    let is_customer = |roles: &Vec<String>| roles.iter().any(|role| role == CUSTOMER);
    let roles = readers.roles.as_ref();
    let default = &audience.config.site.default_roles;
    if article.meta.roles.is_some() || !is_customer(roles.unwrap_or(default)) {
        return None;
    }
    if let Some(span) = article.meta.text_head.clone() {
        return Some(Diagnostic::at(Code::UnclearRoles, &article.path, span).with_both(
            "reason",
            "this line is only text; what keeps a page from readers belongs into the front matter; write `roles: [customer]` there if it is for everybody",
            "这一行只是正文；不让读者看到页面的设置请写到文件头里，所有人都能看则在文件头里写 `roles: [customer]`",
        ));
    }
    let telling = names::telling(article, &audience.words.guards).filter(|_| roles.is_none())?;
    told.insert(telling.clone()).then(|| telling.problem(article))
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

/// A role block in a text of the front matter, which is shown as it is.
fn block_in_head(article: &Article) -> Option<Diagnostic> {
    let at = syntax::role_block_in_head(&article.text[..article.body_start])?;
    Some(Diagnostic::at(Code::UnclearRoles, &article.path, at..at + 1).with_both(
        "reason",
        "a block in a text of the front matter hides nothing",
        "写在文件头文字里的段落隐藏不了内容",
    ))
}
