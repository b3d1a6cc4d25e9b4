//! Requests that are too large, too strange, or two in one.

use std::io::{Read as _, Write as _};
use std::time::Instant;

use super::{Answer, Serving, connect, median};
use crate::support::Site;

fn site() -> Site {
    Site::new().file("content/_index.md", "---\ntitle: Home\n---\n\nWelcome.\n")
}

const HEAD: &str = "GET / HTTP/1.1\r\nHost: localhost\r\n";

#[test]
fn what_is_no_small_request_is_refused() {
    let site = site();
    let serving = Serving::of(&site, &[]);
    let megabyte = "x".repeat(1 << 20);
    let lines = "A: b\r\n".repeat(100_000);
    let post = "POST / HTTP/1.1\r\nHost: localhost\r\n";
    for (sent, status) in [
        // Bodies, however they are announced.
        (format!("{HEAD}Content-Length: 9223372036854775807\r\n\r\n"), 413),
        (format!("{HEAD}Content-Length: 99999999999999999999999\r\n\r\nx"), 413),
        (format!("{HEAD}Content-Length: -1\r\n\r\n"), 413),
        (format!("{HEAD}Content-Length: 4\r\nExpect: 100-continue\r\n\r\n"), 413),
        (format!("{HEAD}Content-Length: 1048576\r\n\r\n{megabyte}"), 413),
        (format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"), 413),
        (format!("{HEAD}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{megabyte}"), 413),
        (format!("{post}Content-Length: 9223372036854775807\r\n\r\n{megabyte}"), 405),
        (format!("{post}Transfer-Encoding: chunked\r\n\r\nffffffff\r\n{megabyte}"), 405),
        // Heads without measure.
        (format!("GET /{megabyte} HTTP/1.1\r\nHost: localhost\r\n\r\n"), 431),
        (format!("GET /?{megabyte} HTTP/1.1\r\nHost: localhost\r\n\r\n"), 431),
        (format!("{HEAD}Cookie: {megabyte}\r\n\r\n"), 431),
        (format!("{HEAD}{megabyte}: x\r\n\r\n"), 431),
        (format!("{HEAD}{lines}\r\n"), 431),
        (megabyte.clone(), 431),
        ("/".repeat(20_000), 431),
        // Two meanings in one.
        (format!("{HEAD}Content-Length: 0\r\nContent-Length: 44\r\n\r\n{HEAD}\r\n"), 413),
        (format!("{HEAD}Content-Length: 0, 44\r\n\r\n{HEAD}\r\n"), 413),
        (format!("{HEAD}Content-Length: +0\r\n\r\n{HEAD}\r\n"), 413),
        (format!("{HEAD}Content-Length: 44\r\nTransfer-Encoding: chunked\r\n\r\n{HEAD}\r\n"), 413),
        (format!("{HEAD}Transfer-Encoding: identity\r\n\r\n{HEAD}\r\n"), 413),
        (format!("{HEAD}Transfer-Encoding : chunked\r\n\r\n{HEAD}\r\n"), 400),
        (format!("{HEAD}Transfer-Encoding\r\n : chunked\r\n\r\n{HEAD}\r\n"), 400),
        (format!("{HEAD}A: b\r\n Content-Length: 44\r\n\r\n{HEAD}\r\n"), 400),
        (format!("{HEAD}A: b\nContent-Length: 44\r\n\r\n{HEAD}\r\n"), 400),
        (format!("{HEAD}A: b\rContent-Length: 44\r\n\r\n{HEAD}\r\n"), 400),
        (format!("{HEAD}A: b\0\r\n\r\n"), 400),
        (format!("{HEAD}: empty\r\n\r\n"), 400),
        // Other protocols, and older ones.
        ("GET /\r\n".to_owned(), 400),
        ("GET /\r\n\r\n".to_owned(), 400),
        ("GET / HTTP/1.1\nHost: localhost\n\n".to_owned(), 400),
        ("\r\n\r\n".to_owned(), 400),
        ("GET / HTTP/3.0\r\nHost: localhost\r\n\r\n".to_owned(), 505),
        ("GET / http/1.1\r\nHost: localhost\r\n\r\n".to_owned(), 400),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(), 505),
        ("SSH-2.0-OpenSSH_9.6\r\n".to_owned(), 400),
        ("EHLO localhost\r\n".to_owned(), 400),
        ("CONNECT localhost:22 HTTP/1.1\r\nHost: localhost:22\r\n\r\n".to_owned(), 400),
        ("OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(), 400),
        ("TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n".to_owned(), 405),
    ] {
        let answer = serving.send(sent.as_bytes());
        let shown: String = sent.chars().take(120).collect();
        assert_eq!(answer.status, status, "{shown:?} {answer:?}");
        assert_eq!(answer.text().matches("HTTP/1.1 ").count(), 0, "one answer to {shown:?}");
        assert!(answer.header("Connection").is_none_or(|value| value != "keep-alive"));
    }
    assert_eq!(serving.get("/").status, 200);
}

/// Nobody waits for the clock that bounds slow heads: what cannot become a request is told so.
#[test]
fn what_can_never_be_a_request_is_told_at_once() {
    let site = site();
    let serving = Serving::of(&site, &[]);
    let time = |sent: &[u8]| {
        let start = Instant::now();
        let answer = serving.send(sent);
        (start.elapsed(), answer)
    };
    // This one is slow enough: it could still become a request.
    let (patience, answer) = time(b"GET / HTTP/1.1\r\nHost: localhost\r\nAccep");
    assert_eq!(answer.status, 408, "half a head");
    let hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03";
    for sent in [&hello[..], b"GET /\r\n", b"\0", b"GET / HTTP/1.1\nHost: localhost\n\n"] {
        let times = (0..5).map(|_| {
            let (time, answer) = time(sent);
            assert_eq!(answer.status, 400, "{sent:?}");
            time
        });
        let told = median(times.collect());
        assert!(told < patience / 5, "{sent:?}: {told:?}, and {patience:?} for half a head");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_follow_what_is_sent() {
    let site = site();
    let serving = Serving::of(&site, &[]);
    let sends = |sent: &[u8], rounds: usize| {
        for _ in 0..rounds {
            let mut stream = connect(serving.address);
            for _ in 0..64 {
                if stream.write_all(sent).is_err() {
                    break;
                }
            }
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            // It may have been cut off before it could read.
            assert_ne!(Answer::of(&answer).status, 200);
        }
    };
    let megabyte = vec![b'x'; 1 << 20];
    let announced =
        [b"POST / HTTP/1.1\r\nContent-Length: 9000000000\r\n\r\n", &megabyte[..]].concat();
    // What the first of them need, all need.
    sends(&megabyte, 4);
    sends(&announced, 4);
    assert_eq!(serving.get("/").status, 200);
    let before = serving.status("VmHWM");
    for sent in [&megabyte, &announced] {
        sends(sent, 10);
    }
    let after = serving.status("VmHWM");
    println!("{before} kB before, {after} kB at most, with 1280 MB sent");
    assert!(after.saturating_sub(before) < 8 * 1024, "{before} kB before, {after} kB after");
    assert_eq!(serving.get("/").status, 200);
}
