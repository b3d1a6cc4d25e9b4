//! A [`Site`] to html, through the theme.
//!
//! 1. [`theme`] makes the theme ready: templates compiled, interface texts merged, scripts or bundles,
//!    assets named after their bytes.
//! 2. [`plan`] gives each page to write its template: articles, sections, tags, search, 404.
//! 3. [`present`], with [`scope`], makes the [`view`], the values that templates see. Templates get
//!    nothing else.
//! 4. [`Renderer`] runs the templates: for all pages at once, or for one when somebody wants it.
//!
//! [`about`] and [`trace`] tell authors about a page; no build needs them.

mod about;
mod assets;
mod body;
mod bundle;
mod finding;
mod guide_summary;
mod handoff;
mod lists;
mod map;
mod plan;
mod present;
mod scope;
mod shared;
mod structured;
pub(crate) mod theme;
mod trace;
pub(crate) mod view;
mod words;

use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::site::{Page, Route, Site};
use lists::{Lists, Long};
use plan::Job;
use present::Maker;
use view::View;

pub(crate) use crate::site::index_folder;
pub(crate) use about::about;
pub(crate) use shared::Shared;
pub(crate) use theme::Theme;
pub(crate) use trace::Traced;
#[cfg(test)]
pub(crate) use trace::traced;

/// Takes a finished file: its site path and its bytes. Called from many threads.
pub(crate) type Emit<'a> = dyn Fn(&str, &Arc<Vec<u8>>) + Sync + 'a;

/// Makes the pages of a site, one at a time, when somebody wants them.
#[derive(Debug)]
pub(crate) struct Renderer {
    theme: Arc<Theme>,
    /// What the pages of each language share.
    shared: Vec<Shared>,
    lists: Lists,
    for_authors: bool,
}

impl Renderer {
    /// Makes ready what pages share. `for_authors` shows what only authors need in all editions;
    /// those that are not public always have it.
    pub(crate) fn new(site: &Site, config: &Config, theme: Arc<Theme>, for_authors: bool) -> Self {
        let shared =
            site.parts.iter().map(|part| Shared::new(site, part, config, &theme)).collect();
        let for_authors = for_authors || !site.edition.is_public();
        Renderer { theme, shared, lists: Lists::new(site), for_authors }
    }

    /// Makes all pages, in parallel, and hands them on with the other files of the theme.
    pub(crate) fn all(&self, site: &Site, config: &Config, emit: &Emit<'_>) -> Vec<Diagnostic> {
        let make = |route: &Route| {
            let job = plan::job(route);
            match self.print(&job, &self.view(site, config, &job)) {
                Ok(bytes) => {
                    emit(&route.path, &Arc::new(bytes));
                    None
                }
                Err(diagnostic) => Some(*diagnostic),
            }
        };
        let mut diagnostics: Vec<Diagnostic> = site.routes.par_iter().flat_map_iter(make).collect();
        let lists: Vec<&Long> = self.lists.all().collect();
        lists.par_iter().for_each(|long| {
            if let Some(path) = self.rows_path(site, config, long) {
                emit(path, &Arc::new(self.rows(site, config, long)));
            }
        });
        for (path, bytes) in self.theme.assets() {
            emit(path, bytes);
        }
        crate::diagnostic::sort(&mut diagnostics);
        diagnostics
    }

    /// Makes the page with this path, or finds the file of the theme; none if there is neither.
    pub(crate) fn one(
        &self,
        site: &Site,
        config: &Config,
        path: &str,
    ) -> Option<Result<Arc<Vec<u8>>, Box<Diagnostic>>> {
        if let Some(bytes) = self.theme.asset(path) {
            return Some(Ok(Arc::clone(bytes)));
        }
        if let Some(long) = self.list_in(site, config, path) {
            return Some(Ok(Arc::new(self.rows(site, config, long))));
        }
        let job = plan::job(site.routes.at(path)?);
        Some(self.print(&job, &self.view(site, config, &job)).map(Arc::new))
    }

    /// Whether there is a page, a file with the rows of a list, or one of the theme, with this path.
    pub(crate) fn has(&self, site: &Site, config: &Config, path: &str) -> bool {
        site.routes.at(path).is_some()
            || self.theme.asset(path).is_some()
            || self.list_in(site, config, path).is_some()
    }

    /// The paths of the files with the rows of long lists.
    pub(crate) fn row_files(&self, site: &Site, config: &Config) -> impl Iterator<Item = &str> {
        self.lists.all().filter_map(|long| self.rows_path(site, config, long))
    }

    /// The list whose rows are in the file with this path.
    fn list_in(&self, site: &Site, config: &Config, path: &str) -> Option<&Long> {
        let long = self.lists.of_file(path)?;
        (self.rows_path(site, config, long)? == path).then_some(long)
    }

    fn rows_path<'l>(&self, site: &Site, config: &Config, long: &'l Long) -> Option<&'l str> {
        self.maker(site, config, long.part).whole(long).rows.as_deref()
    }

    fn rows(&self, site: &Site, config: &Config, long: &Long) -> Vec<u8> {
        self.maker(site, config, long.part).rows(&long.subject)
    }

    /// What pages say of themselves beside their text, and their addresses: nothing of it comes from
    /// pages that the edition does not show.
    pub(crate) fn words(&self, site: &Site, config: &Config) -> Vec<String> {
        let parts = 0..self.shared.len();
        let words = parts.flat_map(|part| words::words(&self.maker(site, config, part)));
        words.chain(words::addresses(site, config)).collect()
    }

    /// The text of a page with marks that tell where its blocks come from.
    pub(crate) fn traced(&self, site: &Site, page: &Page) -> Option<Traced> {
        let part = site.part_of.get(page.language())?;
        let shared = self.shared.iter().find(|shared| shared.part == *part)?;
        Some(trace::traced(page, &shared.words))
    }

    /// The paths of the theme's files.
    pub(crate) fn assets(&self) -> impl Iterator<Item = &str> {
        self.theme.assets().map(|(path, _)| path)
    }

    fn maker<'a>(&'a self, site: &'a Site, config: &'a Config, part: usize) -> Maker<'a> {
        let shared = &self.shared[part];
        let part = &site.parts[shared.part];
        Maker { site, config, shared, lists: &self.lists, part, for_authors: self.for_authors }
    }

    fn view(&self, site: &Site, config: &Config, job: &Job<'_>) -> View {
        present::page(&self.maker(site, config, job.part), &self.shared, job)
    }

    fn print(&self, job: &Job<'_>, view: &View) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.theme.render(job.template, &self.shared[job.part].values, view)
    }
}
