//! Connections: bounds, clocks, and what open tabs are told.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::super::server::{self, MAX_CONNECTIONS, Server};
use super::super::signal::{FileChange, FileEvent, Signal};
use super::super::site::Site;
use super::super::{
    Build, Built, Change, Edited, Edition, Event, Files, Open, Options, Paths, Preview,
    PreviewError, Snapshot,
};
use super::{
    Always, LONG, Problem, Record, Tab, connect, door, exchange, options, plain_get, told,
};
use std::net::SocketAddr;

fn snapshot(text: &str) -> Snapshot {
    let page = format!("<html><body>{text}</body></html>");
    let files = [("index.html", page.into_bytes()), ("big", vec![b'x'; 8 << 20])];
    let files = files.map(|(path, bytes)| (path.to_owned(), Arc::new(bytes)));
    let files: Arc<dyn Files> = Arc::new(BTreeMap::from(files));
    let edition = Edition { name: "public".into(), files: Some(files), ..Edition::default() };
    Snapshot { editions: vec![edition], ..Snapshot::default() }
}

/// A build that failed: the files of the last one stay.
fn failed() -> Snapshot {
    let mut snapshot = snapshot("");
    snapshot.editions[0].failed = true;
    snapshot.editions[0].files = None;
    snapshot
}

/// A snapshot of several editions: name, text of the home page, whether it failed.
fn editions(all: &[(&str, &str, bool)]) -> Snapshot {
    let editions = all.iter().map(|(name, text, failed)| {
        let page = format!("<html><body>{text}</body></html>").into_bytes();
        let files = BTreeMap::from([("index.html".to_owned(), Arc::new(page))]);
        let files = (!failed).then(|| Arc::new(files) as Arc<dyn Files>);
        let homes = vec![String::new()];
        Edition { name: (*name).into(), files, homes, failed: *failed, ..Edition::default() }
    });
    Snapshot { editions: editions.collect(), ..Snapshot::default() }
}

fn version(site: &Site, name: &str) -> String {
    site.view().edition(name).unwrap().version.clone()
}

fn serve() -> (Server, Arc<Site>, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let site = Arc::new(Site::new(door()));
    site.publish(snapshot("one"));
    (server::start(listener, Arc::clone(&site)).unwrap(), site, address)
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn several_requests_on_one_connection() {
    let (_server, _site, address) = serve();
    let one = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let head = "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let answer = exchange(address, &format!("{one}{head}{one}{}", plain_get("/nowhere")));
    assert_eq!(answer.matches("HTTP/1.1 200 OK").count(), 3);
    assert_eq!(answer.matches("HTTP/1.1 404").count(), 1);
    assert_eq!(answer.matches("<body>one").count(), 2, "HEAD has no body");
    // A proxy asks like this; it is refused, and the connection ends.
    let old = exchange(address, "GET / HTTP/1.0\r\nHost: localhost\r\n\r\n");
    assert_eq!(status(&old), "403");
}

#[test]
fn bodies_are_refused_before_they_are_read() {
    let (_server, _site, address) = serve();
    for (head, wanted) in [
        (
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000000000000000\r\n\r\n",
            "405",
        ),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000000000000000\r\n\r\n", "413"),
        ("GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n", "413"),
        (
            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n",
            "413",
        ),
    ] {
        assert_eq!(status(&exchange(address, head)), wanted, "{head}");
        // The start of a body does not keep the answer from arriving.
        let with_body =
            format!("{head}{}", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100));
        let answer = exchange(address, &with_body);
        assert_eq!(status(&answer), wanted);
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "a body is not a request");
        // Nor does more of it than is ever read at once.
        let answer = exchange(address, &format!("{head}{}", "x".repeat(100_000)));
        assert_eq!(status(&answer), wanted);
    }
}

#[test]
fn long_heads_are_refused() {
    let (_server, _site, address) = serve();
    let long = "x".repeat(17 * 1024);
    for head in [
        format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: localhost\r\nCookie: {long}\r\n\r\n"),
        long,
    ] {
        assert_eq!(status(&exchange(address, &head)), "431");
    }
    assert_eq!(status(&exchange(address, &plain_get("/"))), "200");
}

