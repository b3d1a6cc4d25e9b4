//! Byte offsets to lines and columns, as people count them.

/// A line and a column, both from 1. Columns count characters, so Chinese and tabs are one each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

/// Where a byte offset lies. An offset past the end or inside a character is moved back.
pub fn locate(text: &str, offset: usize) -> Position {
    let offset = floor_boundary(text, offset);
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    Position {
        line: before.bytes().filter(|b| *b == b'\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

/// The line around an offset, without its line break.
pub fn line_at(text: &str, offset: usize) -> &str {
    let offset = floor_boundary(text, offset);
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    text[start..end].trim_end_matches('\r')
}

/// The nearest character boundary at or before an offset.
pub fn floor_boundary(text: &str, offset: usize) -> usize {
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
        assert_eq!(line_at(text, text.find('x').unwrap()), "\t错误 x");
        assert_eq!(locate(text, 9_999), Position { line: 3, column: 1 });
    }
}
