//! Sets of tabs.

use super::{Container, Form};
use crate::markdown::writer::Writer;

/// `::::tabs`, the set.
pub const TABS: Form = Form {
    open: |writer, _, _| writer.out.push_str("<div class=\"tabs\">\n"),
    close: |writer| writer.out.push_str("</div>\n"),
};

/// `:::tab`, one of a set.
pub const TAB: Form = Form { open: open_tab, close: |writer| writer.out.push_str("</section>\n") };

fn open_tab(writer: &mut Writer<'_>, _: &Container, title: &str) {
    writer.titled("<section class=\"tab\" data-label=\"", title, "\">");
    writer.titled("<p class=\"tab-title\">", title, "</p>\n");
}
