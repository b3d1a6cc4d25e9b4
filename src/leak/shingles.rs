//! Runs of words, as hashes.
//!
//! A word is a run of letters and digits, lower case; a Chinese character is a word by itself. A
//! run is as many words as weigh [`ENOUGH`]: six words, twelve Chinese characters, or a mixture.
//! Shorter runs are met by chance; longer ones miss what was reworded a little. No run reaches
//! from one paragraph, cell or string into the next: neighbours there mean nothing.

use std::borrow::Cow;

use super::letters;
use crate::text::cjk::is_unspaced;
use crate::text::html::entity;
use crate::text::unseen::is_unseen;

/// Weight of a run.
pub(crate) const ENOUGH: u32 = 12;
/// Weight of a word of letters.
const WORD: u32 = 2;
/// Weight of a Chinese character, and of words of one or two letters: versions, "of", "a".
const CHARACTER: u32 = 1;
/// Most words in a run.
const LONGEST: usize = (ENOUGH / CHARACTER) as usize;

/// The words of a run so far, oldest first, and their hash: a sum of the words' hashes, each times
/// a power by its place, so that a word comes and goes without a look at the others.
pub(crate) struct Window {
    words: [(u64, u32, usize); LONGEST],
    first: usize,
    count: usize,
    weight: u32,
    sum: u64,
    /// Whether words were dropped since the start of the line.
    has_dropped: bool,
}

impl Window {
    fn new() -> Self {
        let words = [(0, 0, 0); LONGEST];
        Window { words, first: 0, count: 0, weight: 0, sum: 0, has_dropped: false }
    }

    fn clear(&mut self) {
        (self.first, self.count, self.weight, self.sum) = (0, 0, 0, 0);
        self.has_dropped = false;
    }

    /// How many words there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// What they weigh.
    pub(crate) fn weight(&self) -> u32 {
        self.weight
    }

    /// Whether they are all since the start of the line.
    pub(crate) fn is_whole(&self) -> bool {
        !self.has_dropped
    }

    /// The hash of a word and its offset; the oldest word is number 0.
    pub(crate) fn word(&self, number: usize) -> Option<(u64, usize)> {
        let (hash, _, at) = self.words[wrap(self.first + number.min(LONGEST))];
        (number < self.count).then_some((hash, at))
    }

    /// The hash of the last so many words.
    pub(crate) fn hash(&self, words: usize) -> u64 {
        let words = (self.count.saturating_sub(words)..self.count).filter_map(|at| self.word(at));
        words.fold(0, |sum, (hash, _)| sum.wrapping_mul(MULTIPLIER).wrapping_add(hash))
    }

    /// Adds a word, and gives the run that it completes.
    fn push(&mut self, hash: u64, weight: u32, at: usize, sink: &mut impl Sink) {
        if self.count == LONGEST {
            self.drop_first();
        }
        self.words[wrap(self.first + self.count)] = (hash, weight, at);
        self.count += 1;
        self.weight += weight;
        self.sum = self.sum.wrapping_mul(MULTIPLIER).wrapping_add(hash);
        while self.count > 0 && self.weight - self.words[self.first].1 >= ENOUGH {
            self.drop_first();
        }
        if self.weight >= ENOUGH {
            sink.run(mix(self.sum ^ (self.sum >> 29)), self.words[self.first].2);
        }
        sink.word(self);
    }

    fn drop_first(&mut self) {
        self.has_dropped = true;
        let (hash, weight, _) = self.words[self.first];
        self.sum = self.sum.wrapping_sub(hash.wrapping_mul(POWERS[self.count - 1]));
        self.weight -= weight;
        self.first = wrap(self.first + 1);
        self.count -= 1;
    }
}

fn wrap(place: usize) -> usize {
    if place < LONGEST { place } else { place - LONGEST }
}

/// The multiplier of FNV-1a's bigger brothers: an odd number with well-spread bits, the golden
/// ratio as a fraction of 2^64.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Its powers.
const POWERS: [u64; LONGEST] = {
    let mut powers = [1_u64; LONGEST];
    let mut at = 1;
    while at < LONGEST {
        powers[at] = powers[at - 1].wrapping_mul(MULTIPLIER);
        at += 1;
    }
    powers
};

/// ASCII letters in lower case and digits; 0 for all other bytes.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            letters[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    letters
};

/// A word being read.
struct Word {
    hash: u64,
    at: usize,
    letters: usize,
}

impl Word {
    fn add(&mut self, letter: u64) {
        self.hash = (self.hash.rotate_left(7) ^ letter).wrapping_mul(MULTIPLIER);
    }
}

