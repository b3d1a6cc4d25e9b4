//! A query as a list of words to look up.

use super::fold::{fold, is_unspaced, is_word};
use super::function_words::is_function_word;
use super::tokenizer::{Field, Role, Token, tokenize};

/// More words do not make a question clearer; a pasted log has thousands.
pub const MOST_WORDS: usize = 32;
/// Characters that are read at all.
const LONGEST_QUERY: usize = 2_000;

/// Weights of words, in sixteenths.
pub mod weight {
    /// A word like any other.
    pub const WORD: u64 = 16;
    /// An error code found whole is what the question is about.
    pub const CODE: u64 = 48;
    /// A name found whole, above its parts.
    pub const NAME: u64 = 20;
    /// A part of a name that was found whole.
    pub const PART: u64 = 6;
    /// Grammar decides only between pages that are otherwise alike.
    pub const FUNCTION: u64 = 2;
}

/// One word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As in the index.
    pub term: String,
    /// Before stemming; what a prefix and a spelling are judged by.
    pub raw: String,
    /// What it is in the query.
    pub role: Role,
    /// In sixteenths.
    pub weight: u64,
    /// Still being typed.
    pub open: bool,
}

/// The words of `query`, without repetitions. `exists` tells whether a term is
/// in the index: the parts of a name count less when its whole is, and the
/// parts of a code never stand for a code that is not.
pub fn parse(query: &str, exists: impl Fn(&str) -> bool) -> Vec<Word> {
    let query: String = query.chars().take(LONGEST_QUERY).collect();
    // After a space or a stop the last word is complete.
    let open = fold(&query).last().is_some_and(|&c| is_word(c) || is_unspaced(c));
    let tokens = tokenize(&query, Field::Body);
    let last = tokens.len().saturating_sub(1);
    // A name that is still being typed is open itself, and so is its last part.
    let last_whole = tokens.iter().rposition(|token| token.role != Role::Part).unwrap_or(0);
    let mut words: Vec<Word> = Vec::new();
    let mut part_weight = weight::WORD;
    for (number, token) in tokens.into_iter().enumerate() {
        let weight = match token.role {
            Role::Part => part_weight,
            Role::Whole => {
                let code = is_code(&token.term);
                part_weight = match (code, exists(&token.term)) {
                    (true, _) => 0,
                    (false, true) => weight::PART,
                    (false, false) => weight::WORD,
                };
                if code { weight::CODE } else { weight::NAME }
            }
            _ if is_function_word(&token.raw) => weight::FUNCTION,
            _ => weight::WORD,
        };
        push(&mut words, token, weight, open && (number == last || number == last_whole));
        if words.len() == MOST_WORDS {
            break;
        }
    }
    words
}

fn push(words: &mut Vec<Word>, token: Token, weight: u64, open: bool) {
    if weight == 0 {
        return;
    }
    if let Some(word) = words.iter_mut().find(|word| word.term == token.term) {
        word.open |= open;
        return;
    }
    words.push(Word { term: token.term, raw: token.raw, role: token.role, weight, open });
}

/// Codes are numbered: letters and at least four digits, or three after few
/// letters, five digits alone, or hexadecimal. `php8`, `2.4.3-p1` and
/// `env.php` are names, `404` and `2026` are numbers.
fn is_code(term: &str) -> bool {
    if term.contains(['.', '+', '#']) {
        return false;
    }
    let digits = term.chars().filter(char::is_ascii_digit).count();
    match term.chars().count() - digits {
        0 => digits >= 5,
        letters => digits >= 4 || digits >= 3 && letters <= 3 || term.starts_with("0x"),
    }
}
