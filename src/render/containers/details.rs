//! A part that is folded away.

use super::Form;

/// `:::details`, and `+++Title`.
pub(super) const FORM: Form = Form {
    open: |html, begin| {
        // The theme sets what stands in a summary side by side: words and code are one thing.
        let is_mixed = begin.title.is_some_and(|title| html.is_mixed(title));
        html.push("<details class=\"details\"><summary>");
        html.push(if is_mixed { "<span>" } else { "" });
        html.title_or(begin.title, "details_title");
        html.push(if is_mixed { "</span></summary>\n" } else { "</summary>\n" });
    },
    end: "</details>\n",
};
