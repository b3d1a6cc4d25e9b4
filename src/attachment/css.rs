//! Styles inside pictures: whether they load anything.

/// Pictures that can be written into an address and hold no scripts.
const RASTERS: [&str; 7] = ["png", "jpeg", "jpg", "gif", "webp", "avif", "bmp"];

/// What loads something, by another way than `url()`.
const LOADERS: [&str; 9] = [
    "@import",
    "@namespace",
    "image-set(",
    "image(",
    "src(",
    "expression(",
    "javascript:",
    "-moz-binding",
    "behavior",
];

/// Whether an address holds a picture that is no svg.
pub(crate) fn is_raster(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("data:image/") else { return false };
    RASTERS
        .iter()
        .any(|kind| rest.strip_prefix(kind).is_some_and(|rest| rest.starts_with([';', ','])))
}

/// Whether a style loads nothing but what it brings along. It is read twice, with and without what
/// looks like comments: what is a string to a browser may look like the start of a comment. An escaped
/// character may be any other, so a style that has one is not trusted.
pub(super) fn is_harmless(style: &str) -> bool {
    let style = style.to_lowercase();
    !style.contains('\\') && loads_nothing(&style) && loads_nothing(&without_comments(&style))
}

fn loads_nothing(style: &str) -> bool {
    if LOADERS.iter().any(|loader| style.contains(loader)) {
        return false;
    }
    style.split("url(").skip(1).all(|argument| {
        let address = argument.trim_start().trim_start_matches(['"', '\'']).trim_start();
        let is_font = ["data:font/", "data:application/font", "data:application/x-font"];
        address.starts_with('#')
            || is_raster(address)
            || is_font.iter().any(|kind| address.starts_with(kind))
    })
}

/// A style without its comments.
pub(super) fn without_comments(style: &str) -> String {
    let mut plain = String::with_capacity(style.len());
    let mut rest = style;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain + rest
}

#[cfg(test)]
mod tests {
    use super::is_harmless;

    #[test]
    fn styles_that_load_something_are_known() {
        for style in [
            ".a{fill:url(#g)}",
            "fill:url( '#g' );stroke:red",
            "background:url(data:image/png;base64,iVBO)",
            "@font-face{font-family:x;src:url(data:font/woff2;base64,AA)}",
            "@media (max-width:3px){a{b:c}}",
        ] {
            assert!(is_harmless(style), "{style}");
        }
        for style in [
            "@import 'x.css'",
            "@IMPORT url(x)",
            "@im/**/port url(#x)",
            "a{b:url(//host/x)}",
            "a{b:U\\52L(//host/x)}",
            "a{b:url(/*#*/x)}",
            "a{b:url('data:image/svg+xml,<svg/>')}",
            "a{b:url(data:text/html,x)}",
            "a{b:image-set('x' 1x)}",
            "a{b:url(#a) url(x)}",
            "a{font-family:\"/*\"}b{c:url(//host/x)}d{font-family:\"*/\"}",
            "a{font-family:'/*'}b{c:url(//host/x)}",
        ] {
            assert!(!is_harmless(style), "{style}");
        }
    }
}
