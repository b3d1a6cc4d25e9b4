//! Numbered steps.

use super::Form;

/// `:::steps`.
pub const FORM: Form = Form {
    open: |writer, _, _| writer.out.push_str("<div class=\"steps\">\n"),
    close: |writer| writer.out.push_str("</div>\n"),
};
