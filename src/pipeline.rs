//! Inputs to a built site, on one screen.
//!
//! Each stage is a function of what is passed to it. The memo remembers what the last build
//! passed and got; an empty memo makes a clean build, and both give the same bytes.

mod entries;
mod index;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::article::{self, Article};
use crate::config::{Config, Edition, Role};
use crate::diagnostic::{self, Diagnostic};
use crate::edition::{self, Part, Selected};
use crate::kinds::{self, Shape};
use crate::leak::{self, Gate};
use crate::markdown::{self, Document};
use crate::mutation::{Filter, off};
use crate::page::{self, Emit, Skin};
use crate::site::{self, Site, Target};
use crate::source::Inputs;

/// What a build remembers for the next one.
#[derive(Debug, Default)]
pub struct Memo {
    /// Parsed bodies by the hash of their text and options. None remembers nothing.
    documents: Option<Arc<Mutex<Documents>>>,
    pages: page::Memo,
}

type Documents = BTreeMap<[u8; 32], Remembered>;

#[derive(Debug)]
struct Remembered {
    document: Arc<Document>,
    used: bool,
}

impl Memo {
    /// A memo for editions that are built one after the other: they share parsed bodies, and
    /// pages are rendered once each.
    pub fn sharing() -> Self {
        Memo { documents: Some(Arc::default()), pages: page::Memo::default() }
    }

    /// A memo for builds that follow each other.
    pub fn remembering() -> Self {
        Memo { documents: Some(Arc::default()), pages: page::Memo::remembering() }
    }

    /// A memo for the builds of another edition that follow each other: parsed bodies are shared
    /// with this one, pages are not.
    #[must_use]
    pub fn beside(&self) -> Self {
        Memo { documents: self.documents.clone(), pages: page::Memo::remembering() }
    }

    /// Forgets the parsed bodies that no build has used since this was last called.
    pub fn forget_unused(&self) {
        if let Some(documents) = &self.documents {
            let mut documents = documents.lock().unwrap_or_else(PoisonError::into_inner);
            documents.retain(|_, known| std::mem::take(&mut known.used));
        }
    }
}

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
pub type Progress<'a> = dyn Fn(Stage, usize) + Sync + 'a;

/// What is asked of a build.
pub struct Request<'a> {
    /// The edition to build.
    pub edition: &'a Edition,
    /// Whether drafts are shown.
    pub drafts: bool,
}

/// What a build gives besides the files it handed on.
#[derive(Debug)]
pub struct Build {
    /// The resolved site; none if the theme does not compile.
    pub site: Option<Site>,
    /// The leak gate of the edition, for files that are copied; none if nothing is excluded.
    pub gate: Option<Gate>,
    /// All problems, sorted, weighed by the configuration.
    pub diagnostics: Vec<Diagnostic>,
}

impl Build {
    /// Whether the output may replace the last one.
    pub fn is_good(&self) -> bool {
        !diagnostic::any_error(&self.diagnostics)
    }
}