/// Who takes the runs.
pub(crate) trait Sink {
    /// A run, and the offset of its first word.
    fn run(&mut self, run: u64, at: usize);

    /// One word more.
    fn word(&mut self, _window: &Window) {}

    /// The end of a line, cell or string, with its last words.
    fn end(&mut self, _window: &Window) {}

    /// Whether it wants lines too that are too short for a run.
    fn reads_short_lines(&self) -> bool {
        false
    }

    /// Whether a line is known, and need not be read again.
    fn knows(&mut self, _line: &str) -> bool {
        false
    }

    /// The line that was asked for last is read.
    fn has_read(&mut self) {}
}

impl<F: FnMut(u64, usize)> Sink for F {
    fn run(&mut self, run: u64, at: usize) {
        self(run, at);
    }
}

/// Reads text, each line by itself.
pub(crate) fn of_text(text: &str, sink: &mut impl Sink) {
    let mut reader = WordReader::new(true);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        // A run takes more bytes than that.
        let is_worth_it = line.len() > SHORTEST || sink.reads_short_lines();
        if is_worth_it && !sink.knows(line) {
            reader.text(line, at, sink);
            reader.end_run(sink);
            sink.has_read();
        }
        at += line.len();
    }
}

/// Lines of more bytes stand for themselves.
const LONGEST_SHORT_LINE: usize = 120;

/// Reads short lines as one text, whatever keeps them or their cells apart: subtitles, narrow mails, a
/// word a line. Lines without a letter and those of times tell nothing.
pub(crate) fn of_short_lines(text: &str, sink: &mut impl Sink) {
    let mut reader = WordReader::new(false);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.len() > LONGEST_SHORT_LINE {
            reader.end_run(sink);
        } else if !line.contains("-->") && line.contains(char::is_alphabetic) {
            let mut from = at;
            for cell in line.split(['|', '#']) {
                reader.text(cell, from, sink);
                reader.end_word(sink);
                from += cell.len() + 1;
            }
        }
        at += line.len();
    }
    reader.end_run(sink);
}

/// No run is shorter, in bytes: six words of three letters with a space between them.
const SHORTEST: usize = 22;

/// Reads JSON: the strings, each by itself.
pub(crate) fn of_json(json: &str, sink: &mut impl Sink) {
    let mut reader = WordReader::new(false);
    let mut at = 0;
    for string in json.split('"') {
        reader.text(&unescaped(string), at, sink);
        reader.end_run(sink);
        at += string.len() + 1;
    }
}

/// A text without the escapes that programs write in place of characters: `\u6c34`, `\n`.
pub(crate) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split('\\');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    while let Some(part) = parts.next() {
        let code = part.get(1..5).filter(|_| part.starts_with('u'));
        match code.and_then(|code| u32::from_str_radix(code, 16).ok()) {
            Some(code) => {
                plain.push(char::from_u32(code).unwrap_or(' '));
                plain.push_str(&part[5..]);
            }
            None if part.is_empty() => plain.push_str(parts.next().unwrap_or_default()),
            None => {
                plain.push(' ');
                plain.push_str(part.strip_prefix(['n', 't', 'r', 'b', 'f']).unwrap_or(part));
            }
        }
    }
    Cow::Owned(plain)
}

/// Cuts texts into words, and words into runs.
pub(crate) struct WordReader {
    window: Window,
    word: Option<Word>,
    /// Whether a line of the source is an item, a cell, a heading: in markdown and other text it
    /// mostly is, in html it is only white space.
    lines_matter: bool,
}

impl WordReader {
    pub(crate) fn new(lines_matter: bool) -> Self {
        WordReader { window: Window::new(), word: None, lines_matter }
    }

