//! Pages with html of their writers, passed through the allow-list.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use crate::document::{ALLOWED, SCHEMES};

static ALLOW_LIST: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .tags(ALLOWED.iter().copied().collect())
        .add_generic_attributes([
            "class",
            "id",
            "title",
            "lang",
            "dir",
            "role",
            "aria-label",
            "aria-hidden",
        ])
        .add_generic_attribute_prefixes(["data-"])
        .add_tag_attributes("a", ["name"])
        .add_tag_attributes("img", ["loading"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("ol", ["start"])
        // Wide tables scroll; only so can the keyboard reach them.
        .add_tag_attribute_values("div", "tabindex", ["0"])
        .link_rel(None)
        .url_relative(UrlRelative::PassThrough)
        .url_schemes(HashSet::from(SCHEMES));
    builder
});

/// Passes html through the allow-list.
pub(crate) fn sanitize(html: &str) -> String {
    ALLOW_LIST.clean(html).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_active_passes() {
        let clean = sanitize(
            "<img src=x onerror=alert(1)><a href=\"javascript:alert(1)\">x</a><script>1</script><style>a{}</style><svg><script>1</script></svg>",
        );
        assert!(
            !clean.contains("alert") && !clean.contains("script") && !clean.contains("style"),
            "{clean}"
        );
    }
}
