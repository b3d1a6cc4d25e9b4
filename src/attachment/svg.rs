//! A picture in svg, written again from what is known to be harmless.
//!
//! Elements and attributes that are not on the lists of [`lists`] go, with all that is inside them.
//! What stays is written out from what the parser read, name by name and value by value, so no two
//! readings of the same bytes matter: a browser sees only what was understood here. The same bytes
//! in are the same bytes out; time and memory grow with their number alone. Elements that [`unseen`]
//! finds hidden go, too.

mod lists;
mod unseen;

use xml::attribute::OwnedAttribute;
use xml::name::OwnedName;
use xml::reader::{EventReader, ParserConfig, XmlEvent};

use super::css;
use lists::{ANIMATIONS, ATTRIBUTES, ELEMENTS, HTML_ELEMENTS, SILENT};
use unseen::{Survey, Unseen};

/// The most bytes of a picture.
pub(crate) const LARGEST: usize = 16 << 20;
/// The most elements inside each other.
const DEEPEST: usize = 200;
/// The most attributes of an element.
const MOST_ATTRIBUTES: usize = 500;
/// The most names of namespaces that are in force, summed up over all elements: the parser looks at
/// each of them for each element.
const MOST_NAMESPACES: usize = 50_000_000;

const SVG: &str = "http://www.w3.org/2000/svg";
const HTML: &str = "http://www.w3.org/1999/xhtml";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// A harmless picture.
#[derive(Debug)]
pub(super) struct Cleaned {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What was left out, each once, in the order of the file.
    pub dropped: Vec<String>,
}

/// Why a picture cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    TooLarge,
    TooDeep,
    TooManyNames,
    Entities,
    NotSvg,
    /// A rule of its style that hides what its selector selects, which is not simple.
    HidingRule(String),
    Syntax(String),
}

impl Fault {
    pub(super) fn words(&self) -> (String, String) {
        let both = |en: &str, zh: &str| (en.to_owned(), zh.to_owned());
        match self {
            Fault::TooLarge => (
                format!("it has more than {} MB", LARGEST >> 20),
                format!("它超过了 {} MB", LARGEST >> 20),
            ),
            Fault::TooDeep => (
                format!("its elements are nested more than {DEEPEST} levels deep"),
                format!("元素嵌套超过 {DEEPEST} 层"),
            ),
            Fault::TooManyNames => {
                both("it declares far too many namespaces", "它声明了太多命名空间")
            }
            Fault::Entities => both(
                "it defines entities of its own, which can grow without end",
                "它自定义了实体，而实体可以无限展开",
            ),
            Fault::NotSvg => both("it is not an svg picture", "它不是 svg 图片"),
            Fault::HidingRule(selector) => (
                format!("its style hides `{selector}`, and nobody can tell what that is"),
                format!("它的样式隐藏了 `{selector}`，无法确定隐藏的是哪些内容"),
            ),
            Fault::Syntax(detail) => {
                (format!("it does not parse: {detail}"), format!("无法解析：{detail}"))
            }
        }
    }
}

/// Writes a picture again without what could run or load anything.
pub(super) fn clean(bytes: &[u8]) -> Result<Cleaned, Fault> {
    if bytes.len() > LARGEST {
        return Err(Fault::TooLarge);
    }
    let mut survey = Survey::default();
    read(bytes, |event| survey.take(&event))?;
    let mut writer = Writer { unseen: survey.unseen()?, ..Writer::default() };
    read(bytes, |event| writer.take(event))?;
    if writer.out.is_empty() {
        return Err(Fault::NotSvg);
    }
    writer.out.push('\n');
    Ok(Cleaned { bytes: writer.out.into_bytes(), dropped: writer.dropped })
}

