//! Whether a site has anything to guard, and what in it is hidden from nobody: judged by all that was
//! read, whatever an edition may see of it.

use std::sync::Arc;

use crate::article::Article;
use crate::config::GuardKind;
use crate::diagnostic::Place;
use crate::edition::Part;
use crate::source::Inputs;

/// Why a site is guarded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Guarding {
    /// The first thing that shows it: in the configuration, else in the order of the files.
    pub kind: GuardKind,
    /// Where that stands.
    pub place: Place,
}

/// Why a site is guarded, if it is.
pub(super) fn find(
    inputs: &Inputs,
    articles: &[Arc<Article>],
    left_out: &[Arc<Article>],
) -> Option<Guarding> {
    let of_config = || {
        let guard = inputs.config.guard.clone()?;
        let place = Place { path: Arc::clone(&inputs.config_path), span: guard.span };
        Some(Guarding { kind: guard.kind, place })
    };
    let mut all = articles.iter().chain(left_out);
    let mut of_files = || {
        all.find_map(|article| {
            let guard = article.guard.clone()?;
            Some(Guarding { kind: guard.kind, place: article.place(guard.span) })
        })
    };
    of_config().or_else(&mut of_files)
}

/// The snippets whose names stand in no line that puts one in: what is shown to nobody by a page is
/// hidden by none, either.
pub(super) fn without_use(idle: Vec<Part>, articles: &[Arc<Article>]) -> Vec<Part> {
    if idle.is_empty() {
        return idle;
    }
    let lines = articles.iter().filter(|article| article.text.contains("include"));
    let lines = lines.flat_map(|article| article.text.lines());
    let lines: Vec<_> =
        lines.filter(|line| line.contains("include")).map(str::to_lowercase).collect();
    let is_named = |part: &Part| {
        let key = &part.article.name.key;
        let name = key.rsplit('/').next().unwrap_or(key).to_lowercase();
        lines.iter().any(|line| line.contains(&name))
    };
    idle.into_iter().filter(|part| !is_named(part)).collect()
}
