//! Images, and the figures that those on a line of their own become.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

use super::{Builder, inline};
use crate::document::tree::Kind;
use crate::syntax::fences::Step;

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
        let alternative = inline::resolve_labels(&alternative);
        let title = inline::resolve_labels(title);
        let link = self.link(target, span.clone(), true);
        let title = self.words(&title);
        self.go_on();
        self.enter(Kind::Image { link, title }, span);
        let words = self.words(&alternative);
        self.leaf(Kind::Text(words), span);
        self.leave();
        self.read(words);
        if self.is_in_figure() {
            self.read(title);
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

    fn is_in_figure(&self) -> bool {
        let innermost = self.open.last().map(|number| self.parsed.tree.node(*number).kind);
        matches!(innermost, Some(Kind::Figure(_)))
    }
}

/// What follows `{width="50%"}` at the start of a text.
fn sizes(text: &str) -> Option<&str> {
    let (inside, rest) = text.strip_prefix('{')?.split_once('}')?;
    inside.contains('=').then_some(rest)
}
