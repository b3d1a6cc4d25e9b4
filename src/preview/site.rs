//! What is being served: the last good files of each edition and the last problems.
//!
//! A [`View`] never changes; a build puts a new one in its place. Requests hold
//! the view they began with, so none ever sees half a build or waits for one.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::process;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::json;

use super::answer::locate;
use super::guard::Door;
use super::live::Hub;
use super::request;
use super::{Built, Edited, Files, Found, Problem, Snapshot};

/// Of more pages of an edition that changed at once nobody wants to be told, and of so many files.
const MAX_NEWS: usize = 5;
const MAX_COPIED: usize = 50;
/// Where pages are in an edition; its name follows.
const IN_EDITION: &str = "/__tier0/in/";
/// How long a request waits for an edition that nobody has looked at yet.
const PLANNING: Duration = Duration::from_secs(10);

/// One edition as it is served.
#[derive(Debug, Clone, Default)]
pub(super) struct Edition {
    pub(super) name: String,
    /// None until there have been some.
    pub(super) files: Option<Arc<dyn Files>>,
    /// See [`super::Edition::homes`].
    pub(super) homes: Vec<String>,
    /// Names the files: a page with another version is stale.
    pub(super) version: String,
    pub(super) failed: bool,
    /// Whether the files are older than the last build, which failed.
    pub(super) kept: bool,
    /// Whether there has been a good build yet.
    pub(super) built: bool,
}

impl Edition {
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.as_ref().is_some_and(|files| files.has(path))
    }

    pub(super) fn get(&self, path: &str) -> Found {
        self.files.as_ref().map_or(Found::Missing, |files| files.get(path))
    }
}

#[derive(Debug, Default)]
pub(super) struct View {
    /// The first one is at `/`. None until something could be built.
    pub(super) editions: Vec<Edition>,
    /// Names the build, also one that failed.
    pub(super) build: String,
    pub(super) failed: bool,
    pub(super) problems: Vec<Problem>,
    pub(super) total: usize,
}

impl View {
    /// The edition of this name.
    pub(super) fn edition(&self, name: &str) -> Option<&Edition> {
        self.editions.iter().find(|edition| edition.name == name)
    }

    /// The address of an edition's root.
    pub(super) fn root(&self, edition: &str) -> String {
        match self.editions.first() {
            Some(first) if first.name != edition => format!("/@{edition}/"),
            _ => "/".to_owned(),
        }
    }

    /// What open tabs are told; small, so that it fits into any socket's buffer.
    pub(super) fn state_json(&self, news: &News) -> String {
        let versions: BTreeMap<_, _> =
            self.editions.iter().map(|edition| (&edition.name, &edition.version)).collect();
        let edited = news.edited.iter().map(|(edition, page)| {
            let url = self.root(edition) + &page.url;
            json!({ "edition": edition, "url": url, "title": page.title })
        });
        json!({
            "versions": versions,
            "build": self.build,
            "failed": self.failed,
            "edited": edited.collect::<Vec<_>>(),
            "files": news.copied,
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
            "kept": named(|edition| edition.kept),
            "built": named(|edition| edition.built),
            "total": self.total,
            "problems": self.problems,
        })
        .to_string()
    }
}

#[derive(Debug)]
pub(super) struct Site {
    view: RwLock<Arc<View>>,
    /// Tells our versions from those of an earlier run on the same port.
    run: String,
    pub(super) door: Door,
    pub(super) hub: Hub,
}

