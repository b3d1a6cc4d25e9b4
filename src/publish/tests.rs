mod killed;
mod refused;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use rayon::prelude::*;
use rustix::thread::{CapabilitySet, CapabilitySets};
use tempfile::TempDir;

use super::error::{Action, Reason};
use super::guard::{self, OutputState};
use super::swap::{self, Places};
use super::*;
use crate::diagnostic::{Code, Diagnostic, Locale};

type Tree = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// A project with content and a static folder, and an output that is still to be made.
struct Site {
    home: TempDir,
    sources: Vec<PathBuf>,
}

impl Site {
    fn new() -> Site {
        let home = tempfile::tempdir().unwrap();
        let project = home.path().join("site");
        let sources = vec![project.join("content"), project.join("static")];
        for source in &sources {
            fs::create_dir_all(source).unwrap();
            fs::write(source.join("a.md"), "text").unwrap();
        }
        Site { home, sources }
    }

    fn project(&self) -> PathBuf {
        self.home.path().join("site")
    }

    fn output(&self) -> PathBuf {
        self.project().join("dist/public")
    }

    fn places(&self) -> Places {
        Places::beside(guard::resolve(&self.output()).unwrap())
    }

    fn begin_in(&self, output: &Path) -> Result<Stage, PublishError> {
        Stage::begin(
            output,
            &Guard { project: &self.project(), sources: &self.sources, edition: "public" },
        )
    }

    fn begin(&self) -> Stage {
        self.begin_in(&self.output()).unwrap()
    }

    fn staged(&self, files: &[(&str, &str)]) -> Stage {
        let stage = self.begin();
        for (path, text) in files {
            stage.put(path, Body::Bytes(text.as_bytes())).unwrap();
        }
        stage
    }

    fn build(&self, files: &[(&str, &str)]) -> Published {
        self.staged(files).commit().unwrap()
    }

    /// The output without its marker.
    fn live(&self) -> Tree {
        let mut tree = tree(&self.output());
        tree.remove(Path::new(marker::NAME));
        tree
    }

    /// What is in `dist`: nothing but the output, unless a build is under way.
    fn beside(&self) -> Vec<String> {
        let entries = fs::read_dir(self.project().join("dist")).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

/// Everything below a folder; folders have no bytes, links those of their target's name.
fn tree(root: &Path) -> Tree {
    fn walk(root: &Path, folder: &Path, tree: &mut Tree) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let metadata = fs::symlink_metadata(&path).unwrap();
            let bytes = if metadata.is_symlink() {
                Some(fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes())
            } else {
                metadata.is_file().then(|| fs::read(&path).unwrap())
            };
            tree.insert(path.strip_prefix(root).unwrap().to_path_buf(), bytes);
            if metadata.is_dir() {
                walk(root, &path, tree);
            }
        }
    }
    let mut found = Tree::new();
    walk(root, root, &mut found);
    found
}

fn files(tree: &Tree) -> Vec<(&str, &str)> {
    let text = |bytes| std::str::from_utf8(bytes).unwrap();
    tree.iter()
        .filter_map(|(path, bytes)| Some((path.to_str().unwrap(), text(bytes.as_deref()?))))
        .collect()
}

fn code(error: PublishError) -> &'static str {
    Diagnostic::from(error).code.definition().name
}

#[test]
fn a_build_becomes_the_output() {
    let site = Site::new();
    let image = site.project().join("content/image.svg");
    fs::write(&image, "<svg/>").unwrap();
    fs::set_permissions(&image, fs::Permissions::from_mode(0o600)).unwrap();

    let stage = site.begin();
    assert_eq!(stage.put("index.html", Body::Bytes(b"home")).unwrap(), 4);
    assert_eq!(stage.put("guides/重置/index.html", Body::Bytes(b"reset")).unwrap(), 5);
    assert_eq!(stage.put("guides/image.svg", Body::Copy(&image)).unwrap(), 6);
    assert!(!site.output().exists());
    assert_eq!(stage.commit().unwrap(), Published { files: 3, bytes: 15, ..Published::default() });

    let expected = [
        ("guides/image.svg", "<svg/>"),
        ("guides/重置/index.html", "reset"),
        ("index.html", "home"),
    ];
    assert_eq!(files(&site.live()), expected);
    assert_eq!(site.beside(), ["public"]);
    let mode = |path: &str| fs::metadata(site.output().join(path)).unwrap().mode();
    assert_eq!(mode("guides/image.svg"), mode("index.html"), "a copy is as readable as a page");
}

