//! Why an output could not be written, in both languages.

use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic};

/// Why the output could not be written.
#[derive(Debug)]
pub enum PublishError {
    /// Something tier0 did not make stands where the output should go.
    NotOurs {
        /// The folder, or the one file in it.
        path: PathBuf,
    },
    /// The folder must never be an output.
    Unsafe {
        /// The folder as it was named.
        path: PathBuf,
        /// Why.
        reason: Reason,
    },
    /// Another edition is served from the folder, and its readers must not get this one.
    OtherEdition {
        /// The folder as it was named.
        path: PathBuf,
        /// The edition that was to go there.
        edition: String,
        /// The edition that is there; none if an older tier0 did not note it.
        other: Option<String>,
    },
    /// Another build writes to this output.
    Locked {
        /// The folder as it was named.
        path: PathBuf,
    },
    /// A site path that cannot be a file.
    Path {
        /// The site path.
        path: String,
        /// Why.
        problem: BadPath,
    },
    /// The disk said no.
    Io {
        /// What was tried.
        action: Action,
        /// With which file or folder.
        path: PathBuf,
        /// What the system answered.
        error: Error,
    },
}

/// Why a folder must never be an output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// `/`.
    Root,
    /// The home folder, or one that holds it.
    Home,
    /// The site's folder, or one that holds it.
    Project,
    /// A folder the site is made from, or one that holds it.
    HoldsSource(PathBuf),
    /// Inside a folder the site is made from.
    InsideSource(PathBuf),
    /// A git repository is in it.
    HoldsGit(PathBuf),
    /// Inside a `.git` folder.
    InsideGit,
    /// Inside another output.
    InsideOutput(PathBuf),
    /// A file or device.
    NotAFolder,
    /// A symbolic link without a target.
    DeadLink(PathBuf),
    /// The system cannot rename it: a mount point, or a lower layer of a container image.
    Immovable,
}

/// Why a site path cannot be a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadPath {
    /// Empty, absolute, with `.`, `..` or a NUL in it.
    NotRelative,
    /// A part has more bytes than file systems take.
    TooLong(usize),
    /// The name of the marker.
    Reserved,
}

/// What was tried when the disk said no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Action {
    Read,
    Write,
    Create,
    Remove,
    Replace,
    Lock,
}

impl PublishError {
    /// The error for a failed call, for use with `map_err`.
    pub(super) fn io(action: Action, path: &Path) -> impl FnOnce(Error) -> PublishError {
        move |error| PublishError::Io { action, path: path.to_path_buf(), error }
    }
}

impl From<PublishError> for Diagnostic {
    fn from(error: PublishError) -> Diagnostic {
        match error {
            PublishError::NotOurs { path } => {
                Diagnostic::general(Code::OutputNotOurs).with("target", shown(&path))
            }
            PublishError::Unsafe { path, reason } => {
                let (en, zh) = reason.words();
                Diagnostic::general(Code::OutputUnsafe)
                    .with("target", shown(&path))
                    .with_both("reason", en, zh)
            }
            PublishError::OtherEdition { path, edition, other } => {
                let (en, zh) = match other {
                    Some(other) => (format!("the edition `{other}`"), format!("发行版 `{other}`")),
                    None => (
                        "an edition that an older tier0 did not note down".to_owned(),
                        "旧版 tier0 构建的、没有记下名称的发行版".to_owned(),
                    ),
                };
                Diagnostic::general(Code::OutputOfOtherEdition)
                    .with("target", shown(&path))
                    .with("edition", edition)
                    .with_both("other", en, zh)
            }
            PublishError::Locked { path } => {
                Diagnostic::general(Code::OutputLocked).with("target", shown(&path))
            }
            PublishError::Path { path, problem } => {
                let (en, zh) = problem.words();
                cannot(Action::Write, path, en, zh)
            }
            PublishError::Io { action, path, error } => {
                let (en, zh) = answer(&error);
                cannot(action, shown(&path), en, zh)
            }
        }
    }
}

