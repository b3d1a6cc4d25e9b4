//! What each kind of request gets, as plain calls.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use super::super::answer::{Answer, Response, answer, head_start};
use super::super::guard::{Door, Ends};
use super::super::request::parse;
use super::super::site::{Edition, View};
use super::door;

const LOCAL: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7));
const HERE: Ends = Ends { local: LOCAL, peer: IpAddr::V4(std::net::Ipv4Addr::LOCALHOST) };

fn view() -> View {
    let files = [
        ("index.html", "<html><BODY>home</BODY></html>"),
        ("404.html", "<html><body>lost</body></html>"),
        ("guides/reset/index.html", "<html><body>reset</body></html>"),
        ("指南/重置/index.html", "<html><body>重置</body></html>"),
        ("assets/a b.css", "p{}"),
        ("notes.txt", "0123456789"),
        ("photo.JPG", "jpg"),
        ("empty.txt", ""),
    ];
    let desk = [
        ("index.html", "<html><body>desk</body></html>"),
        ("zh/index.html", "<html><body>服务台</body></html>"),
        ("404.html", "<html><body>lost at the desk</body></html>"),
        ("zh/guides/reset/index.html", "<html><body>重置</body></html>"),
        ("desk/index.html", "<html><body>desk only</body></html>"),
    ];
    let edition = |name: &str, files: &[(&str, &str)]| Edition {
        name: name.into(),
        files: Some(Arc::new(
            files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), Arc::new(text.as_bytes().to_vec())))
                .collect::<BTreeMap<_, _>>(),
        )),
        homes: vec![String::new(), "zh/".into()],
        version: "v1".into(),
        failed: false,
        kept: false,
        built: true,
    };
    View {
        editions: vec![edition("public", &files), edition("desk", &desk)],
        build: "b1".into(),
        ..View::default()
    }
}

/// Sends a head whose lines come after `Host: localhost`.
fn ask(line: &str, headers: &[&str]) -> Response {
    ask_raw(&[&[line, "Host: localhost"], headers].concat())
}

fn ask_raw(lines: &[&str]) -> Response {
    let head = format!("{}\r\n\r\n", lines.join("\r\n"));
    match parse(head.as_bytes()) {
        Err(status) => Response::refusal(status),
        Ok(request) => match answer(&request, HERE, &door(), &view()) {
            Answer::Response(response) => response,
            Answer::Events(_) => panic!("events for {lines:?}"),
        },
    }
}

fn get(path: &str) -> Response {
    ask(&format!("GET {path} HTTP/1.1"), &[])
}

fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    let found = response.headers.iter().find(|(n, _)| *n == name);
    found.map(|(_, value)| value.as_str())
}

fn body(response: &Response) -> String {
    String::from_utf8(response.body.bytes().to_vec()).unwrap()
}

