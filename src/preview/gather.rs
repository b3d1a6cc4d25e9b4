//! Gathers the events of one save, and knows when it is over.
//!
//! A save is a handful of events, a checkout thousands. How long to wait for more depends on
//! what the last ones said: a file that was closed after writing is whole, and hardly needs any
//! wait; one that is being written, or has just gone, would be built half or missing.
//!
//! Where the numbers come from: the calls of vim, sed and GLib were traced, and their
//! distances measured (Linux, local disk).

use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};
use std::fs;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use super::signal::{FileChange, FileEvent, Signal};

/// All files are whole. What editors still do then (permissions, the removal of a backup, the
/// `close` that GLib calls after its rename) follows within 0.3 ms; the rest is for a machine
/// that has more to do.
const WHOLE: Duration = Duration::from_millis(2);
/// A new file was written. Most are made by hand, where this is not noticed, or are the first half
/// of a rename over the real one: sed takes 0.2 ms for it, editors that run on an event loop a
/// few turns of it.
const NEW: Duration = Duration::from_millis(20);
/// A file or folder has gone, or is empty. Editors that move the old file away write the new one
/// at once (vim: 0.2 ms, and as much as the disk takes to sync a small file), `> file; cmd >> file`
/// takes the start of a program. If it does not come back, it was a real deletion.
const GONE: Duration = Duration::from_millis(50);
/// A file is being written. The system tells us when it is closed, so this is only for programs
/// that keep it open: a pause this long is taken for the end. Elsewhere nobody tells us, and the
/// pause between two writes must do.
const OPEN: Duration =
    Duration::from_millis(if cfg!(any(target_os = "linux", target_os = "android")) {
        200
    } else {
        10
    });
/// A few files are built after this long in any case, so that a log is shown while it grows.
const PATIENCE: Duration = Duration::from_secs(1);

/// Other files follow a change this soon: a script or a checkout is at work, whose first file we
/// have taken for a save…
const SOON: Duration = Duration::from_millis(100);
/// …so its next pause has to be longer. On a busy machine a program easily waits for its next
/// turn for 20 ms.
const SERIES: Duration = Duration::from_millis(50);

/// More files than this at once are no save. One build when it is over beats several on the way.
const MANY: usize = 20;
const MANY_QUIET: Duration = Duration::from_millis(100);
/// More files than this are a checkout or a copy: too many to be worth listing. A second for it is
/// nothing to the one who waits, and neither is a disk that stops for half of one.
const CROWD: usize = 200;
const CROWD_QUIET: Duration = Duration::from_millis(500);
/// Checkouts of 10,000 files take a second or two, on slow disks several. Whoever writes for
/// longer sees something on the way.
const MANY_PATIENCE: Duration = Duration::from_secs(15);

/// What has changed since the last build, as far as events tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Change {
    /// The files and folders that events named, as the system spells them (without links on the
    /// way to what is watched; below it also by the links that lead to them).
    pub paths: BTreeSet<PathBuf>,
    /// Anything may have changed, whatever `paths` says: events were lost, folders or links came
    /// or went, or there was too much to list.
    pub everything: bool,
    /// When the first event was told.
    pub first: Option<Instant>,
}

/// What has come together.
#[derive(Debug, Default)]
pub(super) struct Batch {
    files: BTreeMap<PathBuf, State>,
    /// Whether folders or links came or went.
    pub folder: bool,
    /// Whether there were too many files to list.
    crowd: bool,
    pub overflow: bool,
    pub broken: Option<String>,
    pub stop: bool,
    /// Whether a file was found empty when all seemed to be over.
    hollow: bool,
    first: Option<Instant>,
    last: Option<Instant>,
    /// When the last build was over.
    idle: Option<Instant>,
}

#[derive(Debug)]
struct State {
    change: FileChange,
    /// Whether it came into being in this batch.
    new: bool,
    /// Whether the last build has certainly not seen it.
    unseen: bool,
}

/// The change before, and when it was told.
#[derive(Debug)]
pub(super) struct Recent {
    pub change: Change,
    pub at: Instant,
}

