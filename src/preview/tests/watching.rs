//! From a saved file to the page: editors, checkouts, folders that go and come.

use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::time::Duration;

use super::super::filter::WatchFilter;
use super::super::signal::Signal;
use super::super::watcher::{Waited, Watch};
use super::{EditorContext, Event, LONG, Tab, options, told};

#[test]
fn an_edit_reaches_the_page_and_its_tabs() {
    let desk = EditorContext::new();
    let mut tab = Tab::open(desk.address);
    let before = tab.next();
    assert!(desk.get("/content/").contains("first"));
    desk.write("content/index.md", "second");
    let after = tab.next();
    assert_ne!(after["versions"]["public"], before["versions"]["public"]);
    desk.shows("/content/", "second");
}

#[test]
fn a_failed_build_keeps_the_last_good_page() {
    let desk = EditorContext::new();
    let mut tab = Tab::open(desk.address);
    let good = tab.next();
    desk.write("content/index.md", "BROKEN");
    let failed = loop {
        let state = tab.next();
        if state["failed"] == true {
            break state;
        }
    };
    assert!(told(desk.address, "/__tier0/problems.json").contains("<b>nothing</b> there"));
    assert_ne!(failed["build"], good["build"]);
    assert!(!desk.get("/content/").contains("BROKEN"));
    desk.write("content/index.md", "fixed");
    while tab.next()["failed"] == true {}
    desk.shows("/content/", "fixed");
}

#[test]
fn noise_and_our_own_output_are_not_changes() {
    let desk = EditorContext::with(|folder| {
        for name in ["content/.git", "dist"] {
            fs::create_dir_all(folder.join(name)).unwrap();
        }
        let mut options = options(vec![folder.to_owned()]);
        options.paths.ignore = vec![folder.join("dist")];
        options
    });
    for name in [
        "content/.index.md.swp",
        "content/4913",
        "content/index.md~",
        "content/.#index.md",
        "content/#index.md#",
        "content/.git/HEAD",
        "dist/index.html",
        "content/.DS_Store",
    ] {
        fs::write(desk.path(name), "noise").unwrap();
        // Reading is an event, too.
        fs::read(desk.path(name)).unwrap();
    }
    desk.stays_quiet("noise");
    desk.write("content/last.md", "last");
    desk.shows("/content/last.html", "last");
}

#[test]
fn a_quiet_site_is_not_built_again() {
    let desk = EditorContext::new();
    desk.write("content/index.md", "second");
    desk.shows("/content/", "second");
    // Whatever belongs to that save has long come by then.
    desk.rests();
    desk.stays_quiet("nothing at all");
}

#[test]
fn new_folders_are_watched() {
    let desk = EditorContext::new();
    desk.write("content/a/b/c/deep.md", "deep");
    desk.shows("/content/a/b/c/deep.html", "deep");
    desk.write("content/a/b/c/deep.md", "deeper");
    desk.shows("/content/a/b/c/deep.html", "deeper");
    fs::rename(desk.path("content/a/b"), desk.path("content/moved")).unwrap();
    desk.shows("/content/moved/c/deep.html", "deeper");
    desk.write("content/moved/c/deep.md", "deepest");
    desk.shows("/content/moved/c/deep.html", "deepest");
    fs::remove_dir_all(desk.path("content/moved")).unwrap();
    desk.shows("/content/moved/c/deep.html", "404");
}

#[test]
fn a_root_may_go_and_come_back() {
    let desk = EditorContext::new();
    for round in 0..3 {
        fs::remove_dir_all(desk.path("content")).unwrap();
        desk.shows("/content/", "404");
        let text = format!("round {round}");
        desk.write("content/index.md", &text);
        desk.shows("/content/", &text);
        let text = format!("edit {round}");
        desk.write("content/index.md", &text);
        desk.shows("/content/", &text);
    }
}

#[test]
fn what_is_around_a_root_may_go_and_come_back() {
    let desk = EditorContext::with(|folder| {
        fs::create_dir_all(folder.join("a/b/content")).unwrap();
        options(vec![folder.join("a/b/content"), folder.join("a/b/tier0.md")])
    });
    for round in 0..2 {
        desk.write("a/b/content/index.md", &format!("round {round}"));
        desk.shows("/a/b/content/", &format!("round {round}"));
        fs::remove_dir_all(desk.path("a")).unwrap();
        desk.shows("/a/b/content/", "404");
        desk.write("a/b/tier0.md", &format!("config {round}"));
        desk.shows("/a/b/tier0.html", &format!("config {round}"));
    }
}

#[test]
fn a_root_may_come_later_and_be_a_single_file() {
    let desk = EditorContext::with(|folder| {
        fs::write(folder.join("tier0.md"), "one").unwrap();
        options(vec![folder.join("tier0.md"), folder.join("themes/mine")])
    });
    fs::write(desk.path("new"), "two").unwrap();
    fs::rename(desk.path("new"), desk.path("tier0.md")).unwrap();
    desk.shows("/tier0.html", "two");
    desk.write("themes/mine/page.md", "theme");
    desk.shows("/themes/mine/page.html", "theme");
    desk.write("themes/mine/page.md", "new theme");
    desk.shows("/themes/mine/page.html", "new theme");
    desk.rests();
    desk.write("other.md", "other");
    desk.stays_quiet("a file that is not watched");
}

