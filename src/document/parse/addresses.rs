//! Bare addresses in text: of the web (`https://…`, `www.…`) and of mail.
//!
//! An address of the web runs to the next blank, quote or punctuation of Chinese. Letters of all
//! scripts belong to it. Chinese and Japanese put no blank before the words that follow an address:
//! their letters belong to it where its own part is written in them, or begins.

use std::borrow::Cow;

use crate::text::cjk::is_unspaced;

const SCHEMES: [&str; 3] = ["https://", "http://", "www."];

/// Where a bare address leads.
pub(super) fn target(address: &str) -> Cow<'_, str> {
    if begins_with(address, "www.") {
        Cow::Owned(format!("https://{address}"))
    } else if SCHEMES.iter().any(|scheme| begins_with(address, scheme)) {
        Cow::Borrowed(address)
    } else {
        Cow::Owned(format!("mailto:{address}"))
    }
}

/// The next bare address, from its first byte to behind its last.
///
/// An address that goes on to the end of the text is read once: what looks like the start of one
/// and is none ends at once, by the character before it or by its host.
pub(super) fn find(text: &str) -> Option<(usize, usize)> {
    text.match_indices(['h', 'H', 'w', 'W', '@']).find_map(|(at, begin)| match begin {
        "@" => mail(text, at),
        _ => web(text, at),
    })
}

fn web(text: &str, start: usize) -> Option<(usize, usize)> {
    let scheme = SCHEMES.iter().find(|scheme| begins_with(&text[start..], scheme))?;
    let glued = text[..start]
        .chars()
        .next_back()
        .is_some_and(|c| c.is_ascii_alphanumeric() || "/_=@.".contains(c));
    if glued || !has_host(&text[start..], scheme) {
        return None;
    }
    let length = Reader::default().read(&text[start..], |_| true);
    Some((start, start + trim(&text[start..start + length]).len()))
}

