//! A preview that other machines can reach: what they get, and what they do not.

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, SocketAddr, UdpSocket};

use serde_json::Value;

use super::{Answer, Serving, connect, exchange, wait};
use crate::support::Site;
use crate::support::skip::skip;

/// Six words and more, so that the leak gate knows them.
const SECRET: &str = "quamble frindle plovice mubbles wexibar tarvix snorgle blimfark";
const EVERYWHERE: [&str; 3] = ["--host", "0.0.0.0", "--poll"];
const TREE: &str = "---\ntitle: Which light?\nkind: troubleshooter\n---\n\n\
    ## Is it on? {#on}\n\n- [Yes](#yes)\n- [No](#no)\n\n## Good {#yes}\n\nDone.\n\n## Bad {#no}\n\nPlug it in.\n";

fn page(title: &str, head: &str, text: &str) -> String {
    format!("---\ntitle: {title}\n{head}---\n\n{text}\n")
}

fn site() -> Site {
    Site::new()
        .file("tier0.toml", "[editions.internal]\nroles = \"all\"\n")
        .file("content/_index.md", &page("Home", "", "Welcome."))
        .file("content/a.md", &page("Apples", "", "For everybody."))
        .file("content/tree.md", TREE)
        .file("content/secret.md", &page("Zorbit", "roles: ops\n", SECRET))
        .file("content/draft.md", &page("Drizzle", "status: draft\n", "Not yet."))
        .file("static/notes.txt", "notes")
}

/// An address of this machine by which others would come. Nothing is sent to find it.
fn outside() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|ip| !ip.is_loopback() && !ip.is_unspecified())
}

/// Asks as another machine would; none if this machine has no other address.
fn guest(serving: &Serving, path: &str, more: &str) -> Option<Answer> {
    let address = SocketAddr::new(outside()?, serving.address.port());
    let head = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n{more}Connection: close\r\n\r\n");
    Some(exchange(address, head.as_bytes()))
}

