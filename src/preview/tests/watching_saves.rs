//! The calls that editors make to save a file, one after the other.
//!
//! Each save is one build, and no build sees a half file, or none. Nobody can promise that on a
//! machine that stops a program for longer than a watcher may wait, so what was seen on the way
//! only counts when the save itself was quick, and one round of several has to be one build.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use super::lookout::Lookout;
use super::skip::skip;

const ROUNDS: usize = 3;
/// A save that took longer than this was held up by the machine.
const QUICK: Duration = Duration::from_millis(30);
/// What a shell takes to start the next program, and an event loop for a few turns.
const START: Duration = Duration::from_millis(8);

type Save = fn(&Path, &str);

fn put(path: impl AsRef<Path>, text: &str) {
    let mut file = File::create(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file.sync_all().unwrap();
}

/// Opens without cutting, cuts, writes.
fn rewrite(path: &Path, text: &str) -> File {
    let mut file = OpenOptions::new().write(true).open(path).unwrap();
    file.set_len(0).unwrap();
    let (first, second) = text.split_at(text.len() / 2);
    file.write_all(first.as_bytes()).unwrap();
    file.write_all(second.as_bytes()).unwrap();
    file
}

fn plain(folder: &Path, text: &str) {
    fs::write(folder.join("a.md"), text).unwrap();
}

fn shell(folder: &Path, text: &str) {
    let (first, second) = text.split_at(text.len() / 2);
    File::create(folder.join("a.md")).unwrap();
    thread::sleep(START);
    for part in [first, second] {
        let mut file = OpenOptions::new().append(true).open(folder.join("a.md")).unwrap();
        file.write_all(part.as_bytes()).unwrap();
    }
}

/// What vim does before and after, whatever it does with the file.
fn in_vim(folder: &Path, save: impl FnOnce()) {
    put(folder.join(".a.md.swp"), "b0VIM 9.0");
    put(folder.join(".a.md.swx"), "");
    fs::remove_file(folder.join(".a.md.swx")).unwrap();
    File::create(folder.join("4913")).unwrap();
    fs::set_permissions(
        folder.join("4913"),
        fs::metadata(folder.join("a.md")).unwrap().permissions(),
    )
    .unwrap();
    fs::remove_file(folder.join("4913")).unwrap();
    save();
    fs::remove_file(folder.join("a.md~")).unwrap();
    put(folder.join(".a.md.swp"), "b0VIM 9.0 saved");
    fs::remove_file(folder.join(".a.md.swp")).unwrap();
}

fn same_permissions(file: &File) {
    let permissions: Permissions = file.metadata().unwrap().permissions();
    file.set_permissions(permissions).unwrap();
}

fn vim_copy(folder: &Path, text: &str) {
    in_vim(folder, || {
        fs::copy(folder.join("a.md"), folder.join("a.md~")).unwrap();
        let file = rewrite(&folder.join("a.md"), text);
        file.sync_all().unwrap();
        same_permissions(&file);
    });
}

fn vim_rename(folder: &Path, text: &str) {
    in_vim(folder, || {
        fs::rename(folder.join("a.md"), folder.join("a.md~")).unwrap();
        let mut file = File::create(folder.join("a.md")).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.sync_all().unwrap();
        same_permissions(&file);
    });
}

fn emacs(folder: &Path, text: &str) {
    #[cfg(unix)]
    std::os::unix::fs::symlink("me@here.1:2", folder.join(".#a.md")).unwrap();
    put(folder.join("#a.md#"), text);
    fs::rename(folder.join("a.md"), folder.join("a.md~")).unwrap();
    let mut file = File::create(folder.join("a.md")).unwrap();
    file.write_all(text.as_bytes()).unwrap();
    same_permissions(&file);
    drop(file);
    fs::remove_file(folder.join("#a.md#")).unwrap();
    #[cfg(unix)]
    fs::remove_file(folder.join(".#a.md")).unwrap();
}

fn vs_code(folder: &Path, text: &str) {
    rewrite(&folder.join("a.md"), text).sync_data().unwrap();
}

fn vs_code_atomic(folder: &Path, text: &str) {
    put(folder.join("a.md.vsctmp"), text);
    thread::sleep(START);
    fs::rename(folder.join("a.md.vsctmp"), folder.join("a.md")).unwrap();
}

fn jetbrains(folder: &Path, text: &str) {
    put(folder.join("a.md___jb_tmp___"), text);
    fs::rename(folder.join("a.md"), folder.join("a.md___jb_old___")).unwrap();
    fs::rename(folder.join("a.md___jb_tmp___"), folder.join("a.md")).unwrap();
    fs::remove_file(folder.join("a.md___jb_old___")).unwrap();
}

fn sed(folder: &Path, text: &str) {
    put(folder.join("sedyu3h8D"), text);
    same_permissions(&File::open(folder.join("sedyu3h8D")).unwrap());
    fs::rename(folder.join("sedyu3h8D"), folder.join("a.md")).unwrap();
}

/// The file is closed after it has its name.
fn glib(folder: &Path, text: &str) {
    let mut file = File::create(folder.join(".goutputstream-EUEHZ3")).unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file.sync_all().unwrap();
    fs::rename(folder.join(".goutputstream-EUEHZ3"), folder.join("a.md")).unwrap();
}

fn remove_first(folder: &Path, text: &str) {
    fs::remove_file(folder.join("a.md")).unwrap();
    thread::sleep(START);
    fs::write(folder.join("a.md"), text).unwrap();
}

/// A name by which nothing can be told, and the old file kept as a second name of it.
fn linked_backup(folder: &Path, text: &str) {
    let _ = fs::remove_file(folder.join("a.md.bak"));
    fs::hard_link(folder.join("a.md"), folder.join("a.md.bak")).unwrap();
    fs::write(folder.join("tmp7f3k2"), text).unwrap();
    fs::rename(folder.join("tmp7f3k2"), folder.join("a.md")).unwrap();
}

#[test]
fn each_save_is_one_build_that_sees_all_of_it() {
    let ways: [(&str, Save); 12] = [
        ("plain", plain),
        ("shell", shell),
        ("vim, backupcopy=yes", vim_copy),
        ("vim, backupcopy=no", vim_rename),
        ("emacs", emacs),
        ("VS Code", vs_code),
        ("VS Code, atomic", vs_code_atomic),
        ("JetBrains", jetbrains),
        ("sed -i", sed),
        ("GLib", glib),
        ("remove first", remove_first),
        ("linked backup", linked_backup),
    ];
    thread::scope(|scope| {
        for (name, save) in ways {
            scope.spawn(move || saves(name, save));
        }
    });
}

fn saves(name: &str, save: Save) {
    let lookout = Lookout::new(false, |root| fs::write(root.join("content/a.md"), "old").unwrap());
    let folder = lookout.path("content");
    let mut old = "old".to_owned();
    let mut least = usize::MAX;
    for round in 0..ROUNDS {
        let text = format!("{name}, round {round}: {}", "text ".repeat(200));
        let start = Instant::now();
        save(&folder, &text);
        let quick = start.elapsed() < QUICK;
        let looks = lookout.looks();
        for look in &looks {
            let seen = look.files.get("content/a.md");
            let whole = seen.is_some_and(|seen| *seen == old || *seen == text);
            assert!(whole || !quick, "{name}: a build saw {seen:?}");
        }
        let named = looks
            .iter()
            .any(|look| look.change.everything || look.change.paths.contains(&folder.join("a.md")));
        assert!(named, "{name}: not told what was saved: {looks:?}");
        assert!(looks.len() <= 3, "{name}: {} builds", looks.len());
        least = least.min(looks.len());
        old = text;
    }
    assert_eq!(least, 1, "{name}: each save was built more than once");
}

/// Not a replay of it.
#[test]
fn the_real_vim() {
    let vim = |arguments: &[&str], folder: &Path| {
        let home = folder.parent().unwrap();
        let command = |name| {
            Command::new(name).args(arguments).current_dir(folder).env("HOME", home).output()
        };
        command("vim").is_ok_and(|done| done.status.success())
    };
    if !vim(&["--version"], &std::env::temp_dir()) {
        return skip("there is no vim");
    }
    let lookout = Lookout::new(false, |root| fs::write(root.join("content/a.md"), "old").unwrap());
    for copy in ["yes", "no"] {
        let set = format!("set backup writebackup backupskip= backupcopy={copy} directory=.");
        let text = format!("normal ccby vim, {copy}");
        let arguments =
            ["-u", "NONE", "-i", "NONE", "-N", "-es", "-c", &set, "-c", &text, "-c", "wq", "a.md"];
        assert!(vim(&arguments, &lookout.path("content")), "vim does not work");
        let looks = lookout.looks();
        assert!(looks.len() <= 2, "{} builds", looks.len());
        assert_eq!(looks.last().unwrap().files["content/a.md"], format!("by vim, {copy}\n"));
    }
}

/// Programs that take their time: built when they close the file, not at each of their pauses.
#[test]
fn a_file_written_in_pieces_is_built_when_it_is_closed() {
    let lookout = Lookout::new(false, |root| fs::write(root.join("content/a.md"), "old").unwrap());
    let mut file = File::create(lookout.path("content/a.md")).unwrap();
    for piece in 0..6 {
        writeln!(file, "piece {piece}").unwrap();
        thread::sleep(Duration::from_millis(30));
    }
    drop(file);
    let looks = lookout.looks();
    assert!(looks.len() <= 2, "{} builds", looks.len());
    assert!(looks.last().unwrap().files["content/a.md"].ends_with("piece 5\n"));
}

/// One that never closes it is shown all the same.
#[test]
fn a_file_that_stays_open_is_shown_while_it_grows() {
    let lookout = Lookout::new(false, |root| fs::write(root.join("content/a.md"), "old").unwrap());
    let mut file = File::create(lookout.path("content/a.md")).unwrap();
    write!(file, "so far").unwrap();
    assert_eq!(lookout.looks().last().unwrap().files["content/a.md"], "so far");
    write!(file, " and further").unwrap();
    assert_eq!(lookout.looks().last().unwrap().files["content/a.md"], "so far and further");
    drop(file);
}

/// What is deleted and does not come back is gone.
#[test]
fn a_deleted_file_is_gone() {
    let lookout = Lookout::new(false, |root| fs::write(root.join("content/a.md"), "old").unwrap());
    fs::remove_file(lookout.path("content/a.md")).unwrap();
    let looks = lookout.looks();
    assert!(looks.last().unwrap().change.paths.contains(&lookout.path("content/a.md")));
    assert_eq!(looks.last().unwrap().files.get("content/a.md"), None);
}

/// A file that only lives for a moment, and the files beside it that are not ours to build.
#[test]
fn what_comes_and_goes_is_nothing() {
    let lookout = Lookout::new(false, |root| fs::write(root.join("content/a.md"), "old").unwrap());
    for name in [
        "content/.a.md.swp",
        "content/.a.md.swn",
        "content/a.md~",
        "content/.#a.md",
        "content/#a.md#",
        "content/4913",
        "content/.dist.tier0-stage/index.html",
        "content/.dist.tier0-lock",
        "content/dist/index.html",
        "content/.git/index.lock",
    ] {
        lookout.write(name, "noise");
    }
    let _ = fs::read(lookout.path("content/a.md"));
    lookout.stays_quiet(Duration::from_secs(1), "noise");
}
