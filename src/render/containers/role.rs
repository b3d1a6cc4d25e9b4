//! Blocks that only some roles see.

use super::{Begin, Form};
use crate::render::html::Html;
use crate::syntax::containers::BlockAudience;

/// `:::internal` and `:::only`. Who reads them was decided before; those who do see a mark.
pub(super) const FORM: Form = Form { open, end: "</div>\n" };

/// Roles that the edition does not have are not named.
fn open(html: &mut Html<'_>, begin: &Begin<'_>) {
    let roles = match begin.container.audience() {
        Some(Ok(BlockAudience::Roles(roles))) => roles,
        _ => Vec::new(),
    };
    let named: Vec<_> =
        roles.iter().filter_map(|role| Some((role.as_str(), html.role_label(role)?))).collect();
    let label = if named.is_empty() {
        html.word("internal_block").to_owned()
    } else {
        let labels: Vec<_> = named.iter().map(|(_, label)| *label).collect();
        html.word("role_block").replace("{roles}", &labels.join(html.word("list_separator")))
    };
    let names: Vec<_> = named.iter().map(|(name, _)| *name).collect();
    html.titled("<div class=\"role-block\" data-roles=\"", &names.join(" "), "\">");
    html.titled("<p class=\"role-block-label\">", &label, "");
    if begin.title.is_some() {
        html.push(" · ");
        html.title_or(begin.title, "internal_block");
    }
    html.push("</p>\n");
}
