//! The leak gate: proof that nothing an edition excludes is in its output.
//!
//! 1. [`shingles`] cuts text into runs of a few words.
//! 2. [`short`] keeps the lines of blocks that are too short for a run.
//! 3. [`Gate::new`] keeps the runs and lines that only excluded articles and blocks have.
//! 4. [`Gate::sweep`] looks for them in a finished file and in its name.
//!
//! The stages in front of it already select before anything is computed; the gate does not trust
//! them. It also catches what people copy by hand: into a static file, an attachment, the output.
//! A public page, the configuration and the theme are what the edition shows: it cannot judge them.

mod encoding;
mod html;
mod letters;
mod lines;
mod shingles;
mod short;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use lines::LineSet;
use shingles::{Sink, Window};

use crate::diagnostic::{Code, Diagnostic};
use crate::mutation::{Policy, off};

/// A stretch of text that an edition must not show.
#[derive(Debug, Clone)]
pub(crate) struct Excluded<'a> {
    /// File it stands in.
    pub path: &'a Arc<str>,
    /// Text of the file.
    pub text: &'a str,
    /// The stretch.
    pub span: Range<usize>,
    /// Where it begins in the file, which may be written in a dialect.
    pub start: usize,
    /// The part of it that is text of its own: without fences, without front matter.
    pub words: Range<usize>,
}

/// Where a run of words stands: number of the excluded stretch, and offset in its file.
type Origin = (u32, u32);

/// Runs that only excluded text has.
#[derive(Debug)]
pub(crate) struct Gate {
    runs: Runs,
    short: short::ShortLines<Origin>,
    sources: Vec<(Arc<str>, usize)>,
    /// Lines without a find: of text, and of markup, which are read in another way.
    clean: [LineSet; 2],
    /// The same of markup that is read as other programs write it.
    loose: LineSet,
}

/// Looks for runs.
struct LeakSearch<'a> {
    runs: &'a Runs,
    short: &'a short::ShortLines<Origin>,
    lines: &'a LineSet,
    /// Hash of the line being read.
    line: u64,
    /// Whether the first find ends the search.
    goes_on: bool,
    found: Vec<(u64, Origin)>,
    found_short: Vec<(short::Line, Origin)>,
}

impl<'a> LeakSearch<'a> {
    fn new(runs: &'a Runs, short: &'a short::ShortLines<Origin>, lines: &'a LineSet) -> Self {
        let (found, found_short) = (Vec::new(), Vec::new());
        LeakSearch { runs, short, lines, line: 0, goes_on: false, found, found_short }
    }

    fn wants_more(&self) -> bool {
        self.goes_on || self.found.is_empty() && self.found_short.is_empty()
    }

    /// What was found first: where it comes from.
    fn origin(&self) -> Option<Origin> {
        let short = self.found_short.first().map(|(_, origin)| *origin);
        self.found.first().map(|(_, origin)| *origin).or(short)
    }
}

impl Sink for LeakSearch<'_> {
    fn run(&mut self, run: u64, _: usize) {
        if self.wants_more()
            && let Some(origin) = self.runs.get(run)
        {
            self.found.push((run, origin));
        }
    }

    fn word(&mut self, window: &Window) {
        if self.wants_more() {
            self.found_short.extend(self.short.find(window, false, self.goes_on));
        }
    }

    fn end(&mut self, window: &Window) {
        if self.wants_more() {
            self.found_short.extend(self.short.find(window, true, self.goes_on));
        }
    }

    fn reads_short_lines(&self) -> bool {
        !self.short.is_empty()
    }

    fn knows(&mut self, line: &str) -> bool {
        self.line = lines::hash(line);
        self.lines.knows(self.line)
    }

    fn has_read(&mut self) {
        // A line with a find is read in each file that holds it.
        if self.wants_more() {
            self.lines.remember(self.line);
        }
    }
}

/// Runs by their hashes. Nearly all that are asked for are not there, and the table is larger than
/// what a processor keeps at hand; a few bits for each run answer most questions.
#[derive(Debug)]
struct Runs {
    origins: HashMap<u64, Origin, BuildHasherDefault<Identity>>,
    bits: Vec<u64>,
}

