//! How long a page takes to read, and how hard it reads: advice for its author.
//!
//! All is counted in what a reader sees, without code. Each language has its unit: Chinese and
//! Japanese are counted in characters, since nothing separates their words; all others in words.

mod prose;
mod syllables;

use serde::Serialize;

use super::Document;
use crate::text::sentence::sentences;
use prose::Passage;

/// Fewer words or characters say nothing of how hard a text reads.
const FEWEST: usize = 50;

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
pub struct Reading {
    /// How many words or characters.
    pub words: usize,
    /// Which of them are counted.
    pub unit: Unit,
    /// Minutes to read it, rounded up.
    pub minutes: usize,
    /// How hard it reads; none for short texts, and languages without a measure.
    pub level: Option<Level>,
}

/// What a text is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// What stands between blanks and holds a letter or digit.
    Words,
    /// Each Chinese character and kana by itself; a run of other letters and digits is one.
    Characters,
}

/// How hard a text reads.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Level {
    /// In a word.
    pub name: Band,
    /// What was measured, to one decimal.
    pub value: f64,
    /// What the value is.
    pub measure: Measure,
}

/// How hard a text reads, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Band {
    /// Nobody stumbles.
    Easy,
    /// Fine for people who know the matter.
    Medium,
    /// Worth shorter sentences.
    Hard,
}

/// What the level of a text was measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// The Flesch-Kincaid grade level, for English: the years at school that the text takes.
    ///
    /// `0.39 * words / sentences + 11.8 * syllables / words - 15.59` (J. P. Kincaid, R. P.
    /// Fishburne, R. L. Rogers and B. S. Chissom, "Derivation of New Readability Formulas for Navy
    /// Enlisted Personnel", 1975). Its numbers were fitted to English, so no other language has it.
    /// Up to grade 8 a text is easy, which is what guides to plain language ask for; beyond 12, the
    /// end of school, it is hard.
    Grade,
    /// The mean length of sentences in characters, for Chinese and Japanese.
    ///
    /// There is no agreed formula for them: those that were proposed need lists of words by grade,
    /// or strokes of characters, and none is in common use. What all of them contain, and what an
    /// author can mend, is the length of sentences. The bands are a rule of thumb: of 1,300 Chinese
    /// help pages half lie below 19 characters and nine in ten below 24, so up to 20 is easy, and
    /// hard is beyond 30. Japanese writes endings and particles too, and has half as much again.
    Sentence,
}

/// What a language is measured by: its unit, its measure, and up to which values it is easy and
/// medium.
struct Scale {
    unit: Unit,
    measure: Option<(Measure, f64, f64)>,
}

impl Scale {
    /// The scale of a language, by the first part of its code.
    fn of(language: &str) -> Scale {
        use Measure::{Grade, Sentence};
        let main = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let (unit, measure) = match main.as_str() {
            "zh" | "yue" | "cmn" => (Unit::Characters, Some((Sentence, 20.0, 30.0))),
            "ja" => (Unit::Characters, Some((Sentence, 30.0, 45.0))),
            "en" => (Unit::Words, Some((Grade, 8.0, 12.0))),
            _ => (Unit::Words, None),
        };
        Scale { unit, measure }
    }
}

/// Measures a document in the language of its page.
pub fn reading(document: &Document, language: &str) -> Reading {
    let scale = Scale::of(language);
    let passages = prose::passages(&document.pieces);
    let count = |text: &str| prose::count(text, scale.unit);
    let words = passages.iter().map(|passage| count(&passage.text)).sum::<usize>();
    let a_minute = match scale.unit {
        Unit::Words => WORDS_A_MINUTE,
        Unit::Characters => CHARACTERS_A_MINUTE,
    };
    let level = level(&passages, &scale);
    Reading { words, unit: scale.unit, minutes: words.div_ceil(a_minute), level }
}

/// How hard the running text reads: headings, cells of tables and labels are no sentences.
fn level(passages: &[Passage], scale: &Scale) -> Option<Level> {
    let (measure, easy, medium) = scale.measure?;
    let running = passages.iter().filter(|passage| passage.is_running);
    let sentences: Vec<&str> = running
        .flat_map(|passage| sentences(&passage.text))
        .filter(|sentence| prose::count(sentence, scale.unit) > 0)
        .collect();
    let words: usize = sentences.iter().map(|sentence| prose::count(sentence, scale.unit)).sum();
    if words < FEWEST {
        return None;
    }
    let length = ratio(words, sentences.len());
    let value = match measure {
        Measure::Grade => {
            let spoken = sentences.iter().flat_map(|sentence| prose::words(sentence));
            let syllables: usize = spoken.map(syllables::count).sum();
            (0.39 * length + 11.8 * ratio(syllables, words) - 15.59).max(0.0)
        }
        Measure::Sentence => length,
    };
    let value = (value * 10.0).round() / 10.0;
    let name = match value {
        value if value <= easy => Band::Easy,
        value if value <= medium => Band::Medium,
        _ => Band::Hard,
    };
    Some(Level { name, value, measure })
}

#[allow(clippy::cast_precision_loss, reason = "no page has so many words")]
fn ratio(of: usize, to: usize) -> f64 {
    of as f64 / to as f64
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{Options, parse};
    use super::*;
    use crate::config::{Audience, Edition, HtmlMode};

    fn read(markdown: &str, language: &str) -> String {
        let options = Options {
            html: HtmlMode::Sanitize,
            words: Arc::default(),
            role_labels: Arc::default(),
            edition: Arc::new(Edition { audience: Audience::All, ..Edition::public() }),
        };
        serde_json::to_string(&reading(&parse(markdown, &options), language)).unwrap()
    }

    #[test]
    fn golden_vectors() {
        let vectors = include_str!("../../tests/golden/reading.txt");
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
