//! Folders that programs fill: what they hold is nobody's page.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::regular;

/// Where package managers put the work of others.
const PACKAGES: [&str; 3] = ["node_modules", "bower_components", "jspm_packages"];
/// Beside a folder `vendor` that a package manager fills.
const OF_VENDOR: [&str; 4] = ["composer.json", "go.mod", "Gemfile", "Cargo.toml"];
/// In the root of each folder that a build has made, and how it begins.
const OUTPUT: (&str, &[u8]) = (".tier0", b"tier0 ");
/// What caches have in their root, and how it begins: <https://bford.info/cachedir/>.
const CACHE: (&str, &[u8]) = ("CACHEDIR.TAG", b"Signature: 8a477f597d28d172789f06886806bc55");
/// In the root of a virtual environment of Python.
const ENVIRONMENT: &str = "pyvenv.cfg";

/// Whether a folder is a build of tier0, a cache, or holds packages of others.
pub(super) fn is_made(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let beside = |names: &[&str]| {
        folder.parent().is_some_and(|parent| names.iter().any(|name| parent.join(name).is_file()))
    };
    PACKAGES.contains(&&*name)
        || name == "vendor" && beside(&OF_VENDOR)
        || [OUTPUT, CACHE].iter().any(|(name, begin)| begins(&folder.join(name), begin))
        || folder.join(ENVIRONMENT).is_file()
}

/// Such folders below a folder, so that nobody waits for changes in them.
pub(crate) fn made_below(root: &Path) -> Vec<PathBuf> {
    let mut made = Vec::new();
    let mut walk = WalkDir::new(root).min_depth(1).sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let Ok(entry) = entry else { continue };
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        let is_made = entry.file_type().is_dir() && is_made(entry.path());
        if entry.file_type().is_dir() && (is_hidden || is_made) {
            walk.skip_current_dir();
        }
        made.extend(is_made.then(|| entry.into_path()));
    }
    made
}

fn begins(file: &Path, begin: &[u8]) -> bool {
    let mut bytes = vec![0; begin.len()];
    regular::open(file).is_ok_and(|mut file| file.read_exact(&mut bytes).is_ok() && bytes == begin)
}