fn cannot(action: Action, target: String, en: String, zh: String) -> Diagnostic {
    let (action_en, action_zh) = action.words();
    Diagnostic::general(Code::IoError)
        .with_both("action", action_en, action_zh)
        .with("target", target)
        .with_both("detail", en, zh)
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

impl Action {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Action::Read => ("read", "读取"),
            Action::Write => ("write", "写入"),
            Action::Create => ("create", "创建"),
            Action::Remove => ("remove", "删除"),
            Action::Replace => ("replace", "替换"),
            Action::Lock => ("lock", "锁定"),
        }
    }
}

impl Reason {
    fn words(&self) -> (String, String) {
        let both = |en: &str, zh: &str| (en.to_owned(), zh.to_owned());
        match self {
            Reason::Root => both("it is the root of the file system", "它是文件系统的根目录"),
            Reason::Home => {
                both("it is your home folder, or holds it", "它是用户主目录，或者包含用户主目录")
            }
            Reason::Project => {
                both("it is the site's own folder, or holds it", "它就是站点目录，或者包含站点目录")
            }
            Reason::HoldsSource(source) => (
                format!("the site is made from `{}`, which it would replace", source.display()),
                format!("站点由 `{}` 生成，而它会被一并替换", source.display()),
            ),
            Reason::InsideSource(source) => (
                format!("it lies inside `{}`, which the site is made from", source.display()),
                format!("它位于 `{}` 之内，而站点正是由该目录生成的", source.display()),
            ),
            Reason::HoldsGit(git) => (
                format!("there is a git repository in it, `{}`", git.display()),
                format!("其中有 git 仓库 `{}`", git.display()),
            ),
            Reason::InsideGit => both("it lies inside a `.git` folder", "它位于 `.git` 目录之内"),
            Reason::InsideOutput(output) => (
                format!("it lies inside another output of tier0, `{}`", output.display()),
                format!("它位于 tier0 的另一个输出目录 `{}` 之内", output.display()),
            ),
            Reason::NotAFolder => both("it is not a folder", "它不是目录"),
            Reason::DeadLink(link) => (
                format!("`{}` is a symbolic link that leads nowhere", link.display()),
                format!("`{}` 是一个失效的符号链接", link.display()),
            ),
            Reason::Immovable => both(
                "it cannot be swapped, being a mount point (a folder inside it will do) \
                 or part of a container image",
                "它无法整体替换：它是挂载点（可以改用其中的子目录），或者属于容器镜像的一部分",
            ),
        }
    }
}

impl BadPath {
    fn words(self) -> (String, String) {
        let both = |en: &str, zh: &str| (en.to_owned(), zh.to_owned());
        match self {
            BadPath::NotRelative => {
                both("it does not lead to a file inside the output", "它不是输出目录内的文件路径")
            }
            BadPath::TooLong(bytes) => (
                format!(
                    "a name has {bytes} bytes, file systems take 255 (85 Chinese characters); \
                     a `slug` in the front matter makes it shorter"
                ),
                format!(
                    "其中一个名称长 {bytes} 字节，而文件系统最多允许 255 字节（85 个汉字）；\
                     可以在文件头用 `slug` 缩短"
                ),
            ),
            BadPath::Reserved => {
                both("tier0 keeps its own notes under this name", "这个名称由 tier0 自己使用")
            }
        }
    }
}

/// What the system answered. The usual answers have words of our own: the system's are English
/// and end in a number.
fn answer(error: &Error) -> (String, String) {
    let (en, zh) = match error.kind() {
        ErrorKind::NotFound => ("it does not exist", "路径不存在"),
        ErrorKind::PermissionDenied => ("permission denied", "没有权限"),
        ErrorKind::AlreadyExists => ("it is there already", "已经存在"),
        ErrorKind::NotADirectory => {
            ("a part of the path is not a folder", "路径中有一部分不是目录")
        }
        ErrorKind::ReadOnlyFilesystem => ("the file system is read-only", "文件系统是只读的"),
        ErrorKind::StorageFull => ("the disk is full", "磁盘已满"),
        ErrorKind::QuotaExceeded => ("the disk quota is used up", "磁盘配额已用完"),
        ErrorKind::InvalidFilename => ("the name is too long", "名称过长"),
        _ => return (error.to_string(), error.to_string()),
    };
    (en.to_owned(), zh.to_owned())
}
