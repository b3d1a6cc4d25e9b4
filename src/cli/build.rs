//! `tier0 build` and `tier0 check`.

use std::path::{Path, PathBuf};

use super::arguments::{CommonArguments, Format};
use super::hold::{self, Held};
use super::project::{self, Loaded};
use super::terminal::{self, Clock, Terminal, json, size};
use super::{Outcome, adopted, output, report, state};
use crate::diagnostic::{self, Code, Diagnostic, Weight, visible};
use crate::publish::{self, Guard, PublishError, Stage};
use crate::session::{Build, Nowhere, Session, Sink, Sources, Swept, doubts_readers};

/// Whether the site is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Build and publish.
    Write,
    /// Look for problems only.
    Check,
}

/// Runs the command for one edition or for all.
pub(crate) fn run(
    folder: &Path,
    common: &CommonArguments,
    mode: Mode,
    terminal: &Terminal,
) -> Outcome {
    if mode == Mode::Write {
        let words =
            terminal.say("interrupted: this build was not published", "已中断：本次构建没有发布");
        let words = words.to_owned();
        publish::watch(move || output::tell(&words));
    }
    let clock = terminal.clock();
    clock.mark("source", terminal.say("Finding", "查找"), 0);
    let (mut session, mut loaded) = project::load(folder, common);
    if loaded.is_unusable() {
        clock.stop();
        terminal.problems(&loaded.diagnostics, &*loaded.inputs);
        return loaded.outcome();
    }
    adopted::tell(folder, &loaded, terminal);
    if mode == Mode::Write && adopted::output_is_of_another_site(folder, &loaded, common) {
        clock.stop();
        terminal.error(terminal.say(
            "the current folder is another site, whose output is in `dist`; name a folder with --output",
            "当前文件夹是另一个站点，它的输出在 `dist` 里；请用 --output 指定输出目录",
        ));
        return Outcome::Usage;
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
        terminal.error(&terminal.locale.pick(reason.0, reason.1));
        return Outcome::Usage;
    }
    // Editions of one run share what they parse alike: bodies are known by their bytes.
    if editions.len() > 1 {
        session.share_bodies();
    }
    let held = match common.hold_back {
        true => hold::find(&mut session, &loaded, &editions),
        false => Held::default(),
    };
    let mut clock = Some(clock);
    let mut made = Vec::new();
    for edition in editions {
        loaded.edition = edition;
        let clock = clock.take().unwrap_or_else(|| terminal.clock());
        made.push(make(&session, &loaded, common, mode, &clock, terminal));
    }
    // An edition may be good by luck alone where another leaves in doubt who reads what.
    let is_in_doubt = made.iter().any(|made| made.diagnostics.iter().any(doubts_readers));
    let mut outcome = Outcome::Fine;
    let mut reports = Vec::new();
    for made in made {
        let built = finish(made, is_in_doubt, &held, &loaded, mode, terminal);
        outcome = outcome.worst(built.outcome);
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

/// An edition that is built and not published yet.
struct Made {
    output: PathBuf,
    /// None if it is only checked, or nothing can be written.
    stage: Option<Stage>,
    diagnostics: Vec<Diagnostic>,
    outcome: Outcome,
    facts: report::Facts,
    /// What a build remembers beside its output.
    sources: Sources,
    /// The pages for the report, if one is wanted.
    pages: Option<serde_json::Value>,
}

/// How the build of one edition went.
struct Built {
    outcome: Outcome,
    report: Option<serde_json::Value>,
}

/// Builds an edition into a stage.
fn make(
    session: &Session,
    loaded: &Loaded,
    common: &CommonArguments,
    mode: Mode,
    clock: &Clock,
    terminal: &Terminal,
) -> Made {
    let mut diagnostics = loaded.diagnostics.clone();
    let stage = match mode {
        Mode::Check => None,
        Mode::Write => begin(loaded, common).map_err(|error| diagnostics.push(error.into())).ok(),
    };
    let sink: Option<&dyn Sink> = match mode {
        Mode::Check => Some(&Nowhere),
        Mode::Write => stage.as_ref().map(|stage| stage as &dyn Sink),
    };
    let build = sink.map(|sink| {
        let sink = Counted { sink, clock };
        session.build(&loaded.request(), &sink, &|stage, pages| clock.stage(stage, pages))
    });
    if let Some(build) = &build {
        diagnostics.extend(build.problems.iter().cloned());
        diagnostic::sort(&mut diagnostics);
    }
    let mut outcome = project::outcome(&diagnostics, &loaded.inputs);
    if outcome == Outcome::Fine && common.strict && !diagnostics.is_empty() {
        outcome = Outcome::Content;
    }
    let (time, stages) = clock.stop();
    // The site itself goes here: with several editions it would be kept for each.
    Made {
        output: loaded.output(common),
        stage,
        outcome,
        facts: report::Facts::new(
            loaded,
            build.as_ref(),
            clock.bytes(),
            time,
            stages,
            terminal.locale,
        ),
        sources: build.as_ref().map(Build::sources).unwrap_or_default(),
        pages: build.filter(|_| common.report.is_some()).map(|build| report::pages(&build)),
        diagnostics,
    }
}

/// Publishes an edition, if it may be, and says how it went.
fn finish(
    made: Made,
    is_in_doubt: bool,
    held: &Held,
    loaded: &Loaded,
    mode: Mode,
    terminal: &Terminal,
) -> Built {
    let Made { output, stage, mut diagnostics, mut outcome, mut facts, sources, pages } = made;
    let is_held_back = is_in_doubt && outcome == Outcome::Fine && mode == Mode::Write;
    let published = stage.filter(|_| outcome == Outcome::Fine && !is_in_doubt);
    let published =
        published.and_then(|stage| publish(stage, &mut facts, terminal, &mut diagnostics));
    let remembered = published.as_ref().map_or(Ok(()), |_| state::write(&output, &sources));
    let leftovers = published.iter().flat_map(|published| &published.leftovers);
    diagnostics.extend(leftovers.map(|path| leftover(path)));
    if outcome == Outcome::Fine {
        outcome = project::outcome(&diagnostics, &loaded.inputs);
    }
    if outcome == Outcome::Fine && !held.paths.is_empty() {
        outcome = Outcome::HeldBack;
    }
    diagnostics.extend(held.errors(&facts.edition).iter().cloned());
    diagnostic::sort(&mut diagnostics);
    facts.held = held.paths.iter().map(ToString::to_string).collect();
    terminal.problems(&diagnostics, &*loaded.inputs);
    if let Err((path, error)) = remembered {
        terminal.error(&format!("{}: {error}", terminal::path(&path)));
        outcome = Outcome::Environment;
    }
    facts.settle(&diagnostics, published.as_ref());
    if is_held_back {
        terminal.error(terminal.say(
            "held back: another edition of this run leaves in doubt who may read what",
            "暂不发布：本次运行的另一个发行版有内容无法判断谁可以阅读",
        ));
    }
    if let Some(guarded) = &facts.guarded
        && terminal.format == Format::Human
    {
        output::tell(&guarded_because(guarded, terminal));
    }
    if !facts.held.is_empty() && terminal.format == Format::Human {
        output::tell(&held_back(&facts.held, terminal));
    }
    summarise(&facts, &output, mode, terminal);
    let report = pages.map(|pages| report::report(&facts, &diagnostics, pages, loaded, terminal));
    Built { outcome, report }
}

fn begin(loaded: &Loaded, common: &CommonArguments) -> Result<Stage, PublishError> {
    let sources = loaded.sources();
    Stage::begin(
        &loaded.output(common),
        &Guard { project: loaded.project.base(), sources: &sources, edition: &loaded.edition.name },
    )
}

/// A sink whose files are counted.
struct Counted<'a> {
    sink: &'a dyn Sink,
    clock: &'a Clock,
}

impl Sink for Counted<'_> {
    fn put(&self, file: &Swept<'_>) -> Result<u64, Box<Diagnostic>> {
        let bytes = self.sink.put(file)?;
        self.clock.count(bytes);
        Ok(bytes)
    }

    fn foreign(&self) -> Vec<(String, PathBuf)> {
        self.sink.foreign()
    }

    fn lasting(&self) -> Vec<(String, PathBuf)> {
        self.sink.lasting()
    }

    fn keep(&self, file: &Swept<'_>) {
        self.sink.keep(file);
    }
}

