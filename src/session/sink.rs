//! Where a build goes, and the gate in front of it.
//!
//! A [`Sink`] takes [`Swept`] files, and only [`Gated`] makes those: nothing gets into a sink that the
//! leak gate has not looked at.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::copies;
use super::sweep::Sweep;
use crate::article::CopiedFor;
use crate::attachment::Published;
use crate::diagnostic::Diagnostic;
use crate::site::Copied;

/// Failures of a sink that are reported.
const MOST_FAILURES: usize = 5;

/// Where the bytes of a file come from.
#[derive(Debug, Clone, Copy)]
pub enum Body<'a> {
    /// Bytes in memory.
    Bytes(&'a [u8]),
    /// A file on the disk, copied without passing through memory as a whole.
    Copy(&'a Path),
}

/// A file of an edition that the leak gate has looked at.
#[derive(Debug, Clone, Copy)]
pub struct Swept<'a> {
    path: &'a str,
    body: Body<'a>,
}

impl<'a> Swept<'a> {
    /// Its path in the site.
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// Its bytes.
    pub fn body(&self) -> Body<'a> {
        self.body
    }
}

/// Takes the files of a build, from many threads. What it has taken is published only if the build
/// met no errors: a leak is one.
pub trait Sink: Sync {
    /// Takes a file, and gives its size.
    ///
    /// # Errors
    /// If it cannot be taken.
    fn put(&self, file: &Swept<'_>) -> Result<u64, Box<Diagnostic>>;

    /// Files that no build made and that stay in the output: their paths in it, and where they lie.
    fn foreign(&self) -> Vec<(String, PathBuf)> {
        Vec::new()
    }

    /// Files of the last build that readers of its pages may still ask for.
    fn lasting(&self) -> Vec<(String, PathBuf)> {
        Vec::new()
    }

    /// Keeps one of them for one build more.
    fn keep(&self, _file: &Swept<'_>) {}
}

/// A sink for builds that nobody publishes.
#[derive(Debug, Clone, Copy)]
pub struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, file: &Swept<'_>) -> Result<u64, Box<Diagnostic>> {
        Ok(match file.body {
            Body::Bytes(bytes) => bytes.len() as u64,
            Body::Copy(_) => 0,
        })
    }
}

/// The leak gate in front of a sink.
pub(super) struct Gated<'a> {
    sink: &'a dyn Sink,
    sweep: Option<Sweep>,
    /// What is wrong with files that were made.
    leaks: Mutex<Vec<Diagnostic>>,
    /// What the sink could not take.
    failures: Mutex<Vec<Diagnostic>>,
}

impl<'a> Gated<'a> {
    pub(super) fn new(sink: &'a dyn Sink, sweep: Option<Sweep>) -> Self {
        Gated { sink, sweep, leaks: Mutex::default(), failures: Mutex::default() }
    }

    /// Hands on a file that has been made.
    pub(super) fn made(&self, path: &str, bytes: &Arc<Vec<u8>>) {
        let leak = self.bytes(path, bytes);
        self.leaks.lock().unwrap_or_else(PoisonError::into_inner).extend(leak);
    }

    /// What was wrong with the files that were made.
    pub(super) fn leaks(&self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.leaks.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Hands on files of the disk, and looks at those that stay in the output. Gives what is wrong
    /// with them.
    pub(super) fn copy(
        &self,
        copies: &[(&str, &Copied)],
        readers: CopiedFor<'_>,
    ) -> Vec<Diagnostic> {
        let copied = copies.par_iter().flat_map_iter(|(path, file)| {
            let found = match copies::vet(path, file, readers) {
                Ok(Published::AsIs) => [None, self.file(path, &file.disk)],
                Ok(Published::Cleaned(bytes, said)) => [said, self.bytes(path, &bytes)],
                Err(problem) => [Some(*problem), None],
            };
            found.into_iter().flatten()
        });
        // What somebody put into the output goes on being published, and so does what a program made
        // there of a page that is internal now.
        let foreign = self.sweep.as_ref().map(|_| self.sink.foreign()).unwrap_or_default();
        let kept = foreign.par_iter().filter_map(|(path, disk)| self.swept(path, disk));
        let found = copied.chain(kept).collect();
        // Readers who have a page of the last build get its styles and scripts for this one more.
        for (path, disk) in self.sink.lasting() {
            if self.swept(&path, &disk).is_none() {
                self.sink.keep(&Swept { path: &path, body: Body::Copy(&disk) });
            }
        }
        found
    }

    /// What the sink could not take.
    pub(super) fn failures(self) -> Vec<Diagnostic> {
        let mut failures = self.failures.into_inner().unwrap_or_else(PoisonError::into_inner);
        // A full disk fails every file; the first few say enough.
        failures.truncate(MOST_FAILURES);
        failures
    }

    fn bytes(&self, path: &str, bytes: &[u8]) -> Option<Diagnostic> {
        let found = self.sweep.as_ref().and_then(|sweep| sweep.bytes(path, bytes));
        self.put(path, Body::Bytes(bytes));
        found
    }

    /// What cannot be copied is told once.
    fn file(&self, path: &str, disk: &Path) -> Option<Diagnostic> {
        let found = self.swept(path, disk);
        let is_put = self.put(path, Body::Copy(disk));
        found.filter(|_| is_put)
    }

    fn swept(&self, path: &str, disk: &Path) -> Option<Diagnostic> {
        self.sweep.as_ref()?.file(path, disk)
    }

    fn put(&self, path: &str, body: Body<'_>) -> bool {
        let failure = self.sink.put(&Swept { path, body }).err();
        let is_put = failure.is_none();
        let failure = failure.map(|problem| *problem);
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).extend(failure);
        is_put
    }
}
