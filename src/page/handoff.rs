//! What comes after an article that did not help: who is next, and what to bring.

use super::view::{CollectView, Handoff, RoleDetail};
use crate::article::Kind;
use crate::config::{Config, Role};
use crate::site::{Page, Site};

/// Hexadecimal digits of a revision.
const REVISION: usize = 8;

/// The end of an article: after guides and troubleshooters, and where the front matter asks for it.
pub fn handoff(site: &Site, config: &Config, page: &Page, code: &str) -> Option<Handoff> {
    let meta = &page.selected.article.meta;
    let is_asked = meta.escalate_to.is_some() || !meta.collect.is_empty();
    if !is_asked && !matches!(page.kind(), Kind::Guide | Kind::Troubleshooter) {
        return None;
    }
    let fields = meta.collect.iter().map(|field| {
        let label = field.trim_end_matches(['?', '？']).trim_end();
        CollectView { label: label.to_owned(), required: label.len() == field.trim_end().len() }
    });
    Some(Handoff {
        next: next(site, config, page).map(|role| detail(role, code)),
        collect: fields.collect(),
        page: meta.id.as_ref().map_or_else(|| page.url.clone(), |id| id.text.clone()),
        revision: revision(page),
        edition: site.edition.name.clone(),
    })
}

/// Who takes over: the role that the page names, or the one after its readers. Where several read
/// it, the one after the last of them.
fn next<'c>(site: &Site, config: &'c Config, page: &Page) -> Option<&'c Role> {
    if let Some(name) = &page.selected.article.meta.escalate_to {
        return config.role(name);
    }
    let readers = page.selected.roles.iter().rev().filter_map(|name| config.role(name));
    let mut readers = readers.filter(|role| site.edition.shows(&[&role.name]));
    readers.find_map(|role| config.role(role.escalates_to.as_ref()?))
}

/// A role and how to reach it.
pub fn detail(role: &Role, code: &str) -> RoleDetail {
    let contact = &role.contact;
    RoleDetail {
        name: role.name.clone(),
        label: role.label.get(code).to_owned(),
        phone: contact.phone.clone(),
        mailto: contact.mailto.clone(),
        url: contact.url.clone(),
        ticket: contact.ticket.clone(),
        hours: contact.hours.as_ref().map(|hours| hours.get(code).to_owned()),
        next: None,
    }
}

/// A name for what the page says now, so that whoever takes over can tell whether it has changed.
/// Made of what this edition shows and nothing else.
fn revision(page: &Page) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(page.title.text.as_bytes()).update(b"\0").update(page.selected.body().as_bytes());
    hasher.finalize().to_hex()[..REVISION].to_owned()
}
