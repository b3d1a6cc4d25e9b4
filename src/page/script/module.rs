//! What a module takes from others, gives to them and names for itself.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::print::goes_on;
use super::tokens::{Kind, Token};
use super::{is_path, locals};

/// A module of the plain kind: named imports, named exports, no classes. Whoever writes another
/// kind gets it as it is.
#[derive(Debug)]
pub struct Module<'t> {
    /// All of its tokens.
    pub tokens: Vec<Token<'t>>,
    /// What it takes.
    pub imports: Vec<Import>,
    /// What it gives.
    pub exports: BTreeSet<String>,
    /// Everything that it names at its top.
    pub declared: BTreeSet<String>,
    /// Names inside functions that may be shortened.
    pub locals: BTreeSet<String>,
    /// The `import` statements, and the words `export`.
    dropped: Vec<Range<usize>>,
    /// For each token: whether it is the brace of an object or of a pattern.
    objects: Vec<bool>,
}

/// An `import` statement.
#[derive(Debug)]
pub struct Import {
    /// The path as it is written.
    pub path: String,
    /// Names there and here.
    pub names: Vec<(String, String)>,
}

/// Words that are names in some places only.
const SOMETIMES_NAMES: [&str; 2] = ["async", "of"];
/// What this reader does not follow.
const NOT_READ: [&str; 4] = ["class", "eval", "var", "with"];

