//! A text made of others, and the way back from each of its bytes.
//!
//! A text changes on its way to the parser: dialects become tier0's own markdown, the blocks of
//! other readers are cut, snippets are put in, and containers get a form that CommonMark reads. None
//! of that may move the place of a problem, so each change is written as [`Edit`]s of what was there
//! before, or put together piece by piece, and the result is a [`Mapped`] text.

use std::borrow::Cow;
use std::ops::Range;

/// A stretch of a text, and what stands there instead. An empty stretch is a place to insert at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit<'t> {
    /// What it takes the place of, in bytes.
    pub span: Range<usize>,
    /// What is read there.
    pub text: Cow<'t, str>,
}

impl<'t> Edit<'t> {
    /// Puts a text at a place.
    pub(crate) fn insert(at: usize, text: impl Into<Cow<'t, str>>) -> Self {
        Edit { span: at..at, text: text.into() }
    }

    /// Puts a text in the place of a stretch.
    pub(crate) fn replace(span: Range<usize>, text: impl Into<Cow<'t, str>>) -> Self {
        Edit { span, text: text.into() }
    }
}

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    /// Where it begins in the text; it ends where the next one begins.
    at: usize,
    /// The number of the text it comes from.
    source: usize,
    /// Its bytes there, or those that it stands for.
    from: Range<usize>,
    /// Whether it is written there as it is here.
    is_copy: bool,
}

/// A text, and where each part of it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Mapped {
    /// The text.
    pub body: String,
    pieces: Vec<Piece>,
}

