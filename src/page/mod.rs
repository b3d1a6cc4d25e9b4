//! A [`Site`] to html, through the theme.
//!
//! 1. [`theme`] makes the theme ready: templates compiled, interface texts merged, scripts packed,
//!    assets named after their bytes.
//! 2. [`plan`] gives each page to write its template: articles, sections, tags, search, 404.
//! 3. [`present`], with [`scope`], makes the [`view`], the values that templates see. Templates get nothing else: it is the
//!    whole list of what a page depends on, so its hash says whether to render again.
//! 4. [`render`] runs the templates in parallel and hands each page on.

mod assets;
mod body;
mod finding;
mod glance;
mod handoff;
mod memo;
mod plan;
mod present;
mod scope;
mod script;
mod shared;
mod structured;
pub mod theme;
mod trace;
pub mod view;

use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::site::Site;

pub use crate::site::index_folder;
pub use memo::Memo;
pub use shared::Shared;
pub use theme::Skin;
pub use trace::{Source, Traced, traced};

/// Takes a finished file: its site path and its bytes. Called from many threads.
pub type Emit<'a> = dyn Fn(&str, &Arc<Vec<u8>>) + Sync + 'a;

/// Renders every page of a site. `for_authors` shows what only authors need in all editions; those
/// that are not public always have it.
pub fn render(
    site: &Site,
    config: &Config,
    skin: &Skin,
    for_authors: bool,
    memo: &Memo,
    emit: &Emit<'_>,
) -> Vec<Diagnostic> {
    let all: Vec<_> = site.parts.iter().map(|part| Shared::new(site, part, config, skin)).collect();
    let jobs = plan::jobs(site);
    let for_authors = for_authors || !site.edition.is_public();
    let mut diagnostics: Vec<Diagnostic> = jobs
        .par_iter()
        .flat_map_iter(|job| {
            let shared = &all[job.part];
            let view = present::page(site, config, &all, job, for_authors);
            match memo.get_or(&job.path, shared, job.template, &view, || {
                skin.render(job.template, &shared.values, &view)
            }) {
                Ok(bytes) => {
                    emit(&job.path, &bytes);
                    None
                }
                Err(diagnostic) => Some(*diagnostic),
            }
        })
        .collect();
    for (path, bytes) in skin.assets() {
        emit(path, bytes);
    }
    crate::diagnostic::sort(&mut diagnostics);
    diagnostics
}