impl Site {
    pub(super) fn new(door: Door) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let run = format!("{:x}.{:x}", process::id(), now.as_nanos());
        let view = View { build: format!("{run}.0"), ..View::default() };
        Self { view: RwLock::new(Arc::new(view)), run, door, hub: Hub::default() }
    }

    pub(super) fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The view to answer a request for a path from: where its edition is still to be planned, the
    /// one after that, if it does not take too long.
    pub(super) fn view_for(&self, path: &str) -> Arc<View> {
        let deadline = Instant::now() + PLANNING;
        // Who asks where a page is in an edition waits for that one.
        let named = path.strip_prefix(IN_EDITION).map(|rest| format!("/@{rest}"));
        let segments = request::segments(named.as_deref().unwrap_or(path));
        loop {
            let view = self.view();
            let edition = segments.as_ref().and_then(|segments| locate(segments, &view).0);
            let is_coming =
                edition.is_some_and(|edition| edition.files.is_none() && !edition.failed);
            if !is_coming || Instant::now() > deadline {
                return view;
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Shows a build and tells the open tabs.
    ///
    /// Called from one thread only, so between reading and replacing the view no
    /// other build can come.
    pub(super) fn publish(&self, snapshot: Snapshot) -> Built {
        let Snapshot { editions, problems, total, mut copied, .. } = snapshot;
        let old = self.view();
        let number = old.build.rsplit('.').next().and_then(|n| n.parse().ok());
        let mut build = format!("{}.{}", self.run, number.unwrap_or(0u64) + 1);
        let nothing = editions.is_empty();
        let mut news = News::default();
        let editions: Vec<Edition> = if nothing {
            let stays = |edition: &Edition| {
                let kept = edition.built;
                Edition { failed: true, kept, ..edition.clone() }
            };
            old.editions.iter().map(stays).collect()
        } else {
            // Pages name all editions, for the switch.
            let others = !editions.iter().map(|e| &e.name).eq(old.editions.iter().map(|e| &e.name));
            let update = |mut new: super::Edition| {
                let edited = mem::take(&mut new.edited).into_iter().take(MAX_NEWS);
                news.edited.extend(edited.map(|page| (new.name.clone(), page)));
                let (mut edition, is_new) = update(old.edition(&new.name), new);
                if is_new || others || edition.version.is_empty() {
                    edition.version.clone_from(&build);
                }
                edition
            };
            editions.into_iter().map(update).collect()
        };
        copied.truncate(MAX_COPIED);
        news.copied = copied;
        let state = |edition: &Edition| (edition.version.clone(), edition.failed, edition.kept);
        let same = editions.iter().map(state).eq(old.editions.iter().map(state));
        if same
            && old.problems == problems
            && old.total == total
            && news == News::default()
            && !nothing
        {
            // Late work has found nothing more to tell.
            build.clone_from(&old.build);
        }
        let named = |want: fn(&Edition) -> bool| {
            let names = editions.iter().filter(|edition| want(edition));
            names.map(|edition| edition.name.clone()).collect()
        };
        let kept = named(|edition| edition.kept);
        let empty = named(|edition| edition.failed && edition.files.is_none());
        let sources: BTreeSet<_> = news.edited.iter().map(|(_, page)| &page.source).collect();
        let edited = sources.into_iter().cloned().collect();
        let count = editions.len();
        let built =
            Built { editions: count, kept, empty, edited, problems: total, ..Built::default() };
        let failed = nothing || editions.iter().any(|edition| edition.failed);
        let view = Arc::new(View { editions, build, failed, problems, total });
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&view);
        if view.build != old.build {
            self.hub.send(&view.state_json(&news));
        }
        built
    }
}

/// What a build has seen to change.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct News {
    /// Pages, with the names of their editions.
    edited: Vec<(String, Edited)>,
    /// Files that are copied.
    copied: Vec<String>,
}

/// An edition after a build, and whether its files are others. Its version is empty when the first
/// good build is news although no file changed.
fn update(old: Option<&Edition>, new: super::Edition) -> (Edition, bool) {
    let none = Edition::default();
    let old = old.unwrap_or(&none);
    let super::Edition { name, files, homes, failed, .. } = new;
    let Some(files) = files else {
        let kept = failed && old.built;
        return (Edition { name, failed, kept, ..old.clone() }, false);
    };
    let is_new = !old.files.as_ref().is_some_and(|old| Arc::ptr_eq(old, &files));
    let is_first = !failed && !old.built;
    let version = if is_first { String::new() } else { old.version.clone() };
    let built = old.built || !failed;
    (Edition { name, files: Some(files), homes, version, failed, kept: false, built }, is_new)
}

/// Why the site has no page to give.
#[derive(Debug, Clone, Copy)]
pub(super) enum StandIn {
    Missing,
    NotBuilt,
    Broken,
}

/// A page for when the site has none to give, with its status.
pub(super) fn stand_in(what: StandIn, chinese: bool) -> (u16, String) {
    let (status, en, zh) = match what {
        StandIn::Missing => (
            404,
            ("Not found", "There is no page at this address."),
            ("找不到页面", "这个地址没有对应的页面。"),
        ),
        StandIn::NotBuilt => (
            503,
            ("Not built yet", "The site could not be built. This page reloads as soon as it can."),
            ("尚未构建成功", "站点构建失败。问题解决后，本页会自动刷新。"),
        ),
        StandIn::Broken => (
            500,
            (
                "This page cannot be made",
                "The list of problems says why. This page reloads as soon as it can.",
            ),
            ("无法生成这个页面", "原因见问题列表。问题解决后，本页会自动刷新。"),
        ),
    };
    let (language, (title, text)) = if chinese { ("zh-CN", zh) } else { ("en", en) };
    let page = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n<p>{text}</p>\n</body>\n</html>\n"
    );
    (status, page)
}
