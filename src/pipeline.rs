//! Inputs to a built site, on one screen.
//!
//! Each stage is a function of what is passed to it. The memo remembers what the last build
//! passed and got; an empty memo makes a clean build, and both give the same bytes.

mod entries;
mod guarding;
mod index;
mod memo;
mod parsing;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use crate::article::{self, Article};
use crate::config::Edition;
use crate::diagnostic::{self, Code, Diagnostic, Place, Severity, Standing};
pub(crate) use crate::edition::doubts_readers;
use crate::edition::{self, Audience, Due, FileReaders, Part, Selected};
use crate::leak;
pub(crate) use crate::leak::Gate;
use crate::memo::ById;
use crate::page::{self, Emit};
use crate::site::{self, Copied, PageId, Site, Target};
use crate::source::{Inputs, SourceFile};
pub(crate) use guarding::Guarding;
pub(crate) use index::sources;
pub(crate) use memo::BuildCache;
use memo::{HeadInput, SharedCache};
use parsing::Parsing;

/// What happens between stages, for progress bars and timings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Front matter.
    Read,
    /// Markdown.
    Parse,
    /// Addresses, links, tree.
    Resolve,
    /// Html and search index.
    Render,
}

/// Who listens: told when a stage begins, and how many pages it will handle.
pub(crate) type Progress<'a> = dyn Fn(Stage, usize) + Sync + 'a;

/// What is asked of a build.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The edition to build.
    pub edition: &'a Edition,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// Whether pages show what only their authors need, also in the public edition.
    pub for_authors: bool,
    /// The day that is built for: pages may name days.
    pub today: Date,
}

/// A site of which everything is known but the bytes of its files.
#[derive(Debug)]
pub(crate) struct Plan {
    inputs: Arc<Inputs>,
    articles: Vec<Arc<Article>>,
    /// The resolved site.
    pub site: Site,
    /// What makes its pages; none if the theme does not compile.
    pages: Option<page::Renderer>,
    /// Whether another day may give another site.
    is_dated: bool,
    /// The day that it is for.
    today: Date,
    /// Why the site is guarded, if it is.
    guarding: Option<Guarding>,
    /// Snippets that are hidden from nobody of the edition, and that no page of any edition names.
    idle: Vec<Part>,
    /// The problems so far, as they were found.
    diagnostics: Vec<Diagnostic>,
}

/// Everything up to the bytes: which pages there are, and what each of them is made from.
pub(crate) fn plan(
    inputs: &Arc<Inputs>,
    request: &Request<'_>,
    memo: &BuildCache,
    progress: &Progress<'_>,
) -> Plan {
    let config = &inputs.config;
    let (theme, mut diagnostics) = memo.common(|common| theme(inputs, common));

    progress(Stage::Read, inputs.articles.len());
    let (mut articles, said) = memo.common(|common| read(inputs, common));
    let left_out = left_out(inputs);
    let guarding = guarding::find(inputs, &articles, &left_out);
    // The build stops, and a preview shows nothing of which nobody knows who reads it.
    articles.retain(|article| guarding.is_none() || !article.has_lost_head);
    let audience = Audience::new(request.edition, config);
    let due = Due { drafts: request.drafts, today: request.today };
    let (site, is_dated, idle) = memo.own(request.edition, due, config, |own| {
        let heads = edition::Heads { articles: &articles, left_out, held: &inputs.held };
        let choice = edition::choose(heads, &audience, due, &mut own.selection_cache);
        let expanded = own.expanded.run_among(
            &choice.articles,
            |chosen| &chosen.article.path,
            |chosen| ById::of(&chosen.article),
            |expanded| expanded.stands_alone,
            |_, chosen| choice.expand(chosen),
        );
        let (mut selection, problems) = choice.select(expanded);
        let idle = guarding::without_use(std::mem::take(&mut selection.idle), &articles);
        let is_dated = selection.is_dated;
        // What is wrong with a page that is held back has been told.
        let is_held = |place: &Place| inputs.held.contains(&place.path);
        let is_heard = |problem: &Diagnostic| !problem.place.as_ref().is_some_and(is_held);
        let said: Vec<_> = said
            .into_iter()
            .filter(is_heard)
            .filter_map(|problem| selection.report(problem))
            .collect();
        diagnostics.extend(edition::once(said.iter()));
        diagnostics.extend(problems);
        diagnostics.extend(index::missing_promoted(inputs, &articles));

        progress(Stage::Parse, selection.articles.len());
        let parsing = Parsing { inputs, edition: request.edition, memo };
        let (parsed, problems) = parsing.run(&selection.articles, own);
        diagnostics.extend(problems);

        progress(Stage::Resolve, selection.articles.len());
        let readers = Arc::clone(&selection.file_readers);
        let (content, fixed) = (&inputs.files, &inputs.static_files);
        let files = site::Files { content, fixed, readers: &readers };
        let (site, problems) =
            site::resolve(selection, parsed, config, request.edition, &files, &mut own.site);
        diagnostics.extend(problems);
        diagnostics.extend(linked_files(inputs, &readers, request.edition));
        (site, is_dated, idle)
    });
    let pages = theme.map(|theme| page::Renderer::new(&site, config, theme, request.for_authors));
    let today = request.today;
    let inputs = Arc::clone(inputs);
    Plan { inputs, articles, site, pages, is_dated, today, guarding, idle, diagnostics }
}

