//! A part that is folded away.

use super::{Form, title_or};

/// `:::details`, and `+++Title`.
pub(super) const FORM: Form = Form {
    open: |html, container| {
        let summary = title_or(html, container, "details_title");
        html.titled("<details class=\"details\"><summary>", &summary, "</summary>\n");
    },
    end: "</details>\n",
};
