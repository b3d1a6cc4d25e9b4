//! The map of a troubleshooter for its authors: a picture of all steps and where they lead.
//!
//! Each step is a card with its choices as rows; a line runs from a row to the step it leads to.

mod layout;

use self::layout::{CARD, Line, Size, layout};
use crate::kinds::troubleshooter::{Outcome, Step, Target, Tree};
use crate::text::cjk::{columns, width};
use crate::text::html::escape;

/// Columns of text in a card; Chinese characters take two.
const COLUMNS: usize = 27;
/// From line to line.
const LINE: usize = 18;
/// Between the edge of a card and its text.
const PAD: usize = 12;
/// Lines of a title, and of a choice.
const LINES: (usize, usize) = (3, 2);

/// A card with its text.
struct Card {
    title: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Where each row begins, from the top of the card.
    tops: Vec<usize>,
    size: Size,
}

/// Draws a troubleshooter. `label` says what the picture is.
pub(crate) fn svg(tree: &Tree, label: &str) -> String {
    let cards: Vec<Card> = tree.steps.iter().map(card).collect();
    let sizes: Vec<Size> = cards.iter().map(|card| card.size.clone()).collect();
    let layout = layout(tree, &sizes);
    let (width, height) = (layout.width, layout.height);
    let mut out = format!(
        "<svg class=\"tree\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"group\" aria-label=\""
    );
    escape(label, &mut out);
    out.push_str("\">\n");
    for line in &layout.lines {
        draw_line(line, &mut out);
    }
    for ((step, card), place) in tree.steps.iter().zip(&cards).zip(&layout.cards) {
        draw_card(step, card, *place, &mut out);
    }
    out.push_str("</svg>\n");
    out
}

fn card(step: &Step) -> Card {
    let title = wrap(&step.title, LINES.0);
    let mut height = PAD + title.len() * LINE + PAD / 2;
    let entry = height / 2;
    let mut tops = Vec::new();
    let mut exits = Vec::new();
    let mut rows = Vec::new();
    for choice in &step.choices {
        let row = match choice.target {
            Target::Elsewhere => wrap(&format!("{} ↗", choice.label), LINES.1),
            Target::Nowhere => wrap(&format!("{} ?", choice.label), LINES.1),
            Target::Step(_) => wrap(&choice.label, LINES.1),
        };
        let own = row.len() * LINE + PAD;
        tops.push(height);
        exits.push(height + own / 2);
        height += own;
        rows.push(row);
    }
    Card { title, rows, tops, size: Size { height: height + PAD / 2, entry, exits } }
}

fn draw_card(step: &Step, card: &Card, (x, y): (usize, usize), out: &mut String) {
    let class = step.outcome.map_or("", Outcome::name);
    out.push_str(&format!("<g class=\"card {class}\"><a href=\"#"));
    escape(&percent_encoding::utf8_percent_encode(&step.anchor, ANCHOR).to_string(), out);
    out.push_str("\"><title>");
    escape(&step.title, out);
    let height = card.size.height;
    out.push_str(&format!(
        "</title><rect x=\"{x}\" y=\"{y}\" width=\"{CARD}\" height=\"{height}\" rx=\"10\"/>"
    ));
    draw_text("", &card.title, x + PAD, y + PAD, out);
    out.push_str("</a>");
    for ((choice, row), top) in step.choices.iter().zip(&card.rows).zip(&card.tops) {
        let (top, end) = (y + top, x + CARD);
        let lost = if choice.target == Target::Nowhere { " lost" } else { "" };
        out.push_str("<g><title>");
        escape(&choice.label, out);
        out.push_str(&format!("</title><path class=\"rule\" d=\"M{x} {top}H{end}\"/>"));
        draw_text(&format!("choice{lost}"), row, x + PAD, top + PAD / 2, out);
        out.push_str("</g>");
    }
    out.push_str("</g>\n");
}

/// What stays as it is in the address of an anchor, as in [`crate::document`]'s own.
const ANCHOR: &percent_encoding::AsciiSet =
    &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'%');

