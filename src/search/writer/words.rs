//! Lists that help a query that finds nothing: words for misspelt ones, simplified characters for
//! traditional ones, Chinese words for what is said in Latin letters.

use super::super::Entry;
use super::super::fold::is_unspaced;
use super::super::format::{Pinyin, Variants, Words};
use super::super::simplify::{pairs, simplify};
use super::shards::Row;
use pinyin::ToPinyin;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// On larger sites a word of one page is more often a slip than a word.
const LARGE: usize = 2_000;
/// Rarer words of a letter are not worth their bytes.
const MOST_WORDS: usize = 2_000;
/// The same for Chinese words.
const MOST_PINYIN: usize = 4_000;
/// Characters of a Chinese word.
const SHORTEST: usize = 2;
const LONGEST: usize = 4;

/// Plain words by first letter, each in the form that most pages have.
pub(super) fn fuzzy(rows: &[Row], pages: usize) -> BTreeMap<char, Words> {
    let least = if pages > LARGE { 2 } else { 1 };
    let mut letters: BTreeMap<char, Vec<(usize, &str)>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.list.len() >= least && row.term.len() > 2) {
        let commonest = row.raws.iter().max_by_key(|(raw, pages)| (*pages, std::cmp::Reverse(raw)));
        if let Some((raw, _)) = commonest
            && let Some(letter) = raw.chars().next()
        {
            letters.entry(letter).or_default().push((row.list.len(), raw));
        }
    }
    let finish = |(letter, mut words): (char, Vec<(usize, &str)>)| {
        words.sort_unstable_by_key(|&(pages, word)| (std::cmp::Reverse(pages), word));
        words.truncate(MOST_WORDS);
        let words: Vec<&str> = words.into_iter().map(|(_, word)| word).collect();
        (letter, Words { words: words.join(",") })
    };
    letters.into_iter().map(finish).collect()
}

/// The pairs whose simplified character is in the index.
pub(super) fn variants(rows: &[Row]) -> Variants {
    let used: BTreeSet<char> = rows.iter().flat_map(|row| row.term.chars()).collect();
    let (from, to) = pairs().filter(|(_, to)| used.contains(to)).unzip();
    Variants { from, to }
}

/// Chinese words: tags, keywords, what stands in two titles or more, and `known` words with the
/// number of their pages.
pub(super) fn pinyin<'a>(
    entries: &[Entry],
    known: impl Iterator<Item = (&'a str, usize)>,
) -> Pinyin {
    let mut words: HashMap<String, (bool, usize)> = HashMap::new();
    let mut add = |word: &[char], is_word| {
        let known = words.entry(word.iter().collect()).or_default();
        *known = (known.0 || is_word, known.1 + 1);
    };
    for entry in entries {
        let title: Vec<char> = simplify(entry.title).chars().collect();
        for run in title.split(|&c| !is_unspaced(c)) {
            for length in SHORTEST..=LONGEST {
                run.windows(length).for_each(|word| add(word, false));
            }
        }
        for name in entry.keywords.iter().chain(entry.tags) {
            let word: Vec<char> = simplify(name).chars().collect();
            if (SHORTEST..=LONGEST).contains(&word.len()) && word.iter().all(|&c| is_unspaced(c)) {
                add(&word, true);
            }
        }
    }
    for (word, pages) in known.filter(|(word, _)| word.chars().all(is_unspaced)) {
        let known = words.entry(word.to_owned()).or_default();
        *known = (true, known.1.max(pages));
    }
    let mut words: Vec<(String, usize)> = words
        .into_iter()
        .filter(|(_, (is_word, count))| *is_word || *count > 1)
        .map(|(word, (_, count))| (word, count))
        .collect();
    words.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words.truncate(MOST_PINYIN);
    let said = |word: String| said(&word).map(|said| (word, said));
    let (words, said): (Vec<_>, Vec<_>) = words.into_iter().filter_map(|(w, _)| said(w)).unzip();
    Pinyin { words: words.join(","), pinyin: said.join(",") }
}

/// Syllables without tones.
fn said(word: &str) -> Option<String> {
    let syllables: Option<Vec<&str>> =
        word.to_pinyin().map(|syllable| Some(syllable?.plain())).collect();
    Some(syllables?.join(" "))
}
