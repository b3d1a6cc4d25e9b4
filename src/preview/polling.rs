//! Looks at the files regularly, for file systems that send no events and for
//! systems whose watches have run out.
//!
//! `notify` has a poller too, but it compares times in whole seconds, so the
//! second save within a second is lost unless every file is read every time.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use super::filter::WatchFilter;
use super::signal::{FileChange, FileEvent, Signal};

/// The shortest pause between two looks.
const PAUSE: Duration = Duration::from_millis(500);
/// A look may take this share of the time, so that a large tree on a slow network
/// does not keep a core busy.
const SHARE: u32 = 10;

/// A file that has just changed is looked at again after this long, until it stays the same:
/// who looks now and then may look while somebody writes.
const SETTLE: Duration = Duration::from_millis(50);
/// What changes all the time is told after this many looks.
const LOOKS: usize = 10;

/// Everything that is watched.
pub(super) type Tree = BTreeMap<PathBuf, Stamp>;

/// What differs when something has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stamp {
    Folder,
    File {
        modified: Option<SystemTime>,
        length: u64,
        /// Tells of a file that another one of the same time and length was renamed over.
        changed: (i64, i64),
    },
}

/// A running poller; dropping it ends it.
#[derive(Debug)]
pub(super) struct Poller {
    _stop: Sender<()>,
}

impl Poller {
    /// What is there now is what changes are measured against.
    pub(super) fn start(filter: Arc<WatchFilter>, signals: Sender<Signal>) -> io::Result<Self> {
        let mut known = scan(&filter);
        let mut pause = PAUSE;
        let (stop, stopped) = mpsc::channel::<()>();
        let rest = move |time| stopped.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
        thread::Builder::new().name("preview-poll".into()).spawn(move || {
            while rest(pause) {
                let start = Instant::now();
                let mut now = scan(&filter);
                pause = PAUSE.max(start.elapsed() * SHARE);
                let paths = difference(&known, &now);
                if paths.is_empty() {
                    continue;
                }
                for _ in 0..LOOKS {
                    if !rest(SETTLE) {
                        return;
                    }
                    if !look_again(&paths, &mut now) {
                        break;
                    }
                }
                let is_folder =
                    |path| [&known, &now].iter().any(|tree| tree.get(path) == Some(&Stamp::Folder));
                let folder = paths.iter().any(is_folder);
                known = now;
                // It is whole, as far as one can tell: no need to wait any more.
                let event =
                    FileEvent { paths, change: FileChange::Whole, folder, at: Instant::now() };
                if signals.send(Signal::Changed(event)).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { _stop: stop })
    }
}

/// Looks at everything that is watched. What cannot be read is not there.
pub(super) fn scan(filter: &WatchFilter) -> Tree {
    let entries = filter.walk().filter_map(Result::ok);
    entries
        .filter_map(|entry| {
            let stamp = Stamp::of(&entry.metadata().ok()?);
            Some((entry.into_path(), stamp))
        })
        .collect()
}

/// Whether one of these files is other than it was a moment ago.
fn look_again(paths: &[PathBuf], tree: &mut Tree) -> bool {
    let mut other = false;
    for path in paths {
        let same = match fs::metadata(path) {
            Ok(metadata) => {
                let stamp = Stamp::of(&metadata);
                tree.insert(path.clone(), stamp.clone()) == Some(stamp)
            }
            Err(_) => tree.remove(path).is_none(),
        };
        other |= !same;
    }
    other
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        if metadata.is_dir() {
            return Self::Folder;
        }
        Self::File {
            modified: metadata.modified().ok(),
            length: metadata.len(),
            changed: changed(metadata),
        }
    }
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> (i64, i64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> (i64, i64) {
    (0, 0)
}

fn difference(old: &Tree, new: &Tree) -> Vec<PathBuf> {
    let gone = old.keys().filter(|path| !new.contains_key(*path));
    let other =
        new.iter().filter(|(path, stamp)| old.get(*path) != Some(*stamp)).map(|(path, _)| path);
    gone.chain(other).cloned().collect()
}
