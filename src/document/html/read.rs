//! Html that writers put into markdown, read tag by tag.

use std::ops::Range;

use super::allowed::{ALLOWED, REMOVED, TEXT_ONLY, VOID};
use super::nesting::Nesting;
use crate::document::heading_id::is_reserved;
use crate::document::html::hidden::{hides, is_cut_off};
use crate::text::html::{escape, strip, unescape};
use crate::text::tag::Tag;

/// What a stretch of raw html says. Spans count from its begin.
#[derive(Debug, Default)]
pub(crate) struct Raw {
    /// The html with placeholders escaped, addresses replaced and every tag in plain spelling.
    pub html: String,
    /// Tags that are no html, and how they were spelt.
    pub unknown: Vec<(String, Range<usize>)>,
    /// Elements that will be dropped.
    pub elements: Vec<(String, Range<usize>)>,
    /// Tags of elements that a browser would hide.
    pub hidden: Vec<Range<usize>>,
    /// Attributes that will be dropped, and that matter.
    pub attributes: Vec<(String, Range<usize>)>,
    /// Values of `id` and `name`.
    pub anchors: Vec<String>,
    /// Where more elements are open than the reader's limit; nothing is read after that.
    pub too_deep: Option<usize>,
}

/// What reading depends on, and goes on from stretch to stretch.
pub(crate) struct Reader<'n, A> {
    /// Elements that are open.
    pub nesting: &'n mut Nesting,
    /// What follows the stretch: tags inside text come one by one.
    pub rest: &'n str,
    /// The parser's depth here.
    pub level: usize,
    /// How many elements may be open.
    pub limit: usize,
    /// Whether the html goes on to the sanitizer.
    pub sanitizes: bool,
    /// Gets each address, whether it is an image's, and where its tag stands; returns what to
    /// write in its place.
    pub address: A,
}

impl<A: FnMut(&str, bool, Range<usize>) -> String> Reader<'_, A> {
    /// Reads a stretch of raw html.
    ///
    /// The sanitizer must read the same tags as this, or limits would be worth nothing: so tags
    /// are written again, those that it drops are left out, and any other `<` becomes text.
    pub(crate) fn read(mut self, source: &str) -> Raw {
        let mut raw = Raw::default();
        let mut at = 0;
        while let Some(open) = source[at..].find('<') {
            raw.html.push_str(&source[at..at + open]);
            at += open;
            let rest = &source[at..];
            if rest.starts_with("<!--") {
                at += rest.find("-->").map_or(rest.len(), |end| end + 3);
                continue;
            }
            match Tag::read(rest) {
                Ok(tag) => {
                    at += self.tag(tag, rest, at, &mut raw);
                    if raw.too_deep.is_some() {
                        break;
                    }
                }
                Err(end) => {
                    raw.html.push_str(&rest[..end].replace('<', "&lt;"));
                    at += end;
                }
            }
        }
        raw.html.push_str(&source[at..]);
        raw
    }

    /// Reads a tag, with its content if that is not html, and says how long it is.
    fn tag(&mut self, mut tag: Tag, source: &str, at: usize, raw: &mut Raw) -> usize {
        let name = tag.name.clone();
        let end = tag.end;
        let span = at..at + end;
        // Browsers and the sanitizer read `image` as `img`.
        let is_image = matches!(name.as_str(), "img" | "image");
        let is_removed = REMOVED.contains(&name.as_str());
        let is_known = is_removed || is_image || ALLOWED.contains(&name.as_str());
        // A dash is what tells elements of programs from placeholders.
        let is_element = is_known || self.nesting.in_svg || name.contains('-');
        if !tag.closes
            && is_element
            && (hides(&tag, [&source[end..], self.rest], self.nesting.in_svg)
                || is_cut_off(&tag, &source[end..], self.rest))
        {
            raw.hidden.push(span.clone());
        }
        if name == "svg" {
            self.nesting.in_svg = !tag.closes && !tag.is_empty;
        }
        if !is_known {
            if !tag.closes {
                raw.unknown.push((source[1..end - 1].to_owned(), span));
            }
            escape(&source[..end], &mut raw.html);
            return end;
        }
        if !tag.closes {
            if is_removed {
                raw.elements.push((format!("<{name}>"), span.clone()));
            }
            self.attributes(&mut tag, is_removed, &span, raw);
        }
        if name == "h1" {
            // The page's title is its only level 1.
            tag.name = "h2".to_owned();
        }
        // It would close one of tier0's own elements around the text.
        let is_stray = tag.closes && !self.nesting.has(&tag.name);
        let is_dropped = (is_removed || is_stray) && self.sanitizes;
        if !is_dropped {
            tag.write(&mut raw.html);
            self.count(&tag, at, raw);
        }
        if tag.closes || tag.is_empty || !TEXT_ONLY.contains(&name.as_str()) {
            return end;
        }
        let content = text_only(&source[end..], &name);
        match (is_dropped, name.as_str()) {
            (true, "script" | "style") => {}
            (true, _) => escape(content, &mut raw.html),
            (false, _) => raw.html.push_str(content),
        }
        end + content.len()
    }

    /// Counts how deep the elements are nested.
    fn count(&mut self, tag: &Tag, at: usize, raw: &mut Raw) {
        if tag.closes {
            self.nesting.end(&tag.name, self.level);
        } else if VOID.contains(&tag.name.as_str()) {
        } else if tag.is_empty {
            // Html knows no `<a/>`, but those who write it mean an element without content.
            raw.html.push_str(&format!("</{}>", tag.name));
        } else {
            self.nesting.start(&tag.name, self.level);
            if self.nesting.exceeds(self.limit) {
                raw.too_deep = Some(at);
            }
        }
    }

    fn attributes(&mut self, tag: &mut Tag, is_removed: bool, span: &Range<usize>, raw: &mut Raw) {
        let is_image = matches!(tag.name.as_str(), "img" | "image");
        let address = match tag.name.as_str() {
            _ if is_removed => "",
            "a" => "href",
            _ if is_image => "src",
            _ => "",
        };
        if self.sanitizes {
            // Notes of programs, which nobody sees on the page.
            tag.attributes.retain(|attribute| !attribute.name.starts_with("data-"));
        }
        for attribute in &mut tag.attributes {
            let name = attribute.name.as_str();
            // What the allow-list drops leads nowhere, and no file is copied for it.
            let is_written = name == address || !self.sanitizes;
            match (name, &mut attribute.value) {
                ("href" | "src", Some(value)) if is_written => {
                    *value = (self.address)(&unescape(value), is_image, span.clone());
                }
                ("id" | "name", Some(value)) => {
                    let mut id = unescape(value);
                    if self.sanitizes && is_reserved(&id) {
                        id.insert_str(0, "section-");
                        value.insert_str(0, "section-");
                    }
                    raw.anchors.push(id);
                }
                _ if name == "style" || name.starts_with("on") => {
                    let place = span.start + attribute.span.start..span.start + attribute.span.end;
                    raw.attributes.push((name.to_owned(), place));
                }
                _ => {}
            }
        }
    }
}

