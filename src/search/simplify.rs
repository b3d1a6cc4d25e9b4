//! Traditional Chinese characters as simplified ones.
//!
//! The table is the character mapping of ICU's `Traditional-Simplified`: pairs of a character and
//! what stands for it (Unicode License v3).

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

static TABLE: LazyLock<HashMap<char, char>> = LazyLock::new(|| pairs().collect());

/// Traditional and simplified characters, sorted by the traditional one.
pub(crate) fn pairs() -> impl Iterator<Item = (char, char)> {
    let mut chars = include_str!("simplified.txt").chars();
    std::iter::from_fn(move || Some((chars.next()?, chars.next()?)))
}

/// `text` with simplified characters only.
pub(crate) fn simplify(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c >= '\u{3400}' && TABLE.contains_key(&c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| *TABLE.get(&c).unwrap_or(&c)).collect())
}

#[cfg(test)]
mod tests {
    use super::simplify;

    #[test]
    fn only_traditional_characters_change() {
        assert_eq!(simplify("登錄後顯示錯誤 404"), "登录后显示错误 404");
        assert_eq!(simplify("登录后显示错误"), "登录后显示错误");
    }
}
