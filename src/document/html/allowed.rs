//! The html that writers may use.

/// Elements the allow-list passes.
pub(crate) const ALLOWED: &[&str] = &[
    "a",
    "abbr",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
    "font",
];

/// Elements that are html, and are dropped. Anything else in angle brackets is a placeholder that
/// the writer forgot to quote.
pub(crate) const REMOVED: &[&str] = &[
    "audio", "base", "body", "button", "canvas", "embed", "fieldset", "form", "frame", "frameset",
    "head", "html", "iframe", "input", "label", "link", "math", "meta", "noscript", "object",
    "option", "param", "script", "select", "source", "style", "svg", "template", "textarea",
    "title", "track", "video", "address", "area", "article", "footer", "header", "main", "map",
    "nav", "legend", "dialog", "menu", "big", "acronym", "optgroup", "progress", "meter", "output",
    "datalist", "applet", "marquee", "nobr", "hgroup",
];

/// Elements without an end tag.
pub(crate) const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements whose content is text, up to their own end tag.
pub(crate) const TEXT_ONLY: &[&str] =
    &["iframe", "noscript", "script", "style", "textarea", "title"];

/// Schemes a link may have.
pub(crate) const SCHEMES: [&str; 5] = ["http", "https", "mailto", "tel", "sms"];

/// Attributes that any element may have. `data-…` is none of them: notes of programs, which nobody
/// sees on the page.
const GENERAL: &[&str] =
    &["aria-hidden", "aria-label", "class", "dir", "id", "lang", "role", "title", "translate"];

/// Those of cells of tables.
const CELL: &[&str] = &[
    "abbr", "align", "char", "charoff", "colspan", "headers", "height", "rowspan", "scope",
    "valign", "width",
];

/// Attributes that some elements may have besides.
const OWN: &[(&str, &[&str])] = &[
    ("a", &["download", "href", "hreflang", "name"]),
    ("blockquote", &["cite"]),
    ("caption", &["align"]),
    ("col", &["align", "char", "charoff", "span", "valign", "width"]),
    ("colgroup", &["align", "char", "charoff", "span", "valign", "width"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("div", &["align"]),
    ("h2", &["align"]),
    ("h3", &["align"]),
    ("h4", &["align"]),
    ("h5", &["align"]),
    ("h6", &["align"]),
    ("hr", &["align", "size", "width"]),
    ("img", &["align", "alt", "height", "loading", "src", "width"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["type", "value"]),
    ("ol", &["reversed", "start", "type"]),
    ("p", &["align"]),
    ("q", &["cite"]),
    ("table", &["align", "char", "charoff", "summary", "width"]),
    ("tbody", &["align", "char", "charoff", "valign"]),
    ("td", CELL),
    ("tfoot", &["align", "char", "charoff", "valign"]),
    ("th", CELL),
    ("thead", &["align", "char", "charoff", "valign"]),
    ("time", &["datetime"]),
    ("tr", &["align", "char", "charoff", "valign"]),
    ("ul", &["type"]),
];

/// Whether an element may have an attribute. Addresses that readers follow are looked at where all
/// links are.
pub(crate) fn may_have(element: &str, attribute: &str, value: Option<&str>) -> bool {
    let is_own = || {
        let own = OWN.iter().find(|(name, _)| *name == element);
        own.is_some_and(|(_, attributes)| attributes.contains(&attribute))
    };
    match attribute {
        "cite" => is_own() && value.is_some_and(is_harmless),
        // Wide tables scroll; only so can the keyboard reach them.
        "tabindex" => element == "div" && value == Some("0"),
        _ => GENERAL.contains(&attribute) || is_own(),
    }
}

/// Whether an address that only programs follow has a scheme that a link may have, or none.
fn is_harmless(address: &str) -> bool {
    let address: String =
        address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let before = address.split(['/', '?', '#']).next().unwrap_or_default();
    match before.split_once(':') {
        Some((scheme, _)) => SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)),
        None => true,
    }
}

/// An element by its name, and whether the allow-list has it. Browsers read `image` as `img`.
pub(crate) fn element(name: &str) -> Option<(&'static str, bool)> {
    let name = if name == "image" { "img" } else { name };
    let find = |names: &[&'static str]| names.iter().copied().find(|known| *known == name);
    let allowed = find(ALLOWED).map(|name| (name, true));
    allowed.or_else(|| find(REMOVED).map(|name| (name, false)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_harmless_is_kept() {
        assert!(may_have("p", "class", Some("x")) && !may_have("td", "data-x", None));
        for (element, attribute) in [("p", "onclick"), ("p", "style"), ("p", "href"), ("td", "src")]
        {
            assert!(!may_have(element, attribute, Some("x")), "{element} {attribute}");
        }
        for (address, is_kept) in [
            ("https://a.b/c", true),
            ("../a:b", true),
            ("java\nscript:alert(1)", false),
            ("\u{1}data:text/html,x", false),
        ] {
            assert_eq!(may_have("q", "cite", Some(address)), is_kept, "{address:?}");
        }
        assert!(may_have("div", "tabindex", Some("0")) && !may_have("a", "tabindex", Some("0")));
        assert_eq!((element("image"), element("nav")), (Some(("img", true)), Some(("nav", false))));
    }
}
