//! Files of the site that are being sent: many slow readers share one.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::SystemTime;

use super::{Project, open, real_path};

/// Reads files of a site, each once for all who want it at the same time.
#[derive(Debug)]
pub(crate) struct Lender {
    project: Project,
    /// By their real paths.
    lent: Mutex<BTreeMap<PathBuf, Lent>>,
}

/// A file that is being sent: its length and time of change, and its bytes.
#[derive(Debug)]
struct Lent {
    state: (u64, Option<SystemTime>),
    bytes: Weak<Vec<u8>>,
}

impl Lender {
    /// For the files of a project.
    pub(crate) fn new(project: Project) -> Self {
        Lender { project, lent: Mutex::default() }
    }

    /// The bytes of a file. Under the lock, so that a crowd that asks for a large file at once has it in
    /// memory once.
    ///
    /// # Errors
    /// If it cannot be read, or lies outside the site by now.
    pub(crate) fn read(&self, disk: &Path) -> io::Result<Arc<Vec<u8>>> {
        let real = real_path(&self.project, disk)?;
        let mut lent = self.lent.lock().unwrap_or_else(PoisonError::into_inner);
        let data = real.metadata()?;
        let state = (data.len(), data.modified().ok());
        let known = lent.get(&real).filter(|known| known.state == state);
        if let Some(bytes) = known.and_then(|known| known.bytes.upgrade()) {
            return Ok(bytes);
        }
        let mut bytes = Vec::new();
        open(&real)?.read_to_end(&mut bytes)?;
        let bytes = Arc::new(bytes);
        lent.retain(|_, known| known.bytes.strong_count() > 0);
        lent.insert(real, Lent { state, bytes: Arc::downgrade(&bytes) });
        Ok(bytes)
    }
}