fn draw_text(class: &str, lines: &[String], x: usize, top: usize, out: &mut String) {
    out.push_str(&format!("<text class=\"{class}\">"));
    for (number, line) in lines.iter().enumerate() {
        // The baseline is three quarters down a line.
        let y = top + number * LINE + LINE * 3 / 4;
        out.push_str(&format!("<tspan x=\"{x}\" y=\"{y}\">"));
        escape(line, out);
        out.push_str("</tspan>");
    }
    out.push_str("</text>");
}

fn draw_line(line: &Line, out: &mut String) {
    let class = if line.is_back { "back" } else { "ahead" };
    let [start, rest @ .., end] = &line.points[..] else { return };
    let mut path = format!("M{} {}", start.0, start.1);
    let mut at = *start;
    for (x, y) in rest {
        curve(line.is_back, at, (*x, *y), &mut path);
        at = (x + CARD, *y);
        path.push_str(&format!("H{}", at.0));
    }
    curve(line.is_back, at, *end, &mut path);
    let (end_x, end_y) = end;
    let is_from_right = line.is_back && line.from.0 != line.to;
    let tip = if is_from_right { "l8 -4v8z" } else { "l-8 -4v8z" };
    out.push_str(&format!(
        "<g class=\"{class}\"><path d=\"{path}\"/><path class=\"tip\" d=\"M{end_x} {end_y}{tip}\"/></g>\n"
    ));
}

fn curve(is_back: bool, from: (usize, usize), (x, y): (usize, usize), path: &mut String) {
    let (first, second) = match is_back {
        // Out to the left and in from the right; or around the edge of its own card.
        true if x == from.0 => (x.saturating_sub(36), x.saturating_sub(36)),
        true => (from.0.saturating_sub(44), x + 44),
        false => (usize::midpoint(from.0, x), usize::midpoint(from.0, x)),
    };
    path.push_str(&format!("C{first} {} {second} {y} {x} {y}", from.1));
}

/// Cuts a text into lines, at spaces and between Chinese characters; what does not fit is left out.
fn wrap(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in words(text) {
        let own = columns(word.trim_end());
        if used + own > COLUMNS && !line.is_empty() {
            lines.push(std::mem::take(&mut line).trim_end().to_owned());
            used = 0;
        }
        // A word that is longer than a line.
        for c in word.chars() {
            if used + width(c) > COLUMNS && !c.is_whitespace() {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += width(c);
        }
    }
    lines.push(line.trim_end().to_owned());
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while columns(last) >= COLUMNS {
                last.pop();
            }
            last.truncate(last.trim_end().len());
            last.push('…');
        }
    }
    lines
}

/// Parts that stay on one line: words with the space behind them, single wide characters.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        let may_break = before.is_some_and(|before: char| {
            let is_closing = "，。、；：？！）》」』”’…".contains(c);
            let is_after_opening = "（《「『“‘".contains(before);
            (before.is_whitespace() || width(before) == 2 || width(c) == 2)
                && !is_closing
                && !is_after_opening
        });
        if may_break {
            words.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    words.push(&text[start..]);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_where_a_reader_would() {
        for (text, lines) in [
            ("", &[""][..]),
            ("Does the power light glow?", &["Does the power light glow?"]),
            (
                "Does the green light on the back glow at all times?",
                &["Does the green light on the", "back glow at all times?"],
            ),
            (
                "电源指示灯亮不亮？请看机器背面的那一盏灯。",
                &["电源指示灯亮不亮？请看机器", "背面的那一盏灯。"],
            ),
            (
                "Pneumonoultramicroscopicsilicovolcanoconiosis",
                &["Pneumonoultramicroscopicsil", "icovolcanoconiosis"],
            ),
        ] {
            assert_eq!(wrap(text, 3), lines, "{text}");
        }
        let cut = wrap(&"长".repeat(100), 2);
        assert_eq!(cut.len(), 2);
        assert!(
            cut[1].ends_with('…') && cut.iter().all(|line| columns(line) <= COLUMNS),
            "{cut:?}"
        );
    }
}
