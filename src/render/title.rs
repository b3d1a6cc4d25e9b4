//! Titles of pages: one line of markdown with code, emphasis and keys, nothing else.

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::document::{Document, Kind, Visit, is_inline, resolve_labels, text};
use crate::syntax::mask::mask;
use crate::text::fold::single_spaced;
use crate::text::html::escape;

/// A title for people and for machines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Title {
    /// Inline html.
    pub html: String,
    /// Without markup.
    pub text: String,
}

/// Stands before the title while it is parsed: nothing behind it on the line begins a list, a
/// heading or a quote, and emphasis may. A title like `1. Install` or `# x` is text to its writer.
const BEFORE: &str = ".";

/// Elements that a title keeps, with nothing but their names.
const KEPT: [&str; 14] = [
    "b", "code", "del", "em", "i", "kbd", "mark", "s", "samp", "small", "strong", "sub", "sup", "u",
];

/// Reads the title of the front matter.
pub(crate) fn title(source: &str) -> Title {
    let source = format!("{BEFORE}{}", resolve_labels(source.trim()).replace(['\n', '\r'], " "));
    let masked = mask(&source);
    let mut writer = Writer::default();
    for event in Parser::new_ext(masked.copy(), Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Start(tag) => writer.open(element(&tag)),
            Event::End(_) => writer.close(),
            Event::Code(code) => writer.code(&masked.original(&code)),
            Event::InlineHtml(html) => {
                let html = masked.original(&html);
                // What nothing closes is a placeholder, too.
                let end = format!("</{}>", html.trim_matches(['<', '>']));
                match html.starts_with("</") || source.contains(&end) {
                    true => writer.tag(&html),
                    false => writer.title.push(&html),
                }
            }
            Event::Text(text) | Event::Html(text) => writer.title.push(&masked.original(&text)),
            Event::SoftBreak | Event::HardBreak => writer.title.push(" "),
            _ => {}
        }
    }
    let mut title = writer.title;
    // Whatever follows it, the first text begins with it.
    title.html = title.html.replacen(BEFORE, "", 1).trim().to_owned();
    title.text = title.text.replacen(BEFORE, "", 1).trim().to_owned();
    title
}

fn element(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::Emphasis => "em",
        Tag::Strong => "strong",
        Tag::Strikethrough => "del",
        _ => "",
    }
}

/// The title that the heading makes which opens the text. Titles have no places for addresses, so of
/// links and pictures only the words stay.
pub(crate) fn lead(document: &Document) -> Option<Title> {
    let tree = &document.tree;
    let inside = tree.inside(document.lead?);
    let mut writer = Writer::default();
    for visit in tree.walk(inside.clone()) {
        let Visit::Enter(number) = visit else {
            writer.close();
            continue;
        };
        let mut name = "";
        match tree.node(number).kind {
            Kind::Emphasis => name = "em",
            Kind::Strong => name = "strong",
            Kind::Strikethrough => name = "del",
            Kind::Code(words) => writer.code(tree.words(words)),
            Kind::Label(words) => {
                writer.title.html.push_str("<span class=\"ui-label\">");
                writer.title.push(tree.words(words));
                writer.title.html.push_str("</span>");
            }
            Kind::Text(words) | Kind::Address { text: words, .. } => {
                writer.title.push(tree.words(words));
            }
            Kind::HardBreak => writer.title.push(" "),
            Kind::Element(element) => match &tree.elements[element as usize] {
                image if image.name == "img" => {
                    writer.title.push(image.text("alt").unwrap_or_default());
                }
                element if KEPT.contains(&element.name) => name = element.name,
                element if is_inline(element.name) || element.name.is_empty() => {}
                _ => writer.title.push(" "),
            },
            _ => {}
        }
        writer.open(name);
    }
    let html = writer.title.html.trim().to_owned();
    Some(Title { html, text: single_spaced(&text(tree, inside)) })
}

/// Writes a title.
#[derive(Default)]
struct Writer {
    title: Title,
    /// The elements that are open; those that are not written have no name. `true` stands at those of
    /// html.
    open: Vec<(&'static str, bool)>,
}

impl Writer {
    fn open(&mut self, name: &'static str) {
        if !name.is_empty() {
            self.title.html.push_str(&format!("<{name}>"));
        }
        self.open.push((name, false));
    }

