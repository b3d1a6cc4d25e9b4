//! A preview behind a proxy or a tunnel of its own machine: everybody comes from loopback then.

use std::io::Write as _;

use super::{Answer, Serving, connect, exchange, wait};
use crate::support::Site;

const EVERYWHERE: [&str; 3] = ["--host", "0.0.0.0", "--poll"];
/// What proxies, tunnels and networks of caches add to a request.
const MARKS: [&str; 45] = [
    "Forwarded: for=192.0.2.60;proto=http;host=docs.example.com",
    "Forwarded:",
    "fOrWaRdEd: for=_hidden",
    "X-Forwarded-For: 192.0.2.60",
    "X-Forwarded-For: 127.0.0.1",
    "X-Forwarded-For:",
    "x-forwarded-for: 192.0.2.60",
    "X-FORWARDED-FOR: 192.0.2.60",
    "X_Forwarded_For: 192.0.2.60",
    "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-For: 192.0.2.60",
    "X-Forwarded-Host: localhost",
    "X-Forwarded-Proto: https",
    "X-Forwarded-Port: 443",
    "X-Forwarded-Server: proxy",
    "X-Forwarded: 192.0.2.60",
    "Forwarded-For: 192.0.2.60",
    "X-Real-IP: 192.0.2.60",
    "X-Real-Ip: 127.0.0.1",
    "X-Original-For: 192.0.2.60",
    "X-Original-Host: docs.example.com",
    "X-Original-URL: /draft/",
    "X-Rewrite-URL: /draft/",
    "Via: 1.1 proxy",
    "via:",
    "CF-Connecting-IP: 192.0.2.60",
    "cf-ray: 8f",
    "True-Client-IP: 192.0.2.60",
    "Client-IP: 192.0.2.60",
    "X-Client-IP: 192.0.2.60",
    "X-Cluster-Client-IP: 192.0.2.60",
    "Fastly-Client-IP: 192.0.2.60",
    "X-Envoy-External-Address: 192.0.2.60",
    "X-Envoy-Internal: true",
    "X-Amzn-Trace-Id: Root=1-67891233-abcdef012345678912345678",
    "X-Amz-Cf-Id: x",
    "X-Azure-ClientIP: 192.0.2.60",
    "X-Request-Id: 1",
    "X-ProxyUser-Ip: 192.0.2.60",
    "Tailscale-User-Login: somebody@example.com",
    "ngrok-skip-browser-warning: 1",
    "CDN-Loop: cloudflare",
    "X-Nobody-Has-Heard-Of-This: 1",
    "Nobody-Has-Heard-Of-This: 1",
    "Traceparent: 00-x-y-01",
    "Max-Forwards: 9",
];
/// What browsers send by themselves.
const OWN: [&str; 8] = [
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept: text/html\r\nAccept-Language: en",
    "Sec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-User: ?1\r\nSec-Fetch-Dest: document",
    "Sec-CH-UA: \"x\"\r\nSec-CH-UA-Mobile: ?0\r\nSec-CH-UA-Platform: \"Linux\"\r\nSec-GPC: 1",
    "DNT: 1\r\nSave-Data: on\r\nPriority: u=0, i\r\nUpgrade-Insecure-Requests: 1",
    "Referer: http://localhost/\r\nCookie: forwarded=1\r\nPragma: no-cache",
    "Purpose: prefetch\r\nX-Moz: prefetch\r\nX-Purpose: preview\r\nSec-Purpose: prefetch",
    "X-Requested-With: com.example.browser",
    "Last-Event-ID: 1\r\nDevice-Memory: 8\r\nDownlink: 10\r\nECT: 4g\r\nRTT: 50\r\nTE: trailers",
];
const PATHS: [&str; 12] = [
    "/",
    "/draft/",
    "/nowhere/",
    "/@internal/",
    "/@internal/secret/",
    "/__tier0/client.js",
    "/__tier0/events",
    "/__tier0/problems.json",
    "/__tier0/page/draft/",
    "/__tier0/blocks/draft/",
    "/__tier0/open/draft/",
    "/__tier0/in/internal/secret/",
];

fn page(title: &str, head: &str, text: &str) -> String {
    format!("---\ntitle: {title}\n{head}---\n\n{text}\n")
}

fn site() -> Site {
    Site::new()
        .file("tier0.toml", "[editions.internal]\nroles = \"all\"\n")
        .file("content/_index.md", &page("Home", "", "Welcome."))
        .file("content/a.md", &page("Apples", "", "For everybody."))
        .file("content/secret.md", &page("Zorbit", "roles: ops\n", "Of operations."))
        .file("content/draft.md", &page("Drizzle", "status: draft\n", "Not yet."))
        .file("static/notes.txt", "notes")
}

/// What tells of the author's view.
fn tells(answer: &Answer, token: &str) -> bool {
    let whole = answer.head.clone() + &answer.text();
    ["Drizzle", "Zorbit", "data-tier0", "internal", token].iter().any(|word| whole.contains(word))
}

