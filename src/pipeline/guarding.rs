//! Whether a site has anything to guard: judged by all that was read, whatever an edition may see of it.

use std::sync::Arc;

use crate::article::Article;
use crate::config::GuardKind;
use crate::diagnostic::Place;
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
