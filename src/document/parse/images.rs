//! Images, and the figures that those on a line of their own become.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::{Builder, inline};
use crate::document::tree::Kind;
use crate::syntax::fences::Step;
use crate::syntax::{attributes, braced, is_told};

impl Builder<'_> {
    /// A paragraph; one that holds nothing but an image is a figure.
    pub(super) fn paragraph(&self, steps: &[(Step<'_>, Range<usize>)]) -> Kind {
        if !self.has_open("figure") && self.is_image_alone(steps) {
            Kind::Figure(self.has_open("a"))
        } else {
            Kind::Paragraph
        }
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
            && braces(&self.masked.original(text)).is_some_and(|(_, rest)| rest.trim().is_empty())
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
        let alternative = inline::resolve_labels(&alternative);
        let link = self.link(target, span.clone(), true);
        let figure = self.figure().filter(|_| !title.trim().is_empty());
        let in_text = if figure.is_some() { "" } else { title };
        let in_text = self.words(&inline::resolve_labels(in_text));
        self.go_on();
        let node = self.push(Kind::Image { link, title: in_text }, span);
        self.tags.push(node);
        let words = self.words(&alternative);
        self.leaf(Kind::Text(words), span);
        self.leave();
        self.read(words);
        if let Some((Step::Event(Event::Text(text)), span)) = steps.get(used) {
            let original = self.masked.original(text).into_owned();
            if let Some((inside, rest)) = braces(&original) {
                self.image_attributes(node, inside, span);
                // In a figure nothing follows.
                if figure.is_none() {
                    self.push_pending(&CowStr::Borrowed(rest), span);
                }
                used += 1;
            }
        }
        if let Some(in_link) = figure {
            self.caption(title, in_link, span);
        }
        used
    }

    /// The title of an image below it. With escapes the parser has built it anew, and what is left is
    /// meant as it stands; in a link it can hold no other.
    fn caption(&mut self, title: &str, in_link: bool, span: &Range<usize>) {
        let written = self.masked.text.get(span.clone()).unwrap_or_default();
        if written.contains(title) && !in_link {
            self.titled(Kind::Caption, &title.replace(['\n', '\r'], " "), span);
            return;
        }
        let node = self.push(Kind::Caption, span);
        let words = self.words(&inline::resolve_labels(title));
        self.leaf(Kind::Text(words), span);
        self.read(words);
        self.close_to(node);
    }

    /// What stands in braces behind an image: sizes, mostly.
    fn image_attributes(&mut self, node: usize, inside: &str, span: &Range<usize>) {
        for (name, value) in attributes(inside) {
            let size = value.as_deref().map(|value| value.trim_end_matches("px"));
            let is_size = size.is_some_and(|size| {
                let digits = size.strip_suffix('%').unwrap_or(size);
                !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
            });
            match (&*name, &value) {
                ("width" | "height", _) if is_size => {
                    self.attribute(node, &name, size.unwrap_or_default());
                }
                ("class" | "dir" | "id" | "lang", Some(value)) => {
                    self.attribute(node, &name, value);
                }
                _ => self.report_unread(&name, span),
            }
        }
    }

    /// The figure that is open here; whether it stands in a link.
    fn figure(&self) -> Option<bool> {
        match self.parsed.tree.node(*self.open.last()?).kind {
            Kind::Figure(in_link) => Some(in_link),
            _ => None,
        }
    }
}

/// What stands in the braces at the start of a text, and what follows them: `{width="50%"}`.
fn braces(text: &str) -> Option<(&str, &str)> {
    braced(text).filter(|(inside, _)| is_told(inside))
}