/// Reads a module; none if it is not of the plain kind.
pub fn read(tokens: Vec<Token<'_>>) -> Option<Module<'_>> {
    let objects = objects(&tokens)?;
    let mut module = Module {
        tokens,
        imports: Vec::new(),
        exports: BTreeSet::new(),
        declared: BTreeSet::new(),
        locals: BTreeSet::new(),
        dropped: Vec::new(),
        objects,
    };
    module.read_words()?;
    let mut at = 0;
    while at < module.tokens.len() {
        at = module.read_statement(at)?;
    }
    if module.declared.iter().any(|name| module.is_odd(name)) {
        return None;
    }
    module.locals = locals::locals(&module);
    Some(module)
}

impl<'t> Module<'t> {
    /// Whether this sign is at `at`.
    pub fn is(&self, at: usize, sign: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(sign))
    }

    /// Whether this word is at `at`.
    pub fn is_word(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_word(word))
    }

    /// The name or keyword at `at`.
    pub fn name(&self, at: usize) -> Option<&str> {
        let token = self.tokens.get(at)?;
        (token.kind == Kind::Name).then_some(&*token.text)
    }

    fn before(&self, at: usize) -> Option<&Token<'t>> {
        at.checked_sub(1).map(|at| &self.tokens[at])
    }

    /// Words that mean that this is no plain module.
    fn read_words(&self) -> Option<()> {
        for (at, token) in self.tokens.iter().enumerate() {
            if token.kind != Kind::Name || self.is_property(at) {
                continue;
            }
            let jumps = ["break", "continue"].contains(&&*token.text);
            let labelled =
                jumps && self.tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Name && !t.first);
            if labelled || NOT_READ.contains(&&*token.text) {
                return None;
            }
        }
        Some(())
    }

    /// Reads what begins at the top with token `at`; where the next begins.
    fn read_statement(&mut self, at: usize) -> Option<usize> {
        if self.tokens[at].within.is_some() {
            return Some(at + 1);
        }
        match &*self.tokens[at].text {
            "import" if !self.is(at + 1, "(") && !self.is(at + 1, ".") => self.read_import(at),
            "export" => {
                let known = ["const", "let", "function", "async"];
                if !known.iter().any(|word| self.is_word(at + 1, word)) {
                    return None;
                }
                self.dropped.push(at..at + 1);
                self.tokens[at + 1].first = true;
                Some(at + 1)
            }
            "const" | "let" => self.read_declarations(at),
            "function" => {
                let start = at - usize::from(at > 0 && self.is_word(at - 1, "async"));
                let name = self.name(at + 1)?.to_owned();
                self.declare(start, vec![name]);
                let begins = |before: &Token<'_>| {
                    before.is(";") || before.is("}") || before.is_word("export")
                };
                self.before(start).is_none_or(begins).then_some(at + 2)
            }
            _ => Some(at + 1),
        }
    }

    fn read_import(&mut self, start: usize) -> Option<usize> {
        let mut names = Vec::new();
        let mut at = start + 1;
        if self.is(at, "{") {
            at += 1;
            while !self.is(at, "}") {
                let theirs = self.name(at)?.to_owned();
                let renames = self.is_word(at + 1, "as");
                let own = self.name(if renames { at + 2 } else { at })?.to_owned();
                at += if renames { 3 } else { 1 };
                self.declared.insert(own.clone());
                names.push((theirs, own));
                if self.is(at, ",") {
                    at += 1;
                }
            }
            at += 1;
            if !self.is_word(at, "from") {
                return None;
            }
            at += 1;
        }
        let path = self.tokens.get(at)?.string()?.to_owned();
        if !self.is(at + 1, ";") {
            return None;
        }
        self.imports.push(Import { path, names });
        self.dropped.push(start..at + 2);
        Some(at + 2)
    }

    /// Notes names of the statement that begins at `start`.
    fn declare(&mut self, start: usize, names: Vec<String>) {
        if self.before(start).is_some_and(|before| before.is_word("export")) {
            self.exports.extend(names.iter().cloned());
        }
        self.declared.extend(names);
    }

    /// Names of a declaration up to its semicolon.
    fn read_declarations(&mut self, start: usize) -> Option<usize> {
        let mut at = start + 1;
        loop {
            let mut names = Vec::new();
            at = pattern(&self.tokens, at, &mut names)?;
            self.declare(start, names);
            loop {
                let token = self.tokens.get(at)?;
                let is_top = token.within.is_none();
                // The semicolon may be missing.
                if is_top && token.first && !goes_on(self.before(at)?, token) {
                    return None;
                }
                at += 1;
                if is_top && token.is(";") {
                    return Some(at);
                }
                if is_top && token.is(",") {
                    break;
                }
            }
        }
    }

    /// Paths of scripts outside of `import` statements, and where they stand.
    pub fn loaded(&self) -> impl Iterator<Item = (usize, &str)> {
        let literals = self.tokens.iter().enumerate().filter(|(at, _)| !self.is_dropped(*at));
        literals.filter_map(|(at, token)| Some((at, token.string().filter(|text| is_path(text))?)))
    }

    /// Whether the literal at `at` names a worker: `new Worker(new URL("./worker.js"`.
    pub fn starts_worker(&self, at: usize) -> bool {
        let words = ["new", "Worker", "(", "new", "URL", "("];
        let start = at.checked_sub(words.len());
        start.is_some_and(|start| {
            words.iter().zip(&self.tokens[start..]).all(|(word, token)| token.text == *word)
        })
    }

    fn is_dropped(&self, at: usize) -> bool {
        self.dropped.iter().any(|range| range.contains(&at))
    }

    /// Whether a name is one of a part of an object.
    pub fn is_property(&self, at: usize) -> bool {
        let follows_dot = self.before(at).is_some_and(|token| token.is(".") || token.is("?."));
        follows_dot || self.is_key(at)
    }

    /// Whether a name in an object names one of its parts.
    fn is_key(&self, at: usize) -> bool {
        if !self.is_in_object(at) {
            return false;
        }
        if self.begins_part(at) {
            return self.is(at + 1, ":") || self.is(at + 1, "(");
        }
        let is_kind = ["get", "set", "async", "*"].contains(&&*self.tokens[at - 1].text);
        is_kind && self.begins_part(at - 1) && self.is(at + 1, "(")
    }

    /// Whether a name stands in an object for a key and its value: `{ name }`.
    pub fn is_part(&self, at: usize) -> bool {
        self.is_in_object(at) && self.begins_part(at)
    }

    /// Whether a brace is that of an object or a pattern.
    pub fn is_object(&self, at: usize) -> bool {
        self.objects[at]
    }

    /// Whether a closing bracket is here.
    pub fn closes(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.is(")")
            || token.is("]")
            || token.is("}")
            || (token.kind == Kind::Template && token.text.starts_with('}'))
    }

    /// Whether a name is a word of the language in places.
    pub fn is_odd(&self, name: &str) -> bool {
        SOMETIMES_NAMES.contains(&name)
    }

    fn is_in_object(&self, at: usize) -> bool {
        self.tokens[at].within.is_some_and(|open| self.objects[open])
    }

    fn begins_part(&self, at: usize) -> bool {
        self.before(at).is_some_and(|token| token.is("{") || token.is(","))
    }

    /// What stays of the tokens when modules are joined, with other names for those of the top.
    /// A name means the same wherever it stands: what hides it is renamed with it.
    pub fn renamed(&self, names: &BTreeMap<&str, String>) -> Option<Vec<Token<'t>>> {
        let mut out = Vec::with_capacity(self.tokens.len());
        for (at, token) in self.tokens.iter().enumerate() {
            if self.is_dropped(at) {
                continue;
            }
            let mut token = token.clone();
            if token.kind == Kind::Name
                && !self.is_property(at)
                && let Some(name) = names.get(&*token.text)
            {
                let in_object = self.is_part(at);
                if in_object && [",", "}", "="].iter().any(|sign| self.is(at + 1, sign)) {
                    token.text = Cow::Owned(format!("{}:{name}", token.text));
                } else if in_object || self.is_label(at) {
                    return None;
                } else {
                    token.text = Cow::Owned(name.clone());
                }
            }
            out.push(token);
        }
        Some(out)
    }

    fn is_label(&self, at: usize) -> bool {
        let begins = self.before(at).is_none_or(|b| b.is("{") || b.is("}") || b.is(";"));
        begins && self.is(at + 1, ":")
    }
}

