//! `tier0 audit DIR`: the leak gate on an output that exists.

use std::path::Path;

use rayon::prelude::*;
use walkdir::WalkDir;

use super::Outcome;
use super::arguments::Common;
use super::project;
use super::terminal::{self, Terminal};
use crate::diagnostic;
use crate::pipeline;

/// Runs the command.
pub fn run(output: &Path, site: &Path, common: &Common, terminal: &Terminal) -> Outcome {
    let loaded = project::load(site, common);
    if loaded.is_unusable() {
        terminal.problems(&loaded.diagnostics, &*loaded.inputs);
        return Outcome::Usage;
    }
    if !output.is_dir() {
        let shown = terminal::path(output);
        terminal.error(
            &terminal
                .tongue
                .pick(format!("there is no folder {shown}"), format!("目录 {shown} 不存在")),
        );
        return Outcome::Usage;
    }
    let Some(gate) = pipeline::gate(&loaded.inputs, &loaded.edition) else {
        terminal.line(terminal.say(
            "This edition excludes nothing, so nothing can leak.",
            "这个发行版没有排除任何内容，不存在泄漏的可能。",
        ));
        return Outcome::Fine;
    };
    let files: Vec<_> =
        WalkDir::new(output).sort_by_file_name().into_iter().filter_map(Result::ok).collect();
    let mut leaks: Vec<_> = files
        .par_iter()
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(output).unwrap_or(entry.path());
            let bytes = std::fs::read(entry.path()).unwrap_or_default();
            gate.sweep(&path.to_string_lossy(), &bytes)
        })
        .collect();
    diagnostic::sort(&mut leaks);
    terminal.problems(&leaks, &*loaded.inputs);
    let count = files.iter().filter(|entry| entry.file_type().is_file()).count();
    terminal.line(&terminal.tongue.pick(
        format!("{count} files, {} leaks", leaks.len()),
        format!("{count} 个文件，{} 处泄漏", leaks.len()),
    ));
    if leaks.is_empty() { Outcome::Fine } else { Outcome::Leak }
}
