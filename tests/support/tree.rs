//! A folder of files in memory.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Files by their `/`-separated paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// Bytes by path.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Tree {
    /// Reads a folder; one that is missing is empty.
    pub fn read(folder: &Path) -> Self {
        let mut tree = Tree::default();
        tree.add(folder, "");
        tree
    }

    fn add(&mut self, folder: &Path, prefix: &str) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        for entry in entries {
            let entry = entry.expect("a folder entry");
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{prefix}{name}");
            if entry.file_type().expect("a file type").is_dir() {
                self.add(&entry.path(), &format!("{path}/"));
            } else {
                self.files.insert(path, fs::read(entry.path()).expect("a file"));
            }
        }
    }

    /// Whether there is a file at a path.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The text at a path.
    pub fn text(&self, path: &str) -> &str {
        let names = || self.files.keys().cloned().collect::<Vec<_>>().join("\n  ");
        let bytes =
            self.files.get(path).unwrap_or_else(|| panic!("no {path} among\n  {}", names()));
        std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is no text"))
    }

    /// All html pages.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .keys()
            .filter(|path| path.ends_with(".html"))
            .map(|path| (path.as_str(), self.text(path)))
    }

    /// Paths of files whose name or bytes hold a text.
    pub fn holding(&self, text: &str) -> Vec<&str> {
        let holds = |bytes: &[u8]| bytes.windows(text.len()).any(|w| w == text.as_bytes());
        self.files
            .iter()
            .filter(|(path, bytes)| path.contains(text) || holds(bytes))
            .map(|(path, _)| path.as_str())
            .collect()
    }

    /// Fails, naming the files, unless both trees are the same byte for byte.
    pub fn assert_same(&self, other: &Tree, what: &str) {
        let paths = self.files.keys().chain(other.files.keys());
        let mut different: Vec<_> =
            paths.filter(|path| self.files.get(*path) != other.files.get(*path)).collect();
        different.sort();
        different.dedup();
        assert!(different.is_empty(), "{what}: these differ: {different:?}");
    }
}
