//! Elements by how their tags close each other, as html parsers see it.

/// More formatting than this, one in the other, is no text that a person wrote.
pub(crate) const MOST_FORMATTING: usize = 10;

/// Elements that misnested end tags do not close.
pub(crate) const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements that end tags of lesser ones do not reach over.
pub(crate) const SPECIAL: &[&str] = &[
    "address",
    "applet",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "html",
    "iframe",
    "li",
    "main",
    "marquee",
    "menu",
    "nav",
    "noscript",
    "object",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "select",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

/// Parts of tables. They close everything up to themselves.
pub(crate) const TABLE: &[&str] =
    &["caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"];

/// Elements that no end tag outside reaches into.
pub(crate) const BOUNDARIES: &[&str] =
    &["applet", "caption", "marquee", "object", "table", "td", "template", "th"];

/// Elements that stand in running text. All others part words.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr",
];

/// Whether an element stands in running text.
pub(crate) fn is_inline(name: &str) -> bool {
    is(INLINE, name)
}

/// Whether a list has a name.
pub(crate) fn is(names: &[&str], name: &str) -> bool {
    names.binary_search(&name).is_ok()
}

/// Whether an element is a heading.
pub(crate) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether a start tag ends the paragraph around it.
pub(crate) fn ends_paragraph(name: &str) -> bool {
    is(SPECIAL, name) && !is(TABLE, name) || name == "table"
}

/// The content of an element whose html is not read: up to its end tag.
pub(crate) fn text_only<'s>(source: &'s str, name: &str) -> &'s str {
    let end = source.match_indices("</").find(|(at, _)| {
        let after = &source.as_bytes()[at + 2..];
        after.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
    });
    end.map_or(source, |(at, _)| &source[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_names_are_sorted() {
        for names in [FORMATTING, SPECIAL, TABLE, BOUNDARIES, INLINE] {
            assert!(names.is_sorted());
        }
    }
}