#[test]
fn what_a_proxy_passes_on_is_refused_where_all_is_the_authors() {
    let site = site();
    let serving = Serving::of(&site, &[]);
    serving.shows("/@internal/secret/", |answer| answer.status == 200);
    let token = serving.token();
    let proof = format!("X-Tier0: open\r\nX-Tier0-Token: {token}");
    for mark in MARKS {
        for path in PATHS {
            for more in [&[mark][..], &[mark, &proof], &[&proof, mark], &[OWN[1], mark]] {
                let answer = serving.ask("GET", path, more);
                assert_eq!(answer.status, 403, "{path} {more:?}");
                assert!(!tells(&answer, &token), "{path} {more:?} {answer:?}");
            }
        }
        // Whoever it is, may be the author: the reason is told, in both languages.
        let name = mark.split(':').next().expect("a name");
        let answer = serving.get_with("/", &[mark]).text();
        assert!(
            answer.contains(&format!("through a proxy or a tunnel ({name} tells so)")),
            "{answer}"
        );
        let answer = serving.get_with("/", &[mark, "Accept-Language: zh-CN,zh;q=0.9"]).text();
        assert!(
            answer.contains(&format!("经由代理或隧道到达 tier0 预览（依据：{name}）")),
            "{answer}"
        );
    }
    // So does nginx, and no browser.
    let old = serving.send(b"GET /draft/ HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!(old.status, 403);
    assert!(!tells(&old, &token), "{old:?}");
    // Another machine's name, in whatever way it comes.
    for head in [
        "GET http://docs.example.com/draft/ HTTP/1.1\r\nHost: localhost",
        "GET http://localhost/draft/ HTTP/1.1\r\nHost: docs.example.com",
        "GET http://localhost/draft/ HTTP/1.1\r\nHost: localhost",
        "GET //docs.example.com/draft/ HTTP/1.1\r\nHost: localhost",
        "GET /draft/ HTTP/1.1\r\nHost: docs.example.com",
        "GET /draft/ HTTP/1.1\r\nHost: 127.0.0.1.nip.io",
        "GET /draft/ HTTP/1.1\r\nHost: localhost\r\nHost: docs.example.com",
        "GET /draft/ HTTP/1.1",
    ] {
        let answer = serving.send(format!("{head}\r\nConnection: close\r\n\r\n").as_bytes());
        assert!(matches!(answer.status, 400 | 403), "{head} {answer:?}");
        assert!(!tells(&answer, &token), "{head} {answer:?}");
    }
    for own in OWN {
        let answer = serving.get_with("/draft/", &[own]);
        assert_eq!(answer.status, 200, "{own}");
        assert!(answer.text().contains(&token), "{own}");
    }
}

#[test]
fn behind_a_proxy_everybody_is_a_guest() {
    let site = site().file("content/broken.md", "---\ntitle: Brokkoli\nroles: [\n---\n");
    let run = {
        site.put("content/broken.md", page("Fixed", "", "Fine.").as_bytes());
        site.build(&["--base-url", "http://localhost/"])
    };
    assert_eq!(run.code, 0, "{}", run.stdout);
    let serving = Serving::of(&site, &EVERYWHERE);
    let token = serving.token();
    let proof = format!("X-Tier0-Token: {token}");
    let tag = serving.get("/a/").header("ETag").expect("a tag").to_owned();
    for mark in MARKS {
        for (address, file) in [("/", "index.html"), ("/a/", "a/index.html")] {
            let answer = serving.get_with(address, &[mark, &proof]);
            let served = answer.text();
            let (before, rest) =
                served.split_once("<script type=\"module\" src=\"/__tier0/").expect("the script");
            let (own, after) = rest.split_once("</script>").expect("its end");
            let built = String::from_utf8_lossy(&run.output.files[file]).into_owned();
            assert_eq!(format!("{before}{after}"), built, "{mark}");
            assert!(!own.contains("token") && !served.contains(&token), "{mark} {own}");
        }
        // The author's page is none that a guest may go on with.
        let again = serving.get_with("/a/", &[mark, &format!("If-None-Match: {tag}")]);
        assert_eq!(again.status, 200, "{mark}");
        for (path, status) in [
            ("/draft/", 404),
            ("/@internal/", 404),
            ("/__tier0/blocks/a/", 403),
            ("/__tier0/open/a/", 403),
            ("/__tier0/open/?source=content/a.md", 403),
        ] {
            let answer = serving.get_with(path, &[mark, "X-Tier0: open", &proof]);
            assert_eq!(answer.status, status, "{path} {mark}");
            assert!(!answer.text().contains(&token), "{path} {mark}");
        }
        assert_eq!(serving.get_with("/__tier0/page/a/", &[mark, &proof]).text(), "null", "{mark}");
        // The name counts here too: somebody else's site may have it point here.
        let head = format!(
            "GET / HTTP/1.1\r\nHost: docs.example.com\r\n{mark}\r\nConnection: close\r\n\r\n"
        );
        assert_eq!(serving.send(head.as_bytes()).status, 403, "{mark}");
    }
    // A proxy sends many people's requests over one connection.
    let mixed = format!(
        "GET /a/ HTTP/1.1\r\nHost: localhost\r\n\r\n\
         GET /a/ HTTP/1.1\r\nHost: localhost\r\nVia: 1.1 x\r\n{proof}\r\nConnection: close\r\n\r\n"
    );
    let mixed = exchange(serving.address, mixed.as_bytes());
    assert_eq!(mixed.text().matches(&token).count(), 1, "{mixed:?}");

    site.put("content/broken.md", b"---\ntitle: Brokkoli\nroles: [\n---\n");
    let problems = "/__tier0/problems.json";
    let told = || serving.told(problems).text();
    wait(|| told().contains("broken.md"), told);
    for mark in MARKS {
        let problems = serving.get_with(problems, &[mark, &proof]).text();
        assert!(problems.contains("\"failed\":false"), "{mark} {problems}");
        assert!(!problems.contains("roken") && !problems.contains("Brokkoli"), "{mark} {problems}");
    }
}

#[test]
fn how_the_site_is_made_is_told_to_pages_of_this_run() {
    let site = site().file("content/odd.md", "---\ntitle: Odd\n---\n\n[x](nowhere.md)\n");
    let serving = Serving::of(&site, &[]);
    let token = serving.token();
    let other = Serving::of(&site, &[]).token();
    assert!(token.len() >= 32 && token != other, "{token} {other}");
    let problems = "/__tier0/problems.json";
    assert!(serving.told(problems).text().contains("odd.md"));
    assert_eq!(serving.told("/__tier0/page/a/").json()["source"], "content/a.md");
    assert_eq!(serving.told("/__tier0/blocks/a/").status, 200);
    // Without it one is a guest.
    assert!(!serving.get(problems).text().contains("odd.md"));
    assert_eq!(serving.get("/__tier0/page/a/").text(), "null");
    assert_eq!(serving.get("/__tier0/blocks/a/").status, 403);
    // With a wrong one too, and is told so: a tab from before fetches the right one.
    let longer = format!("{token}0");
    let spaced = format!("{} {}", &token[..16], &token[16..]);
    for wrong in ["", "0", &other, &token[..31], &token[1..], &longer, &spaced, "*", "null"] {
        let line = format!("X-Tier0-Token: {wrong}");
        for path in [problems, "/__tier0/page/a/", "/__tier0/blocks/a/", "/__tier0/open/a/"] {
            assert_eq!(
                serving.get_with(path, &[&line, "X-Tier0: open"]).status,
                403,
                "{path} {wrong:?}"
            );
        }
    }
    let right = format!("X-Tier0-Token: {token}");
    assert_eq!(serving.get_with(problems, &[&right, &right]).status, 403);
    // In the address it counts for nothing.
    assert_eq!(
        serving.get_with(&format!("/__tier0/open/a/?token={token}"), &["X-Tier0: open"]).status,
        403
    );
}

#[test]
fn the_token_is_in_pages_of_the_author_and_nowhere_else() {
    let site = site();
    let mut serving = Serving::of(&site, &[]);
    let token = serving.token();
    serving.shows("/@internal/", |answer| answer.status == 200);
    for path in ["/", "/a/", "/draft/", "/@internal/", "/nowhere/"] {
        let answer = serving.get(path);
        assert_eq!(answer.text().matches(&token).count(), 1, "{path}");
        assert!(!answer.head.contains(&token), "{path} {}", answer.head);
    }
    for path in [
        "/a",
        "/notes.txt",
        "/__tier0/client.js",
        "/__tier0/page.js",
        "/__tier0/phone.html",
        "/__tier0/problems.json",
        "/__tier0/page/a/",
        "/__tier0/blocks/a/",
        "/__tier0/in/internal/a/",
    ] {
        let answer = serving.told(path);
        assert!(!format!("{}{}", answer.head, answer.text()).contains(&token), "{path} {answer:?}");
    }
    let mut tab = connect(serving.address);
    tab.write_all(b"GET /__tier0/events HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
    site.put("content/a.md", page("Pears", "", "Changed.").as_bytes());
    serving.shows("/a/", |answer| answer.text().contains("Pears"));
    serving.child.kill().expect("it ends");
    serving.child.wait().expect("it ends");
    let mut heard = Vec::new();
    let _ = std::io::Read::read_to_end(&mut tab, &mut heard);
    let heard = String::from_utf8_lossy(&heard).into_owned();
    assert!(heard.contains("Pears") && !heard.contains(&token), "{heard}");
    let printed: String = serving.lines.iter().collect();
    assert!(!printed.contains(&token) && !serving.said().contains(&token), "{printed}");
    // Nor is it in what is published while the preview runs.
    let run = site.build(&[]);
    assert_eq!(run.code, 0, "{}", run.stdout);
    for (path, bytes) in &run.output.files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("tier0-token") && !text.contains(&token), "{path}");
    }
}