fn begins_with(text: &str, scheme: &str) -> bool {
    text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// Whether an address has a host with a point in it. `http://localhost` is an example mostly.
fn has_host(address: &str, scheme: &str) -> bool {
    let is_host = |c: char| c.is_alphanumeric() || !c.is_ascii() || "-._".contains(c);
    let mut reader = Reader::default();
    reader.read(scheme, |_| true);
    let host = &address[scheme.len()..];
    let host = host[..reader.read(host, is_host)].trim_end_matches(['.', '_']);
    host.starts_with(char::is_alphanumeric) && host.contains('.')
}

/// What an address has said so far.
#[derive(Default)]
struct Reader {
    /// The last two characters.
    last: [char; 2],
    /// Whether the part being read holds letters of Chinese or Japanese.
    is_unspaced: bool,
}

impl Reader {
    /// How much of a text belongs to the address, of what is wanted.
    fn read(&mut self, text: &str, wanted: impl Fn(char) -> bool) -> usize {
        let end = text.char_indices().find(|(_, c)| !wanted(*c) || !self.takes(*c));
        end.map_or(text.len(), |(at, _)| at)
    }

    fn takes(&mut self, c: char) -> bool {
        let [before, last] = self.last;
        if is_unspaced(c) {
            let is_start = "/=#?&-_%.@+".contains(last) || last == '(' && before == '_';
            if !is_start && !self.is_unspaced {
                return false;
            }
            self.is_unspaced = true;
        } else if c.is_ascii() {
            if !c.is_ascii_alphanumeric() && !"-._~:/?#[]@!$&'()*+,;=%".contains(c) {
                return false;
            }
            // Words may follow these.
            self.is_unspaced &= !"/?#&=.,;:!)".contains(c);
        } else if is_mark(c) {
            return false;
        }
        self.last = [last, c];
        true
    }
}

/// Whether a character beyond ASCII is white space or sets sentences apart.
fn is_mark(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || !c.is_alphanumeric()
            && matches!(c,
                '\u{80}'..='\u{bf}'
                | '\u{2000}'..='\u{200b}' | '\u{200e}'..='\u{206f}'
                | '\u{3000}'..='\u{303f}' | '\u{30fb}'
                | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe6f}'
                | '\u{ff00}'..='\u{ffef}'
                | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' | '\u{964}' | '\u{965}')
}

/// Punctuation at the end belongs to the sentence; a closing bracket only if none opens it.
fn trim(address: &str) -> &str {
    let count = |wanted: u8| address.bytes().filter(|byte| *byte == wanted).count();
    // Brackets of either kind that are open and closed in what is left of the address.
    let mut round = [count(b'('), count(b')')];
    let mut square = [count(b'['), count(b']')];
    let mut trimmed = address;
    while let Some(last) = trimmed.bytes().next_back() {
        match last {
            b'.' | b',' | b':' | b';' | b'!' | b'?' | b'\'' | b'*' | b'_' | b'~' => {}
            b'(' => round[0] -= 1,
            b'[' => square[0] -= 1,
            b')' if round[1] > round[0] => round[1] -= 1,
            b']' if square[1] > square[0] => square[1] -= 1,
            _ => break,
        }
        trimmed = &trimmed[..trimmed.len() - 1];
    }
    trimmed
}

/// An address of mail around an `@`. Where more of the kind follows it is the name of something else:
/// `git@a.example:b`, `@you@a.example`, `icon@2x.png`.
fn mail(text: &str, at: usize) -> Option<(usize, usize)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || ".-_+".contains(c);
    let before = text[..at].trim_end_matches(is_name);
    let name = text[before.len()..at].trim_start_matches(['.', '-', '_', '+']);
    let host = &text[at + 1..];
    let end = host.find(|c: char| !(c.is_ascii_alphanumeric() || "-.".contains(c)));
    let behind = end.map_or("", |end| &host[end..]);
    let host = host[..end.unwrap_or(host.len())].trim_end_matches(['.', '-']);
    let (_, top) = host.rsplit_once('.')?;
    let goes_on = behind.starts_with(['@', '_', '/'])
        || behind.starts_with(':') && behind[1..].starts_with(|c: char| !c.is_whitespace());
    let is_host = top.len() > 1
        && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        && host.starts_with(|c: char| c.is_ascii_alphabetic())
        && !host.contains("..");
    let is_mail = !name.is_empty()
        && !name.ends_with('.')
        && !before.ends_with(['@', '/', ':', '='])
        && is_host
        && !goes_on;
    is_mail.then(|| (at - name.len(), at + 1 + host.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut shown = String::new();
        let mut rest = text;
        while let Some((start, end)) = find(rest) {
            shown.push_str(&rest[..start]);
            shown.push_str(&format!("<{}>", &rest[start..end]));
            rest = &rest[end..];
        }
        shown + rest
    }

    #[test]
    fn letters_of_all_scripts_belong_to_an_address() {
        for whole in [
            "https://de.a.b/wiki/Köln",
            "https://de.a.b/wiki/Ko\u{308}ln",
            "https://hi.a.b/wiki/हिन्दी",
            "https://fa.a.b/می\u{200c}خواهم",
            "https://ko.a.b/wiki/서울?검색=값",
            "https://ru.a.b/Москва#История",
            "https://zh.a.b/wiki/北京",
            "https://zh.a.b/wiki/北京_(消歧义)",
            "https://zh.a.b/wiki/Python_(编程语言)",
            "https://zh.a.b/第2章/路径?x=值&y=第3",
            "https://a.b/@用户/🎉",
            "https://a.b/%E4%BD%A0",
            "https://例子.中国/",
            "www.例子.中国",
            "HTTPS://A.example/ü",
            "https://a.b/#锚点",
        ] {
            assert_eq!(shown(whole), format!("<{whole}>"));
        }
    }

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        for (text, expected) in [
            ("见https://a.cn/b?c=1。然后", "见<https://a.cn/b?c=1>。然后"),
            ("官网https://a.cn/b说明", "官网<https://a.cn/b>说明"),
            ("官网https://a.cn说明", "官网<https://a.cn>说明"),
            ("（https://a.cn/路径）", "（<https://a.cn/路径>）"),
            (
                "「https://a.cn/路径」、https://b.cn/，",
                "「<https://a.cn/路径>」、<https://b.cn/>，",
            ),
            ("https://a.cn/路径/b说明", "<https://a.cn/路径/b>说明"),
            ("https://a.cn/北京_(城市)然后", "<https://a.cn/北京_(城市)>然后"),
            ("https://a.cn(说明)", "<https://a.cn>(说明)"),
            ("“https://a.b/é” «https://a.b/é»", "“<https://a.b/é>” «<https://a.b/é>»"),
            ("https://a.b/x؟ https://a.b/हि। ", "<https://a.b/x>؟ <https://a.b/हि>। "),
            ("https://a.b/x\u{3000}y", "<https://a.b/x>\u{3000}y"),
            ("(www.a.com/x_(y)).", "(<www.a.com/x_(y)>)."),
            ("http://a.b/x([y])]..)", "<http://a.b/x([y])>]..)"),
        ] {
            assert_eq!(shown(text), expected);
        }
        for none in [
            "www.www.",
            "http://localhost and http:// and xhttp://a.b",
            "http://localhost。a.b",
            "http://localhost说明a.b",
        ] {
            assert_eq!(shown(none), none);
        }
    }

    #[test]
    fn addresses_of_mail_are_told_from_other_names() {
        for (text, expected) in [
            ("邮箱support@a.example。", "邮箱<support@a.example>。"),
            ("(first.last+tag@mail.a-b.example).", "(<first.last+tag@mail.a-b.example>)."),
            ("写信到 a@b.cn或者", "写信到 <a@b.cn>或者"),
            ("To: a@b.cn: now", "To: <a@b.cn>: now"),
            ("https://a.b/@c@d.ef x@y.zz", "<https://a.b/@c@d.ef> <x@y.zz>"),
        ] {
            assert_eq!(shown(text), expected);
        }
        for none in [
            "a@b",
            "@b.cn",
            "git@a.example:b/c.git",
            "@you@a.example",
            "icon@2x.png",
            "x@18.2.0",
            "ssh://u@a.example",
            "u:p@a.example",
            "a@b.c",
            "a.@b.cn",
            "a@b..cn",
        ] {
            assert_eq!(shown(none), none);
        }
    }
}
