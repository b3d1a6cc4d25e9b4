//! Characters that nobody sees. A name that holds one looks like the name without it.

/// Whether a character has no look of its own: spaces without width, joiners, marks of direction,
/// fillers, tags (`Default_Ignorable_Code_Point` in Unicode's `DerivedCoreProperties.txt`).
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether an unseen character changes how others look: it joins letters and emoji, or chooses
/// one of the looks of a character.
pub(crate) fn shapes_others(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180d}' | '\u{200c}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_is_no_such_character() {
        assert!("\u{ad}\u{200b}\u{200d}\u{2060}\u{feff}\u{e0041}".chars().all(is_unseen));
        assert!(!" \u{a0}\u{3000}aé重😀".contains(is_unseen));
        assert!((' '..=char::MAX).filter(|c| shapes_others(*c)).all(is_unseen));
        assert!(!(' '..=char::MAX).any(|c| is_unseen(c) && c.is_ascii()));
    }
}
