//! How a preview begins and ends: ports, browsers, interrupts.

use std::fs::{Permissions, set_permissions};
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::{Serving, connect, wait};
use crate::support::Site;
use crate::support::skip::skip;

const PAGES: usize = 400;

/// A site whose build takes its time.
fn large() -> Site {
    let site = Site::new().file("content/_index.md", "---\ntitle: Home\n---\n");
    let text =
        "Some *words* with `code` and a [link](../).\n\n```sh\nls -l | wc\n```\n\n".repeat(30);
    for number in 0..PAGES {
        let page = format!("---\ntitle: Page {number}\n---\n\n{text}");
        site.put(&format!("content/s{}/p{number}.md", number % 20), page.as_bytes());
    }
    site
}

/// Whoever starts tests in the background of a script may have all of them ignore Ctrl-C.
fn is_ignored(signal: Signal) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask >> (signal.as_raw() - 1) & 1 == 1)
}

/// Sends a signal and says how long the end took.
fn end(mut serving: Serving, signal: Signal) -> Duration {
    let start = Instant::now();
    kill_process(Pid::from_child(&serving.child), signal).expect("it runs");
    let mut status = None;
    wait(
        || {
            status = serving.child.try_wait().expect("a child of ours");
            status.is_some()
        },
        || "the end".to_owned(),
    );
    let status = status.expect("it has ended");
    assert_eq!(status.signal(), Some(signal.as_raw()), "{status:?} {}", serving.said());
    start.elapsed()
}

#[test]
fn interrupts_end_it_at_once() {
    let site = large();
    let start = Instant::now();
    site.run(&["check"]).fine();
    let work = start.elapsed();
    let mut ignored = Vec::new();
    for signal in [Signal::INT, Signal::TERM] {
        if is_ignored(signal) {
            ignored.push(signal);
            continue;
        }
        let start = Instant::now();
        let serving = Serving::of(&site, &[]);
        let first = start.elapsed();
        // Late work has begun: it makes all pages.
        let mut open = Vec::new();
        for number in 0..60 {
            let mut stream = connect(serving.address);
            let start: &[u8] = match number % 4 {
                0 => b"GET /__tier0/events?page=%2F HTTP/1.1\r\nHost: localhost\r\n\r\n",
                1 => b"GET / HTTP/1.1\r\nHost: loc",
                2 => b"GET /search/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
                _ => b"",
            };
            stream.write_all(start).expect("sent");
            open.push(stream);
        }
        thread::sleep(first / 4);
        let late = end(serving, signal);
        // Every client learns of it.
        for stream in &mut open {
            let mut rest = Vec::new();
            let ended = stream.read_to_end(&mut rest);
            assert!(ended.is_ok_and(|_| true) || rest.len() < 1 << 20);
        }

        let serving = Serving::start(&site, &["--port", "0", "--format", "json"]);
        thread::sleep(first / 4);
        let early = end(serving, signal);
        println!(
            "{signal:?}: {work:?} of work, {first:?} until it listens; ends in {early:?} while it builds, {late:?} later"
        );
        // Far from the end of what it had to do, each time.
        assert!(early < work / 2 && late < work / 2, "{work:?}: {early:?}, {late:?}");
    }
    if !ignored.is_empty() {
        skip(&format!("whoever runs this has all of it ignore {ignored:?}"));
    }
}

fn script(site: &Site, path: &str) {
    let text = "#!/bin/sh\nprintf '%s %s %s\\n' \"$#\" \"$1\" \"$(cut -d' ' -f5 /proc/$$/stat)=$$\" >> \"$0.calls\"\n";
    site.put(path, text.as_bytes());
    set_permissions(site.path(path), Permissions::from_mode(0o755)).expect("a script");
}

fn calls(site: &Site, path: &str) -> String {
    std::fs::read_to_string(site.path(path).with_extension("calls")).unwrap_or_default()
}

#[test]
fn the_browser_is_opened_when_asked_for() {
    let site = || Site::new().file("content/_index.md", "---\ntitle: Home\n---\n");
    let opens = |site: &Site, path: &str, arguments: &[&str]| {
        let serving = Serving::of(site, arguments);
        wait(|| calls(site, path).ends_with('\n'), || "the browser".to_owned());
        let calls = calls(site, path);
        let [count, url, group] = calls.split_whitespace().collect::<Vec<_>>()[..] else {
            panic!("{calls}");
        };
        assert_eq!((count, url), ("1", &*format!("http://{}/", serving.address)));
        // In a group of its own: Ctrl-C in the terminal is not meant for it.
        let (group, process) = group.split_once('=').expect("both");
        assert!(group.is_empty() || group == process, "{calls}");
    };
    let named = site();
    let named = {
        let browser = named.path("../browser").display().to_string();
        named.environment("BROWSER", &browser)
    };
    script(&named, "../browser");
    opens(&named, "../browser", &["--open"]);

    if cfg!(target_os = "linux") {
        let found = site();
        let path = std::env::var("PATH").unwrap_or_default();
        let path = format!("{}:{path}", found.path("../bin").display());
        let found = found.environment("PATH", &path);
        script(&found, "../bin/xdg-open");
        opens(&found, "../bin/xdg-open", &["--open", "--host", "0.0.0.0"]);
    }

    let unasked = site();
    let browser = unasked.path("../browser").display().to_string();
    let unasked = unasked.environment("BROWSER", &browser);
    script(&unasked, "../browser");
    let serving = Serving::of(&unasked, &[]);
    assert_eq!(serving.get("/").status, 200);
    drop(serving);
    assert_eq!(calls(&unasked, "../browser"), "");

    // Without one, the preview goes on.
    let none = site().environment("BROWSER", "/nowhere/browser");
    let serving = Serving::of(&none, &["--open"]);
    serving.says("No browser could be opened: ");
    assert_eq!(serving.get("/").status, 200);
}

#[test]
fn a_taken_port_is_told_and_the_next_one_used() {
    let site = || Site::new().file("content/_index.md", "---\ntitle: Home\n---\n");
    let (english, chinese) = (site(), site().environment("LC_ALL", "zh_CN.UTF-8"));
    for format in ["json", "human"] {
        for (site, words) in
            [(&english, ["Port ", " is taken."]), (&chinese, ["端口 ", " 已被占用。"])]
        {
            let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
            let port = taken.local_addr().expect("its address").port();
            let serving = Serving::start(site, &["--port", &port.to_string(), "--format", format]);
            let url = serving.line(|line| {
                let (_, rest) = line.split_once("http://127.0.0.1:")?;
                rest.split('/').next()?.parse::<u16>().ok()
            });
            assert!(url > port && url <= port + 20, "{url} instead of {port}");
            serving.says(&format!("{}{port}{}", words[0], words[1]));
        }
    }
}
