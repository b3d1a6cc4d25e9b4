//! One html tag, read as browsers read it.

use std::ops::Range;

/// More attributes than anybody writes; each is compared with all others.
const MOST_ATTRIBUTES: usize = 100;

/// A tag. Offsets count from its `<`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    /// In lower case.
    pub name: String,
    /// Whether it is an end tag.
    pub closes: bool,
    /// Whether it ends with `/>`.
    pub is_empty: bool,
    pub attributes: Vec<Attribute>,
    /// The offset behind its `>`.
    pub end: usize,
}

/// An attribute of a tag.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Attribute {
    /// In lower case.
    pub name: String,
    /// As written, with its entities; none if there is only the name.
    pub value: Option<String>,
    /// Where it stands.
    pub span: Range<usize>,
}

impl Tag {
    /// Reads the tag at the start of a text. What is no tag is text: up to the offset returned,
    /// where the next one may begin.
    pub(crate) fn read(text: &str) -> Result<Tag, usize> {
        let bytes = text.as_bytes();
        let closes = bytes.get(1) == Some(&b'/');
        let start = 1 + usize::from(closes);
        if !bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
            return Err(1);
        }
        let name_end = start + run(&bytes[start..], |b| !b" \t\r\n\x0c/>".contains(&b));
        let mut attributes = Vec::new();
        let mut at = name_end;
        loop {
            let gap = run(&bytes[at..], |b| b" \t\r\n\x0c/".contains(&b));
            at += gap;
            match bytes.get(at) {
                Some(b'>') => {
                    let is_empty = gap > 0 && bytes[at - 1] == b'/';
                    let name = text[start..name_end].to_ascii_lowercase();
                    return Ok(Tag { name, closes, is_empty, attributes, end: at + 1 });
                }
                None | Some(b'<') => return Err(at),
                Some(_) if attributes.len() == MOST_ATTRIBUTES => return Err(at),
                Some(_) => {
                    let attribute = Attribute::read(text, at)?;
                    at = attribute.span.end;
                    attributes.push(attribute);
                }
            }
        }
    }
}

impl Attribute {
    /// Reads an attribute; says where reading stopped if it never ends.
    fn read(text: &str, start: usize) -> Result<Attribute, usize> {
        let bytes = text.as_bytes();
        // A name may begin with `=`, so that no attribute is empty.
        let name_end = start + 1 + run(&bytes[start + 1..], |b| !b" \t\r\n\x0c=>/".contains(&b));
        let name = text[start..name_end].to_ascii_lowercase();
        let equals = name_end + run(&bytes[name_end..], is_space);
        if bytes.get(equals) != Some(&b'=') {
            return Ok(Attribute { name, value: None, span: start..name_end });
        }
        let from = equals + 1 + run(&bytes[equals + 1..], is_space);
        let (value, end) = match bytes.get(from) {
            None => return Err(from),
            Some(quote @ (b'"' | b'\'')) => {
                let length = bytes[from + 1..].iter().position(|b| b == quote).ok_or(from)?;
                (from + 1..from + 1 + length, from + length + 2)
            }
            Some(_) => {
                let end = from + run(&bytes[from..], |b| !is_space(b) && b != b'>');
                (from..end, end)
            }
        };
        Ok(Attribute { name, value: Some(text[value].to_owned()), span: start..end })
    }
}

fn is_space(byte: u8) -> bool {
    b" \t\r\n\x0c".contains(&byte)
}

/// How many bytes at the start are of a kind.
fn run(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| is(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name of a tag, and its attributes.
    fn read(text: &str) -> String {
        let tag = Tag::read(text).expect(text);
        let attributes = tag.attributes.iter().map(|attribute| match &attribute.value {
            Some(value) => format!(" {}={value}", attribute.name),
            None => format!(" {}", attribute.name),
        });
        format!("{}{}", tag.name, attributes.collect::<String>())
    }

    #[test]
    fn tags_are_read_as_browsers_read_them() {
        assert_eq!(read("<A HREF=x/>"), "a href=x/");
        assert_eq!(read("<img src='a\"b' alt/>"), "img src=a\"b alt");
        assert_eq!(read("<a title=\"<b> &copy;\">"), "a title=<b> &copy;");
        assert_eq!(read("<a =\"><b>\">"), "a =\"");
        assert!(Tag::read("<br/>").is_ok_and(|tag| tag.is_empty));
        assert!(Tag::read("<a href=x/>").is_ok_and(|tag| !tag.is_empty));
    }

    #[test]
    fn broken_tags_are_text() {
        for (text, end) in [
            ("<", 1),
            ("<a", 2),
            ("<a x=\"y", 5),
            ("</", 1),
            ("<a <b>", 3),
            ("< b>", 1),
            ("<a x=", 5),
        ] {
            assert_eq!(Tag::read(text), Err(end), "{text}");
        }
        assert!(Tag::read(&format!("<a{}>", " x".repeat(101))).is_err());
    }
}
