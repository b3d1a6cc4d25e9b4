//! Words that carry grammar, not meaning.
//!
//! A question is full of them, and in articles they can be rare ("my",
//! "can't"), so their frequency alone does not make them light: readers weigh
//! them down, and the writer leaves them out of running text. Titles and
//! headings keep them.

use ahash::AHashSet;
use std::sync::LazyLock;

/// Without apostrophes, as the tokenizer gives them before stemming.
const ENGLISH: &str = "\
    a about after all also am an and any are as at be because been before being but by can \
    cannot cant could couldnt did didnt do does doesnt doing done dont each else every for \
    from get gets getting got had has hasnt have havent having he her here him his how i id if \
    ill im in into is isnt it its ive just let like made make makes may me might must my need \
    no not now of on one only or other our ours out please she should shouldnt so some somehow \
    something such than that thats the their them then there these they thing this those to \
    too us very want was wasnt we were weve what whats when where which while who why will \
    with wont would wouldnt you your youre yours";

/// The pairs of particles, pronouns and question words.
const CHINESE: &str = "\
    一个 一些 一样 不是 为什 为何 么办 么样 也是 了吗 什么 他们 以及 但是 你们 \
    其他 可以 各种 哪个 哪些 哪里 因为 多少 如何 它们 应该 怎么 怎样 您的 我们 \
    我的 所以 是不 是否 有没 没有 的是 能不 自己 还是 这个 这些 这样 那个 那么 \
    都是 需要";

/// Bytes of the longest English function word.
const LONGEST_ENGLISH: usize = 9;
/// Bytes of two Chinese characters.
const PAIR: usize = 6;

static FUNCTION_WORDS: LazyLock<AHashSet<&str>> =
    LazyLock::new(|| ENGLISH.split(' ').chain(CHINESE.split(' ')).collect());

/// Whether `word`, folded and not stemmed, is one of them.
pub(crate) fn is_function_word(word: &str) -> bool {
    // Asked for every word of the site: most are told by their length.
    let length = word.len();
    let possible = if word.is_ascii() { length <= LONGEST_ENGLISH } else { length == PAIR };
    possible && FUNCTION_WORDS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::{CHINESE, ENGLISH, is_function_word};

    #[test]
    fn every_word_of_the_lists_is_found() {
        for word in ENGLISH.split(' ').chain(CHINESE.split(' ')) {
            assert!(is_function_word(word), "{word}");
        }
        assert!(!is_function_word("router") && !is_function_word("退款"));
    }
}
