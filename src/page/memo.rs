//! Remembers rendered pages between builds of the preview.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::shared::Shared;
use super::view::View;

/// Pages by path, each with the hash of everything it was made from. A memo that is switched off
/// remembers nothing: a single build renders each page once.
#[derive(Debug, Default)]
pub struct Memo {
    pages: Option<Mutex<BTreeMap<String, Remembered>>>,
}

#[derive(Debug)]
struct Remembered {
    from: blake3::Hash,
    bytes: Arc<Vec<u8>>,
    used: bool,
}

impl Memo {
    /// A memo that remembers.
    pub fn remembering() -> Self {
        Memo { pages: Some(Mutex::default()) }
    }

    /// The bytes of a page: remembered ones if its view and what it shares with other pages are
    /// the same as before, else made anew.
    pub(super) fn get_or<E>(
        &self,
        path: &str,
        shared: &Shared,
        template: &str,
        view: &View,
        make: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> Result<Arc<Vec<u8>>, E> {
        let Some(pages) = &self.pages else {
            return make().map(Arc::new);
        };
        let from = hash(shared, template, view);
        let lock = || pages.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get_mut(path).filter(|known| known.from == from) {
            known.used = true;
            return Ok(Arc::clone(&known.bytes));
        }
        let bytes = Arc::new(make()?);
        lock().insert(path.to_owned(), Remembered { from, bytes: Arc::clone(&bytes), used: true });
        Ok(bytes)
    }

    /// Forgets pages that the last build had no use for.
    pub fn forget_unused(&self) {
        if let Some(pages) = &self.pages {
            let mut pages = pages.lock().unwrap_or_else(PoisonError::into_inner);
            pages.retain(|_, page| std::mem::take(&mut page.used));
        }
    }
}

fn hash(shared: &Shared, template: &str, view: &View) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(shared.hash.as_bytes());
    hasher.update(template.as_bytes());
    // Views are plain data; writing them to memory cannot fail.
    let _ = serde_json::to_writer(&mut hasher, view);
    hasher.finalize()
}
