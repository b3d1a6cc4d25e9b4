//! Who may see the files of a folder.
//!
//! An image or attachment says nothing of its readers; the folder it lies in does, as it does for
//! pages that name no roles.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::role_inheritance::common;
use crate::article::Article;
use crate::config::Edition;
use crate::diagnostic::Diagnostic;
use crate::mutation::{Policy, off};
use crate::text::fold::for_disks;
use crate::text::paths;

/// Who may see files, by the folders they lie in.
#[derive(Debug, Default)]
pub(crate) struct FileReaders {
    folders: BTreeMap<String, Vec<Arc<Article>>>,
}

/// What a folder says of its files.
#[derive(Debug)]
pub(crate) struct FolderReaders {
    /// The roles that may see them: where languages of the folder differ, those that all name.
    pub roles: Vec<String>,
    /// The file that says so.
    pub said_in: Arc<str>,
}

impl FolderReaders {
    /// Whether files of the folder must not be in an edition: who reads it sees all its pages show.
    pub(crate) fn refuses(&self, edition: &Edition) -> bool {
        !edition.shows(&self.roles) && !off(Policy::FilesOfFolders)
    }

    /// Completes what is reported for a file of the folder that is shown to others.
    pub(crate) fn complete(&self, problem: Diagnostic, file: &str) -> Diagnostic {
        problem
            .with("target", file)
            .with("folder", &*self.said_in)
            .with("roles", self.roles.join(", "))
    }
}

impl FileReaders {
    /// Gathers what the pages of all folders hand down.
    pub(super) fn new(articles: &[Arc<Article>]) -> Self {
        let mut readers = FileReaders::default();
        let says = |article: &&Arc<Article>| {
            article.name.is_section && article.meta.cascade_roles.is_some()
        };
        for article in articles.iter().filter(says) {
            let pages = readers.folders.entry(for_disks(&article.name.key)).or_default();
            pages.push(Arc::clone(article));
        }
        readers
    }

    /// What the nearest folder around a content path says; none if no folder says anything.
    pub(crate) fn of(&self, path: &str) -> Option<FolderReaders> {
        let path = for_disks(path);
        let mut folder = path.as_str();
        while !folder.is_empty() {
            folder = paths::folder(folder);
            if let Some(pages) = self.folders.get(folder) {
                let lists = pages.iter().filter_map(|page| page.meta.cascade_roles.as_ref());
                let said_in = Arc::clone(&pages.first()?.path);
                return Some(FolderReaders { roles: common(lists)?, said_in });
            }
        }
        None
    }
}