impl Batch {
    /// Takes what belongs to the first signal: all that comes before it is over. `idle` is when
    /// the last build was over.
    pub(super) fn gather(
        first: Signal,
        receiver: &Receiver<Signal>,
        recent: Option<&Recent>,
        idle: Instant,
    ) -> Self {
        let start = Instant::now();
        let mut batch = Self { idle: Some(idle), ..Self::default() };
        batch.absorb(first);
        while !batch.stop {
            let patience = if batch.is_many() { MANY_PATIENCE } else { PATIENCE };
            let end = batch.last.unwrap_or(start) + batch.quiet(recent);
            let left = end.min(start + patience).saturating_duration_since(Instant::now());
            // Even if it is over, what is in the queue by now belongs to it.
            match receiver.recv_timeout(left) {
                Ok(signal) => batch.absorb(signal),
                Err(_) if !batch.hollow && batch.holds_empty_file() => batch.hollow = true,
                Err(_) => break,
            }
            if start.elapsed() > patience {
                break;
            }
        }
        batch
    }

    /// Whether anything is left of all that happened. A file that came and went is nothing, unless a
    /// build was under way when it came, and may have taken it in.
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty() && !self.crowd
    }

    pub(super) fn into_change(self) -> Change {
        let everything = self.folder || self.crowd;
        let first = self.first;
        Change { paths: self.files.into_keys().collect(), everything, first }
    }

    fn absorb(&mut self, signal: Signal) {
        match signal {
            Signal::Changed(event) => self.see(event),
            Signal::Overflow => {
                self.overflow = true;
                self.last = Some(Instant::now());
            }
            Signal::Broken(reason) => self.broken = Some(reason),
            #[cfg(test)]
            Signal::Stop => self.stop = true,
        }
    }

    fn see(&mut self, event: FileEvent) {
        let FileEvent { paths, change, folder, at } = event;
        self.folder |= folder;
        self.hollow = false;
        self.first.get_or_insert(at);
        self.last = self.last.max(Some(at));
        for path in paths {
            match self.files.entry(path) {
                Entry::Vacant(entry) if !self.crowd => {
                    let new = change == FileChange::New;
                    let unseen = new && self.idle.is_none_or(|idle| at >= idle);
                    let state = State { change, new, unseen };
                    entry.insert(state);
                }
                Entry::Vacant(_) => {}
                Entry::Occupied(entry) if change == FileChange::Gone && entry.get().unseen => {
                    entry.remove();
                }
                Entry::Occupied(mut entry) if change != FileChange::Touched => {
                    entry.get_mut().change = change;
                }
                Entry::Occupied(_) => {}
            }
        }
        if self.files.len() > CROWD {
            self.crowd = true;
            self.files.clear();
        }
    }

    /// Whether a file may have been emptied to be filled again.
    fn holds_empty_file(&self) -> bool {
        !self.is_many()
            && self.files.keys().any(|path| {
                fs::symlink_metadata(path).is_ok_and(|file| file.is_file() && file.len() == 0)
            })
    }

    fn is_many(&self) -> bool {
        self.crowd || self.overflow || self.files.len() > MANY
    }

    /// How long it has to be quiet.
    fn quiet(&self, recent: Option<&Recent>) -> Duration {
        if self.crowd || self.overflow {
            return CROWD_QUIET;
        }
        if self.files.len() > MANY {
            return MANY_QUIET;
        }
        let series = recent.is_some_and(|recent| {
            self.first.is_some_and(|first| first < recent.at + SOON)
                && self.files.keys().any(|path| !recent.change.paths.contains(path))
        });
        let least = if self.folder || self.hollow {
            GONE
        } else if series {
            SERIES
        } else {
            WHOLE
        };
        let files = self.files.values().map(State::quiet);
        files.fold(least, Duration::max)
    }
}

impl State {
    fn quiet(&self) -> Duration {
        match self.change {
            FileChange::Gone => GONE,
            FileChange::New | FileChange::Open => OPEN,
            FileChange::Whole | FileChange::Touched if self.new => NEW,
            FileChange::Whole | FileChange::Touched => WHOLE,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_file_that_a_build_may_have_seen_is_not_forgotten() {
        let sees = |came: Instant, idle: Instant| {
            let (sender, receiver) = mpsc::channel();
            let signal = |change, at| {
                let paths = vec![PathBuf::from("/nowhere/a.md")];
                Signal::Changed(FileEvent { paths, change, folder: false, at })
            };
            sender.send(signal(FileChange::Gone, Instant::now())).expect("a queue");
            !Batch::gather(signal(FileChange::New, came), &receiver, None, idle).is_empty()
        };
        let now = Instant::now();
        let earlier =
            now.checked_sub(Duration::from_millis(40)).expect("a machine that ran before");
        assert!(!sees(now, earlier), "it came and went while nobody looked");
        assert!(sees(earlier, now), "it came while a build read the disk");
    }
}
