//! Live preview: builds in memory, serves it here, and shows every saved change in the open tabs.
//!
//! The steps, in the order a change takes ([`running`] goes from one to the next):
//!
//! 1. [`watcher`] turns file system events into one wake-up per save ([`polling`] does it where
//!    events cannot be had), for the paths that [`filter`] lets through; [`signal`] says what an
//!    event means, and [`gather`] when a save is over;
//! 2. the caller's [`Build`] makes a [`Snapshot`], the same way `tier0 build` does,
//!    but pages only when somebody looks at them; when it has been calm for a
//!    moment, it does the rest;
//! 3. [`site`] keeps the last good files and the problems of the last build;
//! 4. [`live`] tells the open tabs, whose scripts (`client/`) swap what has changed
//!    in the page or lay the problems over it;
//! 5. [`server`] reads requests, [`guard`] refuses those that another site or
//!    another machine has no business to send and tells the author ([`token`]) from guests, also
//!    those behind a proxy ([`passed`]); [`answer`] decides the rest.
//!
//! Requests are only ever answered from the [`Files`] of a snapshot: they know all their paths
//! beforehand, so no request can reach any other file of the disk. Nothing here prints: what happens
//! goes to the caller as an [`Event`], and the caller finds the words.

#![allow(
    clippy::disallowed_methods,
    reason = "the preview is an edge: it watches the disk, keeps the time and runs threads"
)]

mod answer;
mod browser;
pub(crate) mod editor;
mod filter;
mod gather;
mod guard;
mod live;
mod media;
mod own;
mod passed;
mod polling;
mod request;
mod running;
mod server;
mod signal;
mod site;
#[cfg(test)]
mod tests;
mod token;
mod watcher;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

pub(crate) use self::gather::Change;
pub(crate) use self::running::Preview;
#[cfg(test)]
use self::running::Stopper;
use crate::diagnostic::json::Record;

/// More problems than this help nobody in a browser, and each costs it an element.
pub(crate) const MOST_PROBLEMS: usize = 200;

/// What builds the site.
pub(crate) trait Build {
    /// Takes in a change, as far as it takes to show the pages that tabs are open on.
    fn update(&mut self, change: &Change, open: &[Open]) -> Snapshot;

    /// Does a part of what nobody waits for: editions that nobody looks at, and the problems that
    /// only show when every page is made. Stops when `is_stale` says that there is another change;
    /// then, and if there is nothing left to do, there is no snapshot.
    fn complete(&mut self, _is_stale: &mut dyn FnMut() -> bool) -> Option<Snapshot> {
        None
    }
}

/// The files of an edition, made when they are asked for.
pub(crate) trait Files: fmt::Debug + Send + Sync {
    /// The bytes of a file by its decoded path: `guides/reset/index.html`.
    fn get(&self, path: &str) -> Found;

    /// Whether there is such a file; it need not be made for that.
    fn has(&self, path: &str) -> bool;

    /// Answers the toolbar; none if there is nothing to say.
    fn ask(&self, _question: &Question) -> Option<Value> {
        None
    }
}

/// What the toolbar asks of an edition. Pages are named by the paths of their files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Question {
    /// What is known of a page.
    About(String),
    /// The text of a page once more, with the source of each block.
    Blocks(String),
    /// To open the source of a page in the author's editor: of a block, by its number in
    /// [`Question::Blocks`], or of the page.
    Open {
        /// The page.
        path: String,
        /// The block.
        block: Option<usize>,
    },
    /// To open a file that a problem names.
    OpenSource {
        /// The path of the problem.
        source: String,
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
    },
}

/// A file that somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// Its bytes.
    File(Arc<Vec<u8>>),
    /// It cannot be made; the problems of the build say why.
    Broken,
    /// There is none.
    Missing,
}

impl Files for BTreeMap<String, Arc<Vec<u8>>> {
    fn get(&self, path: &str) -> Found {
        BTreeMap::get(self, path).map_or(Found::Missing, |bytes| Found::File(Arc::clone(bytes)))
    }

    fn has(&self, path: &str) -> bool {
        self.contains_key(path)
    }
}

/// A page that a tab shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Open {
    /// The name of the edition.
    pub edition: String,
    /// The path of its file, as in [`Files::get`].
    pub path: String,
}

