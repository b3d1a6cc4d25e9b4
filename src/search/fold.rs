//! Brings text to the one form in which words are compared: compatibility
//! forms resolved (full-width letters, ligatures), lower case, no diacritics.
//!
//! The same steps stand in `tokenize.js`:
//! 1. `™` and `℠` become a space (NFKD would glue "TM" to the word before);
//! 2. NFKD;
//! 3. lower case, and `ς` as `σ`, so that case never depends on the position;
//! 4. combining marks U+0300–U+036F and invisible characters are dropped,
//!    letters that do not decompose are written out (`ß` → `ss`), every
//!    hyphen becomes `-` and every apostrophe `'`;
//! 5. NFC, which puts Hangul syllables and voiced kana together again.

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// Folds `text` into characters that are ready for the tokenizer.
pub(crate) fn fold(text: &str) -> Vec<char> {
    // Most English text never needs the normalizer.
    if text.is_ascii() {
        return text.bytes().map(|b| b.to_ascii_lowercase() as char).collect();
    }
    let spaced = text.replace(['\u{2122}', '\u{2120}'], " ");
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(&spaced);
    let mut folded = String::with_capacity(decomposed.len());
    for original in decomposed.chars() {
        for c in original.to_lowercase() {
            push_folded(c, &mut folded);
        }
    }
    ComposingNormalizerBorrowed::new_nfc().normalize(&folded).chars().collect()
}

fn push_folded(c: char, out: &mut String) {
    match c {
        '\u{300}'..='\u{36f}'
        | '\u{ad}'
        | '\u{200c}'
        | '\u{200d}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' => {}
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'þ' => out.push_str("th"),
        'ø' => out.push('o'),
        'đ' | 'ð' => out.push('d'),
        'ł' => out.push('l'),
        'ħ' => out.push('h'),
        'ı' => out.push('i'),
        'ς' => out.push('σ'),
        '\u{2010}' => out.push('-'),
        '\u{2018}' | '\u{2019}' => out.push('\''),
        _ => out.push(c),
    }
}

/// Characters of scripts that write no spaces between words: Han and kana.
/// Fixed ranges, because the two readers must agree whatever Unicode version
/// their platform has.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{3005}' | '\u{3007}' | '\u{3021}'..='\u{3029}' | '\u{3041}'..='\u{3096}'
        | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3fffd}')
}

/// Letters and digits of all other scripts.
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() && !is_unspaced(c) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::cjk;

    #[test]
    fn characters_without_spaces_are_those_of_the_site() {
        for c in ' '..=char::MAX {
            // Marks of Japanese that no search is about, and kana that folding makes others of.
            let is_left_out = matches!(c, '\u{3006}' | '\u{3031}'..='\u{3035}' | '\u{3038}'..='\u{303b}')
                || matches!(c, '\u{ff66}'..='\u{ff9f}' | '\u{1aff0}'..='\u{1b16f}');
            assert_eq!(
                is_unspaced(c),
                cjk::is_unspaced(c) && !is_left_out,
                "{c} {:x}",
                u32::from(c)
            );
        }
    }
}
