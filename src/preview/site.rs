//! What is being served: the last good files of each edition and the last problems.
//!
//! A [`View`] never changes; a build puts a new one in its place. Requests hold
//! the view they began with, so none ever sees half a build or waits for one.

use std::collections::BTreeMap;
use std::process;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::json;

use super::live::Hub;
use super::{Problem, Shown, Snapshot};

/// More problems than this help nobody, and each costs the browser an element.
const MAX_PROBLEMS: usize = 200;

#[derive(Debug)]
pub(super) struct File {
    pub(super) bytes: Arc<Vec<u8>>,
    /// Computed when first asked for: most files of most builds never are.
    hash: OnceLock<String>,
}

impl File {
    pub(super) fn new(bytes: Arc<Vec<u8>>) -> Self {
        Self { bytes, hash: OnceLock::new() }
    }

    pub(super) fn hash(&self) -> &str {
        self.hash.get_or_init(|| blake3::hash(&self.bytes).to_hex()[..32].to_owned())
    }
}

/// One edition as it is served.
#[derive(Debug, Clone, Default)]
pub(super) struct Edition {
    pub(super) name: String,
    pub(super) files: BTreeMap<String, Arc<File>>,
    /// See [`super::Edition::homes`].
    pub(super) homes: Vec<String>,
    /// Names the files: a page with another version is stale.
    pub(super) version: String,
    pub(super) failed: bool,
    /// Whether there has been a good build yet.
    pub(super) built: bool,
}

#[derive(Debug, Default)]
pub(super) struct View {
    /// The first one is at `/`. None until something could be built.
    pub(super) editions: Vec<Edition>,
    /// Names the build, also one that failed.
    pub(super) build: String,
    pub(super) failed: bool,
    pub(super) problems: Vec<Problem>,
}

impl View {
    /// The edition of this name.
    pub(super) fn edition(&self, name: &str) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.name == name)
    }

    /// The address of an edition's root.
    pub(super) fn root(&self, edition: &Edition) -> String {
        match self.editions.first() {
            Some(first) if first.name != edition.name => format!("/@{}/", edition.name),
            _ => "/".to_owned(),
        }
    }

    /// What open tabs are told; small, so that it fits into any socket's buffer.
    pub(super) fn state_json(&self) -> String {
        let versions: BTreeMap<_, _> =
            self.editions.iter().map(|edition| (&edition.name, &edition.version)).collect();
        json!({
            "versions": versions,
            "build": self.build,
            "failed": self.failed,
        })
        .to_string()
    }

    /// What a tab fetches when it is told of a failure.
    pub(super) fn problems_json(&self) -> String {
        let named = |want: fn(&Edition) -> bool| {
            let names = self.editions.iter().filter(|edition| want(edition));
            names.map(|edition| edition.name.as_str()).collect::<Vec<_>>()
        };
        json!({
            "build": self.build,
            "failed": self.failed,
            "failing": named(|edition| edition.failed),
            "built": named(|edition| edition.built),
            "total": self.problems.len(),
            "problems": &self.problems[..self.problems.len().min(MAX_PROBLEMS)],
        })
        .to_string()
    }
}

#[derive(Debug)]
pub(super) struct Site {
    view: RwLock<Arc<View>>,
    /// Tells our versions from those of an earlier run on the same port.
    run: String,
    pub(super) hub: Hub,
}

impl Site {
    pub(super) fn new() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let run = format!("{:x}.{:x}", process::id(), now.as_nanos());
        let view = View { build: format!("{run}.0"), ..View::default() };
        Self { view: RwLock::new(Arc::new(view)), run, hub: Hub::default() }
    }

    pub(super) fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Shows a build and tells the open tabs.
    ///
    /// Called from one thread only, so between reading and replacing the view no
    /// other build can come.
    pub(super) fn publish(&self, snapshot: Snapshot) -> Shown {
        let old = self.view();
        let number = old.build.rsplit('.').next().and_then(|n| n.parse().ok());
        let build = format!("{}.{}", self.run, number.unwrap_or(0u64) + 1);
        let nothing = snapshot.editions.is_empty();
        let mut changed = 0;
        let editions: Vec<Edition> = if nothing {
            let stays = |edition: &Edition| Edition { failed: true, ..edition.clone() };
            old.editions.iter().map(stays).collect()
        } else {
            // Pages name all editions, for the switch.
            let others =
                !snapshot.editions.iter().map(|e| &e.name).eq(old.editions.iter().map(|e| &e.name));
            let update = |new: super::Edition| {
                let (mut edition, count) = update(old.edition(&new.name), new);
                if count > 0 || others || edition.version.is_empty() {
                    edition.version.clone_from(&build);
                }
                changed += count;
                edition
            };
            snapshot.editions.into_iter().map(update).collect()
        };
        let failed: Vec<_> = editions.iter().filter(|e| e.failed).map(|e| e.name.clone()).collect();
        let shown = Shown {
            editions: editions.len(),
            files: editions.iter().map(|edition| edition.files.len()).sum(),
            failed,
            changed,
        };
        let failed = nothing || !shown.failed.is_empty();
        let view = View { editions, build, failed, problems: snapshot.problems };
        let state = view.state_json();
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(view);
        self.hub.send(&state);
        shown
    }
}

/// An edition after a build, and how many of its files the build changed. Its version is empty
/// when the first good build is news although no file changed.
fn update(old: Option<&Edition>, new: super::Edition) -> (Edition, usize) {
    let none = Edition::default();
    let old = old.unwrap_or(&none);
    if new.failed && old.built {
        return (Edition { failed: true, ..old.clone() }, 0);
    }
    let (files, changed) = merge(&old.files, new.files);
    let first_good = !new.failed && !old.built;
    let version = if first_good { String::new() } else { old.version.clone() };
    let built = !new.failed;
    let (name, homes, failed) = (new.name, new.homes, new.failed);
    (Edition { name, files, homes, version, failed, built }, changed)
}

/// Keeps the entries of files that stayed the same, with their hashes.
fn merge(
    old: &BTreeMap<String, Arc<File>>,
    new: BTreeMap<String, Arc<Vec<u8>>>,
) -> (BTreeMap<String, Arc<File>>, usize) {
    let mut changed = old.keys().filter(|path| !new.contains_key(*path)).count();
    let files = new
        .into_iter()
        .map(|(path, bytes)| {
            let same = old
                .get(&path)
                .filter(|file| Arc::ptr_eq(&file.bytes, &bytes) || file.bytes == bytes);
            let file = if let Some(file) = same {
                Arc::clone(file)
            } else {
                changed += 1;
                Arc::new(File::new(bytes))
            };
            (path, file)
        })
        .collect();
    (files, changed)
}

/// A page for when the site has none to give.
pub(super) fn stand_in(built: bool, chinese: bool) -> String {
    let (language, title, text) = match (built, chinese) {
        (true, false) => ("en", "Not found", "There is no page at this address."),
        (true, true) => ("zh-CN", "找不到页面", "这个地址没有对应的页面。"),
        (false, false) => (
            "en",
            "Not built yet",
            "The site could not be built. This page reloads as soon as it can.",
        ),
        (false, true) => ("zh-CN", "尚未构建成功", "站点构建失败。问题解决后，本页会自动刷新。"),
    };
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n<p>{text}</p>\n</body>\n</html>\n"
    )
}
