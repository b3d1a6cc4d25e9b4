//! What stands above a folder: parts of a site are not built without what says who reads them.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::config;
use crate::source::{LARGEST_HEAD, may_have_head};
use crate::source::{is_markdown, regular};

/// The file above a folder that makes it a part of another site: a configuration whose content holds
/// it, or the page of a folder that hands down its readers.
pub(super) fn of_another_site(site: &Path) -> Option<PathBuf> {
    let real = site.canonicalize().ok()?;
    real.ancestors().skip(1).find_map(|folder| {
        let config = folder.join("tier0.toml");
        holds(&config, &real).then_some(config).or_else(|| handing_down(folder))
    })
}

/// The page that hands down readers in a folder or between it and a folder in it.
pub(super) fn handing_down_to(site: &Path, content: &str) -> Option<PathBuf> {
    let parts = Path::new(content).components().count();
    site.join(content).ancestors().skip(1).take(parts).find_map(handing_down)
}

/// Whether the content of a configuration holds a folder.
fn holds(config: &Path, real: &Path) -> bool {
    let Ok(bytes) = regular::read(config, regular::LARGEST_CONFIG) else { return false };
    let (read, _) = config::read(&"tier0.toml".into(), &String::from_utf8_lossy(&bytes));
    let own = read.languages.iter().filter_map(|language| language.content.as_deref());
    let mut folders = own.chain([read.site.content.as_str()]);
    let site = config.parent().unwrap_or(Path::new("."));
    folders.any(|folder| site.join(folder).canonicalize().is_ok_and(|root| real.starts_with(root)))
}

/// The page of a folder that has a cascade.
fn handing_down(folder: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
    let mut pages: Vec<PathBuf> =
        entries.map(|entry| entry.path()).filter(|path| is_index(path)).collect();
    pages.sort();
    pages.into_iter().find(|page| {
        let mut head = Vec::new();
        let read = regular::open(page)
            .and_then(|file| file.take(LARGEST_HEAD as u64).read_to_end(&mut head));
        let text = String::from_utf8_lossy(&head);
        let is_cascade =
            |line: &str| line.trim_start_matches(['[', '"', '\'']).starts_with("cascade");
        // What cannot be read may say so.
        read.is_err() || may_have_head(&head) && text.lines().any(is_cascade)
    })
}

fn is_index(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let stem = name.split('.').next().unwrap_or_default();
    let is_name =
        ["index", "_index", "readme", "home"].iter().any(|known| known.eq_ignore_ascii_case(stem));
    is_name && is_markdown(&ending)
}
