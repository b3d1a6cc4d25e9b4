//! `tier0 serve`: the live preview.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

use super::Outcome;
use super::arguments::{Common, Format, Serve};
use super::project::{self, Loaded};
use super::terminal::{self, Tagged, Terminal};
use crate::config::{self, Edition};
use crate::diagnostic::json::record;
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::pipeline::{self, Memo, Request};
use crate::preview::{self, Event, Options, Paths, Preview, PreviewError, Problem, Snapshot};

/// Runs the command until it is interrupted.
pub fn run(serve: &Serve, common: &Common, terminal: &Terminal) -> Outcome {
    if !serve.folder.is_dir() {
        let folder = terminal::path(&serve.folder);
        terminal.error(
            &terminal
                .tongue
                .pick(format!("there is no folder {folder}"), format!("目录 {folder} 不存在")),
        );
        return Outcome::Usage;
    }
    let loaded = project::load(&serve.folder, common);
    if arguments_are_wrong(&loaded, common) {
        terminal.problems(&loaded.diagnostics, &*loaded.inputs);
        return Outcome::Usage;
    }
    let options = Options {
        host: serve.host,
        port: serve.port,
        open: serve.open,
        paths: paths(&loaded, common),
        poll: serve.poll,
    };
    drop(loaded);
    let mut builder = Builder::new(serve, common, terminal);
    let ran = Preview::open(options)
        .and_then(|preview| preview.run(|| builder.build(), |event| tell(&event, terminal)));
    match ran {
        Ok(()) => Outcome::Fine,
        Err(error) => {
            terminal.error(&failure(&error, terminal));
            Outcome::Environment
        }
    }
}

/// Whether the arguments are wrong in a way that no saved file can mend. An edition that is unknown
/// because the configuration cannot be read may well be known when it can.
fn arguments_are_wrong(loaded: &Loaded, common: &Common) -> bool {
    let errors = || loaded.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let of_arguments =
        |d: &Diagnostic| matches!(d.code, Code::UnknownEdition | Code::ConfigMissing);
    let of_config = |d: &Diagnostic| {
        d.place.as_ref().is_some_and(|place| place.path == loaded.inputs.config_path)
    };
    let no_address = |named: &String| config::base_url(named).is_none();
    common.base_url.as_ref().is_some_and(no_address)
        || (errors().any(of_arguments) && !errors().any(of_config))
}

/// Everything a build reads, and where `tier0 build` writes.
fn paths(loaded: &Loaded, common: &Common) -> Paths {
    let mut watch = loaded.sources();
    watch.push(loaded.project.config.clone());
    let mut ignore = vec![loaded.project.base().join(&loaded.inputs.config.site.output)];
    ignore.extend(common.output.clone());
    Paths { watch, ignore }
}

/// Builds in memory, again and again.
struct Builder<'a> {
    serve: &'a Serve,
    common: &'a Common,
    terminal: &'a Terminal,
    /// Parsed bodies of all editions.
    shared: Memo,
    /// What each edition remembers beside them.
    memos: BTreeMap<String, Memo>,
}

impl<'a> Builder<'a> {
    fn new(serve: &'a Serve, common: &'a Common, terminal: &'a Terminal) -> Self {
        Builder { serve, common, terminal, shared: Memo::remembering(), memos: BTreeMap::new() }
    }

    /// One build of all editions.
    fn build(&mut self) -> Snapshot {
        let loaded = project::load(&self.serve.folder, self.common);
        let paths = paths(&loaded, self.common);
        if loaded.is_unusable() {
            let problems = merge(vec![(String::new(), loaded.diagnostics.clone())]);
            return Snapshot {
                editions: Vec::new(),
                problems: self.show(problems, &loaded),
                paths,
            };
        }
        let editions = self.editions(&loaded);
        self.memos.retain(|name, _| editions.iter().any(|edition| edition.name == *name));
        let mut copied = Copied::default();
        let mut built = Vec::new();
        let mut problems = Vec::new();
        for (number, mut edition) in editions.into_iter().enumerate() {
            let root = if number == 0 { String::new() } else { format!("@{}/", edition.name) };
            // The page for lost readers needs to know where the site is: here, not at its address.
            edition.base_url = Some(format!("http://localhost/{root}"));
            let memo =
                self.memos.entry(edition.name.clone()).or_insert_with(|| self.shared.beside());
            let (one, found) = build_one(&loaded, &edition, memo, &mut copied);
            built.push(one);
            problems.push((edition.name, found));
        }
        self.shared.forget_unused();
        Snapshot { editions: built, problems: self.show(merge(problems), &loaded), paths }
    }

