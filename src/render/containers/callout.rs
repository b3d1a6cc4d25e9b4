//! Boxed remarks, as containers (`:::note`) and as alerts in quotes.

use super::Form;
use crate::render::html::Html;

/// `:::note` and its kin; their name is their class.
pub(super) const FORM: Form = Form {
    open: |html, begin| start_callout(html, &begin.container.name, begin.title),
    end: "</aside>\n",
};

/// Begins a callout.
pub(in crate::render) fn start_callout(html: &mut Html<'_>, class: &str, title: Option<usize>) {
    html.push(&format!(
        "<aside class=\"callout {class}\" role=\"note\"><p class=\"callout-title\">"
    ));
    html.title_or(title, &format!("callout_{class}"));
    html.push("</p>\n");
}
