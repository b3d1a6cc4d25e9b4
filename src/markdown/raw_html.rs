//! Html that writers put into markdown: read tag by tag, then passed through an allow-list.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::tags::{escape, strip, unescape};

/// Elements the allow-list passes.
const ALLOWED: &[&str] = &[
    "a",
    "abbr",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "wbr",
    "font",
];

/// Elements that are html, and are dropped. Anything else in angle brackets is a placeholder that
/// the writer forgot to quote.
const REMOVED: &[&str] = &[
    "audio", "base", "body", "button", "canvas", "embed", "fieldset", "form", "frame", "frameset",
    "head", "html", "iframe", "input", "label", "link", "math", "meta", "noscript", "object",
    "option", "param", "script", "select", "source", "style", "svg", "template", "textarea",
    "title", "track", "video", "address", "area", "article", "footer", "header", "main", "map",
    "nav", "legend", "dialog", "menu", "big", "acronym", "optgroup", "progress", "meter", "output",
    "datalist", "applet", "marquee", "nobr", "hgroup",
];

/// Elements without an end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "image", "img", "input", "link", "meta", "source",
    "track", "wbr",
];

static ALLOW_LIST: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .tags(ALLOWED.iter().copied().collect())
        .add_generic_attributes([
            "class",
            "id",
            "title",
            "lang",
            "dir",
            "role",
            "aria-label",
            "aria-hidden",
        ])
        .add_generic_attribute_prefixes(["data-"])
        .add_tag_attributes("a", ["name"])
        .add_tag_attributes("img", ["loading"])
        .add_tag_attributes("details", ["open"])
        .add_tag_attributes("ol", ["start"])
        .link_rel(None)
        .url_relative(UrlRelative::PassThrough)
        .url_schemes(HashSet::from(SCHEMES));
    builder
});

/// Schemes a link may have.
pub const SCHEMES: [&str; 5] = ["http", "https", "mailto", "tel", "sms"];

/// Passes html through the allow-list.
pub fn sanitize(html: &str) -> String {
    ALLOW_LIST.clean(html).to_string()
}

/// What a stretch of raw html says.
#[derive(Debug, Default)]
pub struct Raw {
    /// The html with placeholders escaped and addresses replaced.
    pub html: String,
    /// Tags that are no html, and how they were spelt.
    pub unknown: Vec<String>,
    /// Elements and attributes that will be dropped.
    pub removed: Vec<String>,
    /// Values of `id` and `name`.
    pub anchors: Vec<String>,
    /// How many more elements are open after it than before.
    pub depth: isize,
}

/// Reads a stretch of raw html. `address` gets each `href` and `src` (and whether it is an
/// image's) and returns what to write in its place.
pub fn read(source: &str, mut address: impl FnMut(&str, bool) -> String) -> Raw {
    let mut raw = Raw::default();
    let mut rest = source;
    while let Some(open) = rest.find('<') {
        raw.html.push_str(&rest[..open]);
        rest = &rest[open..];
        if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(rest.len(), |end| end + 3);
            raw.html.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        let Some(tag) = Tag::read(rest) else {
            raw.html.push_str("&lt;");
            rest = &rest[1..];
            continue;
        };
        raw.tag(&tag, rest, &mut address);
        rest = &rest[tag.end..];
    }
    raw.html.push_str(rest);
    raw
}

impl Raw {
    fn tag(&mut self, tag: &Tag, source: &str, address: &mut impl FnMut(&str, bool) -> String) {
        let name = tag.name.as_str();
        // Browsers and the sanitizer read `image` as `img`.
        let known = ALLOWED.contains(&name) || REMOVED.contains(&name) || name == "image";
        if !known {
            if !tag.closes {
                self.unknown.push(source[1..tag.end].trim_end_matches('>').to_owned());
            }
            escape(&source[..tag.end], &mut self.html);
            return;
        }
        if !VOID.contains(&name) && !source[..tag.end].ends_with("/>") {
            self.depth += if tag.closes { -1 } else { 1 };
        }
        if REMOVED.contains(&name) && !tag.closes {
            self.removed.push(format!("<{name}>"));
        }
        let mut at = 0;
        for attribute in &tag.attributes {
            let value = unescape(&source[attribute.value.clone()]);
            match attribute.name.as_str() {
                "href" | "src" => {
                    self.html.push_str(&source[at..attribute.value.start]);
                    self.html.push_str(&address(&value, matches!(name, "img" | "image")));
                    at = attribute.value.end;
                }
                "id" | "name" => self.anchors.push(value),
                other if other.starts_with("on") => self.removed.push(other.to_owned()),
                _ => {}
            }
        }
        self.html.push_str(&source[at..tag.end]);
    }
}

