//! How containers are written: a file for each kind, and an arm of [`form`].

mod callout;
mod details;
mod reply;
mod role;
mod steps;
mod tabs;

use super::html::Html;
use crate::document::resolve_labels;
use crate::syntax::containers::{Container, Kind};

pub(super) use callout::start_callout;

/// How a container is written.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// Writes its begin.
    pub open: fn(&mut Html<'_>, &Container),
    /// Its end.
    pub end: &'static str,
}

/// How a container of a kind is written.
pub(super) fn form(kind: Kind) -> Form {
    match kind {
        Kind::Callout => callout::FORM,
        Kind::Details => details::FORM,
        Kind::Internal | Kind::Only => role::FORM,
        Kind::Steps => steps::FORM,
        Kind::Tabs => tabs::TABS,
        Kind::Tab => tabs::TAB,
        Kind::Reply => reply::FORM,
        // The text of a snippet stands for itself.
        Kind::Include => Form { open: |_, _| {}, end: "" },
    }
}

/// The title of a container, or a word of the interface where there is none.
fn title_or(html: &Html<'_>, container: &Container, key: &str) -> String {
    let title = resolve_labels(&container.title);
    if title.is_empty() { html.word(key).to_owned() } else { title.into_owned() }
}
