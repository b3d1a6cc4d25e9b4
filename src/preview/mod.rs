//! Live preview: builds in memory, serves it on this machine, and shows every
//! saved change in the open browser tabs.
//!
//! The steps, in the order a change takes:
//!
//! 1. [`watcher`] turns file system events into one wake-up per save
//!    ([`polling`] does it where events cannot be had), for the paths that
//!    [`filter`] lets through; [`signal`] says what an event means, and
//!    [`gather`] when a save is over;
//! 2. the caller's `build` makes a [`Snapshot`], the same way `tier0 build` does;
//! 3. [`site`] keeps the last good files and the problems of the last build;
//! 4. [`live`] tells the open tabs, whose script (`client.js`) reloads the page
//!    or lays the problems over it;
//! 5. [`server`] reads requests, [`guard`] refuses those that another site or
//!    another machine has no business to send, [`answer`] decides the rest.
//!
//! Requests are only ever answered from the snapshot in memory, so no request
//! can reach the disk. Nothing here prints: what happens goes to the caller as
//! an [`Event`], and the caller finds the words.

#![allow(
    clippy::disallowed_methods,
    reason = "the preview is an edge: it watches the disk, keeps the time and runs threads"
)]

mod answer;
mod browser;
pub mod editor;
mod filter;
mod gather;
mod guard;
mod live;
mod media;
mod polling;
mod request;
mod server;
mod signal;
mod site;
#[cfg(test)]
mod tests;
mod watcher;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::mem;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use serde::Serialize;

pub use self::gather::Change;
use self::signal::Signal;
use self::site::Site;
use self::watcher::Watch;
use crate::diagnostic::json::Record;

/// How many ports after the wanted one are tried when it is taken.
const MORE_PORTS: u16 = 20;

/// What one build gives the preview.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// The editions of the site. The first is served at `/`, each also at
    /// `/@NAME/`. None means that nothing could be built: all stays as it was.
    pub editions: Vec<Edition>,
    /// Everything the build has to say, warnings too.
    pub problems: Vec<Problem>,
    /// What this build read. If these paths are not the ones that are watched,
    /// they are from then on.
    pub paths: Paths,
}

/// The site as the readers of one edition get it.
#[derive(Debug, Clone, Default)]
pub struct Edition {
    /// Its name.
    pub name: String,
    /// Every file by its decoded path: `guides/reset/index.html`. A file that did
    /// not change may come as the same `Arc`, which spares a comparison of its
    /// bytes.
    pub files: BTreeMap<String, Arc<Vec<u8>>>,
    /// The folders of its home pages, one per language: `` and `zh/`.
    pub homes: Vec<String>,
    /// Whether its build met errors. The files of its last good build then stay,
    /// and these `files` are used only while there has been no good build yet.
    pub failed: bool,
}

/// A problem, and whom it concerns.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What is wrong, and where.
    #[serde(flatten)]
    pub record: Record,
    /// The editions that have it, if others do not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub editions: Vec<String>,
}

/// The files and folders that a build has to do with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paths {
    /// What it reads. These need not exist yet.
    pub watch: Vec<PathBuf>,
    /// Folders whose changes are of our own making (the output).
    pub ignore: Vec<PathBuf>,
}

/// What to serve, where, and which files to watch.
#[derive(Debug, Clone)]
pub struct Options {
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
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
    /// A build is done and shown.
    Built {
        /// How long `build` took.
        took: Duration,
        /// What is shown of it.
        shown: Shown,
        /// Everything it had to say, for the terminal.
        problems: Vec<Problem>,
    },
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

/// What is shown of a build.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// Editions that are served now.
    pub editions: usize,
    /// Those of them that failed, so that their last good files are still served.
    pub failed: Vec<String>,
    /// Files in all editions now.
    pub files: usize,
    /// Files that this build added, changed or removed.
    pub changed: usize,
}

/// Why the preview cannot run.
#[derive(Debug)]
pub enum PreviewError {
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
}

