//! `--report`: what a build did, as JSON.

use std::io;
use std::path::Path;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::arguments::CommonArguments;
use super::project::Loaded;
use super::terminal::{self, Terminal};
use crate::diagnostic::json::{Record, records};
use crate::diagnostic::{self, Diagnostic, Locale, Place, Severity, Texts, position};
use crate::publish::Published;
use crate::session::{Build, Guarding};
use crate::site::{Page, encode};
use crate::source::is_markdown;

/// Counts and times.
#[derive(Debug, Serialize)]
pub(crate) struct Facts {
    /// tier0's version.
    pub version: &'static str,
    /// The edition.
    pub edition: String,
    /// The day that was built for, where another may give another site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub today: Option<String>,
    /// What shows that the site has something to guard, if that stopped the build.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guarded: Option<Guarded>,
    /// Files whose pages are held back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<String>,
    /// Articles.
    pub pages: usize,
    /// Language codes.
    pub languages: Vec<String>,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Whether the output is this build.
    pub published: bool,
    /// Files written.
    pub files: u64,
    /// Bytes written.
    pub bytes: u64,
    /// Wall time.
    pub seconds: f64,
    /// Milliseconds per stage.
    pub stages: Vec<(&'static str, f64)>,
}

/// Why a build stopped for what a site without anything to guard would be warned of.
#[derive(Debug, Serialize)]
pub(crate) struct Guarded {
    /// What says who reads what, in the language of the terminal.
    pub because: &'static str,
    /// Its file.
    pub path: String,
    /// Its line there, from 1.
    pub line: usize,
}

impl Guarded {
    fn new(guarding: &Guarding, loaded: &Loaded, locale: Locale) -> Self {
        let (en, zh) = guarding.kind.words();
        let Place { path, span } = &guarding.place;
        let text = loaded.inputs.text(path).unwrap_or_default();
        let line = position::locate(text, span.start).line;
        Guarded { because: locale.pick(en, zh), path: path.to_string(), line }
    }
}

#[derive(Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    facts: &'a Facts,
    sources: Value,
    problems: Vec<Record>,
}

#[derive(Serialize)]
struct PageRow<'a> {
    source: &'a str,
    url: String,
    language: &'a str,
    title: &'a str,
}

impl Facts {
    /// Gathers the facts of a build that is not published yet; there is none if nothing can be
    /// written.
    pub(crate) fn new(
        loaded: &Loaded,
        build: Option<&Build>,
        bytes: u64,
        time: Duration,
        stages: Vec<(&'static str, f64)>,
        locale: Locale,
    ) -> Self {
        let site = build.and_then(|build| build.site.as_ref());
        let parts = site.iter().flat_map(|site| site.parts.iter());
        Facts {
            version: env!("CARGO_PKG_VERSION"),
            edition: loaded.edition.name.clone(),
            today: build.filter(|build| build.is_dated).map(|_| loaded.today.to_string()),
            guarded: build
                .and_then(|build| build.guarded_because.as_ref())
                .map(|guarding| Guarded::new(guarding, loaded, locale)),
            held: Vec::new(),
            pages: site.map_or(0, |site| site.pages.len()),
            languages: parts.map(|part| part.language.code.clone()).collect(),
            errors: 0,
            warnings: 0,
            published: false,
            files: 0,
            bytes,
            seconds: time.as_secs_f64(),
            stages,
        }
    }

    /// Adds what is known in the end.
    pub(crate) fn settle(&mut self, diagnostics: &[Diagnostic], published: Option<&Published>) {
        self.errors = diagnostic::count(diagnostics, Severity::Error);
        self.warnings = diagnostic::count(diagnostics, Severity::Warning);
        self.published = published.is_some();
        self.files = published.map_or(0, |published| published.files);
        self.bytes = published.map_or(self.bytes, |published| published.bytes);
    }
}

/// The pages of a build, as they stand in the report.
pub(crate) fn pages(build: &Build) -> Value {
    let pages = build.site.iter().flat_map(|site| &site.pages);
    let row = |page| {
        let page: &Page = page;
        PageRow {
            source: &page.selected.article.path,
            url: encode(&page.url),
            language: page.language(),
            title: &page.names.title.text,
        }
    };
    // Plain structs always convert.
    serde_json::to_value(pages.map(row).collect::<Vec<_>>()).unwrap_or_default()
}

/// The report of one edition.
pub(crate) fn report(
    facts: &Facts,
    diagnostics: &[Diagnostic],
    pages: Value,
    loaded: &Loaded,
    terminal: &Terminal,
) -> Value {
    let report = Report {
        facts,
        sources: pages,
        problems: records(diagnostics.iter(), &*loaded.inputs, terminal.locale).collect(),
    };
    serde_json::to_value(report).unwrap_or_default()
}

/// Whether a report may be written to a path: not into what the site is made from, nor into its
/// output.
///
/// # Errors
/// Why not, in English and Chinese.
pub(crate) fn check(
    path: &Path,
    loaded: &Loaded,
    common: &CommonArguments,
) -> Result<(), (String, String)> {
    let shown = terminal::path(path);
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let Ok(real) = folder.canonicalize() else {
        return Err((
            format!("the report cannot be written to {shown}: there is no such folder"),
            format!("无法把报告写入 {shown}：目录不存在"),
        ));
    };
    let mut taken = loaded.sources();
    taken.push(loaded.output(common));
    let site = loaded.project.site.canonicalize().ok();
    let is_taken = |folder: &std::path::PathBuf| {
        // A site whose content is the whole project has no other place for a report.
        folder
            .canonicalize()
            .is_ok_and(|folder| real.starts_with(&folder) && Some(&folder) != site.as_ref())
    };
    let is_article = path.extension().is_some_and(|ending| is_markdown(&ending.to_string_lossy()));
    if is_article || taken.iter().any(is_taken) {
        return Err((
            format!(
                "the report must not be written to {shown}: the site is made from there, or published there"
            ),
            format!("不能把报告写入 {shown}：那里是站点的来源或输出"),
        ));
    }
    Ok(())
}

/// Writes the reports: one object, or a list of them for all editions.
pub(crate) fn write(path: &Path, reports: &[Value], all_editions: bool) -> io::Result<()> {
    let mut text = match reports {
        [only] if !all_editions => serde_json::to_string_pretty(only)?,
        all => serde_json::to_string_pretty(all)?,
    };
    text.push('\n');
    std::fs::write(path, text)
}
