//! A ready answer to copy.

use super::{Form, title_or};

/// `:::reply`. What is sent stands in a box of its own, without the label.
pub(super) const FORM: Form = Form {
    open: |html, container| {
        let label = title_or(html, container, "reply_title");
        html.titled("<div class=\"reply\"><div class=\"reply-head\"><p>", &label, "</p></div>");
        html.push("<div class=\"reply-text\">\n");
    },
    end: "</div></div>\n",
};
