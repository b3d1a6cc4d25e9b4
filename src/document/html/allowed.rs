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
    "area", "base", "br", "col", "embed", "hr", "image", "img", "input", "link", "meta", "source",
    "track", "wbr",
];

/// Elements whose content is text, up to their own end tag.
pub(crate) const TEXT_ONLY: &[&str] =
    &["iframe", "noscript", "script", "style", "textarea", "title"];

/// Schemes a link may have.
pub(crate) const SCHEMES: [&str; 5] = ["http", "https", "mailto", "tel", "sms"];
