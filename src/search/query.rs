//! A query as a list of words to look up.

use super::fold::{fold, is_unspaced, is_word};
use super::function_words::is_function_word;
use super::relations;
use super::tokenizer::{TermRole, Token, tokenize};
use super::weights::word;

/// More words do not make a question clearer; a pasted log has thousands.
pub(crate) const MOST_WORDS: usize = 48;
/// Characters that are read at all.
const LONGEST_QUERY: usize = 2_000;
/// Terms, of which many may be grammar.
const MOST_TERMS: usize = 128;
/// With more words of their own, grammar does not tell pages apart, but must be fetched.
const FEW_WORDS: usize = 4;

/// One word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// As in the index.
    pub term: String,
    /// Before stemming; what a prefix and a spelling are judged by.
    pub raw: String,
    /// What it is in the query.
    pub role: TermRole,
    /// In sixteenths.
    pub weight: u64,
    /// Still being typed.
    pub open: bool,
}

/// A query cut into terms.
pub(crate) struct Terms {
    tokens: Vec<Token>,
    /// Whether the last word is still being typed: after a space or a stop it is complete.
    open: bool,
}

/// Cuts `query` into terms.
pub(crate) fn terms(query: &str) -> Terms {
    let query: String = query.chars().take(LONGEST_QUERY).collect();
    let open = fold(&query).last().is_some_and(|&c| is_word(c) || is_unspaced(c));
    let mut tokens = tokenize(&query);
    tokens.truncate(MOST_TERMS);
    Terms { tokens, open }
}

impl Terms {
    /// The words, without repetitions, and without grammar if there is enough else. `exists`
    /// tells whether a term is in the index: the parts of a name count less when its whole is, and
    /// the parts of a code never stand for a code that is not.
    pub(crate) fn words<E>(
        &self,
        exists: impl Fn(&str) -> Result<bool, E>,
    ) -> Result<Vec<Word>, E> {
        let last = self.tokens.len().saturating_sub(1);
        // A name that is still being typed is open itself, and so is its last part.
        let last_whole = self.tokens.iter().rposition(|token| token.role != TermRole::Part);
        let mut words: Vec<Word> = Vec::new();
        let mut part_weight = word::WORD;
        for (number, token) in self.tokens.iter().enumerate() {
            let weight = match token.role {
                TermRole::Part => part_weight,
                TermRole::Whole => {
                    let code = is_code(&token.term);
                    part_weight = match code {
                        true => 0,
                        false if exists(&token.term)? => word::PART,
                        false => word::WORD,
                    };
                    if code { word::CODE } else { word::NAME }
                }
                TermRole::Character if self.is_grammar(token) => word::FUNCTION,
                TermRole::Character => word::CHARACTER,
                _ if is_function_word(&token.raw) => word::FUNCTION,
                _ => word::WORD,
            };
            let open = self.open && (number == last || Some(number) == last_whole);
            push(&mut words, token, weight, open);
        }
        let own =
            words.iter().filter(|word| word.weight > word::FUNCTION && word.role != TermRole::Part);
        if own.count() > FEW_WORDS {
            words.retain(|word| word.weight > word::FUNCTION);
        }
        words.truncate(MOST_WORDS);
        Ok(words)
    }

    /// Whether a character stands in function words only.
    fn is_grammar(&self, character: &Token) -> bool {
        let pairs = self.tokens.iter().filter(|token| token.role == TermRole::Pair);
        let mut own = pairs.filter(|pair| pair.term.contains(&character.term));
        own.all(|pair| is_function_word(&pair.raw))
    }

    /// The whole query, to compare it with those that a site promotes a page for.
    pub(crate) fn key(&self) -> String {
        let words = self.tokens.iter().filter(|token| token.role != TermRole::Character);
        words.map(|token| token.term.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Keys that phrases of the query may have in the index, and the terms that each covers.
    pub(crate) fn phrases(&self) -> Vec<(String, Vec<&str>)> {
        let mut phrases: Vec<(String, Vec<&str>)> = Vec::new();
        relations::candidates(&self.tokens, |key, stretch| {
            if !phrases.iter().any(|(known, _)| *known == key) {
                phrases.push((
                    key.to_owned(),
                    stretch.iter().map(|token| token.term.as_str()).collect(),
                ));
            }
        });
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
