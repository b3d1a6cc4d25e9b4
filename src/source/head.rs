//! Heads of files, as far as bytes alone tell.

/// As much of a file tells what stands at its head, in bytes.
pub(crate) const LARGEST_HEAD: usize = 64 * 1024;

/// Whether a file that begins with these bytes may have a head.
pub(crate) fn may_have_head(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    // Dashes, plus signs, and what begins the longer dashes and invisible characters.
    first.is_some_and(|first| [b'-', b'+', 0xe2, 0xef].contains(first))
}
