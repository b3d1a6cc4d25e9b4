//! Gives the parser a text in which CommonMark has words for all that tier0 reads.
//!
//! - Container fences: `:::` at the start of a line becomes `<?>`, which CommonMark reads as an html
//!   block of one line that may interrupt a paragraph and obeys the indentation of lists and
//!   quotes. So the parser itself finds out where a fence belongs, and whether it is in a code
//!   block and means nothing. `+++Title` (folding parts in other help centres) is treated alike.
//! - Emphasis beside characters of East Asia: see [`super::emphasis`].
//! - A colon that begins a line and has no blank behind it is a character like any other: a symbol
//!   before it keeps the parser from making a definition of it.
//!
//! All of it is [`Edit`]s, so that spans and texts are taken from what the writer wrote: a slice
//! borrowed from the copy has a place in the text, and in what the parser built again the symbol
//! is taken out ([`Masked::original`]).

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

use pulldown_cmark::{CowStr, Event, Options, Parser};

use super::edits::{Edit, Mapped};
use super::emphasis;
use crate::text::reserved;

/// A text, and what the parser reads for it.
pub(crate) struct Masked<'a> {
    /// The text as written.
    pub text: &'a str,
    /// Offsets of fences in it, ascending.
    pub fences: Vec<usize>,
    /// The copy for the parser, where it is not the text itself.
    copy: Option<Mapped>,
    /// What was put into the copy, and stands for nothing.
    symbol: char,
}

/// Symbols that can be put in: punctuation to the parser, and without a named entity.
const SYMBOLS: RangeInclusive<char> = '\u{2801}'..='\u{28ff}';
/// Stands for the first three colons of a fence.
pub(crate) const FENCE: &str = "<?>";

/// Makes the copy.
pub(crate) fn mask(text: &str) -> Masked<'_> {
    let mut places = emphasis::places(text);
    let mut fences = Vec::new();
    if text.contains(':') || text.contains("+++") {
        let mut line_start = 0;
        for line in text.split_inclusive('\n') {
            if let Some(at) = fence_start(line) {
                fences.push(line_start + at);
            } else if let Some(at) = plain_colon(line) {
                places.push(line_start + at);
            }
            line_start += line.len();
        }
    }
    if places.is_empty() && fences.is_empty() {
        return Masked { text, fences, copy: None, symbol: *SYMBOLS.start() };
    }
    let symbol = free_symbol(text);
    let inserted = symbol.to_string();
    let insertions = places.into_iter().map(|at| Edit::insert(at, inserted.as_str()));
    let replacements = fences.iter().map(|at| Edit::replace(*at..at + FENCE.len(), FENCE));
    let mut edits: Vec<_> = insertions.chain(replacements).collect();
    edits.sort_by_key(|edit| edit.span.start);
    let copy = Some(Mapped::edited(text, &edits));
    Masked { text, fences, copy, symbol }
}

/// Where a fence begins in a line: after indentation, quote marks and list markers.
pub(crate) fn fence_start(line: &str) -> Option<usize> {
    let rest = inner(line);
    let is_fence = rest.starts_with(":::") || rest.starts_with("+++");
    is_fence.then(|| line.len() - rest.len())
}

/// Where a line begins with a colon that is no fence, no row of a table's dashes, and no definition:
/// those have a blank behind it, and a text.
fn plain_colon(line: &str) -> Option<usize> {
    let rest = inner(line);
    let behind = rest.strip_prefix(':')?;
    let is_definition = behind.starts_with([' ', '\t']) && !behind.trim().is_empty();
    let is_table = behind.contains('-') && behind.trim().chars().all(|c| " \t|:-".contains(c));
    (!is_definition && !is_table).then(|| line.len() - rest.len())
}

/// A line without indentation, quote marks and list markers.
fn inner(line: &str) -> &str {
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '>']);
        let without_bullet = rest.strip_prefix(['-', '*']).or_else(|| {
            let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            (digits.len() < rest.len()).then(|| digits.strip_prefix(['.', ')'])).flatten()
        });
        match without_bullet.filter(|after| after.starts_with([' ', '\t'])) {
            Some(after) => rest = after,
            None => return rest,
        }
    }
}

/// A symbol that the text does not hold, neither as such nor by number (`&#x2801;`).
fn free_symbol(text: &str) -> char {
    let by_number = |symbol: char| {
        text.split("&#").skip(1).any(|rest| {
            let number = |radix: u32, text: &str| {
                let end = text.find(|c: char| !c.is_digit(radix)).unwrap_or(text.len());
                u32::from_str_radix(&text[..end], radix).ok()
            };
            let number = match rest.strip_prefix(['x', 'X']) {
                Some(hex) => number(16, hex),
                None => number(10, rest),
            };
            number == Some(u32::from(symbol))
        })
    };
    // A text that holds all of them is no text of this world.
    let mut free = SYMBOLS.filter(|symbol| !text.contains(*symbol) && !by_number(*symbol));
    free.next().unwrap_or(*SYMBOLS.end())
}

