//! The static folder: what may be one, and its files.
//!
//! Every file in it is published, so it must be a folder of its own: one that holds the project, the
//! articles or another edition would publish them.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::links::NoContent;
use super::walk::{Walk, below, content_folders, is_source};
use super::{Project, slashed};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};

/// How many hidden files are named.
const MOST_NAMED: usize = 5;

/// What the static folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct StaticFiles {
    /// Its files by site path.
    pub disk: BTreeMap<String, PathBuf>,
    /// The content paths of those that are links into a content folder, by site path.
    pub origins: BTreeMap<String, String>,
}

/// Lists the static folder.
pub(super) fn files(
    project: &Project,
    config: &Config,
    config_path: &Arc<str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> StaticFiles {
    if !config.site.copies_static {
        return StaticFiles::default();
    }
    let root = project.base().join(&config.site.static_folder);
    if !stands_alone(&root, project, config) {
        diagnostics.push(refused(config, config_path));
        return StaticFiles::default();
    }
    if !root.is_dir() {
        return StaticFiles::default();
    }
    // Sources of articles are not files to copy, however a link leads to them. Nor are other
    // editions.
    let contents = content_folders(project, config);
    let made = [project.output(config), project.base().join("themes")];
    let made = made.iter().filter_map(|folder| folder.canonicalize().ok());
    let skip: Vec<_> = contents.iter().cloned().chain(made).collect();
    let real_root = root.canonicalize().ok();
    let mut walk = Walk {
        project,
        root: &root,
        skip: &skip,
        exclude: &[],
        no_content: &NoContent::of(project, config),
        are_files_optional: false,
        for_servers: true,
        hidden: Vec::new(),
        diagnostics,
    };
    let mut files = StaticFiles::default();
    for (entry, behind) in walk.files() {
        let is_own =
            |file: &Path| real_root.as_ref().is_some_and(|folder| file.starts_with(folder));
        if behind.as_ref().is_some_and(|file| !is_own(file) && is_source(file, &contents)) {
            walk.report_article(entry.path());
        } else if let Ok(relative) = entry.path().strip_prefix(&root) {
            let path = slashed(relative);
            if let Some(origin) = behind.as_ref().and_then(|file| below(file, &contents)) {
                files.origins.insert(path.clone(), origin);
            }
            files.disk.insert(path, entry.into_path());
        }
    }
    let mut hidden = std::mem::take(&mut walk.hidden);
    hidden.retain(|name| !is_of_a_tool(name));
    if !hidden.is_empty() {
        diagnostics.push(left_out(&hidden, config));
    }
    files
}

/// Whether a folder lies inside the project, and neither holds nor lies in anything that the site is
/// made from or that it makes. What holds the whole project, as `content = "."` does, is no matter.
fn stands_alone(root: &Path, project: &Project, config: &Config) -> bool {
    let folder = real(root);
    let base = real(project.base());
    let is_inside = |outer: &Path| folder != outer && folder.starts_with(outer);
    let others = content_folders(project, config).into_iter().chain([
        real(&project.site.join(&config.site.content)),
        real(&project.output(config)),
        real(&project.base().join("themes")),
    ]);
    let is_apart = |other: PathBuf| {
        !other.starts_with(&folder) && (!folder.starts_with(&other) || base.starts_with(&other))
    };
    (is_inside(&base) || is_inside(&real(&project.site)))
        && others.into_iter().all(is_apart)
        && !real(&project.config).starts_with(&folder)
}

fn refused(config: &Config, config_path: &Arc<str>) -> Diagnostic {
    Diagnostic::at(Code::InvalidValue, config_path, config.site.static_span.clone())
        .with("key", "static")
        .with("value", &config.site.static_folder)
        .with_both(
            "allowed",
            "a folder inside the project that holds nothing but static files, such as `static`: it must not hold or lie in the articles, `themes`, the output or the configuration, nor be a link to them",
            "项目内一个只放静态文件的文件夹，例如 `static`：它不能包含文章、`themes`、输出目录或配置文件，也不能位于其中，更不能是指向它们的链接",
        )
}

fn left_out(hidden: &[String], config: &Config) -> Diagnostic {
    let folder: Arc<str> = config.site.static_folder.as_str().into();
    let named: Vec<_> = hidden.iter().take(MOST_NAMED).map(|name| format!("`{name}`")).collect();
    let more = if hidden.len() > MOST_NAMED { ", …" } else { "" };
    Diagnostic::at(Code::HiddenFiles, &folder, 0..0)
        .with("files", format!("{}{more}", named.join(", ")))
}

/// Whether a hidden file is one that editors, systems and version control make by themselves:
/// nobody meant to publish it.
fn is_of_a_tool(path: &str) -> bool {
    let mut parts = path.split('/').filter(|part| part.starts_with('.'));
    let name = parts.next().unwrap_or_default();
    let known = [
        ".git",
        ".gitignore",
        ".gitkeep",
        ".keep",
        ".gitattributes",
        ".hg",
        ".svn",
        ".DS_Store",
        ".directory",
        ".idea",
        ".vscode",
        ".editorconfig",
        ".Trashes",
        ".Spotlight-V100",
    ];
    known.contains(&name)
        || [".#", "._", ".~", ".nfs"].iter().any(|start| name.starts_with(start))
        || [".swp", ".swo", ".swn", ".swx", "~"].iter().any(|end| name.ends_with(end))
}

/// The path without links and `..`; its last parts need not exist.
fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut real = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                real.pop();
            }
            other => {
                real.push(other);
                if let Ok(found) = real.canonicalize() {
                    real = found;
                }
            }
        }
    }
    real
}
