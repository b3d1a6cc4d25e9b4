//! Looks at the files regularly, for file systems that send no events and for
//! systems whose watches have run out.
//!
//! `notify` has a poller too, but it compares times in whole seconds, so the
//! second save within a second is lost unless every file is read every time.

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use walkdir::WalkDir;

use super::filter::Filter;
use super::watcher::Signal;

/// The shortest pause between two looks.
const PAUSE: Duration = Duration::from_millis(500);
/// A look may take this share of the time, so that a large tree on a slow network
/// does not keep a core busy.
const SHARE: u32 = 10;

/// Every watched file with its time and length.
pub(super) type Tree = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// A running poller; dropping it ends it.
#[derive(Debug)]
pub(super) struct Poller {
    _stop: Sender<()>,
}

impl Poller {
    /// What is there now is what changes are measured against.
    pub(super) fn start(filter: Arc<Filter>, signals: Sender<Signal>) -> io::Result<Self> {
        let mut known = scan(&filter);
        let mut pause = PAUSE;
        let (stop, stopped) = mpsc::channel::<()>();
        thread::Builder::new().name("preview-poll".into()).spawn(move || {
            while stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                let start = Instant::now();
                let now = scan(&filter);
                pause = PAUSE.max(start.elapsed() * SHARE);
                let paths = difference(&known, &now);
                known = now;
                let changed = Signal::Changed { paths, folder: false };
                if !changed.is_empty() && signals.send(changed).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self { _stop: stop })
    }
}

/// Looks at every watched file. Links are followed (not in circles); what cannot
/// be read is not there.
pub(super) fn scan(filter: &Filter) -> Tree {
    let mut tree = Tree::new();
    for root in filter.roots() {
        let entries = WalkDir::new(root)
            .follow_links(true)
            .into_iter()
            .filter_entry(|entry| filter.is_relevant(entry.path()));
        for entry in entries.filter_map(Result::ok) {
            if let Ok(metadata) = entry.metadata()
                && !metadata.is_dir()
            {
                let stamp = (metadata.modified().ok(), metadata.len());
                tree.insert(entry.into_path(), stamp);
            }
        }
    }
    tree
}

fn difference(old: &Tree, new: &Tree) -> Vec<PathBuf> {
    let gone = old.keys().filter(|path| !new.contains_key(*path));
    let other =
        new.iter().filter(|(path, stamp)| old.get(*path) != Some(*stamp)).map(|(path, _)| path);
    gone.chain(other).cloned().collect()
}
