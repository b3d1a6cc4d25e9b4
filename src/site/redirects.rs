//! Addresses that lead to a page wherever it moves: `/a/ID/` for its `id`, and its `aliases`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{LanguagePart, Page, PageId};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::text::fold::for_disks;

/// An address that leads to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Redirect {
    /// Number of the page's language in `Site::parts`.
    pub part: usize,
    /// The address, not percent-encoded: `a/router-reset/`, `old/page.html`.
    pub url: String,
    /// The page.
    pub page: PageId,
    /// Where the page asks for it.
    pub span: Range<usize>,
}

impl Redirect {
    /// The file it is written to.
    pub(crate) fn path(&self) -> String {
        let is_folder = self.url.is_empty() || self.url.ends_with('/');
        if is_folder { format!("{}index.html", self.url) } else { self.url.clone() }
    }
}

/// The addresses that pages ask for besides their own. An id that another page of the language
/// has already leads there.
pub(crate) fn redirects(
    pages: &[Page],
    parts: &[LanguagePart],
    part_of: &BTreeMap<String, usize>,
) -> (Vec<Redirect>, Vec<Diagnostic>) {
    let (mut redirects, mut diagnostics) = (Vec::new(), Vec::new());
    let mut owners: BTreeMap<(usize, String), PageId> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        let Some(&part) = part_of.get(page.language()) else { continue };
        let meta = &page.selected.article.meta;
        let mut wanted = Vec::new();
        if let Some(id) = &meta.id {
            // Disks that know no case take both for one.
            let folded = for_disks(&id.text);
            let owner = *owners.entry((part, folded)).or_insert(number);
            if owner == number {
                wanted.push((format!("{}a/{}/", parts[part].home, id.text), &id.span));
            } else {
                let path = &pages[owner].selected.article.path;
                let other = pages[owner].selected.article.meta.id.as_ref();
                let span = other.map_or(0..0, |id| id.span.clone());
                let numbered = (2..).map(|number| format!("{}-{number}", id.text));
                let is_free = |id: &String| !owners.contains_key(&(part, for_disks(id)));
                let given = numbered.into_iter().find(is_free).unwrap_or_default();
                owners.insert((part, for_disks(&given)), number);
                wanted.push((format!("{}a/{given}/", parts[part].home), &id.span));
                diagnostics.push(
                    Diagnostic::at(Code::DuplicateId, &page.selected.article.path, id.span.clone())
                        .with("id", &id.text)
                        .with("other", path.to_string())
                        .with("given", given)
                        .related(Place { path: path.clone(), span }),
                );
            }
        }
        wanted.extend(meta.aliases.iter().map(|alias| (alias.text.clone(), &alias.span)));
        // The page itself may have moved back.
        let mut known = BTreeSet::from([format!("{}index.html", page.url)]);
        for (url, span) in wanted {
            let redirect = Redirect { part, url, page: number, span: span.clone() };
            if known.insert(redirect.path()) {
                redirects.push(redirect);
            }
        }
    }
    (redirects, diagnostics)
}
