//! Turns file system events into one wake-up per save.
//!
//! Events are hints: an editor's save is a handful of them, a checkout thousands,
//! and the queue may overflow. So they are gathered until it is over (`gather`), and
//! they only say where to look, never what is there.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use notify::{ErrorKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::filter::WatchFilter;
use super::gather::{Batch, Change, Recent};
use super::polling::{Poller, Tree, scan};
use super::signal::Signal;
use super::{Event, Paths};

/// A folder that goes while it is being watched is looked for again, for this long in all.
const ATTEMPTS: u32 = 20;
const ATTEMPT: Duration = Duration::from_millis(10);

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
    filter: Arc<WatchFilter>,
    source: Source,
    sender: Sender<Signal>,
    receiver: Receiver<Signal>,
    /// What came while somebody only asked whether there is anything.
    stash: Option<Signal>,
    recent: Option<Recent>,
    /// When the last build was over; none while there is one.
    idle: Option<Instant>,
    /// The tree at the last overflow.
    after_overflow: Option<Tree>,
}

/// How waiting ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Waited {
    /// Something has changed.
    Changed(Change),
    /// Nothing has, for as long as was asked.
    Quiet,
    /// The preview is to end.
    Ended,
}

impl Watch {
    pub(super) fn start(
        paths: Paths,
        poll: bool,
        (sender, receiver): (Sender<Signal>, Receiver<Signal>),
        report: &impl Fn(Event),
    ) -> Self {
        let filter = Arc::new(WatchFilter::new(&paths));
        let source = Source::Nothing;
        let mut watch = Self {
            paths,
            poll,
            filter,
            source,
            sender,
            receiver,
            stash: None,
            recent: None,
            idle: None,
            after_overflow: None,
        };
        watch.begin(report);
        watch
    }

    /// Watches other paths from now on, if they are other ones. Returns whether they are: what
    /// happened in them since the build that named them has gone unseen.
    pub(super) fn follow(&mut self, paths: Paths, report: &impl Fn(Event)) -> bool {
        if paths == self.paths {
            return false;
        }
        self.filter = Arc::new(WatchFilter::new(&paths));
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

    /// Waits for the next change; none is the end.
    pub(super) fn wait(&mut self, report: &impl Fn(Event)) -> Option<Change> {
        match self.wait_until(None, report) {
            Waited::Changed(change) => Some(change),
            Waited::Quiet | Waited::Ended => None,
        }
    }

    /// Waits for the next change, but not for ever. A change that has begun is waited for to its
    /// end.
    pub(super) fn wait_for(&mut self, time: Duration, report: &impl Fn(Event)) -> Waited {
        self.wait_until(Some(Instant::now() + time), report)
    }

    /// Whether something is there to wake up for, so that work that can be done later should be.
    pub(super) fn is_pending(&mut self) -> bool {
        if self.stash.is_none() {
            self.stash = self.receiver.try_recv().ok();
        }
        self.stash.is_some()
    }

    fn wait_until(&mut self, end: Option<Instant>, report: &impl Fn(Event)) -> Waited {
        // Late work, between two waits, reads no files.
        let idle = *self.idle.get_or_insert_with(Instant::now);
        loop {
            let Some(first) = self.stash.take().or_else(|| self.next(end)) else {
                return Waited::Quiet;
            };
            let batch = Batch::gather(first, &self.receiver, self.recent.as_ref(), idle);
            if batch.stop {
                return Waited::Ended;
            }
            if let Some(change) = self.understand(batch, report) {
                self.recent = Some(Recent { change: change.clone(), at: Instant::now() });
                self.idle = None;
                return Waited::Changed(change);
            }
        }
    }

    /// The next signal; none if it does not come in time.
    fn next(&self, end: Option<Instant>) -> Option<Signal> {
        // We hold a sender ourselves, so the channel does not end.
        match end {
            None => self.receiver.recv().ok(),
            Some(end) => {
                self.receiver.recv_timeout(end.saturating_duration_since(Instant::now())).ok()
            }
        }
    }

    /// What has to be built for what has come together, if anything.
    fn understand(&mut self, mut batch: Batch, report: &impl Fn(Event)) -> Option<Change> {
        let mut changed = !batch.is_empty();
        let mut everything = batch.overflow;
        // A link by which a root was named may lead elsewhere now.
        if batch.folder {
            let filter = WatchFilter::new(&self.paths);
            if filter.roots() != self.filter.roots() {
                self.filter = Arc::new(filter);
                self.begin(report);
            }
        }
        // Setting watches goes through the thread that reads events: when it
        // is done, new folders are watched, and the build that follows sees
        // whatever was put into them before.
        if (batch.folder || batch.overflow)
            && let Source::Events(watcher) = &mut self.source
            && let Err(error) = arm(watcher, &self.filter)
        {
            batch.broken = Some(error.to_string());
        }
        if let Some(reason) = batch.broken.take()
            && matches!(self.source, Source::Events(_))
        {
            self.fall_back(&reason, report);
            changed = true;
            everything = true;
        }
        changed |= batch.overflow && self.tree_changed();
        let mut change = batch.into_change();
        change.everything |= everything;
        changed.then_some(change)
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
        let hear = move |event: notify::Result<_>| {
            let signal = match event {
                Ok(event) => Signal::of(&event, &filter),
                Err(error) if is_missing(&error.kind) => None,
                Err(error) => Some(Signal::Broken(error.to_string())),
            };
            if let Some(signal) = signal {
                // Nobody listening means that the preview is ending.
                let _ = sender.send(signal);
            }
        };
        // A folder that is watched under two names is told under one of them, and lost when one
        // goes. So links are not followed here; `filter` knows what they lead to.
        let config = notify::Config::default().with_follow_symlinks(false);
        let mut watcher = RecommendedWatcher::new(hear, config)?;
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

/// Sets all watches; those that are set already stay.
///
/// The folder around each root is watched as well, or the nearest one there is,
/// so that a root that goes and comes back is noticed, and a single file keeps
/// being watched when an editor replaces it.
fn arm(watcher: &mut RecommendedWatcher, filter: &WatchFilter) -> notify::Result<()> {
    let mut attempt = 1;
    loop {
        match try_arm(watcher, filter) {
            Err(error) if is_missing(&error.kind) && attempt < ATTEMPTS => {
                attempt += 1;
                thread::sleep(ATTEMPT);
            }
            done => return done,
        }
    }
}

fn is_missing(kind: &ErrorKind) -> bool {
    match kind {
        ErrorKind::PathNotFound | ErrorKind::WatchNotFound => true,
        ErrorKind::Io(error) => error.kind() == io::ErrorKind::NotFound,
        _ => false,
    }
}

fn try_arm(watcher: &mut RecommendedWatcher, filter: &WatchFilter) -> notify::Result<()> {
    filter.survey();
    let link_targets = filter.link_targets();
    let trees = filter.roots().iter().chain(&link_targets);
    let folders: BTreeSet<&PathBuf> = trees.filter(|root| root.is_dir()).collect();
    let inside = |path: &Path| {
        folders.iter().any(|folder| path != folder.as_path() && path.starts_with(folder))
    };
    // Around first: a folder that is both around one root and in another must end
    // up watched with all that is in it.
    for head in filter.watched() {
        let around = head.ancestors().skip(1).find(|folder| folder.is_dir());
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
