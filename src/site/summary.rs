//! One or two sentences about a page, for lists, search results and search engines.

use crate::article::Meta;
use crate::document::Document;
use crate::kinds::Shape;
use crate::render::title;
use crate::text::sentence;

/// Longest summary taken from the text, in characters.
const LONGEST: usize = 160;

/// The description of the front matter, else the start of the text. Questions tell more of a page
/// than the answer to the first of them.
pub(crate) fn summary(meta: &Meta, document: &Document, shape: &Shape) -> String {
    if let Some(description) = &meta.description {
        return title(description).text;
    }
    let before = shape.questions.first().map_or(document.sections.len(), |q| q.sections.start);
    let mut texts = document.sections.iter().take(before).map(|section| section.text.as_str());
    let text = texts.find(|text| !text.is_empty());
    let questions = || shape.questions.iter().map(|question| question.question.as_str());
    match text {
        Some(text) => opening(text),
        None => opening(&questions().collect::<Vec<_>>().join(" ")),
    }
}

/// How a text begins: cut at the end of a sentence or word.
pub(crate) fn opening(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LONGEST) else {
        return text.to_owned();
    };
    let head = &text[..end];
    let whole = sentence::ends(text).take_while(|at| *at <= end).last();
    if let Some(at) = whole.filter(|at| *at > end / 2) {
        return head[..at].to_owned();
    }
    let word = head.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", head[..word].trim_end_matches([',', '，', '、', ';', '：', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_fall_between_words() {
        let english = "word ".repeat(60);
        assert!(opening(&english).ends_with("word…"));
        let chinese = format!("{}。{}", "很长的句子".repeat(25), "后面".repeat(50));
        assert!(opening(&chinese).ends_with('。'));
        let abbreviated =
            format!("{}see e.g. the manual {}", "word ".repeat(24), "word ".repeat(20));
        assert!(opening(&abbreviated).ends_with("word…"));
        let asked = format!("{}“ready?” Then {}", "word ".repeat(24), "word ".repeat(20));
        assert!(opening(&asked).ends_with("“ready?”"));
        assert_eq!(opening("short"), "short");
    }
}