impl Masked<'_> {
    /// What the parser reads.
    pub(crate) fn copy(&self) -> &str {
        self.copy.as_ref().map_or(self.text, |copy| &copy.body)
    }

    /// What the parser says, and where in the text it stands.
    pub(crate) fn events(
        &self,
        options: Options,
    ) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        let events = Parser::new_ext(self.copy(), options).into_offset_iter();
        events.map(|(event, range)| (event, self.written(range)))
    }

    /// The link definitions of the text, in the order of the text: what `made` makes of their labels,
    /// targets and places.
    pub(super) fn definitions<T>(
        &self,
        options: Options,
        made: impl Fn(&str, Cow<'_, str>, Range<usize>) -> T,
    ) -> Vec<T> {
        let parser = Parser::new_ext(self.copy(), options);
        let mut all: Vec<_> = parser.reference_definitions().iter().collect();
        all.sort_by_key(|(_, definition)| definition.span.start);
        let made = all.into_iter().map(|(name, definition)| {
            let name = name.replace(self.symbol, "");
            let target = self.original(&definition.dest);
            made(&name, target, self.written(definition.span.clone()))
        });
        made.collect()
    }

    /// Where a stretch of the copy stands in the text.
    pub(super) fn written(&self, span: Range<usize>) -> Range<usize> {
        self.copy.as_ref().map_or(span.clone(), |copy| copy.span(&span).1)
    }

    /// The original of a text that the parser took from the copy or built of it.
    pub(crate) fn original<'e>(&'e self, text: &'e CowStr<'_>) -> Cow<'e, str> {
        if let Some(place) = self.place(text) {
            return Cow::Borrowed(&self.text[place]);
        }
        // Entities can bring what the body cannot: it was cleaned as it is written.
        let cleaned = reserved::clean(text);
        if self.copy.is_none() || !cleaned.contains(self.symbol) {
            return cleaned;
        }
        Cow::Owned(cleaned.replace(self.symbol, ""))
    }

    /// The same for a text that can go over several lines, and so hold a masked fence. The span
    /// is where it stands.
    pub(crate) fn original_at<'e>(
        &'e self,
        text: &'e CowStr<'_>,
        span: &Range<usize>,
    ) -> Cow<'e, str> {
        let original = self.original(text);
        if self.place(text).is_some() || !original.contains(FENCE) {
            return original;
        }
        let is_one = |at: usize| {
            self.fences.binary_search(&at).is_ok() || self.text[at..].starts_with(FENCE)
        };
        let within = &self.text[span.clone()];
        let places = within.char_indices().map(|(at, _)| span.start + at);
        let written: Vec<&str> = places
            .filter(|at| is_one(*at))
            .filter_map(|at| self.text.get(at..at + FENCE.len()))
            .collect();
        // The target and title of a link are the last things in its span.
        let mut parts = original.split(FENCE);
        let Some(skipped) = written.len().checked_sub(parts.clone().count() - 1) else {
            return original;
        };
        let mut rebuilt = parts.next().unwrap_or_default().to_owned();
        for (fence, part) in written[skipped..].iter().zip(parts) {
            rebuilt.push_str(fence);
            rebuilt.push_str(part);
        }
        Cow::Owned(rebuilt)
    }

    /// Where a text of the parser lies in what was written, if it was not built again.
    fn place(&self, text: &str) -> Option<Range<usize>> {
        let copy = self.copy();
        let start = (text.as_ptr() as usize).wrapping_sub(copy.as_ptr() as usize);
        let end = start.wrapping_add(text.len());
        let is_borrowed = start < copy.len() && copy.get(start..end).is_some();
        is_borrowed.then(|| self.written(start..end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_is_punctuation_to_the_parser() {
        for symbol in SYMBOLS {
            let text = format!("**x：**{symbol}a");
            let mut events = Parser::new(&text);
            assert!(
                events.any(|event| matches!(event, Event::Start(pulldown_cmark::Tag::Strong))),
                "{symbol}"
            );
        }
    }

    #[test]
    fn the_symbol_is_none_of_the_text() {
        let masked = mask("\u{2801}&#x2802;&#10243;x**重点：**后文");
        assert!(masked.copy().ends_with("**重点：\u{2804}**\u{2804}后文"), "{}", masked.copy());
    }

    #[test]
    fn texts_without_marks_are_read_as_they_are() {
        for text in ["a: b\n\n**重点**和*x*, `:x`\n", "Term\n: text\n:\ttext\n\na | b\n:-- | :-:\n"]
        {
            let masked = mask(text);
            assert!(masked.copy.is_none(), "{}", masked.copy());
        }
    }

    #[test]
    fn texts_built_anew_are_as_written() {
        let text = "后`a\n    :::b <?> **（c\n:d` x `<?>`";
        let masked = mask(text);
        let copy = masked.copy();
        let built = &copy[copy.find('a').unwrap()..copy.find("` x").unwrap()];
        let built = CowStr::Boxed(built.replace('\n', " ").into());
        let span = text.find('`').unwrap()..text.find(" x").unwrap();
        assert_eq!(masked.original_at(&built, &span), "a     :::b <?> **（c :d");
    }

    #[test]
    fn fences_begin_lines() {
        assert!(mask("a ::: b\n1::: c\n").fences.is_empty());
        assert_eq!(mask("> - :::note 标题\n  +++More\n").fences, [4, 21]);
    }
}
