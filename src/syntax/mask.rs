//! Marks what CommonMark has no words for, in a copy of the text of the very same length.
//!
//! Container fences: `:::` at the start of a line becomes `<?>`, which CommonMark reads as an
//! html block of one line that may interrupt a paragraph and obeys the indentation of lists and
//! quotes. So the parser itself finds out where a fence belongs, and whether it is in a code
//! block and means nothing. `+++Title` (folding parts in other help centres) is treated alike.
//!
//! Emphasis: CommonMark does not read `**重点：**后文` as bold, because a mark between punctuation
//! and a letter opens nothing. Where a `*` run has punctuation on one side and a Chinese
//! character on the other, a symbol stands in for the character in the copy, which the parser
//! takes for punctuation. Each character has a symbol of its own that the text does not use.
//!
//! Text is always taken from the original: a slice borrowed from the copy has the same place in
//! both, and in a text that the parser built again the symbols are put back
//! ([`Masked::original`]).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Range, RangeInclusive};

use pulldown_cmark::CowStr;

use crate::text::cjk::is_unspaced;
use crate::text::reserved;

/// A text and its marked copy.
pub(crate) struct Masked<'a> {
    /// The text as written.
    pub text: &'a str,
    /// The copy for the parser: same length, same line breaks.
    pub copy: String,
    /// Offsets of masked fences, ascending.
    pub fences: Vec<usize>,
    /// The symbols in the copy and the characters they stand for.
    stand_ins: BTreeMap<char, char>,
}

/// Symbols that can stand for a Chinese character beside an emphasis mark: punctuation to the
/// parser, three bytes like the character, and without a named entity.
const SYMBOLS: [RangeInclusive<char>; 4] = [
    '\u{2801}'..='\u{28ff}',
    '\u{3300}'..='\u{33ff}',
    '\u{4dc0}'..='\u{4dff}',
    '\u{2f00}'..='\u{2fd5}',
];
/// Letters that can stand for Chinese punctuation beside an emphasis mark: of a script that hardly
/// any help centre is written in.
const LETTERS: RangeInclusive<char> = '\u{a000}'..='\u{a48c}';
/// Stands for the first three colons of a fence.
pub(crate) const FENCE: &str = "<?>";

/// Makes the marked copy.
pub(crate) fn mask(text: &str) -> Masked<'_> {
    let mut copy = text.as_bytes().to_vec();
    let mut fences = Vec::new();
    if text.contains(":::") || text.contains("+++") {
        let mut line_start = 0;
        for line in text.split_inclusive('\n') {
            if let Some(at) = fence_start(line) {
                fences.push(line_start + at);
                copy[line_start + at..line_start + at + 3].copy_from_slice(FENCE.as_bytes());
            }
            line_start += line.len();
        }
    }
    let stand_ins = mask_emphasis(text, &mut copy);
    // Both replacements put whole characters in place of whole characters.
    let copy = String::from_utf8(copy).unwrap_or_else(|_| text.to_owned());
    Masked { text, copy, fences, stand_ins }
}

/// Where a fence begins in a line: after indentation, quote marks and list markers.
pub(crate) fn fence_start(line: &str) -> Option<usize> {
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '>']);
        let without_bullet = rest.strip_prefix(['-', '*']).or_else(|| {
            let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            (digits.len() < rest.len()).then(|| digits.strip_prefix(['.', ')'])).flatten()
        });
        match without_bullet.filter(|after| after.starts_with([' ', '\t'])) {
            Some(after) => rest = after,
            None => break,
        }
    }
    let is_fence = rest.starts_with(":::") || rest.starts_with("+++");
    is_fence.then(|| line.len() - rest.len())
}

