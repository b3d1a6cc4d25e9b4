//! Addresses in front matter: a permanent name, and those that a page had before.

use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::meta::not_a_value;
use crate::diagnostic::Diagnostic;
use crate::spanned::reader::Spanned;
use crate::text::fold::composed;

/// Longest part of an address in bytes; file systems take 255.
const LONGEST: usize = 240;

/// Reads `id`, if it can be the last part of an address.
pub(super) fn id(
    id: Option<&Spanned>,
    path: &Arc<str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Spanned> {
    let id = id?;
    let Spanned { text, span } = id;
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~');
    if text.chars().all(is_plain) && is_part(text) {
        return Some(Spanned { text: composed(text), span: span.clone() });
    }
    diagnostics.push(not_a_value(path, "id", id).with_both(
        "allowed",
        "letters, digits, -, _, .",
        "文字、数字、-、_、.",
    ));
    None
}

/// Reads `aliases`: addresses from the root of the site, without its host.
pub(super) fn aliases(
    aliases: Option<&Vec<Spanned>>,
    path: &Arc<str>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Spanned> {
    let mut read = Vec::new();
    for alias in aliases.into_iter().flatten() {
        if let Some(text) = site_path(&alias.text) {
            read.push(Spanned { text, span: alias.span.clone() });
            continue;
        }
        diagnostics.push(not_a_value(path, "aliases", alias).with_both(
            "allowed",
            "addresses on this site, such as `/guides/old-name/` or `/old/page.html`",
            "本站的网址，例如 `/guides/old-name/` 或 `/old/page.html`",
        ));
    }
    read
}

/// The site path that an address means: a folder with a slash at its end, or an html file.
fn site_path(address: &str) -> Option<String> {
    let decoded = composed(&percent_decode_str(address).decode_utf8().ok()?);
    let parts: Vec<&str> = decoded.trim_matches('/').split('/').collect();
    let is_good = |part: &&str| {
        is_part(part) && part.chars().all(|c| !c.is_control() && !"\\:*?\"<>|#".contains(c))
    };
    if !parts.iter().all(is_good) {
        return None;
    }
    let path = parts.join("/");
    let is_file = !decoded.ends_with('/') && (path.ends_with(".html") || path.ends_with(".htm"));
    let path = if is_file { path } else { format!("{path}/") };
    Some(path.strip_suffix("index.html").filter(|_| is_file).unwrap_or(&path).to_owned())
}

/// Whether a text can name a file or folder.
fn is_part(part: &str) -> bool {
    !part.is_empty() && part.len() <= LONGEST && !part.starts_with('.') && part.trim() == part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_site_paths() {
        for (address, path) in [
            ("/old/page", Some("old/page/")),
            ("old/page/", Some("old/page/")),
            ("/old/page.html", Some("old/page.html")),
            ("/old/page.htm", Some("old/page.htm")),
            ("/old/index.html", Some("old/")),
            ("/old.html/", Some("old.html/")),
            ("/kb/1234.php", Some("kb/1234.php/")),
            ("/zh/%E6%97%A7", Some("zh/旧/")),
            ("/a b/", Some("a b/")),
            ("/", None),
            ("", None),
            ("https://example.com/old/", None),
            ("/a/../b", None),
            ("/a//b", None),
            ("/a?b=1", None),
            ("/a#b", None),
            ("/%ff", None),
            ("/a%00", None),
            ("/%2e%2e/b", None),
            ("a\\b", None),
        ] {
            assert_eq!(site_path(address).as_deref(), path, "{address}");
        }
    }
}
