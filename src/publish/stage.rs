//! A build on its way to the output.

use std::fs::{self, Permissions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::error::{Action, PublishError, Reason};
use super::guard::{self, Guard, Standing};
use super::lock::Lock;
use super::marker::{self, Marker};
use super::swap::{self, Places};
use super::{Body, Published, foreign, write};

/// A staged tree beside its output. Holds the output's lock.
#[derive(Debug)]
pub struct Stage {
    /// The output as people named it, for messages.
    named: PathBuf,
    places: Places,
    /// What a file made now is allowed; differs with the user's umask.
    permissions: Permissions,
    bytes: AtomicU64,
    fingerprints: Mutex<Vec<u64>>,
    /// The edition that is built.
    edition: String,
    /// Once swapped, the staging folder may hold the old tree, and is no longer ours to drop.
    swapped: bool,
    // The order of these two matters: the lock lies in the folders.
    _lock: Lock,
    _folders: NewFolders,
}

impl Stage {
    /// Checks that `output` may be an output of tier0, locks it and opens a staging folder.
    /// Nothing is touched if it is refused.
    pub fn begin(output: &Path, guard: &Guard) -> Result<Stage, PublishError> {
        let home = std::env::home_dir().filter(|home| home.is_absolute());
        let real = guard::check(output, guard, home.as_deref())?;
        let places = Places::beside(real);
        let folders = NewFolders::make(places.folder())?;
        let Some(lock) = Lock::take(&places.lock)? else {
            return Err(PublishError::Locked { path: output.to_path_buf() });
        };
        swap::recover(&places)?;
        let failed = |error| PublishError::io(Action::Create, &places.stage)(error);
        fs::create_dir(&places.stage).map_err(failed)?;
        let opened = marker::open(&places.stage)
            .and_then(|()| fs::metadata(places.stage.join(marker::NAME)))
            .map_err(failed);
        let permissions = match opened {
            Ok(metadata) => metadata.permissions(),
            Err(error) => {
                let _ = swap::clear(&places.stage);
                return Err(error);
            }
        };
        Ok(Stage {
            named: output.to_path_buf(),
            places,
            permissions,
            bytes: AtomicU64::new(0),
            fingerprints: Mutex::default(),
            edition: guard.edition.to_owned(),
            swapped: false,
            _lock: lock,
            _folders: folders,
        })
    }

    /// Stages a file under a site path (`guides/reset/index.html`) and gives its size. Each path
    /// may be put once. After an error the stage should be dropped.
    pub fn put(&self, path: &str, body: Body) -> Result<u64, PublishError> {
        write::check(path)
            .map_err(|problem| PublishError::Path { path: path.to_owned(), problem })?;
        let target = self.places.stage.join(path);
        let live = self.places.output.join(path);
        let bytes = match write::reuse(&live, &target, body, &self.permissions) {
            Some(bytes) => bytes,
            None => write::write(&target, body, &self.named.join(path))?,
        };
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        let fingerprint = marker::fingerprint(path.as_bytes());
        // A panic in another thread cannot leave the list half changed.
        let mut fingerprints =
            self.fingerprints.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        fingerprints.push(fingerprint);
        Ok(bytes)
    }

    /// Files in the output that tier0 did not write, and that will stay there: their paths in it,
    /// and where they lie.
    pub fn foreign(&self) -> Vec<(String, PathBuf)> {
        let live = &self.places.output;
        let Ok(Standing::Ours(marker)) = guard::look(live) else { return Vec::new() };
        let files = foreign::files(live, &marker).into_iter();
        files.map(|path| (path.to_string_lossy().into_owned(), live.join(path))).collect()
    }

    /// Makes the staged tree the output. Before the swap an error leaves the old tree live; an
    /// error after it (the old tree cannot be removed) leaves the new one live, and the next
    /// `begin` goes on clearing.
    pub fn commit(mut self) -> Result<Published, PublishError> {
        let fingerprints = std::mem::take(&mut self.fingerprints)
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let published =
            Published { files: fingerprints.len() as u64, bytes: *self.bytes.get_mut() };
        let (output, stage) = (&self.places.output, &self.places.stage);

        let standing = guard::look(output)?;
        match &standing {
            Standing::Missing | Standing::Empty => {}
            Standing::Ours(marker) => foreign::carry(output, stage, marker)?,
            Standing::Foreign | Standing::NotAFolder => {
                return Err(PublishError::NotOurs { path: self.named.clone() });
            }
        }
        let edition = Some(std::mem::take(&mut self.edition));
        marker::seal(stage, &Marker::new(edition, fingerprints))
            .map_err(PublishError::io(Action::Write, stage))?;
        if !matches!(standing, Standing::Missing) {
            // A site owner's choice: a folder that a group may write to, or only they may read.
            fs::metadata(output)
                .and_then(|metadata| fs::set_permissions(stage, metadata.permissions()))
                .map_err(PublishError::io(Action::Create, stage))?;
        }

        let old = swap::swap(&self.places, &standing).map_err(|error| match error.kind() {
            ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => {
                PublishError::Unsafe { path: self.named.clone(), reason: Reason::Immovable }
            }
            _ => PublishError::io(Action::Replace, &self.named)(error),
        })?;
        self.swapped = true;
        if let Some(old) = old {
            foreign::drain(old, output)?;
        }
        Ok(published)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if !self.swapped {
            // What cannot be removed now is removed by the next build.
            let _ = swap::clear(&self.places.stage);
        }
    }
}

/// The folders that were made to hold the output. Those still empty at the end go again.
#[derive(Debug)]
struct NewFolders(Vec<PathBuf>);

impl NewFolders {
    fn make(folder: &Path) -> Result<NewFolders, PublishError> {
        let missing = folder.ancestors().take_while(|ancestor| !ancestor.is_dir());
        let folders = NewFolders(missing.map(Path::to_path_buf).collect());
        fs::create_dir_all(folder).map_err(PublishError::io(Action::Create, folder))?;
        Ok(folders)
    }
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        for folder in &self.0 {
            let _ = fs::remove_dir(folder);
        }
    }
}
