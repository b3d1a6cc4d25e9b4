//! `tier0 serve` as it runs: the real binary, real files, and raw sockets, since http libraries
//! tidy up what they send.

mod ending;
mod exposed;
mod files;
mod heads;
mod lists;
mod opening;
mod origins;
mod proxies;
mod slow;
mod ways_up;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::Site;

/// How long a test waits for what must happen. No test is fast or slow by it.
const LONG: Duration = Duration::from_secs(120);

/// A running preview; it ends with this.
struct Serving {
    child: Child,
    /// What it prints, line by line.
    lines: Receiver<String>,
    /// What it prints beside its results.
    remarks: Arc<Mutex<String>>,
    /// Where a client of this machine finds it.
    address: SocketAddr,
}

impl Serving {
    /// Starts a preview on a free port and waits until it can be visited.
    fn of(site: &Site, arguments: &[&str]) -> Self {
        let arguments = [&["--port", "0", "--format", "json"], arguments].concat();
        let mut serving = Self::start(site, &arguments);
        serving.listens();
        serving
    }

    /// Starts a preview and does not wait.
    fn start(site: &Site, arguments: &[&str]) -> Self {
        let mut command = site.command(&[&["serve"], arguments].concat());
        let mut child = command
            .env_remove("TIER0_EDITOR")
            .env_remove("VISUAL")
            .env_remove("EDITOR")
            .env_remove("BROWSER")
            .envs(site.variables())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("tier0 starts");
        let (sender, lines) = mpsc::channel();
        let stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        thread::spawn(move || {
            stdout.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        let remarks = Arc::new(Mutex::new(String::new()));
        let into = Arc::clone(&remarks);
        let stderr = BufReader::new(child.stderr.take().expect("it is piped"));
        thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                *into.lock().unwrap_or_else(PoisonError::into_inner) += &(line + "\n");
            }
        });
        let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
        Serving { child, lines, remarks, address }
    }

    /// Waits until it can be visited.
    fn listens(&mut self) {
        let url = self.next("listening")["url"].as_str().expect("a url").to_owned();
        let host = url.trim_start_matches("http://").trim_end_matches('/');
        self.address = host.parse().expect("an address");
    }

    /// The next line that has something.
    fn line<T>(&self, find: impl Fn(&str) -> Option<T>) -> T {
        let deadline = Instant::now() + LONG;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(left);
            let line = line.unwrap_or_else(|error| panic!("no such line: {error} {}", self.said()));
            if let Some(found) = find(&line) {
                return found;
            }
        }
    }

    /// The next line of a kind, if it prints JSON.
    fn next(&self, kind: &str) -> Value {
        let is_kind = |value: &Value| value["type"] == kind;
        self.line(|line| serde_json::from_str(line).ok().filter(is_kind))
    }

    /// What it has printed beside its results.
    fn said(&self) -> String {
        self.remarks.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until it has printed a text beside its results.
    fn says(&self, text: &str) {
        wait(|| self.said().contains(text), || format!("{text:?} in {}", self.said()));
    }

    /// Sends bytes and reads until the server ends the connection.
    fn send(&self, bytes: &[u8]) -> Answer {
        exchange(self.address, bytes)
    }

    /// Asks for a path, with more lines in the head.
    fn ask(&self, method: &str, path: &str, more: &[&str]) -> Answer {
        let more: String = more.iter().map(|line| format!("{line}\r\n")).collect();
        let close = "Connection: close\r\n";
        self.send(
            format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\n{close}{more}\r\n").as_bytes(),
        )
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    fn get_with(&self, path: &str, more: &[&str]) -> Answer {
        self.ask("GET", path, more)
    }

    /// What pages of the author carry.
    fn token(&self) -> String {
        let page = self.get("/").text();
        let token =
            page.split_once(" data-tier0-token=\"").and_then(|(_, rest)| rest.split_once('"'));
        token.unwrap_or_else(|| panic!("a token in {page}")).0.to_owned()
    }

    /// Asks as a script of such a page does.
    fn told(&self, path: &str) -> Answer {
        self.get_with(path, &[&format!("X-Tier0-Token: {}", self.token())])
    }

    /// Waits until a path gives an answer.
    fn shows(&self, path: &str, wanted: impl Fn(&Answer) -> bool) {
        wait(|| wanted(&self.get(path)), || format!("what {path} shows: {:?}", self.get(path)));
    }

    /// A number of its `/proc/PID/status`.
    #[cfg(target_os = "linux")]
    fn status(&self, name: &str) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("it is still there");
        let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("such a line");
        let number = line.trim_start_matches(':').split_whitespace().next();
        number.and_then(|number| number.parse().ok()).expect("a number")
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let said = self.said();
        if !thread::panicking() {
            assert!(!said.contains("panicked at"), "tier0 panicked:\n{said}");
        }
    }
}

/// What the server answers.
#[derive(Debug, Clone, Default)]
struct Answer {
    /// 0 if it closed the connection without a word.
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn of(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
        let end = end.unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let body = bytes.get(end + 4..).unwrap_or_default().to_vec();
        Answer { status: status.unwrap_or(0), head, body }
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find_map(|(known, value)| known.eq_ignore_ascii_case(name).then_some(value))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }
}

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect_timeout(&address, LONG).expect("a connection");
    stream.set_read_timeout(Some(LONG)).expect("a clock");
    stream
}

fn exchange(address: SocketAddr, bytes: &[u8]) -> Answer {
    let mut stream = connect(address);
    // It may have heard enough before it has heard all.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => panic!("still open"),
        _ => Answer::of(&answer),
    }
}

/// Waits for something that must happen.
fn wait(mut happens: impl FnMut() -> bool, what: impl Fn() -> String) {
    let deadline = Instant::now() + LONG;
    while !happens() {
        assert!(Instant::now() < deadline, "waited in vain for {}", what());
        thread::sleep(Duration::from_millis(10));
    }
}

/// The middle of several times.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
