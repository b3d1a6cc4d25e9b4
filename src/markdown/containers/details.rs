//! A part that is folded away.

use super::{Container, Form};
use crate::markdown::writer::Writer;

/// `:::details`, and `+++Title`.
pub const FORM: Form = Form { open, close: |writer| writer.out.push_str("</details>\n") };

fn open(writer: &mut Writer<'_>, _: &Container, title: &str) {
    let summary = if title.is_empty() { writer.word("details_title") } else { title.to_owned() };
    writer.titled("<details class=\"details\"><summary>", &summary, "</summary>\n");
}
