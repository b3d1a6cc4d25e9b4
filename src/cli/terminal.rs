//! What the user sees: problems, progress, summaries.

use std::io::IsTerminal;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

use super::arguments::{Colour, CommonArguments, Format};
use super::flood::{self, Message};
use super::output;
use crate::diagnostic::json::records;
use crate::diagnostic::{Diagnostic, Locale, Place, Severity, Texts, human, position, visible};
use crate::session::Stage;

/// Places that are named of problems that say the same.
const PLACES: usize = 3;
/// Bytes of a message in one line.
const LONGEST: usize = 200;

/// The user's terminal and wishes.
#[derive(Debug, Clone)]
pub(crate) struct Terminal {
    pub locale: Locale,
    pub format: Format,
    pub verbose: bool,
    quiet: bool,
    colour: bool,
}

/// The language of the user's locale.
pub(crate) fn locale() -> Locale {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    match locale {
        Some(locale) if locale.starts_with("zh") => Locale::Zh,
        _ => Locale::En,
    }
}

impl Terminal {
    pub(crate) fn new(locale: Locale, common: &CommonArguments) -> Self {
        let colour = match common.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
            }
        };
        Terminal {
            locale,
            format: common.format,
            verbose: common.verbose,
            quiet: common.quiet,
            colour,
        }
    }

    /// Picks the user's language.
    pub(crate) fn say<'t>(&self, en: &'t str, zh: &'t str) -> &'t str {
        self.locale.pick(en, zh)
    }

    /// Prints problems: for machines all that are kept to the output; for people, to the error stream, the
    /// errors last, where they stand beside the summary, and of many alike the first.
    pub(crate) fn problems(&self, diagnostics: &[Diagnostic], texts: &dyn Texts) {
        let is_told = |severity| !(self.quiet && severity == Severity::Warning);
        if self.format == Format::Json {
            let told = diagnostics.iter().filter(|d| is_told(d.severity));
            for value in records(told, texts, self.locale) {
                json(&Tagged { kind: "problem", value });
            }
            return;
        }
        for severity in [Severity::Warning, Severity::Error] {
            if !is_told(severity) {
                continue;
            }
            let shown = flood::thin(diagnostics, severity, self.verbose);
            let is_cut = shown.hidden > 0 || !shown.brief.is_empty();
            for message in shown.whole {
                let text = human::write(message.problems[0], texts, self.locale, self.colour);
                let more = match message.count - 1 {
                    0 => String::new(),
                    count => self.more(count, &message, texts),
                };
                output::tell(&format!("{text}\n{more}"));
            }
            for message in shown.brief {
                output::tell(&self.brief(&message, texts));
            }
            if is_cut {
                output::tell(&self.rest(shown.hidden));
            }
        }
    }

    /// How many problems are like one that was shown, and where the first of them are.
    fn more(&self, count: usize, message: &Message<'_>, texts: &dyn Texts) -> String {
        let code = message.problems[0].code.definition().name;
        let places = self.places(&message.problems[1..], count, texts);
        let (en, zh) = if places.is_empty() { ("", "") } else { (": ", "：") };
        self.locale.pick(
            format!("and {count} more like this ({code}){en}{places}\n"),
            format!("另有 {count} 处同类问题（{code}）{zh}{places}\n"),
        )
    }

    /// A message in one line.
    fn brief(&self, message: &Message<'_>, texts: &dyn Texts) -> String {
        let problem = message.problems[0];
        let level = match problem.severity {
            Severity::Error => self.say("error", "错误"),
            Severity::Warning => self.say("warning", "警告"),
        };
        let code = problem.code.definition().name;
        let words = problem.message(self.locale);
        let words = visible::line(&visible::short(&words, LONGEST)).into_owned();
        let places = self.places(&message.problems, message.count, texts);
        let count = match message.count {
            1 => String::new(),
            count => self.locale.pick(format!(" ({count})"), format!("（{count} 处）")),
        };
        format!("{level}[{code}]: {words}{count} --> {places}")
    }

    /// The first places of some problems.
    fn places(&self, problems: &[&Diagnostic], count: usize, texts: &dyn Texts) -> String {
        let place = |problem: &&Diagnostic| {
            let Place { path, span } = problem.place.as_ref()?;
            let line = position::locate(texts.text(path).unwrap_or(""), span.start).line;
            Some(format!("{}:{line}", visible::line(path)))
        };
        let mut places: Vec<_> = problems.iter().take(PLACES).filter_map(place).collect();
        if count > PLACES && !places.is_empty() {
            places.push("…".to_owned());
        }
        places.join(self.say(", ", "、"))
    }

    /// What is said behind messages that are cut short.
    fn rest(&self, hidden: usize) -> String {
        let rest = match hidden {
            0 => String::new(),
            count => self.locale.pick(format!("and {count} more; "), format!("另有 {count} 处；")),
        };
        self.locale.pick(
            format!("{rest}-v shows all, --report FILE writes them to a file\n"),
            format!("{rest}-v 显示全部，--report FILE 写入文件\n"),
        )
    }

    /// Prints a line unless the user wants quiet.
    pub(crate) fn line(&self, text: &str) {
        if !self.quiet && self.format == Format::Human {
            print(text);
        }
    }

    /// Prints a remark beside the results.
    pub(crate) fn remark(&self, text: &str) {
        if !self.quiet {
            output::tell(&visible::lines(text));
        }
    }

    /// Prints an error that is not a diagnostic.
    pub(crate) fn error(&self, text: &str) {
        output::tell(&format!("{}{}", self.say("error: ", "错误："), visible::lines(text)));
    }

    /// A clock that also draws a progress bar on a terminal.
    pub(crate) fn clock(&self) -> Clock {
        let draws = !self.quiet && self.format == Format::Human && std::io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(
            Some(0),
            if draws { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() },
        );
        if let Ok(style) = ProgressStyle::with_template("{msg:12} {bar:32} {pos}/{len}") {
            bar.set_style(style);
        }
        Clock {
            bar,
            locale: self.locale,
            start: Instant::now(),
            marks: std::sync::Mutex::default(),
            bytes: AtomicU64::new(0),
        }
    }
}

