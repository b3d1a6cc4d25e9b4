//! `tier0 build` and `tier0 check`.

use std::path::Path;
use std::sync::Mutex;

use rayon::prelude::*;

use super::arguments::{Common, Format};
use super::project::{self, Loaded};
use super::terminal::{self, Clock, Terminal, json, size};
use super::{Outcome, output, report, state, sweep};
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::pipeline::{self, Memo, Request};
use crate::publish::{self, Body, Guard, PublishError, Published, Stage};

/// Failed writes that are reported.
const MOST_FAILURES: usize = 5;

/// Whether the site is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Build and publish.
    Write,
    /// Look for problems only.
    Check,
}

/// Runs the command for one edition or for all.
pub fn run(folder: &Path, common: &Common, mode: Mode, terminal: &Terminal) -> Outcome {
    if mode == Mode::Write {
        let words =
            terminal.say("interrupted: this build was not published", "已中断：本次构建没有发布");
        let words = words.to_owned();
        publish::watch(move || output::tell(&words));
    }
    let clock = terminal.clock();
    clock.mark("source", terminal.say("Finding", "查找"), 0);
    let mut loaded = project::load(folder, common);
    if loaded.is_unusable() {
        clock.stop();
        terminal.problems(&loaded.diagnostics, &*loaded.inputs);
        return loaded.outcome();
    }
    let editions = if common.all_editions {
        loaded.inputs.config.editions.clone()
    } else {
        vec![loaded.edition.clone()]
    };
    if let Some(path) = &common.report
        && let Err(reason) = report::check(path, &loaded, common)
    {
        clock.stop();
        terminal.error(&terminal.tongue.pick(reason.0, reason.1));
        return Outcome::Usage;
    }
    // Editions of one run share what they parse alike: bodies are known by their bytes.
    let memo = if editions.len() > 1 { Memo::sharing() } else { Memo::default() };
    let mut outcome = Outcome::Fine;
    let mut reports = Vec::new();
    let mut clock = Some(clock);
    for edition in editions {
        loaded.edition = edition;
        let clock = clock.take().unwrap_or_else(|| terminal.clock());
        let built = build_one(&loaded, common, mode, &memo, &clock, terminal);
        outcome = outcome.max(built.outcome);
        reports.extend(built.report);
    }
    if let Some(path) = &common.report
        && let Err(error) = report::write(path, &reports, common.all_editions)
    {
        terminal.error(&format!("{}: {error}", terminal::path(path)));
        return Outcome::Environment;
    }
    outcome
}

/// How the build of one edition went.
struct Built {
    outcome: Outcome,
    report: Option<serde_json::Value>,
}

fn build_one(
    loaded: &Loaded,
    common: &Common,
    mode: Mode,
    memo: &Memo,
    clock: &Clock,
    terminal: &Terminal,
) -> Built {
    let mut diagnostics = loaded.diagnostics.clone();
    let stage = match mode {
        Mode::Check => None,
        Mode::Write => match begin(loaded, common) {
            Ok(stage) => Some(stage),
            Err(error) => {
                clock.stop();
                diagnostics.push(error.into());
                terminal.problems(&diagnostics, &*loaded.inputs);
                return Built {
                    outcome: project::outcome(&diagnostics, &loaded.inputs),
                    report: None,
                };
            }
        },
    };
    let (build, problems) = fill(loaded, stage.as_ref(), memo, clock);
    diagnostics.extend(build.diagnostics.iter().cloned());
    diagnostics.extend(problems);
    diagnostic::sort(&mut diagnostics);

    let mut outcome = project::outcome(&diagnostics, &loaded.inputs);
    if outcome == Outcome::Fine && common.strict && !diagnostics.is_empty() {
        outcome = Outcome::Content;
    }
    let published = if outcome == Outcome::Fine {
        publish(stage, clock, terminal, &mut diagnostics)
    } else {
        None
    };
    let output = loaded.output(common);
    let remembered = published.as_ref().map_or(Ok(()), |_| state::write(&output, &build));
    let leftovers = published.iter().flat_map(|published| &published.leftovers);
    diagnostics.extend(leftovers.map(|path| leftover(path)));
    if outcome == Outcome::Fine {
        outcome = project::outcome(&diagnostics, &loaded.inputs);
    }
    let (time, stages) = clock.stop();
    terminal.problems(&diagnostics, &*loaded.inputs);
    if let Err((path, error)) = remembered {
        terminal.error(&format!("{}: {error}", terminal::path(&path)));
        outcome = Outcome::Environment;
    }
    let facts = report::Facts::new(
        loaded,
        &build,
        &diagnostics,
        published.as_ref(),
        clock.bytes(),
        time,
        stages,
    );
    summarise(&facts, loaded, common, mode, terminal);
    let wanted = common.report.is_some();
    let report = wanted.then(|| report::report(&facts, &diagnostics, &build, loaded, terminal));
    Built { outcome, report }
}

fn begin(loaded: &Loaded, common: &Common) -> Result<Stage, PublishError> {
    let sources = loaded.sources();
    Stage::begin(
        &loaded.output(common),
        &Guard { project: loaded.project.base(), sources: &sources },
    )
}

