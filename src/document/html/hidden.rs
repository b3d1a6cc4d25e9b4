//! Html that its writer hid: a browser would not show it. The allow-list takes away what hides it and
//! keeps the text, so everybody would read it.

use crate::text::hiding::hiding_in;
use crate::text::html::{strip, unescape};
use crate::text::tag::Tag;

/// Elements whose content browsers show to nobody.
const NEVER_SHOWN: [&str; 2] = ["template", "datalist"];
/// Elements whose content browsers show only where they do not know the element, or run no scripts.
const INSTEAD: [&str; 2] = ["noscript", "object"];
/// Elements of svg that hold text which is not drawn.
const NOT_DRAWN: [&str; 2] = ["desc", "metadata"];

/// Whether a browser would hide the element that a tag begins. `after` is what follows the tag, in
/// parts.
pub(crate) fn hides(tag: &Tag, after: [&str; 2], in_svg: bool) -> bool {
    let name = tag.name.as_str();
    let has = |name: &str| tag.attributes.iter().any(|attribute| attribute.name == name);
    let is_styled = || {
        let styles = tag.attributes.iter().filter(|attribute| attribute.name == "style");
        styles
            .filter_map(|style| style.value.as_deref())
            .any(|style| hiding_in(&unescape(style)).is_some())
    };
    NEVER_SHOWN.contains(&name)
        || name == "dialog" && !has("open")
        || INSTEAD.contains(&name) && has_content(name, after)
        || in_svg && NOT_DRAWN.contains(&name)
        || has("hidden")
        || is_styled()
}

/// Whether a tag stands in the middle of a text and begins an element that shows nothing: what is in it
/// comes behind it as text.
pub(crate) fn is_cut_off(tag: &Tag, after: &str, rest: &str) -> bool {
    ["script", "style", "title"].contains(&&*tag.name)
        && after.is_empty()
        && has_content(&tag.name, ["", rest])
}

/// Whether there is text up to the end tag of an element. What ends elsewhere may hold anything.
fn has_content(name: &str, after: [&str; 2]) -> bool {
    let end_tag = format!("</{name}");
    for part in after {
        let end = part.to_ascii_lowercase().find(&end_tag);
        if !strip(&part[..end.unwrap_or(part.len())]).trim().is_empty() {
            return true;
        }
        if end.is_some() {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_hides_is_known() {
        let hides = |html: &str| {
            let tag = Tag::read(html).expect(html);
            let after = &html[tag.end..];
            hides(&tag, [after, ""], html.starts_with("<desc"))
        };
        for html in [
            "<div hidden>",
            "<p HIDDEN=until-found>",
            "<option hidden>",
            "<p style='color:red; Display : none !important'>",
            "<p style=\"visibility:/* */hidden\">",
            "<p style=\"display&colon;none\">",
            "<p style=mso-hide:all>",
            "<p style=opacity:0>",
            "<template>",
            "<dialog class=open>",
            "<datalist id=x>",
            "<noscript>x</noscript>",
            "<object data=x><p>x</p></OBJECT>",
            "<object data=x>",
            "<desc>",
        ] {
            assert!(hides(html), "{html}");
        }
        for html in [
            "<div class=hidden-scrollbar aria-hidden=true data-hidden>",
            "<input type=hidden>",
            "<p style='overflow:hidden;opacity:0.5;font-size:0.9em'>",
            "<details>",
            "<dialog open>",
            "<noscript> </noscript>",
            "<object data=x><param name=y></object>",
        ] {
            assert!(!hides(html), "{html}");
        }
    }
}
