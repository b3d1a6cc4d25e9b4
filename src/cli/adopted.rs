//! Folders that were not written for tier0: what a build says of them, and `tier0 init --from DIR`.

use std::path::Path;

use super::Outcome;
use super::arguments::CommonArguments;
use super::project::Loaded;
use super::terminal::{self, Terminal};
use crate::diagnostic::{Diagnostic, Texts, any_error};
use crate::source::{self, Adopted, Project};

/// Says which folder was taken for the content, and how to write that down.
pub(crate) fn tell(folder: &Path, loaded: &Loaded, terminal: &Terminal) {
    let Some(adopted) = &loaded.inputs.adopted else { return };
    let shown = terminal::path(folder);
    let content = &adopted.content;
    let (taken, taken_zh) = match (&adopted.system, content.as_str()) {
        (Some((system, file)), _) => (
            format!("The pages are in `{content}`, by `{file}` ({system})."),
            format!("页面取自 `{content}`，依据是 `{file}`（{system}）。"),
        ),
        (None, ".") => (
            "The pages are those of the folder itself: it has neither tier0.toml nor content/."
                .to_owned(),
            "页面取自这个文件夹本身：其中没有 tier0.toml，也没有 content/。".to_owned(),
        ),
        (None, _) => (
            format!("The pages are in `{content}`: there is neither tier0.toml nor content/."),
            format!("页面取自 `{content}`：没有 tier0.toml，也没有 content/。"),
        ),
    };
    let (way, way_zh) = if loaded.project.config.is_file() {
        let file = terminal::path(&loaded.project.config);
        (
            format!("To write that down: content = {} under [site] in {file}", quoted(content)),
            format!("要固定下来，请在 {file} 的 [site] 下写 content = {}", quoted(content)),
        )
    } else {
        (
            format!("To write that down: tier0 init --from {shown}"),
            format!("要写成配置文件，请运行 tier0 init --from {shown}"),
        )
    };
    terminal.remark(&terminal.locale.pick(format!("{taken} {way}"), format!("{taken_zh}{way_zh}")));
    tell_snippets(loaded, terminal);
    let (_, file) = adopted.system.clone().unwrap_or_default();
    for (key, paths) in &adopted.left_out {
        let first = &paths[0];
        let count = paths.len();
        terminal.remark(&terminal.locale.pick(
            format!(
                "Left out, as {}: {} ({first}{}).",
                said(key, &file),
                plural(count),
                more(count)
            ),
            format!("未收入（{}）：{count} 项（{first}{}）。", said_zh(key, &file), more(count)),
        ));
    }
}

/// Says which pages are none here, since tier0 has another use for their folders.
fn tell_snippets(loaded: &Loaded, terminal: &Terminal) {
    let folder = |path: &str| {
        let (folder, _) = path.rsplit_once('/')?;
        folder.split('/').find(|part| part.starts_with('_')).map(str::to_owned)
    };
    let paths = loaded.inputs.articles.iter().map(|article| &*article.content_path);
    let folders: Vec<String> = paths.filter_map(folder).collect();
    let Some(first) = folders.first() else { return };
    let count = folders.len();
    let (files, are) = if count == 1 { ("file", "is") } else { ("files", "are") };
    terminal.remark(&terminal.locale.pick(
        format!("{count} {files} in folders such as `{first}/` {are} no pages: a name that begins with `_` holds snippets."),
        format!("`{first}/` 等文件夹中有 {count} 个文件不会成为页面：名称以 `_` 开头的文件夹存放片段。"),
    ));
}

/// Whether the output would take the place of that of the site in the current folder.
pub(crate) fn output_is_of_another_site(
    folder: &Path,
    loaded: &Loaded,
    common: &CommonArguments,
) -> bool {
    let here = Path::new(".");
    let is_here = || folder.canonicalize().ok() == here.canonicalize().ok();
    loaded.inputs.config.site.output_is_here
        && common.output.is_none()
        && ["tier0.toml", "content"].iter().any(|name| here.join(name).exists())
        && !is_here()
}

/// Why paths are left out; names that begin with `_` are parts of pages by custom.
fn said(key: &str, file: &str) -> String {
    match key {
        "_" => "names that begin with `_` are no pages there".to_owned(),
        _ => format!("`{key}` of `{file}` says"),
    }
}

