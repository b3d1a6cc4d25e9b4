//! `tier0 search`: the index that the site ships, read in the terminal.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::Outcome;
use super::arguments::{CommonArguments, Format, Search};
use super::terminal::{self, Terminal, json};
use super::{output, project, state};
use crate::diagnostic::visible;
use crate::page::index_folder;
use crate::search::{Hit, Index, MANIFEST, Options, Problem, ReadError};
use crate::session::Sources;
use crate::source;
use crate::text::cjk::is_han;

#[derive(Serialize)]
struct Row<'a> {
    language: &'a str,
    url: &'a str,
    title: &'a str,
    kind: &'a str,
    anchor: Option<&'a str>,
    heading: Option<&'a str>,
    excerpt: &'a str,
    weak: bool,
}

/// Runs the command.
pub(crate) fn run(search: &Search, common: &CommonArguments, terminal: &Terminal) -> Outcome {
    let output = match &search.site {
        Some(site) => site.clone(),
        None => {
            let (_, loaded) = project::load(Path::new("."), common);
            if loaded.is_unusable() {
                terminal.problems(&loaded.diagnostics, &*loaded.inputs);
                return loaded.outcome();
            }
            loaded.output(common)
        }
    };
    let indexes = Indexes::of(&output);
    if indexes.by_language.is_empty() {
        let output = terminal::path(&output);
        terminal.error(&terminal.locale.pick(
            format!("there is no search index in {output}; run `tier0 build` first"),
            format!("{output} 中没有搜索索引，请先运行 `tier0 build`"),
        ));
        return Outcome::Usage;
    }
    if search.batch { batch(search, &indexes, terminal) } else { one(search, &indexes, terminal) }
}

/// The indexes of a built site, each opened when it is asked.
struct Indexes<'a> {
    output: &'a Path,
    by_language: BTreeMap<String, OnceCell<Result<Index, ReadError>>>,
}

impl<'a> Indexes<'a> {
    fn of(output: &'a Path) -> Self {
        let folders = std::fs::read_dir(output.join("search")).into_iter().flatten().flatten();
        let codes = folders.filter(|folder| folder.path().join(MANIFEST).is_file());
        let code = |folder: std::fs::DirEntry| folder.file_name().into_string().ok();
        let by_language = codes.filter_map(code).map(|code| (code, OnceCell::new())).collect();
        Indexes { output, by_language }
    }

    fn folder(&self, language: &str) -> PathBuf {
        self.output.join(index_folder(language))
    }

    /// The languages to search, the one the query is probably in first.
    fn languages<'s>(&'s self, wanted: Option<&'s str>, query: &str) -> Vec<&'s str> {
        if let Some(code) = wanted {
            return vec![code];
        }
        let mut codes: Vec<&str> = self.by_language.keys().map(String::as_str).collect();
        let is_chinese = query.contains(is_han);
        codes.sort_by_key(|code| code.starts_with("zh") != is_chinese);
        codes
    }

    /// Asks the index of a language; a reason if it cannot answer.
    fn ask<T>(
        &self,
        language: &str,
        terminal: &Terminal,
        ask: impl Fn(&Index) -> Result<T, ReadError>,
    ) -> Result<T, String> {
        let Some(index) = self.by_language.get(language) else {
            return Err(terminal.locale.pick(
                format!("the site has no search index for the language `{language}`"),
                format!("站点没有语言“{language}”的搜索索引"),
            ));
        };
        let folder = self.folder(language);
        let open = || {
            let folder = folder.clone();
            Index::open(Box::new(move |name| {
                let mut bytes = Vec::new();
                source::open(&folder.join(name))?.read_to_end(&mut bytes)?;
                Ok(bytes)
            }))
        };
        let answer = index.get_or_init(open).as_ref().map(ask);
        let explain = |error: &ReadError| {
            let file = terminal::path(&folder.join(&error.file));
            format!("{file}: {}", words(&error.problem, terminal))
        };
        answer.map_err(explain)?.map_err(|error| explain(&error))
    }
}

fn one(search: &Search, indexes: &Indexes, terminal: &Terminal) -> Outcome {
    let query = search.query.join(" ");
    let named = [
        ("role", &search.role),
        ("product", &search.product),
        ("kind", &search.kind),
        ("version", &search.version),
    ];
    let filters: Vec<(&str, &str)> =
        named.iter().filter_map(|(column, value)| Some((*column, value.as_deref()?))).collect();
    let options = Options { limit: search.limit, filters: &filters };
    let mut outcome = Outcome::Fine;
    for code in indexes.languages(search.lang.as_deref(), &query) {
        match indexes.ask(code, terminal, |index| index.search(&query, &options)) {
            Ok(hits) => print(&hits, code, search.json, terminal),
            Err(reason) => {
                terminal.error(&reason);
                outcome = Outcome::Environment;
            }
        }
    }
    outcome
}

