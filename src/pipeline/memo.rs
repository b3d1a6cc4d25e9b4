//! What a build remembers for the next one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::article::Article;
use crate::config::{Config, Edition};
use crate::diagnostic::{Diagnostic, Problem};
use crate::document::{self, Document, Options};
use crate::edition::{Due, Expanded, SelectionCache};
use crate::kinds::Shape;
use crate::memo::{ById, Memo};
use crate::page::Theme;
use crate::site::{self, Names};
use crate::source::{SourceFile, ThemeFiles};

/// The head of a file, and what is wrong with it.
pub(crate) type Head = (Option<Arc<Article>>, Vec<Diagnostic>);
/// The parts of an article, and what is wrong with them.
pub(crate) type Parts = (Arc<Shape>, Vec<Problem>);

/// What the head of a file is read from.
#[derive(Debug, PartialEq)]
pub(crate) struct HeadInput {
    pub file: ById<SourceFile>,
    pub config: ById<Config>,
}

/// What a document is parsed from.
#[derive(Debug, PartialEq)]
pub(crate) struct DocumentInput {
    pub expanded: ById<Expanded>,
    pub options: Options,
    /// Where documents that other editions have parsed are found.
    pub known: Option<ById<KnownDocuments>>,
}

/// What the parts of an article are found in.
#[derive(Debug, PartialEq)]
pub(crate) struct ShapeInput {
    pub article: ById<Article>,
    pub document: ById<Document>,
    pub config: ById<Config>,
}

/// What an article is called by.
#[derive(Debug, PartialEq)]
pub(crate) struct NamesInput {
    pub article: ById<Article>,
    pub document: ById<Document>,
    pub shape: ById<Shape>,
}

/// What all editions of a site share.
#[derive(Debug, Default)]
pub(crate) struct SharedCache {
    pub heads: Memo<HeadInput, Head>,
    pub theme: Option<(ById<ThemeFiles>, Ready)>,
}

/// A theme made ready; none if it does not compile.
pub(crate) type Ready = (Option<Arc<Theme>>, Vec<Diagnostic>);

/// What one edition remembers of its pages.
#[derive(Debug, Default)]
pub(crate) struct EditionCache {
    pub made_for: Option<(Edition, Due, ById<Config>)>,
    pub selection_cache: Option<SelectionCache>,
    pub expanded: Memo<ById<Article>, Expanded>,
    pub documents: Memo<DocumentInput, Arc<Document>>,
    pub shapes: Memo<ShapeInput, Parts>,
    pub names: Memo<NamesInput, Names>,
    pub site: site::SiteCache,
}

/// What a build remembers for the next one.
#[derive(Debug, Default)]
pub(crate) struct BuildCache {
    /// None remembers nothing.
    documents: Option<Arc<KnownDocuments>>,
    common: Option<Arc<Mutex<SharedCache>>>,
    own: Option<Mutex<EditionCache>>,
}

/// Documents that are the same for all editions, by the hash of their text and of what happens to its
/// html.
#[derive(Debug, Default)]
pub(crate) struct KnownDocuments(Mutex<BTreeMap<[u8; 32], Arc<Document>>>);

impl BuildCache {
    /// A memo for editions that are built once each, one after the other: they share parsed
    /// bodies.
    pub(crate) fn sharing() -> Self {
        BuildCache { documents: Some(Arc::default()), ..BuildCache::default() }
    }

    /// A memo for builds that follow each other.
    pub(crate) fn remembering() -> Self {
        BuildCache {
            documents: Some(Arc::default()),
            common: Some(Arc::default()),
            own: Some(Mutex::default()),
        }
    }

    /// A memo for the builds of another edition that follow each other: what does not depend on
    /// the edition is shared with this one.
    #[must_use]
    pub(crate) fn beside(&self) -> Self {
        BuildCache {
            documents: self.documents.clone(),
            common: self.common.clone(),
            ..BuildCache::remembering()
        }
    }

    /// Forgets the parsed bodies that nothing else holds any more.
    pub(crate) fn forget_unused(&self) {
        if let Some(documents) = &self.documents {
            lock(&documents.0).retain(|_, document| Arc::strong_count(document) > 1);
        }
    }

    /// Does something with what all editions share; a memo that remembers nothing has it empty.
    pub(super) fn common<T>(&self, act: impl FnOnce(&mut SharedCache) -> T) -> T {
        match &self.common {
            Some(common) => act(&mut lock(common)),
            None => act(&mut SharedCache::default()),
        }
    }

    /// Does something with what this edition remembers, if it is the same edition still, and the
    /// same pages are due.
    pub(super) fn own<T>(
        &self,
        edition: &Edition,
        due: Due,
        config: &Arc<Config>,
        act: impl FnOnce(&mut EditionCache) -> T,
    ) -> T {
        let Some(own) = &self.own else { return act(&mut EditionCache::default()) };
        let mut own = lock(own);
        let made_for = Some((edition.clone(), due, ById::of(config)));
        if own.made_for != made_for {
            *own = EditionCache { made_for, ..EditionCache::default() };
        }
        act(&mut own)
    }

    /// The documents that other editions have parsed.
    pub(super) fn known_documents(&self) -> Option<ById<KnownDocuments>> {
        self.documents.as_ref().map(ById::of)
    }
}

impl DocumentInput {
    /// The document, parsed only if no edition has parsed the same body before.
    pub(super) fn document(&self) -> Arc<Document> {
        let body = self.expanded.body();
        // What is in a container may hang on the edition; other editions would not ask for it.
        let known = self.known.as_ref().filter(|_| !body.contains(":::"));
        let Some(KnownDocuments(known)) = known.map(|known| &**known) else {
            return Arc::new(document::parse(body, &self.options));
        };
        let Options { html, is_titled, containers: _, edition: _ } = &self.options;
        let options = format!("{html:?} {is_titled}");
        let key = *blake3::Hasher::new()
            .update(options.as_bytes())
            .update(body.as_bytes())
            .finalize()
            .as_bytes();
        if let Some(document) = lock(known).get(&key) {
            return Arc::clone(document);
        }
        let document = Arc::new(document::parse(body, &self.options));
        lock(known).insert(key, Arc::clone(&document));
        document
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
