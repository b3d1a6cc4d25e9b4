//! What is being served: the last good files and the last problems.
//!
//! A [`View`] never changes; a build puts a new one in its place. Requests hold
//! the view they began with, so none ever sees half a build or waits for one.

use std::collections::BTreeMap;
use std::process;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::json;

use super::live::Hub;
use super::{Problem, Snapshot};

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

#[derive(Debug, Default)]
pub(super) struct View {
    pub(super) files: BTreeMap<String, Arc<File>>,
    /// Names the files: a page with another version is stale.
    pub(super) version: String,
    /// Names the build, also one that failed.
    pub(super) build: String,
    pub(super) failed: bool,
    /// Whether there has been a good build yet.
    pub(super) built: bool,
    pub(super) problems: Vec<Problem>,
}

impl View {
    /// What open tabs are told; small, so that it fits into any socket's buffer.
    pub(super) fn state_json(&self) -> String {
        json!({
            "version": self.version,
            "build": self.build,
            "failed": self.failed,
        })
        .to_string()
    }

    /// What a tab fetches when it is told of a failure.
    pub(super) fn problems_json(&self) -> String {
        json!({
            "build": self.build,
            "failed": self.failed,
            "built": self.built,
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
        let view =
            View { version: format!("{run}.0"), build: format!("{run}.0"), ..View::default() };
        Self { view: RwLock::new(Arc::new(view)), run, hub: Hub::default() }
    }

    pub(super) fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Shows a build and tells the open tabs. Returns how many files there are and
    /// how many of them this build changed.
    ///
    /// Called from one thread only, so between reading and replacing the view no
    /// other build can come.
    pub(super) fn publish(&self, snapshot: Snapshot) -> (usize, usize) {
        let old = self.view();
        let number = old.build.rsplit('.').next().and_then(|n| n.parse().ok());
        let build = format!("{}.{}", self.run, number.unwrap_or(0u64) + 1);
        let (files, changed) = if snapshot.failed && old.built {
            (old.files.clone(), 0)
        } else {
            merge(&old.files, snapshot.files)
        };
        let count = files.len();
        let first_good = !snapshot.failed && !old.built;
        let view = View {
            files,
            version: if changed > 0 || first_good { build.clone() } else { old.version.clone() },
            build,
            failed: snapshot.failed,
            built: old.built || !snapshot.failed,
            problems: snapshot.problems,
        };
        let state = view.state_json();
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(view);
        self.hub.send(&state);
        (count, changed)
    }
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
