//! What proves that a request comes from a script of a page that the author got.
//!
//! A run of the preview has one token. It is in no address, no file and no message: only in pages
//! that are the author's, and in a header of what their scripts ask.

use std::fmt;
use std::io;

/// A secret of this run.
pub(super) struct Token(String);

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// When the system has no random numbers to give.
    pub(super) fn new() -> io::Result<Self> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes)?;
        Ok(Self(format!("{:032x}", u128::from_be_bytes(bytes))))
    }

    /// The token, for a page that is the author's.
    pub(super) fn text(&self) -> &str {
        &self.0
    }

    /// Whether this is the token. Hashes are compared, and in constant time, so that no answer tells
    /// how much of a guess is right.
    pub(super) fn is(&self, sent: &str) -> bool {
        blake3::hash(self.0.as_bytes()) == blake3::hash(sent.as_bytes())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}