/// A tag, by offsets from its `<`.
struct Tag {
    name: String,
    closes: bool,
    attributes: Vec<Attribute>,
    end: usize,
}

struct Attribute {
    name: String,
    value: Range<usize>,
}

impl Tag {
    /// Reads a tag at the begin of a text; none if this is no tag.
    fn read(text: &str) -> Option<Tag> {
        let bytes = text.as_bytes();
        let closes = bytes.get(1) == Some(&b'/');
        let start = 1 + usize::from(closes);
        if !bytes.get(start)?.is_ascii_alphabetic() {
            return None;
        }
        let name_end =
            start + bytes[start..].iter().take_while(|b| !b" \t\r\n/>".contains(b)).count();
        let mut tag = Tag {
            name: text[start..name_end].to_ascii_lowercase(),
            closes,
            attributes: Vec::new(),
            end: name_end,
        };
        let mut at = name_end;
        loop {
            at += bytes[at..].iter().take_while(|b| b" \t\r\n/".contains(b)).count();
            match bytes.get(at)? {
                b'>' => {
                    tag.end = at + 1;
                    return Some(tag);
                }
                b'<' => return None,
                _ => at = tag.attribute(text, at)?,
            }
        }
    }

    /// Reads one attribute and returns where it ends.
    fn attribute(&mut self, text: &str, start: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        let name_end =
            start + bytes[start..].iter().take_while(|b| !b" \t\r\n=>".contains(b)).count();
        let name = text[start..name_end].to_ascii_lowercase();
        let equals =
            name_end + bytes[name_end..].iter().take_while(|b| b" \t\r\n".contains(b)).count();
        if bytes.get(equals) != Some(&b'=') {
            self.attributes.push(Attribute { name, value: name_end..name_end });
            // An attribute without a name would stand still.
            return Some(name_end.max(start + 1));
        }
        let from =
            equals + 1 + bytes[equals + 1..].iter().take_while(|b| b" \t\r\n".contains(b)).count();
        let (value, end) = match bytes.get(from)? {
            quote @ (b'"' | b'\'') => {
                let length = bytes[from + 1..].iter().position(|b| b == quote)?;
                (from + 1..from + 1 + length, from + length + 2)
            }
            _ => {
                let length = bytes[from..].iter().take_while(|b| !b" \t\r\n>".contains(b)).count();
                (from..from + length, from + length)
            }
        };
        self.attributes.push(Attribute { name, value });
        Some(end)
    }
}

/// A heading written as html.
#[derive(Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// Its `id`, else the first `id` or `name` inside it.
    pub id: Option<String>,
}

/// Reads a heading that is written as html on a line of its own.
pub fn heading(block: &str) -> Option<Heading> {
    let block = block.trim();
    let tag = Tag::read(block)?;
    let level = tag.name.strip_prefix('h')?.parse::<u8>().ok()?;
    let inner = block[tag.end..].strip_suffix(&format!("</h{level}>"))?;
    let text = strip(inner).trim().to_owned();
    let id = read(block, |_, _| String::new()).anchors.into_iter().next();
    let is_one = (1..=6).contains(&level) && !inner.contains(&format!("<h{level}"));
    (is_one && !text.is_empty()).then_some(Heading { level, text, id })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_text_and_addresses_are_seen() {
        let mut seen = Vec::new();
        let raw = read(
            "<a href='x.md' onclick=\"y()\">x</a> in <environment> 1 < 2 <br/>",
            |target, _| {
                seen.push(target.to_owned());
                "#".to_owned()
            },
        );
        assert_eq!(seen, ["x.md"]);
        assert_eq!(raw.unknown, ["environment"]);
        assert_eq!(raw.removed, ["onclick"]);
        assert!(raw.html.contains("&lt;environment&gt;") && raw.html.contains("href='#'"));
        assert_eq!(raw.depth, 0);
    }

    #[test]
    fn broken_tags_are_text() {
        for text in ["<", "<a", "<a href=\"x", "</", "<a <b>", "<a =>", "< b>"] {
            let _ = read(text, |_, _| String::new());
        }
        let made = heading("<h2><a name=\"x\"></a><span>Issue</span></h2>\n");
        let expected = Heading { level: 2, text: "Issue".to_owned(), id: Some("x".to_owned()) };
        assert_eq!(made, Some(expected));
        assert_eq!(heading("<h2>a</h2><p>b</p>"), None);
    }

    #[test]
    fn nothing_active_passes() {
        let clean = sanitize(
            "<img src=x onerror=alert(1)><a href=\"javascript:alert(1)\">x</a><script>1</script><style>a{}</style><svg><script>1</script></svg>",
        );
        assert!(
            !clean.contains("alert") && !clean.contains("script") && !clean.contains("style"),
            "{clean}"
        );
    }
}
