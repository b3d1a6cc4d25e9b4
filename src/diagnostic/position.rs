//! Byte offsets to lines and columns, as people count them.

use super::Texts;
use crate::text::lines::lines;

/// A line and a column, both from 1. People count characters, so Chinese and tabs are one each; editors
/// that speak to language servers count units of UTF-16, of which an emoji has two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// From 1, in units of UTF-16.
    pub utf16_column: usize,
}

impl Position {
    /// The first character of a text.
    const START: Position = Position { line: 1, column: 1, utf16_column: 1 };
}

/// Where a byte offset lies. An offset past the end or inside a character is moved back.
pub(crate) fn locate(text: &str, offset: usize) -> Position {
    let offset = floor_boundary(text, offset);
    let (mut line, mut start) = (1, 0);
    for (at, text) in lines(text) {
        if at + text.len() > offset || !text.ends_with(['\n', '\r']) {
            break;
        }
        (line, start) = (line + 1, at + text.len());
    }
    let before = &text[start..offset];
    let (column, utf16_column) = (before.chars().count() + 1, before.encode_utf16().count() + 1);
    Position { line, column, utf16_column }
}

/// Finds many places, each from the one before it where that is near: problems come in the order of
/// the files, and counting from the top for each of them would take the square of their number.
pub(crate) struct Locator<'a> {
    texts: &'a dyn Texts,
    path: String,
    text: &'a str,
    offset: usize,
    at: Position,
}

impl<'a> Locator<'a> {
    /// Looks nothing up yet.
    pub(crate) fn new(texts: &'a dyn Texts) -> Self {
        Locator { texts, path: String::new(), text: "", offset: 0, at: Position::START }
    }

    /// As [`locate`].
    pub(crate) fn locate(&mut self, path: &str, offset: usize) -> Position {
        if self.path != path {
            let text = self.texts.text(path).unwrap_or("");
            (self.path, self.text) = (path.to_owned(), text);
            (self.offset, self.at) = (0, Position::START);
        }
        let offset = floor_boundary(self.text, offset);
        if offset < self.offset {
            (self.offset, self.at) = (0, Position::START);
        }
        self.at = self.behind(offset);
        self.offset = offset;
        self.at
    }

    /// Where an offset of the same file lies, if it is not before the place found last; otherwise
    /// that place. The next search goes on from there all the same: places may lie in each other.
    pub(crate) fn behind(&self, offset: usize) -> Position {
        let offset = floor_boundary(self.text, offset).max(self.offset);
        let found = locate(&self.text[self.offset..], offset - self.offset);
        let line = self.at.line + found.line - 1;
        if found.line > 1 {
            return Position { line, ..found };
        }
        Position {
            line,
            column: self.at.column + found.column - 1,
            utf16_column: self.at.utf16_column + found.utf16_column - 1,
        }
    }
}

/// The nearest character boundary at or before an offset.
pub(crate) fn floor_boundary(text: &str, offset: usize) -> usize {
    text.floor_char_boundary(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "标题\n\t错误 🔑x\n";
        let at = |line, column, utf16_column| Position { line, column, utf16_column };
        assert_eq!(locate(text, 0), at(1, 1, 1));
        assert_eq!(locate(text, text.find('x').unwrap()), at(2, 6, 7));
        assert_eq!(locate(text, 9_999), at(3, 1, 1));
        let text = "a\r\nb\rcd";
        let line = |at| locate(text, at).line;
        assert_eq!([line(1), line(2), line(3), line(4), line(5), line(6)], [1, 1, 2, 2, 3, 3]);
        assert_eq!(locate(text, 6).column, 2);
    }

    #[test]
    fn places_in_a_row_are_those_found_one_by_one() {
        struct One(&'static str);
        impl Texts for One {
            fn text(&self, _: &str) -> Option<&str> {
                Some(self.0)
            }
        }
        let text = One("标题\n\t错🔑误\rx\r\n\nend");
        let mut locator = Locator::new(&text);
        for offset in (0..30).chain([4, 2, 9, 0]) {
            assert_eq!(locator.locate("a", offset), locate(text.0, offset), "{offset}");
            assert_eq!(locator.behind(offset + 5), locate(text.0, offset + 5), "{offset}");
            assert_eq!(locator.behind(0), locate(text.0, offset), "{offset}");
        }
    }
}
