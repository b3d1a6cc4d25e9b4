//! Boxed remarks, as containers (`:::note`) and as alerts in quotes.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, Event, Tag};

use super::Form;
use crate::markdown::fences::Step;
use crate::markdown::writer::Writer;
use crate::markdown::{inline, pieces};
use crate::syntax::containers::{Kind, NAMES};

/// `:::note` and its kin; their name is their class.
pub(crate) const FORM: Form = Form {
    open: |writer, begin| writer.start_callout(&begin.container.name, begin.title),
    close: |writer| writer.out.push_str("</aside>\n"),
};

impl Writer<'_> {
    /// A quote, or a callout in the manner of GitHub (`[!NOTE]`) or Zendesk (`![info]`).
    pub(in crate::markdown) fn start_quote(
        &mut self,
        kind: Option<BlockQuoteKind>,
        steps: &[(Step<'_>, Range<usize>)],
    ) -> usize {
        let named = kind.map(|kind| match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        });
        if let Some(name) = named {
            self.start_callout(name, "");
            self.quotes.push("</aside>\n");
            return 1;
        }
        let Some((name, used)) = self.alert(steps) else {
            self.out.push_str("<blockquote>\n");
            self.quotes.push("</blockquote>\n");
            return 1;
        };
        let from = self.out.len();
        self.start_callout(name, "");
        self.mark(from, &steps[0].1);
        self.quotes.push("</aside>\n");
        let from = self.out.len();
        self.out.push_str("<p>");
        self.mark(from, &steps[1].1);
        self.depth += 1;
        used
    }

    /// Looks for an alert mark at the start of a quote's first paragraph: the callout it names,
    /// and how many steps the mark takes up.
    fn alert(&self, steps: &[(Step<'_>, Range<usize>)]) -> Option<(&'static str, usize)> {
        if !matches!(steps.get(1)?.0, Step::Event(Event::Start(Tag::Paragraph))) {
            return None;
        }
        let mut mark = String::new();
        let mut used = 2;
        while let Some((Step::Event(Event::Text(text)), _)) = steps.get(used) {
            mark.push_str(&self.masked.original(text));
            used += 1;
            if mark.ends_with(']') {
                break;
            }
        }
        let word =
            mark.strip_prefix("![").or_else(|| mark.strip_prefix("[!"))?.strip_suffix(']')?;
        if word.is_empty() || !word.chars().all(|c| c.is_ascii_alphabetic()) {
            return None;
        }
        if matches!(steps.get(used), Some((Step::Event(Event::SoftBreak), _))) {
            used += 1;
        }
        let word = word.to_lowercase();
        let known = NAMES
            .iter()
            .find_map(|(name, kind)| (*kind == Kind::Callout && *name == word).then_some(*name));
        Some((known.unwrap_or("note"), used))
    }

    fn start_callout(&mut self, class: &str, title: &str) {
        let title = if title.is_empty() {
            self.word(&format!("callout_{class}"))
        } else {
            title.to_owned()
        };
        self.out.push_str(&format!(
            "<aside class=\"callout {class}\" role=\"note\"><p class=\"callout-title\">"
        ));
        inline::push_words(&pieces::clean(&title), &mut self.out);
        self.out.push_str("</p>\n");
    }
}
