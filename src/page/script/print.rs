//! Tokens back to text, as short as it goes without a parser.

use super::tokens::{Kind, Token, closes_head, is_name};

/// The text of tokens. Lines end only where the language might put a semicolon.
pub fn print(tokens: &[Token<'_>]) -> String {
    let mut out = String::new();
    let mut last: Option<&Token<'_>> = None;
    for (at, token) in tokens.iter().enumerate() {
        if is_needless(tokens, at) {
            continue;
        }
        if let Some(last) = last {
            if token.first && !goes_on(last, token) {
                out.push('\n');
            } else if would_merge(last, token) {
                out.push(' ');
            }
        }
        out.push_str(&token.text);
        last = Some(token);
    }
    out.push('\n');
    out
}

/// Whether a semicolon before a closing brace says nothing: it may be a statement by itself.
fn is_needless(tokens: &[Token<'_>], at: usize) -> bool {
    let ends = tokens[at].is(";") && tokens.get(at + 1).is_some_and(|next| next.is("}"));
    let Some(before) = at.checked_sub(1).filter(|_| ends) else { return false };
    let token = &tokens[before];
    let is_head = token.is(")") && closes_head(tokens, before);
    !(token.is_word("else") || token.is(":") || is_head)
}

/// Whether a line break between two tokens says nothing: none of them can end or begin a statement.
pub fn goes_on(last: &Token<'_>, next: &Token<'_>) -> bool {
    let ends = match last.kind {
        Kind::Sign => [")", "]", "}", "++", "--"].contains(&&*last.text),
        Kind::Template => !last.text.ends_with("${"),
        _ => true,
    };
    let begins = match next.kind {
        Kind::Sign => {
            !next.text.starts_with([')', ']', '}', ',', ';', '.', '?', ':', '=', '&', '|'])
        }
        Kind::Template => !next.text.starts_with('}'),
        _ => true,
    };
    !ends || !begins
}

/// Whether two tokens without a blank between them would be read as something else.
fn would_merge(last: &Token<'_>, next: &Token<'_>) -> bool {
    let (Some(end), Some(start)) = (last.text.chars().next_back(), next.text.chars().next()) else {
        return false;
    };
    let is_number = |token: &Token<'_>| token.text.starts_with(|c: char| c.is_ascii_digit());
    (is_name(end) && is_name(start))
        || (last.kind == Kind::Literal && end == '/' && is_name(start))
        || (is_number(last) && start == '.')
        || (matches!(end, '+' | '-' | '/') && (start == end || start == '>'))
        || (end == '/' && start == '*')
        || (end == '<' && start == '!')
}