impl Plan {
    /// The problems so far, sorted, weighed by the configuration.
    pub(crate) fn problems(&self) -> Vec<Diagnostic> {
        self.problems_with(Vec::new())
    }

    /// The same with problems that showed later.
    pub(crate) fn problems_with(&self, later: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics.clone();
        diagnostics.extend(later);
        self.weigh(&mut diagnostics);
        diagnostic::sort(&mut diagnostics);
        diagnostics
    }

    /// Weighs problems by what is known of the site.
    pub(crate) fn weigh(&self, diagnostics: &mut Vec<Diagnostic>) {
        let is_strict = self.inputs.config.site.strict;
        let site = Standing { is_guarded: self.guarding.is_some(), is_strict };
        self.inputs.config.weigh(diagnostics, site);
    }

    /// Why the site is guarded, if it is and that stops it: problems that are weighed would be
    /// warnings else.
    pub(crate) fn guarded_because(&self, diagnostics: &[Diagnostic]) -> Option<Guarding> {
        let is_strict = self.inputs.config.site.strict;
        let decides = |d: &Diagnostic| {
            let open = Standing { is_guarded: false, is_strict };
            d.severity == Severity::Error && d.weight.severity(open) == Severity::Warning
        };
        self.guarding.clone().filter(|_| diagnostics.iter().any(decides))
    }

    /// Makes all files, in parallel, and hands them on. Those that are only copied are in
    /// [`Plan::copies`]. Gives what went wrong.
    pub(crate) fn render(&self, emit: &Emit<'_>, progress: &Progress<'_>) -> Vec<Diagnostic> {
        let Some(renderer) = &self.pages else { return Vec::new() };
        progress(Stage::Render, self.site.pages.len());
        let config = &self.inputs.config;
        // Neither needs the other; together they keep all cores busy.
        let (problems, ()) = rayon::join(
            || renderer.all(&self.site, config, emit),
            || index::write(&self.site, config, emit),
        );
        problems
    }

    /// Files that come from the disk, by site path; none if the theme does not compile.
    pub(crate) fn copies(&self) -> impl Iterator<Item = (&str, &Copied)> {
        let copies = self.site.assets.iter().filter(|_| self.pages.is_some());
        copies.map(|(path, file)| (path.as_str(), file))
    }

    /// Whether another day may give another site.
    pub(crate) fn is_dated(&self) -> bool {
        self.is_dated
    }

    /// The resolved site; none if the theme does not compile.
    pub(crate) fn into_site(self) -> Option<Site> {
        self.pages.map(|_| self.site)
    }

