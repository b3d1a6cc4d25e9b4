//! How containers are written: a file for each kind, and an arm of [`form`].

mod callout;
mod details;
mod plain;
mod reply;
mod role;
mod steps;
mod tabs;

use super::html::Html;
use crate::syntax::containers::{Container, Kind};

pub(super) use callout::start_callout;

/// What a container begins with.
pub(super) struct Begin<'c> {
    /// What its line says.
    pub container: &'c Container,
    /// The node of its title.
    pub title: Option<usize>,
}

/// How a container is written.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// Writes its begin.
    pub open: fn(&mut Html<'_>, &Begin<'_>),
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
        Kind::Unknown => plain::FORM,
        // The text of a snippet stands for itself.
        Kind::Include => Form { open: |_, _| {}, end: "" },
    }
}
