//! Turns file system events into one wake-up per save.
//!
//! Events are hints: an editor's save is a handful of them, a checkout thousands,
//! and the queue may overflow. So they are gathered until it is quiet, and they
//! only say where to look, never what is there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind};
use notify::{Error, ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::filter::Filter;
use super::polling::{Poller, Tree, scan};
use super::{Event, Paths};

/// A save is over when nothing has happened for this long…
const QUIET: Duration = Duration::from_millis(10);
/// …and is built after this long in any case.
const PATIENCE: Duration = Duration::from_millis(150);
/// More files than this at once are a checkout or a copy, not a save: one build
/// when it is over beats several on the way.
const MANY: usize = 20;
const MANY_QUIET: Duration = Duration::from_millis(100);
const MANY_PATIENCE: Duration = Duration::from_secs(5);
/// A folder that goes while it is being watched is looked for again.
const ATTEMPTS: usize = 5;

/// What wakes the preview.
#[derive(Debug)]
pub(super) enum Signal {
    /// Something happened to these paths; `folder` when folders came or went, so
    /// that watches have to be set again.
    Changed { paths: Vec<PathBuf>, folder: bool },
    /// Events were lost.
    Overflow,
    /// No more events will come from some of the folders.
    Broken(String),
    /// The end.
    Stop,
}

impl Signal {
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::Changed { paths, .. } if paths.is_empty())
    }
}

/// Where events come from. Held only so that they keep coming.
#[derive(Debug)]
enum Source {
    Events(RecommendedWatcher),
    Polling {
        _poller: Poller,
    },
    /// Not even a thread to poll with; the preview serves what it has.
    Nothing,
}

/// The watched files.
#[derive(Debug)]
pub(super) struct Watch {
    paths: Paths,
    /// Whether files are looked at regularly: the user wants it, or events have failed.
    poll: bool,
    filter: Arc<Filter>,
    source: Source,
    sender: Sender<Signal>,
    receiver: Receiver<Signal>,
    /// The tree at the last overflow.
    after_overflow: Option<Tree>,
}

impl Watch {
    pub(super) fn start(
        paths: Paths,
        poll: bool,
        (sender, receiver): (Sender<Signal>, Receiver<Signal>),
        report: &impl Fn(Event),
    ) -> Self {
        let filter = Arc::new(Filter::new(&paths));
        let source = Source::Nothing;
        let mut watch =
            Self { paths, poll, filter, source, sender, receiver, after_overflow: None };
        watch.begin(report);
        watch
    }

    /// Watches other paths from now on, if they are other ones. Returns whether they are: what
    /// happened in them since the build that named them has gone unseen.
    pub(super) fn follow(&mut self, paths: Paths, report: &impl Fn(Event)) -> bool {
        if paths == self.paths {
            return false;
        }
        self.filter = Arc::new(Filter::new(&paths));
        self.paths = paths;
        self.after_overflow = None;
        // The old source goes only when the new one is there.
        self.begin(report);
        true
    }

    fn begin(&mut self, report: &impl Fn(Event)) {
        if self.poll {
            self.look(report);
            return;
        }
        match self.listen() {
            Ok(watcher) => self.source = Source::Events(watcher),
            Err(error) => self.fall_back(&error.to_string(), report),
        }
    }

    /// Waits for the next change; false is the end.
    pub(super) fn wait(&mut self, report: &impl Fn(Event)) -> bool {
        loop {
            let Ok(first) = self.receiver.recv() else {
                return false;
            };
            let mut batch = gather(first, &self.receiver);
            if batch.stop {
                return false;
            }
            let mut changed = !batch.paths.is_empty();
            // Setting watches goes through the thread that reads events: when it
            // is done, new folders are watched, and the build that follows sees
            // whatever was put into them before.
            if (batch.folder || batch.overflow)
                && let Source::Events(watcher) = &mut self.source
                && let Err(error) = arm(watcher, &self.filter)
            {
                batch.broken = Some(error.to_string());
            }
            if let Some(reason) = batch.broken
                && matches!(self.source, Source::Events(_))
            {
                self.fall_back(&reason, report);
                changed = true;
            }
            changed |= batch.overflow && self.tree_changed();
            if changed {
                return true;
            }
        }
    }

    /// Reading files is an event as well, so a build of a large site can overflow
    /// the queue by itself, and building again would do the same for ever. So an
    /// overflow only counts when the files differ from those at the last one.
    fn tree_changed(&mut self) -> bool {
        let now = scan(&self.filter);
        let changed = self.after_overflow.as_ref() != Some(&now);
        self.after_overflow = Some(now);
        changed
    }

