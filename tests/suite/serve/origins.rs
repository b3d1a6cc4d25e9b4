//! Who may ask: this machine by its own names, and no other site through its browser.

use std::io::{Read as _, Write as _};

use super::{Serving, connect};
use crate::support::Site;

const PATHS: [&str; 5] =
    ["/", "/notes.txt", "/__tier0/client.js", "/__tier0/problems.json", "/__tier0/page/"];

fn site() -> Site {
    Site::new()
        .file("content/_index.md", "---\ntitle: Home\n---\n\nWelcome.\n")
        .file("static/notes.txt", "notes")
}

#[test]
fn only_names_of_this_machine() {
    let site = site();
    let serving = Serving::of(&site, &[]);
    let port = serving.address.port();
    for (hosts, status) in [
        (&["localhost"][..], 200),
        (&["LOCALHOST"], 200),
        (&["127.0.0.1"], 200),
        (&["[::1]"], 200),
        (&[&format!("localhost:{port}")], 200),
        // A tunnel leads here from another port.
        (&["localhost:1"], 200),
        (&[&format!("127.0.0.1:{port}")], 200),
        (&["[::1]:80"], 200),
        // Names that lead here, because somebody said so.
        (&["example.com"], 403),
        (&[&format!("example.com:{port}")], 403),
        (&["localhost.example.com"], 403),
        (&["127.0.0.1.nip.io"], 403),
        (&["localhost."], 403),
        (&["127.0.0.1."], 403),
        (&["127.1"], 403),
        (&["0x7f.1"], 403),
        (&["2130706433"], 403),
        (&["017700000001"], 403),
        (&["0.0.0.0"], 403),
        (&["[::]"], 403),
        (&["[::ffff:127.0.0.1]"], 403),
        (&["::1"], 403),
        (&["[::1"], 403),
        (&["[::1]x"], 403),
        (&["user@localhost"], 403),
        (&["localhost@example.com"], 403),
        (&["localhost:80:80"], 403),
        (&["localhost:"], 403),
        (&["localhost:-1"], 403),
        (&["localhost, example.com"], 403),
        (&["localhost/"], 403),
        (&["localhost#x"], 403),
        (&["192.0.2.1"], 403),
        (&[""], 403),
        // Which of them would count?
        (&["localhost", "localhost"], 400),
        (&["localhost", "example.com"], 400),
        (&["example.com", "localhost"], 400),
        (&[], 400),
    ] {
        let hosts: String = hosts.iter().map(|host| format!("Host: {host}\r\n")).collect();
        for path in PATHS {
            let head = format!("GET {path} HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
            let answer = serving.send(head.as_bytes());
            assert_eq!(answer.status, status, "{path} {hosts:?}");
            assert!(status == 200 || answer.body.len() < 50, "{path} {hosts:?} {answer:?}");
        }
    }
    // What some proxy says of another name makes nothing better.
    let more = ["X-Forwarded-Host: localhost", "Forwarded: host=localhost"];
    let head = format!("GET / HTTP/1.1\r\nHost: example.com\r\n{}\r\n\r\n", more.join("\r\n"));
    assert_eq!(serving.send(head.as_bytes()).status, 403);
}

/// The lines by which a browser says where a request comes from.
fn dest(site: &str, mode: &str, dest: &str) -> Vec<String> {
    let lines = ["Site", "Mode", "Dest"].into_iter().zip([site, mode, dest]);
    lines.map(|(name, value)| format!("Sec-Fetch-{name}: {value}")).collect()
}

/// What each kind of request from another site looks like.
fn foreign(port: u16) -> Vec<Vec<String>> {
    let own = format!("Origin: http://localhost:{port}");
    let mut foreign: Vec<Vec<String>> = vec![
        vec!["Origin: http://example.com".into()],
        vec!["Origin: null".into()],
        vec!["Origin: ".into()],
        vec![format!("Origin: https://localhost:{port}")],
        vec!["Origin: http://localhost:1".into()],
        vec![format!("Origin: http://127.0.0.1:{port}")],
        vec![own.clone(), own.clone()],
        vec!["Origin: http://example.com".into(), own.clone()],
        vec![
            "Origin: http://example.com".into(),
            "Connection: Upgrade".into(),
            "Upgrade: websocket".into(),
            "Sec-WebSocket-Version: 13".into(),
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==".into(),
        ],
    ];
    for site in ["cross-site", "same-site", "same-origin, cross-site", "what"] {
        foreign.extend([
            dest(site, "no-cors", "script"),
            dest(site, "no-cors", "image"),
            dest(site, "no-cors", "style"),
            dest(site, "no-cors", "empty"),
            dest(site, "cors", "empty"),
            dest(site, "navigate", "iframe"),
            dest(site, "navigate", "frame"),
            dest(site, "navigate", "object"),
            dest(site, "navigate", "embed"),
            dest(site, "websocket", "websocket"),
            dest(site, "", ""),
        ]);
    }
    foreign
}

#[test]
fn other_sites_get_nothing_and_read_nothing() {
    let site = site();
    let serving = Serving::of(&site, &[]);
    let port = serving.address.port();
    let own = format!("Origin: http://localhost:{port}");
    let host = format!("Host: localhost:{port}");
    let ask = |method: &str, path: &str, lines: &[String]| {
        let lines = lines.join("\r\n");
        let head =
            format!("{method} {path} HTTP/1.1\r\n{host}\r\n{lines}\r\nConnection: close\r\n\r\n");
        serving.send(head.as_bytes())
    };
    for lines in &foreign(port) {
        for path in PATHS {
            for method in ["GET", "HEAD"] {
                let answer = ask(method, path, lines);
                assert_eq!(answer.status, 403, "{method} {path} {lines:?}");
                assert!(!answer.head.to_ascii_lowercase().contains("access-control"));
            }
        }
        assert_eq!(ask("GET", "/__tier0/events", lines).status, 403, "{lines:?}");
    }
    // Nor may another site ask whether it may, or send a form.
    let preflight = ["Origin: http://example.com", "Access-Control-Request-Headers: x-tier0"];
    for method in ["OPTIONS", "POST", "PUT", "DELETE", "PATCH"] {
        let answer = serving.ask(method, "/__tier0/open/", &preflight);
        assert_eq!(answer.status, 405, "{method}");
        assert!(!answer.head.to_ascii_lowercase().contains("access-control"));
    }
    // A link from elsewhere leads to a page, and to nothing of the preview's own.
    let link: Vec<String> = dest("cross-site", "navigate", "document");
    for (path, status) in PATHS.into_iter().zip([200, 200, 403, 403, 403]) {
        assert_eq!(ask("GET", path, &link).status, status, "{path}");
    }
    for lines in
        [vec![own], dest("same-origin", "cors", "empty"), dest("none", "navigate", "document")]
    {
        for path in PATHS {
            let answer = ask("GET", path, &lines);
            assert_eq!(answer.status, 200, "{path} {lines:?}");
            assert_eq!(answer.header("X-Content-Type-Options"), Some("nosniff"));
            assert_eq!(answer.header("Cross-Origin-Resource-Policy"), Some("same-origin"));
            assert_eq!(answer.header("X-Frame-Options"), Some("SAMEORIGIN"));
            assert!(!answer.head.to_ascii_lowercase().contains("access-control"));
        }
    }
}

/// The events are written by hand, so their head needs a look of its own.
#[test]
fn events_are_guarded_like_the_rest() {
    let site = site();
    let serving = Serving::of(&site, &[]);
    let mut stream = connect(serving.address);
    stream.write_all(b"GET /__tier0/events HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    let mut head = Vec::new();
    let mut chunk = [0; 1024];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        let count = stream.read(&mut chunk).expect("a head");
        assert!(count > 0, "the events ended");
        head.extend_from_slice(&chunk[..count]);
    }
    let head = String::from_utf8_lossy(&head);
    assert!(head.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"), "{head}");
    assert!(head.contains("\r\nX-Content-Type-Options: nosniff\r\n"), "{head}");
    assert!(head.contains("\r\nCross-Origin-Resource-Policy: same-origin\r\n"), "{head}");
    assert!(!head.to_ascii_lowercase().contains("access-control"), "{head}");
}
