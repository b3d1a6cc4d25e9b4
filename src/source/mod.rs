//! Finds and reads what a site is made of. Nothing else reads the site's files.
//!
//! 1. [`project`] settles which folders and which configuration file are meant.
//! 2. [`walk`] lists content, static and theme files, in the order of their names.
//! 3. Markdown is read in parallel; other files are only listed, and read when a page needs them.

#![allow(clippy::disallowed_methods, reason = "this is the edge that reads the disk")]

mod project;
pub mod theme;
mod walk;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{self, Config};
use crate::diagnostic::{Code, Diagnostic, Texts};
pub use project::Project;
pub use theme::Theme;

/// One markdown file, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
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
pub struct ContentFile {
    /// Path relative to the site folder, `/`-separated.
    pub path: Arc<str>,
    /// Where it lies on the disk.
    pub disk: PathBuf,
}

/// Content files by language of their tree (empty for the main one) and content path.
pub type ContentFiles = BTreeMap<(String, String), ContentFile>;

/// Everything a build is made from.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// The configuration.
    pub config: Config,
    /// Its path as shown to people.
    pub config_path: Arc<str>,
    /// Its text, empty without a file.
    pub config_text: Arc<str>,
    /// Markdown files in the order of their paths.
    pub articles: Vec<SourceFile>,
    /// Other files in the content folders.
    pub files: ContentFiles,
    /// Files of the static folder by site path.
    pub static_files: BTreeMap<String, PathBuf>,
    /// Templates, assets and interface texts.
    pub theme: Theme,
}

/// Reads a project. Diagnostics of this stage come beside the inputs, which are as whole as
/// they can be.
pub fn read(project: &Project) -> (Inputs, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let config_path: Arc<str> = project.config_name().into();
    let config_text = read_config(project, &config_path, &mut diagnostics);
    let (config, problems) = config::read(&config_path, &config_text);
    diagnostics.extend(problems);

    let mut found = walk::content(project, &config, &mut diagnostics);
    let mut articles = read_articles(std::mem::take(&mut found.markdown), &mut diagnostics);
    articles.sort_by(|a, b| a.path.cmp(&b.path));
    let static_files = walk::static_files(project, &config, &mut diagnostics);
    let theme = theme::load(project, &config, &mut diagnostics);
    let inputs = Inputs {
        config,
        config_path,
        config_text,
        articles,
        files: found.files,
        static_files,
        theme,
    };
    (inputs, diagnostics)
}

fn read_config(project: &Project, name: &Arc<str>, diagnostics: &mut Vec<Diagnostic>) -> Arc<str> {
    match std::fs::read(&project.config) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                diagnostics.push(Diagnostic::at(Code::InvalidUtf8, name, at..at + 1));
                String::from_utf8_lossy(error.as_bytes()).into()
            }
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if project.config_is_named {
                let target = project.config.display().to_string();
                diagnostics.push(Diagnostic::general(Code::ConfigMissing).with("target", target));
            }
            "".into()
        }
        Err(error) => {
            diagnostics.push(cannot_read(name, &error));
            "".into()
        }
    }
}

fn read_articles(found: Vec<walk::Found>, diagnostics: &mut Vec<Diagnostic>) -> Vec<SourceFile> {
    let read: Vec<_> = found
        .into_par_iter()
        .map(|file| {
            let bytes =
                std::fs::read(&file.disk).map_err(|error| cannot_read(&file.path, &error))?;
            let (text, invalid_utf8) = match String::from_utf8(bytes) {
                Ok(text) => (text, None),
                Err(error) => {
                    let at = error.utf8_error().valid_up_to();
                    (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
                }
            };
            Ok(SourceFile {
                path: file.path,
                content_path: file.content_path.into(),
                tree_language: file.tree_language,
                origin: file.origin.map(Into::into),
                text: text.into(),
                invalid_utf8,
            })
        })
        .collect();
    let mut articles = Vec::with_capacity(read.len());
    for result in read {
        match result {
            Ok(article) => articles.push(article),
            Err(diagnostic) => diagnostics.push(diagnostic),
        }
    }
    articles
}

/// Whether a file with this ending is an article. `NOTE.MD` is one too: as an attachment it would
/// be published as it is, whoever it is for.
pub fn is_markdown(ending: &str) -> bool {
    ending.eq_ignore_ascii_case("md") || ending.eq_ignore_ascii_case("markdown")
}

/// The diagnostic for a file or folder that cannot be read.
fn cannot_read(path: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::general(Code::IoError)
        .with_both("action", "read", "读取")
        .with("target", path)
        .with("detail", error.to_string())
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