    /// Who files are copied for.
    pub(crate) fn copied_for(&self) -> article::CopiedFor<'_> {
        let (edition, config) = (&self.site.edition, &self.inputs.config);
        article::CopiedFor { edition, config, today: self.today }
    }

    /// The leak gate; none if nothing is excluded.
    pub(crate) fn gate(&self) -> Option<Gate> {
        let renderer = self.pages.as_ref();
        let words = || renderer.map(|renderer| renderer.words(&self.site, &self.inputs.config));
        let (articles, idle) = (&self.articles, &self.idle);
        leak_gate(&self.inputs, articles, idle, &self.site, &|| words().unwrap_or_default())
    }

    /// The bytes of a page; none if the site has no page with this path.
    pub(crate) fn page(&self, path: &str) -> Option<Result<Arc<Vec<u8>>, Box<Diagnostic>>> {
        let renderer = self.pages.as_ref()?;
        renderer.one(&self.site, &self.inputs.config, path)
    }

    /// Whether there is such a file, apart from those of the search indexes.
    pub(crate) fn has(&self, path: &str) -> bool {
        let renderer = self.pages.as_ref();
        renderer.is_some_and(|renderer| renderer.has(&self.site, &self.inputs.config, path))
            || self.site.assets.contains_key(path)
    }

    /// The paths of all files, apart from those of the search indexes.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        let config = &self.inputs.config;
        let pages = self.site.routes.iter().filter(|_| self.pages.is_some());
        let assets = self.pages.iter().flat_map(page::Renderer::assets);
        let rows = self.pages.iter().flat_map(|renderer| renderer.row_files(&self.site, config));
        let copies = self.copies().map(|(path, _)| path);
        pages.map(|route| &*route.path).chain(assets).chain(rows).chain(copies)
    }

    /// The folders of its home pages, one per language.
    pub(crate) fn homes(&self) -> Vec<String> {
        self.site.parts.iter().map(|part| part.home.clone()).collect()
    }

    /// The article that a page shows, by the path of its file.
    pub(crate) fn article(&self, path: &str) -> Option<PageId> {
        self.site.article(self.site.routes.at(path)?)
    }

    /// The text of a page with marks that tell where its blocks come from.
    pub(crate) fn traced(&self, id: PageId) -> Option<page::Traced> {
        self.pages.as_ref()?.traced(&self.site, &self.site.pages[id])
    }

    /// The articles whose text is other than in an older plan of the same edition.
    pub(crate) fn edited_since<'a>(
        &'a self,
        old: &'a Plan,
    ) -> impl Iterator<Item = &'a site::Page> {
        let before = old.site.pages.iter();
        let before = before.map(|page| (&*page.selected.article.path, &page.selected));
        let before: HashMap<&str, &Selected> = before.collect();
        self.site.pages.iter().filter(move |page| {
            let before = before.get(&*page.selected.article.path);
            let is_same = |before: &&Selected| {
                Arc::ptr_eq(&before.article, &page.selected.article)
                    && (Arc::ptr_eq(&before.expanded, &page.selected.expanded)
                        || before.body() == page.selected.body())
            };
            !before.is_some_and(is_same)
        })
    }

    /// The files of the search indexes.
    pub(crate) fn index(&self) -> BTreeMap<String, Arc<Vec<u8>>> {
        let files = Mutex::new(BTreeMap::new());
        index::write(&self.site, &self.inputs.config, &|path, bytes| {
            let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
            files.insert(path.to_owned(), Arc::clone(bytes));
        });
        files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether another page may have its readers from a file.
pub(crate) fn may_be_tied(file: &SourceFile, inputs: &Inputs) -> bool {
    let others = inputs.articles.iter().filter(|other| other.path != file.path);
    let others = others.map(|other| (&*other.content_path, &*other.text));
    edition::may_be_tied((&file.content_path, &file.text), others, &inputs.config)
}

/// Static files that are links to files of a folder for other readers.
fn linked_files<'a>(
    inputs: &'a Inputs,
    readers: &'a FileReaders,
    edition: &'a Edition,
) -> impl Iterator<Item = Diagnostic> + 'a {
    inputs.static_origins.iter().filter_map(|(path, origin)| {
        let folder = readers.of(origin)?;
        let shown: Arc<str> = format!("{}/{path}", inputs.config.site.static_folder).into();
        let problem = Diagnostic::at(Code::FileOfOtherReaders, &shown, 0..0);
        folder.refuses(edition).then(|| folder.complete(problem, &shown))
    })
}

/// What an edition must not show against what it shows. Theme and configuration are part of what
/// it shows; static files are not: they may be what leaks. `words` is what templates make of what is
/// shown.
fn leak_gate(
    inputs: &Inputs,
    articles: &[Arc<Article>],
    idle: &[Part],
    site: &Site,
    words: &dyn Fn() -> Vec<String>,
) -> Option<Gate> {
    let selected = || site.pages.iter().map(|page| &page.selected);
    let parts = || selected().flat_map(Selected::parts);
    let shown: BTreeMap<&str, &Part> = parts().map(|part| (&*part.article.path, part)).collect();
    let idle: BTreeMap<&str, &Part> = idle.iter().map(|part| (&*part.article.path, part)).collect();
    let mut excluded = Vec::new();
    for article in articles {
        let all = 0..article.text.len();
        let body = article.body_start..article.text.len();
        let path = &*article.path;
        let spans: Vec<_> = match shown.get(path).or_else(|| idle.get(path)) {
            Some(part) => {
                part.excluded().map(|span| (span.clone(), inside(&article.text, span))).collect()
            }
            None => vec![(all, body)],
        };
        excluded.extend(spans.into_iter().map(|(span, words)| leak::Excluded {
            path: &article.path,
            text: &article.text,
            start: article.place(span.clone()).span.start,
            span,
            words,
        }));
    }
    if excluded.is_empty() {
        return None;
    }
    let words = words();
    gate_of(inputs, site, &shown, &excluded, &words)
}