fn print(hits: &[Hit], language: &str, as_json: bool, terminal: &Terminal) {
    let as_json = as_json || terminal.format == Format::Json;
    for hit in hits {
        let row = Row {
            language,
            url: &hit.url,
            title: &hit.title,
            kind: &hit.kind,
            anchor: hit.anchor.as_deref(),
            heading: hit.heading.as_deref(),
            excerpt: &hit.excerpt,
            weak: hit.weak,
        };
        if as_json {
            json(&row);
            continue;
        }
        let heading = row.heading.map(|heading| format!(" › {}", visible::line(heading)));
        let heading = heading.unwrap_or_default();
        // The address of a question has an anchor already.
        let (page, own) = row.url.split_once('#').unwrap_or((row.url, ""));
        let anchor = row.anchor.unwrap_or(own);
        let mark = if anchor.is_empty() { "" } else { "#" };
        let weak =
            if row.weak { terminal.say(" (has little of it)", "（相关度低）") } else { "" };
        terminal.line(&format!(
            "{}{heading}{weak}\n  /{}{mark}{anchor}\n  {}\n",
            visible::line(row.title),
            visible::line(page),
            visible::line(row.excerpt)
        ));
    }
    if hits.is_empty() && !as_json {
        terminal.line(
            &terminal.locale.pick(
                format!("Nothing found ({language})."),
                format!("没有找到结果（{language}）。"),
            ),
        );
    }
}

/// A line of a batch.
#[derive(Deserialize)]
struct Asked {
    id: Json,
    lang: Option<String>,
    query: String,
}

#[derive(Serialize)]
struct Answered<'a> {
    id: &'a Json,
    results: Vec<&'a str>,
}

/// Results of one query of a batch.
const BATCH_LIMIT: usize = 10;

fn batch(search: &Search, indexes: &Indexes, terminal: &Terminal) -> Outcome {
    let sources = match state::read(indexes.output) {
        Ok(sources) if !sources.is_empty() => sources,
        Ok(_) => {
            let output = terminal::path(indexes.output);
            terminal.error(&terminal.locale.pick(
                format!("beside {output} nothing says which sources it was built from; run `tier0 build` again"),
                format!("{output} 旁边没有记录源文件的状态文件，请重新运行 `tier0 build`"),
            ));
            return Outcome::Usage;
        }
        Err((path, error)) => {
            terminal.error(&format!("{}: {error}", terminal::path(&path)));
            return Outcome::Environment;
        }
    };
    let mut outcome = Outcome::Fine;
    for (number, line) in std::io::stdin().lock().split(b'\n').enumerate() {
        let line = match line {
            Ok(line) if line.trim_ascii().is_empty() => continue,
            Ok(line) => line,
            Err(error) => {
                terminal.error(&error.to_string());
                return Outcome::Environment;
            }
        };
        if output::is_gone() {
            break;
        }
        let fail = |reason: &str| {
            let number = number + 1;
            terminal.error(&terminal.locale.pick(
                format!("line {number} of the input: {reason}"),
                format!("输入的第 {number} 行：{reason}"),
            ));
        };
        let asked: Asked = match serde_json::from_slice(&line) {
            Ok(asked) => asked,
            Err(error) => {
                fail(&error.to_string());
                outcome = outcome.max(Outcome::Usage);
                continue;
            }
        };
        match answer(&asked, search, indexes, &sources, terminal) {
            Ok(results) => json(&Answered { id: &asked.id, results }),
            Err(reason) => {
                fail(&reason);
                outcome = outcome.max(Outcome::Environment);
            }
        }
    }
    outcome
}

/// The sources of the pages that answer a line.
fn answer<'s>(
    asked: &Asked,
    search: &Search,
    indexes: &Indexes,
    sources: &'s Sources,
    terminal: &Terminal,
) -> Result<Vec<&'s str>, String> {
    let wanted = asked.lang.as_deref().or(search.lang.as_deref());
    let options = Options { limit: search.limit.min(BATCH_LIMIT), filters: &[] };
    let mut results = Vec::new();
    for code in indexes.languages(wanted, &asked.query) {
        let urls = indexes.ask(code, terminal, |index| index.urls(&asked.query, &options))?;
        let of_language = sources.get(code);
        for source in urls.iter().filter_map(|url| Some(of_language?.get(url)?.as_str())) {
            // Questions of one page have one source.
            if !results.contains(&source) {
                results.push(source);
            }
        }
    }
    results.truncate(options.limit);
    Ok(results)
}

fn words(problem: &Problem, terminal: &Terminal) -> String {
    match problem {
        Problem::Unreadable(error) => terminal.locale.pick(
            format!("a file of the search index cannot be read ({error}); build the site again"),
            format!("无法读取搜索索引的文件（{error}），请重新构建站点"),
        ),
        Problem::Malformed(detail) => terminal.locale.pick(
            format!("the search index is damaged ({detail}); build the site again"),
            format!("搜索索引已损坏（{detail}），请重新构建站点"),
        ),
        Problem::OtherFormat(number) => terminal.locale.pick(
            format!("the search index has format {number}, which another version of tier0 wrote; build the site again"),
            format!("搜索索引的格式为 {number}，由其他版本的 tier0 写成，请重新构建站点"),
        ),
        Problem::Inconsistent => terminal.locale.pick(
            "the search index contradicts itself; build the site again".to_owned(),
            "搜索索引内容自相矛盾，请重新构建站点".to_owned(),
        ),
    }
}
