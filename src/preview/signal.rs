//! What the system's events mean to the preview.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::Instant;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};

use super::filter::WatchFilter;

/// What wakes the preview.
#[derive(Debug)]
pub(super) enum Signal {
    /// Something happened to a file or folder.
    Changed(FileEvent),
    /// Events were lost.
    Overflow,
    /// No more events will come from some of the folders.
    Broken(String),
    /// The end. Only tests come to it: people end the process.
    #[cfg(test)]
    Stop,
}

/// Something that happened to a file or folder.
#[derive(Debug)]
pub(super) struct FileEvent {
    /// Its names: more than one when links lead to it.
    pub paths: Vec<PathBuf>,
    /// What can be said of it now.
    pub change: FileChange,
    /// Whether folders or links came or went, so that watches have to be set again.
    pub folder: bool,
    /// When we were told. Whoever comes late, from a build, need not wait again.
    pub at: Instant,
}

/// What an event says about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileChange {
    /// It was not there before, and somebody will write into it.
    New,
    /// Somebody writes into it.
    Open,
    /// It is whole: closed after writing, or put in its place with one rename.
    Whole,
    /// Something about it is other, but not its content.
    Touched,
    /// It is no longer there.
    Gone,
}

impl Signal {
    /// What an event means to us, if anything.
    pub(super) fn of(event: &notify::Event, filter: &WatchFilter) -> Option<Self> {
        if event.need_rescan() {
            return Some(Self::Overflow);
        }
        let path = event.paths.last()?;
        let change = change(event.kind, path)?;
        let structural = matches!(change, (_, true));
        let above = structural && filter.holds_watched(path);
        let mut paths = filter.names(path);
        if above && paths.is_empty() {
            paths.push(path.clone());
        }
        if paths.is_empty() {
            return None;
        }
        let (mut change, mut folder) = (change.0, above);
        if structural && change == FileChange::Gone {
            folder |= filter.knows_folder_or_link(path);
        } else if structural && let Ok(metadata) = fs::symlink_metadata(path) {
            folder |= !metadata.is_file();
            if !metadata.is_file() || is_second_name(&metadata) {
                // Nobody is going to close these.
                change = FileChange::Whole;
            }
        }
        Some(Self::Changed(FileEvent { paths, change, folder, at: Instant::now() }))
    }
}

/// The fate of a path, and whether it came or went.
fn change(kind: EventKind, path: &Path) -> Option<(FileChange, bool)> {
    Some(match kind {
        // The end of a write counts: what a build read before it may be half.
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => (FileChange::Whole, false),
        // Reading does not, nor does a rename that was told in two events before.
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => {
            return None;
        }
        EventKind::Create(_) => (FileChange::New, true),
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => {
            (FileChange::Gone, true)
        }
        EventKind::Modify(ModifyKind::Name(RenameMode::To)) => (FileChange::Whole, true),
        EventKind::Modify(ModifyKind::Name(_)) => {
            let there = fs::symlink_metadata(path).is_ok();
            (if there { FileChange::Whole } else { FileChange::Gone }, true)
        }
        EventKind::Modify(ModifyKind::Metadata(_)) => (FileChange::Touched, false),
        _ => (FileChange::Open, false),
    })
}

/// Whether a file that has just appeared is only another name of one that was there.
#[cfg(unix)]
fn is_second_name(metadata: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(metadata) > 1
}

#[cfg(not(unix))]
fn is_second_name(_: &Metadata) -> bool {
    false
}
