//! What is served is served right: types, parts, names, what is unchanged.

use super::{Answer, Serving, exchange};
use crate::support::Site;

/// Every ending that a site may have, and its type.
const TYPES: [(&str, &str); 25] = [
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("svg", "image/svg+xml"),
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("txt", "text/plain; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("pdf", "application/pdf"),
    ("woff2", "font/woff2"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("JPEG", "image/jpeg"),
    ("gif", "image/gif"),
    ("ico", "image/x-icon"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("wasm", "application/wasm"),
    ("zip", "application/zip"),
    ("webmanifest", "application/manifest+json"),
    ("html", "text/html; charset=utf-8"),
    ("exe", "application/octet-stream"),
    ("who-knows", "application/octet-stream"),
];

/// Names on the disk, and as a browser writes them.
const NAMES: [(&str, &str); 6] = [
    ("static/two words.txt", "/two%20words.txt"),
    ("static/a+b & c.txt", "/a+b%20&%20c.txt"),
    ("static/no#1.txt", "/no%231.txt"),
    ("static/50%.txt", "/50%25.txt"),
    ("static/50%25.txt", "/50%2525.txt"),
    ("static/手册/第 1 页.txt", "/%E6%89%8B%E5%86%8C/%E7%AC%AC%201%20%E9%A1%B5.txt"),
];

const DIGITS: &str = "0123456789";

fn site() -> Site {
    let site = Site::new()
        .file("content/_index.md", "---\ntitle: Home\n---\n")
        .file("content/指南/_index.md", "---\ntitle: 指南\n---\n")
        .file("content/指南/重置 路由器.md", "---\ntitle: 重置\nslug: 重置\n---\n\n按住。\n")
        .file("content/guides/reset.md", "---\ntitle: Reset\n---\n\nPress.\n")
        .file("static/digits.txt", DIGITS)
        .file("static/empty.txt", "");
    for (ending, _) in TYPES {
        site.put(&format!("static/types/file.{ending}"), b"<x>");
    }
    for (name, _) in NAMES {
        site.put(name, name.as_bytes());
    }
    site
}

/// What every answer says, whatever it is.
fn is_guarded(answer: &Answer) {
    let said = |name| answer.header(name).unwrap_or_default().to_owned();
    assert_eq!(said("X-Content-Type-Options"), "nosniff", "{answer:?}");
    assert_eq!(said("Cross-Origin-Resource-Policy"), "same-origin", "{answer:?}");
    assert!(!answer.head.to_ascii_lowercase().contains("access-control"), "{answer:?}");
}

#[test]
fn types_and_names() {
    let site = site();
    let serving = Serving::of(&site, &[]);
    for (ending, media) in TYPES {
        let answer = serving.get(&format!("/types/file.{ending}"));
        assert_eq!((answer.status, answer.header("Content-Type")), (200, Some(media)), "{ending}");
        is_guarded(&answer);
    }
    for (name, address) in NAMES {
        let answer = serving.get(address);
        assert_eq!((answer.status, &*answer.text()), (200, name), "{address}");
    }
    // A plus is a plus, and a name is decoded once.
    assert_eq!(serving.get("/two+words.txt").status, 404);
    assert_eq!(serving.get("/50%2525.txt").text(), "static/50%25.txt");
    assert_eq!(serving.get("/50%.txt").status, 400);
    let lost = serving.get("/nowhere/");
    assert_eq!((lost.status, lost.header("Content-Type")), (404, Some("text/html; charset=utf-8")));
    assert!(lost.text().contains("/client.js\""), "the page for lost readers is live too");
    is_guarded(&lost);
}

#[test]
fn folders_have_a_slash() {
    let site = site();
    let serving = Serving::of(&site, &[]);
    let chinese = "/%E6%8C%87%E5%8D%97/%E9%87%8D%E7%BD%AE";
    for address in [chinese, "/指南/重置", "/%e6%8c%87%e5%8d%97/重置"] {
        let answer = serving.get(&format!("{address}/"));
        assert_eq!(answer.status, 200, "{address}");
        assert!(answer.text().contains("按住。"));
        let answer = serving.get(&format!("{address}?q=%E6%B0%B4"));
        assert_eq!(answer.status, 308, "{address}");
        assert_eq!(answer.header("Location"), Some(&*format!("{chinese}/?q=%E6%B0%B4")));
        assert_eq!(answer.header("Content-Length"), Some("0"));
        is_guarded(&answer);
    }
    for (address, to) in [
        ("/guides/reset", Some("/guides/reset/")),
        ("/@public/guides/reset", Some("/@public/guides/reset/")),
        ("/@public", Some("/@public/")),
        // Never to another machine.
        ("//guides/reset", None),
        ("//example.com/..", None),
        ("/%2fexample.com", None),
        ("/guides//reset", None),
        ("/digits.txt/", None),
    ] {
        let answer = serving.get(address);
        assert_eq!(answer.header("Location"), to, "{address}");
        assert!(to.is_some() || answer.status >= 400, "{address} {answer:?}");
    }
}

#[test]
fn parts_of_files() {
    let site = site();
    let serving = Serving::of(&site, &[]);
    let whole = serving.get("/digits.txt");
    assert_eq!((whole.text().as_str(), whole.header("Accept-Ranges")), (DIGITS, Some("bytes")));
    let tag = whole.header("ETag").expect("a tag").to_owned();
    for (range, status, text, unit) in [
        ("bytes=0-0", 206, "0", Some("bytes 0-0/10")),
        ("bytes=9-9", 206, "9", Some("bytes 9-9/10")),
        ("bytes=4-", 206, "456789", Some("bytes 4-9/10")),
        ("bytes=-3", 206, "789", Some("bytes 7-9/10")),
        ("bytes=-100", 206, DIGITS, Some("bytes 0-9/10")),
        ("bytes=8-100", 206, "89", Some("bytes 8-9/10")),
        ("bytes=10-", 416, "", Some("bytes */10")),
        ("bytes=10-20", 416, "", Some("bytes */10")),
        ("bytes=-0", 416, "", Some("bytes */10")),
        ("bytes=5-4", 200, DIGITS, None),
        ("bytes=0-0,9-9", 200, DIGITS, None),
        ("bytes=", 200, DIGITS, None),
        ("bytes=-", 200, DIGITS, None),
        ("bytes=a-b", 200, DIGITS, None),
        ("bytes=0-18446744073709551615", 206, DIGITS, Some("bytes 0-9/10")),
        ("items=0-1", 200, DIGITS, None),
    ] {
        let range = format!("Range: {range}");
        let answer = serving.ask("GET", "/digits.txt", &[&range]);
        assert_eq!((answer.status, answer.header("Content-Range")), (status, unit), "{range}");
        assert!(status == 416 || answer.text() == text, "{range} {answer:?}");
        let length = answer.body.len().to_string();
        assert_eq!(answer.header("Content-Length"), Some(&*length), "{range}");
        // Parts are for those who read them.
        let head = serving.ask("HEAD", "/digits.txt", &[&range]);
        assert_eq!((head.status, head.header("Content-Length")), (200, Some("10")), "{range}");
        assert!(head.body.is_empty());
    }
    for (condition, status) in [
        (&*tag, 206),
        ("\"other\"", 200),
        (&format!("W/{tag}"), 200),
        ("Sat, 01 Jan 2000 00:00:00 GMT", 200),
    ] {
        let condition = format!("If-Range: {condition}");
        let answer = serving.ask("GET", "/digits.txt", &["Range: bytes=0-3", &condition]);
        assert_eq!(answer.status, status, "{condition}");
    }
    assert_eq!(serving.ask("GET", "/empty.txt", &["Range: bytes=0-"]).status, 416);
    assert_eq!(serving.get("/empty.txt").header("Content-Length"), Some("0"));
}

#[test]
fn what_is_unchanged_is_not_sent_again() {
    let site = site();
    let serving = Serving::of(&site, &[]);
    let home = serving.get("/").text();
    let style = home.split('"').find(|part| part.contains(".css")).expect("a style sheet");
    let style = format!("/{}", style.trim_start_matches(['/', '.']));
    for path in ["/", "/guides/reset/", "/digits.txt", &style] {
        let first = serving.get(path);
        let tag = first.header("ETag").unwrap_or_else(|| panic!("{path} {first:?}")).to_owned();
        let asks =
            |condition: &str| serving.ask("GET", path, &[&format!("If-None-Match: {condition}")]);
        for condition in [&tag, &format!("W/{tag}"), &format!("\"x\" , {tag}"), "*"] {
            let again = asks(condition);
            assert_eq!((again.status, again.body.len()), (304, 0), "{path} {condition}");
            assert_eq!(again.header("ETag"), Some(&*tag));
            is_guarded(&again);
        }
        assert_eq!(asks("\"x\"").status, 200);
        let head = serving.ask("HEAD", path, &[]);
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        assert_eq!(head.header("Content-Length"), first.header("Content-Length"));
        assert_eq!(head.header("ETag"), Some(&*tag));

        // None of these has a body that the next answer would be taken for.
        let host = "HTTP/1.1\r\nHost: localhost\r\n";
        let sent = format!(
            "GET {path} {host}If-None-Match: {tag}\r\n\r\nHEAD {path} {host}\r\n\
             GET {path} {host}If-None-Match: {tag}\r\n\r\nGET /digits.txt {host}Connection: close\r\n\r\n"
        );
        let all = exchange(serving.address, sent.as_bytes());
        let all = all.head + "\r\n\r\n" + &String::from_utf8_lossy(&all.body);
        let lines: Vec<_> = all.split("\r\n\r\n").collect();
        assert_eq!(lines.len(), 5, "{all}");
        assert!(lines[..4].iter().all(|head| head.starts_with("HTTP/1.1 ")), "{all}");
        assert_eq!(lines[4], DIGITS);
    }
    // A file that changes gets another tag, and so does a page. The page first: its tag follows every
    // build, also the one that the other change leads to, and that comes when it comes.
    for (path, file, text) in [
        ("/guides/reset/", "content/guides/reset.md", "---\ntitle: Reset\n---\n\nHold.\n"),
        ("/digits.txt", "static/digits.txt", "9876543210"),
    ] {
        let old = format!("If-None-Match: {}", serving.get(path).header("ETag").expect("a tag"));
        assert_eq!(serving.ask("GET", path, &[&old]).status, 304);
        site.put(file, text.as_bytes());
        super::wait(|| serving.ask("GET", path, &[&old]).status == 200, || path.to_owned());
    }
}

#[test]
fn attached_pictures_are_those_of_the_build() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"zorblat()\"><title>Kept</title>\
        <script>zorblat()</script></svg>";
    let site = Site::new()
        .file("content/a.md", "# A\n\n![d](d.svg) [s](/s.svg) ![b](b.svg) [f](raw)\n")
        .file("content/d.svg", svg)
        .file("content/b.svg", "<svg onload=\"zorblat()\">")
        .file("content/raw", "<script>zorblat</script>")
        .file("static/s.svg", svg);
    let serving = Serving::of(&site, &[]);
    let picture = serving.get("/d.svg");
    assert!(picture.text().contains("Kept") && !picture.text().contains("zorblat"), "{picture:?}");
    for path in ["/d.svg", "/s.svg"] {
        let answer = serving.get(path);
        is_guarded(&answer);
        let policy = answer.header("Content-Security-Policy").unwrap_or_default();
        assert!(policy.contains("default-src 'none'") && policy.ends_with("sandbox"), "{policy}");
    }
    assert_eq!(serving.get("/s.svg").text(), svg, "static files are the owner's");
    for path in ["/b.svg", "/raw"] {
        let answer = serving.get(path);
        assert!(answer.status == 500 && !answer.text().contains("zorblat"), "{path}: {answer:?}");
    }
    // What the preview shows of a good picture is what is published.
    site.put("content/a.md", b"# A\n\n![d](d.svg)\n");
    assert_eq!(site.build(&[]).fine().output.text("d.svg"), picture.text());
}
