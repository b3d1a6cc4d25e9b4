//! Sets of tabs.

use super::{Begin, Form};
use crate::diagnostic::Code;
use crate::markdown::Problem;
use crate::markdown::writer::Writer;

/// `::::tabs`, the set.
pub(crate) const TABS: Form = Form {
    open: |writer, _| writer.out.push_str("<div class=\"tabs\">\n"),
    close: |writer| writer.out.push_str("</div>\n"),
};

/// `:::tab`, one of a set.
pub(crate) const TAB: Form =
    Form { open: open_tab, close: |writer| writer.out.push_str("</section>\n") };

fn open_tab(writer: &mut Writer<'_>, begin: &Begin<'_>) {
    if begin.title.is_empty() {
        let problem = Problem::new(Code::TabWithoutTitle, begin.span.clone());
        writer.document.problems.push(problem);
    }
    let title = begin.title_or(writer, "tab_title");
    writer.titled("<section class=\"tab\" data-label=\"", &title, "\">");
    writer.titled("<p class=\"tab-title\">", &title, "</p>\n");
}
