//! `tier0 audit DIR`: the leak gate on an output that exists.

use std::path::Path;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::Outcome;
use super::arguments::CommonArguments;
use super::project;
use super::terminal::{self, Terminal};
use crate::diagnostic::{self, Code};
use crate::source;

/// Runs the command.
pub(crate) fn run(
    output: &Path,
    site: &Path,
    common: &CommonArguments,
    terminal: &Terminal,
) -> Outcome {
    let (session, loaded) = project::load(site, common);
    if loaded.is_unusable() {
        terminal.problems(&loaded.diagnostics, &*loaded.inputs);
        return loaded.outcome();
    }
    if !output.is_dir() {
        let shown = terminal::path(output);
        terminal.error(
            &terminal
                .locale
                .pick(format!("there is no folder {shown}"), format!("目录 {shown} 不存在")),
        );
        return Outcome::Usage;
    }
    let Some(sweep) = session.sweep(&loaded.request()) else {
        terminal.line(terminal.say(
            "This edition excludes nothing, so nothing can leak.",
            "这个发行版没有排除任何内容，不存在泄漏的可能。",
        ));
        return Outcome::Fine;
    };
    let mut unread = Vec::new();
    let mut files = Vec::new();
    for entry in WalkDir::new(output).sort_by_file_name() {
        match entry {
            Ok(entry) => files.push(entry),
            Err(error) => {
                let path = error.path().unwrap_or(output).display().to_string();
                unread.push(source::cannot_read(&path, &error.into()));
            }
        }
    }
    let mut leaks: Vec<_> = files
        .par_iter()
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(output).unwrap_or(entry.path());
            sweep.file(&path.to_string_lossy(), entry.path())
        })
        .collect();
    // What cannot be looked at may be anything.
    leaks.extend(unread);
    diagnostic::sort(&mut leaks);
    terminal.problems(&leaks, &*loaded.inputs);
    let outcome = project::outcome(&leaks, &loaded.inputs);
    leaks.retain(|found| found.code == Code::Leak);
    let count = files.iter().filter(|entry| entry.file_type().is_file()).count();
    terminal.line(&terminal.locale.pick(
        format!("{count} files, {} leaks", leaks.len()),
        format!("{count} 个文件，{} 处泄漏", leaks.len()),
    ));
    outcome
}
