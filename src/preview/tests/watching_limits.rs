//! When the system gives no events, or no more: polling, overflows, and late work.

use std::env;
use std::fs;
use std::process::Command;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use super::super::signal::Signal;
use super::super::watcher::{Waited, Watch};
use super::lookout::{Look, Lookout};
use super::skip::skip;
use super::{Event, LONG, options};

/// Tells the test that it runs where the system gives few of these.
const FEW: &str = "TIER0_TEST_FEW";
/// This test's own name.
const NAME: &str = "preview::tests::watching_limits::what_the_system_does_not_give_is_polled";

/// For real: the test runs itself in a user namespace, which has limits of its own.
#[test]
fn what_the_system_does_not_give_is_polled() {
    if let Ok(what) = env::var(FEW) {
        return polled(&what);
    }
    let few = [
        ("instances", "max_inotify_instances", 0),
        ("watches", "max_inotify_watches", 2),
        ("watches later", "max_inotify_watches", 8),
    ];
    let left_out: Vec<String> = thread::scope(|scope| {
        let run = |(what, limit, number)| scope.spawn(move || run_with_few(what, limit, number));
        let runs = few.map(run);
        runs.into_iter().filter_map(|run| run.join().unwrap().err()).collect()
    });
    if !left_out.is_empty() {
        skip(&left_out.join("; "));
    }
}

