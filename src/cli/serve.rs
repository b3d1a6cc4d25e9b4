//! `tier0 serve`: the live preview.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::Outcome;
use super::arguments::{Common, Serve};
use super::project::{self, Loaded};
use super::terminal::Terminal;
use crate::diagnostic::json::record;
use crate::diagnostic::{self, Diagnostic};
use crate::pipeline::{self, Memo, Request};
use crate::preview::{Event, Options, Preview, PreviewError, Snapshot};

/// Runs the command until it is interrupted.
pub fn run(serve: &Serve, common: &Common, terminal: &Terminal) -> Outcome {
    let loaded = project::load(&serve.folder, common);
    if loaded.is_unusable() {
        terminal.problems(&loaded.diagnostics, &loaded.inputs);
        return Outcome::Usage;
    }
    let options = Options {
        host: serve.host,
        port: serve.port,
        open: serve.open,
        watch: watched(&loaded),
        ignore: vec![
            loaded.project.base().join(&loaded.inputs.config.site.output),
            loaded.output(common),
        ],
        poll: serve.poll,
    };
    drop(loaded);
    let memo = Memo::remembering();
    let ran = Preview::open(options).and_then(|preview| {
        preview.run(|_| build(serve, common, &memo, terminal), |event| tell(&event, terminal))
    });
    match ran {
        Ok(()) => Outcome::Fine,
        Err(error) => {
            terminal.error(&failure(&error, terminal));
            Outcome::Environment
        }
    }
}

/// Everything a build reads.
fn watched(loaded: &Loaded) -> Vec<PathBuf> {
    let mut paths = loaded.sources();
    paths.push(loaded.project.config.clone());
    paths
}

/// One build, in memory.
fn build(serve: &Serve, common: &Common, memo: &Memo, terminal: &Terminal) -> Snapshot {
    let loaded = project::load(&serve.folder, common);
    let mut diagnostics = loaded.diagnostics.clone();
    let files: Mutex<BTreeMap<String, Arc<Vec<u8>>>> = Mutex::default();
    if !loaded.is_unusable() {
        let put = |path: &str, bytes: &Arc<Vec<u8>>| {
            let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
            files.insert(path.to_owned(), Arc::clone(bytes));
        };
        let request = Request { edition: &loaded.edition, drafts: true };
        let build = pipeline::run(&loaded.inputs, &request, memo, &put, &|_, _| {});
        for (path, disk) in pipeline::copies(&build) {
            match std::fs::read(disk) {
                Ok(bytes) => put(path, &Arc::new(bytes)),
                Err(error) => diagnostics.push(
                    Diagnostic::general(diagnostic::Code::IoError)
                        .with_both("action", "read", "读取")
                        .with("target", disk.display().to_string())
                        .with("detail", error.to_string()),
                ),
            }
        }
        diagnostics.extend(build.diagnostics);
        diagnostic::sort(&mut diagnostics);
    }
    terminal.problems(&diagnostics, &loaded.inputs);
    Snapshot {
        files: files.into_inner().unwrap_or_else(PoisonError::into_inner),
        failed: diagnostic::any_error(&diagnostics),
        problems: diagnostics.iter().map(|d| record(d, &loaded.inputs, terminal.tongue)).collect(),
    }
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
            terminal.line(&pick(
                format!("Preview at {url} — edit and save, the browser follows. Ctrl-C ends it."),
                format!("预览地址 {url} —— 编辑并保存，浏览器会自动更新。按 Ctrl-C 结束。"),
            ));
        }
        Event::Built { took, failed, files, changed, problems } => {
            let (time, count) = (took.as_millis(), problems.len());
            terminal.line(&if *failed {
                pick(
                    format!("Not shown: {count} problems ({time} ms). The last good pages stay."),
                    format!("未更新：有 {count} 个问题（{time} 毫秒）。仍显示上一次正确的页面。"),
                )
            } else {
                pick(
                    format!("Built in {time} ms: {changed} of {files} files changed."),
                    format!("构建完成，用时 {time} 毫秒：{files} 个文件中有 {changed} 个变化。"),
                )
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