/// Puts symbols in the place of Chinese characters; says which stands for which.
fn mask_emphasis(text: &str, copy: &mut [u8]) -> BTreeMap<char, char> {
    let places = beside_emphasis(text);
    let mut symbols: BTreeMap<char, char> = BTreeMap::new();
    if places.is_empty() {
        return symbols;
    }
    let taken = taken_symbols(text);
    let mut free = SYMBOLS.into_iter().flatten().filter(|symbol| !taken.contains(symbol));
    let mut letters = LETTERS.filter(|letter| !taken.contains(letter));
    for (at, character) in places {
        let symbol = match symbols.get(&character) {
            Some(symbol) => *symbol,
            None => {
                // Some thousand different characters beside emphasis are no text of this world.
                let next = if is_punctuation(character) { letters.next() } else { free.next() };
                let Some(symbol) = next else { continue };
                symbols.insert(character, symbol);
                symbol
            }
        };
        symbol.encode_utf8(&mut copy[at..at + 3]);
    }
    symbols.into_iter().map(|(character, symbol)| (symbol, character)).collect()
}

/// Chinese characters with a `*` run between them and punctuation, and where they are.
fn beside_emphasis(text: &str) -> Vec<(usize, char)> {
    let bytes = text.as_bytes();
    let mut places: Vec<(usize, char)> = Vec::new();
    let mut runs = Runs::default();
    let mut at = 0;
    while let Some(found) = text[at..].find('*') {
        let start = at + found;
        let end = start + bytes[start..].iter().take_while(|b| **b == b'*').count();
        let between = &text[at..start];
        at = end;
        let before = text[..start].chars().next_back().unwrap_or('\n');
        let after = text[end..].chars().next().unwrap_or('\n');
        let is_word = runs.close_word(between, end - start);
        if is_word {
            // The character stands beside another mark too, which needs it as it is.
            places.pop_if(|(place, _)| *place == start - between.len());
        } else if is_chinese(before) && is_punctuation(after) {
            places.push((start - before.len_utf8(), before));
        }
        if is_punctuation(before) && before != '\\' && is_chinese(after) {
            places.push((end, after));
        }
        // `**注意：**API`: here the punctuation gives way, and stands as a letter.
        if is_wide_punctuation(before) && after.is_ascii_alphanumeric() {
            places.push((start - before.len_utf8(), before));
        } else if before.is_ascii_alphanumeric() && is_wide_punctuation(after) {
            places.push((end, after));
        }
        if before != '\\' && !(before.is_whitespace() && after.is_whitespace()) {
            runs.add(between, end - start);
        }
    }
    places
}

/// Emphasis marks of a paragraph, to tell those that open from those that close.
#[derive(Default)]
struct Runs {
    /// How often each length came.
    counts: BTreeMap<usize, usize>,
    last: usize,
}

impl Runs {
    /// Whether a run of this length ends a word of one Chinese character, like `*是*`.
    fn close_word(&self, between: &str, length: usize) -> bool {
        let mut characters = between.chars();
        let is_one = characters.next().is_some_and(is_chinese) && characters.next().is_none();
        let opened = self.counts.get(&length).is_some_and(|count| count % 2 == 1);
        is_one && length == self.last && opened
    }

    fn add(&mut self, between: &str, length: usize) {
        if between.contains("\n\n") {
            self.counts.clear();
        }
        *self.counts.entry(length).or_default() += 1;
        self.last = length;
    }
}

/// Symbols that the text holds itself, as such or by number (`&#x2801;`).
fn taken_symbols(text: &str) -> BTreeSet<char> {
    let by_number = text.split("&#").skip(1).filter_map(|rest| {
        let digits = |radix: u32, text: &str| {
            let end = text.find(|c: char| !c.is_digit(radix)).unwrap_or(text.len());
            char::from_u32(u32::from_str_radix(&text[..end], radix).ok()?)
        };
        match rest.strip_prefix(['x', 'X']) {
            Some(hex) => digits(16, hex),
            None => digits(10, rest),
        }
    });
    text.chars().chain(by_number).filter(|c| is_symbol(*c)).collect()
}

fn is_symbol(c: char) -> bool {
    LETTERS.contains(&c) || SYMBOLS.iter().any(|symbols| symbols.contains(&c))
}

/// Whether a character is Chinese, or a Japanese one set like it, and has three bytes.
fn is_chinese(c: char) -> bool {
    c.len_utf8() == 3 && is_unspaced(c)
}