/// What one build gives the preview.
#[derive(Debug, Clone, Default)]
pub(crate) struct Snapshot {
    /// The editions of the site. The first is served at `/`, each also at
    /// `/@NAME/`. None means that nothing could be built: all stays as it was.
    pub editions: Vec<Edition>,
    /// What the build has to say, warnings too: no more than [`MOST_PROBLEMS`].
    pub problems: Vec<Problem>,
    /// How many problems there are.
    pub total: usize,
    /// What this build read. If these paths are not the ones that are watched,
    /// they are from then on.
    pub paths: Paths,
    /// Files that are copied as they are, and were seen to change: paths in the site.
    pub copied: Vec<String>,
}

/// The site as the readers of one edition get it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edition {
    /// Its name.
    pub name: String,
    /// Its files, if there are new ones; else those of the last build stay. The same value as
    /// before says that no file is other than it was.
    pub files: Option<Arc<dyn Files>>,
    /// The folders of its home pages, one per language: `` and `zh/`.
    pub homes: Vec<String>,
    /// Whether its build met errors.
    pub failed: bool,
    /// Pages whose text was seen to change.
    pub edited: Vec<Edited>,
}

/// A page whose text has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edited {
    /// Its address from the root of its edition, percent-encoded: `guides/reset/`.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Its file, as people call it.
    pub source: String,
}

/// A problem, and whom it concerns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Problem {
    /// What is wrong, and where.
    #[serde(flatten)]
    pub record: Record,
    /// The editions that have it, if others do not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub editions: Vec<String>,
    /// The same in Chinese, for browsers: they show it in the language of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zh: Option<Words>,
}

/// What is reported for a problem in a language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Words {
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: String,
}

/// The files and folders that a build has to do with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Paths {
    /// What it reads. These need not exist yet.
    pub watch: Vec<PathBuf>,
    /// Folders whose changes are of our own making (the output).
    pub ignore: Vec<PathBuf>,
}

/// What to serve, where, and which files to watch.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// The address to listen on; loopback unless the user asked for another.
    pub host: IpAddr,
    /// The wanted port. When it is taken the next free one is used; 0 lets the
    /// system choose.
    pub port: u16,
    /// Open the user's browser once the site is there.
    pub open: bool,
    /// What to watch during the first build.
    pub paths: Paths,
    /// Look at the files regularly instead of asking the system for events.
    pub poll: bool,
}

/// What the caller may want to tell the user.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Event {
    /// The site can be visited.
    Listening {
        /// Where to point a browser on this machine.
        url: String,
        /// The address that is bound.
        address: SocketAddr,
        /// The wanted port, if it was taken and another one is used.
        moved_from: Option<u16>,
        /// Whether other machines can reach the preview, which deserves a warning.
        exposed: bool,
    },
    /// A build is shown.
    Built(Built),
    /// The system gives no events (any more); files are looked at regularly.
    Polling {
        /// The system's own words.
        reason: String,
    },
    /// Files cannot be looked at either: no change will be noticed any more.
    Blind {
        /// The system's own words.
        reason: String,
    },
    /// No browser could be started.
    NoBrowser {
        /// The system's own words.
        reason: String,
    },
}

/// What came of a build. Times are milliseconds.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(crate) struct Built {
    /// When the first event of the change was seen, since 1970; none for the first build.
    pub seen: Option<f64>,
    /// How long it took from then until the build began.
    pub waited: f64,
    /// How long the build took, until the tabs were told.
    pub took: f64,
    /// How many editions there are.
    pub editions: usize,
    /// Those that failed, and whose last good files are still served.
    pub kept: Vec<String>,
    /// Those that failed, and never had any.
    pub empty: Vec<String>,
    /// The sources of the pages whose text was seen to change, each once.
    pub edited: Vec<String>,
    /// How many problems there are, as far as is known.
    pub problems: usize,
}

/// Why the preview cannot run.
#[derive(Debug)]
pub(crate) enum PreviewError {
    /// The wanted port and those after it are taken.
    NoFreePort {
        /// The first port that was tried.
        first: u16,
        /// The last port that was tried.
        last: u16,
    },
    /// The address cannot be used.
    Bind {
        /// The address that was tried.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The system gives no thread to serve with.
    Thread(io::Error),
    /// The system gives no random numbers, by which the author's own pages are known.
    Random(io::Error),
}

impl fmt::Display for PreviewError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFreePort { first, last } => {
                write!(f, "ports {first} to {last} are all taken")
            }
            Self::Bind { address, source } => write!(f, "cannot listen on {address}: {source}"),
            Self::Thread(source) => write!(f, "cannot start a thread: {source}"),
            Self::Random(source) => write!(f, "the system gives no random numbers: {source}"),
        }
    }
}

impl std::error::Error for PreviewError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NoFreePort { .. } => None,
            Self::Bind { source, .. } | Self::Thread(source) | Self::Random(source) => Some(source),
        }
    }
}