impl fmt::Display for PreviewError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFreePort { first, last } => {
                write!(f, "ports {first} to {last} are all taken")
            }
            Self::Bind { address, source } => write!(f, "cannot listen on {address}: {source}"),
            Self::Thread(source) => write!(f, "cannot start a thread: {source}"),
        }
    }
}

impl std::error::Error for PreviewError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NoFreePort { .. } => None,
            Self::Bind { source, .. } | Self::Thread(source) => Some(source),
        }
    }
}

/// A preview with its port, before the first build.
#[derive(Debug)]
pub struct Preview {
    options: Options,
    listener: TcpListener,
    address: SocketAddr,
    sender: Sender<Signal>,
    receiver: Receiver<Signal>,
}

/// Ends a running preview from another thread.
#[derive(Debug, Clone)]
pub struct Stopper(Sender<Signal>);

impl Stopper {
    /// Makes [`Preview::run`] return.
    pub fn stop(&self) {
        // Nobody listening means that it has ended already.
        let _ = self.0.send(Signal::Stop);
    }
}

impl Preview {
    /// Takes the port, so that a taken or forbidden one is told before the build.
    ///
    /// # Errors
    /// When neither the wanted port nor one of the next is to be had.
    pub fn open(options: Options) -> Result<Self, PreviewError> {
        let (listener, address) = bind(options.host, options.port)?;
        let (sender, receiver) = mpsc::channel();
        Ok(Self { options, listener, address, sender, receiver })
    }

    /// A handle that ends [`Preview::run`].
    #[must_use]
    pub fn stopper(&self) -> Stopper {
        Stopper(self.sender.clone())
    }

    /// Builds, serves, and builds again after each change, until stopped.
    ///
    /// `build` runs on the calling thread, one at a time.
    ///
    /// # Errors
    /// When the system gives no thread to serve with.
    pub fn run(
        self,
        mut build: impl FnMut() -> Snapshot,
        report: impl Fn(Event),
    ) -> Result<(), PreviewError> {
        // Watching starts first: a save during the first build must not be lost.
        let Options { paths, poll, port, open, .. } = self.options;
        let mut watch = Watch::start(paths, poll, (self.sender, self.receiver), &report);
        let site = Arc::new(Site::new());
        let mut rebuild = |watch: &mut Watch| loop {
            let start = Instant::now();
            let mut snapshot = build();
            let took = start.elapsed();
            let (paths, problems) = (mem::take(&mut snapshot.paths), snapshot.problems.clone());
            let shown = site.publish(snapshot);
            report(Event::Built { took, shown, problems });
            // What was saved in new folders before they were watched must not be lost.
            if !watch.follow(paths, &report) {
                break;
            }
        };
        rebuild(&mut watch);

        // Requests that came during the build have waited in the queue of the socket.
        let server =
            server::start(self.listener, Arc::clone(&site)).map_err(PreviewError::Thread)?;
        let url = local_url(self.address);
        report(Event::Listening {
            url: url.clone(),
            address: self.address,
            moved_from: Some(port).filter(|&port| port != 0 && port != self.address.port()),
            exposed: !self.address.ip().is_loopback(),
        });
        if open && let Err(error) = browser::open(&url) {
            report(Event::NoBrowser { reason: error.to_string() });
        }

        while watch.wait(&report).is_some() {
            rebuild(&mut watch);
        }
        drop(server);
        Ok(())
    }
}

fn bind(host: IpAddr, port: u16) -> Result<(TcpListener, SocketAddr), PreviewError> {
    let last = port.saturating_add(if port == 0 { 0 } else { MORE_PORTS });
    for port in port..=last {
        let address = SocketAddr::new(host, port);
        match TcpListener::bind(address).and_then(|l| l.local_addr().map(|a| (l, a))) {
            Ok(bound) => return Ok(bound),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(source) => return Err(PreviewError::Bind { address, source }),
        }
    }
    Err(PreviewError::NoFreePort { first: port, last })
}

/// "Every address" cannot be visited; this machine's own loopback can.
fn local_url(address: SocketAddr) -> String {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    format!("http://{}/", SocketAddr::new(ip, address.port()))
}
