//! What the system's events mean to the preview.

use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::Instant;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};

use super::filter::Filter;

/// What wakes the preview.
#[derive(Debug)]
pub(super) enum Signal {
    /// Something happened to a file or folder.
    Changed(Sighting),
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
pub(super) struct Sighting {
    /// Its names: more than one when links lead to it.
    pub paths: Vec<PathBuf>,
    /// What can be said of it now.
    pub fate: Fate,
    /// Whether folders or links came or went, so that watches have to be set again.
    pub folder: bool,
    /// When we were told. Whoever comes late, from a build, need not wait again.
    pub at: Instant,
}

/// What an event says about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
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
    pub(super) fn of(event: &notify::Event, filter: &Filter) -> Option<Self> {
        if event.need_rescan() {
            return Some(Self::Overflow);
        }
        let path = event.paths.last()?;
        let fate = fate(event.kind, path)?;
        let structural = matches!(fate, (_, true));
        let above = structural && filter.holds_head(path);
        let mut paths = filter.names(path);
        if above && paths.is_empty() {
            paths.push(path.clone());
        }
        if paths.is_empty() {
            return None;
        }
        let (mut fate, mut folder) = (fate.0, above);
        if structural && fate == Fate::Gone {
            folder |= filter.knows_folder_or_link(path);
        } else if structural && let Ok(metadata) = fs::symlink_metadata(path) {
            folder |= !metadata.is_file();
            if !metadata.is_file() || is_second_name(&metadata) {
                // Nobody is going to close these.
                fate = Fate::Whole;
            }
        }
        Some(Self::Changed(Sighting { paths, fate, folder, at: Instant::now() }))
    }
}

/// The fate of a path, and whether it came or went.
fn fate(kind: EventKind, path: &Path) -> Option<(Fate, bool)> {
    Some(match kind {
        // The end of a write counts: what a build read before it may be half.
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => (Fate::Whole, false),
        // Reading does not, nor does a rename that was told in two events before.
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => {
            return None;
        }
        EventKind::Create(_) => (Fate::New, true),
        EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => {
            (Fate::Gone, true)
        }
        EventKind::Modify(ModifyKind::Name(RenameMode::To)) => (Fate::Whole, true),
        EventKind::Modify(ModifyKind::Name(_)) => {
            let there = fs::symlink_metadata(path).is_ok();
            (if there { Fate::Whole } else { Fate::Gone }, true)
        }
        EventKind::Modify(ModifyKind::Metadata(_)) => (Fate::Touched, false),
        _ => (Fate::Open, false),
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
