//! One build per output at a time.

use std::fs::{self, File, TryLockError};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::error::{Action, PublishError};

/// A lock that the system releases when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    /// Held open for the lock on it.
    _file: File,
    path: PathBuf,
}

impl Lock {
    /// Takes the lock, or None if another build holds it.
    pub(super) fn take(path: &Path) -> Result<Option<Lock>, PublishError> {
        let failed = |error| PublishError::io(Action::Lock, path)(error);
        loop {
            let file = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                // A pipe of this name would be waited for.
                .custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed())
                .open(path)
                .map_err(failed)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
            if is_at(&file, path) {
                return Ok(Some(Lock { _file: file, path: path.to_path_buf() }));
            }
            // Its last holder removed the file after we opened it: our lock would hold no one off.
        }
    }
}

/// Whether an open file is still the one at the path.
fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(there)) => (open.dev(), open.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

impl Drop for Lock {
    /// Removes the file while it is still locked, so that no one else's is removed.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}
