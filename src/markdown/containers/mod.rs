//! How the `:::` containers are written, whose names [`crate::syntax::containers`] has.
//!
//! A new container is one file beside this one, which says how it is written, and one row.

mod callout;
mod details;
mod include;
mod reply;
mod role;
pub(crate) mod steps;
mod tabs;
mod write;

use std::ops::Range;

use super::writer::Writer;
use crate::syntax::containers::{Container, NAMES};

/// What a container begins with.
pub(crate) struct Begin<'a> {
    /// Its line.
    pub container: &'a Container,
    /// Its title in plain words; may be empty.
    pub title: &'a str,
    /// Where its line stands.
    pub span: &'a Range<usize>,
}

impl Begin<'_> {
    /// The title, or a word of the interface where there is none.
    fn title_or(&self, writer: &Writer<'_>, key: &str) -> String {
        if self.title.is_empty() { writer.word(key) } else { self.title.to_owned() }
    }
}

/// How a container is written.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    /// Writes its begin.
    pub open: fn(&mut Writer<'_>, &Begin<'_>),
    /// Writes its end.
    pub close: fn(&mut Writer<'_>),
}

/// The form of each.
const FORMS: [(&str, Form); NAMES.len()] = [
    ("note", callout::FORM),
    ("tip", callout::FORM),
    ("info", callout::FORM),
    ("important", callout::FORM),
    ("warning", callout::FORM),
    ("caution", callout::FORM),
    ("danger", callout::FORM),
    ("details", details::FORM),
    ("steps", steps::FORM),
    ("tabs", tabs::TABS),
    ("tab", tabs::TAB),
    ("reply", reply::FORM),
    ("internal", role::FORM),
    ("only", role::FORM),
    ("include", include::FORM),
];

/// How a container of this name is written.
fn form(name: &str) -> Option<Form> {
    FORMS.iter().find(|(known, _)| *known == name).map(|(_, form)| *form)
}