#[test]
fn the_marker_depends_on_the_paths_alone() {
    let (one, other) = (Site::new(), Site::new());
    one.build(&[("a", "1"), ("b/c", "2"), ("d", "3")]);
    other.build(&[("d", "x"), ("b/c", "y"), ("a", "z")]);
    let marker = |site: &Site| fs::read_to_string(site.output().join(marker::NAME)).unwrap();
    assert_eq!(marker(&one), marker(&other));
    assert!(marker(&one).starts_with("tier0 output 1\n"));
}

#[test]
fn the_next_build_removes_orphans_and_keeps_foreign_files() {
    let site = Site::new();
    site.build(&[("index.html", "1"), ("old/index.html", "1"), ("guides/index.html", "1")]);
    let output = site.output();
    fs::write(output.join("CNAME"), "help.example.com").unwrap();
    fs::create_dir_all(output.join(".well-known/empty")).unwrap();
    fs::write(output.join(".well-known/security.txt"), "Contact").unwrap();
    fs::write(output.join("guides/note.txt"), "note").unwrap();
    symlink("CNAME", output.join("link")).unwrap();
    fs::set_permissions(output.join(".well-known"), fs::Permissions::from_mode(0o700)).unwrap();

    for text in ["2", "3"] {
        site.build(&[("index.html", text), ("guides/index.html", text)]);
        let live = site.live();
        assert_eq!(
            files(&live),
            [
                (".well-known/security.txt", "Contact"),
                ("CNAME", "help.example.com"),
                ("guides/index.html", text),
                ("guides/note.txt", "note"),
                ("index.html", text),
                ("link", "CNAME"),
            ]
        );
        assert!(live.contains_key(Path::new(".well-known/empty")));
        assert!(!live.contains_key(Path::new("old")));
        assert_eq!(fs::metadata(output.join(".well-known")).unwrap().mode() & 0o777, 0o700);
        assert_eq!(site.beside(), ["public"]);
    }
}

#[test]
fn a_build_never_replaces_a_foreign_file() {
    let site = Site::new();
    site.build(&[("index.html", "1")]);
    fs::write(site.output().join("CNAME"), "mine").unwrap();
    fs::create_dir(site.output().join("notes")).unwrap();
    fs::write(site.output().join("notes/a"), "mine").unwrap();
    let before = tree(&site.project());
    for path in ["CNAME", "CNAME/index.html", "notes"] {
        let error = site.staged(&[("index.html", "2"), (path, "theirs")]).commit().unwrap_err();
        assert_eq!(code(error), "output-not-ours", "{path}");
        assert_eq!(tree(&site.project()), before, "{path}");
    }
    site.build(&[("index.html", "2"), ("CNAME", "mine")]);
}

#[test]
fn unchanged_files_keep_their_dates() {
    let site = Site::new();
    site.build(&[("same.html", "same"), ("other.html", "1"), ("shut.html", "shut")]);
    let inode = |path: &str| fs::metadata(site.output().join(path)).unwrap().ino();
    fs::set_permissions(site.output().join("shut.html"), fs::Permissions::from_mode(0o600))
        .unwrap();
    let before = ["same.html", "other.html", "shut.html"].map(inode);
    let published =
        site.build(&[("same.html", "same"), ("other.html", "2"), ("shut.html", "shut")]);
    assert_eq!(published, Published { files: 3, bytes: 9, ..Published::default() });
    let after = ["same.html", "other.html", "shut.html"].map(inode);
    assert_eq!(before[0], after[0]);
    assert_ne!(before[1], after[1]);
    assert_ne!(before[2], after[2], "a build with another umask fixes permissions");
}

#[test]
fn same_bytes_looks_at_all_bytes() {
    for length in [0, 1, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 50_000] {
        let one = vec![7; length];
        assert!(write::same_bytes(&mut &one[..], &mut &one[..]).unwrap());
        let mut other = one.clone();
        if let Some(last) = other.last_mut() {
            *last = 8;
            assert!(!write::same_bytes(&mut &one[..], &mut &other[..]).unwrap());
            assert!(!write::same_bytes(&mut &one[..], &mut &one[1..]).unwrap());
        }
    }
}

#[test]
fn dropping_a_stage_leaves_nothing() {
    let site = Site::new();
    let empty = tree(&site.project());
    drop(site.staged(&[("a/b/c.html", "1")]));
    assert_eq!(tree(&site.project()), empty, "not even the folder `dist`");

    site.build(&[("index.html", "1")]);
    let before = tree(&site.project());
    drop(site.staged(&[("index.html", "2"), ("new.html", "2")]));
    assert_eq!(tree(&site.project()), before);
}