#[test]
fn other_machines_get_what_would_be_published() {
    let site = site();
    let run = site.build(&["--base-url", "http://localhost/"]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    let serving = Serving::of(&site, &EVERYWHERE);
    let mut count = 0;
    for (path, bytes) in &run.output.files {
        let built = String::from_utf8_lossy(bytes);
        let address = path.trim_end_matches("index.html");
        if address.ends_with(".html") || !(address.is_empty() || path.ends_with("index.html")) {
            continue;
        }
        let answer = serving.get(&format!("/{address}"));
        let served = answer.text();
        let (before, rest) =
            served.split_once("<script type=\"module\" src=\"/__tier0/").expect("the script");
        let (_, after) = rest.split_once("</script>").expect("its end");
        assert_eq!(format!("{before}{after}"), built, "{path}");
        count += 1;
    }
    assert!(count >= 3, "{count} pages: {:?}", run.output.files.keys());
    for path in
        ["/draft/", "/secret/", "/@internal/", "/@internal/secret/", "/__tier0/in/internal/"]
    {
        assert_eq!(serving.get(path).status, 404, "{path}");
    }
    assert!(serving.get("/").text().contains("data-tier0-editions=\"public\""));
    serving.says("Warning: other machines can reach this preview.");
    serving.says("edition public");

    // The author alone sees more.
    let alone = Serving::of(&site, &[]);
    assert!(!alone.said().contains("Warning"));
    for path in ["/draft/", "/@internal/", "/@internal/secret/"] {
        // Other editions are planned when it is calm.
        alone.shows(path, |answer| answer.status == 200);
    }
    assert_ne!(alone.get("/tree/").text(), serving.get("/tree/").text(), "marks for authors");
}

#[test]
fn another_edition_has_to_be_named() {
    let site = site().environment("LC_ALL", "zh_CN.UTF-8");
    let arguments = [&EVERYWHERE[..], &["--edition", "internal"]].concat();
    let serving = Serving::of(&site, &arguments);
    serving.says("警告：其他机器可以访问这个预览。");
    serving.says("internal 发行版");
    assert!(serving.get("/secret/").text().contains(SECRET));
    assert_eq!(serving.get("/draft/").status, 404);
    assert_eq!(serving.get("/@public/").status, 404);
}

#[test]
fn how_the_site_is_made_stays_on_this_machine() {
    let site = site().file("content/broken.md", &format!("---\ntitle: {SECRET}\nroles: [\n---\n"));
    let serving = Serving::of(&site, &EVERYWHERE);
    // Nothing is shown while it is not known who reads what; then the old pages would stay.
    assert_eq!(serving.get("/").status, 503);
    assert!(serving.told("/__tier0/problems.json").text().contains("broken.md"));
    let problems = guest(&serving, "/__tier0/problems.json", "");
    let Some(problems) = problems else {
        return skip("this machine has no address but that of itself");
    };
    assert!(problems.text().contains("\"failed\":false"), "{problems:?}");
    assert!(!problems.text().contains("broken") && !problems.text().contains("quamble"));
    site.put("content/broken.md", page("Fixed", "", "Fine.").as_bytes());
    serving.shows("/broken/", |answer| answer.status == 200);

    let proof = format!("X-Tier0-Token: {}", serving.token());
    let open = &format!("X-Tier0: open\r\n{proof}\r\n");
    let proof = &format!("{proof}\r\n");
    for (path, more, here, there) in [
        ("/", "", 200, 200),
        ("/a/", "", 200, 200),
        ("/__tier0/client.js", "", 200, 200),
        ("/__tier0/blocks/a/", proof, 200, 403),
        ("/__tier0/open/a/", open, 200, 403),
        ("/__tier0/open/?source=content/a.md", open, 200, 403),
    ] {
        assert_eq!(
            serving.ask("GET", path, &[more.trim_end()][..more.len().min(1)]).status,
            here,
            "{path}"
        );
        assert_eq!(guest(&serving, path, more).expect("as above").status, there, "{path}");
    }
    assert_eq!(serving.told("/__tier0/page/a/").json()["source"], "content/a.md");
    assert_eq!(guest(&serving, "/__tier0/page/a/", proof).expect("as above").text(), "null");
    // A name that leads here is nobody's.
    let address = SocketAddr::new(outside().expect("as above"), serving.address.port());
    let head = "GET / HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n";
    assert_eq!(exchange(address, head.as_bytes()).status, 403);
}

#[test]
fn a_leak_is_never_shown() {
    let site = site();
    let serving = Serving::of(&site, &EVERYWHERE);
    let never = |path: &str, word: &str| {
        let answer = serving.get(path);
        assert!(!answer.text().contains(word), "{path}: {answer:?}");
        answer
    };
    let until = |word: &str| {
        let problems = "/__tier0/problems.json";
        let found = || serving.told(problems).text().contains(word);
        wait(
            || {
                never("/notes.txt", word);
                found()
            },
            || format!("{word}: {}", serving.said()),
        );
    };
    let edit = |title: &str, text: &str| site.put("content/a.md", page(title, "", text).as_bytes());
    assert!(never("/a/", "quamble").text().contains("For everybody."));

    // The preview looks at the files every half second: this one is asked for before.
    assert_eq!(never("/notes.txt", "quamble").text(), "notes");
    site.put("static/notes.txt", SECRET.as_bytes());
    edit("Pears", "Changed with the leak.");
    for _ in 0..20 {
        never("/notes.txt", "quamble");
    }
    until("quamble");
    let kept = |built: &Value| built["kept"] == serde_json::json!(["public"]);
    assert!(kept(&serving.next("built")));
    assert!(never("/a/", "Pears").text().contains("For everybody."), "the old page stays");
    assert_ne!(never("/notes.txt", "quamble").status, 200, "what is no more the old file does not");

    // The old gate, whose pages stay, does not know what became secret since.
    let other = "zuzzle wimbly prong glent hasker otterly mimp dravo";
    site.put("content/secret.md", page("Zorbit", "roles: ops\n", other).as_bytes());
    site.put("static/notes.txt", other.as_bytes());
    until("glent");
    assert_ne!(never("/notes.txt", "glent").status, 200);
    assert!(never("/a/", "Pears").text().contains("For everybody."));

    site.put("static/notes.txt", b"more notes");
    serving.shows("/notes.txt", |answer| answer.text() == "more notes");
    serving.shows("/a/", |answer| answer.text().contains("Changed with the leak."));
    edit("Pears", "Fixed.");
    serving.shows("/a/", |answer| answer.text().contains("Fixed."));
}

#[test]
fn nobody_is_told_of_pages_that_are_not_shown() {
    let site = site();
    let serving = Serving::of(&site, &EVERYWHERE);
    let mut tab = connect(serving.address);
    let head = "GET /__tier0/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    tab.write_all(head.as_bytes()).expect("sent");
    let mut told = String::new();
    let mut chunk = [0; 4096];
    let mut hears = |word: &str| {
        while !told.contains(word) {
            let count = tab.read(&mut chunk).expect("an event");
            assert!(count > 0, "the events ended: {told}");
            told += &String::from_utf8_lossy(&chunk[..count]);
        }
        told.clone()
    };
    let failing = |told: &str| {
        let lines = told.lines().filter(|line| line.contains("\"failed\":true"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    hears("\"failed\":false");
    site.put("static/notes.txt", SECRET.as_bytes());
    serving.next("built");
    site.put("content/a.md", page("Blackcurrants", "", "Changed.").as_bytes());
    assert_eq!(serving.next("built")["kept"], serde_json::json!(["public"]));
    site.put("static/notes.txt", b"notes");
    serving.shows("/a/", |answer| answer.text().contains("Blackcurrants"));
    site.put("content/a.md", page("Cherries", "", "Changed.").as_bytes());
    let failing = failing(&hears("Cherries"));
    assert!(!failing.is_empty(), "{failing:?}");
    assert!(!failing.iter().any(|line| line.contains("Blackcurrants")), "{failing:?}");
}

#[test]
fn a_preview_that_begins_with_a_leak_shows_nothing() {
    let site = site().file("static/notes.txt", SECRET);
    let serving = Serving::of(&site, &EVERYWHERE);
    for path in ["/", "/a/", "/notes.txt", "/sitemap.xml"] {
        assert_eq!(serving.get(path).status, 503, "{path}");
    }
    site.put("static/notes.txt", b"fixed");
    serving.shows("/notes.txt", |answer| answer.text() == "fixed");
    assert_eq!(serving.get("/a/").status, 200);
}

#[test]
fn the_gate_reads_the_search_index_too() {
    // The index has a list of words, which no page has in this order.
    let words = "amber apple arrow atlas attic autumn avenue axis";
    let scattered: String = words.rsplit(' ').map(|word| format!("- {word}\n")).collect();
    let site = Site::new()
        .file("content/_index.md", &page("Home", "", &scattered))
        .file("content/secret.md", &page("Zorbit", "roles: ops\n", words));
    assert_eq!(site.build(&[]).code, 4, "a build is refused");
    let serving = Serving::of(&site, &EVERYWHERE);
    assert_eq!(serving.get("/").status, 503);
    site.put("content/secret.md", page("Zorbit", "roles: ops\n", SECRET).as_bytes());
    serving.shows("/search/en/manifest.json", |answer| answer.status == 200);
}
