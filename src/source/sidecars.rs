//! Files beside pages that hold data about them in other systems: `a.yml`, `_category_.json`, `.meta.yml`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Names of such files, whatever the pages are called.
const OF_FOLDERS: [&str; 6] = ["meta", "metadata", "frontmatter", "front-matter", "pages", "nav"];

/// Pages and folders, without endings.
pub(super) struct Names(BTreeSet<PathBuf>);

impl Names {
    /// Those of some files: the pages among them, and the folders they all lie in.
    pub(super) fn of<'p>(files: impl Iterator<Item = &'p Path>) -> Self {
        let mut names = BTreeSet::new();
        for file in files {
            let ending = file.extension().unwrap_or_default().to_string_lossy();
            if super::is_markdown(&ending) {
                names.insert(bare(file));
            }
            names.extend(file.parent().map(Path::to_path_buf));
        }
        Names(names)
    }

    /// Whether a file holds data about a page or a folder, by its name.
    pub(super) fn is_sidecar(&self, file: &Path) -> bool {
        let bare = bare(file);
        let name = bare.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        let folder = file.parent().and_then(Path::file_name);
        is_data(file)
            && (name.starts_with(['_', '.'])
                || OF_FOLDERS.contains(&&*name)
                || folder == bare.file_name()
                || self.0.contains(&bare))
    }
}

/// Whether a file is one of data.
pub(super) fn is_data(file: &Path) -> bool {
    let ending = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    ["yml", "yaml", "json", "toml"].contains(&&*ending)
}

/// A path without all the endings of its file: `x/a` of `x/a.zh.md`.
fn bare(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let end = name.char_indices().skip(1).find(|(_, c)| *c == '.').map_or(name.len(), |(at, _)| at);
    file.with_file_name(&name[..end])
}
