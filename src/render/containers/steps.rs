//! Numbered steps.

use super::Form;

/// `:::steps`; the steps are nodes of their own.
pub(super) const FORM: Form =
    Form { open: |html, _| html.push("<div class=\"steps\">\n"), end: "</div>\n" };