/// A value with a `type`, so that the lines of a JSON stream can be told apart.
#[derive(Serialize)]
pub(crate) struct Tagged<T: Serialize> {
    #[serde(rename = "type")]
    pub kind: &'static str,
    #[serde(flatten)]
    pub value: T,
}

/// Prints a value as one line of JSON.
pub(crate) fn json<T: Serialize>(value: &T) {
    match serde_json::to_string(value) {
        Ok(line) => output::write(&format!("{}\n", visible::json(&line))),
        Err(error) => output::tell(&error.to_string()),
    }
}

/// Prints text to the output.
pub(crate) fn print(text: &str) {
    output::write(&format!("{}\n", visible::lines(text)));
}

/// Times the stages of a build and shows how far it is.
pub(crate) struct Clock {
    bar: ProgressBar,
    locale: Locale,
    start: Instant,
    marks: std::sync::Mutex<Vec<(&'static str, Instant)>>,
    bytes: AtomicU64,
}

impl Clock {
    /// Begins a stage of the pipeline.
    pub(crate) fn stage(&self, stage: Stage, pages: usize) {
        let (name, en, zh) = match stage {
            Stage::Read => ("read", "Reading", "读取"),
            Stage::Parse => ("parse", "Parsing", "解析"),
            Stage::Resolve => ("resolve", "Resolving", "解析链接"),
            Stage::Render => ("render", "Rendering", "渲染"),
        };
        self.mark(name, self.locale.pick(en, zh), pages);
    }

    /// Begins a stage outside the pipeline.
    pub(crate) fn mark(&self, name: &'static str, message: &str, length: usize) {
        self.bar.set_message(message.to_owned());
        self.bar.set_length(length as u64);
        self.bar.set_position(0);
        let mut marks = self.marks.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        marks.push((name, Instant::now()));
    }

    /// Counts a file.
    pub(crate) fn count(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.bar.inc(1);
    }

    /// Ends the clock: the whole time, and the time of each stage in milliseconds.
    pub(crate) fn stop(&self) -> (Duration, Vec<(&'static str, f64)>) {
        self.bar.finish_and_clear();
        let end = Instant::now();
        let marks = self.marks.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let ends = marks.iter().skip(1).map(|(_, at)| *at).chain([end]);
        let stages = marks
            .iter()
            .zip(ends)
            .map(|((name, from), to)| (*name, to.duration_since(*from).as_secs_f64() * 1000.0))
            .collect();
        (end.duration_since(self.start), stages)
    }

    /// Bytes counted so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }
}

/// Bytes for people.
pub(crate) fn size(bytes: u64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "shown with one decimal")]
    let number = bytes as f64;
    match bytes {
        0..=9_999 => format!("{bytes} B"),
        10_000..=999_999 => format!("{:.0} kB", number / 1e3),
        _ => format!("{:.1} MB", number / 1e6),
    }
}

/// A path for people.
pub(crate) fn path(path: &Path) -> String {
    visible::line(&path.display().to_string()).into_owned()
}