/// Collects the names of a pattern; the place behind it.
pub fn pattern(tokens: &[Token<'_>], at: usize, names: &mut Vec<String>) -> Option<usize> {
    let is = |at: usize, sign: &str| tokens.get(at).is_some_and(|token| token.is(sign));
    let token = tokens.get(at)?;
    if token.kind == Kind::Name {
        names.push(token.text.clone().into_owned());
        return Some(at + 1);
    }
    (is(at, "{") || is(at, "[")).then(|| patterns(tokens, at, names))?
}

/// Collects the names of a list of patterns in brackets, which opens at `open`; the place behind it.
pub fn patterns(tokens: &[Token<'_>], open: usize, names: &mut Vec<String>) -> Option<usize> {
    let is = |at: usize, sign: &str| tokens.get(at).is_some_and(|token| token.is(sign));
    let ends = |at: usize| {
        [")", "]", "}"].iter().any(|sign| is(at, sign)) && tokens[at].within == Some(open)
    };
    let mut at = open + 1;
    while !ends(at) {
        if is(at, ",") || is(at, "...") {
            at += 1;
            continue;
        }
        let has_key = is(open, "{") && is(at + 1, ":");
        at = pattern(tokens, if has_key { at + 2 } else { at }, names)?;
        // What it is otherwise.
        while !(ends(at) || (is(at, ",") && tokens[at].within == Some(open))) {
            tokens.get(at)?;
            at += 1;
        }
    }
    Some(at + 1)
}

/// Finds anew which bracket is around each token, when some are gone.
pub fn rebracketed(mut tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut open = Vec::new();
    for (at, token) in tokens.iter_mut().enumerate() {
        let is_template = token.kind == Kind::Template;
        let is_sign = token.kind == Kind::Sign;
        let closes = (is_sign && [")", "]", "}"].contains(&&*token.text))
            || (is_template && token.text.starts_with('}'));
        token.within = if closes { open.pop() } else { open.last().copied() };
        if (is_sign && ["(", "[", "{"].contains(&&*token.text))
            || (is_template && token.text.ends_with("${"))
        {
            open.push(at);
        }
    }
    tokens
}

/// Which tokens are braces of objects and patterns; none where only a parser could tell.
fn objects(tokens: &[Token<'_>]) -> Option<Vec<bool>> {
    let has_cases = tokens.iter().any(|token| token.is_word("case") || token.is_word("default"));
    let mut objects = vec![false; tokens.len()];
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.is("{")) {
        let Some(before) = at.checked_sub(1).map(|at| &tokens[at]) else { continue };
        let in_block = token.within.is_none_or(|open| tokens[open].is("{") && !objects[open]);
        objects[at] = match before.kind {
            Kind::Literal => return None,
            Kind::Template => before.text.ends_with("${"),
            Kind::Sign => match &*before.text {
                ")" | "=>" | ";" | "{" | "}" => false,
                ":" if in_block && has_cases => return None,
                "++" | "--" | "]" => return None,
                _ => true,
            },
            Kind::Name => match &*before.text {
                "else" | "do" | "try" | "finally" | "catch" => false,
                "return" if token.first => return None,
                "import" | "export" | "return" | "const" | "let" | "of" | "in" | "typeof"
                | "await" | "yield" | "void" | "throw" | "new" => true,
                _ => return None,
            },
        };
    }
    Some(objects)
}