/// The leak gate between what is excluded and what is shown.
fn gate_of<'a>(
    inputs: &'a Inputs,
    site: &'a Site,
    shown: &BTreeMap<&'a str, &'a Part>,
    excluded: &[leak::Excluded<'a>],
    words: &'a [String],
) -> Option<Gate> {
    let selected = || site.pages.iter().map(|page| &page.selected);
    let heads = shown.values().flat_map(|part| {
        let article = &part.article;
        [&article.path, &article.text[..article.body_start]]
    });
    let sources = heads.chain(selected().map(Selected::body));
    // What markup cuts apart in the source stands together on the page.
    let made = site
        .pages
        .iter()
        .flat_map(|page| [&*page.names.title.text, &page.names.summary, &page.url]);
    let sections = site.pages.iter().flat_map(|page| &page.document.sections);
    let plain = sections.flat_map(|section| [section.heading.as_str(), section.text.as_str()]);
    let links = site.pages.iter().flat_map(|page| &page.document.links);
    let links = links.map(|link| link.target.as_str());
    let targets = site.pages.iter().flat_map(|page| page.targets.iter()).map(Target::address);
    let assets = site.assets.keys().filter(|path| !inputs.static_files.contains_key(*path));
    let theme = inputs.theme.all_texts().chain([&*inputs.config_text]);
    let included = sources
        .chain(made)
        .chain(plain)
        .chain(links)
        .chain(targets)
        .chain(assets.map(String::as_str))
        .chain(theme)
        .chain(words.iter().map(String::as_str));
    Gate::new(excluded, included.collect::<Vec<&str>>())
}

/// A block without its first line, which opens it, and its last, which closes it.
fn inside(text: &str, block: Range<usize>) -> Range<usize> {
    let lines = text.get(block.clone()).unwrap_or_default();
    let first = lines.find(['\n', '\r']).map_or(block.end, |end| block.start + end + 1);
    let last = lines.trim_end().rfind(['\n', '\r']).map_or(first, |at| block.start + at);
    let is_closing = text[last..block.end].chars().all(|c| !c.is_alphanumeric());
    first..if is_closing { last.max(first) } else { block.end.max(first) }
}

fn theme(inputs: &Inputs, common: &mut SharedCache) -> memo::Ready {
    let from = ById::of(&inputs.theme);
    if let Some((theme, ready)) = &common.theme
        && *theme == from
    {
        return ready.clone();
    }
    let (theme, problems) = page::theme::prepare(&inputs.theme);
    let ready = (theme.map(Arc::new), problems);
    common.theme = Some((from, ready.clone()));
    ready
}

/// What says who reads a page, and is none. A head that cannot be read says nothing.
fn left_out(inputs: &Inputs) -> Vec<Arc<Article>> {
    let read = inputs.left_out.iter().filter_map(|file| article::read(file, &inputs.config).0);
    read.map(Arc::new).collect()
}

fn read(inputs: &Inputs, common: &mut SharedCache) -> (Vec<Arc<Article>>, Vec<Diagnostic>) {
    let config = ById::of(&inputs.config);
    let heads = common.heads.run(
        &inputs.articles,
        |file| &file.path,
        |file| HeadInput { file: ById::of(file), config: config.clone() },
        |HeadInput { file, config }| {
            let (article, problems) = article::read(file, config);
            (article.map(Arc::new), problems)
        },
    );
    // Everything behind depends on the order of the files, which is that of their paths.
    let articles = heads.iter().filter_map(|head| head.0.clone()).collect();
    let diagnostics = heads.iter().flat_map(|head| head.1.iter().cloned());
    let near_pages = inputs.near_pages.iter();
    let near_pages =
        near_pages.filter_map(|file| article::near_page(&file.head, &file.path, &inputs.config));
    (articles, diagnostics.chain(near_pages).collect())
}
