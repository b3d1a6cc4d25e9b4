//! The words of html: as a reader sees them, with tags inside of sentences and between them.

use super::letters;
use super::shingles::{Sink, WordReader};

/// Reads html: text without its tags, as a reader sees it, and the values of attributes.
pub(crate) fn of_html(html: &str, sink: &mut impl Sink) {
    read_html(html, is_inline, sink);
}

/// Reads html in another way: a line break is a blank, and tags that other programs
/// set inside of lines and words stand for nothing. Pages of tier0 are not read like this: its
/// themes keep texts apart by such tags.
pub(crate) fn of_loose_html(html: &str, sink: &mut impl Sink) {
    read_html(html, letters::is_loose, sink);
}

fn read_html(html: &str, is_inline: fn(&str) -> bool, sink: &mut impl Sink) {
    let mut reader = WordReader::new(false);
    let mut aside = WordReader::new(true);
    let mut from = 0;
    // Where a line ends that stands for itself.
    let mut line_end = None;
    while let Some(open) = html[from..].find('<') {
        let open = from + open;
        reader.text(&html[from..open], from, sink);
        // What begins no tag is text, and the text of a CDATA section is none.
        let behind = &html[open + 1..];
        if behind.starts_with("![CDATA[") {
            from = open + "<![CDATA[".len();
            reader.end_run(sink);
            continue;
        }
        if !behind.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            from = open + 1;
            reader.end_word(sink);
            continue;
        }
        let close = html[open..].find('>').map_or(html.len(), |end| open + end + 1);
        let tag = &html[open..close];
        from = close;
        // Inline tags stand inside sentences and sometimes inside words; all others end them.
        if letters::is_break(tag) && is_inline(tag) {
            reader.end_word(sink);
        } else if !is_inline(tag) {
            reader.end_run(sink);
            if html[..open].ends_with('\n')
                && line_end.is_none()
                && let Some(line) = own_line(&html[open..], is_inline)
            {
                if sink.knows(line) {
                    from = open + line.len();
                    continue;
                }
                line_end = Some(open + line.len());
            }
        }
        for quote in ['"', '\''] {
            for value in tag.split(quote).skip(1).step_by(2).filter(|value| value.len() > 8) {
                aside.text(value, open, sink);
                aside.end_run(sink);
            }
        }
        if tag.starts_with("<!--") {
            aside.text(tag, open, sink);
            aside.end_run(sink);
        }
        if line_end.is_some_and(|end| from >= end) {
            line_end = None;
            sink.has_read();
        }
    }
    reader.text(&html[from..], from, sink);
    reader.end_run(sink);
}

/// The line at the start of a text, if it ends with a tag that ends a run too. The navigation of
/// a section is made of such lines, the same on each of its pages.
fn own_line(html: &str, is_inline: fn(&str) -> bool) -> Option<&str> {
    let line = &html[..html.find('\n')?];
    let tag = line.ends_with('>').then(|| line.rfind('<')).flatten()?;
    // `<a <p>` is one tag, and not that of a paragraph.
    let before = line[..tag].rfind(['<', '>']);
    let is_whole = before.is_none_or(|at| line[at..].starts_with('>'));
    (is_whole && !is_inline(&line[tag..])).then_some(line)
}

pub(crate) fn is_inline(tag: &str) -> bool {
    // The theme sets title and summary of a row into spans; those of highlighted code are words.
    if tag.starts_with("<span") {
        return tag.contains("\"hl-") || tag.contains("\"ui-label");
    }
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    matches!(
        &name[..end],
        "a" | "b"
            | "i"
            | "u"
            | "em"
            | "strong"
            | "code"
            | "span"
            | "mark"
            | "del"
            | "ins"
            | "sup"
            | "sub"
            | "kbd"
            | "wbr"
    )
}