#[test]
fn only_this_machine_by_name() {
    for (host, status) in [
        ("localhost", 200),
        ("LocalHost:8080", 200),
        ("127.0.0.1", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:8080", 200),
        ("192.0.2.7:8080", 200),
        ("192.0.2.8", 403),
        ("example.com", 403),
        ("localhost.example.com", 403),
        ("127.0.0.1.example.com", 403),
        ("127.1", 403),
        ("2130706433", 403),
        ("localhost:", 403),
        ("localhost:80x", 403),
        ("localhost@example.com", 403),
        ("[::1", 403),
        ("[::1]x", 403),
        ("", 403),
    ] {
        let response = ask_raw(&["GET / HTTP/1.1", &format!("Host: {host}")]);
        assert_eq!(response.status, status, "{host}");
    }
    assert_eq!(ask_raw(&["GET / HTTP/1.1"]).status, 400);
    let twice = ["GET / HTTP/1.1", "Host: localhost", "Host: localhost"];
    assert_eq!(ask_raw(&twice).status, 400);
}

#[test]
fn no_requests_from_other_sites() {
    let page = "GET /guides/reset/ HTTP/1.1";
    let link = ["Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"];
    for site in ["cross-site", "same-site", "strange"] {
        let site = format!("Sec-Fetch-Site: {site}");
        assert_eq!(ask(page, &[&site]).status, 403, "a script, a picture");
        assert_eq!(ask(page, &[&site, link[0], link[1]]).status, 200, "a link");
        let frame = [&*site, link[0], "Sec-Fetch-Dest: iframe"];
        assert_eq!(ask(page, &frame).status, 403, "a frame");
        for own in ["/__tier0/problems.json", "/%5f_tier0/problems.json"] {
            let own = format!("GET {own} HTTP/1.1");
            assert_eq!(ask(&own, &[&site, link[0], link[1]]).status, 403, "{own}");
            assert_eq!(ask(&own, &["Sec-Fetch-Site: same-origin"]).status, 200);
        }
    }
    for (origin, status) in [
        ("http://localhost", 200),
        ("http://localhost:1", 403),
        ("https://localhost", 403),
        ("http://example.com", 403),
        ("null", 403),
    ] {
        let origin = format!("Origin: {origin}");
        assert_eq!(ask(page, &[&origin]).status, status, "{origin}");
    }
    assert_eq!(ask(page, &["Sec-Fetch-Site: none"]).status, 200);
    let both = ["Sec-Fetch-Site: none", "Sec-Fetch-Site: none"];
    assert_eq!(ask(page, &both).status, 403);
    for response in [get("/"), get("/nowhere"), ask("POST / HTTP/1.1", &[])] {
        assert!(header(&response, "Access-Control-Allow-Origin").is_none());
        let policy = header(&response, "Cross-Origin-Resource-Policy");
        assert_eq!(policy, Some("same-origin"));
        assert_eq!(header(&response, "X-Content-Type-Options"), Some("nosniff"));
        assert_eq!(header(&response, "Cache-Control"), Some("no-cache"));
    }
}

#[test]
fn other_machines_get_the_site_and_not_how_it_is_made() {
    let door = Door { exposed: true, ..door() };
    let from = |peer: [u8; 4], path: &str| {
        let proof = format!("X-Tier0: open\r\nX-Tier0-Token: {}", door.token.text());
        let head = format!("GET {path} HTTP/1.1\r\nHost: 192.0.2.7\r\n{proof}\r\n\r\n");
        let ends = Ends { local: LOCAL, peer: IpAddr::from(peer) };
        let mut view = view();
        view.failed = true;
        view.problems.push(super::Problem::default());
        match answer(&parse(head.as_bytes()).unwrap(), ends, &door, &view) {
            Answer::Response(response) => (response.status, body(&response)),
            Answer::Events(_) => panic!("not asked for"),
        }
    };
    // Also this machine, if it comes by an address that others can use.
    for peer in [[192, 0, 2, 8], [192, 0, 2, 7], [10, 0, 0, 1], [0, 0, 0, 0]] {
        for path in ["open/", "open/?source=a.md", "blocks/", "blocks", "open", "o%70en/"] {
            assert_eq!(from(peer, &format!("/__tier0/{path}")).0, 403, "{peer:?} {path}");
        }
        assert_eq!(from(peer, "/__tier0/page/"), (200, "null".to_owned()));
        let (_, problems) = from(peer, "/__tier0/problems.json");
        let problems: serde_json::Value = serde_json::from_str(&problems).unwrap();
        assert_eq!((&problems["failed"], &problems["total"]), (&false.into(), &0.into()));
        assert!(from(peer, "/").1.contains("home"));
        assert_eq!(from(peer, "/__tier0/client.js").0, 200);
    }
    let (_, problems) = from([127, 0, 0, 1], "/__tier0/problems.json");
    assert!(problems.contains("\"failed\":true"), "{problems}");
}

#[test]
fn only_reading_and_no_bodies() {
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get"] {
        let response = ask(&format!("{method} / HTTP/1.1"), &[]);
        assert_eq!(response.status, 405, "{method}");
        assert_eq!(header(&response, "Allow"), Some("GET, HEAD"));
        assert!(!response.keep_alive);
    }
    for (line, status) in [
        ("Content-Length: 0", 200),
        ("Content-Length: 1", 413),
        ("Content-Length: 99999999999999999999", 413),
        ("Content-Length: -1", 413),
        ("Transfer-Encoding: chunked", 413),
        ("Transfer-Encoding: identity", 413),
    ] {
        assert_eq!(ask("GET / HTTP/1.1", &[line]).status, status, "{line}");
    }
    let twice = ["Content-Length: 0", "Content-Length: 5"];
    assert_eq!(ask("GET / HTTP/1.1", &twice).status, 413);
}

