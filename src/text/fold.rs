//! One form for all spellings of a text.
//!
//! Two names may be the same to people or the same to a disk, and these differ: nobody tells `Ａ１`
//! from `a1` in a list of tags, but no disk takes one for the other.
//!
//! Search folds further and by steps of its own (`search/fold.rs`), which JavaScript repeats.

use icu_normalizer::ComposingNormalizerBorrowed as Normalizer;

/// A text with each letter in one character, as far as there is one (NFC). A reader sees no
/// difference.
pub(crate) fn composed(text: &str) -> String {
    Normalizer::new_nfc().normalize(text).into_owned()
}

/// A text in plain letters (NFKC): wide ones and ligatures have another look.
pub(crate) fn plain(text: &str) -> String {
    Normalizer::new_nfkc().normalize(text).into_owned()
}

/// What all names have in common that some disk takes for one: neither case counts, nor whether
/// an accent is a character of its own.
///
/// Windows and macOS compare names so. Where they differ, the names count as one: a site that one
/// of them cannot hold is no site.
pub(crate) fn for_disks(name: &str) -> String {
    // What most names are has one form already.
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    let small: String = composed(name).chars().flat_map(|c| one_case(c).to_lowercase()).collect();
    composed(&small)
}

/// What all spellings have in common that people read as one: as on disks, and width and ligatures
/// do not count either.
pub(crate) fn for_people(text: &str) -> String {
    for_disks(&plain(text))
}

/// A text with single spaces between its words, and none at its ends.
pub(crate) fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The capital of a letter that shares it with another small one: `ς` and `σ` are both `Σ`, `ſ` is
/// `S`. The `ı` of Turkish is a letter apart, although its capital is `I`.
fn one_case(c: char) -> char {
    let mut capitals = c.to_uppercase();
    match (capitals.next(), capitals.next()) {
        (Some(capital), None) if c != 'ı' => capital,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_have_one_form() {
        assert_eq!(composed("e\u{301}Ｅ"), "éＥ");
        assert_eq!(plain("e\u{301} Ｅ－５０２ ﬁ"), "é E-502 fi");
        assert_eq!(for_disks("E\u{301}Ｅ"), "éｅ");
        assert_eq!(for_people("E\u{301} Ｅ－５０２ ＦＩ"), "é e-502 fi");
        assert_eq!(single_spaced(" a\u{3000}b \n c"), "a b c");
    }

    #[test]
    fn letters_with_one_capital_are_one_name() {
        assert_eq!(for_disks("ΟΔΟΣ"), for_disks("οδος"));
        assert_eq!(for_disks("ſ"), "s");
        assert_ne!(for_disks("ısı"), for_disks("isi"));
        assert_eq!(for_disks("Straße"), "straße");
    }

    #[test]
    fn a_form_is_its_own_form_and_has_no_case() {
        for c in (' '..=char::MAX).filter(|c| c.is_alphabetic()) {
            let name = format!("a{c}");
            for form in [for_disks, for_people] {
                let once = form(&name);
                assert_eq!(form(&once), once, "{c} {:x}", u32::from(c));
            }
            // Capitals of several letters, and those of Turkish, are names of their own.
            let capital = c.to_uppercase().next().filter(|_| c.to_uppercase().len() == 1);
            if let Some(capital) = capital.filter(|_| c != 'ı') {
                assert_eq!(for_disks(&format!("a{capital}")), for_disks(&name), "{c}");
            }
        }
    }
}
