//! Images, and the figures that those on a line of their own become.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::fences::Step;
use super::writer::Writer;
use super::{inline, pieces};
use crate::text::html::escape;

impl Writer<'_> {
    /// Opens a paragraph; one that holds nothing but an image is a figure.
    pub(super) fn start_paragraph(&mut self, steps: &[(Step<'_>, Range<usize>)]) {
        self.in_figure = !self.raw.nesting.has("figure") && self.is_image_alone(steps);
        self.out.push_str(if self.in_figure { "<figure>" } else { "<p>" });
    }

    /// Ends it.
    pub(super) fn end_paragraph(&mut self) {
        let is_figure = std::mem::take(&mut self.in_figure);
        self.out.push_str(if is_figure { "</figure>\n" } else { "</p>\n" });
    }

    fn is_image_alone(&self, steps: &[(Step<'_>, Range<usize>)]) -> bool {
        let events = |at: usize| match steps.get(at) {
            Some((Step::Event(event), _)) => Some(event),
            _ => None,
        };
        if !matches!(events(1), Some(Event::Start(Tag::Image { .. }))) {
            return false;
        }
        let mut depth = 0;
        let mut at = 1;
        while let Some(event) = events(at) {
            at += 1;
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        if let Some(Event::Text(text)) = events(at)
            && sizes(&self.masked.original(text)).is_some_and(|rest| rest.trim().is_empty())
        {
            at += 1;
        }
        matches!(events(at), Some(Event::End(TagEnd::Paragraph)))
    }

    /// An image is one step for us: its alternative text is all the text up to its end.
    pub(super) fn image(
        &mut self,
        target: &str,
        title: &str,
        span: &Range<usize>,
        steps: &[(Step<'_>, Range<usize>)],
    ) -> usize {
        let mut alternative = String::new();
        let mut depth = 0;
        let mut used = 0;
        for (step, span) in steps {
            used += 1;
            match step {
                Step::Event(Event::Start(_)) => depth += 1,
                Step::Event(Event::End(_)) => depth -= 1,
                Step::Event(Event::Text(text) | Event::Code(text)) => {
                    alternative.push_str(&self.masked.original_at(text, span));
                }
                Step::Event(Event::SoftBreak | Event::HardBreak) => alternative.push(' '),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        self.depth = self.depth.saturating_sub(1);
        let mark = self.link(target, span.clone(), true);
        let words = inline::resolve_labels(&alternative).into_owned();
        if self.in_figure {
            self.figure(target, &mark, &words, title);
        } else {
            self.img(&mark, &words, title);
        }
        self.plain(&alternative);
        if self.in_figure && !title.is_empty() {
            self.plain(&format!(" {title}"));
        }
        // `{width="50%"}` after an image is a habit of other tools; sizes are the theme's affair.
        if let Some((Step::Event(Event::Text(text)), span)) = steps.get(used) {
            let original = self.masked.original(text).into_owned();
            if let Some(rest) = sizes(&original) {
                self.push_pending(&CowStr::Borrowed(rest), span);
                used += 1;
            }
        }
        used
    }

    /// An image with its title below it. It leads to its own file, where it can be seen in full
    /// size: one of the site, and outside of other links.
    fn figure(&mut self, target: &str, mark: &str, words: &str, title: &str) {
        let leads_on = is_of_the_site(target) && !self.raw.nesting.has("a");
        if leads_on {
            self.out.push_str("<a class=\"zoom\" href=\"");
            self.out.push_str(mark);
            let name =
                if words.trim().is_empty() { self.word("image_zoom") } else { String::new() };
            self.attribute("aria-label", &name);
            self.out.push('>');
        }
        self.img(mark, words, "");
        if leads_on {
            self.out.push_str("</a>");
        }
        if !title.is_empty() {
            self.out.push_str("<figcaption>");
            escape(&pieces::clean(&inline::resolve_labels(title)), &mut self.out);
            self.out.push_str("</figcaption>");
        }
    }

    fn img(&mut self, mark: &str, words: &str, title: &str) {
        self.out.push_str("<img src=\"");
        self.out.push_str(mark);
        self.out.push_str("\" alt=\"");
        escape(words, &mut self.out);
        self.attribute("title", title);
        self.out.push_str(" loading=\"lazy\">");
    }
}

/// What follows `{width="50%"}` at the start of a text.
fn sizes(text: &str) -> Option<&str> {
    let (inside, rest) = text.strip_prefix('{')?.split_once('}')?;
    inside.contains('=').then_some(rest)
}

/// Whether an image is a file of the site: it has a path, and neither scheme nor host.
fn is_of_the_site(target: &str) -> bool {
    let target = target.trim();
    let first = target.split(['/', '?', '#']).next().unwrap_or_default();
    !target.is_empty() && !target.starts_with("//") && !first.contains(':')
}