/// Reads a picture.
fn read(bytes: &[u8], mut take: impl FnMut(XmlEvent)) -> Result<(), Fault> {
    let mut config = ParserConfig::new()
        .cdata_to_characters(true)
        .whitespace_to_characters(true)
        .ignore_comments(true);
    config.allow_multiple_root_elements = false;
    config.max_attributes = MOST_ATTRIBUTES;
    config.max_name_length = 1000;
    config.max_attribute_length = LARGEST;
    config.max_data_length = LARGEST;
    config.max_entity_expansion_length = 100;
    config.max_entity_expansion_depth = 1;
    let (mut depth, mut namespaces) = (0, 0);
    for event in EventReader::new_with_config(bytes, config) {
        let event = event.map_err(|error| {
            use xml::common::Position;
            let at = error.position();
            let detail = error.msg();
            Fault::Syntax(format!("{detail} ({}:{})", at.row + 1, at.column + 1))
        })?;
        match &event {
            XmlEvent::StartElement { name, namespace, .. } => {
                if depth == 0 && (!is_svg(name) || name.local_name != "svg") {
                    return Err(Fault::NotSvg);
                }
                depth += 1;
                namespaces += namespace.0.len();
            }
            XmlEvent::EndElement { .. } => depth -= 1,
            XmlEvent::Doctype { syntax } if syntax.contains("<!ENTITY") => {
                return Err(Fault::Entities);
            }
            _ => {}
        }
        if namespaces > MOST_NAMESPACES {
            return Err(Fault::TooManyNames);
        }
        if depth > DEEPEST {
            return Err(Fault::TooDeep);
        }
        take(event);
    }
    Ok(())
}

/// Whether an element is of svg. A picture without a namespace is none to a browser, but its author
/// meant one.
fn is_svg(name: &OwnedName) -> bool {
    name.namespace_ref().is_none_or(|space| space == SVG)
}

