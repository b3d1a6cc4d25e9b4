//! Light English stemming: plurals, `-ed`, `-ing` and the silent `e`, no more.
//!
//! Both sides of a comparison are stemmed by the same rules, so a stem need
//! not be a word; it only has to be the same for the forms of one word and
//! different for different words. Rules that reach further (`-ation`,
//! `-ment`) join words that a help centre keeps apart.

/// The stem of `word`. Words that are not plain `a`–`z` (names with digits,
/// other scripts) and words under four letters come back as they are.
pub(crate) fn stem(word: &str) -> String {
    let mut stem = word.to_owned();
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return stem;
    }
    strip_plural(&mut stem);
    strip_verb_ending(&mut stem);
    if stem.len() >= 5 && stem.ends_with('e') {
        stem.pop();
    }
    stem
}

fn strip_plural(word: &mut String) {
    let ends = |endings: &[&str]| endings.iter().any(|e| word.ends_with(e));
    let length = word.len();
    if ends(&["ies"]) && length > 4 {
        word.truncate(length - 3);
        word.push('y');
    } else if ends(&["sses", "xes", "ches", "shes", "zes"]) {
        word.truncate(length - 2);
    } else if ends(&["s"]) && !ends(&["ss", "us", "is"]) {
        word.truncate(length - 1);
    }
}

fn strip_verb_ending(word: &mut String) {
    let length = word.len();
    if word.ends_with("ied") && length > 4 {
        word.truncate(length - 3);
        word.push('y');
        return;
    }
    let rest = if word.ends_with("ing") {
        length - 3
    } else if word.ends_with("ed") && !word.ends_with("eed") {
        length - 2
    } else {
        return;
    };
    // "string" and "bring" have no vowel before the ending: it is none.
    if rest < 3 || !word.as_bytes()[..rest].iter().any(|&b| is_vowel(b) || b == b'y') {
        return;
    }
    word.truncate(rest);
    let bytes = word.as_bytes();
    let [.., before, middle, last] = *bytes else {
        return;
    };
    if middle == last && rest > 3 && !is_vowel(last) && !matches!(last, b'l' | b's' | b'z') {
        word.pop(); // "shipped" → "ship"
    } else if rest == 3
        && !is_vowel(before)
        && is_vowel(middle)
        && !is_vowel(last)
        && !matches!(last, b'w' | b'x' | b'y')
    {
        word.push('e'); // "coding" → "code", but "fixing" → "fix"
    }
}

fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}
