//! The same with the real command: real files, its own watcher, real sockets.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tier0::{Diagnostic, Edition, Request, any_error};

use super::random::Editor;
use super::sites::{self, SECRET};
use super::{Bench, Outcome, clean};
use crate::support::each_seed;
use crate::support::{Site, TODAY};

/// A preview must show a save within this time, however busy the machine is.
const DEADLINE: Duration = Duration::from_secs(60);

/// A running `tier0 serve`.
struct Preview {
    process: Child,
    address: String,
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Preview {
    fn of(site: &Site) -> Self {
        let mut command: Command = site.command(&["serve", "--port", "0", "--format", "json"]);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().expect("tier0 runs");
        let mut lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let url = lines.find_map(|line| {
            let line: Value = serde_json::from_str(&line.ok()?).ok()?;
            (line["type"] == "listening").then(|| line["url"].as_str().map(str::to_owned))?
        });
        let url = url.expect("tier0 serve says where it is");
        // Whoever does not read on stops it sooner or later.
        thread::spawn(move || lines.for_each(drop));
        let address = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        Preview { process, address }
    }

    /// The status of a file and its bytes, without the client's tag.
    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let (status, bytes) = self.ask(path, "");
        (status, without_client(bytes))
    }

    /// The status and the bytes of an answer; `proof` is one more line of the head.
    fn ask(&self, path: &str, proof: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        let path: String = path.bytes().map(encoded).collect();
        let host = &self.address;
        let head = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
        let request = format!("{head}{proof}\r\n");
        stream.write_all(request.as_bytes()).expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
        let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
        assert!(!head.contains("transfer-encoding"), "{head}");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.expect("a status"), answer.split_off(end + 4))
    }

    /// The line that proves that a request comes from a page of this preview.
    fn proof(&self) -> String {
        let page = String::from_utf8_lossy(&self.ask("", "").1).into_owned();
        let token =
            page.split_once(" data-tier0-token=\"").and_then(|(_, rest)| rest.split_once('"'));
        format!("X-Tier0-Token: {}\r\n", token.expect("a token in each page").0)
    }

    fn problems(&self) -> BTreeSet<(String, String)> {
        let (status, answer) = self.ask("__tier0/problems.json", &self.proof());
        assert_eq!(status, 200);
        let answer: Value = serde_json::from_slice(&answer).expect("json");
        let problems = answer["problems"].as_array().expect("problems").iter();
        let text = |problem: &Value, key| problem[key].as_str().unwrap_or_default().to_owned();
        problems.map(|problem| (text(problem, "code"), text(problem, "path"))).collect()
    }
}

fn encoded(byte: u8) -> String {
    match byte {
        b'/' | b'.' | b'-' | b'_' | b'@' | b'~' => char::from(byte).to_string(),
        _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    }
}

/// A page as it was before the preview put its script in.
fn without_client(mut bytes: Vec<u8>) -> Vec<u8> {
    let find = |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).position(|at| at == text);
    if let Some(start) = find(&bytes, b"<script type=\"module\" src=\"/__tier0/") {
        let end =
            find(&bytes[start..], b"</script>").expect("the end of the tag") + b"</script>".len();
        bytes.drain(start..start + end);
    }
    bytes
}

/// What the preview is to show of each edition, by its root.
struct Wanted {
    editions: BTreeMap<String, Outcome>,
    problems: BTreeSet<(String, String)>,
}

/// A clean build as the preview asks for it. None where the configuration cannot be used.
fn wanted(bench: &mut Bench) -> Option<Wanted> {
    bench.clean = bench.clean.afresh();
    let said = bench.clean.problems().to_vec();
    let names = |problem: &Diagnostic| {
        let path = problem.place.as_ref().map(|place| place.path.to_string());
        (problem.code.definition().name.to_owned(), path.unwrap_or_default())
    };
    let of_config = |problem: &Diagnostic| {
        problem.place.as_ref().is_some_and(|place| &*place.path == "tier0.toml")
    };
    if any_error(&said) && said.iter().any(of_config) {
        return None;
    }
    let mut wanted = Wanted { editions: BTreeMap::new(), problems: BTreeSet::new() };
    for edition in bench.clean.editions().to_vec() {
        let root = if edition.is_public() { String::new() } else { format!("@{}/", edition.name) };
        let base_url = Some(format!("http://localhost/{root}"));
        let edition = &Edition { base_url, ..edition };
        let request = Request { edition, drafts: true, for_authors: true, today: TODAY };
        let mut outcome = clean(&mut bench.clean, &request);
        outcome.problems.extend(said.iter().cloned());
        wanted.problems.extend(outcome.problems.iter().map(names));
        wanted.editions.insert(root, outcome);
    }
    Some(wanted)
}

