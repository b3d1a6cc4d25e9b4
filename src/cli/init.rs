//! `tier0 init DIR`: a small site to start from, in both languages.

use std::path::Path;

use include_dir::{Dir, include_dir};

use super::Outcome;
use super::terminal::{self, Terminal};
use crate::diagnostic::Locale;

/// Pages end in `.en.md` and `.zh.md` here; the user's own language becomes the default one and
/// loses its mark. `tier0.en.toml` and `tier0.zh.toml` belong to one language only.
static TEMPLATE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init");

/// Runs the command.
pub(crate) fn run(folder: &Path, terminal: &Terminal) -> Outcome {
    let shown = terminal::path(folder);
    if folder.join("tier0.toml").exists() || folder.join("content").exists() {
        terminal.error(&terminal.locale.pick(
            format!("{shown} holds a site already; nothing was changed"),
            format!("{shown} 中已有站点，未做任何改动"),
        ));
        return Outcome::Usage;
    }
    if let Err((path, error)) = write(&TEMPLATE, folder, terminal.locale) {
        terminal.error(&format!("{path}: {error}"));
        return Outcome::Environment;
    }
    terminal.line(&terminal.locale.pick(
        format!("Made a site in {shown}. See it with:\n\n  tier0 serve {shown} --open"),
        format!("已在 {shown} 创建站点。运行下面的命令查看：\n\n  tier0 serve {shown} --open"),
    ));
    Outcome::Fine
}

fn write(
    template: &Dir<'_>,
    folder: &Path,
    locale: Locale,
) -> Result<(), (String, std::io::Error)> {
    for inner in template.dirs() {
        write(inner, folder, locale)?;
    }
    for file in template.files() {
        let Some(name) = place(&file.path().to_string_lossy(), locale) else {
            continue;
        };
        let path = folder.join(name);
        let failed = |error| (terminal::path(&path), error);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        std::fs::write(&path, file.contents()).map_err(failed)?;
    }
    Ok(())
}

/// Where a file of the template goes; none if it is for the other language only.
fn place(name: &str, locale: Locale) -> Option<String> {
    let (mine, other) = locale.pick((".en", ".zh"), (".zh", ".en"));
    let (stem, ending) = name.rsplit_once('.')?;
    match stem.strip_suffix(mine) {
        Some(stem) => Some(format!("{stem}.{ending}")),
        None if stem.ends_with(other) && ending == "toml" => None,
        None => Some(name.to_owned()),
    }
}
