//! JavaScript as tokens: enough to leave out what only people need, and to tell names apart.

use std::borrow::Cow;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A name or a keyword.
    Name,
    /// A sign.
    Sign,
    /// A string, a number or a regular expression.
    Literal,
    /// A part of a template: up to `${`, from `}` on, or all of it.
    Template,
}

/// A token of a script.
#[derive(Debug, Clone)]
pub struct Token<'t> {
    /// What it is.
    pub kind: Kind,
    /// Its text.
    pub text: Cow<'t, str>,
    /// Whether it is the first of a line.
    pub first: bool,
    /// The number of the innermost bracket around it; a closing bracket has its opening one.
    pub within: Option<usize>,
}

impl Token<'_> {
    /// Whether it is this sign.
    pub fn is(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }

    /// Whether it is this word.
    pub fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Name && self.text == word
    }

    /// What a string says, where it has no escapes.
    pub fn string(&self) -> Option<&str> {
        let inner = self.text.strip_prefix(['"', '\''])?.strip_suffix(['"', '\''])?;
        (self.kind == Kind::Literal && !inner.contains('\\')).then_some(inner)
    }
}

/// Signs of more than one character that mean something here.
const LONG_SIGNS: [&str; 5] = ["...", "=>", "++", "--", "?."];
/// Words that no value ends with: a slash after them begins a regular expression.
const BEFORE_VALUE: [&str; 12] = [
    "return",
    "typeof",
    "case",
    "in",
    "delete",
    "void",
    "throw",
    "new",
    "instanceof",
    "else",
    "do",
    "default",
];
/// Words that may be names too.
const UNSURE: [&str; 3] = ["of", "yield", "await"];

/// The tokens of a script; none where it is not sure what they are, and for one with a comment
/// that wants to stay (`/*!`).
pub fn read(text: &str) -> Option<Vec<Token<'_>>> {
    // Line ends of other kinds, and comments as old as html.
    let is_odd = text.replace("\r\n", "").contains(['\r', '\u{2028}', '\u{2029}']);
    if is_odd || text.contains("<!--") {
        return None;
    }
    let mut reader = Reader { text, at: 0, tokens: Vec::new(), open: Vec::new() };
    while reader.next()? {}
    reader.open.is_empty().then_some(reader.tokens)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token<'t>>,
    open: Vec<usize>,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn next(&mut self) -> Option<bool> {
        let start = self.at;
        self.skip_blanks()?;
        let blanks = &self.text[start..self.at];
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return Some(false) };
        let second = rest[c.len_utf8()..].chars().next();
        let closes_hole =
            c == '}' && self.open.last().is_some_and(|at| self.tokens[*at].kind == Kind::Template);
        let (kind, length) = if c == '`' || closes_hole {
            (Kind::Template, template(rest)?)
        } else if is_name(c) && !c.is_ascii_digit() {
            (Kind::Name, rest.find(|c| !is_name(c)).unwrap_or(rest.len()))
        } else if c.is_ascii_digit() || (c == '.' && second.is_some_and(|c| c.is_ascii_digit())) {
            (Kind::Literal, number(rest))
        } else if c == '"' || c == '\'' {
            (Kind::Literal, string(rest, c)?)
        } else if c == '/' && self.wants_value()? {
            (Kind::Literal, regex(rest)?)
        } else {
            (Kind::Sign, sign(rest)?)
        };
        self.at += length;
        let text = &rest[..length];
        let closes = closes_hole || (kind == Kind::Sign && [")", "]", "}"].contains(&text));
        let opens = (kind == Kind::Template && text.ends_with("${"))
            || (kind == Kind::Sign && ["(", "[", "{"].contains(&text));
        let within = if closes { Some(self.open.pop()?) } else { self.open.last().copied() };
        if opens {
            self.open.push(self.tokens.len());
        }
        self.tokens.push(Token {
            kind,
            text: Cow::Borrowed(text),
            first: blanks.contains('\n'),
            within,
        });
        Some(true)
    }

    fn skip_blanks(&mut self) -> Option<()> {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("/*!") {
                return None;
            } else if trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                self.at += trimmed.find("*/")? + 2;
            } else {
                return Some(());
            }
        }
    }

    /// Whether a slash here begins a regular expression; none where only a parser could tell.
    fn wants_value(&self) -> Option<bool> {
        let Some(last) = self.tokens.last() else { return Some(true) };
        match last.kind {
            Kind::Literal => Some(false),
            Kind::Template => Some(last.text.ends_with("${")),
            Kind::Name if UNSURE.contains(&&*last.text) => None,
            Kind::Name => Some(BEFORE_VALUE.contains(&&*last.text)),
            Kind::Sign => match &*last.text {
                "}" | "++" | "--" => None,
                "]" => Some(false),
                ")" => Some(closes_head(&self.tokens, self.tokens.len() - 1)),
                _ => Some(true),
            },
        }
    }
}

/// Whether a closing parenthesis ends the head of a statement: `if (…)`.
pub fn closes_head(tokens: &[Token<'_>], at: usize) -> bool {
    let before = tokens[at].within.and_then(|open| open.checked_sub(1));
    before.is_some_and(|at| ["if", "while", "for", "with"].contains(&&*tokens[at].text))
}

/// Characters of names and numbers.
pub fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$' | '#' | '\u{200c}' | '\u{200d}')
}

fn number(rest: &str) -> usize {
    let is_hex = rest.starts_with("0x") || rest.starts_with("0X");
    let mut before = ' ';
    let end = rest.find(|c: char| {
        let is_exponent = !is_hex && matches!(before, 'e' | 'E') && matches!(c, '+' | '-');
        before = c;
        !(is_name(c) || c == '.' || is_exponent)
    });
    end.unwrap_or(rest.len())
}

fn string(rest: &str, quote: char) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => _ = chars.next(),
            '\n' => return None,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn template(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => _ = chars.next(),
            '`' => return Some(at + 1),
            '$' if rest[at..].starts_with("${") => return Some(at + 2),
            _ => {}
        }
    }
    None
}

fn regex(rest: &str) -> Option<usize> {
    let mut in_class = false;
    let mut chars = rest.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => _ = chars.next(),
            '\n' => return None,
            '[' => in_class = true,
            ']' => in_class = false,
            '/' if !in_class => {
                let flags = &rest[at + 1..];
                return Some(at + 1 + flags.find(|c| !is_name(c)).unwrap_or(flags.len()));
            }
            _ => {}
        }
    }
    None
}

fn sign(rest: &str) -> Option<usize> {
    let long = LONG_SIGNS.iter().find(|sign| rest.starts_with(**sign));
    let first = rest.chars().next().filter(char::is_ascii)?;
    // An escape in a name.
    if first == '\\' { None } else { Some(long.map_or(1, |sign| sign.len())) }
}
