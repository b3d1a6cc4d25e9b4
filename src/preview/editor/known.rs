//! Editors by their names: which have a window, and how each takes a line and column.

/// What is known of an editor.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum KnownEditor {
    /// It has a window; its arguments for a place in a file.
    Window(&'static [&'static str]),
    /// It runs in a terminal.
    Terminal,
    /// Nothing.
    No,
}

/// `code --goto file:line:column`.
const GOTO: &[&str] = &["--goto", "{file}:{line}:{column}"];
/// `subl file:line:column`.
const BEHIND: &[&str] = &["{file}:{line}:{column}"];
/// `kate --line line --column column file`.
const OPTIONS: &[&str] = &["--line", "{line}", "--column", "{column}", "{file}"];
/// `gedit +line:column file`.
const PLUS: &[&str] = &["+{line}:{column}", "{file}"];
/// As before; it would stay and wait for the file to be closed.
const CLIENT: &[&str] = &["--no-wait", "+{line}:{column}", "{file}"];
/// Counts columns in bytes, which is near enough.
const CURSOR: &[&str] = &["+call cursor({line},{column})", "{file}"];
const MATE: &[&str] = &["--line", "{line}:{column}", "{file}"];
const NOTEPAD: &[&str] = &["-n{line}", "-c{column}", "{file}"];
const LINE: &[&str] = &["+{line}", "{file}"];

/// Editors with a window. `content/start/preview.md` lists them too.
pub(crate) const WINDOWS: &[(&[&str], &[&str])] = &[
    (&["code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"], GOTO),
    (&["zed", "zeditor", "subl", "sublime_text", "pulsar"], BEHIND),
    (
        &[
            "idea",
            "pycharm",
            "webstorm",
            "goland",
            "rustrover",
            "clion",
            "phpstorm",
            "rubymine",
            "rider",
            "kate",
            "kwrite",
            "geany",
        ],
        OPTIONS,
    ),
    (&["gedit", "emacs"], PLUS),
    (&["emacsclient"], CLIENT),
    (&["gvim", "mvim"], CURSOR),
    (&["mate"], MATE),
    (&["notepad++"], NOTEPAD),
    (&["bbedit"], LINE),
];

/// Editors that run in a terminal.
const TERMINALS: &[&str] = &[
    "ed", "helix", "hx", "jed", "joe", "kak", "mcedit", "micro", "nano", "ne", "nvim", "pico",
    "vi", "view", "vim",
];

/// Options by which Emacs stays in the terminal.
const IN_TERMINAL: &[&str] = &["-nw", "--no-window-system", "-t", "--tty"];

/// The name of a program without its folder, and without the endings that Windows and the start
/// scripts of editors have.
pub(crate) fn name(program: &str) -> String {
    let is_separator = |c: char| c == '/' || cfg!(windows) && c == '\\';
    let name = program.rsplit(is_separator).next().unwrap_or_default().to_lowercase();
    let endings = [".exe", ".cmd", ".bat", ".sh"];
    let stem = endings.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    // No editor of the terminal comes as a script: `vim.sh` is the author's own, and opens a window.
    if name.ends_with(".sh") && TERMINALS.contains(&stem) {
        return name;
    }
    // The 64-bit programs of JetBrains: `idea64.exe`.
    stem.strip_suffix("64").unwrap_or(stem).to_owned()
}

/// What is known of an editor, by its name and the arguments it is called with.
pub(crate) fn find(name: &str, arguments: &[String]) -> KnownEditor {
    let in_terminal = || arguments.iter().any(|word| IN_TERMINAL.contains(&word.as_str()));
    if TERMINALS.contains(&name) || name.starts_with("emacs") && in_terminal() {
        return KnownEditor::Terminal;
    }
    let row = WINDOWS.iter().find(|(names, _)| names.contains(&name));
    row.map_or(KnownEditor::No, |(_, arguments)| KnownEditor::Window(arguments))
}
