//! Last touches to sanitized html, which is well-formed: what its writer could not know of.

use crate::text::html::strip;
use crate::text::tag::Tag;

/// What tables of markdown stand in: wide ones scroll by themselves, also by keyboard.
pub(crate) const TABLE_START: &str = "<div class=\"table\" tabindex=\"0\">";
/// The end of it.
pub(crate) const TABLE_END: &str = "</div>";

/// Puts tables into a box that scrolls, and drops links that nobody can see but the keyboard
/// still stops at.
pub(crate) fn polish(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut tables = Tables::default();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let Ok(tag) = Tag::read(rest) else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        let source = &rest[..tag.end];
        rest = &rest[tag.end..];
        match (tag.name.as_str(), tag.closes) {
            ("table", false) => {
                out.push_str(tables.open(&out));
                out.push_str(source);
            }
            ("table", true) => {
                out.push_str(source);
                out.push_str(tables.close());
            }
            ("a", false) => {
                let (inner, after) = rest.split_once("</a>").unwrap_or((rest, ""));
                if is_visible(&tag, inner) {
                    out.push_str(source);
                } else if is_target(&tag) {
                    let mut anchor = tag;
                    anchor.attributes.retain(|attribute| attribute.name != "href");
                    anchor.write(&mut out);
                } else {
                    out.push_str(inner);
                    rest = after;
                }
            }
            _ => out.push_str(source),
        }
    }
    out.push_str(rest);
    out
}

/// Open tables: only the outermost gets a box, unless it has one.
#[derive(Default)]
struct Tables {
    open: usize,
    is_boxed: bool,
}

impl Tables {
    fn open(&mut self, before: &str) -> &'static str {
        self.open += 1;
        if self.open > 1 {
            return "";
        }
        self.is_boxed = !before.ends_with(TABLE_START);
        if self.is_boxed { TABLE_START } else { "" }
    }

    fn close(&mut self) -> &'static str {
        self.open = self.open.saturating_sub(1);
        if self.open == 0 && self.is_boxed { TABLE_END } else { "" }
    }
}

fn is_target(tag: &Tag) -> bool {
    tag.attributes.iter().any(|attribute| matches!(attribute.name.as_str(), "id" | "name"))
}

fn is_visible(tag: &Tag, inner: &str) -> bool {
    inner.contains("<img")
        || !strip(inner).trim().is_empty()
        || tag.attributes.iter().any(|attribute| attribute.name == "aria-label")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_without_text_go() {
        assert_eq!(polish("x<a href=\"y\"> <b></b></a>z"), "x <b></b>z");
        assert_eq!(polish("<a id=\"i\" href=\"y\"></a>"), "<a id=\"i\"></a>");
        for kept in
            ["<a href=\"y\">z</a>", "<a href=\"y\"><img src=\"z\"></a>", "<a name=\"i\"></a>"]
        {
            assert_eq!(polish(kept), kept);
        }
    }

    #[test]
    fn outer_tables_scroll() {
        let made = "<div class=\"table\" tabindex=\"0\"><table>\n</table></div>";
        assert_eq!(polish(made), made);
        assert_eq!(
            polish("<div><table><tr><td><table></table></td></tr></table></div>"),
            format!(
                "<div>{TABLE_START}<table><tr><td><table></table></td></tr></table></div></div>"
            )
        );
    }
}