#[test]
fn malformed_heads() {
    for (line, status) in [
        ("GET", 400),
        ("GET /", 400),
        ("GET / HTTP/1.1 x", 400),
        ("GET  / HTTP/1.1", 400),
        ("GET / FTP/1.1", 400),
        ("GET / HTTP/2.0", 505),
        ("GET http://localhost/ HTTP/1.1", 400),
        ("GET * HTTP/1.1", 400),
        ("GET /?a\nb HTTP/1.1", 400),
        ("GET /guides/reset?a\rb HTTP/1.1", 400),
    ] {
        assert_eq!(ask(line, &[]).status, status, "{line:?}");
    }
    for header in ["no colon", "Bad Name: x", " folded: x", "A: \u{e9}", "A: b\nC: d"] {
        assert_eq!(ask("GET / HTTP/1.1", &[header]).status, 400, "{header:?}");
    }
    assert!(parse(b"GET /\xff HTTP/1.1\r\nHost: localhost\r\n\r\n").is_err());
}

#[test]
fn folders_and_names_in_any_script() {
    assert!(body(&get("/")).contains("home"));
    assert!(body(&get("/guides/reset/")).contains("reset"));
    assert!(body(&get("/guides/reset/index.html")).contains("reset"));
    assert!(body(&get("/%E6%8C%87%E5%8D%97/%e9%87%8d%e7%bd%ae/?q=1")).contains("重置"));
    assert!(body(&get("/指南/重置/")).contains("重置"));
    assert_eq!(body(&get("/assets/a%20b.css")), "p{}");
    for (path, location) in [
        ("/guides/reset", "/guides/reset/"),
        ("/guides/reset?q=%E6%B0%B4&x", "/guides/reset/?q=%E6%B0%B4&x"),
        ("/%E6%8C%87%E5%8D%97/重置", "/%E6%8C%87%E5%8D%97/%E9%87%8D%E7%BD%AE/"),
    ] {
        let response = get(path);
        assert_eq!(response.status, 308, "{path}");
        assert_eq!(header(&response, "Location"), Some(location));
    }
    for path in ["/guides", "/guides/", "/notes.txt/", "/guides//reset/"] {
        assert_eq!(get(path).status, 404, "{path}");
    }
    // A script of the page that asks for its own path would ask another site.
    for path in ["//", "//example.com/", "//guides/reset/"] {
        assert_eq!(get(path).status, 400, "{path}");
    }
}

#[test]
fn editions_lie_under_their_names() {
    for (path, text) in [
        ("/@desk/", "desk</body>"),
        ("/@desk/desk/", "desk only"),
        ("/@desk/zh/guides/reset/index.html", "重置"),
        ("/@desk/guides/reset/", "lost at the desk"),
        ("/@public/guides/reset/", "reset"),
        ("/%40public/guides/reset/", "reset"),
        ("/@desk//", "lost at the desk"),
        ("/@nobody/", "lost</body>"),
        ("/@/", "lost</body>"),
        ("/guides/@desk/", "lost</body>"),
        ("/@public/@desk/", "lost</body>"),
    ] {
        let page = body(&get(path));
        assert!(page.replace("<script", "</body><script").contains(text), "{path}: {page}");
    }
    for (path, location) in
        [("/@desk", "/@desk/"), ("/@desk/zh?q", "/@desk/zh/?q"), ("/@public", "/@public/")]
    {
        let response = get(path);
        assert_eq!(header(&response, "Location"), Some(location), "{path}");
    }
}

