//! Folders and files whose names say that they are not for customers.
//!
//! Names decide nothing in tier0. But who puts a page into `internal/` believes it hidden, so that
//! somebody has to say who reads it.

use crate::article::Article;
use crate::config::keys::form;
use crate::diagnostic::{Code, Diagnostic};

/// Names of folders; `_internal` and `Internal-Only` are some of them too.
const FOLDERS: [&str; 7] =
    ["internal", "internalonly", "staff", "confidential", "drafts", "内部", "保密"];
/// What stands behind the name of a file: `fees.internal.md`.
const SUFFIXES: [&str; 6] = ["internal", "draft", "confidential", "内部", "保密", "草稿"];

/// A name that says so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Telling {
    /// The path up to the name: what is said once for all pages of a folder.
    pub path: String,
    name: String,
    is_folder: bool,
}

/// The name of an article or of a folder it lies in that says so.
pub(crate) fn telling(article: &Article) -> Option<Telling> {
    let key = &article.name.key;
    let (folder, file) = if article.name.is_section {
        (key.as_str(), "")
    } else {
        key.rsplit_once('/').unwrap_or(("", key))
    };
    let mut end = 0;
    for part in folder.split('/') {
        end += part.len();
        if FOLDERS.contains(&form(part).as_str()) {
            let path = folder.get(..end).unwrap_or(folder).to_owned();
            return Some(Telling { path, name: part.to_owned(), is_folder: true });
        }
        end += 1;
    }
    let suffix = file.rsplit_once('.').map(|(_, suffix)| suffix)?;
    let name = SUFFIXES.contains(&form(suffix).as_str()).then(|| format!(".{suffix}.md"))?;
    Some(Telling { path: key.clone(), name, is_folder: false })
}

impl Telling {
    /// Nobody says who reads what is named like this.
    pub(crate) fn problem(&self, article: &Article) -> Diagnostic {
        let name = &self.name;
        let (en, zh) = if self.is_folder {
            (
                format!(
                    "nothing says who reads the pages of a folder named `{name}`; hand roles down to them, or `[customer]` if they are for everybody"
                ),
                format!(
                    "目录名为 `{name}`，却没有写明谁可以阅读其中的页面；请用 `cascade` 写明角色，所有人都能看则写 `[customer]`"
                ),
            )
        } else {
            (
                format!(
                    "the name of the file ends in `{name}`, and nothing says who reads it; write `roles` or `status: draft`, or `roles: [customer]` if it is for everybody"
                ),
                format!(
                    "文件名以 `{name}` 结尾，却没有写明谁可以阅读；请写 `roles` 或 `status: draft`，所有人都能看则写 `roles: [customer]`"
                ),
            )
        };
        Diagnostic::at(Code::UnclearRoles, &article.path, 0..0).with_both("reason", en, zh)
    }
}
