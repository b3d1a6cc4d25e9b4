//! Excluded blocks of a few words, which hold no run: each line of theirs counts as a whole.

use std::collections::HashMap;

use super::shingles::{ENOUGH, Sink, Window};

/// A line of this weight is looked for in the middle of others. A shorter one says so little that
/// only a line of nothing else is taken for it.
const TELLING: u32 = 4;

/// All words of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    hash: u64,
    last_word: u64,
    words: usize,
    weight: u32,
}

/// Takes the lines of a block, if it has no run.
#[derive(Default)]
pub(crate) struct Collector {
    has_run: bool,
    lines: Vec<(Line, usize)>,
}

impl Collector {
    /// The lines, with the offset of the first word of each.
    pub(crate) fn lines(self) -> Vec<(Line, usize)> {
        if self.has_run { Vec::new() } else { self.lines }
    }
}

impl Sink for Collector {
    fn run(&mut self, _: u64, _: usize) {
        self.has_run = true;
    }

    fn end(&mut self, window: &Window) {
        let words = window.count();
        if let Some((last_word, _)) = window.word(words.wrapping_sub(1))
            && let Some((_, at)) = window.word(0)
            && window.weight() < ENOUGH
        {
            let (hash, weight) = (window.hash(words), window.weight());
            self.lines.push((Line { hash, last_word, words, weight }, at));
        }
    }

    fn reads_short_lines(&self) -> bool {
        true
    }
}

/// Lines to look for.
#[derive(Debug, Default)]
pub(crate) struct ShortLines<Origin> {
    by_last_word: HashMap<u64, Vec<(Line, Origin)>>,
    /// A bit for each last word: most words are none.
    bits: Vec<u64>,
}

impl<Origin: Copy> ShortLines<Origin> {
    /// Lines and where each comes from; of equal ones the first counts.
    pub(crate) fn new(lines: impl IntoIterator<Item = (Line, Origin)>) -> Self {
        let lines: Vec<_> = lines.into_iter().collect();
        let mut by_last_word: HashMap<u64, Vec<(Line, Origin)>> = HashMap::new();
        let mut bits = vec![0; (lines.len() * 16).next_power_of_two().div_ceil(64)];
        for (line, origin) in lines {
            let (at, bit) = place(line.last_word, bits.len());
            bits[at] |= bit;
            let same = by_last_word.entry(line.last_word).or_default();
            if same.iter().all(|(known, _)| *known != line) {
                same.push((line, origin));
            }
        }
        ShortLines { by_last_word, bits }
    }

    /// Whether there is nothing to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.by_last_word.is_empty()
    }

    /// Takes lines away.
    pub(crate) fn remove(&mut self, lines: impl Iterator<Item = Line>) {
        for line in lines {
            if let Some(known) = self.by_last_word.get_mut(&line.last_word) {
                known.retain(|(other, _)| *other != line);
            }
        }
    }

    /// The lines that end with the last word of a window. With `is_end` it ends what it stands in,
    /// and `any` asks for the least telling ones too, wherever they are.
    pub(crate) fn find(&self, window: &Window, is_end: bool, any: bool) -> Option<(Line, Origin)> {
        let words = window.count();
        let (last, _) = window.word(words.checked_sub(1)?)?;
        let (at, bit) = place(last, self.bits.len());
        if self.bits.get(at)? & bit == 0 {
            return None;
        }
        let known = self.by_last_word.get(&last)?;
        let found = known.iter().find(|(line, _)| {
            let is_whole = is_end && window.is_whole() && words == line.words;
            let counts = any || is_whole || !is_end && line.weight >= TELLING;
            counts && line.words <= words && window.hash(line.words) == line.hash
        });
        found.copied()
    }
}

fn place(word: u64, size: usize) -> (usize, u64) {
    let bit = (word >> 16) as usize & (size * 64 - 1);
    (bit / 64, 1 << (bit % 64))
}