#[test]
fn the_switch_is_told_where_a_page_is_in_another_edition() {
    for (ask, address, found) in [
        ("desk/", "/@desk/", true),
        ("desk", "/@desk/", true),
        ("desk/zh/guides/reset/", "/@desk/zh/guides/reset/", true),
        ("desk/zh/guides/other/", "/@desk/zh/", false),
        ("desk/guides/reset/", "/@desk/", false),
        ("public/guides/reset/", "/guides/reset/", true),
        ("public/%E6%8C%87%E5%8D%97/重置/", "/%E6%8C%87%E5%8D%97/%E9%87%8D%E7%BD%AE/", true),
        ("public/desk/", "/", false),
        ("public//example.com/", "/", false),
    ] {
        let answer: serde_json::Value =
            serde_json::from_str(&body(&get(&format!("/__tier0/in/{ask}")))).unwrap();
        assert_eq!(answer, serde_json::json!({ "address": address, "found": found }), "{ask}");
    }
    for ask in ["", "/", "/nobody/", "/nobody/guides/reset/"] {
        assert_eq!(get(&format!("/__tier0/in{ask}")).status, 404, "{ask}");
    }
    assert_eq!(get("/__tier0/in/desk/../x").status, 400);
}

#[test]
fn a_thousand_ways_up_lead_nowhere() {
    let dots = ["..", "%2e%2e", ".%2E", "%252e%252e", "..%00", "%c0%ae%c0%ae", ".", "..;"];
    let slashes = ["/", "//", "\\", "%2f", "%5C", "%252f", "/./", "%c0%af"];
    let targets = ["etc/passwd", "index.html", "notes.txt", "__tier0/events", "guides/reset"];
    let starts = ["", "guides/", "guides/reset/", "assets/"];
    let mut count = 0;
    for dot in dots {
        for slash in slashes {
            for target in targets {
                for start in starts {
                    for depth in [1, 3] {
                        let path =
                            format!("/{start}{}{target}", format!("{dot}{slash}").repeat(depth));
                        let response = get(&path);
                        assert!(matches!(response.status, 400 | 404), "{path}");
                        count += 1;
                    }
                }
            }
        }
    }
    assert!(count > 1000);
    for path in ["/%", "/%4", "/%zz", "/%ff", "/a%00b", "/a%0ab", "/%2e%2e", "/a%2fb"] {
        assert_eq!(get(path).status, 400, "{path}");
    }
}

#[test]
fn types_and_the_missing_page() {
    for (path, media) in [
        ("/", "text/html; charset=utf-8"),
        ("/assets/a%20b.css", "text/css; charset=utf-8"),
        ("/photo.JPG", "image/jpeg"),
        ("/__tier0/client.js", "text/javascript; charset=utf-8"),
        ("/__tier0/client.css", "text/css; charset=utf-8"),
        ("/__tier0/problems.json", "application/json"),
    ] {
        let response = get(path);
        assert_eq!(response.status, 200, "{path}");
        assert_eq!(header(&response, "Content-Type"), Some(media));
    }
    let lost = get("/not/there");
    assert_eq!(lost.status, 404);
    assert!(body(&lost).contains("lost") && body(&lost).contains("client.js"));
    assert_eq!(get("/__tier0/other").status, 404);
    assert_eq!(get("/__tier0").status, 404);
}

#[test]
fn without_a_site_there_is_a_page_that_waits() {
    let ask = |language: &str| {
        let head =
            format!("GET /x HTTP/1.1\r\nHost: localhost\r\nAccept-Language: {language}\r\n\r\n");
        match answer(&parse(head.as_bytes()).unwrap(), HERE, &door(), &View::default()) {
            Answer::Response(response) => response,
            Answer::Events(_) => panic!("not asked for"),
        }
    };
    let (english, chinese) = (ask("fr, zh"), ask("zh-CN,zh;q=0.9"));
    assert_eq!((english.status, chinese.status), (503, 503));
    assert!(body(&english).contains("lang=\"en\"") && body(&english).contains("client.js"));
    assert!(body(&chinese).contains("lang=\"zh-CN\"") && body(&chinese).contains("client.js"));
}

