//! Marks what CommonMark has no words for, in a copy of the text of the very same length.
//!
//! Container fences: `:::` at the begin of a line becomes `<?>`, which CommonMark reads as an
//! html block of one line that may interrupt a paragraph and obeys the indentation of lists and
//! quotes. So the parser itself finds out where a fence belongs, and whether it is in a code
//! block and means nothing. `+++Title` (folding parts in other help centres) is treated alike.
//!
//! Emphasis: CommonMark does not read `**重点：**后文` as bold, because a mark between punctuation
//! and a letter opens nothing. Where a `*` run has punctuation on one side and a Chinese
//! character on the other, the character becomes `、` in the copy, which is punctuation too.
//!
//! Text is always taken from the original: a slice borrowed from the copy has the same place in
//! both ([`Masked::original`]).

use std::borrow::Cow;

use pulldown_cmark::CowStr;

/// A text and its marked copy.
pub struct Masked<'a> {
    /// The text as written.
    pub text: &'a str,
    /// The copy for the parser: same length, same line breaks.
    pub copy: String,
    /// Offsets of masked fences, ascending.
    pub fences: Vec<usize>,
}

/// Stands for a Chinese character beside an emphasis mark. Three bytes, like the character.
const PUNCTUATION: &str = "、";
/// Stands for the first three colons of a fence.
pub const FENCE: &str = "<?>";

/// Makes the marked copy.
pub fn mask(text: &str) -> Masked<'_> {
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
    mask_emphasis(text, &mut copy);
    // Both replacements put whole characters in place of whole characters.
    let copy = String::from_utf8(copy).unwrap_or_else(|_| text.to_owned());
    Masked { text, copy, fences }
}

/// Where a fence begins in a line: after indentation, quote marks and list markers.
fn fence_start(line: &str) -> Option<usize> {
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

fn mask_emphasis(text: &str, copy: &mut [u8]) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = text[at..].find('*') {
        let start = at + found;
        let end = start + bytes[start..].iter().take_while(|b| **b == b'*').count();
        at = end;
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let (Some(before), Some(after)) = (before, after) else {
            continue;
        };
        if is_chinese(before) && before.len_utf8() == 3 && is_punctuation(after) {
            copy[start - 3..start].copy_from_slice(PUNCTUATION.as_bytes());
        } else if is_punctuation(before)
            && before != '\\'
            && is_chinese(after)
            && after.len_utf8() == 3
        {
            copy[end..end + 3].copy_from_slice(PUNCTUATION.as_bytes());
        }
    }
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() && c != '*'
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}'
            | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{ff01}'..='\u{ff0f}'
            | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

impl<'a> Masked<'a> {
    /// The original of a text that the parser took from the copy. A text that the parser had to
    /// build anew (it held an escape) comes back as it is: masks never stand beside escapes.
    pub fn original<'e>(&'e self, text: &'e CowStr<'_>) -> Cow<'e, str> {
        let slice: &str = text;
        let base = self.copy.as_ptr() as usize;
        let start = (slice.as_ptr() as usize).wrapping_sub(base);
        match self.text.get(start..start.wrapping_add(slice.len())) {
            Some(original) if start < self.copy.len() => Cow::Borrowed(original),
            _ => Cow::Owned(slice.replace(FENCE, ":::")),
        }
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
        assert!(masked.copy.contains("**重点：**、文"));
        assert!(masked.copy.contains("> - <?>note 标题"));
        assert!(masked.copy.contains("后、**`代码`**、文 2 * 3"));
    }

    #[test]
    fn colons_inside_a_line_are_text() {
        assert!(mask("a ::: b\n1::: c\n").fences.is_empty());
    }
}
