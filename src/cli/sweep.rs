//! The leak gate on files of the disk.

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::pipeline::Gate;
use crate::source;

/// Looks for excluded text in a file, a part at a time: attachments may be larger than the memory.
/// What cannot be read is no proof of anything, so that is a problem too.
pub fn file(gate: &Gate, path: &str, disk: &Path) -> Option<Diagnostic> {
    let swept = source::open(disk).and_then(|mut file| gate.sweep_stream(path, &mut file));
    swept.unwrap_or_else(|error| Some(source::cannot_read(&disk.display().to_string(), &error)))
}
