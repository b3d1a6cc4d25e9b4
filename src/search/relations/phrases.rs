//! Words of several words: `sign in`, `not responding`, `打不开`.
//!
//! The index knows them only where the thesaurus or the site's configuration names them. Each has
//! a key of its own, which sorts right behind its first word, so that a reader finds it in the
//! shard that it has fetched for that word anyway.

use super::super::function_words::is_function_word;
use super::super::tokenizer::{TermRole, Token, tokenize};
use std::collections::HashSet;

/// Words of a phrase in spaced script.
pub(crate) const MOST_WORDS: usize = 3;
/// Characters of a phrase in unspaced script.
pub(crate) const MOST_CHARACTERS: usize = 6;

/// The key of a word or phrase in the index; none for what cannot be one, as a mixture of scripts.
pub(crate) fn key_of(text: &str) -> Option<String> {
    let tokens = tokenize(text);
    match tokens.as_slice() {
        [] => None,
        // A single character stands in too many words.
        [only] if only.role == TermRole::Single => None,
        [only] => Some(only.term.clone()),
        [whole, parts @ ..]
            if whole.role == TermRole::Whole
                && parts.iter().all(|part| part.role == TermRole::Part) =>
        {
            Some(whole.term.clone())
        }
        all if all
            .iter()
            .all(|token| matches!(token.role, TermRole::Pair | TermRole::Character)) =>
        {
            let characters = text.trim().chars().count();
            let run = run_of(all);
            (run.chars().count() == characters && characters <= MOST_CHARACTERS).then_some(run)
        }
        all if all.len() <= MOST_WORDS && all.iter().all(|token| token.role == TermRole::Word) => {
            let mut key = String::new();
            write_key(all, &mut key);
            Some(key)
        }
        _ => None,
    }
}

/// The characters that a chain of pairs covers.
fn run_of(tokens: &[Token]) -> String {
    let pairs = tokens.iter().filter(|token| token.role == TermRole::Pair);
    let mut run = String::new();
    for pair in pairs {
        let skip = usize::from(!run.is_empty());
        run.extend(pair.term.chars().skip(skip));
    }
    run
}

/// Writes words in their order, but not beginning with a word that readers do not fetch: `not
/// responding` is `respond not`.
fn write_key(tokens: &[Token], key: &mut String) {
    let light = tokens.iter().take_while(|token| is_function_word(&token.raw)).count();
    let light = if light == tokens.len() { 0 } else { light };
    key.clear();
    for token in tokens[light..].iter().chain(&tokens[..light]) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&token.term);
    }
}

/// The phrases that texts and queries are searched for.
#[derive(Default)]
pub(crate) struct Phrases {
    keys: HashSet<String>,
}

impl Phrases {
    /// Keeps those keys that are phrases.
    pub(crate) fn new<'a>(keys: impl Iterator<Item = &'a str>) -> Self {
        let is_phrase =
            |key: &&str| key.contains(' ') || key.chars().nth(2).is_some() && !key.is_ascii();
        Phrases { keys: keys.filter(is_phrase).map(str::to_owned).collect() }
    }

    /// Hands on the key of each phrase that stands in a text, as often as it stands there.
    pub(crate) fn find(&self, tokens: &[Token], mut found: impl FnMut(&str)) {
        if self.keys.is_empty() {
            return;
        }
        candidates(tokens, |key, _| {
            if let Some(key) = self.keys.get(key) {
                found(key);
            }
        });
    }
}

/// The keys of all stretches of a text that are short enough for a phrase, and the stretches.
pub(crate) fn candidates<'t>(tokens: &'t [Token], mut candidate: impl FnMut(&str, &'t [Token])) {
    let mut key = String::new();
    for first in 0..tokens.len() {
        match tokens[first].role {
            TermRole::Word => {
                let words = tokens[first..].iter().take_while(|token| token.role == TermRole::Word);
                let most = words.take(MOST_WORDS).count();
                for length in 2..=most {
                    let stretch = &tokens[first..first + length];
                    write_key(stretch, &mut key);
                    candidate(&key, stretch);
                }
            }
            TermRole::Pair => {
                key.clone_from(&tokens[first].term);
                let most = tokens.len().min(first + MOST_CHARACTERS - 1);
                for last in first + 1..most {
                    let next = &tokens[last];
                    let goes_on = key.ends_with(next.term.chars().next().unwrap_or(' '));
                    if next.role != TermRole::Pair || !goes_on {
                        break;
                    }
                    key.extend(next.term.chars().skip(1));
                    candidate(&key, &tokens[first..=last]);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::tokenizer::tokenize;
    use super::{Phrases, key_of};

    #[test]
    fn keys_begin_with_a_word_that_carries_meaning() {
        for (text, key) in [
            ("login", Some("login")),
            ("sign in", Some("sign in")),
            ("Not responding", Some("respond not")),
            ("out of memory", Some("memory out of")),
            ("two-step verification", None),
            ("2FA", Some("2fa")),
            ("登录", Some("登录")),
            ("打不开", Some("打不开")),
            ("慢", None),
            ("app 闪退", None),
            ("", None),
        ] {
            assert_eq!(key_of(text).as_deref(), key, "{text}");
        }
    }

    #[test]
    fn phrases_are_found_where_they_stand() {
        let keys: Vec<_> =
            ["sign in", "not responding", "打不开"].map(key_of).into_iter().flatten().collect();
        let phrases = Phrases::new(keys.iter().map(String::as_str));
        let found = |text: &str| {
            let mut all = Vec::new();
            phrases.find(&tokenize(text), |key| all.push(key.to_owned()));
            all
        };
        assert_eq!(found("I cannot sign in; it is not responding"), ["sign in", "respond not"]);
        assert_eq!(found("网页打不开了"), ["打不开"]);
        assert_eq!(found("a sign that it responds"), [""; 0]);
    }
}
