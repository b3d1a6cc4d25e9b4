//! Writes one file of the staged tree.

use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::Body;
use super::error::{Action, BadPath, PublishError};
use super::marker;

/// The most bytes common file systems take for one name.
const LONGEST_NAME: usize = 255;

/// Whether a site path names a file inside the output and can be one.
pub(super) fn check(path: &str) -> Result<(), BadPath> {
    if path.contains('\0') {
        return Err(BadPath::NotRelative);
    }
    if path.starts_with(marker::NAME) {
        return Err(BadPath::Reserved);
    }
    for name in path.split('/') {
        if matches!(name, "" | "." | "..") {
            return Err(BadPath::NotRelative);
        }
        if name.len() > LONGEST_NAME {
            return Err(BadPath::TooLong(name.len()));
        }
    }
    Ok(())
}

/// Opens a file to copy. What has come into its place since it was found may be a pipe, which would be
/// waited for, or have no end.
fn open(path: &Path) -> io::Result<File> {
    let no_waiting = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    let file = File::options().read(true).custom_flags(no_waiting).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(ErrorKind::InvalidInput.into()) }
}

/// Writes a new file, with its folders. `shown` is the path for people.
pub(super) fn write(target: &Path, body: Body, shown: &Path) -> Result<u64, PublishError> {
    let source = match body {
        Body::Bytes(_) => None,
        Body::Copy(path) => Some(open(path).map_err(PublishError::io(Action::Read, path))?),
    };
    // A path that is there already was put twice: which one wins would depend on threads.
    let written = with_folders(target, || File::create_new(target)).and_then(|mut file| {
        match (body, source) {
            (Body::Bytes(bytes), _) => file.write_all(bytes).map(|()| bytes.len() as u64),
            (Body::Copy(_), Some(mut source)) => io::copy(&mut source, &mut file),
            (Body::Copy(_), None) => Ok(0),
        }
    });
    written.map_err(PublishError::io(Action::Write, shown))
}

/// Links the live file to the target if a new one would have the same bytes and permissions.
/// None if not, or if anything speaks against it: then the file is written.
pub(super) fn reuse(
    live: &Path,
    target: &Path,
    body: Body,
    permissions: &Permissions,
) -> Option<u64> {
    let metadata = fs::symlink_metadata(live).ok()?;
    if !metadata.is_file() || metadata.permissions() != *permissions {
        return None;
    }
    let length = match body {
        Body::Bytes(bytes) => bytes.len() as u64,
        Body::Copy(source) => fs::metadata(source).ok()?.len(),
    };
    let same = length == metadata.len()
        && match body {
            Body::Bytes(mut bytes) => same_bytes(&mut bytes, &mut File::open(live).ok()?).ok()?,
            Body::Copy(source) => {
                same_bytes(&mut open(source).ok()?, &mut File::open(live).ok()?).ok()?
            }
        };
    if !same {
        return None;
    }
    with_folders(target, || fs::hard_link(live, target)).ok().map(|()| length)
}

/// Links a file, or copies it where links are not possible.
pub(super) fn link(from: &Path, to: &Path) -> io::Result<()> {
    with_folders(to, || fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(|_| ())))
}

/// Whether two readers give the same bytes.
pub(super) fn same_bytes(one: &mut dyn Read, other: &mut dyn Read) -> io::Result<bool> {
    const CHUNK: usize = 16 * 1024;
    let (mut a, mut b) = ([0; CHUNK], [0; CHUNK]);
    loop {
        let (read_a, read_b) = (fill(one, &mut a)?, fill(other, &mut b)?);
        if a[..read_a] != b[..read_b] {
            return Ok(false);
        }
        if read_a < CHUNK {
            return Ok(true);
        }
    }
}

/// Reads until the buffer is full or the reader is at its end.
fn fill(reader: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Makes a file, and its folders when they turn out to be missing. Asking the system first is
/// cheaper than keeping a list of folders that all threads share.
fn with_folders<T>(target: &Path, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match (make(), target.parent()) {
        (Err(error), Some(folder)) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(folder)?;
            make()
        }
        (made, _) => made,
    }
}