    /// Closes the innermost element of markdown, and html that is open in it.
    fn close(&mut self) {
        while let Some((name, is_html)) = self.open.pop() {
            if !name.is_empty() {
                self.title.html.push_str(&format!("</{name}>"));
            }
            if !is_html {
                break;
            }
        }
    }

    fn code(&mut self, code: &str) {
        self.title.html.push_str("<code>");
        self.title.push(code);
        self.title.html.push_str("</code>");
    }

    /// A tag of html. What is not kept is text: a placeholder, mostly.
    fn tag(&mut self, html: &str) {
        let name = html.trim_matches(['<', '>', '/']);
        match KEPT.iter().find(|known| **known == name) {
            Some(name) if html.starts_with("</") => {
                if self.open.pop_if(|open| *open == (*name, true)).is_some() {
                    self.title.html.push_str(html);
                }
            }
            Some(name) if !html.ends_with("/>") => {
                self.title.html.push_str(html);
                self.open.push((name, true));
            }
            _ => self.title.push(html),
        }
    }
}

impl Title {
    /// A text that is no markdown.
    pub(crate) fn plain(text: &str) -> Title {
        let mut title = Title::default();
        title.push(text);
        title
    }

    fn push(&mut self, text: &str) {
        escape(text, &mut self.html);
        self.text.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_keep_code_and_lose_the_rest() {
        assert_eq!(title("Press <kbd>F2</kbd> in <b>").html, "Press <kbd>F2</kbd> in &lt;b&gt;");
        let made = title("`bin/magento` fails with *403* <env> [!DNL Adobe]");
        assert_eq!(made.text, "bin/magento fails with 403 <env> Adobe");
        assert_eq!(made.html, "<code>bin/magento</code> fails with <em>403</em> &lt;env&gt; Adobe");
    }

    #[test]
    fn titles_may_begin_with_anything() {
        for (source, html) in [
            ("1. Install", "1. Install"),
            ("1. Install `x`", "1. Install <code>x</code>"),
            ("C# 入门", "C# 入门"),
            ("#5 error", "#5 error"),
            ("# x", "# x"),
            ("> *x*", "&gt; <em>x</em>"),
            ("- x", "- x"),
            ("* x", "* x"),
            ("---", "---"),
            ("===", "==="),
            ("```sh", "```sh"),
            ("<div>", "&lt;div&gt;"),
            ("[a]: b", "[a]: b"),
            (".gitignore", ".gitignore"),
            ("*.php", "*.php"),
            ("**x** y", "<strong>x</strong> y"),
            ("**重点：**后文", "<strong>重点：</strong>后文"),
            (
                "500 error in `nginx.conf` after *update*",
                "500 error in <code>nginx.conf</code> after <em>update</em>",
            ),
        ] {
            assert_eq!(title(source).html, html, "{source}");
        }
        assert_eq!(title("a\n- b").text, "a - b");
        assert_eq!(title("").text, "");
    }

    #[test]
    fn tags_come_in_pairs() {
        for (source, html, text) in [
            ("Press <kbd>F8</kbd>", "Press <kbd>F8</kbd>", "Press F8"),
            ("*a <b>b* c</b>", "<em>a <b>b</b></em> c", "a b c"),
            ("CO<sub>2 ~~x~~", "CO&lt;sub&gt;2 <del>x</del>", "CO<sub>2 x"),
            (
                "<kbd class=x> <b/> <p>",
                "&lt;kbd class=x&gt; &lt;b/&gt; &lt;p&gt;",
                "<kbd class=x> <b/> <p>",
            ),
        ] {
            let made = title(source);
            assert_eq!((made.html.as_str(), made.text.as_str()), (html, text), "{source}");
        }
    }

    #[test]
    fn entities_are_resolved() {
        let made = title("Sales &gt; Orders &amp; more");
        assert_eq!(
            (made.text.as_str(), made.html.as_str()),
            ("Sales > Orders & more", "Sales &gt; Orders &amp; more")
        );
    }
}