#[test]
fn a_build_may_name_other_paths() {
    let desk = EditorContext::new();
    for folder in ["elsewhere", "themes"] {
        desk.write(&format!("{folder}/page.md"), "one");
    }
    desk.rests();
    desk.write("elsewhere/page.md", "unseen");
    desk.stays_quiet("a folder that is not watched yet");

    desk.write("content/more", "elsewhere");
    desk.shows("/elsewhere/page.html", "unseen");
    desk.rests();
    desk.write("elsewhere/page.md", "seen");
    desk.shows("/elsewhere/page.html", "seen");
    // The old ones are watched as before.
    desk.write("content/index.md", "second");
    desk.shows("/content/", "second");

    desk.write("content/not", "elsewhere/out");
    desk.rests();
    desk.write("elsewhere/out/page.md", "output");
    desk.rests();
    desk.write("elsewhere/out/page.md", "more output");
    desk.stays_quiet("our own output");

    desk.write("content/more", "themes");
    desk.rests();
    desk.write("themes/page.md", "two");
    desk.shows("/themes/page.html", "two");
    desk.rests();
    desk.write("elsewhere/page.md", "unseen again");
    desk.stays_quiet("a folder that is no longer watched");
}

/// The build names a folder and somebody writes into it before it is watched.
#[test]
fn what_is_saved_before_it_is_watched_is_built() {
    let desk = EditorContext::with(|folder| {
        fs::create_dir_all(folder.join("content")).unwrap();
        fs::write(folder.join("content/more"), "elsewhere").unwrap();
        options(vec![folder.join("content")])
    });
    // One build names the folder, another one follows when it is watched.
    assert!(desk.builds.recv_timeout(LONG).is_ok());
    desk.stays_quiet("the paths being the same from then on");
}

#[test]
fn polling_sees_saves_within_one_second() {
    let desk = EditorContext::with(|folder| {
        fs::create_dir(folder.join("content")).unwrap();
        fs::write(folder.join("content/index.md"), "first").unwrap();
        let mut options = options(vec![folder.join("content")]);
        options.poll = true;
        options
    });
    for text in ["sec 1", "sec 2", "sec 3"] {
        desk.write("content/index.md", text);
        desk.shows("/content/", text);
    }
    fs::remove_dir_all(desk.path("content")).unwrap();
    desk.shows("/content/", "404");
    desk.write("content/index.md", "back");
    desk.shows("/content/", "back");
}

/// Drives a watch without a preview around it.
#[test]
fn lost_events_and_lost_watches() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), "a").unwrap();
    let (sender, receiver) = mpsc::channel();
    let (reported, reports) = mpsc::channel();
    let report = |event| reported.send(event).unwrap();
    let paths = options(vec![folder.path().to_owned()]).paths;
    let mut watch = Watch::start(paths, false, (sender.clone(), receiver), &report);

    sender.send(Signal::Overflow).unwrap();
    assert!(watch.wait(&report).is_some());
    // Nothing has changed since: this one came from our own reading.
    sender.send(Signal::Overflow).unwrap();
    assert_eq!(watch.wait_for(Duration::ZERO, &report), Waited::Quiet);
    fs::write(folder.path().join("b.md"), "b").unwrap();
    sender.send(Signal::Overflow).unwrap();
    assert!(watch.wait(&report).is_some());

    sender.send(Signal::Broken("no more watches".into())).unwrap();
    let reason = "no more watches".to_owned();
    let told = loop {
        assert!(watch.wait(&report).is_some());
        if let Ok(told) = reports.try_recv() {
            break told;
        }
    };
    assert_eq!(told, Event::Polling { reason });
    fs::write(folder.path().join("c.md"), "c").unwrap();
    assert!(watch.wait(&report).is_some());

    // Other paths are looked at the same way, without another word.
    let other = tempfile::tempdir().unwrap();
    let paths = options(vec![other.path().to_owned()]).paths;
    assert!(watch.follow(paths.clone(), &report));
    assert!(!watch.follow(paths, &report));
    fs::write(other.path().join("d.md"), "d").unwrap();
    assert!(watch.wait(&report).is_some());
    assert!(reports.try_recv().is_err());
    sender.send(Signal::Stop).unwrap();
    assert!(watch.wait(&report).is_none());
}

#[test]
fn a_root_may_be_a_link() {
    let desk = EditorContext::with(|folder| {
        fs::create_dir(folder.join("real")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("real", folder.join("content")).unwrap();
        #[cfg(not(unix))]
        fs::create_dir(folder.join("content")).unwrap();
        options(vec![folder.join("content")])
    });
    desk.write("content/page.md", "page");
    desk.shows("/real/page.html", "page");
}

#[test]
fn what_matters_and_what_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    let mut options = options(vec![root.join("content")]);
    options.paths.ignore = vec![root.join("content/out")];
    let filter = WatchFilter::new(&options.paths);
    for (name, relevant) in [
        ("content", true),
        ("content/a.md", true),
        ("content/.well-known/x", true),
        ("content/swp.md", true),
        ("content/out/a.html", false),
        ("content/outside.md", true),
        ("content/.a.md.swp", false),
        ("content/.git/index", false),
        ("contents/a.md", false),
        ("other", false),
    ] {
        assert_eq!(filter.is_relevant(&root.join(Path::new(name))), relevant, "{name}");
    }
}
