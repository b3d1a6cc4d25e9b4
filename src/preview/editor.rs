//! Opens a source file in the author's editor, at a line and column.
//!
//! 1. [`plan`] decides from what the author has set: a command to start, or an address that the
//!    browser hands to an editor. [`known`] says how each editor takes a line, [`words`] reads
//!    commands.
//! 2. [`open`] looks whether the file is one of the project's, and starts the command.
//!
//! Nothing passes through a shell, and no part of a command comes from a request.

mod known;
#[cfg(test)]
mod tests;
mod words;

use std::env;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Component, Path, PathBuf, absolute};
use std::process::{Child, Command, Stdio};
use std::thread;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use serde::Serialize;

use self::known::KnownEditor;
use crate::diagnostic::Locale;

/// What the author has set, in the order in which it counts. What is empty is not set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Environment {
    /// `--editor`.
    pub argument: Option<String>,
    /// `TIER0_EDITOR`.
    pub own: Option<String>,
    /// `VISUAL`.
    pub visual: Option<String>,
    /// `EDITOR`.
    pub editor: Option<String>,
}

impl Environment {
    /// The environment of this process.
    #[must_use]
    pub(crate) fn of_process(argument: Option<String>) -> Self {
        let get = |name| env::var_os(name).map(|value| value.to_string_lossy().into_owned());
        Environment {
            argument,
            own: get("TIER0_EDITOR"),
            visual: get("VISUAL"),
            editor: get("EDITOR"),
        }
    }
}

/// How a file gets into an editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Launch {
    /// A program and its arguments.
    Command(Vec<OsString>),
    /// An address for the browser, and why there is no command.
    Url(String, Reason),
}

/// Why no editor was started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Nothing is set.
    NothingSet,
    /// This editor needs a terminal.
    Terminal(String),
    /// Nobody knows whether this one opens a window.
    Unknown(String),
    /// A quote in this command is not closed, or there is nothing but quotes.
    Unreadable(String),
    /// This program cannot be started, and what the system says.
    Failed(String, String),
    /// The file is not there, or none of the project's.
    NoSource,
}

impl Reason {
    /// The reason in English and Chinese.
    #[must_use]
    pub(crate) fn words(&self) -> (String, String) {
        match self {
            Reason::NothingSet => (
                "no editor is set; start with `--editor code`, or set TIER0_EDITOR".to_owned(),
                "没有设置编辑器；启动时加上 `--editor code`，或设置环境变量 TIER0_EDITOR"
                    .to_owned(),
            ),
            Reason::Terminal(name) => (
                format!(
                    "`{name}` needs a terminal, which the preview has not; name an editor with a window by `--editor` or TIER0_EDITOR"
                ),
                format!(
                    "`{name}` 要在终端里运行，预览打不开它；请用 `--editor` 或 TIER0_EDITOR 指定一个有窗口的编辑器"
                ),
            ),
            Reason::Unknown(name) => (
                format!(
                    "tier0 does not know whether `{name}` opens a window; if it does, name it by `--editor` or TIER0_EDITOR"
                ),
                format!(
                    "不清楚 `{name}` 是否会打开窗口；如果会，请用 `--editor` 或 TIER0_EDITOR 指定它"
                ),
            ),
            Reason::Unreadable(command) => (
                format!("the editor command `{command}` cannot be read: close its quotes"),
                format!("无法读懂编辑器命令 `{command}`：请检查引号是否成对"),
            ),
            Reason::Failed(name, error) => (
                format!("`{name}` could not be started: {error}"),
                format!("无法启动 `{name}`：{error}"),
            ),
            Reason::NoSource => (
                "the file is not there any more, or it does not belong to the site".to_owned(),
                "文件已经不在了，或者不属于这个站点".to_owned(),
            ),
        }
    }
}

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot<'a> {
    /// The file.
    pub file: &'a Path,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// Decides how to open a file, whose path is absolute.
#[must_use]
pub(crate) fn plan(spot: Spot<'_>, environment: &Environment) -> Launch {
    let set = |value: &Option<String>| value.clone().filter(|value| !value.trim().is_empty());
    let named = set(&environment.argument).or_else(|| set(&environment.own));
    let found = match named {
        // Whoever names an editor to tier0 means it.
        Some(command) => spot.command(&command, true),
        None => {
            let others = [&environment.visual, &environment.editor].into_iter().filter_map(set);
            let mut tried = others.map(|command| spot.command(&command, false));
            // `VISUAL` says more of what is wrong, if neither opens a window.
            let first = tried.next().unwrap_or(Err(Reason::NothingSet));
            first.or_else(|reason| tried.next().and_then(Result::ok).ok_or(reason))
        }
    };
    found.map_or_else(|reason| Launch::Url(spot.url(), reason), Launch::Command)
}

