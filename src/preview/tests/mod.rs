//! Real files, real sockets. Times are only bounds for failure: a test waits for
//! what must happen, and fails when it does not within [`LONG`].

mod answers;
mod lookout;
mod serving;
#[path = "../../../tests/support/skip.rs"]
mod skip;
mod watching;
mod watching_limits;
mod watching_saves;
mod watching_trees;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::guard::Door;
use super::token::Token;
use super::{
    Build, Change, Edition, Event, Files, Open, Options, Paths, Preview, Problem, Record, Snapshot,
    Stopper,
};

const LONG: Duration = Duration::from_secs(30);

fn door() -> Door {
    Door { exposed: false, token: Token::new().unwrap() }
}

fn options(watch: Vec<PathBuf>) -> Options {
    Options {
        host: IpAddr::V4(Ipv4Addr::LOCALHOST),
        port: 0,
        open: false,
        paths: Paths { watch, ignore: Vec::new() },
        poll: false,
    }
}

/// Builds the same way whatever has changed.
struct Always<F>(F);

impl<F: FnMut() -> Snapshot> Build for Always<F> {
    fn update(&mut self, _change: &Change, _open: &[Open]) -> Snapshot {
        (self.0)()
    }
}

/// A folder with a preview of it. Each `.md` file becomes a page; `BROKEN` in one
/// fails the build. `content/more` may name one more folder to watch, and `content/not` one
/// to ignore.
struct EditorContext {
    folder: TempDir,
    address: SocketAddr,
    builds: Receiver<()>,
    stopper: Stopper,
    thread: Option<JoinHandle<()>>,
}

impl EditorContext {
    fn new() -> Self {
        Self::with(|folder| {
            fs::create_dir(folder.join("content")).unwrap();
            fs::write(folder.join("content/index.md"), "first").unwrap();
            options(vec![folder.join("content")])
        })
    }

    fn with(prepare: impl FnOnce(&Path) -> Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = prepare(folder.path());
        let root = folder.path().to_owned();
        let paths = options.paths.clone();
        let (built, builds) = mpsc::channel();
        let (reported, events) = mpsc::channel();
        let preview = Preview::open(options).unwrap();
        let stopper = preview.stopper();
        let thread = thread::spawn(move || {
            preview
                .run(
                    &mut Always(|| {
                        let snapshot = build(&root, &paths);
                        built.send(()).unwrap();
                        snapshot
                    }),
                    |event| drop(reported.send(event)),
                )
                .unwrap();
        });
        let address = loop {
            if let Event::Listening { address, .. } = events.recv_timeout(LONG).unwrap() {
                break address;
            }
        };
        let desk = Self { folder, address, builds, stopper, thread: Some(thread) };
        desk.builds.recv_timeout(LONG).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn get(&self, path: &str) -> String {
        exchange(self.address, &plain_get(path))
    }

    /// Waits until a page shows a text.
    fn shows(&self, path: &str, text: &str) {
        let deadline = Instant::now() + LONG;
        loop {
            let answer = self.get(path);
            if answer.contains(text) {
                return;
            }
            assert!(Instant::now() < deadline, "no {text:?} at {path}: {answer}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until no build has come for a while.
    fn rests(&self) {
        while self.builds.recv_timeout(Duration::from_secs(1)).is_ok() {}
    }

    /// Fails if a build comes although there is no reason for one.
    fn stays_quiet(&self, why: &str) {
        let again = self.builds.recv_timeout(Duration::from_secs(1));
        assert!(again.is_err(), "a build in spite of: {why}");
    }
}

impl Drop for EditorContext {
    fn drop(&mut self) {
        self.stopper.stop();
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            if !thread::panicking() {
                ended.unwrap();
            }
        }
    }
}

fn build(root: &Path, paths: &Paths) -> Snapshot {
    let mut snapshot = Snapshot { paths: paths.clone(), ..Snapshot::default() };
    for (name, list) in [("more", &mut snapshot.paths.watch), ("not", &mut snapshot.paths.ignore)] {
        let named = fs::read_to_string(root.join("content").join(name));
        list.extend(named.ok().map(|folder| root.join(folder)));
    }
    let mut edition = Edition { name: "public".into(), ..Edition::default() };
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let (Ok(text), Some("md")) = (
                fs::read_to_string(&path),
                path.extension().and_then(|extension| extension.to_str()),
            ) else {
                continue;
            };
            if text.contains("BROKEN") {
                edition.failed = true;
                let record = Record {
                    severity: "error",
                    code: "broken-link",
                    message: "<b>nothing</b> there".into(),
                    ..Record::default()
                };
                snapshot.problems.push(Problem { record, ..Problem::default() });
            }
            let name = path.strip_prefix(root).unwrap().with_extension("html");
            let page = format!("<html><body>{text}</body></html>");
            files.insert(name.to_str().unwrap().to_owned(), Arc::new(page.into_bytes()));
        }
    }
    edition.files = (!edition.failed).then(|| Arc::new(files) as Arc<dyn Files>);
    snapshot.editions.push(edition);
    snapshot
}

fn plain_get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
}

/// Asks as a script of a page does.
fn told(address: SocketAddr, path: &str) -> String {
    let page = exchange(address, &plain_get("/"));
    let token = page.split(" data-tier0-token=\"").nth(1).unwrap().split('"').next().unwrap();
    let head = plain_get(path);
    exchange(address, &head.replace("\r\n\r\n", &format!("\r\nX-Tier0-Token: {token}\r\n\r\n")))
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect_timeout(&address, LONG).unwrap();
    stream.set_read_timeout(Some(LONG)).unwrap();
    stream
}

/// Sends bytes and reads until the server ends the connection.
fn exchange(address: SocketAddr, request: &str) -> String {
    let mut stream = connect(address);
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// A tab's connection for events.
struct Tab(TcpStream, Vec<u8>);

impl Tab {
    fn open(address: SocketAddr) -> Self {
        Self::ask(address, "/__tier0/events")
    }

    /// A tab that shows the page at this address.
    fn showing(address: SocketAddr, page: &str) -> Self {
        let page = page.replace('%', "%25").replace('/', "%2F");
        Self::ask(address, &format!("/__tier0/events?page={page}"))
    }

    fn ask(address: SocketAddr, path: &str) -> Self {
        let mut stream = connect(address);
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        Self(stream, Vec::new())
    }

    /// The next state.
    fn next(&mut self) -> serde_json::Value {
        loop {
            while let Some(end) = self.1.windows(2).position(|two| two == b"\n\n") {
                let message: Vec<u8> = self.1.drain(..end + 2).collect();
                let message = String::from_utf8(message).unwrap();
                if let Some(data) = message.trim().strip_prefix("data: ") {
                    return serde_json::from_str(data).unwrap();
                }
            }
            let mut chunk = [0; 1024];
            let count = self.0.read(&mut chunk).expect("an event in time");
            assert!(count > 0, "the events ended");
            self.1.extend_from_slice(&chunk[..count]);
        }
    }
}
