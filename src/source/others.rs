//! Texts in other formats than markdown, which nobody reads here.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};

/// Endings of texts that would be pages elsewhere.
const FORMATS: [&str; 13] = [
    "mdx",
    "rst",
    "adoc",
    "asciidoc",
    "org",
    "textile",
    "rmd",
    "qmd",
    "mdwn",
    "mediawiki",
    "creole",
    "rdoc",
    "pod",
];
/// Endings of texts that may be files to link to, too: told where nobody has written the site for tier0.
const FILES: [&str; 3] = ["txt", "ipynb", "wiki"];
/// Texts that are for programs, by the begin of their names.
const FOR_PROGRAMS: [&str; 8] = [
    "robots.",
    "humans.",
    "security.",
    "llms",
    "cmakelists.",
    "requirements",
    "license",
    "copying",
];

/// Such files, by their endings.
#[derive(Debug, Default)]
pub(super) struct Others {
    first: Option<Arc<str>>,
    counts: BTreeMap<String, usize>,
}

impl Others {
    /// Notes a file that is no markdown.
    pub(super) fn note(&mut self, path: &Arc<str>, with_files: bool) {
        let name = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        let Some((_, ending)) = name.rsplit_once('.') else { return };
        let is_file = with_files
            && FILES.contains(&ending)
            && !FOR_PROGRAMS.iter().any(|begin| name.starts_with(begin));
        if is_file || FORMATS.contains(&ending) {
            self.first.get_or_insert_with(|| Arc::clone(path));
            *self.counts.entry(ending.to_owned()).or_default() += 1;
        }
    }

    /// What is reported for them.
    pub(super) fn problem(&self) -> Option<Diagnostic> {
        let mut counts: Vec<_> = self.counts.iter().collect();
        counts.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        let each = |sep: &str| {
            let each = counts.iter().map(|(ending, count)| format!("{count} `.{ending}`"));
            each.collect::<Vec<_>>().join(sep)
        };
        let problem = Diagnostic::at(Code::NotMarkdown, self.first.as_ref()?, 0..0);
        Some(problem.with_both("files", each(", "), each("、")))
    }
}
