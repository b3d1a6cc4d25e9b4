//! Text into terms, the same in Rust and in `tokenize.js`; the vectors in
//! `tests/golden/tokenize.json` hold both to it.
//!
//! 1. [`fold`]: one form for all spellings of a letter.
//! 2. A walk over the characters cuts runs of unspaced script (Han, kana) and
//!    chains of words. A chain is what may be one name: runs of letters and
//!    digits held together by `-`, `.` or `_`, as in `MDVA-12345` or
//!    `env.php`. A change of script ends either (`错误码10407`).
//! 3. Unspaced runs become overlapping pairs, and then their characters.
//! 4. Chains go to [`codes`](super::codes): a name whole and in parts, a plain
//!    word as its stem.

use super::codes;
use super::fold::{fold, is_unspaced, is_word};

/// Terms longer than this are hashes and encoded data, which nobody types.
pub(crate) const LONGEST_TERM: usize = 64;

/// What a term is in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TermRole {
    /// A word by itself.
    Word,
    /// A name of several parts or with digits, as a whole.
    Whole,
    /// A part of the [`TermRole::Whole`] before it.
    Part,
    /// Two neighbours in unspaced script.
    Pair,
    /// One character of unspaced script by itself.
    Single,
    /// One character of a longer run. It says little, but people and writers who choose other
    /// words often share it (`更换`, `换成`).
    Character,
}

/// One term of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// As it stands in the index.
    pub term: String,
    /// The word before stemming.
    pub raw: String,
    /// What it is in its text.
    pub role: TermRole,
}

/// All terms of `text`, in order.
pub(crate) fn tokenize(text: &str) -> Vec<Token> {
    let chars = fold(text);
    let mut tokens = Vec::with_capacity(chars.len() / 4);
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        if is_unspaced(c) {
            let end = run_end(&chars, at, is_unspaced);
            push_pairs(&chars[at..end], &mut tokens);
            at = end;
        } else if is_word(c) || starts_with_dot(&chars, at) {
            at = codes::push_chain(&chars, at, &mut tokens);
        } else {
            at += 1;
        }
    }
    tokens.retain(|t| t.term.len() <= LONGEST_TERM * 4 && t.term.chars().count() <= LONGEST_TERM);
    tokens
}

/// The first index from `at` whose character is not in the class.
pub(super) fn run_end(chars: &[char], at: usize, class: fn(char) -> bool) -> usize {
    chars[at..].iter().position(|&c| !class(c)).map_or(chars.len(), |length| at + length)
}

/// `.NET`, `.htaccess`: a dot that begins a name, not one that ends a sentence.
fn starts_with_dot(chars: &[char], at: usize) -> bool {
    chars[at] == '.'
        && chars.get(at + 1).is_some_and(|&c| is_word(c) && !c.is_ascii_digit())
        && (at == 0 || !(is_word(chars[at - 1]) || chars[at - 1] == '.'))
}

fn push_pairs(run: &[char], tokens: &mut Vec<Token>) {
    let mut push = |chars: &[char], role| {
        let term: String = chars.iter().collect();
        tokens.push(Token { raw: term.clone(), term, role });
    };
    for pair in run.windows(2) {
        push(pair, TermRole::Pair);
    }
    let role = if run.len() == 1 { TermRole::Single } else { TermRole::Character };
    for single in run.chunks(1) {
        push(single, role);
    }
}
