//! A site that is edited, and what a watcher would tell of the edits.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tier0::Changed;

use crate::support::Site;

/// What the disk says of when a file was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Just now: the next write may well have the same time.
    Young,
    /// Long ago, each write at a time of its own.
    Old,
    /// When the last content was, as tools do that put times back.
    Kept,
    /// Long ago, all at one time, as archives of whole seconds give it.
    Packed,
}

/// A site that is edited.
pub struct Disk {
    pub site: Site,
    /// What was touched since the last build was told, by real paths.
    places: BTreeSet<PathBuf>,
    start: SystemTime,
    writes: u64,
}

impl Disk {
    pub fn new(site: Site) -> Self {
        fs::create_dir_all(site.root()).expect("a folder");
        let start = SystemTime::now() - Duration::from_hours(24);
        Disk { site, places: BTreeSet::new(), start, writes: 0 }
    }

    /// What a watcher would tell, since it was asked last.
    pub fn changed(&mut self) -> Changed {
        Changed::Places(std::mem::take(&mut self.places))
    }

    pub fn put(&mut self, path: &str, text: &str, age: Age) {
        let file = self.site.path(path);
        self.folder(path);
        let before = fs::metadata(&file).and_then(|data| data.modified()).ok();
        fs::write(&file, text).expect("a file");
        self.writes += 1;
        let time = match (age, before) {
            (Age::Young, _) => None,
            (Age::Kept, Some(before)) => Some(before),
            (Age::Packed, _) => Some(self.start),
            _ => Some(self.start + Duration::from_secs(self.writes)),
        };
        if let Some(time) = time {
            let opened = fs::File::options().write(true).open(&file);
            opened.and_then(|file| file.set_modified(time)).expect("a time");
        }
        self.touch(path);
    }

    pub fn remove(&mut self, path: &str) {
        let file = self.site.path(path);
        self.touch_name(path);
        let is_folder = fs::symlink_metadata(&file).is_ok_and(|data| data.is_dir());
        let gone = if is_folder { fs::remove_dir_all(&file) } else { fs::remove_file(&file) };
        gone.expect("something to delete");
    }

    pub fn rename(&mut self, from: &str, to: &str) {
        self.folder(to);
        self.touch_name(from);
        fs::rename(self.site.path(from), self.site.path(to)).expect("something to move");
        self.touch_name(to);
    }

    /// Makes a link; `target` counts from the folder of the link.
    #[cfg(unix)]
    pub fn link(&mut self, target: &str, path: &str) {
        self.folder(path);
        std::os::unix::fs::symlink(target, self.site.path(path)).expect("a link");
        self.touch_name(path);
    }

    pub fn text(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.site.path(path)).ok()
    }

    pub fn has(&self, path: &str) -> bool {
        fs::symlink_metadata(self.site.path(path)).is_ok()
    }

    /// All files, folders and links below a folder, in the order of their paths; links are not
    /// followed. Folders end with `/`, links with `@`.
    pub fn list(&self, folder: &str) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(self.site.path(&folder)) else { continue };
            for entry in entries {
                let entry = entry.expect("an entry");
                let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
                let kind = entry.file_type().expect("a kind");
                if kind.is_dir() {
                    found.push(format!("{path}/"));
                    folders.push(path);
                } else if kind.is_symlink() {
                    found.push(format!("{path}@"));
                } else {
                    found.push(path);
                }
            }
        }
        found.sort();
        found
    }

    /// Makes the folder that a path lies in.
    fn folder(&mut self, path: &str) {
        let folder = self.site.path(path);
        let folder = folder.parent().expect("a path in the site");
        let missing: Vec<_> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
        fs::create_dir_all(folder).expect("a folder");
        self.places.extend(missing.into_iter().map(real));
    }

    /// A file was written, be it through a link.
    fn touch(&mut self, path: &str) {
        self.places.insert(self.site.path(path).canonicalize().expect("a file"));
    }

    /// A name came or went.
    fn touch_name(&mut self, path: &str) {
        self.places.insert(real(&self.site.path(path)));
    }
}

/// A path without links on the way to it.
fn real(path: &Path) -> PathBuf {
    let folder = path.parent().expect("a folder").canonicalize().expect("a folder that is there");
    folder.join(path.file_name().expect("a name"))
}