/// Builds one edition and hands every generated file to `emit`. Files that are only copied are
/// in the site's `assets`.
pub fn run(
    inputs: &Inputs,
    request: &Request<'_>,
    memo: &Memo,
    emit: &Emit<'_>,
    progress: &Progress<'_>,
) -> Build {
    let config = &inputs.config;
    let (skin, mut diagnostics) = page::theme::prepare(&inputs.theme);

    progress(Stage::Read, inputs.articles.len());
    let (articles, said) = read(inputs);
    let (selection, problems) = edition::select(&articles, request.edition, config, request.drafts);
    diagnostics.extend(said.into_iter().filter_map(|problem| selection.report(problem)));
    diagnostics.extend(problems);
    diagnostics.extend(index::missing_promoted(inputs, &articles));

    progress(Stage::Parse, selection.articles.len());
    let documents =
        parse(&selection.articles, config, request.edition, skin.as_ref(), memo, &mut diagnostics);

    progress(Stage::Resolve, selection.articles.len());
    let (site, problems) = site::resolve(
        selection,
        documents,
        request.edition,
        config,
        &inputs.files,
        &inputs.static_files,
    );
    diagnostics.extend(problems);
    let gate = leak_gate(inputs, &articles, &site);

    if let Some(skin) = &skin {
        progress(Stage::Render, site.pages.len());
        let leaks = Mutex::default();
        let guarded = |path: &str, bytes: &Arc<Vec<u8>>| {
            collect(&leaks, gate.as_ref().and_then(|gate| gate.sweep(path, bytes)));
            emit(path, bytes);
        };
        // Neither needs the other; together they keep all cores busy.
        let (problems, ()) = rayon::join(
            || page::render(&site, config, skin, &memo.pages, &guarded),
            || index::write(&site, config, &guarded),
        );
        diagnostics.extend(problems);
        diagnostics.extend(leaks.into_inner().unwrap_or_else(PoisonError::into_inner));
    }
    memo.pages.forget_unused();
    config.weigh(&mut diagnostics);
    diagnostic::sort(&mut diagnostics);
    Build { site: skin.map(|_| site), gate, diagnostics }
}

/// The gate of an edition alone, to look at an output that exists.
pub fn gate(inputs: &Inputs, edition: &Edition) -> Option<Gate> {
    let request = Request { edition, drafts: false };
    run(inputs, &request, &Memo::default(), &|_, _| {}, &|_, _| {}).gate
}

/// What an edition must not show against what it shows. Theme and configuration are part of what
/// it shows; static files are not: they may be what leaks.
fn leak_gate(inputs: &Inputs, articles: &[Arc<Article>], site: &Site) -> Option<Gate> {
    let selected = || site.pages.iter().map(|page| &page.selected);
    let parts = || selected().flat_map(Selected::parts);
    let shown: BTreeMap<&str, &Part> = parts().map(|part| (&*part.article.path, part)).collect();
    let mut excluded = Vec::new();
    for article in articles {
        let all = 0..article.text.len();
        let spans: Vec<_> = match shown.get(&*article.path) {
            Some(part) => part.cut().collect(),
            None => vec![all],
        };
        excluded.extend(spans.into_iter().map(|span| leak::Excluded {
            path: &article.path,
            text: &article.text,
            span,
        }));
    }
    if excluded.is_empty() {
        return None;
    }
    let heads = shown.values().flat_map(|part| {
        let article = &part.article;
        [&article.path, &article.text[..article.body_start]]
    });
    let sources = heads.chain(selected().map(Selected::body));
    // What markup cuts apart in the source stands together on the page.
    let made = site.pages.iter().flat_map(|page| [&*page.title.text, &page.summary, &page.url]);
    let sections = site.pages.iter().flat_map(|page| &page.document.sections);
    let plain = sections.flat_map(|section| [section.heading.as_str(), section.text.as_str()]);
    let links = site.pages.iter().flat_map(|page| &page.document.links);
    let links = links.map(|link| link.target.as_str());
    let targets = site.pages.iter().flat_map(|page| &page.targets).map(Target::address);
    let assets = site.assets.keys().filter(|path| !inputs.static_files.contains_key(*path));
    let theme = inputs.theme.all_texts().chain([&*inputs.config_text]);
    let included = sources
        .chain(made)
        .chain(plain)
        .chain(links)
        .chain(targets)
        .chain(assets.map(String::as_str))
        .chain(theme);
    Gate::new(&excluded, included.collect::<Vec<&str>>())
}

fn collect(into: &Mutex<Vec<Diagnostic>>, found: Option<Diagnostic>) {
    into.lock().unwrap_or_else(PoisonError::into_inner).extend(found);
}

