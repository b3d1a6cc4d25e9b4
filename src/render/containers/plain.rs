//! What stands between `:::NAME` and `:::` where nobody knows the name: a box, with its title if it
//! has one.

use super::Form;

/// Says nothing of its own: what the name was meant to say, nobody knows.
pub(super) const FORM: Form = Form {
    open: |html, begin| {
        html.push("<aside class=\"callout\" role=\"note\">");
        if begin.title.is_some() {
            html.push("<p class=\"callout-title\">");
            html.title_or(begin.title, "");
            html.push("</p>\n");
        }
    },
    end: "</aside>\n",
};