/// Opens more slow connections than there are places, of three kinds: silent,
/// stuck in the middle of a head, and not reading a large answer.
#[test]
fn slow_clients_keep_nobody_out() {
    let (server, _site, address) = serve();
    let quick = || {
        let start = Instant::now();
        assert_eq!(status(&exchange(address, &plain_get("/"))), "200");
        start.elapsed()
    };
    let alone = (0..20).map(|_| quick()).max().unwrap();
    let slow: Vec<_> = (0..300)
        .map(|number| {
            let mut stream = connect(address);
            let start: &[u8] = match number % 3 {
                0 => b"",
                1 => b"GET / HTTP/1.1\r\nHost: loc",
                _ => b"GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n",
            };
            stream.write_all(start).unwrap();
            stream
        })
        .collect();
    let crowded = (0..20).map(|_| quick()).max().unwrap();
    println!(
        "slowest of 20 requests: {alone:?} alone, {crowded:?} beside {} slow clients",
        slow.len()
    );
    // Connections are accepted in order, so by now all of them have been.
    let open = server.connections();
    assert!(open <= MAX_CONNECTIONS, "{open} connections");
    // Well below what waiting for any clock of the server would take.
    assert!(crowded < LONG, "{crowded:?}");
}

#[test]
fn tabs_are_told_of_every_build() {
    let (_server, site, address) = serve();
    let mut tab = Tab::open(address);
    let first = tab.next();
    assert_eq!(first["failed"], false);
    let page = exchange(address, &plain_get("/"));
    let name = |state: &serde_json::Value| state["versions"]["public"].as_str().unwrap().to_owned();
    let version = name(&first);
    assert!(page.contains(&format!("data-tier0-version=\"{version}\"")));

    let record = Record { message: "quote \" and \n and 中文".into(), ..Record::default() };
    let problems = vec![Problem { record, ..Problem::default() }];
    site.publish(Snapshot { problems, ..failed() });
    let broken = tab.next();
    assert_eq!((&broken["failed"], name(&broken)), (&true.into(), version.clone()));
    assert!(exchange(address, &plain_get("/")).contains("one"), "the last good page stays");
    let problems = told(address, "/__tier0/problems.json");
    let problems: serde_json::Value =
        serde_json::from_str(problems.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(problems["build"], broken["build"]);
    assert_eq!(problems["problems"][0]["message"], "quote \" and \n and 中文");

    site.publish(snapshot("two"));
    let good = tab.next();
    assert_eq!(good["failed"], false);
    assert_ne!(name(&good), version);
    assert!(exchange(address, &plain_get("/")).contains("two"));
}

#[test]
fn until_a_build_is_good_what_there_is_is_shown() {
    let site = Site::new(door());
    let mut faulty = snapshot("a");
    faulty.editions[0].failed = true;
    assert!(site.publish(faulty.clone()).kept.is_empty());
    let partial = version(&site, "public");
    faulty.editions[0].failed = false;
    site.publish(faulty);
    assert_ne!(version(&site, "public"), partial, "the first good build is news");
    assert_eq!(site.publish(failed()).kept, ["public"]);
}

#[test]
fn what_comes_late_is_told_and_what_is_the_same_is_not() {
    let (_server, site, address) = serve();
    let mut tab = Tab::open(address);
    let first = tab.next();
    let mut snapshot = snapshot("two");
    site.publish(snapshot.clone());
    let second = tab.next();
    assert_ne!(second["versions"], first["versions"]);
    // The rest of the work found nothing: no message, so the next one is that of a late problem.
    site.publish(snapshot.clone());
    snapshot.editions[0].failed = true;
    snapshot.problems.push(Problem::default());
    assert!(site.publish(snapshot).kept.is_empty(), "the new page is shown with its problem");
    let third = tab.next();
    assert_eq!(third["versions"], second["versions"]);
    assert_eq!((&third["failed"], third["build"] == second["build"]), (&true.into(), false));
}

#[test]
fn tabs_are_told_what_was_edited() {
    let (_server, site, address) = serve();
    let mut tab = Tab::showing(address, "/guides/%E9%87%8D%E7%BD%AE/");
    tab.next();
    let open = Open { edition: "public".into(), path: "guides/重置/index.html".into() };
    assert_eq!(site.hub.open(), [open]);
    let mut both = editions(&[("public", "for all", false), ("desk", "for the desk", false)]);
    for edition in &mut both.editions {
        let (url, title) = ("a/".to_owned(), "<A>".to_owned());
        edition.edited.push(Edited { url, title, source: "content/a.md".into() });
    }
    both.copied.push("p.png".into());
    assert_eq!(site.publish(both).edited, ["content/a.md"]);
    let state = tab.next();
    assert_eq!(state["files"], serde_json::json!(["p.png"]));
    assert_eq!(state["edited"][0]["url"], "/a/");
    assert_eq!(state["edited"][1]["url"], "/@desk/a/");
    assert_eq!(state["edited"][1]["title"], "<A>");
}

#[test]
fn each_edition_has_its_own_address_and_its_own_last_good_files() {
    let (_server, site, address) = serve();
    let get = |path: &str| exchange(address, &plain_get(path));
    let shows = |path: &str, text: &str| assert!(get(path).contains(text), "{path}: {text}");
    let problem = |edition: &str| Problem {
        record: Record { message: "a leak".into(), ..Record::default() },
        editions: vec![edition.to_owned()],
        zh: None,
    };
    site.publish(editions(&[("public", "for all", false), ("desk", "for the desk", false)]));
    shows("/", "for all");
    shows("/@desk/", "for the desk");
    shows("/@public/", "for all");
    shows("/@desk/", "data-tier0-edition=\"desk\" data-tier0-editions=\"public desk\"");
    assert_eq!(status(&get("/@ops/")), "404");
    assert!(get("/@desk").contains("Location: /@desk/\r\n"));

    // One fails, the other goes on; only the tabs of the other have something to reload.
    let before = (version(&site, "public"), version(&site, "desk"));
    let mut half = editions(&[("public", "half", true), ("desk", "new for the desk", false)]);
    half.problems.push(problem("public"));
    let shown = site.publish(half);
    assert_eq!(shown.kept, ["public"]);
    shows("/", "for all");
    shows("/@desk/", "new for the desk");
    assert_eq!(version(&site, "public"), before.0);
    assert_ne!(version(&site, "desk"), before.1);
    let problems = told(address, "/__tier0/problems.json");
    let problems: serde_json::Value =
        serde_json::from_str(problems.split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(problems["failing"], serde_json::json!(["public"]));
    assert_eq!(problems["built"], serde_json::json!(["public", "desk"]));
    assert_eq!(problems["problems"][0]["editions"], serde_json::json!(["public"]));
    assert_eq!(problems["problems"][0]["message"], "a leak");

    // A configuration that cannot be read takes nothing away.
    let mut tab = Tab::open(address);
    let before = tab.next();
    site.publish(Snapshot::default());
    let after = tab.next();
    assert_eq!((&after["failed"], &after["versions"]), (&true.into(), &before["versions"]));
    shows("/", "for all");
    shows("/@desk/", "new for the desk");

    // Another first edition, and one less: every page has news for its switch.
    site.publish(editions(&[("desk", "new for the desk", false)]));
    let last = tab.next();
    assert_ne!(last["versions"]["desk"], before["versions"]["desk"]);
    assert!(last["versions"].get("public").is_none());
    shows("/", "new for the desk");
    assert_eq!(status(&get("/@public/")), "404");
}

#[test]
fn a_preview_may_begin_with_nothing() {
    let site = Site::new(door());
    assert_eq!(site.publish(Snapshot::default()), Built::default());
    assert!(site.view().failed);
    let mut faulty = snapshot("none");
    faulty.editions[0].failed = true;
    faulty.editions[0].files = None;
    let built = site.publish(faulty);
    assert_eq!((built.kept.as_slice(), built.empty.as_slice()), (&[][..], &["public".into()][..]));
    // What has never been built does not stay either.
    assert!(site.publish(Snapshot::default()).kept.is_empty());
    assert_eq!(site.publish(snapshot("one")).editions, 1);
    assert!(!site.view().failed);
    assert_eq!(site.publish(Snapshot::default()).kept, ["public"]);
}

#[test]
fn tabs_are_bounded_and_need_no_thread() {
    let (_server, site, address) = serve();
    let mut tabs: Vec<Tab> = (0..80).map(|_| Tab::open(address)).collect();
    let mut last = tabs.pop().unwrap();
    last.next();
    let deadline = Instant::now() + LONG;
    while site.hub.len() != 64 {
        assert!(Instant::now() < deadline, "{} tabs", site.hub.len());
        thread::sleep(Duration::from_millis(5));
    }
    drop(tabs);
    drop(last);
    while site.hub.len() > 0 {
        assert!(Instant::now() < deadline, "closed tabs are still told");
        site.hub.beat();
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn tabs_that_have_gone_take_no_place() {
    let (_server, site, address) = serve();
    let mut stays = Tab::open(address);
    stays.next();
    for _ in 0..80 {
        Tab::open(address).next();
    }
    site.publish(snapshot("two"));
    assert_eq!(stays.next()["versions"]["public"], version(&site, "public"));
}

#[test]
fn a_taken_port_moves_on() {
    let open = || {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let wanted = taken.local_addr().unwrap().port();
        match Preview::open(Options { port: wanted, ..options(Vec::new()) }) {
            Ok(preview) => Some((taken, wanted, preview)),
            // A busy machine may have taken all of them: there are others.
            Err(PreviewError::NoFreePort { first, last }) => {
                assert_eq!((first, last), (wanted, wanted.saturating_add(20)));
                None
            }
            Err(error) => panic!("{error}"),
        }
    };
    let (_taken, wanted, preview) = (0..100).find_map(|_| open()).expect("ports that are free");
    let stopper = preview.stopper();
    let told = std::cell::RefCell::new(Vec::new());
    preview
        .run(&mut Always(|| snapshot("x")), |event| {
            if matches!(event, Event::Listening { .. }) {
                stopper.stop();
            }
            told.borrow_mut().push(event);
        })
        .unwrap();
    let told = told.into_inner();
    let Some(Event::Listening { url, address, moved_from, exposed }) = told.last() else {
        panic!("{told:?}");
    };
    assert_eq!((*moved_from, *exposed), (Some(wanted), false));
    assert!(address.port() > wanted);
    assert_eq!(*url, format!("http://127.0.0.1:{}/", address.port()));
}

#[test]
fn dropping_the_server_frees_the_port_and_the_connections() {
    let (server, site, address) = serve();
    let mut idle = connect(address);
    idle.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut chunk = [0; 512];
    assert!(idle.read(&mut chunk).unwrap() > 0);
    drop(server);
    drop(site);
    let mut rest = Vec::new();
    // Well before the server would have given up on it by itself.
    idle.set_read_timeout(Some(LONG / 3)).unwrap();
    if let Err(error) = idle.read_to_end(&mut rest) {
        assert_ne!(error.kind(), ErrorKind::WouldBlock, "still open");
    }
    let deadline = Instant::now() + LONG;
    while TcpListener::bind(address).is_err() {
        assert!(Instant::now() < deadline, "the port is still taken");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn whoever_switches_to_an_edition_waits_until_it_is_planned() {
    let (_server, site, address) = serve();
    let desk = |files| Edition { name: "desk".into(), files, ..Edition::default() };
    let mut coming = snapshot("one");
    coming.editions.push(desk(None));
    site.publish(coming);
    let asked = thread::spawn(move || exchange(address, &plain_get("/__tier0/in/desk/a.html")));
    thread::sleep(Duration::from_millis(100));
    let files = BTreeMap::from([("a.html".to_owned(), Arc::new(Vec::new()))]);
    let mut planned = snapshot("one");
    planned.editions.push(desk(Some(Arc::new(files) as Arc<dyn Files>)));
    site.publish(planned);
    let answer = asked.join().unwrap();
    assert!(answer.contains("\"/@desk/a.html\""), "{answer}");
}

/// Late work that is stopped by a file that comes and goes.
struct Stopped {
    paths: Paths,
    sender: mpsc::Sender<Signal>,
    calls: mpsc::Sender<usize>,
    count: usize,
}

impl Build for Stopped {
    fn update(&mut self, _: &Change, _: &[Open]) -> Snapshot {
        assert_eq!(self.count, 0, "nothing has changed");
        Snapshot { paths: self.paths.clone(), ..snapshot("one") }
    }

    fn complete(&mut self, is_stale: &mut dyn FnMut() -> bool) -> Option<Snapshot> {
        self.count += 1;
        if self.count == 1 {
            for change in [FileChange::New, FileChange::Gone] {
                let paths = vec![self.paths.watch[0].join("passing.md")];
                let at = Instant::now();
                let event = FileEvent { paths, change, folder: false, at };
                self.sender.send(Signal::Changed(event)).unwrap();
            }
            assert!(is_stale());
        }
        self.calls.send(self.count).unwrap();
        None
    }
}

#[test]
fn what_was_stopped_for_nothing_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let options = options(vec![folder.path().to_owned()]);
    let paths = options.paths.clone();
    let preview = Preview::open(options).unwrap();
    let (stopper, sender) = (preview.stopper(), preview.sender.clone());
    let (calls, called) = mpsc::channel();
    let mut build = Stopped { paths, sender, calls, count: 0 };
    let thread = thread::spawn(move || preview.run(&mut build, |_| {}).unwrap());
    for count in [1, 2] {
        assert_eq!(called.recv_timeout(LONG), Ok(count));
    }
    stopper.stop();
    thread.join().unwrap();
}
