//! Files that writers put beside their articles: which of them a browser would run on the site.
//!
//! A picture in svg can hold scripts, and a page in html is one: opened by its address, either does
//! on the site's own origin what the site's pages may do. So pictures are written again from what
//! [`svg`] knows to be harmless, and files that are documents to a browser are not published unless
//! the site's owner names them. Nothing here reads the disk.

mod css;
mod names;
mod svg;

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};

pub(crate) use css::is_raster;
pub(crate) use names::{Kind, kind};
pub(crate) use svg::LARGEST as LARGEST_SVG;

/// How much of a file says what it is, where its name does not: browsers look no further.
pub(crate) const HEAD: usize = 4096;

/// What of a file is published.
#[derive(Debug)]
pub(crate) enum Published {
    /// The file as it is.
    AsIs,
    /// These bytes in its place, and what is reported for what they leave out.
    Cleaned(Vec<u8>, Option<Diagnostic>),
}

/// What is published of a file of this name that the site's owner has not vouched for. Of a picture
/// in svg `bytes` is all of it, of others the first [`HEAD`] bytes will do. `shown` is its path for
/// people.
pub(crate) fn publish(
    name: &str,
    bytes: &[u8],
    shown: &Arc<str>,
) -> Result<Published, Box<Diagnostic>> {
    let fault = |code| Diagnostic::at(code, shown, 0..0).with("target", &**shown);
    match kind(name) {
        Kind::Inert => Ok(Published::AsIs),
        Kind::Unknown if !is_markup(bytes) => Ok(Published::AsIs),
        Kind::Unknown | Kind::Active => Err(Box::new(active(fault(Code::ActiveFile), name))),
        Kind::Svg => match svg::clean(bytes) {
            Ok(svg::Cleaned { bytes, dropped }) => {
                let what = dropped.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>();
                let said = fault(Code::SvgCleaned).with("what", what.join(", "));
                Ok(Published::Cleaned(bytes, (!dropped.is_empty()).then_some(said)))
            }
            Err(why) => {
                let (en, zh) = why.words();
                Err(Box::new(fault(Code::SvgUnreadable).with_both("reason", en, zh)))
            }
        },
    }
}

/// Completes what is reported for a file that a browser would run.
pub(crate) fn active(problem: Diagnostic, name: &str) -> Diagnostic {
    problem.with("entry", names::entry(name))
}

/// Whether browsers that are not told what a file is may take it for a document: it begins with a
/// tag, in any of the encodings that they find out by themselves.
fn is_markup(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let bytes =
        bytes.strip_prefix(b"\xff\xfe").or(bytes.strip_prefix(b"\xfe\xff")).unwrap_or(bytes);
    let mut rest = bytes.iter().filter(|byte| **byte != 0 && !byte.is_ascii_whitespace());
    rest.next() == Some(&b'<')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(name: &str, bytes: &[u8]) -> bool {
        publish(name, bytes, &Arc::from(name)).is_err()
    }

    #[test]
    fn what_a_name_does_not_tell_the_first_bytes_do() {
        let page = b" \n<!-- x --><script>alert(1)</script>";
        for name in ["page", "page.unknown", "p.html.zh", "P.HTM", "a/x.svg.gz", "x.xhtml.", ".htm"]
        {
            assert!(is_refused(name, page), "{name}");
        }
        for name in ["notes.ini", "notes.log", "notes.yaml", "notes.md"] {
            assert!(is_refused(name, page) && !is_refused(name, b"a = 1"), "{name}");
        }
        for name in [
            "_headers",
            "CNAME",
            "a/web.config",
            "sw.js",
            "a.php.jpg",
            "x.pht",
            "x.cer",
            "x.lua",
            "main.js.gz",
        ] {
            assert!(is_refused(name, b"x"), "{name}");
        }
        for name in ["page.txt", "page.png", "page.html.zip", "notes.csv", "a.py.txt", "a.php.zip"]
        {
            assert!(!is_refused(name, page), "{name}");
        }
        assert!(!is_refused("data.unknown", b"1,2 < 3"));
        assert!(is_refused("x", b"\xff\xfe<\0s\0v\0g\0"));
        assert!(is_refused("x", b"\xfe\xff\0<\0s"));
        assert!(is_refused("x", b"\xef\xbb\xbf<?xml?>"));
        assert!(is_refused("x.mht", b"MIME-Version: 1.0"));
    }
}
