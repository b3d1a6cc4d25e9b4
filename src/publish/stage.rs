//! A build on its way to the output.

use std::fs::{self, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::error::{Action, PublishError, Reason};
use super::guard::{self, Guard, OutputState};
use super::interrupt::Interruptible;
use super::lock::Lock;
use super::marker::{self, Manifest};
use super::swap::{self, Places};
use super::{Body, Published, foreign, lasting, write};
use crate::diagnostic::Diagnostic;
use crate::session::{Sink, Swept};

/// A staged tree beside its output. Holds the output's lock.
#[derive(Debug)]
pub(crate) struct Stage {
    /// The output as people named it, for messages.
    named: PathBuf,
    places: Places,
    /// What a file made now is allowed; differs with the user's umask.
    permissions: Permissions,
    bytes: AtomicU64,
    fingerprints: Mutex<Vec<u64>>,
    /// The edition that is built.
    edition: String,
    /// Those among them that the next build keeps.
    lasting: Mutex<Vec<u64>>,
    /// Old trees of earlier builds that cannot be deleted.
    leftovers: Vec<PathBuf>,
    /// Once swapped, the staging folder may hold the old tree, and is no longer ours to drop.
    swapped: bool,
    interruptible: Interruptible,
    // The order of these two matters: the lock lies in the folders.
    _lock: Lock,
    _folders: NewFolders,
}

impl Stage {
    /// Checks that `output` may be an output of tier0, locks it and opens a staging folder.
    /// Nothing is touched if it is refused.
    pub(crate) fn begin(output: &Path, guard: &Guard) -> Result<Stage, PublishError> {
        let home = std::env::home_dir().filter(|home| home.is_absolute());
        let real = guard::check(output, guard, home.as_deref())?;
        let places = Places::beside(real);
        let folders = NewFolders::make(places.folder())?;
        let Some(lock) = Lock::take(&places.lock)? else {
            return Err(PublishError::Locked { path: output.to_path_buf() });
        };
        let leftovers = swap::recover(&places)?;
        check_owner(&places.output)?;
        let failed = |error| PublishError::io(Action::Create, &places.stage)(error);
        let interruptible = Interruptible::new(&places.stage, &places.lock, &folders.0);
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
            lasting: Mutex::default(),
            leftovers,
            interruptible,
            swapped: false,
            _lock: lock,
            _folders: folders,
        })
    }

    /// Stages a file under a site path (`guides/reset/index.html`) and gives its size. Each path
    /// may be put once. After an error the stage should be dropped.
    pub(super) fn put(&self, path: &str, body: Body) -> Result<u64, PublishError> {
        write::check(path)
            .map_err(|problem| PublishError::Path { path: path.to_owned(), problem })?;
        let _held = Interruptible::hold();
        let target = self.places.stage.join(path);
        let live = self.places.output.join(path);
        let bytes = match write::reuse(&live, &target, body, &self.permissions) {
            Some(bytes) => bytes,
            None => write::write(&target, body, &self.named.join(path))?,
        };
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        let fingerprint = marker::fingerprint(path.as_bytes());
        // A panic in another thread cannot leave the lists half changed.
        if lasting::is_lasting(path, body) {
            self.lasting.lock().unwrap_or_else(PoisonError::into_inner).push(fingerprint);
        }
        self.fingerprints.lock().unwrap_or_else(PoisonError::into_inner).push(fingerprint);
        Ok(bytes)
    }

    /// Makes the staged tree the output. An error leaves the old tree live. Behind the swap there are
    /// none: an old tree that cannot be removed is a leftover, and the next `begin` goes on clearing.
    pub(crate) fn commit(mut self) -> Result<Published, PublishError> {
        let fingerprints = std::mem::take(&mut self.fingerprints)
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        let lasting = std::mem::take(&mut self.lasting);
        let lasting = lasting.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut published = Published {
            files: fingerprints.len() as u64,
            bytes: *self.bytes.get_mut(),
            leftovers: std::mem::take(&mut self.leftovers),
        };
        let committing = self.interruptible.commit();
        let (output, stage) = (&self.places.output, &self.places.stage);

        let standing = guard::look(output)?;
        match &standing {
            OutputState::Missing | OutputState::Empty => {}
            OutputState::Ours(marker) => foreign::link_foreign(output, stage, marker)?,
            OutputState::Foreign | OutputState::NotAFolder => {
                return Err(PublishError::NotOurs { path: self.named.clone() });
            }
        }
        let edition = Some(std::mem::take(&mut self.edition));
        marker::seal(stage, &Manifest::new(edition, fingerprints, lasting))
            .map_err(PublishError::io(Action::Write, stage))?;
        if !matches!(standing, OutputState::Missing) {
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
        committing.has_swapped();
        if let Some(old) = old
            && foreign::merge_back(old, output).is_err()
        {
            published.leftovers.push(old.to_path_buf());
        }
        Ok(published)
    }
}

impl Sink for Stage {
    fn put(&self, file: &Swept<'_>) -> Result<u64, Box<Diagnostic>> {
        self.put(file.path(), file.body()).map_err(|error| Box::new(error.into()))
    }

    /// Files in the output that tier0 did not write, and that will stay there.
    fn foreign(&self) -> Vec<(String, PathBuf)> {
        let live = &self.places.output;
        let Ok(OutputState::Ours(marker)) = guard::look(live) else { return Vec::new() };
        let files = foreign::files(live, &marker).into_iter();
        let files = files.map(|path| (path.to_string_lossy().into_owned(), live.join(path)));
        files.filter(|(_, disk)| disk.is_file()).collect()
    }

    /// Styles and scripts of the live build that this one does not write.
    fn lasting(&self) -> Vec<(String, PathBuf)> {
        let live = &self.places.output;
        let Ok(OutputState::Ours(marker)) = guard::look(live) else { return Vec::new() };
        let mut files = lasting::files(live, &marker);
        files.retain(|(path, _)| !self.places.stage.join(path).exists());
        files
    }

    /// If that fails, the file is gone, as all else is.
    fn keep(&self, file: &Swept<'_>) {
        let path = file.path();
        let (live, target) = (self.places.output.join(path), self.places.stage.join(path));
        let _held = Interruptible::hold();
        if write::link(&live, &target).is_ok() {
            let fingerprint = marker::fingerprint(path.as_bytes());
            self.fingerprints.lock().unwrap_or_else(PoisonError::into_inner).push(fingerprint);
        }
    }
}

/// Whether an output that is read-only can be deleted once it has been replaced: its owner may make
/// it writable. What somebody else has locked is left alone, and that is found out first.
fn check_owner(output: &Path) -> Result<(), PublishError> {
    use rustix::fs::{Access, access};
    let Ok(metadata) = fs::symlink_metadata(output) else { return Ok(()) };
    if metadata.uid() == rustix::process::geteuid().as_raw() {
        return Ok(());
    }
    access(output, Access::WRITE_OK | Access::EXEC_OK)
        .map_err(|error| PublishError::io(Action::Write, output)(error.into()))
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
