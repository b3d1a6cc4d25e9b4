//! Styles and scripts of the theme outlive their build by one: a page that a reader got just before a
//! publish asks for those of its own build just after it. Nothing else does. Pages, images and parts of
//! the search may hold what has been withdrawn.

use std::path::{Path, PathBuf};

use super::Body;
use super::marker::{self, Manifest};

/// Whether a file that is put is a style or a script under a name that changes with its bytes. Files
/// that are copied never are: they belong to the site's owner.
pub(super) fn is_lasting(path: &str, body: Body<'_>) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let mut parts = name.rsplit('.');
    let is_kind = matches!(parts.next(), Some("css" | "js"));
    let is_hash = parts
        .next()
        .is_some_and(|hash| hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    matches!(body, Body::Bytes(_)) && path.starts_with("assets/") && is_kind && is_hash
}

/// Lasting files of the build that is live, by their site paths. Those that it has kept itself are
/// not among them.
pub(super) fn files(live: &Path, marker: &Manifest) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from("assets")];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(live.join(&folder)).into_iter().flatten().flatten();
        for entry in entries {
            let path = folder.join(entry.file_name());
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(kind) if kind.is_file() => {
                    let Some(path) = path.to_str() else { continue };
                    if marker.lasts(marker::fingerprint(path.as_bytes())) {
                        found.push((path.to_owned(), entry.path()));
                    }
                }
                _ => {}
            }
        }
    }
    found.sort();
    found
}
