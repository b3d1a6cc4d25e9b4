//! Sets of tabs.

use super::Form;

/// `::::tabs`, the set.
pub(super) const TABS: Form =
    Form { open: |html, _| html.push("<div class=\"tabs\">\n"), end: "</div>\n" };

/// `:::tab`, one of a set.
pub(super) const TAB: Form = Form {
    open: |html, begin| {
        let label = html.title_text(begin.title, "tab_title");
        html.titled("<section class=\"tab\" data-label=\"", &label, "\">");
        html.push("<p class=\"tab-title\">");
        html.title_or(begin.title, "tab_title");
        html.push("</p>\n");
    },
    end: "</section>\n",
};
