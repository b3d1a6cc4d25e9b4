//! `--hold-back`: which pages are left out so that the others can be published.
//!
//! Only what is wrong in one page, and touches no other. A leak, the output, the configuration and the
//! theme stop everything; so does a head that may say who reads other pages.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::project::Loaded;
use crate::config::Edition;
use crate::diagnostic::{Code, Diagnostic, Severity, any_error};
use crate::session::{Nowhere, Request, Session, may_be_tied};
use crate::source::Inputs;

/// Without some pages, others may turn out to have errors: so often is looked.
const ROUNDS: usize = 10;

/// Pages that are left out, and why.
#[derive(Debug, Default)]
pub(crate) struct Held {
    /// Their files.
    pub paths: BTreeSet<Arc<str>>,
    /// What is wrong with them, by edition.
    errors: BTreeMap<String, Vec<Diagnostic>>,
}

impl Held {
    /// What is wrong with them in an edition.
    pub(crate) fn errors(&self, edition: &str) -> &[Diagnostic] {
        self.errors.get(edition).map_or(&[], Vec::as_slice)
    }
}

/// Finds them; the session leaves them out from then on. Nothing is held back where that would not
/// help, or could show something to the wrong people.
pub(crate) fn find(session: &mut Session, loaded: &Loaded, editions: &[Edition]) -> Held {
    let held = pages(session, loaded, editions).unwrap_or_default();
    session.hold(&held.paths);
    held
}

fn pages(session: &mut Session, loaded: &Loaded, editions: &[Edition]) -> Option<Held> {
    let mut held = Held::default();
    if any_error(&loaded.diagnostics) {
        return None;
    }
    for _ in 0..ROUNDS {
        let mut more: BTreeSet<Arc<str>> = BTreeSet::new();
        for edition in editions {
            let request = Request { edition, ..loaded.request() };
            let build = session.build(&request, &Nowhere, &|_, _| {});
            let errors = build.problems.iter().filter(|d| d.severity == Severity::Error);
            for error in errors {
                more.insert(page(error, &loaded.inputs)?);
                held.errors.entry(edition.name.clone()).or_default().push(error.clone());
            }
            let pages = build.site.as_ref()?.pages.iter();
            let pages: Vec<_> = pages.map(|page| &page.selected).collect();
            let shows = |path: &Arc<str>| more.contains(path);
            let bad =
                pages.iter().filter(|page| page.parts().any(|part| shows(&part.article.path)));
            let bad: Vec<_> = bad.map(|page| Arc::clone(&page.article.path)).collect();
            if !bad.is_empty() && bad.len() == pages.len() {
                return None;
            }
            more.extend(bad);
        }
        if more.is_subset(&held.paths) {
            return more.is_empty().then_some(held);
        }
        held.paths.extend(more);
        session.hold(&held.paths);
    }
    None
}

/// The file of the page that an error is about, if nothing is wrong without it.
fn page(error: &Diagnostic, inputs: &Inputs) -> Option<Arc<str>> {
    let path = &error.place.as_ref()?.path;
    let at = inputs.articles.binary_search_by(|article| article.path.cmp(path)).ok()?;
    let stays_in_it = match error.code {
        Code::UnknownContainer
        | Code::UnclosedContainer
        | Code::StrayContainerEnd
        | Code::ContainerNotRead
        | Code::CommentUnclosed
        | Code::CommentUnclear
        | Code::MergeConflict
        | Code::CutChangesReading
        | Code::NestingTooDeep
        | Code::IncludeMissing
        | Code::IncludeCycle
        | Code::IncludeTooLarge
        | Code::SnippetUnclosed
        | Code::DuplicateAddress
        | Code::DuplicateId
        | Code::BrokenLink
        | Code::LinkOutsideEdition
        | Code::UnsafeLink
        | Code::OutsideSite
        | Code::MissingImage
        | Code::MissingFile
        | Code::FileOfOtherReaders
        | Code::ActiveFile
        | Code::SvgUnreadable => true,
        // What a head says, or was to say, may hold for other pages too.
        Code::FrontMatterUnclosed
        | Code::FrontMatterSyntax
        | Code::DuplicateKey
        | Code::InvalidUtf8
        | Code::NulByte
        | Code::RoleKeyTypo
        | Code::UnknownRole
        | Code::UnclearRoles
        | Code::WrongType
        | Code::InvalidValue
        | Code::AccessKeyUnread
        | Code::MissingRoles => !may_be_tied(&inputs.articles[at], inputs),
        _ => false,
    };
    stays_in_it.then(|| Arc::clone(path))
}
