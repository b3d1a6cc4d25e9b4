//! What a build remembers for the next one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::article::Article;
use crate::config::{Config, Edition};
use crate::diagnostic::{Diagnostic, Problem};
use crate::document::Document;
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

/// What all editions of a site share.
#[derive(Debug, Default)]
pub(crate) struct SharedCache {
    pub heads: Memo<(ById<SourceFile>, ById<Config>), Head>,
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
    pub documents: Memo<ById<Expanded>, Arc<Document>>,
    pub shapes: Memo<(ById<Article>, ById<Document>), Parts>,
    pub names: Memo<(ById<Article>, ById<Document>), Names>,
    pub site: site::SiteCache,
}

/// What a build remembers for the next one.
#[derive(Debug, Default)]
pub(crate) struct BuildCache {
    /// Parsed bodies by the hash of their text and options. None remembers nothing.
    documents: Option<Arc<Mutex<Documents>>>,
    common: Option<Arc<Mutex<SharedCache>>>,
    own: Option<Mutex<EditionCache>>,
}

type Documents = BTreeMap<[u8; 32], Arc<Document>>;

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
            lock(documents).retain(|_, document| Arc::strong_count(document) > 1);
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

    /// The document with this key, parsed only if no edition has parsed it before.
    pub(super) fn document(
        &self,
        key: impl FnOnce() -> [u8; 32],
        parse: impl FnOnce() -> Document,
    ) -> Arc<Document> {
        let Some(documents) = &self.documents else { return Arc::new(parse()) };
        let key = key();
        if let Some(known) = lock(documents).get(&key) {
            return Arc::clone(known);
        }
        let document = Arc::new(parse());
        lock(documents).insert(key, Arc::clone(&document));
        document
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