    /// The editions to serve, the one that was asked for first. Other machines get only that one.
    fn editions(&self, loaded: &Loaded) -> Vec<Edition> {
        let mut editions = vec![loaded.edition.clone()];
        if self.serve.host.is_loopback() {
            let all = loaded.inputs.config.editions.iter();
            editions.extend(all.filter(|other| other.name != loaded.edition.name).cloned());
        }
        editions
    }

    /// Prints problems and makes them ready for the browser.
    fn show(&self, merged: Vec<(Diagnostic, Vec<String>)>, loaded: &Loaded) -> Vec<Problem> {
        let terminal = self.terminal;
        if terminal.format == Format::Human {
            let groups: BTreeSet<&Vec<String>> = merged.iter().map(|(_, names)| names).collect();
            for group in groups {
                if !group.is_empty() {
                    terminal.remark(&terminal.tongue.pick(
                        format!("Only in {}:", group.join(", ")),
                        format!("仅出现在 {}：", group.join("、")),
                    ));
                }
                let own = merged.iter().filter(|(_, names)| names == group);
                let own: Vec<_> = own.map(|(diagnostic, _)| diagnostic.clone()).collect();
                terminal.problems(&own, &*loaded.inputs);
            }
        }
        let problems = merged.into_iter().map(|(diagnostic, editions)| {
            let record = record(&diagnostic, &*loaded.inputs, terminal.tongue);
            let problem = Problem { record, editions };
            let is_wanted = !self.common.quiet || diagnostic.severity == Severity::Error;
            if terminal.format == Format::Json && is_wanted {
                terminal::json(&Tagged { kind: "problem", value: &problem });
            }
            problem
        });
        problems.collect()
    }
}

/// Files that are copied as they are, read once for all editions of a build.
type Copied = BTreeMap<PathBuf, Result<Arc<Vec<u8>>, Diagnostic>>;

fn copy(disk: &Path) -> Result<Arc<Vec<u8>>, Diagnostic> {
    std::fs::read(disk).map(Arc::new).map_err(|error| {
        Diagnostic::general(Code::IoError)
            .with_both("action", "read", "读取")
            .with("target", disk.display().to_string())
            .with("detail", error.to_string())
    })
}

/// One edition, and what is wrong with it.
fn build_one(
    loaded: &Loaded,
    edition: &Edition,
    memo: &Memo,
    copied: &mut Copied,
) -> (preview::Edition, Vec<Diagnostic>) {
    let mut diagnostics = loaded.diagnostics.clone();
    let files: Mutex<BTreeMap<String, Arc<Vec<u8>>>> = Mutex::default();
    let put = |path: &str, bytes: &Arc<Vec<u8>>| {
        let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), Arc::clone(bytes));
    };
    let request = Request { edition, drafts: true, for_authors: true };
    let build = pipeline::run(&loaded.inputs, &request, memo, &put, &|_, _| {});
    for (path, disk) in pipeline::copies(&build) {
        match copied.entry(disk.clone()).or_insert_with(|| copy(disk)) {
            Ok(bytes) => {
                diagnostics.extend(build.gate.as_ref().and_then(|gate| gate.sweep(path, bytes)));
                put(path, bytes);
            }
            Err(problem) => diagnostics.push(problem.clone()),
        }
    }
    let parts = build.site.iter().flat_map(|site| site.parts.iter());
    let homes = parts.map(|part| part.home.clone()).collect();
    diagnostics.extend(build.diagnostics);
    diagnostic::sort(&mut diagnostics);
    let failed = diagnostic::any_error(&diagnostics);
    let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
    (preview::Edition { name: edition.name.clone(), files, homes, failed }, diagnostics)
}

/// The problems of all editions, each once, with the editions that have it if others do not.
fn merge(found: Vec<(String, Vec<Diagnostic>)>) -> Vec<(Diagnostic, Vec<String>)> {
    let editions = found.len();
    let mut merged: BTreeMap<_, Vec<(Diagnostic, Vec<String>)>> = BTreeMap::new();
    for (edition, diagnostics) in found {
        for diagnostic in diagnostics {
            let place = diagnostic.place.as_ref();
            let place = place.map(|at| (Arc::clone(&at.path), at.span.start, at.span.end));
            let same_place = merged.entry((place, diagnostic.code.definition().name)).or_default();
            match same_place.iter_mut().find(|(known, _)| *known == diagnostic) {
                Some((_, names)) => names.push(edition.clone()),
                None => same_place.push((diagnostic, vec![edition.clone()])),
            }
        }
    }
    let mut merged: Vec<_> = merged.into_values().flatten().collect();
    for (_, names) in merged.iter_mut().filter(|(_, names)| names.len() == editions) {
        names.clear();
    }
    merged
}

/// Where the preview is, for machines.
#[derive(Serialize)]
struct Listening<'a> {
    url: &'a str,
}