fn publish(
    stage: Stage,
    facts: &mut report::Facts,
    terminal: &Terminal,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<publish::Published> {
    let clock = terminal.clock();
    clock.mark("publish", terminal.say("Publishing", "发布"), 0);
    let published = stage.commit().map_err(|error| diagnostics.push(error.into())).ok();
    let (time, stages) = clock.stop();
    facts.seconds += time.as_secs_f64();
    facts.stages.extend(stages);
    published
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
    problem.weighing(Weight::Hint)
}

/// Why a build stopped for what other sites are warned of.
fn guarded_because(guarded: &report::Guarded, terminal: &Terminal) -> String {
    let report::Guarded { because, path, line } = guarded;
    visible::lines(&terminal.locale.pick(
        format!(
            "guarded because {path}:{line} ({because}): on this site, what could hide something stops the build\n"
        ),
        format!("本站有内容需要保护，依据是 {path}:{line}（{because}）：可能影响隐藏内容的问题会使构建停止\n"),
    ))
    .into_owned()
}

/// Which pages are left out.
fn held_back(paths: &[String], terminal: &Terminal) -> String {
    const MOST: usize = 5;
    let mut named: Vec<&str> = paths.iter().take(MOST).map(String::as_str).collect();
    named.extend((paths.len() > MOST).then_some("…"));
    let (count, named) = (paths.len(), named.join(terminal.say(", ", "、")));
    visible::lines(&terminal.locale.pick(
        format!("{} held back: {named}\n", plural(count, "file")),
        format!("{count} 个文件暂不发布：{named}\n"),
    ))
    .into_owned()
}

/// The two lines at the end.
fn summarise(facts: &report::Facts, output: &Path, mode: Mode, terminal: &Terminal) {
    if terminal.format == Format::Json {
        json(&terminal::Tagged { kind: "summary", value: facts });
        return;
    }
    let time = format!("{:.2} s", facts.seconds);
    let problems = terminal.locale.pick(
        format!("{}, {}", plural(facts.errors, "error"), plural(facts.warnings, "warning")),
        format!("{} 个错误，{} 个警告", facts.errors, facts.warnings),
    );
    let languages = facts.languages.join(", ");
    // Where pages name days, who looks for one wants to know the day that was meant.
    let today = facts.today.as_ref().map(|today| {
        terminal.locale.pick(format!(", today is {today}"), format!("，今天按 {today} 计"))
    });
    let problems = problems + &today.unwrap_or_default();
    terminal.line(&terminal.locale.pick(
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
    let output = terminal::path(output);
    terminal.line(&match (mode, facts.published) {
        (Mode::Write, true) => terminal.locale.pick(
            format!("{} in {} files to {output} in {time}", size(facts.bytes), facts.files),
            format!("{}，{} 个文件，写入 {output}，用时 {time}", size(facts.bytes), facts.files),
        ),
        (Mode::Write, false) => terminal.locale.pick(
            format!("Nothing was published; {output} is as it was ({time})"),
            format!("没有发布，{output} 保持原样（{time}）"),
        ),
        (Mode::Check, _) => {
            terminal.locale.pick(format!("Checked in {time}"), format!("检查完毕，用时 {time}"))
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