    fn listen(&self) -> notify::Result<RecommendedWatcher> {
        let (filter, sender) = (Arc::clone(&self.filter), self.sender.clone());
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<_>| {
            let signal = match event {
                Ok(event) => signal(&filter, &event),
                Err(Error { kind: ErrorKind::PathNotFound | ErrorKind::WatchNotFound, .. }) => None,
                Err(error) => Some(Signal::Broken(error.to_string())),
            };
            if let Some(signal) = signal {
                // Nobody listening means that the preview is ending.
                let _ = sender.send(signal);
            }
        })?;
        arm(&mut watcher, &self.filter)?;
        Ok(watcher)
    }

    fn fall_back(&mut self, reason: &str, report: &impl Fn(Event)) {
        report(Event::Polling { reason: reason.to_owned() });
        self.poll = true;
        self.look(report);
    }

    fn look(&mut self, report: &impl Fn(Event)) {
        match Poller::start(Arc::clone(&self.filter), self.sender.clone()) {
            Ok(poller) => self.source = Source::Polling { _poller: poller },
            Err(error) => {
                self.source = Source::Nothing;
                report(Event::Blind { reason: error.to_string() });
            }
        }
    }
}

/// What an event means to us, if anything.
fn signal(filter: &Filter, event: &notify::Event) -> Option<Signal> {
    if event.need_rescan() {
        return Some(Signal::Overflow);
    }
    let structural = match event.kind {
        // The end of a write counts: what a build read before it may be half.
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => return None,
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => {
            true
        }
        _ => false,
    };
    let mut paths = Vec::new();
    let mut folder = false;
    for path in &event.paths {
        let above = structural && filter.holds_root(path);
        if above || filter.is_relevant(path) {
            folder |= above
                || event.kind == EventKind::Create(CreateKind::Folder)
                || (structural && path.is_dir());
            paths.push(path.clone());
        }
    }
    let changed = Signal::Changed { paths, folder };
    (!changed.is_empty()).then_some(changed)
}

/// Sets all watches; those that are set already stay.
///
/// The folder around each root is watched as well, or the nearest one there is,
/// so that a root that goes and comes back is noticed, and a single file keeps
/// being watched when an editor replaces it.
fn arm(watcher: &mut RecommendedWatcher, filter: &Filter) -> notify::Result<()> {
    let mut attempt = 1;
    loop {
        match try_arm(watcher, filter) {
            Err(Error { kind: ErrorKind::PathNotFound, .. }) if attempt < ATTEMPTS => {
                attempt += 1;
                thread::sleep(QUIET);
            }
            done => return done,
        }
    }
}

fn try_arm(watcher: &mut RecommendedWatcher, filter: &Filter) -> notify::Result<()> {
    let folders: BTreeSet<&PathBuf> = filter.roots().filter(|root| root.is_dir()).collect();
    let inside = |path: &Path| {
        folders.iter().any(|folder| path != folder.as_path() && path.starts_with(folder))
    };
    // Around first: a folder that is both around one root and in another must end
    // up watched with all that is in it.
    for root in filter.roots() {
        let around = root.ancestors().skip(1).find(|folder| folder.is_dir());
        if let Some(around) = around
            && !inside(around)
            && !folders.iter().any(|folder| folder.as_path() == around)
        {
            watcher.watch(around, RecursiveMode::NonRecursive)?;
        }
    }
    for folder in &folders {
        if !inside(folder) {
            watcher.watch(folder, RecursiveMode::Recursive)?;
        }
    }
    Ok(())
}

/// What has come together.
#[derive(Debug, Default)]
struct Batch {
    paths: BTreeSet<PathBuf>,
    folder: bool,
    overflow: bool,
    broken: Option<String>,
    stop: bool,
}

impl Batch {
    fn absorb(&mut self, signal: Signal) {
        match signal {
            Signal::Changed { paths, folder } => {
                self.paths.extend(paths);
                self.folder |= folder;
            }
            Signal::Overflow => self.overflow = true,
            Signal::Broken(reason) => self.broken = Some(reason),
            Signal::Stop => self.stop = true,
        }
    }
}

/// Takes what belongs to the first signal: all that comes before it is quiet.
fn gather(first: Signal, receiver: &Receiver<Signal>) -> Batch {
    let start = Instant::now();
    let mut batch = Batch::default();
    batch.absorb(first);
    while !batch.stop {
        let many = batch.overflow || batch.paths.len() > MANY;
        let (quiet, patience) = if many { (MANY_QUIET, MANY_PATIENCE) } else { (QUIET, PATIENCE) };
        let left = patience.saturating_sub(start.elapsed());
        if left.is_zero() {
            break;
        }
        match receiver.recv_timeout(quiet.min(left)) {
            Ok(signal) => batch.absorb(signal),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    batch
}