/// Bits for each run.
const BITS: usize = 16;

impl Runs {
    /// Where the same run stands twice, the first place counts.
    fn new(found: Vec<Vec<(u64, Origin)>>) -> Self {
        let count = found.iter().map(Vec::len).sum();
        let mut origins = HashMap::with_capacity_and_hasher(count, BuildHasherDefault::default());
        let mut bits = vec![0; (count * BITS).next_power_of_two().div_ceil(64)];
        for (run, origin) in found.into_iter().flatten() {
            origins.entry(run).or_insert(origin);
            let (word, bit) = place(run, bits.len());
            bits[word] |= bit;
        }
        Runs { origins, bits }
    }

    fn get(&self, run: u64) -> Option<Origin> {
        let (word, bit) = place(run, self.bits.len());
        if self.bits[word] & bit == 0 {
            return None;
        }
        self.origins.get(&run).copied()
    }
}

/// Where the bit of a run lies in so many words; their number is a power of two.
fn place(run: u64, words: usize) -> (usize, u64) {
    // The table looks at the lowest and the highest bits of the hash.
    let bit = (run >> 16) as usize & (words * 64 - 1);
    (bit / 64, 1 << (bit % 64))
}

/// Keys are hashes already.
#[derive(Debug, Default)]
struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

impl Gate {
    /// Keeps the runs and short lines of `excluded` that none of the `included` texts has. None if
    /// there is nothing to keep apart.
    pub(crate) fn new<'a>(
        excluded: &[Excluded<'a>],
        included: impl IntoParallelIterator<Item = &'a str>,
    ) -> Option<Self> {
        let runs_of = |(number, stretch): (usize, &Excluded<'_>)| {
            let text = stretch.text.get(stretch.span.clone()).unwrap_or_default();
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            let mut found = Vec::new();
            shingles::of_text(text, &mut |run, at| {
                found.push((run, (number, u32::try_from(at).unwrap_or(u32::MAX))));
            });
            found
        };
        let mut runs = Runs::new(excluded.par_iter().enumerate().map(runs_of).collect());
        let mut short = short::ShortLines::new(excluded.iter().enumerate().flat_map(short_lines));
        if excluded.is_empty() {
            return None;
        }
        // What is written plainly is the same in the source and on the page.
        let read = LineSet::new();
        let shared: Vec<_> = included
            .into_par_iter()
            .map(|text| {
                let mut search = LeakSearch::new(&runs, &short, &read);
                search.goes_on = true;
                shingles::of_text(text, &mut search);
                (search.found, search.found_short)
            })
            .filter(|(runs, lines)| !runs.is_empty() || !lines.is_empty())
            .collect();
        for (run, _) in shared.iter().flat_map(|(runs, _)| runs) {
            runs.origins.remove(run);
        }
        let lines = shared.iter().flat_map(|(_, lines)| lines).map(|(line, _)| *line);
        short.remove(lines);
        let sources =
            excluded.iter().map(|stretch| (Arc::clone(stretch.path), stretch.start)).collect();
        Some(Gate {
            runs,
            short,
            sources,
            clean: [LineSet::new(), LineSet::new()],
            loose: LineSet::new(),
        })
    }

    /// Looks for excluded text in a file that tier0 has made and in its name. The first find is
    /// enough: the output is refused anyway.
    pub(crate) fn sweep(&self, path: &str, bytes: &[u8]) -> Option<Diagnostic> {
        self.look(path, bytes, false)
    }

