//! The two characters that no text may hold: tier0 marks places in its own texts with them.

use std::borrow::Cow;

/// Opens a mark.
pub(crate) const OPEN: char = '\u{fdd0}';
/// Closes it.
pub(crate) const CLOSE: char = '\u{fdd1}';

/// A text of the same length without these characters.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    if text.contains([OPEN, CLOSE]) {
        Cow::Owned(text.replace([OPEN, CLOSE], "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}