#[test]
fn an_error_leaves_the_old_tree() {
    let site = Site::new();
    site.build(&[("index.html", "1")]);
    let before = tree(&site.project());
    let stage = site.staged(&[("index.html", "2")]);
    let missing = site.project().join("content/missing.png");
    let error = stage.put("missing.png", Body::Copy(&missing)).unwrap_err();
    assert_eq!(code(error), "io-error");
    let twice = stage.put("index.html", Body::Bytes(b"3")).unwrap_err();
    assert_eq!(code(twice), "io-error");
    drop(stage);
    assert_eq!(tree(&site.project()), before);
}

#[test]
fn bad_paths_are_named() {
    let site = Site::new();
    let stage = site.begin();
    let long = format!("guides/{}/index.html", "重".repeat(86));
    let paths = [
        "",
        "/etc/passwd",
        "a/../b",
        "..",
        "./a",
        "a//b",
        "a/",
        "a\0b",
        ".tier0",
        ".tier0-new",
        &long,
    ];
    for path in paths {
        let error = stage.put(path, Body::Bytes(b"")).unwrap_err();
        let diagnostic = Diagnostic::from(error);
        assert_eq!(diagnostic.code, Code::IoError, "{path}");
        assert!(diagnostic.message(Locale::Zh).contains(path));
    }
    stage.put(&"重".repeat(85), Body::Bytes(b"")).unwrap();
    stage.put("..a/b..", Body::Bytes(b"")).unwrap();
}

#[test]
fn a_linked_output_is_its_target() {
    let site = Site::new();
    let target = site.home.path().join("www");
    fs::create_dir(&target).unwrap();
    let link = site.project().join("linked");
    symlink(&target, &link).unwrap();
    for text in ["1", "2"] {
        let stage = site.begin_in(&link).unwrap();
        stage.put("index.html", Body::Bytes(text.as_bytes())).unwrap();
        stage.commit().unwrap();
        assert_eq!(fs::read_to_string(target.join("index.html")).unwrap(), text);
        assert!(link.is_symlink());
    }
}

#[test]
fn two_builds_at_once_are_refused() {
    let site = Site::new();
    let first = site.staged(&[("index.html", "1")]);
    let error = site.begin_in(&site.output()).unwrap_err();
    assert_eq!(code(error), "output-locked");
    // Another output of the same site is free.
    drop(site.begin_in(&site.project().join("dist/internal")).unwrap());
    first.commit().unwrap();
    site.build(&[("index.html", "2")]);
    assert_eq!(site.beside(), ["public"]);
}

/// Permissions do not stop root: gives that up for the rest of this thread.
fn obey_permissions() {
    let own = rustix::thread::capabilities(None).unwrap();
    let all = CapabilitySet::DAC_OVERRIDE | CapabilitySet::DAC_READ_SEARCH;
    let effective = own.effective - all;
    rustix::thread::set_capabilities(None, CapabilitySets { effective, ..own }).unwrap();
}

#[test]
fn a_read_only_folder_is_an_io_error() {
    let site = Site::new();
    let shut = site.project().join("shut");
    fs::create_dir(&shut).unwrap();
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o555)).unwrap();
    let begin = || {
        obey_permissions();
        site.begin_in(&shut.join("public")).unwrap_err()
    };
    let error = thread::scope(|scope| scope.spawn(begin).join().unwrap());
    let diagnostic = Diagnostic::from(error);
    assert_eq!(diagnostic.code, Code::IoError);
    assert!(diagnostic.message(Locale::Zh).contains("没有权限"));
}

#[test]
fn texts_come_in_both_languages() {
    let path = PathBuf::from("dist");
    let reason = Reason::InsideSource("content".into());
    let diagnostic = Diagnostic::from(PublishError::Unsafe { path: path.clone(), reason });
    assert_eq!(
        diagnostic.message(Locale::En),
        "`dist` cannot be an output folder: it lies inside `content`, which the site is made from"
    );
    let error = std::io::Error::from(std::io::ErrorKind::StorageFull);
    let diagnostic = Diagnostic::from(PublishError::Io { action: Action::Write, path, error });
    assert_eq!(diagnostic.message(Locale::En), "cannot write `dist`: the disk is full");
    assert_eq!(diagnostic.message(Locale::Zh), "无法写入 `dist`：磁盘已满");
}

#[test]
fn many_threads_put_many_files() {
    let site = Site::new();
    for generation in 0..2 {
        let stage = site.begin();
        (0..500).into_par_iter().for_each(|number| {
            let text = format!("{generation} {number}");
            let path = format!("section-{}/page-{number}/index.html", number % 7);
            stage.put(&path, Body::Bytes(text.as_bytes())).unwrap();
        });
        assert_eq!(stage.commit().unwrap().files, 500);
        assert_eq!(files(&site.live()).len(), 500);
    }
}
