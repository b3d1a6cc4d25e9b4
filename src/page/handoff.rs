//! What comes after an article that did not help: who is next, and what to bring.

use super::view::{CollectView, Handoff, Next, RoleDetail};
use crate::article::Kind;
use crate::config::roles::CUSTOMER;
use crate::config::{Config, Role};
use crate::render::Piece;
use crate::site::{Page, Site};

/// Hexadecimal digits of a revision.
const REVISION: usize = 8;

/// The end of an article: after guides and troubleshooters, and where the front matter asks for it.
pub(crate) fn handoff(site: &Site, config: &Config, page: &Page, code: &str) -> Option<Handoff> {
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
        nexts: nexts(site, config, page, code),
        collect: fields.collect(),
        page: meta.id.as_ref().map_or_else(|| page.url.to_string(), |id| id.text.clone()),
        revision: String::new(),
        edition: site.edition.name.clone(),
    })
}

/// Who takes over: the role that the page names, or the one after its readers. In an edition for
/// several roles nobody knows who is reading, so each role has its own next one; customers read
/// another edition.
fn nexts(site: &Site, config: &Config, page: &Page, code: &str) -> Vec<Next> {
    if let Some(role) = page.selected.article.meta.escalate_to.as_ref() {
        let to = config.role(role).map(|role| detail(role, code));
        return to.into_iter().map(|to| Next { from: None, to }).collect();
    }
    let next = |role: &Role| config.role(role.escalates_to.as_ref()?);
    if site.edition.is_public() {
        let readers = page.selected.roles.iter().rev().filter_map(|name| config.role(name));
        let to = readers.filter(|role| site.edition.shows(&[&role.name])).find_map(next);
        return to.into_iter().map(|to| Next { from: None, to: detail(to, code) }).collect();
    }
    let readers = config.readers(&site.edition).filter(|role| role.name != CUSTOMER);
    let from = |role: &Role| Some(detail(role, code));
    readers
        .filter_map(|role| Some(Next { from: from(role), to: detail(next(role)?, code) }))
        .collect()
}

/// A role and how to reach it.
pub(crate) fn detail(role: &Role, code: &str) -> RoleDetail {
    let contact = &role.contact;
    RoleDetail {
        name: role.name.clone(),
        label: role.label.get(code).to_owned(),
        phone: contact.phone.clone(),
        tel: contact.phone.as_deref().and_then(dialled),
        mailto: contact.mailto.clone(),
        url: contact.url.clone(),
        ticket: contact.ticket.clone(),
        hours: contact.hours.as_ref().map(|hours| hours.get(code).to_owned()),
        next: None,
    }
}

/// What a telephone dials. A number with words in it ("extension 2000") is for people alone: a link would dial letters.
fn dialled(phone: &str) -> Option<String> {
    let is_number =
        phone.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-.()/–".contains(c));
    let number: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    (is_number && !number.is_empty()).then_some(number)
}

/// A name for what the page says now, so that whoever takes over can tell whether it has changed.
/// Made of what this edition shows and nothing else.
pub(crate) fn revision(page: &Page, pieces: &[Piece]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(page.names.title.text.as_bytes());
    // Not of the source: the empty lines around what was cut are not for anybody to see.
    for piece in pieces {
        let shown = match piece {
            Piece::Html(html) => &**html,
            Piece::Address { link, .. } => &page.document.links[*link].target,
            Piece::Image { link, behind, .. } => {
                hasher.update(b"\0").update(behind.as_bytes());
                &page.document.links[*link].target
            }
            Piece::Block(_) => continue,
        };
        hasher.update(b"\0").update(shown.as_bytes());
    }
    hasher.finalize().to_hex()[..REVISION].to_owned()
}
