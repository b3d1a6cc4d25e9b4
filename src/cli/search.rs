//! `tier0 search`: the index that the site ships, read in the terminal.

use std::path::Path;

use serde::Serialize;

use super::Outcome;
use super::arguments::{Common, Format, Search};
use super::project;
use super::terminal::{self, Terminal, json};
use crate::config::Config;
use crate::page::index_path;
use crate::search::{Hit, Index, ReadError};

#[derive(Serialize)]
struct Row<'a> {
    language: &'a str,
    url: &'a str,
    title: &'a str,
    kind: &'a str,
    anchor: Option<&'a str>,
    heading: Option<&'a str>,
    summary: &'a str,
}

/// Runs the command in the site folder that is the current one.
pub fn run(search: &Search, common: &Common, terminal: &Terminal) -> Outcome {
    let loaded = project::load(Path::new("."), common);
    if loaded.is_unusable() {
        terminal.problems(&loaded.diagnostics, &loaded.inputs);
        return Outcome::Usage;
    }
    let output = loaded.output(common);
    let query = search.query.join(" ");
    let mut found = false;
    let mut outcome = Outcome::Fine;
    for code in languages(&loaded.inputs.config, search, &query) {
        let path = output.join(index_path(&code));
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => {
                terminal.error(&format!("{}: {error}", terminal::path(&path)));
                outcome = Outcome::Environment;
                continue;
            }
        };
        found = true;
        match Index::read(&bytes) {
            Ok(index) => {
                print(&index.search(&query, search.limit, search.role.as_deref()), &code, terminal);
            }
            Err(error) => {
                terminal.error(&format!("{}: {}", terminal::path(&path), words(&error, terminal)));
                outcome = Outcome::Environment;
            }
        }
    }
    if !found && outcome == Outcome::Fine {
        let output = terminal::path(&output);
        terminal.error(&terminal.tongue.pick(
            format!("there is no search index in {output}; run `tier0 build` first"),
            format!("{output} 中没有搜索索引，请先运行 `tier0 build`"),
        ));
        return Outcome::Usage;
    }
    outcome
}

/// The languages to search, the one the query is probably in first.
fn languages(config: &Config, search: &Search, query: &str) -> Vec<String> {
    if let Some(code) = &search.lang {
        return vec![code.clone()];
    }
    let mut codes: Vec<String> =
        config.languages.iter().map(|language| language.code.clone()).collect();
    let is_chinese = query.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'));
    codes.sort_by_key(|code| code.starts_with("zh") != is_chinese);
    codes
}

fn print(hits: &[Hit], language: &str, terminal: &Terminal) {
    for hit in hits {
        let row = Row {
            language,
            url: &hit.url,
            title: &hit.title,
            kind: &hit.kind,
            anchor: hit.anchor.as_deref(),
            heading: hit.heading.as_deref(),
            summary: &hit.summary,
        };
        if terminal.format == Format::Json {
            json(&row);
            continue;
        }
        let heading = row.heading.map(|heading| format!(" › {heading}")).unwrap_or_default();
        let anchor = row.anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        terminal
            .line(&format!("{}{heading}\n  /{}{anchor}\n  {}\n", row.title, row.url, row.summary));
    }
    if hits.is_empty() && terminal.format == Format::Human {
        terminal.line(
            &terminal.tongue.pick(
                format!("Nothing found ({language})."),
                format!("没有找到结果（{language}）。"),
            ),
        );
    }
}

fn words(error: &ReadError, terminal: &Terminal) -> String {
    match error {
        ReadError::Malformed(detail) => terminal.tongue.pick(
            format!("the search index is damaged ({detail}); build the site again"),
            format!("搜索索引已损坏（{detail}），请重新构建站点"),
        ),
        ReadError::OtherFormat(number) => terminal.tongue.pick(
            format!("the search index has format {number}, which another version of tier0 wrote; build the site again"),
            format!("搜索索引的格式为 {number}，由其他版本的 tier0 写成，请重新构建站点"),
        ),
        ReadError::Inconsistent => terminal.tongue.pick(
            "the search index contradicts itself; build the site again".to_owned(),
            "搜索索引内容自相矛盾，请重新构建站点".to_owned(),
        ),
    }
}
