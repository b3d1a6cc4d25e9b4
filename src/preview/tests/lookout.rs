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

/// How long to wait for builds that nobody needs, once everything was seen.
const REST: Duration = Duration::from_millis(400);
/// The same for the poller: longer than one of its rounds.
const POLL_REST: Duration = Duration::from_millis(700);

/// Every page by its path below the folder; links are followed.
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
    rest: Duration,
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
        let rest = if poll { POLL_REST } else { REST };
        Self { root, sender, events, looks, rest, thread: Some(thread), _folder: folder }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// All looks until one has seen what is there now, and those after it.
    pub(super) fn looks(&self) -> Vec<Look> {
        let deadline = Instant::now() + LONG;
        let mut looks: Vec<Look> = Vec::new();
        loop {
            let seen = looks.last().is_some_and(|last| last.files == files(&self.root));
            match self.looks.recv_timeout(if seen { self.rest } else { REST }) {
                Ok(look) => looks.push(look),
                Err(_) if seen => return looks,
                Err(_) => {}
            }
            assert!(Instant::now() < deadline, "{} builds, and none saw it all", looks.len());
        }
    }

    /// Waits until it is quiet, whether or not anything is seen.
    pub(super) fn rests(&self) {
        while self.looks.recv_timeout(self.rest).is_ok() {}
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
    .filter(|(name, _)| is_page(Path::new(name)) && !name.starts_with("content/dist"))
    .collect()
}

/// What editors keep beside it is none.
fn is_page(path: &Path) -> bool {
    let hidden = path.file_name().unwrap().to_string_lossy().starts_with(['.', '#']);
    !hidden && path.extension().is_some_and(|ending| ending == "md" || ending == "toml")
}
