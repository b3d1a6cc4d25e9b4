//! What a reader sees of a document, cut into passages, sentences and words.

use super::super::Piece;
use super::super::raw_tag::Tag;
use super::Unit;
use crate::text::cjk::is_unspaced;
use crate::text::html::unescape;

/// A stretch of text that no block begins or ends in.
#[derive(Debug, Default)]
pub struct Passage {
    /// Its text.
    pub text: String,
    /// Whether it is made of sentences.
    pub is_running: bool,
}

/// Elements that stand in running text. All others begin a new passage.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr",
];

/// Elements whose text has no sentences.
const LABELS: &[&str] =
    &["caption", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "td", "th"];

/// Classes of tier0's own labels.
const LABEL_CLASSES: &[&str] = &["callout-title", "reply-head", "role-block-label", "tab-title"];

/// Elements whose text is not read: code, how a character is said, and its brackets.
const SKIPPED: &[&str] = &["pre", "rp", "rt"];

/// Classes of text that is not read: marks of footnotes.
const SKIPPED_CLASSES: &[&str] = &["footnote-ref"];

/// The passages of a document.
pub fn passages(pieces: &[Piece]) -> Vec<Passage> {
    // Tags go on from piece to piece.
    let html: String = pieces
        .iter()
        .filter_map(|piece| if let Piece::Html(html) = piece { Some(&**html) } else { None })
        .collect();
    let mut walk = Walk::default();
    let mut rest = html.as_str();
    while let Some(open) = rest.find('<') {
        walk.text(&rest[..open]);
        rest = &rest[open..];
        match Tag::read(rest) {
            Ok(tag) => {
                walk.tag(&tag);
                rest = &rest[tag.end..];
            }
            Err(end) => {
                walk.text(&rest[..end]);
                rest = &rest[end..];
            }
        }
    }
    walk.text(rest);
    walk.end_passage();
    walk.passages
}

/// What an open element makes of its text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    Label,
    Skipped,
}

#[derive(Default)]
struct Walk {
    passages: Vec<Passage>,
    /// The passage that is being read, with its entities.
    text: String,
    /// The open elements that matter, by name, and how many more of that name are open in each.
    holders: Vec<(String, usize, Holder)>,
}

impl Walk {
    fn text(&mut self, text: &str) {
        if !self.holders.iter().any(|(.., holder)| *holder == Holder::Skipped) {
            self.text.push_str(text);
        }
    }

    fn tag(&mut self, tag: &Tag) {
        if tag.name == "br" {
            self.text.push('\n');
        } else if !INLINE.contains(&tag.name.as_str()) {
            self.end_passage();
        }
        match (self.holders.last_mut().filter(|(name, ..)| *name == tag.name), tag.closes) {
            (Some((_, inside, _)), false) => *inside += 1,
            (Some((_, inside, _)), true) if *inside > 0 => *inside -= 1,
            (Some(_), true) => drop(self.holders.pop()),
            (None, false) => {
                self.holders.extend(holder(tag).map(|holder| (tag.name.clone(), 0, holder)));
            }
            (None, true) => {}
        }
    }

    fn end_passage(&mut self) {
        let text = unescape(&std::mem::take(&mut self.text));
        if !text.trim().is_empty() {
            self.passages.push(Passage { text, is_running: self.holders.is_empty() });
        }
    }
}

fn holder(tag: &Tag) -> Option<Holder> {
    let class = tag.attributes.iter().find(|attribute| attribute.name == "class");
    let class = class.and_then(|class| class.value.as_deref()).unwrap_or_default();
    let has = |names: &[&str]| class.split(' ').any(|class| names.contains(&class));
    let is = |names: &[&str]| names.contains(&tag.name.as_str());
    if is(SKIPPED) || has(SKIPPED_CLASSES) {
        return Some(Holder::Skipped);
    }
    (is(LABELS) || has(LABEL_CLASSES)).then_some(Holder::Label)
}

/// How many units a text has.
pub fn count(text: &str, unit: Unit) -> usize {
    match unit {
        Unit::Words => words(text).count(),
        Unit::Characters => characters(text),
    }
}

/// The words of a text: what stands between blanks and holds a letter or digit. A character that
/// is set without blanks is a word.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(char::is_whitespace).flat_map(|part| {
        let mut from = 0;
        let cuts = part.char_indices().flat_map(|(at, c)| {
            if is_unspaced(c) { vec![at, at + c.len_utf8()] } else { Vec::new() }
        });
        cuts.chain([part.len()])
            .map(move |to| &part[std::mem::replace(&mut from, to)..to])
            .collect::<Vec<_>>()
    });
    parts.filter(|part| part.contains(char::is_alphanumeric))
}

/// Each character that is set without blanks, and each run of other letters and digits.
fn characters(text: &str) -> usize {
    let mut in_run = false;
    let mut count = 0;
    for c in text.chars() {
        let is_wide = is_unspaced(c);
        let goes_on = !is_wide && c.is_alphanumeric();
        count += usize::from(is_wide || goes_on && !in_run);
        // `2.4.3` and `x-y` are read as one.
        in_run = goes_on || in_run && matches!(c, '.' | '-' | '_' | '\'' | '’');
    }
    count
}
