//! A part that is folded away.

use super::{Begin, Form};
use crate::markdown::writer::Writer;

/// `:::details`, and `+++Title`.
pub(crate) const FORM: Form = Form { open, close: |writer| writer.out.push_str("</details>\n") };

fn open(writer: &mut Writer<'_>, begin: &Begin<'_>) {
    let summary = begin.title_or(writer, "details_title");
    writer.titled("<details class=\"details\"><summary>", &summary, "</summary>\n");
}
