//! What a build remembers for the next one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::article::Article;
use crate::config::{Config, Edition};
use crate::diagnostic::Diagnostic;
use crate::edition::{Due, Verdicts, Woven};
use crate::kinds::Shape;
use crate::markdown::{Document, Problem};
use crate::memo::{Kept, Same};
use crate::page::Skin;
use crate::site::{self, Names};
use crate::source::{SourceFile, Theme};

/// The head of a file, and what is wrong with it.
pub(crate) type Head = (Option<Arc<Article>>, Vec<Diagnostic>);
/// The parts of an article, and what is wrong with them.
pub(crate) type Parts = (Arc<Shape>, Vec<Problem>);

/// What all editions of a site share.
#[derive(Debug, Default)]
pub(crate) struct Common {
    pub heads: Kept<(Same<SourceFile>, Same<Config>), Head>,
    pub skin: Option<(Same<Theme>, Ready)>,
}

/// A theme made ready; none if it does not compile.
pub(crate) type Ready = (Option<Arc<Skin>>, Vec<Diagnostic>);

/// What one edition remembers of its pages.
#[derive(Debug, Default)]
pub(crate) struct Own {
    pub made_for: Option<(Edition, Due, Same<Config>)>,
    pub verdicts: Option<Verdicts>,
    pub woven: Kept<Same<Article>, Woven>,
    pub documents: Kept<(Same<Woven>, [u8; 32]), Arc<Document>>,
    pub shapes: Kept<(Same<Article>, Same<Document>), Parts>,
    pub names: Kept<(Same<Article>, Same<Document>), Names>,
    pub site: site::Memo,
}

/// What a build remembers for the next one.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    /// Parsed bodies by the hash of their text and options. None remembers nothing.
    documents: Option<Arc<Mutex<Documents>>>,
    common: Option<Arc<Mutex<Common>>>,
    own: Option<Mutex<Own>>,
}

type Documents = BTreeMap<[u8; 32], Arc<Document>>;

impl Memo {
    /// A memo for editions that are built once each, one after the other: they share parsed
    /// bodies.
    pub(crate) fn sharing() -> Self {
        Memo { documents: Some(Arc::default()), ..Memo::default() }
    }

    /// A memo for builds that follow each other.
    pub(crate) fn remembering() -> Self {
        Memo {
            documents: Some(Arc::default()),
            common: Some(Arc::default()),
            own: Some(Mutex::default()),
        }
    }

    /// A memo for the builds of another edition that follow each other: what does not depend on
    /// the edition is shared with this one.
    #[must_use]
    pub(crate) fn beside(&self) -> Self {
        Memo {
            documents: self.documents.clone(),
            common: self.common.clone(),
            ..Memo::remembering()
        }
    }

    /// Forgets the parsed bodies that nothing else holds any more.
    pub(crate) fn forget_unused(&self) {
        if let Some(documents) = &self.documents {
            lock(documents).retain(|_, document| Arc::strong_count(document) > 1);
        }
    }

    /// Does something with what all editions share; a memo that remembers nothing has it empty.
    pub(super) fn common<T>(&self, act: impl FnOnce(&mut Common) -> T) -> T {
        match &self.common {
            Some(common) => act(&mut lock(common)),
            None => act(&mut Common::default()),
        }
    }

    /// Does something with what this edition remembers, if it is the same edition still, and the
    /// same pages are due.
    pub(super) fn own<T>(
        &self,
        edition: &Edition,
        due: Due,
        config: &Arc<Config>,
        act: impl FnOnce(&mut Own) -> T,
    ) -> T {
        let Some(own) = &self.own else { return act(&mut Own::default()) };
        let mut own = lock(own);
        let made_for = Some((edition.clone(), due, Same::of(config)));
        if own.made_for != made_for {
            *own = Own { made_for, ..Own::default() };
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
