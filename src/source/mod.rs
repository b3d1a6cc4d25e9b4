//! Finds and reads what a site is made of. Nothing else reads the site's files.
//!
//! 1. [`project`] settles which folders and which configuration file are meant.
//! 2. [`adopted`] finds the pages of a folder that was not written for tier0.
//! 3. [`walk`] lists content, static and theme files, in the order of their names.
//! 4. [`reader`] reads markdown in parallel, and again only what has changed; other files are only
//!    listed, and read when a page needs them.

#![allow(clippy::disallowed_methods, reason = "this is the edge that reads the disk")]

mod adopted;
mod head;
mod left_out;
mod lender;
mod links;
mod made;
mod others;
mod project;
mod reader;
mod regular;
mod sidecars;
mod static_folder;
pub(crate) mod theme;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Place, Texts};
pub(crate) use adopted::{Adopted, for_configuration};
pub(crate) use head::{LARGEST_HEAD, may_have_head};
pub(crate) use lender::Lender;
pub(crate) use made::made_below;
pub use project::Project;
pub use reader::Changed;
pub(crate) use reader::ProjectReader;
pub(crate) use regular::open;
pub(crate) use theme::ThemeFiles;

/// One markdown file, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceFile {
    /// Path relative to the site folder, `/`-separated.
    pub path: Arc<str>,
    /// Path relative to its content folder.
    pub content_path: Arc<str>,
    /// The language whose own content folder it lies in.
    pub tree_language: Option<String>,
    /// The content path of the file that a link led to.
    pub origin: Option<Arc<str>>,
    /// The text; broken UTF-8 is replaced, and reported by `article`.
    pub text: Arc<str>,
    /// Offset of the first byte that is not UTF-8.
    pub invalid_utf8: Option<usize>,
}

/// A file that pages may refer to: an image, an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContentFile {
    /// Path relative to the site folder, `/`-separated.
    pub path: Arc<str>,
    /// Where it lies on the disk.
    pub disk: PathBuf,
    /// The content path of the file that a link led to.
    pub origin: Option<String>,
}

/// A file that has the name of a folder's page and another ending, or lies beside a page as its data do
/// in other systems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NearPage {
    /// Path relative to the site folder, `/`-separated.
    pub path: Arc<str>,
    /// Its first bytes.
    pub head: Vec<u8>,
}

/// Content files by language of their tree (empty for the main one) and content path.
pub(crate) type ContentFiles = BTreeMap<(String, String), ContentFile>;

/// Everything a build is made from.
#[derive(Debug, Clone)]
pub(crate) struct Inputs {
    /// The configuration.
    pub config: Arc<Config>,
    /// What was taken from a folder that was not written for tier0.
    pub adopted: Option<Adopted>,
    /// The path of the configuration as shown to people.
    pub config_path: Arc<str>,
    /// Its text, empty without a file.
    pub config_text: Arc<str>,
    /// Markdown files in the order of their paths.
    pub articles: Vec<Arc<SourceFile>>,
    /// Those whose pages are held back. Their heads still say who reads other pages.
    pub held: Arc<BTreeSet<Arc<str>>>,
    /// The heads of markdown files that `exclude` leaves out: they say who reads the pages that stay.
    pub left_out: Arc<Vec<SourceFile>>,
    /// Other files in the content folders.
    pub files: Arc<ContentFiles>,
    /// How those begin whose keys would be about pages in other systems: nobody reads them.
    pub near_pages: Arc<Vec<NearPage>>,
    /// Files of the static folder by site path.
    pub static_files: Arc<BTreeMap<String, PathBuf>>,
    /// The content paths of static files that are links into a content folder, by site path.
    pub static_origins: Arc<BTreeMap<String, String>>,
    /// Templates, assets and interface texts.
    pub theme: Arc<ThemeFiles>,
}

fn read_config(project: &Project, name: &Arc<str>) -> (Arc<str>, Vec<Diagnostic>) {
    let problem = match regular::read(&project.config, regular::LARGEST_CONFIG) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => return (text.into(), Vec::new()),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into();
                return (text, vec![Diagnostic::at(Code::InvalidUtf8, name, at..at + 1)]);
            }
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let target = project.config.display().to_string();
            let missing = || Diagnostic::general(Code::ConfigMissing).with("target", target);
            project.config_is_named.then(missing)
        }
        Err(error) => {
            let place = Place { path: Arc::clone(name), span: 0..0 };
            Some(Diagnostic { place: Some(place), ..cannot_read(name, &error) })
        }
    };
    ("".into(), problem.into_iter().collect())
}

/// Where a file of the site really is, if it lies inside the site still: since it was found, a link to
/// elsewhere may have taken its place, or something that cannot be read to an end.
pub(crate) fn real_path(project: &Project, disk: &Path) -> std::io::Result<PathBuf> {
    let real = disk.canonicalize()?;
    let folders = [project.site.as_path(), project.base()];
    let mut folders = folders.into_iter().filter_map(|folder| folder.canonicalize().ok());
    if folders.any(|folder| real.starts_with(folder)) && real.is_file() {
        Ok(real)
    } else {
        Err(std::io::ErrorKind::PermissionDenied.into())
    }
}

/// Endings of articles.
const MARKDOWN: [&str; 5] = ["md", "markdown", "mdown", "mkd", "mkdn"];

/// Whether a file with this ending is an article. `NOTE.MD` is one too: as an attachment it would
/// be published as it is, whoever it is for.
pub(crate) fn is_markdown(ending: &str) -> bool {
    MARKDOWN.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// The diagnostic for a file or folder that cannot be read.
pub(crate) fn cannot_read(path: &str, error: &std::io::Error) -> Diagnostic {
    let problem =
        Diagnostic::general(Code::IoError).with_both("action", "read", "读取").with("target", path);
    match error.kind() {
        std::io::ErrorKind::InvalidInput => problem.with_both(
            "detail",
            "it is no regular file but a pipe, a socket or a device",
            "它不是普通文件，而是管道、套接字或设备",
        ),
        std::io::ErrorKind::FileTooLarge => {
            problem.with_both("detail", "the file is too large", "文件过大")
        }
        std::io::ErrorKind::PermissionDenied => {
            problem.with_both("detail", "permission denied", "没有权限")
        }
        _ => problem.with("detail", error.to_string()),
    }
}

/// A path with `/` between its parts, for people and for site paths.
fn slashed(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

impl Texts for Inputs {
    fn text(&self, path: &str) -> Option<&str> {
        if path == &*self.config_path {
            return Some(&self.config_text);
        }
        let article = self.articles.binary_search_by(|article| (*article.path).cmp(path));
        article.ok().map(|at| &*self.articles[at].text).or_else(|| self.theme.text(path))
    }
}
