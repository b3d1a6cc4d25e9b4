//! Sets of tabs.

use super::{Form, title_or};

/// `::::tabs`, the set.
pub(super) const TABS: Form =
    Form { open: |html, _| html.push("<div class=\"tabs\">\n"), end: "</div>\n" };

/// `:::tab`, one of a set.
pub(super) const TAB: Form = Form {
    open: |html, container| {
        let title = title_or(html, container, "tab_title");
        html.titled("<section class=\"tab\" data-label=\"", &title, "\">");
        html.titled("<p class=\"tab-title\">", &title, "</p>\n");
    },
    end: "</section>\n",
};
