//! Thousands of problems of one kind: the first of each file say enough.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Severity};

/// Problems of one code that are shown for one file.
const OF_FILE: usize = 5;
/// Problems of one code that are shown for all files.
const OF_CODE: usize = 20;

/// What is shown of some problems, and how many of each code are not.
pub(crate) struct Shown<'a> {
    pub problems: Vec<&'a Diagnostic>,
    pub hidden: Vec<(Code, usize)>,
}

/// Picks from problems of one severity, in their order.
pub(crate) fn thin(diagnostics: &[Diagnostic], severity: Severity, is_all: bool) -> Shown<'_> {
    let mut of_code: BTreeMap<Code, usize> = BTreeMap::new();
    let mut of_file: BTreeMap<(Code, &str), usize> = BTreeMap::new();
    let mut hidden: BTreeMap<Code, usize> = BTreeMap::new();
    let mut problems = Vec::new();
    for diagnostic in diagnostics.iter().filter(|d| d.severity == severity) {
        let file = diagnostic.place.as_ref().map_or("", |place| &*place.path);
        let in_code = of_code.entry(diagnostic.code).or_default();
        let in_file = of_file.entry((diagnostic.code, file)).or_default();
        if is_all || *in_code < OF_CODE && *in_file < OF_FILE {
            *in_code += 1;
            *in_file += 1;
            problems.push(diagnostic);
            if diagnostic.more > 0 {
                *hidden.entry(diagnostic.code).or_default() += diagnostic.more;
            }
        } else {
            *hidden.entry(diagnostic.code).or_default() += 1 + diagnostic.more;
        }
    }
    Shown { problems, hidden: hidden.into_iter().collect() }
}