/// Tells the user what happens.
fn tell(event: &Event, terminal: &Terminal) {
    let pick = |en: String, zh: String| terminal.tongue.pick(en, zh);
    match event {
        Event::Listening { url, moved_from, exposed, .. } => {
            if let Some(port) = moved_from {
                terminal.remark(&pick(format!("Port {port} is taken."), format!("端口 {port} 已被占用。")));
            }
            if *exposed {
                terminal.remark(terminal.say(
                    "Warning: other machines can reach this preview.",
                    "警告：其他机器可以访问这个预览。",
                ));
            }
            // Without it the preview cannot be found, so it is no matter of wishes.
            match terminal.format {
                Format::Json => terminal::json(&Tagged { kind: "listening", value: Listening { url } }),
                Format::Human => terminal::print(&pick(
                    format!("Preview at {url} — edit and save, the browser follows. Ctrl-C ends it."),
                    format!("预览地址 {url} —— 编辑并保存，浏览器会自动更新。按 Ctrl-C 结束。"),
                )),
            }
        }
        Event::Built { took, shown, problems } => {
            let (time, count) = (took.as_millis(), problems.len());
            let preview::Shown { editions, failed, files, changed, .. } = shown;
            terminal.line(&if failed.len() == *editions {
                pick(
                    format!("Not shown: {count} problems ({time} ms). The last good pages stay."),
                    format!("未更新：有 {count} 个问题（{time} 毫秒）。仍显示上一次正确的页面。"),
                )
            } else {
                let built = pick(
                    format!("Built in {time} ms: {changed} of {files} files changed."),
                    format!("构建完成，用时 {time} 毫秒：{files} 个文件中有 {changed} 个变化。"),
                );
                let kept = pick(
                    format!(" Not shown: {}. The last good pages stay.", failed.join(", ")),
                    format!("未更新：{}，仍显示上一次正确的页面。", failed.join("、")),
                );
                if failed.is_empty() { built } else { built + &kept }
            });
        }
        Event::Polling { reason } => terminal.remark(&pick(
            format!("The system gives no more change events ({reason}); looking at the files regularly instead."),
            format!("系统不再提供文件变更通知（{reason}），改为定时查看文件。"),
        )),
        Event::Blind { reason } => terminal.remark(&pick(
            format!("Changes cannot be noticed any more ({reason}). Start tier0 serve again."),
            format!("已无法感知文件变化（{reason}），请重新运行 tier0 serve。"),
        )),
        Event::NoBrowser { reason } => terminal.remark(&pick(
            format!("No browser could be opened: {reason}"),
            format!("无法打开浏览器：{reason}"),
        )),
    }
}

fn failure(error: &PreviewError, terminal: &Terminal) -> String {
    match error {
        PreviewError::NoFreePort { first, last } => terminal.tongue.pick(
            format!("ports {first} to {last} are all taken; name another one with --port"),
            format!("端口 {first} 到 {last} 都被占用，请用 --port 指定其他端口"),
        ),
        PreviewError::Bind { address, source } => terminal.tongue.pick(
            format!("cannot listen on {address}: {source}"),
            format!("无法监听 {address}：{source}"),
        ),
        PreviewError::Thread(source) => terminal
            .tongue
            .pick(format!("cannot start a thread: {source}"), format!("无法启动线程：{source}")),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::super::arguments::{Arguments, Command};
    use super::*;
    use crate::diagnostic::Tongue;

    fn start(arguments: &[&str]) -> Outcome {
        let arguments = Arguments::parse_from([&["tier0", "serve", "--quiet"], arguments].concat());
        let terminal = Terminal::new(Tongue::En, &arguments.common);
        let Command::Serve(serve) = &arguments.command else { unreachable!("it says serve") };
        run(serve, &arguments.common, &terminal)
    }

    #[test]
    fn what_no_saved_file_can_mend_ends_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().to_str().unwrap();
        assert_eq!(start(&[&format!("{site}/nowhere")]), Outcome::Usage);
        assert_eq!(start(&[site, "--edition", "nobody"]), Outcome::Usage);
        assert_eq!(start(&[site, "--base-url", "nonsense"]), Outcome::Usage);
        assert_eq!(start(&[site, "--config", &format!("{site}/other.toml")]), Outcome::Usage);
    }

    #[test]
    fn a_problem_of_several_editions_is_told_once() {
        let problem = |name: &str| Diagnostic::general(Code::NoContent).with("name", name);
        let list = |name: &str, all: &[&str]| {
            (name.to_owned(), all.iter().map(|name| problem(name)).collect())
        };
        let merged = merge(vec![list("a", &["x", "y"]), list("b", &["x"]), list("c", &["x", "y"])]);
        let names = vec!["a".to_owned(), "c".to_owned()];
        assert_eq!(merged, [(problem("x"), Vec::new()), (problem("y"), names)]);
        assert_eq!(merge(vec![list("a", &["x"])]), [(problem("x"), Vec::new())]);
    }
}