/// The first file that is not what it is to be; none if all are.
fn fault(preview: &Preview, wanted: &Wanted, seen: &BTreeSet<String>) -> Option<String> {
    // Editions with errors stay as they were.
    for (root, outcome) in wanted.editions.iter().filter(|(_, all)| !any_error(&all.problems)) {
        for (path, bytes) in &outcome.files {
            let address = format!("{root}{path}");
            let (status, served) = preview.get(&address);
            guard(root, path, &served);
            if status != 200 || served != *bytes {
                let at = served.iter().zip(bytes).take_while(|(a, b)| a == b).count();
                let around = |bytes: &[u8]| {
                    let end = bytes.len().min(at + 80);
                    let start = at.saturating_sub(40).min(end);
                    String::from_utf8_lossy(&bytes[start..end]).into_owned()
                };
                let (served, clean) = (around(&served), around(bytes));
                return Some(format!(
                    "{address} differs ({status}):\n{served:?}\nclean:\n{clean:?}"
                ));
            }
        }
        for path in seen.iter().filter(|path| !outcome.files.contains_key(*path)) {
            let (status, _) = preview.get(&format!("{root}{path}"));
            if status == 200 {
                return Some(format!("{root}{path} should not be there"));
            }
        }
    }
    let problems = preview.problems();
    (problems != wanted.problems).then(|| {
        let (own, right) = (&problems, &wanted.problems);
        let more: Vec<_> = own.difference(right).collect();
        let missing: Vec<_> = right.difference(own).collect();
        format!("problems: {more:?} only here, {missing:?} missing")
    })
}

/// The public edition holds nothing of what only other pages have.
fn guard(root: &str, path: &str, bytes: &[u8]) {
    let is_secret = bytes.windows(SECRET.len()).any(|at| at == SECRET.as_bytes());
    assert!(!root.is_empty() || !is_secret, "the public {path} holds {SECRET}");
}

/// Edits a previewed site; says how many of the checks found an edition without errors.
fn edits(seed: u64, steps: usize) -> usize {
    let mut editor = Editor::careful(seed);
    let disk = sites::start_calm(&mut editor.random);
    let mut bench = Bench::new(disk, true);
    let preview = Preview::of(&bench.disk.site);
    let (mut good, mut step) = (0, 0);
    let mut seen = BTreeSet::new();
    loop {
        if let Some(wanted) = wanted(&mut bench) {
            let begin = Instant::now();
            while let Some(fault) = fault(&preview, &wanted, &seen) {
                assert!(
                    begin.elapsed() < DEADLINE,
                    "seed {seed}, step {step}, after these edits: {:#?}\n{fault}",
                    editor.done
                );
                thread::sleep(Duration::from_millis(100));
            }
            for outcome in wanted.editions.values() {
                good += usize::from(!any_error(&outcome.problems));
                seen.extend(outcome.files.keys().cloned());
            }
        }
        if step >= steps {
            return good;
        }
        for _ in 0..*editor.random.pick(&[1, 1, 2, 3]) {
            editor.edit(&mut bench.disk);
            step += 1;
            // Now and then a build comes in between.
            thread::sleep(Duration::from_millis(*editor.random.pick(&[0, 0, 5, 60, 150])));
            for page in seen.iter().filter(|path| path.ends_with(".html")).take(5) {
                let (_, served) = preview.get(page);
                guard("", page, &served);
            }
        }
    }
}

const STEPS: usize = 30;

#[test]
fn what_tier0_serve_shows_after_random_edits_equals_a_clean_build() {
    each_seed(1, 20, |seed| {
        // A site may begin with an error that no edit takes away; then another one is tried as well.
        let mut good = (0..5).map(|other| edits(seed + other * 1_000_003, STEPS));
        assert!(good.any(|good| good > STEPS / 8), "many builds of seed {seed} must be good");
    });
}

#[test]
fn a_broken_configuration_is_told_until_it_is_mended() {
    let site = Site::new().file("content/a.md", "# A\n\n[none](none.md)\n");
    let preview = Preview::of(&site);
    let until = |code: &str| {
        let begin = Instant::now();
        while !preview.problems().iter().any(|(known, _)| known == code) {
            assert!(begin.elapsed() < DEADLINE, "{code} is not told: {:?}", preview.problems());
            thread::sleep(Duration::from_millis(20));
        }
    };
    until("broken-link");
    site.put("tier0.toml", b"[[");
    until("config-syntax");
    // The work that waits for calm must not take it for what was there before.
    thread::sleep(Duration::from_millis(1200));
    until("config-syntax");
    assert_eq!(preview.problems().len(), 1, "{:?}", preview.problems());
    site.put("tier0.toml", b"[site]\n");
    until("broken-link");
    assert_eq!(preview.problems().len(), 1, "{:?}", preview.problems());
}
