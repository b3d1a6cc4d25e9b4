//! Settings that stand in a program, as far as they are plain strings: nothing is run, and nothing is
//! taken that a program would make.

/// A property of an object in a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Property {
    /// A string, or a list of them.
    Plain(Vec<String>),
    /// What only running it would tell, or several of this name at the same depth.
    Made,
}

/// What a program is made of, as far as properties go.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    /// A template string with holes, or a number: nothing that is taken.
    Other,
    Mark(char),
}

/// The property with this name that stands in the fewest brackets; none if there is none.
pub(super) fn property(program: &str, name: &str) -> Option<Property> {
    let tokens = tokens(program);
    let mut depth = 0_usize;
    let mut found: Vec<(usize, Property)> = Vec::new();
    for (number, token) in tokens.iter().enumerate() {
        match token {
            Token::Mark('(' | '[' | '{') => depth += 1,
            Token::Mark(')' | ']' | '}') => depth = depth.saturating_sub(1),
            Token::Word(word) | Token::Text(word) if word == name => {
                let before = number.checked_sub(1).map(|before| &tokens[before]);
                let is_key = matches!(before, None | Some(Token::Mark('{' | ',')));
                match tokens.get(number + 1) {
                    Some(Token::Mark(':')) => found.push((depth, value(&tokens[number + 2..]))),
                    // `{ title }`, `title() { … }`.
                    Some(Token::Mark(',' | '}' | '(')) if is_key => {
                        found.push((depth, Property::Made));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    let least = found.iter().map(|(depth, _)| *depth).min()?;
    let mut outer = found.into_iter().filter(|(depth, _)| *depth == least);
    let first = outer.next()?.1;
    Some(if outer.next().is_some() { Property::Made } else { first })
}

/// The plain string of a property.
pub(super) fn text(program: &str, name: &str) -> Option<String> {
    match property(program, name)? {
        Property::Plain(texts) => <[String; 1]>::try_from(texts).ok().map(|[text]| text),
        Property::Made => None,
    }
}

fn value(tokens: &[Token]) -> Property {
    let is_end = |token: Option<&Token>| matches!(token, None | Some(Token::Mark(',' | '}')));
    match tokens {
        [Token::Text(text), rest @ ..] if is_end(rest.first()) => {
            Property::Plain(vec![text.clone()])
        }
        [Token::Mark('['), rest @ ..] => {
            let mut texts = Vec::new();
            let mut rest = rest;
            loop {
                match rest {
                    [Token::Mark(']'), after @ ..] if is_end(after.first()) => {
                        return Property::Plain(texts);
                    }
                    [Token::Text(text), Token::Mark(']'), ..] => {
                        texts.push(text.clone());
                        rest = &rest[1..];
                    }
                    [Token::Text(text), Token::Mark(','), after @ ..] => {
                        texts.push(text.clone());
                        rest = after;
                    }
                    _ => return Property::Made,
                }
            }
        }
        _ => Property::Made,
    }
}

fn tokens(program: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = program;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        if let Some(comment) = rest.strip_prefix("//") {
            rest = comment.find('\n').map_or("", |end| &comment[end..]);
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.find("*/").map_or("", |end| &comment[end + 2..]);
        } else if matches!(c, '"' | '\'' | '`') {
            let (token, length) = string(after, c);
            tokens.push(token);
            rest = &after[length..];
        } else if c.is_alphanumeric() || matches!(c, '_' | '$') {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$')));
            let (word, next) = rest.split_at(end.unwrap_or(rest.len()));
            let is_number = c.is_numeric();
            tokens.push(if is_number { Token::Other } else { Token::Word(word.to_owned()) });
            rest = next;
        } else {
            tokens.extend((!c.is_whitespace()).then_some(Token::Mark(c)));
            rest = after;
        }
    }
    tokens
}

/// A string behind its first quote, and how long it is with its last one.
fn string(text: &str, quote: char) -> (Token, usize) {
    let mut value = String::new();
    let mut is_plain = true;
    let mut letters = text.char_indices();
    while let Some((at, c)) = letters.next() {
        match c {
            '\\' => match letters.next() {
                Some((_, c)) if !c.is_alphanumeric() => value.push(c),
                _ => is_plain = false,
            },
            '\n' if quote != '`' => return (Token::Other, at),
            '$' if quote == '`' && text[at..].starts_with("${") => is_plain = false,
            c if c == quote => {
                let token = if is_plain { Token::Text(value) } else { Token::Other };
                return (token, at + 1);
            }
            c => value.push(c),
        }
    }
    (Token::Other, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_strings_are_read_and_nothing_else() {
        let program = r#"
            // title: 'No'
            const a = { very: { deep: { title: 'Deep', srcDir: "x" } } }
            export default defineConfig({
              title: "It's \"here\"",
              srcDir: './src', base: `/x/`, other: `/${name}/`,
              srcExclude: ['**/README.md', "drafts/**",],
              made: process.env.X ? 'a' : 'b',
              joined: 'a' + 'b',
              lists: [...more, 'x'],
              short,
            })
        "#;
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(text(program, "srcDir"), some("./src"));
        assert_eq!(text(program, "title"), some("It's \"here\""));
        assert_eq!(text(program, "base"), some("/x/"));
        let globs = ["**/README.md", "drafts/**"].map(str::to_owned).to_vec();
        assert_eq!(property(program, "srcExclude"), Some(Property::Plain(globs)));
        for name in ["other", "made", "joined", "lists", "short"] {
            assert_eq!(property(program, name), Some(Property::Made), "{name}");
        }
        assert_eq!(property(program, "nowhere"), None);
    }

    #[test]
    fn two_of_one_name_are_none() {
        assert_eq!(text("x({ a: { title: 'b' }, c: { title: 'd' } })", "title"), None);
    }
}
