//! A build of an edition, from its plan to a sink.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::sink::{Gated, Sink};
use super::sweep::Sweep;
use crate::diagnostic::{self, Diagnostic};
use crate::pipeline::{self, BuildCache, Guarding, Progress, Request};
use crate::site::Site;
use crate::source::Inputs;

/// The source of each page by language and address, which the site itself does not tell.
pub(crate) type Sources = BTreeMap<String, BTreeMap<String, String>>;

/// What a build gives besides the files it handed on.
#[derive(Debug)]
pub struct Build {
    /// The resolved site; none if the theme does not compile.
    pub(crate) site: Option<Site>,
    /// Whether another day may give another site.
    pub(crate) is_dated: bool,
    /// Why the site is guarded, if it is and that stops the build.
    pub(crate) guarded_because: Option<Guarding>,
    /// All problems but those of reading, sorted. With an error among them, the output must not
    /// replace the last one.
    pub problems: Vec<Diagnostic>,
}

impl Build {
    /// The sources of its pages.
    pub(crate) fn sources(&self) -> Sources {
        let sources = self.site.as_ref().map(pipeline::sources).unwrap_or_default();
        let owned = |pages: BTreeMap<String, &str>| {
            pages.into_iter().map(|(address, source)| (address, source.to_owned())).collect()
        };
        let owned =
            sources.into_iter().map(|(language, pages)| (language.to_owned(), owned(pages)));
        owned.collect()
    }
}

/// Builds an edition and hands every file of it to the sink.
pub(super) fn build(
    inputs: &Arc<Inputs>,
    request: &Request<'_>,
    memo: &BuildCache,
    sink: &dyn Sink,
    progress: &Progress<'_>,
) -> Build {
    let plan = pipeline::plan(inputs, request, memo, progress);
    let gated = Gated::new(sink, plan.gate().map(Sweep::new));
    let mut made = plan.render(&|path, bytes| gated.made(path, bytes), progress);
    made.extend(gated.leaks());
    let mut problems = plan.problems_with(made);
    // Where nothing will be published anyway, two pages of one address cannot both be written.
    let is_good = !diagnostic::any_error(&problems);
    let copies: Vec<_> = plan.copies().collect();
    problems.extend(gated.copy(&copies, plan.copied_for()));
    problems.extend(gated.failures().into_iter().filter(|_| is_good));
    diagnostic::sort(&mut problems);
    let is_dated = plan.is_dated();
    let guarded_because = plan.guarded_because(&problems);
    Build { site: plan.into_site(), is_dated, guarded_because, problems }
}
