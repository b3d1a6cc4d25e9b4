//! Which paths are watched.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::Paths;

/// Which paths matter.
#[derive(Debug)]
pub(super) struct Filter {
    /// As the system spells them, like the paths of events.
    roots: Vec<PathBuf>,
    ignore: Vec<PathBuf>,
}

impl Filter {
    pub(super) fn new(paths: &Paths) -> Self {
        let all = |paths: &[PathBuf]| paths.iter().map(|path| real(path)).collect();
        Self { roots: all(&paths.watch), ignore: all(&paths.ignore) }
    }

    pub(super) fn roots(&self) -> impl Iterator<Item = &PathBuf> {
        self.roots.iter()
    }

    /// Whether a path is watched, not our own output, and not an editor's.
    pub(super) fn is_relevant(&self, path: &Path) -> bool {
        if self.ignore.iter().any(|ignored| path.starts_with(ignored)) {
            return false;
        }
        self.roots()
            .any(|root| path.strip_prefix(root).is_ok_and(|rest| !rest.iter().any(is_noise)))
    }

    /// Whether a root lies in this folder, so that its fate is the root's.
    pub(super) fn holds_root(&self, path: &Path) -> bool {
        self.roots().any(|root| root.starts_with(path))
    }
}

/// Absolute and without links, also for what does not exist yet, so that it
/// compares with the paths of events.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in absolute.ancestors() {
        if let Ok(found) = ancestor.canonicalize()
            && let Ok(rest) = absolute.strip_prefix(ancestor)
        {
            return if rest.as_os_str().is_empty() { found } else { found.join(rest) };
        }
    }
    absolute
}

/// Files that editors and version control keep beside the real ones.
fn is_noise(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let swap = name.starts_with('.')
        && [".swp", ".swo", ".swx", ".swpx"].iter().any(|end| name.ends_with(end));
    swap || matches!(
        &*name,
        ".git" | ".hg" | ".svn" | ".jj" | ".DS_Store" | "node_modules" | "4913"
    ) || name.ends_with('~')
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#') && name.len() > 1)
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___")
        || name.starts_with(".goutputstream-")
}