fn said_zh(key: &str, file: &str) -> String {
    match key {
        "_" => "名称以 `_` 开头的不是页面".to_owned(),
        _ => format!("依据 `{file}` 的 `{key}`"),
    }
}

fn plural(count: usize) -> String {
    if count == 1 { "1 path".to_owned() } else { format!("{count} paths") }
}

fn more(count: usize) -> &'static str {
    if count > 1 { ", …" } else { "" }
}

/// Writes a `tier0.toml` with what is known of a folder. Nothing else is written, and no file is ever
/// replaced.
pub(crate) fn write_down(folder: &Path, terminal: &Terminal) -> Outcome {
    let shown = terminal::path(folder);
    let project = Project::new(folder, None);
    let file = terminal::path(&project.config);
    if std::fs::symlink_metadata(&project.config).is_ok() {
        terminal.error(&terminal.locale.pick(
            format!("{file} is there already; nothing was changed"),
            format!("{file} 已经存在，未做任何改动"),
        ));
        return Outcome::Usage;
    }
    let mut problems: Vec<Diagnostic> = Vec::new();
    let adopted = source::for_configuration(&project, &mut problems);
    terminal.problems(&problems, &NoTexts);
    let Some(adopted) = adopted else {
        if any_error(&problems) {
            return Outcome::Content;
        }
        terminal.error(&terminal.locale.pick(
            format!("there is no markdown file in {shown}"),
            format!("{shown} 中没有 markdown 文件"),
        ));
        return Outcome::Usage;
    };
    let has_static = folder.join("static").is_dir();
    let text = configuration(&adopted, has_static, terminal);
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&project.config)
        .and_then(|mut new| std::io::Write::write_all(&mut new, text.as_bytes()));
    if let Err(error) = written {
        terminal.error(&format!("{file}: {error}"));
        return Outcome::Environment;
    }
    terminal.line(&terminal.locale.pick(
        format!("Wrote {file}. See the site with:\n\n  tier0 serve {shown} --open"),
        format!("已写入 {file}。运行下面的命令查看站点：\n\n  tier0 serve {shown} --open"),
    ));
    Outcome::Fine
}

/// The text of the configuration.
fn configuration(adopted: &Adopted, has_static: bool, terminal: &Terminal) -> String {
    let mut lines = Vec::new();
    let from = adopted.system.as_ref().map(|(system, file)| format!(" {file} ({system})"));
    lines.push(match from {
        Some(from) => terminal.locale.pick(format!("# From{from}."), format!("# 依据{from}。")),
        None => terminal.say("# A folder of markdown.", "# markdown 文件夹。").to_owned(),
    });
    lines.push(String::new());
    lines.push("[site]".to_owned());
    lines.extend(adopted.title.as_ref().map(|title| format!("title = {}", quoted(title))));
    let language = adopted.language.as_ref();
    lines.extend(language.map(|code| format!("default_language = {}", quoted(code))));
    lines.push(format!("content = {}", quoted(&adopted.content)));
    if has_static && !adopted.has_static {
        lines.push(
            terminal
                .say(
                    "# Files in this folder are published as they are; `static` of this project is not.",
                    "# 这个文件夹里的文件会原样发布；项目原有的 `static` 不会。",
                )
                .to_owned(),
        );
        lines.push(format!("static = {}", quoted("static-files")));
    }
    let left_out: Vec<&String> = adopted.left_out.iter().flat_map(|(_, paths)| paths).collect();
    if !left_out.is_empty() {
        let file = adopted.system.as_ref().map_or("", |(_, file)| file);
        lines.push(terminal.locale.pick(
            format!(
                "# What {file} leaves out of what is there today; later files have to be added."
            ),
            format!("# 目前 {file} 排除的文件；以后新增的需要自己补上。"),
        ));
        lines.push("exclude = [".to_owned());
        lines.extend(left_out.into_iter().map(|path| format!("    {},", quoted(path))));
        lines.push("]".to_owned());
    }
    lines.join("\n") + "\n"
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

/// The settings of other programs are not shown line by line.
struct NoTexts;

impl Texts for NoTexts {
    fn text(&self, _: &str) -> Option<&str> {
        None
    }
}
