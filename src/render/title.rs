//! Titles: one line of markdown with code and emphasis, nothing else.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::document::resolve_labels;
use crate::syntax::mask::mask;
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

/// Reads the title of the front matter.
pub(crate) fn title(source: &str) -> Title {
    let source = format!("{BEFORE}{}", resolve_labels(source.trim()).replace(['\n', '\r'], " "));
    let masked = mask(&source);
    let mut title = Title::default();
    for event in Parser::new_ext(masked.copy(), Options::empty()) {
        match event {
            Event::Start(tag) => title.html.push_str(open(&tag)),
            Event::End(tag) => title.html.push_str(close(tag)),
            Event::Code(code) => {
                title.html.push_str("<code>");
                title.push(&masked.original(&code));
                title.html.push_str("</code>");
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                title.push(&masked.original(&text));
            }
            Event::SoftBreak | Event::HardBreak => title.push(" "),
            _ => {}
        }
    }
    // Whatever follows it, the first text begins with it.
    title.html = title.html.replacen(BEFORE, "", 1).trim().to_owned();
    title.text = title.text.replacen(BEFORE, "", 1).trim().to_owned();
    title
}

fn open(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::Emphasis => "<em>",
        Tag::Strong => "<strong>",
        _ => "",
    }
}

fn close(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        _ => "",
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
    fn entities_are_resolved() {
        let made = title("Sales &gt; Orders &amp; more");
        assert_eq!(
            (made.text.as_str(), made.html.as_str()),
            ("Sales > Orders & more", "Sales &gt; Orders &amp; more")
        );
    }
}
