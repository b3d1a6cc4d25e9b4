//! Connections: a thread for each, a bound on all of them, and a clock on each.
//!
//! `tiny_http`'s own server has no timeouts, no bound on threads or on the length
//! of a header, allocates by `Content-Length`, and stops for good when `accept`
//! fails once. So accepting and reading heads is done here, and its types and its
//! way of writing responses are used for the rest.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, ErrorKind, Read as _, Write as _};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tiny_http::{HTTPVersion, Header, StatusCode};

use super::answer::{Answer, Response, answer};
use super::guard::{self, Ends};
use super::request;
use super::site::{News, Site};

/// Connections at once. When there are more, the one that has shown no progress
/// for longest goes, so that slow ones never keep a new one out.
pub(super) const MAX_CONNECTIONS: usize = 256;
/// Threads at once. Those of connections that had to go live on until the page they make is made.
const MAX_THREADS: usize = 320;
/// Browsers send a few hundred bytes.
const MAX_HEAD: usize = 16 * 1024;
/// How long a connection may sit between requests, and how long a head may take.
const IDLE: Duration = Duration::from_secs(30);
const HEAD_TIME: Duration = Duration::from_secs(5);
/// How long one write may wait for the client to take it.
const WRITE_TIME: Duration = Duration::from_secs(10);
const HEARTBEAT: Duration = Duration::from_secs(15);
const STACK: usize = 512 * 1024;

/// A running server; dropping it frees the port and ends every connection.
#[derive(Debug)]
pub(super) struct Server {
    address: SocketAddr,
    stopping: Arc<AtomicBool>,
    connections: Arc<Connections>,
    /// Its end ends the heartbeat.
    _heart: Sender<()>,
}

pub(super) fn start(listener: TcpListener, site: Arc<Site>) -> io::Result<Server> {
    let address = listener.local_addr()?;
    let stopping = Arc::new(AtomicBool::new(false));
    let connections = Arc::new(Connections::default());
    let (heart, stopped) = mpsc::channel::<()>();

    let beating = Arc::clone(&site);
    thread::Builder::new().name("preview-heartbeat".into()).spawn(move || {
        while stopped.recv_timeout(HEARTBEAT) == Err(RecvTimeoutError::Timeout) {
            beating.hub.beat();
        }
    })?;
    let server = Server {
        address,
        stopping: Arc::clone(&stopping),
        connections: Arc::clone(&connections),
        _heart: heart,
    };
    thread::Builder::new()
        .name("preview-accept".into())
        .spawn(move || accept(&listener, &site, &connections, &stopping))?;
    Ok(server)
}

#[cfg(test)]
impl Server {
    /// How many connections have a thread.
    pub(super) fn connections(&self) -> usize {
        self.connections.lock().streams.len()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::SeqCst);
        // A last connection wakes `accept`, which then sees that it should stop.
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(match address.ip() {
                IpAddr::V4(_) => [127, 0, 0, 1].into(),
                IpAddr::V6(_) => [0, 0, 0, 0, 0, 0, 0, 1].into(),
            });
        }
        let _ = TcpStream::connect_timeout(&address, Duration::from_secs(1));
        self.connections.close_all();
    }
}

fn accept(
    listener: &TcpListener,
    site: &Arc<Site>,
    connections: &Arc<Connections>,
    stopping: &AtomicBool,
) {
    loop {
        let accepted = listener.accept();
        if stopping.load(Ordering::SeqCst) {
            return;
        }
        let Ok((stream, _)) = accepted else {
            // Out of file descriptors, or a client that left already: both pass.
            thread::sleep(Duration::from_millis(10));
            continue;
        };
        while connections.threads.load(Ordering::SeqCst) >= MAX_THREADS {
            thread::sleep(Duration::from_millis(5));
        }
        let stream = Arc::new(stream);
        let slot = Slot { number: connections.add(&stream), connections: Arc::clone(connections) };
        let site = Arc::clone(site);
        // Without a thread the closure is dropped, and with it the connection and
        // its slot.
        let _ = thread::Builder::new().name("preview-request".into()).stack_size(STACK).spawn(
            move || {
                // A client that leaves or dawdles is nobody's problem but its own.
                let _ = converse(&stream, &slot, &site);
            },
        );
    }
}

/// Answers the requests of one connection until it ends.
fn converse(stream: &Arc<TcpStream>, slot: &Slot, site: &Site) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(WRITE_TIME))?;
    let ends = Ends { local: stream.local_addr()?.ip(), peer: stream.peer_addr()?.ip() };
    let mut received = Vec::new();
    loop {
        let parsed = match read_head(stream, &mut received)? {
            Head::End => return Ok(()),
            Head::Bad(status) => Err(status),
            Head::Whole(length) => {
                let parsed = request::parse(&received[..length]);
                received.drain(..length);
                parsed
            }
        };
        slot.connections.touch(slot.number);
        let request = match parsed {
            Ok(request) => request,
            Err(status) => return refuse(stream, status),
        };
        // A bug in an answer costs that answer, not the preview.
        // Whoever is refused does not wait for anything.
        let view = match guard::check(&request, ends, &site.door) {
            Ok(_) => site.view_for(&request.path),
            Err(_) => site.view(),
        };
        let answered = catch_unwind(AssertUnwindSafe(|| answer(&request, ends, &site.door, &view)));
        let response = match answered {
            Ok(Answer::Response(response)) => response,
            Ok(Answer::Events(page)) => {
                let state = || site.view().state_json(&News::default());
                site.hub.subscribe(Arc::clone(stream), page, state);
                return Ok(());
            }
            Err(_) => Response::refusal(500),
        };
        write(stream, &response, request.method == tiny_http::Method::Head)?;
        if !response.keep_alive {
            return linger(stream);
        }
        if !request.keep_alive {
            return Ok(());
        }
    }
}

