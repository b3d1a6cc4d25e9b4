//! A ready answer to copy.

use super::Form;

/// `:::reply`. What is sent stands in a box of its own, without the label.
pub(super) const FORM: Form = Form {
    open: |html, begin| {
        html.push("<div class=\"reply\"><div class=\"reply-head\"><p>");
        html.title_or(begin.title, "reply_title");
        html.push("</p></div><div class=\"reply-text\">\n");
    },
    end: "</div></div>\n",
};
