//! One form for all spellings of a text: a letter with its accent in one character or in two, wide
//! letters, ligatures.

use icu_normalizer::ComposingNormalizerBorrowed as Normalizer;

/// A text with each letter in one character, as far as there is one. A reader sees no difference.
pub fn composed(text: &str) -> String {
    Normalizer::new_nfc().normalize(text).into_owned()
}

/// A text in plain letters: wide ones and ligatures have another look.
pub fn plain(text: &str) -> String {
    Normalizer::new_nfkc().normalize(text).into_owned()
}

/// A text without case, as disks that know none compare names.
pub fn caseless(text: &str) -> String {
    // What most texts are has one form already.
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    composed(&composed(text).chars().flat_map(char::to_lowercase).collect::<String>())
}

/// A text in plain letters without case.
pub fn folded(text: &str) -> String {
    caseless(&plain(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_have_one_form() {
        assert_eq!(composed("e\u{301}Ｅ"), "éＥ");
        assert_eq!(plain("e\u{301} Ｅ－５０２ ﬁ"), "é E-502 fi");
        assert_eq!(caseless("E\u{301}Ｅ"), "éｅ");
        assert_eq!(folded("E\u{301} Ｅ－５０２ ＦＩ"), "é e-502 fi");
    }
}
