//! Chains of words: which of them are names and codes, and their parts.
//!
//! | written | terms |
//! |---|---|
//! | `MDVA-12345`, `mdva12345` | `mdva12345`, `mdva`, `12345` |
//! | `_CRT_SECURE_NO_WARNINGS` | `crt_secure_no_warnings`, `crt`, `secur`, `no`, `warn` |
//! | `env.php` | `env.php`, `env`, `php` |
//! | `2.3.5-p1` | `2.3.5p1`, `2.3.5`, `p1` |
//! | `e-mail` | `email`, `e`, `mail` |
//! | `C++`, `C#`, `.NET` | `c++`; `c#`; `.net`, `net` |
//!
//! A whole drops its hyphens, because people write them or not; it keeps its
//! dots and underscores. Wholes are never stemmed, nor is anything with a
//! digit.

use super::fold::is_word;
use super::stem::stem;
use super::tokenizer::{TermRole, Token, run_end};

/// A longer chain of hyphens is a slug or a sentence, not a name.
const MOST_HYPHENATED: usize = 4;

/// A run of letters and digits, and what stands before it.
struct Run {
    text: String,
    joiner: char,
}

/// Reads the chain that begins at `at`, appends its terms, returns its end.
pub(super) fn push_chain(chars: &[char], at: usize, tokens: &mut Vec<Token>) -> usize {
    let dot = chars[at] == '.';
    let (runs, mut end) = read_runs(chars, at + usize::from(dot));
    let last = runs.last().map_or(0, |run| run.text.chars().count());
    let mut suffix = "";
    let follows = |end: usize, c: char| chars.get(end) == Some(&c);
    if follows(end, '+') && follows(end + 1, '+') && !follows(end + 2, '+') {
        suffix = "++";
    } else if follows(end, '#') && last == 1 && runs.len() == 1 {
        suffix = "#";
    }
    end += suffix.len();
    push_terms(&runs, if dot { "." } else { "" }, suffix, tokens);
    end
}

fn read_runs(chars: &[char], at: usize) -> (Vec<Run>, usize) {
    let mut runs = Vec::new();
    let mut joiner = ' ';
    let mut at = at;
    loop {
        let (text, end) = read_run(chars, at);
        runs.push(Run { text, joiner });
        let next = match chars.get(end) {
            Some('-' | '.') => end + 1,
            Some('_') => run_end(chars, end, |c| c == '_'),
            _ => return (runs, end),
        };
        if !chars.get(next).is_some_and(|&c| is_word(c)) {
            return (runs, end);
        }
        joiner = chars[end];
        at = next;
    }
}

/// One run; an apostrophe inside is dropped, and a possessive `'s` with it.
fn read_run(chars: &[char], at: usize) -> (String, usize) {
    let mut end = run_end(chars, at, is_word);
    let mut text: String = chars[at..end].iter().collect();
    while chars.get(end) == Some(&'\'') && chars.get(end + 1).is_some_and(|&c| is_word(c)) {
        let next = run_end(chars, end + 1, is_word);
        if chars[end + 1..next] != ['s'] {
            text.extend(&chars[end + 1..next]);
        }
        end = next;
    }
    (text, end)
}

fn push_terms(runs: &[Run], prefix: &str, suffix: &str, tokens: &mut Vec<Token>) {
    let single = runs.len() == 1;
    if single && prefix.is_empty() && !has_digit(&runs[0].text) {
        let word = runs[0].text.as_str();
        if suffix.is_empty() {
            push(stem(word), word, TermRole::Word, tokens);
        } else {
            push_raw(format!("{word}{suffix}"), TermRole::Whole, tokens);
            if word.len() > 1 {
                push(stem(word), word, TermRole::Part, tokens);
            }
        }
        return;
    }
    let whole = join(runs, prefix, suffix);
    let before = tokens.len();
    let hyphens = runs.iter().filter(|run| run.joiner == '-').count();
    let named = hyphens < MOST_HYPHENATED && (!only_hyphens(runs) || runs.len() == 2);
    if named {
        push_raw(whole.clone(), TermRole::Whole, tokens);
    }
    for piece in runs.chunk_by(|_, next| next.joiner == '.') {
        push_piece(piece, tokens);
    }
    // A number or a short name is its own only part.
    if named && tokens.len() == before + 2 && tokens[before + 1].raw == whole {
        tokens.pop();
    }
    if !named {
        for token in &mut tokens[before..] {
            token.role = TermRole::Word;
        }
    }
}

/// Plain words held together by hyphens only.
fn only_hyphens(runs: &[Run]) -> bool {
    runs.iter().all(|run| matches!(run.joiner, '-' | ' ') && !has_digit(&run.text))
        && runs.len() > 1
}

fn join(runs: &[Run], prefix: &str, suffix: &str) -> String {
    let mut whole = prefix.to_owned();
    for run in runs {
        if matches!(run.joiner, '.' | '_') {
            whole.push(run.joiner);
        }
        whole.push_str(&run.text);
    }
    whole + suffix
}

/// The parts of runs that only dots hold together.
fn push_piece(piece: &[Run], tokens: &mut Vec<Token>) {
    let number = |run: &Run| run.text.starts_with(|c: char| c.is_ascii_digit());
    let dotted = |first: &str| {
        let rest = piece[1..].iter().map(|run| run.text.as_str());
        std::iter::once(first).chain(rest).collect::<Vec<_>>().join(".")
    };
    let first = &piece[0].text;
    if piece.len() > 1 && piece[1..].iter().all(number) {
        // The digits of a version mean nothing one by one.
        if number(&piece[0]) {
            return push_raw(dotted(first), TermRole::Part, tokens);
        }
        if let Some((letters, digits)) = split_code(first) {
            push(stem(letters), letters, TermRole::Part, tokens);
            return push_raw(dotted(digits), TermRole::Part, tokens);
        }
    }
    for run in piece {
        if let Some((letters, digits)) = split_code(&run.text) {
            if piece.len() > 1 {
                push_raw(run.text.clone(), TermRole::Part, tokens);
            }
            push(stem(letters), letters, TermRole::Part, tokens);
            push_raw(digits.to_owned(), TermRole::Part, tokens);
        } else {
            push(stem(&run.text), &run.text, TermRole::Part, tokens);
        }
    }
}

/// `lnk2019` → `lnk`, `2019`: two or more letters, or the `v` of a version,
/// then only digits.
fn split_code(run: &str) -> Option<(&str, &str)> {
    let (letters, digits) = run.split_at(run.find(|c: char| c.is_ascii_digit())?);
    let plain = digits.bytes().all(|b| b.is_ascii_digit());
    (plain && (letters == "v" || letters.chars().count() >= 2)).then_some((letters, digits))
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

fn push(term: String, raw: &str, role: TermRole, tokens: &mut Vec<Token>) {
    tokens.push(Token { term, raw: raw.to_owned(), role });
}

fn push_raw(term: String, role: TermRole, tokens: &mut Vec<Token>) {
    tokens.push(Token { raw: term.clone(), term, role });
}
