//! The leak gate on bytes, and on files of the disk.

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::pipeline::Gate;
use crate::source;

/// The leak gate of an edition.
#[derive(Debug)]
pub(crate) struct Sweep(Gate);

impl Sweep {
    pub(crate) fn new(gate: Gate) -> Self {
        Sweep(gate)
    }

    /// Looks for excluded text in a file that has been made, and in its name.
    pub(crate) fn bytes(&self, path: &str, bytes: &[u8]) -> Option<Diagnostic> {
        self.0.sweep(path, bytes)
    }

    /// The same in a file of the disk, a part at a time: attachments may be larger than the memory.
    /// What cannot be read is no proof of anything, so that is a problem too.
    pub(crate) fn file(&self, path: &str, disk: &Path) -> Option<Diagnostic> {
        let swept = source::open(disk).and_then(|mut file| self.0.sweep_stream(path, &mut file));
        swept.unwrap_or_else(|error| Some(source::cannot_read(&disk.display().to_string(), &error)))
    }
}