    pub(crate) fn text(&mut self, text: &str, offset: usize, sink: &mut impl Sink) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte.is_ascii() {
                let letters = &bytes[at..];
                let end = letters.iter().position(|byte| LETTERS[usize::from(*byte)] == 0);
                let letters = &letters[..end.unwrap_or(letters.len())];
                if !letters.is_empty() {
                    self.letters(letters, offset + at);
                    at += letters.len();
                    continue;
                }
                if byte == b'%'
                    && let Some((length, decoded)) = letters::from_percent(&bytes[at..])
                {
                    decoded.chars().for_each(|c| self.character(c, offset + at, sink));
                    at += length;
                    continue;
                }
                if byte == b'&' {
                    let known = entity(&text[at..]);
                    let (length, characters) = known.unwrap_or((1, [Some('&'), None]));
                    for c in characters.into_iter().flatten() {
                        self.character(c, offset + at, sink);
                    }
                    at += length;
                    continue;
                }
                if matches!(byte, b'#' | b'|') || byte == b'\n' && self.lines_matter {
                    self.end_run(sink);
                } else {
                    self.end_word(sink);
                }
                at += 1;
                continue;
            }
            let Some(c) = text[at..].chars().next() else { break };
            self.character(c, offset + at, sink);
            at += c.len_utf8();
        }
    }

    fn character(&mut self, c: char, at: usize, sink: &mut impl Sink) {
        if is_unspaced(c) && !letters::has_plainer(c) {
            self.end_word(sink);
            self.window.push(mix(u64::from(u32::from(c))), CHARACTER, at, sink);
        } else if c.is_ascii() || is_unseen(c) {
            // What nobody sees stands inside words, too.
            if c.is_ascii_alphanumeric() {
                self.letter(u64::from(u32::from(c.to_ascii_lowercase())), at);
            } else if c.is_ascii() {
                self.end_word(sink);
            }
        } else if c.is_alphanumeric() {
            for plain in letters::plain(c) {
                if is_unspaced(plain) {
                    self.end_word(sink);
                    self.window.push(mix(u64::from(u32::from(plain))), CHARACTER, at, sink);
                } else {
                    for lower in plain.to_lowercase() {
                        self.letter(u64::from(u32::from(lower)), at);
                    }
                }
            }
        } else if !letters::is_accent(c) {
            self.end_word(sink);
        }
    }

    /// ASCII letters and digits.
    fn letters(&mut self, letters: &[u8], at: usize) {
        let word = self.word.get_or_insert(Word { hash: 0, at, letters: 0 });
        word.letters += letters.len();
        for byte in letters {
            word.add(u64::from(LETTERS[usize::from(*byte)]));
        }
    }

    /// Any other letter.
    fn letter(&mut self, letter: u64, at: usize) {
        let word = self.word.get_or_insert(Word { hash: 0, at, letters: 0 });
        word.letters += 1;
        word.add(letter);
    }

    pub(crate) fn end_run(&mut self, sink: &mut impl Sink) {
        self.end_word(sink);
        sink.end(&self.window);
        self.window.clear();
    }

    pub(crate) fn end_word(&mut self, sink: &mut impl Sink) {
        if let Some(word) = self.word.take() {
            // No sentence holds a word of this length; what is left of it tells nothing.
            if word.letters > 200 {
                self.window.clear();
                return;
            }
            let weight = if word.letters > 2 { WORD } else { CHARACTER };
            self.window.push(word.hash, weight, word.at, sink);
        }
    }
}

fn mix(value: u64) -> u64 {
    (value ^ 0x5bd1_e995).wrapping_mul(MULTIPLIER)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::leak::html::of_html;

    fn text(text: &str) -> BTreeSet<u64> {
        let mut runs = BTreeSet::new();
        of_text(text, &mut |run, _| {
            runs.insert(run);
        });
        runs
    }

    fn html(text: &str) -> BTreeSet<u64> {
        let mut runs = BTreeSet::new();
        of_html(text, &mut |run, _| {
            runs.insert(run);
        });
        runs
    }

    #[test]
    fn markup_and_case_hide_nothing() {
        let source = text("Lift the **lock** from the `console` now");
        assert_eq!(source.len(), 2);
        assert!(source.is_subset(&html(
            "<p>lift the <strong>lock</strong> from the <code>Console</code> now</p>"
        )));
        let chinese = text("在控制台里可以提前给账号解锁");
        assert!(!chinese.is_empty());
        assert!(chinese.is_subset(&html("<td>在控制台里<b>可以</b>提前给账号解锁</td>")));
        let plan = text("a secret plan for the night shift");
        assert!(!plan.is_empty());
        assert!(plan.is_subset(&html("<img alt=\"a secret plan for the night shift\">")));
        assert!(html("<p>one two three</p><p>four five six</p>").is_empty());
        let named = text("le caf&eacute; est ferm&eacute; depuis No&euml;l &mdash; dit&nbsp;on");
        assert!(!named.is_empty());
        assert_eq!(named, html("<p>le café est fermé depuis Noël — dit on</p>"));
    }

    #[test]
    fn runs_are_six_words_or_twelve_characters() {
        assert!(text("one two three four five").is_empty());
        assert_eq!(text("one two three four five six").len(), 1);
        assert!(text("只有十一个字是还不够的").is_empty());
        assert_eq!(text("正好有十二个字就已经够了").len(), 1);
    }
}
