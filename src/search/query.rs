//! A query as a list of words to look up.

use super::fold::{fold, is_unspaced, is_word};
use super::function_words::is_function_word;
use super::tokenizer::{Field, Role, Token, tokenize};

/// More words do not make a question clearer; a pasted log has thousands.
pub const MOST_WORDS: usize = 32;
/// Characters that are read at all.
const LONGEST_QUERY: usize = 2_000;
/// Terms, of which many may be grammar.
const MOST_TERMS: usize = 128;
/// With so many other words, grammar is left out: it decides little, and costs shards. Of a title
/// with few words it tells the rest.
const ENOUGH: usize = 4;
/// Characters of a phrase in unspaced script.
const LONGEST_PHRASE: usize = 6;

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

/// A key that a phrase of the query may have in the index, and the terms that it spans.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Two words with a space between them, or some characters of unspaced script.
    pub key: String,
    /// Terms of words of the query.
    pub spans: Vec<String>,
}

/// A query cut into terms.
pub struct Terms {
    tokens: Vec<Token>,
    /// Whether the last word is still being typed: after a space or a stop it is complete.
    open: bool,
}

/// Cuts `query` into terms.
pub fn terms(query: &str) -> Terms {
    let query: String = query.chars().take(LONGEST_QUERY).collect();
    let open = fold(&query).last().is_some_and(|&c| is_word(c) || is_unspaced(c));
    let mut tokens = tokenize(&query, Field::Body);
    tokens.truncate(MOST_TERMS);
    Terms { tokens, open }
}

impl Terms {
    /// The words, without repetitions, and without grammar if there is enough else. `exists`
    /// tells whether a term is in the index: the parts of a name count less when its whole is, and
    /// the parts of a code never stand for a code that is not.
    pub fn words<E>(&self, exists: impl Fn(&str) -> Result<bool, E>) -> Result<Vec<Word>, E> {
        let last = self.tokens.len().saturating_sub(1);
        // A name that is still being typed is open itself, and so is its last part.
        let last_whole = self.tokens.iter().rposition(|token| token.role != Role::Part);
        let mut words: Vec<Word> = Vec::new();
        let mut part_weight = weight::WORD;
        for (number, token) in self.tokens.iter().enumerate() {
            let weight = match token.role {
                Role::Part => part_weight,
                Role::Whole => {
                    let code = is_code(&token.term);
                    part_weight = match code {
                        true => 0,
                        false if exists(&token.term)? => weight::PART,
                        false => weight::WORD,
                    };
                    if code { weight::CODE } else { weight::NAME }
                }
                _ if is_function_word(&token.raw) => weight::FUNCTION,
                _ => weight::WORD,
            };
            let open = self.open && (number == last || Some(number) == last_whole);
            push(&mut words, token, weight, open);
        }
        if words.iter().filter(|word| word.weight > weight::FUNCTION).count() >= ENOUGH {
            words.retain(|word| word.weight > weight::FUNCTION);
        }
        words.truncate(MOST_WORDS);
        Ok(words)
    }

    /// The phrases that the index may have something for.
    pub fn phrases(&self) -> Vec<Phrase> {
        let mut phrases = Vec::new();
        for (at, token) in self.tokens.iter().enumerate() {
            let next = self.tokens.get(at + 1);
            if let Some(next) =
                next.filter(|next| token.role == Role::Word && next.role == Role::Word)
            {
                let spans = vec![token.term.clone(), next.term.clone()];
                let key = format!("{} {}", token.raw, next.raw);
                let stems = format!("{} {}", token.term, next.term);
                if stems != key {
                    phrases.push(Phrase { key: stems, spans: spans.clone() });
                }
                phrases.push(Phrase { key, spans });
            }
            let (mut key, mut spans) = (token.term.clone(), vec![token.term.clone()]);
            for pair in &self.tokens[at + 1..] {
                let goes_on = token.role == Role::Pair
                    && pair.role == Role::Pair
                    && pair.term.chars().next() == key.chars().next_back()
                    && spans.len() + 1 < LONGEST_PHRASE;
                if !goes_on {
                    break;
                }
                key.extend(pair.term.chars().next_back());
                spans.push(pair.term.clone());
                phrases.push(Phrase { key: key.clone(), spans: spans.clone() });
            }
        }
        phrases
    }
}

fn push(words: &mut Vec<Word>, token: &Token, weight: u64, open: bool) {
    if weight == 0 {
        return;
    }
    if let Some(word) = words.iter_mut().find(|word| word.term == token.term) {
        word.open |= open;
        return;
    }
    let (term, raw) = (token.term.clone(), token.raw.clone());
    words.push(Word { term, raw, role: token.role, weight, open });
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
