//! Scripts of East Asia: which characters stand without spaces between words, and which are twice
//! as wide as others.
//!
//! Ranges are blocks of Unicode (`Scripts.txt`, `EastAsianWidth.txt`), with room for what their
//! blocks do not hold yet.

/// A Chinese character, also a number or a repetition mark that is set like one.
pub(crate) fn is_han(c: char) -> bool {
    matches!(
        c,
        '\u{3005}'..='\u{3007}'
            | '\u{3021}'..='\u{3029}'
            | '\u{3038}'..='\u{303b}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3fffd}'
    )
}

/// A character of hiragana or katakana, also of half width.
pub(crate) fn is_kana(c: char) -> bool {
    matches!(
        c,
        '\u{3031}'..='\u{3035}'
            | '\u{3041}'..='\u{3096}'
            | '\u{309d}'..='\u{309f}'
            | '\u{30a1}'..='\u{30fa}'
            | '\u{30fc}'..='\u{30ff}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{ff66}'..='\u{ff9f}'
            | '\u{1aff0}'..='\u{1b16f}'
    )
}

/// A character of a script without spaces between words, so that each counts as a word. Korean
/// has spaces.
pub(crate) fn is_unspaced(c: char) -> bool {
    is_han(c) || is_kana(c)
}

/// A syllable or a letter of Korean.
pub(crate) fn is_hangul(c: char) -> bool {
    matches!(
        c,
        '\u{1100}'..='\u{11ff}'
            | '\u{3131}'..='\u{318e}'
            | '\u{a960}'..='\u{a97f}'
            | '\u{ac00}'..='\u{d7ff}'
            | '\u{ffa0}'..='\u{ffdc}'
    )
}

/// A character, or a mark beside it, that a line may break behind without a space: a line break
/// in the source between two of them is none for readers.
pub(crate) fn is_solid(c: char) -> bool {
    !is_hangul(c)
        && matches!(
            c,
            '\u{2e80}'..='\u{9fff}'
                | '\u{f900}'..='\u{faff}'
                | '\u{ff00}'..='\u{ffef}'
                | '\u{20000}'..='\u{3fffd}'
                | '“'
                | '”'
                | '…'
                | '—'
        )
}

/// A letter, a mark or a symbol of a script of East Asia, apart from emoji: what `EastAsianWidth.txt`
/// calls wide, of full or of half width, and all of Korean.
pub(crate) fn is_of_east_asia(c: char) -> bool {
    matches!(
        c,
        '\u{1100}'..='\u{11ff}'
            | '\u{20a9}'
            | '\u{2329}'..='\u{232a}'
            | '\u{2e80}'..='\u{303e}'
            | '\u{3041}'..='\u{a4cf}'
            | '\u{a960}'..='\u{a97f}'
            | '\u{ac00}'..='\u{d7ff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{fe10}'..='\u{fe19}'
            | '\u{fe30}'..='\u{fe6f}'
            | '\u{ff01}'..='\u{ffee}'
            | '\u{16fe0}'..='\u{18dff}'
            | '\u{1aff0}'..='\u{1b2ff}'
            | '\u{1f200}'..='\u{1f2ff}'
            | '\u{20000}'..='\u{3fffd}'
    )
}

/// How many columns a character takes: two for wide ones and emoji.
pub(crate) fn width(c: char) -> usize {
    match c {
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe10}'..='\u{fe19}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1aff0}'..='\u{1b16f}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// How many columns a text takes.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_have_a_script() {
        assert!("重々〇㐀𠀀﨎".chars().all(is_han));
        assert!("あアーゟㇰｱ".chars().all(is_kana));
        assert!("한ㄱᄀￜ".chars().all(is_hangul));
        for c in "aé1。・、：“😀ㄅ".chars() {
            assert!(!is_unspaced(c) && !is_hangul(c), "{c}");
        }
    }

    #[test]
    fn lines_join_between_characters_and_their_marks() {
        assert!("重あ。：（“—Ａ".chars().all(is_solid));
        assert!("aé.한ㄱ😀‘ ".chars().all(|c| !is_solid(c)));
    }

    #[test]
    fn no_character_has_two_scripts_and_all_of_full_width_are_wide() {
        for c in ' '..=char::MAX {
            assert!(
                usize::from(is_han(c)) + usize::from(is_kana(c)) + usize::from(is_hangul(c)) < 2
            );
            let is_half = matches!(c, '\u{ff66}'..='\u{ff9f}');
            assert!(!is_unspaced(c) || is_half || width(c) == 2, "{c}");
            assert!(!is_unspaced(c) || is_solid(c) || c > '\u{1afef}', "{c}");
        }
        assert_eq!(columns("a重。한😀ｱ"), 10);
    }
}
