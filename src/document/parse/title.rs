//! The titles of containers, and captions: a line with inline markdown.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Options, Tag, TagEnd};

use super::Builder;
use crate::diagnostic::Code;
use crate::document::html::allowed::element;
use crate::document::html::names::is_inline;
use crate::document::tree::Kind;
use crate::syntax::fences::Step;
use crate::syntax::mask::{Masked, mask};
use crate::text::tag;

/// Stands before the title while it is parsed: nothing behind it on the line begins a list, a
/// heading or a quote, and emphasis may.
const BEFORE: &str = ".";

impl Builder<'_> {
    /// Adds a title in its container, whose line stands at a span.
    pub(super) fn title(&mut self, title: &str, span: &Range<usize>) {
        self.titled(Kind::ContainerTitle, title, span);
        self.last = Some('\n');
    }

    /// Adds a node for a title that is written somewhere in a span.
    pub(super) fn titled(&mut self, kind: Kind, title: &str, span: &Range<usize>) {
        let node = self.push(kind, span);
        let line = self.masked.text.get(span.clone()).unwrap_or_default();
        let start = line.rfind(title).map(|at| span.start + at);
        let source = format!("{BEFORE}{title}");
        let masked = mask(&source);
        let mut steps = Vec::new();
        for (event, range) in masked.events(Options::ENABLE_STRIKETHROUGH) {
            let place = start.map_or(span.clone(), |start| {
                let behind = |at: usize| start + at.saturating_sub(BEFORE.len());
                behind(range.start)..behind(range.end)
            });
            if let Some(event) = owned(event, &masked, range.start) {
                steps.push((Step::Event(event), place));
            }
        }
        let mut at = 0;
        while at < steps.len() && !self.has_stopped {
            at += match &steps[at] {
                (Step::Event(Event::InlineHtml(html)), place) if parts_lines(html) => {
                    self.drop_tag(html, place);
                    1
                }
                _ => self.step(&steps[at..]),
            };
        }
        self.flush();
        self.close_to(node);
        self.forget_broken();
    }

    /// A tag that has no place on one line.
    fn drop_tag(&mut self, html: &str, place: &Range<usize>) {
        self.flush();
        if let Ok(tag) = tag::Tag::read(html)
            && !tag.closes
        {
            self.report(Code::HtmlRemoved, "what", &format!("<{}>", tag.name), place.clone());
        }
    }
}

/// An event of a title as it is written; none for the paragraph around it. The one that begins the
/// line begins with what stands before the title.
fn owned(event: Event<'_>, masked: &Masked<'_>, at: usize) -> Option<Event<'static>> {
    let own = |text: &CowStr<'_>| CowStr::from(masked.original(text).into_owned());
    Some(match event {
        Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => return None,
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => Event::Start(Tag::Link {
            link_type,
            dest_url: own(&dest_url),
            title: own(&title),
            id: id.into_static(),
        }),
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => Event::Start(Tag::Image {
            link_type,
            dest_url: own(&dest_url),
            title: own(&title),
            id: id.into_static(),
        }),
        Event::Text(text) => {
            let text = own(&text);
            let text = if at == 0 { text.strip_prefix(BEFORE).unwrap_or(&text) } else { &text };
            Event::Text(CowStr::from(text.to_owned()))
        }
        Event::Code(code) => Event::Code(own(&code)),
        Event::InlineHtml(html) => Event::InlineHtml(own(&html)),
        other => other.into_static(),
    })
}

/// Whether html is a tag of an element that does not stand in running text.
fn parts_lines(html: &str) -> bool {
    let Ok(tag) = tag::Tag::read(html) else { return false };
    element(&tag.name).is_some_and(|(name, is_allowed)| {
        is_allowed && !is_inline(name) && !matches!(name, "br" | "img" | "rt" | "rp")
    })
}
