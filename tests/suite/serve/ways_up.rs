//! No request leads to a file that is not the site's.

use std::collections::BTreeSet;
use std::os::unix::fs::symlink;
use std::process::Command;

use super::{Answer, Serving};
use crate::support::Site;
use crate::support::random::Random;

/// Stands in every file around the site.
const SECRET: &str = "zanzibar-umbrella-4711";

fn site() -> Site {
    let site = Site::new()
        .file("content/_index.md", "---\ntitle: Home\n---\n\nWelcome.\n")
        .file("content/guides/reset.md", "---\ntitle: Reset\n---\n\nPress.\n")
        .file("static/notes.txt", "notes of the site\n")
        .file("static/swapped.txt", "not swapped yet\n")
        .file("static/folder/inner.txt", "inner\n")
        .file("../secret.txt", SECRET)
        .file("../elsewhere/key.txt", SECRET)
        .file("../elsewhere/page.md", &format!("---\ntitle: Secret\n---\n\n{SECRET}\n"));
    for (from, to) in [
        ("static/link.txt", "../../secret.txt"),
        ("static/way", "../../elsewhere"),
        ("content/link.txt", "../../secret.txt"),
        ("content/way", "../../elsewhere"),
    ] {
        symlink(to, site.path(from)).expect("a link");
    }
    site
}

const STARTS: [&str; 20] = [
    "/",
    "/notes.txt/",
    "/guides/",
    "/guides/reset/",
    "/assets/",
    "/folder/",
    "/way/",
    "/link.txt/",
    "/@public/",
    "/%40public/",
    "/@public//",
    "/@nobody/",
    "/__tier0/",
    "/__tier0/client.js/",
    "/__tier0/page/",
    "/__tier0/blocks/",
    "/__tier0/open/",
    "/__tier0/in/public/",
    "/__tier0/problems.json/",
    "//",
];
const DOTS: [&str; 18] = [
    "..",
    ".",
    "%2e%2e",
    "%2E.",
    ".%2e",
    "%252e%252e",
    "%25252e%25252e",
    "..%00",
    "%00..",
    "%c0%ae%c0%ae",
    "%e0%80%ae%e0%80%ae",
    "%f0%80%80%ae.",
    "\u{ff0e}\u{ff0e}",
    "%ef%bc%8e%ef%bc%8e",
    "..;",
    "..%3b",
    "..%20",
    "...",
];
const SLASHES: [&str; 15] = [
    "/",
    "//",
    "\\",
    "%2f",
    "%2F",
    "%5c",
    "%5C",
    "%252f",
    "/./",
    "%c0%af",
    "%e0%80%af",
    "\u{ff0f}",
    "%ef%bc%8f",
    ";/",
    "/%2e/",
];
const TARGETS: [&str; 9] = [
    "secret.txt",
    "SECRET.TXT",
    "elsewhere/key.txt",
    "site/tier0.toml",
    "content/guides/reset.md",
    "etc/passwd",
    "way/key.txt",
    "link.txt",
    "secret.txt%00.html",
];
const ENDS: [&str; 6] = ["", "", "?", "?../../secret.txt", "#/../secret.txt", "/"];

/// Every start, dot, slash and target is in many of these.
fn variants() -> Vec<String> {
    let mut random = Random::new(6);
    let mut made: BTreeSet<String> = BTreeSet::new();
    while made.len() < 1500 {
        let (dot, slash) = (random.pick(&DOTS), random.pick(&SLASHES));
        let up = format!("{dot}{slash}").repeat(1 + random.below(4));
        let (start, target, end) =
            (random.pick(&STARTS), random.pick(&TARGETS), random.pick(&ENDS));
        made.insert(format!("{start}{up}{target}{end}"));
    }
    let folder = std::env::temp_dir();
    let folder = folder.to_string_lossy();
    made.extend(
        [
            "http://localhost/../secret.txt",
            "HTTP://LOCALHOST/secret.txt",
            "http://localhost@/../../secret.txt",
            "//localhost/../secret.txt",
            "file:///etc/passwd",
            "file:../secret.txt",
            "../secret.txt",
            "..\\secret.txt",
            "secret.txt",
            "*",
            "?../secret.txt",
            "/link.txt",
            "/way/key.txt",
            "/way/",
            "/way/page/",
            "/way/page.md",
            "/content/link.txt",
            "/tier0.toml",
            "/content/guides/reset.md",
            "/guides/reset.md",
            "/@public/link.txt",
            "/C:/secret.txt",
            "/c:%5csecret.txt",
            "/\\\\localhost\\secret.txt",
            "/~root/",
            "/proc/self/cwd/secret.txt",
            "/.git/config",
        ]
        .map(str::to_owned),
    );
    made.insert(format!("{folder}/secret.txt"));
    made.insert(format!("/{folder}/secret.txt"));
    made.into_iter().collect()
}

#[test]
fn a_thousand_variants_find_no_file_around_the_site() {
    let site = site();
    let serving = Serving::of(&site, &[]);
    let home = serving.get("/").body;
    let own = |answer: &Answer| {
        let text = answer.text();
        answer.body == home || text == "null" || text.starts_with("{\"address\":")
    };
    // As the author: others do not get as far.
    let proof = format!("X-Tier0-Token: {}\r\n", serving.token());
    let mut count = 0;
    for path in variants() {
        for more in ["", "X-Tier0: open\r\n"] {
            if !more.is_empty() && !path.contains("open") {
                continue;
            }
            let head =
                format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{proof}Connection: close\r\n");
            let answer = serving.send(format!("{head}{more}\r\n").as_bytes());
            let text = answer.text();
            assert!(!text.contains(SECRET) && !text.contains("root:"), "{path}: {text}");
            assert!(answer.status != 0 && answer.status < 500, "{path}: {answer:?}");
            assert!(answer.status != 200 || own(&answer), "{path}: {answer:?}");
            count += 1;
        }
    }
    assert!(count > 1000);
    // It is all there still.
    assert_eq!(serving.get("/").body, home);
    assert_eq!(serving.get("/notes.txt").text(), "notes of the site\n");
    assert_eq!(serving.get("/guides/reset/").status, 200);
}

/// The preview looks at the files every half second: until then it believes what it knew.
#[test]
fn a_file_that_became_something_else_is_not_read() {
    let site = site();
    let serving = Serving::of(&site, &["--poll"]);
    assert_eq!(serving.get("/swapped.txt").text(), "not swapped yet\n");
    let swap = |made: &str, name: &str| {
        std::fs::rename(site.path(made), site.path(name)).expect("a new file in its place");
        for _ in 0..50 {
            let answer = serving.get(&name.replace("static", ""));
            assert!(!answer.text().contains(SECRET), "{answer:?}");
            assert_ne!(answer.status, 200, "{answer:?}");
        }
    };
    symlink("../../secret.txt", site.path("static/new")).expect("a link");
    swap("static/new", "static/swapped.txt");
    // Whoever reads a pipe waits for its writer.
    let made = Command::new("mkfifo").arg(site.path("static/new")).status();
    assert!(made.expect("a pipe").success());
    swap("static/new", "static/notes.txt");
    // A folder on the way is no better than the file itself.
    std::fs::rename(site.path("static/folder"), site.path("old")).expect("another name");
    symlink("../../elsewhere", site.path("static/folder")).expect("a link");
    site.put("../elsewhere/inner.txt", SECRET.as_bytes());
    let answer = serving.get("/folder/inner.txt");
    assert!(!answer.text().contains(SECRET) && answer.status != 200, "{answer:?}");
    assert_eq!(serving.get("/guides/reset/").status, 200);
}
