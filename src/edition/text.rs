//! A text put together from files, and the way back from each of its bytes.

use std::ops::Range;
use std::sync::Arc;

use crate::article::Article;
use crate::diagnostic::Place;

/// A stretch of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
struct SourcePiece {
    /// Where it begins in the text; it ends where the next one begins.
    at: usize,
    /// The number of the file it comes from.
    source: usize,
    /// Where it begins in that file.
    from: usize,
    /// How many of its bytes stand in the file as they are. None of those that were added.
    length: usize,
}

/// A text, and where each part of it comes from.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Text {
    /// The text.
    pub body: String,
    pieces: Vec<SourcePiece>,
}

impl Text {
    /// Adds a stretch of a file.
    pub(crate) fn copy(&mut self, source: usize, article: &Article, span: Range<usize>) {
        let (at, from, length) = (self.body.len(), span.start, span.len());
        // Stretches that follow each other are one piece.
        let goes_on = |last: &&mut SourcePiece| {
            (last.source, last.length, last.from + last.length) == (source, at - last.at, from)
        };
        match self.pieces.last_mut().filter(goes_on) {
            Some(last) => last.length += length,
            None => self.pieces.push(SourcePiece { at, source, from, length }),
        }
        self.body.push_str(&article.text[span]);
    }

    /// Adds what stands in no file; what is wrong with it is wrong at `from`.
    pub(crate) fn add(&mut self, source: usize, from: usize, text: &str) {
        if !text.is_empty() {
            self.pieces.push(SourcePiece { at: self.body.len(), source, from, length: 0 });
            self.body.push_str(text);
        }
    }

    /// The stretches that stand in files as they are: where each begins in the text, the number of
    /// its file, and its place there.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = (usize, usize, Range<usize>)> {
        let copied = self.pieces.iter().filter(|piece| piece.length > 0);
        copied.map(|piece| (piece.at, piece.source, piece.from..piece.from + piece.length))
    }

    /// The file that a byte comes from, where in it, and whether it stands there as it is.
    pub(crate) fn origin(&self, offset: usize) -> (usize, usize, bool) {
        let number = self.pieces.partition_point(|piece| piece.at <= offset).saturating_sub(1);
        let Some(piece) = self.pieces.get(number) else { return (0, 0, false) };
        let inside = offset - piece.at;
        (piece.source, piece.from + inside.min(piece.length), inside < piece.length)
    }

    /// The place of a span in the file that its begin comes from.
    pub(crate) fn place(&self, span: Range<usize>, path: impl Fn(usize) -> Arc<str>) -> Place {
        let (source, start, _) = self.origin(span.start);
        let end = if span.is_empty() {
            start
        } else {
            match self.origin(span.end - 1) {
                (same, last, is_there) if same == source => last + usize::from(is_there),
                _ => start,
            }
        };
        Place { path: path(source), span: start..end.max(start) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Meta, Name};

    fn article(text: &str) -> Article {
        let name = Name { key: String::new(), language: String::new(), is_section: false };
        let (path, text) = ("a.md".into(), text.into());
        Article { path, name, origin: None, meta: Meta::default(), text, body_start: 0 }
    }

    #[test]
    fn every_byte_knows_its_place() {
        let (page, snippet) = (article("one\ntwo\nthree\n"), article("四\n五\n"));
        let mut text = Text::default();
        text.copy(0, &page, 0..4);
        for line in [0..4, 4..8] {
            text.add(1, line.start, "> ");
            text.copy(1, &snippet, line);
        }
        text.copy(0, &page, 8..14);
        assert_eq!(text.body, "one\n> 四\n> 五\nthree\n");
        let place = |span| {
            let place = text.place(span, |source| source.to_string().into());
            (place.path.to_string(), place.span)
        };
        assert_eq!(place(0..3), ("0".into(), 0..3));
        assert_eq!(place(4..4), ("1".into(), 0..0));
        assert_eq!(place(6..9), ("1".into(), 0..3));
        assert_eq!(place(12..15), ("1".into(), 4..7));
        assert_eq!(place(16..21), ("0".into(), 8..13));
        assert_eq!(place(0..21), ("0".into(), 0..13));
        assert_eq!(place(1..8), ("0".into(), 1..1));
        assert_eq!(place(99..99).0, "0");
        assert_eq!(Text::default().place(0..0, |_| "".into()).span, 0..0);
    }
}
