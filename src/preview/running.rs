//! The running preview: it builds, serves, and builds again after each change.

use std::io;
use std::mem;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::guard::Door;
use super::signal::Signal;
use super::site::Site;
use super::token::Token;
use super::watcher::{Waited, Watch};
use super::{Build, Change, Event, Options, PreviewError, browser, server};

/// How many ports after the wanted one are tried when it is taken.
const MORE_PORTS: u16 = 20;
/// Late work begins when nothing has been saved for this long: browsers have painted by then, and
/// whoever saves again at once does not wait for it.
const CALM: Duration = Duration::from_millis(300);

/// A preview with its port, before the first build.
#[derive(Debug)]
pub(crate) struct Preview {
    options: Options,
    listener: TcpListener,
    address: SocketAddr,
    pub(super) sender: Sender<Signal>,
    receiver: Receiver<Signal>,
}

/// Ends a running preview from another thread.
#[cfg(test)]
#[derive(Debug, Clone)]
pub(crate) struct Stopper(Sender<Signal>);

#[cfg(test)]
impl Stopper {
    /// Makes [`Preview::run`] return.
    pub(crate) fn stop(&self) {
        // Nobody listening means that it has ended already.
        let _ = self.0.send(Signal::Stop);
    }
}

impl Preview {
    /// Takes the port, so that a taken or forbidden one is told before the build.
    ///
    /// # Errors
    /// When neither the wanted port nor one of the next is to be had.
    pub(crate) fn open(options: Options) -> Result<Self, PreviewError> {
        let (listener, address) = bind(options.host, options.port)?;
        let (sender, receiver) = mpsc::channel();
        Ok(Self { options, listener, address, sender, receiver })
    }

    /// A handle that ends [`Preview::run`].
    #[cfg(test)]
    #[must_use]
    pub(crate) fn stopper(&self) -> Stopper {
        Stopper(self.sender.clone())
    }

    /// Builds, serves, and builds again after each change, until stopped. The builds run on the
    /// calling thread, one at a time.
    ///
    /// # Errors
    /// When the system gives no thread to serve with, or no random numbers.
    pub(crate) fn run(
        self,
        build: &mut dyn Build,
        report: impl Fn(Event),
    ) -> Result<(), PreviewError> {
        // Watching starts first: a save during the first build must not be lost.
        let Options { paths, poll, port, open, .. } = self.options;
        let mut watch = Watch::start(paths, poll, (self.sender, self.receiver), &report);
        let exposed = !self.address.ip().is_loopback();
        let token = Token::new().map_err(PreviewError::Random)?;
        let site = Arc::new(Site::new(Door { exposed, token }));
        let all = Change { everything: true, ..Change::default() };
        let mut kept = update(build, &all, &site, &mut watch, &report);

        // Requests that came during the build have waited in the queue of the socket.
        let server =
            server::start(self.listener, Arc::clone(&site)).map_err(PreviewError::Thread)?;
        let url = local_url(self.address);
        report(Event::Listening {
            url: url.clone(),
            address: self.address,
            moved_from: Some(port).filter(|&port| port != 0 && port != self.address.port()),
            exposed,
        });
        if open && let Err(error) = browser::open(&url) {
            report(Event::NoBrowser { reason: error.to_string() });
        }

        // At first nobody is in a hurry to see a change, but may be to see another edition.
        let mut late = Some(Duration::ZERO);
        loop {
            let waited = match late {
                None => watch.wait(&report).map_or(Waited::Ended, Waited::Changed),
                Some(calm) => watch.wait_for(calm, &report),
            };
            match waited {
                Waited::Changed(change) => {
                    kept = update(build, &change, &site, &mut watch, &report);
                    late = Some(CALM);
                }
                Waited::Quiet => {
                    let start = Instant::now();
                    let snapshot = build.complete(&mut || watch.is_pending());
                    // What stopped it comes next, and may turn out to be no change at all.
                    let more = snapshot.as_ref().map(|_| Duration::ZERO);
                    late = more.or_else(|| watch.is_pending().then_some(CALM));
                    if let Some(snapshot) = snapshot {
                        let mut built = site.publish(snapshot);
                        built.took = milliseconds(start.elapsed());
                        // Told only if it takes away something that was said to be shown.
                        if built.kept != kept {
                            kept.clone_from(&built.kept);
                            report(Event::Built(built));
                        }
                    }
                }
                Waited::Ended => break,
            }
        }
        drop(server);
        Ok(())
    }
}

/// Builds what open tabs show, and shows it. Gives back which editions are not shown.
fn update(
    build: &mut dyn Build,
    change: &Change,
    site: &Site,
    watch: &mut Watch,
    report: &impl Fn(Event),
) -> Vec<String> {
    let mut change = change.clone();
    loop {
        let start = Instant::now();
        let mut snapshot = build.update(&change, &site.hub.open());
        let paths = mem::take(&mut snapshot.paths);
        let mut built = site.publish(snapshot);
        built.took = milliseconds(start.elapsed());
        if let Some(first) = change.first {
            built.waited = milliseconds(start.saturating_duration_since(first));
            let seen = SystemTime::now().checked_sub(first.elapsed());
            let seen = seen.and_then(|seen| seen.duration_since(UNIX_EPOCH).ok());
            built.seen = seen.map(milliseconds);
        }
        let kept = built.kept.clone();
        report(Event::Built(built));
        // What was saved in new folders before they were watched must not be lost.
        if !watch.follow(paths, report) {
            return kept;
        }
        change.everything = true;
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
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