impl Spot<'_> {
    /// The command line of an editor. One that is not known is only started if it was `meant`.
    fn command(&self, command: &str, meant: bool) -> Result<Vec<OsString>, Reason> {
        let unreadable = || Reason::Unreadable(command.to_owned());
        let mut words = words::split(command, !cfg!(windows)).ok_or_else(unreadable)?;
        let program = words.first().filter(|word| !word.is_empty()).ok_or_else(unreadable)?;
        let name = known::name(program);
        let has_marks =
            words.iter().any(|word| words::MARKS.iter().any(|mark| word.contains(mark)));
        match known::find(&name, &words[1..]) {
            KnownEditor::Terminal => return Err(Reason::Terminal(name)),
            KnownEditor::Window(arguments) if !has_marks => {
                words.extend(arguments.iter().map(|word| (*word).to_owned()));
            }
            KnownEditor::Window(_) => {}
            KnownEditor::No if !meant => return Err(Reason::Unknown(name)),
            KnownEditor::No => {}
        }
        if !words.iter().any(|word| word.contains(words::FILE)) {
            words.push(words::FILE.to_owned());
        }
        Ok(words.iter().map(|word| words::fill(word, self.file, self.line, self.column)).collect())
    }

    /// The address by which a browser hands the file to Visual Studio Code.
    fn url(&self) -> String {
        let path = url_path(self.file.as_os_str().as_encoded_bytes(), cfg!(windows));
        format!("vscode://file{path}:{}:{}", self.line, self.column)
    }
}

/// What stays as it is in the path of an address.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// A path as it stands in an address: `/C:/Users/…` for a path of Windows.
fn url_path(path: &[u8], is_windows: bool) -> String {
    if !is_windows {
        return percent_encode(path, PATH).to_string();
    }
    // What the system writes before paths that it has looked up.
    let path = path.strip_prefix(br"\\?\").unwrap_or(path);
    let slashed: Vec<u8> = path.iter().map(|b| if *b == b'\\' { b'/' } else { *b }).collect();
    match slashed.as_slice() {
        [drive, b':', rest @ ..] if drive.is_ascii_alphabetic() => {
            format!("/{}:{}", char::from(*drive), percent_encode(rest, PATH))
        }
        other => percent_encode(other, PATH).to_string(),
    }
}

/// What became of a wish to open a file, as the browser gets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Opened {
    /// Whether an editor was started.
    pub opened: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where the browser may try instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl Opened {
    fn not(reason: &Reason, url: Option<String>, locale: Locale) -> Self {
        let (en, zh) = reason.words();
        Opened { opened: false, reason: Some(locale.pick(en, zh)), url }
    }
}

/// Opens a file at a line and column, if it is one of `sources` or lies in one of them, and is there.
/// The editor is started and not waited for. Reasons come in the language of `locale`.
#[must_use]
pub(crate) fn open(
    spot: Spot<'_>,
    environment: &Environment,
    sources: &[PathBuf],
    locale: Locale,
) -> Opened {
    let Some(file) = source(spot.file, sources) else {
        return Opened::not(&Reason::NoSource, None, locale);
    };
    let spot = Spot { file: &file, ..spot };
    let words = match plan(spot, environment) {
        Launch::Url(url, reason) => return Opened::not(&reason, Some(url), locale),
        Launch::Command(words) => words,
    };
    match start(&words) {
        Ok(()) => Opened { opened: true, reason: None, url: None },
        Err(error) => {
            let program = words.first().map(|word| word.to_string_lossy().into_owned());
            let reason = Reason::Failed(program.unwrap_or_default(), error.to_string());
            Opened::not(&reason, Some(spot.url()), locale)
        }
    }
}

/// The absolute path of a file, if it is one of the project's.
fn source(file: &Path, sources: &[PathBuf]) -> Option<PathBuf> {
    let file = absolute(file).ok()?;
    let is_inside = |source: &PathBuf| {
        let source = absolute(source).ok();
        let inside = source.as_ref().and_then(|source| file.strip_prefix(source).ok());
        inside
            .is_some_and(|rest| rest.components().all(|part| matches!(part, Component::Normal(_))))
    };
    (sources.iter().any(is_inside) && file.is_file()).then_some(file)
}

/// Starts a command and does not wait for it.
fn start(words: &[OsString]) -> io::Result<()> {
    let (program, arguments) = words.split_first().ok_or(io::ErrorKind::InvalidInput)?;
    let mut child = match spawn(program, arguments) {
        // Editors put a script into the path of Windows, which is only found by its whole name.
        Err(error)
            if cfg!(windows)
                && error.kind() == io::ErrorKind::NotFound
                && Path::new(program).extension().is_none() =>
        {
            spawn(Path::new(program).with_extension("cmd").as_os_str(), arguments)?
        }
        other => other?,
    };
    // A child that nobody waits for stays as a zombie until we end.
    thread::Builder::new().name("preview-editor".into()).spawn(move || child.wait())?;
    Ok(())
}

fn spawn(program: &OsStr, arguments: &[OsString]) -> io::Result<Child> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    set_apart(&mut command);
    command.spawn()
}

/// Ctrl-C in the terminal of the preview is not meant for what is started from it.
#[cfg(unix)]
pub(super) fn set_apart(command: &mut Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

/// Ctrl-C in the terminal of the preview is not meant for the editor, and its script needs no
/// window of its own.
#[cfg(windows)]
pub(super) fn set_apart(command: &mut Command) {
    const CREATE_NEW_PROCESS_GROUP: u32 = 0x0000_0200;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    let flags = CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW;
    std::os::windows::process::CommandExt::creation_flags(command, flags);
}

#[cfg(not(any(unix, windows)))]
pub(super) fn set_apart(_: &mut Command) {}
