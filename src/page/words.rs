//! What pages say of themselves beside their text: words that templates make of heads, of the
//! configuration and of interface texts.
//!
//! Whoever writes such words elsewhere, the date of a release, the name of a role, tells nothing
//! that the site does not tell anyway. Only what the site shows counts here.

use std::collections::BTreeSet;

use super::handoff;
use super::present::Maker;
use crate::config::Config;
use crate::site::{Page, Site, encode};

/// The words of one language, each by itself.
pub(crate) fn words(maker: &Maker<'_>) -> BTreeSet<String> {
    let Maker { site, config, shared, part, .. } = *maker;
    let mut words = BTreeSet::new();
    let numbered = |key: &str, n: usize| shared.text(key).replace("{n}", &n.to_string());
    for page in site.pages.iter().filter(|page| page.language() == maker.code()) {
        of_page(maker, page, &mut words);
    }
    words.extend(config.roles.iter().map(|role| role.label.get(maker.code()).to_owned()));
    words.extend(site.parts.iter().map(|part| part.language.name.clone()));
    for node in part.sections.values() {
        words.insert(numbered("articles_count", node.count));
        words.insert(numbered("all_articles_count", node.count));
        words.insert(numbered(
            "section_nav_more",
            node.pages.len().saturating_sub(super::present::NAVIGATION),
        ));
        words.insert(node.title.clone());
    }
    for tag in &part.tags.all {
        words.insert(numbered("articles_count", tag.pages.len()));
        words.insert(shared.text("tag_title").replace("{tag}", &tag.label));
        words.insert(tag.label.clone());
    }
    for group in &part.codes.groups {
        let title = maker.group_title(group);
        words.insert(shared.text("codes_of").replace("{product}", &title));
        words.insert(numbered("codes_count", group.codes.len()));
    }
    words
}

fn of_page(maker: &Maker<'_>, page: &Page, words: &mut BTreeSet<String>) {
    let Maker { site, config, shared, .. } = *maker;
    let meta = &page.selected.article.meta;
    if let Some(date) = meta.updated.as_deref().and_then(|updated| date(maker, updated)) {
        words.insert(shared.text("updated").replace("{date}", &date));
        words.insert(date);
    }
    if let Some(minutes) = meta.time {
        words.insert(shared.text("glance_minutes").replace("{n}", &minutes.to_string()));
    }
    let kind = maker.kind_label(page);
    for scope in maker.scopes(meta) {
        words.insert(format!("{kind} · {}", scope.product));
        words.insert(format!("{} {}", scope.product, scope.versions.unwrap_or_default()));
    }
    words.extend(maker.versions_text(meta));
    words.extend(meta.tags.iter().cloned());
    words.insert(kind);
    if let Some(handoff) = handoff::handoff(site, config, page, maker.code()) {
        for next in handoff.nexts {
            words.insert(shared.text("handoff_next").replace("{role}", &next.to.label));
        }
    }
}

/// A day as pages show it.
fn date(maker: &Maker<'_>, updated: &str) -> Option<String> {
    let mut parts = updated.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = maker.shared.text(&format!("month_{month}"));
    let text = maker.shared.text("date").replace("{y}", year).replace("{month}", &month);
    Some(text.replace("{d}", day.trim_start_matches('0')))
}

/// The addresses of all pages, with and without that of the site.
pub(crate) fn addresses<'s>(
    site: &'s Site,
    config: &'s Config,
) -> impl Iterator<Item = String> + 's {
    let base = config.base_url(&site.edition).unwrap_or_default();
    let pages = site.pages.iter().map(|page| &*page.url);
    let redirects = site.redirects.iter().map(|redirect| redirect.url.as_str());
    let sections = site.parts.iter().flat_map(|part| part.sections.values());
    let all = pages.chain(redirects).chain(sections.map(|node| node.url.as_str()));
    all.flat_map(move |url| {
        [url.to_owned(), format!("{base}{}", encode(url)), format!("{base}{url}")]
    })
}
