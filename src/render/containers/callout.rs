//! Boxed remarks, as containers (`:::note`) and as alerts in quotes.

use super::Form;
use crate::document::resolve_labels;
use crate::render::html::Html;

/// `:::note` and its kin; their name is their class.
pub(super) const FORM: Form = Form {
    open: |html, container| start_callout(html, &container.name, &container.title),
    end: "</aside>\n",
};

/// Begins a callout.
pub(in crate::render) fn start_callout(html: &mut Html<'_>, class: &str, title: &str) {
    let title = resolve_labels(title);
    let title = match title.is_empty() {
        true => html.word(&format!("callout_{class}")).to_owned(),
        false => title.into_owned(),
    };
    let before =
        format!("<aside class=\"callout {class}\" role=\"note\"><p class=\"callout-title\">");
    html.titled(&before, &title, "</p>\n");
}
