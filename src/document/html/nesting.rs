//! Which elements of raw html are open, as html parsers see it: an end tag can close several
//! elements, or none. Deep trees are slow to make and to read, so their depth is limited.
//!
//! Where this differs from the standard it counts too much rather than too little.

/// Formatting comes back in the blocks behind it until it is closed, so each block holds all of
/// it. More than this is no text that a person wrote.
const MOST_FORMATTING: usize = 10;

/// Elements that misnested end tags do not close.
const FORMATTING: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements that end tags of lesser ones do not reach over.
const SPECIAL: &[&str] = &[
    "address",
    "applet",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "html",
    "iframe",
    "li",
    "main",
    "marquee",
    "menu",
    "nav",
    "noscript",
    "object",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "select",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

/// Parts of tables. They close everything up to themselves.
const TABLE: &[&str] = &["caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"];

/// Elements that no end tag outside reaches into.
const BOUNDARIES: &[&str] =
    &["applet", "caption", "marquee", "object", "table", "td", "template", "th"];

/// Open elements.
#[derive(Debug, Default, Clone)]
pub(crate) struct Nesting {
    /// Whether a drawing is open, which the allow-list drops.
    pub in_svg: bool,
    open: Vec<Element>,
}

#[derive(Debug, Clone)]
struct Element {
    name: String,
    /// The parser's depth where it opened.
    level: usize,
}

impl Nesting {
    /// How many elements are open.
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether an element of this name is open; for a heading, one of any level.
    pub(crate) fn has(&self, name: &str) -> bool {
        let is_heading = |name: &str| matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        let mut open = self.open.iter().map(|element| element.name.as_str());
        open.any(|other| other == name || is_heading(name) && is_heading(other))
    }

    /// Whether more is open than the limit allows, or more formatting than anybody needs.
    pub(crate) fn exceeds(&self, limit: usize) -> bool {
        self.open.len() > limit
            || self.open.len() > MOST_FORMATTING
                && self.open.iter().filter(|element| is(FORMATTING, &element.name)).count()
                    > MOST_FORMATTING
    }

    /// A start tag.
    pub(crate) fn start(&mut self, name: &str, level: usize) {
        self.end_implied(name, level);
        self.open.push(Element { name: name.to_owned(), level });
    }

    /// Closes what a start tag closes without saying so.
    fn end_implied(&mut self, name: &str, level: usize) {
        match name {
            "a" => self.end("a", level),
            "td" | "th" => {
                self.end("td", level);
                self.end("th", level);
            }
            "tr" => self.end("tr", level),
            "tbody" | "thead" | "tfoot" => {
                for section in ["tbody", "thead", "tfoot"] {
                    self.end(section, level);
                }
            }
            "li" | "dt" | "dd" => {
                for item in if name == "li" { &["li"][..] } else { &["dt", "dd"] } {
                    self.close(item, level, |other| {
                        is(SPECIAL, other) && !matches!(other, "address" | "div" | "p")
                    });
                }
            }
            _ => {}
        }
        if is(SPECIAL, name) && !is(TABLE, name) || name == "table" {
            self.end("p", level);
        }
    }

    /// An end tag.
    pub(crate) fn end(&mut self, name: &str, level: usize) {
        if is(FORMATTING, name) {
            let at = self.find(name, level, |other| is(BOUNDARIES, other));
            if let Some(at) = at {
                self.open.remove(at);
            }
        } else if is(TABLE, name) {
            let at = self.find(name, level, |other| other == "table" && name != "table");
            if let Some(at) = at {
                self.open.truncate(at);
            }
        } else if is(SPECIAL, name) {
            self.close(name, level, |other| {
                is(BOUNDARIES, other)
                    || name == "li" && matches!(other, "ol" | "ul")
                    || name == "p" && other == "button"
            });
        } else {
            self.close(name, level, |other| is(SPECIAL, other));
        }
    }

    /// Closes an element and what is in it, but formatting goes on.
    fn close(&mut self, name: &str, level: usize, stops: impl Fn(&str) -> bool) {
        if let Some(at) = self.find(name, level, stops) {
            let inside = self.open.split_off(at);
            self.open.extend(inside.into_iter().filter(|element| is(FORMATTING, &element.name)));
        }
    }

    /// The innermost open element of this name that an end tag reaches. What was opened outside
    /// of a list or quote is not closed inside.
    fn find(&self, name: &str, level: usize, stops: impl Fn(&str) -> bool) -> Option<usize> {
        for (at, element) in self.open.iter().enumerate().rev() {
            if element.name == name {
                return (element.level >= level).then_some(at);
            }
            if stops(&element.name) {
                return None;
            }
        }
        None
    }

    /// Closes what was opened inside a block of markdown that ends here: all but the first `keep`
    /// elements, or only those that are no blocks themselves. Returns the names, innermost first.
    pub(crate) fn leave(&mut self, keep: usize, with_blocks: bool) -> Vec<String> {
        let inside = self.open.split_off(keep.min(self.open.len()));
        let (closed, left): (Vec<_>, Vec<_>) =
            inside.into_iter().partition(|element| with_blocks || !is(SPECIAL, &element.name));
        self.open.extend(left);
        closed.into_iter().rev().map(|element| element.name).collect()
    }
}

fn is(names: &[&str], name: &str) -> bool {
    names.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The depth after some tags, written `div /div`.
    fn depth(tags: &str) -> usize {
        let mut nesting = Nesting::default();
        for tag in tags.split(' ') {
            match tag.strip_prefix('/') {
                Some(name) => nesting.end(name, 0),
                None => nesting.start(tag, 0),
            }
        }
        nesting.depth()
    }

    #[test]
    fn end_tags_close_what_they_close_in_browsers() {
        for (tags, left) in [
            ("div p b /b /p /div", 0),
            ("div /i", 1),
            ("p b /p", 1),
            ("b i /b /i", 0),
            ("b div /b", 1),
            ("span div /span", 2),
            ("p div /p", 1),
            ("ul li li li /ul", 0),
            ("table tr td td tr td /table", 0),
            ("table tr td div b /td", 2),
            ("div table tr td /div", 4),
            ("table tr td table /td", 4),
            ("li ul /li", 2),
            ("a a a", 1),
            ("dl dt dd dt", 2),
            ("p p p", 1),
        ] {
            assert_eq!(depth(tags), left, "{tags}");
        }
    }

    #[test]
    fn lists_of_names_are_sorted() {
        for names in [FORMATTING, SPECIAL, TABLE, BOUNDARIES] {
            assert!(names.is_sorted());
        }
    }
}
