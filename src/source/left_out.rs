//! Heads of markdown files that `exclude` leaves out.
//!
//! Nothing of them is published. But a page that stays may be the translation of one, or lie in its
//! folder, and must not become more open by the absence of what says who reads it.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::head::{LARGEST_HEAD, may_have_head};
use super::{Project, SourceFile, is_markdown, links, regular, slashed};
use crate::config::Config;

/// The files with a head, in the order of their paths.
pub(super) fn heads(project: &Project, config: &Config) -> Vec<SourceFile> {
    let own = config.languages.iter().filter_map(|language| {
        let folder = language.content.as_deref()?;
        Some((Some(language.code.as_str()), folder))
    });
    let trees = own.chain([(None, config.site.content.as_str())]);
    let mut files = Vec::new();
    for (language, folder) in trees {
        let root = project.site.join(folder);
        let Ok(real_root) = root.canonicalize() else { continue };
        if links::leads_out(project, &project.site, folder) {
            continue;
        }
        // What lies behind a link is no part of the folder.
        let is_inside =
            |place: &PathBuf| place.canonicalize().is_ok_and(|real| real.starts_with(&real_root));
        let places = config.site.exclude.iter().map(|excluded| root.join(excluded));
        for place in places.filter(is_inside) {
            let found = WalkDir::new(place).follow_root_links(false).sort_by_file_name();
            let found = found.into_iter().filter_map(Result::ok);
            let found = found.filter(|entry| entry.file_type().is_file());
            files.extend(found.filter_map(|entry| head(project, &root, language, entry.path())));
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|a, b| a.path == b.path);
    files
}

fn head(project: &Project, root: &Path, language: Option<&str>, disk: &Path) -> Option<SourceFile> {
    is_markdown(&disk.extension()?.to_string_lossy()).then_some(())?;
    let mut bytes = Vec::new();
    regular::open(disk).ok()?.take(LARGEST_HEAD as u64).read_to_end(&mut bytes).ok()?;
    may_have_head(&bytes).then(|| SourceFile {
        path: slashed(disk.strip_prefix(&project.site).unwrap_or(disk)).into(),
        content_path: slashed(disk.strip_prefix(root).unwrap_or(disk)).into(),
        tree_language: language.map(str::to_owned),
        origin: None,
        text: String::from_utf8_lossy(&bytes).into(),
        invalid_utf8: None,
    })
}
