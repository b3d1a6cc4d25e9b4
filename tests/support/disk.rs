//! Files on the disk.

use std::fs;
use std::path::Path;

/// Adds or replaces a file, with its folders.
pub fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}
