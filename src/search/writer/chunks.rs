//! What results show: titles and urls, and later the texts.

use super::super::Entry;
use super::super::format::{DocChunk, PAGES_PER_CHUNK, TextChunk};
use std::collections::BTreeMap;

/// Bytes of text from which on a chunk ends.
const TEXT_CHUNK: usize = 21_000;
/// Of a longer page this much is kept: excerpts come from its begin.
const LONGEST_PAGE: usize = 24_000;

/// The text chunks, and for each page the number of its chunk.
pub(super) fn texts(entries: &[Entry]) -> (Vec<TextChunk>, Vec<usize>) {
    let (mut chunks, mut of_page) = (Vec::new(), Vec::with_capacity(entries.len()));
    let mut chunk = TextChunk::default();
    let mut size = 0;
    for (page, entry) in entries.iter().enumerate() {
        let (sections, bytes) = sections(entry);
        if size > 0 && size + bytes / 2 > TEXT_CHUNK {
            chunks.push(std::mem::take(&mut chunk));
            chunk.first = page;
            size = 0;
        }
        size += bytes;
        chunk.pages.push(sections);
        of_page.push(chunks.len());
    }
    if !chunk.pages.is_empty() {
        chunks.push(chunk);
    }
    (chunks, of_page)
}

fn sections(entry: &Entry) -> (Vec<(String, String, String)>, usize) {
    let mut room = LONGEST_PAGE;
    let mut sections = Vec::with_capacity(entry.sections.len());
    for section in entry.sections {
        let text = section.text.trim();
        let text = &text[..text.floor_char_boundary(room)];
        let anchor = section.anchor.clone().unwrap_or_default();
        if text.is_empty() && section.heading.is_empty() || room == 0 {
            continue;
        }
        room -= text.len();
        sections.push((anchor, section.heading.clone(), text.to_owned()));
    }
    if sections.is_empty() {
        sections.push((String::new(), String::new(), entry.summary.to_owned()));
    }
    let size = sections.iter().map(|(a, h, t)| a.len() + h.len() + t.len() + 10).sum();
    (sections, size)
}

/// The document chunks, and the names of kinds.
pub(super) fn docs(
    entries: &[Entry],
    texts: &[String],
    text_of: &[usize],
) -> (Vec<DocChunk>, Vec<String>) {
    let mut kinds: Vec<String> = Vec::new();
    let mut chunks = Vec::new();
    for (chunk, entries) in entries.chunks(PAGES_PER_CHUNK).enumerate() {
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        let mut docs = DocChunk::default();
        for (at, entry) in entries.iter().enumerate() {
            let kind = kinds.iter().position(|kind| kind == entry.kind).unwrap_or_else(|| {
                kinds.push(entry.kind.to_owned());
                kinds.len() - 1
            });
            let text = text_of[chunk * PAGES_PER_CHUNK + at];
            let number = *numbers.entry(text).or_insert_with(|| {
                docs.text.push(texts[text].clone());
                docs.text.len() - 1
            });
            docs.docs.push((entry.url.to_owned(), entry.title.to_owned(), kind, number));
        }
        chunks.push(docs);
    }
    (chunks, kinds)
}