/// An error says why this could not be tried here.
fn run_with_few(what: &str, limit: &str, number: usize) -> Result<(), String> {
    let script = format!("echo {number} > /proc/sys/user/{limit} || exit 77; exec \"$@\"");
    let ran = Command::new("unshare")
        .args(["--user", "--map-root-user", "sh", "-c", &script, "sh"])
        .arg(env::current_exe().unwrap())
        .args(["--exact", NAME, "--nocapture"])
        .env(FEW, what)
        .output()
        .map_err(|error| format!("{what}: unshare: {error}"))?;
    let said = [ran.stdout, ran.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    if !ran.status.success() || !said[0].contains("1 passed") {
        // If the test has not begun, no namespace was to be had.
        assert!(!said[0].contains("running 1 test"), "{what}: {said:?}");
        return Err(format!("{what}: no user namespace: {}", said[1].trim()));
    }
    Ok(())
}

fn polled(what: &str) {
    let later = what == "watches later";
    let lookout = Lookout::new(false, |root| {
        for folder in ["content/one", "content/two", "content/three"] {
            fs::create_dir(root.join(folder)).unwrap();
            fs::write(root.join(folder).join("a.md"), "old").unwrap();
        }
    });
    if later {
        assert!(lookout.events.try_recv().is_err(), "that was enough for the start");
        for folder in 0..10 {
            lookout.write(&format!("content/{folder}/a.md"), "new");
        }
        assert!(lookout.looks().iter().any(|look| look.change.everything));
    }
    let told = lookout.events.recv_timeout(LONG).unwrap();
    assert!(matches!(told, Event::Polling { .. }), "{told:?}");
    assert!(lookout.events.try_recv().is_err(), "told once");
    sees_everything(&lookout);
    println!("polled for want of {what}: {told:?}");
}

/// What must be seen however files are watched.
fn sees_everything(lookout: &Lookout) {
    for text in ["one", "two"] {
        // The same length, and the same second.
        lookout.write("content/one/a.md", text);
        let looks = lookout.looks();
        assert!(looks.len() <= 2, "{looks:?}");
        let path = lookout.path("content/one/a.md");
        let named = |look: &Look| look.change.everything || look.change.paths.contains(&path);
        assert!(looks.iter().any(named), "{looks:?}");
    }
    let folder = lookout.path("content/one");
    // Nor is another time a must.
    let time = fs::metadata(folder.join("a.md")).unwrap().modified().unwrap();
    fs::write(folder.join("tmp"), "way").unwrap();
    fs::File::options().write(true).open(folder.join("tmp")).unwrap().set_modified(time).unwrap();
    fs::rename(folder.join("tmp"), folder.join("a.md")).unwrap();
    assert_eq!(lookout.looks().last().unwrap().files["content/one/a.md"], "way");
    fs::rename(folder, lookout.path("content/other")).unwrap();
    assert!(lookout.looks().iter().any(|look| look.change.everything));
    lookout.write("content/other/a.md", "again");
    lookout.looks();
    fs::rename(lookout.path("content"), lookout.path("gone")).unwrap();
    lookout.looks();
    fs::rename(lookout.path("gone"), lookout.path("content")).unwrap();
    assert_eq!(lookout.looks().last().unwrap().files["content/other/a.md"], "again");
    lookout.write("content/dist/index.html", "output");
    lookout.stays_quiet(Duration::from_millis(1500), "the output");
}

#[test]
fn polling_sees_everything() {
    let lookout = Lookout::new(true, |root| {
        fs::create_dir(root.join("content/one")).unwrap();
        fs::write(root.join("content/one/a.md"), "old").unwrap();
    });
    sees_everything(&lookout);
    assert!(lookout.events.try_recv().is_err(), "what was asked for is no news");
}

/// Someone who looks now and then must not look while a file is being written.
#[test]
fn polling_waits_for_a_file_to_settle() {
    let lookout = Lookout::new(true, |root| fs::write(root.join("content/a.md"), "old").unwrap());
    let path = lookout.path("content/a.md");
    for round in 0..6 {
        let mut longest = Duration::ZERO;
        // Most of the time between two looks.
        for piece in 0..28 {
            let start = Instant::now();
            fs::write(&path, format!("round {round}, piece {piece}")).unwrap();
            thread::sleep(Duration::from_millis(15));
            longest = longest.max(start.elapsed());
        }
        let builds = lookout.looks().len();
        println!("{builds} builds, longest pause {longest:?}");
        assert!(builds == 1 || longest > Duration::from_millis(40), "{builds} builds");
    }
}

/// An overflow says nothing but that something was lost: what came with it is found by looking.
#[test]
fn an_overflow_is_a_new_look_at_everything() {
    let lookout = Lookout::new(false, |root| fs::write(root.join("content/a.md"), "old").unwrap());
    for name in ["one", "two"] {
        for file in 0..300 {
            lookout.write(&format!("content/{name}/{file}.md"), "new");
        }
        lookout.sender.send(Signal::Overflow).unwrap();
        let looks = lookout.looks();
        assert!(looks.len() <= 2, "{} builds", looks.len());
        assert!(looks.iter().any(|look| look.change.everything));
    }
    lookout.sender.send(Signal::Overflow).unwrap();
    lookout.rests();
    // Reading overflows the queue, too: nothing has changed since.
    for _ in 0..3 {
        lookout.sender.send(Signal::Overflow).unwrap();
        lookout.stays_quiet(Duration::from_secs(1), "an overflow of our own reading");
    }
    lookout.write("content/two/7.md", "later");
    assert_eq!(lookout.looks().len(), 1);
}

#[test]
fn late_work_gives_way_to_a_save() {
    let folder = tempfile::tempdir().unwrap();
    let (sender, receiver) = mpsc::channel();
    let report = |event| panic!("{event:?}");
    let paths = options(vec![folder.path().to_owned()]).paths;
    let mut watch = Watch::start(paths, false, (sender.clone(), receiver), &report);
    assert!(!watch.is_pending());
    assert_eq!(watch.wait_for(Duration::from_millis(20), &report), Waited::Quiet);

    fs::write(folder.path().join("a.md"), "a").unwrap();
    let deadline = Instant::now() + LONG;
    while !watch.is_pending() {
        assert!(Instant::now() < deadline, "nothing to wake up for");
        thread::sleep(Duration::from_millis(1));
    }
    // To ask is not to take, however often.
    assert!(watch.is_pending());
    let Waited::Changed(change) = watch.wait_for(LONG, &report) else {
        panic!("no change");
    };
    let path = folder.path().canonicalize().unwrap().join("a.md");
    assert_eq!(change.paths.into_iter().collect::<Vec<_>>(), [path]);
    assert!(!change.everything);

    sender.send(Signal::Stop).unwrap();
    assert!(watch.is_pending());
    assert_eq!(watch.wait_for(LONG, &report), Waited::Ended);
}
