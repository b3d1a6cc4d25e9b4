//! Problems of several editions: each told once, with those that have it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::cli::arguments::Format;
use crate::cli::project::Loaded;
use crate::cli::terminal::{self, Tagged, Terminal};
use crate::diagnostic::json::{record, records};
use crate::diagnostic::{Diagnostic, Locale, Severity};
use crate::preview::{MOST_PROBLEMS, Problem, Snapshot, Words};

/// A problem, and the editions that have it if others do not.
pub(crate) type Merged = (Diagnostic, Vec<String>);

/// The problems of all editions, each once, with the editions that have it if others do not.
pub(crate) fn merge(found: Vec<(String, Vec<Diagnostic>)>) -> Vec<Merged> {
    let editions = found.len();
    let mut merged: BTreeMap<_, Vec<Merged>> = BTreeMap::new();
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

/// Prints problems.
pub(crate) fn tell(merged: &[Merged], loaded: &Loaded, terminal: &Terminal, quiet: bool) {
    if terminal.format == Format::Json {
        let all = merged.iter().map(|(diagnostic, _)| diagnostic);
        let records = records(all, &*loaded.inputs, terminal.locale);
        for (record, (_, editions)) in records.zip(merged) {
            let problem = Problem { record, editions: editions.clone(), zh: None };
            if !quiet || problem.record.severity == "error" {
                terminal::json(&Tagged { kind: "problem", value: &problem });
            }
        }
        return;
    }
    let groups: BTreeSet<&Vec<String>> = merged.iter().map(|(_, names)| names).collect();
    for group in groups {
        if !group.is_empty() {
            terminal.remark(&terminal.locale.pick(
                format!("Only in {}:", group.join(", ")),
                format!("仅出现在 {}：", group.join("、")),
            ));
        }
        let own = merged.iter().filter(|(_, names)| names == group);
        let own: Vec<_> = own.map(|(diagnostic, _)| diagnostic.clone()).collect();
        terminal.problems(&own, &*loaded.inputs);
    }
}

/// What a build says of its problems. Errors come first: a browser does not show all.
pub(crate) fn snapshot(mut merged: Vec<Merged>, loaded: &Loaded) -> Snapshot {
    let total = merged.len();
    if total > MOST_PROBLEMS {
        merged.sort_by_key(|(diagnostic, _)| diagnostic.severity != Severity::Error);
        merged.truncate(MOST_PROBLEMS);
    }
    let problem = |(diagnostic, editions): Merged| {
        let record = record(&diagnostic, &*loaded.inputs, Locale::En);
        let (message, help) = (diagnostic.message(Locale::Zh), diagnostic.help(Locale::Zh));
        Problem { record, editions, zh: Some(Words { message, help }) }
    };
    let problems = merged.into_iter().map(problem).collect();
    Snapshot { problems, total, ..Snapshot::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

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
