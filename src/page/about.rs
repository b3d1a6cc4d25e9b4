//! What an author wants to know of a page beside its text.

use serde::Serialize;

use crate::article::Status;
use crate::document::reading::{Reading, reading};
use crate::site::{Page, PageId, Site, encode};

/// The facts about a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct About<'a> {
    source: &'a str,
    draft: bool,
    stale: Option<Stale<'a>>,
    #[serde(flatten)]
    reading: Reading,
    languages: Vec<Language<'a>>,
}

/// The page that this one translates is newer.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Stale<'a> {
    of: &'a str,
    since: &'a str,
}

/// The same page in another language.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Language<'a> {
    code: &'a str,
    name: &'a str,
    /// From the root of the site, percent-encoded.
    url: String,
}

/// Gathers the facts about a page.
pub(crate) fn about(site: &Site, id: PageId) -> About<'_> {
    let page = &site.pages[id];
    let article = &page.selected.article;
    let others = page.translations.iter().filter(|(code, _)| *code != page.language());
    let language = |(code, id): (&'_ String, &PageId)| {
        let part = site.parts.get(*site.part_of.get(code)?)?;
        let language = &part.language;
        let url = encode(&site.pages[*id].url);
        Some(Language { code: &language.code, name: &language.name, url })
    };
    About {
        source: &article.path,
        draft: article.meta.status == Status::Draft,
        stale: stale(site, page),
        reading: reading(&page.document, page.language()),
        languages: others.filter_map(language).collect(),
    }
}

/// A translation is stale when the page in the default language says a later date.
fn stale<'a>(site: &'a Site, page: &Page) -> Option<Stale<'a>> {
    let default = &site.parts.first()?.language.code;
    let original = &site.pages[*page.translations.get(default)?].selected.article;
    let since = original.meta.updated.as_deref()?;
    let own = page.selected.article.meta.updated.as_deref()?;
    (page.language() != default && since > own).then_some(Stale { of: &original.path, since })
}