impl Mapped {
    /// A text with edits, which are ascending and apart. Those that are not are left out.
    pub(crate) fn edited(text: &str, edits: &[Edit<'_>]) -> Self {
        let added: usize = edits.iter().map(|edit| edit.text.len()).sum();
        let mut made = Mapped { body: String::with_capacity(text.len() + added), pieces: vec![] };
        let mut at = 0;
        for Edit { span, text: instead } in edits {
            let fits = span.start >= at && span.start <= span.end;
            if fits && text.get(at..span.start).is_some() && text.get(span.clone()).is_some() {
                made.copy(0, text, at..span.start);
                made.add(0, span.clone(), instead);
                at = span.end;
            }
        }
        made.copy(0, text, at..text.len());
        made
    }

    /// Adds a stretch of a text that has a number.
    pub(crate) fn copy(&mut self, source: usize, text: &str, span: Range<usize>) {
        if span.is_empty() {
            return;
        }
        let at = self.body.len();
        self.body.push_str(&text[span.clone()]);
        // Stretches that follow each other are one piece.
        let goes_on = |last: &&mut Piece| {
            (last.source, last.is_copy, last.from.end) == (source, true, span.start)
        };
        match self.pieces.last_mut().filter(goes_on) {
            Some(last) => last.from.end = span.end,
            None => self.pieces.push(Piece { at, source, from: span, is_copy: true }),
        }
    }

    /// Adds what does not stand in a text; what is wrong with it is wrong at `from`, for which it
    /// stands.
    pub(crate) fn add(&mut self, source: usize, from: Range<usize>, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece { at: self.body.len(), source, from, is_copy: false });
            self.body.push_str(text);
        }
    }

    /// The stretches that stand in texts as they are: where each begins here, the number of its
    /// text, and its place there.
    pub(crate) fn copies(&self) -> impl Iterator<Item = (usize, usize, Range<usize>)> {
        let copied = self.pieces.iter().filter(|piece| piece.is_copy);
        copied.map(|piece| (piece.at, piece.source, piece.from.clone()))
    }

    /// The text that a byte comes from, where in it, and whether it stands there as it is.
    pub(crate) fn origin(&self, offset: usize) -> (usize, usize, bool) {
        let Some(piece) = self.piece(offset) else { return (0, 0, false) };
        let inside = offset - piece.at;
        match piece.is_copy {
            true => {
                let at = piece.from.start + inside.min(piece.from.len());
                (piece.source, at, inside < piece.from.len())
            }
            false => (piece.source, piece.from.start, false),
        }
    }

    /// The text that a span begins in, and its place there. What goes on in another text ends
    /// where it begins.
    pub(crate) fn span(&self, span: &Range<usize>) -> (usize, Range<usize>) {
        let (source, start, _) = self.origin(span.start);
        let last = span.end.checked_sub(1).filter(|last| *last >= span.start);
        let piece = last.and_then(|last| Some((last, self.piece(last)?)));
        let end = match piece.filter(|(_, piece)| piece.source == source) {
            Some((last, piece)) if piece.is_copy => {
                piece.from.start + (last + 1 - piece.at).min(piece.from.len())
            }
            Some((_, piece)) => piece.from.end,
            None => start,
        };
        (source, start..end.max(start))
    }

    /// The same text, as it comes from what `before` was made of, where `before` is its own.
    pub(crate) fn behind(self, before: &Mapped) -> Self {
        let mut made = Mapped { body: self.body, pieces: Vec::new() };
        for piece in &self.pieces {
            if !piece.is_copy {
                let (source, from) = before.span(&piece.from);
                made.pieces.push(Piece { source, from, ..piece.clone() });
                continue;
            }
            let first = before.number(piece.from.start).unwrap_or_default();
            for (number, inner) in before.pieces.iter().enumerate().skip(first) {
                let end = before.pieces.get(number + 1).map_or(before.body.len(), |next| next.at);
                let start = inner.at.max(piece.from.start);
                let end = end.min(piece.from.end);
                if start >= end {
                    break;
                }
                let from = match inner.is_copy {
                    true => {
                        let shift = inner.from.start;
                        start - inner.at + shift..end - inner.at + shift
                    }
                    false => inner.from.clone(),
                };
                let at = piece.at + start - piece.from.start;
                made.pieces.push(Piece { at, from, ..inner.clone() });
            }
        }
        made
    }

    fn number(&self, offset: usize) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.at <= offset).checked_sub(1)
    }

    fn piece(&self, offset: usize) -> Option<&Piece> {
        self.pieces.get(self.number(offset).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Random edits of a text, ascending and apart.
    fn some_edits(text: &str, mut seed: u64) -> Vec<Edit<'static>> {
        let mut next = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap_or_default() % below
        };
        let mut edits: Vec<Edit<'static>> = Vec::new();
        let mut at = 0;
        loop {
            let mut bound = |at: usize, most: usize| text.floor_char_boundary(at + next(most));
            let start = bound(at, 7).max(at);
            let end = bound(start, 4).max(start);
            let is_apart = edits.last().is_none_or(|last| last.span.end < start);
            at = text.ceil_char_boundary(end + 1);
            if at >= text.len() {
                return edits;
            }
            let instead = ["", "x", "引", "\n:::", "ab"][next(5)];
            if is_apart && (start < end || !instead.is_empty()) {
                edits.push(Edit::replace(start..end, instead));
            }
        }
    }

    const TEXT: &str = "# 标题\n\nSome *text* with 🎉\n\n:::note 提示\n- a\n- b\n:::\n\n尾\n";

    #[test]
    fn positions_are_monotone_and_those_of_what_stands_there() {
        for seed in 0..500 {
            let edits = some_edits(TEXT, seed);
            let made = Mapped::edited(TEXT, &edits);
            let mut expected = String::new();
            let mut at = 0;
            for edit in &edits {
                expected.push_str(&TEXT[at..edit.span.start]);
                expected.push_str(&edit.text);
                at = edit.span.end;
            }
            assert_eq!(made.body, expected + &TEXT[at..]);
            let mut last = 0;
            for (offset, c) in made.body.char_indices() {
                let (source, at, is_there) = made.origin(offset);
                assert!(source == 0 && at >= last, "{seed}: {offset}");
                last = at;
                let inside = edits.iter().find(|edit| edit.span.contains(&at));
                if is_there {
                    assert!(TEXT[at..].starts_with(c) && inside.is_none(), "{seed}: {offset}");
                } else {
                    let edit = edits.iter().find(|edit| edit.span.start == at).expect("an edit");
                    assert!(edit.text.contains(c), "{seed}: {offset}");
                }
                let (_, span) = made.span(&(offset..offset + c.len_utf8()));
                assert!(!is_there || span == (at..at + c.len_utf8()), "{seed}: {offset}");
                assert!(TEXT.get(span).is_some());
            }
            assert_eq!(made.span(&(0..made.body.len())).1.end, TEXT.len());
        }
    }

    #[test]
    fn edits_of_what_edits_made_are_edits_of_the_text() {
        for seed in 0..500 {
            let first = Mapped::edited(TEXT, &some_edits(TEXT, seed));
            let second = Mapped::edited(&first.body, &some_edits(&first.body, seed + 1000));
            let both = second.clone().behind(&first);
            assert_eq!(both.body, second.body);
            for offset in 0..both.body.len() {
                let (_, between, is_there) = second.origin(offset);
                let (_, at, was_there) = first.origin(between);
                if is_there {
                    assert_eq!(both.origin(offset), (0, at, was_there), "{seed}: {offset}");
                } else {
                    assert!(!both.origin(offset).2, "{seed}: {offset}");
                }
                let c = both.body[both.body.floor_char_boundary(offset)..].chars().next();
                if both.body.is_char_boundary(offset) && both.origin(offset).2 {
                    assert_eq!(TEXT[both.origin(offset).1..].chars().next(), c);
                }
            }
        }
    }

    #[test]
    fn edits_that_overlap_are_left_out() {
        let edits = [
            Edit::replace(1..3, "x"),
            Edit::replace(2..4, "y"),
            Edit::insert(9, "z"),
            Edit::insert(4, "!"),
        ];
        assert_eq!(Mapped::edited("abcdef", &edits).body, "axd!ef");
        assert_eq!(Mapped::edited("引", &[Edit::insert(1, "x")]).body, "引");
    }

    #[test]
    fn every_byte_knows_its_place() {
        let (page, snippet) = ("one\ntwo\nthree\n", "四\n五\n");
        let mut text = Mapped::default();
        text.copy(0, page, 0..4);
        for line in [0..4, 4..8] {
            text.add(1, line.start..line.start, "> ");
            text.copy(1, snippet, line);
        }
        text.copy(0, page, 8..14);
        assert_eq!(text.body, "one\n> 四\n> 五\nthree\n");
        for (span, place) in [
            (0..3, (0, 0..3)),
            (4..4, (1, 0..0)),
            (6..9, (1, 0..3)),
            (12..15, (1, 4..7)),
            (16..21, (0, 8..13)),
            (0..21, (0, 0..13)),
            (1..8, (0, 1..1)),
        ] {
            assert_eq!(text.span(&span), place, "{span:?}");
        }
        assert_eq!(text.span(&(99..99)).0, 0);
        assert_eq!(Mapped::default().span(&(0..0)), (0, 0..0));
    }
}
