//! A watch without a preview around it: each change makes a "build" that looks at all files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::super::gather::Change;
use super::super::signal::Signal;
use super::super::watcher::Watch;
use super::{Event, LONG, Paths};

/// Longer than any quiet that a change is gathered by, and longer than a few looks of the poller.
const REST: Duration = Duration::from_millis(1200);

/// Every file by its path below the folder; links are followed.
pub(super) type Files = BTreeMap<String, String>;

/// What one build was told and saw.
#[derive(Debug)]
pub(super) struct Look {
    pub change: Change,
    pub files: Files,
}

/// A folder under watch.
pub(super) struct Lookout {
    /// Its real path.
    pub root: PathBuf,
    pub sender: Sender<Signal>,
    pub events: Receiver<Event>,
    looks: Receiver<Look>,
    thread: Option<JoinHandle<()>>,
    _folder: TempDir,
}

impl Lookout {
    /// Watches `content` and `tier0.toml`, and ignores `content/dist`.
    pub(super) fn new(poll: bool, prepare: impl FnOnce(&Path)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::create_dir(root.join("content")).unwrap();
        prepare(&root);
        let (sender, receiver) = mpsc::channel();
        let (reported, events) = mpsc::channel();
        let (told, looks) = mpsc::channel();
        let (started, start) = mpsc::channel();
        let thread = thread::spawn({
            let (root, sender) = (root.clone(), sender.clone());
            move || {
                let report = |event| drop(reported.send(event));
                let watch = ["content", "tier0.toml"].map(|name| root.join(name)).to_vec();
                let paths = Paths { watch, ignore: vec![root.join("content/dist")] };
                let mut watch = Watch::start(paths, poll, (sender, receiver), &report);
                started.send(()).unwrap();
                while let Some(change) = watch.wait(&report) {
                    if told.send(Look { change, files: files(&root) }).is_err() {
                        break;
                    }
                }
            }
        });
        start.recv_timeout(LONG).unwrap();
        Self { root, sender, events, looks, thread: Some(thread), _folder: folder }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// All looks until it is quiet. The last one saw what is there now.
    pub(super) fn looks(&self) -> Vec<Look> {
        let looks = self.looks_if_any();
        assert!(!looks.is_empty(), "nothing was noticed");
        looks
    }

    pub(super) fn looks_if_any(&self) -> Vec<Look> {
        let deadline = Instant::now() + LONG;
        let mut looks = Vec::new();
        while let Ok(look) = self.looks.recv_timeout(REST) {
            looks.push(look);
            assert!(Instant::now() < deadline, "there is no end to it: {}", looks.len());
        }
        if let Some(last) = looks.last() {
            let now = files(&self.root);
            let differs = now.iter().find(|(name, text)| last.files.get(*name) != Some(*text));
            assert_eq!(differs, None, "the last look did not see it");
            assert_eq!(last.files.len(), now.len(), "the last look saw what is not there");
        }
        looks
    }

    /// Fails if there is a look although there is nothing to see.
    pub(super) fn stays_quiet(&self, time: Duration, why: &str) {
        let look = self.looks.recv_timeout(time).map(|look| look.change);
        assert!(look.is_err(), "a build in spite of {why}: {look:?}");
    }
}

impl Drop for Lookout {
    fn drop(&mut self) {
        let _ = self.sender.send(Signal::Stop);
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            if !thread::panicking() {
                ended.unwrap();
            }
        }
    }
}

/// A file that goes while it is being read is not there.
fn files(root: &Path) -> Files {
    let walk = walkdir::WalkDir::new(root).follow_links(true).into_iter().filter_map(Result::ok);
    let walk = walk.filter(|entry| entry.file_type().is_file());
    walk.filter_map(|entry| {
        let text = fs::read_to_string(entry.path()).ok()?;
        let name = entry.path().strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
        Some((name, text))
    })
    .filter(|(name, _)| !name.starts_with("content/dist"))
    .collect()
}
