//! Labels of footnotes and links belong to the file that holds them, also where a snippet stands on a
//! page that has the same.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Part;
use super::snippets::Snippet;
use crate::article::Article;
use crate::config::Config;
use crate::syntax::edits::{Edit, Mapped};
use crate::syntax::labels::{Label, Sort, labels};

/// The parts of a page that labels are from.
#[derive(Default)]
pub(super) struct Owners(BTreeMap<(Sort, String), usize>);

impl Owners {
    /// What becomes of the labels of a page with snippets: its targets count from its folder, also
    /// where a snippet names them.
    pub(super) fn of_page(&mut self, page: &Part, config: &Config) -> Vec<Edit<'static>> {
        let labels = labels_of(&page.article, &page.cuts);
        let edits = labels.iter().filter_map(|label| from_root(label, &page.article, config));
        let mut edits: Vec<_> = edits.collect();
        edits.sort_by_key(|edit| edit.span.start);
        self.0.extend(labels.into_iter().map(|label| (label.key, 0)));
        edits
    }

    /// What becomes of the labels of a snippet. One that the page has, or a snippet before it, gets a
    /// name of its own; any other the page may name, too.
    pub(super) fn of_snippet(
        &mut self,
        part: usize,
        snippet: &Snippet,
        config: &Config,
    ) -> Vec<Edit<'static>> {
        let mut edits = Vec::new();
        for (number, label) in snippet.labels.iter().enumerate() {
            if *self.0.entry(label.key.clone()).or_insert(part) != part {
                edits.extend(label.renamed(&format!("include-{part}-{number}")));
            }
            edits.extend(from_root(label, &snippet.article, config));
        }
        edits.sort_by_key(|edit| edit.span.start);
        edits
    }
}

/// Writes a target from the content folder, so that it means the same in every file.
fn from_root(label: &Label, article: &Article, config: &Config) -> Option<Edit<'static>> {
    let (at, _) = label.target.as_ref().filter(|(_, target)| is_relative(target, config))?;
    let folder = match encoded(article.name.folder()) {
        folder if folder.is_empty() => folder,
        folder => folder + "/",
    };
    Some(Edit::insert(*at, format!("/{folder}")))
}

/// The labels that a file defines where the edition sees it, in bytes of its body.
pub(super) fn labels_of(article: &Article, cuts: &[Range<usize>]) -> Vec<Label> {
    let cuts: Vec<_> = cuts.iter().map(|cut| Edit::replace(cut.clone(), "")).collect();
    let seen = Mapped::edited(article.body(), &cuts);
    labels(&seen.body).into_iter().map(|label| label.moved(|span| seen.span(&span).1)).collect()
}

/// Whether a target counts from the folder of its file.
fn is_relative(target: &str, config: &Config) -> bool {
    let is_scheme =
        |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    let has_scheme = target.split_once(':').is_some_and(|(name, _)| is_scheme(name));
    let is_rewritten = config.rewrites.iter().any(|(from, _)| target.starts_with(from.as_str()));
    !(has_scheme || is_rewritten || target.is_empty() || target.starts_with(['/', '#', '?', '\\']))
}

/// A folder as it may stand in a target.
fn encoded(folder: &str) -> String {
    let is_plain = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || "-._~/".contains(c);
    let mut encoded = String::new();
    for c in folder.chars() {
        match is_plain(c) {
            true => encoded.push(c),
            false => encoded.push_str(&format!("%{:02X}", u32::from(c))),
        }
    }
    encoded
}
