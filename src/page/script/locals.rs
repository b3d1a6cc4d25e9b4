//! Names inside functions that may be shortened.
//!
//! A name gets the same short one all over a module, so nothing has to be known of what hides what.
//! But a name may be a local one here and the browser's (`name`, `top`) there: it is left alone
//! unless each place of it is surely in reach of a declaration.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::module::{Module, pattern, patterns};
use super::print::goes_on;
use super::tokens::Kind;

/// Local names of a module that may be shortened.
pub fn locals(module: &Module<'_>) -> BTreeSet<String> {
    let reader = Reader::new(module);
    let mut reach: BTreeMap<String, Vec<RangeInclusive<usize>>> = BTreeMap::new();
    for at in 0..module.tokens.len() {
        let Some((names, range)) = reader.declared(at) else { continue };
        for name in names {
            reach.entry(name).or_default().push(range.clone());
        }
    }
    reach.retain(|name, _| !module.declared.contains(name) && !module.is_odd(name));
    for (at, token) in module.tokens.iter().enumerate() {
        if token.kind != Kind::Name || module.is_property(at) {
            continue;
        }
        // `{ name }` would become longer.
        let is_known = reach.get(&*token.text).is_some_and(|ranges| {
            !module.is_part(at) && ranges.iter().any(|range| range.contains(&at))
        });
        if !is_known {
            reach.remove(&*token.text);
        }
    }
    reach.into_keys().collect()
}

struct Reader<'m, 't> {
    module: &'m Module<'t>,
    /// Where the bracket that opens at a place is closed.
    closed: BTreeMap<usize, usize>,
}

impl<'m, 't> Reader<'m, 't> {
    fn new(module: &'m Module<'t>) -> Self {
        let closes = |(at, _): &(usize, _)| module.closes(*at);
        let closers = module.tokens.iter().enumerate().filter(closes);
        let closed = closers.filter_map(|(at, token)| Some((token.within?, at))).collect();
        Reader { module, closed }
    }

    /// Names that the token at `at` declares inside a function, and how far they surely reach.
    fn declared(&self, at: usize) -> Option<(Vec<String>, RangeInclusive<usize>)> {
        let module = self.module;
        let token = &module.tokens[at];
        let mut names = Vec::new();
        if token.is("=>") {
            let before = at.checked_sub(1)?;
            let start = if module.is(before, ")") {
                let open = module.tokens[before].within?;
                patterns(&module.tokens, open, &mut names)?;
                open
            } else {
                pattern(&module.tokens, before, &mut names)?;
                before
            };
            return Some((names, start..=self.body_end(at)?));
        }
        if token.kind != Kind::Name || module.is_property(at) {
            return None;
        }
        match &*token.text {
            "const" | "let" => {
                let open = token.within?;
                let range = open..=self.block_end(open)?;
                self.declarations(at + 1, open, &mut names)?;
                Some((names, range))
            }
            "function" | "catch" => {
                let named = usize::from(module.name(at + 1).is_some());
                let open = at + 1 + named;
                if !module.is(open, "(") {
                    return None;
                }
                let body = patterns(&module.tokens, open, &mut names)?;
                Some((names, open..=*self.closed.get(&body)?))
            }
            _ => None,
        }
    }

    /// The end of what a declaration in the bracket `open` reaches: a block, or a loop with its body.
    fn block_end(&self, open: usize) -> Option<usize> {
        let module = self.module;
        let close = *self.closed.get(&open)?;
        if module.is(open, "{") {
            return (!module.is_object(open)).then_some(close);
        }
        if !module.is(open, "(") || !module.is_word(open.checked_sub(1)?, "for") {
            return None;
        }
        if module.is(close + 1, "{") { self.closed.get(&(close + 1)).copied() } else { Some(close) }
    }

    /// The end of the body of the arrow function whose arrow is at `arrow`.
    fn body_end(&self, arrow: usize) -> Option<usize> {
        let module = self.module;
        if module.is(arrow + 1, "{") {
            return self.closed.get(&(arrow + 1)).copied();
        }
        let within = module.tokens[arrow].within;
        let limit = within.map_or(module.tokens.len(), |open| self.closed[&open]);
        let ends = |at: &usize| {
            let token = &module.tokens[*at];
            token.within == within && (token.is(",") || token.is(";") || self.may_begin(*at))
        };
        Some((arrow + 2..limit).find(ends).unwrap_or(limit) - 1)
    }

    /// Collects the names of all declarations up to the semicolon, or up to where it may be missing.
    fn declarations(&self, mut at: usize, open: usize, names: &mut Vec<String>) -> Option<()> {
        let module = self.module;
        let end = self.closed[&open];
        loop {
            at = pattern(&module.tokens, at, names)?;
            while !(module.is(at, ",") && module.tokens[at].within == Some(open)) {
                let ends = module.tokens[at].within == Some(open)
                    && (module.is(at, ";") || self.may_begin(at));
                if ends || at >= end {
                    return Some(());
                }
                at += 1;
            }
            at += 1;
        }
    }

    /// Whether a statement may begin here.
    fn may_begin(&self, at: usize) -> bool {
        let tokens = &self.module.tokens;
        tokens[at].first && !goes_on(&tokens[at - 1], &tokens[at])
    }
}
