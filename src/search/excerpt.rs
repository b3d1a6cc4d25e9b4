//! What to show of a page: its best section, and there the piece that has most of the query.

use super::fold::{fold, is_unspaced, is_word};
use super::tokenizer::tokenize;
use std::collections::HashMap;

/// Columns of an excerpt; a Han character takes two.
const COLUMNS: usize = 160;
/// Of these so many lead up to the first word that is found.
const BEFORE: usize = 40;
/// How much more a word counts in a heading than in the text below it.
const HEADING: u64 = 4;

/// A word of the query.
pub(crate) struct Wanted {
    /// What it is worth.
    pub value: u64,
    /// Terms that stand for it.
    pub terms: Vec<String>,
}

/// What is shown of a page.
#[derive(Default)]
pub(crate) struct Excerpt {
    pub anchor: Option<String>,
    pub heading: Option<String>,
    pub excerpt: String,
}

/// A piece of a text, and the numbers of the words it stands for. A query of [`MOST_WORDS`] words has
/// several times as many phrases.
///
/// [`MOST_WORDS`]: super::query::MOST_WORDS
struct TextPiece<'a> {
    text: &'a str,
    words: Vec<usize>,
}

/// The numbers of the words that each term stands for.
type Terms<'a> = HashMap<&'a str, Vec<usize>>;

/// The place for `words` in a page. Words of the title say nothing about the section.
pub(crate) fn place(
    title: &str,
    sections: &[(String, String, String)],
    words: &[Wanted],
) -> Excerpt {
    let mut terms = Terms::new();
    for (number, word) in words.iter().enumerate() {
        for term in &word.terms {
            terms.entry(term).or_default().push(number);
        }
    }
    let found = |pieces: &[TextPiece]| found(pieces, words.len());
    let value = |has: &dyn Fn(usize) -> bool| value(words, has);
    let in_title = found(&pieces(title, &terms));
    let mut best = (0, 0, 0);
    let mut texts = Vec::with_capacity(sections.len());
    for (number, (_, heading, text)) in sections.iter().enumerate() {
        let pieces = pieces(text, &terms);
        let (below, above) = (found(&pieces), found(&self::pieces(heading, &terms)));
        let own = value(&|word| below[word] && !in_title[word])
            + HEADING * value(&|word| above[word] && !in_title[word]);
        let all = value(&|word| below[word] || above[word]);
        if (own, all) > (best.0, best.1) {
            best = (own, all, number);
        }
        texts.push(pieces);
    }
    let Some(((anchor, heading, _), pieces)) = sections.get(best.2).zip(texts.get(best.2)) else {
        return Excerpt::default();
    };
    let leads = best.0 > 0 && !anchor.is_empty();
    Excerpt {
        anchor: leads.then(|| anchor.clone()),
        heading: (leads && !heading.is_empty()).then(|| heading.clone()),
        excerpt: cut(pieces, words),
    }
}

/// For each of `count` words, whether one of the pieces stands for it.
fn found<'a>(pieces: impl IntoIterator<Item = &'a TextPiece<'a>>, count: usize) -> Vec<bool> {
    let mut has = vec![false; count];
    for number in pieces.into_iter().flat_map(|piece| &piece.words) {
        has[*number] = true;
    }
    has
}

fn value(words: &[Wanted], has: &dyn Fn(usize) -> bool) -> u64 {
    words.iter().enumerate().filter(|(number, _)| has(*number)).map(|(_, word)| word.value).sum()
}

/// `text` in pieces that stand for the same words. The pieces joined are `text`.
fn pieces<'a>(text: &'a str, terms: &Terms) -> Vec<TextPiece<'a>> {
    let known = |term: &str| terms.get(term).map_or(&[] as &[usize], Vec::as_slice);
    let mut pieces: Vec<TextPiece> = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for run in chars.chunk_by(|a, b| class(a.1) == class(b.1)) {
        let end = start + run.iter().map(|(_, c)| c.len_utf8()).sum::<usize>();
        match class(run[0].1) {
            Class::Other => pieces.push(TextPiece { text: &text[start..end], words: Vec::new() }),
            Class::Chain => {
                let tokens = tokenize(&text[start..end]);
                let words = tokens.iter().flat_map(|token| known(&token.term)).copied().collect();
                pieces.push(TextPiece { text: &text[start..end], words });
            }
            Class::Unspaced => {
                let folded: Vec<String> =
                    run.iter().map(|(_, c)| fold(&c.to_string()).iter().collect()).collect();
                let mut marks: Vec<Vec<usize>> = folded.iter().map(|c| known(c).to_vec()).collect();
                for (at, pair) in folded.windows(2).enumerate() {
                    let pair = known(&pair.concat());
                    marks[at].extend(pair);
                    marks[at + 1].extend(pair);
                }
                for (&(at, c), words) in run.iter().zip(marks) {
                    pieces.push(TextPiece { text: &text[at..at + c.len_utf8()], words });
                }
            }
        }
        start = end;
    }
    pieces
}

#[derive(PartialEq)]
enum Class {
    Unspaced,
    Chain,
    Other,
}

fn class(c: char) -> Class {
    if is_unspaced(c) {
        Class::Unspaced
    } else if is_word(c)
        || matches!(c, '.' | '_' | '+' | '#' | '\'' | '’' | '-' | '\u{300}'..='\u{36f}')
    {
        Class::Chain
    } else {
        Class::Other
    }
}

/// About [`COLUMNS`] around the place where most of the query stands together.
fn cut(pieces: &[TextPiece], words: &[Wanted]) -> String {
    let mut best = (0, 0);
    for (at, _) in pieces.iter().enumerate().filter(|(_, piece)| !piece.words.is_empty()) {
        let mut room = COLUMNS - BEFORE;
        let near = pieces[at..].iter().take_while(|piece| {
            let fits = room > 0;
            room = room.saturating_sub(columns(piece.text));
            fits
        });
        let near = found(near, words.len());
        let value = value(words, &|word| near[word]);
        if value > best.0 {
            best = (value, at);
        }
    }
    let mut start = best.1;
    let mut room = BEFORE;
    while start > 0 && columns(pieces[start - 1].text) <= room {
        start -= 1;
        room -= columns(pieces[start].text);
    }
    let mut out = String::from(if start > 0 { "…" } else { "" });
    let mut room = COLUMNS;
    for piece in &pieces[start..] {
        if columns(piece.text) > room {
            out.push('…');
            return out;
        }
        room -= columns(piece.text);
        out.push_str(piece.text);
    }
    out
}

fn columns(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum()
}