/// Builds the site into the stage, if there is one.
fn fill(
    loaded: &Loaded,
    stage: Option<&Stage>,
    memo: &Memo,
    clock: &Clock,
) -> (pipeline::Build, Vec<Diagnostic>) {
    let failures: Mutex<Vec<PublishError>> = Mutex::default();
    let put = |path: &str, body: Body<'_>, size: u64| {
        let written = stage.map_or(Ok(size), |stage| stage.put(path, body));
        let problem = written.map(|bytes| clock.count(bytes)).err();
        let is_put = problem.is_none();
        failures.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(problem);
        is_put
    };
    let request = Request { edition: &loaded.edition, drafts: false, for_authors: false };
    let build = pipeline::run(
        &loaded.inputs,
        &request,
        memo,
        &|path, bytes| {
            put(path, Body::Bytes(bytes), bytes.len() as u64);
        },
        &|stage, pages| clock.stage(stage, pages),
    );
    let copies: Vec<_> = pipeline::copies(&build).collect();
    let sweep = |path: &str, disk: &Path| {
        let gate = build.gate.as_ref()?;
        sweep::file(gate, path, disk)
    };
    let copied = copies.par_iter().filter_map(|(path, disk)| {
        // What cannot be copied is told once.
        if put(path, Body::Copy(disk), 0) { sweep(path, disk) } else { None }
    });
    // What somebody put into the output goes on being published, and so does what a program made
    // there of a page that is internal now.
    let foreign = stage.filter(|_| build.gate.is_some()).map(Stage::foreign).unwrap_or_default();
    let kept = foreign.par_iter().filter(|(_, disk)| disk.is_file());
    let kept = kept.filter_map(|(path, disk)| sweep(path, disk));
    let leaks: Vec<Diagnostic> = copied.chain(kept).collect();
    // Readers who have a page of the last build get its styles and scripts for this one more.
    for (path, disk) in stage.map(Stage::lasting).unwrap_or_default() {
        if sweep(&path, &disk).is_none() {
            stage.iter().for_each(|stage| stage.keep(&path));
        }
    }
    let mut failures = failures.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    // Nothing will be published anyway, and two pages of one address cannot both be written.
    if !build.is_good() {
        failures.clear();
    }
    // A full disk fails every file; the first few say enough.
    failures.truncate(MOST_FAILURES);
    let problems = failures.into_iter().map(Diagnostic::from).chain(leaks).collect();
    (build, problems)
}

fn publish(
    stage: Option<Stage>,
    clock: &Clock,
    terminal: &Terminal,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Published> {
    clock.mark("publish", terminal.say("Publishing", "发布"), 0);
    match stage?.commit() {
        Ok(published) => Some(published),
        Err(error) => {
            diagnostics.push(error.into());
            None
        }
    }
}

/// An old tree that could not be deleted: the new one is published all the same.
fn leftover(path: &Path) -> Diagnostic {
    let problem = Diagnostic::general(Code::IoError)
        .with_both("action", "delete the old copy", "删除旧的副本")
        .with("target", path.display().to_string())
        .with_both(
            "detail",
            "the new site is published; the next build tries to delete it again",
            "新站点已经发布；下次构建会再次尝试删除",
        );
    Diagnostic { severity: Severity::Warning, ..problem }
}

/// The two lines at the end.
fn summarise(
    facts: &report::Facts,
    loaded: &Loaded,
    common: &Common,
    mode: Mode,
    terminal: &Terminal,
) {
    if terminal.format == Format::Json {
        json(&terminal::Tagged { kind: "summary", value: facts });
        return;
    }
    let time = format!("{:.2} s", facts.seconds);
    let problems = terminal.tongue.pick(
        format!("{}, {}", plural(facts.errors, "error"), plural(facts.warnings, "warning")),
        format!("{} 个错误，{} 个警告", facts.errors, facts.warnings),
    );
    let languages = facts.languages.join(", ");
    terminal.line(&terminal.tongue.pick(
        format!(
            "{} in {} ({languages}), {problems}",
            plural(facts.pages, "page"),
            plural(facts.languages.len(), "language")
        ),
        format!(
            "{} 个页面，{} 种语言（{languages}），{problems}",
            facts.pages,
            facts.languages.len()
        ),
    ));
    let output = terminal::path(&loaded.output(common));
    terminal.line(&match (mode, facts.published) {
        (Mode::Write, true) => terminal.tongue.pick(
            format!("{} in {} files to {output} in {time}", size(facts.bytes), facts.files),
            format!("{}，{} 个文件，写入 {output}，用时 {time}", size(facts.bytes), facts.files),
        ),
        (Mode::Write, false) => terminal.tongue.pick(
            format!("Nothing was published; {output} is as it was ({time})"),
            format!("没有发布，{output} 保持原样（{time}）"),
        ),
        (Mode::Check, _) => {
            terminal.tongue.pick(format!("Checked in {time}"), format!("检查完毕，用时 {time}"))
        }
    });
    if terminal.verbose {
        for (stage, milliseconds) in &facts.stages {
            terminal.line(&format!("{stage:>10} {milliseconds:8.1} ms"));
        }
    }
}

fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
