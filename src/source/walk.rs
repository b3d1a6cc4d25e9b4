//! Lists files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::links::{self, NoContent};
use super::others::Others;
use super::regular::not_regular;
use super::{ContentFile, ContentFiles, Project, cannot_read, made, sidecars, slashed};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};

/// A markdown file that was found.
pub(super) struct MarkdownFile {
    pub path: Arc<str>,
    pub content_path: String,
    pub tree_language: Option<String>,
    pub disk: PathBuf,
    /// Its real path.
    pub place: PathBuf,
    /// The content path of the file that a link led to.
    pub origin: Option<String>,
}

/// What the content folders hold.
#[derive(Default)]
pub(super) struct Content {
    pub markdown: Vec<MarkdownFile>,
    pub files: ContentFiles,
    /// Files that have the name of a folder's page, and another ending, and data about pages.
    pub near_pages: Vec<ContentFile>,
}

/// Walks the main content folder and those of languages that have their own.
pub(super) fn content(
    project: &Project,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Content {
    let mut content = Content::default();
    let trees = std::iter::once((None, config.site.content.as_str())).chain(
        config.languages.iter().filter_map(|l| Some((Some(l.code.clone()), l.content.as_deref()?))),
    );
    let mut others = Others::default();
    let not_content = other_folders(project, config);
    let no_content = NoContent::of(project, config);
    let sources = content_folders(project, config);
    for (tree_language, folder) in trees {
        if links::leads_out(project, &project.site, folder) {
            diagnostics.push(links::outside(folder));
            continue;
        }
        let root = project.site.join(folder);
        let exclude = &config.site.exclude;
        let mut walk = Walk {
            project,
            root: &root,
            skip: &not_content,
            exclude,
            no_content: &no_content,
            are_files_optional: true,
            for_servers: false,
            hidden: Vec::new(),
            diagnostics,
        };
        let real_root = root.canonicalize().ok();
        let found = walk.files();
        let names = sidecars::Names::of(found.iter().map(|(entry, _)| entry.path()));
        content.near_pages.extend(walk.hidden_data());
        for (entry, real) in found {
            let disk = entry.into_path();
            let Ok(relative) = disk.strip_prefix(&root) else {
                continue;
            };
            let content_path = slashed(relative);
            let path: Arc<str> = slashed(disk.strip_prefix(&project.site).unwrap_or(&disk)).into();
            if is_markdown(&disk) {
                let tree_language = tree_language.clone();
                let origin = real.as_ref().and_then(|real| below(real, &sources));
                let inside = || Some(real_root.as_ref()?.join(relative));
                let place = real.or_else(inside).unwrap_or_else(|| disk.clone());
                let found = MarkdownFile { path, content_path, tree_language, disk, place, origin };
                content.markdown.push(found);
            } else if real.as_ref().is_some_and(|real| is_source(real, &sources)) {
                walk.report_article(&disk);
            } else {
                let origin = real.as_ref().and_then(|real| below(real, &sources));
                let key = (tree_language.clone().unwrap_or_default(), content_path);
                let file = ContentFile { path, disk, origin };
                if is_near_page(&file.path) || names.is_sidecar(&file.disk) {
                    content.near_pages.push(file.clone());
                }
                others.note(&file.path, config.site.output_is_here);
                content.files.insert(key, file);
            }
        }
    }
    diagnostics.extend(others.problem());
    if content.markdown.is_empty() {
        let root = project.site.join(&config.site.content);
        diagnostics
            .push(Diagnostic::general(Code::NoContent).with("target", root.display().to_string()));
    }
    content
}

/// The path of a real file below the first of these folders that holds it.
pub(super) fn below(real: &Path, folders: &[PathBuf]) -> Option<String> {
    folders.iter().find_map(|folder| real.strip_prefix(folder).ok()).map(slashed)
}

/// Whether a real file is the source of an article.
pub(super) fn is_source(real: &Path, contents: &[PathBuf]) -> bool {
    is_markdown(real) && below(real, contents).is_some()
}

/// Real paths of the folders that articles come from.
pub(super) fn content_folders(project: &Project, config: &Config) -> Vec<PathBuf> {
    let languages = config.languages.iter().filter_map(|language| language.content.as_deref());
    let folders = languages.chain([config.site.content.as_str()]);
    folders.filter_map(|folder| project.site.join(folder).canonicalize().ok()).collect()
}

/// Folders that may lie inside a content folder of `.` without being content.
fn other_folders(project: &Project, config: &Config) -> Vec<PathBuf> {
    let base = project.base();
    let mut folders = vec![project.output(config)];
    // A folder that was not written for tier0 is the same wherever it is built.
    folders.push(match config.site.output_is_here {
        true => base.join(&config.site.output),
        false => base.join("themes"),
    });
    if config.site.copies_static {
        folders.push(base.join(&config.site.static_folder));
    }
    folders.extend(
        config.languages.iter().filter_map(|l| Some(project.site.join(l.content.as_deref()?))),
    );
    folders.iter().filter_map(|folder| folder.canonicalize().ok()).collect()
}

/// Whether a path is a file, and no link to one.
fn is_plain_file(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|data| data.is_file())
}

fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|ending| super::is_markdown(&ending.to_string_lossy()))
}

/// Whether a file has the name of a page that opens its folder.
fn is_near_page(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let name = name.split('.').next().unwrap_or_default().trim();
    ["index", "_index", "readme"].iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Names at the top of the static folder that begin with a dot and are published: servers and
/// programs ask for them.
const FOR_SERVERS: [&str; 2] = [".well-known", ".nojekyll"];

/// One walk through one folder.
pub(super) struct Walk<'a> {
    pub project: &'a Project,
    pub root: &'a Path,
    /// Real paths of folders to pass over.
    pub skip: &'a [PathBuf],
    /// Paths below the root to pass over.
    pub exclude: &'a [String],
    /// Where no link may lead.
    pub no_content: &'a NoContent,
    /// Whether only articles are published as such, and other files where pages use them.
    pub are_files_optional: bool,
    /// Whether [`FOR_SERVERS`] count. Other names that begin with a dot never do.
    pub for_servers: bool,
    /// What was passed over for its name, or for that of what a link leads to.
    pub hidden: Vec<String>,
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

impl Walk<'_> {
    /// All files, in the order of their names, so that nothing depends on the disk's own order.
    /// Links are followed as long as they stay inside the site; a file that is or lies behind one
    /// comes with its real path.
    pub(super) fn files(&mut self) -> Vec<(DirEntry, Option<PathBuf>)> {
        let mut files = Vec::new();
        // Depths of the linked folders that the walk is in.
        let mut links: Vec<usize> = Vec::new();
        let real_root = self.root.canonicalize().ok();
        let mut walk = WalkDir::new(self.root).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) => {
                    let is_folder = entry.file_type().is_dir();
                    links.retain(|depth| *depth < entry.depth());
                    if self.allows(&entry, real_root.as_deref()) {
                        let is_link = entry.depth() > 0 && entry.path_is_symlink();
                        let is_behind = is_link || !links.is_empty();
                        let real = is_behind.then(|| entry.path().canonicalize().ok()).flatten();
                        if real.as_ref().is_some_and(|real| self.no_content.holds(real)) {
                            self.report_no_content(entry.path());
                            if is_folder {
                                walk.skip_current_dir();
                            }
                        } else if is_folder && Self::is_made(&entry, is_behind) {
                            walk.skip_current_dir();
                        } else if is_folder {
                            links.extend(is_link.then_some(entry.depth()));
                        } else if real.as_ref().is_some_and(|real| self.is_hidden(real)) {
                            self.note_hidden(entry.path());
                        } else {
                            files.push((entry, real));
                        }
                    } else if is_folder {
                        walk.skip_current_dir();
                    }
                }
                // A missing folder is reported once, as "no content".
                Err(error) if error.depth() == 0 => {}
                Err(error) if error.path().is_some_and(|path| self.is_nobodys_link(path)) => {}
                Err(error) => {
                    let path =
                        error.path().map(|path| path.display().to_string()).unwrap_or_default();
                    let error = std::io::Error::from(error);
                    self.diagnostics.push(cannot_read(&path, &error));
                }
            }
        }
        files
    }

    /// Whether a folder inside the root is filled by a program. What a link leads to is looked at by
    /// those who judge links.
    fn is_made(entry: &DirEntry, is_behind: bool) -> bool {
        entry.depth() > 0 && !is_behind && made::is_made(entry.path())
    }

    /// Whether an entry belongs to the site. A folder that does not is not entered: what lies
    /// behind a link to elsewhere can be a whole disk.
    fn allows(&mut self, entry: &DirEntry, real_root: Option<&Path>) -> bool {
        if entry.depth() == 0 {
            return true;
        }
        let kind = entry.file_type();
        let name = entry.file_name().to_string_lossy();
        let is_for_servers =
            self.for_servers && entry.depth() == 1 && FOR_SERVERS.contains(&&*name);
        if name.starts_with('.') && !is_for_servers {
            self.note_hidden(entry.path());
            return false;
        }
        if self.is_excluded(entry.path()) {
            return false;
        }
        if !(kind.is_dir() || kind.is_file()) {
            let shown = self.shown(entry.path());
            self.diagnostics.push(cannot_read(&shown, &not_regular()));
            return false;
        }
        if entry.path_is_symlink() && !self.is_inside(entry.path()) {
            self.report(entry.path());
            return false;
        }
        let is_other = |real: PathBuf| Some(&*real) != real_root && self.skip.contains(&real);
        !kind.is_dir() || self.skip.is_empty() || !entry.path().canonicalize().is_ok_and(is_other)
    }

    /// Whether a link leads nowhere and nothing is lost by that: editors make some with a dot, what is
    /// excluded is not looked for, and a file that is no article is reported by the pages that use it.
    /// A name without an ending may be that of a folder with articles.
    fn is_nobodys_link(&self, path: &Path) -> bool {
        let is_dangling = path.is_symlink() && !path.exists();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_unused = self.are_files_optional && path.extension().is_some() && !is_markdown(path);
        let is_for_servers = self.for_servers && FOR_SERVERS.contains(&&*name);
        let is_hidden = name.starts_with('.') && !is_for_servers;
        is_hidden || self.is_excluded(path) || is_dangling && is_unused
    }

    /// Hidden files of data: in other systems, those may be about pages.
    fn hidden_data(&self) -> Vec<ContentFile> {
        let hidden = self.hidden.iter().map(|path| self.root.join(path));
        let hidden = hidden.filter(|disk| sidecars::is_data(disk) && is_plain_file(disk));
        hidden.map(|disk| ContentFile { path: self.shown(&disk), disk, origin: None }).collect()
    }

    /// Whether a real file, or a folder of the site around it, has a name that begins with a dot.
    fn is_hidden(&self, real: &Path) -> bool {
        let folders = [self.project.site.as_path(), self.project.base()];
        let mut folders = folders.into_iter().filter_map(|folder| folder.canonicalize().ok());
        let inside = folders.find_map(|folder| real.strip_prefix(folder).ok().map(slashed));
        let is_for_servers = |name: &str| self.for_servers && FOR_SERVERS.contains(&name);
        inside.is_some_and(|path| {
            path.split('/').any(|name| name.starts_with('.') && !is_for_servers(name))
        })
    }

    fn note_hidden(&mut self, path: &Path) {
        self.hidden.extend(path.strip_prefix(self.root).ok().map(slashed));
    }

    fn is_excluded(&self, path: &Path) -> bool {
        let relative = path.strip_prefix(self.root).map(slashed).unwrap_or_default();
        self.exclude.iter().any(|excluded| is_below(&relative, excluded))
    }

    /// Whether a link leads to a place inside the site.
    fn is_inside(&self, link: &Path) -> bool {
        let allowed = [self.project.site.as_path(), self.root, self.project.base()];
        link.canonicalize().is_ok_and(|real| {
            allowed
                .iter()
                .filter_map(|folder| folder.canonicalize().ok())
                .any(|folder| real.starts_with(folder))
        })
    }

    fn report(&mut self, link: &Path) {
        let shown = self.shown(link);
        self.diagnostics.push(
            Diagnostic::at(Code::OutsideSite, &shown, 0..0).with("target", shown.to_string()),
        );
    }

    /// A link by which an article would be copied as it is, whoever it is for.
    pub(super) fn report_article(&mut self, link: &Path) {
        self.report_unclear(
            link,
            "a symbolic link would publish the source of an article as a file",
            "符号链接会把文章的源文件当作普通文件发布",
        );
    }

    fn report_no_content(&mut self, link: &Path) {
        self.report_unclear(
            link,
            "a symbolic link leads to the configuration, to a site that was built, or to what `exclude` leaves out",
            "符号链接指向配置文件、已生成的站点，或 `exclude` 排除的内容",
        );
    }

    fn report_unclear(&mut self, link: &Path, en: &'static str, zh: &'static str) {
        let shown = self.shown(link);
        let problem = Diagnostic::at(Code::UnclearRoles, &shown, 0..0);
        self.diagnostics.push(problem.with_both("reason", en, zh));
    }

    fn shown(&self, link: &Path) -> Arc<str> {
        let below = |folder: &Path| link.strip_prefix(folder).ok().map(slashed);
        let shown = below(&self.project.site).or_else(|| below(self.project.base()));
        shown.unwrap_or_else(|| slashed(link)).into()
    }
}
