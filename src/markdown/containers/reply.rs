//! A ready answer to copy.

use super::{Begin, Form};
use crate::markdown::writer::Writer;

/// `:::reply`. What is sent stands in a box of its own, without the label.
pub(crate) const FORM: Form = Form { open, close: |writer| writer.out.push_str("</div></div>\n") };

fn open(writer: &mut Writer<'_>, begin: &Begin<'_>) {
    let label = begin.title_or(writer, "reply_title");
    writer.titled("<div class=\"reply\"><div class=\"reply-head\"><p>", &label, "</p></div>");
    writer.out.push_str("<div class=\"reply-text\">\n");
}