enum Head {
    /// The length of a head with its empty line.
    Whole(usize),
    /// The client has nothing more to ask.
    End,
    Bad(u16),
}

/// Reads until a whole head is there. Bytes after it stay in `received`.
fn read_head(stream: &TcpStream, received: &mut Vec<u8>) -> io::Result<Head> {
    let mut deadline = Instant::now() + if received.is_empty() { IDLE } else { HEAD_TIME };
    let mut chunk = [0; 4096];
    loop {
        if let Some(at) = received.windows(4).position(|four| four == b"\r\n\r\n") {
            return Ok(if at <= MAX_HEAD { Head::Whole(at + 4) } else { Head::Bad(431) });
        }
        if received.len() > MAX_HEAD {
            return Ok(Head::Bad(431));
        }
        if is_hopeless(received) {
            return Ok(Head::Bad(400));
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(silence(received));
        }
        stream.set_read_timeout(Some(left))?;
        match { stream }.read(&mut chunk) {
            Ok(0) => return Ok(Head::End),
            Ok(count) => {
                if received.is_empty() {
                    deadline = Instant::now() + HEAD_TIME;
                }
                received.extend_from_slice(&chunk[..count]);
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                return Ok(silence(received));
            }
            Err(error) => return Err(error),
        }
    }
}

/// Whether this can never become the head of a request that is understood: something else than text
/// (a browser that wants TLS), lines that end in another way, a first line without a version. Whoever
/// sends it would wait in vain for an answer.
fn is_hopeless(received: &[u8]) -> bool {
    let is_odd = |(at, &byte): (usize, &u8)| match byte {
        b'\n' => at == 0 || received[at - 1] != b'\r',
        b'\r' => received.get(at + 1).is_some_and(|&next| next != b'\n'),
        b'\t' => false,
        _ => byte.is_ascii_control(),
    };
    let end = received.windows(2).position(|two| two == b"\r\n");
    let has_version = |line: &[u8]| line.windows(6).any(|six| six == b" HTTP/");
    received.iter().enumerate().any(is_odd) || end.is_some_and(|end| !has_version(&received[..end]))
}

/// An idle connection just ends; half a request is told that it took too long.
fn silence(received: &[u8]) -> Head {
    if received.is_empty() { Head::End } else { Head::Bad(408) }
}

fn refuse(stream: &TcpStream, status: u16) -> io::Result<()> {
    write(stream, &Response::refusal(status), false)?;
    linger(stream)
}

fn write(stream: &TcpStream, response: &Response, head_only: bool) -> io::Result<()> {
    let headers = response
        .headers
        .iter()
        .filter_map(|(name, value)| Header::from_bytes(*name, value.as_str()).ok())
        .collect();
    let body = response.body.bytes();
    let mut out = BufWriter::with_capacity(16 * 1024, stream);
    tiny_http::Response::new(StatusCode(response.status), headers, body, Some(body.len()), None)
        // The length is known, so nothing is ever sent in chunks.
        .with_chunked_threshold(usize::MAX)
        .raw_print(&mut out, HTTPVersion(1, 1), &[], head_only, None)?;
    out.flush()
}

/// Ends a connection whose client may still be sending. Closing at once would
/// reset it, and the client might never see the answer; so a little is thrown away
/// first, for a short while.
fn linger(stream: &TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(Duration::from_millis(200)))?;
    let deadline = Instant::now() + Duration::from_secs(1);
    let mut waste = [0; 4096];
    let mut budget = 64usize;
    while budget > 0 && Instant::now() < deadline && { stream }.read(&mut waste)? > 0 {
        budget -= 1;
    }
    Ok(())
}

/// The connections that have a thread, and when each last got somewhere.
#[derive(Debug, Default)]
struct Connections {
    open: Mutex<Open>,
    threads: AtomicUsize,
}

#[derive(Debug, Default)]
struct Open {
    last_number: u64,
    streams: BTreeMap<u64, (Instant, Arc<TcpStream>)>,
}

impl Connections {
    fn add(&self, stream: &Arc<TcpStream>) -> u64 {
        let mut open = self.lock();
        if open.streams.len() >= MAX_CONNECTIONS {
            let stalest =
                open.streams.iter().min_by_key(|(_, (since, _))| *since).map(|(&number, _)| number);
            if let Some((_, stream)) = stalest.and_then(|number| open.streams.remove(&number)) {
                // Its thread wakes from reading or writing, and ends.
                let _ = stream.shutdown(Shutdown::Both);
            }
        }
        open.last_number += 1;
        let number = open.last_number;
        open.streams.insert(number, (Instant::now(), Arc::clone(stream)));
        self.threads.fetch_add(1, Ordering::SeqCst);
        number
    }

    fn touch(&self, number: u64) {
        if let Some((since, _)) = self.lock().streams.get_mut(&number) {
            *since = Instant::now();
        }
    }

    fn close_all(&self) {
        for (_, stream) in self.lock().streams.values() {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives a connection's place back when its thread ends, however it ends.
struct Slot {
    number: u64,
    connections: Arc<Connections>,
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.connections.lock().streams.remove(&self.number);
        self.connections.threads.fetch_sub(1, Ordering::SeqCst);
    }
}
