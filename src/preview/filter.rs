//! Which paths are watched, and under which names.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use walkdir::{DirEntry, WalkDir};

use super::Paths;

/// Which paths matter.
#[derive(Debug)]
pub(super) struct WatchFilter {
    /// As the system spells them, like the paths of events.
    roots: Vec<PathBuf>,
    /// Links by which roots were named: one that leads elsewhere makes another root.
    named: Vec<PathBuf>,
    ignore: Vec<PathBuf>,
    lay: RwLock<Layout>,
}

/// What events do not tell: as the last [`WatchFilter::survey`] found it.
#[derive(Debug, Default)]
struct Layout {
    folders: BTreeSet<PathBuf>,
    /// Links below the roots, each with the place it leads to.
    links: Vec<(PathBuf, PathBuf)>,
}

impl WatchFilter {
    pub(super) fn new(paths: &Paths) -> Self {
        let all = |paths: &[PathBuf]| paths.iter().map(|path| real(path)).collect();
        let named = paths.watch.iter().filter_map(|path| {
            let absolute = std::path::absolute(path).ok()?;
            let link = real(absolute.parent()?).join(absolute.file_name()?);
            link.is_symlink().then_some(link)
        });
        Self {
            roots: all(&paths.watch),
            named: named.collect(),
            ignore: all(&paths.ignore),
            lay: RwLock::default(),
        }
    }

    pub(super) fn roots(&self) -> &[PathBuf] {
        &self.roots
    }

    /// Everything whose own coming and going has to be noticed: roots, the links that named
    /// them, and the places outside that links lead to.
    pub(super) fn watched(&self) -> Vec<PathBuf> {
        let mut watched = self.link_targets();
        watched.extend(self.roots.iter().chain(&self.named).cloned());
        watched
    }

    /// Where links lead to, outside of the roots.
    pub(super) fn link_targets(&self) -> Vec<PathBuf> {
        let lay = self.lay.read().unwrap_or_else(PoisonError::into_inner);
        let targets = lay.links.iter().map(|(_, target)| target);
        targets.filter(|target| !self.is_in_root(target)).cloned().collect()
    }

    /// Whether a path is watched, not our own output, and not an editor's.
    pub(super) fn is_relevant(&self, path: &Path) -> bool {
        !self.is_ignored(path)
            && self
                .roots
                .iter()
                .any(|root| path.strip_prefix(root).is_ok_and(|rest| !rest.iter().any(is_noise)))
    }

    /// The names of a path that matter: its own, and those that links give it.
    pub(super) fn names(&self, path: &Path) -> Vec<PathBuf> {
        let mut names = Vec::new();
        if self.is_ignored(path) {
            return names;
        }
        names.extend(self.is_relevant(path).then(|| path.to_owned()));
        let lay = self.lay.read().unwrap_or_else(PoisonError::into_inner);
        for (link, target) in &lay.links {
            if let Ok(rest) = path.strip_prefix(target) {
                let name = join(link, rest);
                names.extend(self.is_relevant(&name).then_some(name));
            }
        }
        names
    }

    /// Whether a root lies in this folder, or what a link leads to, so that its fate is theirs.
    pub(super) fn holds_watched(&self, path: &Path) -> bool {
        self.watched().iter().any(|head| head.starts_with(path))
    }

    pub(super) fn knows_folder_or_link(&self, path: &Path) -> bool {
        let lay = self.lay.read().unwrap_or_else(PoisonError::into_inner);
        lay.folders.contains(path) || lay.links.iter().any(|(link, _)| link == path)
    }

    /// Looks where folders and links are.
    pub(super) fn survey(&self) {
        let mut lay = Layout::default();
        for entry in self.walk() {
            match entry {
                Ok(entry) => {
                    let path = entry.path();
                    if entry.depth() > 0 && entry.path_is_symlink() {
                        lay.links.extend(target(path).map(|target| (path.to_owned(), target)));
                    }
                    if entry.file_type().is_dir() {
                        lay.folders.insert(entry.into_path());
                    }
                }
                // A link to nothing, which may come yet. Not one that leads in a circle.
                Err(error) if error.loop_ancestor().is_none() => {
                    let link = error.path().filter(|path| path.is_symlink());
                    let link = link.and_then(|path| Some((path.to_owned(), target(path)?)));
                    lay.links.extend(link.filter(|(_, target)| self.may_lead_to(target)));
                }
                Err(_) => {}
            }
        }
        *self.lay.write().unwrap_or_else(PoisonError::into_inner) = lay;
    }

    /// All that is there. Links are followed, not in circles, and not out of the site: a whole
    /// disk may lie behind them, and no build looks there.
    pub(super) fn walk(&self) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
        self.roots.iter().flat_map(move |root| {
            WalkDir::new(root).follow_links(true).into_iter().filter_entry(move |entry| {
                self.is_relevant(entry.path())
                    && (entry.depth() == 0
                        || !entry.path_is_symlink()
                        || target(entry.path()).is_some_and(|target| self.may_lead_to(&target)))
            })
        })
    }

    /// A link may lead into a root, and into the folder around a root that is a file or not there
    /// yet: the site with its configuration.
    fn may_lead_to(&self, target: &Path) -> bool {
        let site = |root: &PathBuf| {
            !root.is_dir() && root.parent().is_some_and(|site| target.starts_with(site))
        };
        !self.is_ignored(target) && (self.is_in_root(target) || self.roots.iter().any(site))
    }

    fn is_in_root(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| path.starts_with(root))
    }

    fn is_ignored(&self, path: &Path) -> bool {
        self.ignore.iter().any(|ignored| path.starts_with(ignored))
    }
}

/// Where a link leads, whether or not there is anything.
fn target(link: &Path) -> Option<PathBuf> {
    link.canonicalize().ok().or_else(|| {
        let named = fs::read_link(link).ok()?;
        Some(real(&link.parent()?.join(named)))
    })
}

/// Joining nothing would add a slash, and make another path of it.
fn join(path: &Path, rest: &Path) -> PathBuf {
    if rest.as_os_str().is_empty() { path.to_owned() } else { path.join(rest) }
}

/// Absolute and without links, also for what does not exist yet, so that it
/// compares with the paths of events.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for ancestor in absolute.ancestors() {
        if let Ok(found) = ancestor.canonicalize()
            && let Ok(rest) = absolute.strip_prefix(ancestor)
        {
            return join(&found, rest);
        }
    }
    absolute
}

/// Files that editors and version control keep beside the real ones.
fn is_noise(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    hidden_ending(&name).is_some_and(|ending| {
        // vim goes from .swp to .saa when names are taken; the first sixteen must do.
        (ending.len() == 3 && ending.starts_with("sw"))
            || matches!(ending, "swpx" | "tier0-stage" | "tier0-old" | "tier0-lock")
    }) || matches!(&*name, ".git" | ".hg" | ".svn" | ".jj" | ".DS_Store" | "node_modules" | "4913")
        || name.ends_with('~')
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#') && name.len() > 1)
        || name.ends_with("___jb_tmp___")
        || name.ends_with("___jb_old___")
        || name.starts_with(".goutputstream-")
}

fn hidden_ending(name: &str) -> Option<&str> {
    Some(name.strip_prefix('.')?.rsplit_once('.')?.1)
}
