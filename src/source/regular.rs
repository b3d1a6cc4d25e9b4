//! Reads regular files, and nothing else: a pipe, a socket or a device has no end to read to.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The most bytes of a configuration.
pub(super) const LARGEST_CONFIG: u64 = 4 * 1024 * 1024;
/// The most bytes of a file of a theme.
pub(super) const LARGEST_THEME_FILE: u64 = 64 * 1024 * 1024;

/// Opens a regular file. Opening a pipe waits for somebody who writes to it, unless told not to;
/// what was opened is looked at, and not what had the name a moment ago.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let no_waiting = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    let file = OpenOptions::new().read(true).custom_flags(no_waiting).open(path)?;
    let kind = file.metadata()?.file_type();
    if kind.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if kind.is_file() { Ok(file) } else { Err(not_regular()) }
}

/// Reads a regular file of at most so many bytes. A larger one is not read at all.
pub(super) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let length = file.metadata()?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(most)).unwrap_or_default());
    if length <= most {
        file.take(most + 1).read_to_end(&mut bytes)?;
    }
    let is_larger = length > most || bytes.len() as u64 > most;
    if is_larger { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// The error for what is neither a file nor a folder.
pub(super) fn not_regular() -> io::Error {
    ErrorKind::InvalidInput.into()
}
