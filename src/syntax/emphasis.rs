//! Emphasis beside characters of East Asia.
//!
//! CommonMark tells opening marks from closing ones by the spaces around words and punctuation.
//! Texts in Chinese and Japanese have none, and Korean ones none between a word and its particle:
//! `**重点：**后文` would be plain asterisks. So here the rule is the one that has been proposed to
//! CommonMark and that other parsers follow: a run of `*`, or `~~`, with no space on either side may
//! open and close if a character of East Asia stands on one of them. `_` works inside no word of any
//! script.
//!
//! The parser knows no such rule. But a run between two marks of punctuation may open and close,
//! so a symbol is put between it and whatever is none.

use crate::text::cjk::{is_han, is_hangul, is_kana, is_of_east_asia};

/// Where symbols belong, ascending.
pub(super) fn places(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut places = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['*', '~']) {
        let mark = bytes[at + found];
        let mut start = at + found;
        let end = start + bytes[start..].iter().take_while(|byte| **byte == mark).count();
        at = end;
        let escapes = bytes[..start].iter().rev().take_while(|byte| **byte == b'\\').count();
        start += escapes % 2;
        if start == end || mark == b'~' && end - start != 2 {
            continue;
        }
        let (Some(before), Some(after)) = (before(text, start), text[end..].chars().next()) else {
            continue;
        };
        let is_apart = text[..start].ends_with(char::is_whitespace) || after.is_whitespace();
        let is_inside_word = is_letter(before) && is_letter(after);
        if is_apart || is_inside_word || !(is_asian(before) || is_asian(after)) {
            continue;
        }
        // `~~` may open wherever no space follows.
        if mark == b'*' && !before.is_ascii_punctuation() {
            places.push(start);
        }
        if !after.is_ascii_punctuation() {
            places.push(end);
        }
    }
    places
}

/// The character before a place, without what only selects one of its forms.
fn before(text: &str, at: usize) -> Option<char> {
    let is_selector = |c: &char| matches!(c, '\u{fe00}'..='\u{fe0e}' | '\u{e0100}'..='\u{e01ef}');
    text[..at].chars().rev().find(|c| !is_selector(c))
}

/// A letter or digit of a script that is met often: to the parser it is no punctuation.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || is_han(c) || is_kana(c) || is_hangul(c)
}

/// A letter, a mark of punctuation or a symbol of East Asia, and the quotation marks, dashes and dots
/// that it shares with others.
fn is_asian(c: char) -> bool {
    is_of_east_asia(c) || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}')
}

#[cfg(test)]
mod tests {
    use crate::syntax::mask::mask;
    use pulldown_cmark::{Event, Options, Tag, TagEnd};

    /// A line with its emphasis in brackets, as far as it was read as such.
    fn read(text: &str) -> String {
        let masked = mask(text);
        let mut read = String::new();
        for (event, _) in masked.events(Options::ENABLE_STRIKETHROUGH) {
            match event {
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => read.push('['),
                Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {
                    read.push(']');
                }
                Event::Text(text) | Event::Code(text) => read.push_str(&masked.original(&text)),
                _ => {}
            }
        }
        read
    }

    #[test]
    fn marks_are_read_beside_scripts_of_east_asia() {
        for (text, expected) in [
            // Chinese, and what stands between it and other scripts.
            ("**重点：**后文", "[重点：]后文"),
            ("前文**“重点”**后文", "前文[“重点”]后文"),
            ("前文**（重点）**，后文", "前文[（重点）]，后文"),
            ("**注意：**API", "[注意：]API"),
            ("x**“引”**", "x[“引”]"),
            ("（见**表：**3）", "（见[表：]3）"),
            ("后文**`代码`**后文", "后文[代码]后文"),
            ("设为*是*，而", "设为[是]，而"),
            ("，**后**文，*是*，x，*否*。", "，[后]文，[是]，x，[否]。"),
            ("**重点：**和**“重启”**", "[重点：]和[“重启”]"),
            ("**a：***b*", "[a：][b]"),
            // Japanese and Korean.
            ("**この文。**次の文", "[この文。]次の文"),
            ("前の**「文」**です", "前の[「文」]です"),
            ("**ﾃｽﾄ｡**ﾃｽﾄ", "[ﾃｽﾄ｡]ﾃｽﾄ"),
            ("**이 별표(이 괄호)**이 문장", "[이 별표(이 괄호)]이 문장"),
            ("패키지를 **`npm`**를 실행", "패키지를 [npm]를 실행"),
            // Symbols, emoji, characters outside the first plane, selectors.
            ("完成**🎉**了", "完成[🎉]了"),
            ("**价格：€**起", "[价格：€]起"),
            ("**重点：**𠮷野家", "[重点：]𠮷野家"),
            ("𠮷**（注）**𠮷", "𠮷[（注）]𠮷"),
            ("**𠮷。**é", "[𠮷。]é"),
            ("葛\u{e0100}**（注）**后", "葛\u{e0100}[（注）]后"),
            ("⚠️**（注）**⚠️", "⚠️[（注）]⚠️"),
            // Struck out.
            ("~~旧方法（已废弃）。~~这个", "[旧方法（已废弃）。]这个"),
            ("前~~（旧）~~后", "前[（旧）]后"),
            ("~~이 텍스트(괄호)~~를", "[이 텍스트(괄호)]를"),
            // Underscores work between words, as everywhere.
            ("见_重点_，_“引”_。", "见_重点_，[“引”]。"),
            ("参数max_size_mb的值", "参数max_size_mb的值"),
            // What was no emphasis is none.
            ("2 * 3 ** 4 后 * 文", "2 * 3 ** 4 后 * 文"),
            ("\\*（后）*", "*（后）*"),
            ("a**(b)**c", "a**(b)**c"),
            ("a**🎉**c", "a**🎉**c"),
            ("3~5天，周一~周五", "3~5天，周一~周五"),
            ("**`a`**b", "**a**b"),
        ] {
            assert_eq!(read(text), expected);
        }
    }
}
