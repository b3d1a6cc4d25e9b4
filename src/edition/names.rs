//! Folders and files whose names say that they are not for customers.
//!
//! Names decide nothing in tier0. But who puts a page into `internal/` believes it hidden, so that
//! somebody has to say who reads it.

use crate::article::Article;
use crate::config::keys::form;
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::GuardWords;

/// Names that say so, without the numbers and marks in them: `_internal`, `01 Internal-Only`.
const WHOLE: [&str; 20] = [
    "internal",
    "internalonly",
    "onlyinternal",
    "staff",
    "confidential",
    "private",
    "restricted",
    "drafts",
    "draft",
    "wip",
    "workinprogress",
    "unpublished",
    "employees",
    "内部",
    "保密",
    "機密",
    "草稿",
    "员工",
    "私有",
    "未发布",
];
/// First words of a name that say so before one of [`THINGS`]: `internal-docs`, `staff-only`.
const BEFORE_THINGS: [&str; 7] =
    ["internal", "staff", "employee", "employees", "confidential", "private", "draft"];
/// The same before `only` alone: products have agents and teams, too.
const BEFORE_ONLY: [&str; 3] = ["agent", "agents", "team"];
/// What stands behind such a word.
const THINGS: [&str; 13] = [
    "only",
    "docs",
    "doc",
    "documents",
    "documentation",
    "wiki",
    "kb",
    "knowledge",
    "pages",
    "content",
    "articles",
    "notes",
    "files",
];
/// Last words of a name that say so: `fees.internal`, `fees-draft`, `fees (internal)`.
const LAST: [&str; 12] = [
    "internal",
    "draft",
    "drafts",
    "wip",
    "confidential",
    "unpublished",
    "内部",
    "仅内部",
    "保密",
    "草稿",
    "内部版",
    "未发布",
];
/// First words of names of files that speak of somebody's drafts: `save-a-draft`.
const OF_DRAFTS: [&str; 14] = [
    "save", "saving", "delete", "deleting", "edit", "editing", "recover", "restore", "find",
    "send", "create", "open", "how", "email",
];
/// What says so anywhere in a name without spaces.
const PARTS: [&str; 18] = [
    "内部资料",
    "内部文档",
    "内部文件",
    "内部知识",
    "内部专用",
    "内部使用",
    "内部手册",
    "仅内部",
    "仅限内部",
    "仅供内部",
    "內部",
    "社内",
    "社外秘",
    "保密资料",
    "机密",
    "草稿箱",
    "내부",
    "대외비",
];

/// A name that says so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Telling {
    /// The path up to the name: what is said once for all pages of a folder.
    pub path: String,
    name: String,
    is_folder: bool,
}

/// The name of an article or of a folder it lies in that says so.
pub(crate) fn telling(article: &Article, words: &GuardWords) -> Option<Telling> {
    let key = &article.name.key;
    let (folder, file) = if article.name.is_section {
        (key.as_str(), "")
    } else {
        key.rsplit_once('/').unwrap_or(("", key))
    };
    let mut end = 0;
    for part in folder.split('/') {
        end += part.len();
        if folder_tells(part) || words.is_in_name(part, true) {
            let path = folder.get(..end).unwrap_or(folder).to_owned();
            return Some(Telling { path, name: part.to_owned(), is_folder: true });
        }
        end += 1;
    }
    // The name of a file is that of its topic, too: only what stands apart counts.
    let tells = is_left_out(file, article.meta.title.is_some())
        || file_tells(file)
        || words.is_in_name(file, false);
    tells.then(|| Telling { path: key.clone(), name: format!("{file}.md"), is_folder: false })
}

/// Whether other tools pass over a file of this name: partials, which have no title in their head, and
/// what an editor saves by itself.
fn is_left_out(name: &str, is_titled: bool) -> bool {
    name.starts_with(['_', '\u{ff3f}']) && !is_titled
        || name.starts_with('~')
        || name.starts_with('#') && name.ends_with('#') && name.len() > 2
}

fn folder_tells(name: &str) -> bool {
    let words = words(name);
    let whole = words.concat();
    WHOLE.contains(&whole.as_str())
        || PARTS.iter().any(|part| whole.contains(part))
        || match words.as_slice() {
            [first, last] => {
                BEFORE_THINGS.contains(&first.as_str()) && THINGS.contains(&last.as_str())
                    || is_only(&words)
                    || LAST.contains(&last.as_str())
            }
            _ => false,
        }
}

fn file_tells(name: &str) -> bool {
    let words = words(name);
    let [first, .., last] = words.as_slice() else {
        return PARTS.iter().any(|part| name.contains(part));
    };
    let is_bracketed = name.trim_start().starts_with(['[', '【', '(', '（', '［']);
    let is_of_drafts = OF_DRAFTS.contains(&first.as_str()) && last.starts_with("draft");
    LAST.contains(&last.as_str()) && !is_of_drafts
        || is_bracketed && LAST.contains(&first.as_str())
        || words.windows(2).any(is_only)
        || PARTS.iter().any(|part| name.contains(part))
}

/// Whether two words say who alone may read: `staff only`.
fn is_only(pair: &[String]) -> bool {
    let first = pair[0].as_str();
    pair[1] == "only" && (BEFORE_THINGS.contains(&first) || BEFORE_ONLY.contains(&first))
}

/// The words of a name in their one form, without numbers.
fn words(name: &str) -> Vec<String> {
    let mut apart = String::with_capacity(name.len() + 4);
    let mut was_small = false;
    for c in name.chars() {
        if c.is_uppercase() && was_small {
            apart.push(' ');
        }
        was_small = c.is_lowercase();
        apart.push(if c.is_alphanumeric() { c } else { ' ' });
    }
    let words = apart.split(' ').map(form);
    words.filter(|word| !word.is_empty() && !word.bytes().all(|b| b.is_ascii_digit())).collect()
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
                    "the file is named `{name}`, as what is not for everybody, and nothing says who reads it; write `roles` or `status: draft`, or `roles: [customer]` if it is for everybody"
                ),
                format!(
                    "文件名为 `{name}`，看起来不对外公开，却没有写明谁可以阅读；请写 `roles` 或 `status: draft`，所有人都能看则写 `roles: [customer]`"
                ),
            )
        };
        Diagnostic::at(Code::UnclearRoles, &article.path, 0..0).with_both("reason", en, zh)
    }
}
