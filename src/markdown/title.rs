//! Titles: one line of markdown with code and emphasis, nothing else.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::inline::resolve_labels;
use super::tags::escape;

/// A title for people and for machines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Title {
    /// Inline html.
    pub html: String,
    /// Without markup.
    pub text: String,
}

/// Reads the title of the front matter.
pub fn title(source: &str) -> Title {
    let source = resolve_labels(source);
    let mut title = Title::default();
    for event in Parser::new(&source) {
        match event {
            Event::Start(tag) => title.html.push_str(open(&tag)),
            Event::End(tag) => title.html.push_str(close(tag)),
            Event::Code(code) => {
                title.html.push_str("<code>");
                title.push(&code);
                title.html.push_str("</code>");
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => title.push(&text),
            Event::SoftBreak | Event::HardBreak => title.push(" "),
            _ => {}
        }
    }
    // A title like `1. Install` or `# x` is a list or heading to the parser, but not to its writer.
    if title.text.trim() == ""
        || source.starts_with(|c: char| c.is_ascii_digit() || "#>-+*=".contains(c))
            && !source.starts_with("**")
    {
        title = Title::default();
        title.push(&source);
    }
    title.html = title.html.trim().to_owned();
    title.text = title.text.trim().to_owned();
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
    pub fn plain(text: &str) -> Title {
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
        assert_eq!(title("1. Install").text, "1. Install");
        assert_eq!(title("C# 入门").text, "C# 入门");
    }
}
