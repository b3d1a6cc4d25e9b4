//! Puts the staged tree in the place of the live one, and puts right what a kill interrupted.
//!
//! | killed                                | what is found             | what happens             |
//! |---------------------------------------|---------------------------|--------------------------|
//! | while staging                         | an open staging folder    | it is cleared            |
//! | before the swap                       | a sealed staging folder   | it is drained            |
//! | the same, and there is no output yet  | a sealed staging folder   | it becomes the output    |
//! | after the exchange, or while clearing | the old tree in its place | it is drained            |
//! | between two renames (no exchange)     | no output, an old tree    | the old tree moves back  |
//!
//! An old tree that cannot be deleted is moved aside, and tried again by each build.
//!
//! A tree that is cleared or drained loses its marker last, so that a second kill finds it as
//! the first one did.

use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::error::{Action, PublishError};
use super::foreign;
use super::guard::{self, OutputState};
use super::marker::{self, Marker};

/// The output and what lies beside it during a build.
#[derive(Debug)]
pub(super) struct Places {
    /// The output's real path.
    pub output: PathBuf,
    /// The tree being made; after an exchange, the old tree.
    pub stage: PathBuf,
    /// The old tree where folders cannot be exchanged.
    pub old: PathBuf,
    /// The lock.
    pub lock: PathBuf,
}

impl Places {
    /// The places around a real path that is not a root.
    pub(super) fn beside(output: PathBuf) -> Places {
        let beside = |what: &str| {
            let mut name = OsString::from(".");
            name.push(output.file_name().unwrap_or_default());
            name.push(what);
            output.with_file_name(name)
        };
        Places {
            stage: beside(".tier0-stage"),
            old: beside(".tier0-old"),
            lock: beside(".tier0-lock"),
            output,
        }
    }

    /// Where an old tree goes that could not be deleted, so that it stands in nobody's way.
    fn aside(&self, number: usize) -> PathBuf {
        let mut name = self.old.clone().into_os_string();
        name.push(format!("-{number}"));
        name.into()
    }

    /// The folder that holds all of them.
    pub(super) fn folder(&self) -> &Path {
        self.output.parent().unwrap_or(&self.output)
    }
}

/// Swaps the sealed stage in. Gives the path of the old tree, if there is one to clear away.
pub(super) fn swap<'a>(places: &'a Places, standing: &OutputState) -> io::Result<Option<&'a Path>> {
    if !matches!(standing, OutputState::Ours(_)) {
        // Replaces an empty folder in one step, and fails if it is no longer empty.
        fs::rename(&places.stage, &places.output)?;
        return Ok(None);
    }
    if exchange(&places.stage, &places.output)? {
        return Ok(Some(&places.stage));
    }
    rename_twice(places)?;
    Ok(Some(&places.old))
}

/// Exchanges two folders in one step. False where the system or the file system cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}

/// The swap where folders cannot be exchanged.
pub(super) fn rename_twice(places: &Places) -> io::Result<()> {
    fs::rename(&places.output, &places.old)?;
    fs::rename(&places.stage, &places.output).inspect_err(|_| {
        // If this fails too, the next build moves the old tree back.
        let _ = fs::rename(&places.old, &places.output);
    })
}

/// Puts right what a killed build left behind. The lock must be held. Gives the old trees that still
/// cannot be deleted.
pub(super) fn recover(places: &Places) -> Result<Vec<PathBuf>, PublishError> {
    let mut kept = Vec::new();
    let aside = |number| Some(places.aside(number)).filter(|path| path.exists());
    for old in (1..MOST_ASIDE).map_while(aside) {
        match marker::read(&old) {
            Ok(Some(Marker::Output(_))) if foreign::merge_back(&old, &places.output).is_ok() => {}
            _ => kept.push(old),
        }
    }
    for leftover in [&places.old, &places.stage] {
        let seal = marker::read(leftover).map_err(PublishError::io(Action::Read, leftover))?;
        let vacant = || {
            Ok(matches!(guard::look(&places.output)?, OutputState::Missing | OutputState::Empty))
        };
        match seal {
            Some(Marker::Output(_)) if vacant()? => fs::rename(leftover, &places.output)
                .map_err(PublishError::io(Action::Replace, &places.output))?,
            Some(Marker::Output(_)) => {
                if let Err(error) = foreign::merge_back(leftover, &places.output) {
                    let free = (1..MOST_ASIDE).map(|number| places.aside(number));
                    let Some(free) = { free }.find(|path| !path.exists()) else {
                        return Err(error);
                    };
                    fs::rename(leftover, &free).map_err(|_| error)?;
                    kept.push(free);
                }
            }
            Some(Marker::Staging) => {
                clear(leftover).map_err(PublishError::io(Action::Remove, leftover))?;
            }
            None => remove_empty(leftover)?,
        }
    }
    Ok(kept)
}

/// Old trees that may lie aside.
const MOST_ASIDE: usize = 10;

/// Removes a folder that was made but not marked yet. Anything else under its name is not ours.
fn remove_empty(folder: &Path) -> Result<(), PublishError> {
    match fs::remove_dir(folder) {
        Err(error) => match error.kind() {
            ErrorKind::NotFound => Ok(()),
            ErrorKind::DirectoryNotEmpty | ErrorKind::NotADirectory => {
                Err(PublishError::NotOurs { path: folder.to_path_buf() })
            }
            _ => Err(PublishError::io(Action::Remove, folder)(error)),
        },
        Ok(()) => Ok(()),
    }
}

/// Lets its owner change what is in a folder, if that is us. A site's owner may have made the output,
/// or folders in it, read-only.
pub(super) fn make_writable(folder: &Path) {
    let Ok(metadata) = fs::symlink_metadata(folder) else { return };
    let mode = metadata.permissions().mode();
    if metadata.is_dir() && mode & 0o700 != 0o700 {
        // If not, what is tried next says why.
        let _ = fs::set_permissions(folder, Permissions::from_mode(mode | 0o700));
    }
}

/// Removes a folder with all that is in it.
fn remove_all(folder: &Path) -> io::Result<()> {
    make_writable(folder);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove_all(&entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    fs::remove_dir(folder)
}

/// Removes a staging folder. People's own files in it are second links: the first ones are live.
pub(super) fn clear(folder: &Path) -> io::Result<()> {
    make_writable(folder);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == marker::NAME {
            continue;
        }
        if entry.file_type()?.is_dir() {
            remove_all(&entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    finish(folder)
}

/// Removes a folder in which only the marker is left.
pub(super) fn finish(folder: &Path) -> io::Result<()> {
    match fs::remove_file(folder.join(marker::NAME)) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::remove_dir(folder)
}