    /// The same; what other programs have written (`is_foreign`) is read in their ways, too.
    fn look(&self, path: &str, bytes: &[u8], is_foreign: bool) -> Option<Diagnostic> {
        let mut look = LeakSearch::new(&self.runs, &self.short, &self.clean[0]);
        shingles::of_text(path, &mut look);
        for text in encoding::texts(bytes, is_foreign) {
            if off(Policy::GateFiles) {
                break;
            }
            let text = &*text;
            if is_markup(path) {
                look.lines = &self.clean[1];
                html::of_html(text, &mut look);
                if is_foreign {
                    look.lines = &self.loose;
                    html::of_loose_html(text, &mut look);
                }
            } else if path.ends_with(".json") {
                shingles::of_json(text, &mut look);
            } else {
                look.lines = &self.clean[0];
                shingles::of_text(text, &mut look);
                if is_foreign {
                    shingles::of_short_lines(text, &mut |run, at| look.run(run, at));
                }
                if is_foreign && text.contains("</") {
                    look.lines = &self.loose;
                    html::of_loose_html(text, &mut look);
                }
                // Scripts and notebooks: the same text, in other letters.
                if text.contains("\\u") {
                    shingles::of_text(&shingles::unescaped(text), &mut look);
                }
            }
        }
        let (number, at) = look.origin()?;
        let (source, start) = self.sources.get(number as usize)?;
        let at = start + at as usize;
        Some(Diagnostic::at(Code::Leak, source, at..at + 1).with_both(
            "target",
            format!("`{path}`"),
            format!("文件 `{path}` "),
        ))
    }
}

/// The lines of a stretch that is too short for a run. Offsets count from the start of the stretch.
fn short_lines((number, stretch): (usize, &Excluded<'_>)) -> Vec<(short::Line, Origin)> {
    let mut lines = short::Collector::default();
    let words = stretch.text.get(stretch.words.clone()).unwrap_or_default();
    shingles::of_text(words, &mut lines);
    let before = stretch.words.start - stretch.span.start.min(stretch.words.start);
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    let at = |at: usize| u32::try_from(before + at).unwrap_or(u32::MAX);
    lines.lines().into_iter().map(|(line, offset)| (line, (number, at(offset)))).collect()
}

/// Bytes of a large file that are looked at together.
const WINDOW: usize = 1 << 20;
/// Bytes that are looked at twice, so that no run is cut in two.
const OVERLAP: usize = 1 << 16;

impl Gate {
    /// [`Gate::sweep`] for a file of any size. What is larger than a window is looked at in parts;
    /// each that is text is read, also between others that are not.
    ///
    /// # Errors
    /// If the file cannot be read to its end.
    pub(crate) fn sweep_stream(
        &self,
        path: &str,
        file: &mut dyn Read,
    ) -> io::Result<Option<Diagnostic>> {
        let mut window = Vec::new();
        // What the first part says of the others: the mark of UTF-16, and whether it is written there.
        let mut mark: Option<([u8; 2], bool)> = None;
        loop {
            let kept = window.len();
            let read = (&mut *file).take(WINDOW as u64).read_to_end(&mut window)?;
            if read == 0 && kept > 0 {
                return Ok(None);
            }
            if kept == 0 && read == WINDOW {
                mark = encoding::mark(&window);
            }
            let end = whole_characters(&window);
            let mut found = self.look(path, &window[..end], true);
            // What only looks like UTF-16 may be something else, too.
            if let Some((mark, false)) = mark {
                let marked = [&mark, window.as_slice()].concat();
                found = found.or_else(|| self.look(path, &marked, true));
            }
            if found.is_some() {
                return Ok(found);
            }
            if read < WINDOW {
                return Ok(None);
            }
            // Windows have an even length, so characters of two bytes stay whole.
            let mut from = window.len() - OVERLAP;
            while mark.is_none() && window.get(from).is_some_and(|byte| byte & 0xc0 == 0x80) {
                from += 1;
            }
            window.drain(..from);
            if let Some((mark, true)) = mark {
                window.splice(..0, mark);
            }
        }
    }
}

/// Where the last character ends that is there as a whole.
fn whole_characters(bytes: &[u8]) -> usize {
    let tail = bytes.len().saturating_sub(4);
    let start = (tail..bytes.len()).rev().find(|at| bytes[*at] & 0xc0 != 0x80);
    let is_cut = |at: usize| {
        std::str::from_utf8(&bytes[at..]).is_err_and(|error| error.error_len().is_none())
    };
    start.filter(|at| is_cut(*at)).unwrap_or(bytes.len())
}

fn is_markup(path: &str) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    matches!(ending.as_str(), "html" | "htm" | "xhtml" | "svg" | "xml" | "rss" | "atom")
}
