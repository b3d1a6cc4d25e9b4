//! How much there is to read on a page, for its author: words or characters, and minutes.
//!
//! Counted is what a reader sees, without code. Each language has its unit: Chinese and Japanese are
//! counted in characters, since nothing separates their words; all others in words.

use serde::Serialize;

use crate::document::{Document, Kind, Tree, Visit, is_inline};
use crate::text::cjk::is_unspaced;

/// Words a minute. Adults read English non-fiction silently at 238 on average, most of them at 175
/// to 300 (M. Brysbaert, "How many words do we read per minute?", Journal of Memory and Language
/// 109, 2019); instructions are read with more care than that.
const WORDS_A_MINUTE: usize = 200;

/// Characters a minute. Aloud, Chinese is read at 255 with a deviation of 29 (S. Trauzettel-Klosinski
/// and K. Dietz, IReST, Investigative Ophthalmology & Visual Science 53, 2012); silently people read
/// faster by about a third (Brysbaert, for English).
const CHARACTERS_A_MINUTE: usize = 350;

/// What there is to read on a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Reading {
    /// How many words or characters.
    pub words: usize,
    /// Which of them are counted.
    pub unit: Unit,
    /// Minutes to read it, rounded up.
    pub minutes: usize,
}

/// What a text is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Unit {
    /// What stands between spaces and holds a letter or digit.
    Words,
    /// Each Chinese character and kana by itself; a run of other letters and digits is one.
    Characters,
}

/// Elements whose text is not read: code, how a character is said, and its brackets.
const SKIPPED: &[&str] = &["pre", "rp", "rt"];

/// Measures a document in the language of its page.
pub(crate) fn reading(document: &Document, language: &str) -> Reading {
    let text = text(&document.tree);
    let main = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let (unit, words, a_minute) = match main.as_str() {
        "zh" | "yue" | "cmn" | "ja" => (Unit::Characters, characters(&text), CHARACTERS_A_MINUTE),
        _ => (Unit::Words, words(&text), WORDS_A_MINUTE),
    };
    Reading { words, unit, minutes: words.div_ceil(a_minute) }
}

/// What a reader sees of a document. Words of the interface are not counted.
fn text(tree: &Tree) -> String {
    let mut out = String::new();
    let mut walk = tree.walk(0..tree.nodes().len());
    while let Some(visit) = walk.next() {
        let (Visit::Enter(number) | Visit::Leave(number)) = visit;
        let is_end = visit == Visit::Leave(number);
        match tree.node(number).kind {
            Kind::Emphasis | Kind::Strong | Kind::Strikethrough | Kind::Link { .. } => {}
            Kind::Element(element) => {
                let name = tree.elements[element as usize].name;
                if !name.is_empty() && !is_inline(name) {
                    out.push('\n');
                }
                if !is_end && SKIPPED.contains(&name) {
                    walk.skip_inside();
                }
            }
            Kind::Raw(_) => {}
            Kind::Text(words)
            | Kind::Label(words)
            | Kind::Code(words)
            | Kind::Address { text: words, .. } => {
                out.push_str(if is_end { "" } else { tree.words(words) });
            }
            // Marks of footnotes and what stands for an image are not read.
            Kind::FootnoteReference(_) => {}
            Kind::Image { .. } => {
                out.push('\n');
                walk.skip_inside();
            }
            // Its words are those of its readers.
            Kind::ContainerTitle if names_readers(tree, number) => {
                if !is_end {
                    walk.skip_inside();
                }
            }
            _ => out.push('\n'),
        }
    }
    out
}

/// Whether a title is that of a role block.
fn names_readers(tree: &Tree, title: usize) -> bool {
    let before = title.checked_sub(1).map(|before| tree.node(before).kind);
    let Some(Kind::Container(container)) = before else { return false };
    let kind = tree.containers[container as usize].kind;
    kind.is_some_and(crate::syntax::containers::Kind::guards_access)
}

/// What stands between spaces and holds a letter or digit. A character that is set without spaces is
/// a word.
fn words(text: &str) -> usize {
    let mut in_word = false;
    let mut count = 0;
    for c in text.chars() {
        if c.is_whitespace() || is_unspaced(c) {
            count += usize::from(is_unspaced(c));
            in_word = false;
        } else if c.is_alphanumeric() && !in_word {
            count += 1;
            in_word = true;
        }
    }
    count
}

/// Each character that is set without spaces, and each run of other letters and digits.
fn characters(text: &str) -> usize {
    let mut in_run = false;
    let mut count = 0;
    for c in text.chars() {
        let is_wide = is_unspaced(c);
        let goes_on = !is_wide && c.is_alphanumeric();
        count += usize::from(is_wide || goes_on && !in_run);
        // `2.4.3` and `x-y` are read as one.
        in_run = goes_on || in_run && matches!(c, '.' | '-' | '_' | '\'' | '’');
    }
    count
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::{Audience, Edition, HtmlMode};
    use crate::document::{Options, parse};

    fn read(markdown: &str, language: &str) -> String {
        let options = Options {
            html: HtmlMode::Sanitize,
            is_titled: false,
            containers: Arc::default(),
            edition: Arc::new(Edition { audience: Audience::All, ..Edition::public() }),
        };
        serde_json::to_string(&reading(&parse(markdown, &options), language)).unwrap()
    }

    #[test]
    fn golden_vectors() {
        let vectors = include_str!("../../../tests/golden/reading.txt");
        let mut seen = 0;
        for vector in vectors.split("\n=== ").skip(1) {
            let (head, rest) = vector.split_once('\n').unwrap();
            let (markdown, expected) = rest.rsplit_once("\n--- ").unwrap();
            let language = head.split(' ').next().unwrap();
            assert_eq!(read(markdown, language), expected.trim_end(), "{head}");
            seen += 1;
        }
        assert!(seen > 10);
    }
}