fn read(inputs: &Inputs) -> (Vec<Arc<Article>>, Vec<Diagnostic>) {
    let read: Vec<_> =
        inputs.articles.par_iter().map(|file| article::read(file, &inputs.config)).collect();
    let mut articles = Vec::with_capacity(read.len());
    let mut diagnostics = Vec::new();
    for (article, problems) in read {
        articles.extend(article.map(Arc::new));
        diagnostics.extend(problems);
    }
    // Everything behind depends on this order, and on nothing else about the input's.
    articles.sort_by(|a, b| a.path.cmp(&b.path));
    (articles, diagnostics)
}

fn parse(
    selected: &[Selected],
    config: &Config,
    edition: &Edition,
    skin: Option<&Skin>,
    memo: &Memo,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Arc<Document>, Shape)> {
    let options = parse_options(config, edition, skin);
    let parse = |selected: &Selected| {
        let article = &selected.article;
        let parsing = options.get(&article.name.language);
        let document = parsing.map(|parsing| remembered(memo, selected.body(), parsing));
        let document = document.unwrap_or_default();
        let input = kinds::Input { meta: &article.meta, document: &document, config };
        let (shape, problems) = kinds::read(&input);
        ((document, shape), problems)
    };
    let parsed: Vec<_> = selected.par_iter().map(parse).collect();
    for (selected, ((document, _), problems)) in selected.iter().zip(&parsed) {
        let place = |span| selected.place(span);
        let problems = document.problems.iter().chain(problems);
        diagnostics.extend(problems.map(|problem| problem.at(place)));
    }
    parsed.into_iter().map(|(parsed, _)| parsed).collect()
}

fn remembered(memo: &Memo, body: &str, parsing: &Parsing) -> Arc<Document> {
    let Some(documents) = &memo.documents else {
        return Arc::new(markdown::parse(body, &parsing.options));
    };
    let has_containers = body.contains(":::") && !off(Filter::SharedBodies);
    let hash = if has_containers { parsing.hash } else { parsing.plain_hash };
    let mut hasher = blake3::Hasher::new();
    let key = *hasher.update(hash.as_bytes()).update(body.as_bytes()).finalize().as_bytes();
    let lock = || documents.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = lock().get_mut(&key) {
        known.used = true;
        return Arc::clone(&known.document);
    }
    let document = Arc::new(markdown::parse(body, &parsing.options));
    lock().insert(key, Remembered { document: Arc::clone(&document), used: true });
    document
}

/// Parser options of a language.
struct Parsing {
    options: markdown::Options,
    /// Hash of all options.
    hash: blake3::Hash,
    /// Hash of those that bodies without containers depend on: such bodies are parsed once for
    /// all editions of a run.
    plain_hash: blake3::Hash,
}

fn parse_options(
    config: &Config,
    edition: &Edition,
    skin: Option<&Skin>,
) -> BTreeMap<String, Parsing> {
    let is_known = |role: &&Role| edition.shows(&[&role.name]) || off(Filter::RoleLabels);
    let roles = config.roles.iter().filter(is_known);
    let parsing = |code: &str| {
        let words = skin.map(|skin| skin.texts(code)).unwrap_or_default();
        let label = |role: &Role| (role.name.clone(), role.label.get(code).to_owned());
        let role_labels = Arc::new(roles.clone().map(label).collect());
        let plain_hash = blake3::hash(format!("{:?} {words:?}", config.site.html).as_bytes());
        let options = markdown::Options { html: config.site.html, words, role_labels };
        Parsing { hash: blake3::hash(format!("{options:?}").as_bytes()), options, plain_hash }
    };
    config
        .languages
        .iter()
        .map(|language| (language.code.clone(), parsing(&language.code)))
        .collect()
}

/// The source of each page by language and address, which the site itself does not tell.
pub fn sources(build: &Build) -> BTreeMap<&str, BTreeMap<String, &str>> {
    build.site.as_ref().map(index::sources).unwrap_or_default()
}

/// Files the output copies: site path and place on the disk.
pub fn copies(build: &Build) -> impl Iterator<Item = (&str, &PathBuf)> {
    build.site.iter().flat_map(|site| site.assets.iter().map(|(path, disk)| (path.as_str(), disk)))
}
