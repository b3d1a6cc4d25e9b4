//! Where a build in this process goes.

use std::fs;
use std::sync::Mutex;

use tier0::{Body, Diagnostic, Sink, Swept};

use super::tree::Tree;

/// Keeps the files of a build.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Tree>);

impl Memory {
    /// The files.
    pub fn into_tree(self) -> Tree {
        self.0.into_inner().expect("nobody panics holding it")
    }
}

impl Sink for Memory {
    fn put(&self, file: &Swept<'_>) -> Result<u64, Box<Diagnostic>> {
        let bytes = match file.body() {
            Body::Bytes(bytes) => bytes.to_vec(),
            Body::Copy(disk) => fs::read(disk).expect("a file of the site"),
        };
        let size = bytes.len() as u64;
        let mut tree = self.0.lock().expect("nobody panics holding it");
        tree.files.insert(file.path().to_owned(), bytes);
        Ok(size)
    }
}