/// Punctuation of three bytes, as letters that stand for it.
fn is_wide_punctuation(c: char) -> bool {
    c.len_utf8() == 3 && is_punctuation(c)
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() && c != '*'
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}'
            | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{ff01}'..='\u{ff0f}'
            | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

impl Masked<'_> {
    /// The original of a text that the parser took from the copy or built of it.
    pub(crate) fn original<'e>(&'e self, text: &'e CowStr<'_>) -> Cow<'e, str> {
        if let Some(place) = self.place(text) {
            return Cow::Borrowed(&self.text[place]);
        }
        // Entities can bring what the body cannot: it was cleaned as it is written.
        let cleaned = reserved::clean(text);
        if !cleaned.contains(is_symbol) {
            return cleaned;
        }
        let put_back = |c: char| self.stand_ins.get(&c).copied().unwrap_or(c);
        Cow::Owned(cleaned.chars().map(put_back).collect())
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
        let written: Vec<&str> = self.copy[span.clone()]
            .match_indices(FENCE)
            .filter_map(|(at, _)| self.text.get(span.start + at..span.start + at + FENCE.len()))
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

    /// Where a text lies in the copy, if it was not built again.
    fn place(&self, text: &str) -> Option<Range<usize>> {
        let start = (text.as_ptr() as usize).wrapping_sub(self.copy.as_ptr() as usize);
        let end = start.wrapping_add(text.len());
        (start < self.copy.len() && self.text.get(start..end).is_some()).then_some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_every_byte_in_place() {
        let text = "**重点：**后文\n\n> - :::note 标题\n  +++More\n\n后文**`代码`**后文 2 * 3\n";
        let masked = mask(text);
        assert_eq!(masked.copy.len(), text.len());
        assert_eq!(masked.fences.len(), 2);
        assert!(masked.copy.contains("**重点：**\u{2801}文"));
        assert!(masked.copy.contains("> - <?>note 标题"));
        assert!(masked.copy.contains("后\u{2802}**`代码`**\u{2801}文 2 * 3"));
    }

    #[test]
    fn punctuation_gives_way_to_letters_and_digits() {
        for text in ["**注意：**API", "x**“引”**", "（见**表：**3）"] {
            let masked = mask(text);
            let strong = pulldown_cmark::Parser::new(&masked.copy).any(|event| {
                matches!(event, pulldown_cmark::Event::Start(pulldown_cmark::Tag::Strong))
            });
            assert!(strong, "{text}");
        }
    }

    #[test]
    fn words_of_one_character_stay_as_they_are() {
        for text in ["设为*是*，而", "，**后**文", "：*是*，x，*否*。", "* a\n\n，*是*，"]
        {
            assert_eq!(mask(text).copy, text);
        }
        assert!(!mask("**重点：**和**“重启”**").copy.contains('和'));
    }

    #[test]
    fn symbols_of_the_text_stand_for_nothing_else() {
        let masked = mask("\u{2801}&#x2802;&#10243;x**重点：**后文");
        assert!(masked.copy.contains("**重点：**\u{2804}文"), "{}", masked.copy);
    }

    #[test]
    fn every_symbol_is_punctuation_to_the_parser() {
        for symbol in SYMBOLS.into_iter().flatten() {
            assert_eq!(symbol.len_utf8(), 3);
            let text = format!("**x：**{symbol}");
            let strong = pulldown_cmark::Parser::new(&text).any(|event| {
                matches!(event, pulldown_cmark::Event::Start(pulldown_cmark::Tag::Strong))
            });
            assert!(strong, "{symbol}");
        }
    }

    #[test]
    fn texts_built_anew_are_as_written() {
        let masked = mask("`a\n    :::b <?> 后**（c` x `<?>`");
        let built = CowStr::Boxed(masked.copy[1..masked.copy.find("` x").unwrap()].into());
        let span = 0..masked.copy.find(" x").unwrap();
        assert_eq!(masked.original_at(&built, &span), "a\n    :::b <?> 后**（c");
    }

    #[test]
    fn colons_inside_a_line_are_text() {
        assert!(mask("a ::: b\n1::: c\n").fences.is_empty());
    }
}
