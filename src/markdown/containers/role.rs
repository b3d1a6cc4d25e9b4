//! Blocks that only some roles see.

use super::{Begin, Form};
use crate::markdown::writer::Writer;
use crate::syntax::BlockAudience;

/// `:::internal` and `:::only`. Who reads them was decided before; those who do see a mark.
pub(crate) const FORM: Form = Form { open, close: |writer| writer.out.push_str("</div>\n") };

/// Roles that the edition does not have are not named.
fn open(writer: &mut Writer<'_>, begin: &Begin<'_>) {
    let roles = match begin.container.audience() {
        Some(Ok(BlockAudience::Roles(roles))) => roles,
        _ => Vec::new(),
    };
    let known = &writer.options.role_labels;
    let named: Vec<_> =
        roles.iter().filter_map(|role| Some((role.as_str(), known.get(role)?.as_str()))).collect();
    let label = if named.is_empty() {
        writer.word("internal_block")
    } else {
        let labels: Vec<_> = named.iter().map(|(_, label)| *label).collect();
        writer.word("role_block").replace("{roles}", &labels.join(&writer.word("list_separator")))
    };
    let names: Vec<_> = named.iter().map(|(name, _)| *name).collect();
    writer.titled("<div class=\"role-block\" data-roles=\"", &names.join(" "), "\">");
    writer.titled("<p class=\"role-block-label\">", &label, "</p>\n");
}
