//! Files in an output that tier0 did not write: carried from tree to tree, never deleted.

use std::fs::{self, DirEntry, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{Action, PublishError, Reason};
use super::marker::{self, Manifest, Marker};
use super::{swap, write};

/// Links all foreign files of the live tree into the staged one. Fails, with nothing changed in
/// the live tree, where the build has put something else in the place of one.
pub(super) fn link_foreign(live: &Path, stage: &Path, ours: &Manifest) -> Result<(), PublishError> {
    Carry { live, stage, ours }.folder(Path::new(""))
}

/// Paths of all foreign files of a live tree, relative to its root. What cannot be listed fails
/// when it is carried.
pub(super) fn files(live: &Path, ours: &Manifest) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for (entry, is_folder) in list(&live.join(&folder)).unwrap_or_default() {
            let path = folder.join(entry.file_name());
            if is_folder {
                folders.push(path);
            } else if !ours.wrote(&path) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

struct Carry<'a> {
    live: &'a Path,
    stage: &'a Path,
    ours: &'a Manifest,
}

impl Carry<'_> {
    /// Carries what is in a folder of the live tree; `folder` is relative to its root.
    fn folder(&self, folder: &Path) -> Result<(), PublishError> {
        let (from, to) = (self.live.join(folder), self.stage.join(folder));
        let is_new = !to.is_dir();
        let entries = list(&from)?;
        if entries.is_empty() {
            // tier0 makes no empty folders, so this one is someone's.
            self.make_folder(folder)?;
        }
        all(entries, |entry, is_folder| {
            let path = folder.join(entry.file_name());
            if entry.file_name() == ".git" {
                let reason = Reason::HoldsGit(entry.path());
                return Err(PublishError::Unsafe { path: self.live.to_path_buf(), reason });
            }
            if is_folder {
                self.folder(&path)?;
            } else if !self.ours.wrote(&path) {
                self.make_folder(folder)?;
                self.file(&path)?;
            }
            Ok(())
        })?;
        if is_new && to.is_dir() {
            // Last, because the owner may have made the folder read-only.
            fs::metadata(&from)
                .and_then(|metadata| fs::set_permissions(&to, metadata.permissions()))
                .map_err(PublishError::io(Action::Create, &to))?;
        }
        Ok(())
    }

    fn make_folder(&self, folder: &Path) -> Result<(), PublishError> {
        let to = self.stage.join(folder);
        fs::create_dir_all(&to).map_err(|error| match error.kind() {
            // The build has put a file where the live tree has a folder with foreign files.
            ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
                PublishError::NotOurs { path: self.live.join(folder) }
            }
            _ => PublishError::io(Action::Create, &to)(error),
        })
    }

    fn file(&self, path: &Path) -> Result<(), PublishError> {
        let (from, to) = (self.live.join(path), self.stage.join(path));
        let carried = match fs::hard_link(&from, &to) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                return if is_same(&from, &to) {
                    Ok(())
                } else {
                    Err(PublishError::NotOurs { path: from })
                };
            }
            // File systems without links, and files of other users.
            Err(error) => copy(&from, &to, error),
            linked => linked,
        };
        carried.map_err(PublishError::io(Action::Write, &to))
    }
}

fn copy(from: &Path, to: &Path, link_error: io::Error) -> io::Result<()> {
    let metadata = fs::symlink_metadata(from)?;
    if metadata.is_symlink() {
        symlink(fs::read_link(from)?, to)
    } else if metadata.is_file() {
        fs::copy(from, to).map(|_| ())
    } else {
        // Reading a pipe or device could wait forever.
        Err(link_error)
    }
}

/// Removes an old tree that was swapped out. What its marker does not list is removed only if the
/// live tree has it too; a file that came in at the last moment moves over.
pub(super) fn merge_back(old: &Path, live: &Path) -> Result<(), PublishError> {
    let seal = marker::read(old).map_err(PublishError::io(Action::Read, old))?;
    let Some(Marker::Output(ours)) = seal else {
        return Err(PublishError::NotOurs { path: old.to_path_buf() });
    };
    Drain { old, live, ours }.folder(Path::new(""))?;
    swap::finish(old).map_err(PublishError::io(Action::Remove, old))
}

struct Drain<'a> {
    old: &'a Path,
    live: &'a Path,
    ours: Manifest,
}

impl Drain<'_> {
    fn folder(&self, folder: &Path) -> Result<(), PublishError> {
        swap::make_writable(&self.old.join(folder));
        all(list(&self.old.join(folder))?, |entry, is_folder| {
            let (path, from) = (folder.join(entry.file_name()), entry.path());
            let removed = if is_folder {
                self.folder(&path)?;
                fs::remove_dir(&from)
            } else if path == Path::new(marker::NAME) {
                Ok(())
            } else if self.ours.wrote(&path) {
                fs::remove_file(&from)
            } else {
                self.file(&from, &self.live.join(&path))?
            };
            removed.map_err(PublishError::io(Action::Remove, &from))
        })
    }

    /// Removes or moves one foreign file. The outer error means that it can do neither.
    fn file(&self, from: &Path, to: &Path) -> Result<io::Result<()>, PublishError> {
        if is_same(from, to) {
            return Ok(fs::remove_file(from));
        }
        if fs::symlink_metadata(to).is_ok() {
            return Err(PublishError::NotOurs { path: from.to_path_buf() });
        }
        let made = to.parent().map_or(Ok(()), fs::create_dir_all);
        Ok(made.and_then(|()| fs::rename(from, to)))
    }
}

/// What is in a folder, in the order of names, with whether each entry is a folder itself (a link
/// to one is not).
fn list(folder: &Path) -> Result<Vec<(DirEntry, bool)>, PublishError> {
    let read = || -> io::Result<Vec<_>> {
        fs::read_dir(folder)?
            .map(|entry| {
                let entry = entry?;
                let is_folder = entry.file_type()?.is_dir();
                Ok((entry, is_folder))
            })
            .collect()
    };
    let mut entries = read().map_err(PublishError::io(Action::Read, folder))?;
    entries.sort_by_key(|(entry, _)| entry.file_name());
    Ok(entries)
}

/// Does something with all entries of a folder, in parallel. Of several errors the first in the
/// order of the entries is reported, whichever thread is faster.
fn all(
    entries: Vec<(DirEntry, bool)>,
    each: impl Fn(DirEntry, bool) -> Result<(), PublishError> + Send + Sync,
) -> Result<(), PublishError> {
    let outcomes = entries.into_par_iter().map(|(entry, is_folder)| each(entry, is_folder));
    outcomes.find_first(Result::is_err).unwrap_or(Ok(()))
}

/// Whether two paths hold the same file, by identity or by what is in it.
fn is_same(one: &Path, other: &Path) -> bool {
    let (Ok(a), Ok(b)) = (fs::symlink_metadata(one), fs::symlink_metadata(other)) else {
        return false;
    };
    if (a.dev(), a.ino()) == (b.dev(), b.ino()) {
        return true;
    }
    if a.is_symlink() && b.is_symlink() {
        return matches!((fs::read_link(one), fs::read_link(other)), (Ok(a), Ok(b)) if a == b);
    }
    if !a.is_file() || !b.is_file() || a.len() != b.len() {
        return false;
    }
    let compare = || write::same_bytes(&mut File::open(one)?, &mut File::open(other)?);
    compare().unwrap_or(false)
}
