//! A ready answer to copy.

use super::Form;

/// `:::reply`.
pub const FORM: Form = Form {
    open: |writer, _, _| writer.out.push_str("<div class=\"reply\">\n"),
    close: |writer| writer.out.push_str("</div>\n"),
};
