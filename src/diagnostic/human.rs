//! Diagnostics for people, with the source line and the place marked.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Severity, Texts, Tongue, position};

/// Writes one diagnostic. `colour` adds terminal colours.
pub fn write(diagnostic: &Diagnostic, texts: &dyn Texts, tongue: Tongue, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(tongue.pick("error", "错误")),
        Severity::Warning => Level::WARNING.with_name(tongue.pick("warning", "警告")),
    };
    let message = diagnostic.message(tongue);
    let help = diagnostic.help(tongue);
    let mut group = Group::with_title(
        level.primary_title(message.as_str()).id(diagnostic.code.definition().name),
    );
    for (place, kind) in [
        (&diagnostic.place, AnnotationKind::Primary),
        (&diagnostic.related, AnnotationKind::Context),
    ] {
        let Some(place) = place else { continue };
        let text = texts.text(&place.path).unwrap_or("");
        let excerpt = Excerpt::around(text, place.span.start, place.span.end);
        group = group.element(
            Snippet::source(excerpt.line.to_owned())
                .line_start(excerpt.number)
                .path(place.path.to_string())
                .annotation(kind.span(excerpt.start..excerpt.end)),
        );
    }
    let help = Level::HELP.with_name(tongue.pick("help", "办法")).message(help.as_str());
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group.element(help)])
}

/// The one line that holds a place, with the marked bytes inside it.
struct Excerpt<'a> {
    line: &'a str,
    number: usize,
    start: usize,
    end: usize,
}

impl<'a> Excerpt<'a> {
    /// Lines longer than this are cut around the place: a minified line would fill the screen.
    const WIDEST: usize = 400;

    fn around(text: &'a str, start: usize, end: usize) -> Self {
        let start = position::floor_boundary(text, start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line = position::line_at(text, start);
        let from =
            position::floor_boundary(line, (start - line_start).saturating_sub(Self::WIDEST / 2));
        let to = position::floor_boundary(line, from + Self::WIDEST);
        let within = |offset: usize| {
            position::floor_boundary(line, offset.saturating_sub(line_start)).clamp(from, to) - from
        };
        Excerpt {
            line: &line[from..to],
            number: position::locate(text, start).line,
            start: within(start),
            end: within(end.max(start)).max(within(start)),
        }
    }
}

/// The source line and a line of marks below it, for places that show plain text (the preview's
/// overlay).
pub fn excerpt(diagnostic: &Diagnostic, texts: &dyn Texts) -> String {
    let Some(place) = &diagnostic.place else {
        return String::new();
    };
    let Some(text) = texts.text(&place.path) else {
        return String::new();
    };
    Excerpt::around(text, place.span.start, place.span.end).line.to_owned()
}