/// A heading written as html.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub text: String,
    /// Its `id`, else the first `id` or `name` inside it.
    pub id: Option<String>,
}

/// The content of an element that holds no html: up to its end tag.
fn text_only<'s>(source: &'s str, name: &str) -> &'s str {
    let end = source.match_indices("</").find(|(at, _)| {
        let after = &source.as_bytes()[at + 2..];
        after.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()))
    });
    end.map_or(source, |(at, _)| &source[..at])
}

/// Reads a heading that is written as html on a line of its own.
pub(crate) fn heading(block: &str) -> Option<Heading> {
    let block = block.trim();
    let tag = Tag::read(block).ok()?;
    let level = tag.name.strip_prefix('h')?.parse::<u8>().ok()?;
    let inner = block[tag.end..].strip_suffix(&format!("</h{level}>"))?;
    let text = strip(inner).trim().to_owned();
    let reader = Reader {
        nesting: &mut Nesting::default(),
        rest: "",
        level: 0,
        limit: usize::MAX,
        sanitizes: true,
        address: |_: &str, _, _| String::new(),
    };
    let raw = reader.read(block);
    // What is hidden in it is told where other html is.
    let is_one =
        (1..=6).contains(&level) && !inner.contains(&format!("<h{level}")) && raw.hidden.is_empty();
    let id = raw.anchors.into_iter().next();
    (is_one && !text.is_empty()).then_some(Heading { level, text, id })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str, seen: &mut Vec<String>) -> (Raw, usize) {
        let mut nesting = Nesting::default();
        let address = |target: &str, _, _| {
            seen.push(target.to_owned());
            "#".to_owned()
        };
        let reader = Reader {
            nesting: &mut nesting,
            rest: "",
            level: 0,
            limit: 9,
            sanitizes: true,
            address,
        };
        let raw = reader.read(source);
        (raw, nesting.depth())
    }

    #[test]
    fn placeholders_are_text_and_addresses_are_seen() {
        let mut seen = Vec::new();
        let (raw, depth) = read(
            "<a href='x.md' onclick=\"y()\">x</a> in <environment> 1 < 2 <br/><!-- c -->",
            &mut seen,
        );
        assert_eq!(seen, ["x.md"]);
        assert_eq!(raw.unknown, [("environment".to_owned(), 38..51)]);
        assert_eq!(raw.attributes, [("onclick".to_owned(), 15..28)]);
        assert_eq!(
            raw.html,
            "<a href=\"#\" onclick=\"y()\">x</a> in &lt;environment&gt; 1 &lt; 2 <br>"
        );
        assert_eq!(depth, 0);
    }

    #[test]
    fn text_stays_text() {
        let mut seen = Vec::new();
        for (source, html) in [
            ("<script>a < b; '</div><!--'</SCRIPT >x<a x/>", "x<a x></a>"),
            ("<textarea><b>&</textarea><i></i>", "&lt;b&gt;&amp;<i></i>"),
            ("<a x=<a x=<a <b>x</b><i y=\"", "&lt;a x=&lt;a x=&lt;a <b>x</b>&lt;i y=\""),
            ("<!-- a -- b --!> <b> -->x", "x"),
        ] {
            let (raw, depth) = read(source, &mut seen);
            assert_eq!((raw.html.as_str(), depth), (html, 0), "{source}");
        }
    }

    #[test]
    fn depth_is_measured_inside() {
        let mut seen = Vec::new();
        let text = format!("{}{}", "<div>".repeat(20), "</div>".repeat(20));
        let (raw, depth) = read(&text, &mut seen);
        assert_eq!((raw.too_deep, depth), (Some(45), 10));
    }

    #[test]
    fn headings_on_a_line_of_their_own() {
        let made = heading("<h2><a name=\"x\"></a><span>Issue</span></h2>\n");
        let expected = Heading { level: 2, text: "Issue".to_owned(), id: Some("x".to_owned()) };
        assert_eq!(made, Some(expected));
        assert_eq!(heading("<h2>a</h2><p>b</p>"), None);
    }
}
