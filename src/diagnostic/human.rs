//! Diagnostics for people, with the source line and the place marked.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Locale, Place, Severity, Texts, position, visible};

/// Bytes of a message, or of the way out, that are shown.
const LONGEST: usize = 1500;

/// Writes one diagnostic. `colour` adds terminal colours.
pub(crate) fn write(
    diagnostic: &Diagnostic,
    texts: &dyn Texts,
    locale: Locale,
    colour: bool,
) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR.with_name(locale.pick("error", "错误")),
        Severity::Warning => Level::WARNING.with_name(locale.pick("warning", "警告")),
    };
    // A value may be a whole file in one line; `--format json` has all of it.
    let shown = |text: &str| visible::line(&visible::short(text, LONGEST)).into_owned();
    let message = shown(&diagnostic.message(locale));
    let help = shown(&diagnostic.help(locale));
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
        let (line, [start, end]) = visible::with_places(excerpt.line, [excerpt.start, excerpt.end]);
        group = group.element(
            Snippet::source(line.into_owned())
                .line_start(position::locate(text, place.span.start).line)
                .path(shown(&place.path))
                .annotation(kind.span(start..end)),
        );
    }
    let help = Level::HELP.with_name(locale.pick("help", "办法")).message(help.as_str());
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group.element(help)])
}

/// The one line that holds a place, with the marked bytes inside it.
struct Excerpt<'a> {
    line: &'a str,
    start: usize,
    end: usize,
}

impl<'a> Excerpt<'a> {
    /// Lines longer than this are cut around the place: a minified line would fill the screen.
    const WIDEST: usize = 400;

    /// Looks no further than what is shown: a line may be as long as a file.
    fn around(text: &'a str, start: usize, end: usize) -> Self {
        let start = position::floor_boundary(text, start);
        let first = position::floor_boundary(text, start.saturating_sub(Self::WIDEST / 2));
        let from = text[first..start].rfind(['\n', '\r']).map_or(first, |at| first + at + 1);
        let last = position::floor_boundary(text, from + Self::WIDEST).max(start);
        let to = text[start..last].find(['\n', '\r']).map_or(last, |at| start + at);
        let line = &text[from..to];
        let within = |offset: usize| {
            let offset = offset.clamp(from, from + line.len());
            position::floor_boundary(line, offset - from)
        };
        Excerpt { line, start: within(start), end: within(end.max(start)).max(within(start)) }
    }
}

/// The source line of a place, where plain text is shown (the preview's overlay).
pub(crate) fn excerpt(place: &Place, texts: &dyn Texts) -> String {
    let text = texts.text(&place.path).unwrap_or("");
    Excerpt::around(text, place.span.start, place.span.end).line.to_owned()
}