/// What of the tree is being written.
#[derive(Debug, Default)]
struct Writer {
    out: String,
    dropped: Vec<String>,
    /// The elements that are open and written: name and namespace.
    open: Vec<(String, &'static str)>,
    /// For each of them, whether text in it has no colour.
    clear: Vec<bool>,
    /// Whether the whole picture is hidden.
    is_hidden: bool,
    /// How many elements are open inside one that was left out, with it.
    left_out: usize,
    /// The text of the style that is open.
    style: Option<String>,
    /// Whether the start tag of the last element still lacks its end.
    is_tag_open: bool,
    /// How many elements have begun.
    number: usize,
    unseen: Unseen,
}

impl Writer {
    fn take(&mut self, event: XmlEvent) {
        match event {
            XmlEvent::ProcessingInstruction { name, .. } if name == "xml-stylesheet" => {
                self.drop_named("<?xml-stylesheet?>".to_owned());
            }
            XmlEvent::StartElement { name, attributes, .. } => self.start(&name, &attributes),
            XmlEvent::EndElement { .. } => self.end(),
            XmlEvent::Characters(text) | XmlEvent::CData(text) | XmlEvent::Whitespace(text)
                if self.left_out == 0 && !self.open.is_empty() =>
            {
                match &mut self.style {
                    Some(style) => style.push_str(&text),
                    None => {
                        self.end_tag();
                        escape(&mut self.out, &text, false);
                    }
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, name: &OwnedName, attributes: &[OwnedAttribute]) {
        self.number += 1;
        let space = match name.namespace_ref() {
            _ if is_svg(name) => Some(SVG),
            Some(HTML) => Some(HTML),
            _ => None,
        };
        let local = name.local_name.as_str();
        let known = |list: &[&str]| list.contains(&local);
        let is_known = match space {
            Some(SVG) => known(ELEMENTS),
            Some(_) => known(HTML_ELEMENTS),
            None => false,
        };
        let is_style = self.style.is_some();
        if self.left_out > 0 || !is_known || is_style || !animates_harmlessly(local, attributes) {
            let is_said = self.left_out == 0 && space.is_some() && !SILENT.contains(&local);
            self.left_out += 1;
            if is_said {
                self.drop_named(format!("<{local}>"));
            }
            return;
        }
        let is_clear = self.clear.last().is_some_and(|is_clear| *is_clear);
        let is_clear = self.unseen.clears(local, attributes).unwrap_or(is_clear);
        let hidden = self.unseen.hiding(local, attributes, self.number, is_clear);
        let is_hidden = hidden.is_some();
        if let Some(what) = hidden {
            self.drop_named(what);
        }
        if self.is_hidden || is_hidden && !self.open.is_empty() {
            self.left_out += 1;
            return;
        }
        self.is_hidden = is_hidden;
        let Some(space) = space else { return };
        self.end_tag();
        self.out.push('<');
        self.out.push_str(local);
        let is_other = self.open.last().is_none_or(|(_, outer)| *outer != space);
        if is_other {
            self.attribute("xmlns", space);
        }
        if self.open.is_empty() {
            self.attribute("xmlns:xlink", XLINK);
        }
        self.attributes(local, attributes);
        self.is_tag_open = true;
        self.style = (local == "style").then(String::new);
        self.open.push((local.to_owned(), space));
        self.clear.push(is_clear);
    }

    fn attributes(&mut self, element: &str, attributes: &[OwnedAttribute]) {
        for OwnedAttribute { name, value } in attributes {
            let local = name.local_name.as_str();
            let (written, is_kept) = match name.namespace_ref() {
                None if local == "href" => ("href".to_owned(), is_harmless_link(element, value)),
                None => (local.to_owned(), is_harmless(local, value)),
                Some(XLINK) if local == "href" => {
                    ("xlink:href".to_owned(), is_harmless_link(element, value))
                }
                Some(XLINK) if matches!(local, "title" | "type" | "show") => {
                    (format!("xlink:{local}"), true)
                }
                Some(XML) if matches!(local, "lang" | "space" | "id") => {
                    (format!("xml:{local}"), true)
                }
                // Notes of drawing programs: no browser knows them.
                Some(_) => continue,
            };
            if is_kept {
                self.attribute(&written, value);
            } else if local == "href" {
                self.drop_named(format!("<{element} href>"));
            } else {
                self.drop_named(written);
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(&mut self.out, value, true);
        self.out.push('"');
    }

    fn end_tag(&mut self) {
        if std::mem::take(&mut self.is_tag_open) {
            self.out.push('>');
        }
    }

    fn end(&mut self) {
        if self.left_out > 0 {
            self.left_out -= 1;
            return;
        }
        if let Some(style) = self.style.take() {
            if css::is_harmless(&style) {
                self.end_tag();
                escape(&mut self.out, &style, false);
            } else {
                self.drop_named("<style>".to_owned());
            }
        }
        let Some((name, _)) = self.open.pop() else { return };
        self.clear.pop();
        if std::mem::take(&mut self.is_tag_open) {
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.out.push_str(&name);
            self.out.push('>');
        }
    }

    fn drop_named(&mut self, what: String) {
        // A file may be full of names; the first few say what kind of file it is.
        if self.dropped.len() < 8 && !self.dropped.contains(&what) {
            self.dropped.push(what);
        }
    }
}

/// Whether an attribute other than a link may stay.
fn is_harmless(name: &str, value: &str) -> bool {
    let is_words = ["data-", "aria-"].iter().any(|prefix| name.starts_with(prefix));
    if is_words {
        return name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    }
    let is_words = matches!(name, "id" | "class" | "title" | "alt");
    ATTRIBUTES.contains(&name) && (is_words || css::is_harmless(value))
}

/// Whether an element that changes attributes as time goes by changes only harmless ones.
fn animates_harmlessly(element: &str, attributes: &[OwnedAttribute]) -> bool {
    if !ANIMATIONS.contains(&element) {
        return true;
    }
    let mut named = attributes.iter().filter(|one| one.name.local_name == "attributeName");
    named.all(|one| {
        let name = one.value.trim();
        name != "style" && name != "class" && ATTRIBUTES.contains(&name)
    })
}

/// Whether a link leads to where it may: out of the picture from `<a>`, else to a part of the
/// picture, or to an image in the address itself.
fn is_harmless_link(element: &str, address: &str) -> bool {
    // Browsers leave out spaces and control characters when they look for a scheme.
    let plain = |c: &char| !c.is_whitespace() && !c.is_control();
    let address: String = address.chars().filter(plain).flat_map(char::to_lowercase).collect();
    if address.starts_with('#') || address.is_empty() {
        return true;
    }
    match element {
        "a" => {
            let head = address.split(['/', '?', '#']).next().unwrap_or_default();
            let safe = ["http:", "https:", "mailto:", "tel:"];
            !head.contains(':') || safe.iter().any(|scheme| address.starts_with(scheme))
        }
        "image" | "feImage" => css::is_raster(&address),
        _ => false,
    }
}

fn escape(out: &mut String, text: &str, is_attribute: bool) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if is_attribute => out.push_str("&quot;"),
            '\n' | '\t' if is_attribute => out.push_str(if c == '\n' { "&#10;" } else { "&#9;" }),
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(c),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests;
