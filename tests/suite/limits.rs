//! What a site may cost, and what tier0 does where the machine gives less than it wants: little memory,
//! pipes in the place of files, no threads, full disks behind its streams.

use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::{FileExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::support::Site;

/// Time after which something that waits for ever has shown that it does. Nothing is measured.
const FOR_EVER: Duration = Duration::from_secs(240);

/// The output of a command; none if it does not end.
fn ended(command: &mut Command) -> Option<Output> {
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let (mut out, mut err) =
        (child.stdout.take().expect("piped"), child.stderr.take().expect("piped"));
    let out = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = out.read_to_end(&mut bytes);
        bytes
    });
    let err = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = err.read_to_end(&mut bytes);
        bytes
    });
    let start = Instant::now();
    let status = loop {
        match child.try_wait().expect("a child") {
            Some(status) => break status,
            None if start.elapsed() > FOR_EVER => {
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    let (stdout, stderr) = (out.join().expect("read"), err.join().expect("read"));
    Some(Output { status, stdout, stderr })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// tier0 with so much memory to ask for.
fn with_memory(site: &Site, megabytes: u64, arguments: &[&str]) -> Command {
    let plain = site.command(arguments);
    let mut command = Command::new("prlimit");
    command.arg(format!("--as={}", megabytes << 20)).arg(plain.get_program()).args(arguments);
    command.current_dir(site.root()).env("LC_ALL", "C.UTF-8").env("RAYON_NUM_THREADS", "2");
    // Each thread of the system's allocator reserves much that it never uses.
    command.env("MALLOC_ARENA_MAX", "1");
    command
}

#[test]
fn many_codes_on_a_page_cost_what_they_are() {
    let site = Site::new();
    let codes: Vec<_> = (0..12_000).map(|number| format!("E-{number}")).collect();
    let page = format!("---\ntitle: T\ncodes: [{}]\n---\n\nText.\n", codes.join(", "));
    site.put("content/a.md", page.as_bytes());
    let output = ended(&mut with_memory(&site, 1200, &["build", "-q"])).expect("it ends");
    assert!(output.status.success(), "{}", text(&output.stderr));
    let page = site.output("public");
    let rows = |path: &str| page.text(path).matches("<tr id=").count();
    assert_eq!(rows("codes/index.html") + rows("codes/page/60/index.html"), 400);
}

#[test]
fn attachments_are_never_in_memory_as_a_whole() {
    let site = Site::new().file("content/a.md", "# A\n").file(
        "content/b.md",
        "---\nroles: [ops]\n---\n\nOne two three four five six seven internal words here.\n",
    );
    site.put("static/empty", b"");
    for name in ["one.mp4", "two.bin"] {
        let file = File::create(site.path(&format!("static/{name}"))).expect("a file");
        file.set_len(900 << 20).expect("room for holes");
        for place in 0..900 {
            // No text, wherever one looks.
            file.write_all_at(&[0xff], place << 20).expect("a byte");
        }
    }
    let output = ended(&mut with_memory(&site, 800, &["check"])).expect("it ends");
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn the_gate_reads_large_files_to_their_ends() {
    let secret = "Turn the grey valve beneath the third cabinet before anybody arrives.";
    let wide = |text: &str| -> Vec<u8> {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xff, 0xfe].into_iter().chain(units).collect()
    };
    let filler = "水 and some more of what is said everywhere, line after line\n".repeat(40_000);
    let cut = (1 << 20) - 30;
    let mut binary = [0_u8, 159, 146, 150].repeat(700_000);
    let mut behind = binary.clone();
    // A part of its own that is text, in a file that is none.
    behind.extend(vec![b'a'; 3 << 20]);
    behind.extend(format!("\n{secret}\n").bytes());
    binary.extend(b"nothing");
    let samples: [(&str, Vec<u8>, bool); 6] = [
        ("end.log", format!("{filler}{secret}").into_bytes(), true),
        ("across.log", format!("{}{secret}", "好".repeat(cut / 3)).into_bytes(), true),
        ("wide.txt", wide(&format!("{filler}{secret}{filler}")), true),
        ("behind.dat", behind, true),
        ("plain.log", filler.clone().into_bytes(), false),
        ("binary.dat", binary, false),
    ];
    for (name, bytes, leaks) in samples {
        let site = Site::new()
            .file("content/a.md", "# A\n")
            .file("content/b.md", &format!("---\nroles: [ops]\n---\n\n{secret}\n"));
        site.put(&format!("static/{name}"), &bytes);
        let run = site.build(&[]);
        assert_eq!(run.code, if leaks { 4 } else { 0 }, "{name}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn what_is_no_file_is_named_and_never_waited_for() {
    let pipe = |path: &Path| {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
    };
    for place in [
        "tier0.toml",
        "content/pipe.md",
        "content/_parts/pipe.md",
        "content/pipe.png",
        "static/pipe.txt",
        "themes/default/templates/article.html",
        "themes/default/assets/css/site.css",
    ] {
        let site = Site::new().file("content/a.md", "# A\n");
        pipe(&site.path(place));
        for command in ["build", "check"] {
            let output =
                ended(&mut site.command(&[command])).unwrap_or_else(|| panic!("{place}: waits"));
            let said = text(&output.stderr);
            let name = place.rsplit('/').next().expect("a name");
            assert_eq!(output.status.code(), Some(3), "{place}: {said}");
            assert!(said.contains(name) && said.contains("regular"), "{place}: {said}");
        }
        assert!(!site.path("dist/public").exists(), "{place}");
    }
    let site = Site::new().file("content/a.md", "# A\n");
    let output = ended(&mut site.command(&["build", "--config", "/dev/zero"])).expect("it ends");
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
}

#[test]
fn what_is_too_large_is_refused_unread() {
    for (place, code) in [
        ("content/big.md", "file-too-large"),
        ("tier0.toml", "io-error"),
        ("themes/default/templates/article.html", "io-error"),
    ] {
        let site = Site::new().file("content/a.md", "# A\n");
        site.put(place, b"");
        let file = OpenOptions::new().write(true).open(site.path(place)).expect("a file");
        file.set_len(3 << 30).expect("room for holes");
        let output = ended(&mut with_memory(&site, 800, &["build"])).expect("it ends");
        let said = text(&output.stderr);
        assert!(matches!(output.status.code(), Some(1 | 3)), "{place}: {said}");
        assert!(said.contains(code) && said.contains(place), "{place}: {said}");
    }
}

#[test]
fn thousands_of_problems_are_told_by_a_few() {
    let site = Site::new()
        .file("tier0.toml", "[site]\nstrict = true\n")
        .file("content/a.md", &format!("# A\n\n{}", ":::\n".repeat(3000)))
        .file("content/b.md", &format!("# B\n\n[x]({}b.md)\n", "x/".repeat(300_000)))
        .file("content/c.md", "---\ntitle: C\ntipe: x\nupdated: 1\n---\n\n# C\n\n[x](gone.md)\n");
    let run = site.run(&["check"]);
    let all = site.run(&["check", "--format", "json"]);
    assert!(run.stderr.len() < 60_000, "{} bytes", run.stderr.len());
    assert!(all.problems.len() > 3000, "{}", all.problems.len());
    assert!(run.stderr.contains(" more like this"), "{}", run.stderr);
    let written = site.path("report.json");
    site.run(&["check", "--report", written.to_str().expect("a path")]);
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(&written).expect("a report")).expect("JSON");
    assert_eq!(report["problems"].as_array().map(Vec::len), Some(all.problems.len()));
    // Errors stand last, whatever file they are in.
    let last_warning = run.stderr.rfind("\nwarning[");
    let first_error = run.stderr.find("error[").expect("an error");
    assert!(last_warning.is_none_or(|at| at < first_error), "{}", run.stderr);
    let verbose = site.run(&["check", "-v"]);
    assert!(verbose.stderr.matches("-->").count() > 3000);
}

#[test]
fn faults_of_a_snippet_cost_the_same_on_one_page_and_on_many() {
    let site = Site::new().file("tier0.toml", "[site]\nstrict = true\n");
    site.put("content/_s/a.md", "x [y](nope.md) <foo> ".repeat(9000).as_bytes());
    for page in 0..12 {
        site.put(&format!("content/p{page}.md"), b"# P\n\n:::include _s/a.md\n");
    }
    let output = ended(&mut with_memory(&site, 900, &["build"])).expect("it ends");
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("and 8999 more like this (broken-link)"), "{said}");
    let run = site.run(&["check", "--format", "json"]);
    assert!(run.stdout.contains("\"errors\":9000,\"warnings\":9000"), "{}", run.stdout);
    assert_eq!(run.problems.len(), 200);
}

#[test]
fn without_threads_all_is_done_by_one() {
    let site = Site::new().file("content/a.md", "# A\n");
    let is_root = fs::metadata("/proc/self")
        .is_ok_and(|data| std::os::unix::fs::MetadataExt::uid(&data) == 0);
    if !is_root {
        println!("skipped: only root can take another user's place");
        return;
    }
    open_to_all(&site);
    for threads in ["1", "2", "3"] {
        let plain = site.command(&[]);
        let mut command = Command::new("setpriv");
        // A user that nobody else is.
        command.args(["--reuid=60123", "--regid=60123", "--clear-groups", "prlimit"]);
        command.arg(format!("--nproc={threads}")).arg(plain.get_program());
        command.args(["build", "-o"]).arg(site.path(&format!("out/{threads}")));
        command.current_dir(site.root()).env("LC_ALL", "C.UTF-8").env("HOME", "/nonexistent");
        let output = ended(&mut command).expect("it ends");
        let said = text(&output.stderr);
        assert!(!said.contains("panicked"), "{threads}: {said}");
        assert_eq!(output.status.code(), Some(0), "{threads}: {said}");
    }
}

/// Lets any user read and write a site.
fn open_to_all(site: &Site) {
    fs::create_dir_all(site.path("out")).expect("a folder");
    let root = site.root();
    let parent = root.parent().expect("a folder").to_path_buf();
    for (path, mode) in [(parent, 0o755), (root.clone(), 0o777), (root.join("out"), 0o777)] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
    }
}

#[test]
fn full_and_closed_streams_change_nothing_but_what_they_must() {
    let full = || Stdio::from(OpenOptions::new().write(true).open("/dev/full").expect("/dev/full"));
    let site = Site::new()
        .file("tier0.toml", "[site]\nstrict = true\n")
        .file("content/a.md", "# A\n\n[x](no.md)\n");
    let good = Site::new().file("content/a.md", "# A\n");
    let code = |command: &mut Command| command.status().expect("it runs").code();
    for (site, expected) in [(&site, Some(1)), (&good, Some(0))] {
        let mut command = site.command(&["build"]);
        assert_eq!(code(command.stderr(full()).stdout(Stdio::null())), expected);
        // A pipe that nobody reads.
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = site.command(&["build", "--format", "json"]);
        assert_eq!(code(command.stderr(Stdio::null()).stdout(writer)), expected);
    }
    for arguments in [
        &["check", "--format", "json"][..],
        &["--help"],
        &["--version"],
        &["explain", "leak"],
        &["completions", "bash"],
        &["search", "--json", "a"],
    ] {
        let mut command = good.command(arguments);
        assert_eq!(code(command.stdout(full()).stderr(Stdio::null())), Some(3), "{arguments:?}");
    }
}

#[test]
fn nothing_in_a_name_or_a_text_reaches_the_terminal_as_a_command() {
    let site = Site::new();
    let name = "b\u{1b}]0;title\u{7}\n::error::forged\u{202e}\u{9b}31m x";
    site.put(&format!("content/{name}.md"), b"# T\x1b[2J\xe2\x80\xae\xc2\x9b31m t\n\nSome \x07plain words\x1b[31m.\n\n[l](no\xe2\x80\xaepe\x1b.md)\n");
    site.put(
        "content/ok.md",
        "# ::error::\u{1b}]0;x\u{7}\u{85}forged\n\n::warning::\u{9b}plain words\n".as_bytes(),
    );
    let is_command = |c: char| {
        c.is_control() && c != '\n' && c != '\t'
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    let clean = |what: &str, text: &str| {
        let found: Vec<_> = text.chars().filter(|c| is_command(*c)).collect();
        assert_eq!(found, [] as [char; 0], "{what}: {text:?}");
        let forged = text.lines().find(|line| line.trim_start().starts_with("::"));
        assert_eq!(forged, None, "{what}: {text:?}");
    };
    for arguments in [
        &["build", "--color", "never"][..],
        &["check", "--format", "json"],
        &["build", "--edition", "x\u{1b}\n::error::y", "--color", "never"],
        &["build", "--report", "no\u{1b}\nwhere/x"],
        &["explain", "x\u{1b}\n::error::y"],
        &["audit", "no\u{1b}\n::error::where"],
        &["search", "--site", "no\u{1b}\n::error::where", "a"],
    ] {
        let run = site.run(arguments);
        clean(&format!("{arguments:?}"), &run.stdout);
        clean(&format!("{arguments:?}"), &run.stderr);
    }
    site.remove(&format!("content/{name}.md"));
    site.build(&[]).fine();
    for arguments in [&["search", "plain words"][..], &["search", "--json", "plain words"]] {
        let run = site.run(arguments);
        assert!(run.stdout.contains("plain"), "{}", run.stdout);
        clean("search", &run.stdout);
    }
}

#[test]
fn an_interrupted_build_leaves_nothing_beside_the_output() {
    let site = Site::new();
    for number in 0..1500 {
        let text = format!("# Page {number}\n\n{}", "Some words of it, and more.\n\n".repeat(60));
        site.put(&format!("content/p{number}.md"), text.as_bytes());
    }
    let stage = site.path("dist/.public.tier0-stage");
    // Whoever sees the stage may be too late to interrupt its build: then once more.
    let interrupted = |signal: &str| {
        let mut child = site
            .command(&["build"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        while !stage.exists() && child.try_wait().expect("a child").is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        let number = child.id().to_string();
        Command::new("kill").args(["-s", signal, &number]).status().expect("kill");
        let output = child.wait_with_output().expect("it ends");
        if output.status.code() == Some(0) {
            fs::remove_dir_all(site.path("dist")).expect("an output");
            return None;
        }
        Some(output)
    };
    for signal in ["INT", "TERM"] {
        let output = (0..20).find_map(|_| interrupted(signal)).expect("one in time");
        assert_eq!(output.status.code(), Some(130), "{}", text(&output.stderr));
        assert!(text(&output.stderr).contains("not published"), "{}", text(&output.stderr));
        assert!(!site.path("dist").exists(), "{signal}");
    }
}

#[test]
fn an_output_that_its_owner_made_read_only_is_replaced_all_the_same() {
    let is_root = fs::metadata("/proc/self")
        .is_ok_and(|data| std::os::unix::fs::MetadataExt::uid(&data) == 0);
    let site = Site::new().file("content/a.md", "# A\n");
    open_to_all(&site);
    let live = site.path("out/live");
    let build = || {
        let plain = site.command(&[]);
        let mut command = match is_root {
            true => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid=60124", "--regid=60124", "--clear-groups"]);
                command.arg(plain.get_program());
                command
            }
            false => Command::new(plain.get_program()),
        };
        command.args(["build", "-o"]).arg(&live).current_dir(site.root());
        command.env("LC_ALL", "C.UTF-8").env("HOME", "/nonexistent").output().expect("it runs")
    };
    assert!(build().status.success());
    for folder in [live.join("a"), live.clone()] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).expect("permissions");
    }
    for round in 0..3 {
        site.put("content/a.md", format!("# A{round}\n").as_bytes());
        let output = build();
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(output.status.success() && !said.contains("Nothing was published"), "{said}");
        let page = fs::read_to_string(live.join("a/index.html")).expect("a page");
        assert!(page.contains(&format!("A{round}")), "{said}");
        let mode = fs::metadata(&live).expect("the output").permissions().mode() & 0o777;
        assert_eq!(mode, 0o555, "the owner's choice");
        let beside: Vec<_> = fs::read_dir(site.path("out")).expect("a folder").flatten().collect();
        assert_eq!(beside.len(), 2, "{beside:?}");
    }
    fs::set_permissions(&live, fs::Permissions::from_mode(0o755)).expect("permissions");
}

#[test]
fn styles_and_scripts_stay_for_one_publish_more_and_nothing_else_does() {
    let site = Site::new()
        .file("content/a.md", "# A\n\n![p](p.png)\n")
        .file("content/p.png", "one")
        .file("static/assets/own.12345678.css", "mine")
        .file("themes/default/assets/css/extra.css", "a { color: red }\n")
        .file("themes/default/assets/img/x.png", "old");
    let names = |tree: &crate::support::tree::Tree| -> Vec<String> {
        tree.files.keys().filter(|path| path.starts_with("assets/")).cloned().collect()
    };
    let first = site.build(&[]).fine().output;
    site.put("themes/default/assets/css/extra.css", b"a { color: blue }\n");
    site.put("themes/default/assets/img/x.png", b"new");
    site.remove("static/assets/own.12345678.css");
    let second = site.build(&[]).fine().output;
    let third = site.build(&[]).fine().output;
    let gone = |from: &[String], to: &[String]| -> Vec<String> {
        from.iter().filter(|name| !to.contains(name)).cloned().collect()
    };
    let (one, two, three) = (names(&first), names(&second), names(&third));
    let withdrawn = gone(&one, &two);
    assert!(withdrawn.contains(&"assets/own.12345678.css".to_owned()), "{withdrawn:?}");
    assert!(withdrawn.iter().all(|name| !name.contains("extra")), "{withdrawn:?}");
    assert_eq!(withdrawn.len(), 2, "the picture and the file of the owner: {withdrawn:?}");
    let after = gone(&two, &three);
    assert!(after.len() == 1 && after[0].contains("extra."), "{after:?}");
    let again = site.build(&[]).fine().output;
    third.assert_same(&again, "once more");
}

#[test]
fn a_kept_script_that_says_what_is_internal_now_goes_at_once() {
    let secret = "Turn the grey valve beneath the third cabinet before anybody arrives";
    let site = Site::new()
        .file("content/a.md", "# A\n")
        .file("themes/default/assets/css/extra.css", &format!("/* {secret} */ a {{}}\n"));
    let first = site.build(&[]).fine().output;
    let old = first.files.keys().find(|path| path.contains("extra.")).expect("the style").clone();
    site.put("themes/default/assets/css/extra.css", b"a { color: blue }\n");
    site.put("content/b.md", format!("---\nroles: [ops]\n---\n\n{secret}.\n").as_bytes());
    let second = site.build(&[]).fine().output;
    assert!(!second.has(&old));
}

#[test]
fn versions_by_the_thousand_are_told_and_bounded() {
    let site = Site::new();
    let many: Vec<_> = (0..3000).map(|number| format!("1.{number}")).collect();
    let page = format!("---\ntitle: V\nversions: \"{}\"\n---\n\nText.\n", many.join(", "));
    site.put("content/v.md", page.as_bytes());
    for number in 0..400 {
        let page =
            format!("---\ntitle: P{number}\nversions: \"3.{number}\"\n---\n\nText {number}.\n");
        site.put(&format!("content/p{number}.md"), page.as_bytes());
    }
    let run = site.build(&[]);
    assert_eq!(run.code, 0);
    let told: Vec<_> = run.problems.iter().filter(|p| p.code == "invalid-versions").collect();
    assert!(told.len() == 1 && told[0].path == "content/v.md", "{:?}", run.places());
}
