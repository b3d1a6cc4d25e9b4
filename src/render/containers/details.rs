//! A part that is folded away.

use super::Form;

/// `:::details`, and `+++Title`.
pub(super) const FORM: Form = Form {
    open: |html, begin| {
        html.push("<details class=\"details\"><summary>");
        html.title_or(begin.title, "details_title");
        html.push("</summary>\n");
    },
    end: "</details>\n",
};
