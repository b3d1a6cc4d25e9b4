//! Byte offsets to lines and columns, as people count them.

use super::Texts;

/// A line and a column, both from 1. Columns count characters, so Chinese and tabs are one each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// Where a byte offset lies. An offset past the end or inside a character is moved back.
pub(crate) fn locate(text: &str, offset: usize) -> Position {
    let offset = floor_boundary(text, offset);
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: before.bytes().filter(|b| *b == b'\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
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
        let at = Position { line: 1, column: 1 };
        Locator { texts, path: String::new(), text: "", offset: 0, at }
    }

    /// As [`locate`].
    pub(crate) fn locate(&mut self, path: &str, offset: usize) -> Position {
        let start = Position { line: 1, column: 1 };
        if self.path != path {
            let text = self.texts.text(path).unwrap_or("");
            (self.path, self.text) = (path.to_owned(), text);
            (self.offset, self.at) = (0, start);
        }
        let offset = floor_boundary(self.text, offset);
        if offset < self.offset {
            (self.offset, self.at) = (0, start);
        }
        self.at = self.behind(offset);
        self.offset = offset;
        self.at
    }

    /// Where an offset of the same file lies, if it is not before the place found last; otherwise
    /// that place. The next search goes on from there all the same: places may lie in each other.
    pub(crate) fn behind(&self, offset: usize) -> Position {
        let offset = floor_boundary(self.text, offset).max(self.offset);
        let Position { line, column } = locate(&self.text[self.offset..], offset - self.offset);
        let column = if line == 1 { self.at.column + column - 1 } else { column };
        Position { line: self.at.line + line - 1, column }
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
        let text = "标题\n\t错误 x\n";
        assert_eq!(locate(text, 0), Position { line: 1, column: 1 });
        assert_eq!(locate(text, text.find('x').unwrap()), Position { line: 2, column: 5 });
        assert_eq!(locate(text, 9_999), Position { line: 3, column: 1 });
    }

    #[test]
    fn places_in_a_row_are_those_found_one_by_one() {
        struct One(&'static str);
        impl Texts for One {
            fn text(&self, _: &str) -> Option<&str> {
                Some(self.0)
            }
        }
        let text = One("标题\n\t错误 x\n\nend");
        let mut locator = Locator::new(&text);
        for offset in (0..30).chain([4, 2, 9, 0]) {
            assert_eq!(locator.locate("a", offset), locate(text.0, offset), "{offset}");
            assert_eq!(locator.behind(offset + 5), locate(text.0, offset + 5), "{offset}");
            assert_eq!(locator.behind(0), locate(text.0, offset), "{offset}");
        }
    }
}
