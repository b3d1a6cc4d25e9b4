//! A page with a secret, and what became of it: published, kept back or refused.

use crate::support::{Run, Site};

/// The word that must not come out.
pub const SECRET: &str = "quamble";

/// A site with one page besides its home.
pub fn article(text: &str) -> Site {
    Site::new().file("content/a.md", text).file("content/index.md", "# Home\n\nHi.\n")
}

/// The same with these lines in the head of the page, and the secret in its body.
pub fn headed(head: &str) -> Site {
    article(&format!("---\ntitle: A\n{head}\n---\n\nquamble\n"))
}

/// A page with something seen, and this text.
pub fn build(text: &str) -> Run {
    article(&format!("# A\n\nSeen.\n\n{text}\n")).build(&[])
}

/// Stopped, with this code and nothing else.
pub fn refused(run: &Run, code: &str, what: &str) {
    assert_eq!((run.code, run.codes()), (1, vec![code]), "{what}: {:?}", run.problems);
    assert!(run.output.holding(SECRET).is_empty(), "{what}");
}

/// Published without the secret, and with this warning.
pub fn kept(run: &Run, code: &str, what: &str) {
    assert_eq!((run.code, run.codes()), (0, vec![code]), "{what}");
    assert!(run.output.holding(SECRET).is_empty() && run.output.has("index.html"), "{what}");
}

/// Published with it, without a word.
pub fn published(site: &Site, what: &str) {
    let run = site.build(&[]);
    assert_eq!((run.code, run.codes()), (0, Vec::new()), "{what}: {:?}", run.problems);
    assert!(!run.output.holding(SECRET).is_empty(), "{what}");
}
