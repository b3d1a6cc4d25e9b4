//! A folder that was not written for tier0: where its pages are, and what its own program says of them.
//!
//! 1. [`systems`] looks for the settings of programs. Only what stands in them as plain data or plain
//!    strings is read ([`settings`], [`script`]); nothing is run.
//! 2. What the program leaves out ([`patterns`]) is left out here, too, by the paths that are there.
//! 3. Without settings, the pages are in `docs/`, else in the folder itself.
//!
//! Which folder it is depends on names of files alone, so that it is the same for all editions.

mod above;
mod patterns;
mod script;
mod settings;
mod systems;

use std::path::{Component, Path, PathBuf};

use walkdir::WalkDir;

use super::links::leads_out;
use super::{Project, made, slashed};
use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic};
use crate::spanned::reader::Localized;
use patterns::Patterns;
use systems::{Finding, SYSTEMS};

/// The folder that holds pages where nothing says otherwise.
const USUAL: &str = "docs";

/// What is taken from a folder that was not written for tier0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Adopted {
    /// The folder with the pages, from the site folder.
    pub content: String,
    /// The program that it was written for, and the file that says so, from the site folder.
    pub system: Option<(&'static str, String)>,
    /// The name of the site.
    pub title: Option<String>,
    /// The language of its pages.
    pub language: Option<String>,
    /// What the program leaves out, from the content folder, by the key that says so.
    pub left_out: Vec<(&'static str, Vec<String>)>,
    /// Whether the program publishes the files of `static` as they are.
    pub has_static: bool,
}

/// What a build takes from a folder that was not written for tier0; none where its configuration or a
/// content folder says where the pages are. A site with readers of its own is never guessed at.
pub(super) fn find(
    project: &Project,
    config: &Config,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Adopted> {
    let content = project.site.join(&config.site.content);
    let has_own = config.languages.iter().any(|language| language.content.is_some());
    let is_there = std::fs::symlink_metadata(content).is_ok();
    if config.site.content_is_named || has_own || is_there || config.has_readers() {
        return None;
    }
    if let Some(file) = above::of_another_site(&project.site) {
        diagnostics.push(part_of_another_site(project, &file));
        return None;
    }
    let found = look(project, diagnostics)?;
    if found.content != "."
        && let Some(file) = above::handing_down_to(&project.site, &found.content)
    {
        diagnostics.push(part_of_another_site(project, &file));
        return None;
    }
    Some(found)
}

fn part_of_another_site(project: &Project, file: &Path) -> Diagnostic {
    let folder = slashed(&project.site).into();
    let file = file.display();
    Diagnostic::at(Code::UnclearRoles, &folder, 0..0).with_both(
        "reason",
        format!(
            "this folder is a part of another site, and `{file}` says who reads it; build that site"
        ),
        format!("这个文件夹是另一个站点的一部分，由 `{file}` 决定谁可以阅读；请构建那个站点"),
    )
}

/// What a configuration for a folder would say: a content folder stays one.
pub(crate) fn for_configuration(
    project: &Project,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Adopted> {
    if let Some(file) = above::of_another_site(&project.site) {
        diagnostics.push(part_of_another_site(project, &file));
        return None;
    }
    let content = Config::default().site.content;
    let mut looking = Looking { project, diagnostics };
    if !looking.holds_pages(&content) {
        return look(project, diagnostics);
    }
    let program = looking.of_program("").filter(|adopted| adopted.content == content);
    Some(program.unwrap_or_else(|| Adopted::plain(&content)))
}

fn look(project: &Project, diagnostics: &mut Vec<Diagnostic>) -> Option<Adopted> {
    let mut looking = Looking { project, diagnostics };
    let has_docs = looking.holds_pages(USUAL);
    let usual = || has_docs.then(|| Adopted::plain(USUAL));
    looking
        .of_program("")
        .or_else(|| looking.of_the_folder_above())
        .or_else(|| looking.of_program(USUAL))
        .or_else(usual)
        .or_else(|| looking.of_one_folder())
        .or_else(|| looking.of_the_folder_itself())
}

impl Adopted {
    fn plain(content: &str) -> Self {
        Adopted {
            content: content.to_owned(),
            system: None,
            title: None,
            language: None,
            left_out: Vec::new(),
            has_static: false,
        }
    }

    /// The configuration with what was taken. A file of the site's owner keeps its word on all that it
    /// might speak of.
    pub(super) fn apply(&self, config: &Config, has_file: bool) -> Config {
        let mut config = config.clone();
        config.site.content.clone_from(&self.content);
        let excluded = self.left_out.iter().flat_map(|(_, paths)| paths);
        config.site.exclude.extend(excluded.cloned());
        if !has_file {
            config.site.output_is_here = true;
            config.site.copies_static = self.has_static;
            if let Some(title) = &self.title {
                config.site.title = Localized::same(title);
                config.site.title_is_named = true;
            }
            if let Some(language) = &self.language {
                config.speak(language);
            }
        }
        config
    }
}

/// Looking for pages in a project.
struct Looking<'a> {
    project: &'a Project,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Looking<'_> {
    /// What the settings in a folder of the project say.
    fn of_program(&mut self, place: &str) -> Option<Adopted> {
        let folder = self.project.site.join(place);
        if leads_out(self.project, &self.project.site, place) {
            return None;
        }
        SYSTEMS.iter().find_map(|look| match look(&folder)? {
            Ok(finding) => self.adopted(place, finding),
            Err((file, unread)) => {
                self.report(&below(place, &file), unread);
                None
            }
        })
    }

    /// The folder that a program names, if it holds pages.
    fn adopted(&mut self, place: &str, finding: Finding) -> Option<Adopted> {
        let said_in = below(place, &finding.said_in);
        let Some(content) = inside(&below(place, &finding.folder)) else {
            let folder = &finding.folder;
            self.report(
                &said_in,
                (
                    format!("the pages are in `{folder}`, which is outside of this folder"),
                    format!("页面在 `{folder}`，位于这个文件夹之外"),
                ),
            );
            return None;
        };
        if !self.holds_pages(&content) {
            if finding.is_named {
                self.report(
                    &said_in,
                    (
                        format!("the pages are in `{content}`, and there are none"),
                        format!("页面应在 `{content}`，但那里没有页面"),
                    ),
                );
            }
            return None;
        }
        for unread in finding.unread {
            self.report(&said_in, unread);
        }
        let root = self.project.site.join(&content);
        let left_out = finding.left_out.into_iter();
        let site = self.project.site.canonicalize().unwrap_or_default();
        let left_out = left_out.map(|(key, patterns)| (key, left_out_of(&root, &site, &patterns)));
        Some(Adopted {
            content,
            system: Some((finding.system, said_in)),
            title: finding.title,
            language: finding.language.and_then(|language| config::language_code(&language)),
            left_out: left_out.filter(|(_, paths)| !paths.is_empty()).collect(),
            has_static: finding.has_static && place.is_empty(),
        })
    }

    /// What the settings in the folder above say, if they name this one.
    fn of_the_folder_above(&mut self) -> Option<Adopted> {
        let real = self.project.site.canonicalize().ok()?;
        let above = real.parent()?;
        let is_this = |finding: &Finding| {
            let named = inside(&finding.folder).filter(|folder| folder != ".");
            named.is_some_and(|folder| above.join(folder) == real)
        };
        let found = SYSTEMS.iter().filter_map(|look| look(above)?.ok());
        let finding = found.into_iter().find(is_this)?;
        let said_in = below("..", &finding.said_in);
        self.adopted("", Finding { said_in, folder: ".".to_owned(), ..finding })
    }

    /// What the settings in the only folder that has some say, where no pages lie beside it but those
    /// of a repository: `README.md`, `CHANGELOG.md`.
    fn of_one_folder(&mut self) -> Option<Adopted> {
        let beside = WalkDir::new(&self.project.site).min_depth(1).max_depth(1).into_iter();
        let mut beside = beside.filter_map(Result::ok).filter(|entry| is_page(entry.path()));
        if beside.any(|entry| !is_of_repository(entry.path())) {
            return None;
        }
        let folders = WalkDir::new(&self.project.site).min_depth(1).max_depth(1);
        let folders = folders.sort_by_file_name().into_iter().filter_map(Result::ok);
        let folders =
            folders.filter(|entry| entry.file_type().is_dir() && !is_no_part(entry.path()));
        let names = folders.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let with_settings: Vec<String> = names
            .filter(|name| {
                let folder = self.project.site.join(name);
                SYSTEMS.iter().any(|look| {
                    let finding = look(&folder).and_then(Result::ok);
                    finding.is_some_and(|finding| !["wiki", "Obsidian"].contains(&finding.system))
                })
            })
            .collect();
        match with_settings.as_slice() {
            [one] => self.of_program(one),
            _ => None,
        }
    }

    /// The folder itself, unless it is that of a whole disk or of everything that somebody has.
    fn of_the_folder_itself(&self) -> Option<Adopted> {
        let real = self.project.site.canonicalize().ok()?;
        let home =
            std::env::var_os("HOME").and_then(|home| PathBuf::from(home).canonicalize().ok());
        let is_all = real.parent().is_none() || home.is_some_and(|home| home.starts_with(&real));
        (!is_all && self.holds_pages(".")).then(|| Adopted::plain("."))
    }

    /// Whether a folder of the project holds what could be a page.
    fn holds_pages(&self, folder: &str) -> bool {
        let root = self.project.site.join(folder);
        !leads_out(self.project, &self.project.site, folder)
            && root.is_dir()
            && entries(&root).any(|entry| entry.file_type().is_file() && is_page(entry.path()))
    }

    fn report(&mut self, file: &str, (en, zh): settings::Unread) {
        let problem = Diagnostic::at(Code::SettingsUnread, &file.into(), 0..0);
        self.diagnostics.push(problem.with_both("reason", en, zh));
    }
}

/// What a folder holds, without what is never read.
fn entries(root: &Path) -> impl Iterator<Item = walkdir::DirEntry> {
    let walk = WalkDir::new(root).sort_by_file_name().into_iter();
    let walk = walk.filter_entry(|entry| entry.depth() == 0 || !is_no_part(entry.path()));
    walk.filter_map(Result::ok)
}

fn is_no_part(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
        || path.is_dir() && made::is_made(path)
}

/// Whether the name of a file is one that repositories have for their own sake.
fn is_of_repository(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    !stem.chars().any(char::is_lowercase)
}

/// Whether a file is a page here, or of the program.
fn is_page(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    super::is_markdown(&ending) || ending.eq_ignore_ascii_case("mdx")
}

/// Files and whole folders that patterns leave out, also behind links, as long as those stay in the site.
fn left_out_of(root: &Path, site: &Path, patterns: &Patterns) -> Vec<String> {
    let mut left_out: Vec<String> = Vec::new();
    let walk = WalkDir::new(root).min_depth(1).follow_links(true);
    let mut walk = walk.sort_by_file_name().into_iter();
    while let Some(entry) = walk.next() {
        let Ok(entry) = entry else { continue };
        let is_folder = entry.file_type().is_dir();
        let leads_out = || !entry.path().canonicalize().is_ok_and(|real| real.starts_with(site));
        if is_no_part(entry.path()) || entry.path_is_symlink() && leads_out() {
            if is_folder {
                walk.skip_current_dir();
            }
            continue;
        }
        let path = slashed(entry.path().strip_prefix(root).unwrap_or(entry.path()));
        let is_left_out = patterns.leave_out(&path, is_folder);
        if is_folder && is_left_out && patterns.takes_nothing_back() {
            left_out.push(path);
            walk.skip_current_dir();
        } else if !is_folder && is_left_out {
            left_out.push(path);
        }
    }
    left_out
}

fn below(place: &str, path: &str) -> String {
    if place.is_empty() { path.to_owned() } else { format!("{place}/{path}") }
}

/// A path from the site folder without detours; none if it leaves it.
fn inside(path: &str) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in Path::new(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                parts.pop()?;
            }
            Component::Normal(name) => parts.push(name.to_string_lossy().into_owned()),
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
}