#[test]
fn pages_carry_the_script_and_other_files_do_not() {
    let home = body(&get("/"));
    let (before, rest) = home.split_once("/__tier0/").unwrap();
    let (version, rest) = rest.split_once('/').unwrap();
    assert_eq!(before, "<html><script type=\"module\" src=\"");
    let (rest, token) = rest.split_once(" data-tier0-token=\"").unwrap();
    let wanted = "client.js\" data-tier0-version=\"v1\" \
         data-tier0-edition=\"public\" data-tier0-editions=\"public desk\"";
    assert_eq!(rest, wanted);
    let (token, rest) = token.split_once('"').unwrap();
    assert!(token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{token}");
    assert_eq!(rest, "></script><BODY>home</BODY></html>");
    // What the version names never changes; without it, browsers ask each time.
    for (path, cache) in
        [(format!("{version}/client.js"), "immutable"), ("client.js".into(), "no-cache")]
    {
        let response = get(&format!("/__tier0/{path}"));
        assert_eq!(response.status, 200, "{path}");
        assert!(header(&response, "Cache-Control").unwrap().ends_with(cache), "{path}");
    }
    assert_eq!(get("/__tier0/0123456789abcdef/client.js").status, 404);
    assert_eq!(get(&format!("/__tier0/{version}/events")).status, 404);
    assert_eq!(body(&get("/notes.txt")), "0123456789");
}

#[test]
fn the_script_comes_before_all_others() {
    for page in [
        "<!doctype html>\n<html lang=\"en\">\n<head>|<meta charset=\"utf-8\"></head>",
        "<!DOCTYPE html>\r\n<HTML data-a='x>y'><HEAD data-b=\">\">|<title>a</title>",
        "<!-- <head> --> <html>\n<!-- b --><head>|",
        "<!doctype html><html>|<header>no head</header>",
        "<!doctype html>|<title>no tags</title><head>",
        "|text",
        "|",
        "|<html",
        "|<!-- never ends <head>",
        "\u{feff}<head>|<meta>",
    ] {
        let (before, after) = page.split_once('|').unwrap();
        assert_eq!(head_start(format!("{before}{after}").as_bytes()), before.len(), "{page}");
    }
}

#[test]
fn unchanged_files_are_not_sent_again() {
    for path in ["/", "/notes.txt"] {
        let tag = header(&get(path), "ETag").unwrap().to_owned();
        for wanted in [&tag, &format!("W/{tag}"), &format!("\"x\", {tag}"), "*"] {
            let line = format!("GET {path} HTTP/1.1");
            let again = ask(&line, &[&format!("If-None-Match: {wanted}")]);
            assert_eq!(again.status, 304, "{path} {wanted}");
            assert_eq!(header(&again, "ETag"), Some(&*tag));
            assert_eq!(ask(&line, &["If-None-Match: \"x\""]).status, 200);
        }
    }
}

#[test]
fn parts_of_a_file() {
    for (range, status, text, unit) in [
        ("bytes=0-3", 206, "0123", Some("bytes 0-3/10")),
        ("bytes=7-", 206, "789", Some("bytes 7-9/10")),
        ("bytes=-2", 206, "89", Some("bytes 8-9/10")),
        ("bytes=-99", 206, "0123456789", Some("bytes 0-9/10")),
        ("bytes=8-99999999999999999999", 200, "0123456789", None),
        ("bytes=8-18446744073709551615", 206, "89", Some("bytes 8-9/10")),
        ("bytes=10-", 416, "416 Range Not Satisfiable\n", Some("bytes */10")),
        ("bytes=-0", 416, "416 Range Not Satisfiable\n", Some("bytes */10")),
        ("bytes=5-2", 200, "0123456789", None),
        ("bytes=0-1,3-4", 200, "0123456789", None),
        ("lines=0-1", 200, "0123456789", None),
        ("bytes=a-b", 200, "0123456789", None),
    ] {
        let response = ask("GET /notes.txt HTTP/1.1", &[&format!("Range: {range}")]);
        assert_eq!(response.status, status, "{range}");
        assert_eq!(body(&response), text, "{range}");
        assert_eq!(header(&response, "Content-Range"), unit, "{range}");
    }
    let changed = ["Range: bytes=0-3", "If-Range: \"old\""];
    assert_eq!(ask("GET /notes.txt HTTP/1.1", &changed).status, 200);
    assert_eq!(ask("HEAD /notes.txt HTTP/1.1", &["Range: bytes=0-3"]).status, 200);
    assert_eq!(ask("GET /empty.txt HTTP/1.1", &["Range: bytes=0-"]).status, 416);
}
